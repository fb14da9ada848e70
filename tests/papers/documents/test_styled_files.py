"""Word and OpenDocument: whole files, the paper's words in order, in named styles, and nothing else in them."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from conseil_dla.papers.blocks import Ballot, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph, Stretch
from conseil_dla.papers.documents import compass_png
from conseil_dla.papers.documents.archives import packed
from conseil_dla.papers.documents.kinds import STYLED, written
from papers.documents.test_text_files import HOSTILE, paper_of
from papers.making import DOSSIERS, material, members, papers, template, texts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
FIELDS_OF_WORD = {"fldSimple", "instrText", "fldChar", "hyperlink", "altChunk", "object"}
MAY_STAND = {"h", "p", "span", "s", "tab", "list", "list-item", "page-number"}
COMPASS = CompassPicture(Stretch("à l’ouest", "à l’est", -1, 0.5), Stretch("au sud", "au nord", 0, 0),
                         ("a", "b", "c", "d"), "entre les deux")  # fmt: skip
EVERY_BLOCK = Paper(
    "Un titre", "Une note",
    (Heading("Partie"), Heading("Sous-partie", 2), Paragraph("dit"), Paragraph("tête", "lead"),
     Paragraph("cité", "quote"), Paragraph("bas", "quiet"), Bullets(("un", "deux")), Bullets(("à faire",), boxes=True),
     Grid(("A", "B"), (("x", "y"), ("z", "")), (1, 3)), Grid(("C", "D"), (("", ""),), room=4), COMPASS,
     Ballot("Quoi ?", "si", ("ceci", "cela", "rien")), Ballot("Quand ?", "", ("tôt",)), Heading("À part", apart=True)),
    "en bas",
)  # fmt: skip


def words_of(paper: Paper) -> list[str]:
    """Its texts in order; those of a picture are in the picture."""
    told = [paper.subtitle, paper.title]
    for block in paper.blocks:
        told += [] if isinstance(block, CompassPicture) else texts((block,))
    return [text for text in told if text]


def lines(paper: Paper, suffix: str) -> list[str]:
    """The texts of the body, paragraph by paragraph."""
    found = members(paper, suffix)
    if suffix == ".docx":
        root = ET.fromstring(found["word/document.xml"])
        told = ["".join(text.text or "" for text in each.iter(f"{W}t")) for each in root.iter(f"{W}p")]
    else:
        root = ET.fromstring(found["content.xml"])
        told = ["".join(each.itertext()) for each in root.iter() if each.tag in (f"{TEXT}p", f"{TEXT}h")]
        told = ["" if "Boussole" in each else each for each in told]
    return [each for each in told if each]


@pytest.mark.parametrize("suffix", STYLED)
@pytest.mark.parametrize("path", DOSSIERS[:3], ids=lambda path: path.stem)
def test_the_words_are_those_of_the_paper_in_its_order(path: Path, suffix: str) -> None:
    for paper in (EVERY_BLOCK, *papers(material(path), internal=True)):
        assert lines(paper, suffix) == words_of(paper)


@pytest.mark.parametrize("suffix", STYLED)
def test_every_part_is_sound(suffix: str) -> None:
    """XML that parses, parts that are all there and all declared, nothing from elsewhere."""
    for paper in (EVERY_BLOCK, *papers(material(DOSSIERS[0]), internal=True)):
        found = members(paper, suffix)
        for name, data in found.items():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(data)
        (_sound_word if suffix == ".docx" else _sound_odt)(paper, found)


def _sound_word(paper: Paper, found: dict[str, bytes]) -> None:
    types = ET.fromstring(found["[Content_Types].xml"])
    named = {each.get("PartName", "").lstrip("/") for each in types if each.get("PartName")}
    ends = {each.get("Extension") for each in types if each.get("Extension")}
    assert named <= set(found)
    assert all(name in named or name.rpartition(".")[2] in ends for name in found if name != "[Content_Types].xml")
    for name in (each for each in found if each.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in ET.fromstring(found[name]):
            assert relation.get("TargetMode") != "External"
            target = relation.get("Target", "")
            where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            assert where.lstrip("./") in found, (name, target)
    known = {style.get(f"{W}styleId") for style in ET.fromstring(found["word/styles.xml"])}
    used = {each.get(f"{W}val") for part in ("word/document.xml",) for kind in ("pStyle", "rStyle", "tblStyle")
            for each in ET.fromstring(found[part]).iter(f"{W}{kind}")}  # fmt: skip
    assert used <= known


def _sound_odt(paper: Paper, found: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(written(paper, ".odt", template(".odt")).data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read(first) == b"application/vnd.oasis.opendocument.text"
    entries = {each.get(f"{MANIFEST}full-path", "") for each in ET.fromstring(found["META-INF/manifest.xml"])}
    assert {name for name in entries if not name.endswith("/")} == set(found) - {"mimetype", "META-INF/manifest.xml"}


@pytest.mark.parametrize("suffix", STYLED)
@pytest.mark.parametrize("text", [*HOSTILE, '{ INCLUDETEXT "C:\\secret" }', "{ MERGEFIELD x }", "=SOMME(A1)", "DDE()"],
                         ids=lambda text: ascii(text)[:30])  # fmt: skip
def test_a_hostile_text_is_text_in_every_place(text: str, suffix: str) -> None:
    """The same elements as with an innocent word, no field but the number of the page, and the words still there."""
    hostile, innocent = members(paper_of(text), suffix), _innocent(suffix)
    parts = [name for name in hostile if re.fullmatch(r"word/(document|footer\d*)\.xml|(content|styles)\.xml", name)]
    assert parts
    for name in parts:
        assert list(_tags(hostile[name])) == list(_tags(innocent[name])), name
        tags = set(_tags(hostile[name]))
        if suffix == ".docx":
            codes = [each.attrib for each in ET.fromstring(hostile[name]).iter(f"{W}fldSimple")]
            assert codes == ([{f"{W}instr": "PAGE"}] if "footer" in name else [])
            assert not {f"{W}{field}" for field in FIELDS_OF_WORD - {"fldSimple"}} & tags
        elif name == "content.xml":
            assert {tag.removeprefix(TEXT) for tag in tags if tag.startswith(TEXT)} <= MAY_STAND
    assert lines(paper_of(text), suffix) == words_of(paper_of(text))


@cache
def _innocent(suffix: str) -> dict[str, bytes]:
    return members(paper_of("mot"), suffix)


def _tags(data: bytes) -> Iterator[str]:
    return (each.tag for each in ET.fromstring(data).iter() if each.tag not in (f"{TEXT}s", f"{TEXT}span"))


@pytest.mark.parametrize("suffix", STYLED)
def test_the_file_says_nothing_of_who_made_it(suffix: str) -> None:
    said = "\n".join(data.decode("utf-8", "replace") for data in members(EVERY_BLOCK, suffix).values())
    assert not re.search(r"python|odfdo|generator|<dcterms:|creation-date", said, re.IGNORECASE)
    assert "Un titre</dc:title>" in said


@pytest.mark.parametrize("suffix", STYLED)
def test_the_same_paper_makes_the_same_bytes(suffix: str) -> None:
    first, second = (written(EVERY_BLOCK, suffix, template(suffix)).data for _ in range(2))
    assert first == second
    assert packed(first) == first


@pytest.mark.parametrize("suffix", STYLED)
def test_the_shipped_template_has_every_style_that_papers_use(suffix: str) -> None:
    assert written(EVERY_BLOCK, suffix, template(suffix)).missing == ()


@pytest.mark.parametrize("suffix", STYLED)
def test_the_picture_is_told_and_what_comes_apart_begins_a_page(suffix: str) -> None:
    body = members(EVERY_BLOCK, suffix)["word/document.xml" if suffix == ".docx" else "content.xml"].decode()
    assert "entre les deux" in body
    assert ("pageBreakBefore" in body) if suffix == ".docx" else ('break-before="page"' in body)


@pytest.mark.parametrize("suffix", STYLED)
def test_what_a_template_says_at_the_foot_stays(suffix: str) -> None:
    """The foot of a template already filled by us is like one of somebody's own: ours comes under it."""
    once = written(EVERY_BLOCK, suffix, template(suffix)).data
    twice = written(Paper("Autre", "s", (), "dessous"), suffix, once).data
    with ZipFile(BytesIO(twice)) as archive:
        said = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "en bas" in said
    assert "dessous" in said
    assert "à faire" not in said, "the body of a template is replaced"


def test_the_compass_shows_a_region_a_line_and_a_point_each_in_its_way() -> None:
    drawn = {
        compass_png.drawn(CompassPicture(Stretch("a", "b", *across), Stretch("c", "d", *up), ("w", "x", "y", "z"), ""))
        for across, up in (((-1, 1), (0, 1)), ((0.5, 0.5), (0, 1)), ((0.5, 0.5), (1, 1)), ((0.5, 0.5), (0.9, 0.9)))
    }
    assert len(drawn) == 4
    assert all(each.startswith(b"\x89PNG") for each in drawn)


@pytest.mark.lent
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("suffix", STYLED)
def test_libreoffice_opens_every_model_and_shows_its_titles(suffix: str, tmp_path: Path) -> None:
    for number, paper in enumerate((EVERY_BLOCK, *papers(material(DOSSIERS[0]), internal=True))):
        source = tmp_path / f"{number}{suffix}"
        source.write_bytes(written(paper, suffix, template(suffix)).data)
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to",
                   "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        text = (tmp_path / f"{number}.txt").read_text(encoding="utf-8-sig")
        shown = re.sub(r"\s+", " ", text)
        for block in paper.blocks:
            if isinstance(block, Heading | Paragraph):
                assert re.sub(r"\s+", " ", block.text) in shown, (suffix, block)
