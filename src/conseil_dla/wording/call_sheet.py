"""« À demander au prochain rendez-vous »: the open questions that still count, by whom to ask them."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.reading.next_questions import ToAsk
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base

MOST_ASKED = 12
"""How many questions a sheet holds: what one meeting can bear."""
WHOM = {
    "ensemble": "Aux structures réunies",
    "separement": "À chacune, seule",
    "collectivite": "À la collectivité",
    "dla": "À vérifier de votre côté",
    "": "Sans destinataire précisé",
}
"""Titles of the groups, by ``a_demander``."""


def whom(base: Base, question: str) -> str:
    """Whom to ask, in the word of the grammar; empty when the question does not say."""
    return base.entry("question", question).texts.get("a_demander", "")


def call_sheet(base: Base, reading: Reading) -> Iterator[tuple[str, tuple[ToAsk, ...]]]:
    """Groups by whom to ask, in the order in which they first come; inside each, in order of use."""
    groups: dict[str, list[ToAsk]] = {}
    for asked in reading.to_ask[:MOST_ASKED]:
        groups.setdefault(whom(base, asked.question), []).append(asked)
    for key, asked_there in groups.items():
        yield WHOM[key], tuple(asked_there)


def left_out(reading: Reading) -> int:
    """How many questions do not fit on the sheet."""
    return max(0, len(reading.to_ask) - MOST_ASKED)
