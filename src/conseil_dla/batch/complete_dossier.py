"""What a complete dossier concludes, straight from the rules that fire: no diagram is asked, nothing is left open.

Each part of it is made once for all the dossiers that are alike in it. A part looks at a few conditions. Which of them
hold makes a key; two dossiers with the same key conclude the same there, so that what is concluded, and the text that
tells it, are made at the first of them. Keys are worked out for many dossiers at once: a byte each, with a bit for each
of eight conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from conseil_dla.batch.bit_columns import Bits
from conseil_dla.exact.outcomes import Best, FormatOutcome, better, format_outcome
from conseil_dla.exact.outcomes import moment as moment_of
from conseil_dla.reading.values import (
    Drawn,
    FactorReading,
    FormatReading,
    Moment,
    PostureReading,
    UsualFormat,
    UsualPosture,
)
from conseil_dla.rules.deciding import Profile, quadrant
from conseil_dla.rules.kinds import SETTLED_BEFORE, SPECS
from conseil_dla.rules.model import LEVELS, Base, Draw, Kind, Logic, Rule, Tension


def compare(logic: Logic, profiles: Mapping[str, Profile | None]) -> FormatOutcome:
    """Lexi: the best formats, given what each is worth; None where it is ruled out."""
    best: dict[bool, Best] = {False: None, True: None}
    for id, profile in profiles.items():
        if profile is not None:
            preparatory = logic.formats[id].preparatory
            best[preparatory] = better(best[preparatory], (profile, frozenset([id])))
    return format_outcome(best[False], best[True])


def settle_format(logic: Logic, outcome: FormatOutcome) -> FormatReading:
    """The format, without its arguments."""
    ids = tuple(sorted(outcome.best))
    retained, tied = (ids[0], ()) if len(ids) == 1 else (None, ids)
    return FormatReading(
        retained=retained,
        possible=ids,
        tied=tied,
        nothing_stands_out=bool(ids) and not outcome.stands_out,
        then=tuple(sorted(outcome.then)) or None,
        usual=UsualFormat(retained, tied),
        arguments=(),
        first=tuple(id for id in ids if logic.formats[id].preparatory),
    )


def settle_posture(
    logic: Logic, scales: Mapping[str, int], sums: Mapping[str, int], off_note: Collection[str]
) -> PostureReading:
    """The posture, from the sum of points of each axis.

    ``scales`` are the largest sums that axes can have; ``off_note`` the postures whose ``hors_note_si`` holds.
    """
    ids = tuple(sorted(quadrant(logic, {axis: (total > 0) - (total < 0) for axis, total in sums.items()})))
    single, between = (ids[0], ()) if len(ids) == 1 else (None, ids)
    off = single is not None and single in off_note
    retained, near = (None, single) if off else (single, None)
    return PostureReading(
        retained=retained,
        possible=ids,
        between=between,
        off_note=off,
        off_note_possible=False,
        nearest=near,
        usual=UsualPosture(retained, between, off, near),
        position={axis: (round(total / scales[axis], 4),) * 2 for axis, total in sums.items()},
    )


def settle_drawn(base: Base, kind: Kind, id: str, fired: Collection[Rule], foreseen: bool | None) -> Drawn | None:
    """One collected conclusion, from the rules for it that fired; None where none did.

    ``foreseen`` says whether it is already planned; None where no condition tells.
    """
    if not fired:
        return None
    levels = {e.level for rule in fired for e in rule.effects if isinstance(e, Draw) and (e.kind, e.id) == (kind, id)}
    entry = base.entry(kind, id)
    sources = {source for rule in fired for source in base.entry("regle", rule.id).sources}
    return Drawn(
        kind=kind,
        id=id,
        certainty="certaine",
        level=next((level for level in LEVELS if level in levels), None),
        internal=entry.internal,
        rules=tuple(sorted(rule.id for rule in fired)),
        sources=tuple(sorted(sources | set(entry.sources))),
        grounded=True,
        foreseen=("deja_prevu" if foreseen else "a_prevoir") if SPECS[kind].can_be_foreseen else None,
        proof="declenchee",
    )


def blocks(effect: Draw) -> bool:
    """Is what it draws to be settled before launching: drawn for then, or for no moment in particular?"""
    return effect.kind in SETTLED_BEFORE and effect.level in ("avant", None)


def settle_tension(base: Base, tension: Tension) -> Drawn:
    """A tension of which both poles hold."""
    entry = base.entry("tension", tension.id)
    sources = {source for pole in entry.pole_sources for source in pole} | set(entry.sources)
    return Drawn("tension", tension.id, "certaine", None, entry.internal, (), tuple(sorted(sources)), grounded=True)


def settle_factor(base: Base, id: str) -> FactorReading:
    """A success factor that is present."""
    return FactorReading(id, "present", base.entry("facteur", id).sources)


def settle_moment(logic: Logic, outcome: FormatOutcome, *, blocked: bool) -> Moment | None:
    """When to launch; None where no format is left to launch."""
    waits = any(logic.formats[id].preparatory for id in outcome.best) if outcome.best else None
    moment: Moment | None = moment_of(waits, blocked) or None  # type: ignore[assignment]
    return moment


T = TypeVar("T")
MOST_KEPT = 10_000
"""Of one part; past this, what was made is forgotten: memory stays flat, whatever the dossiers."""
FEW = 8
"""Conditions of one byte of a key, and of one part of a long list: at most 256 keys."""

Key = int | tuple[int, ...]
"""One byte, or several where a part looks at more than eight conditions."""


class Part(Generic[T]):
    """Some steps of ``Columns``, and what is made of which of them hold: ``make`` gets a sign for each, 1 or 0."""

    def __init__(self, steps: Sequence[int], make: Callable[[str], T]) -> None:
        self._steps = tuple(steps)
        self._made = _Made(len(self._steps), make)

    def of(self, spread: Spread) -> list[T]:
        """What it makes of every dossier, in order."""
        return list(map(self._made.__getitem__, spread.keys(self._steps)))


class _Made(dict[Key, T]):
    """What was made for each key; a key that is not there yet is made."""

    def __init__(self, width: int, make: Callable[[str], T]) -> None:
        super().__init__()
        self._width, self._make = width, make

    def __missing__(self, key: Key) -> T:
        if len(self) >= MOST_KEPT:
            self.clear()
        several = (key,) if isinstance(key, int) else key
        signs = "".join("1" if byte >> bit & 1 else "0" for byte in several for bit in range(FEW))
        self[key] = made = self._make(signs[: self._width])
        return made


class Spread:
    """What every step gives for so many dossiers, with a byte instead of a bit for each of them."""

    def __init__(self, bits: Sequence[Bits], count: int) -> None:
        self._bits, self.count = bits, count
        self._ones = int.from_bytes(b"\1" * count)
        self._bytes: dict[int, int] = {}

    def keys(self, steps: Sequence[int]) -> Iterable[Key]:
        """One key for each dossier."""
        several = [self._key(steps[start : start + FEW]) for start in range(0, len(steps), FEW)]
        if len(several) > 1:
            return zip(*several, strict=True)
        return several[0] if several else bytes(self.count)

    def signs(self, step: int) -> bytes:
        """For each dossier 1 where the step holds, else 0."""
        return self._of(step).to_bytes(self.count)

    def _key(self, steps: Sequence[int]) -> bytes:
        key = 0
        for bit, step in enumerate(steps):
            key |= self._of(step) << bit
        return key.to_bytes(self.count)

    def _of(self, step: int) -> int:
        if step not in self._bytes:
            digits = format(self._bits[step], f"0{self.count}b").encode()  # 0x30 or 0x31
            self._bytes[step] = int.from_bytes(digits) & self._ones
        return self._bytes[step]


def held(names: Sequence[T], signs: str) -> tuple[T, ...]:
    """Those of ``names`` whose sign is ``1``."""
    return tuple(name for name, sign in zip(names, signs, strict=True) if sign == "1")
