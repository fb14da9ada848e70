"""Parts that schemas are made of: texts, ids, numbers, names to choose from; conditions; the table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conseil_dla.authoring.schema.wordings import worded
from conseil_dla.ground.words import ENGLISH_YES_NO
from conseil_dla.rules.answertext import LARGEST, UNKNOWN
from conseil_dla.rules.loading import Known
from conseil_dla.rules.loading.conditions import COMPARISONS, LISTS, RESERVED
from conseil_dla.rules.loading.part_shapes import CountShape
from conseil_dla.rules.loading.questions import ID
from conseil_dla.rules.loading.shapes import TallyShape, described
from conseil_dla.rules.loading.tallies import NAME, ROWS
from conseil_dla.rules.model import Question
from conseil_dla.rules.observations import ADDRESS
from conseil_dla.rules.tables import WORDS, Column

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
SCALAR = ["string", "number"]
OR_NOTHING = "null"


def common() -> dict[str, Schema]:
    """Definitions that every document has."""
    return {
        "texte": {"type": SCALAR, "pattern": r"\S"},
        "prose": {"type": [*SCALAR, "array"], "pattern": r"\S", "minItems": 1, "items": ref("texte")},
        "jour": {"type": "string", "pattern": DAY},
        "adresse": {"type": "string", "pattern": f"^{ADDRESS.pattern}$"},
        "nom": {"type": "string", "pattern": f"^{ID.pattern}$", "not": {"enum": sorted(RESERVED | ENGLISH_YES_NO)}},
        "comparaison": comparison(),
    }


def ref(name: str) -> Schema:
    """A reference to a definition of the same document."""
    return {"$ref": f"#/$defs/{name}"}


def several(inner: Schema, least: int = 1) -> Schema:
    """A list of at least so many."""
    return {"type": "array", "minItems": least, "items": inner}


def closed(properties: Mapping[str, Any], required: Iterable[str] = ()) -> Schema:
    """A mapping with these keys and no other."""
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def words(choices: Mapping[str, str] | Iterable[str]) -> Schema:
    """One of these words; editors that know of it show the wording beside each."""
    schema: Schema = {"enum": list(choices)}
    if isinstance(choices, Mapping) and any(choices.values()):
        schema["enumDescriptions"] = list(choices.values())
    return schema


def cited(known: Known, kind: str) -> Schema:
    """The id of an item of this kind; any id while the folder has none."""
    titles = known.titles.get(kind, {})
    return words(titles) if titles else ref("nom")


def whole(low: int = -LARGEST, high: int = LARGEST) -> Schema:
    """A whole number, as a number or as a text."""
    return {"type": ["integer", "string"], "minimum": low, "maximum": high, "pattern": f"^({digits(low, high)})$"}


def digits(low: int, high: int) -> str:
    """A pattern for the whole numbers of a range, written without leading zeros. ``low`` is at most ``high``."""
    if low > 0:
        return rf"(?!({_up_to(low - 1)})$)({_up_to(high)})"
    if high < 0:
        return f"-({digits(-high, -low)})"
    return _up_to(high) if low == 0 else f"{_up_to(high)}|-({digits(1, -low)})"


def _up_to(most: int) -> str:
    """A pattern for the whole numbers from 0: digit by digit, the first that is smaller frees those after it."""
    text = str(most)
    ways = [text]
    for at, digit in enumerate(text):
        first = 1 if at == 0 and len(text) > 1 else 0
        if int(digit) > first:
            ways.append(f"{text[:at]}[{first}-{int(digit) - 1}][0-9]{{{len(text) - at - 1}}}")
    return "|".join([*ways, "0", f"[1-9][0-9]{{0,{len(text) - 2}}}"] if len(text) > 1 else ways)


def pair(low: int = -LARGEST, high: int = LARGEST) -> Schema:
    """Two whole numbers that are not both outside of a range."""
    return {"type": "array", "minItems": 2, "maxItems": 2, "prefixItems": [whole(-LARGEST, high), whole(low, LARGEST)]}


def comparison(bounds: tuple[int, int] = (-LARGEST, LARGEST), *, may_hold_always: bool = True) -> Schema:
    """``au_moins``, ``au_plus`` or both, or ``entre`` alone: one that never holds within the bounds is refused.

    Unless it may, one that always holds is refused too.
    """
    low, high = bounds
    at_least, at_most, between = COMPARISONS
    limits = {at_least: whole(-LARGEST, high), at_most: whole(low, LARGEST), between: pair(low, high)}
    limits = {name: worded("comparaison", name, limit) for name, limit in limits.items()}
    alone: list[Schema] = [{"if": {"required": [between]}, "then": {"maxProperties": 1}}]
    if not may_hold_always:
        tighter = {at_least: whole(low + 1, high), at_most: whole(low, high - 1)}
        alone += [
            {"if": {"required": [name], "maxProperties": 1}, "then": {"properties": {name: limit}}}
            for name, limit in tighter.items()
        ]
    return {**closed(limits), "minProperties": 1, "allOf": alone}


def when(key: str, values: Iterable[str], then: Schema, otherwise: Schema | None = None) -> Schema:
    """What follows from the value of a key that is there."""
    test: Schema = {"required": [key], "properties": {key: {"enum": list(values)}}}
    return {"if": test, "then": then} if otherwise is None else {"if": test, "then": then, "else": otherwise}


# --- conditions and answers ------------------------------------------------------------------------------------------

CONDITION = "condition"
ON_ANSWERS = "condition_sur_reponses"
"""Where ``constat`` may not be read."""
MOST_COUNTED = 12
"""``n`` is held against the number of conditions up to this many."""


def condition_definitions(known: Known) -> dict[str, Schema]:
    """The definitions that conditions need."""
    atoms = {f"lit_{id}": _atom(question, known) for id, question in known.questions.items()}
    return {
        CONDITION: _condition(known, CONDITION, findings=True),
        ON_ANSWERS: _condition(known, ON_ANSWERS, findings=False),
        **atoms,
    }


def _condition(known: Known, name: str, *, findings: bool) -> Schema:
    lists = {word: worded("condition", word, several(ref(name))) for word in LISTS}
    count = worded("condition", COMPARISONS[0], _count(name))
    questions = {id: _read(id, known) for id in known.titles["question"]}
    finding = {"constat": worded("condition", "constat", cited(known, "constat"))} if findings else {}
    return {
        "type": ["object", "array"],
        "minItems": 1,
        "items": ref(name),
        "minProperties": 1,
        "properties": {**questions, **lists, COMPARISONS[0]: count, **finding},
        "additionalProperties": False,
    }


def _read(id: str, known: Known) -> Schema:
    """A question in a condition; anything while the question itself cannot be read."""
    shown = known.asked.get(id) or known.titles["question"][id]
    told = [f"{answer} : {wording}" for answer, wording in known.answers.get(id, {}).items()]
    description: Schema = {"title": known.titles["question"][id], "description": "\n".join([shown, *told])}
    return {**ref(f"lit_{id}"), **description} if id in known.questions else description


def _atom(question: Question, known: Known) -> Schema:
    if question.type == "nombre":
        return comparison(question.bounds or (0, 0), may_hold_always=question.asked_if is not None)
    answers = words(known.answers[question.id])
    return {"if": {"type": "array"}, "then": several(answers), "else": answers}


def _count(name: str) -> Schema:
    """Exactly ``n`` and ``parmi``; ``n`` no more than there are conditions."""
    limits = [
        {
            "if": {"required": ["parmi"], "properties": {"parmi": {"maxItems": most}}},
            "then": {"properties": {"n": whole(1, most)}},
        }
        for most in range(1, MOST_COUNTED + 1)
    ]
    parts = {"n": whole(1), "parmi": several(ref(name))}
    shape = described(CountShape)
    properties = {key: worded("compte", key, parts[key]) for key in shape["properties"]}
    return {**closed(properties, shape["required"]), "allOf": limits}


def answer(question: Question, known: Known, *, former: bool) -> Schema:
    """An answer in a dossier or an example. ``former`` tells whether former ids of answers are read."""
    older = known.former_answers.get(question.id, ()) if former else ()
    if question.type == "nombre":
        number = whole(*(question.bounds or (0, 0)))
        return {**number, "pattern": number["pattern"].replace("^(", f"^({UNKNOWN}|", 1)}
    named = {**known.answers[question.id], **dict.fromkeys(older, "")}
    if question.type == "plusieurs":
        return {"if": {"type": "array"}, "then": several(words(named), 0), "else": {"enum": [UNKNOWN]}}
    return words({**named, UNKNOWN: "On ne sait pas encore"})


def answers(known: Known, *, former: bool = False) -> Schema:
    """Questions with their answers."""
    properties: dict[str, Schema] = {}
    for id, title in known.titles["question"].items():
        question = known.questions.get(id)
        read = answer(question, known, former=former) if question else {}
        properties[id] = {**read, "title": title, "description": known.asked.get(id) or title}
    if former:
        properties |= {old: properties[id] for old, id in known.former_questions.items()}
    return closed(properties)


# --- the table of structures -----------------------------------------------------------------------------------------


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
