"""What a dossier may still be, seen twice: with everything open, and with ordinary answers to what is unknown."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.outlook import Outlook
from conseil_dla.rules.model import Answers


@dataclass(frozen=True, slots=True)
class Views:
    """The two outlooks that a reading rests on."""

    general: Outlook
    """Everything unknown is open."""
    usual: Outlook
    """What is unknown takes ordinary answers; the general outlook where no coherent dossier is ordinary."""


def views_of(atlas: Atlas, answers: Answers) -> Views:
    """The outlooks of some answers."""
    general = Outlook(atlas, answers)
    usual = Outlook(atlas, answers, ordinary=True)
    return Views(general, general if usual.region.is_empty() else usual)
