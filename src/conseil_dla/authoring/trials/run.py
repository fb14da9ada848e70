"""Run everything that a rules folder asserts of itself: cases, invented trials, and the examples carried by rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.authoring.trials.expectations import failure
from conseil_dla.dossiers.store import load
from conseil_dla.ground.diagnostics import Diagnostic, Place, Unusable
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.loading.layout import DOSSIERS, dossiers
from conseil_dla.rules.model import Base, Dossier


@dataclass(frozen=True, slots=True)
class Failure:
    """One assertion that does not hold."""

    place: Place
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, trial, or rule with examples, once run."""

    title: str
    path: str
    assertions: int
    failures: tuple[Failure, ...]


def trial_paths(folder: Path) -> tuple[Path, ...]:
    """Cases then invented trials of a rules folder, by name."""
    return tuple(path for kind in DOSSIERS for path in dossiers(folder, kind))


def load_trials(
    paths: Sequence[Path], base: Base, told: Callable[[int, int], object] = lambda done, whole: None
) -> tuple[tuple[Dossier, ...], tuple[Diagnostic, ...]]:
    """Dossiers that can be read, in the order given, and what is wrong with the others.

    ``told`` hears, after each, how many are read and how many there are.
    """
    found: list[Dossier] = []
    refused: list[Diagnostic] = []
    for number, path in enumerate(paths, 1):
        try:
            found.append(load(path, base))
        except Unusable as error:
            refused += error.diagnostics
        told(number, len(paths))
    return tuple(found), tuple(refused)


def run_dossier(reader: Reader, dossier: Dossier) -> Trial:
    """Hold a dossier's ``attendu`` against its reading."""
    reading = reader.read_dossier(dossier)
    failures = []
    for expectation in dossier.expected:
        found = failure(expectation, reading)
        if found:
            failures.append(Failure(expectation.place, f"{expectation.key} : {_said(expectation.value)}", found))
    return Trial(dossier.title, dossier.path, len(dossier.expected), tuple(failures))


def run_examples(reader: Reader) -> tuple[Trial, ...]:
    """Run the examples that rules carry; a rule without examples gives nothing."""
    trials = []
    for rule in reader.base.logic.rules:
        entry = reader.base.entry("regle", rule.id)
        if not entry.examples:
            continue
        failures = []
        for example in entry.examples:
            fired = rule.id in reader.fire(example.answers)
            if fired is not example.fires:
                wanted = "conclut : oui" if example.fires else "conclut : non"
                found = "la règle ne conclut pas" if example.fires else "la règle conclut"
                failures.append(Failure(example.place, wanted, found))
        trials.append(Trial(entry.title, entry.place.file, len(entry.examples), tuple(failures)))
    return tuple(trials)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items())
    return str(value)
