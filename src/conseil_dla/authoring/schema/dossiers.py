"""Dossiers, cases and trials as a schema: the same keys, ``attendu`` included. Keys of one's own are left alone."""

from __future__ import annotations

from conseil_dla.authoring.schema.items import observed
from conseil_dla.authoring.schema.pieces import (
    DAY,
    DIALECT,
    OR_NOTHING,
    SCALAR,
    Schema,
    answers,
    cited,
    closed,
    common,
    ref,
    rows,
    several,
    whole,
    words,
)
from conseil_dla.authoring.schema.wordings import worded
from conseil_dla.dossiers.content import TEXTS, WORKSHOP
from conseil_dla.dossiers.expectations import ARGUMENTS, CONCLUSIONS, MOMENTS, ONE_OF, SEVERAL_OF
from conseil_dla.dossiers.journal import KEY as JOURNAL
from conseil_dla.dossiers.journal import KEYS as DATED
from conseil_dla.dossiers.migration import current
from conseil_dla.dossiers.opinion import KEYS as OPINION
from conseil_dla.dossiers.opinion import OPINION_KINDS
from conseil_dla.dossiers.paper_values import CHOICE, WAY
from conseil_dla.dossiers.paper_values import KEY as PAPER
from conseil_dla.dossiers.respondents import ANSWERS, NOTES
from conseil_dla.dossiers.respondents import KEY as RESPONDENTS
from conseil_dla.dossiers.respondents import WORDS as RESPONDENT_WORDS
from conseil_dla.dossiers.structures import KEY as STRUCTURES
from conseil_dla.ground.words import NO, YES
from conseil_dla.rules.kinds import LEVELLED
from conseil_dla.rules.loading import Known
from conseil_dla.rules.model import FORCES, KINDS, LEVELS
from conseil_dla.rules.paper_fields import CHOICES, LEFT_OUT, METHODS, PAPER_PARTS

FREE: Schema = {"type": [*SCALAR, OR_NOTHING]}
"""A text that may be empty."""


def dossier_document(known: Known) -> Schema:
    """The schema of a dossier, a case or a trial."""
    parts: dict[str, Schema] = {
        "version": whole(1, current()),
        **dict.fromkeys(TEXTS, FREE),
        "reponses": _or_nothing(ref("reponses")),
        WORKSHOP: words((YES, NO)),
        "notes": {"type": [*SCALAR, OR_NOTHING, "object"], "additionalProperties": FREE},
        "source": {"type": [*SCALAR, OR_NOTHING, "array", "object"], "items": ref("texte"), **observed()},
        "attendu": _or_nothing({"type": "array", "items": ref("attente")}),
        "avis": _or_nothing(_opinion(known)),
        STRUCTURES: rows(known),
        PAPER: _or_nothing(_paper(known)),
        RESPONDENTS: _or_nothing(_respondents()),
        JOURNAL: _or_nothing({
            "type": "object", "propertyNames": {"pattern": DAY}, "additionalProperties": _dated(),
        }),
    }  # fmt: skip
    return {
        "$schema": DIALECT,
        "title": "Dossier, cas ou essai",
        "description": "Ce que l’on sait d’un projet. Un cas ou un essai dit aussi, sous « attendu », ce qui doit en "
        "être conclu.",
        "type": "object",
        "properties": {key: worded("dossier", key, part) for key, part in parts.items()},
        "anyOf": [{"required": [key]} for key in parts],
        "propertyNames": {"not": words((*known.titles["question"], *known.former_questions))},
        "$defs": {**common(), "reponses": answers(known, former=True), "attente": _expectation(known)},
    }


def _or_nothing(schema: Schema) -> Schema:
    """The schema, or a key with nothing after it."""
    return {"if": {"enum": [None, ""]}, "else": schema}


def _opinion(known: Known) -> Schema:
    named: dict[str, Schema] = {kind: _or_nothing(cited(known, kind)) for kind in OPINION_KINDS}
    return closed({key: worded("avis", key, named.get(key, FREE)) for key in OPINION})


def _paper(known: Known) -> Schema:
    """Fields hold a text, texts or rows, which loading tells apart; others are left alone."""
    inner: dict[str, Schema] = {id: {"title": title} for id, title in known.titles["rubrique"].items()}
    way = {WAY: {"pattern": ":"}, CHOICE: words(CHOICES)}
    inner[METHODS] = {"type": "array", "items": {"type": "object", "required": [WAY, CHOICE], "properties": way}}
    inner[LEFT_OUT] = {"type": [*SCALAR, "array"], "items": words(PAPER_PARTS)}
    return {"type": "object", "properties": inner}


def _respondents() -> Schema:
    inner: dict[str, Schema] = {ANSWERS: _or_nothing(ref(ANSWERS)), NOTES: {}}
    inner |= {key: _or_nothing(words(known)) for key, known in RESPONDENT_WORDS.items()}
    one = closed({key: worded("repondant", key, part) for key, part in inner.items()})
    return {"type": "object", "additionalProperties": one, "propertyNames": {"pattern": r"\S"}}


def _dated() -> Schema:
    told: Schema = {"type": "array", "items": FREE}
    inner = {"regles": FREE, "reponses": _or_nothing({"type": "object"}), "conclusions": _or_nothing(told)}
    return {"type": "object", "properties": inner, "propertyNames": words(DATED)}


def _expectation(known: Known) -> Schema:
    """One line of ``attendu``: one key and its value."""
    sides, forces = "|".join(("pour", "contre")), "|".join(FORCES)
    formats, motifs = ("|".join(known.titles[kind]) for kind in ("format", "motif"))
    argument = {"type": "string", "pattern": f"^({sides}):({formats}):({motifs})(:({forces}))?$"}
    named = {f"{kind}:{id}": title for kind in KINDS for id, title in known.titles[kind].items()}
    timed = {f"{kind}:{id}:{level}": f"{title} ({level})"
             for kind in LEVELLED for id, title in known.titles[kind].items() for level in LEVELS}  # fmt: skip
    conclusion = words({**named, **timed})
    parts: dict[str, Schema] = {
        **{key: cited(known, kind) for key, kind in ONE_OF.items()},
        **{key: several(cited(known, kind), 0) for key, kind in SEVERAL_OF.items()},
        **dict.fromkeys(CONCLUSIONS, conclusion),
        **dict.fromkeys(ARGUMENTS, argument),
        "position": _position(known),
        "moment": words(MOMENTS),
    }
    properties = {key: worded("attendu", key, part) for key, part in parts.items()}
    return {**closed(properties), "minProperties": 1, "maxProperties": 1}


def _position(known: Known) -> Schema:
    side: Schema = {
        "type": SCALAR, "minimum": -1, "maximum": 1, "pattern": r"^-?(0(\.[0-9]+)?|1(\.0+)?|\.[0-9]+)$",
    }  # fmt: skip
    parts = {"axe": cited(known, "axe"), "de": side, "a": side}
    return closed({key: worded("position", key, part) for key, part in parts.items()}, parts)
