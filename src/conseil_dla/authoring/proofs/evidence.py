"""What every check looks at: rules over coherent dossiers alone, and how a dossier is found that shows something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from conseil_dla.exact.atlas import POSTURE, Atlas
from conseil_dla.exact.outcomes import INCOHERENT, conjunction, kept_if_coherent, negation
from conseil_dla.exact.paths import Stop, Wish, answers_of, plainest, search, thinned
from conseil_dla.exact.search.standing import Standing
from conseil_dla.rules.model import AllOf, Answers, Condition


class Evidence:
    """An atlas asked for proofs, of all that it has charts of: nothing is proved of conclusions in parts."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.diagrams = atlas.diagrams
        self.logic = atlas.logic
        self.never = self.diagrams.end(False)
        self.coherent = self.diagrams.fold(conjunction, atlas.coherence, True, absorbing=False)
        """Whole dossiers that break no coherence item."""
        self.first = tuple(
            tuple(sorted(range(len(cells)), key=lambda n, cells=cells: not cells[n].ordinary))  # type: ignore[misc]
            for cells in atlas.space.cells
        )

    def among_coherent(self, root: int) -> int:
        """Where a yes-or-no function holds, coherent dossiers alone: equal numbers are then equal in meaning."""
        return self.diagrams.combine(conjunction, self.coherent, root, absorbing=False)

    def marked(self, root: int) -> int:
        """Any function, with the end ``INCOHERENT`` where any coherence item is broken."""
        return self.diagrams.combine(kept_if_coherent, self.coherent, root)

    @property
    def has_postures(self) -> bool:
        """Are postures among what is proved?"""
        return POSTURE in self.atlas.charts

    @cached_property
    def standing(self) -> Standing | None:
        """Who proves what is said of formats, where they have no chart."""
        return None if self.atlas.search is None else Standing(self.atlas.search, self.first)

    @cached_property
    def live(self) -> dict[str, int]:
        """Where each rule applies, coherent dossiers alone."""
        return {rule.id: self.among_coherent(self.atlas.rules[rule.id]) for rule in self.logic.rules}

    def holds(self, condition: Condition) -> int:
        """Where a condition holds, coherent dossiers alone."""
        return self.among_coherent(self.atlas.holds(condition))

    def both(self, a: int, b: int) -> int:
        """Where both hold."""
        return self.diagrams.combine(conjunction, a, b, absorbing=False)

    def without(self, a: int, b: int) -> int:
        """Where the first holds and the second does not."""
        return self.both(a, self.diagrams.rename(negation, b))

    def implies(self, a: int, b: int) -> bool:
        """Is there no dossier where the first holds and the second does not?"""
        return self.without(a, b) == self.never

    def witness(self, root: int, wish: Callable[[Any], bool] = lambda value: value is True) -> Answers | None:
        """The plainest answers of which the function surely ends as wished; None when no dossier does."""
        marked = self.marked(root)
        path = plainest(self.atlas.space, self.diagrams, marked, lambda value: value != INCOHERENT and wish(value))
        if path is None:
            return None
        path = thinned(self.diagrams, marked, path, wish)
        return answers_of(self.atlas.space, self.logic, path)

    def found(self, roots: Sequence[int], wish: Wish, stop: Stop = lambda nodes: False, **how: Any) -> Answers | None:
        """Coherent answers where several functions are together as wished; None when there are none.

        ``stop`` is given the nodes of these functions alone.
        """
        path = search(
            self.diagrams,
            (self.coherent, *roots),
            lambda coherent, *values: coherent is True and wish(*values),
            stop=lambda nodes: nodes[0] == self.never or stop(nodes[1:]),
            first=self.first,
            **how,
        )
        return None if path is None else answers_of(self.atlas.space, self.logic, path)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that all have to hold, as an author wrote them one under the other."""
    if not isinstance(condition, AllOf):
        return (condition,)
    return tuple(part for each in condition.parts for part in parts_of(each))


def in_conflict(parts: Iterable[Condition], possible: Callable[[tuple[Condition, ...]], bool]) -> tuple[Condition, ...]:
    """Of conditions that never hold together, some that already do not, and of which none can be spared."""
    kept = tuple(parts)
    for part in kept:
        fewer = tuple(each for each in kept if each is not part)
        if fewer and not possible(fewer):
            kept = fewer
    return kept
