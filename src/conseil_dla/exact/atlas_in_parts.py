"""The atlas of a base that charts alone would not fit in memory: what rules decide together, in parts where it must.

In a file of its own, since only a base of many times today's size needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from operator import add
from typing import Any

from conseil_dla.exact.atlas import MOST_COMPARED, POSTURE, Atlas, Name
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.exact.outcomes import INCOHERENT, side
from conseil_dla.exact.parts import MOST_IN_PART, Ends, Parts, folded, joined, posture, summed
from conseil_dla.exact.space import Ground
from conseil_dla.rules.model import COLLECTED, Logic


class AtlasInParts(Atlas):
    """All diagrams of a base; formats are searched, and a conclusion past ``part`` nodes is in ``parts``.

    Building raises ``TooLarge`` where conditions by themselves, or a finding, take more than ``most``.
    """

    def __init__(self, logic: Logic, most: int, ground: Ground | None = None, part: int = MOST_IN_PART) -> None:
        self._part = part
        super().__init__(logic, most, ground, 0)

    def of(self, logic: Logic) -> AtlasInParts:
        """Another logic on the same ground, in parts too."""
        return AtlasInParts(logic, self.diagrams.most, self.ground, self._part)

    def _conclusions(self) -> dict[Name, int]:
        logic = self.logic
        self._is_searched = True
        found: dict[Name, int] = {}
        axes = [self._told(found, ("axe", axis), add, self.pushing(axis), 0, summed) for axis in logic.axes]
        place = None if self.parts else self._place()
        for kind in COLLECTED:
            for id in logic.ids(kind):
                self._told(found, (kind, id), frozenset.union, self.levels_drawn(kind, id), frozenset())
        found |= {("ecarte", id): self.coherent(self.ruled_out(id)) for id in logic.formats}
        if place is not None:
            return found | {POSTURE: place}
        off_note = {p.id: self.coherent(self.holds(p.off_note_if)) for p in logic.postures.values() if p.off_note_if}
        self.parts[POSTURE] = posture(logic, [self._signed(axis) for axis in axes], off_note)
        return found

    def _place(self) -> int | None:
        """The chart of postures, where both axes at once keep to what a comparison may take."""
        diagrams, whole, before = self.diagrams, self.diagrams.most, self.diagrams.size
        diagrams.most = min(whole, before + MOST_COMPARED)
        try:
            return self.coherent(self._postures())
        except TooLarge:
            diagrams.back_to(before)
            return None
        finally:
            diagrams.most = whole

    def _signed(self, axis: Parts) -> Parts:
        """For a posture the sign of an axis is enough; parts only tell it together."""
        if len(axis.roots) > 1:
            return axis
        return Parts((self.diagrams.rename(_sign, axis.roots[0]),), axis.join)

    def _told(
        self, found: dict[Name, int], name: Name, operation: Callable[[Any, Any], Any], roots: list[int],
        start: Hashable, join: Callable[[Any], Ends] | None = None,
    ) -> Parts:  # fmt: skip
        """One chart of it among those ``found``, or the charts of its parts."""
        whole = [self.coherent(root) for root in folded(self.diagrams, operation, roots, start, self._part)]
        parts = Parts(tuple(whole), join or partial(joined, operation))
        if len(whole) == 1:
            found[name] = whole[0]
        else:
            self.parts[name] = parts
        return parts

    def _scale(self, axis: str) -> int:
        if ("axe", axis) not in self.parts:
            return super()._scale(axis)
        parts = self.parts["axe", axis]
        ends = [self.diagrams.ends_of(self.diagrams.reached(root)) - {INCOHERENT} for root in parts.roots]
        furthest: int = max([1, *map(abs, parts.join(ends))])
        return furthest


def _sign(end: Any) -> Any:
    return end if end == INCOHERENT else side(end)
