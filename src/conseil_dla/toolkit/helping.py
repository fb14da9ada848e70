"""Who explains what has the focus: a widget, or a page that holds it, offers its help as data."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.dom import DOMNode
from textual.screen import Screen

from conseil_dla.ground.topic import Topic


@runtime_checkable
class Helpful(Protocol):
    """A widget or a screen that explains itself, as it stands; None leaves it to what holds it."""

    def help_topic(self) -> Topic | None:
        """What it is, and what can be done with it."""


def topic_of(screen: Screen[object]) -> Topic | None:
    """The help of what has the focus: its own, else that of the nearest thing around it."""
    node: DOMNode | None = screen.focused or screen
    while node is not None:
        if isinstance(node, Helpful) and (found := node.help_topic()) is not None:
            return found
        node = node.parent
    return None
