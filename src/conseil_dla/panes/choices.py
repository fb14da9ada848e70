"""The answers of one question, « Je ne sais pas encore » always last."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from conseil_dla.ground.french import NBSP, counted
from conseil_dla.rules.model import Entry, Question, Value
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.typed import Asked
from conseil_dla.wording.questionnaire import (
    NONE_LABEL,
    NONE_TEXT,
    NOTHING_KEPT,
    NOTHING_TICKED,
    UNKNOWN_TEXT,
    Unvalidated,
)

UNKNOWN = "?"
VALIDATE = "!"
NONE = "-"
"""Keys of the rows that are no answer of the question; no id of an answer looks like them."""
GIVEN = "● "


class Choices(Asked, Rows):
    """Entrée answers; where several answers may be ticked, it ticks, and « Valider » alone concludes."""

    DEFAULT_CSS = "Choices { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "tick", "cocher"),
        key("space", "tick", "cocher"),
        key("enter", "validate", "valider"),
        key("f12", "validate", "valider"),
        key("enter", "choose", "répondre"),
    ]

    class Answered(Message):
        """An answer was given to a question; None is « je ne sais pas encore »."""

        def __init__(self, question: str, value: Value | None) -> None:
            super().__init__()
            self.question = question
            """The one whose answers were shown: by now the screen may have gone on to another."""
            self.value = value

    class Changed(Message):
        """Boxes were ticked, or a number typed, that are not validated; None where it is what was given."""

        def __init__(self, question: str, value: Unvalidated | None) -> None:
            super().__init__()
            self.question = question
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question: Question | None = None
        self._entry: Entry | None = None
        self._given: Value | None = None
        self._declined = False
        self._ticked: set[str] = set()
        """Answers, or ``NONE`` alone."""
        self._told = ""
        """Why what was ticked could not be concluded; empty otherwise."""

    def ask(
        self,
        question: Question,
        entry: Entry,
        given: Value | None,
        declined: bool,
        unvalidated: Unvalidated | None = None,
    ) -> None:
        """Show a question's answers; ``given`` is the recorded one, ``declined`` says that it was put off.

        ``unvalidated``: what was ticked here before.
        """
        self._question, self._entry = question, entry
        self._given, self._declined = given, declined
        self._ticked = set(self._boxes if unvalidated is None else unvalidated)
        self._told = ""
        self.asks_anew()
        at = UNKNOWN if declined else given if isinstance(given, str) else None
        self._paint(at)

    @property
    def _boxes(self) -> frozenset[str]:
        """Those of the recorded answer."""
        return (self._given or frozenset({NONE})) if isinstance(self._given, frozenset) else frozenset()

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
            rows.append(Row(NONE_LABEL, NONE, mark=self._mark(NONE), tone="quiet"))
            rows.append(Row(f"Valider{NBSP}: {self._count()}", VALIDATE, mark="    ", tone="strong"))
            rows += [Row(self._told, mark="  ! ")] if self._told else []
        blank = "    " if self.has_boxes and not self._declined else "  "
        rows.append(Row(UNKNOWN_TEXT, UNKNOWN, mark=GIVEN if self._declined else blank, tone="quiet"))
        self.show(rows, at)

    def _mark(self, id: str) -> str:
        if self.has_boxes:
            return "[×] " if id in self._ticked else "[ ] "
        return GIVEN if id == self._given else "  "

    def _count(self) -> str:
        if self._ticked == {NONE}:
            return NONE_TEXT
        return counted(len(self._ticked), "réponse cochée", "réponses cochées") if self._ticked else NOTHING_TICKED

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Entrée ticks a box, concludes on « Valider », answers on any other row; F12 concludes from anywhere."""
        if action == "tick":
            return self._is_at_box
        if action == "validate":
            return self.has_boxes and self.current != UNKNOWN
        return action != "choose" or not self.has_boxes or self.current == UNKNOWN

    @property
    def _is_at_box(self) -> bool:
        return self.has_boxes and self.current not in (UNKNOWN, VALIDATE, None)

    def on_rows_moved(self) -> None:
        """What Entrée does depends on the row."""
        if self.has_boxes:
            self.screen.refresh_bindings()

    def action_tick(self) -> None:
        """Tick or untick the row under the cursor; « aucune » goes with nothing else."""
        id = self.current
        if self._is_at_box and id is not None:
            others = set() if id == NONE else self._ticked - {NONE, id}
            self._ticked = others if id in self._ticked else others | {id}
            self._told = ""
            self._paint(id)
            ticked = frozenset(self._ticked)
            if self._question is not None:
                self.post_message(self.Changed(self._question.id, ticked if ticked != self._boxes else None))

    def action_validate(self) -> None:
        """Conclude; where nothing is ticked nothing is answered, and that is said."""
        if self._question is None:
            return
        if self._ticked:
            self.post_message(self.Answered(self._question.id, frozenset(self._ticked - {NONE})))
        else:
            self._told = NOTHING_KEPT
            self._paint(self.current)

    def action_choose(self) -> None:
        """What Entrée does, and a click: tick, conclude or answer, by the row."""
        id, question = self.current, self._question
        if id is None or question is None:
            return
        if self._is_at_box:
            self.action_tick()
        elif id == VALIDATE:
            self.action_validate()
        else:
            self.post_message(self.Answered(question.id, None if id == UNKNOWN else id))
