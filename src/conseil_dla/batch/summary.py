"""What a batch gives besides the reading of each dossier: counted in each process, then added up, and said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from conseil_dla.batch.sources import Given
from conseil_dla.ground.french import NBSP, counted, grouped
from conseil_dla.ground.shelving import Aside
from conseil_dla.reading.values import Reading
from conseil_dla.wording.diagnostic_text import aside_count

Shown = tuple[str, ...]
"""Ids shown for one dossier, sorted: one, several that tie or balance, none where it is still open."""


@dataclass(frozen=True, slots=True)
class Control:
    """Dossiers drawn at random, read once more by another engine: none of them differed, or the batch gave nothing."""

    engine: str
    """Name of the inference engine: it read them again, and read those that are not concluded together."""
    tried: int = 0
    seed: int = 0
    """What they were drawn with, so that the same ones can be drawn again."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over one batch. Numbers are numbers of dossiers that could be read, unless said otherwise."""

    engine: str
    """Name of what concluded dossiers together."""
    digest: str
    """Of the rules."""
    control: Control
    sources: tuple[str, ...] = ()
    """Files and folders as the user named them."""
    read: int = 0
    refused: int = 0
    """Dossiers that could not be used."""
    complete: int = 0
    """Of those read, how many leave no question that applies without an answer."""
    together: int = 0
    """Of those read, how many ``engine`` concluded together; the exact reader read the others one by one."""
    formats: Mapping[Shown, int] = field(default_factory=dict)
    """By formats shown, certain or sauf exception."""
    postures: Mapping[Shown, int] = field(default_factory=dict)
    """By postures shown, those that the note does not describe left out."""
    off_note: int = 0
    """Dossiers in a corner that the note does not describe."""
    moments: Mapping[str, int] = field(default_factory=dict)
    """By moment; the empty word where it is still open."""
    vigilances: Mapping[str, int] = field(default_factory=dict)
    """By vigilance drawn, certain or sauf exception."""
    vigilances_possible: Mapping[str, int] = field(default_factory=dict)
    """By vigilance that some answers still missing may draw."""
    unanswered: Mapping[str, int] = field(default_factory=dict)
    """By question: dossiers that leave it open while it applies or may (« je ne sais pas encore » included)."""
    reasons: Mapping[str, int] = field(default_factory=dict)
    """By code of a mistake: dossiers refused because of it, first of all."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier concluded with others, as it is held against another engine."""

    draw: int
    given: Given
    fired: frozenset[str]
    named: Mapping[str, object] | None
    """What is written of it, by name; None of a complete one, of which the rules that fire say all."""


@dataclass(slots=True)
class Counts:
    """Numbers of dossiers, as ``Summary`` has them."""

    read: int = 0
    refused: int = 0
    complete: int = 0
    together: int = 0
    checked: int = 0
    """How many the inference engine read once more."""
    engines: Counter[str] = field(default_factory=Counter)
    """By name of the inference engine that served: dossiers that it read, or read once more."""
    formats: Counter[tuple[str, ...]] = field(default_factory=Counter)
    postures: Counter[tuple[str, ...]] = field(default_factory=Counter)
    off_note: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    vigilances: Counter[str] = field(default_factory=Counter)
    vigilances_possible: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    least: dict[bool, Kept] = field(default_factory=dict)
    """Of those concluded together, complete or not, the one with the lowest draw: where none was low enough to be read
    once more, that one is."""

    def add(self, reading: Reading, questions: Iterable[str]) -> None:
        """One more dossier that the exact reader has read, of a base that has these questions."""
        left = [id for id in questions if id not in reading.answers and id not in reading.not_applicable]
        self.read += 1
        self.complete += not left
        self.unanswered.update(left)
        self.formats[reading.format.shown] += 1
        if reading.posture.off_note or reading.posture.usual.off_note:
            self.off_note += 1
        else:
            self.postures[reading.posture.shown] += 1
        self.moments[reading.moment or ""] += 1
        for drawn in reading.drawn_of("vigilance"):
            (self.vigilances_possible if drawn.certainty == "possible" else self.vigilances)[drawn.id] += 1

    def more(self, others: Counts) -> None:
        """What another process counted."""
        for each in fields(self):
            name = each.name
            mine, theirs = getattr(self, name), getattr(others, name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            elif isinstance(mine, dict):
                mine.update(
                    (key, min(one, mine.get(key, one), key=lambda kept: kept.draw)) for key, one in theirs.items()
                )
            else:
                setattr(self, name, mine + theirs)

    def summary(self, engine: str, digest: str, control: Control, sources: tuple[str, ...]) -> Summary:
        """The same, with who concluded and from what."""
        return Summary(
            engine=engine,
            digest=digest,
            control=control,
            sources=sources,
            read=self.read,
            refused=self.refused,
            complete=self.complete,
            together=self.together,
            formats=self.formats,
            postures=self.postures,
            off_note=self.off_note,
            moments=self.moments,
            vigilances=+self.vigilances,
            vigilances_possible=self.vigilances_possible,
            unanswered=self.unanswered,
            reasons=self.reasons,
        )


WIDE = 24
"""Signs of the bar."""


def bar_text(done: int, whole: int, dossiers: int, seconds: float) -> str:
    """« [██████░░░░░░]  41 000 dossiers, encore 6 s environ »: what is left goes by what is done."""
    share = min(1.0, done / whole) if whole else 0.0
    full = int(share * WIDE)
    left = "" if share < 0.02 else f", encore {_lasting(seconds * (1 - share) / share)} environ"
    return f"[{'█' * full}{'░' * (WIDE - full)}]  {grouped(dossiers)} {_dossiers(dossiers)}{left}"


def far_text(share: float, dossiers: int, seconds: float, at: float, whole: int = 0) -> str:
    """« 12 400 dossiers lus sur environ 100 000, encore 2 min »: the whole goes by the share of bytes that is done.

    ``whole`` is how many there are, where that is known.

    So many ``seconds`` have gone by; that share was done ``at`` that second: what is left goes down meanwhile.
    """
    read = f"{grouped(dossiers)} {_dossiers(dossiers)} {'lus' if dossiers > 1 else 'lu'}"
    if share >= 1:
        return read
    if share < 0.02:
        return f"{read}, depuis {_lasting(seconds)}"
    left = _lasting(at / share - seconds)
    among = grouped(whole) if whole else f"environ {grouped(max(dossiers, _rounded(dossiers / share)))}"
    return f"{read} sur {among}, encore {left}"


def _rounded(number: float) -> int:
    """To three figures."""
    step: int = 10 ** max(0, len(str(int(number))) - 3)
    return round(number / step) * step


def over_text(summary: Summary, target: Path, page: Path, aside: Sequence[Aside] = ()) -> str:
    """How many were read, where they are, which engine concluded and which one checked it."""
    read = f"{grouped(summary.read)} {_dossiers(summary.read)} {'lus' if summary.read > 1 else 'lu'}"
    refused = f", {counted(summary.refused, 'refusé', 'refusés')} (voir « erreur »)" if summary.refused else ""
    return (
        f"{read}{refused}{aside_count(aside)} : {target}\npage d’ensemble, pour vous : {page}\n{engine_text(summary)}"
    )


def engine_text(summary: Summary) -> str:
    """Which engine concluded, and what another one says of some of them."""
    control = summary.control
    if not summary.together:
        return f"moteur : {control.engine}, dossier par dossier"
    drawn = "1 tiré au hasard et relu" if control.tried == 1 else f"{grouped(control.tried)} tirés au hasard et relus"
    again = f"{drawn} par {control.engine}, sans écart (graine {control.seed})"
    checked = again if control.tried else f"aucun n’a été tiré pour être relu par {control.engine}"
    alone = summary.read - summary.together
    rest = f" ; les autres, un par un : lecture exacte avec {control.engine}" if alone else ""
    read = "1 dossier" if summary.together == 1 else f"{grouped(summary.together)} dossiers lus ensemble"
    return f"moteur : {summary.engine} pour {read}, dont {checked}{rest}"


def _dossiers(number: int) -> str:
    return "dossiers" if number > 1 else "dossier"


def _lasting(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))}{NBSP}s"
    return f"{round(seconds / 60)}{NBSP}min"
