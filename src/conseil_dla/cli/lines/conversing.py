"""A conversation line by line, whoever answers: each entry makes one move of the driver, and is kept at once.

Without a terminal the entries come from a file or a pipe: each is written after its prompt, so that a transcript reads
right, and one that cannot be used is told with its line, without stopping the rest.
"""

from __future__ import annotations

import io
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.parser import Misused
from conseil_dla.dossiers import store
from conseil_dla.dossiers.lock import OpenElsewhere
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.characters import kept
from conseil_dla.ground.french import NBSP, harmless, taken_out_text
from conseil_dla.interview import questionnaire as interview
from conseil_dla.interview.driver import Answerer, Driver
from conseil_dla.rules.model import Answers, Base, Dossier, Value
from conseil_dla.wording import interview_text as text
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.disk_text import PARTED, failure, former_text, held_text, left_unkept, not_kept, set_aside_text
from conseil_dla.wording.plain_text import lines_text
from conseil_dla.wording.questionnaire import redone_text, undone_text

if TYPE_CHECKING:
    from conseil_dla.reading.values import Reading

MOVING = (words.BACK, words.UNDO, words.REDO, words.SKIP, words.GO)
"""Words that show another question."""


class Conversing(ABC):
    """One dossier, from its next question to « fin »."""

    reading: Reading | None = None
    """What is read of the answers; None where no reading is to be seen."""

    def __init__(self, base: Base, worded: Base, side: Answerer, keeper: Keeper, lines: Lines) -> None:
        """``worded`` is the base in whose words whoever answers is spoken to."""
        self._worded = worded
        self._lines = lines
        self._keeper = keeper
        self._driver = Driver(base.logic, side, lambda: keeper.dossier, keeper.keep)
        keeper.adopt = self._adopt

    @property
    def state(self) -> interview.Interview:
        """Where the conversation stands."""
        return self._driver.state

    def run(self) -> bool:
        """Until « fin » or the end of input; True when everything is on disk."""
        try:
            self._lines.say(*self._opening())
            self._ask()
            is_over = False
            while not is_over and (entry := self._lines.asked(text.PROMPT)) is not None:
                if not entry:
                    self._ask()
                else:
                    is_over = not self._take(words.understood(self._offered, self.state.current, entry))
            self._leave(is_asked=is_over)
        finally:
            self._keeper.settle()
        if not self._keeper.failure:
            for line in self._kept_lines():
                self._lines.tell(line)
        return not self._keeper.failure

    # --- what each conversation says ---

    @property
    def _offered(self) -> Base:
        """What may be answered as things stand: any other question is not known."""
        return self._worded

    @abstractmethod
    def _opening(self) -> Iterable[str]:
        """Before the first question."""

    @abstractmethod
    def _ask(self) -> None:
        """The present question."""

    @abstractmethod
    def _next(self, answers: Answers, put_off: frozenset[str]) -> str | None:
        """The order of the questions."""

    @abstractmethod
    def _answered(self, question: str, value: Value | None, *, was_asked: bool) -> None:
        """An answer is kept: say so where that does not go without saying."""

    @abstractmethod
    def _say(self, word: str, rest: str) -> None:
        """Any other word."""

    @abstractmethod
    def _adopt(self, handed: Dossier) -> None:
        """Others had changed the file: it is told, and is from now on in the conversation too."""

    @abstractmethod
    def _leave(self, *, is_asked: bool) -> None:
        """Nothing more is typed; ``is_asked``: « fin » was the last."""

    @abstractmethod
    def _kept_lines(self) -> Iterable[str]:
        """Once everything is on disk."""

    # --- what is typed ---

    def _take(self, entry: words.TypedEntry) -> bool:
        """Do what was typed; False when it was « fin »."""
        match entry:
            case words.Unclear():
                self._refuse(entry)
            case words.Answered(question, value):
                self._answer(question, value)
            case words.Command(words.END):
                return False
            case words.Command(word, rest) if word in MOVING:
                self._move(word, rest)
            case words.Command(word, rest):
                self._say(word, rest)
        return True

    def _refuse(self, unclear: words.Unclear) -> None:
        self._lines.refuse(unclear.told, unclear.help)

    def _answer(self, question: str, value: Value | None) -> None:
        """Keep an answer and go on, or say why it cannot be kept."""
        was = self.state
        if clash := self._driver.give(question, value):
            self._lines.refuse(*text.refused_lines(self._worded, was, question, value, clash))
            return
        self._driver.keep()
        self._answered(question, value, was_asked=question == was.current)
        self._go(interview.advance(self.state, self._next))

    def _move(self, word: str, rest: str) -> None:
        """Go to another question, or back to an answer."""
        state = self.state
        match word:
            case words.BACK if not state.trail:
                self._refuse(text.FIRST)
            case words.BACK:
                self._go(interview.back(state))
            case words.UNDO if state.before is None:
                self._refuse(text.NOTHING_TO_UNDO)
            case words.REDO if state.after is None:
                self._refuse(text.NOTHING_TO_REDO)
            case words.UNDO | words.REDO:
                told = redone_text if word == words.REDO else undone_text
                was, now = self._driver.retrace(again=word == words.REDO)
                self._driver.keep()
                self._lines.say(told(self._worded, was, now))
                self._go(self.state)
            case words.SKIP:
                moved = interview.skip(state, self._next)
                if moved.current is None and state.current is None:
                    self._refuse(text.NOTHING_MORE)
                else:
                    self._go(moved)
            case _:
                self._go_to(rest)

    def _go_to(self, name: str) -> None:
        found = text.destination(self._offered, self.reading, name)
        if isinstance(found, words.Unclear):
            self._refuse(found)
        elif isinstance(found, tuple):
            self._lines.refuse(*text.several_lines(name, found))
        else:
            self._go(interview.go_to(self.state, found))

    def _go(self, state: interview.Interview) -> None:
        """Show another state."""
        self._driver.state = state
        self._ask()


# --- entries in, lines out -------------------------------------------------------------------------------------------


class Lines:
    """The conversation on stdout, what is said about it on stderr."""

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


# --- the hand that keeps the dossier ---------------------------------------------------------------------------------


class Keeper:
    """One dossier and the hand that writes it: what the disk refuses waits here, and is tried again."""

    def __init__(self, writer: Writer, tell: Callable[[str], None]) -> None:
        """``tell`` says a line about the conversation."""
        self.dossier = writer.dossier
        self._writer = writer
        self.failure = ""
        """Why the newest state is not on disk; empty when it is."""
        self._tell = tell
        self.adopt: Callable[[Dossier], None] = lambda handed: None
        """Called with what was handed in where others had changed the file, once ``dossier`` is what the file holds."""

    def keep(self, dossier: Dossier) -> bool:
        """Keep this state; a refusal is told once. True where others had changed the file."""
        self.dossier = self._writer.waiting = dossier
        kept = self._writer.write()
        assert kept is not None
        why = failure(kept.refused) if kept.refused else ""
        if why and why != self.failure:
            self._tell(not_kept(why))
        self.failure = why
        if kept.aside is not None:
            self._tell(set_aside_text(kept.aside))
        if kept.former is not None:
            self._tell(former_text(kept.former))
        if kept.has_parted:
            self._tell(PARTED)
        if (found := self._writer.adopted()) is None:
            return False
        handed, self.dossier = found
        self.adopt(handed)
        return True

    def close(self) -> None:
        """Let other windows write."""
        self._writer.close()

    def settle(self) -> None:
        """Try once more what waits, and tell when it is lost."""
        if self.failure:
            self.keep(self.dossier)
        if self.failure:
            self._tell(left_unkept(self.failure))


def keeper_of(path: Path, base: Base, tell: Callable[[str], None]) -> Keeper:
    """The hand that writes this dossier. Raises ``Misused`` where it is shipped or another window holds it."""
    if store.is_shipped(path, base):
        what = f"{path} est livré avec les règles : on le lit, on n’y répond pas"
        raise Misused(f"{what}\naide : conseil-dla diagnostiquer {path}")
    try:
        return Keeper(Writer.open(path, base), tell)
    except OpenElsewhere as held:
        told = held_text(store.title(path), held.holder)
        mend = "quittez l’autre fenêtre, puis recommencez"
        if held.holder.is_doubtful:
            mend = f"si cette fenêtre n’existe plus, ouvrez-le quand même par conseil-dla ouvrir {path}"
        raise Misused(f"{told} Rien n’a été modifié.\naide : {mend}") from held
