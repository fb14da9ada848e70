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

    async def _on_resize(self, event: Resize) -> None:
        """Before Textual’s own of this name, which lays out; pages have an ``on_resize`` of their own beside."""
        await asyncio.sleep(PAUSE)
