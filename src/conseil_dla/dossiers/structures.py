"""The table of structures in a dossier's file: read with every mistake, and given back as the rows to write."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.answertext import UNKNOWN, whole_number
from conseil_dla.rules.counting import unrecognised, value_name
from conseil_dla.rules.model import Base
from conseil_dla.rules.tables import Cell, Column, Structure

KEY = "structures"
NAME = "nom"


class _Wrong(Exception):
    def __init__(self, place: Place, message: str, help: str = "") -> None:
        super().__init__(message)
        self.finding = mistake("DLA310", place, message, help)


def read_structures(node: Node | None, base: Base) -> tuple[tuple[Structure, ...], list[Diagnostic]]:
    """The rows, and every mistake in them."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return (), []
    if not isinstance(node, Sequence):
        help = "écrivez une structure par tiret : « - nom: … », puis dessous ce que vous en savez"
        return (), [_Wrong(node.place, f"« {KEY} » attend une liste de structures", help).finding]
    rows: list[Structure] = []
    found: list[Diagnostic] = []
    for item in node.items:
        if not isinstance(item, Mapping):
            help = "écrivez « - nom: », puis son nom"
            found.append(_Wrong(item.place, "une structure s’écrit avec son nom", help).finding)
            continue
        cells: dict[str, Cell] = {}
        for key, value in item.entries:
            try:
                cell = _cell(key, value, base)
            except _Wrong as wrong:
                found.append(wrong.finding)
            else:
                if cell is not None:
                    cells[key.text] = cell
                    found += _unrecognised(value.place, base, key.text, cell)
        rows.append(Structure(item.text(NAME), cells))
    return tuple(rows), found


def _cell(key: Scalar, value: Node, base: Base) -> Cell | None:
    """A known cell; None for the name, and for what is left unknown."""
    columns = base.logic.columns
    if key.text != NAME and key.text not in columns:
        titles = {id: base.title("colonne", id) for id in columns}
        help = did_you_mean(key.text, (NAME, *columns), titles)
        raise _Wrong(key.place, f"colonne inconnue « {key.text} » dans le tableau des structures", help)
    if not isinstance(value, Scalar):
        raise _Wrong(value.place, f"« {key.text} » attend une seule valeur", "écrivez-la après le deux-points")
    text = value.text.strip()
    if key.text == NAME or not text or text == UNKNOWN:
        return None
    return _known(columns[key.text], value.place, text, base)


def _known(column: Column, place: Place, text: str, base: Base) -> Cell:
    if column.type == "texte":
        return text
    if column.type == "nombre":
        number = whole_number(text)
        if number is None or number < 0:
            help = "écrivez un nombre entier en chiffres, sans virgule, 0 compris, ou laissez la case vide"
            raise _Wrong(place, f"« {text} » n’est pas un nombre entier pour la colonne « {column.id} »", help)
        return number
    if text not in column.answers:
        help = did_you_mean(text, (*column.answers, UNKNOWN), base.entry("colonne", column.id).labels)
        raise _Wrong(place, f"réponse inconnue « {text} » à la colonne « {column.id} »", help)
    return text


def _unrecognised(place: Place, base: Base, column: str, cell: Cell) -> list[Diagnostic]:
    """A text that is none of the known values of its column: kept, and not counted."""
    if not unrecognised([base.logic.columns[column]], [Structure("", {column: cell})]):
        return []
    code, name = next(iter(base.logic.columns[column].listed.items()))
    message = f"« {cell} » n’est pas reconnu comme {value_name(base, column)} : rien n’en est compté"
    return [Diagnostic("DLA339", Severity.WARNING, place, message, f"écrivez un code ou un nom : {code}, {name}")]


def written(structures: Iterable[Structure]) -> list[dict[str, object]]:
    """The rows to write; an unknown cell has no key."""
    return [{NAME: row.name, **row.cells} for row in structures]
