"""The table of structures as schemas: its columns, and what a question counts in it."""

from __future__ import annotations

from conseil_dla.authoring.schema.pieces import (
    OR_NOTHING,
    SCALAR,
    Schema,
    cited,
    closed,
    ref,
    several,
    when,
    whole,
    words,
)
from conseil_dla.authoring.schema.wordings import worded
from conseil_dla.rules.answertext import LARGEST, UNKNOWN
from conseil_dla.rules.loading import Known
from conseil_dla.rules.loading.shapes import TallyShape, described
from conseil_dla.rules.loading.tallies import NAME, ROWS
from conseil_dla.rules.tables import WORDS, Column


def column_rules() -> list[Schema]:
    """What a column may be called, and which types have answers."""
    return [
        {"properties": {"colonne": {"not": {"enum": [NAME, ROWS]}}}},
        when("type", ["texte", "nombre"], {"properties": {"reponses": False}}),
        when("type", ["choix", "oui_non", "nombre"], {"properties": {"valeurs": False, "codes_postaux": False}}),
    ]


def tally(known: Known) -> Schema:
    """``du_tableau``: rows, rows with some cell, or different cells; then which share gives which answer."""
    titles = known.titles["colonne"]
    counted = {id: _cells(column, known) for id, column in known.columns.items() if column.type != "texte"}
    allowed: dict[str, Schema] = {id: {} for id in titles if id not in known.columns}
    named = {id: {**cells, "title": titles[id]} for id, cells in {**allowed, **counted}.items()}
    cells = {**closed(named), "minProperties": 1, "maxProperties": 1}
    share = {
        "if": {"type": "object"},
        "then": ref("comparaison"),
        "else": {"anyOf": [{"enum": list(WORDS)}, whole(0, LARGEST)]},
    }
    parts: dict[str, Schema] = {
        "compte": {"if": {"type": "object"}, "then": cells, "else": {"enum": [ROWS]}},
        "differents": cited(known, "colonne"),
        "reponses": {"type": "object", "additionalProperties": share},
    }
    properties = {key: worded("du_tableau", key, parts[key]) for key in described(TallyShape)["properties"]}
    return {**closed(properties), "oneOf": [{"required": ["compte"]}, {"required": ["differents"]}]}


def _cells(column: Column, known: Known) -> Schema:
    if column.type == "nombre":
        return ref("comparaison")
    answers = words(known.cells[column.id])
    return {"if": {"type": "array"}, "then": several(answers), "else": answers}


def rows(known: Known) -> Schema:
    """``structures`` of a dossier."""
    properties: dict[str, Schema] = {NAME: {"type": [*SCALAR, OR_NOTHING], "title": "Nom"}}
    for id, title in known.titles["colonne"].items():
        column = known.columns.get(id)
        properties[id] = {**(_cell(column, known) if column else {}), "title": title}
    return {"type": ["array", "null", "string"], "maxLength": 0, "items": closed(properties)}


def _cell(column: Column, known: Known) -> Schema:
    """A known cell, or nothing."""
    if column.type == "texte":
        return {"type": [*SCALAR, OR_NOTHING]}
    if column.type == "nombre":
        return {"type": ["integer", "string", OR_NOTHING], "minimum": 0, "pattern": f"^(0|[1-9][0-9]*|{UNKNOWN}|)$"}
    return {"enum": [*known.cells[column.id], UNKNOWN, "", None]}
