"""Whoever does what a message says, to the letter, is through: nothing else is asked of who writes rules."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import write_folder
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.rules.loading import load
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT

NBSP, THIN = "\u00a0", "\u202f"
LINE = re.compile(r"( *)((?:- )?)([a-z_][a-z0-9_]*):(.*)")


def pad(where: str, lead: str) -> str:
    """The indent that a message names."""
    number = re.search(r"(\d+) espaces? du bord gauche", where)
    return " " * int(number[1]) if number else "" if "tout à gauche" in where else lead


def obeyed(text: str, one: Diagnostic) -> str | None:
    """The text once the mend of a message was done to the letter; None where it proposes nothing to write."""
    lines = text.split("\n")
    at = one.place.line - 1
    help = one.help.removeprefix("pour comparer un nombre dans une condition, ")
    help = re.sub("^si « [^»]* » est bien une clé, ", "", help).partition(" ; si c’est un texte")[0]
    line = lines[at]
    parts = re.match(rf"([ {NBSP}{THIN}]*)((?:- )*)", line)
    assert parts is not None
    lead, dashes = parts.groups()
    under = slice(one.place.column - 1, one.place.column - 1 + one.place.length)
    if said := re.fullmatch(r"à la ligne (\d+), écrivez « (\w+: >-) », puis tout .* à (\d+) espaces du bord gauche", help):
        owner, indent = int(said[1]) - 1, " " * int(said[3])
        start = lines[owner].index(":") + 1
        least = int(said[3]) - 2
        end = next(n for n in range(at + 1, len(lines)) if len(lines[n]) - len(lines[n].lstrip()) <= least)
        told = [lines[owner][start:].strip(), *(one.strip() for one in lines[owner + 1 : end])]
        lines[owner:end] = [lines[owner][:start] + " >-", *(indent + one for one in told if one)]
    elif said := re.fullmatch(r"écrivez « (\w+:) », et à la ligne, (.*), « (.*) »", help):
        lines[at : at + 1] = [lead + dashes + said[1], pad(said[2], "") + said[3]]
    elif said := re.fullmatch(r"mettez cette ligne (.*)", help):
        lines[at] = pad(said[1], "") + line.strip()
    elif said := re.fullmatch(r"écrivez « (- .*) », le tiret sous celui.*", help):
        assert one.also is not None
        lines[at] = " " * (one.also.column - 3) + said[1]
    elif said := re.fullmatch(r"écrivez « (- .*) », le tiret (.*)", help):
        lines[at] = pad(said[2], lead) + said[1]
    elif said := re.fullmatch(r"écrivez « (.*) », sans tiret, (.*)", help):
        lines[at] = pad(said[2], "") + said[1]
    elif said := re.fullmatch(r"un tiret simple, un espace, puis le reste : « (.*) »", help):
        lines[at] = lead + said[1]
    elif said := re.fullmatch(r"écrivez « (\w+) » : une lettre.*", help):
        lines[at] = line[: under.start] + said[1] + line[under.stop :]
    elif said := re.fullmatch(r"(?:écrivez « ([^»]*) ».*|écrivez (source: .*))", help):
        lines[at] = lead + dashes + (said[1] or said[2])
    elif said := re.fullmatch(r"mettez le texte entre guillemets : (.*)", help):
        lines[at] = lead + ("" if said[1].startswith("- ") else dashes) + said[1]
    elif said := re.fullmatch(r"vouliez-vous dire « (.*) » \?|écrivez ([A-Z]\d+(?:, [A-Z]\d+)*)", help):
        lines[at] = line[: under.start] + (said[1] or said[2]) + line[under.stop :]
    elif help.startswith("retirez le tiret"):
        lines[at] = line.replace("-", " ", 1)
    elif help.startswith("effacez cet espace"):
        lines[at] = line[: under.start] + " " + line[under.start + 1 :]
    else:
        return None
    return "\n".join(lines)


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
