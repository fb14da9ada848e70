"""The table of what opens by a key on an open dossier, in the order in which the help gives it."""

from __future__ import annotations

from typing import Literal

from textual.binding import Binding
from textual.screen import Screen

from conseil_dla.comparison.screens.respondents import CROSS
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.in_hand import InHand
from conseil_dla.panes.paper_choice import PAPER
from conseil_dla.screens.dossier_texts import NOTE, OPINION, TEXTS
from conseil_dla.screens.paper_preparation import PREPARE
from conseil_dla.screens.structures import STRUCTURES
from conseil_dla.screens.territory import TERRITORY
from conseil_dla.wording.prospects import agenda_of, agenda_text


def _by_guide(hand: InHand) -> None:
    """What was heard at a meeting is typed as its guide asked it."""
    reading = hand.screen.reading
    if reading is not None and (agenda := agenda_of(hand.base, reading)):
        hand.driver.agenda = agenda
        hand.app.notify(agenda_text(agenda), markup=False)
        hand.screen.go_to(agenda[0])


BY_GUIDE = DossierPage(
    name="guide",
    key="ctrl+a",
    label="ordre du guide",
    sentence="Répondre dans l’ordre du guide du prochain rendez-vous, par personne rencontrée.",
    writes=_by_guide,
    on_reading="listed",
    before_fields=True,
    makes_sense=lambda state, reading: reading is not None and bool(reading.to_ask),
)
ALL: tuple[DossierPage, ...] = (NOTE, OPINION, TEXTS, TERRITORY, STRUCTURES, CROSS, BY_GUIDE, PREPARE, PAPER)


def keys_on(place: Literal["question", "reading"]) -> tuple[Binding, ...]:
    """The keys of those that this screen shows."""
    shown = ((page, page.on_question if place == "question" else page.on_reading) for page in ALL)
    return tuple(page.bound(how) for page, how in shown if how)


def page_named(name: str) -> DossierPage:
    """The one that an action names."""
    return next(page for page in ALL if page.name == name)


def topic_of_page(screen: Screen[object]) -> Topic | None:
    """The help of a screen that one of them opens."""
    return next((page.topic for page in ALL if page.screen is type(screen)), None)
