"""The scenario as it is read aloud, and how long the workshop lasts."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from conseil_dla.ground.french import NBSP, harmless, spaced
from conseil_dla.ground.topic import Topic
from conseil_dla.reading.compose import reporter
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.paragraphs import GAP, Block, Paragraphs
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.wording.provenance import reported_by
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.paging import Scrolling
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.words.topics import STORY_TOPIC

FREE = "sans"
"""Key of the row that follows no plan."""


class StoryRows(Rows):
    """Entrée begins; an arrow brings the plans into sight, under the story."""

    DEFAULT_CSS = "StoryRows { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "commencer")]

    def action_move(self, step: int) -> None:
        """To the plan above or below."""
        super().action_move(step)
        self.scroll_visible(animate=False)


class StoryScreen(WorkshopScreen):
    """What was asked, what is heard behind; then the time that there is."""

    moment = "accueil"
    after = "intuition"
    AUTO_FOCUS = ""

    def compose_stage(self) -> ComposeResult:
        """The story in large type, the plans below."""
        with Scrolling(classes="stage"):
            yield Paragraphs(*_story(self.playing), id="story")
            yield StoryRows(self._rows(), id="plans")

    def on_mount(self) -> None:
        """The plan followed so far has the cursor; the story stays in sight, since it is read aloud."""
        self.set_focus(self.query_one("#plans", Rows), scroll_visible=False)
        if self.playing.plan is not None:
            self.query_one("#plans", Rows).show(self._rows(), self.playing.plan.id)

    def _rows(self) -> list[Row]:
        plans = [Row(plan.title, plan.id, f"{plan.minutes} minutes") for plan in self.playing.base.plans]
        lead = [Row(spaced("Combien de temps avons-nous ?"), tone="header")]
        return [*lead, *plans, Row("Sans minuteur", FREE, tone="quiet")]

    def help_topic(self) -> Topic:
        """How a workshop begins."""
        return STORY_TOPIC

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.playing.plan = next((plan for plan in self.playing.base.plans if plan.id == event.key), None)
        self.action_turn(self.after)

    def action_on(self) -> None:
        """With the plan under the cursor."""
        self.query_one("#plans", Rows).action_choose()

    def action_back(self) -> None:
        """Leave the workshop."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One can always leave; nothing is counted down yet."""
        if action == "hold":
            return False
        return True if action == "back" else super().check_action(action, parameters)


def _story(playing: Playing) -> tuple[Block, ...]:
    scenario = playing.scenario
    blocks = [Block(harmless(scenario.title).upper(), "title"), GAP]
    if scenario.demand.strip():
        blocks += [Block("La demande, dans leurs mots", "quiet"), Block(scenario.demand, "strong"), GAP]
    if scenario.heard.strip():
        blocks += [Block("Ce que l’on entend derrière", "quiet"), Block(scenario.heard, "strong"), GAP]
    if scenario.experience:
        who = reported_by(reporter(playing.base, scenario), scenario, "e")
        told = f"Une expérience {who}{NBSP}: ce qui a été fait se lit à la fin, en conclusion."
        blocks += [Block(told, "quiet"), GAP]
    return tuple(blocks)
