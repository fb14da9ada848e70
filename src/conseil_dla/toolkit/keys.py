"""Keys by their French names, with the sentence that the help gives; the bar of keys below, and that of title above."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.events import Click
from textual.geometry import Size
from textual.screen import Screen
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.toolkit.typography import padded, shortened

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


# --- the bars ---------------------------------------------------------------------------------------------------------

NAME = "Conseil DLA"
ROOM_FOR_SUBJECT = 27
"""Cells that name and subject keep at least, where the state can be said in fewer words."""
BETWEEN = "  "


class TitleBar(Widget):
    """What this screen is about, and how things stand: two texts on a line, where Textual's ``Header`` has one."""

    DEFAULT_CSS = "TitleBar { height: 1; dock: top; padding: 0 1; background: $panel; color: $foreground; }"

    def __init__(self, subject: str = "", state: str = "") -> None:
        super().__init__()
        self.subject = subject
        self.state = state
        self.brief = ""

    def say(self, state: str, brief: str = "") -> None:
        """Change what stands on the right; ``brief`` is said instead where the subject would be cut short."""
        if (state, brief) != (self.state, self.brief):
            self.state, self.brief = state, brief
            self.refresh()

    def rename(self, subject: str) -> None:
        """Change what the screen is about."""
        self.subject = subject
        self.refresh()

    def render(self) -> VisualType:
        """Name and subject on the left, state on the right; the subject is shortened first, down to some length."""
        width = self.content_size.width
        fits = cell_len(self.state) <= width - ROOM_FOR_SUBJECT - 2 or not self.brief
        state = shortened(self.state if fits else self.brief, max(width // 2, width - ROOM_FOR_SUBJECT - 2))
        left = shortened(f"{NAME} · {self.subject}" if self.subject else NAME, width - cell_len(state) - 2)
        return Content.assemble(
            (padded(left, width - cell_len(state))[: len(NAME)], "bold $primary"),
            (padded(left, width - cell_len(state))[len(NAME) :], "$foreground"),
            (state, "$quiet"),
        )


class KeyBar(Widget):
    """Every shown action of the screen as it stands, each one clickable; as many lines as the width asks for.

    Textual's ``Footer`` has one line, that scrolls: on a narrow screen the last keys are not seen.
    """

    DEFAULT_CSS = "KeyBar { width: 100%; height: auto; max-height: 3; dock: bottom; padding: 0 1; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[list[Action]] = []

    def on_mount(self) -> None:
        """Follow the focus and what is possible."""
        self.screen.bindings_updated_signal.subscribe(self, self._gather)
        self.call_after_refresh(self._gather, self.screen)

    def on_unmount(self) -> None:
        """Leave the screen's signal."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _gather(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        shown = [action for action in actions_of(screen) if action.shown]
        by_name: dict[str, list[Action]] = {}
        for action in shown:
            by_name.setdefault(action.name, []).append(action)
        groups = list(by_name.values())
        if groups != self.groups:
            self.groups = groups
            self.refresh(layout=True)

    def _placed(self, width: int) -> list[list[tuple[int, list[Action], str]]]:
        """Groups on lines: (column, actions, keys). A group is never cut."""
        lines: list[list[tuple[int, list[Action], str]]] = [[]]
        column = 0
        for group in self.groups:
            keys = _keys(group)
            size = cell_len(f"{keys} {group[0].name}")
            if column and column + size > width:
                lines.append([])
                column = 0
            lines[-1].append((column, group, keys))
            column += size + len(BETWEEN)
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or more on a narrow terminal."""
        return len(self._placed(width))

    def render(self) -> VisualType:
        """Keys in colour and bold, names beside."""
        lines = []
        for line in self._placed(self.content_size.width):
            parts = []
            for number, (_, group, keys) in enumerate(line):
                parts += [(BETWEEN if number else "", ""), (keys, "bold $accent"), (f" {group[0].name}", "$foreground")]
            lines.append(Content.assemble(*parts))
        return Content("\n").join(lines)

    async def on_click(self, event: Click) -> None:
        """Do what was clicked; in « ↑↓ », the arrow itself."""
        offset = event.get_content_offset(self)
        lines = self._placed(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        for column, group, keys in lines[offset.y]:
            inside = offset.x - column
            if 0 <= inside < cell_len(f"{keys} {group[0].name}"):
                arrows = len(keys) == len(group)
                action = group[min(inside, len(group) - 1)] if arrows else group[0]
                await self.app.run_action(action.action, default_namespace=action.node)
                return


def _keys(group: list[Action]) -> str:
    """« ↑↓ », « Entrée ou F5 »: two keys side by side would read as one chord."""
    names = [key_name(action.key) for action in group]
    return ("" if all(len(name) == 1 for name in names) else " ou ").join(names)
