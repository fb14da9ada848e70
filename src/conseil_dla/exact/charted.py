"""What formats can come to in the dossiers of a region, by their chart: the same answers as a search gives."""

from __future__ import annotations

from functools import cached_property

from conseil_dla.exact.atlas import FORMAT, MOMENT
from conseil_dla.exact.outcomes import FormatOutcome
from conseil_dla.exact.region import Region


class ChartedFormats:
    """One region, as ``search.formats.Comparison`` is one cube."""

    def __init__(self, region: Region) -> None:
        self.region = region

    @cached_property
    def outcomes(self) -> frozenset[FormatOutcome]:
        """Every outcome that the comparison of formats can have."""
        return self.region.ends(FORMAT)

    @cached_property
    def best(self) -> frozenset[str] | None:
        """The set of best formats when it is the same in all completions; None otherwise."""
        sets = frozenset(outcome.best for outcome in self.outcomes)
        return next(iter(sets)) if len(sets) == 1 else None

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
        return self.region.ends(MOMENT)
