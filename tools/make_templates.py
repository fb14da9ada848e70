"""Make the templates of papers anew: ``python tools/make_templates.py`` writes ``knowledge/gabarits/``.

Run it only to change what the shipped templates look like from code. Experts restyle their own copies in Word or in
LibreOffice, and need no code for that: ``docs/gabarits.md`` says how.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from conseil_dla.papers.documents.archives import packed

FOLDER = Path(__file__).parents[1] / "knowledge" / "gabarits"
ODT_PARTS = Path(__file__).parent / "odt"
FONT = "Calibri"
INK, GREY = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x44, 0x44, 0x44)
KEPT = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle", "Heading 1", "Heading 2",
        "Quote", "List Bullet", "Caption", "Header", "Footer")  # fmt: skip
DROPPED = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties", "webSettings")
BOXES = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="☐"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr>
<w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:cs="Segoe UI Symbol"/></w:rPr></w:lvl>
</w:abstractNum>"""
BULLETS = BOXES.replace('"90"', '"91"').replace("☐", "•").replace("Segoe UI Symbol", FONT)
TABLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Tableaudepapier">
<w:name w:val="Tableau de papier"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="777777"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}</w:tblBorders>
<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:tcPr></w:tblStylePr>
</w:style>"""


def word() -> bytes:
    """A Word template: A4, French, and only the styles that papers use."""
    document = Document()
    _leave_out(document)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for language in defaults.iter(qn("w:lang")):
        language.attrib.clear()
        language.set(qn("w:val"), "fr-FR")
    numbers = document.part.numbering_part.element
    for child in list(numbers):
        numbers.remove(child)
    for shape in (BOXES, BULLETS):
        numbers.append(parse_xml(shape))
    for number, shape in ((1, 91), (2, 90)):
        numbers.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{shape}"/></w:num>')
        )
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    document.core_properties.author = document.core_properties.comments = ""
    for name in ("created", "modified"):
        for element in document.core_properties._element.findall(qn(f"dcterms:{name}")):
            document.core_properties._element.remove(element)
    file = BytesIO()
    document.save(file)
    return packed(file.getvalue())


def _leave_out(document: Any) -> None:
    """Parts and styles that no paper uses."""
    for part in (document.part, document.part.package):
        for id, relation in list(part.rels.items()):
            if any(name in relation.reltype for name in DROPPED):
                del part.rels[id]
    for style in list(document.styles):
        if style.name not in KEPT:
            style.element.getparent().remove(style.element)
    for link in list(document.styles.element.iter(qn("w:link"))):
        link.getparent().remove(link)


def _styles(document: Any) -> None:
    styles = document.styles
    for name in ("Chapeau", "Discret", "Case à cocher", "Réponse à cocher", "Cellule", "Titre de colonne"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.element.append(parse_xml(TABLE))
    _look(styles["Normal"], 10.5, after=5, line=1.1)
    _look(styles["Title"], 18, bold=True, after=10, keep=True, ruled=True)
    _look(styles["Subtitle"], 10.5, colour=GREY, keep=True)
    _look(styles["Heading 1"], 13, bold=True, before=12, after=4, keep=True)
    _look(styles["Heading 2"], 11, bold=True, before=8, after=3, keep=True)
    _look(styles["Chapeau"], 10.5, bold=True, after=4, line=1.1, keep=True)
    _look(styles["Discret"], 9, colour=GREY, after=3)
    _look(styles["Quote"], 10.5, italic=True, after=5, line=1.1)
    styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    _look(styles["List Bullet"], 10.5, after=2, line=1.1, numbering=1)
    _look(styles["Case à cocher"], 10.5, after=3, line=1.1, numbering=2)
    _look(styles["Réponse à cocher"], 9, numbering=2)
    _look(styles["Cellule"], 10, before=2, after=2)
    _look(styles["Titre de colonne"], 9.5, bold=True, before=2, after=2, keep=True)
    _look(styles["Caption"], 9.5, after=6)
    _look(styles["Header"], 9, colour=GREY)
    _look(styles["Footer"], 9, colour=GREY)
    styles["Footer"].paragraph_format.tab_stops.add_tab_stop(Cm(16.6), WD_TAB_ALIGNMENT.RIGHT)


def _look(  # noqa: PLR0913 - a look has that many sides
    style: Any, size: float, *, bold: bool = False, italic: bool = False, colour: RGBColor = INK,
          before: float = 0, after: float = 0, line: float = 1, keep: bool = False, ruled: bool = False,
          numbering: int = 0) -> None:  # fmt: skip
    for tag in ("w:pPr", "w:rPr"):
        for element in style.element.findall(qn(tag)):
            style.element.remove(element)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold or None, italic or None
    style.font.color.rgb = colour
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.keep_with_next, shape.widow_control = keep or None, True
    properties = style.element.get_or_add_pPr()
    if numbering:
        properties._insert_numPr(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{numbering}"/></w:numPr>'))
    if ruled:
        line_below = '<w:bottom w:val="single" w:sz="8" w:space="4" w:color="1A1A1A"/>'
        border = parse_xml(f"<w:pBdr {nsdecls('w')}>{line_below}</w:pBdr>")
        properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    if style.name.startswith("Heading"):
        level = int(style.name[-1]) - 1
        properties.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))
    style.hidden, style.quick_style, style.unhide_when_used = False, True, False


def odt() -> bytes:
    """An ODT template, from the parts in ``tools/odt``."""
    from zipfile import ZIP_DEFLATED, ZipFile  # noqa: PLC0415

    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for path in sorted(ODT_PARTS.rglob("*.xml")):
            archive.write(path, path.relative_to(ODT_PARTS).as_posix())
    return packed(file.getvalue())


def main() -> None:
    """Write both."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "papier.docx").write_bytes(word())
    (FOLDER / "papier.odt").write_bytes(odt())


if __name__ == "__main__":
    main()
