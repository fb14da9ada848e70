"""What is told of formats and of the moment, in yes and no: as clauses, of dossiers drawn, and as one end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from conseil_dla.exact.outcomes import FormatOutcome, moment
from conseil_dla.exact.search.circuit import Circuit
from conseil_dla.exact.search.draws import Draws
from conseil_dla.exact.search.encoding import Encoding, Variable
from conseil_dla.rules.model import Logic

Ways = tuple[bool, ...]
"""Which of these hold; of two versions, before then after."""


class Ends(Protocol):
    """What is told of a dossier, one by one."""

    def told(self, encoding: Encoding, circuit: Circuit) -> list[Variable]:
        """Where each holds."""

    def shown(self, draws: Draws) -> list[int]:
        """The dossiers drawn in which each holds."""

    def end(self, ways: Ways) -> Any:
        """The end that they make."""

    def read(self, circuit: Circuit) -> int:
        """The levels that they draw on, as a set of bits."""


class Formats:
    """The best ones, what follows them, and whether they stand out."""

    def __init__(self, before: Logic, after: Logic) -> None:
        self.ids = sorted({*before.formats, *after.formats})

    def _ranks(self, circuit: Circuit) -> Iterator[int | None]:
        ranks = {each.format: n for n, each in enumerate(circuit.contenders)}
        yield from map(ranks.get, self.ids)

    def told(self, encoding: Encoding, circuit: Circuit) -> list[Variable]:
        """As ``Ends`` says."""
        return [
            *(-encoding.true if rank is None else by(circuit.contenders, rank)
              for by in (encoding.best, encoding.then) for rank in self._ranks(circuit)),
            encoding.stands_out(circuit.contenders),
        ]  # fmt: skip

    def shown(self, draws: Draws) -> list[int]:
        """As ``Ends`` says."""
        shown = draws.shown
        found = [0 if rank is None else column[rank]
                 for column in (shown.best, shown.then) for rank in self._ranks(draws.circuit)]  # fmt: skip
        return [*found, shown.stands_out]

    def end(self, ways: Ways) -> FormatOutcome:
        """As ``Ends`` says."""
        held = [frozenset(id for id, holds in zip(self.ids, ways[start:], strict=False) if holds)
                for start in (0, len(self.ids))]  # fmt: skip
        return FormatOutcome(held[0], ways[-1], held[1])

    def read(self, circuit: Circuit) -> int:
        """As ``Ends`` says."""
        return circuit.read


class Moments:
    """Whether there is a format, whether one waits, whether something is to be settled before."""

    def told(self, encoding: Encoding, circuit: Circuit) -> list[Variable]:
        """As ``Ends`` says."""
        nothing, waits = encoding.nothing(circuit.contenders), encoding.waits(circuit.contenders)
        return [nothing, waits, encoding.all([-nothing, -waits, encoding.literal(circuit.blocked)])]

    def shown(self, draws: Draws) -> list[int]:
        """As ``Ends`` says."""
        shown = draws.shown
        return [shown.nothing, shown.waits, draws.value(draws.circuit.blocked) & ~shown.waits & ~shown.nothing]

    def end(self, ways: Ways) -> str:
        """As ``Ends`` says."""
        nothing, waits, blocked = ways
        return moment(None if nothing else waits, blocked)

    def read(self, circuit: Circuit) -> int:
        """As ``Ends`` says."""
        return circuit.read | circuit.levels[abs(circuit.blocked)]
