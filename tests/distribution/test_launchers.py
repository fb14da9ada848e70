"""What is put beside the wheels: texts that survive cmd.exe, names that exist, words that the program knows.

The .bat files were not run on Windows; what can be held without it is held here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conseil_dla.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
DISTRIBUTION = ROOT / "distribution"
BATCH = sorted((DISTRIBUTION / "windows").iterdir())
SHELL = sorted((DISTRIBUTION / "unix").iterdir())
sys.path.insert(0, str(ROOT / "tools"))
import wheelhouse  # noqa: E402 - a tool, not a package

VARIABLE = "CONSEIL_DLA_PROGRAMME"


@pytest.fixture(params=["windows", "linux"])
def laid(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder that a user gets, without its wheels."""
    target = tmp_path / f"conseil-dla-0-{request.param}"
    (target / "paquets").mkdir(parents=True)
    wheelhouse.put_launchers(target, wheelhouse.SYSTEMS[request.param])
    return target


def test_both_systems_have_the_same_three() -> None:
    names = {"installer", "conseil-dla", "conseil-dla-navigateur"}
    assert {path.stem for path in BATCH} == {path.stem for path in SHELL} == names


@pytest.mark.parametrize("path", BATCH, ids=lambda path: path.name)
def test_a_batch_file_needs_no_code_page(path: Path) -> None:
    """ASCII alone, so that no code page of a Windows spoils it; accents are shown from texts, under chcp 65001."""
    text = path.read_text(encoding="ascii")
    assert text.startswith("@echo off\n")
    assert "Non essaye sur Windows" in "".join(text.splitlines(keepends=True)[:3])
    assert "setlocal EnableExtensions DisableDelayedExpansion" in text


@pytest.mark.parametrize("path", BATCH, ids=lambda path: path.name)
def test_a_batch_file_goes_only_where_it_can(path: Path) -> None:
    text = path.read_text(encoding="ascii")
    lines = [line for line in text.splitlines() if not line.startswith("rem ")]
    labels = {line[1:] for line in lines if line.startswith(":")}
    wanted = set(re.findall(r"\b(?:goto |call :)(\w+)", "\n".join(lines)))
    assert wanted == labels - {"installer"} | (wanted & {"installer"})
    assert text.count("(") == text.count(")")
    for line in lines:
        assert line.count('"') % 2 == 0, line
        assert not line.startswith("echo") or not re.search(r"[&|<>^()%!]", line), line
        for name in re.findall(r"%(~?\w+)%?", line):
            assert f"%{name}%" in line or name.startswith(("~dp0", "1", "v", "p")), line
    before = lines[: lines.index(next(line for line in lines if line.startswith(":")))]
    assert before[-1].startswith(("goto", "exit")) or (not before[-1] and before[-2].startswith(("goto", "exit")))


@pytest.mark.parametrize("path", SHELL, ids=lambda path: path.name)
def test_a_shell_file_is_sound_and_may_be_started(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no shell")
    assert path.stat().st_mode & 0o111 == 0o111
    for shell in filter(shutil.which, ("sh", "bash", "dash", "busybox")):
        words = [shell, "sh"] if shell == "busybox" else [shell]
        done = subprocess.run([*words, "-n", str(path)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr


@pytest.mark.parametrize("path", [*BATCH, *SHELL], ids=lambda path: path.name)
def test_the_command_that_it_calls_exists(path: Path) -> None:
    called = re.findall(r"-m conseil_dla(?: (\w+))?", path.read_text(encoding="utf-8"))
    assert len(called) == (path.stem != "installer")
    assert all(word in ("", *COMMANDS) for word in called)


def test_each_file_named_is_there(laid: Path) -> None:
    """By the launchers, beside them and in « paquets »; by the words for who reads."""
    ends = {"bat"} if "windows" in laid.name else {"sh"}
    here = {path.name for path in laid.iterdir()} | {path.name for path in (laid / "paquets").iterdir()}
    for path in laid.iterdir():
        if path.is_dir():
            continue
        text = path.read_text(encoding="utf-8-sig")
        named = set(re.findall(r"[\w-]+\.(?:bat|sh|txt|py)\b", text.replace("liste-%1.txt", "").replace("%1.txt", "")))
        texts = set(re.findall(r"call :dire ([\w-]+)", text))
        made = {
            name for name in named if name.startswith(("liste-", "moteur-", "installe.")) or name in ("sh", "xx.txt")
        }
        wanted = {name for name in named - made if name.rpartition(".")[2] in ends | {"txt", "py"}}
        assert wanted | {f"{name}.txt" for name in texts} <= here | {"version.txt"}, path.name


def test_ends_of_lines_and_letters_are_those_of_the_system(laid: Path) -> None:
    for path in (*laid.glob("*.*"), *(laid / "paquets").glob("*.txt")):
        data = path.read_bytes()
        if path.name == "systeme.txt":
            continue
        lone = re.search(rb"(?<!\r)\n", data)
        assert (lone is None) == ("windows" in laid.name), path.name
        assert data.startswith(b"\xef\xbb\xbf") == ("windows" in laid.name and path.name == "LISEZMOI.txt")


def test_what_is_zipped_keeps_its_rights(laid: Path) -> None:
    with zipfile.ZipFile(wheelhouse.zipped(laid)) as file:
        modes = {Path(each.filename).name: each.external_attr >> 16 for each in file.infolist()}
    for path in SHELL if "linux" in laid.name else ():
        assert modes[path.name] & 0o111


def test_all_launchers_look_in_one_place() -> None:
    """Where the installer puts it."""
    source = (DISTRIBUTION / "paquets" / "installation.py").read_text(encoding="utf-8")
    assert f'VARIABLE = "{VARIABLE}"' in source
    assert 'USUAL = ".conseil-dla"' in source
    for path in (*BATCH, *SHELL):
        if path.stem != "installer":
            text = path.read_text(encoding="utf-8").replace("\\", "/")
            assert VARIABLE in text
            assert ".conseil-dla/programme" in text
            assert "installe.txt" in text


@pytest.mark.skipif(sys.platform == "win32", reason="a shell")
def test_a_launcher_says_what_is_missing_in_a_folder_of_any_name(tmp_path: Path) -> None:
    place = tmp_path / "À l’essai (dla) & co"
    shutil.copytree(DISTRIBUTION / "unix", place)
    variables = {"PATH": "/nowhere", "HOME": str(tmp_path)}
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run(
        [shell, str(place / "conseil-dla.sh")], env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "installer.sh" in done.stderr
    variables["PATH"] = "/usr/bin:/bin"
    done = subprocess.run(
        [shell, str(place / "installer.sh")], env=variables, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "« paquets »" in done.stderr
