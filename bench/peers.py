"""One diagnosis with its trace, loading and memory, beside GoRules zen-engine, CLIPS (clipspy) and plain Python.

The shipped rules are translated by program (``terms.py``, one ``*_peer.py`` for each engine). Before any clock, every
engine, in every form timed here, must conclude the same as the product on 1,000 random coherent dossiers, complete and
partial: rules fired, truth of every rule, findings, the format by Lexi, the posture by the axes. The product's own
conclusions are compared with its exact reading on the complete ones. One difference, and nothing is timed.

In the clock: from a dossier in the form that the engine reads to, in Python, the rules fired, the truth of every rule
and the findings. Out of it, for every engine: reading files, making that form (a dictionary of texts, numbers and
booleans for zen and plain Python, slots and symbols for CLIPS, the product's ``Answers`` for the product), formats and
postures. On a complete dossier peers work out what is true, and the rest is false; on a partial one they work out true
and false apart, as three values need (the product always does). « With its trace »: zen gives its own, CLIPS the names
of all that fired; plain Python and the product give the truth of every rule. Engines take turns over a hundred
dossiers, in several rounds and in another order each time; medians, and the ratio of each to the product's as shipped,
which keeps durable_rules in a process of its own (decision 0034); beside it, the same engine in the program's process.

Loading: from the rules in memory (the product's ``Logic``; for peers the text of their own form) to the first
diagnosis. Memory: what a fresh process gains, its libraries included, once the first diagnosis is made and after 10,000
(``weight.py``; Linux alone says it).

``python bench/peers.py [--write]``, with what ``bench/peers.txt`` names installed; ``--check`` compares 40 dossiers and
stops.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from said import product_says

from conseil_dla.engine.durable_engine import DurableEngine
from conseil_dla.engine.outcome import Engine
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.rules.model import Answers, Logic

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from shipped import random_dossier  # noqa: E402 - the tests' own dossiers

COMPARED, CHECKED = 1_000, 40
TIMED, ROUNDS = 100, 15
LOADS = 7
SEED = 33
TARGETS = {"zen-engine": 3, "clipspy": 5}
KINDS = ("complete", "half")
INSIDE = "product, the engine in the program's process"
WEIGHED = ("product", "zen", "clips", "python")


class Differs(Exception):
    """An engine does not conclude the same."""


@dataclass(frozen=True)
class Contestant:
    """One engine in one form, on complete dossiers or on partial ones."""

    name: str
    peer: Any
    traced: bool = True


class Product:
    """An engine of the product, asked as a peer is."""

    version = ""

    def __init__(self, logic: Logic, engine: Engine) -> None:
        self._logic, self._engine = logic, engine

    def prepared(self, answers: Answers) -> Answers:
        """Answers as the product holds them."""
        return answers

    def diagnose(self, answers: Answers) -> Any:
        """What the clock measures."""
        return self._engine.fire(answers)


def peer_classes() -> dict[str, Any]:
    """Raises ImportError where a peer is not installed."""
    from clips_peer import ClipsPeer  # noqa: PLC0415
    from python_peer import PythonPeer  # noqa: PLC0415
    from zen_peer import ZenPeer  # noqa: PLC0415

    return {"zen": ZenPeer, "clips": ClipsPeer, "python": PythonPeer}


def missing() -> str:
    """Why peers cannot be measured here; empty when they can."""
    try:
        peer_classes()
    except ImportError as error:
        return f"Not measured: {error}. `python -m pip install -r bench/peers.txt` in this environment."
    return ""


# --- the same conclusions ---


def drawn(logic: Logic, number: int, kind: str, seed: int = SEED) -> list[Answers]:
    """Random coherent dossiers; about half of what applies is answered in a partial one, from nothing to nearly all."""
    chance = random.Random(f"{seed} {kind}")
    shares = [1.0 if kind == "complete" else chance.random() for _ in range(number)]
    return [random_dossier(logic, chance, share) for share in shares]


def compare(reader: Reader, number: int) -> int:
    """Every engine in every form, on so many dossiers. Raises ``Differs``; the number of comparisons made."""
    logic = reader.base.logic
    made = 0
    for kind in KINDS:
        dossiers = drawn(logic, number // 2, kind)
        wanted = [product_says(reader, answers, exact=kind == "complete") for answers in dossiers]
        for name, peer in [(f"{peer.name}, {form}", peer) for peer, form in _with_outcome(logic, kind)]:
            for answers, expected in zip(dossiers, wanted, strict=True):
                said = peer.told(peer.diagnose(peer.prepared(answers)))
                if said != expected:
                    raise Differs(f"{name}, {kind}: {said.differences(expected)}; {dict(answers)}")
                made += 1
    return made


def _with_outcome(logic: Logic, kind: str) -> Iterator[tuple[Any, str]]:
    for peer in peer_classes().values():
        for form in peer.forms:
            yield peer(logic, complete=kind == "complete", outcome=True, form=form), form


# --- one diagnosis ---


def contestants(reader: Reader, engine: Engine, kind: str) -> list[Contestant]:
    """Everything timed, the product as it is shipped first."""
    logic = reader.base.logic
    found = [Contestant(f"product as shipped: {engine.name}", Product(logic, engine))]
    if not isinstance(engine, DurableEngine | ReferenceEngine):
        found.append(Contestant(INSIDE, Product(logic, DurableEngine(logic))))
    found.append(Contestant("product: its reference", Product(logic, ReferenceEngine(logic))))
    for peer in peer_classes().values():
        for form in peer.forms:
            made = peer(logic, complete=kind == "complete", outcome=False, form=form)
            found.append(Contestant(f"{peer.name}: {form}", made))
        if peer.traces:
            bare = peer(logic, complete=kind == "complete", outcome=False, traced=False, form=peer.forms[0])
            found.append(Contestant(f"{peer.name}: {peer.forms[0]}, no trace", bare, traced=False))
    return found


def timed(entered: list[Contestant], dossiers: list[Answers], rounds: int) -> list[float]:
    """The median of each, in milliseconds: they take turns over all the dossiers, in another order each round."""
    forms = [[one.peer.prepared(answers) for answers in dossiers] for one in entered]
    spent: list[list[float]] = [[] for _ in entered]
    order = list(range(len(entered)))
    for number in range(rounds + 1):
        random.Random(number).shuffle(order)
        for who in order:
            diagnose = entered[who].peer.diagnose
            for form in forms[who]:
                start = perf_counter()
                diagnose(form)
                took = perf_counter() - start
                if number:  # the first round warms up
                    spent[who].append(took)
    return [1000 * median(each) for each in spent]


def diagnoses(reader: Reader, engine: Engine, rounds: int) -> Iterator[str]:
    """The first table, and what became of the targets."""
    names: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        entered = contestants(reader, engine, kind)
        dossiers = drawn(reader.base.logic, TIMED, kind, SEED + 1)
        for one, ms in zip(entered, timed(entered, dossiers, rounds), strict=True):
            names.setdefault(one.name, {})[kind] = ms
    ours = next(iter(names.values()))
    yield "| one diagnosis | complete dossier | times ours | half answered | times ours |"
    yield "|---|---|---|---|---|"
    for name, found in names.items():
        cells = [text for kind in KINDS for text in (f"{found[kind]:.3f} ms", f"{found[kind] / ours[kind]:.2f}")]
        yield "| " + " | ".join([name, *cells]) + " |"
    yield ""
    for peer, target in TARGETS.items():
        told = []
        for kind in KINDS:
            best = min(ms[kind] for name, ms in names.items() if name.startswith(peer) and "no trace" not in name)
            for where, product in (("as shipped", ours), ("in one process", names.get(INSIDE, ours))):
                ratio = best / product[kind]
                reached = "reached" if ratio >= target else "not reached"
                told.append(f"{kind} dossiers, {where}: {ratio:.2f} times ({reached})")
        yield f"- {peer} with its trace, its fastest form beside the product; target {target}. {'; '.join(told)}."
    yield ""


# --- loading and memory ---


def loads(reader: Reader, folder: Path) -> Iterator[str]:
    """Rules in memory to the first diagnosis; interleaved."""
    logic = reader.base.logic
    answers = drawn(logic, 1, "half")[0]
    ways: dict[str, Callable[[], object]] = {"product: durable_rules": lambda: DurableEngine(logic).fire(answers)}
    for peer in peer_classes().values():
        text, form = peer.written(logic, complete=False), peer(logic, complete=False, outcome=False).prepared(answers)
        ways[f"{peer.name}: {peer.forms[0]}"] = lambda peer=peer, text=text, form=form: peer.loaded(text, form)
    ways["product: files read, checked, compiled"] = lambda: _from_files(folder)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(LOADS):
        for name, work in ways.items():
            start = perf_counter()
            work()
            spent[name].append(1000 * (perf_counter() - start))
    yield "| from rules in memory to a first diagnosis | median |"
    yield "|---|---|"
    yield from (f"| {name} | {median(found):.1f} ms |" for name, found in spent.items())
    yield ""


def _from_files(folder: Path) -> None:
    opened = open_rules(folder)
    Reader(opened.base, opened.engine).fire({})
    opened.engine.close()


def weights() -> Iterator[str]:
    """Each engine in a fresh process."""
    yield "| memory gained | once ready | after 10,000 more diagnoses |"
    yield "|---|---|---|"
    for who in WEIGHED:
        command = [sys.executable, str(HERE / "weight.py"), who]
        said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
        if said.returncode:
            yield f"| {who} | not measured: {said.stderr.strip().splitlines()[-1]} | |"
            continue
        ready, after = json.loads(said.stdout.splitlines()[-1])
        yield f"| {who} | {ready:.1f} MB | {after:+.1f} MB |"
    yield ""


def report(reader: Reader, folder: Path, engine: Engine, rounds: int = ROUNDS) -> str:
    """Everything in Markdown, or why not. Raises ``Differs``."""
    if why := missing():
        return why + "\n"
    made = compare(reader, COMPARED)
    versions = ", ".join(f"{p.name} {p.version} ({p.licence})" for p in peer_classes().values())
    lines = [f"{made:,} comparisons on {COMPARED:,} dossiers before any clock, no difference. {versions}.", ""]
    lines += [*diagnoses(reader, engine, rounds), *loads(reader, folder), *weights()]
    return "\n".join(lines)


def main() -> int:
    """Compare, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write these sections of bench/RESULTS.md again")
    parser.add_argument("--check", action="store_true", help="compare a few dossiers, time nothing")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    opened = open_rules(HERE.parent)
    reader = Reader(opened.base, opened.engine)
    if options.check:
        print(missing() or f"{compare(reader, CHECKED)} comparisons, no difference")
        return 0
    if options.write:
        from run import write  # noqa: PLC0415 - it reads this module

        return write(("peers", "batch"))
    print(f"CPython {platform.python_version()}, {platform.platform()}, rules {reader.base.digest}\n")
    print(report(reader, HERE.parent, opened.engine, options.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
