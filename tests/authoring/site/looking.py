"""A site as its readers meet it: parsed pages, cards by anchor, and what each says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from conseil_dla.authoring.site.pages import pages
from conseil_dla.dossiers.store import load_cases
from conseil_dla.rules.model import Base
from shipped import CASES, shipped_reader

VOID = {"meta", "link", "input"}


@dataclass
class Part:
    """An element with an id and all that is inside."""

    text: str = ""
    links: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Tags in order, that they close as they open, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, str]] = []
        self.parts: dict[str, Part] = {}
        self.said: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert len(found) == len(attrs), attrs
        self.tags.append((tag, found))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        id = found.get("id") or ""
        if id:
            assert id not in self.parts, f"two elements are called {id}"
            self.parts[id] = Part()
        if tag not in VOID:
            self.open.append((tag, id))
        if tag == "a":
            for _, name in self.open:
                if name:
                    self.parts[name].links.append(found.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop()[0] == tag, tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(tag)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        for tag, name in self.open:
            if name:
                self.parts[name].text += data
            if re.fullmatch("h[1-6]", tag):
                level, text = self.headings[-1]
                self.headings[-1] = (level, text + data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of a kind."""
        return [attributes for found, attributes in self.tags if found == tag]


def parsed(files: Mapping[str, str]) -> dict[str, Page]:
    """The pages of a site by name."""
    return {name: Page(text) for name, text in files.items() if name.endswith(".html")}


@cache
def shipped_base() -> Base:
    return shipped_reader().base


@cache
def shipped_files() -> Mapping[str, str]:
    """The site of the shipped rules."""
    cases = load_cases(shipped_base())
    return pages(shipped_base(), [(path.stem, case) for path, case in zip(CASES, cases, strict=True)])


@cache
def shipped_pages() -> Mapping[str, Page]:
    return parsed(shipped_files())


def in_file(text: str) -> str:
    """The text with ordinary spaces, as one types it."""
    return text.replace("\u00a0", " ")
