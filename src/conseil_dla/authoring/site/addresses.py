"""Where each kind of item stands in the site, under which name, and the anchor by which it can be shared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from conseil_dla.rules.kinds import READ
from conseil_dla.rules.kinds.axis import AXIS
from conseil_dla.rules.kinds.format import FORMAT
from conseil_dla.rules.kinds.posture import POSTURE
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.wording.page_parts import FINDING

FRONT = "index.html"
CASE = "cas"
"""The kind word of a reported experience."""
_UNSAFE = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class Place:
    """The page that a kind is on, and what one item of it is called."""

    page: str
    noun: str


def _of_kind(kind: KindSpec) -> Place:
    return Place(f"{kind.several}.html", kind.noun)


PLACES: Mapping[str, Place] = {
    "regle": Place("regles.html", "règle"),
    FINDING: Place("constats.html", "constat"),
    "coherence": Place("coherences.html", "cohérence"),
    FORMAT.word: _of_kind(FORMAT),
    "motif": Place("motifs.html", "motif"),
    AXIS.word: Place(_of_kind(POSTURE).page, AXIS.noun),
    **{kind.word: _of_kind(kind) for kind in READ},
    "question": Place("questions.html", "question"),
    "colonne": Place("questions.html", "colonne du tableau"),
    "affirmation": Place("affirmations.html", "affirmation"),
    CASE: Place("experiences.html", "expérience"),
    "rappel": Place("rappels.html", "rappel"),
    "deroulement": Place("deroulements.html", "déroulement"),
    "mot": Place("mots.html", "mot"),
}
"""Every kind that has items, in the order in which a reader meets them."""
ORDER = tuple(PLACES)


def anchor(kind: str, id: str) -> str:
    """The name of an item in its page: ``regle-<id>``. Two items never share one, whatever their ids hold."""
    return f"{kind}-{_UNSAFE.sub(lambda found: f'-{ord(found[0]):x}-', id)}"


def address(kind: str, id: str) -> str:
    """Where an item is, from any page: all pages are in one folder."""
    return f"{PLACES[kind].page}#{anchor(kind, id)}"
