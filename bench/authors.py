"""What authors wait for: proving the rules, comparing two versions, a look at a folder just saved, small faults.

Each is done on the shipped rules, in one process and once before it is timed, so that no import is counted: the
median and the slowest of a few times. Two versions differ by one threshold, then by nothing. Targets: 15 s for the
proofs, 5 s for a difference, 2 s for a file saved.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from conseil_dla.authoring.proofs import prove
from conseil_dla.authoring.trials.mutation import try_mutants
from conseil_dla.authoring.trials.run import trial_paths
from conseil_dla.authoring.versions.versions import compare_versions
from conseil_dla.authoring.watching import Watch, open_reader
from conseil_dla.dossiers.store import load

ROOT = Path(__file__).parents[1]
TIMES = 7
THRESHOLD = "au_moins: 15"
"""A threshold of the shipped rules, shifted by one and back."""


def report() -> str:
    """A table in Markdown."""
    with tempfile.TemporaryDirectory() as work:
        rows = list(_rows(Path(work)))
    lines = ["| | median | slowest |", "|---|---|---|"]
    lines += [f"| {name} | {1000 * middle:.0f} ms | {1000 * most:.0f} ms |" for name, middle, most in rows]
    return "\n".join(lines) + "\n"


def _rows(work: Path) -> list[tuple[str, float, float]]:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, work / part)
    reader = open_reader(work)
    dossiers = [load(path, reader.base) for path in trial_paths(work)]
    file = next(path for path in sorted((work / "rules").glob("*.yaml")) if THRESHOLD in path.read_text("utf-8"))
    text = file.read_text("utf-8")
    watch = Watch(work, open_reader)
    watch.look()
    shifts = iter(range(16, 100))

    def save_and_look() -> None:
        file.write_text(text.replace(THRESHOLD, f"au_moins: {next(shifts)}", 1), "utf-8")
        watch.look()

    file.write_text(text.replace(THRESHOLD, "au_moins: 16", 1), "utf-8")
    other = open_reader(work)
    some = sorted(rule.id for rule in reader.base.logic.rules)[:10]

    def try_some() -> int:
        return len(list(try_mutants(reader.base, dossiers, only=some)))

    faults = try_some()
    return [
        ("every proof, and the shares", *_timed(lambda: prove(reader.base))),
        ("difference, one threshold shifted", *_timed(lambda: compare_versions(reader, other, dossiers))),
        ("difference, nothing changed", *_timed(lambda: compare_versions(reader, reader, dossiers))),
        ("a file saved, read again and told", *_timed(save_and_look)),
        (
            "one small fault, of ten rules",
            *(seconds / faults for seconds in _timed(try_some)),
        ),
    ]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Median and slowest, in seconds."""
    work()
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), max(times)


if __name__ == "__main__":
    sys.stdout.write(report())
