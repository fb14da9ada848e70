"""What the moments of a workshop are called where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conseil_dla.rules.plans import PlanMoment

MOMENT_NAMES: Mapping[PlanMoment, str] = MappingProxyType(
    {
        "accueil": "Accueil",
        "intuition": "Intuition",
        "questions": "Questions",
        "lecture": "Lecture",
        "et_si": "Et si…",
        "traces": "Traces",
    }
)
"""In a word, the first letter capital."""
