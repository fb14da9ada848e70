"""Memory over 100,000 diagnoses by durable_rules, as shipped: in its own process, with the program beside it.

``python bench/soak.py [NUMBER]``. Random dossiers of every length, each fired as a reading does. Memory is what each
process holds (resident), after a first twentieth, by which everything is built, and at the end.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from conseil_dla.engine import choose
from conseil_dla.reading.opening import open_rules
from conseil_dla.rules.model import Answers, Logic, Question, Value

ROOT = Path(__file__).parents[1]
NUMBER = 100_000
DISTINCT = 2_000


def resident(pid: int) -> float:
    """Megabytes that a process holds now. Linux only."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children() -> list[int]:
    """The processes started by this one."""
    found = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split() if Path(f"/proc/{pid}/statm").exists()]


def drawn(logic: Logic, chance: random.Random) -> Answers:
    """Answers to some of the questions, whatever they are: the engine is not asked whether they go together."""
    share = chance.random()
    return {id: _value(question, chance) for id, question in logic.questions.items() if chance.random() < share}


def _value(question: Question, chance: random.Random) -> Value:
    if question.type == "nombre":
        return chance.randint(*(question.bounds or (0, 0)))
    if question.type == "plusieurs":
        return frozenset(answer for answer in question.answers if chance.random() < 0.3)
    return chance.choice(question.answers)


def report(logic: Logic, number: int = NUMBER) -> str:
    """The table of ``bench/RESULTS.md``."""
    chance = random.Random(1)
    dossiers = [drawn(logic, chance) for _ in range(DISTINCT)]
    engine = choose(logic)
    early: list[float] = []
    began = time.perf_counter()
    for n in range(number):
        fired = engine.fire(dossiers[n % DISTINCT])
        assert fired.engine != "référence", "durable_rules was lost"
        if n == number // 20:
            early = [resident(pid) for pid in (os.getpid(), *children())]
    took = time.perf_counter() - began
    late = [resident(pid) for pid in (os.getpid(), *children())]
    engine.close()
    rows = zip(("the program", "durable_rules"), early, late, strict=False)
    return "\n".join(
        (
            f"{number:,} diagnoses in {took:.0f} s, {1000 * took / number:.2f} ms each, by {fired.engine}.\n",
            "| process | after a twentieth | at the end | growth |",
            "|---|---|---|---|",
            *(f"| {name} | {a:.1f} MB | {b:.1f} MB | {b - a:+.1f} MB |" for name, a, b in rows),
        )
    )


if __name__ == "__main__":
    print(report(open_rules(ROOT).base.logic, int(sys.argv[1]) if sys.argv[1:] else NUMBER))
