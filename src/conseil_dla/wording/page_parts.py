"""What a page of the site says, before it is HTML: only ``html`` writes markup, so nothing that is read can be any.

A page is sections, a section is texts and cards, a card is one item of the rules with its rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

FINDING = "constat"
"""The kind word of a finding: rules name it, no item defines it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an item of the rules."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """Words that lead to a page."""

    page: str
    """Its file's name."""
    text: str


@dataclass(frozen=True, slots=True)
class Toned:
    """Words that stand out: the « Si » of a rule, an id to be copied, the mark of what is internal."""

    text: str
    tone: Literal["strong", "code", "mark"]


@dataclass(frozen=True, slots=True)
class WebLink:
    """The address of a public page, which leads there: made for one that ``is_address``, and for nothing else."""

    address: str

    @property
    def text(self) -> str:
        """The address itself: nobody is sent where they have not read that they go."""
        return self.address


Span = str | Link | PageLink | Toned | WebLink
Run = tuple[Span, ...]
"""Words in a line, some of which lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line or a paragraph, and the list that it opens, if any."""

    run: Run
    inner: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is said of an item, under its label. Several texts are a list."""

    label: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One item."""

    kind: str
    id: str
    title: str
    lead: tuple[Text, ...] = ()
    """What it is, before its rows."""
    rows: tuple[Row, ...] = ()
    is_internal: bool = False
    also: str = ""
    """Its own texts, by which it is found beside its title."""


@dataclass(frozen=True, slots=True)
class Section:
    """Cards or texts under one heading."""

    title: str
    texts: tuple[Text, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One file."""

    name: str
    title: str
    lead: tuple[Text, ...]
    sections: tuple[Section, ...]


def plain(run: Iterable[Span]) -> str:
    """The words alone."""
    return "".join(span if isinstance(span, str) else span.text for span in run)


def joined(runs: Iterable[Run], between: str = ", ") -> Run:
    """Runs one after the other."""
    parts: list[Span] = []
    for run in runs:
        parts += [between] if parts else []
        parts += run
    return tuple(parts)
