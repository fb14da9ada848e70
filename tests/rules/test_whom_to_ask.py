"""``a_demander``: whom to ask a question, for the call sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.rules.loading import load
from shipped import shipped_reader

FILE = "knowledge/questions.yaml"


def with_key(value: str) -> dict[str, str]:
    return {**GOOD, FILE: GOOD[FILE].replace("  type:", f"  a_demander: {value}\n  type:", 1)}


@pytest.mark.parametrize("value", ["ensemble", "separement", "collectivite", "dla"])
def test_it_is_read(tmp_path: Path, value: str) -> None:
    base = load(write_folder(tmp_path, with_key(value))).base
    assert base is not None
    assert value in {base.entry("question", id).texts.get("a_demander") for id in base.logic.questions}


def test_another_word_is_refused_with_the_nearest(tmp_path: Path) -> None:
    loaded = load(write_folder(tmp_path, with_key("separemment")))
    assert loaded.base is None
    said = " ".join(f"{d.message} {d.help}" for d in loaded.diagnostics)
    assert "separemment" in said
    assert "separement" in said.replace("separemment", "")


def test_a_word_near_none_is_refused_with_the_words_known(tmp_path: Path) -> None:
    loaded = load(write_folder(tmp_path, with_key("quelquun")))
    assert loaded.base is None
    helps = [d.help for d in loaded.diagnostics]
    assert any("collectivite" in told for told in helps), helps
    assert not any(": ," in told for told in helps)


def test_every_shipped_question_says_whom_to_ask() -> None:
    base = shipped_reader().base
    assert all(base.entry("question", id).texts.get("a_demander") for id in base.logic.questions)
