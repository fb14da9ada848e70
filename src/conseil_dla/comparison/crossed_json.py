"""Views crossed, as one JSON object: the contract for other tools. Keys are French, names are ids."""

from __future__ import annotations

from typing import Any

from conseil_dla.comparison.crossed import QuestionViews, Seen
from conseil_dla.comparison.crossed_text import FORMAT, KINDS, PLACE, CrossedWords
from conseil_dla.ground.json_line import json_line
from conseil_dla.reading.conclusions import Name
from conseil_dla.rules.model import Value


def crossed_json(words: CrossedWords, path: str) -> str:
    """One object on one line, without line end. What is internal is neither in it nor counted by name."""
    crossed = words.crossed
    found = {
        "dossier": path,
        "regles": words.base.digest,
        "personnes": list(crossed.names),
        "manque": " ".join(words.missing) or None,
        "en_bref": list(words.headlines) if crossed.is_enough else [],
        "reponses_communes_possibles": crossed.is_grounded,
        "questions": [_question(words, one) for one in crossed.questions],
        "ensemble": [{"personne": one.name, **_seen(words, one.seen)} for one in crossed.wholes],
    }
    return json_line(found)


def _question(words: CrossedWords, one: QuestionViews) -> dict[str, Any]:
    named = [":".join(name) for name in sorted(one.moved) if name == FORMAT or words.may_name(name)]
    return {
        "question": one.question,
        "theme": words.base.entry("question", one.question).texts.get("theme", ""),
        "etat": STANDINGS[one.standing],
        "regards": [
            {"reponse": _value(view.value), "personnes": list(view.names), **_seen(words, view.seen)}
            for view in one.views
        ],
        "change": named,
        "change_interne": sorted({_kind(name) for name in one.moved if name == PLACE or _is_hidden(words, name)}),
    }


STANDINGS = {"shared": "partage", "differing": "differe", "alone": "une_seule_personne", "unheard": "sans_reponse"}


def _kind(name: Name) -> str:
    """What an internal conclusion is called, where it may not be named."""
    return "place" if name == PLACE else name[0]


def _is_hidden(words: CrossedWords, name: Name) -> bool:
    return name[0] in KINDS and not words.may_name(name)


def _seen(words: CrossedWords, seen: Seen | None) -> dict[str, Any]:
    """What is concluded, as far as it may be named; nothing where it was not tried."""
    if seen is None:
        return {}
    format = seen.get(FORMAT)
    formats = {"montre": [], "possibles": list(format.ids)} if format and format.certainty else {
        "montre": list(format.ids) if format else [], "possibles": []}  # fmt: skip
    drawn = {":".join(name): state.detail or None for name, state in seen.items() if words.may_name(name)}
    return {"format": formats, "points": drawn}


def _value(value: Value | None) -> Any:
    return sorted(value) if isinstance(value, frozenset) else "inconnu" if value is None else value
