"""Before any answer: where the room feels that the situation is, one hand each, on a compass of four places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.visual import VisualType

from conseil_dla.ground.french import spaced
from conseil_dla.ground.topic import Topic
from conseil_dla.rules.model import Base
from conseil_dla.toolkit.compass_drawing import beside
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.typography import Block, Paragraphs, padded, shortened
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import FOR_INTUITION, Hands
from conseil_dla.workshop.screens.raising import HAND, MOST, Raising
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.words.sentences import COUNTING, NOBODY, hidden_text, tally_text
from conseil_dla.workshop.words.topics import INTUITION_TOPIC

Signs = tuple[int, int]
CORNERS: tuple[Signs, ...] = ((-1, 1), (1, 1), (-1, -1), (1, -1))
"""Across then up: top left, top right, bottom left, bottom right."""
ENDS = 2
"""Lines that the ends of the axis across may take."""
LEAST = 30, 9
"""Cells and lines of the smallest picture; under that, a list."""


def places_of(base: Base) -> tuple[str, ...]:
    """Postures corner by corner: the order of their letters, wherever hands are raised for them."""
    axes = base.logic.axes
    found = {tuple(posture.signs[axis] for axis in axes): posture.id for posture in base.logic.postures.values()}
    corners = tuple(found[corner] for corner in CORNERS if corner in found)
    return corners if len(corners) == len(found) else tuple(base.logic.postures)


class Quarters(Raising, can_focus=True, inherit_bindings=False):
    """Arrows choose a place, letters and the mouse raise a hand for it. A list where the rules have not two axes.

    As with options, no place is chosen before somebody does.
    """

    DEFAULT_CSS = "Quarters { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "go(0, 1)", "place"),
        key("down", "go(0, -1)", "place"),
        key("left", "go(-1, 0)", "place"),
        key("right", "go(1, 0)", "place"),
        key("space", "raise_hand(1)", "une main"),
        key("backspace", "take_back", "une main de moins"),
        key("delete", "raise_hand(-1)", "une main", show=False),
        key("enter", "keep", "continuer"),
    ]

    class Raised(Message):
        """The hands have changed."""

    class Kept(Message):
        """The room is done."""

    class Undecided(Message):
        """The room was to be done, and nobody has raised a hand."""

    def __init__(self, base: Base, hands: Hands, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._base = base
        self.places = places_of(base)
        """Posture ids, corner by corner."""
        self._hands: dict[str, int] = {}
        self._rows = 0
        """Lines of each quarter, as it was last painted."""
        self.show(hands)

    def show(self, hands: Hands) -> None:
        """Other hands."""
        self._hands = {place: hands.get(place, 0) for place in self.places}
        self.refresh()

    @property
    def hands(self) -> Mapping[str, int]:
        """Hands by posture."""
        return dict(self._hands)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as it may be."""
        return container.height

    # --- moves ---

    @property
    def count(self) -> int:
        """Places."""
        return len(self.places)

    def action_go(self, across: int, up: int) -> None:
        """To the place on that side."""
        if len(self.places) == len(CORNERS):
            here = CORNERS[max(0, self.cursor)]
            self.cursor = CORNERS.index(((across or here[0]), (up or here[1])))
            self.refresh()

    def action_keep(self) -> None:
        """Entrée."""
        self.post_message(self.Kept() if any(self._hands.values()) else self.Undecided())

    def on_click(self, event: Click) -> None:
        """The first button adds a hand, the others take one away."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if not self._is_picture:
            if offset.y < len(self.places):
                self.put(offset.y, 1 if event.button == 1 else -1)
            return
        middle = self._rows + 1
        if offset.y not in (0, middle) and offset.y <= 2 * self._rows + 1:
            across, up = (1 if offset.x > self.content_size.width // 2 else -1), (1 if offset.y < middle else -1)
            self.put(CORNERS.index((across, up)), 1 if event.button == 1 else -1)

    def put(self, number: int, by: int) -> None:
        """Note it, and choose the place."""
        self.cursor = number
        self.remember(number, by)
        place = self.places[number]
        self._hands[place] = max(0, min(MOST, self._hands[place] + by))
        self.refresh()
        self.post_message(self.Raised())

    # --- painting ---

    @property
    def _is_picture(self) -> bool:
        """There are four places, and room for them in a frame."""
        width, height = self.content_size
        return (
            len(self._base.logic.axes) == 2
            and len(self.places) == len(CORNERS)
            and (width >= LEAST[0] and height >= LEAST[1])
        )

    def render(self) -> VisualType:
        """A frame cut in four; the ends of the axes stand in and under it."""
        width, height = self.content_size
        if not self._is_picture:
            shown = len(self.places) if len(self.places) <= height else max(0, height - 1)
            lines = [self._line(number, width) for number in range(shown)]
            hidden = hidden_text(0, len(self.places) - shown)
            return Content("\n").join([*lines, Content.styled(hidden, "bold $accent")] if hidden else lines)
        half, rest = (width - 3) // 2, (width - 3) - (width - 3) // 2
        across, up = (self._base.entry("axe", axis).texts for axis in self._base.logic.axes)
        ends = beside(across.get("negatif", ""), across.get("positif", ""), width, ENDS)
        rows = self._rows = max(1, (height - 3 - len(ends)) // 2)
        lines = [self._edge("┌", up.get("positif", ""), "↑", "┐", width)]
        for left, right in ((0, 1), (2, 3)):
            if left:
                lines.append(Content.styled("├" + "─" * half + "┼" + "─" * rest + "┤", "$border"))
            for row in range(rows):
                lines.append(Content.assemble(
                    ("│", "$border"), *self._cell(left, half, row, rows), ("│", "$border"),
                    *self._cell(right, rest, row, rows), ("│", "$border"),
                ))  # fmt: skip
        lines.append(self._edge("└", up.get("negatif", ""), "↓", "┘", width))
        lines += [Content.styled(end, "$quiet") for end in ends]
        return Content("\n").join(lines)

    def _edge(self, left: str, text: str, arrow: str, right: str, width: int) -> Content:
        told = f" {arrow} {shortened(text, width - 8)} "
        lead = (width - 2 - cell_len(told)) // 2
        rule = "─" * (width - 2 - lead - cell_len(told))
        return Content.assemble((left + "─" * lead, "$border"), (told, "$quiet"), (rule + right, "$border"))

    def _cell(self, number: int, width: int, row: int, rows: int) -> list[tuple[str, str]]:
        """One line of a quarter: its name, then its hands, in the middle."""
        middle = (rows - 1) // 2
        name, count = self._base.title("posture", self.places[number]), self._hands[self.places[number]]
        here = number == self.cursor and self.has_focus
        if row == middle:
            text = f"{chr(ord('A') + number)}  {name.upper()}  {count}"
            style = "$cursor-style $cursor-text on $cursor-ground" if here else "bold $foreground"
        elif row == middle + 1:
            text, style = shortened(HAND * count, width), "bold $accent"
        else:
            return [(" " * width, "$foreground")]
        text = shortened(text, width)
        left = (width - cell_len(text)) // 2
        return [(" " * left, "$foreground"), (text, style), (" " * (width - left - cell_len(text)), "$foreground")]

    def _line(self, number: int, width: int) -> Content:
        """Where there is no room for a picture, or no four places."""
        place = self.places[number]
        text = f"{chr(ord('A') + number)}  {self._base.title('posture', place)}"
        here = number == self.cursor and self.has_focus
        return Content.styled(padded(shortened(text, width - 6), width - 5) + f"{self._hands[place]:>4}",
                              "bold $accent" if here else "$foreground")  # fmt: skip


# --- the stage --------------------------------------------------------------------------------------------------------

ASKS = spaced("OÙ SENTEZ-VOUS CETTE SITUATION ?")
HOW = "Une main par personne, avant toute question. Rien n’est juste ni faux."


class IntuitionScreen(WorkshopScreen):
    """The four places, empty: only the ends of the axes are told."""

    moment = "intuition"
    before = "story"
    after = "question"
    AUTO_FOCUS = "#quarters"

    def compose_stage(self) -> ComposeResult:
        """The question, then the compass."""
        with Vertical(classes="stage"):
            yield Paragraphs(Block(ASKS, "title"), Block(HOW, "quiet"), id="asks")
            state = self.playing.state
            yield Quarters(self.playing.base, state.counting.get(FOR_INTUITION) or state.intuition, id="quarters")

    def on_mount(self) -> None:
        """How hands are counted is told before the first."""
        if not any(self.query_one(Quarters).hands.values()):
            self.room.tell(COUNTING, "quiet")

    def help_topic(self) -> Topic:
        """What is noted, and how."""
        return INTUITION_TOPIC

    @on(Quarters.Raised)
    def _raised(self) -> None:
        hands = self.query_one(Quarters).hands
        self.room.tell(f"{tally_text(hands)}." if any(hands.values()) else "")
        self.moves.count(FOR_INTUITION, hands)

    @on(Quarters.Undecided)
    def _undecided(self) -> None:
        self.room.tell(NOBODY, "accent")

    @on(Quarters.Kept)
    def _kept(self) -> None:
        self.action_on()

    def action_on(self) -> None:
        """Keep the room's feeling and go on, to the first question that was put to it."""
        self.playing.place = 0
        super().action_on()

    def action_turn(self, to: str, at_end: bool = False) -> None:
        """However one leaves, it is noted."""
        self._note()
        super().action_turn(to, at_end)

    def _note(self) -> None:
        self.moves.change(workshop.feel(self.playing.state, self.query_one(Quarters).hands))

    def retraced(self, told: str) -> None:
        """The hands as they were."""
        self.query_one(Quarters).show(self.playing.state.intuition)
        super().retraced(told)
