"""Are the rules held by what the folder asserts? Each small fault is tried against its examples, cases and trials.

A fault that nothing notices is either no fault, which the difference of meaning proves, or a trial that is missing:
that trial is written out, from a dossier on which the fault shows. A base with a fault lives for a moment: the
reference fires its rules, since compiling them for durable_rules would take longer than reading with them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from conseil_dla.authoring.trials.mutants import Mutant, mutants
from conseil_dla.authoring.trials.run import failure, load_trials, trial_paths
from conseil_dla.engine.outcome import Engine
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.exact.atlas import MOST_COMPARED, Atlas, Name
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.difference import Beside
from conseil_dla.exact.space import Ground, Space
from conseil_dla.ground.diagnostics import Place
from conseil_dla.ground.processes import in_order
from conseil_dla.reading.compose import conclude
from conseil_dla.reading.opening import compiled
from conseil_dla.reading.values import Conclusions
from conseil_dla.reading.views import views_of
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.kinds import LEVELLED
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import COLLECTED, LEVELS, Answers, Base, Conclude, Dossier, Draw, Expectation, Push

Fate = Literal["exemple", "essai", "equivalent", "inapercu"]
"""Noticed by an example of the rule; by a case or trial; no fault at all; by nothing."""
MOST_NODES = 3_000_000
"""Of all mutants of a stretch, on one ground."""
STRETCH = 150
"""Mutants that share a ground: past that, what was built for the first ones is dropped."""
NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Missing:
    """The trial that would notice a fault: answers, and what the rules say of them today."""

    answers: Answers
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class Tried:
    """One fault and what became of it."""

    mutant: Mutant
    fate: Fate
    by: str = ""
    """The dossier that notices it, by its path."""
    missing: Missing | None = None
    """Only for a fault that nothing notices; None where no line of ``attendu`` can say it."""


def try_mutants(
    base: Base,
    dossiers: Sequence[Dossier],
    progress: Callable[[int, int], None] = lambda done, whole: None,
    only: Iterable[str] | None = None,
    in_parts: bool = False,
) -> Iterator[Tried]:
    """Every fault of every rule (of ``only`` some), one after the other. Raises ``TooLarge``.

    What is kept ``in_parts`` is only looked at in ``dossiers``: a fault that shows nowhere else goes unnoticed.
    """
    wanted = None if only is None else frozenset(only)
    every = [mutant for mutant in mutants(base.logic) if wanted is None or mutant.id in wanted]
    for start in range(0, len(every), STRETCH):
        stretch = every[start : start + STRETCH]
        bench = _Bench(base, dossiers, stretch, in_parts)
        for done, mutant in enumerate(stretch, start):
            progress(done, len(every))
            yield bench.fate(mutant)
    progress(len(every), len(every))


class _Bench:
    """The rules as they are, compiled on a ground that is cut at every shifted threshold too."""

    def __init__(self, base: Base, dossiers: Sequence[Dossier], stretch: Sequence[Mutant], in_parts: bool) -> None:
        self.base = base
        logic = base.logic
        shifted = [mutant.of(logic) for mutant in stretch if mutant.fault == "seuil"]
        ground = Ground.of(Space(logic, shifted, by_axis=in_parts), MOST_NODES)
        self.atlas = (
            AtlasInParts(logic, MOST_NODES, ground) if in_parts else Atlas(logic, MOST_NODES, ground, MOST_COMPARED)
        )
        self.engine = ReferenceEngine(logic)
        self.dossiers = [(d, answers, ground.space.cube(answers)) for d in dossiers if d.expected
                         for answers in [known_answers(logic, d)]]  # fmt: skip

    def fate(self, mutant: Mutant) -> Tried:
        """What becomes of one fault."""
        logic = mutant.of(self.base.logic)
        base = replace(self.base, logic=logic)
        atlas = self.atlas.of(logic)
        engine = ReferenceEngine(logic)
        if self._example_fails(mutant, engine):
            return Tried(mutant, "exemple")
        beside = Beside(self.atlas, atlas)
        for dossier, answers, cube in self.dossiers:
            if beside.may_move(cube):
                concluded = conclude(base, views_of(atlas, answers), engine.fire(answers))
                if any(failure(expectation, concluded) for expectation in dossier.expected):
                    return Tried(mutant, "essai", dossier.path)
        moved = list(beside.charts())
        if not moved:
            return Tried(mutant, "inapercu" if self._is_beyond(beside, mutant) else "equivalent")
        return Tried(mutant, "inapercu", missing=self._missing(beside, moved, base, engine))

    def _is_beyond(self, beside: Beside, mutant: Mutant) -> bool:
        """May the fault show in what only parts hold, which is not compared over all dossiers?"""
        kinds = {name[0] for name in beside.in_parts}
        effects = next(rule.effects for rule in self.base.logic.rules if rule.id == mutant.id)
        return bool(kinds) and any(
            isinstance(e, Conclude) or (isinstance(e, Push) and not kinds.isdisjoint(("axe", "posture")))
            or (isinstance(e, Draw) and (e.kind, e.id) in beside.in_parts)
            for e in effects
        )  # fmt: skip

    def _example_fails(self, mutant: Mutant, engine: Engine) -> bool:
        for example in self.base.entry("regle", mutant.id).examples:
            if (mutant.id in engine.fire(example.answers).rules) is not example.fires:
                return True
        return False

    def _missing(
        self, beside: Beside, moved: list[tuple[Name, int, int]], base: Base, engine: Engine
    ) -> Missing | None:
        """A line of ``attendu`` that holds today and not with the fault, on the plainest dossier that shows it.

        Some faults show only while an answer is missing: that dossier is then tried without each of its answers.
        """
        for name, one, other in sorted(moved, key=_most_telling):
            for answers in _showing(beside, beside.pairs(one, other)):
                today = conclude(self.base, views_of(self.atlas, answers), self.engine.fire(answers))
                faulty = conclude(base, views_of(beside.after, answers), engine.fire(answers))
                for expectation in _sayable(name, today):
                    if failure(expectation, today) is None and failure(expectation, faulty) is not None:
                        return Missing(answers, expectation)
        return None


def _showing(beside: Beside, pairs: int) -> Iterator[Answers]:
    """Dossiers on which two ends differ, a plain one for each way to differ; then each without one of its answers."""
    diagrams = beside.diagrams
    ends = [diagrams.values[node] for node in sorted(diagrams.nodes(pairs)) if diagrams.bits[node]]
    whole = [beside.witness(pairs, end.__eq__, beside.ignored) for end in ends if end[0] != end[1]]
    yield from whole
    for answers in whole:
        yield from ({id: value for id, value in answers.items() if id != left_open} for left_open in answers)


def _most_telling(moved: tuple[Name, int, int]) -> tuple[int, Name]:
    """What a rule draws by itself before what follows from it."""
    order = ("argument", *COLLECTED, "tension", "axe", "facteur", "posture", "format", "ecarte", "prevu", "moment")
    return order.index(moved[0][0]), moved[0]


def _sayable(name: Name, today: Conclusions) -> Iterator[Expectation]:
    """Lines of ``attendu`` about one conclusion that may hold today."""
    kind, *rest = name

    def line(key: str, value: Any) -> Expectation:
        return Expectation(key, value, NOWHERE)

    match kind:
        case "argument":
            format, side, motif = rest
            about = f"{side}:{format}:{motif}"
            yield from (line("argument", f"{about}:{a.force}") for a in today.format.arguments)
            yield line("argument", about)
            yield line("sans_argument", about)
        case "ecarte":
            yield line("ecarte", rest[0])
            yield from (line("format_possible", id) for id in today.format.possible)
        case "format":
            yield from (line("format", id) for id in today.format.shown[:1])
            yield from (line("format_possible", id) for id in today.format.possible)
            yield line("ex_aequo", tuple(today.format.tied))
        case "posture" | "axe":
            yield from (line("posture", id) for id in today.posture.shown[:1])
            yield from (line("posture_possible", id) for id in today.posture.possible)
            yield line("entre", tuple(today.posture.between))
            for axis, (low, high) in today.posture.position.items():
                yield line("position", {"axe": axis, "de": f"{low:g}", "a": f"{high:g}"})
        case "moment":
            yield line("moment", str(today.moment))
        case "prevu":
            return
        case _:
            about = f"{kind}:{rest[0]}"
            yield from (line("certaine", f"{about}:{level}") for level in LEVELS if kind in LEVELLED)
            yield line("certaine", about)
            yield line("absente", about)


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
    in_parts = bool(compiled(base).parts)
    workers = min(os.cpu_count() or 1, MOST_PROCESSES, len(parts))
    if workers <= 1:
        dossiers, _ = load_trials(trial_paths(folder), base)
        return tuple(try_mutants(base, dossiers, progress, rules, in_parts))
    found: list[Tried] = []
    for done, tried in enumerate(in_order(get_ready, (folder, in_parts), parts, workers), 1):
        found += tried
        progress(min(done * FEW, len(rules)), len(rules))
    return tuple(found)


def get_ready(folder: Path, in_parts: bool = False) -> Callable[[Sequence[str]], list[Tried]]:
    """The folder, read once for each process: its rules can then be tried, a few at a time."""
    base = load(folder).base
    assert base is not None
    dossiers, _ = load_trials(trial_paths(folder), base)
    return lambda rules: list(try_mutants(base, dossiers, only=rules, in_parts=in_parts))
