"""Hands raised by keys, for options or for places: what a letter means, and which hand was the last."""

from __future__ import annotations

from abc import abstractmethod

from textual.events import Key
from textual.widget import Widget

MOST = 99
"""Hands that one option can count."""
HAND = "■"
NOWHERE = -1
"""The cursor before anything was chosen, and the option that Entrée would keep where there is none."""


class Raising(Widget):
    """Letters raise a hand each, a minus sign and Retour arrière lower one: for options, or for places."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = NOWHERE
        self._last: list[int] = []
        """What a hand was added for, in order."""

    @property
    @abstractmethod
    def count(self) -> int:
        """How many there are to raise a hand for."""

    @abstractmethod
    def put(self, number: int, by: int) -> None:
        """Note a hand more, or less, where there is one."""

    def lead(self) -> None:
        """Go where the hands lead."""

    def put_and_lead(self, number: int, by: int) -> None:
        """A hand more, or less, raised by its letter or the mouse."""
        self.put(number, by)
        self.lead()

    def remember(self, number: int, by: int) -> None:
        """Note for what a hand was added, or forget the last time that one was added for it."""
        if by > 0:
            self._last.append(number)
        elif number in self._last:
            del self._last[len(self._last) - 1 - self._last[::-1].index(number)]

    def on_key(self, event: Key) -> None:
        """A letter, capital or not, adds a hand, a minus sign takes one away; the key then goes no further."""
        letter = (event.character or "").lower()
        number = ord(letter) - ord("a") if len(letter) == 1 and letter.isascii() and letter.isalpha() else -1
        if 0 <= number < self.count:
            event.stop()
            event.prevent_default()
            self.put_and_lead(number, 1)
        elif letter in ("-", "−"):
            event.stop()
            self.action_raise_hand(-1)

    def action_raise_hand(self, by: int) -> None:
        """A hand more, or less, under the cursor, which stays there."""
        if self.cursor >= 0:
            self.put(self.cursor, by)

    def action_take_back(self) -> None:
        """The last hand that was added is taken back; one under the cursor where none is known."""
        number = self._last[-1] if self._last else self.cursor
        if number >= 0:
            self.put_and_lead(number, -1)
