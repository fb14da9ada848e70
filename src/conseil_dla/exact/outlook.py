"""One dossier's outlook: for rules, formats, postures and sums, what is certain, what is open, what is excluded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from conseil_dla.exact.atlas import FORMAT, MOMENT, POSTURE, Atlas, Name
from conseil_dla.exact.outcomes import FormatOutcome, PostureOutcome
from conseil_dla.exact.region import Region
from conseil_dla.exact.search.formats import Comparison, compared
from conseil_dla.rules.model import Answers, Condition, Question
from conseil_dla.rules.truth import NOT_APPLICABLE, Findings, Scope, Scopes, truth

STRETCH = ".."
"""Between the ends of a stretch of numbers."""


class Outlook:
    """What may still be with these answers: exact over all coherent completions."""

    def __init__(self, atlas: Atlas, answers: Answers, *, ordinary: bool = False) -> None:
        self.atlas = atlas
        self.answers = answers
        former: Region | None = atlas.latest.get(ordinary)
        cube = atlas.space.cube(answers, ordinary=ordinary)
        self.region = former if former is not None and former.cube == cube else Region(atlas, cube, former)
        atlas.latest[ordinary] = self.region

    @cached_property
    def states(self) -> Mapping[str, bool | None]:
        """Every rule: it holds in all completions, in none, in some (None)."""
        return {rule.id: self.region.state(("regle", rule.id)) for rule in self.atlas.logic.rules}

    @cached_property
    def certain(self) -> frozenset[str]:
        """Rules that hold in all completions."""
        return frozenset(id for id, state in self.states.items() if state)

    @cached_property
    def findings(self) -> Findings:
        """Every finding, likewise."""
        return {id: self.region.state(("constat", id)) for id in self.atlas.findings}

    @cached_property
    def applies(self) -> Mapping[str, bool | None]:
        """Whether each question applies."""
        return {id: self.region.state(("s_applique", id)) for id in self.atlas.logic.questions}

    @cached_property
    def formats(self) -> ChartedFormats | Comparison:
        """What the comparison of formats can come to: by its chart, by search where it has none."""
        search = self.atlas.search
        return ChartedFormats(self.region.ends) if search is None else compared(search, self.region.cube)

    @cached_property
    def postures(self) -> frozenset[PostureOutcome]:
        """Every outcome that the two axes can have."""
        return self.region.ends(POSTURE)

    @cached_property
    def placed(self) -> frozenset[str] | None:
        """The posture, or those of a balance, when it is the same in all completions; None otherwise."""
        return placed(self.postures)

    def sums(self, axis: str) -> frozenset[int]:
        """Sums that an axis can reach."""
        return self.region.ends(("axe", axis))

    def levels(self, kind: str, id: str) -> frozenset[frozenset[str]]:
        """The sets of levels at which a conclusion may be drawn; one of them is empty where it may not be drawn."""
        return self.region.ends((kind, id))

    def state(self, name: Name) -> bool | None:
        """Three-valued truth of a chart."""
        return self.region.state(name)

    def holds(self, condition: Condition) -> bool | None:
        """Truth of a part of a condition, for explaining: settled parts are told, parts taken together may be blunt."""
        return truth(condition, self.scopes, self.findings)

    @cached_property
    def scopes(self) -> Scopes:
        """What each question can still be in a coherent completion."""
        return {id: self._scope(question) for id, question in self.atlas.logic.questions.items()}

    def _scope(self, question: Question) -> Scope:
        applies = self.applies[question.id]
        known = question.id in self.answers
        if applies is False:
            return NOT_APPLICABLE
        space = self.atlas.space
        cells = [space.cells_of(question.id)[n] for n in self.region.cells(question.id)]
        value = self.answers.get(question.id)
        if question.type == "nombre":
            ends = [int(end) for cell in cells for end in cell.names[0].split(STRETCH)]
            low, high = (value, value) if isinstance(value, int) else (min(ends, default=0), max(ends, default=0))
            return Scope(applies, low=low, high=high, known=known)
        if isinstance(value, frozenset):
            return Scope(applies, value, value, known=True)
        if question.type == "plusieurs":
            return Scope(applies, frozenset(question.answers), self._surely_ticked(question), known=known)
        names = {value} if isinstance(value, str) else {name for cell in cells for name in cell.names}
        return Scope(applies, frozenset(names), known=known)

    def _surely_ticked(self, question: Question) -> frozenset[str]:
        """Options ticked in every coherent completion (only where nothing else could stand for them)."""
        cells = self.region.cells(question.id)
        classes = self.atlas.space.classes(question.id)
        return frozenset(o[0] for n, o in enumerate(classes) if len(o) == 1 and all(cell >> n & 1 for cell in cells))


def placed(outcomes: frozenset[PostureOutcome]) -> frozenset[str] | None:
    """The posture, or those of a balance, when all outcomes have the same; None otherwise."""
    return _only(frozenset(outcome.postures for outcome in outcomes))


def _only(outcomes: frozenset[frozenset[str]]) -> frozenset[str] | None:
    return next(iter(outcomes)) if len(outcomes) == 1 else None


class ChartedFormats:
    """What the charts say of formats, as ``search.formats.Comparison`` says it of one cube."""

    def __init__(self, ends: Callable[[Name], frozenset[Any]]) -> None:
        self._ends = ends

    @cached_property
    def outcomes(self) -> frozenset[FormatOutcome]:
        """Every outcome that the comparison of formats can have."""
        return self._ends(FORMAT)

    @cached_property
    def best(self) -> frozenset[str] | None:
        """The set of best formats when it is the same in all completions; None otherwise."""
        return _only(frozenset(outcome.best for outcome in self.outcomes))

    @cached_property
    def possible(self) -> frozenset[str]:
        """Formats that are among the best in some completion."""
        return frozenset().union(*(outcome.best for outcome in self.outcomes))

    @property
    def may_stand_out(self) -> bool:
        """Are the best worth more than no reason at all in some completion?"""
        return any(outcome.stands_out for outcome in self.outcomes)

    @property
    def then(self) -> frozenset[str]:
        """What follows a preparatory format, over all completions in which one wins or ties."""
        return frozenset().union(*(outcome.then for outcome in self.outcomes))

    @property
    def moments(self) -> frozenset[str]:
        """Every moment to launch that can be."""
        return self._ends(MOMENT)
