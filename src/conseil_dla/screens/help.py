"""What can be done here: the help of what has the focus, then the keys; and every action, to search among."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import Screen

from conseil_dla.ground.french import NBSP, sentence
from conseil_dla.ground.topic import PAGE_TOPIC, Topic
from conseil_dla.panes.comfort import ComfortApp
from conseil_dla.screens.dossier_pages import topic_of_page
from conseil_dla.toolkit.keys import Action, actions_of, key, key_name
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page, spaced
from conseil_dla.toolkit.themes import THEMES
from conseil_dla.toolkit.typography import GAP, Block, padded

MOUSE = (
    f"À la souris{NBSP}: cliquez sur une réponse pour répondre, sur une ligne ou une place de la boussole pour "
    "l’ouvrir, "
    "et sur les mots de la barre du bas pour le reste."
)
MARKS = f"«{NBSP}*{NBSP}» devant une ligne{NBSP}: votre dernière réponse vient de la changer."
SAVING = "Chaque réponse est enregistrée aussitôt, sur cette machine seulement."


class HelpPage(Page):
    """The same key closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("f1", "leave", "fermer", show=False)]


def help_page(screen: Screen[object]) -> HelpPage:
    """What has the focus, then the keys in force, one a line."""
    blocks: list[Block] = []
    topic = topic_of(screen)
    if topic is not None:
        blocks += [
            Block(topic.title, "strong"),
            GAP,
            *spaced(topic.paragraphs),
            GAP,
            Block("Les touches", "strong"),
            GAP,
        ]
    seen: dict[str, tuple[list[str], str]] = {}
    for action in actions_of(screen):
        keys, _ = seen.setdefault(action.name, ([], action.sentence))
        keys.append(key_name(action.key))
    for name, (keys, told) in seen.items():
        mark = padded(" ou ".join(keys), 12) + " "
        blocks.append(Block(told or sentence(name), mark=mark))
    return HelpPage("Aide", (*blocks, GAP, Block(MOUSE), GAP, Block(MARKS), GAP, Block(SAVING, "quiet")))


@runtime_checkable
class Helpful(Protocol):
    """A widget or a screen that explains itself, as it stands; None leaves it to what holds it."""

    def help_topic(self) -> Topic | None:
        """What it is, and what can be done with it."""


def topic_of(screen: Screen[object]) -> Topic | None:
    """The help of what has the focus: its own, else that of the nearest thing around it, else that of the screen."""
    node: DOMNode | None = screen.focused or screen
    while node is not None:
        if isinstance(node, Helpful) and (found := node.help_topic()) is not None:
            return found
        node = node.parent
    return topic_of_page(screen) or (PAGE_TOPIC if isinstance(screen, Page) else None)


# --- every action -----------------------------------------------------------------------------------------------------

THEME = "theme "
IN_USE = "en cours"
HINT = "Chercher une action"


def open_palette(app: ComfortApp) -> None:
    """Show what can be done on the present screen, then do what is chosen."""
    screen = app.screen
    actions = _listed(screen)
    rows = [Row(action.sentence, str(number), key_name(action.key)) for number, action in enumerate(actions)]
    for theme, (_, name) in THEMES.items():
        rows.append(Row(f"Couleurs{NBSP}: {name}", THEME + theme, IN_USE if theme == app.theme else ""))

    async def done(chosen: str | None) -> None:
        if chosen is None:
            return
        if chosen.startswith(THEME):
            app.choose_theme(chosen.removeprefix(THEME))
            return
        action = actions[int(chosen)]
        await app.run_action(action.action, default_namespace=action.node)

    app.push_screen(Picker("Toutes les actions", rows, HINT), done)


def _listed(screen: Screen[object]) -> list[Action]:
    """Actions with a sentence, each once; the palette itself aside."""
    seen: dict[str, Action] = {}
    for action in actions_of(screen):
        if action.sentence and not action.action.endswith("all_actions"):
            seen.setdefault(action.action, action)
    return list(seen.values())
