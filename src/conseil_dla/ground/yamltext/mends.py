"""Mends of one line tried around a failure, and told only when the text can be read with them.

Whoever reads the message does what it says, to the letter: a mend that was not tried may break the next line. Of those
that read, the one that leaves fewest keys without a value is told, then the one that cuts nothing from its item, and
then what other items of the file look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from conseil_dla.ground.diagnostics import Diagnostic, mistake
from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Node, Scalar, walk
from conseil_dla.ground.nodes import Sequence as ListNode
from conseil_dla.ground.yamltext.composing import compose
from conseil_dla.ground.yamltext.crowded import short_answer
from conseil_dla.ground.yamltext.failures import Failure
from conseil_dla.ground.yamltext.traps import (
    ANY_COLON,
    THIN,
    UNCLOSED,
    Source,
    continues,
    key_of,
    missing_dash,
    odd_dash,
    spelled,
)

_PARTS = re.compile(rf"([ {THIN}]*)((?:-[ {THIN}]+)*)(.*?)[ {THIN}]*$")
_OPENS = re.compile(r":(?: +[>|][-+0-9]*)?$")
_LARGEST = 20_000
"""Characters of a passage in which mends are tried: more than any item has, and few enough to be read many times."""


class Mended(NamedTuple):
    """What came out of the lines once mended, what is told of them, and the finding that says how to mend them."""

    node: Node | None
    found: list[Diagnostic]
    told: Diagnostic


def mended(source: Source, lines: Sequence[str], offset: int, failure: Failure) -> Mended | None:
    """The best mend of a line near a failure, or None when none makes the passage readable.

    ``lines`` is the passage that fails, its first line being ``offset + 1``.
    """
    if sum(map(len, lines), len(lines)) > _LARGEST or "quoted scalar" in failure.context:
        return None
    if short_answer(source, failure.line) is not None:
        return None
    best: tuple[tuple[int, int, bool, int, int], Mended] | None = None
    tried: set[tuple[int, str]] = set()
    opened = [failure.opened[0]] if failure.opened else []
    parent = _parent(source, failure.line)
    suspects = dict.fromkeys((failure.line, above(source, failure.line), *opened, parent, parent + 1))
    inner = key_of(_split(source.line(failure.line))[2]) in source.grammar.inner
    for kind, number in ((kind, number) for kind in _KINDS for number in suspects):
        at = number - offset - 1
        if inner and kind in (_inside, _dashed, *([_undashed] if number != failure.line else [])):
            continue
        if not 0 <= at < len(lines) or not source.line(number).strip():
            continue
        for line, told in kind(source, number):
            if (number, line) in tried:
                continue
            tried.add((number, line))
            lead, dashes, text = _split(line)
            node, found, failed = compose(
                source.trying(number, line), "\n".join([*lines[:at], line, *lines[at + 1 :]]), offset
            )
            rank = (
                len(found) + _empty(node),
                len(node.items) if isinstance(node, ListNode) else 0,
                kind is not _signs,
                -source.usual[lead + dashes, key_of(text)],
                len(tried),
            )
            swallowed = kind is _moved and key_of(text) and _in_text(node, number)
            if not failed and not swallowed and (best is None or rank < best[0]):
                best = rank, Mended(node, found, told)
    return best[1] if best else None


def _empty(node: Node | None) -> int:
    """How many keys have no value: a mend that makes one is no mend."""
    return sum(isinstance(one, Scalar) and one.plain and not one.text for one in walk(node)) if node else 0


def _in_text(node: Node | None, number: int) -> bool:
    """True for a line that became one of a text: what it says, as a key, would be lost."""
    texts = (one for one in walk(node) if isinstance(one, Scalar)) if node else ()
    return any(one.place.line < number <= one.end[0] for one in texts)


def above(source: Source, number: int) -> int:
    """The line before that holds more than a comment."""
    number -= 1
    while number > 1 and source.line(number).lstrip()[:1] in ("", "#"):
        number -= 1
    return number


def _parent(source: Source, number: int) -> int:
    """The line above that is less far in."""
    over = above(source, number)
    while over > 1 and len(_split(source.line(over))[0]) >= len(_split(source.line(number))[0]):
        over = above(source, over)
    return over


def _split(line: str) -> tuple[str, str, str]:
    parts = _PARTS.match(line)
    return (parts[1], parts[2], parts[3]) if parts else ("", "", line)


def _signs(source: Source, number: int) -> Iterator[tuple[str, Diagnostic]]:
    """A line with its dash, or the sign after its key, as they should be, and what is said of it."""
    lead, dashes, text = _split(source.line(number))
    if (odd := odd_dash(source, number)) is not None:
        yield lead + odd.help.partition("« ")[2].removesuffix(" »"), odd
    if opened := re.match(r"[a-z_0-9]+: ([\[{])[^\]}\[{]*$", text):
        closed = text.rstrip(" ,") + ("]" if opened[1] == "[" else "}")
        place = source.place(number, len(lead) + len(dashes) + opened.start(1) + 1)
        help = f"écrivez « {closed} » ; si c’est un texte qui commence ainsi, mettez-le entre guillemets"
        yield lead + dashes + closed, mistake("DLA010", place, UNCLOSED.format(opened[1]), help)
    if (found := spelled(text)) is not None:
        start = len(lead) + len(dashes)
        yield lead + dashes + found.text, found.told(source, number, start)


def _undashed(source: Source, number: int) -> Iterator[tuple[str, Diagnostic]]:
    """A key without the dash before it."""
    lead, dashes, text = _split(source.line(number))
    if dashes and (key := key_of(text)):
        help = f"écrivez « {text} », sans tiret, {_spaces(len(lead))}"
        place = source.place(number, len(lead) + len(dashes) + 1, len(text))
        yield lead + text, mistake("DLA010", place, f"un tiret en trop devant « {key} »", help)


def _dashed(source: Source, number: int) -> Iterator[tuple[str, Diagnostic]]:
    """A key with a dash before it, at its indent or before it."""
    lead, dashes, text = _split(source.line(number))
    if key_of(text) and not dashes:
        yield lead + "- " + text, missing_dash(source, number, "au retrait de cette ligne")
        if len(lead) >= 2:
            yield lead[2:] + "- " + text, missing_dash(source, number, _spaces(len(lead) - 2))


def _inside(source: Source, number: int) -> Iterator[tuple[str, Diagnostic]]:
    """The same, of a line that has an indent: at the left of the page, the indent is likelier to lack than the dash."""
    yield from _dashed(source, number) if source.line(number)[:1] == " " else ()


def _moved(source: Source, number: int) -> Iterator[tuple[str, Diagnostic]]:
    """A line at another indent."""
    lead, dashes, text = _split(source.line(number))
    if continues(source, number) or (not key_of(text) and ANY_COLON.search(text)):
        return
    for level in _levels(source, number):
        told = mistake(
            "DLA009",
            source.place(number, len(lead) + 1, len(dashes) + len(text)),
            "le retrait de cette ligne ne va pas avec les lignes du dessus",
            f"mettez cette ligne {_spaces(level)}",
        )
        yield " " * level + dashes + text, told


_KINDS = (_signs, _undashed, _inside, _moved, _dashed)
"""The likeliest first."""


def _spaces(number: int) -> str:
    return f"à {counted(number, 'espace')} du bord gauche" if number else "tout à gauche"


def _levels(source: Source, number: int) -> list[int]:
    """Indents that a line may have under those above it, the nearest first."""
    found: list[int] = []
    least: int | None = None
    over = number
    while over > 1 and least != 0:
        over = above(source, over)
        lead, dashes, text = _split(source.line(over))
        if not text:
            break
        if least is None and _OPENS.search(text):
            found.append(len(lead) + len(dashes) + 2)
        found += [n for n in (len(lead) + len(dashes), len(lead)) if least is None or n < least]
        least = len(lead) if least is None else min(least, len(lead))
    return found
