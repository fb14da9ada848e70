"""Questions as they are shown: one on a page, with its answers and help; or all in a list, to go to any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from conseil_dla.ground.french import NBSP, counted, quoted
from conseil_dla.ground.topic import Topic
from conseil_dla.interview.driver import Clash
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.number_entry import NumberEntry
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.toolkit.keys import key, key_name
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs
from conseil_dla.wording.discretion import HIDDEN_NOTE
from conseil_dla.wording.help_text import NOTHING_LEFT_TOPIC, OTHERS_TOPIC, question_topic
from conseil_dla.wording.questionnaire import (
    NOT_APPLICABLE,
    NOTHING_LEFT,
    Unvalidated,
    about_table,
    others_of,
    refusal,
    standing,
)
from conseil_dla.wording.reading_sentences import next_reason

TO_READING = "reading"
TO_LIST = "list"
TO_PUT_OFF = "put off"
TO_HOME = "home"


class OtherRows(Rows):
    """The other answers of a clash; Entrée goes to change one."""

    DEFAULT_CSS = "OtherRows { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "changer cette réponse"),
        key("tab", "screen.focus_page", "réponses"),
    ]

    def help_topic(self) -> Topic:
        """What these rows are for."""
        return OTHERS_TOPIC


class QuestionSheet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows the interview's present question."""

    LAST: ClassVar[str] = NOTHING_LEFT
    """What is said when no question is left."""

    class Turned(Message):
        """A row of the last page was chosen."""

        def __init__(self, to: str) -> None:
            super().__init__()
            self.to = to

    class Other(Message):
        """The answer to another question is to be changed."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, base: Base, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._base = base
        self._state = Interview()

    def compose(self) -> ComposeResult:
        """Everything that a question may need; what it does not need is hidden."""
        yield Paragraphs(id="theme")
        yield Paragraphs(Block("Lecture de vos réponses…", "quiet"), id="libelle")
        yield Choices(id="choices")
        yield NumberEntry(id="number-entry")
        yield Rows(id="last")
        yield Paragraphs(id="refusal")
        yield OtherRows(id="others")
        yield Paragraphs(id="aide")

    def on_mount(self) -> None:
        """Nothing to answer yet."""
        self._only()

    def _only(self, *shown: str) -> None:
        for id in ("choices", "number-entry", "last", "others"):
            self.query_one(f"#{id}").display = id in shown

    def ask(self, state: Interview, reading: Reading | None, unvalidated: Unvalidated | None = None) -> None:
        """Show the state's question, with what was ticked or typed there before, or the last page."""
        self._state = state
        self._say("refusal")
        self.query_one("#others").display = False
        self.scroll_home(animate=False)
        if state.current is None:
            self._show_last(state, reading)
        else:
            self._show_question(state.current, state, reading, unvalidated)
        self.take_focus()

    def update_below(self, state: Interview, reading: Reading) -> None:
        """Another reading of the same question: what is being ticked or typed is left alone."""
        self._state = state
        if state.current is None:
            self._show_last(state, reading)
        else:
            self._say("aide", *self.below(state.current, state, reading))

    def _show_question(
        self, id: str, state: Interview, reading: Reading | None, unvalidated: Unvalidated | None
    ) -> None:
        question, entry = self._base.logic.questions[id], self._base.entry("question", id)
        self._say("theme", Block(entry.texts.get("theme", ""), "quiet"))
        self._say("libelle", Block(entry.texts["libelle"], "title"))
        given, declined = state.known.get(id), id in state.declined
        if question.type == "nombre":
            self._only("number-entry")
            number = given if isinstance(given, int) else None
            self.query_one(NumberEntry).ask(question, entry, number, declined, unvalidated)
        else:
            self._only("choices")
            self.query_one(Choices).ask(question, entry, given, declined, unvalidated)
        self._say("aide", *self.below(id, state, reading))

    def below(self, id: str, state: Interview, reading: Reading | None) -> list[Block]:
        """What stands under the answers: the note first, so that what was just written is seen on any screen."""
        entry = self._base.entry("question", id)
        blocks: list[Block] = []
        if id in state.notes:
            hidden = hides_titles(self.app)
            note = Block(HIDDEN_NOTE, "quiet") if hidden else Block(state.notes[id], "plain", f"Note{NBSP}: ")
            blocks += [note, GAP]
        blocks += [Block(entry.texts["aide"])] if entry.texts.get("aide") else []
        if reading is not None and id in reading.not_applicable:
            blocks += [GAP, Block(NOT_APPLICABLE, "quiet")]
        if self._base.logic.questions[id].tally is not None:
            blocks += [GAP, Block(about_table(id, state, key_name("ctrl+g")), "quiet")]
        if reading and reading.next_question and reading.next_question.question == id:
            blocks += [GAP, Block(next_reason(self._base, reading), "quiet")]
        return blocks

    def _show_last(self, state: Interview, reading: Reading | None) -> None:
        self._only("last")
        self._say("theme")
        self._say("libelle", Block(self.LAST, "title"))
        self.query_one("#last", Rows).show(self.last_rows(state, reading))
        self._say("aide", Block("On peut toujours changer une réponse."))

    def last_rows(self, state: Interview, reading: Reading | None) -> list[Row]:
        """What can be done when nothing is left to ask."""
        rows = [Row("Lire la lecture complète", TO_READING, tone="strong")]
        if reading and reading.next_question:
            aside = counted(len(state.declined), "question mise de côté", "questions mises de côté")
            rows.append(Row(f"Reprendre {aside}", TO_PUT_OFF))
        return [*rows, Row("Revoir les questions", TO_LIST), Row("Revenir à l’accueil", TO_HOME)]

    def help_topic(self) -> Topic:
        """How the question on screen is answered."""
        return question_topic(self._base, self._state.current) if self._state.current else NOTHING_LEFT_TOPIC

    def tell(self, text: str) -> None:
        """Something that was just done, under the answers; it goes with the question."""
        self._say("refusal", Block(text, "accent"), GAP)

    def refuse(self, clash: Clash) -> None:
        """Say which answers do not go together; the new one is not recorded."""
        current = self._state.current or ""
        first, *told = refusal(self._base, current, self._state.known, clash)
        self._say("refusal", Block(first, "accent", "! "), *(Block(text, mark="  ") for text in told))
        self._offer(others_of(self._base, current, self._state.known, clash))

    def _offer(self, questions: list[str]) -> None:
        """Rows that lead to the other answers of a clash."""
        rows = [Row(f"Changer plutôt {quoted(self._base.title('question', id))}", id) for id in questions]
        others = self.query_one("#others", OtherRows)
        others.show(rows)
        others.display = bool(rows)
        if rows:
            self.call_after_refresh(others.scroll_visible, animate=False)
        self.screen.refresh_bindings()

    @property
    def offers_others(self) -> bool:
        """True while another answer may be changed rather than this one given."""
        return self.query_one("#others").display

    def focus_others(self) -> None:
        """To those rows."""
        self.query_one("#others").focus()

    def take_focus(self) -> None:
        """The answers have the focus: one can answer at once."""
        if self.query_one(NumberEntry).display:
            self.query_one(NumberEntry).take_focus()
        else:
            self.query_one("#choices" if self.query_one("#choices").display else "#last", Rows).focus()

    def _say(self, id: str, *blocks: Block) -> None:
        paragraphs = self.query_one(f"#{id}", Paragraphs)
        paragraphs.show(*blocks)
        paragraphs.display = bool(blocks)

    @on(Rows.Chosen, "#others")
    def _other_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Other(event.key))

    @on(Rows.Chosen, "#last")
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.post_message(self.Turned(event.key))


# --- all of them, in a list -------------------------------------------------------------------------------------------


class QuestionsPicker(Picker):
    """Tab goes from theme to theme."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "group(1)", "thème suivant"),
        key("shift+tab", "group(-1)", "thème précédent", "Aller au thème précédent.", show=False),
    ]


def questions_picker(base: Base, state: Interview, reading: Reading | None) -> Picker:
    """The list, with the cursor on the present question."""
    rows = question_rows(base, state, reading)
    return QuestionsPicker("Toutes les questions", rows, "Chercher une question", state.current)


def themes_picker(base: Base, state: Interview, reading: Reading | None) -> Picker:
    """Themes, with how many of their questions are answered; the cursor on the present one. Gives back a question."""
    rows = [
        Row(theme.title, theme.leads, theme_standing(theme), tone="plain" if theme.leads else "quiet")
        for theme in themes(base, state, reading)
    ]
    here = base.entry("question", state.current).texts.get("theme", "") if state.current else ""
    at = next((row.key for row in rows if row.text == here), None)
    return Picker("Aller à un thème", rows, "Chercher un thème", at)


def question_rows(base: Base, state: Interview, reading: Reading | None) -> list[Row]:
    """Themes as titles; a question that is sans objet is listed and cannot be chosen."""
    rows: list[Row] = []
    by_theme: dict[str, list[Row]] = {}
    for id in base.logic.questions:
        entry = base.entry("question", id)
        by_theme.setdefault(entry.texts.get("theme", ""), []).append(_row(base, state, reading, id))
    for theme, listed in by_theme.items():
        rows += [Row(theme, tone="header"), *listed]
    return rows


def _row(base: Base, state: Interview, reading: Reading | None, id: str) -> Row:
    title = base.title("question", id)
    entry = base.entry("question", id)
    also = " ".join((entry.texts["libelle"], entry.texts.get("aide", ""), *entry.labels.values()))
    where = standing(base, state, reading, id)
    if reading is not None and id in reading.not_applicable:
        return Row(title, None, where, mark="  ", tone="quiet", also=also)
    mark = "● " if id in state.known else "? " if id in state.declined else "  "
    return Row(title, id, where, mark=mark, also=also)


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme as the dossier stands. Questions that are sans objet are left aside."""

    title: str
    answered: int
    asked: int
    leads: str | None
    """Its first question without an answer, those put off last; else its first one; None when all are sans objet."""


def themes(base: Base, state: Interview, reading: Reading | None) -> tuple[Theme, ...]:
    """Themes in the order of the questions."""
    aside = reading.not_applicable if reading is not None else frozenset()
    by_theme: dict[str, list[str]] = {}
    for id in base.logic.questions:
        by_theme.setdefault(base.entry("question", id).texts.get("theme", ""), []).append(id)
    return tuple(_theme(title, [id for id in ids if id not in aside], state) for title, ids in by_theme.items())


def _theme(title: str, ids: list[str], state: Interview) -> Theme:
    missing = [id for id in ids if id not in state.known]
    first = sorted(missing, key=lambda id: id in state.declined) or ids
    return Theme(title, len(ids) - len(missing), len(ids), first[0] if first else None)


def theme_standing(theme: Theme) -> str:
    """« 3 réponses sur 7 », « sans objet »."""
    if not theme.asked:
        return "sans objet"
    return f"{counted(theme.answered, 'réponse')} sur {theme.asked}"
