"""What is kept for papers (``papiers``) in a dossier's file: read with its mistakes, and given back as keys to write.

A field that the rules do not know is kept as it stands: it may be another year's, or another office's.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Keyed

from conseil_dla.ground.diagnostics import Diagnostic, Severity, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.model import Base, PaperField
from conseil_dla.rules.paper_fields import (
    CHOICES,
    LEFT_OUT,
    METHOD_COLUMNS,
    METHODS,
    PAPER_PARTS,
    PaperColumn,
    PaperValue,
    Row,
    number,
    rows,
)

KEY = "papiers"
WAY, CHOICE = "facon", "choix"
_SHAPES = {
    "texte": "un texte, sur la même ligne ou après >-",
    "nombre": "un nombre, en chiffres",
    "liste": "un texte par tiret",
    "tableau": "une ligne du tableau par tiret",
}


def read_paper(node: Node | None, base: Base) -> tuple[dict[str, PaperValue], list[Diagnostic]]:
    """The values by field, and every mistake in them. What is empty is absent."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return {}, []
    if not isinstance(node, Mapping):
        return {}, [_wrong(node, f"« {KEY} » attend une rubrique par ligne", "écrivez « rubrique: votre texte »")]
    values: dict[str, PaperValue] = {}
    found: list[Diagnostic] = []
    for key, under in node.entries:
        id = key.text.strip()
        if (value := _value(under)) is None:
            found.append(_wrong(under, f"« {id} », dans « {KEY} », ne se lit pas", f"écrivez {_SHAPES['tableau']}"))
        elif value:
            values[id] = (value,) if id == LEFT_OUT and isinstance(value, str) else value
            found += _misread(key, under, value, base)
    return values, found


def _value(node: Node) -> PaperValue | None:
    """A text, texts or rows; None for anything else."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Mapping):
        return None
    if all(isinstance(item, Scalar) for item in node.items):
        return tuple(item.text.strip() for item in node.items if isinstance(item, Scalar) and item.text.strip())
    read = [_row(item) for item in node.items]
    return None if any(row is None for row in read) else tuple(row for row in read if row)


def _row(node: Node) -> Row | None:
    entries = node.entries if isinstance(node, Mapping) else ()
    cells = {key.text.strip(): value.text.strip() for key, value in entries if isinstance(value, Scalar)}
    return {id: text for id, text in cells.items() if text} if entries and len(cells) == len(entries) else None


def _misread(key: Scalar, node: Node, value: PaperValue, base: Base) -> Iterator[Diagnostic]:
    id = key.text.strip()
    if id == LEFT_OUT:
        yield from _parts(node, value)
    elif id == METHODS:
        yield from _methods(node, value, base)
    elif (field := base.fields.get(id)) is None:
        message = f"« {id} » n’est pas une rubrique des papiers : elle reste dans le fichier, sans y être écrite"
        titles = {each: base.title("rubrique", each) for each in base.fields}
        yield Diagnostic("DLA317", Severity.WARNING, key.place, message, did_you_mean(id, list(titles), titles))
    elif _type(value) not in (field.type, "texte" if field.type == "nombre" else ""):
        yield _wrong(node, f"« {id} » attend {_SHAPES[field.type]}", f"écrivez {_SHAPES[field.type]}")
    else:
        yield from _cells(node, value, field)


def _type(value: PaperValue) -> str:
    return "texte" if isinstance(value, str) else "liste" if isinstance(value[0], str) else "tableau"


def _parts(node: Node, value: PaperValue) -> Iterator[Diagnostic]:
    for part in (value,) if isinstance(value, str) else value:
        if part not in PAPER_PARTS:
            yield _wrong(node, f"« {part} » n’est pas une partie des papiers", did_you_mean(str(part), PAPER_PARTS))


def _methods(node: Node, value: PaperValue, base: Base) -> Iterator[Diagnostic]:
    if _type(value) != "tableau":
        yield _wrong(node, f"« {METHODS} » attend une façon de faire par tiret", "écrivez « - facon: modalite:… »")
        return
    items = node.items if isinstance(node, Sequence) else ()
    for item, row in zip(items, rows(value), strict=False):
        way, choice = row.get(WAY, ""), row.get(CHOICE, "")
        kind, _, id = way.partition(":")
        if not way:
            yield _wrong(item, f"une ligne de « {METHODS} » ne dit pas laquelle", "ajoutez « facon: modalite:… »")
        elif (kind, id) not in base.texts:
            message = f"« {way} » n’existe pas dans les règles : cette ligne reste dans le fichier, sans être écrite"
            yield Diagnostic("DLA317", Severity.WARNING, item.place, message, "choisissez-la de nouveau à l’écran")
        if choice not in CHOICES:
            yield _wrong(item, f"choix inconnu « {choice} » pour « {way} »", f"écrivez {' ou '.join(CHOICES)}")
        known = [column.id for column in METHOD_COLUMNS]
        for id in (id for id in row if id not in known):
            message = f"« {METHODS} » n’a pas de colonne « {id} » : elle reste dans le fichier, sans être écrite"
            yield Diagnostic("DLA317", Severity.WARNING, item.place, message, did_you_mean(id, known))
        yield from _numbers(item, row, METHOD_COLUMNS)


def _cells(node: Node, value: PaperValue, field: PaperField) -> Iterator[Diagnostic]:
    """Remarks on what is no number where one is reckoned with, and on cells of no column: both are kept."""
    if field.type == "nombre" and number(str(value)) is None:
        yield _no_number(node, str(value))
    items = node.items if isinstance(node, Sequence) and field.type == "tableau" else ()
    known = [column.id for column in field.columns]
    for item, row in zip(items, rows(value), strict=False):
        for id in (id for id in row if id not in known):
            message = f"« {field.id} » n’a pas de colonne « {id} » : elle reste dans le fichier, sans être écrite"
            yield Diagnostic("DLA317", Severity.WARNING, item.place, message, did_you_mean(id, known))
        yield from _numbers(item, row, field.columns)


def _numbers(node: Node, row: Row, columns: tuple[PaperColumn, ...]) -> Iterator[Diagnostic]:
    for column in columns:
        if column.is_number and (text := row.get(column.id)) and number(text) is None:
            yield _no_number(node, text)


def _no_number(node: Node, text: str) -> Diagnostic:
    message = f"« {text} » n’est pas un nombre : les papiers l’écrivent tel quel, et rien n’en est compté"
    return Diagnostic("DLA339", Severity.WARNING, node.place, message, "écrivez-le en chiffres, sans unité")


def _wrong(node: Node, message: str, help: str) -> Diagnostic:
    return mistake("DLA301", node.place, message, help)


def written(paper: Keyed[str, PaperValue]) -> dict[str, object]:
    """The keys to write: texts, lists of texts, lists of rows."""
    return {id: value if isinstance(value, str) else [_plain(each) for each in value] for id, value in paper.items()}


def _plain(value: str | Row) -> object:
    return value if isinstance(value, str) else dict(value)
