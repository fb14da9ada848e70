"""Which page of a Word template a paper has: several sections become one, as a first page and the following ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conseil_dla.papers.documents.unpacking import drop, parsed, split
from conseil_dla.papers.documents.word_cleaning import NAMES, R, W, is_on

KEPT = {"pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "vAlign", "titlePg",
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
        if space != W[1:-1] or name not in KEPT or name == "titlePg":
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
            heads = section.findall(f"{W}headerReference") + section.findall(f"{W}footerReference")
            size = section.findall(f"{W}pgSz")
            section.insert(len(heads) + len(size), usual)
            continue
        for name, value in usual.attrib.items():
            own.set(name, own.get(name, value))


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0
