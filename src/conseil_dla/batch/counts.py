"""How many dossiers show what: counted in each process, then added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from conseil_dla.batch.values import Control, Summary
from conseil_dla.reading.values import Reading


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
