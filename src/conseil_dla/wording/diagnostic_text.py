"""Findings as an author reads them (where, what, the line with its caret, what to do), and files that were not read.

The form is public and held by golden files: one bad file for each code, in tests/bad/.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.french import NBSP, counted, harmless, listed, spaced, without_piles
from conseil_dla.ground.shelving import Aside, Sort

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


MOST_TOLD = 20
MOST_NAMED = 3
UNTOLD = (Sort.OTHER, Sort.DOCUMENT)
"""What lies beside dossiers and is none: papers, tables. Only its number is told."""


def aside_lines(aside: Sequence[Aside]) -> list[str]:
    """One line for each file that could be meant to be read, then the others by their number."""
    meant = [one for one in aside if one.sort not in UNTOLD]
    lines = [aside_line(one) for one in meant[:MOST_TOLD]]
    if len(meant) > MOST_TOLD:
        lines.append(f"… et {counted(len(meant) - MOST_TOLD, 'autre')}")
    if others := [one.path.name for one in aside if one.sort in UNTOLD]:
        named = listed([*others[:MOST_NAMED], *(["…"] if len(others) > MOST_NAMED else [])])
        told = counted(len(others), "autre fichier n’est pas un dossier", "autres fichiers ne sont pas des dossiers")
        lines.append(f"{told}{NBSP}: {harmless(named)}")
    return lines


def finding_line(one: Diagnostic, name: str = "") -> str:
    """The same of a finding, by the path that it shows or by a name."""
    line = f", ligne {one.place.line}" if one.place.excerpt else ""
    return spaced(harmless(f"{name or one.place.file}{line} : {_bare(one.message)} ({one.help})"))


def aside_line(one: Aside) -> str:
    """« a.yml : ce fichier n’est pas lu : … Renommez-le en « a.yaml ». »."""
    return spaced(harmless(f"{one.path.name} : {_bare(one.message)} ({one.help})"))


def _bare(message: str) -> str:
    return message.removeprefix("ce fichier n’est pas lu : ").removeprefix("ce sous-dossier n’est pas lu : ")


def aside_count(aside: Sequence[Aside]) -> str:
    """« , 2 ignorés »; empty where there is nothing to tell."""
    number = sum(one.sort not in UNTOLD for one in aside)
    return f", {counted(number, 'ignoré', 'ignorés')}" if number else ""
