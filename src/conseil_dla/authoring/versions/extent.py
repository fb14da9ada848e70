"""Of which dossiers papers say the same words of the rules in one version, and of which in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.difference import Versions
from conseil_dla.exact.outcomes import conjunction, disjunction
from conseil_dla.reading.confidentiality import METHODS, Inside, Word, outward_words
from conseil_dla.reading.version_items import Way
from conseil_dla.rules.kinds import LEVELLED
from conseil_dla.rules.model import COLLECTED, LEVELS, Base, Draw

Extent = Literal["plus", "moins", "ailleurs"]
"""More dossiers than before, fewer, or others and elsewhere in their papers."""
Named = tuple[str, str]
"""Kind and id."""


def extents(versions: Versions, before: Base, after: Base, outside: Mapping[Word, Way]) -> Mapping[Named, Extent]:
    """What papers say in both versions, though not of the same dossiers.

    Formats and their reasons follow the verdict, of which the difference is told by itself.
    """
    known = {(kind, id): None for kind, id, key in outward_words(after) if outside.get((kind, id, key)) != "entre"}
    one, other = _Side(versions, versions.before, before), _Side(versions, versions.after, after)
    found: dict[Named, Extent] = {}
    for name in known:
        was, now = tuple(one.regions(name)), tuple(other.regions(name))
        ways = {
            _way(a, b, versions.diagrams.combine(conjunction, a, b))
            for a, b in zip(was[:1], now[:1], strict=True)
            if a != b
        }
        formats = one.formats(name), other.formats(name)
        if formats[0] != formats[1]:
            ways.add(_way(*formats, formats[0] & formats[1]))
        if len(ways) == 1:
            found[name] = ways.pop()
        elif ways or (was[1:] and now[1:] and was != now):
            found[name] = "ailleurs"
    return found


def _way(was: object, now: object, both: object) -> Extent:
    return "plus" if both == was else "moins" if both == now else "ailleurs"


class _Side:
    """One version: its rules in the newer one's names, and what of them is internal."""

    def __init__(self, versions: Versions, atlas: Atlas, base: Base) -> None:
        self.versions, self.atlas, self.base = versions, atlas, base
        self.inner = Inside(base).rules

    def regions(self, name: Named) -> Iterator[int]:
        """Where papers may say an item, then where they say it among what comes first."""
        kind, id = name
        logic, atlas = self.atlas.logic, self.atlas
        match kind:
            case "question" if id in atlas.applies:
                yield self._compared(atlas.applies[id])
            case "facteur" if id in logic.factors:
                yield self._compared(atlas.holds(logic.factors[id].present_if))
            case _ if kind in COLLECTED:
                yield self._drawn(name, (*LEVELS, None))
                if kind in LEVELLED and not self.base.entry(kind, id).texts.get("dans_les_papiers"):
                    yield self._drawn(name, ("avant",))

    def formats(self, name: Named) -> frozenset[str]:
        """The formats under which papers may say an item."""
        kind, id = name
        logic = self.atlas.logic
        of = logic.factors if kind == "facteur" else logic.drawn.get(kind, {})
        return (of[id].formats if id in of else frozenset()) or frozenset(logic.formats)

    def _drawn(self, name: Named, levels: tuple[str | None, ...]) -> int:
        found = self.versions.diagrams.end(False)
        for rule in self.atlas.logic.rules:
            if (name[0] in METHODS or rule.id not in self.inner) and any(
                isinstance(e, Draw) and (e.kind, e.id) == name and e.level in levels for e in rule.effects
            ):
                found = self.versions.diagrams.combine(disjunction, found, self.atlas.rules[rule.id])
        return self._compared(found)

    def _compared(self, root: int) -> int:
        return self.versions.diagrams.combine(conjunction, self.versions.both, root)
