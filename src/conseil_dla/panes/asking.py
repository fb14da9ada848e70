"""A question answered on a screen: the sheet that shows it, and what is ticked or typed there and not validated.

Whoever answers, alone or not, owns an ``AskedQuestion``; what follows a move is for their screen to say. What is not
validated is no answer, and is never lost in silence: held by question while its screen stands, shown again when one
comes back to the question, and kept as drafts are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from conseil_dla.dossiers.drafts import CHOICES, Draft, Purpose
from conseil_dla.ground.french import NBSP, counted, spaced
from conseil_dla.panes.choices import NONE, Choices
from conseil_dla.panes.comfort import SOON, DraftingApp
from conseil_dla.panes.notice import LEAVE
from conseil_dla.panes.question_sheet import QuestionSheet
from conseil_dla.panes.writing_page import file_in_hand
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Value
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.prospects import met_text
from conseil_dla.wording.questionnaire import Unvalidated, unvalidated_text

if TYPE_CHECKING:
    from conseil_dla.interview.driver import Driver

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
            find = partial(self._find, self._screen.app, file_in_hand(self._screen.app))
            self._screen.run_worker(find, thread=True, group="drafts")

    def _place(self, question: str) -> Purpose:
        return Purpose(CHOICES, file_in_hand(self._screen.app), f"{self._who}\n{question}")

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


class AskedQuestion:
    """Belongs to the screen that holds the one ``QuestionSheet``."""

    def __init__(
        self, screen: Screen[Any], base: Base, driver: Driver, show: Callable[[], None], who: str = ""
    ) -> None:
        """``show`` shows the question again, once what was left another day is here; ``who`` answers alone."""
        self._screen = screen
        self._driver = driver
        self._base = base
        self.unvalidated = Held(screen, base, show, who=who)

    @property
    def sheet(self) -> QuestionSheet:
        """What shows the question."""
        return self._screen.query_one(QuestionSheet)

    def show(self, reading: Reading | None) -> None:
        """The present question, with what was ticked or typed there before, or the last page."""
        state = self._driver.state
        self.sheet.ask(state, reading, self.unvalidated.by_question.get(state.current or ""))
        if state.current in self._driver.agenda:
            self.sheet.tell(met_text(self._base, str(state.current)))

    def ticked(self, event: Choices.Changed) -> bool:
        """Hold what was ticked or typed; False where another question is on screen by now."""
        if event.question != self._driver.state.current:
            return False
        self.unvalidated.hold(event.question, event.value)
        return True

    def give(self, question: str, value: Value | None) -> bool:
        """Record an answer; False where it came too late for another question, or is refused, which is said."""
        if question != self._driver.state.current:
            return False
        if clash := self._driver.give(question, value):
            self.sheet.refuse(clash)
            return False
        self.unvalidated.hold(question, None, is_given=True)
        return True

    def untick(self) -> bool:
        """What is ticked or typed here and not validated is taken back first; False where nothing is."""
        current = self._driver.state.current
        if current not in self.unvalidated.by_question:
            return False
        self.unvalidated.hold(str(current), None)
        return True

    def can(self, action: str) -> bool | None:
        """Does this action make sense now? None for an action that is not about answering."""
        state = self._driver.state
        match action:
            case "undo":
                return state.before is not None or state.current in self.unvalidated.by_question
            case "redo":
                return state.after is not None
            case "other":
                return self.sheet.offers_others
        return None
