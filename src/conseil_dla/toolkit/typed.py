"""Keys that come in one packet (a remote desktop, automatic typing, a paste) end where the same keys would one by one.

Textual hands every key at once to the field that has the focus, while what an earlier key asked for (a page, another
field) is still on its way: what was typed for the page went to the screen behind, and was lost. Here a key waits until
nothing that came before it is under way. A screen says by ``is_turning`` that what was asked for there is still being
made, in a worker: what is typed meanwhile is meant for that. By ``is_moving_on``, that an answer was given and the next
question is sought: keys of the same packet wait for it; a hand that goes on meanwhile corrects that answer.

What waits is handed over, but no answer is given to what was not seen: a key that concludes, or a click, goes to what
asks something (``Asked``) only when it was painted before that key was pressed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from math import inf
from time import monotonic
from typing import Any

from rich.console import RenderableType
from textual._time import get_time
from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Key, MouseDown, MouseEvent, MouseUp, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

PATIENCE = 10.0
"""Seconds after which keys go on all the same: a disk that does not answer takes nobody's keyboard away."""
TURN = 0.001
"""Seconds given to others while keys wait."""
SHORT = 20
"""Turns of the loop that most keys are done with: those are not slept through."""
PACKET = 0.02
"""Seconds between two keys of one packet, at most; a hand takes longer."""
WITHIN = ("enter", "tab", "ctrl+j")
"""Keys of a text that are no letter."""
SAME_LINE = 0.25
"""Seconds between a return and a line feed that are one end of line, at most."""
CONCLUDING = {"enter", "ctrl+j", "space", "f12"}
"""Keys that tick, validate or answer."""
LONG = 2.0
"""Seconds after which what is asked is taken to be on screen."""
TOO_SOON = "La question n’était pas encore affichée\u00a0: rien n’a été répondu."
INVISIBLE = {"\u00a0", "\u202f", "\u200c", "\u200d"}
"""Text that Python, and so Textual, does not call printable: spaces that do not break, joiners of letters."""


class Asked:
    """A widget that asks something, and is answered by keys or clicks."""

    seen_since = 0.0
    """When its screen was first painted since it asks that, by the clock of events; infinite until then."""
    asked_at = 0.0
    is_told = False
    """That a key came too soon for it was said."""

    def asks_anew(self) -> None:
        """Something else is asked, which nobody has seen yet."""
        assert isinstance(self, Widget)
        self.seen_since, self.asked_at, self.is_told = inf, get_time(), False
        if isinstance(self.app, InOrder):
            self.app.unseen.append(self)

    def was_seen(self, at: float) -> bool:
        """Was it painted by then? What needed no painting was there before."""
        return at >= (self.asked_at + LONG if self.seen_since == inf else self.seen_since)


class InOrder(App[int]):
    """Hands keys over one after the other; a key that finds nothing under way is not held at all."""

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[Event] = deque()
        self._handing: asyncio.Task[None] | None = None
        self._waiting_since: float | None = None
        """When the screens were last seen at rest, while keys wait."""
        self._typed_in: Input | TextArea | None = None
        """The field that letters go to since the screens were last seen at rest."""
        self._last_key: Key | None = None
        self.unseen: list[Any] = []
        """What asks something that was not painted yet, some of it under another screen."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        left = []
        for asked in self.unseen if screen is self.screen else ():
            if asked.is_attached and asked.screen is screen:
                asked.seen_since = get_time()
            elif asked.is_attached:
                left.append(asked)
        if screen is self.screen:
            self.unseen = left

    @property
    def holds_keys(self) -> bool:
        """True while something typed waits."""
        return bool(self._held) or self._handing is not None

    @property
    def is_turning(self) -> bool:
        """True while the application is about to show another screen."""
        return False

    async def on_event(self, event: Event) -> None:
        """Before Textual's own, which hands over."""
        if not isinstance(event, InputEvent | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not self._held and self._may_go(event, own=True):
            await self._hand_over(event)
        else:
            self._held.append(event)
            if self._handing is None:
                self._handing = asyncio.create_task(self._hand_over_held())

    async def _hand_over_held(self) -> None:
        try:
            while self._held and not self._exit:
                turns = 0
                while not self._may_go(self._held[0]) and not self._is_out_of_patience:
                    turns += 1
                    await asyncio.sleep(TURN if turns > SHORT else 0)
                await self._hand_over(self._held.popleft())
        except Exception as error:  # as in Textual's own loop: told, then the screens stop
            self._handle_exception(error)
        finally:
            self._handing, self._waiting_since = None, None

    async def _hand_over(self, event: Event) -> None:
        field = self.screen.focused if self._screen_stack else None
        if (unseen := self._unseen(event, field)) is not None:
            if not unseen.is_told:
                self.notify(TOO_SOON, markup=False)
            unseen.is_told = True
            return
        self._typed_in = field if _is_letter(event) and isinstance(field, Input | TextArea) else None
        if (meant := self._meant(event, field)) is not None:
            await super().on_event(meant)

    def _unseen(self, event: Event, focused: DOMNode | None) -> Asked | None:
        """What that key or click would answer, and was painted after it only."""
        aimed: DOMNode | None = None
        if isinstance(event, Key) and event.key in CONCLUDING:
            aimed = focused
        elif isinstance(event, MouseDown) and self._screen_stack:
            aimed = next((widget for widget, _ in self.screen.get_widgets_at(event.x, event.y)), None)
        asking = (node for node in aimed.ancestors_with_self if isinstance(node, Asked)) if aimed else ()
        return next((node for node in asking if not node.was_seen(event.time)), None)

    def _meant(self, event: Event, field: object) -> Event | None:
        """What a field understands of a key that Textual would have it ignore.

        A line feed in a text begins a line, as typing programs mean it; after a return, it is the same one. A space
        that does not break and a joiner of letters are text; so is a tab between two letters of one packet, in a page
        with a single text: it divides the cells of a table.
        """
        if not isinstance(event, Key):
            return event
        last, self._last_key = self._last_key, event
        if event.character in INVISIBLE and isinstance(field, Input | TextArea):
            return Paste(event.character).set_sender(self)
        if event.key == "tab" and isinstance(field, TextArea) and self._is_within_text(last, event):
            return Paste("\t").set_sender(self)
        if event.key != "ctrl+j" or not isinstance(field, TextArea):
            return event
        is_same = last is not None and last.key == "enter" and event.time - last.time < SAME_LINE
        return None if is_same else Key("enter", "\r").set_sender(self)

    def _is_within_text(self, last: Key | None, tab: Key) -> bool:
        """True for the tab of a table pasted key by key, where there is but one text to type in."""
        if len(self.screen.query(Input)) + len(self.screen.query(TextArea)) != 1:
            return False
        follows = last is not None and tab.time - last.time < PACKET and (_is_letter(last) or last.key in WITHIN)
        coming = self._held[0] if self._held else None
        return follows or (coming is not None and _is_letter(coming) and coming.time - tab.time < PACKET)

    def _may_go(self, event: Event, own: bool = False) -> bool:
        """``own`` is for a call inside the application's own handling of that event, which is under way then."""
        if isinstance(event, MouseEvent) and not isinstance(event, MouseDown | MouseUp):
            return True
        if _is_letter(event) and self._typed_in is not None and self._typed_in is self.screen.focused:
            return True
        last = self._last_key
        follows = last is not None and event.time - last.time < PACKET
        is_at_rest = self._is_at_rest(own) and not (follows and getattr(self.screen, "is_moving_on", False))
        if is_at_rest:
            self._waiting_since = None
        return is_at_rest

    @property
    def _is_out_of_patience(self) -> bool:
        """Counted from the first key that waited: behind something that never comes, keys wait once, not each."""
        if self._waiting_since is None:
            self._waiting_since = monotonic()
        return monotonic() - self._waiting_since > PATIENCE

    def _is_at_rest(self, own: bool) -> bool:
        """Nothing waits in a queue or is being handled, of what the screen in front is made of."""
        if not self._screen_stack or self.is_turning or not (_has_nothing(self) and (own or _waits(self))):
            return False
        front = self.screen
        if getattr(front, "gives_way", False) or getattr(front, "is_turning", False):
            return False
        return all(node._closing or (_has_nothing(node) and _waits(node)) for node in self._made_of())

    def _made_of(self) -> Iterator[MessagePump]:
        yield from self.screen_stack[:-1]
        yield from self.screen.walk_children(with_self=True)


def _is_letter(event: Event) -> bool:
    return isinstance(event, Key) and (event.is_printable or event.character in INVISIBLE)


def _has_nothing(node: MessagePump) -> bool:
    return not (node.message_queue_size or node._pending_message or node._next_callbacks)


def _waits(node: MessagePump) -> bool:
    """It is there, and its loop waits for a message; else it is coming, or handles one."""
    waiters: Iterable[asyncio.Future[bool]] = node._message_queue.ready_event._waiters
    return any(not waiter.done() for waiter in waiters)
