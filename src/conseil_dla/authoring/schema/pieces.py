"""Small parts of schemas: texts, ids, whole numbers, names to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conseil_dla.authoring.schema.wordings import worded
from conseil_dla.ground.words import ENGLISH_YES_NO
from conseil_dla.rules.answertext import LARGEST
from conseil_dla.rules.loading import Known
from conseil_dla.rules.loading.conditions import COMPARISONS, RESERVED
from conseil_dla.rules.loading.questions import ID

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
