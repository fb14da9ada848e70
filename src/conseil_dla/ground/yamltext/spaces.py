"""No-break spaces where the layout needs ordinary ones: in an indent, after a dash, after the colon of a key.

They come from a word processor or a web page, look like any other space, and change what the file says: the key after
them gets another name, or becomes part of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.yamltext.traps import THIN, WORD, Source, error

_LEAD = re.compile(rf"(?:[ {THIN}]|-(?=[ {THIN}]))*")
_KEY = re.compile(rf"{WORD.pattern}[ {THIN}]*:(?=\s|$)(?P<after>(?:[{THIN}][ {THIN}]*)?)")
_SUSPECT = re.compile(rf"^[ -]*(?:[{THIN}]|{WORD.pattern}:[{THIN}])", re.MULTILINE)
"""A line that may hold one: most files hold none, and are not looked at line by line."""
_BLOCK = re.compile(r"(?::|-) +[>|][-+0-9]*\s*(?:#.*)?$")


def plain_spaces(source: Source, text: str) -> tuple[str, list[Diagnostic]]:
    """Report such spaces, once a line, and give the text back with ordinary ones in their place; columns hold."""
    if _SUSPECT.search(text) is None:
        return text, []
    lines = text.split("\n")
    found: list[Diagnostic] = []
    for number in _outside_blocks(lines):
        line = lines[number]
        lead = _LEAD.match(line)
        key = _KEY.match(line, lead.end()) if lead else None
        if lead is None or key is None:
            continue
        spans = [span for span in (lead.span(), key.span("after")) if any(one in line[slice(*span)] for one in THIN)]
        for start, end in spans:
            line = line[:start] + re.sub(f"[{THIN}]", " ", line[start:end]) + line[end:]
        if spans:
            column = next(at for at in range(*spans[0]) if lines[number][at] in THIN) + 1
            found.append(_told(source, number + 1, column))
            lines[number] = line
    return "\n".join(lines), found


def _outside_blocks(lines: list[str]) -> Iterator[int]:
    """Lines that are not the text of a ``>`` or ``|``: there, any space is part of what is written."""
    block: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if _BLOCK.search(line) else None
        yield number


def _told(source: Source, line: int, column: int) -> Diagnostic:
    message = "un espace insécable, là où il faut un espace ordinaire"
    help = "effacez cet espace et retapez-le : il vient d’un traitement de texte ou d’une page du web"
    return error("DLA019", source.place(line, column), message, help)
