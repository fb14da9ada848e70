"""What a pasted list would add to the table of structures, said before it is added."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.dossiers.pasted import Pasted, without_doubles
from conseil_dla.ground.french import NBSP, counted, few, listed, lowered, quoted
from conseil_dla.rules.counting import unrecognised, value_name
from conseil_dla.rules.model import Base
from conseil_dla.rules.tables import Structure

MOST = 5
"""Cells, or names, that are quoted."""
TITLED = "la première ligne lue comme titres"
ADD = "Ajouter"
ADD_DOUBLES = "Ajouter avec les doublons"
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
        numbers = any(base.logic.columns[id].type == "nombre" for _, id, _ in found.unread)
        how = " Un nombre s’écrit entier, en chiffres." if numbers else ""
        lines.append(f"Pas compris, et laissé inconnu{NBSP}: {_some(told)}.{how}")
    lines += unrecognised_lines(base, found.rows)
    if twice := doubles(found, there):
        lines.append(
            f"Déjà dans le tableau, ou deux fois dans la liste{NBSP}: {_some(twice)}. "
            f"{quoted(ADD)} n’en ajoute pas une seconde fois{NBSP}; {quoted(ADD_DOUBLES)} les ajoute toutes."
        )
    return tuple(lines)


def doubles(found: Pasted, there: Iterable[Structure]) -> list[str]:
    """Names that would stand twice in the table."""
    kept = {id(row) for row in without_doubles(found.rows, there)}
    return list(dict.fromkeys(row.name for row in found.rows if id(row) not in kept))


def unrecognised_lines(base: Base, structures: Iterable[Structure]) -> tuple[str, ...]:
    """« « Fougères » n’est pas reconnu comme un département », for each text that is none."""
    return tuple(
        f"{quoted(text)} n’est pas reconnu comme {value_name(base, column.id)}."
        for column, text in unrecognised(base.logic.columns.values(), structures)
    )


def _some(told: list[str]) -> str:
    """The first of them, and how many more."""
    return listed(few(told, MOST, "autre", "autres"))
