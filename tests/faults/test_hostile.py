"""Texts that would be obeyed by a terminal, a page or a spreadsheet, from every place where a person writes one.

``tests/papers`` holds each kind of paper to it by its own means; here the real program meets one hostile dossier.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

from conseil_dla.cli.commands import compare, diagnose, report
from conseil_dla.cli.main import run
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.ground.french import MOST_MARKS, harmless
from conseil_dla.toolkit.typography import shortened, wrapped
from screens.driving import NARROW, running
from shipped import CASES, shipped_reader

BASE = shipped_reader().base
PAYLOADS = (
    r"\e[2J\e[31mROUGE", r"\e]52;c;cm0gLXJm\aPRESSE", r"\e]8;;http://exemple.invalid\aLIEN\e]8;;\a", r"\e]0;TITRE\a",
    r"\x9b41mC1", r"\x90q#0\x9c", r"\ePq\e\\", r"\e[?1049l\ec", r"\b\b\bRECUL", r"\r\rDEBUT", r"\a\a",
    "\\u202egnp.exe", "\\u2066\\u2069\\u200f", "\\u200b\\u200d\\uFEFFSANS", "Z" + r"\u0301" * 60 + "PILE",
    r"\u0338\u20dd" * 30,
    "[bold red]GRAS[/]", "[@click=app.quit]CLIC[/]", "[link=http://exemple.invalid]LIEN[/link]", "$x {{7*7}} %s {0}",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&#x3C;b&#x3E;", "]]><!--",
    "![](http://exemple.invalid/x.png) [clic](javascript:alert(1))", "# Titre", "| a | b |", "```", "~~~",
    "=HYPERLINK(CLIC)", "+1+cmd", "@SUM(A1)", "-2+3", "\\t=1+1", "../../../etc/passwd", "|rm -rf", "$(id)",
)  # fmt: skip
"""As between the double quotes of a YAML text."""
OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]|[\U000f0000-\U0010ffff]"
)
NAMES = ("=cmd|calc", "\x1b[31m\u202erouge", "[bold]gras", "-rf", "a" * 200, "e" + "\u0301" * 30, "<b>&x;")


def hostile(text: str) -> str:
    """A dossier whose every text is this one."""
    case = CASES[0].read_text(encoding="utf-8")
    answers = case[case.index("\nreponses:") : case.index("\nattendu:")] if "\nattendu:" in case else "\nreponses: {}\n"
    name = text.partition(" ")[0]
    known = [id for id in BASE.logic.questions if f"\n  {id}:" in answers][:3]
    return "\n".join(
        (
            "version: 1", f'titre: "{text}"', f'demande_dans_leurs_mots: "{text}"', f'ce_que_vous_entendez: "{text}"',
            answers.strip("\n"), "notes:",
            *(f'  {id}: "{text}"' for id in known),
            "avis:", f'  pourquoi: "{text}"', f'  ce_que_j_accepte: "{text}"',
            "structures:", f'  - nom: "{text}"',
            "repondants:", f'  "{name}":', "    role: structure", "    accord: oui", "    reponses: {}", "",
        )
    )  # fmt: skip


def piled(text: str) -> bool:
    """True where a letter bears more marks than any language writes."""
    height = 0
    for char in text:
        height = height + 1 if unicodedata.category(char).startswith("M") else 0
        if height > MOST_MARKS:
            return True
    return False


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dossiers"
    folder.mkdir()
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(folder))
    path = folder / "hostile.yaml"
    path.write_text(hostile(" ".join(PAYLOADS)), encoding="utf-8")
    return path


@pytest.fixture
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (diagnose, report, compare):
        monkeypatch.setattr(command, "open_reader", lambda rules: shipped_reader())


def check(text: str, where: str, *, value: bool = False) -> None:
    """Nothing in it that a terminal, an editor or a page would obey; a value of JSON is told as it is."""
    found = OBEYED.search(text)
    assert found is None, (where, text[max(0, found.start() - 40) : found.end() + 40])
    assert value or not piled(text), where


def parts(path: Path) -> dict[str, str]:
    """The texts of a file, by their names in it."""
    if path.suffix in (".docx", ".odt", ".xlsx"):
        with zipfile.ZipFile(path) as packed:
            return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}
    return {path.name: path.read_text(encoding="utf-8-sig")}


@pytest.mark.usefixtures("opened_once")
def test_no_command_says_any_of_it_to_a_terminal(dossier: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for command in (["diagnostiquer"], ["diagnostiquer", "--format", "json"], ["comparer", "--croiser"]):
        assert run([command[0], str(dossier), *command[1:]]) == 0, command
        out, err = capfd.readouterr()
        assert "ROUGE" in out or "json" in command or "--croiser" in command
        check(out, f"{command}, out")
        check(err, f"{command}, err")


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:20])
def test_a_file_may_have_any_name(name: str, dossier: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = dossier.with_name(f"{name}.yaml")
    shutil.copyfile(CASES[0], path)
    assert run(["diagnostiquer", str(path), "--format", "json"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["dossier"] == str(path)
    assert err == ""
    check(out, "json", value=True)
    path.write_text("reponses: [", encoding="utf-8")
    assert run(["diagnostiquer", str(path)]) == 2
    check(capfd.readouterr().err, "what is said of it")


MODELS = ("appel", "cadrage", "cahier-des-charges", "comite", "offres", "suivi")
QUICK = ("cadrage.docx", "cadrage.md")


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(f"{model}{end}", marks=[] if f"{model}{end}" in QUICK else pytest.mark.lent)
        for model in MODELS
        for end in (".docx", ".odt", ".html", ".md")
    ],
)
def test_no_paper_holds_any_of_it(wanted: str, dossier: Path, tmp_path: Path) -> None:
    path = tmp_path / wanted
    for audience in ((), ("--interne",)):
        arguments = ["rapport", str(dossier), "-o", str(path), "--modele", path.stem, "--remplacer", *audience]
        assert run(arguments) == 0
        texts = parts(path)
        assert "ROUGE" in "".join(texts.values())
        for name, text in texts.items():
            check(text, name)
            assert not re.search(r"(?<!\\)<(script|img[^>]*onerror)", text, re.IGNORECASE), name
            assert "javascript:" not in re.sub(r"\\|javascript:alert\(1\)\)? ?", "", text), name


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize("end", [".csv", pytest.param(".xlsx", marks=pytest.mark.lent)])
def test_no_cell_holds_any_of_it_nor_is_a_formula(end: str, dossier: Path, tmp_path: Path) -> None:
    for n, payload in enumerate(PAYLOADS):
        if not payload.startswith(("=", "+", "-", "@", "\\t")):
            continue
        first, second = dossier.with_name(f"a{n}.yaml"), dossier.with_name(f"b{n}.yaml")
        first.write_text(hostile(payload), encoding="utf-8")
        second.write_text(hostile(f"{payload} " + " ".join(PAYLOADS)), encoding="utf-8")
        path = tmp_path / f"table{n}{end}"
        assert run(["comparer", str(first), str(second), "-o", str(path)]) == 0
        for name, text in parts(path).items():
            check(text, name)
            assert "<f>" not in text, name
        if end == ".csv":
            rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
            cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+([.,]\d+)?", cell)]
            assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]


# --- sizes ---

MILLION = 1_000_000


def test_a_title_of_a_million_letters_is_cut_and_wrapped_at_once() -> None:
    began = time.monotonic()
    assert shortened("a" * MILLION, 60) == "a" * 59 + "…"
    lines = wrapped("é" * MILLION + " fin", 60)
    assert [len(line) for line in (lines[0], lines[-1])] == [60, (MILLION % 60) + 4]
    assert time.monotonic() - began < 5


async def test_the_screens_open_a_dossier_whose_title_has_a_million_letters(dossier: Path) -> None:
    dossier.write_text(f"version: 1\ntitre: {'M' * MILLION}\nreponses: {{}}\n", encoding="utf-8")
    began = time.monotonic()
    async with running(NARROW, dossier=dossier) as driver:
        assert "MMMM" in driver.seen
        await driver.press("enter", "f6", "f6")
    assert time.monotonic() - began < 20


# --- the bytes that the real program writes ---

OBEYED_BYTES = re.compile(
    rb"\x1b\[([?<>=]?)[0-9;:]*[ -/]*([@-~])"  # what begins with CSI: its prefix and its last letter
    rb"|\x1b([\]PX^_][^\x07\x1b]*)"  # a text for the terminal: the whole of it
    rb"|\x1b([ -/]*[0-~])|([\x00-\x09\x0b\x0c\x0e-\x1f\x7f])"
)
WALK = ("f6", "pagedown", "f6", "f4", "escape", "f3", "escape", "ctrl+x", "escape", "f1", "escape", "f8", "escape")


def sequences(written: bytes) -> set[tuple[bytes, ...]]:
    """The kinds of what a terminal obeys."""
    return {tuple(part or b"" for part in found.groups()) for found in OBEYED_BYTES.finditer(written)}


@pytest.mark.lent
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
def test_the_screens_write_no_sequence_that_came_from_a_text(dossier: Path) -> None:
    from terminal import PROGRAM, Terminal  # noqa: PLC0415 - not on Windows

    found = {}
    for text in ("Un texte sans histoire", " ".join(PAYLOADS)):
        dossier.write_text(hostile(text), encoding="utf-8")
        variables = {DOSSIERS_VARIABLE: str(dossier.parent), "CONSEIL_DLA_REGLAGES": str(dossier.parent / "r")}
        with Terminal((*PROGRAM, "ouvrir", str(dossier)), (120, 40), variables) as terminal:
            terminal.until(lambda seen: "F6" in seen)
            terminal.rest()
            for key in WALK:
                terminal.press(key)
                terminal.rest(0.2)
            terminal.press("ctrl+q")
            terminal.wait()
            found[text] = terminal.written
    plain, written = found.values()
    assert b"histoire" in plain
    assert b"ROUGE" in written
    assert sequences(written) <= sequences(plain)
    check(OBEYED_BYTES.sub(b"", written).decode("utf-8", "replace").translate({13: None, 27: None}), "screen")


def test_piled_accents_go_and_those_of_languages_stay() -> None:
    for text in ("Việt Nam, e\u0301te\u0301", "שָׁלוֹם", "ก็ที่", "नमस्ते", "L’été\u00a0: 3 %"):
        assert harmless(text) == text
    assert harmless("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * MOST_MARKS + "b"


@pytest.mark.lent
@pytest.mark.parametrize("end", [".jsonl", ".csv", ".xlsx"])
def test_no_file_of_a_batch_holds_any_of_it(
    end: str, dossier: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in NAMES:
        shutil.copyfile(dossier, dossier.with_name(f"{name}.yaml"))
        dossier.with_name(f"casse{name}.yaml").write_text(
            f'titre: "{" ".join(PAYLOADS)}"\nreponses: [', encoding="utf-8"
        )
    target = tmp_path / f"lot{end}"
    assert run(["lot", str(dossier.parent), "-o", str(target)]) == 2, "some cannot be read"
    out, err = capfd.readouterr()
    check(out + err.replace("\r", ""), "what is said")
    for path in (target, target.with_name(f"{target.name}-ensemble.html")):
        for name, text in parts(path).items():
            check(text, name, value=end == ".jsonl")
            assert path == target or not re.search(r"<(script>alert|img[^>]*onerror)", text), name
            assert "<f>" not in text, name
    if end == ".csv":
        rows = csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig")), delimiter=";")
        cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+([.,]\d+)?", cell)]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
