"""Whoever does what a message says, to the letter, is through: nothing else is asked of who writes rules."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import write_folder
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.words import comparison
from conseil_dla.rules.loading import load
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT

NBSP, THIN = "\u00a0", "\u202f"
RULES = "rules/projet.yaml"
LINE = re.compile(r"( *)((?:- )?)([a-z_][a-z0-9_]*):(.*)")


LINES = (
    r"écrivez « (?P<new>- .*) », le tiret (?P<where>.*)",
    r"écrivez « (?P<new>.*) », sans tiret, (?P<where>.*)",
    r"un tiret simple, un espace, puis le reste : « (?P<new>.*) »",
    r"mettez le texte entre guillemets : (?P<new>.*)",
    r"écrivez (?P<new>source: .*)",
    r"écrivez « (?P<new>[^»]*) »(?! :).*",
)
"""How a message gives the line to write, and where it goes."""
WORDS = (
    r"écrivez « (\w+) » : une lettre.*",
    r"vouliez-vous dire « (.*) » \?",
    r"écrivez ([A-Z]\d+(?:, [A-Z]\d+)*)",
    r"écrivez (\d+), sans signe devant",
)
"""How it gives what to write in place of what it underlines."""
FOLDED = r"à la ligne (\d+), écrivez « \w+: >- », puis tout .* à (\d+) espaces du bord gauche"
BELOW = r"écrivez « (\w+:) », et à la ligne, (.*), « (.*) »"


def indent(where: str, lead: str, one: Diagnostic) -> str:
    """The indent that a message names."""
    if where.startswith("sous celui") and one.also is not None:
        return " " * (one.also.column - 3)
    number = re.search(r"(\d+) espaces? du bord gauche", where)
    return " " * int(number[1]) if number else "" if "tout à gauche" in where else lead


def obeyed(text: str, one: Diagnostic) -> str | None:
    """The text once the mend of a message was done to the letter; None where it proposes nothing to write."""
    lines = text.split("\n")
    at = one.place.line - 1
    help = one.help.removeprefix("pour comparer un nombre dans une condition, ")
    help = re.sub("^si « [^»]* » est bien une clé, ", "", help).partition(" ; si c’est un texte")[0]
    if said := re.fullmatch(FOLDED, help):
        fold(lines, int(said[1]) - 1, at, int(said[2]))
        return "\n".join(lines)
    parts = re.match(rf"([ {NBSP}{THIN}]*)((?:- )*)", lines[at])
    assert parts is not None
    if said := re.fullmatch(BELOW, help):
        new: str | None = f"{parts[0]}{said[1]}\n{indent(said[2], '', one)}{said[3]}"
    else:
        new = as_line(help, parts, one) or in_line(help, lines[at], one)
    return None if new is None else "\n".join([*lines[:at], new, *lines[at + 1 :]])


def fold(lines: list[str], owner: int, at: int, width: int) -> None:
    start = lines[owner].index(":") + 1
    end = next(n for n in range(at + 1, len(lines)) if len(lines[n]) - len(lines[n].lstrip()) <= width - 2)
    told = [lines[owner][start:].strip(), *(one.strip() for one in lines[owner + 1 : end])]
    lines[owner:end] = [lines[owner][:start] + " >-", *(" " * width + one for one in told if one)]


def as_line(help: str, parts: re.Match[str], one: Diagnostic) -> str | None:
    """The whole line as the message gives it."""
    said = next((said for each in LINES if (said := re.fullmatch(each, help))), None)
    if said is None:
        return None
    new, where = said["new"], said.groupdict().get("where") or ""
    dashes = "" if new.startswith("- ") or "sans tiret" in help else parts[2]
    return indent(where, parts[1], one) + dashes + new


def in_line(help: str, line: str, one: Diagnostic) -> str | None:
    """The line with what the message changes in it."""
    start = one.place.column - 1
    if said := re.fullmatch(r"mettez cette ligne (.*)", help):
        return indent(said[1], "", one) + line.strip()
    if help.startswith("retirez le tiret"):
        return line.replace("-", " ", 1)
    if help.startswith("effacez cet espace"):
        return line[:start] + " " + line[start + 1 :]
    word = next((said[1] for each in WORDS if (said := re.fullmatch(each, help))), None)
    return None if word is None else line[:start] + word + line[start + one.place.length :]


def with_no_break_spaces(line: re.Match[str], chance: random.Random) -> str:
    before, after = chance.choice([(NBSP, " "), (THIN, " "), (NBSP, NBSP), (" ", THIN), ("", NBSP), (THIN, "")])
    return f"{line[1]}{line[2]}{line[3]}{before}:{after if line[4] else ''}{line[4].strip()}"


def at_the_left(line: re.Match[str], _: random.Random) -> str:
    return line[0].lstrip()


def in_capitals(line: re.Match[str], chance: random.Random) -> str:
    key = chance.choice([line[3].capitalize(), line[3].upper()])
    return f"{line[1]}{line[2]}{key}{chance.choice(['', ' ', NBSP])}:{line[4]}"


def with_an_equal_sign(line: re.Match[str], chance: random.Random) -> str:
    sign = chance.choice([" = ", "=", " == ", " : = ", ": = "])
    return f"{line[1]}{line[2]}{line[3]}{sign}{line[4].strip()}"


def with_a_dash(line: re.Match[str], _: random.Random) -> str:
    return f"{line[1]}- {line[3]}:{line[4]}"


def without_its_dash(line: re.Match[str], chance: random.Random) -> str:
    return f"{line[1]}{chance.choice(['', '  '])}{line[3]}:{line[4]}"


def stuck(line: re.Match[str], _: random.Random) -> str:
    return f"{line[1]}{line[2]}{line[3]}:{line[4].strip()}"


def lower_claims(line: re.Match[str], chance: random.Random) -> str:
    how: Callable[[str], str] = chance.choice([str.lower, lambda told: told.strip("[] "), lambda t: t.replace(",", "")])
    return f"{line[1]}{line[2]}{line[3]}: {how(line[4].strip())}"


DAMAGES: tuple[tuple[Callable[[re.Match[str], random.Random], str], str], ...] = (
    (with_no_break_spaces, r"."),
    (at_the_left, r"^ "),
    (in_capitals, r"."),
    (with_an_equal_sign, r": \w"),
    (with_a_dash, r"^ +\w"),
    (without_its_dash, r"^ *- "),
    (stuck, r": \w"),
    (lower_claims, r" source: \["),
)
SELDOM = {"without_its_dash": 0.5, "at_the_left": 0.85}
"""What share of a damage is told on its very line with a mend to do, where that is not nearly always: where the dash of
a list goes, or how far in a line was, another line may be as likely to be wrong."""


def errors(folder: Path) -> list[Diagnostic]:
    return [one for one in load(folder, shown_as="").diagnostics if one.is_error]


def outcome(folder: Path, file: str, number: int, line: str) -> str:
    """What comes of a line so damaged: still good, told elsewhere, told without a mend to do, or mended."""
    path = folder / file
    good = path.read_text(encoding="utf-8")
    lines = good.split("\n")
    lines[number] = line
    bad = "\n".join(lines)
    try:
        path.write_text(bad, encoding="utf-8")
        found = errors(folder)
        here = [one for one in found if (one.place.file, one.place.line) == (file, number + 1)]
        if not found:
            return "good"
        after = obeyed(bad, here[0]) if here else None
        if after is None:
            return "told" if here else "elsewhere"
        path.write_text(after, encoding="utf-8")
        left = Counter((one.place.line, one.code) for one in errors(folder))
        fewer = left < Counter((one.place.line, one.code) for one in found)
        assert not left or fewer, (line, render(here), render(errors(folder)))
        return "mended"
    finally:
        path.write_text(good, encoding="utf-8")


def damaged(folder: Path, files: tuple[str, ...], most: int) -> None:
    """Each damage at random lines of these files: what each message proposes mends, and nearly all propose."""
    for damage, where in DAMAGES:
        chance = random.Random(damage.__name__)
        places = [
            (file, number, match)
            for file in files
            for number, line in enumerate((folder / file).read_text(encoding="utf-8").split("\n"))
            if re.search(where, line) and (match := LINE.fullmatch(line))
        ]
        came = Counter(
            outcome(folder, file, number, damage(match, chance))
            for file, number, match in chance.sample(places, min(most, len(places)))
        )
        told = came.total() - came["good"]
        assert came["mended"] >= SELDOM.get(damage.__name__, 0.95) * told, (damage.__name__, came)


def test_what_a_message_proposes_mends_wherever_the_line_is(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "dla")
    damaged(folder, (RULES, "rules/groupe.yaml", "knowledge/conclusions.yaml"), 12)


@pytest.mark.lent
def test_what_a_message_proposes_mends_the_rules_that_are_shipped(tmp_path: Path) -> None:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / part)
    files = ("rules/demande.yaml", "rules/projet.yaml", "knowledge/vigilance.yaml", "knowledge/questions.yaml")
    damaged(tmp_path, files, 25)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("  titre: Une envie claire", f"  titre{NBSP}:{NBSP}Une envie claire", "un espace insécable"),
        ("  titre: Une envie claire", f"  titre{THIN}: Une envie claire", "un espace insécable"),
        ("  titre: Une envie claire", f"  titre:{NBSP}Une envie claire", "un espace insécable"),
        ("  titre: Une envie claire", "titre: Une envie claire", "le retrait"),
        ("      force: nette", "force: nette", "le retrait"),
        ("    Une envie dite porte l’action.", "Une envie dite porte l’action.", "le retrait"),
        ("  alors:", "  Alors :", "un espace devant"),
        ("  alors:", f"  ALORS{NBSP}:", "un espace insécable"),
        ("  quand:", "  Quand:", "clé inconnue"),
        ("  parce_que: >-", "  Parce que : >-", "un espace devant"),
        ("      au_moins: 5", "      au_moins: > 4", "le signe >"),
        ("      au_moins: 5", "      > 4", "le signe >"),
        ("      au_moins: 5", "      plus_de: 4", "comparaison"),
        ("      au_moins: 5", "      - au_moins: 5", "comparaison"),
        *(
            ("    combien:\n      au_moins: 5", f"    combien{how}", told)
            for told, signs in (
                ("le signe >", (": > 4", ": >= 5", ": >=5")),
                ("attend une comparaison", (": plus de 4", ": >4", ": au moins 5", ": 5 ou plus", ": ≥ 5", ': "> 4"')),
                ("n’est pas une condition", (" > 4", " >= 5", " ≥ 5")),
            )
            for how in signs
        ),
        ("  titre: Une envie claire", "  titre: Une envie\n    claire : la voici", "un espace devant"),
        ("  titre: Une envie claire", "  titre: Une envie : elle est\n    claire", "un espace devant"),
        ("  titre: Une envie claire", "  titre: Une envie\n    claire: la voici", "un deux-points"),
        ("  parce_que: >-\n    Une envie", "  parce_que:\n    Une envie : elle\n    envie", "un espace devant"),
        ("  source: [A1]", "  source: [a1]", "n’existe pas"),
        ("  source: [A1]", "  source: [A1 et a2]", "n’existe pas"),
        ("  source: [A1]", "  source: A1, a2", "attend une liste"),
        ("  titre: Une envie claire", "  - titre: Une envie claire", "un tiret en trop"),
        ("  titre: Une envie claire", "- titre: Une envie claire", "une suite de l’élément"),
        ("    - constat: groupe_mur", "- constat: groupe_mur", "une suite de l’élément"),
        ("        envie: clairement", "        - envie: clairement", "attend des questions"),
        ("    reseau:", "    - reseau:", "le réseau sans tiret"),
        ("- regle: envie_claire", "regle: envie_claire", "il manque un tiret"),
        ("- regle: envie_claire", "  regle: envie_claire", "il manque un tiret"),
        ("    envie: clairement", "    envie = clairement", "n’est pas une condition"),
        ("    envie: clairement", "    envie : = clairement", "un espace devant"),
        ("    envie: clairement", "    envie: = clairement", "réponse inconnue"),
        ("  statut: note", "  statut = note", "un signe ="),
        ("    - pour: chantier", "    - pour = chantier", "un signe ="),
    ],
)
def test_a_usual_slip_is_told_by_its_cause_and_obeying_mends_it(
    right: str, wrong: str, told: str, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "dla")
    path = folder / RULES
    good = path.read_text(encoding="utf-8")
    bad = good.replace(right, wrong, 1)
    assert bad != good
    path.write_text(bad, encoding="utf-8")
    found = errors(folder)
    assert len(found) == 1, render(found)
    assert told in found[0].message
    mended = obeyed(bad, found[0])
    assert mended is not None, render(found)
    path.write_text(mended, encoding="utf-8")
    assert errors(folder) == []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("> 12", "au_moins: 13"),
        ("plus de 12", "au_moins: 13"),
        ("≥ 12", "au_moins: 12"),
        ("12 ou plus", "au_moins: 12"),
        ("< 12", "au_plus: 11"),
        ("moins de 12", "au_plus: 11"),
        ("jusqu’à 12", "au_plus: 12"),
        ("=12", "entre: [12, 12]"),
        ("de 3 à 12", "entre: [3, 12]"),
        ("12 structures", ""),
        ("plus", ""),
    ],
)
def test_a_comparison_is_known_however_it_is_said(said: str, written: str) -> None:
    assert comparison(said) == written
