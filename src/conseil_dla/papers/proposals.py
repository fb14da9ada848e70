"""What an officer may keep for papers of what the reading calls for: ways of going about it.

Nothing here is printed before somebody keeps it. What would contradict an answer that papers tell, or something kept
already, is not proposed: ``at_odds`` says with what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conseil_dla.ground.french import lowered
from conseil_dla.reading.confidentiality import METHODS as METHOD_KINDS
from conseil_dla.reading.confidentiality import NAMED, USUAL_PART
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Answers, Base, Dossier, Entry, Value
from conseil_dla.rules.paper_fields import METHODS, Row, rows

REMINDER = "rappel"
PARTS = {**dict.fromkeys(NAMED, "partenaires"), REMINDER: "suivi"}
"""Where a way stands whose kind knows it by itself; any other says it (``dans_les_papiers``)."""


@dataclass(frozen=True, slots=True)
class ProposedMethod:
    """One way of going about it."""

    key: str
    """« kind:id », as it is kept in a dossier."""
    part: str
    """The part of a paper that it belongs to, in the word of ``dans_les_papiers``."""
    text: str
    """As papers would print it."""
    title: str
    """What it is, as the reading names it: for the officer alone."""


def methods(whole: Whole) -> tuple[ProposedMethod, ...]:
    """Those that are certain and go with the formats in play, then reminders; what is at odds with the rest is not.

    Of two that papers would say in the same words, the first.
    """
    base, dossier = whole.base, whole.dossier
    formats = {dossier.opinion.format} if dossier.opinion.format else {*whole.reading.format.shown}
    playing = formats | {*whole.reading.format.after}
    found: dict[str, ProposedMethod] = {}
    for kind in (*METHOD_KINDS, *NAMED):
        for drawn in whole.reading.drawn_of(kind):
            attached = base.logic.drawn[kind][drawn.id].formats
            if drawn.certainty == "certaine" and not (attached and attached.isdisjoint(playing)):
                found |= _proposed(whole, kind, drawn.id)
    for kind, id in base.texts:
        if kind == REMINDER:
            found |= _proposed(whole, kind, id)
    return tuple({each.text: each for each in reversed(found.values())}.values())[::-1]


def _proposed(whole: Whole, kind: str, id: str) -> dict[str, ProposedMethod]:
    key = f"{kind}:{id}"
    base = whole.base
    text = method_text(base, key)
    if not text or at_odds(base, whole.dossier, whole.reading.answers, key):
        return {}
    return {key: ProposedMethod(key, method_part(base, key), text, base.task(kind, id))}


def entry_of(base: Base, key: str) -> Entry | None:
    """The item that a way is written in; None where there is none any more, or where its kind has no way to say."""
    kind, _, id = key.partition(":")
    return base.texts.get((kind, id)) if kind in (*METHOD_KINDS, *NAMED, REMINDER) else None


def method_text(base: Base, key: str) -> str:
    """A way as papers print it; empty where nobody wrote it, or where it is gone."""
    entry = entry_of(base, key)
    said = entry.texts.get("en_methode", "") if entry else ""
    if not entry or not said:
        return ""
    if entry.kind in NAMED and entry.internal:
        return ""
    return f"{entry.texts['apres_mois']} mois après : {lowered(said)}" if entry.kind == REMINDER else said


def method_part(base: Base, key: str) -> str:
    """The part of a paper that a way stands in."""
    entry = entry_of(base, key)
    return (entry.texts.get("dans_les_papiers") if entry else "") or PARTS.get(key.partition(":")[0], USUAL_PART)


def kept_rows(dossier: Dossier, choice: str = "gardee") -> Iterator[Row]:
    """The ways of which the officer made that choice, in the order of the file."""
    return (row for row in rows(dossier.paper.get(METHODS)) if row.get("choix") == choice)


def at_odds(base: Base, dossier: Dossier, answers: Answers, key: str) -> str:
    """What a way cannot stand beside in one paper (``ne_va_pas_avec``), in its own words; empty where nothing is."""
    entry = entry_of(base, key)
    for other in entry.apart if entry else ():
        question, _, answer = other.partition(".")
        if ":" in other:
            if any(row["facon"] == other for row in kept_rows(dossier)):
                return method_text(base, other)
        elif _says(answers.get(question), answer):
            told = base.entry("question", question)
            return told.texts.get(f"phrases.{answer}") or told.labels[answer]
    return ""


def _says(value: Value | None, answer: str) -> bool:
    return answer in value if isinstance(value, frozenset) else value == answer
