"""What a paper takes of an OpenDocument template: styles, and the pages it goes through. The rest is never copied.

A list of what is kept, not of what is feared: the body is made anew, the styles go through ``odt_cleaning``, and the
only links are to pictures of heads and feet. Nothing of the template can call, run, or tell who worked on it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from conseil_dla.ground.french import listed, quoted
from conseil_dla.papers.documents import document as words
from conseil_dla.papers.documents.bare_pictures import KINDS, TALKATIVE, bare
from conseil_dla.papers.documents.document import BadTemplate, Letterhead, told_of
from conseil_dla.papers.documents.odt_cleaning import DRAW, OBJECTS, OFFICE, STYLE, TABLE, TEXT, Cleaner, name_of
from conseil_dla.papers.documents.packing import MIMETYPE, put_together
from conseil_dla.papers.documents.style_names import decoded
from conseil_dla.papers.documents.unpacking import drop, elements, members, parsed, unparsed

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
    kinds = {"xml": "text/xml", **KINDS}
    entries = [("/", KIND), *((name, kinds[name.rpartition(".")[2]]) for name in made if name != MIMETYPE)]
    told = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in entries
    )
    head = f'<manifest:manifest xmlns:manifest="{MANIFEST[1:-1]}" manifest:version="1.3">'
    return f"{head}{told}</manifest:manifest>".encode()
