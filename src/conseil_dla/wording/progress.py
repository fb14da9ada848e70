"""How far the questionnaire is, in a few words for a bar of title, or a sentence."""

from __future__ import annotations

from conseil_dla.ground.french import counted
from conseil_dla.interview.questionnaire import MOST, Progress

OVER = "L’essentiel est fait"
PASSED = "L’essentiel est parcouru"
"""The same where what would settle format and place was put off."""


def progress_text(progress: Progress) -> str:
    """« L’essentiel 4/8 », « L’essentiel est fait, encore 12 questions utiles »."""
    if not _has_more(progress):
        return _lead(progress)
    left = f"encore {counted(progress.useful, 'question utile', 'questions utiles')}"
    return f"{_lead(progress)}, {left if progress.useful else 'rien ne le change plus'}"


def brief_text(progress: Progress) -> str:
    """The same where there is no room: « L’essentiel est fait, encore 12 »."""
    more = f", encore {progress.useful}" if progress.useful and _has_more(progress) else ""
    return _lead(progress) + more


def _lead(progress: Progress) -> str:
    if progress.is_over:
        return OVER if progress.is_shown else PASSED
    return f"L’essentiel {progress.done}/{MOST}"


def _has_more(progress: Progress) -> bool:
    """What is left is said once l'essentiel is over, or when eight questions did not do."""
    return progress.is_over or progress.done == MOST
