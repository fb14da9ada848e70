"""What a batch gives besides the reading of each dossier: how many of each, who refused what, who checked whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """Name of the engine that concluded complete dossiers together."""
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
