"""Lines that are no dossier, as whoever wrote them reads it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conseil_dla.batch import sources as module
from conseil_dla.batch.sources import lines_of, opened
from conseil_dla.dossiers.table_mistakes import NO_RESULT
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import spaced
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT, shipped_reader


def told(path: Path, line: bytes) -> str:
    path.write_bytes(line)
    given = next(given for chunk in lines_of(path) for given in opened(chunk))
    with pytest.raises(Unusable) as caught:
        given.read(shipped_reader().base)
    return render(caught.value.diagnostics, base_dir=path.parent)


def test_the_page_of_messages_shows_what_is_said(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    entry = page[page.index("### DLA321") : page.index("### DLA331")]
    example, mended = re.findall(r"```json\n(.*)\n```", entry)
    said = re.findall(r"```text\n(.*?)```", entry, re.DOTALL)
    assert told(tmp_path / "lot.jsonl", example.encode()) == said[0]
    (tmp_path / "lot.jsonl").write_text(mended, encoding="utf-8")
    assert [given.title for chunk in lines_of(tmp_path / "lot.jsonl") for given in opened(chunk)] == ["Un projet"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"titre": "\xe9t\xe9"}', "elle n’est pas en UTF-8"),
        (b'{"titre": "a", "titre": "b"}', "« titre » y est deux fois"),
        (b'{"reponses": {"a": 1, "a": 1}}', "« a » y est deux fois"),
        (b"[" * 100_000, "trop de niveaux sont emboîtés"),
        (b'{"n": ' + b"9" * 5_000 + b"}", "un nombre y est trop long"),
        (b"x" * 1_100_000, "cette ligne est trop longue"),
    ],
)
def test_the_reason_is_told(tmp_path: Path, line: bytes, why: str) -> None:
    said = told(tmp_path / "lot.jsonl", line)
    assert spaced(why) in spaced(said)
    assert "DLA321" in said
    assert len(said) < 700


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_another_encoding_is_told_with_how_to_save(tmp_path: Path, encoding: str) -> None:
    said = spaced(told(tmp_path / "lot.jsonl", '{"titre": "été"}\n'.encode(encoding)))
    assert spaced("« Enregistrer sous »") in said
    assert encoding == "latin-1" or f"enregistré en {encoding.upper()}" in said


def test_a_file_that_grows_shorter_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lot.jsonl"
    path.write_bytes(b'{"reponses": {}}\n' * 4)
    chunks = list(lines_of(path))
    path.write_bytes(b'{"reponses": {}}\n' * 2)
    *read, last = [given for chunk in chunks for given in opened(chunk)]
    assert [given.line for given in read] == [1, 2]
    with pytest.raises(Unusable) as caught:
        last.read(shipped_reader().base)
    assert [(found.place.line, found.code) for found in caught.value.diagnostics] == [(3, "DLA321")]


def test_a_title_that_is_a_formula_without_result_is_told(tmp_path: Path) -> None:
    given = module.Given("t.xlsx:2", "t.xlsx", 2, row={"titre": NO_RESULT, "reponses": {}})
    with pytest.raises(Unusable) as caught:
        given.read(shipped_reader().base)
    assert "formule sans résultat" in caught.value.diagnostics[0].message


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("count", [1, 2, 8])
def test_every_process_has_pieces_however_the_dossiers_come(tmp_path: Path, count: int, slow: bool) -> None:
    """One file, or a folder of 200: each process has at least two pieces, and none is long where dossiers take long."""
    line = '{"titre": "' + "x" * 900 + '"}\n'
    (tmp_path / "lot.jsonl").write_text(line * 5000, encoding="utf-8")
    (tmp_path / "dossiers").mkdir()
    for number in range(200):
        (tmp_path / "dossiers" / f"{number}.yaml").write_text("titre: x\n", encoding="utf-8")
    for given, few in (("lot.jsonl", 20), ("dossiers", 5)):
        found = module.Sources((tmp_path / given,), shipped_reader().base)
        pieces = [len(list(opened(chunk))) for chunk in found.chunks(found.pieces(count, slow=slow))]
        assert sum(pieces) == (5000 if given == "lot.jsonl" else 200)
        assert len(pieces) >= 2 * min(count, 5)
        assert max(pieces) <= (few if slow else 1200)


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_is_cut_into_pieces_that_hold_every_line_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    lines = [json.dumps({"titre": "x" * (n % 60)}) for n in range(40)]
    lines[7], lines[20], lines[30] = "", "y" * 250, json.dumps({"titre": "é" * 38}, ensure_ascii=False)
    path = tmp_path / "lot.jsonl"
    path.write_bytes(("\r\n".join(lines) + end).encode())
    pieces = list(lines_of(path))
    assert len(pieces) > 5
    assert sum(piece.size for piece in pieces) == path.stat().st_size
    found = [given for piece in pieces for given in opened(piece)]
    assert [given.line for given in found] == [n for n in range(1, 41) if n != 8]
    assert [given.line for given in found if given.mistakes] == [21]
    told = {given.line: given.title for given in found if not given.mistakes}
    assert told == {n + 1: json.loads(line)["titre"] for n, line in enumerate(lines) if n not in (7, 20)}


def test_a_workbook_weighs_what_is_in_it(tmp_path: Path) -> None:
    """Forty thousand bytes of it are hundreds of dossiers, of a text some tens."""
    for name in ("t.xlsx", "t.csv"):
        (tmp_path / name).write_bytes(b"x" * 10_000)
    weights = [module.Sources((tmp_path / name,), shipped_reader().base).weight for name in ("t.xlsx", "t.csv")]
    assert weights == [80_000, 10_000]
