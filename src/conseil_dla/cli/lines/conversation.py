"""The questionnaire line by line: each entry makes one move of the machine, is kept at once, and is answered in words.

Without a terminal the entries come from a file or a pipe: each is written after its prompt, so that a transcript reads
right, and one that cannot be used is told with its line, without stopping the rest.
"""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import cases
from conseil_dla.ground.characters import kept
from conseil_dla.ground.french import NBSP, harmless, taken_out_text
from conseil_dla.ground.words import fold
from conseil_dla.interview import answering
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.progress import Progress, progress
from conseil_dla.reading.nearest import nearest
from conseil_dla.reading.since import dated, since
from conseil_dla.reading.values import Reading
from conseil_dla.rules.counting import answered_by_table
from conseil_dla.rules.model import Answers, Dossier, Value
from conseil_dla.wording import interview_text as text
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.glance import glance
from conseil_dla.wording.plain_text import lines_text, reading_lines
from conseil_dla.wording.retracing import elsewhere_text, redone_text, undone_text

if TYPE_CHECKING:
    from conseil_dla.cli.keeper import Keeper
    from conseil_dla.reading.compose import Reader


MOVING = (words.BACK, words.UNDO, words.REDO, words.SKIP, words.GO)
"""Words that show another question, which a note is then about."""
TRIES = 3
"""How often a reading is dated again because the file changed under it."""


class Lines:
    """Entries in, lines out: the conversation on stdout, what is said about it on stderr."""

    def __init__(self) -> None:
        self._in = sys.stdin or io.StringIO()
        self._is_terminal = self._in.isatty()
        self._number = 0
        self.has_refused = False
        """True once an entry of a file or a pipe could not be used."""
        if isinstance(self._in, io.TextIOWrapper):
            self._in.reconfigure(encoding=None if self._is_terminal else "utf-8-sig", errors="replace")

    def say(self, *lines: str) -> None:
        """Part of the conversation."""
        self._write(lines_text(lines))

    def _write(self, text: str) -> None:
        """Where nobody listens any more, the entries of a file are taken all the same."""
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            if self._is_terminal:
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def tell(self, line: str) -> None:
        """Something about the conversation; it may hold a path, so it is not cut."""
        print(harmless(line), file=sys.stderr, flush=True)

    def refuse(self, *lines: str) -> None:
        """The last entry cannot be used."""
        self.has_refused = self.has_refused or not self._is_terminal
        where = "" if self._is_terminal else f"ligne {self._number}{NBSP}: "
        sys.stderr.write(lines_text([where + lines[0], *(line for line in lines[1:] if line)]))
        sys.stderr.flush()

    def asked(self, prompt: str, *, blank: bool = False) -> str | None:
        """The next entry, None at the end of input. An empty one is an entry where ``blank``, and at a terminal."""
        self._write(prompt)
        while line := self._in.readline():
            self._number += 1
            entry = line.strip()
            if entry.startswith("#") or not (entry or blank or self._is_terminal):
                continue
            if not self._is_terminal:
                self.say(harmless(entry))
            if blank and (wrong := words.unreadable(entry)):
                self.refuse(wrong.told, wrong.help)
                return ""
            _, taken_out = kept(entry)
            if taken_out:
                self.tell(taken_out_text(taken_out))
            return harmless(entry)
        self.say("")
        return None


class Conversation:
    """One dossier, from its next question to « fin »."""

    def __init__(self, reader: Reader, keeper: Keeper, lines: Lines) -> None:
        self.reader = reader
        self.base = reader.base
        self.lines = lines
        self._keeper = keeper
        self.state = interview.start(answering.begun(self.base.logic, keeper.dossier), self._next)
        self._opened_with = dict(self.state.known)
        self._named = ""
        """The question that was just answered by its name, which a note is then about; empty for the one asked."""
        self.reading = self._read()
        self._told = self.reading
        """The reading that was told last, in full or by what moved."""
        self._how_far = self._progress()

    def run(self) -> bool:
        """Until « fin » or the end of input; True when everything is on disk."""
        try:
            look = glance(self.base, self.reading)
            self.lines.say(*text.opening_lines(self.dossier, len(self.state.known), look, self._how_far))
            self._ask()
            while (entry := self.lines.asked(text.PROMPT)) is not None:
                if not entry:
                    self._ask()
                elif not self._take(words.understood(self.base, self.state.current, entry)):
                    break
            self._date()
        finally:
            self._keeper.settle()
        if not self._keeper.failure:
            self.lines.tell(text.kept_line(len(self.state.known), self.dossier.path))
        return not self._keeper.failure

    def _date(self) -> None:
        """Where something was answered here, its reading goes into the journal."""
        if self.state.known == self._opened_with:
            return
        self._keep()
        for _ in range(TRIES):
            self.reading = self._read()
            journal = dated(self.dossier.journal, self.reading, date.today())
            if journal == self.dossier.journal or not self._take_over(replace(self.dossier, journal=journal)):
                return

    @property
    def dossier(self) -> Dossier:
        """The dossier, with all that is answered."""
        return self._keeper.dossier

    def _take(self, entry: words.Entry) -> bool:
        """Do what was typed; False when it was « fin »."""
        if isinstance(entry, words.Unclear) or (isinstance(entry, words.Command) and entry.word in MOVING):
            self._named = ""
        match entry:
            case words.Unclear():
                self._refuse(entry)
            case words.Answered(question, value, is_by_name):
                self._answer(question, value)
                self._named = question if is_by_name else ""
            case words.Command(words.END):
                return False
            case words.Command(words.BACK | words.UNDO | words.REDO | words.SKIP | words.GO as word, rest):
                self._move(word, rest)
            case words.Command(words.NOTE, rest):
                self._note(rest)
            case words.Command(word):
                self._show(word)
        return True

    def _refuse(self, unclear: words.Unclear) -> None:
        self.lines.refuse(unclear.told, unclear.help)

    def _answer(self, question: str, value: Value | None) -> None:
        """Keep an answer and go on, or say why it cannot be kept."""
        moved, clash = answering.given(self.base.logic, self.state, question, value)
        if clash:
            self.lines.refuse(*text.refused_lines(self.base, self.state, question, value, clash))
            return
        was_asked = question == self.state.current
        self.state = moved
        self._keep()
        self.reading = self._read()
        if not was_asked or question in self.reading.not_applicable:
            self.lines.say(*text.answered_lines(self.base, self.reading, question, value))
        self._go(interview.advance(self.state, self._next))

    def _move(self, word: str, rest: str) -> None:
        """Go to another question, or back to an answer."""
        match word:
            case words.BACK if not self.state.trail:
                self._refuse(text.FIRST)
            case words.BACK:
                self._go(interview.back(self.state))
            case words.UNDO if self.state.before is None:
                self._refuse(text.NOTHING_TO_UNDO)
            case words.REDO if self.state.after is None:
                self._refuse(text.NOTHING_TO_REDO)
            case words.UNDO:
                moved = interview.undo(self.state)
                self._retrace(moved, undone_text(self.base, self.state, moved))
            case words.REDO:
                moved = interview.redo(self.state)
                self._retrace(moved, redone_text(self.base, self.state, moved))
            case words.SKIP:
                moved = interview.skip(self.state, self._next)
                if moved.current is None and self.state.current is None:
                    self._refuse(text.NOTHING_MORE)
                else:
                    self._go(moved)
            case _:
                self._go_to(rest)

    def _retrace(self, moved: interview.Interview, told: str) -> None:
        self.state = self._recounted(moved)
        self._keep()
        self.lines.say(told)
        self._go(self.state)

    def _go_to(self, name: str) -> None:
        found = text.destination(self.base, self.reading, name)
        if isinstance(found, words.Unclear):
            self._refuse(found)
        elif isinstance(found, tuple):
            self.lines.refuse(*text.several_lines(name, found))
        else:
            self._go(interview.go_to(self.state, found))

    def _note(self, note: str) -> None:
        question = self._named or self.state.current
        if question is None:
            self._refuse(text.NOTHING_ASKED)
            return
        if not note:
            self._refuse(text.NO_NOTE)
            return
        noted = "" if fold(note) == text.ERASE else note
        self.state = interview.note(self.state, question, noted)
        self._keep()
        self.lines.say(text.noted_line(self.base, question, noted))

    @cached_property
    def _experiences(self) -> tuple[Dossier, ...]:
        """Read once, for what is left out of them is told."""
        return cases(self.base)

    def _show(self, word: str) -> None:
        """Say something, and stay where we are."""
        match word:
            case words.READING:
                prospects = self.reader.prospects(self.reading)
                near = nearest(self.base, self.reading, self._experiences)
                past = since(self.base, self.reader.read, self.dossier.journal, self.reading, date.today())
                self.lines.say(*reading_lines(self.base, self.reading, prospects, self.dossier, near, past))
            case words.LIST:
                self.lines.say(*text.list_lines(self.base, self.state, self.reading))
            case words.HELP:
                self.lines.say(*text.help_lines())
            case _ if self.state.current is None:
                self._refuse(text.NOTHING_ASKED)
            case _:
                self.lines.say(*text.why_lines(self.base, self.state.current))

    def _go(self, state: interview.Interview) -> None:
        """Show another state: what moved, then its question."""
        self.state = state
        self.reading = self._read()
        before, self._told = self._told, self.reading
        far, self._how_far = self._how_far, self._progress()
        self.lines.say(*text.moved_lines(self.base, before, self.reading), *text.progress_lines(far, self._how_far))
        self._ask()

    def _ask(self) -> None:
        self.lines.say(*text.question_lines(self.base, self.state, self.reading))

    # --- reading and keeping ---

    def _progress(self) -> Progress:
        return progress(self.base.logic, self.state, self.reading)

    def _recounted(self, state: interview.Interview) -> interview.Interview:
        return answering.recounted(self.base.logic, state)

    def _next(self, answers: Answers, put_off: frozenset[str]) -> str | None:
        """The reading's own next question, as an ordering for the machine."""
        asked = self.reader.read(answers, put_off).next_question
        return asked.question if asked else None

    def _read(self) -> Reading:
        state = self.state
        return self.reader.read(state.known, state.put_off, answered_by_table(state.known, state.answers))

    def _keep(self) -> None:
        """Keep the answers as they stand; where the disk refuses, the next answer tries again."""
        self._take_over(answering.kept(self.dossier, self.state))

    def _take_over(self, dossier: Dossier) -> bool:
        """Keep it; what others changed in the file is told, and is from then on in the conversation too."""
        handed = self._keeper.keep(dossier)
        if handed is None:
            return False
        self.state = answering.adopted(self.base.logic, self.state, handed, self.dossier)
        self.reading = self._read()
        self.lines.tell(elsewhere_text(self.base, handed, self.dossier))
        return True
