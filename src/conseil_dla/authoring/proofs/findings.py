"""What a proof over all dossiers found, as values: a code, what it is about, and a dossier that shows it.

A finding names items by kind and id; their places and words come from the base, when it is told. Codes are public and
have their entries in docs/diagnostics.md. Severities: what is *wrong* (no format left, a rule that can never apply),
what is *doubtful* (it changes nothing), and what is merely worth knowing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conseil_dla.ground.diagnostics import Severity
from conseil_dla.rules.model import Answers, Condition, Effect

Named = tuple[str, str]
"""Kind word of the grammar and id; a finding is ``constat``."""

SEVERITIES: Mapping[str, Severity] = {
    "DLA501": Severity.ERROR,  # no format is left
    "DLA502": Severity.ERROR,  # no posture, or several without balance
    "DLA503": Severity.ERROR,  # a condition that can never hold
    "DLA504": Severity.ERROR,  # a coherence item forbids what a condition needs
    "DLA505": Severity.ERROR,  # a conclusion out of reach
    "DLA506": Severity.ERROR,  # a contradiction
    "DLA507": Severity.ERROR,  # two rules that are one
    "DLA508": Severity.ERROR,  # nothing is coherent
    "DLA511": Severity.WARNING,  # a rule that changes nothing shown
    "DLA512": Severity.WARNING,  # a question that never matters
    "DLA513": Severity.WARNING,  # « aucune » where naming the other answers would be certain sooner
    "DLA514": Severity.WARNING,  # an argument that changes neither winner nor ranking
    "DLA521": Severity.INFORMATION,  # another rule already draws it
}
"""How much each kind of finding weighs."""


@dataclass(frozen=True, slots=True)
class Proven:
    """One thing proved about a base."""

    code: str
    about: Named
    other: Named | None = None
    """The second culprit, where there are two."""
    witness: Answers | None = None
    """Coherent answers that show it: they alone make it certain. None where no dossier can (docs/diagnostics.md)."""
    part: str = ""
    """Which of its conditions, where an item has several: ``jamais``, ``present_si``, ``hors_note_si``…"""
    conflict: tuple[Condition, ...] = ()
    """Conditions that never hold together; none of them can be spared."""
    effect: Effect | None = None
    """The effect at stake, where a rule has several."""
    rest: tuple[str, ...] = field(default=())
    """Ids that the sentence needs besides: the formats of a contradiction, the answers of a question."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return SEVERITIES[self.code]
