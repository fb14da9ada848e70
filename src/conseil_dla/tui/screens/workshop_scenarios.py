"""What a room can play: the workshop left under way, fictions, experiences, and a folder that was named. No dossier."""

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

from conseil_dla.reporting.french import NBSP, day_text, harmless, spaced
from conseil_dla.reporting.help_text import Topic
from conseil_dla.reporting.workshop.topics import SCENARIOS_TOPIC
from conseil_dla.tui.keys import key
from conseil_dla.tui.screens.picker import Picker
from conseil_dla.tui.widgets.bars import KeyBar, TitleBar
from conseil_dla.tui.widgets.paragraphs import Block, Paragraphs
from conseil_dla.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.model import Dossier

RESUME = "resume"
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
        """A scenario is to be played, or the last workshop to be resumed (no scenario)."""

        def __init__(self, screen: ScenariosScreen, scenario: Dossier | None) -> None:
            super().__init__()
            self.screen = screen
            self.scenario = scenario

    def __init__(self, brought: Path | None = None) -> None:
        super().__init__()
        self.brought = brought
        """A folder named by the facilitator."""
        self._groups: Sequence[tuple[str, Sequence[Dossier]]] = ()
        self._last: Kept | None = None

    def compose(self) -> ComposeResult:
        """One list."""
        yield TitleBar("Atelier")
        with Vertical(id="home-page"):
            yield Paragraphs(Block(LEAD, "title"), id="home-lead")
            yield ScenarioRows([Row(LOADING, tone="quiet")], id="scenarios")
        yield KeyBar()

    def list_scenarios(
        self, groups: Sequence[tuple[str, Sequence[Dossier]]], last: Kept | None, left_out: Sequence[str] = ()
    ) -> None:
        """What there is to play, and what of the folder that was named cannot be."""
        self._groups, self._last = groups, last
        rows: list[Row] = []
        if last is not None:
            rows += [Row("Reprendre", tone="header"), Row(harmless(last.title), RESUME, day_text(last.day)), Row("")]
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
        if event.key == RESUME:
            self.post_message(self.Wants(self, None))
        else:
            group, number = map(int, event.key.split())
            self.post_message(self.Wants(self, self._groups[group][1][number]))

    @property
    def last(self) -> Kept | None:
        """The workshop to resume."""
        return self._last

    def action_papers(self) -> None:
        """In what kind of file."""
        from conseil_dla.reporting.papers.offered import KINDS  # noqa: PLC0415 - only when papers are asked for

        rows = [Row(told, suffix, suffix) for suffix, told in KINDS.items()]

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
