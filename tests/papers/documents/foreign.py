"""Templates made by others: the shipped ones with parts put in, as an archive or as the paper made in them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from papers.making import template

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": W, "r": R, "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "ink": "http://schemas.microsoft.com/ink/2010/main",
        "svg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    }.items()
)  # fmt: skip
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
                         ("draw", "drawing"), ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible"),
                         ("script", "script"), ("form", "form"))
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def opened(data: bytes) -> dict[str, bytes]:
    """The members of an archive, by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def closed(members: dict[str, bytes]) -> bytes:
    """An archive of members, in their order."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def relations(*links: tuple[str, str, str]) -> bytes:
    """Links of a part: id, last word of the type, target; one that leads out of the archive says so."""
    told = ""
    for id, kind, target in links:
        mode = ' TargetMode="External"' if re.match(r"[a-z]+:|//|\\\\", target) else ""
        full = kind if ":" in kind else f"{R}/{kind}"
        told += f'<Relationship Id="{id}" Type="{full}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'.encode()


def word(
    head: str = "",
    *,
    body: str = "",
    links: tuple[tuple[str, str, str], ...] = (),
    more: tuple[tuple[str, str, str], ...] = (),
    parts: dict[str, bytes] | None = None,
    types: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """The Word template with a head; ``links`` are those of the head, ``more`` those of the document."""
    found = opened(template(".docx"))
    section = re.search(rb"<w:sectPr.*</w:sectPr>", found["word/document.xml"], re.DOTALL)
    assert section
    page = re.sub(rb"<w:sectPr[^>]*>", rb'\g<0><w:headerReference w:type="default" r:id="head"/>', section[0])
    found["word/document.xml"] = f"<w:document {SPACES}><w:body>{body}{page.decode()}</w:body></w:document>".encode()
    found["word/head.xml"] = f"<w:hdr {SPACES}><w:p><w:r><w:t>Maison</w:t></w:r>{head}</w:p></w:hdr>".encode()
    found["word/_rels/head.xml.rels"] = relations(*links)
    links_of = found["word/_rels/document.xml.rels"].replace(b"</Relationships>", b"")
    own = relations(("head", "header", "head.xml"), *more).partition(b'relationships">')[2]
    found["word/_rels/document.xml.rels"] = links_of + own
    told = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>'
                   for name, kind in (("word/head.xml", f"{KIND}.header+xml"), *types))  # fmt: skip
    listed = found["[Content_Types].xml"].replace(b"</Types>", f"{told}</Types>".encode())
    found["[Content_Types].xml"] = listed
    return closed({**found, **(parts or {})})


def odt(
    head: str = "", *, body: str = "", styles: str = "", pages: str = "", parts: dict[str, bytes] | None = None
) -> bytes:
    """The OpenDocument template with a head; ``styles`` are added to its automatic ones, ``pages`` to its pages."""
    found = opened(template(".odt"))
    look = found["styles.xml"].decode()
    look = re.sub(r"<office:document-styles [^>]*>", f'<office:document-styles {ODF} office:version="1.3">', look)
    look = look.replace("<style:footer/>", f"<style:header><text:p>Maison{head}</text:p></style:header>")
    look = look.replace("</office:automatic-styles>", f"{styles}</office:automatic-styles>")
    found["styles.xml"] = look.replace("</office:master-styles>", f"{pages}</office:master-styles>").encode()
    found["content.xml"] = (
        f'<office:document-content {ODF} office:version="1.3"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    ).encode()
    return closed({**found, **(parts or {})})


def field(code: str, shown: str = "montré") -> str:
    """A field of Word as Word writes it, its code in two pieces."""
    halves = code[: len(code) // 2], code[len(code) // 2 :]
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{half}</w:instrText></w:r>' for half in halves)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(blip: str) -> str:
    """A picture of Word, given what shows it."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="C:\\SECRET\\logo.png" '
        'descr="C:\\SECRET\\logo.png"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" '
        f'name="SECRET.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom '
        'prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
