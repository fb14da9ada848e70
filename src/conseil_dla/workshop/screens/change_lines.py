"""What is read, before the whole room: the lines of a step, and what an answer changed, in one sentence, then why."""

from __future__ import annotations

from collections.abc import Sequence

from conseil_dla.reading.values import Reading
from conseil_dla.toolkit.page import Page
from conseil_dla.toolkit.paragraphs import GAP, Block
from conseil_dla.wording.lines import Line
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.words.changes import facing, moved_text
from conseil_dla.workshop.words.sentences import VARIANTS, reason_lines

NOTHING_HERE = "Rien à ce point, avec ces réponses."


def blocks_of(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Lines of a reading in large type: one idea apart from the next."""
    blocks: list[Block] = []
    for line in lines or (Line(NOTHING_HERE),):
        if blocks and not line.indent:
            blocks.append(GAP)
        blocks.append(Block(line.text, "plain" if line.indent else "strong", "  " * line.indent))
        blocks += [Block(text, "plain", mark) for side, mark in zip(line.sides or (), ("  + ", "  − "), strict=False)
                   for text in side]  # fmt: skip
    return tuple(blocks)


def moved_blocks(playing: Playing, before: Sequence[Reading], after: Sequence[Reading]) -> tuple[Block, ...]:
    """The sentence for each variant, and the reasons that come or go."""
    blocks: list[Block] = []
    pairs = facing(before, after)
    for name, (was, now) in zip(VARIANTS, pairs, strict=False):
        if len(pairs) > 1:
            blocks += [Block(name, "title")]
        blocks += [Block(moved_text(playing.base, was, now), "strong"), GAP]
        reasons = reason_lines(playing.base, was, now)
        if reasons:
            blocks += [Block("Pourquoi", "quiet"), *(Block(line.text, mark="· ") for line in reasons), GAP]
    return tuple(blocks[:-1])


def moved_page(playing: Playing, title: str, before: Sequence[Reading], after: Sequence[Reading]) -> Page:
    """A sheet over the stage."""
    return Page(title, moved_blocks(playing, before, after))
