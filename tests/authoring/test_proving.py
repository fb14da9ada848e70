"""What is proved of a folder is told in public words: one folder for each code, over the good miniature.

``CONSEIL_DLA_ECRIRE_ATTENDUS=1 pytest tests/test_proving.py`` writes the expected texts anew; then
``python tools/diagnostics_page.py``.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bad_files import MENDED, laid_over
from builders import write_folder
from conseil_dla.authoring.proofs import prove, share
from conseil_dla.authoring.proofs.findings import SEVERITIES, TOLD, Proven, diagnostic_of
from conseil_dla.engine import choose
from conseil_dla.ground.diagnostics import Severity
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.kinds import SPECS
from conseil_dla.rules.loading import load
from conseil_dla.wording.diagnostic_text import render

CASES = sorted(path for path in (Path(__file__).parents[1] / "bad_proofs").iterdir() if path.is_dir())
NOT_FROM_A_FILE = {"DLA502"}
"""Loading refuses what would lead to it (DLA206): the proof is there should that ever change."""


def found(folder: Path) -> dict[str, str]:
    """Each finding as told, with its code."""
    base = load(folder, shown_as="").base
    assert base is not None
    return {render([diagnostic_of(base, finding)]): finding.code for finding in prove(base).findings}


@pytest.fixture(scope="module")
def already(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What the good miniature is told of itself."""
    return set(found(write_folder(tmp_path_factory.mktemp("bonne"))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_code_is_told_as_written(case: Path, tmp_path: Path, already: set[str]) -> None:
    code = case.name.split("_")[0]
    told = "".join(
        text for text, its in found(laid_over(case, tmp_path)).items() if its == code and text not in already
    )
    golden = case / "attendu.txt"
    if os.environ.get("CONSEIL_DLA_ECRIRE_ATTENDUS") == "1":
        golden.write_text(told, encoding="utf-8")
    assert told
    assert told == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_mended_file_is_no_longer_told(case: Path, tmp_path: Path, already: set[str]) -> None:
    code = case.name.split("_")[0]
    left = {text: its for text, its in found(laid_over(case / MENDED, tmp_path)).items() if text not in already}
    assert code not in left.values(), "".join(left)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_witness_can_be_read(case: Path, tmp_path: Path) -> None:
    base = load(laid_over(case, tmp_path)).base
    assert base is not None
    reader = Reader(base, choose(base.logic))
    for finding in prove(base).findings:
        if finding.witness is not None:
            reading = reader.read(finding.witness)
            if finding.code in ("DLA506", "DLA507"):
                rules = {id for kind, id in (finding.about, finding.other or ("", "")) if kind == "regle"}
                assert rules <= reading.fired


def test_every_code_has_a_folder_words_and_a_weight() -> None:
    assert {case.name.split("_")[0] for case in CASES} | NOT_FROM_A_FILE == set(SEVERITIES) == set(TOLD)
    assert {severity for code, severity in SEVERITIES.items() if code < "DLA510"} == {Severity.ERROR}


def test_help_and_messages_are_sentences_without_english() -> None:
    for case in CASES:
        text = (case / "attendu.txt").read_text(encoding="utf-8")
        assert "aide" in text
        assert not re.search(r"\b(?:rule|never|witness|the)\b", text)


@pytest.mark.parametrize(
    ("number", "total", "told"),
    [
        (0, 10, "0,00 %"),
        (1, 10**6, "< 0,01 %"),
        (10**6 - 1, 10**6, "> 99,99 %"),
        (10, 10, "100,00 %"),
        (1, 3, "33,33 %"),
    ],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(number: int, total: int, told: str) -> None:
    assert share(number, total).replace("\u00a0", " ") == told


def test_a_conclusion_out_of_reach_is_told_in_its_gender_where_its_article_hides_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    base = load(write_folder(tmp_path)).base
    assert base is not None
    [id, *_] = base.logic.ids("vigilance")
    for the, feminine, told in (
        ("la vigilance", False, "conclue"),
        ("l’alerte", True, "conclue"),
        ("l’écueil", False, "conclu"),
    ):
        monkeypatch.setitem(SPECS, "vigilance", replace(SPECS["vigilance"], the=the, feminine=feminine))
        found = Proven("DLA505", ("vigilance", id), rest=(base.logic.rules[0].id,))
        assert f" n’est jamais {told} : la règle" in diagnostic_of(base, found).message
