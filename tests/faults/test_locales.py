"""Terminals and machines that do not speak UTF-8: no command stops, accents are right or cleanly replaced."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conseil_dla.ground.files import DOSSIERS_VARIABLE
from shipped import CASES

CASE = str(CASES[0])
SPEAKING = ("LANG", "LC_ALL", "LC_CTYPE", "LANGUAGE", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE")
LOCALES = {
    "C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ASCII": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "Windows": {"LC_ALL": "C", "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
}


def called(locale: str, folder: Path, *arguments: str, entries: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    variables = {name: value for name, value in os.environ.items() if name not in SPEAKING}
    variables |= {**LOCALES[locale], DOSSIERS_VARIABLE: str(folder / "dossiers")}
    command = [sys.executable, "-m", "conseil_dla", *arguments]
    return subprocess.run(command, input=entries, capture_output=True, check=False, env=variables, cwd=folder)


def sound(done: subprocess.CompletedProcess[bytes], code: int = 0, *, replaced: bool = False) -> str:
    """What was said on both sides: UTF-8, with nothing of Python in it. ``replaced``: a word typed may be lost."""
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == code, err
    assert "Traceback" not in err
    assert "codec" not in err
    assert replaced or "\ufffd" not in out + err
    return out + err


@pytest.mark.lent
@pytest.mark.parametrize("locale", LOCALES)
def test_a_conversation_and_its_paper_keep_every_accent(locale: str, tmp_path: Path) -> None:
    entries = "Été à Nîmes\nœuvrer « ici »\n\nnote déjà dit, à l’oral\nfin\n".encode()
    assert "Nîmes" in sound(called(locale, tmp_path, "entretien", entries=entries))
    (path,) = (tmp_path / "dossiers").glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    assert "Été à Nîmes" in text
    assert "déjà dit, à l’oral" in text
    sound(called(locale, tmp_path, "rapport", str(path), "-o", "papier.md", "--modele", "cadrage"))
    assert "Été à Nîmes" in (tmp_path / "papier.md").read_text(encoding="utf-8")


@pytest.mark.lent
@pytest.mark.parametrize("locale", ["ASCII"])
def test_every_command_speaks(locale: str, tmp_path: Path) -> None:
    named = tmp_path / "été ’ à Nîmes.yaml"
    named.write_bytes(CASES[0].read_bytes())
    assert "é" in sound(called(locale, tmp_path, "-h"))
    for arguments in (
        ["--version"], ["diagnostiquer", str(named)], ["diagnostiquer", str(named), "--format", "json"],
        ["comparer", str(named), CASE, "-o", "é.csv"],
        ["papiers", "deroulement", "-o", "dé.html"], ["servir", "-h"], ["regles", "initier", "règles"],
        ["regles", "verifier", "-h"], ["regles", "schema", "règles"],
    ):  # fmt: skip
        assert sound(called(locale, tmp_path, *arguments)) is not None, arguments
    absent = called(locale, tmp_path, "diagnostiquer", "absent é.yaml")
    assert "introuvable" in sound(absent, 2, replaced=True)
