"""Error texts are public: one bad file for each code, with the text that an author reads.

``bad_files`` says what a folder of tests/bad holds. To write the expected texts anew after a change of wording, then
read them: ``CONSEIL_DLA_ECRIRE_ATTENDUS=1 pytest tests/rules``, then ``python tools/diagnostics_page.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bad_files import CASES, MENDED, laid_over
from conseil_dla.rules.loading import VERIFY_ERRORS, load
from conseil_dla.wording.diagnostic_text import render

TESTS = Path(__file__).resolve().parents[1]
GROUPS = "012"
UNUSED = {"DLA202", "DLA208", "DLA209"}
"""Warnings that a small mended file may keep, unless they are what it mends: what it defines is not used."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_file_is_told_as_written(case: Path, tmp_path: Path) -> None:
    loaded = load(laid_over(case, tmp_path / "dla"), shown_as="")
    told = render(loaded.diagnostics)
    golden = case / "attendu.txt"
    if os.environ.get("CONSEIL_DLA_ECRIRE_ATTENDUS") == "1":
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    code = case.name.split("_")[0]
    assert code in {one.code for one in loaded.diagnostics}
    assert (loaded.base is None) == any(one.is_error for one in loaded.diagnostics)
    assert not re.search(r"\b(?:yaml|parser|scanner|token)\b(?!/)", re.sub(r"\S+\.ya?ml\S*|\.yaml", "", told), re.I)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_mended_file_is_without_mistake(case: Path, tmp_path: Path) -> None:
    mended = case / MENDED
    assert mended.is_dir() is not (case / "SUPPRIME").exists()
    loaded = load(laid_over(mended, tmp_path / "dla"), shown_as="")
    assert loaded.base is not None, render(loaded.diagnostics)
    assert {one.code for one in loaded.diagnostics} <= UNUSED - {case.name.split("_")[0]}


def test_there_are_many_mistakes_and_no_two_are_told_alike() -> None:
    told: dict[str, str] = {}
    for case in CASES:
        text = (case / "attendu.txt").read_text(encoding="utf-8")
        assert told.setdefault(text, case.name) == case.name, f"{case.name} = {told[text]}"
        assert text.count("aide") >= 1 or case.name.startswith("DLA104"), f"{case.name} does not say how to mend"
    assert len(told) >= 60


def test_every_code_of_loading_has_a_bad_file_and_an_entry() -> None:
    source = TESTS.parent / "src" / "conseil_dla"
    files = [
        source / "rules" / "answertext.py",
        source / "ground" / "shelving.py",
        *(source / "ground" / "yamltext").glob("*.py"),
        *(source / "rules" / "loading").glob("*.py"),
    ]
    codes = {code for file in files for code in re.findall(r"\bDLA\d{3}\b", file.read_text(encoding="utf-8"))}
    assert codes == {case.name.split("_")[0] for case in CASES}
    documented = (TESTS.parent / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert codes == set(re.findall(rf"^#+ (DLA[{GROUPS}]\d\d)", documented, re.MULTILINE))
    assert codes >= VERIFY_ERRORS
