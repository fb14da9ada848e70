"""Error texts are public: one bad file for each code, with the text that an author reads.

Each folder of tests/bad lays its files over the good miniature; ``SUPPRIME`` lists what it takes away. To write the
expected texts anew after a change of wording, then read them: ``CONSEIL_DLA_ECRIRE_ATTENDUS=1 pytest tests/loading``.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from builders import write_folder
from conseil_dla.loading import VERIFY_ERRORS, load
from conseil_dla.reporting.diagnostic_text import render

TESTS = Path(__file__).resolve().parents[1]
CASES = sorted(path for path in (TESTS / "bad").iterdir() if path.is_dir())
GROUPS = "012"


def laid_over(case: Path, folder: Path) -> Path:
    write_folder(folder)
    taken = case / "SUPPRIME"
    for name in taken.read_text(encoding="utf-8").split() if taken.exists() else ():
        path = folder / name
        path.rmdir() if path.is_dir() else path.unlink()
    for sub in ("rules", "knowledge"):
        if (case / sub).is_dir():
            shutil.copytree(case / sub, folder / sub, dirs_exist_ok=True)
    return folder


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


def test_every_code_of_loading_has_a_bad_file_and_an_entry() -> None:
    source = TESTS.parent / "src" / "conseil_dla"
    files = [source / "answertext.py", *(source / "yamltext").glob("*.py"), *(source / "loading").glob("*.py")]
    codes = {code for file in files for code in re.findall(r"\bDLA\d{3}\b", file.read_text(encoding="utf-8"))}
    assert codes == {case.name.split("_")[0] for case in CASES}
    documented = (TESTS.parent / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert codes == set(re.findall(rf"^#+ (DLA[{GROUPS}]\d\d)", documented, re.MULTILINE))
    assert codes >= VERIFY_ERRORS
