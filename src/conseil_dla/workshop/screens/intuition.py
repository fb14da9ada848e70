"""Before any answer: where the room feels that the situation is, one hand each, on the compass."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from conseil_dla.ground.french import spaced
from conseil_dla.ground.topic import Topic
from conseil_dla.toolkit.paragraphs import Block, Paragraphs
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import FOR_INTUITION
from conseil_dla.workshop.screens.quarters import Quarters
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.words.sentences import COUNTING, NOBODY, tally_text
from conseil_dla.workshop.words.topics import INTUITION_TOPIC

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
