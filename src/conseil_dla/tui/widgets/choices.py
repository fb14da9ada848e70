"""The answers of one question, « Je ne sais pas encore » always last."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from conseil_dla.model import Entry, Question, Value
from conseil_dla.reporting.french import NBSP, counted
from conseil_dla.reporting.questionnaire import NONE_TEXT, UNKNOWN_TEXT
from conseil_dla.tui.keys import key
from conseil_dla.tui.widgets.rows import Row, Rows

UNKNOWN = "?"
VALIDATE = "!"
"""Keys of the two rows that are no answer of the question; no id of an answer looks like them."""
GIVEN = "● "


class Choices(Rows):
    """Entrée answers; where several answers may be ticked, Espace ticks and Entrée validates."""

    DEFAULT_CSS = "Choices { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "tick", "cocher"),
        key("enter", "choose", "répondre"),
    ]

    class Answered(Message):
        """An answer was given to a question; None is « je ne sais pas encore »."""

        def __init__(self, question: str, value: Value | None) -> None:
            super().__init__()
            self.question = question
            """The one whose answers were shown: by now the screen may have gone on to another."""
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._entry: Entry | None = None
        self._given: Value | None = None
        self._declined = False
        self._ticked: set[str] = set()

    def ask(self, question: Question, entry: Entry, given: Value | None, declined: bool) -> None:
        """Show a question's answers; ``given`` is the recorded one, ``declined`` says that it was put off."""
        self._question, self._entry = question, entry
        self._given, self._declined = given, declined
        self._ticked = set(given) if isinstance(given, frozenset) else set()
        at = UNKNOWN if declined else given if isinstance(given, str) else None
        self._paint(at)

    @property
    def has_boxes(self) -> bool:
        """True when several answers may be ticked."""
        return self._question is not None and self._question.type == "plusieurs"

    def _paint(self, at: str | None) -> None:
        question, entry = self._question, self._entry
        if question is None or entry is None:
            return
        rows = [Row(entry.labels[id], id, mark=self._mark(id)) for id in question.answers]
        if self.has_boxes:
            rows.append(Row(f"Valider{NBSP}: {self._count()}", VALIDATE, mark="    ", tone="strong"))
        blank = "    " if self.has_boxes and not self._declined else "  "
        rows.append(Row(UNKNOWN_TEXT, UNKNOWN, mark=GIVEN if self._declined else blank, tone="quiet"))
        self.show(rows, at)

    def _mark(self, id: str) -> str:
        if self.has_boxes:
            return "[×] " if id in self._ticked else "[ ] "
        return GIVEN if id == self._given else "  "

    def _count(self) -> str:
        return counted(len(self._ticked), "réponse cochée", "réponses cochées") if self._ticked else NONE_TEXT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ticking is offered only where there are boxes."""
        return self.has_boxes if action == "tick" else True

    def action_tick(self) -> None:
        """Tick or untick the row under the cursor."""
        id = self.current
        if self._question is not None and id in self._question.answers:
            self._ticked ^= {id}
            self._paint(id)

    def action_choose(self) -> None:
        """Entrée: answer with the row, or validate the ticks."""
        id, question = self.current, self._question
        if id is None or question is None:
            return
        if id == UNKNOWN:
            self.post_message(self.Answered(question.id, None))
        elif self.has_boxes:
            self.post_message(self.Answered(question.id, frozenset(self._ticked)))
        else:
            self.post_message(self.Answered(question.id, id))

    def choose_clicked(self) -> None:
        """A click on a box ticks it; on any other row it chooses."""
        if self.has_boxes and self.current not in (UNKNOWN, VALIDATE):
            self.action_tick()
        else:
            self.action_choose()
