"""A whole number within bounds, by keyboard or by mouse."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.choices import GIVEN, UNKNOWN, VALIDATE, Choices
from conseil_dla.rules.model import Entry, Question
from conseil_dla.toolkit.fields import OneLine
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.typed import Asked
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.questionnaire import NO_NUMBER, UNKNOWN_TEXT, Unvalidated


class NumberField(OneLine):
    """Digits only; the arrows add to the number there is, or take away: where there is none, they make none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "step(1)", "modifier"),
        key("down", "step(-1)", "modifier"),
        key("enter", "submit", "répondre"),
        key("tab", "app.focus_next", "autres choix"),
        key("escape", "screen.back", "revenir"),
    ]

    class Step(Message):
        """One more or one less."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def action_step(self, by: int) -> None:
        """Ask for one more or one less."""
        self.post_message(self.Step(by))


class StepButton(Button, can_focus=False):
    """For the mouse; the keyboard has its arrows."""


class NumberEntry(Asked, Vertical):
    """The field, its steps, what is wrong with it, and the same two rows as every question."""

    DEFAULT_CSS = """
    NumberEntry { height: auto; }
    NumberEntry Horizontal { height: 1; padding: 0 2; }
    NumberEntry NumberField { width: 9; }
    NumberEntry Button { min-width: 5; margin: 0 1; }
    NumberEntry Rows { height: auto; margin-top: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._question = ""
        self._bounds = (0, 0)
        self._given = ""

    def compose(self) -> ComposeResult:
        """Field between its two steps, then the rows."""
        with Horizontal():
            yield StepButton("−", id="less", compact=True)
            yield NumberField(type="integer", compact=True, id="number", select_on_focus=True, max_length=7)
            yield StepButton("+", id="more", compact=True)
            yield Paragraphs(id="unit")
        yield Paragraphs(id="wrong")
        yield Rows(id="number-rows")

    def ask(
        self,
        question: Question,
        entry: Entry,
        given: int | None,
        declined: bool,
        unvalidated: Unvalidated | None = None,
    ) -> None:
        """Show a question about a number; ``unvalidated`` is what was typed here before."""
        self._question = question.id
        self.asks_anew()
        low, high = self._bounds = question.bounds or (0, 0)
        self._given = "" if given is None else str(given)
        self._field.value = unvalidated if isinstance(unvalidated, str) else self._given
        unit = entry.texts.get("unite", "")
        self.query_one("#unit", Paragraphs).show(Block(f"{unit} (de {low} à {high})".strip(), "quiet"))
        self.query_one("#wrong", Paragraphs).show()
        unknown = Row(UNKNOWN_TEXT, UNKNOWN, mark=GIVEN if declined else "", tone="quiet")
        self.query_one(Rows).show([Row("Valider", VALIDATE, tone="strong"), unknown], UNKNOWN if declined else None)

    def take_focus(self) -> None:
        """Be ready to type."""
        self._field.focus()

    @property
    def is_changed(self) -> bool:
        """Something else stands in the field than what was given."""
        return self._field.value.strip() != self._given

    def submit(self) -> None:
        """As Entrée in the field does."""
        self._validate()

    @property
    def _field(self) -> NumberField:
        return self.query_one(NumberField)

    def _number(self) -> int | None:
        try:
            return int(self._field.value)
        except ValueError:
            return None

    @on(NumberField.Step)
    def _step(self, event: NumberField.Step) -> None:
        event.stop()
        if self._number() is None:
            self._wrong(NO_NUMBER)
        else:
            self._change(event.by)

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        event.stop()
        self._change(1 if event.button.id == "more" else -1)

    def _change(self, by: int) -> None:
        low, high = self._bounds
        number = self._number()
        self._field.value = str(low if number is None else max(low, min(high, number + by)))
        self._field.cursor_position = len(self._field.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#wrong", Paragraphs).show()
        typed = self._field.value.strip()
        self.post_message(Choices.Changed(self._question, typed if typed not in ("", self._given) else None))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._validate()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key == UNKNOWN:
            self.post_message(Choices.Answered(self._question, None))
        else:
            self._validate()

    def _validate(self) -> None:
        low, high = self._bounds
        number = self._number()
        if number is not None and low <= number <= high:
            self.post_message(Choices.Answered(self._question, number))
            return
        wrong = f"Écrivez un nombre entier de {low} à {high}, ou choisissez «{NBSP}{UNKNOWN_TEXT}{NBSP}»."
        self._wrong(wrong if self._field.value else NO_NUMBER)
        self._field.focus()

    def _wrong(self, told: str) -> None:
        self.query_one("#wrong", Paragraphs).show(Block(told, "accent", "! "))
