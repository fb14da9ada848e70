"""Conditions and answers as schemas: each question with its own answers, or its comparisons."""

from __future__ import annotations

from conseil_dla.authoring.schema.pieces import Schema, cited, closed, comparison, ref, several, whole, words
from conseil_dla.authoring.schema.wordings import worded
from conseil_dla.rules.answertext import UNKNOWN
from conseil_dla.rules.loading import Known
from conseil_dla.rules.loading.conditions import COMPARISONS, LISTS
from conseil_dla.rules.loading.part_shapes import CountShape
from conseil_dla.rules.loading.shapes import described
from conseil_dla.rules.model import Question

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
