"""The parts of Word that a paper keeps, bare: no link, no field that fetches, no trace of who worked on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conseil_dla.papers.documents import document as words
from conseil_dla.papers.documents.archives import ELSEWHERE, FILE_NAME, drop, elements, is_within, split, unwrap

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"
OFFICE = "http://schemas.microsoft.com/office/word/"
NAMES = f'xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}"'
A, V = f"{DRAWN}main", "urn:schemas-microsoft-com:vml"
OLD = "urn:schemas-microsoft-com:office:office"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHAPES = {f"{OFFICE}2010/wordprocessingShape", f"{OFFICE}2010/wordprocessingGroup",
          f"{OFFICE}2010/wordprocessingDrawing", f"{OFFICE}2010/wordml"}  # fmt: skip
SPACES = {W[1:-1], A, V, OLD, MC, f"{DRAWN}picture", f"{DRAWN}wordprocessingDrawing", *SHAPES,
          "urn:schemas-microsoft-com:office:word",
          "http://schemas.openxmlformats.org/officeDocument/2006/math"}  # fmt: skip
"""What the elements of a kept part may belong to; charts, diagrams, ink, models in three dimensions do not."""
DROPPED = {
    words.COMMENTS: {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"},
    words.NOTES: {"footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"},
    words.CHANGES: {"del", "moveFrom", "delText", "delInstrText", "rPrChange", "pPrChange", "sectPrChange",
                    "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange",
                    "cellIns", "cellDel", "cellMerge"},
    words.OBJECTS: {"object", "control", "altChunk", "subDoc", "contentPart", "movie", "binData"},
    words.FONTS: {"embedRegular", "embedBold", "embedItalic", "embedBoldItalic"},
    "": {"bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sdtPr", "sdtEndPr", "smartTagPr",
         "customXmlPr", "ffData", "fldData", "rsid", "numPicBullet", "lvlPicBulletId", "lastRenderedPageBreak", "divId",
         "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
         "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
         "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"},
}  # fmt: skip
"""Elements of Word that go with what they hold, by what is told of them."""
GOES = {name: word for word, names in DROPPED.items() for name in names}
UNWRAPPED = {"ins": words.CHANGES, "moveTo": words.CHANGES, "hyperlink": words.LINKS, "smartTag": "", "customXml": "",
             "sdt": "", "sdtContent": ""}  # fmt: skip
"""Elements that go and leave what they hold."""
OF_DRAWINGS = {"extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile", "quickTimeFile",
               "wavAudioFile", "audioCd", "snd"}  # fmt: skip
CALLS = {"src", "href", "althref", "gfxdata", "relid", "oleid"}
"""Attributes of old drawings that lead elsewhere, or hold a file of their own."""
PICTURES = {(A, "blip"), (V, "imagedata")}
CODE = re.compile(
    r'\s*(PAGE|NUMPAGES|SECTION|SECTIONPAGES|TITLE|DATE|TIME)(\s+\\[*@#]\s*("[^"\\]*"|[^\s"\\]+))*\s*', re.IGNORECASE
)
"""Fields that are kept: they show what the paper itself knows."""
LONGEST_CODE = 200
STYLE_KINDS = {"paragraph", "character", "table", "numbering"}


@dataclass(slots=True)
class Cleaner:
    """Cleans parts one after the other, and notes in ``left`` what was there (words of ``document.NOTABLE``)."""

    left: set[str]
    hidden: set[str] = field(default_factory=set)
    """Ids of styles whose text does not show."""

    def learn(self, styles: Any) -> None:
        """Which styles hide; those without an id or of no known kind go, since nothing can use them."""
        for style in styles.findall(f"{W}style"):
            if not style.get(f"{W}styleId") or style.get(f"{W}type", "paragraph") not in STYLE_KINDS:
                drop(style)
            elif is_on(style.find(f"{W}rPr/{W}vanish")):
                self.hidden.add(style.get(f"{W}styleId"))

    def clean(self, root: Any, pictures: Mapping[str, str]) -> None:
        """Clean a part; ``pictures`` are the links that stay, from the id they had to the one they have."""
        self._fields(root)
        for element in elements(root):
            if is_within(element, root):
                self._element(element, pictures)

    def _element(self, element: Any, pictures: Mapping[str, str]) -> None:
        space, name = split(element.tag)
        if space == W[1:-1] and self._word(element, name):
            return
        if space not in SPACES or (space == OLD and name != "lock") or (space == A and name in OF_DRAWINGS):
            self.left |= {words.OBJECTS} if name == "OLEObject" else set()
            drop(element)
        elif (space, name) == (MC, "AlternateContent"):
            _choose(element)
        elif not self._attributes(element, (space, name), pictures):
            self.left.add(words.UNSAFE)
            around = [each for each in element.iterancestors(f"{W}drawing", f"{W}pict")]
            for each in around[:1]:
                drop(each)

    def _word(self, element: Any, name: str) -> bool:
        """What becomes of an element of Word; false when it stays."""
        if name == "del" and element.getparent().tag == f"{W}trPr":
            element = element.getparent().getparent()
        elif name in UNWRAPPED:
            self.left.add(UNWRAPPED[name])
            unwrap(element)
            return True
        if name in GOES:
            self.left.add(GOES[name])
        elif name == "r" and self._is_hidden(element):
            self.left.add(words.HIDDEN)
        elif not (name == "sectPr" and element.getparent() is not None and element.getparent().tag == f"{W}pPr"):
            return False
        drop(element)
        return True

    def _is_hidden(self, run: Any) -> bool:
        styles = [*run.findall(f"{W}rPr/{W}rStyle"), *run.findall(f"../{W}pPr/{W}pStyle")]
        return is_on(run.find(f"{W}rPr/{W}vanish")) or any(each.get(f"{W}val") in self.hidden for each in styles)

    def _attributes(self, element: Any, tag: tuple[str, str], pictures: Mapping[str, str]) -> bool:
        """Clean them; false for a picture whose link does not stay."""
        shows = tag not in PICTURES
        for full, value in list(element.attrib.items()):
            space, name = split(full)
            if space == R[1:-1] and tag in PICTURES and name in ("embed", "id", "pict") and value in pictures:
                element.set(full, pictures[value])
                shows = True
            elif name == "name" and tag[1] in ("docPr", "cNvPr"):
                element.set(full, f"Dessin {element.get('id', '')}".strip())
            elif name in ("descr", "title", "alt"):
                if FILE_NAME.search(value) or tag[0] in (V, OLD):
                    del element.attrib[full]
            elif name != "uri" and (ELSEWHERE.match(value) or (space == R[1:-1] and name in ("link", "href"))):
                self.left.add(words.LINKS)
                del element.attrib[full]
            elif space == R[1:-1] or _is_trace(name) or (tag[0] in (V, OLD) and name in CALLS):
                del element.attrib[full]
        return shows

    def _fields(self, root: Any) -> None:
        """Fields that could fetch, tell or run become the text that they last showed."""
        opened: list[_Field] = []
        for element in elements(root):
            if element.tag == f"{W}fldSimple" and not _is_harmless(element.get(f"{W}instr", "")):
                self.left.add(words.FIELDS)
                unwrap(element)
            elif element.tag != f"{W}rPr" and element.getparent() is not None and element.getparent().tag == f"{W}r":
                self._in_run(element, opened)
        for each in opened:
            self._close(each, ended=False)

    def _in_run(self, element: Any, opened: list[_Field]) -> None:
        """One thing of a run: a mark of a field, a piece of its code, or what stands there."""
        mark = element.get(f"{W}fldCharType", "") if element.tag == f"{W}fldChar" else ""
        for each in opened:
            if each.in_code:
                each.parts.append(element)
        if mark == "begin":
            opened.append(_Field([element]))
        elif mark and opened:
            opened[-1].in_code = False
            opened[-1].parts.append(element)
            if mark == "end":
                self._close(opened.pop())
        elif element.tag == f"{W}instrText" and opened:
            opened[-1].code += element.text or ""
        elif element.tag in (f"{W}instrText", f"{W}fldChar"):
            drop(element)

    def _close(self, field: _Field, *, ended: bool = True) -> None:
        if not ended or not _is_harmless(field.code):
            self.left.add(words.FIELDS)
            for part in field.parts:
                drop(part)


def _is_trace(name: str) -> bool:
    """Whether an attribute says in which sitting a text was written."""
    return name.startswith("rsid") or name in ("paraId", "textId")


def _is_harmless(code: str) -> bool:
    return len(code) <= LONGEST_CODE and CODE.fullmatch(code) is not None


@dataclass(slots=True)
class _Field:
    parts: list[Any]
    """What goes with it: its marks, and all that stands in its code."""
    code: str = ""
    in_code: bool = True


def _choose(alternatives: Any) -> None:
    """Of drawings told in several ways, keep those that are known; the oldest is for who knows none of them."""
    for each in list(alternatives):
        needed = {each.nsmap.get(prefix, "") for prefix in each.get("Requires", "").split()}
        if split(each.tag)[1] == "Choice" and not (needed and needed <= SHAPES):
            drop(each)
    if not any(split(each.tag)[1] == "Choice" for each in alternatives):
        for each in list(alternatives):
            unwrap(each)
        unwrap(alternatives)


def is_on(element: Any) -> bool:
    """Whether a property that is there or not, or said to be « true » or not, holds."""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off")
