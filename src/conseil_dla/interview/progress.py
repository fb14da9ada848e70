"""How far « l'essentiel » is: the at most eight questions that settle most of format and posture.

They are chosen afresh after each answer, so no list of eight exists to be ticked off. What is counted is therefore what
is known, and nothing is stored: a dossier resumed stands where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.values import Reading
from conseil_dla.rules.deciding import bearing
from conseil_dla.rules.model import Logic

MOST = 8
"""Questions of l'essentiel, at most."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where l'essentiel stands, and what is left after it."""

    done: int
    """From 0 to ``MOST``: different questions answered, « je ne sais pas encore » included, that bear on format or
    posture; beyond ``MOST`` it stays there. Neither going back nor passing a question over changes it.
    """
    is_over: bool
    """True once format and posture are both shown, or no essential question is left to ask: often before ``MOST``."""
    useful: int
    """Open questions that can still change format or place."""
    is_shown: bool = True
    """Are both shown? Where they are not and all is over, what would settle them was put off."""


def progress(logic: Logic, state: Interview, reading: Reading) -> Progress:
    """Where a conversation stands. An answer that is kept and ignored (sans objet) still counts as dealt with.

    A reading proposes no essential question once format and posture are shown.
    """
    done = (state.known.keys() | state.declined) & bearing(logic)
    asked = reading.next_question
    is_over = asked is None or asked.purpose != "essentiel"
    return Progress(min(len(done), MOST), is_over, len(reading.standing.turning), reading.standing.is_shown)
