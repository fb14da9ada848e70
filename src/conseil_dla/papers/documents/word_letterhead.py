"""What a paper takes of a Word template: styles, lists, colours, page, heads and feet. The rest is never copied.

A list of what is kept, not of what is feared: parts are put together anew in a package of our own, with the pictures of
heads and feet for their only links, so that nothing of the template can call, run, or tell who worked on it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from conseil_dla.papers.documents import document as words
from conseil_dla.papers.documents.archives import (
    HAS_PROGRAMS,
    drop,
    elements,
    members,
    parsed,
    put_together,
    split,
    unparsed,
)
from conseil_dla.papers.documents.bare_pictures import MEDIA_TYPES, TALKATIVE, bare
from conseil_dla.papers.documents.document import BadTemplate, Letterhead, told_of
from conseil_dla.papers.documents.word_cleaning import NAMES, Cleaner, R, W, is_on

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
MAIN, DOTX = KIND.format("document.main"), KIND.format("template.main")
KEPT = {"styles": "styles", "numbering": "numbering", "settings": "settings", "fontTable": "fonts", "theme": "theme"}
"""Parts that a paper takes as they are once cleaned, and the root of each."""
SETTINGS = {"mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter",
            "gutterAtTop", "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone",
            "doNotHyphenateCaps", "evenAndOddHeaders", "characterSpacingControl", "compat", "themeFontLang",
            "clrSchemeMapping", "decimalSymbol", "listSeparator"}  # fmt: skip
"""Settings that change what a page looks like; others say who worked on it, when, and with what."""
CORE_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title/><dc:creator/></cp:coreProperties>'
)


@lru_cache(maxsize=4)
def letterhead(template: bytes) -> Letterhead:
    """The template made bare. Raises ``BadTemplate``."""
    return _Package(members(template)).letterhead()


@dataclass(frozen=True, slots=True)
class _Link:
    kind: str
    """Last word of its type."""
    target: str
    """Name of a member; empty for what lies elsewhere."""


@dataclass(slots=True)
class _Package:
    given: dict[str, bytes]
    left: set[str] = field(default_factory=set)
    talks: bool = False
    made: dict[str, bytes] = field(default_factory=dict)
    types: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Of the document: the kind and the name of each part."""
    pictures: dict[bytes, str] = field(default_factory=dict)

    def letterhead(self) -> Letterhead:
        main, links = self._main()
        body = parsed(self.given[main]).find(f"{W}body")
        if body is None:
            raise BadTemplate
        self._note(body, links)
        cleaner = Cleaner(self.left)
        for kind, root in KEPT.items():
            self._keep(kind, root, links, cleaner)
        section, told = section_of(body, lambda id: self._is_blank(links.get(id)))
        references = [
            (each, each.get(f"{R}id", "")) for each in section.iter(f"{W}headerReference", f"{W}footerReference")
        ]
        cleaner.clean(section, {})
        for reference, id in references:
            link = links.get(id)
            place = split(reference.tag)[1].removesuffix("Reference")
            if link is None or link.kind != place or link.target not in self.given:
                drop(reference)
            else:
                reference.set(f"{R}id", self._head(place, link.target, cleaner))
        page = f"<w:document {NAMES}><w:body/></w:document>".encode()
        root = parsed(page)
        root[0].append(section)
        self.made["word/document.xml"] = unparsed(root)
        self._close()
        return Letterhead(put_together(self.made), told_of(self.left, told, words.TALKS if self.talks else ""))

    def _main(self) -> tuple[str, dict[str, _Link]]:
        """The name of the document in the archive, and its links. Raises ``BadTemplate``."""
        if "[Content_Types].xml" not in self.given:
            raise BadTemplate
        kinds = [(each.get("PartName", "").lstrip("/"), each.get("ContentType", ""))
                 for each in parsed(self.given["[Content_Types].xml"])]  # fmt: skip
        if any("macroenabled" in kind.lower() or "vba" in kind.lower() for _, kind in kinds):
            raise BadTemplate(HAS_PROGRAMS)
        main = next((link.target for link in self._links("").values() if link.kind == "officeDocument"), "")
        if main not in self.given or dict(kinds).get(main) not in (MAIN, DOTX):
            raise BadTemplate
        links = self._links(main)
        if any("vba" in link.kind.lower() for link in links.values()):
            raise BadTemplate(HAS_PROGRAMS)
        if split(parsed(self.given[main]).tag) != (W[1:-1], "document"):
            raise BadTemplate("il n’est pas dans le format Word ordinaire (c’est peut-être « Open XML strict »)")
        return main, links

    def _links(self, part: str) -> dict[str, _Link]:
        """Where a part leads, by id; the archive itself is the part without a name."""
        folder, name = posixpath.split(part)
        listed = self.given.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        if listed is None:
            return {}
        found = {}
        for each in parsed(listed):
            target = each.get("Target", "")
            is_elsewhere = each.get("TargetMode", "Internal") != "Internal"
            where = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id", "")] = _Link(each.get("Type", "").rpartition("/")[2], "" if is_elsewhere else where)
            if is_elsewhere:
                self.left.add(words.LINKS)
        return found

    def _note(self, body: Any, links: dict[str, _Link]) -> None:
        """What is told of a body that is replaced: what may not be known to be there, and what a logo becomes."""
        kinds = {link.kind.lower() for link in links.values()}
        names = {split(each.tag)[1] for each in elements(body)}
        for word, signs, tags in (
            (words.COMMENTS, {"comments"}, {"commentReference"}),
            (words.CHANGES, set(), {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange"}),
            (words.NOTES, set(), {"footnoteReference", "endnoteReference"}),
            (words.OBJECTS, {"oleobject", "package", "control", "afchunk", "subdocument"}, {"OLEObject", "altChunk"}),
            (words.BODY_PICTURES, set(), {"blip", "imagedata"}),
        ):
            if kinds & signs or names & tags:
                self.left.add(word)

    def _keep(self, kind: str, root_name: str, links: dict[str, _Link], cleaner: Cleaner) -> None:
        target = next((link.target for link in links.values() if link.kind == kind), "")
        if target not in self.given:
            return
        self._links(target)
        root = parsed(self.given[target])
        if split(root.tag)[1] != root_name:
            raise BadTemplate
        if kind == "settings":
            for child in list(root):
                if split(child.tag)[0] != W[1:-1] or split(child.tag)[1] not in SETTINGS:
                    drop(child)
        cleaner.clean(root, {})
        if kind == "styles":
            cleaner.learn(root)
        name = "theme/theme1" if kind == "theme" else kind
        type = "application/vnd.openxmlformats-officedocument.theme+xml" if kind == "theme" else KIND.format(kind)
        self._add(f"word/{name}.xml", type, kind, root)

    def _is_blank(self, link: _Link | None) -> bool:
        """Whether a head shows neither text nor picture."""
        if link is None or link.target not in self.given:
            return True
        root = parsed(self.given[link.target])
        return not "".join(root.itertext()).strip() and not any(root.iter(f"{W}drawing", f"{W}pict"))

    def _head(self, place: str, target: str, cleaner: Cleaner) -> str:
        """A head or a foot with its pictures; gives its id."""
        root = parsed(self.given[target])
        kept: dict[str, str] = {}
        for id, link in self._links(target).items():
            if link.kind == "image" and link.target in self.given and (name := self._picture(link.target)):
                kept[id] = name
        cleaner.clean(root, {id: f"rId{number}" for number, id in enumerate(kept, 1)})
        name = f"{place}{len(self.links)}"
        self.made[f"word/_rels/{name}.xml.rels"] = _relations(("image", picture) for picture in kept.values())
        return self._add(f"word/{name}.xml", KIND.format(place), place, root)

    def _picture(self, name: str) -> str:
        """The name of a picture in the paper; empty when it is not kept."""
        found = bare(self.given[name])
        if found is None:
            return ""
        kind, data = found
        self.talks = self.talks or kind in TALKATIVE
        if data not in self.pictures:
            self.pictures[data] = f"media/image{len(self.pictures) + 1}.{kind}"
            self.made[f"word/{self.pictures[data]}"] = data
        return self.pictures[data]

    def _add(self, name: str, type: str, kind: str, root: Any) -> str:
        self.made[name] = unparsed(root)
        self.types.append((name, type))
        self.links.append((kind, name.removeprefix("word/")))
        return f"rId{len(self.links)}"

    def _close(self) -> None:
        """What binds the parts together."""
        types = [*self.types, ("word/document.xml", MAIN),
                 ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]  # fmt: skip
        ends = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            **MEDIA_TYPES,
        }
        told = [f'<Default Extension="{end}" ContentType="{type}"/>' for end, type in ends.items()]
        told += [f'<Override PartName="/{name}" ContentType="{type}"/>' for name, type in types]
        self.made["[Content_Types].xml"] = f'<Types xmlns="{TYPES}">{"".join(told)}</Types>'.encode()
        self.made["docProps/core.xml"] = CORE_PROPERTIES
        self.made["_rels/.rels"] = _relations((("officeDocument", "word/document.xml"), (CORE, "docProps/core.xml")))
        self.made["word/_rels/document.xml.rels"] = _relations(self.links)


def _relations(links: Iterable[tuple[str, str]]) -> bytes:
    told = [
        f'<Relationship Id="rId{number}" Type="{kind if ":" in kind else f"{R[1:-1]}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    ]
    return f'<Relationships xmlns="{RELATIONS}">{"".join(told)}</Relationships>'.encode()


OF_A_PAGE = {"pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "vAlign", "titlePg",
        "textDirection", "bidi", "rtlGutter", "docGrid"}  # fmt: skip
"""What a section says of its page; others are links and traces of work."""
A4 = (
    f'<w:sectPr {NAMES}><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1247" w:bottom="1134" '
    'w:left="1247" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
).encode()
"""For a template that says nothing of its page."""
NUMBERS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq"}
EDGE, FOOT = 300, "567"
"""Twentieths of a point from the edge of the sheet: nearer than the first no foot is printed, the second is usual."""
Heads = dict[tuple[str, str], str]
"""Ids of the links to heads and feet, by « header » or « footer » and « default », « first » or « even »."""


def section_of(body: Any, is_blank: Callable[[str], bool]) -> tuple[Any, str]:
    """The one section of the paper, and the sentence that tells what of the others it has; ``is_blank`` is of a link.

    The page is that of the first section. With one more, of the same size and with heads of its own: the first page has
    the heads of the first, the following pages those of the last.
    """
    sections = [each for each in body.iter(f"{W}sectPr") if each.getparent().tag in (f"{W}pPr", f"{W}body")]
    if not sections:
        return parsed(A4), ""
    resolved = list(_resolved(sections))
    section, first, last = sections[0], resolved[0], resolved[-1]
    is_apart = is_on(section.find(f"{W}titlePg"))
    heads, told = first, "le papier prend la page, l’en-tête et le pied de la première"
    if _following(first) != _following(last) and _size(section) == _size(sections[-1]):
        shown = {
            (place, "first"): id for (place, kind), id in first.items() if kind == ("first" if is_apart else "default")
        }
        is_apart = not all(map(is_blank, shown.values()))
        heads = {**_following(last), **(shown if is_apart else {})}
        told = "la première page du papier prend l’en-tête et le pied de la première, les suivantes ceux de la dernière"
        if not is_apart:
            told = "le papier prend la page de la première, l’en-tête et le pied de la dernière"
    used, there = set(heads.values()), {id for each in resolved for id in each.values()}
    is_told = there - used or _following(first) != _following(last) or len(set(map(_size, sections))) > 1
    number = NUMBERS.get(len(sections), str(len(sections)))
    rest = " ; les autres ne servent pas" if there - used else ""
    _rebuild(section, heads, apart=is_apart)
    drop(section)
    return section, f"le gabarit a {number} sections : {told}{rest}" if len(sections) > 1 and is_told else ""


def _resolved(sections: list[Any]) -> Iterator[Heads]:
    """The heads and feet of each: what a section does not say is as in the one before."""
    heads: Heads = {}
    for section in sections:
        own = {
            (place, each.get(f"{W}type", "default")): each.get(f"{R}id", "")
            for place in ("header", "footer")
            for each in section.findall(f"{W}{place}Reference")
        }
        heads = {**heads, **own}
        yield heads


def _following(heads: Heads) -> Heads:
    return {place: id for place, id in heads.items() if place[1] != "first"}


def _size(section: Any) -> tuple[str, str]:
    size = section.find(f"{W}pgSz")
    return ("", "") if size is None else (size.get(f"{W}w", ""), size.get(f"{W}h", ""))


def _rebuild(section: Any, heads: Heads, *, apart: bool) -> None:
    for child in list(section):
        space, name = split(child.tag)
        if space != W[1:-1] or name not in OF_A_PAGE or name == "titlePg":
            drop(child)
    for number, ((place, kind), id) in enumerate(heads.items()):
        reference = section.makeelement(f"{W}{place}Reference", {f"{W}type": kind, f"{R}id": id})
        section.insert(number, reference)
    if apart:
        after = [each for each in section if split(each.tag)[1] in ("textDirection", "bidi", "rtlGutter", "docGrid")]
        where = section.index(after[0]) if after else len(section)
        section.insert(where, section.makeelement(f"{W}titlePg", {}))
    _complete(section)
    margins = section.find(f"{W}pgMar")
    has_foot = any(place == "footer" for place, _ in heads)
    if not has_foot and _number(margins.get(f"{W}footer", "0")) < EDGE:
        margins.set(f"{W}footer", FOOT)


def _complete(section: Any) -> None:
    """What a section does not say of its page, for who counts with it."""
    for usual in parsed(A4):
        own = section.find(usual.tag)
        if own is None:
            after = sum(len(section.findall(W + name)) for name in ("headerReference", "footerReference", "pgSz"))
            section.insert(after, usual)
            continue
        for name, value in usual.attrib.items():
            own.set(name, own.get(name, value))


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0
