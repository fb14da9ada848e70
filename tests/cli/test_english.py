"""Every command, asked for its help and misused in every way: what it says is French, and it never falls over.

The words looked for are those that argparse itself can say (``english``).
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cli.test_commands import called, without_names
from conseil_dla.cli.main import COMMANDS, RULES_COMMANDS
from conseil_dla.cli.parser import PATTERNS, translated
from english import english_in
from shipped import CASES, shipped_reader

CASE = str(CASES[0])
FORMAT = next(iter(shipped_reader().base.logic.formats))
NAMES: list[list[str]] = [[], *([name] for name in COMMANDS), *(["regles", name] for name in RULES_COMMANDS)]
HELPS = ("-h", "--help", "--aide")
WAYS: dict[str, list[str]] = {
    "nothing": [],
    "bad option": ["--quoi"],
    "bad short option": ["-z"],
    "option glued to a value": ["--quoi=3"],
    "help with a value": ["--aide=3"],
    "rules not named": ["--regles"],
    "format not named": [CASE, "--format"],
    "bad choice": [CASE, "--format", "xml"],
    "bad conclusion": [CASE, "chose:rien"],
    "output not named": [CASE, "-o"],
    "bad model": [CASE, "-o", "papier.md", "--modele", "autre"],
    "bad kind of file": [CASE, "-o", "papier.xyz", "--modele", "comite"],
    "missing file": ["absent.yaml"],
    "missing file and conclusion": ["absent.yaml", FORMAT],
    "folder": ["{folder}"],
    "folder and conclusion": ["{folder}", FORMAT],
    "not text": ["{binary}"],
    "not text and conclusion": ["{binary}", FORMAT],
    "empty name": [""],
    "too many": ["un", "deux", "trois", "quatre"],
    "missing rules": [CASE, "--regles", "absent"],
    "rules that are a file": [CASE, "--regles", CASE],
}


def ids(name: list[str]) -> str:
    return " ".join(name) or "alone"


@pytest.fixture(autouse=True)
def nothing_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path / "dossiers"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", NAMES, ids=ids)
def test_help_is_french(capsys: pytest.CaptureFixture[str], name: list[str]) -> None:
    for asked in HELPS:
        code, out, err = called(capsys, *name, asked)
        assert (code, err) == (0, "")
        assert english_in(without_names(out)) == set()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES, ids=ids)
def test_misuse_is_told_in_french(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: list[str], way: str
) -> None:
    binary = tmp_path / "image.yaml"
    binary.write_bytes(bytes(range(256)))
    (tmp_path / "sous").mkdir()
    given = [word.format(folder=tmp_path / "sous", binary=binary) for word in WAYS[way]]
    if (
        name[:2] in (["regles", "essayer"], ["regles", "verifier"], ["regles", "schema"], ["servir"])
        and way == "nothing"
    ):
        pytest.skip("this is how it is used")
    code, out, err = called(capsys, *name, *given)
    assert code in (0, 2)
    assert (out + err).strip()
    assert "Traceback" not in err
    assert english_in(without_names(out + err), " ".join([*given, *name])) == set()


def test_every_message_of_argparse_becomes_french() -> None:
    """Those that are recognised and any other, whatever it says."""
    told = [
        "the following arguments are required: x",
        "unrecognized arguments: x",
        "argument --x: expected one argument",
        "argument --x: expected at least one argument",
        "argument --x: invalid choice: 'y' (choose from 'z')",
        "argument --x: ignored explicit argument 'y'",
        "argument --x: not allowed with argument --y",
        "ambiguous option: x could match y, z",
        "one of the arguments x y is required",
        "argument x: invalid int value: 'y'",
        "can't open 'x': No such file",
    ]
    assert len(told) > len(PATTERNS)
    for message in told:
        assert english_in(message), message
        assert english_in(translated(message)) == set(), message
