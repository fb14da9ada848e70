"""The styles of OpenDocument that a paper keeps, bare: no link, no script, no trace of who worked on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from conseil_dla.papers.documents import document as words
from conseil_dla.papers.documents.unpacking import ELSEWHERE, FILE_NAME, drop, elements, is_within, split, unwrap

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE = (f"{{{ODF}{name}:1.0}}" for name in ("office", "style", "text", "table"))
DRAW, SVG, NUMBER = (f"{{{ODF}{name}:1.0}}" for name in ("drawing", "svg-compatible", "datastyle"))
XLINK = "{http://www.w3.org/1999/xlink}"
SPACES = {STYLE, TEXT, TABLE, DRAW, SVG, NUMBER}
"""What the elements of styles may belong to; forms, charts, scripts, extensions of programs do not."""
OF_OFFICE = {"document-styles", "font-face-decls", "styles", "automatic-styles", "master-styles"}
OBJECTS = {f"{DRAW}{name}" for name in ("object", "object-ole", "applet", "plugin", "floating-frame", "control")}
GOES = {
    words.COMMENTS: {f"{OFFICE}annotation", f"{OFFICE}annotation-end"},
    words.NOTES: {f"{TEXT}note"},
    words.CHANGES: {f"{TEXT}{name}" for name in ("tracked-changes", "change", "change-start", "change-end")},
    words.SCRIPTS: {f"{OFFICE}scripts", f"{OFFICE}event-listeners", f"{TEXT}script"},
    words.OBJECTS: OBJECTS,
    words.FONTS: {f"{SVG}font-face-src", f"{SVG}definition-src"},
    words.LINKS: {f"{TABLE}table-source", f"{TEXT}section-source", f"{OFFICE}dde-source", f"{TABLE}dde-link"},
    words.HIDDEN: {f"{TEXT}hidden-paragraph", f"{TEXT}hidden-text"},
    "": {f"{TEXT}{name}" for name in ("bookmark", "bookmark-start", "bookmark-end", "reference-mark",
         "reference-mark-start", "reference-mark-end", "alphabetical-index-mark", "toc-mark", "user-index-mark",
         "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls", "bibliography-configuration")},
}  # fmt: skip
"""Elements that go with what they hold, by what is told of them."""
DROPPED = {tag: word for word, tags in GOES.items() for tag in tags}
TEXTS = {f"{TEXT}{name}" for name in (
    "p", "h", "span", "s", "tab", "line-break", "list", "list-item", "list-header", "section", "page-number",
    "page-count", "date", "time", "title", "chapter", "soft-page-break", "number", "page-continuation")}  # fmt: skip
"""What may stand in a head or a foot; any other text, a field for one, leaves the words that it showed."""
PICTURES = {f"{DRAW}image", f"{DRAW}fill-image", f"{STYLE}background-image", f"{TEXT}list-level-style-image"}
ADDED = (f"{{{ODF}xforms", "{http://openoffice.org/", "{urn:openoffice:", "{http://www.w3.org/1999/xhtml",
         "{http://www.w3.org/2003/g/data-view", "{http://www.w3.org/XML/1998")  # fmt: skip
"""Begins attributes that programs add: who changed a text and when, what it means for the web."""
TOLD = {f"{TEXT}formula", f"{TABLE}formula", f"{TEXT}condition", f"{TEXT}connection-name", f"{DRAW}chain-next-name",
        f"{TABLE}protection-key", f"{TEXT}protection-key", f"{OFFICE}string-value", f"{OFFICE}target-frame-name",
        f"{TEXT}date-value", f"{TEXT}time-value"}  # fmt: skip


def name_of(style: Any) -> str:
    """The name that other elements call it by."""
    return str(style.get(f"{STYLE}name", ""))


@dataclass(slots=True)
class Cleaner:
    """Cleans the styles, heads and feet included; notes in ``left`` what was there (words of ``document.NOTABLE``)."""

    left: set[str]
    picture: Callable[[str], str]
    """From the address of a picture to the one it has in the paper; empty for one that does not stay."""
    hidden: set[str] = field(default_factory=set)

    def clean(self, root: Any) -> None:
        """Clean them all."""
        for style in root.iter(f"{STYLE}style"):
            look = style.find(f"{STYLE}text-properties")
            if look is not None and look.get(f"{TEXT}display", "true") != "true":
                self.hidden.add(name_of(style))
        for element in elements(root):
            if is_within(element, root):
                self._element(element)
        for number, frame in enumerate(list(root.iter(f"{DRAW}frame")), 1):
            frame.set(f"{DRAW}name", f"Cadre {number}")
            if all(each.tag in (f"{SVG}title", f"{SVG}desc") for each in frame):
                drop(frame)

    def _element(self, element: Any) -> None:
        tag = element.tag
        space, name = split(tag)
        if tag in DROPPED:
            self.left.add(DROPPED[tag])
            drop(element)
        elif tag in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}span") and element.get(f"{TEXT}style-name") in self.hidden:
            self.left.add(words.HIDDEN)
            drop(element)
        elif tag in (f"{TEXT}a", f"{DRAW}a"):
            self.left.add(words.LINKS)
            unwrap(element)
        elif space == TEXT[1:-1] and tag not in TEXTS and _is_shown(element):
            self.left.add(words.FIELDS)
            unwrap(element)
        elif f"{{{space}}}" not in SPACES and not (space == OFFICE[1:-1] and name in OF_OFFICE):
            drop(element)
        elif not self._attributes(element):
            self.left.add(words.UNSAFE)
            drop(element)
        elif tag in (f"{SVG}title", f"{SVG}desc") and FILE_NAME.search("".join(element.itertext())):
            drop(element)

    def _attributes(self, element: Any) -> bool:
        """Clean them; false for a picture whose address does not stay."""
        address = element.get(f"{XLINK}href", "")
        kept = self.picture(address) if address and element.tag in PICTURES else ""
        for full, value in list(element.attrib.items()):
            if full == f"{XLINK}href" and kept:
                element.set(full, kept)
            elif full == f"{XLINK}href" or ELSEWHERE.match(value):
                self.left |= {words.LINKS} if ELSEWHERE.match(value) else set()
                del element.attrib[full]
            elif full in TOLD or full.startswith(ADDED):
                del element.attrib[full]
        return bool(kept) or not (address or element.tag == f"{DRAW}image")


def _is_shown(element: Any) -> bool:
    """Whether it stands in a text, and not among styles."""
    return next(element.iterancestors(f"{OFFICE}master-styles"), None) is not None
