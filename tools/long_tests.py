"""Which tests are left to ``pytest -m lent``, so that ``pytest`` alone takes a minute and a half: tests/lents.txt.

    python -m pytest -m "" --durations=0 -vv > all.txt; python tools/long_tests.py all.txt [SECONDS]

Functions are left out by the time of one of their cases, the longest first, until what stays takes SECONDS of one core
(120 unless told). What checks the house itself stays whatever it takes.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

LIST = Path(__file__).resolve().parents[1] / "tests" / "lents.txt"
KEPT = "tests/test_house.py"
SPENT = re.compile(r"^([\d.]+)s (?:call|setup|teardown)\s+(tests/\S+?::\w+)(\S*)", re.MULTILINE)


def main(report: str, seconds: str = "120") -> None:
    """Write the list, and say what it leaves out."""
    cases: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for spent, name, case in SPENT.findall(Path(report).read_text("utf-8")):
        cases[name][case] += float(spent)
    left, whole = [], sum(sum(each.values()) for each in cases.values())
    stays = whole
    for name in sorted(cases, key=lambda name: -sum(cases[name].values()) / len(cases[name])):
        if stays <= float(seconds):
            break
        if not name.startswith(KEPT):
            left.append(name.removeprefix("tests/"))
            stays -= sum(cases[name].values())
    LIST.write_text("".join(f"{name}\n" for name in sorted(left)), encoding="utf-8")
    print(f"{len(left)} functions of {len(cases)} are left to -m lent; {stays:.0f} s of {whole:.0f} stay")


if __name__ == "__main__":
    main(*sys.argv[1:])
