"""Proofs over all coherent dossiers: one tuple of checks, their findings, and the numbers that go with them.

Each sort of thing proved is a module. What an author is told of is composed here, once, for whatever shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.authoring.proofs.idle import idle_arguments, idle_questions, idle_rules
from conseil_dla.authoring.proofs.reach import (
    dead_conditions,
    impatient_none,
    no_format,
    no_single_posture,
    nothing_coherent,
    out_of_reach,
)
from conseil_dla.authoring.proofs.twins import contradictions, covered, duplicates
from conseil_dla.dossiers.migration import current
from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.diagram import MOST_HELD, TooLarge
from conseil_dla.exact.search.standing import sampled
from conseil_dla.exact.shares import counts, decisions, sizes_of, weighed
from conseil_dla.exact.space import Ground
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.files import make_private, write_atomically
from conseil_dla.ground.french import NBSP, READ_AT_A_GLANCE, grouped, listed, numbered
from conseil_dla.ground.yamltext import dump
from conseil_dla.reading.opening import compiled, costs_of, told_in_parts, too_large
from conseil_dla.rules.model import FORCES, Answers, Base, Force
from conseil_dla.wording.reasons import REASONS_THAT

Check = Callable[[Evidence], Iterator[Proven]]

CHECKS: tuple[Check, ...] = (
    no_format,
    no_single_posture,
    dead_conditions,
    out_of_reach,
    duplicates,
    contradictions,
    idle_rules,
    idle_questions,
    idle_arguments,
    impatient_none,
    covered,
)
"""In the order in which an author mends. Where nothing is coherent, that alone is told."""


def findings(evidence: Evidence, progress: Callable[[int, int], None] = lambda done, all: None) -> Iterator[Proven]:
    """Everything that is wrong, doubtful or worth knowing, check after check.

    ``progress`` is told how many checks are done, and of how many.
    """
    if refused := list(nothing_coherent(evidence)):
        yield from refused
        return
    for done, check in enumerate(CHECKS):
        progress(done, len(CHECKS))
        yield from check(evidence)
    progress(len(CHECKS), len(CHECKS))


MOST_NODES = MOST_HELD * 3 // 2
"""Where proving gives up: more than what a base may take to be used, since proofs build more than readings do."""
Outcome = tuple[str, ...]
"""Ids shown together: one, or several that tie or balance."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many coherent combinations of answers end in each way: of the rules alone, never of real projects."""

    total: int
    formats: tuple[tuple[Outcome, int], ...]
    """The most frequent first; several ids are a tie."""
    postures: tuple[tuple[Outcome, int], ...]
    """Several ids are a balance; nothing where no chart holds them."""
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
    costs: tuple[Diagnostic, ...]
    """What using the base costs, where that is much."""


def prove(base: Base, progress: Callable[[int, int], None] = lambda done, all: None) -> Proof:
    """Everything wrong, doubtful or worth knowing, and the shares. ``progress`` is told how many checks are done.

    Nothing is proved of what the base has in parts. Raises ``Unusable`` when it is too large to be compiled at all.
    """
    atlas = compiled(base)
    costs = (*costs_of(base, atlas.diagrams.size), *told_in_parts(base, atlas))
    try:
        evidence = _evidence(base, atlas)
        found = tuple(findings(evidence, progress))
        return Proof(found, None if evidence.coherent == evidence.never else _shares(evidence), costs)
    except TooLarge as error:
        raise Unusable((too_large(base),)) from error


def _evidence(base: Base, atlas: Atlas) -> Evidence:
    """Everything, or all but what the atlas has in parts."""
    if not atlas.parts:
        atlas.diagrams.most = MOST_NODES
        return Evidence(atlas)
    return Evidence(AtlasInParts(base.logic, MOST_NODES, Ground.of(atlas.space, MOST_NODES)))


def _shares(evidence: Evidence) -> Shares:
    atlas = evidence.atlas
    postures: Counter[Outcome] = Counter()
    off_note = 0
    total = counts(atlas, evidence.coherent).get(True, 0)
    for outcome, number in counts(atlas, atlas.charts[POSTURE]).items() if evidence.has_postures else ():
        postures[tuple(sorted(outcome.postures))] += number
        off_note += number if outcome.off_note else 0
    formats, decided, margin = _of_formats(atlas) if atlas.search is None else _about_formats(evidence, total)
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


def _about_formats(evidence: Evidence, total: int) -> tuple[Counter[Outcome], Mapping[int | None, int], float]:
    """The same where no chart compares formats: from dossiers drawn, with how far that may be from the truth."""
    atlas, search = evidence.atlas, evidence.atlas.search
    assert search is not None
    sizes = sizes_of(atlas.space, atlas.logic.questions)
    found = sampled(search, atlas.space.cube({}), sizes, weighed(atlas, evidence.coherent))
    assert found is not None
    formats = Counter({tuple(sorted(best)): round(share * total) for best, share in found.best.items()})
    return formats, {rank: round(share * total) for rank, share in found.decided.items()}, found.margin


def _ranked(found: Counter[Outcome]) -> tuple[tuple[Outcome, int], ...]:
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


TITLE = "Pour qui écrit les règles : combinaisons de réponses, pas projets réels"
ESTIMATED = "  (estimé sur des combinaisons tirées au hasard, à {} près dix-neuf fois sur vingt)"
NOTHING = f"0,0{NBSP}%"
DECIDED = "des raisons qui {}"


def shares_text(base: Base, shares: Shares) -> str:
    """Formats, postures, and the force that decides: a share a line, and the number where it can be read."""
    lines = [f"{TITLE} ({numbered(shares.total)} en tout)", "", "Le format en tête"]
    if shares.margin:
        lines += [ESTIMATED.format(points(shares.margin))]
    rows = _about if shares.margin else _rows
    lines += rows(shares, ((_outcome(base, "format", ids), number) for ids, number in shares.formats))
    if shares.postures:
        lines += ["", "La posture"]
        lines += _rows(shares, ((_outcome(base, "posture", ids), number) for ids, number in shares.postures))
        lines += _rows(shares, [("dont hors de la note", shares.off_note)])
    lines += ["", "Ce qui départage les deux premiers formats"]
    decided = [(DECIDED.format(REASONS_THAT[force]), number) for force, number in shares.decided]
    lines += rows(shares, [*decided, ("rien : à égalité", shares.tied)])
    return "\n".join(lines).replace(" :", f"{NBSP}:") + "\n"


def _outcome(base: Base, kind: str, ids: Outcome) -> str:
    tie = ", à égalité" if len(ids) > 1 else ""
    return listed([base.title(kind, id) for id in ids]) + tie or "(aucun)"


def _rows(shares: Shares, rows: Iterable[tuple[str, int]]) -> list[str]:
    is_read = shares.total < READ_AT_A_GLANCE
    return [
        f"  {share(number, shares.total):>8}  {name}" + (f"  ({grouped(number)})" if is_read else "")
        for name, number in rows
    ]


def _about(shares: Shares, rows: Iterable[tuple[str, int]]) -> list[str]:
    """Shares without numbers, to the tenth: no more is known of them; those that come to nothing are told together."""
    found = [(tenths(number, shares.total), name) for name, number in rows]
    kept = [f"  environ {told:>6}  {name}" for told, name in found if told != NOTHING]
    return kept + ([f"{'':>11}moins de 0,1{NBSP}% pour chaque autre"] if len(kept) < len(found) else [])


def tenths(number: int, total: int) -> str:
    """« 39,4 % », of an estimate."""
    found = (number * 1000 + total // 2) // total
    return f"{found // 10},{found % 10}{NBSP}%"


def points(margin: float) -> str:
    """« 0,7 point », rounded up."""
    found = max(1, ceil(margin * 1000))
    return f"{found // 10},{found % 10}{NBSP}point{'s' if found >= 20 else ''}"


def about(number: int, margin: float, total: int) -> str:
    """« environ 2,1 % (à 0,1 point près) » of an estimate, « moins de 0,1 % » of a rare one; else ``share``."""
    if not margin:
        return share(number, total)
    told = tenths(number, total)
    if told == NOTHING:
        return f"moins de {tenths(ceil((number / total + margin) * 1000), 1000)}"
    return f"environ {told} (à {points(margin)} près)"


def share(number: int, total: int) -> str:
    """« 39,45 % »; what is neither nothing nor all is never rounded to it."""
    hundredths = (number * 10_000 + total // 2) // total
    if number and not hundredths:
        return f"<{NBSP}0,01{NBSP}%"
    if number != total and hundredths == 10_000:
        return f">{NBSP}99,99{NBSP}%"
    return f"{hundredths // 100},{hundredths % 100:02d}{NBSP}%"


def write_witness(where: Path, name: str, title: str, told: str, answers: Answers) -> Path:
    """A witness as a dossier named ``name``, which replaces the one of a former proof. Raises OSError."""
    make_private(where)
    path = where / f"{name}.yaml"
    content: dict[str, object] = {
        "version": current(),
        "titre": title,
        "ce_que_vous_entendez": told,
        "reponses": dict(answers),
    }
    write_atomically(path, dump(content))
    return path
