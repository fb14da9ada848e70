"""The loop given back between two pieces of work that Textual would do in one go."""

from __future__ import annotations

import asyncio

from textual.events import Resize

PAUSE = 0.001
"""Seconds: what is woken in the meantime takes more than one turn of the loop to run."""


class InTurns:
    """A screen that lets others have a turn before it is laid out again.

    A new screen is laid out and painted twice: when it comes, and when it is told its size. Both are in its queue at
    once, so that nothing else runs until both are done: no key is read, no worker heard.
    """

    gives_way = False
    """True while others have their turn: it is at work, though no message waits for it."""

    async def _on_resize(self, event: Resize) -> None:
        """Before Textual’s own of this name, which lays out; pages have an ``on_resize`` of their own beside."""
        self.gives_way = True
        try:
            await asyncio.sleep(PAUSE)
        finally:
            self.gives_way = False
