"""What a room can play, and the scenario chosen, as it is read aloud, with the time that there is. No dossier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from conseil_dla.ground.french import NBSP, harmless, spaced
from conseil_dla.ground.topic import Topic
from conseil_dla.reading.compose import reporter
from conseil_dla.toolkit.keys import KeyBar, TitleBar, key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs
from conseil_dla.wording.provenance import reported_by
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stage_parts import Scrolling
from conseil_dla.workshop.words.topics import SCENARIOS_TOPIC, STORY_TOPIC

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.rules.model import Dossier
    from conseil_dla.workshop.kept import Left

RESUME, OLDER = "resume ", "older"
"""Keys of rows: a workshop, by its number, and the list of those of other days."""
LOADING = f"Un instant{NBSP}: les scénarios se préparent."
LEFT_OUT = "Pas dans cette liste"
LEAD = spaced("Quelle situation mettre devant la salle ?")


class ScenarioRows(Rows):
    """Entrée opens."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "jouer")]


class ScenariosScreen(Screen[None]):
    """May be projected: what it lists is public."""

    AUTO_FOCUS = "#scenarios"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f3", "closing", "conclusion", f"La conclusion de l’atelier marqué{NBSP}: son compte rendu s’y écrit."),
        key("f2", "papers", "imprimer", f"Écrire ce qui s’imprime{NBSP}: questionnaire, déroulements, fiches."),
        key("escape", "leave", "accueil", "Revenir à l’accueil."),
    ]  # fmt: skip

    class WantsPapers(Message):
        """What is printed before a workshop is wanted, in one kind of file."""

        def __init__(self, screen: ScenariosScreen, suffix: str) -> None:
            super().__init__()
            self.screen = screen
            self.suffix = suffix

    class Wants(Message):
        """A scenario is to be played."""

        def __init__(self, scenario: Dossier) -> None:
            super().__init__()
            self.scenario = scenario

    class WantsAgain(Message):
        """A workshop is to be resumed, where it was left or at the stage named."""

        def __init__(self, kept: Kept, stage: str = "") -> None:
            super().__init__()
            self.kept = kept
            self.stage = stage

    def __init__(self, brought: Path | None = None) -> None:
        super().__init__()
        self.brought = brought
        """A folder named by the facilitator."""
        self._groups: Sequence[tuple[str, Sequence[Dossier]]] = ()
        self._left: Sequence[Left] = ()

    def compose(self) -> ComposeResult:
        """One list."""
        yield TitleBar("Atelier")
        with Vertical(id="home-page"):
            yield Paragraphs(Block(LEAD, "title"), id="home-lead")
            yield ScenarioRows([Row(LOADING, tone="quiet")], id="scenarios")
        yield KeyBar()

    def list_scenarios(
        self, groups: Sequence[tuple[str, Sequence[Dossier]]], left: Sequence[Left], left_out: Sequence[str] = ()
    ) -> None:
        """What there is to resume, each workshop of the last day first, what there is to play, and what cannot be."""
        self._groups, self._left = groups, left
        same_day = [number for number, each in enumerate(left) if each.kept.day == left[0].kept.day]
        rows = [Row("Reprendre", tone="header")] if left else []
        rows += [self._left_row(number) for number in same_day]
        if len(left) > len(same_day):
            rows.append(Row("Des ateliers plus anciens", OLDER, str(len(left) - len(same_day)), tone="quiet"))
        rows += [Row("")] if left else []
        for group, (title, scenarios) in enumerate(groups):
            rows.append(Row(title, tone="header"))
            rows += [Row(harmless(each.title), f"{group} {number}") for number, each in enumerate(scenarios)]
            rows.append(Row(""))
        if left_out:
            rows += [Row(LEFT_OUT, tone="header"), *(Row(line, tone="quiet") for line in left_out), Row("")]
        self.query_one("#scenarios", Rows).show(rows[:-1])

    def help_topic(self) -> Topic:
        """What is listed here."""
        return SCENARIOS_TOPIC

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key == OLDER:
            day = self._left[0].kept.day
            rows = [self._left_row(number) for number, each in enumerate(self._left) if each.kept.day != day]
            self.app.push_screen(Picker("Des ateliers plus anciens", rows, "Chercher un atelier"), self._again)
        elif event.key.startswith(RESUME):
            self._again(event.key)
        else:
            group, number = map(int, event.key.split())
            self.post_message(self.Wants(self._groups[group][1][number]))

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _left_row(self, number: int) -> Row:
        each = self._left[number]
        return Row(harmless(each.kept.title), f"{RESUME}{number}", each.told)

    def _again(self, wanted: str | None, stage: str = "") -> None:
        if wanted is not None:
            self.post_message(self.WantsAgain(self._left[int(wanted.removeprefix(RESUME))].kept, stage))

    @property
    def _marked(self) -> str:
        """The row of a workshop that may be resumed, if the cursor is there."""
        marked = self.query_one("#scenarios", Rows).current or ""
        return marked if marked.startswith(RESUME) else ""

    def action_closing(self) -> None:
        """The end of the workshop that is marked."""
        self._again(self._marked, "closing")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A conclusion is offered of a workshop alone."""
        return bool(self._marked) if action == "closing" else True

    def action_papers(self) -> None:
        """In what kind of file."""
        from conseil_dla.papers.catalogue import FILE_KINDS  # noqa: PLC0415 - only when papers are asked for

        rows = [Row(told, suffix, suffix) for suffix, told in FILE_KINDS.items()]

        def chosen(suffix: str | None) -> None:
            if suffix is not None:
                self.say("les papiers s’écrivent…")
                self.post_message(self.WantsPapers(self, suffix))

        title = "Questionnaire, déroulements et fiches"
        self.app.push_screen(Picker(title, rows, "Chercher une sorte de fichier", ".html"), chosen)

    def say(self, state: str) -> None:
        """How the papers go."""
        self.query_one(TitleBar).say(state)

    def action_leave(self) -> None:
        """Back to the first screen."""
        self.dismiss(None)


# --- the scenario chosen ----------------------------------------------------------------------------------------------

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
        blocks += [Block("La demande, dans les mots des structures", "quiet"), Block(scenario.demand, "strong"), GAP]
    if scenario.heard.strip():
        blocks += [Block("Ce que l’on entend derrière la demande", "quiet"), Block(scenario.heard, "strong"), GAP]
    if scenario.experience:
        who = reported_by(reporter(playing.base, scenario), scenario, "e")
        told = f"Une expérience {who}{NBSP}: ce qui a été fait se lit à la fin, en conclusion."
        blocks += [Block(told, "quiet"), GAP]
    return tuple(blocks)
