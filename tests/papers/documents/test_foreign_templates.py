"""Templates made by anybody: what shows of them stays, and nothing that calls, runs or tells enters a paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from conseil_dla.papers.blocks import Grid, Heading, Paper, Paragraph
from conseil_dla.papers.documents.document import BadTemplate
from conseil_dla.papers.documents.kinds import STYLED, written
from papers.documents.foreign import KIND, W, closed, drawing, field, odt, opened, word
from papers.documents.hostile import of_odt, of_word, picture, refused
from papers.making import template

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

SHORT = Paper("Un titre", "Une note", (Heading("Partie"), Paragraph("dit"), Grid(("A", "B"), (("x", "y"),))), "en bas")
THERE = "http://exemple.invalid/SECRET"
CASES = {".docx": of_word(THERE), ".odt": of_odt(THERE)}
CALLS = re.compile(
    rb'TargetMode="External"|(Target|href|src)="[^"]*(:/|//|\\\\)|macroEnabled|[Mm]acro\b|vbaProject|<script'
    rb"|<office:script|event-listener|dde-connection|\bDDE|INCLUDE(TEXT|PICTURE)|FILENAME|file-name|FORMTEXT|SECRET|oleObject|activeX"
    rb"|<w:altChunk|<w:subDoc|<!DOCTYPE|<!ENTITY"
)
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(document|styles|numbering|settings|fontTable)\.xml"
    r"|word/theme/theme1\.xml|word/(header|footer)\d+\.xml|word/_rels/(document|(header|footer)\d+)\.xml\.rels"
    r"|(word/media|Pictures)/\w+(\.(png|jpeg|gif|bmp|emf|wmf))?"
    r"|mimetype|META-INF/manifest\.xml|(content|styles|meta|settings)\.xml|manifest\.rdf"
)


def made(suffix: str, data: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The members of a paper made in a template, and what is told."""
    result = written(SHORT, suffix, data)
    return opened(result.data), result.told


def looked_at(found: dict[str, bytes]) -> None:
    """Nothing that calls, in no part but those that a paper has."""
    for name, data in found.items():
        assert PARTS.fullmatch(name), name
        if name.endswith((".xml", ".rels")):
            called = CALLS.search(re.sub(rb'Type="[^"]*"|xmlns:?\w*="[^"]*"', b"", data))
            assert called is None, (name, called)


@pytest.mark.parametrize(("suffix", "case"), [(suffix, case) for suffix in STYLED for case in CASES[suffix]])
def test_nothing_of_a_template_calls_runs_or_tells(suffix: str, case: str) -> None:
    data, told = CASES[suffix][case]
    assert any(CALLS.search(part) for part in opened(data).values()), "the template does call"
    found, said = made(suffix, data)
    looked_at(found)
    head = "".join(part.decode() for name, part in found.items() if re.search("header|^styles", name))
    assert "Maison" in head or "font" in case, "what shows stays"
    assert told in " ".join(said)
    assert not said or told, said


@pytest.mark.parametrize(("suffix", "case"), [(suffix, case) for suffix in STYLED for case in refused(suffix)])
def test_what_no_word_processor_writes_is_refused_with_its_reason(suffix: str, case: str) -> None:
    data, told = refused(suffix)[case]
    with pytest.raises(BadTemplate, match=re.escape(told)):
        written(SHORT, suffix, data)


@pytest.mark.parametrize("suffix", STYLED)
def test_a_bomb_and_a_password_are_refused(suffix: str) -> None:
    bomb = bytearray(template(suffix))
    bomb[(at := bomb.index(b"PK\x01\x02") + 24) : at + 4] = (101_000_000).to_bytes(4, "little")
    with pytest.raises(BadTemplate, match="trop gros une fois ouvert"):
        written(SHORT, suffix, bytes(bomb))
    locked = bytearray(template(suffix))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(BadTemplate, match="mot de passe"):
        written(SHORT, suffix, bytes(locked))
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    hidden = f'<m:manifest xmlns:m="{space}"><m:encryption-data/></m:manifest>'.encode()
    if suffix == ".odt":
        with pytest.raises(BadTemplate, match="mot de passe"):
            written(SHORT, suffix, odt(parts={"META-INF/manifest.xml": hidden}))


@pytest.mark.parametrize(
    "kinds",
    [
        {"types": (("word/quelconque.bin", "application/vnd.ms-office.vbaProject"),)},
        {"more": (("x", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "quelconque.bin"),)},
    ],
)
def test_macros_under_another_name_are_macros(kinds: dict[str, tuple[tuple[str, ...], ...]]) -> None:
    data = word(parts={"word/quelconque.bin": b"x"}, **kinds)  # type: ignore[arg-type]
    with pytest.raises(BadTemplate, match="macros"):
        written(SHORT, ".docx", data)


def test_a_document_with_macros_under_the_name_of_one_without_is_refused() -> None:
    parts = opened(template(".docx"))
    listed = parts["[Content_Types].xml"].replace(
        f"{KIND}.document.main+xml".encode(), b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    with pytest.raises(BadTemplate, match="macros"):
        written(SHORT, ".docx", closed({**parts, "[Content_Types].xml": listed}))


@pytest.mark.parametrize(("suffix", "old", "new"), [
    (".docx", b"document.main+xml", b"template.main+xml"),
    (".odt", b"opendocument.text", b"opendocument.text-template"),
])  # fmt: skip
def test_a_model_makes_a_document(suffix: str, old: bytes, new: bytes) -> None:
    """What Word and LibreOffice save as a model (.dotx, .ott)."""
    parts = {name: data.replace(old, new) for name, data in opened(template(suffix)).items()}
    assert written(SHORT, suffix, closed(parts)).data == written(SHORT, suffix, template(suffix)).data


def test_comments_changes_notes_and_properties_of_word_stay_behind() -> None:
    work = (
        '<w:ins w:id="1" w:author="SECRET" w:date="2026-01-01T00:00:00Z">'
        '<w:r w:rsidR="00AB12CD"><w:t> ajouté</w:t></w:r>'
        "</w:ins>"
        '<w:del w:id="2" w:author="SECRET"><w:r><w:delText>SECRET</w:delText></w:r></w:del>'
        '<w:commentRangeStart w:id="0"/><w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:footnoteReference w:id="1"/></w:r><w:bookmarkStart w:id="3" w:name="SECRET"/><w:bookmarkEnd w:id="3"/>'
    )
    hidden = {name: b"<SECRET/>" for name in ("word/comments.xml", "word/people.xml", "word/footnotes.xml",
              "docProps/app.xml", "docProps/custom.xml", "docProps/thumbnail.jpeg", "customXml/item1.xml",
              "word/glossary/document.xml", "word/media/corps.png")}  # fmt: skip
    named = "<dc:creator>SECRET</dc:creator><dc:subject>SECRET</dc:subject><cp:category>SECRET</cp:category>"
    spaces = f'xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    hidden["docProps/core.xml"] = f"<cp:coreProperties {spaces}>{named}</cp:coreProperties>".encode()
    body = f"<w:p>{work}{drawing('<a:blip/>')}</w:p>"
    data = word(work, body=body, parts=hidden, more=(("x", "comments", "comments.xml"),))
    found, told = made(".docx", data)
    looked_at(found)
    assert b"SECRET" not in b"".join(found.values())
    head = next(part.decode() for name, part in found.items() if "header" in name)
    assert "ajouté" in head
    assert not re.search(r"rsid|<w:ins|<w:del|comment|footnoteReference|bookmark", head)
    for left in ("les images du corps", "les commentaires", "les modifications", "les notes", "le texte masqué"):
        assert left in told[0]


def test_comments_changes_and_notes_of_libreoffice_stay_behind() -> None:
    work = (
        "<office:annotation><dc:creator>SECRET</dc:creator><text:p>SECRET</text:p></office:annotation>"
        '<text:change text:change-id="c"/>'
        '<text:note text:note-class="footnote"><text:note-body><text:p>SECRET</text:p></text:note-body></text:note>'
        '<text:span text:style-name="H">SECRET</text:span><text:bookmark text:name="SECRET"/>'
    )
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    )
    found, told = made(".odt", odt(work, body=f"<text:p>{work}</text:p>", styles=styles,
                                   parts={"meta.xml": b"<SECRET/>", "Versions/1": b"SECRET"}))  # fmt: skip
    looked_at(found)
    for word_told in ("les commentaires", "les modifications suivies", "les notes", "le texte masqué"):
        assert word_told in told[0]


@pytest.mark.parametrize(("kind", "said"), [
    ("JPEG", {"comment": b"SECRET", "icc_profile": b"colours", "dpi": (300, 300)}),
    ("GIF", {"comment": b"SECRET"}), ("PNG", {"dpi": (300, 300)}), ("BMP", {}),
])  # fmt: skip
def test_a_logo_stays_and_says_nothing_of_itself(kind: str, said: dict[str, object]) -> None:
    from PIL import Image, PngImagePlugin  # noqa: PLC0415

    exif, texts = Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x013B] = "SECRET"
    texts.add_text("Author", "SECRET")
    more = {"JPEG": {"exif": exif, "progressive": True}, "PNG": {"exif": exif, "pnginfo": texts}}.get(kind, {})
    logo = picture(kind, **said, **more) + b"SECRET"
    assert b"SECRET" in logo
    shown = drawing('<a:blip r:embed="p"/>')
    frame = '<draw:frame><draw:image xlink:href="Pictures/p.png"/></draw:frame>'
    for suffix, data in (
        (".docx", word(shown, links=(("p", "image", "media/p.png"),), parts={"word/media/p.png": logo})),
        (".odt", odt(frame, parts={"Pictures/p.png": logo})),
    ):
        found, told = made(suffix, data)
        looked_at(found)
        kept = [part for name, part in found.items() if "image1." in name]
        assert len(kept) == 1
        assert b"SECRET" not in kept[0]
        with Image.open(BytesIO(kept[0])) as image, Image.open(BytesIO(logo)) as before:
            assert image.tobytes() == before.tobytes()
            shows = [(each.info.get("icc_profile"), each.info.get("dpi")) for each in (image, before)]
            assert shows[0] == shows[1], "its colours and its size on paper"
        assert told == ()


def test_fields_that_a_letterhead_has_stay() -> None:
    found, told = made(".docx", word(field(' DATE \\@ "d MMMM yyyy" ') + field(" NUMPAGES  \\* MERGEFORMAT ")))
    head = next(part.decode() for name, part in found.items() if "header" in name)
    assert head.count("instrText") == 8
    assert told == ()


def _pages(*heads: str, first: str = "", page: str = "11906") -> bytes:
    """A template with one section for each head; an empty one is as the section before."""
    sections, links, parts, types = [], [], {}, []
    for number, head in enumerate(heads):
        reference = f'<w:headerReference w:type="default" r:id="h{number}"/>' if head else ""
        reference += '<w:headerReference w:type="first" r:id="f"/>' if first and number == 0 else ""
        wide = page if number else "11906"
        titled = "<w:titlePg/>" if first and number == 0 else ""
        sections.append(f'<w:sectPr>{reference}<w:pgSz w:w="{wide}" w:h="16838"/>{titled}</w:sectPr>')
        for id, text in ((f"h{number}", head), *([("f", first)] if number == 0 else [])):
            if text:
                links.append((id, "header", f"{id}.xml"))
                types.append((f"word/{id}.xml", f"{KIND}.header+xml"))
                shown = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>'
                parts[f"word/{id}.xml"] = shown.encode()
    body = "".join(f"<w:p><w:pPr>{each}</w:pPr></w:p>" for each in sections[:-1]) + sections[-1]
    found = opened(word(more=tuple(links), types=tuple(types), parts=parts))
    whole, end = found["word/document.xml"].decode().partition("<w:body>")[0], "</w:document>"
    found["word/document.xml"] = f"{whole}<w:body>{body}</w:body>{end}".encode()
    return closed(found)


@pytest.mark.parametrize(("data", "first", "following", "told"), [
    (_pages("Tête", ""), "", "Tête", ""),
    (_pages("Tête", "", ""), "", "Tête", ""),
    (_pages("Tête", "Suite"), "Tête", "Suite", "la première page du papier prend"),
    (_pages(" ", "Suite"), "", "Suite", "l’en-tête et le pied de la dernière"),
    (_pages("Tête", "Milieu", "Suite"), "Tête", "Suite", "les autres ne servent pas"),
    (_pages("Tête", "Annexe", page="16838"), "", "Tête", "la page, l’en-tête et le pied de la première"),
    (_pages("Tête", first="Une"), "Une", "Tête", ""),
    (_pages("Tête", "", first="Une"), "Une", "Tête", ""),
])  # fmt: skip
def test_sections_become_one_page_or_two(data: bytes, first: str, following: str, told: str) -> None:
    found, said = made(".docx", data)
    page = found["word/document.xml"].decode()
    listed = found["word/_rels/document.xml.rels"].decode()
    links = dict(re.findall(r'Id="(\w+)"[^>]*Target="(header\d+\.xml)"', listed))
    heads = {kind: re.sub("<[^>]*>", "", found[f"word/{links[id]}"].decode()).strip()
             for kind, id in re.findall(r'headerReference w:type="(\w+)" r:id="(\w+)"', page)}  # fmt: skip
    assert page.count("<w:sectPr") == 1
    assert heads.get("first", "") == first
    assert ("<w:titlePg" in page) == bool(first)
    assert heads["default"] == following
    assert told in " ".join(said)
    assert bool(said) == bool(told)


def test_a_second_section_takes_neither_the_logo_nor_the_foot_away() -> None:
    foot = f'<w:ftr xmlns:w="{W}"><w:p><w:r><w:t>Pied adresse</w:t></w:r></w:p></w:ftr>'.encode()
    parts = {"word/media/p.png": picture("PNG"), "word/foot.xml": foot}
    logo, types = drawing('<a:blip r:embed="p"/>'), (("word/foot.xml", f"{KIND}.footer+xml"),)
    links, more = (("p", "image", "media/p.png"),), (("foot", "footer", "foot.xml"),)
    found = opened(word(logo, links=links, more=more, parts=parts, types=types))
    size = '<w:pgSz w:w="11906" w:h="16838"/>'
    refers = '<w:headerReference w:type="default" r:id="head"/><w:footerReference w:type="default" r:id="foot"/>'
    first, last = f"<w:p><w:pPr><w:sectPr>{refers}{size}</w:sectPr></w:pPr></w:p>", f"<w:sectPr>{size}</w:sectPr>"
    whole = found["word/document.xml"].decode().partition("<w:body>")[0]
    found["word/document.xml"] = f"{whole}<w:body>{first}{last}</w:body></w:document>".encode()
    made_of, told = made(".docx", closed(found))
    shown = {name: data.decode() for name, data in made_of.items() if re.match(r"word/(header|footer)\d", name)}
    page, listed = made_of["word/document.xml"].decode(), made_of["word/_rels/document.xml.rels"].decode()
    assert page.count("<w:sectPr") == 1
    for kind, words in (("header", "Maison"), ("footer", "Pied adresse")):
        (id,) = re.findall(rf'w:{kind}Reference w:type="default" r:id="(\w+)"', page)
        (part,) = re.findall(rf'Id="{id}"[^>]*Target="([\w.]+)"', listed)
        assert words in shown[f"word/{part}"]
        assert ("blip" in shown[f"word/{part}"]) == (kind == "header")
    assert any("image1." in name for name in made_of)
    assert told == ()


def test_the_first_page_of_libreoffice_is_that_of_the_template() -> None:
    pages = (
        '<style:master-page style:name="Une" style:page-layout-name="A4" style:next-style-name="Standard">'
        "<style:header><text:p>Première</text:p></style:header></style:master-page>"
        '<style:master-page style:name="Paysage_20_large" '
        'style:page-layout-name="A4"><style:header><text:p>SECRET</text:p></style:header></style:master-page>'
    )
    styles = '<style:style style:name="P1" style:family="paragraph" style:master-page-name="Une"/>'
    found, told = made(".odt", odt(body='<text:p text:style-name="P1"/>', styles=styles, pages=pages))
    assert 'style:master-page-name="Une"' in found["content.xml"].decode()
    look = found["styles.xml"].decode()
    assert "Première" in look
    assert look.count("<text:page-number") == 2
    assert "SECRET" not in look
    assert "Paysage large" in told[0]


@pytest.mark.lent
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_opens_papers_without_asking_for_anything(tmp_path: Path) -> None:
    """A server listens where every template leads; the templates themselves do make LibreOffice ask."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}/SECRET"
        for kind in ("gabarits", "papiers"):
            asked.clear()
            folder = tmp_path / kind
            folder.mkdir()
            for suffix, cases in ((".docx", of_word(there)), (".odt", of_odt(there))):
                for number, (data, _) in enumerate(cases.values()):
                    paper = data if kind == "gabarits" else written(SHORT, suffix, data).data
                    (folder / f"{number}{suffix}").write_bytes(paper)
            command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless",
                       "--convert-to", "pdf", "--outdir", str(folder), *map(str, sorted(folder.iterdir()))]  # fmt: skip
            subprocess.run(command, check=True, capture_output=True, timeout=400)
            assert bool(asked) == (kind == "gabarits"), asked
        server.shutdown()
