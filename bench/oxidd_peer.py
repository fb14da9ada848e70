"""Formats that no chart compares, held against OxiDD: a library of decision diagrams, as large as they then become.

Sums of reasons are binary counters whose digits are Boolean functions over bits of answers, and formats are compared
two by two, digit by digit: the second engine of the tests, in which a comparison that lists every sum would never end.
The whole base is compiled first, as far as ``NODES`` hold it. Partial dossiers, answered at random, are then compiled
one by one, their answers put in place of the bits: the formats that can come first in some coherent completion, and
those that do in all, must be what the product says; one difference is told. A dossier whose diagrams do not fit is
counted.

``python bench/oxidd_peer.py``, in the environment of the tests.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from oxidd.bdd import BDDFunction, BDDManager
from oxidd.util import DDMemoryError

from conseil_dla.exact.atlas import MOST_COMPARED, Atlas
from conseil_dla.exact.search.formats import compared
from conseil_dla.rules.model import FORCES, Answers, Argue, Logic, Question, RuleOut

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from searched import larger
from second_engine import SecondEngine, codes_of
from shipped import random_dossier, shipped_reader

ADDED = ((24, 12), (120, 40), (240, 50))
"""Rules and questions added to the shipped base."""
DOSSIERS = 30
NODES = 1 << 22
"""Nodes at once, of sixteen bytes."""
Digits = list[BDDFunction]
"""A number, the lightest digit first."""


class Compared(SecondEngine):
    """The comparison of formats alone, the known answers in place of their bits. Raises ``DDMemoryError``."""

    def __init__(self, logic: Logic, answers: Answers) -> None:
        self.logic = logic
        self._known = answers
        self._manager = BDDManager(NODES, NODES, 1)
        self.compile_conditions()
        self.best = self._best()

    @property
    def nodes(self) -> int:
        """How many there are."""
        return self._manager.num_inner_nodes()

    def _bits(self, question: Question) -> list[BDDFunction]:
        if question.id not in self._known:
            return super()._bits(question)
        value, codes = self._known[question.id], codes_of(question)
        if isinstance(value, frozenset):
            return [self.true if option in value else self.false for option in question.answers]
        place = codes.index(value)
        return [self.true if place >> n & 1 else self.false for n in range(max(1, (len(codes) - 1).bit_length()))]

    def _best(self) -> dict[str, BDDFunction]:
        reasons = {id: self._reasons(id) for id in self.logic.formats}
        shift = [max(len(cons[rank]) for _, cons in reasons.values()) for rank in range(len(FORCES))]
        width = [(most + max(len(pros[rank]) for pros, _ in reasons.values())).bit_length()
                 for rank, most in enumerate(shift)]  # fmt: skip
        worth = {
            id: [self._counted(shift[rank] - len(cons[rank]), [*pros[rank], *(~con for con in cons[rank])], width[rank])
                 for rank in range(len(FORCES))]
            for id, (pros, cons) in reasons.items()
        }  # fmt: skip
        out = {id: self.any_of(self.rules[rule.id] for rule in self.logic.rules if RuleOut(id) in rule.effects)
               for id in self.logic.formats}  # fmt: skip
        return {
            id: ~out[id] & self.all_of(out[other] | ~self._more(worth[other], worth[id])
                                       for other in self.logic.formats if other != id)
            for id in self.logic.formats
        }  # fmt: skip

    def _reasons(self, format: str) -> tuple[list[Digits], list[Digits]]:
        """For and against, at each force, each motif once at its strongest."""
        sides: dict[str, list[Digits]] = {side: [[] for _ in FORCES] for side in ("pour", "contre")}
        motifs = {(e.side, e.motif) for r in self.logic.rules for e in r.effects
                  if isinstance(e, Argue) and e.format == format}  # fmt: skip
        for side, motif in sorted(motifs):
            left = self.true
            for rank, force in enumerate(FORCES):
                wanted = Argue(format, side, force, motif)
                given = self.any_of(self.rules[rule.id] for rule in self.logic.rules if wanted in rule.effects)
                sides[side][rank].append(left & given)
                left = left & ~given
        return sides["pour"], sides["contre"]

    def _counted(self, start: int, parts: Sequence[BDDFunction], width: int) -> Digits:
        digits = [self.true if start >> n & 1 else self.false for n in range(width)]
        for part in parts:
            carried = part
            for n, digit in enumerate(digits):
                digits[n], carried = digit ^ carried, digit & carried
        return digits

    def _more(self, one: list[Digits], other: list[Digits]) -> BDDFunction:
        """Is one worth more, the heaviest force first?"""
        more = self.false
        for a, b in zip(reversed(one), reversed(other), strict=True):
            for x, y in zip(a, b, strict=True):
                more = (x & ~y) | (~(x ^ y) & more)
        return more

    def ends(self) -> tuple[frozenset[str], frozenset[str] | None]:
        """Formats among the best in some coherent completion; those of all, None where completions differ."""
        some = frozenset(id for id, best in self.best.items() if (best & self.space).satisfiable())
        every = frozenset(id for id in some if not (~self.best[id] & self.space).satisfiable())
        return some, some if some == every else None


def report(number: int = DOSSIERS) -> str:
    """One table in Markdown. Raises ``AssertionError`` at the first difference."""
    shipped = shipped_reader().base.logic
    lines = [
        "| rules | whole base | dossiers | too large | different | answered, mean | product, each | OxiDD, each |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for rules, questions in ADDED:
        logic = larger(shipped, rules, questions)
        atlas = Atlas(logic, compared=MOST_COMPARED)
        assert atlas.search is not None
        whole, chance = _whole(logic), random.Random(rules)
        held = known = 0
        ours = theirs = 0.0
        for _ in range(number):
            answers = random_dossier(logic, chance, chance.random())
            start = perf_counter()
            found = compared(atlas.search, atlas.space.cube(answers))
            told = found.possible, found.best
            middle = perf_counter()
            ours, known = ours + middle - start, known + len(answers)
            try:
                expected = Compared(logic, answers).ends()
            except DDMemoryError:
                continue
            finally:
                theirs += perf_counter() - middle
            held += 1
            assert told == expected, (rules, dict(answers), told, expected)
        lines.append(
            f"| shipped, {rules} more on {questions} questions | {whole} | {number} | {number - held} | 0 "
            f"| {known / number:.0f} | {1000 * ours / number:.0f} ms | {1000 * theirs / number:,.0f} ms |"
        )
    return "\n".join([*lines, ""])


def _whole(logic: Logic) -> str:
    start = perf_counter()
    try:
        return f"{Compared(logic, {}).nodes:,} nodes, {perf_counter() - start:.1f} s"
    except DDMemoryError:
        return f"more than {NODES:,} nodes after {perf_counter() - start:.0f} s"


if __name__ == "__main__":
    print(report(*map(int, sys.argv[1:])))
