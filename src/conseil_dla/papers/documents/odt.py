"""A paper as an OpenDocument text (.odt), in the styles of a template: how it looks is changed in LibreOffice.

Named styles say how a text looks; only the widths of columns, borders of cells and page breaks are set here, since
LibreOffice has no named styles for them. Texts are put in as texts, never as fields.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile

from lxml.etree import LxmlError
from odfdo import Document, Element

from conseil_dla.papers.blocks import (
    Ballot,
    Block,
    Bullets,
    CompassPicture,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Tone,
    pieces,
    with_room,
)
from conseil_dla.papers.documents import compass_png
from conseil_dla.papers.documents.archives import packed
from conseil_dla.papers.documents.document import BadTemplate, Made
from conseil_dla.papers.documents.odt_letterhead import PLAIN, letterhead
from conseil_dla.papers.documents.style_names import NAMES, NEAREST, decoded, found_by, same

TONES: dict[Tone, str] = {"body": "text", "lead": "lead", "quote": "quote", "quiet": "quiet"}
SHOWN = {"title": "Titre principal", "bullet": "Puce", "list": "Liste"}
"""Names that LibreOffice has in French where Word has others."""
HEADS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
"""What a page style holds, in the order of the format."""
LISTS = {False: ("bullets", "bullet"), True: ("boxes", "box")}
ANSWERS = ("boxes", "answer")
PICTURE = ("9cm", "7.53cm")
BALLOT = (8, 1, 8, 1)
"""Widths of an option and of its number of hands, twice on a row."""
TIGHT = "0.04cm"
"""Around the text of a ballot's cell."""
ROOM = 0.9
"""Least height of a row with room to write, in centimetres."""
BORDER = "0.5pt solid #777777"


def write(paper: Paper, template: bytes) -> Made:
    """The file. Raises ``BadTemplate`` when the template is no OpenDocument text."""
    bare = letterhead(template)
    document = _opened(bare.data)
    writer = _Writer(document, bare.masters)
    writer.put(paper)
    _say_nothing_else(document, paper.title)
    file = BytesIO()
    document.save(file)
    return Made(packed(file.getvalue()), tuple(writer.missing.items()), bare.told)


def _opened(template: bytes) -> Any:
    try:
        document = Document(BytesIO(template))
        document.get_styles("paragraph")
    except (BadZipFile, LxmlError, KeyError, ValueError, AttributeError, TypeError, OSError) as error:
        raise BadTemplate from error
    return document


def _say_nothing_else(document: Any, title: str) -> None:
    """Of all that a file may say of itself, keep its title and its language."""
    document.meta.generator = "-"  # said, or the library would say its own name when saving; it goes below
    meta = document.meta.get_meta_body()
    for child in list(meta.children):
        if child.tag != "dc:language":
            meta.delete(child)
    document.meta.set_title(title)


def _made(tag: str, text: str = "", **attributes: str) -> Any:
    """An element; ``table_style_name`` stands for the attribute ``table:style-name``."""
    element = Element.from_tag(tag)
    for name, value in attributes.items():
        prefix, _, rest = name.partition("_")
        element.set_attribute(f"{prefix}:{rest.replace('_', '-')}", value)
    if text:
        element.text = text
    return element


class _Writer:
    def __init__(self, document: Any, masters: tuple[str, ...]) -> None:
        self.document = document
        self.masters = masters
        self.missing: dict[str, str] = {}
        """Styles that the template lacks, and what stands for each, in the words of LibreOffice."""
        self.known = {family: _names(document, family) for family in ("paragraph", "list")}
        self.own: set[str] = set()
        """Names of the styles of this file alone."""
        self.tables = 0
        self.body = document.body

    def put(self, paper: Paper) -> None:
        self._first(paper.subtitle, "subtitle")
        self._text(paper.title, "title")
        for block, is_left in with_room(paper.blocks):
            self._block(block)
            if is_left:
                self._text("", "quiet")
        self._foot(paper.footer)

    def _first(self, text: str, style: str) -> None:
        """The text that begins the first page, which is the one of the template's first page."""
        known = self._style(style)
        if self.masters[0] != PLAIN:
            known = self._automatic("paragraph", "Premier", "", parent=known, master=self.masters[0])
        self.body.append(_made("text:p", text, text_style_name=known))

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level, apart):
                style = self._style(f"heading {level}")
                if apart:
                    style = self._automatic(
                        "paragraph", f"{style}.apart", "paragraph", parent=style, fo_break_before="page"
                    )
                self.body.append(_made("text:h", text, text_style_name=style, text_outline_level=str(level)))
            case Paragraph(text, tone):
                self._text(text, TONES[tone])
            case Bullets(items, boxes):
                self._list(items, *LISTS[boxes])
            case Grid():
                self._table(block)
            case Ballot():
                self._ballot(block)
            case CompassPicture():
                self._picture(block)

    def _text(self, text: str, style: str) -> None:
        self.body.append(self._said(text, self._style(style)))

    def _said(self, text: str, style: str) -> Any:
        """A paragraph, its blanks standing out."""
        paragraph = _made("text:p", text_style_name=style)
        for piece, is_blank in pieces(text):
            look = self._automatic("text", "Blanc", "text", fo_background_color="#ffff00") if is_blank else ""
            paragraph.append(_made("text:span", piece, **({"text_style_name": look} if look else {})))
        return paragraph

    def _style(self, name: str, family: Literal["paragraph", "list"] = "paragraph") -> str:
        """The template's own style, else the nearest it has (no list has a plain one); ``name`` is of ``NAMES``."""
        for known in (name, *NEAREST.get(name, ())):
            found = found_by(known, self.known[family])
            if found:
                if known != name:
                    self.missing[_shown(name)] = _shown(known)
                return found
        self.missing[_shown(name)] = ""
        return "Standard" if family == "paragraph" else ""

    def _automatic(
        self, family: str, name: str, properties: str, parent: str = "", master: str = "", **values: str
    ) -> str:
        """A style of this file alone; ``master`` is the page style that begins with it."""
        if name not in self.own:
            self.own.add(name)
            style = Element.from_tag("style:style")
            style.set_attribute("style:name", name)
            style.set_attribute("style:family", family)
            if parent:
                style.set_attribute("style:parent-style-name", parent)
            if master:
                style.set_attribute("style:master-page-name", master)
            if properties:
                style.append(_made(f"style:{properties}-properties", **values))
            self.document.insert_style(style, automatic=True)
        return name

    def _list(self, items: tuple[str, ...], bullets: str, style: str, into: Any = None) -> None:
        """A list at the end of the text, or of what it is put into."""
        look = self._style(bullets, "list")
        made = _made("text:list", **({"text_style_name": look} if look else {}))
        for item in items:
            line = _made("text:list-item")
            line.append(self._said(item, self._style(style)))
            made.append(line)
        (self.body if into is None else into).append(made)

    def _table(self, grid: Grid) -> None:
        made = self._columns(grid.shares or (1,) * len(grid.titles))
        if any(grid.titles):
            head = _made("table:table-header-rows")
            head.append(self._row(grid.titles, "column", "TitreCellule"))
            made.append(head)
        for cells in grid.rows:
            made.append(self._row(cells, "cell", "Cellule.bord", grid.room))
        self.body.append(made)

    def _columns(self, shares: tuple[int, ...]) -> Any:
        """A table with its columns, and no row yet."""
        self.tables += 1
        name = f"Tableau{self.tables}"
        made = _made("table:table", table_name=name)
        for number, share in enumerate(shares):
            width = self._automatic("table-column", f"{name}.{number}", "table-column",
                                    style_rel_column_width=f"{share * 1000}*")  # fmt: skip
            made.append(_made("table:table-column", table_style_name=width))
        return made

    def _ballot(self, ballot: Ballot) -> None:
        """A table: the question over all of it, then two options a row, each with room for a number of hands."""
        made = self._columns(BALLOT)
        kept = self._automatic("table-row", "Ligne", "table-row", fo_keep_together="always")
        head = _made("table:table-row", table_style_name=kept)
        asked = self._cell("TitreBulletin", TIGHT, table_number_columns_spanned=str(len(BALLOT)))
        asked.append(_made("text:p", ballot.question, text_style_name=self._style("column")))
        if ballot.note:
            asked.append(_made("text:p", ballot.note, text_style_name=self._style("quiet")))
        head.append(asked)
        for _ in BALLOT[1:]:
            head.append(_made("table:covered-table-cell"))
        made.append(head)
        for first in range(0, len(ballot.options), 2):
            row = _made("table:table-row", table_style_name=kept)
            for option in (*ballot.options[first : first + 2], "")[:2]:
                cell = self._cell("Bulletin.bord", TIGHT)
                if option:
                    self._list((option,), *ANSWERS, into=cell)
                row.append(cell)
                row.append(self._cell("Bulletin.bord", TIGHT))
            made.append(row)
        self.body.append(made)

    def _cell(self, edge: str, padding: str = "0.1cm", **attributes: str) -> Any:
        shade = {"fo_background_color": "#eeeeee"} if edge.startswith("Titre") else {}
        frame = self._automatic("table-cell", edge, "table-cell", fo_padding=padding, fo_border=BORDER, **shade)
        return _made("table:table-cell", table_style_name=frame, office_value_type="string", **attributes)

    def _row(self, cells: tuple[str, ...], style: str, edge: str, room: int = 1) -> Any:
        to_fill = len(cells) > 1 and not any(cells[1:])
        height = {"style_min_row_height": f"{ROOM * room:.1f}cm"} if to_fill else {}
        name = f"LigneLibre{room}" if to_fill else "Ligne"
        kept = self._automatic("table-row", name, "table-row", fo_keep_together="always", **height)
        row = _made("table:table-row", table_style_name=kept)
        for text in cells:
            cell = self._cell(edge)
            cell.append(self._said(text, self._style(style)))
            row.append(cell)
        return row

    def _picture(self, picture: CompassPicture) -> None:
        path = self.document.add_file(BytesIO(compass_png.drawn(picture)))
        wide, tall = PICTURE
        frame = _made("draw:frame", draw_name="Boussole", text_anchor_type="as-char", svg_width=wide, svg_height=tall)
        image = _made("draw:image", xlink_href=path, xlink_type="simple", xlink_show="embed", xlink_actuate="onLoad")
        frame.append(image)
        frame.append(_made("svg:title", "Boussole"))
        frame.append(_made("svg:desc", picture.told))
        paragraph = _made("text:p", text_style_name=self._style("text"))
        paragraph.append(frame)
        self.body.append(paragraph)

    def _foot(self, text: str) -> None:
        """A line under what the template's own feet say: the text, then the number of the page."""
        styles = self.document.get_part("styles")
        for page in styles.get_elements("//style:master-page"):
            kinds = {each.tag.removeprefix("style:"): each for each in page.children}
            feet = [
                "footer",
                *(f"footer-{end}" for end in ("left", "first") if {f"footer-{end}", f"header-{end}"} & {*kinds}),
            ]
            for kind in feet:
                if kind not in kinds:
                    kinds[kind] = _made(f"style:{kind}")
                kinds[kind].set_attribute("style:display", None)
                line = _made("text:p", text, text_style_name=self._style("foot"))
                line.append(_made("text:tab"))
                line.append(_made("text:page-number", "1", text_select_page="current"))
                kinds[kind].append(line)
            rest = [each for each in page.children if each.tag.removeprefix("style:") not in HEADS]
            for each in list(page.children):
                page.delete(each)
            for each in (*(kinds[name] for name in HEADS if name in kinds), *rest):
                page.append(each)
            self._room(styles, page.get_attribute("style:page-layout-name"))

    def _room(self, styles: Any, layout: str | None) -> None:
        """Between the text and a foot that the template did not have."""
        for page in styles.get_elements("//style:page-layout"):
            if page.get_attribute("style:name") != layout:
                continue
            foot = page.get_element("style:footer-style")
            if foot is None:
                foot = _made("style:footer-style")
                page.append(foot)
            if not foot.children:
                foot.append(_made("style:header-footer-properties", fo_min_height="0.8cm", fo_margin_top="0.4cm"))


def _names(document: Any, family: str) -> tuple[dict[str, str], ...]:
    """Names of the styles of a kind: as they are shown, then as they are written."""
    told = [(style.get_attribute_string("style:name"), style.get_attribute_string("style:display-name"))
            for style in document.get_styles(family)]  # fmt: skip
    names = [(name, shown or decoded(name)) for name, shown in told if name]
    return {same(shown): name for name, shown in reversed(names)}, {same(decoded(name)): name for name, _ in names}


def _shown(name: str) -> str:
    """A style's name as LibreOffice shows it."""
    return SHOWN.get(name) or NAMES[name][0]
