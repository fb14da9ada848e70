"""What has happened since a dated reading: what matured, what remains, and what the rules changed by themselves.

Three readings are told apart: what was concluded then, what today's rules conclude of the answers of then, and what
they conclude now. From the first to the second only the rules changed; from the second to the third, only answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from conseil_dla.reading.values import Reading
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import Answers, Base, Dated
from conseil_dla.rules.truth import incoherences

REMINDER = "rappel"
Named = tuple[str, str]
"""Kind and id."""
Why = Literal["reponses", "regles", "les_deux"]


@dataclass(frozen=True, slots=True)
class Since:
    """Today beside a day of before."""

    day: str
    months: int
    """Whole months since the first dated reading."""
    answered: tuple[str, ...]
    """Questions whose answer is not what it was, in file order."""
    matured: tuple[Named, ...]
    remaining: tuple[Named, ...]
    appeared: tuple[Named, ...]
    moved: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Why]]
    """``format`` and ``posture``, where what is shown is not what it was: then, now, and what made the difference."""
    by_rules: tuple[Named, ...]
    """To be settled then or now by the rules alone: the same answers would not have said so, or would have."""
    reminders: tuple[str, ...]
    """Ids of the ``rappel`` items whose time has come."""


def recorded(reading: Reading, day: date) -> Dated:
    """The entry that a reading makes."""
    named = [("format", id) for id in reading.format.shown] + [("posture", id) for id in reading.posture.shown]
    named += [(d.kind, d.id) for d in reading.drawn if d.kind in SETTLED_BEFORE and d.certainty == "certaine"]
    return Dated(day.isoformat(), reading.digest, reading.answers, tuple(sorted(map(":".join, named))), fresh=True)


def dated(journal: tuple[Dated, ...], reading: Reading, day: date) -> tuple[Dated, ...]:
    """The journal with this reading: one entry a day, none where nothing is answered or nothing changed."""
    entry = recorded(reading, day)
    last = journal[-1] if journal else None
    if not reading.answers or reading.reported:
        return journal
    if last is not None and replace(entry, day=last.day) == last:
        return journal
    return (*(one for one in journal if one.day != entry.day), entry)


def since(
    base: Base, read: Callable[[Answers], Reading], journal: tuple[Dated, ...], reading: Reading, today: date
) -> Since | None:
    """What has happened since the last dated reading of another day; None where there is none."""
    before = [one for one in journal if one.day < today.isoformat()]
    if not before:
        return None
    last = before[-1]
    then, now = _names(last.conclusions), _names(recorded(reading, today).conclusions)
    again = _again(base, read, last, reading)
    known = then & set(base.texts)
    return Since(
        day=last.day,
        months=_months(date.fromisoformat(before[0].day), today),
        answered=tuple(id for id in base.logic.questions if last.answers.get(id) != reading.answers.get(id)),
        matured=_sorted(known & again - now),
        remaining=_sorted(known & now),
        appeared=_sorted(now - then - again),
        moved=_moved(base, then, again, now),
        by_rules=_sorted({name for name in then ^ again if name in base.texts and (name in then) != (name in now)}),
        reminders=_due(base, _months(date.fromisoformat(before[0].day), today)),
    )  # fmt: skip


def fits(base: Base, answers: Answers) -> bool:
    """False where today's rules do not take these answers together."""
    return not (incoherences(base.logic, answers) or offending(base.logic, answers))


def _names(conclusions: tuple[str, ...]) -> set[Named]:
    return {(kind, id) for kind, _, id in (each.partition(":") for each in conclusions)}


def _again(base: Base, read: Callable[[Answers], Reading], last: Dated, reading: Reading) -> set[Named]:
    """What today's rules say of the answers of then; what they said then where those answers clash today."""
    if last.digest == reading.digest:
        return _names(last.conclusions)
    if not fits(base, last.answers):
        return _names(last.conclusions)
    return _names(recorded(read(last.answers), date.fromisoformat(last.day)).conclusions)


def _moved(
    base: Base, then: set[Named], again: set[Named], now: set[Named]
) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...], Why]]:
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...], Why]] = {}
    for kind in ("format", "posture"):
        was, would, shown = (_ids(base, kind, names) for names in (then, again, now))
        if was != shown:
            why: Why = "reponses" if was == would else "regles" if would == shown else "les_deux"
            found[kind] = (was, shown, why)
    return found


def _ids(base: Base, kind: str, names: set[Named]) -> tuple[str, ...]:
    return tuple(sorted(id for of, id in names if of == kind and (of, id) in base.texts))


def _sorted(names: set[Named]) -> tuple[Named, ...]:
    """Those that are to be settled, vigilances first."""
    kept = (name for name in names if name[0] in SETTLED_BEFORE)
    return tuple(sorted(kept, key=lambda name: (SETTLED_BEFORE.index(name[0]), name[1])))


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _due(base: Base, months: int) -> tuple[str, ...]:
    """The reminders of the latest time reached."""
    after = {id: int(entry.texts["apres_mois"]) for (kind, id), entry in base.texts.items() if kind == REMINDER}
    reached = max((due for due in after.values() if due <= months), default=None)
    return tuple(id for id, due in after.items() if due == reached)
