"""How long each part of a reading takes on the shipped base, after any answer of the simulated interviews."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from prior import dossiers

from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.relevance import Relevance
from conseil_dla.reading.advice import read_format, read_posture
from conseil_dla.reading.asking import Asking, call_sheet, next_question
from conseil_dla.reading.collected import draw_all, read_factors
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.held import held
from conseil_dla.rules.model import Answers, Base
from interview import product_order

NUMBER, SEED = 60, 21
COMPILED = 15
TARGETS = {"compile": "1 s", "certainty": "10 ms", "information": "50 ms", "ripening": "10 ms"}


def timed(work: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    start = perf_counter()
    found = work(*given)
    return 1000 * (perf_counter() - start), found


def moments(reader: Reader) -> list[Answers]:
    """Every state that the interviews go through, the empty dossier included."""
    found: list[Answers] = []
    for known in dossiers(reader.base.logic, NUMBER, SEED):
        answers: dict[str, Any] = {}
        while True:
            found.append(dict(answers))
            id = product_order(reader.read(answers), frozenset(answers))
            if id is None:
                break
            answers[id] = known[id]
    return found


def measure(reader: Reader) -> dict[str, list[float]]:
    """Milliseconds of each part, one figure for each moment."""
    base = reader.base
    taken: dict[str, list[float]] = {"compile": [timed(Atlas, base.logic)[0] for _ in range(COMPILED)]}
    atlas = Atlas(base.logic)
    relevance = Relevance(atlas)
    for answers in moments(reader):
        spent, (general, usual, format, posture) = timed(certainty, base, atlas, answers)
        taken.setdefault("certainty", []).append(spent)
        spent, _ = timed(information, base, relevance, general, usual, format, posture)
        taken.setdefault("information", []).append(spent)
        spent, reading = timed(reader.read, answers)
        taken.setdefault("whole reading, inference included", []).append(spent)
        taken.setdefault("ripening", []).append(timed(reader.prospects, reading)[0])
    return taken


def certainty(base: Base, atlas: Atlas, answers: Answers) -> tuple[Outlook, Outlook, Any, Any]:
    """Rules, format, posture, axes, exceptions, everything collected, and what applies."""
    general, usual = Outlook(atlas, answers), Outlook(atlas, answers, ordinary=True)
    usual = general if usual.region.is_empty() else usual
    _ = general.states, general.applies
    now = held(base.logic, general.certain, general)
    format, posture = read_format(base, general, usual, now), read_posture(base, general, usual)
    draw_all(base, general, usual, now)
    read_factors(base, general)
    return general, usual, format, posture


def information(
    base: Base, relevance: Relevance, general: Outlook, usual: Outlook, format: Any, posture: Any
) -> object:
    """What every question would tell, which are without effect, the next one and the call sheet."""
    stakes = relevance.stakes(general, usual)
    moving = stakes.moving()
    stakes.moving((FORMAT, POSTURE))
    open_ones = tuple(id for id, state in general.applies.items() if state and id not in general.answers)
    asking = Asking(base, stakes, format, posture, open_ones, moving)
    order = asking.in_order()
    return next_question(asking, order, frozenset()), call_sheet(order, moving)


def percentile(found: list[float], share: float) -> float:
    """The value that a share of them does not exceed."""
    return sorted(found)[min(len(found) - 1, int(share * len(found)))]


def report(reader: Reader) -> str:
    """One table in Markdown."""
    taken = measure(reader)
    lines = ["| | median | 95 % under | longest | target (95 % under) |", "|---|---|---|---|---|"]
    for name, found in taken.items():
        row = (median(found), percentile(found, 0.95), max(found))
        lines.append("| " + " | ".join([name, *(f"{ms:.1f} ms" for ms in row), TARGETS.get(name, "")]) + " |")
    atlas = Atlas(reader.base.logic)
    lines += ["", f"{len(taken['ripening'])} moments of {NUMBER} interviews; the compiled base has "
                  f"{len(atlas.diagrams.levels)} nodes, for {len(reader.base.logic.questions)} questions and "
                  f"{len(reader.base.logic.rules)} rules.", ""]  # fmt: skip
    return "\n".join(lines)
