"""Read YAML texts into nodes with places, and tell what is wrong with the way they are written.

What the grammar refuses is found in the same pass, with its cause and its mend; a list survives what fails in one item.
"""

from __future__ import annotations

import re
from collections import Counter

from conseil_dla.ground.diagnostics import Diagnostic, Place
from conseil_dla.ground.nodes import Node, Sequence
from conseil_dla.ground.yamltext.composing import Composed, compose
from conseil_dla.ground.yamltext.failures import explain
from conseil_dla.ground.yamltext.foreign import foreign
from conseil_dla.ground.yamltext.mends import mended
from conseil_dla.ground.yamltext.spaces import plain_spaces
from conseil_dla.ground.yamltext.traps import (
    NOTHING_KNOWN,
    WORD,
    Grammar,
    Source,
    error,
    key_of,
    missing_dash,
    split_lines,
    unsafe_characters,
)

_MOST = 100
"""Findings of one file past which mends are tried no longer."""


def decode(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, a byte order mark accepted; None and a finding when it is not UTF-8."""
    if (other := foreign(data, file)) is not None:
        return None, [other]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        good = data[: problem.start].decode("utf-8-sig", errors="replace")
        lines = split_lines(good)
        rest = re.split(rb"\r|\n", data[problem.start :], maxsplit=1)[0].decode("cp1252", errors="replace")
        place = Place(file, len(lines), len(lines[-1]) + 1, 1, lines[-1] + rest)
        return None, [
            error(
                "DLA001",
                place,
                "le fichier n’est pas enregistré en UTF-8 : les accents ne peuvent pas être lus",
                "dans votre éditeur, choisissez « Enregistrer sous », encodage UTF-8, puis remplacez le fichier",
            )
        ]


def parse(text: str, file: str, grammar: Grammar = NOTHING_KNOWN) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of a YAML text and everything wrong with the way it is written. Never raises.

    None when the text is empty, or when nothing could be read. A list survives a failure inside one of its items: the
    other items are given, so that their own mistakes are reported at the same time. ``grammar`` is what is known of
    the keys of such a file.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    source = Source(file, lines, grammar=grammar)
    cleaned, found = unsafe_characters(source, "\n".join(lines))
    cleaned, odd = plain_spaces(source, cleaned)
    found += odd
    composed = compose(source, cleaned)
    if composed.failure is None:
        return composed.node, found + composed.found
    node, failures = _by_items(source, cleaned.split("\n"))
    if not failures:
        node, failures = _told(source, cleaned.split("\n"), composed)
    return node, found or failures


def _told(
    source: Source, lines: list[str], composed: Composed, offset: int = 0, trying: bool = True
) -> tuple[Node | None, list[Diagnostic]]:
    """What can be had of a passage, and all that is told of it: as it is, or mended where its failure can be."""
    failure = composed.failure
    if failure is None:
        return composed.node, composed.found
    mend = mended(source, lines, offset, failure) if trying else None
    node, found, told = mend or (None, composed.found, explain(source, failure))
    same = any(one.code == told.code and one.place.line == told.place.line for one in found)
    return node, found if same else [*found, told]


def _goes_further(source: Source, number: int) -> bool:
    """True when what is below a line cannot follow the name of an item: it was cut from a list further in."""
    below = next((line for line in source.lines[number:] if line.strip() and not line.lstrip().startswith("#")), "")
    text = below.lstrip(" ")
    return len(below) - len(text) > 2 and (text.startswith("- ") or key_of(text) in source.grammar.inner)


def _by_items(source: Source, lines: list[str]) -> tuple[Node | None, list[Diagnostic]]:
    """Read the items of a top-level list one by one; no findings when the text is not such a list."""
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---"))), "")
    items: list[Node] = []
    found: list[Diagnostic] = []
    if re.match(rf" *{WORD.pattern}: +\S", first) and any(line.startswith("- ") for line in lines):
        at = lines.index(first)
        end = next((n for n, line in enumerate(lines) if n > at and line.startswith("- ")), at)
        lines[at] = first = "- " + first.lstrip(" ")
        if compose(source, "\n".join(lines[at:end]), at).failure:
            return None, []
        found.append(missing_dash(source, at + 1, "tout à gauche"))
    lead = first[: len(first) - len(first.lstrip(" "))] + "- "
    starts = [number for number, line in enumerate(lines) if (line + " ").startswith(lead)]
    usual = Counter(key_of(line.lstrip(" -")) for line in lines)
    begun = Counter(key_of(lines[number][len(lead) :]) for number in starts)
    alone = {key for key, times in begun.items() if times == 1 < usual[key]}
    starts = [
        number
        for number in starts
        if number == starts[0] or not (key_of(lines[number][len(lead) :]) in alone or _goes_further(source, number + 1))
    ]
    if not starts or not first.startswith(lead):
        return None, []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        passage = lines[start:end]
        node, told = _told(source, passage, compose(source, "\n".join(passage), start), start, len(found) < _MOST)
        items.extend(node.items if isinstance(node, Sequence) else ())
        found.extend(told)
    return Sequence(tuple(items), source.place(starts[0] + 1, len(lead) - 1)), found
