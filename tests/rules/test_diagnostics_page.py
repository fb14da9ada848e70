"""docs/diagnostics.md is what its script makes of it: real mistakes, real answers, files once mended."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from bad_files import BAD, CASES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "diagnostics.md"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("diagnostics_page", ROOT / "tools" / "diagnostics_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(text: str) -> dict[str, str]:
    parts = re.split(r"^### (DLA\d{3}) · .*\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_is_what_its_script_makes(tool: ModuleType) -> None:
    """To make it anew: ``python tools/diagnostics_page.py``."""
    text = PAGE.read_text(encoding="utf-8")
    assert tool.page(text) == text


def test_examples_spoiled_by_hand_are_made_again_and_words_are_kept(tool: ModuleType) -> None:
    text = PAGE.read_text(encoding="utf-8")
    spoiled = text.replace("clairment", "clermont").replace("La question n’a pas cette réponse.", "Nos mots à nous.")
    assert spoiled.count("clermont") >= 2
    again = tool.page(spoiled)
    assert "clermont" not in again
    assert "Nos mots à nous." in again
    assert again == text.replace("La question n’a pas cette réponse.", "Nos mots à nous.")


def test_an_entry_without_a_bad_file_is_left_alone(tool: ModuleType) -> None:
    entry = "### DLA599 · Une découverte\n\nDes mots.\n\n```\nun exemple\n```\n\n**Que faire**\u00a0: Rien.\n"
    assert tool.page("# Titre\n\n" + entry) == "# Titre\n\n" + entry


def test_every_mistake_of_the_tests_is_told_in_its_entry(tool: ModuleType) -> None:
    found = entries(PAGE.read_text(encoding="utf-8"))
    for case in CASES:
        code = case.name.split("_")[0]
        answer = (case / "attendu.txt").read_text(encoding="utf-8")
        told = next(line for line in answer.split("\n") if f"({code})" in line)
        message = re.sub(r"^avertissement\s*:\s*", "", told.split("  ", 1)[1].removesuffix(f"  ({code})"))
        assert message in found[code], case.name


def test_shown_mistakes_exist_and_each_entry_says_what_to_do(tool: ModuleType) -> None:
    for code, name in tool.SHOWN.items():
        files = tool.BAD_DOSSIERS / f"{code}_{name}.yaml", tool.BAD_TABLES / f"{code}_{name}.txt"
        assert (BAD / f"{code}_{name}").is_dir() or any(file.is_file() for file in files)
    for code, text in entries(PAGE.read_text(encoding="utf-8")).items():
        assert "**Que faire**\u00a0: " in text, code
        assert text.count("```") % 2 == 0
