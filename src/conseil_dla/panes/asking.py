"""A question answered on a screen: the sheet that shows it, and what is ticked or typed there and not validated.

Whoever answers, alone or not, owns one of these; what follows a move is for their screen to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from conseil_dla.panes.choices import Choices
from conseil_dla.panes.question_sheet import QuestionSheet
from conseil_dla.panes.unvalidated import Held
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Value

if TYPE_CHECKING:
    from conseil_dla.interview.driver import Driver


class AskedQuestion:
    """Belongs to the screen that holds the one ``QuestionSheet``."""

    def __init__(
        self, screen: Screen[Any], base: Base, driver: Driver, show: Callable[[], None], who: str = ""
    ) -> None:
        """``show`` shows the question again, once what was left another day is here; ``who`` answers alone."""
        self._screen = screen
        self._driver = driver
        self.unvalidated = Held(screen, base, show, who=who)

    @property
    def sheet(self) -> QuestionSheet:
        """What shows the question."""
        return self._screen.query_one(QuestionSheet)

    def show(self, reading: Reading | None) -> None:
        """The present question, with what was ticked or typed there before, or the last page."""
        state = self._driver.state
        self.sheet.ask(state, reading, self.unvalidated.by_question.get(state.current or ""))

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
