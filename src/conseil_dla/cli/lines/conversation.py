"""The questionnaire on a dossier, line by line, answered in the words of its reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import cases
from conseil_dla.cli.lines.conversing import MOVING, Conversing
from conseil_dla.ground.words import fold
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import own
from conseil_dla.interview.questionnaire import Progress, progress
from conseil_dla.reading.values import Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.counting import answered_by_table
from conseil_dla.rules.model import Answers, Dossier, Value
from conseil_dla.wording import interview_text as text
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.glance import glance
from conseil_dla.wording.plain_text import reading_lines
from conseil_dla.wording.prospects import agenda_of, agenda_text, met_text
from conseil_dla.wording.questionnaire import elsewhere_text

if TYPE_CHECKING:
    from conseil_dla.cli.lines.conversing import Keeper, Lines
    from conseil_dla.reading.compose import Reader

TRIES = 3
"""How often a reading is dated again because the file changed under it."""


class Conversation(Conversing):
    """One dossier, from its next question to « fin »."""

    reading: Reading

    def __init__(self, reader: Reader, keeper: Keeper, lines: Lines) -> None:
        base = self._base = reader.base
        super().__init__(base, base, own(base.logic), keeper, lines)
        self._reader = reader
        self._driver.state = interview.start(self.state, self._next)
        self._named = ""
        """The question that was just answered by its name, which a note is then about; empty for the one asked."""
        self.reading = self._read()
        self._told = self.reading
        """The reading that was told last, in full or by what moved."""
        self._how_far = self._progress()

    @property
    def dossier(self) -> Dossier:
        """The dossier, with all that is answered."""
        return self._keeper.dossier

    def _opening(self) -> Iterable[str]:
        look = glance(self._base, self.reading)
        return text.opening_lines(self.dossier, len(self.state.known), look, self._how_far)

    def _kept_lines(self) -> Iterable[str]:
        yield text.kept_line(len(self.state.known), self.dossier.path)

    def _leave(self, *, is_asked: bool) -> None:
        """Where something was answered here, its reading goes into the journal."""
        if not self._driver.has_answered:
            return
        self._driver.keep()
        for _ in range(TRIES):
            self.reading = self._read()
            entered = self._driver.entered(self.reading, date.today())
            if entered is self.dossier or not self._keeper.keep(entered):
                return

    def _take(self, entry: words.TypedEntry) -> bool:
        if isinstance(entry, words.Unclear) or (isinstance(entry, words.Command) and entry.word in MOVING):
            self._named = ""
        goes_on = super()._take(entry)
        if isinstance(entry, words.Answered):
            self._named = entry.question if entry.is_by_name else ""
        return goes_on

    def _answered(self, question: str, value: Value | None, *, was_asked: bool) -> None:
        self.reading = self._read()
        if not was_asked or question in self.reading.not_applicable:
            self._lines.say(*text.answered_lines(self._base, self.reading, question, value))

    def _note(self, note: str) -> None:
        question = self._named or self.state.current
        if question is None:
            self._refuse(text.NOTHING_ASKED)
            return
        if not note:
            self._refuse(text.NO_NOTE)
            return
        noted = "" if fold(note) == text.ERASE else note
        self._driver.state = interview.note(self.state, question, noted)
        self._driver.keep()
        self._lines.say(text.noted_line(self._base, question, noted))

    @cached_property
    def _experiences(self) -> tuple[Dossier, ...]:
        """Read once, for what is left out of them is told."""
        return cases(self._base)

    def _say(self, word: str, rest: str) -> None:
        """Write a note, or say something; and stay where we are."""
        match word:
            case words.NOTE:
                self._note(rest)
            case words.READING:
                begun = Whole(self._base, self.reading, self.dossier)
                self._lines.say(*reading_lines(self._reader.completed(begun, date.today(), self._experiences)))
            case words.GUIDE:
                self._by_guide()
            case words.LIST:
                self._lines.say(*text.list_lines(self._base, self.state, self.reading))
            case words.HELP:
                self._lines.say(*text.help_lines())
            case _ if self.state.current is None:
                self._refuse(text.NOTHING_ASKED)
            case _:
                self._lines.say(*text.why_lines(self._base, self.state.current))

    def _by_guide(self) -> None:
        """From here on, the questions of the guide of the next meeting, in its order."""
        agenda = agenda_of(self._base, self.reading)
        if not agenda:
            self._refuse(text.NOTHING_MORE)
            return
        self._driver.agenda = agenda
        self._lines.say(agenda_text(agenda))
        self._go(interview.go_to(self.state, agenda[0]))

    def _go(self, state: interview.Interview) -> None:
        """Show another state: what moved, then its question."""
        self._driver.state = state
        self.reading = self._read()
        before, self._told = self._told, self.reading
        far, self._how_far = self._how_far, self._progress()
        self._lines.say(*text.moved_lines(self._base, before, self.reading), *text.progress_lines(far, self._how_far))
        self._ask()

    def _ask(self) -> None:
        if self.state.current in self._driver.agenda:
            self._lines.say("", met_text(self._base, str(self.state.current)))
        self._lines.say(*text.question_lines(self._base, self.state, self.reading))

    def _progress(self) -> Progress:
        return progress(self._base.logic, self.state, self.reading)

    def _next(self, answers: Answers, put_off: frozenset[str]) -> str | None:
        """The reading's own next question, as an ordering for the machine."""
        return self._driver.proposed(self._reader.read(answers, put_off), {*answers, *put_off})

    def _read(self) -> Reading:
        state = self.state
        return self._reader.read(state.known, state.put_off, answered_by_table(state.known, state.answers))

    def _adopt(self, handed: Dossier) -> None:
        self._driver.adopt(handed, self.dossier)
        self.reading = self._read()
        self._lines.tell(elsewhere_text(self._base, handed, self.dossier))
