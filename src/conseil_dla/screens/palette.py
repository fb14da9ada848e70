"""Every action that can be done from here, to search among; made from the bindings in force."""

from __future__ import annotations

from textual.screen import Screen

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.comfort import ComfortApp
from conseil_dla.toolkit.keys import Action, actions_of, key_name
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.themes import THEMES

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
