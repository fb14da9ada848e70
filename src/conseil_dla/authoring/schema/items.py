"""Rules and knowledge as a schema: a list of items, each with the keys of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from conseil_dla.authoring.schema.pieces import (
    CONDITION,
    DIALECT,
    ON_ANSWERS,
    SCALAR,
    Schema,
    answers,
    cited,
    closed,
    column_rules,
    common,
    condition_definitions,
    pair,
    ref,
    several,
    tally,
    when,
    whole,
    words,
)
from conseil_dla.authoring.schema.wordings import ITEM_WORDS, worded
from conseil_dla.ground.words import ANSWERS_PLACE, NO, YES
from conseil_dla.rules.kinds import ALL
from conseil_dla.rules.loading import Known
from conseil_dla.rules.loading.knowledge import LATEST, LONGEST, MOST_CLAIMS
from conseil_dla.rules.loading.ledger import CLAIM
from conseil_dla.rules.loading.part_shapes import (
    EFFECTS,
    ExampleShape,
    NetworkShape,
    PaperColumnShape,
    PoleShape,
    ProposalShape,
    StepShape,
)
from conseil_dla.rules.loading.questions import LISTED, LONGEST_OPTION, MOST_OPTIONS
from conseil_dla.rules.loading.rules import MOST_POINTS
from conseil_dla.rules.loading.shapes import ITEMS, Shape, described
from conseil_dla.rules.model import COLLECTED


def rules_document(known: Known) -> Schema:
    """The schema of a file of ``rules/`` or ``knowledge/``."""
    kinds = {f"sorte_{kind}": _item(kind, known) for kind in ITEMS}
    effects = {f"effet_{word}": _effect(word, known) for word in EFFECTS}
    return {
        "$schema": DIALECT,
        "title": "Règles et connaissances",
        "description": "Une liste : chaque élément commence par un tiret, et sa première clé dit ce que c’est.",
        "type": ["array", "null"],
        "items": _first_key({kind: worded("sorte", kind, {}) for kind in ITEMS}, "sorte"),
        "$defs": {**common(), "source": _source(known), "effet": _effects(), **kinds, **effects,
                  **condition_definitions(known)},
    }  # fmt: skip


def _first_key(named: Mapping[str, Schema], family: str) -> Schema:
    """A mapping whose shape follows from which of these keys it has. A schema cannot see which one comes first."""
    return {
        "type": "object",
        "properties": dict(named),
        "anyOf": [{"required": [word]} for word in named],
        "allOf": [{"if": {"required": [word]}, "then": ref(f"{family}_{word}")} for word in named],
    }


def shaped(shape: type[Shape], subject: str, specials: Mapping[str, Schema]) -> Schema:
    """The keys of a shape. Raises KeyError for a key that the shape leaves open and nobody describes here."""
    read = described(shape)
    properties = {
        key: worded(subject, key, specials[key] if key in specials else _plain(f"{subject}.{key}", raw))
        for key, raw in read["properties"].items()
    }
    return closed(properties, read.get("required", ()))


def _plain(name: str, raw: Mapping[str, Any]) -> Schema:
    """What the shape says of a key by itself."""
    if "anyOf" in raw:
        raw = next(one for one in raw["anyOf"] if one.get("type") != "null")
    if "format" in raw:
        return ref(raw["format"])
    if "enum" in raw or "const" in raw:
        return {"enum": raw.get("enum") or [raw["const"]]}
    if raw.get("type") == "string":
        longest = {"maxLength": raw["maxLength"]} if "maxLength" in raw else {}
        return {"type": SCALAR, "pattern": r"\S", **longest} if longest else ref("texte")
    raise KeyError(name)


# --- items ----------------------------------------------------------------------------------------------------------


def _item(kind: str, known: Known) -> Schema:
    own = {"pattern": f"^{CLAIM.pattern}$", "type": "string"} if kind == "affirmation" else ref("nom")
    specials = {**_everywhere(known), **(_OF_KIND[kind](known) if kind in _OF_KIND else {}), kind: own}
    schema = {**shaped(ITEMS[kind], kind, specials), "title": ITEM_WORDS[kind][0], "description": ITEM_WORDS[kind][1]}
    return {**schema, "allOf": [*_provenance(), *(_RULES[kind]() if kind in _RULES else ())]}


def _provenance() -> list[Schema]:
    """The status that goes with each sort of source."""
    return [
        when("statut", ["note"], {"properties": {"source": {"type": "array"}}}),
        when("statut", ["reseau"], {"required": ["source"], "properties": {"source": {"type": "object"}}}),
    ]


def _everywhere(known: Known) -> dict[str, Schema]:
    """Keys that mean the same in every kind."""
    return {
        "source": ref("source"),
        "quand": ref(CONDITION),
        **{key.name: ref(CONDITION) for kind in ALL for key in kind.keys if key.form == "condition"},
        **{key: ref(ON_ANSWERS) for key in ("posee_si", "a_poser_en_premier_si", "jamais")},
        "pour_formats": several(cited(known, "format")),
        "anciennement": several(ref("texte")),
        "ne_va_pas_avec": several(ref("texte")),
    }


def _question(known: Known) -> dict[str, Schema]:
    return {
        "reponses": _wordings(),
        "bornes": pair(),
        "ordinaires": {},
        "murit": several(ref("nom")),
        "phrase": {"type": "string", "pattern": ANSWERS_PLACE},
        "phrases": _texts(),
        "du_tableau": tally(known),
    }


def _rule(known: Known) -> dict[str, Schema]:
    example = shaped(ExampleShape, "exemple", {"reponses": answers(known)})
    limited = {**ref("source"), "maxItems": MOST_CLAIMS}
    return {"alors": several(ref("effet")), "exemples": several(example), "source": limited}


def _posture(known: Known) -> dict[str, Schema]:
    sides = {id: {"title": title, "enum": ["positif", "negatif"]} for id, title in known.titles["axe"].items()}
    return {"axes": {**closed(sides, sides), "minProperties": 1}}


def _tension(known: Known) -> dict[str, Schema]:
    pole = shaped(PoleShape, "pole", _everywhere(known))
    return {"poles": {**several(pole, 2), "maxItems": 2}}


def _plan() -> dict[str, Schema]:
    minutes = {"minutes": whole(1, LONGEST)}
    return {**minutes, "temps": several(shaped(StepShape, "temps", minutes))}


def _paper_field(known: Known) -> dict[str, Schema]:
    column = {"if": {"type": "object"}, "then": shaped(PaperColumnShape, "colonne_de_rubrique", {}),
              "else": ref("texte")}  # fmt: skip
    proposal = shaped(ProposalShape, "proposition", {"ligne": _texts(), "si": ref(ON_ANSWERS), **_everywhere(known)})
    return {
        "colonnes": {"type": "object", "propertyNames": ref("nom"), "additionalProperties": column, "minProperties": 1},
        "propositions": several({"if": {"type": "object"}, "then": proposal, "else": ref("texte")}),
    }


_OF_KIND: dict[str, Callable[[Known], dict[str, Schema]]] = {
    "question": _question,
    "regle": _rule,
    "posture": _posture,
    "tension": _tension,
    "colonne": lambda _: {"reponses": _wordings(), "valeurs": _texts(), "codes_postaux": _texts()},
    "rappel": lambda _: {"apres_mois": whole(1, LATEST)},
    "format": lambda _: {"interne": {"enum": [NO]}},
    "deroulement": lambda _: _plan(),
    "rubrique": _paper_field,
}
"""Keys whose value depends on what the folder names, or that a shape leaves open."""


def _texts() -> Schema:
    """A text under each key."""
    return {"type": "object", "additionalProperties": ref("texte")}


def _wordings() -> Schema:
    """Answers with their wordings; a wording may stand beside former ids."""
    text = {"type": SCALAR, "pattern": r"\S", "maxLength": LONGEST_OPTION}
    parts = {"libelle": text, "anciennement": several(ref("texte"), 0)}
    detailed = closed({key: worded("reponse", key, part) for key, part in parts.items()}, ["libelle"])
    entry = {"if": {"type": "object"}, "then": detailed, "else": text}
    return {"type": "object", "propertyNames": ref("nom"), "additionalProperties": entry}


def _question_rules() -> list[Schema]:
    """What a question of each type has and has not."""
    absent = {"bornes": False, "unite": False}
    ordinary = several(ref("nom"))
    counted = {"reponses": False, "murit": False, "phrases": False, "ordinaires": ref("comparaison")}
    return [
        when("type", ["nombre"], {
            "required": ["bornes"],
            "properties": {**counted, "du_tableau": {"properties": {"reponses": False}}},
        }, {"properties": {**absent, "ordinaires": {"type": "array", "items": ref("nom")}}}),
        when("type", ["choix", "oui_non"], {
            "properties": {"ordinaires": ordinary, "du_tableau": {"required": ["reponses"]}},
        }),
        when("type", ["plusieurs"], {"required": ["reponses"], "properties": {
            "reponses": {"minProperties": 1, "maxProperties": MOST_OPTIONS}, "du_tableau": False,
        }}),
        *_choices(),
        {"if": {"required": ["murit"]}, "then": {
            "required": ["modifiable"], "properties": {"modifiable": {"not": {"enum": [NO]}}},
        }},
        when("interne", [YES], {"properties": dict.fromkeys(("dans_les_papiers", "phrase", "phrases"), False)}),
        {"if": {"anyOf": [{"required": ["phrase"]}, {"required": ["phrases"]}]},
         "then": {"required": ["dans_les_papiers"]}},
        {"if": {"required": ["dans_les_papiers"]},
         "then": when("type", LISTED, {"required": ["phrase"]}, {"properties": {"phrase": False}})},
    ]  # fmt: skip


def _choices() -> list[Schema]:
    """How many answers a choice has, and which a yes or no has."""
    exactly = {"propertyNames": {"enum": [YES, NO]}, "required": [YES, NO]}
    counted = {"minProperties": 2, "maxProperties": MOST_OPTIONS}
    return [
        when("type", ["choix"], {"required": ["reponses"], "properties": {"reponses": counted}}),
        when("type", ["oui_non"], {"properties": {"reponses": exactly}}),
    ]


_RULES: dict[str, Callable[[], list[Schema]]] = {
    "question": _question_rules,
    "colonne": lambda: [*column_rules(), *_choices()],
}
"""What one key of an item says of another."""


# --- effects and sources --------------------------------------------------------------------------------------------


def _effects() -> Schema:
    return _first_key({word: worded("effet", word, {}) for word in EFFECTS}, "effet")


def _effect(word: str, known: Known) -> Schema:
    points = [number for number in range(-MOST_POINTS, MOST_POINTS + 1) if number]
    specials = {
        "constat": ref("nom"),
        "points": {"enum": [*points, *(str(number) for number in points)]},
        **dict.fromkeys(("pour", "contre", "ecarte"), cited(known, "format")),
        **{kind: cited(known, kind) for kind in ("axe", "motif", *COLLECTED)},
    }
    return shaped(EFFECTS[word], "effet", specials)


def _source(known: Known) -> Schema:
    """A list of claims, or an observation of the network."""
    claims = known.titles["affirmation"]
    claim = words(claims) if claims else {"pattern": f"^{CLAIM.pattern}$"}
    return {"type": ["array", "object"], "minItems": 1, "items": claim, **observed()}


def observed() -> Schema:
    """The one key of a source that is an observation of the network."""
    network = shaped(NetworkShape, "reseau", {})
    return {
        "properties": {"reseau": worded("source", "reseau", network)},
        "required": ["reseau"],
        "additionalProperties": False,
    }
