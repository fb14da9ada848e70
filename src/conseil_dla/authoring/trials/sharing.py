"""Faults tried by several processes at once: each reads the folder for itself and takes rules a few at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from conseil_dla.authoring.trials.mutation import Tried, try_mutants
from conseil_dla.authoring.trials.run import load_trials, trial_paths
from conseil_dla.ground.processes import in_order
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Base

FEW = 8
"""Rules that a process takes at once."""
MOST_PROCESSES = 8


def try_folder(
    folder: Path,
    base: Base,
    only: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> tuple[Tried, ...]:
    """Every fault of the rules of a folder (of ``only`` some), in the order of rules. Raises ``TooLarge``, and
    ``ProcessDied`` where a process is killed or is out of memory.

    The folder must be one that loads; a case or trial that does not is left out: trying the folder tells it.
    """
    rules = [id for id in sorted(rule.id for rule in base.logic.rules) if not only or id in only]
    parts = [rules[start : start + FEW] for start in range(0, len(rules), FEW)]
    workers = min(os.cpu_count() or 1, MOST_PROCESSES, len(parts))
    if workers <= 1:
        dossiers, _ = load_trials(trial_paths(folder), base)
        return tuple(try_mutants(base, dossiers, progress, rules))
    found: list[Tried] = []
    for done, tried in enumerate(in_order(get_ready, (folder,), parts, workers), 1):
        found += tried
        progress(min(done * FEW, len(rules)), len(rules))
    return tuple(found)


def get_ready(folder: Path) -> Callable[[Sequence[str]], list[Tried]]:
    """The folder, read once for each process: its rules can then be tried, a few at a time."""
    base = load(folder).base
    assert base is not None
    dossiers, _ = load_trials(trial_paths(folder), base)
    return lambda rules: list(try_mutants(base, dossiers, only=rules))
