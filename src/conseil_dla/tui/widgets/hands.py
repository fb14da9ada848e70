"""A show of hands: options in large type, one letter each, a bar of hands beside each.

A letter adds a hand, the same in capital takes one away; the mouse does it with its two buttons. The cursor stands on
the option that Entrée would keep: it follows the hands until somebody moves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.sessions.workshop import Hands, leading
from conseil_dla.tui.keys import key
from conseil_dla.tui.typography import padded, wrapped

MOST = 99
"""Hands that one option can count."""
HAND = "■"
WIDEST = 40
"""Cells of a bar, at most."""
APART = 12
"""One line more between options for so many lines of height."""
CURSOR, AWAY = "▸", " "


def lettered(event: Key, count: int) -> tuple[int, int] | None:
    """Which of so many options a letter means, and a hand more (1) or less (-1); the key then goes no further."""
    letter = event.character or ""
    number = ord(letter.lower()) - ord("a") if len(letter) == 1 and letter.isascii() and letter.isalpha() else -1
    if not 0 <= number < count:
        return None
    event.stop()
    event.prevent_default()
    return number, -1 if letter.isupper() else 1


@dataclass(frozen=True, slots=True)
class Option:
    """Something to raise one’s hand for."""

    id: str
    text: str
    is_quiet: bool = False


class HandRows(Widget, can_focus=True, inherit_bindings=False):
    """As many lines as there is room for: options stand apart where they can."""

    DEFAULT_CSS = "HandRows { height: 1fr; width: 1fr; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "move(-1)", "choisir"),
        key("down", "move(1)", "choisir"),
        key("left", "raise_hand(-1)", "mains"),
        key("right", "raise_hand(1)", "mains"),
        key("space", "tick", "cocher"),
        key("enter", "keep", "retenir"),
    ]

    class Raised(Message):
        """The hands, or the option that would be kept, have changed."""

    class Kept(Message):
        """The room’s answer is to be kept: options ticked, or the one under the cursor."""

        def __init__(self, options: tuple[str, ...], shown: tuple[Option, ...]) -> None:
            super().__init__()
            self.options = options
            self.shown = shown
            """All that was shown: by now the screen may have gone on to another question."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options: tuple[Option, ...] = ()
        self.hands: dict[str, int] = {}
        self.cursor = 0
        self._has_boxes = False
        self._ticks: dict[str, bool] = {}
        """Ticks set by hand; the others follow the hands."""
        self._is_led = True
        """The cursor follows the hands."""
        self._places: list[int | None] = []
        """For each line painted, the option that it belongs to."""

    def ask(
        self, options: Iterable[Option], hands: Hands, *, at: str | None = None, ticked: Iterable[str] | None = None
    ) -> None:
        """Show other options; ``ticked`` gives boxes, ``at`` is the option to start from."""
        self.options = tuple(options)
        self.hands = {option.id: hands.get(option.id, 0) for option in self.options}
        self._has_boxes = ticked is not None
        self._ticks = dict.fromkeys(ticked or (), True)
        ids = [option.id for option in self.options]
        self._is_led = at is None
        self.cursor = ids.index(at) if at in ids else 0
        self._follow()

    @property
    def raised(self) -> Mapping[str, int]:
        """Options with at least one hand."""
        return {id: count for id, count in self.hands.items() if count}

    @property
    def kept(self) -> tuple[str, ...]:
        """What Entrée would keep."""
        if self._has_boxes:
            return tuple(option.id for option in self.options if not option.is_quiet and self.is_ticked(option.id))
        return (self.options[self.cursor].id,) if self.options else ()

    def is_ticked(self, id: str) -> bool:
        """Ticked by hand; else raised by at least half as many hands as the most chosen."""
        most = max((self.hands[option.id] for option in self.options if not option.is_quiet), default=0)
        return self._ticks.get(id, bool(self.hands[id]) and 2 * self.hands[id] >= most)

    # --- moves ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ticking is offered only where there are boxes."""
        return self._has_boxes if action == "tick" else True

    def on_key(self, event: Key) -> None:
        """A letter adds a hand, in capital takes one away."""
        if (found := lettered(event, len(self.options))) is not None:
            self._raise(*found)

    def action_move(self, step: int) -> None:
        """To the option above or below: it is the one that will be kept."""
        if self.options:
            self.cursor = max(0, min(len(self.options) - 1, self.cursor + step))
            self._is_led = False
            self._changed()

    def action_raise_hand(self, by: int) -> None:
        """A hand more, or less, for the option under the cursor."""
        if self.options:
            self._is_led = False
            self._raise(self.cursor, by)

    def action_tick(self) -> None:
        """Tick or untick, whatever the hands say."""
        if self._has_boxes and self.options and not self.options[self.cursor].is_quiet:
            id = self.options[self.cursor].id
            self._ticks[id] = not self.is_ticked(id)
            self._changed()

    def action_keep(self) -> None:
        """Entrée."""
        if not self.options:
            return
        option = self.options[self.cursor]
        alone = self._has_boxes and option.is_quiet
        self.post_message(self.Kept((option.id,) if alone else self.kept, self.options))

    def on_click(self, event: Click) -> None:
        """The first button adds a hand, the others take one away."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._places):
            number = self._places[offset.y]
            if number is not None:
                self._raise(number, 1 if event.button == 1 else -1)

    def _raise(self, number: int, by: int) -> None:
        id = self.options[number].id
        self.hands[id] = max(0, min(MOST, self.hands[id] + by))
        self._follow()

    def _follow(self) -> None:
        first = leading(self.hands)
        if self._is_led and first:
            self.cursor = next(number for number, option in enumerate(self.options) if option.id == first[0])
        self._changed()

    def _changed(self) -> None:
        self.refresh(layout=True)
        self.post_message(self.Raised())

    # --- painting ---

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as it may be."""
        return container.height

    def render(self) -> VisualType:
        """Options with their letters, bars and counts."""
        lines, self._places = self._laid_out(*self.content_size)
        return Content("\n").join(lines)

    def _laid_out(self, width: int, height: int) -> tuple[list[Content], list[int | None]]:
        bar = max(6, min(WIDEST, width // 5))
        room = max(12, width - bar - 11 - (4 if self._has_boxes else 0))
        texts = [wrapped(option.text, room) for option in self.options]
        taken = sum(map(len, texts))
        gap = max(0, min(max(2, height // APART), (height - taken) // max(1, len(texts))))
        lines: list[Content] = []
        places: list[int | None] = []
        for number, option in enumerate(self.options):
            under = " " * (10 if self._has_boxes else 6)
            for line, text in enumerate(texts[number]):
                first = self._line(number, option, text, (room, bar))
                lines.append(Content.styled(under + text, self._style(number)) if line else first)
                places.append(number)
            lines += [Content("")] * gap
            places += [None] * gap
        here = [line for line, place in enumerate(places) if place == self.cursor]
        top = max(0, min(here[-1] + 1 - height, len(lines) - height)) if here else 0
        return lines[top : top + height], places[top : top + height]

    def _line(self, number: int, option: Option, text: str, sizes: tuple[int, int]) -> Content:
        room, bar = sizes
        count = self.hands[option.id]
        most = max(self.hands.values(), default=0)
        size = count if most <= bar else max(1, round(count * bar / most)) if count else 0
        here = CURSOR if number == self.cursor else AWAY
        box = ("[×] " if self.is_ticked(option.id) else "[ ] ") if self._has_boxes and not option.is_quiet else ""
        box = padded(box, 4) if self._has_boxes else ""
        lead = f"{here} {chr(ord('A') + number)}   {box}"
        body = padded(lead + text, cell_len(lead) + room + 1)
        return Content.assemble(
            (body, self._style(number)),
            (padded(HAND * size, bar), "bold $accent"),
            (f"{count:>4}", "bold $foreground" if count else "$quiet"),
        )

    def _style(self, number: int) -> str:
        if number == self.cursor and self.has_focus:
            return "$cursor-style $cursor-text on $cursor-ground"
        return "$quiet" if self.options[number].is_quiet else "bold $foreground"
