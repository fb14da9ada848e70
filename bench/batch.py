"""Many complete dossiers from one .jsonl to another: ``conseil-dla lot`` beside zen-engine, in one process and in two.

Whole commands, from the start of the process to its end: rules read, lines read, concluded, written. zen writes rules
fired, findings, formats and postures (``zen_batch.py``), in the form that is its fastest for this, looked for on a few
dossiers beforehand; the product writes all that ``diagnostiquer --format json`` says of each dossier, and concludes one
in a hundred again with durable_rules. Simulated dossiers (``prior.py``), all different for zen; the product's file
holds them several times over, under other titles. Targets: 100,000 in 10 s on two cores, and 20 times zen's throughput.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from prior import dossiers

from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import Answers, Logic

HERE = Path(__file__).parent
OURS, THEIRS = 100_000, 20_000
TIMES = 2
SEED = 34
ENDS = 600
"""Seconds."""
PILOT = 300


def lines_of(known: Sequence[Answers], number: int) -> list[str]:
    """So many dossiers as lines of a .jsonl."""
    written = [
        json.dumps({id: sorted(v) if isinstance(v, frozenset) else v for id, v in answers.items()}) for answers in known
    ]
    return [f'{{"titre": "Projet {n}", "reponses": {written[n % len(written)]}}}' for n in range(number)]


def run_batch(command: Sequence[str], given: Path, out: Path, number: int) -> float | str:
    """Seconds that a whole command takes over a batch; or why it cannot be measured.

    ``{in}`` and ``{out}`` in the command stand for the files. As many lines must come out as went in.
    """
    filled = [word.replace("{in}", str(given)).replace("{out}", str(out)) for word in command]
    out.unlink(missing_ok=True)
    start = perf_counter()
    try:
        said = subprocess.run(filled, check=False, capture_output=True, text=True, timeout=ENDS)
    except subprocess.TimeoutExpired:
        return f"stopped after {ENDS} s"
    spent = perf_counter() - start
    if said.returncode:
        return "not available: " + " ".join((said.stderr or "no word").split())[:120]
    with out.open(encoding="utf-8") as file:
        found = sum(1 for _ in file)
    return spent if found == number else f"not comparable: {found} lines came out of {number}"


def zen_form(logic: Logic, known: Sequence[Answers]) -> str:
    """The form that is fastest without a trace, format and posture included."""
    from zen_peer import FORMS, ZenPeer  # noqa: PLC0415 - it may not be installed

    peers = {form: ZenPeer(logic, complete=True, outcome=True, traced=False, form=form) for form in FORMS[:2]}
    spent: dict[str, list[float]] = {form: [] for form in peers}
    for answers in known:
        for form, peer in peers.items():
            dossier = peer.prepared(answers)
            start = perf_counter()
            peer.diagnose(dossier)
            spent[form].append(perf_counter() - start)
    return min(spent, key=lambda form: median(spent[form]))


def report(reader: Reader, ours: int = OURS, theirs: int = THEIRS) -> str:
    """One table in Markdown."""
    logic = reader.base.logic
    known = list(dossiers(logic, theirs, SEED))
    random.Random(SEED).shuffle(known)
    commands: list[tuple[str, list[str], int]] = [
        ("`conseil-dla lot`", [sys.executable, "-m", "conseil_dla", "lot", "{in}", "-o", "{out}", "--remplacer"], ours)
    ]
    try:
        form = zen_form(logic, known[:PILOT])
    except ImportError as error:
        note = f"zen-engine is not measured: {error}."
    else:
        note = f"zen-engine's form: {form}."
        script = [sys.executable, str(HERE / "zen_batch.py"), "{in}", "{out}"]
        commands += [(f"zen-engine, {n} process{'es' * (n > 1)}", [*script, str(n), form], theirs) for n in (1, 2)]
    lines = ["| batch | dossiers | best of runs | a second | per 100,000 |", "|---|---|---|---|---|"]
    rates: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number in {ours, theirs}:
            files[number] = Path(folder) / f"{number}.jsonl"
            files[number].write_text("\n".join(lines_of(known, number)) + "\n", encoding="utf-8")
        found: dict[str, list[float | str]] = {name: [] for name, *_ in commands}
        for _ in range(TIMES):
            for name, command, number in commands:
                if not any(isinstance(one, str) for one in found[name]):
                    found[name].append(run_batch(command, files[number], Path(folder) / "out.jsonl", number))
    for name, _, number in commands:
        seconds = [one for one in found[name] if not isinstance(one, str)]
        if len(seconds) < len(found[name]):
            lines.append(f"| {name} | {number:,} | {next(o for o in found[name] if isinstance(o, str))} | | |")
            continue
        rates[name] = number / min(seconds)
        lines.append(f"| {name} | {number:,} | {min(seconds):.1f} s | {rates[name]:,.0f} | {1e5 / rates[name]:.1f} s |")
    lines += ["", note]
    if len(rates) == len(commands) > 1:
        ours_rate, *others = rates.values()
        told = ", ".join(f"{ours_rate / rate:.1f}" for rate in others)
        lines.append(f"The product's throughput beside zen-engine's: {told} times (one process, two); target 20.")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    from conseil_dla.reading.opening import open_rules

    opened = open_rules(HERE.parent)
    sizes = [int(word) for word in sys.argv[1:]] or [OURS, THEIRS]
    sys.stdout.write(report(Reader(opened.base, opened.engine), *sizes))
