"""What moves from one version of the rules to another: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conseil_dla.exact.atlas import Name
from conseil_dla.rules.model import Answers


@dataclass(frozen=True, slots=True)
class Move:
    """Dossiers of which one conclusion goes from one end to another."""

    name: Name
    before: Any
    """An end of the chart, as the older version has it."""
    after: Any
    number: int
    """Of coherent combinations of answers; at least 1, but for an estimate of what no dossier drawn shows."""
    witness: Answers
    """In the newer version's names; they make the move certain."""
    margin: float = 0.0
    """How far the number may be from the truth, as a share of all; 0 where it is exact."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Dossiers of which one conclusion may move otherwise than is told: too many ways, or no proof that there is none.

    Only where a search compares formats.
    """

    name: Name
    number: int
    """An estimate: 0 where no dossier drawn shows one."""
    margin: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Dossiers that one version takes and the other refuses."""

    number: int
    witness: Answers


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs in meaning."""

    total: int
    """Dossiers compared: coherent in both."""
    moves: tuple[Move, ...]
    """By conclusion; of one, the most frequent first."""
    refused: Refusal | None
    """Taken before, refused now."""
    admitted: Refusal | None
    """Refused before, taken now."""
    rest: tuple[Rest, ...] = ()
    """Of what conclusions not every move is told, and how much that leaves."""
