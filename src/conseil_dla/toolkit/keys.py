"""Keys: how a binding is declared here, and how a key is named in French.

Only F-keys, arrows, Entrée, Espace, Échap, Retour arrière, Suppr, Tab and Ctrl with a letter are bound: on an AZERTY
keyboard digits, brackets, @ and # need a modifier. The palette and the help are made from the bindings in force, so
that an action that has a key also has a name, a sentence and something to click.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

NAMES = {
    "up": "↑", "down": "↓", "left": "←", "right": "→",
    "enter": "Entrée", "escape": "Échap", "space": "Espace", "tab": "Tab", "shift+tab": "Maj+Tab",
    "backspace": "Retour arr.", "delete": "Suppr",
    "home": "Début", "end": "Fin", "pageup": "Page préc.", "pagedown": "Page suiv.",
}  # fmt: skip


def key(keys: str, action: str, name: str, sentence: str = "", *, show: bool = True, priority: bool = False) -> Binding:
    """A binding. ``name`` is what the bar of keys says; ``sentence`` is what the help and the palette say.

    A binding without a sentence is in neither: moving a cursor is not an action to look up.
    """
    return Binding(keys, action, name, show=show, tooltip=sentence, priority=priority)


RETRACE_KEYS: tuple[Binding, ...] = (
    key("ctrl+z", "undo", "annuler", show=False),
    key("ctrl+y", "redo", "rétablir", "Redonner ce qui vient d’être annulé.", show=False),
)
"""Beside F9, which says what it takes back."""
HELP_KEY = key("f1", "app.help_page", "aide", "L’aide sur ce que vous regardez, puis les touches.", show=False)
"""For a page over the screen: the application's own keys stop there, and its bar has one line."""


def key_name(pressed: str) -> str:
    """« Ctrl+P », « Échap », « F2 »."""
    if pressed in NAMES:
        return NAMES[pressed]
    return "+".join(part.capitalize() for part in pressed.split("+"))


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done on a screen as it stands."""

    key: str
    name: str
    sentence: str
    node: DOMNode
    """The widget, screen or application that carries the action out."""
    action: str
    shown: bool
    """In the bar of keys, not only in the help and the palette."""


def actions_of(screen: Screen[object]) -> tuple[Action, ...]:
    """Every action with a name that is in force on a screen, the focused widget's first."""
    return tuple(
        Action(pressed, binding.description, tooltip, node, binding.action, binding.show)
        for pressed, (node, binding, enabled, tooltip) in screen.active_bindings.items()
        if enabled and (binding.show or tooltip)
    )
