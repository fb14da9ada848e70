"""Help about the keys of the screen behind, and how to use the mouse instead."""

from __future__ import annotations

from textual.screen import Screen

from conseil_dla.reporting.french import NBSP, sentence
from conseil_dla.tui.keys import actions_of, key_name
from conseil_dla.tui.screens.page import Page
from conseil_dla.tui.typography import padded
from conseil_dla.tui.widgets.paragraphs import GAP, Block

MOUSE = (
    f"À la souris{NBSP}: cliquez sur une réponse pour répondre, sur une ligne ou une place de la boussole pour "
    "l’ouvrir, "
    "et sur les mots de la barre du bas pour le reste."
)
UNKNOWN = (
    f"«{NBSP}Je ne sais pas encore{NBSP}» est une vraie réponse{NBSP}: la lecture en tient compte, "
    "et la question pourra revenir plus tard."
)
MARKS = f"«{NBSP}*{NBSP}» devant une ligne{NBSP}: votre dernière réponse vient de la changer."
SAVING = "Chaque réponse est enregistrée aussitôt, sur cette machine seulement."


def help_page(screen: Screen[object]) -> Page:
    """The keys in force on a screen, one a line."""
    seen: dict[str, tuple[list[str], str]] = {}
    for action in actions_of(screen):
        keys, _ = seen.setdefault(action.name, ([], action.sentence))
        keys.append(key_name(action.key))
    blocks = []
    for name, (keys, told) in seen.items():
        mark = padded(" ou ".join(keys), 12) + " "
        blocks.append(Block(told or sentence(name), mark=mark))
    return Page(
        "Aide", (*blocks, GAP, Block(MOUSE), GAP, Block(UNKNOWN), GAP, Block(MARKS), GAP, Block(SAVING, "quiet"))
    )
