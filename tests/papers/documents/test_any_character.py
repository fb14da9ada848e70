"""Whatever a text holds, once it is let in every kind of file takes it, and gives it back."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from conseil_dla.batch.objects import object_of, read_object
from conseil_dla.ground.characters import JOINERS, NO_CHARACTER, is_obeyed, json_line, kept
from conseil_dla.ground.french import harmless
from conseil_dla.ground.yamltext import dump, parse, plain_data
from conseil_dla.papers.blocks import Bullets, Grid, Heading, Paper, Paragraph, cleaned, plain
from conseil_dla.papers.documents import sheets
from conseil_dla.papers.documents.kinds import styled
from conseil_dla.papers.documents.xlsx import write_rows
from shipped import ROOT, shipped_reader

NO_CHARACTERS = ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\udfff", "\ufdd0", "\ufdef", "\ufeff", "\ufffe",
                 "\uffff", "\U0001fffe", "\U0010ffff"]  # fmt: skip
ODD = [*NO_CHARACTERS, "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\xad", "\u200b",
       "\u200c", "\u200d", "\uf0b7", "\r", "\r\n", "\n", "\t", "\xa0", "'", "=", "<", "&", ":", "#"]  # fmt: skip
PIECES = st.lists(st.sampled_from(ODD) | st.text(st.characters(), min_size=1, max_size=6), max_size=12)
TEXTS = PIECES.map("".join).filter(lambda text: "_x" not in text)
SEVERAL = st.lists(TEXTS, min_size=1, max_size=12)


def test_what_is_no_character_is_named_one_by_one() -> None:
    planes = [plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)]
    others = {*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFEFF, *planes}
    found = {code for code in range(0x110000) if NO_CHARACTER.match(chr(code))}
    assert others - found == set(map(ord, "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85"))
    assert not found - others


def test_emoji_and_persian_keep_their_joiners() -> None:
    text = "Famille 👩‍🌾 می‌خواهم"
    assert kept(text) == (text, ())
    assert harmless(text) == plain(text) == text
    assert harmless(f"{JOINERS}a{JOINERS} {JOINERS}") == "a "


def test_what_is_taken_out_is_named() -> None:
    assert kept("un\ufffe deux\ufffe\x07 trois\r\nquatre\u2028cinq\tsix") == (
        "un deux trois\nquatre\ncinq\tsix", ("\ufffe", "\x07"),
    )  # fmt: skip


def check(texts: list[str]) -> None:
    texts = [kept(text)[0] for text in texts]
    shown = [plain(text) for text in texts]
    assert not any(is_obeyed(sign) for text in texts for sign in text if sign not in "\t\n")
    for text in texts:
        assert json.loads(json_line(text)) == text
        assert json_line(text).isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", json_line(text))
        node, found = parse(dump({"titre": text}), "")
        assert not found
        assert node is not None
        assert plain_data(node) == {"titre": text}
        assert len(harmless(text).splitlines()) <= 1
        assert not any(is_obeyed(sign) for sign in harmless(text))
    table = sheets.Sheet("Feuille", ("titre",) * len(texts), (tuple(texts),))
    book = openpyxl.load_workbook(BytesIO(sheets.written((table,), ".xlsx")))
    assert [cell.value or "" for cell in book.active[2]] == shown
    rows = list(csv.reader(StringIO(sheets.written((table,), ".csv").decode("utf-8-sig")), delimiter=";"))
    assert [cell.removeprefix("'") for cell in rows[2]] == [cell.removeprefix("'") for cell in shown]
    paper = cleaned(
        Paper(texts[0], "x", (Heading("x"), *map(Paragraph, texts), Bullets(tuple(texts)),
                              Grid(("a",) * len(texts), (tuple(texts),))), texts[-1])
    )  # fmt: skip
    for suffix in (".docx", ".odt", ".html", ".md"):
        said = words_of(suffix, styled(paper, suffix, str(ROOT)).data)
        for text in shown:
            assert bare(text) in said, (suffix, text)


def words_of(suffix: str, data: bytes) -> str:
    """The text of a file without its spaces, which each kind of file writes in its own way."""
    if suffix == ".html":
        return bare(unescape(re.sub(r"<[^>]*>", "", data.decode())))
    if suffix == ".md":
        return bare(re.sub(r"\\(.)", r"\1", data.decode()))
    with ZipFile(BytesIO(data)) as archive:
        part = archive.read("word/document.xml" if suffix == ".docx" else "content.xml")
    return bare("".join(etree.fromstring(part).itertext()))


def bare(text: str) -> str:
    return re.sub(r"\s|\\", "", text)


@settings(max_examples=6, deadline=None)
@example([f"a{sign}b" for sign in ODD])
@given(SEVERAL)
def test_a_text_let_in_is_taken_by_every_file(texts: list[str]) -> None:
    check(texts)


@pytest.mark.lent
@settings(max_examples=200, deadline=None)
@given(SEVERAL)
def test_many_texts_let_in_are_taken_by_every_file(texts: list[str]) -> None:
    check(texts)


@pytest.mark.parametrize("sign", NO_CHARACTERS, ids=ascii)
def test_a_line_refuses_what_no_file_holds_and_says_where(sign: str) -> None:
    base = shipped_reader().base
    line = json.dumps({"titre": f"Un titre{sign}", "reponses": {}})
    dossier, (told,) = read_object(object_of(line), "l.jsonl", 7, base)
    assert dossier is None
    assert (told.code, told.place.line) == ("DLA015", 7)
    assert f"U+{ord(sign):04X}" in told.message


def test_a_dossier_of_an_earlier_version_is_read_without_what_no_file_holds(tmp_path: Path) -> None:
    node, (told,) = parse('titre: "Un \\uffff titre"\n', "a.yaml")
    assert node.text("titre") == "Un  titre"  # type: ignore[union-attr]
    assert (told.code, told.is_error) == ("DLA023", False)


def test_a_long_table_takes_any_text_of_a_name() -> None:
    file = BytesIO()
    write_rows(file, "Dossiers", ("a",), [(harmless("".join(ODD)),)])
    assert openpyxl.load_workbook(file)
