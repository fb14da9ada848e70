"""Half-answered dossiers from one .jsonl to another: ``conseil-dla lot``, in as many processes as there are cores.

Simulated dossiers (``prior.py``), of which each answer is kept with the share that is told: hardly two are alike. Whole
commands, from the start of the process to its end; processor time is that of all its processes, and is what to compare
on a machine that does something else too. Beside it what the exact reader takes for one of them, in one process, as all
were read before. The last row is the target: 100,000 of every length in 120 s on two cores.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import mean
from time import process_time

from prior import dossiers

from batch import lines_of, run_batch
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Answers, Logic
from conseil_dla.wording.json_text import concluded_object

SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
EACH, MANY = 5_000, 100_000
WHOLES = 5_000
"""Complete dossiers that answers are taken away from, differently each time."""
ALONE = 100
SEED = 52
COMMAND = [sys.executable, "-m", "conseil_dla", "lot", "{in}", "-o", "{out}", "--remplacer"]


def halves(logic: Logic, number: int, least: float, most: float) -> Iterator[Answers]:
    """Dossiers that keep some of their answers: what is left of a coherent dossier is coherent."""
    chance = random.Random(SEED)
    wholes = list(dossiers(logic, min(number, WHOLES), SEED))
    for whole in islice(cycle(wholes), number):
        share = chance.uniform(least, most)
        yield {id: value for id, value in whole.items() if chance.random() < share}


def alone(reader: Reader, known: Sequence[Answers]) -> float:
    """Milliseconds of processor for one dossier by the exact reader."""
    start = process_time()
    for answers in known:
        concluded_object(reader.base, reader.read(answers), "")
    return (process_time() - start) / len(known) * 1000


def report(reader: Reader, each: int = EACH, many: int = MANY) -> str:
    """One table in Markdown."""
    logic = reader.base.logic
    lines = ["| answered | dossiers | lasted | processor, all processes | for one dossier | one by one |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    rows = [(f"{share:.0%}", share, share, each) for share in SHARES]
    ones: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        for name, least, most, number in [*rows, ("10 to 90%", SHARES[0], SHARES[-1], many)]:
            known = list(halves(logic, number, least, most))
            given.write_text("\n".join(lines_of(known, number)) + "\n", encoding="utf-8")
            before = _spent()
            lasted = run_batch(COMMAND, given, out, number)
            spent = _spent() - before
            if isinstance(lasted, str):
                lines.append(f"| {name} | {number:,} | {lasted} | | | |")
                continue
            one = alone(reader, known[:ALONE]) if number == each else mean(ones)
            ones.append(one)
            each_took = f"{spent / number * 1000:.2f} ms | {one:.1f} ms"
            lines.append(f"| {name} | {number:,} | {lasted:.1f} s | {spent:.1f} s | {each_took} |")
    return "\n".join([*lines, ""])


def _spent() -> float:
    """Seconds of processor of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    from conseil_dla.reading.opening import open_rules

    opened = open_rules(Path(__file__).parent.parent)
    sys.stdout.write(report(Reader(opened.base, opened.engine), *(int(word) for word in sys.argv[1:])))
