"""Proofs over all coherent dossiers: one module for each sort of thing proved, one tuple of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from conseil_dla.authoring.proofs.dead import dead_conditions, impatient_none
from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.authoring.proofs.gaps import no_format, no_single_posture, nothing_coherent
from conseil_dla.authoring.proofs.idle import idle_arguments, idle_questions, idle_rules
from conseil_dla.authoring.proofs.reach import out_of_reach
from conseil_dla.authoring.proofs.twins import contradictions, covered, duplicates

__all__ = ["CHECKS", "Evidence", "findings"]

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
