"""The workshop again, move by move: what each answer changed, in one sentence."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from conseil_dla.ground.topic import Topic
from conseil_dla.reading.values import Reading
from conseil_dla.toolkit.keys import TitleBar, key
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs
from conseil_dla.workshop.machine import replayed
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stage_parts import Scrolling, moved_blocks
from conseil_dla.workshop.words.sentences import move_text
from conseil_dla.workshop.words.topics import REPLAY_TOPIC


class ReplayScreen(WorkshopScreen):
    """Starts from nothing known; nothing of the workshop changes here."""

    before = "closing"
    after = "closing"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "on", "suite"),
        key("up", "scroll_text(-1)", "faire défiler", show=False),
        key("down", "scroll_text(1)", "faire défiler", show=False),
    ]

    class AllRead(Message):
        """The readings before and after each move are made."""

        def __init__(self, readings: tuple[tuple[Reading, ...], ...]) -> None:
            super().__init__()
            self.readings = readings

    def __init__(self, playing: Playing) -> None:
        super().__init__(playing)
        self.number = 0
        self._all: tuple[tuple[Reading, ...], ...] = ()

    def compose_stage(self) -> ComposeResult:
        """What was done, then what it changed."""
        with Scrolling(classes="stage"):
            yield Paragraphs(id="asks")
            yield Paragraphs(Block("Un instant…", "quiet"), id="replayed")

    def on_mount(self) -> None:
        """Read every state of the workshop, from the first."""
        self.run_worker(partial(self._read_all), thread=True, exclusive=True, group="slow", exit_on_error=False)

    def _read_all(self) -> None:
        found = tuple(map(self.playing.readings_of, replayed(self.playing.state)))
        self.post_message(self.AllRead(found))

    @on(AllRead)
    def _show_first(self, event: AllRead) -> None:
        self._all = event.readings
        self._show()

    def _show(self) -> None:
        moves = self.playing.state.moves
        if not moves:
            return
        base, move = self.playing.base, moves[self.number]
        self.query_one(TitleBar).say(f"pas {self.number + 1} sur {len(moves)}")
        self.query_one("#asks", Paragraphs).show(Block(move_text(base, move), "title"), GAP)
        before, after = self._all[self.number], self._all[self.number + 1]
        self.query_one("#replayed", Paragraphs).show(*moved_blocks(self.playing, before, after))
        self.query_one(Scrolling).scroll_home(animate=False, immediate=True)

    def help_topic(self) -> Topic:
        """What is replayed."""
        return REPLAY_TOPIC

    def action_on(self) -> None:
        """To the next move; after the last, to the end of the workshop."""
        if self._all and self.number + 1 < len(self.playing.state.moves):
            self.number += 1
            self._show()
        else:
            self.action_turn(self.after)

    def action_back(self) -> None:
        """To the move before."""
        if self.number:
            self.number -= 1
            self._show()
            self.call_after_refresh(self.paging.to_end)
        else:
            self.action_turn(self.before)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is undone, tried nor counted down while one looks back."""
        if action in ("undo", "redo", "hold") or parameters in (("replay",), ("what_if",)):
            return False
        return super().check_action(action, parameters)
