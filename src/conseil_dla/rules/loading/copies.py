"""A file of items that is another's copy: told once, where each of its items would be said to be there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.french import counted
from conseil_dla.ground.shelving import looks_copied

TAKEN = "DLA108"
ENOUGH = 3
"""Items of one file that another has too, from which the file itself is told."""


def told_once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same findings, those on items of a copied file replaced by one on the file."""
    kept = list(found)
    pairs = Counter(_pair(one) for one in kept)
    for pair, number in pairs.items():
        if pair is not None and _is_copy(pair, number):
            kept = [one for one in kept if _pair(one) != pair]
            kept.append(_finding(pair, number))
    return kept


def _pair(one: Diagnostic) -> tuple[str, str] | None:
    """Both files where it says that an item of one is in another."""
    if one.code != TAKEN or one.also is None or one.place.file == one.also.file:
        return None
    return one.place.file, one.also.file


def _is_copy(pair: tuple[str, str], number: int) -> bool:
    one, other = (Path(file).name for file in pair)
    return number >= ENOUGH or looks_copied(one, other) or looks_copied(other, one)


def _finding(pair: tuple[str, str], number: int) -> Diagnostic:
    """The copy is the one whose name says so, else the one read last."""
    copy, original = pair if not looks_copied(Path(pair[1]).name, Path(pair[0]).name) else pair[::-1]
    known = f"{counted(number, 'élément')} y {'portent' if number > 1 else 'porte'} le même nom"
    message = f"ce fichier semble être une copie de « {Path(original).name} » : {known}"
    help = "gardez l’un des deux, et sortez l’autre de ce dossier ; si les deux servent, renommez leurs éléments"
    return Diagnostic("DLA021", Severity.ERROR, Place(copy), message, help, Place(original))
