"""What a paper is written from, and the models that there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from conseil_dla.reading.nearest import Nearest
from conseil_dla.reading.since import Since
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.model import Base, Dossier

Model = Literal["appel", "cadrage", "cahier-des-charges", "comite"]
MODELS: tuple[Model, ...] = get_args(Model)
"""Names of the models, as they are typed."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known of one dossier, internal matters included: only ``wall`` and internal pages see it."""

    base: Base
    reading: Reading
    prospects: Prospects
    dossier: Dossier
    nearest: Nearest | None
    today: date
    since: Since | None = None
