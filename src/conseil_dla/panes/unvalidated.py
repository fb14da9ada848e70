"""What is ticked or typed for a question and not validated yet: no answer, and never lost in silence.

Held by question while its screen stands, shown again when one comes back to the question, and kept as drafts are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from textual.screen import Screen

from conseil_dla.dossiers.drafts import CHOICES, Draft, Purpose
from conseil_dla.ground.french import NBSP, counted, spaced
from conseil_dla.panes.choices import NONE
from conseil_dla.panes.drafting import SOON, DraftingApp
from conseil_dla.panes.notice import LEAVE
from conseil_dla.panes.writing_page import dossier_in_hand
from conseil_dla.rules.model import Base
from conseil_dla.toolkit.page import Page
from conseil_dla.toolkit.paragraphs import GAP, Block
from conseil_dla.wording.questionnaire import Unvalidated, unvalidated_text

BOXES, NUMBER = "cases", "nombre"
"""Names of the texts of a draft."""
NAME = "une réponse pas encore validée"


class Held:
    """What waits on one screen; ``who`` tells apart those who answer one dossier."""

    def __init__(self, screen: Screen[Any], base: Base, show: Callable[[], None], who: str = "") -> None:
        """``show`` is called once what was left another day is here."""
        self._screen, self._base, self._show, self._who = screen, base, show, who
        self.by_question: dict[str, Unvalidated] = {}

    def hold(self, question: str, value: Unvalidated | None, *, is_given: bool = False) -> None:
        """Keep it; None where nothing is left of it, or where it ``is_given``, and about to be saved."""
        if value is None and question not in self.by_question:
            return
        app, place = self._screen.app, self._place(question)
        if value is None:
            del self.by_question[question]
        else:
            self.by_question[question] = value
        if not isinstance(app, DraftingApp):
            return
        if is_given:
            app.drafts.hand_over(place)
        elif value is None:
            app.drafts.let_go(place)
        else:
            texts = {NUMBER: value} if isinstance(value, str) else {BOXES: " ".join(sorted(value))}
            app.drafts.hold(place, NAME, texts)
        app.write_drafts(SOON)

    def look(self) -> None:
        """Take up what was left here another day, in a worker."""
        if isinstance(self._screen.app, DraftingApp):
            find = partial(self._find, self._screen.app, dossier_in_hand(self._screen.app))
            self._screen.run_worker(find, thread=True, group="drafts")

    def _place(self, question: str) -> Purpose:
        return Purpose(CHOICES, dossier_in_hand(self._screen.app), f"{self._who}\n{question}")

    def _find(self, app: DraftingApp, dossier: str) -> None:
        app.drafts.write()
        found = [draft for draft in app.drafts.left(dossier) if draft.place.page == CHOICES]
        if found and app.is_running:
            app.call_later(partial(self._take_up, app, found))

    def _take_up(self, app: DraftingApp, found: Iterable[Draft]) -> None:
        taken = []
        for draft in found:
            who, _, question = draft.place.item.partition("\n")
            value = self._read(question, draft.texts)
            if who == self._who and value is not None and question not in self.by_question:
                self.hold(question, value)
                taken.append(draft)
        if taken:
            self._screen.run_worker(partial(_forget_former, app, taken), thread=True, group="drafts")
            self._show()

    def _read(self, id: str, texts: Mapping[str, str]) -> Unvalidated | None:
        """None for what is no choice of that question any more."""
        question = self._base.logic.questions.get(id)
        if question is None or (question.type == "nombre") != (NUMBER in texts):
            return None
        if question.type == "nombre":
            return texts[NUMBER][:7] or None
        ticked = frozenset(texts.get(BOXES, "").split())
        return ticked if question.type == "plusieurs" and ticked <= {*question.answers, NONE} else None

    def told(self, current: str | None) -> str:
        """What waits at the question on screen, else how many wait elsewhere; empty when nothing does."""
        if current in self.by_question:
            return unvalidated_text(self.by_question[current])
        return f"{counted(len(self.by_question), 'choix', 'choix')} à valider" if self.by_question else ""


def _forget_former(app: DraftingApp, taken: Iterable[Draft]) -> None:
    """They are kept by this window from now on."""
    for draft in taken:
        app.drafts.take_up(draft)


def unvalidated_of(screens: Iterable[object]) -> dict[str, Unvalidated]:
    """What waits on any of these screens."""
    found = [held for screen in screens if isinstance(held := getattr(screen, "unvalidated", None), Held)]
    return {id: value for held in found for id, value in held.by_question.items()}


def leaving_page(base: Base, held: Mapping[str, Unvalidated]) -> Page:
    """What waits, before one leaves: to be validated, or left as it is."""
    lines = [Block(f"{base.title('question', id)}{NBSP}: {unvalidated_text(value)}.") for id, value in held.items()]
    told = "Laissé en attente, ce choix vous sera montré à nouveau. D’ici là, il ne compte pas comme une réponse."
    if len(lines) > 1:
        told = "Laissés en attente, ces choix vous seront montrés à nouveau. D’ici là, ils ne comptent pas comme des "
        told += "réponses."
    blocks = (*lines, GAP, Block(told, "quiet"))
    buttons = ((LEAVE, "Laisser en attente"),)
    return Page(spaced("Valider avant de partir ?"), blocks, buttons, close="Y revenir pour valider")
