"""The figures of ``bench/RESULTS.md``: ``python bench/run.py`` prints them, ``--write`` writes them there too.

Everything is measured in one run. Times are medians and the value that 95 of 100 do not exceed: they
are for comparing parts and versions on one machine, and nothing in the tests depends on them.
"""

from __future__ import annotations

import argparse
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import authors
import growth
import interview
import screens
import session

from conseil_dla.dossiers.store import load
from conseil_dla.opening import open_rules
from conseil_dla.reading.compose import Reader

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Measure, print, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    written = parser.parse_args().write
    opened = open_rules(ROOT)
    reader = Reader(opened.base, opened.engine)
    reader.read({})
    cases = [load(path, reader.base).answers for path in sorted((ROOT / "knowledge" / "cas").glob("*.yaml"))]
    parts = [
        ("Parts of a reading", session, session.report(reader)),
        ("Screens", screens, screens.report(reader)),
        ("What authors wait for", authors, authors.report()),
        ("Growth", growth, growth.report()),
        ("How soon a reading shows something", interview, interview.report(reader, cases)),
    ]
    text = "\n".join([_head(reader), *(f"## {title}\n\n{_why(module)}\n\n{body}" for title, module, body in parts)])
    print(text)
    if written:
        (ROOT / "bench" / "RESULTS.md").write_text(text, encoding="utf-8")
    return 0


def _head(reader: Reader) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("durable-rules", "textual", "pydantic"))
    return (
        "# Results\n\n"
        "Made by `python bench/run.py --write` in the environment of the tests.\n\n"
        f"{date.today():%Y-%m-%d}, CPython {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{libraries}, engine {reader.engine}, rules {reader.base.digest}. The machine was shared and noisy: compare "
        "figures with one another rather than with a clock.\n"
    )


def _why(module: ModuleType) -> str:
    return (module.__doc__ or "").strip()


if __name__ == "__main__":
    sys.exit(main())
