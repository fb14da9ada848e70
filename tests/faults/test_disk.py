"""A disk that is full, a folder that is read only, nobody's home: told in French, nothing half written, nothing lost.

On a real small disk in memory where mounting one is allowed. Refusals of a single call of the system are tested beside
what makes it: ``tests/dossiers``, ``tests/screens/test_screen_safety.py``, ``tests/cli/test_report.py`` and others.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.test_commands import ENGLISH, without_names
from conseil_dla.cli.commands import compare, interview, report, workshop_papers
from conseil_dla.cli.main import run
from conseil_dla.dossiers import store
from conseil_dla.ground.files import DOSSIERS_VARIABLE, RULES_VARIABLE, SETTINGS_VARIABLE, cache_folder, dossiers_folder
from conseil_dla.wording.disk_text import NOWHERE
from screens.driving import NARROW, begin, running
from shipped import CASES, ROOT, shipped_reader

pwd = pytest.importorskip("pwd", reason="accounts and disks of Unix")
BASE = shipped_reader().base
CASE = str(CASES[0])
FULL, READ_ONLY = "le disque est plein", "ce disque est en lecture seule"


class Disk:
    """A disk of 256 KB in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Until not one byte is left."""
        with (self.folder / "plein").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass

    def free(self) -> None:
        """Room again."""
        (self.folder / "plein").unlink()

    def lock(self) -> None:
        """Read only from now on."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)

    def names(self) -> set[str]:
        """Everything that lies there."""
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*")} - {"plein"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disque"
    folder.mkdir()
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "essai", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no disk may be mounted here")
    yield Disk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture(autouse=True)
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (interview, report, compare, workshop_papers):
        monkeypatch.setattr(command, "open_reader", lambda rules, **_: shipped_reader())


Given = Callable[[Path], list[str]]
WRITING: dict[str, Given] = {
    "entretien": lambda disk: ["entretien"],
    "rapport .docx": lambda disk: ["rapport", CASE, "-o", str(disk / "r.docx"), "--modele", "cadrage"],
    "rapport .html": lambda disk: ["rapport", CASE, "-o", str(disk / "r.html"), "--modele", "appel", "--interne"],
    "comparer": lambda disk: ["comparer", CASE, str(CASES[1]), "-o", str(disk / "c.xlsx")],
    "papiers": lambda disk: ["papiers", "deroulement", "-o", str(disk / "d.odt")],
    "initier": lambda disk: ["regles", "initier", str(disk / "mes-regles")],
    "documenter": lambda disk: ["regles", "documenter", "-o", str(disk / "site")],
    "schema": lambda disk: ["regles", "schema", str(ROOT), "-o", str(disk / "schemas")],
}


QUICK = ("entretien", "rapport .html", "comparer", "initier")


@pytest.mark.parametrize("state", ["full", pytest.param("read only", marks=pytest.mark.lent)])
@pytest.mark.parametrize("name", [n if n in QUICK else pytest.param(n, marks=pytest.mark.lent) for n in WRITING])
def test_a_disk_that_refuses_is_told_and_holds_nothing_half_written(
    name: str, state: str, disk: Disk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(disk.folder / "dossiers"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    disk.fill() if state == "full" else disk.lock()
    before = disk.names()
    code = run(WRITING[name](disk.folder))
    err = capsys.readouterr().err
    assert {name for name in disk.names() if not (disk.folder / name).is_dir()} <= before, err
    if name == "entretien":
        return  # an input that ends before the title creates nothing, and is no mistake
    assert code == 2, err
    assert (FULL if state == "full" else READ_ONLY) in err or (name == "initier" and "vérifiez le disque" in err)
    assert not ENGLISH.search(without_names(err)), err


def test_a_batch_on_a_full_disk_says_it_in_one_sentence(disk: Disk) -> None:
    disk.fill()
    for name in ("l.xlsx", "l.csv"):
        command = [sys.executable, "-m", "conseil_dla", "lot", CASE, "-o", str(disk.folder / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 2
        (told,) = done.stderr.splitlines()
        assert FULL in told


async def test_on_a_full_disk_the_answers_wait_on_screen_and_are_written_once_there_is_room(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(disk.folder))
    async with running(NARROW) as driver:
        await begin(driver)
        (path,) = disk.folder.glob("*.yaml")
        disk.fill()
        before, given = path.read_bytes(), []
        for _ in range(3):
            given.append(driver.question.state.current)
            await driver.press("enter")
        assert FULL in driver.seen
        assert path.read_bytes() == before
        assert disk.names() - {path.name} == {n for n in disk.names() if n.startswith(".")} - {path.name}
        assert not [name for name in disk.names() if name.endswith(".tmp")]
        disk.free()
        given.append(driver.question.state.current)
        await driver.press("enter")
        await driver.press("f8")
    assert set(given) <= set(store.load(path, BASE).answers)


# --- nobody's home ---


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As for a program that a service starts for an account of no person."""
    for name in (*(n for n in os.environ if n.startswith("XDG_")), "HOME", DOSSIERS_VARIABLE, SETTINGS_VARIABLE):
        monkeypatch.delenv(name, raising=False)

    def nobody(number: int) -> object:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_home_nothing_is_kept_under_a_name_of_its_own(homeless: Path) -> None:
    assert dossiers_folder().is_absolute()
    assert cache_folder().is_absolute()


async def test_without_a_home_the_screens_say_what_to_do_and_keep_what_was_typed(homeless: Path) -> None:
    async with running() as driver:
        await driver.press("f2")
        await driver.write("le titre")
        await driver.press("f5")
        seen = " ".join(driver.seen.replace("│", " ").split())
        assert DOSSIERS_VARIABLE in seen
        await driver.press("escape")
        assert "le titre" in driver.seen
    assert list(homeless.rglob("~*")) == []


@pytest.mark.parametrize(
    "home", ["fichier/ici", *(pytest.param(h, marks=pytest.mark.lent) for h in ("", "absent/ici"))]
)
def test_commands_work_whatever_home_is(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").write_text("")
    for name in [n for n in os.environ if n.startswith("XDG_")] + [DOSSIERS_VARIABLE, SETTINGS_VARIABLE]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / home) if home else "")
    monkeypatch.setenv(RULES_VARIABLE, str(ROOT))
    assert run(["diagnostiquer", CASE]) == 0
    assert run(["rapport", CASE, "-o", str(tmp_path / "r.md"), "--modele", "cadrage"]) == 0
    capsys.readouterr()


def test_without_a_home_a_new_dossier_is_refused_in_french(
    homeless: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = homeless / "entrees.txt"
    answers.write_text("Un titre\n\n\nfin\n", encoding="utf-8")
    with answers.open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert run(["entretien"]) == 2
    assert NOWHERE in capsys.readouterr().err
    assert [path.name for path in homeless.iterdir() if path.name.startswith("~")] == []
