"""What a paper takes of an OpenDocument template: styles, and the pages it goes through. The rest is never copied.

A list of what is kept, not of what is feared: the body is made anew, the styles go through ``Cleaner``, and the
only links are to pictures of heads and feet. Nothing of the template can call, run, or tell who worked on it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from conseil_dla.ground.french import listed, quoted
from conseil_dla.papers.documents import document as words
from conseil_dla.papers.documents.archives import (
    ELSEWHERE,
    FILE_NAME,
    MIMETYPE,
    drop,
    elements,
    is_within,
    members,
    parsed,
    put_together,
    split,
    unparsed,
    unwrap,
)
from conseil_dla.papers.documents.bare_pictures import MEDIA_TYPES, TALKATIVE, bare
from conseil_dla.papers.documents.document import BadTemplate, Letterhead, told_of
from conseil_dla.papers.documents.style_names import decoded

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


KIND = "application/vnd.oasis.opendocument.text"
MANIFEST, CONFIG = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("manifest", "config"))
CONTENT = (
    f'<office:document-content xmlns:office="{OFFICE[1:-1]}" xmlns:style="{STYLE[1:-1]}" xmlns:text="{TEXT[1:-1]}" '
    f'xmlns:table="{TABLE[1:-1]}" xmlns:draw="{DRAW[1:-1]}" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:automatic-styles/>'
    "<office:body><office:text/></office:body></office:document-content>"
).encode()
META = (
    f'<office:document-meta xmlns:office="{OFFICE[1:-1]}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"><office:meta>'
    "<dc:language>fr-FR</dc:language></office:meta></office:document-meta>"
).encode()
TRACES = {"ApplyUserData", "SaveGlobalDocumentLinks", "UpdateFromTemplate", "LoadReadonly", "EmbedFonts",
          "EmbedSystemFonts", "SaveVersionOnClose"}  # fmt: skip
"""Settings that say how somebody worked; the others that are kept say how text is laid out."""
PLAIN = "Standard"
"""The page style that LibreOffice gives to who names none."""


@lru_cache(maxsize=4)
def letterhead(template: bytes) -> Letterhead:
    """The template made bare. Raises ``BadTemplate``."""
    return _Package(members(template)).letterhead()


@dataclass(slots=True)
class _Package:
    given: dict[str, bytes]
    left: set[str] = field(default_factory=set)
    talks: bool = False
    pictures: dict[bytes, str] = field(default_factory=dict)

    def letterhead(self) -> Letterhead:
        self._look()
        content, styles = (self._root(f"{name}.xml", f"document-{name}") for name in ("content", "styles"))
        self._note(content)
        masters, unused = _masters(content, styles)
        Cleaner(self.left, self._picture).clean(styles)
        made = {
            MIMETYPE: KIND.encode(),
            "content.xml": CONTENT,
            "styles.xml": unparsed(styles),
            "meta.xml": META,
            **self._settings(),
            **{name: data for data, name in self.pictures.items()},
        }
        made["META-INF/manifest.xml"] = _manifest(made)
        told = f"le papier n’emploie pas le style de page {listed(unused)} du gabarit" if unused else ""
        return Letterhead(put_together(made), told_of(self.left, told, words.TALKS if self.talks else ""), masters)

    def _look(self) -> None:
        """Raises ``BadTemplate`` for what is no text, or is behind a password."""
        if self.given.get(MIMETYPE, b"").strip() not in (KIND.encode(), f"{KIND}-template".encode()):
            raise BadTemplate
        entries = parsed(self.given.get("META-INF/manifest.xml", b""))
        if next(entries.iter(f"{MANIFEST}encryption-data"), None) is not None:
            raise BadTemplate("il est protégé par un mot de passe")

    def _root(self, name: str, expected: str) -> Any:
        root = parsed(self.given.get(name, b""))
        if root.tag != f"{OFFICE}{expected}":
            raise BadTemplate
        return root

    def _note(self, content: Any) -> None:
        """What is told of a body that is replaced: what may not be known to be there, and what a logo becomes."""
        names = {each.tag for each in elements(content)}
        for word, tags in (
            (words.COMMENTS, {f"{OFFICE}annotation"}),
            (words.CHANGES, {f"{TEXT}tracked-changes"}),
            (words.NOTES, {f"{TEXT}note"}),
            (words.SCRIPTS, {f"{OFFICE}script", f"{OFFICE}event-listeners", f"{TEXT}script"}),
            (words.OBJECTS, OBJECTS),
            (words.BODY_PICTURES, {f"{DRAW}image"}),
        ):
            if names & tags:
                self.left.add(word)

    def _picture(self, address: str) -> str:
        """The name of a picture in the paper; empty when it is not kept."""
        name = posixpath.normpath(address)
        found = bare(self.given[name]) if name in self.given else None
        if found is None:
            return ""
        kind, data = found
        self.talks = self.talks or kind in TALKATIVE
        return self.pictures.setdefault(data, f"Pictures/image{len(self.pictures) + 1}.{kind}")

    def _settings(self) -> dict[str, bytes]:
        """How text is laid out, where the template says it."""
        if "settings.xml" not in self.given:
            return {}
        root = self._root("settings.xml", "document-settings")
        for items in elements(root):
            if items.tag == f"{CONFIG}config-item-set" and items.get(f"{CONFIG}name") != "ooo:configuration-settings":
                drop(items)
            elif items.tag == f"{CONFIG}config-item":
                name, kind = items.get(f"{CONFIG}name", ""), items.get(f"{CONFIG}type")
                if (
                    kind != "boolean"
                    or name in TRACES
                    or name.startswith("Print")
                    or items.text not in ("true", "false")
                ):
                    drop(items)
            elif items.tag not in (root.tag, f"{OFFICE}settings", f"{CONFIG}config-item-set"):
                drop(items)
        return {"settings.xml": unparsed(root)}


def _masters(content: Any, styles: Any) -> tuple[tuple[str, ...], list[str]]:
    """The page styles that the paper goes through, and the shown names of others that have something to show.

    Its first page is that of the template's first paragraph; then each leads to the next. Others leave the styles.
    """
    pages = {name_of(each): each for each in styles.iter(f"{STYLE}master-page")}
    if not pages:
        raise BadTemplate
    first = next(iter(_asked(content, styles)), PLAIN)
    name = first if first in pages else PLAIN if PLAIN in pages else next(iter(pages))
    used: list[str] = []
    while name in pages and name not in used:
        used.append(name)
        name = pages[name].get(f"{STYLE}next-style-name", "")
    others = {name: page for name, page in pages.items() if name not in used}
    shown = [page.get(f"{STYLE}display-name") or decoded(name) for name, page in others.items()
             if "".join(page.itertext()).strip() or next(page.iter(f"{DRAW}frame"), None) is not None]  # fmt: skip
    for page in others.values():
        drop(page)
    for style in styles.iter(f"{STYLE}style"):
        if style.get(f"{STYLE}master-page-name", "") not in used:
            style.attrib.pop(f"{STYLE}master-page-name", None)
    return tuple(used), [quoted(name) for name in shown]


def _asked(content: Any, styles: Any) -> Iterator[str]:
    """The page style that the first paragraph, or table, asks for, itself or through what its style follows."""
    kinds = {f"{TEXT}p": "paragraph", f"{TEXT}h": "paragraph", f"{TABLE}table": "table"}
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    first = None if body is None else next(body.iter(*kinds), None)
    if first is None:
        return
    known = {(each.get(f"{STYLE}family"), name_of(each)): each
             for root in (styles, content) for each in root.iter(f"{STYLE}style")}  # fmt: skip
    family = kinds[first.tag]
    name = first.get(f"{TABLE if family == 'table' else TEXT}style-name", "")
    seen: set[str] = set()
    while (family, name) in known and name not in seen:
        seen.add(name)
        style = known[family, name]
        if style.get(f"{STYLE}master-page-name"):
            yield style.get(f"{STYLE}master-page-name")
        name = style.get(f"{STYLE}parent-style-name", "")


def _manifest(made: dict[str, bytes]) -> bytes:
    kinds = {"xml": "text/xml", **MEDIA_TYPES}
    entries = [("/", KIND), *((name, kinds[name.rpartition(".")[2]]) for name in made if name != MIMETYPE)]
    told = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in entries
    )
    head = f'<manifest:manifest xmlns:manifest="{MANIFEST[1:-1]}" manifest:version="1.3">'
    return f"{head}{told}</manifest:manifest>".encode()
