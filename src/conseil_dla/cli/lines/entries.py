"""Entries in, lines out.

Without a terminal the entries come from a file or a pipe: each is written after its prompt, so that a transcript reads
right, and one that cannot be used is told with its line, without stopping the rest.
"""

from __future__ import annotations

import io
import os
import sys

from conseil_dla.ground.characters import kept
from conseil_dla.ground.french import NBSP, harmless, taken_out_text
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.plain_text import lines_text


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
