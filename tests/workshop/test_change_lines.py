"""A reading in large type: ideas stand apart, and what belongs to an idea stays under it."""

from __future__ import annotations

from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.lines import Line
from conseil_dla.workshop.screens.stage_parts import NOTHING_HERE, blocks_of


def test_a_gap_stands_between_ideas_and_nowhere_else() -> None:
    lines = (Line("une idée"), Line("sa raison", indent=1), Line("une autre", sides=(("pour",), ("contre",))))
    assert blocks_of(lines) == (
        Block("une idée", "strong", ""),
        Block("sa raison", "plain", "  "),
        GAP,
        Block("une autre", "strong", ""),
        Block("pour", "plain", "  + "),
        Block("contre", "plain", "  − "),
    )
    assert blocks_of(()) == (Block(NOTHING_HERE, "strong", ""),)
