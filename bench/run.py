"""The figures of ``bench/RESULTS.md``: ``python bench/run.py`` prints them, ``--write`` writes them there too.

Everything is measured in one run, of a quarter of an hour; ``--only NAME`` measures one part again (several times for
several parts), and with ``--write`` leaves the others as they stand. Times are medians and the value that 95 of 100 do
not exceed: they are for comparing parts and versions on one machine, and nothing in the tests depends on them. What was
found by profiling and what could not be reached is in ``bench/findings.md``, and ends the page.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Callable, Collection
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter

import authors
import growth
import halves
import peers
import session
import soak
import waits

import batch
import interview
import screens
from conseil_dla.dossiers.store import load
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "RESULTS.md"
FINDINGS = ROOT / "bench" / "findings.md"
LIBRARIES = ("durable-rules", "textual", "pydantic", "python-sat", "oxidd", "zen-engine", "clipspy", "ortools")
PARTS: dict[str, tuple[str, str]] = {
    "session": ("Parts of a reading", "session"),
    "peers": ("Peers", "peers"),
    "batch": ("Batch", "batch"),
    "halves": ("Half-answered batch", "halves"),
    "screens": ("Screens", "screens"),
    "authors": ("What authors wait for", "authors"),
    "waits": ("Waits", "waits"),
    "soak": ("Soak", "soak"),
    "growth": ("Growth", "growth"),
    "solver": ("A second solver", "cpsat_peer"),
    "diagrams": ("A library of diagrams", "oxidd_peer"),
    "interview": ("How soon a reading shows something", "interview"),
}
"""By name: the title, and the module that measures it. That of the second solver needs what ``peers.txt`` names."""


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this part alone")
    options = parser.parse_args()
    names = options.only or tuple(PARTS)
    if options.write:
        return write(names)
    for name, text in measured(names):
        print(f"## {PARTS[name][0]}\n\n{text}")
    return 0


def write(names: Collection[str]) -> int:
    """Measure these parts; the others stay as they were written."""
    texts = _written() | dict(measured(names))
    parts = [f"## {title}\n\n{texts[name].strip()}" for name, (title, _) in PARTS.items() if name in texts]
    whole = "\n\n".join(text.strip() for text in (_head(), *parts, FINDINGS.read_text(encoding="utf-8"))) + "\n"
    RESULTS.write_text(whole, encoding="utf-8")
    return 0


def measured(names: Collection[str]) -> list[tuple[str, str]]:
    """Each part as Markdown, in the order of the page."""
    opened = open_rules(ROOT)
    reader = Reader(opened.base, opened.engine)
    reader.read({})
    cases = [load(path, reader.base).answers for path in sorted((ROOT / "knowledge" / "cas").glob("*.yaml"))]
    works: dict[str, Callable[[], str]] = {
        "session": lambda: session.report(reader),
        "peers": lambda: peers.report(reader, ROOT, opened.engine),
        "batch": lambda: batch.report(reader),
        "halves": lambda: halves.report(reader),
        "screens": lambda: screens.report(reader),
        "authors": authors.report,
        "waits": waits.report,
        "soak": lambda: soak.report(reader.base.logic),
        "growth": growth.report,
        "solver": lambda: import_module("cpsat_peer").report(),
        "diagrams": lambda: import_module("oxidd_peer").report(),
        "interview": lambda: interview.report(reader, cases),
    }
    found = []
    for name in (name for name in PARTS if name in names):
        start = perf_counter()
        body = works[name]()
        spent = perf_counter() - start
        print(f"{name}: {spent:.0f} s", file=sys.stderr)
        told = f"`python bench/run.py --write --only {name}`, {spent:.0f} s. {_machine(reader)}"
        found.append((name, f"{(import_module(PARTS[name][1]).__doc__ or '').strip()}\n\n{told}\n\n{body}"))
    return found


def _written() -> dict[str, str]:
    """The parts of the page as it stands."""
    if not RESULTS.exists():
        return {}
    pieces = re.split(r"^## (.+)\n", RESULTS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    texts = dict(zip(pieces[::2], pieces[1::2], strict=True))
    return {name: texts[title] for name, (title, _) in PARTS.items() if title in texts}


def _head() -> str:
    return (
        "# Results\n\n"
        "Made by `python bench/run.py --write` in the environment of the tests, with what `bench/peers.txt` names "
        "installed beside. Each part says when and where it was measured: compare figures of one part with one "
        "another rather than with a clock."
    )


def _machine(reader: Reader) -> str:
    libraries = []
    for name in LIBRARIES:
        try:
            libraries.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            libraries.append(f"no {name}")
    busy = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return (
        f"{date.today():%Y-%m-%d}, CPython {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores{busy}; {', '.join(libraries)}; engine {reader.engine}, rules {reader.base.digest}."
    )


if __name__ == "__main__":
    sys.exit(main())
