"""The questionnaire for somebody who answers alone: no reading, no compass, nothing that anybody else answered.

Leaving asks whether these answers may be crossed; then a screen that shows nothing waits for who holds the dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import Screen

from conseil_dla.comparison import alone_text as text
from conseil_dla.comparison.alone_text import ALONE_DONE_TOPIC
from conseil_dla.ground.french import counted, harmless
from conseil_dla.ground.topic import Topic
from conseil_dla.interview import alone
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import Driver
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes.asking import AskedQuestion, leaving_page
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.notice import LEAVE
from conseil_dla.panes.question_sheet import TO_HOME, TO_LIST, TO_PUT_OFF, QuestionSheet, questions_picker
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Dossier, Respondent
from conseil_dla.toolkit.keys import RETRACE_KEYS, KeyBar, TitleBar, key
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import InTurns, ModalScreen, Page, spaced
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs
from conseil_dla.wording.discretion import HIDDEN_PERSON
from conseil_dla.wording.questionnaire import UNTICKED, redone_text, undone_text


class HeldScreen(ModalScreen[None]):
    """Left by the holder's word alone. Modal, so that no key of the application is in force; its ground is opaque."""

    def __init__(self, path: str) -> None:
        """``path`` is the file of the dossier that it hides."""
        super().__init__()
        self.path = path
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Two sentences, and no bar of keys: there is none to press."""
        yield TitleBar()
        with Vertical(id="held"):
            yield Paragraphs(Block(text.HELD_TITLE, "title"), GAP, Block(text.HELD))

    def on_key(self, event: Key) -> None:
        """The last letters typed are the word, or nothing happens."""
        event.stop()
        event.prevent_default()
        if event.is_printable and event.character:
            self._typed = (self._typed + event.character.casefold())[-len(text.HOLDERS_WORD) :]
            if self._typed == text.HOLDERS_WORD:
                self.dismiss(None)


def consent_page(one: Respondent) -> Page:
    """May these answers stand beside those of others? What would be shown, to whom, what never."""
    buttons = ((text.YES_ID, text.YES_LABEL), (text.NO_ID, text.NO_LABEL))
    return Page(text.CONSENT, spaced(text.consent_lines(one)), buttons, close=text.LATER_LABEL)


class AloneSheet(QuestionSheet):
    """The question and its help; of the table, of a reading, of notes, nothing."""

    LAST = text.NOTHING_LEFT

    def below(self, id: str, state: Interview, reading: Reading | None) -> list[Block]:
        """The help of the question."""
        aide = self._base.entry("question", id).texts.get("aide", "")
        return [Block(aide)] if aide else []

    def last_rows(self, state: Interview, reading: Reading | None) -> list[Row]:
        """Stop, take up what was left, or look again."""
        rows = [Row("J’ai fini", TO_HOME, tone="strong")]
        if state.put_off - state.known.keys():
            left = counted(len(state.put_off - state.known.keys()), "question sans réponse", "questions sans réponse")
            rows.append(Row(f"Reprendre {left}", TO_PUT_OFF))
        return [*rows, Row("Revoir mes réponses", TO_LIST)]

    def help_topic(self) -> Topic:
        """How the question on screen is answered."""
        return super().help_topic() if self._state.current else ALONE_DONE_TOPIC


class AloneScreen(InTurns, Screen[None]):
    """Every answer is kept at once; leaving asks for consent."""

    AUTO_FOCUS = ""
    is_answering_alone = True
    """What others change meanwhile is not named over this screen."""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "back", "revenir", "Revenir à la question d’avant."),
        key("right", "skip", "passer", "Passer cette question pour l’instant."),
        key("f3", "list", "mes réponses", "Voir les questions et vos réponses, aller à l’une d’elles."),
        key("tab", "other", "changer l’autre réponse", "Aller à l’autre réponse, pour la changer."),
        key("f9", "undo", "annuler", "Annuler la dernière réponse."),
        *RETRACE_KEYS,
        key("escape", "back", "revenir", "Revenir à la question d’avant\u00a0; à la première, s’arrêter.", show=False),
        key("f8", "stop", "s’arrêter", "S’arrêter là\u00a0; on peut reprendre plus tard."),
    ]

    def __init__(self, base: Base, name: str, dossier: Callable[[], Dossier], keep: Callable[[Dossier], None]) -> None:
        """``dossier`` gives it as it stands; ``keep`` writes it."""
        super().__init__()
        self._base = base
        self._who = name
        self._dossier = dossier
        self._keep = keep
        self._next = alone.ordering(base, self._one.role)
        self._driver = Driver(base.logic, alone.side_of(base, name), dossier, keep)
        self._driver.state = interview.advance(self.state, self._next)
        self._asking = AskedQuestion(self, base, self._driver, self._show, who=name)
        self.unvalidated = self._asking.unvalidated

    @property
    def state(self) -> Interview:
        """Where this person stands."""
        return self._driver.state

    @property
    def path(self) -> str:
        """The file of the dossier."""
        return self._dossier().path

    @property
    def _one(self) -> Respondent:
        return self._dossier().everyone[self._who]

    @property
    def _subject(self) -> str:
        return f"Réponses · {HIDDEN_PERSON if hides_titles(self.app) else harmless(self._who)}"

    def compose(self) -> ComposeResult:
        """The question, and nothing beside it."""
        yield TitleBar(self._subject)
        yield AloneSheet(text.base_for(self._base, self._one.role), id="question")
        yield KeyBar()

    def on_mount(self) -> None:
        """The first question without an answer."""
        self._show()
        self.unvalidated.look()

    def show_titles(self) -> None:
        """Who answers, or nobody by name."""
        self.query_one(TitleBar).rename(self._subject)

    def _show(self) -> None:
        self._asking.show(None)
        self._say_how_far()
        self.refresh_bindings()

    def _say_how_far(self) -> None:
        progress = text.progress_text(self._base, self._one, self.state)
        told = self.unvalidated.told(self.state.current)
        self.query_one(TitleBar).say(f"{progress} · {told}" if told else progress, told)

    @on(Choices.Changed)
    def _changed(self, event: Choices.Changed) -> None:
        event.stop()
        if self._asking.ticked(event):
            self._say_how_far()
            self.refresh_bindings()

    def _go(self, state: Interview) -> None:
        self._driver.state = state
        self._show()

    def renew(self, handed: Dossier, found: Dossier) -> None:
        """What this person answered elsewhere is here too; who was taken out there and answers here is still there."""
        was = self.state
        self._driver.adopt(handed, found)
        if (was.answers, was.declined) != (self.state.answers, self.state.declined):
            self._show()

    @on(Choices.Answered)
    def _answered(self, event: Choices.Answered) -> None:
        event.stop()
        if self._asking.give(event.question, event.value):
            self._driver.keep()
            self._go(interview.advance(self.state, self._next))

    @on(QuestionSheet.Turned)
    def _turned(self, event: QuestionSheet.Turned) -> None:
        event.stop()
        turns = {TO_LIST: self.action_list, TO_PUT_OFF: self.action_skip, TO_HOME: self.action_stop}
        turns[event.to]()

    @on(QuestionSheet.Other)
    def _other(self, event: QuestionSheet.Other) -> None:
        event.stop()
        self.go_to(event.question)

    def go_to(self, question: str | None) -> None:
        """Show a question, whether or not it is answered."""
        if question is not None:
            self._go(interview.go_to(self.state, question))

    def action_back(self) -> None:
        """To the question seen before; from the first one, stop."""
        if self.state.trail:
            self._go(interview.back(self.state))
        else:
            self.action_stop()

    def action_skip(self) -> None:
        """On to the next one; this one stays without an answer."""
        self._go(interview.skip(self.state, self._next))

    def action_list(self) -> None:
        """Every question that is put, with this person's answers."""
        base = text.base_left(self._base, self._one, self.state)
        self.app.push_screen(questions_picker(base, self.state, None), self.go_to)

    def action_undo(self) -> None:
        """Take the last answer back; what is ticked or typed here and not validated goes first."""
        if self._asking.untick():
            self._show()
            self._asking.sheet.tell(UNTICKED)
        else:
            self._retrace(undone_text, again=False)

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._retrace(redone_text, again=True)

    def _retrace(self, told: Callable[[Base, Interview, Interview], str], *, again: bool) -> None:
        was, moved = self._driver.retrace(again=again)
        self._driver.keep()
        self._show()
        if said := told(self._base, was, moved):
            self._asking.sheet.tell(said)

    def action_other(self) -> None:
        """To the rows that lead to the other answers of a clash."""
        self._asking.sheet.focus_others()

    def action_focus_page(self) -> None:
        """Back to the answers."""
        self._asking.sheet.take_focus()

    def action_stop(self) -> None:
        """Ask whether these answers may be crossed, thank, and leave; first, what waits to be validated."""
        if waiting := self.unvalidated.by_question:
            self.app.push_screen(leaving_page(self._base, waiting), self._stopped)
        else:
            self._stopped(LEAVE)

    def _stopped(self, chosen: str | None) -> None:
        if chosen == LEAVE:
            self.app.push_screen(consent_page(self._one), self._asked)
        else:
            self.go_to(next(iter(self.unvalidated.by_question), None))

    def _asked(self, chosen: str | None) -> None:
        told = [text.DONE]
        if chosen is not None:
            consents = chosen == text.YES_ID
            self._keep(alone.consenting(self._dossier(), self._who, consents))
            told.insert(0, text.NOTED[consents])
        page = Page("Merci", spaced(tuple(told)), close="Rendre la main")
        self.app.push_screen(page, self._handed_back)

    def _handed_back(self, nothing: object) -> None:
        """The next one to look may be anybody."""
        self.app.push_screen(HeldScreen(self.path), self._taken_back)

    def _taken_back(self, nothing: object) -> None:
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "skip":
                return self.state.current is not None
            case "undo" | "redo" | "other":
                return self._asking.can(action)
        return True
