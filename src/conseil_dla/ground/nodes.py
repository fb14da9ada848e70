"""What a YAML file holds, as frozen nodes that know where they stand.

Every scalar is a text: the question's type, not YAML, tells what ``07`` or ``12:30`` means. Made by
``parse``; knows neither YAML nor rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conseil_dla.ground.diagnostics import Place

Position = tuple[int, int]
"""Line and column, both from 1, of the character just after a node."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. ``plain`` tells that it is written without quotes and without ``>`` or ``|``."""

    text: str
    place: Place
    plain: bool = True
    end: Position = (1, 1)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. ``flow`` tells that it is written between brackets."""

    items: tuple[Node, ...]
    place: Place
    flow: bool = False
    end: Position = (1, 1)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in file order, each key once. ``flow`` tells that it is written between braces."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    flow: bool = False
    end: Position = (1, 1)

    def get(self, name: str) -> Node | None:
        """The value under a key, or None when the key is absent."""
        return next((value for key, value in self.entries if key.text == name), None)

    def key(self, name: str) -> Scalar | None:
        """The key itself, for its place, or None when it is absent."""
        return next((key for key, _ in self.entries if key.text == name), None)

    def text(self, name: str, default: str = "") -> str:
        """The stripped text under a key; ``default`` when the key is absent or holds something else than a text."""
        value = self.get(name)
        return value.text.strip() if isinstance(value, Scalar) else default


Node = Scalar | Sequence | Mapping


def plain_data(node: Node) -> object:
    """The same content as strings, lists and dictionaries: for validation and digests, where places do not matter."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain_data(item) for item in node.items]
    return {key.text: plain_data(value) for key, value in node.entries}


def walk(node: Node) -> Iterator[Node]:
    """The node itself, then everything it holds, in reading order (keys are not walked)."""
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from walk(item)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from walk(value)
