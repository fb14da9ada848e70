"""What went wrong, said plainly, with what can be done."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.diagnostics import Diagnostic
from conseil_dla.reporting.diagnostic_text import render
from conseil_dla.reporting.french import NBSP
from conseil_dla.tui.screens.page import Page
from conseil_dla.tui.widgets.paragraphs import GAP, Block

LEAVE = "leave"


def rules_unusable(diagnostics: Iterable[Diagnostic]) -> Page:
    """The rules folder has mistakes: each one, where it is and how to mend it."""
    lead = Block("Corrigez ce qui suit, puis relancez le programme. Aucun fichier n’a été modifié.")
    return Page("Les règles ne peuvent pas être lues", (lead, GAP, Block(render(diagnostics))))


def could_not_open(diagnostics: Iterable[Diagnostic], failure: str) -> Page:
    """A dossier cannot be used, or the disk refused."""
    why = f"Pourquoi{NBSP}: {failure}." if failure else render(diagnostics)
    return Page(
        "Ce dossier n’a pas pu être ouvert", (Block(why), GAP, Block("Le fichier n’a pas été modifié.", "quiet"))
    )


def leave_unsaved() -> Page:
    """Leaving now would lose the last answers."""
    text = "Les dernières réponses n’ont pas pu être enregistrées. Si vous quittez maintenant, elles seront perdues."
    return Page(
        "Quitter sans enregistrer ?".replace(" ?", f"{NBSP}?"), (Block(text),), ((LEAVE, "Quitter quand même"),)
    )
