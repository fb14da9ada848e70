"""A damaged dossier, damaged rules: read all the same, or refused in clear French; never touched, never a traceback.

The seed of each damage is in the message of the failure: ``damage(Path, data, seed)`` makes it again.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import write_folder
from cli.test_commands import ENGLISH, without_names
from conseil_dla.cli import desk
from conseil_dla.cli.commands import diagnose
from conseil_dla.cli.main import run
from conseil_dla.reading.compose import Reader
from faults.mutations import mutated
from shipped import CASES, ROOT, shipped_reader

DOSSIER = """\
version: 1
titre: Trois compagnies d’une vallée
demande: >-
  Un poste partagé, et vite.
ce_que_vous_entendez: "Se connaître d’abord"
reponses:
  envie: clairement  # dit en réunion
  commande: non
  sujets: [emploi, lieux]
  combien: 7
notes:
  combien: sept ou huit
  envie: |
    Dit deux fois,
    par la présidente.
avis:
  format: chantier
"""
SECONDS = 5.0
"""A damage may make a file slow to read, never endless."""
QUICK, LONG, SHIPPED = 60, 500, 12

Said = Callable[[], tuple[str, str]]


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Said:
    def said() -> tuple[str, str]:
        out, err = capfd.readouterr()
        return out, err

    return said


def damage(path: Path, data: bytes, seed: int) -> str:
    """Write a damaged file; gives what was done to it."""
    name, damaged = mutated(data, random.Random(seed))
    path.write_bytes(damaged)
    return f"seed {seed}: {name}"


def prose(err: str) -> str:
    """What the program says itself: without the excerpts of the file, and without what it quotes."""
    own = [line for line in err.splitlines() if not re.match(r"\s*\d*\s*\|", line)]
    return re.sub(r"«[^»]*»|\"[^\"]*\"|`[^`]*`", "", without_names("\n".join(own)))


def check(what: str, path: Path, arguments: list[str], said: Said) -> int:
    """Run a command on damaged files and hold what it says to the contract; gives its exit code."""
    before, began = path.read_bytes(), time.monotonic()
    code = run(arguments)
    took = time.monotonic() - began
    out, err = said()
    assert path.read_bytes() == before, what
    assert took < SECONDS, (what, took)
    assert "Traceback" not in err + out, (what, err)
    if code == 0:
        assert json.loads(out)["dossier"] == arguments[1], (what, out)
    else:
        assert code == 2, (what, code)
        assert out == "", (what, out)
        assert re.search(r"\(DLA\d{3}\)", err), (what, err)
    assert not ENGLISH.search(prose(err)), (what, ENGLISH.findall(prose(err)), err)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out + err), (what, err)
    return code


def damage_dossiers(number: int, folder: Path, data: bytes, said: Said, first: int = 0) -> list[int]:
    """Exit codes of ``diagnostiquer``."""
    path, codes = folder / "dossier.yaml", []
    for seed in range(first, first + number):
        what = damage(path, data, seed)
        codes.append(check(what, path, ["diagnostiquer", str(path), "--format", "json"], said))
    return codes


def damage_rules(number: int, folder: Path, dossier: Path, said: Said, first: int = 0) -> list[int]:
    """The same with damaged rules, a file of the folder at a time."""
    files = sorted(folder.rglob("*.yaml"))
    wholes = {path: path.read_bytes() for path in files}
    codes = []
    for seed in range(first, first + number):
        path = random.Random(-seed).choice(files)
        what = f"{path.name}, {damage(path, wholes[path], seed)}"
        command = ["diagnostiquer", str(dossier), "--format", "json", "--regles", str(folder)]
        codes.append(check(what, path, command, said))
        path.write_bytes(wholes[path])
    return codes


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "regles")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "sain.yaml"
    path.write_text(DOSSIER, encoding="utf-8")
    return path


@pytest.fixture
def reader(small: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """The rules are sound and opened once."""
    opened = desk.open_reader(str(small))
    monkeypatch.setattr(diagnose, "open_reader", lambda rules: opened)
    return opened


def test_the_dossier_and_the_rules_are_read_when_nothing_is_damaged(small: Path, dossier: Path, said: Said) -> None:
    assert run(["diagnostiquer", str(dossier), "--format", "json", "--regles", str(small)]) == 0
    out, err = said()
    assert err == ""
    assert json.loads(out)["format"]["retenu"] == "chantier"


@pytest.mark.usefixtures("reader")
def test_sixty_damaged_dossiers(tmp_path: Path, said: Said) -> None:
    codes = damage_dossiers(QUICK, tmp_path, DOSSIER.encode(), said)
    assert {0, 2} == set(codes)


def test_sixty_damaged_rules(small: Path, dossier: Path, said: Said) -> None:
    codes = damage_rules(QUICK, small, dossier, said)
    assert {0, 2} == set(codes)


@pytest.mark.lent
@pytest.mark.usefixtures("reader")
def test_five_hundred_damaged_dossiers(tmp_path: Path, said: Said) -> None:
    codes = damage_dossiers(LONG, tmp_path, DOSSIER.encode(), said, QUICK)
    assert min(codes.count(0), codes.count(2)) > LONG // 10


@pytest.mark.lent
def test_damaged_experiences_of_the_note(tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnose, "open_reader", lambda rules: shipped_reader())
    for number, case in enumerate(CASES):
        damage_dossiers(5, tmp_path, case.read_bytes(), said, 10_000 + 5 * number)


@pytest.mark.lent
def test_five_hundred_damaged_rules(small: Path, dossier: Path, said: Said, tmp_path: Path) -> None:
    codes = damage_rules(LONG - SHIPPED, small, dossier, said, QUICK)
    assert min(codes.count(0), codes.count(2)) > LONG // 10


@pytest.mark.lent
def test_damaged_rules_of_the_program(said: Said, tmp_path: Path) -> None:
    folder = tmp_path / "regles"
    for name in ("rules", "knowledge"):
        shutil.copytree(ROOT / name, folder / name)
    damage_rules(SHIPPED, folder, CASES[0], said, 20_000)
