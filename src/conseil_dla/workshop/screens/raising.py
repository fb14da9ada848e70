"""Hands raised by keys, for options or for places: what a letter means, and which hand was the last."""

from __future__ import annotations

from textual.events import Key

MOST = 99
"""Hands that one option can count."""
HAND = "■"
NOWHERE = -1
"""The cursor before anything was chosen, and the option that Entrée would keep where there is none."""


def lettered(event: Key, count: int) -> int | None:
    """Which of so many options a letter means, capital or not; the key then goes no further."""
    letter = (event.character or "").lower()
    number = ord(letter) - ord("a") if len(letter) == 1 and letter.isascii() and letter.isalpha() else -1
    if not 0 <= number < count:
        return None
    event.stop()
    event.prevent_default()
    return number


def remember(last: list[int], number: int, by: int) -> None:
    """Note for which option a hand was added, or forget the last time that one was added for it."""
    if by > 0:
        last.append(number)
    elif number in last:
        del last[len(last) - 1 - last[::-1].index(number)]
