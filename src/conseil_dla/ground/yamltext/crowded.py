"""What stands on the line of a key and should stand below it: other keys, a list, the text of an answer that has keys.

Told by its look alone, which the text after a colon seldom has: names, of a word each.
"""

from __future__ import annotations

import re

from conseil_dla.ground.diagnostics import Diagnostic, mistake
from conseil_dla.ground.yamltext.traps import THIN, WORD, Source, key_of

_ON_ONE_LINE = re.compile(
    rf"({WORD.pattern})[ {THIN}]?:(?:[ {THIN}]+(\[[^\]]*\]|-?\w+)(?=[ ,;]|$)(?! *:))?[ ,;]*(?:et )?"
)
"""A key and a value of one word, or a list, among others on a line."""


def keys_on_one_line(source: Source, number: int) -> Diagnostic | None:
    """Several keys on a line that should each have their own; None for a text, of more than a word."""
    line = source.line(number)
    text = line.lstrip(" -").rstrip()
    start = len(line) - len(line.lstrip(" -"))
    dash = line[:start].lstrip(" ")
    found: list[tuple[str, str]] = []
    end = 0
    while (match := _ON_ONE_LINE.match(text, end)) and match.end() > end:
        together = found and found[-1][1] and not text[:end].rstrip().endswith((",", ";", " et"))
        if together and match[1] not in source.grammar.inner:
            return None
        found.append((match[1], match[2] or ""))
        end = match.end()
    if end < len(text) or len(found) < 2 or found[0][0] in source.grammar.texts:
        return None
    lines: list[tuple[int, str]] = []
    for key, value in found:
        lines.append((start - len(dash), f"{dash}{key}: {value}".rstrip()))
        dash = "- " if not value and key in source.grammar.listed else ""
        start += 0 if value else 2 + len(dash)
    told = ", et à la ligne, ".join(
        f"« {line} »" if not n else f"à {at} espaces du bord gauche, « {line} »" for n, (at, line) in enumerate(lines)
    )
    return mistake(
        "DLA007",
        source.place(number, lines[0][0] + 1, len(line.strip())),
        f"« {found[1][0]}: » est sur la ligne de « {found[0][0]}: » : une ligne n’a qu’une clé",
        f"écrivez {told} ; si c’est un texte, mettez-le entre guillemets",
    )


def short_answer(source: Source, number: int) -> Diagnostic | None:
    """A key that stands beside the text of a thing, under one whose text is on the line of its name."""
    line, above = source.line(number), source.line(number - 1)
    key = source.grammar.beside.get(key_of(line.lstrip(" ")))
    name = re.fullmatch(r"( *)([^\s:]+): +(\S.*?) *", above)
    indent = len(line) - len(line.lstrip(" "))
    if key is None or name is None or indent <= len(name[1]):
        return None
    mend = f"écrivez « {name[2]}: », et à la ligne, à {indent} espaces du bord gauche, « {key}: {name[3]} »"
    told = f"« {key_of(line.lstrip(' '))}: » est sous un texte, celui de « {name[2]} », qui n’a pas sa clé « {key}: »"
    return mistake("DLA010", source.place(number - 1, len(name[1]) + 1, len(above.strip())), told, mend)


def first_item_below(line: str) -> str:
    """How to write a list that begins on the line of its key; empty where what is there may be a text."""
    match = re.fullmatch(rf"( *)({WORD.pattern}):[ {THIN}]+(- +\w+(?::.*)?) *", line)
    below = f"écrivez « {match[2]}: », et à la ligne, à {len(match[1]) + 2} espaces du bord gauche" if match else ""
    return f"{below}, « {match[3]} »" if match else ""
