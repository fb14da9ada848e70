"""Prove a base: everything found over all its coherent dossiers, and the exact numbers that go with it.

What an author is told of is composed here, once, for whatever shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conseil_dla.authoring.proofs import Evidence, findings
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.exact.search.sampled import sampled
from conseil_dla.exact.shares import counts, decisions, sizes_of
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.reading.opening import compiled, too_large
from conseil_dla.rules.model import FORCES, Base, Force

MOST_NODES = 900_000
"""Where proving gives up: three times what a base may take to be used, since proofs build more than readings do."""
Outcome = tuple[str, ...]
"""Ids shown together: one, or several that tie or balance."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many coherent combinations of answers end in each way: of the rules alone, never of real projects."""

    total: int
    formats: tuple[tuple[Outcome, int], ...]
    """The most frequent first; several ids are a tie."""
    postures: tuple[tuple[Outcome, int], ...]
    """Several ids are a balance."""
    off_note: int
    """Of which in a corner that the note does not describe."""
    decided: tuple[tuple[Force, int], ...]
    """At which force the best format leaves the second, the highest first."""
    tied: int
    margin: float = 0.0
    """How far each number about formats may be from the truth, as a share of ``total``; 0 where they are exact."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved."""

    findings: tuple[Proven, ...]
    shares: Shares | None
    """None where no dossier is coherent."""


def prove(base: Base, progress: Callable[[int, int], None] = lambda done, all: None) -> Proof:
    """Everything wrong, doubtful or worth knowing, and the shares. ``progress`` is told how many checks are done.

    Raises ``Unusable`` when the base is too large to be compiled, or to be proved.
    """
    compiled(base)  # what cannot be used is refused, whatever could be proved of it
    try:
        evidence = Evidence(compiled(base, MOST_NODES))
        found = tuple(findings(evidence, progress))
        return Proof(found, None if evidence.coherent == evidence.never else _shares(evidence))
    except TooLarge as error:
        raise Unusable((too_large(base),)) from error


def _shares(evidence: Evidence) -> Shares:
    atlas = evidence.atlas
    postures: Counter[Outcome] = Counter()
    off_note = 0
    for outcome, number in counts(atlas, atlas.charts[POSTURE]).items():
        postures[tuple(sorted(outcome.postures))] += number
        off_note += number if outcome.off_note else 0
    total = postures.total()
    formats, decided, margin = _of_formats(atlas) if atlas.search is None else _about_formats(atlas, total)
    return Shares(
        total=total,
        formats=_ranked(formats),
        postures=_ranked(postures),
        off_note=off_note,
        decided=tuple((force, decided.get(rank, 0)) for rank, force in enumerate(FORCES)),
        tied=decided.get(None, 0),
        margin=margin,
    )


def _of_formats(atlas: Atlas) -> tuple[Counter[Outcome], Mapping[int | None, int], float]:
    """Formats and what decides between them, counted."""
    formats: Counter[Outcome] = Counter()
    for outcome, number in counts(atlas, atlas.charts[FORMAT]).items():
        formats[tuple(sorted(outcome.best))] += number
    return formats, decisions(atlas), 0.0


def _about_formats(atlas: Atlas, total: int) -> tuple[Counter[Outcome], Mapping[int | None, int], float]:
    """The same where no chart compares formats: from dossiers drawn, with how far that may be from the truth."""
    search = atlas.search
    assert search is not None
    sizes = sizes_of(atlas.space, atlas.logic.questions)
    found = sampled(search, atlas.space.cube({}), sizes, search.circuit.conditional)
    assert found is not None
    formats = Counter({tuple(sorted(best)): round(share * total) for best, share in found.best.items()})
    return formats, {rank: round(share * total) for rank, share in found.decided.items()}, found.margin


def _ranked(found: Counter[Outcome]) -> tuple[tuple[Outcome, int], ...]:
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))
