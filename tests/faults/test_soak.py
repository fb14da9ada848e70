"""Memory stays flat: 9,000 diagnoses here, 100,000 with ``python bench/soak.py``."""

from __future__ import annotations

import gc
import os
import random
import sys
from pathlib import Path

import pytest

from conseil_dla.engine import choose
from shipped import random_dossier, shipped_reader

pytest.importorskip("durable_rules_engine")
LOGIC = shipped_reader().base.logic
NUMBER, DISTINCT, WARM = 9_000, 200, 2_000
MOST = 2.5
"""Megabytes. Anything kept for each of 7,000 dossiers is more: a small answer takes 400 bytes."""


def resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.lent
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_neither_the_program_nor_durable_rules_grows() -> None:
    usual, chance = gc.get_threshold(), random.Random(7)
    dossiers = [random_dossier(LOGIC, chance, chance.random()) for _ in range(DISTINCT)]
    engine = choose(LOGIC)
    engine.fire({})
    gc.set_threshold(700, 10, 10)
    gc.collect()
    pids = os.getpid(), engine._durable._matcher._process._popen.pid  # type: ignore[attr-defined]
    before: list[float] = []
    for n in range(NUMBER):
        assert engine.fire(dossiers[n % DISTINCT]).engine != "référence"
        if n == WARM:
            before = [resident(pid) for pid in pids]
    after = [resident(pid) for pid in pids]
    gc.set_threshold(*usual)
    engine.close()
    assert [late - early < MOST for early, late in zip(before, after, strict=True)] == [True, True], (before, after)
