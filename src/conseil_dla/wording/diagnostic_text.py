"""Findings as an author reads them: where, what, the line with its caret, and what to do.

The form is public and held by golden files: one bad file for each code, in tests/bad/.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.french import NBSP, without_piles

_WIDEST = 100
"""Columns of an excerpt that are shown; a longer line is cropped around its caret."""
_LEFT_OF_CARET = 40
_HIDDEN = "�"
_BEFORE_SIGN = re.compile(r" (?=[:;?!](?:\s|$|»))")
_MARKS = {
    Severity.ERROR: "",
    Severity.WARNING: "avertissement : ",
    Severity.INFORMATION: "information : ",
}


def render(diagnostics: Iterable[Diagnostic], *, base_dir: Path | None = None) -> str:
    """Every finding, one paragraph each, in the order given; empty when there is none.

    ``base_dir`` shortens the paths that lie under it. Nothing of what a file holds reaches the terminal raw: control
    characters are replaced, so that a file cannot move the cursor or colour the screen.
    """
    return "".join(_one(diagnostic, base_dir) for diagnostic in diagnostics)


def _one(diagnostic: Diagnostic, base_dir: Path | None) -> str:
    place = diagnostic.place
    message = _french(_harmless(_MARKS[diagnostic.severity] + diagnostic.message))
    lines = [f"{_head(place, base_dir)}{message}  ({diagnostic.code})", *_excerpt(place)]
    if diagnostic.also is not None:
        lines.append(f"   voir aussi {_head(diagnostic.also, base_dir).rstrip()}")
        lines += _excerpt(diagnostic.also)
    if diagnostic.help:
        lines.append(_french(f"   aide : {_harmless(diagnostic.help)}"))
    if diagnostic.witness:
        lines.append(_french(f"   dossier témoin : {_harmless(diagnostic.witness)}"))
    return "".join(line.rstrip() + "\n" for line in lines)


def _head(place: Place, base_dir: Path | None) -> str:
    """``file:line:column`` and two spaces; nothing for a finding about no file."""
    if not place.file:
        return ""
    file = place.file
    if base_dir is not None:
        try:
            file = Path(file).relative_to(base_dir).as_posix()
        except ValueError:
            file = place.file
    if not place.excerpt:
        return f"{_harmless(file)}  "
    return f"{_harmless(file)}:{place.line}:{place.column}  "


def _excerpt(place: Place) -> list[str]:
    """The source line with its number, and a caret line under the stretch."""
    if not place.excerpt:
        return []
    number = f"{place.line:>5} | "
    start, length, line = place.column - 1, place.length, place.excerpt
    if len(line) > _WIDEST:
        first = max(0, min(start - _LEFT_OF_CARET, len(line) - _WIDEST))
        cropped = line[first : first + _WIDEST]
        line = ("…" if first else "") + cropped + ("…" if first + _WIDEST < len(line) else "")
        start += (1 if first else 0) - first
        length = min(length, max(1, len(line) - start))
    under = line[start : start + length]
    pad = "".join(" " * _width(character) for character in line[:start])
    carets = "^" * max(1, sum(_width(character) for character in under))
    return [number + _harmless(line), f"{'':>5} | {pad}{carets}"]


def _french(text: str) -> str:
    """No-break spaces where French wants them, so that a sign never starts a line."""
    return _BEFORE_SIGN.sub(NBSP, text).replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")


def _harmless(text: str) -> str:
    """Tabs as arrows; other control, invisible and unassigned characters as one visible sign."""
    text = without_piles(text)
    if text.isprintable():
        return text
    return "".join(
        "→" if character == "\t" else _HIDDEN if unicodedata.category(character)[0] == "C" else _spaced(character)
        for character in text
    )


def _spaced(character: str) -> str:
    """Line and paragraph separators would break the line; other spaces are kept."""
    return _HIDDEN if unicodedata.category(character) in ("Zl", "Zp") else character


def _width(character: str) -> int:
    """Columns that a character takes on a terminal."""
    if unicodedata.combining(character):
        return 0
    if unicodedata.category(character)[0] == "C":
        return 1
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
