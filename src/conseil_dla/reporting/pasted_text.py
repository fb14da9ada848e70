"""What a pasted list would add to the table of structures, said before it is added."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.dossiers.pasted import Pasted
from conseil_dla.model import Base
from conseil_dla.reporting.french import NBSP, counted, listed, lowered, quoted
from conseil_dla.tables import Structure
from conseil_dla.words import fold

MOST = 5
"""Cells, or names, that are quoted."""
TITLED = "la première ligne lue comme titres"
UNTITLED = "aucune ligne lue comme titres"


def pasted_lines(base: Base, found: Pasted, there: Iterable[Structure]) -> tuple[str, ...]:
    """How many rows, what was read of each, what was not; and the names that the table has already."""
    lines = [f"{counted(len(found.rows), 'structure')}, {TITLED if found.is_titled else UNTITLED}."]
    names = [row.name for row in found.rows if row.name]
    if names:
        lines.append(f"La première{NBSP}: {names[0]}. La dernière{NBSP}: {names[-1]}.")
    else:
        lines.append("Aucune n’a de nom.")
    if found.columns:
        how = "Lu aussi" if found.is_titled else "Lu aussi, dans l’ordre du tableau"
        lines.append(f"{how}{NBSP}: {listed([lowered(base.title('colonne', id)) for id in found.columns])}.")
    if found.aside:
        lines.append(f"Laissé de côté{NBSP}: {listed([quoted(name) for name in found.aside])}.")
    if found.unread:
        told = [f"{quoted(text)} ({lowered(base.title('colonne', id))})" for _, id, text in found.unread]
        lines.append(f"Pas compris, et laissé inconnu{NBSP}: {_some(told)}.")
    known = {fold(row.name) for row in there}
    if twice := [name for name in dict.fromkeys(names) if fold(name) in known or names.count(name) > 1]:
        lines.append(f"Déjà dans le tableau, ou deux fois dans la liste{NBSP}: {_some(twice)}.")
    return tuple(lines)


def _some(told: list[str]) -> str:
    """The first of them, and how many more."""
    more = len(told) - MOST
    return listed([*told[:MOST], f"{more} autre{'s' if more > 1 else ''}"] if more > 0 else told)
