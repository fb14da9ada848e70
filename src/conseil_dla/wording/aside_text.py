"""What lies in a folder and was not read, in a few lines: what to do about each, and how many others there are."""

from __future__ import annotations

from collections.abc import Sequence

from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.french import NBSP, counted, harmless, listed, spaced
from conseil_dla.ground.shelving import Aside, Sort

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
