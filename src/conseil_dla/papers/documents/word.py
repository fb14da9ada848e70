"""A paper as a Word file (.docx), in the styles of a template: everything it looks like can be changed in Word.

Named styles alone say how a text looks; a template that lacks one lends the nearest that it has, and that is told.
Texts are put in as runs, never as fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from lxml.etree import LxmlError

from conseil_dla.papers.blocks import (
    Ballot,
    Block,
    Bullets,
    CompassPicture,
    Grid,
    Heading,
    Paper,
    Paragraph,
    pieces,
    with_room,
)
from conseil_dla.papers.documents import compass_png
from conseil_dla.papers.documents.archives import packed
from conseil_dla.papers.documents.document import BadTemplate, Made
from conseil_dla.papers.documents.style_names import NAMES, NEAREST, found_by, same
from conseil_dla.papers.documents.word_letterhead import letterhead

STYLE_TYPES = {"paragraph": WD_STYLE_TYPE.PARAGRAPH, "table": WD_STYLE_TYPE.TABLE}
PICTURE = Cm(9)
LEAST_ROOM = Cm(4)
"""Width of the text."""
LONGEST_TITLE = 255
"""Characters of a property, by the format (ISO/IEC 29500-2, core properties as Word takes them)."""
BALLOT = (8, 1, 8, 1)
"""Widths of an option and of its number of hands, twice on a row."""
NO_FIRST_ROW = "0480"
"""How a table without titles takes its style: its first row is as the others."""
ROOM = Cm(0.9)
"""Least height of a row with room to write."""


def write(paper: Paper, template: bytes) -> Made:
    """The file. Raises ``BadTemplate`` when the template is no Word document."""
    bare = letterhead(template)
    document = _opened(bare.data)
    try:
        writer = _Writer(document)
        writer.put(paper)
    except XmlchemyError as error:  # a style without what every style has
        raise BadTemplate from error
    document.core_properties.title = paper.title[:LONGEST_TITLE]
    file = BytesIO()
    document.save(file)
    return Made(packed(file.getvalue()), tuple(writer.missing.items()), bare.told)


def _opened(template: bytes) -> Any:
    try:
        document = Document(BytesIO(template))
        page = document.sections[-1]
        room = page.page_width - page.left_margin - page.right_margin  # type: ignore[operator]
    except (
        OpcError,
        BadZipFile,
        LxmlError,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        OSError,
    ) as error:
        raise BadTemplate from error
    if room < LEAST_ROOM:
        raise BadTemplate("ses marges ne laissent pas de place au texte")
    return document


class _Writer:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.missing: dict[str, str] = {}
        """Styles that the template lacks, and what stands for each, in the words of its user."""
        self.styles = {style.style_id: style for style in document.styles}
        self.known = {kind: _names(document, type) for kind, type in STYLE_TYPES.items()}
        self.plain = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)

    def put(self, paper: Paper) -> None:
        self._text(paper.subtitle, "subtitle")
        self._text(paper.title, "title")
        for block, is_left in with_room(paper.blocks):
            self._block(block)
            if is_left:
                self._text("", "quiet")
        self._foot(paper.footer)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level, apart):
                self._text(text, f"heading {level}").paragraph_format.page_break_before = apart or None
            case Paragraph(text, tone):
                self._text(text, tone)
            case Bullets(items, boxes):
                for item in items:
                    self._text(item, "box" if boxes else "bullet")
            case Grid():
                self._table(block)
            case Ballot():
                self._ballot(block)
            case CompassPicture():
                self._picture(block)

    def _text(self, text: str, style: str) -> Any:
        paragraph = self.document.add_paragraph()
        if (found := self._style(style)) is not None:
            self._dress(paragraph, found)
        _say(paragraph, text)
        return paragraph

    def _dress(self, paragraph: Any, style: Any) -> None:
        """What ``paragraph.style = style`` does, which looks through every style of the template each time."""
        paragraph._p.style = None if style is None or style == self.plain else style.style_id

    def _style(self, name: str, kind: Literal["paragraph", "table"] = "paragraph") -> Any:
        """The template's own style, else the nearest; None is the plain one. ``name`` is one of ``NAMES``."""
        for known in (name, *NEAREST.get(name, ())):
            id = found_by(known, self.known[kind])
            if id:
                if known != name:
                    self.missing[NAMES[name][0]] = NAMES[known][0]
                return self.styles[id]
        if name != "body":
            self.missing[NAMES[name][0]] = ""
        return None

    def _table(self, grid: Grid) -> None:
        table = self.document.add_table(0, len(grid.titles), style=self._style("table", "table"))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        if not any(grid.titles) and (look := table._tbl.tblPr.find(qn("w:tblLook"))) is not None:
            look.set(qn("w:val"), NO_FIRST_ROW)
            look.set(qn("w:firstRow"), "0")
        widths = self._widths(grid)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, cells in enumerate((grid.titles, *grid.rows)):
            if not any(grid.titles) and number == 0:
                continue
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            elif len(cells) > 1 and not any(cells[1:]):
                row.height = ROOM * grid.room
            for cell, text, width in zip(row.cells, cells, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                self._dress(paragraph, self._style("cell" if number else "column"))
                _say(paragraph, text)

    def _ballot(self, ballot: Ballot) -> None:
        """A table: the question over all of it, then two options a row, each with room for a number of hands."""
        table = self.document.add_table(0, len(BALLOT), style=self._style("table", "table"))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        widths = self._shared(BALLOT)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        cells = table.add_row().cells
        merged = cells[0].merge(cells[-1])
        merged._tc.get_or_add_tcPr().append(_shade())
        head = merged.paragraphs[0]
        head.style = self._style("column")
        head.add_run(ballot.question)
        head.paragraph_format.keep_with_next = True
        if ballot.note:
            merged.add_paragraph(ballot.note, style=self._style("quiet")).paragraph_format.keep_with_next = True
        for first in range(0, len(ballot.options), 2):
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            is_last = first + 2 >= len(ballot.options)
            for number, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
                cell.width = width
                options = ballot.options[first + number // 2 : first + number // 2 + 1] if number % 2 == 0 else ()
                paragraph = cell.paragraphs[0]
                self._dress(paragraph, self._style("answer" if options else "cell"))
                paragraph.paragraph_format.keep_with_next = None if is_last else True
                paragraph.add_run("".join(options))

    def _widths(self, grid: Grid) -> Sequence[Emu]:
        return self._shared(grid.shares or (1,) * len(grid.titles))

    def _shared(self, shares: Sequence[int]) -> Sequence[Emu]:
        """The width of the page, shared out."""
        section = self.document.sections[-1]
        room = section.page_width - section.left_margin - section.right_margin
        return [Emu(room * share // sum(shares)) for share in shares]

    def _picture(self, picture: CompassPicture) -> None:
        paragraph = self.document.add_paragraph(style=self._style("body"))
        shape = paragraph.add_run().add_picture(BytesIO(compass_png.drawn(picture)), width=PICTURE)
        described = shape._inline.docPr
        described.set("name", "Boussole")
        described.set("descr", picture.told)

    def _foot(self, text: str) -> None:
        """A line under what the template's own foot says: the text, then the number of the page."""
        for section in self.document.sections:
            feet = [section.footer]
            if section.different_first_page_header_footer:
                feet.append(section.first_page_footer)
            if self.document.settings.odd_and_even_pages_header_footer:
                feet.append(section.even_page_footer)
            for foot in feet:
                if foot.is_linked_to_previous:
                    foot.is_linked_to_previous = False
                first = foot.paragraphs[0] if foot.paragraphs else foot.add_paragraph()
                is_free = not _shows(first._p)
                paragraph = first if is_free else foot.add_paragraph()
                paragraph.style = self._style("foot")
                paragraph.add_run(f"{text}\t" if text else "\t")
                _page_number(paragraph)


def _say(paragraph: Any, text: str) -> None:
    """A text, its blanks standing out."""
    for piece, is_blank in pieces(text):
        run = paragraph.add_run(piece)
        if is_blank:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _names(document: Any, kind: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Ids of the styles of a kind, by their names, then by their ids, which Word writes in its own language."""
    styles = [style for style in document.styles if style.type == kind]
    others = [(style, style.element.find(qn("w:aliases"))) for style in styles]
    aliases = {same(name): style.style_id for style, each in others if each is not None
               for name in each.get(qn("w:val"), "").split(",")}  # fmt: skip
    return (
        {**aliases, **{same(style.name): style.style_id for style in reversed(styles) if style.name}},
        {same(style.style_id): style.style_id for style in styles},
    )


def _shows(paragraph: Any) -> bool:
    """Whether there is anything to see, be it a picture or a number of page, or a place of its own on the page."""
    seen = (qn(f"w:{name}") for name in ("t", "drawing", "pict", "fldSimple", "instrText", "sym", "framePr"))
    return next(paragraph.iter(*seen), None) is not None


def _shade() -> Any:
    """Grey behind a question: tables that touch are one to Word, and only its first row would have the style's."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEEEEE")):
        shade.set(qn(f"w:{name}"), value)
    return shade


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, shown = OxmlElement("w:r"), OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
