"""A show of hands: options in large type, one letter each, a bar of hands beside each.

A letter adds a hand, whether it is a capital or not; Retour arrière takes the last one back; the mouse does both with
its two buttons. « ▸ » stands on the option that Entrée would keep: the one with the most hands, or the one where the
arrows went, if hands are raised for it. Nothing is marked where no hand is raised, or where several options share the
most. Options for which there is no room are counted in a last line, so that nobody votes on what is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.visual import VisualType

from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.typed import Asked
from conseil_dla.toolkit.typography import padded, shortened, wrapped
from conseil_dla.workshop.machine import Hands, is_tied, leading
from conseil_dla.workshop.screens.raising import HAND, MOST, NOWHERE, Raising
from conseil_dla.workshop.words.sentences import hidden_text

WIDEST = 40
"""Cells of a bar, at most."""
APART = 12
"""One line more between options for so many lines of height."""
CURSOR, AWAY = "▸", " "


@dataclass(frozen=True, slots=True)
class Option:
    """Something to raise one’s hand for."""

    id: str
    text: str
    is_quiet: bool = False


class HandRows(Asked, Raising, can_focus=True, inherit_bindings=False):
    """As many lines as there is room for: options stand apart where they can."""

    DEFAULT_CSS = "HandRows { height: 1fr; min-height: 2; width: 1fr; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "move(-1)", "choisir"),
        key("down", "move(1)", "choisir"),
        key("left", "raise_hand(-1)", "mains"),
        key("right", "raise_hand(1)", "mains"),
        key("backspace", "take_back", "une main de moins"),
        key("delete", "raise_hand(-1)", "mains", show=False),
        key("space", "tick", "cocher"),
        key("enter", "keep", "retenir"),
    ]

    class Raised(Message):
        """The hands, or the option that would be kept, have changed."""

    class Kept(Message):
        """The room’s answer is to be kept: options ticked, or the one that is marked."""

        def __init__(self, options: tuple[str, ...], shown: tuple[Option, ...]) -> None:
            super().__init__()
            self.options = options
            self.shown = shown
            """All that was shown: by now the screen may have gone on to another question."""

    class Undecided(Message):
        """The room’s answer was to be kept, and there is none: no hand, or as many for several options."""

        def __init__(self, is_tied: bool) -> None:
            super().__init__()
            self.is_tied = is_tied

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options: tuple[Option, ...] = ()
        self.hands: dict[str, int] = {}
        self.is_touched = False
        """Something was done here since the options were shown."""
        self._has_boxes = False
        self._ticks: dict[str, bool] = {}
        """Ticks set by hand; the others follow the hands."""
        self._is_chosen = False
        """The arrows went to the option under the cursor, and no hand was raised since."""
        self._in_sight = 0
        """The option that is shown whatever the room there is; others of its screenful are with it."""
        self._places: list[int | None] = []
        """For each line painted, the option that it belongs to."""

    def ask(
        self, options: Iterable[Option], hands: Hands, *, at: str | None = None, ticked: Iterable[str] | None = None
    ) -> None:
        """Show other options; ``ticked`` gives boxes, ``at`` is the option to start from."""
        self.options = tuple(options)
        self.asks_anew()
        self.hands = {option.id: hands.get(option.id, 0) for option in self.options}
        self._has_boxes = ticked is not None
        self._ticks = dict.fromkeys(ticked or (), True)
        ids = [option.id for option in self.options]
        self._is_chosen = at in ids
        self._last, self._in_sight = [], 0
        self.cursor = ids.index(at) if at is not None and self._is_chosen else self._marked
        self._changed()
        self.is_touched = False

    @property
    def raised(self) -> Mapping[str, int]:
        """Options with at least one hand."""
        return {id: count for id, count in self.hands.items() if count}

    @property
    def _marked(self) -> int:
        """The option that Entrée would keep."""
        if self._is_chosen and self.cursor >= 0 and self.hands[self.options[self.cursor].id]:
            return self.cursor
        first = leading(self.hands)
        if not first or is_tied(self.hands):
            return NOWHERE
        return next(number for number, option in enumerate(self.options) if option.id == first[0])

    @property
    def kept(self) -> tuple[str, ...] | None:
        """What Entrée would keep; None where the room has not decided."""
        marked = self._marked
        if self.raised and self._has_boxes and not (marked >= 0 and self.options[marked].is_quiet):
            return tuple(option.id for option in self.options if not option.is_quiet and self.is_ticked(option.id))
        return (self.options[marked].id,) if marked >= 0 else None

    def is_ticked(self, id: str) -> bool:
        """Ticked by hand; else raised by at least half as many hands as the most chosen."""
        most = max((self.hands[option.id] for option in self.options if not option.is_quiet), default=0)
        return self._ticks.get(id, bool(self.hands[id]) and 2 * self.hands[id] >= most)

    # --- moves ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ticking is offered only where there are boxes."""
        return self._has_boxes if action == "tick" else True

    @property
    def count(self) -> int:
        """Options."""
        return len(self.options)

    def action_move(self, step: int) -> None:
        """To the option above or below: it is the one that will be kept, if hands are raised for it."""
        if self.options:
            last = len(self.options) - 1
            start = self.cursor if self.cursor >= 0 else -1 if step > 0 else last + 1
            self.cursor = self._in_sight = max(0, min(last, start + step))
            self._is_chosen = True
            self._changed()

    def action_tick(self) -> None:
        """Tick or untick, whatever the hands say."""
        if self._has_boxes and self.cursor >= 0 and not self.options[self.cursor].is_quiet:
            id = self.options[self.cursor].id
            self._ticks[id] = not self.is_ticked(id)
            self._changed()

    def action_keep(self) -> None:
        """Entrée. Where there is nothing to choose from, it goes on."""
        if self.kept is None and self.options:
            self.post_message(self.Undecided(bool(self.raised)))
        else:
            self.post_message(self.Kept(self.kept or (), self.options))

    def on_click(self, event: Click) -> None:
        """The first button adds a hand, the others take one away; on the line that tells of others, it shows them."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._places):
            return
        number = self._places[offset.y]
        if number is not None:
            self.put_and_lead(number, 1 if event.button == 1 else -1)
        elif offset.y == len(self._places) - 1 and not self.page(1):
            self.page_to_edge(-1)

    def put(self, number: int, by: int) -> None:
        """Note it, and keep the option in sight."""
        id = self.options[number].id
        self.remember(number, by)
        self.hands[id] = max(0, min(MOST, self.hands[id] + by))
        self._is_chosen, self._in_sight = False, number
        self._changed()

    def lead(self) -> None:
        """The cursor goes where the hands lead."""
        self.cursor = self._marked
        self._changed()

    def _changed(self) -> None:
        self.is_touched = True
        self.refresh(layout=True)
        self.post_message(self.Raised())

    # --- screenfuls of options ---

    def page(self, direction: int) -> bool:
        """The options after those in sight, or before; False where there are none."""
        pages = self._pages(*self._wrapped(*self.content_size))
        here = next((number for number, page in enumerate(pages) if self._in_sight in page), 0) + direction
        if not 0 <= here < len(pages):
            return False
        self._in_sight = pages[here].start
        self.refresh()
        return True

    def page_to_edge(self, direction: int) -> None:
        """The first options, or the last."""
        self._in_sight = 0 if direction < 0 else max(0, len(self.options) - 1)
        self.refresh()

    def _wrapped(self, width: int, height: int) -> tuple[list[list[str]], int]:
        """The text of each option in lines, without bars where these take the room of words; and the height."""
        texts: list[list[str]] = []
        for bar in (self._bar(width), 0):
            texts = [wrapped(option.text, self._room(width, bar)) for option in self.options]
            if sum(map(len, texts)) <= height:
                break
        return texts, height

    def _pages(self, texts: Sequence[Sequence[str]], height: int) -> list[range]:
        """Which options are shown together: all, or as many as there is room for above the line that counts others."""
        if sum(map(len, texts)) <= height:
            return [range(len(texts))]
        pages, start, taken = [], 0, 0
        for number, lines in enumerate(texts):
            if number > start and taken + len(lines) > height - 1:
                pages.append(range(start, number))
                start, taken = number, 0
            taken += len(lines)
        return [*pages, range(start, len(texts))]

    # --- painting ---

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as it may be."""
        return container.height

    def render(self) -> VisualType:
        """Options with their letters, bars and counts."""
        lines, self._places = self._laid_out(*self.content_size)
        return Content("\n").join(lines)

    def _bar(self, width: int) -> int:
        return max(6, min(WIDEST, width // 5))

    def _room(self, width: int, bar: int) -> int:
        return max(12, width - bar - 11 - (4 if self._has_boxes else 0))

    def _laid_out(self, width: int, height: int) -> tuple[list[Content], list[int | None]]:
        texts, _ = self._wrapped(width, height)
        has_bars = texts == [wrapped(option.text, self._room(width, self._bar(width))) for option in self.options]
        bar = self._bar(width) if has_bars else 0
        pages = self._pages(texts, height)
        shown = next((page for page in pages if self._in_sight in page), pages[0])
        gap = max(0, min(max(2, height // APART), (height - sum(map(len, texts))) // max(1, len(texts))))
        lines: list[Content] = []
        places: list[int | None] = []
        for number in shown:
            under = " " * (10 if self._has_boxes else 6)
            for line, text in enumerate(texts[number]):
                first = self._line(number, text, (self._room(width, bar), bar))
                lines.append(Content.styled(under + text, self._style(number)) if line else first)
                places.append(number)
            lines += [Content("")] * gap
            places += [None] * gap
        if len(pages) == 1:
            return lines[:height], places[:height]
        hidden = hidden_text(shown.start, len(texts) - shown.stop) if height > 1 else hidden_text(0, len(texts))
        if len(lines) >= height:  # one option alone is higher than what there is
            lines, places = lines[: height - 1], places[: height - 1]
        return [*lines, Content.styled(shortened(hidden, width), "bold $accent")], [*places, None]

    def _line(self, number: int, text: str, sizes: tuple[int, int]) -> Content:
        room, bar = sizes
        option = self.options[number]
        count = self.hands[option.id]
        most = max(self.hands.values(), default=0)
        size = count if most <= bar else max(1, round(count * bar / most)) if count and bar else 0
        here = CURSOR if number == self._marked else AWAY
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
