"""Faults planted in the shipped rules: each rule taken away, then its condition turned round.

``python tests/planted.py`` plants them all and names those that no case and no trial notices (the examples
that rules carry are not counted). It takes some minutes; the tests plant a part of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from conseil_dla.dossiers.store import load
from conseil_dla.inference.selection import choose
from conseil_dla.model import Base, Dossier, NoneOf, Rule
from conseil_dla.opening import open_rules
from conseil_dla.reading.compose import Reader
from conseil_dla.trials.run import run_dossier, trial_paths

ROOT = Path(__file__).parents[1]


def planted(base: Base, rule: Rule) -> Iterator[tuple[str, Reader]]:
    """The rules without one, and with its condition turned round."""
    without = tuple(other for other in base.logic.rules if other.id != rule.id)
    turned = replace(rule, condition=NoneOf((rule.condition,)))
    around = tuple(turned if other.id == rule.id else other for other in base.logic.rules)
    for fault, rules in (("taken away", without), ("turned round", around)):
        logic = replace(base.logic, rules=rules)
        yield fault, Reader(replace(base, logic=logic), choose(logic))


def unnoticed(base: Base, dossiers: Iterable[Dossier], rules: Iterable[Rule]) -> Iterator[str]:
    """Faults that every expectation of every dossier lets through."""
    held = tuple(dossiers)
    for rule in rules:
        for fault, reader in planted(base, rule):
            if not any(run_dossier(reader, dossier).failures for dossier in held):
                yield f"{rule.id}: {fault}"


def main() -> int:
    """Plant everything and tell what goes unnoticed."""
    base = open_rules(ROOT).base
    dossiers = [load(path, base) for path in trial_paths(ROOT)]
    missed = list(unnoticed(base, dossiers, base.logic.rules))
    print(f"{2 * len(base.logic.rules)} faults planted, {len(missed)} unnoticed", *missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
