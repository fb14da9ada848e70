"""Small mistakes made in the sources at random: does the suite notice each?

    python tools/mutants.py NUMBER [SEED] [FOLDER…] -- COMMAND…

Each mutant changes one operator, number or truth value of one file under ``src`` (or of the folders named), runs the
command in this checkout, and puts the file back. A command that fails has noticed. Run it in a checkout of its own:
a mutant left behind by a killed run is seen by ``git diff``.

    python tools/mutants.py 40 7 -- python -m pytest -x --ignore tests/test_house.py
"""

from __future__ import annotations

import ast
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SWAPS = {"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "is": "is not", "is not": "is",
         "in": "not in", "not in": "in", "and": "or", "or": "and", "True": "False", "False": "True"}  # fmt: skip
LONGEST = 600
"""Seconds that a command may take."""
Edit = tuple[int, int, str]
"""Where a piece of a file begins and ends, and what is put in its place."""


def edits(text: str) -> Iterator[Edit]:
    """Every small mistake that can be made in a file."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(line: int, column: int) -> int:
        return starts[line - 1] + column

    data = text.encode()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Compare() | ast.BoolOp():
                parts = [node.left, *node.comparators] if isinstance(node, ast.Compare) else node.values
                for one, other in pairwise(parts):
                    begin, end = at(one.end_lineno or 0, one.end_col_offset or 0), at(other.lineno, other.col_offset)
                    between = data[begin:end].decode()
                    word = between.strip().strip("()").strip()
                    if word in SWAPS:
                        yield begin, end, between.replace(word, SWAPS[word])
            case ast.Constant(value=bool() | int() as value):
                begin, end = at(node.lineno, node.col_offset), at(node.end_lineno or 0, node.end_col_offset or 0)
                yield begin, end, SWAPS[str(value)] if isinstance(value, bool) else str(value + 1)


def _passes(command: list[str]) -> bool:
    """Does the command end well, in time? What never ends has been noticed; its processes are ended with it."""
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
    try:
        return running.wait(LONGEST) == 0
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        return False


def main(number: int, seed: int, folders: list[str], command: list[str]) -> None:
    """Make them one after the other, and say which were noticed."""
    dice = random.Random(seed)
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    every = [(path, edit) for path in files for edit in edits(path.read_text("utf-8"))]
    left = 0
    for path, (begin, end, new) in dice.sample(every, number):
        data = path.read_bytes()
        line = data[:begin].count(b"\n") + 1
        try:
            path.write_bytes(data[:begin] + new.encode() + data[end:])
            is_left = _passes(command)
        finally:
            path.write_bytes(data)
        left += is_left
        said = "LEFT" if is_left else "noticed"
        print(f"{said}  {path.relative_to(ROOT)}:{line}  {data[begin:end].decode()!r} -> {new!r}", flush=True)
    print(f"{number - left} of {number} noticed")


if __name__ == "__main__":
    split = sys.argv.index("--")
    count, *rest = sys.argv[1:split]
    main(int(count), int(rest[0]) if rest else 7, rest[1:] or ["src/conseil_dla"], sys.argv[split + 1 :])
