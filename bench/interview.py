"""How soon a reading shows one format and one posture: simulated dossiers, asked in the product's order, or the file's.

Shown means certain, or certain but for exceptions, announced ties and balances counted. "For good" means shown and
never shown otherwise by the answers that came later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from prior import dossiers

from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Answers, Value

AFTER = 8
NUMBER, SEED = 200, 20


@dataclass(frozen=True)
class Step:
    """What is shown after one more answer."""

    format: tuple[str, ...]
    posture: tuple[str, ...]
    certain: bool
    """Both, whatever the missing answers."""


Order = Callable[[Reading, frozenset[str]], str | None]
"""A reading and what was asked already -> the next question."""


def product_order(reading: Reading, asked: frozenset[str]) -> str | None:
    """What the reading itself proposes."""
    found = reading.next_question
    return found.question if found and found.question not in asked else None


def file_order(reader: Reader) -> Order:
    """The order of the file, leaving out what surely does not apply or is not known to."""
    order = tuple(reader.base.logic.questions)

    def following(reading: Reading, asked: frozenset[str]) -> str | None:
        return next((id for id in order if id in reading.open_questions and id not in asked), None)

    return following


def interview(reader: Reader, known: Answers, order: Order) -> list[Step]:
    """What is shown after 0, 1, 2… answers. A question whose answer is not known is put off, and not counted."""
    answers: dict[str, Value] = {}
    declined: frozenset[str] = frozenset()
    reading = reader.read(answers)
    steps = [_step(reading)]
    while id := order(reading, frozenset(answers) | declined):
        if id not in known:
            declined |= {id}
            reading = reader.read(answers, declined)
            continue
        answers = {**answers, id: known[id]}
        reading = reader.read(answers, declined)
        steps.append(_step(reading))
    return steps


def _step(reading: Reading) -> Step:
    format, posture = reading.format, reading.posture
    certain = bool(format.retained or format.tied) and bool(posture.retained or posture.between or posture.nearest)
    return Step(format.shown, posture.shown, certain)


def first(steps: list[Step], reached: Callable[[Step], object]) -> int:
    """Answers before something is reached; one more than all where it never is."""
    return next((n for n, step in enumerate(steps) if reached(step)), len(steps))


def settled_for_good(steps: list[Step]) -> int:
    """Answers from which format and posture no longer move."""
    last = steps[-1]
    n = len(steps)
    while n and (steps[n - 1].format, steps[n - 1].posture) == (last.format, last.posture):
        n -= 1
    return n if last.format and last.posture else len(steps)


def at(steps: list[Step], number: int) -> Step:
    """After so many answers, or all where there are fewer."""
    return steps[min(number, len(steps) - 1)]


def figures(reader: Reader, known: list[Answers], order: Order) -> dict[str, float]:
    """Shares in per cent, and numbers of answers."""
    told = [interview(reader, each, order) for each in known]
    late = [at(steps, AFTER) for steps in told]
    both = [first(steps, lambda s: s.format and s.posture) for steps in told]
    return {
        "format": _share([bool(step.format) for step in late]),
        "posture": _share([bool(step.posture) for step in late]),
        "format_last": _share([at(s, AFTER).format == s[-1].format for s in told]),
        "posture_last": _share([at(s, AFTER).posture == s[-1].posture for s in told]),
        "certain": _share([step.certain for step in late]),
        "both": median(both),
        "both_most": max(both),
        "good": median(map(settled_for_good, told)),
        "sure": median(first(steps, lambda s: s.certain) for steps in told),
        "all": median(len(steps) - 1 for steps in told),
    }


def _share(found: list[bool]) -> float:
    return 100 * sum(found) / len(found)


ROWS = (
    ("one format shown after 8 answers (target: 85 %)", "format", " %"),
    ("one posture shown after 8 answers (target: 90 %)", "posture", " %"),
    ("the format shown then is the final one", "format_last", " %"),
    ("the posture shown then is the final one", "posture_last", " %"),
    ("both certain after 8 answers, exceptions left aside", "certain", " %"),
    ("answers before both are shown, median (target: a third of file order)", "both", ""),
    ("the same, at most", "both_most", ""),
    ("answers before both are shown for good, median", "good", ""),
    ("answers before both are certain, median", "sure", ""),
    ("questions asked in all, median", "all", ""),
)


def report(reader: Reader, cases: list[Answers]) -> str:
    """Two tables in Markdown: simulated dossiers, then the cases."""
    logic = reader.base.logic
    drawn = list(dossiers(logic, NUMBER, SEED))
    text = f"### {NUMBER} simulated dossiers\n\n" + _table(reader, drawn)
    return text + f"\n### The {len(cases)} cases, with what is known of them\n\n" + _table(reader, cases)


def _table(reader: Reader, known: list[Answers]) -> str:
    ours, files = figures(reader, known, product_order), figures(reader, known, file_order(reader))
    lines = ["| | product's order | file order |", "|---|---|---|"]
    lines += [f"| {words} | {ours[key]:.3g}{unit} | {files[key]:.3g}{unit} |" for words, key, unit in ROWS]
    return "\n".join([*lines, ""])
