"""What a command says while one waits: whole commands in a real terminal, with 500 saved dossiers at hand.

« Silent » is the longest time for which nothing is written, from the start of the process or from the last word to the
next, or to the end. Nothing may be silent for over a second without a line that says how far it is: ``cli/steps.py``
writes one on stderr, in a terminal, once a command has lasted. Each command is run once to warm the files up, then a
few times: medians.

On the screens nothing long is done by their own thread (see « Screens »): what a worker does shows a sign meanwhile.
The second table says how long that sign stands there, in one process, everything imported but what the work imports.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import monotonic

from conseil_dla.cli.desk import open_reader
from conseil_dla.comparison.crossed import cross
from conseil_dla.dossiers.store import create, load
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.panes import shelf
from conseil_dla.panes.paper_writing import write_beside
from conseil_dla.papers.catalogue import AUDIENCES
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.rules.model import ROLES, Base, Respondent

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tests"))
from shipped import random_dossier  # noqa: E402 - the tests' own dossiers
from terminal import Terminal  # noqa: E402 - the tests' own terminal

PROGRAM = str(Path(sys.executable).with_name("conseil-dla"))
SAVED, TIMES, LONG = 500, 2, 1.0
SIZE = (120, 40)
ENDS = 300.0
SEED = 35


def saved_dossiers(base: Base, folder: Path, number: int = SAVED) -> list[Path]:
    """So many dossiers, half answered or more; the first one has six people who answered alone."""
    chance = random.Random(SEED)
    paths = []
    for n in range(number):
        path = create(folder, f"Projet {n}")
        dossier = replace(load(path, base), answers=random_dossier(base.logic, chance, 1.0 if n < 2 else 0.6))
        if n == 0:
            people = {
                f"Personne {p}": Respondent(
                    f"Personne {p}", random_dossier(base.logic, chance, 0.9), role=ROLES[p % len(ROLES)], consents=True
                )
                for p in range(6)
            }
            dossier = replace(dossier, everyone=people)
        Writer.at_once(path, base).save(dossier)
        paths.append(path)
    return paths


def commands(base: Base, work: Path, saved: Sequence[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command that ends by itself, with what it waits for."""
    first, second = str(saved[0]), str(saved[1])
    other = work / "regles"
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, other / part)
    format = next(iter(base.logic.formats))
    rule = base.logic.rules[0].id
    yield "--version", ("--version",)
    yield "diagnostiquer, one", ("diagnostiquer", first)
    yield "diagnostiquer, 500 in JSON", ("diagnostiquer", *map(str, saved), "--format", "json")
    yield "lot, 500", ("lot", *map(str, saved), "-o", str(work / "lot.jsonl"), "--remplacer")
    yield "expliquer", ("expliquer", first, f"format:{format}")
    for suffix in ("md", "docx", "odt", "html"):
        yield f"rapport .{suffix}", ("rapport", first, "-o", str(work / f"r.{suffix}"), "--modele", "cadrage",
                                     "--remplacer")  # fmt: skip
    yield "comparer", ("comparer", first, second)
    yield "comparer --croiser", ("comparer", first, "--croiser")
    yield "papiers questionnaire", ("papiers", "questionnaire", "-o", str(work / "q.html"), "--remplacer")
    yield "papiers deroulement", ("papiers", "deroulement", "-o", str(work / "d.html"), "--remplacer")
    yield "papiers tout", ("papiers", "tout", "-o", "{new}")
    yield "papiers tout, Word", ("papiers", "tout", "-o", "{new}", "--sorte", "docx")
    yield "regles verifier", ("regles", "verifier", "--temoins", str(work / "temoins"))
    yield "regles essayer", ("regles", "essayer")
    yield "regles essayer --mutations, one rule", ("regles", "essayer", "--mutations", rule)
    yield "regles differences, 500 dossiers", ("regles", "differences", str(ROOT), str(other))
    yield "regles schema", ("regles", "schema")
    yield "regles initier", ("regles", "initier", "{new}")
    yield "regles documenter", ("regles", "documenter", "-o", "{new}")


def waited(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """(seconds in all, longest silence) of one command in a terminal."""
    with tempfile.TemporaryDirectory() as new:
        filled = [str(Path(new) / "nouveau") if word == "{new}" else word for word in command]
        with Terminal((PROGRAM, *filled), SIZE, {DOSSIERS_VARIABLE: str(folder)}) as terminal:
            code = terminal.wait(ENDS)
            moments = [terminal.started, *(when for when, _ in terminal.chunks), monotonic()]
    if code not in (0, 1):
        raise AssertionError(f"{' '.join(filled)}: {code}\n{terminal.written.decode(errors='replace')[-600:]}")
    return moments[-1] - moments[0], max(b - a for a, b in pairwise(moments))


def workers(reader: Reader, saved: Sequence[Path]) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """What workers do under the screens that may last, with the sign that stands there."""
    base = reader.base
    dossier = load(saved[0], base)
    wanted = next(paper for papers in AUDIENCES.values() for paper in papers)
    instant = "« Un instant… »"
    yield "the list of 500 dossiers", instant, shelf.saved
    yield "which of the 500 cannot be opened", "the list", lambda: shelf.saved(base)
    yield "six views crossed", instant, lambda: cross(base, reader.conclude, dossier.respondents.values())
    yield "the whole reading, nothing answered", instant, lambda: reader.prospects(reader.read({}))
    for suffix in SUFFIXES:
        yield (f"a paper, {suffix}", "« Le papier s’écrit… » past half a second",
               lambda suffix=suffix: write_beside(reader, dossier, wanted, suffix))  # fmt: skip
    yield "the rules, at the first screen", "« Chargement des règles… »", lambda: open_reader(str(ROOT))


def report(times: int = TIMES) -> str:
    """One table in Markdown."""
    base = open_rules(ROOT).base
    lines = ["| command | in all | silent at most |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as work:
        saved = saved_dossiers(base, Path(folder))
        for name, command in commands(base, Path(work), saved):
            found = [waited(command, Path(folder)) for _ in range(times + 1)][1:]
            whole, silent = (median(each) for each in zip(*found, strict=True))
            lines.append(f"| `{name}` | {whole:.2f} s | {silent:.2f} s{' (over)' if silent > LONG else ''} |")
        lines += ["", "| on the screens | sign meanwhile | median |", "|---|---|---|"]
        os.environ[DOSSIERS_VARIABLE] = folder
        for name, sign, work_done in workers(open_reader(str(ROOT)), saved):
            spent = []
            for _ in range(times):
                start = monotonic()
                work_done()
                spent.append(monotonic() - start)
            lines.append(f"| {name} | {sign} | {median(spent):.2f} s |")
        del os.environ[DOSSIERS_VARIABLE]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(report(*map(int, sys.argv[1:])))
