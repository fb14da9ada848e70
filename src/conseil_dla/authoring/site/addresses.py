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
TITLE = "Les règles du conseil"
CASE = "cas"
"""The kind word of a reported experience."""
_UNSAFE = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class KindPage:
    """The page that a kind is on, and what one item of it is called."""

    page: str
    noun: str


def _of_kind(kind: KindSpec) -> KindPage:
    return KindPage(f"{kind.several}.html", kind.noun)


KIND_PAGES: Mapping[str, KindPage] = {
    "regle": KindPage("regles.html", "règle"),
    FINDING: KindPage("constats.html", "constat"),
    "coherence": KindPage("coherences.html", "cohérence"),
    FORMAT.word: _of_kind(FORMAT),
    "motif": KindPage("motifs.html", "motif"),
    AXIS.word: KindPage(_of_kind(POSTURE).page, AXIS.noun),
    **{kind.word: _of_kind(kind) for kind in READ},
    "question": KindPage("questions.html", "question"),
    "colonne": KindPage("questions.html", "colonne du tableau"),
    "affirmation": KindPage("affirmations.html", "affirmation"),
    CASE: KindPage("experiences.html", "expérience"),
    "rappel": KindPage("rappels.html", "rappel"),
    "deroulement": KindPage("deroulements.html", "déroulement"),
    "rubrique": KindPage("papiers.html", "rubrique"),
    "mot": KindPage("mots.html", "mot"),
}
"""Every kind that has items, in the order in which a reader meets them."""
ORDER = tuple(KIND_PAGES)


def anchor(kind: str, id: str) -> str:
    """The name of an item in its page: ``regle-<id>``. Two items never share one, whatever their ids hold."""
    return f"{kind}-{_UNSAFE.sub(lambda found: f'-{ord(found[0]):x}-', id)}"


def address(kind: str, id: str) -> str:
    """Where an item is, from any page: all pages are in one folder."""
    return f"{KIND_PAGES[kind].page}#{anchor(kind, id)}"


def plural(noun: str) -> str:
    """Several of a noun: its first word takes the s."""
    first, _, rest = noun.partition(" ")
    return f"{first}s {rest}".rstrip()
