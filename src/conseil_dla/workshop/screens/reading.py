"""The reading put to the room, step by step: first what it would have said, then what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from conseil_dla.ground.french import NBSP, counted
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.why import WhyPage
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Kind
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs, wrapped
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import for_step
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.hands import HandRows, Option
from conseil_dla.workshop.screens.intuition import places_of
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stage_parts import Scrolling, blocks_of
from conseil_dla.workshop.words.readings import Step, step_lines, steps_of
from conseil_dla.workshop.words.sentences import (
    COUNTING,
    NOBODY,
    VARIANTS,
    chosen_text,
    left_out_text,
    tally_text,
    variant_names,
)
from conseil_dla.workshop.words.topics import READING_TOPIC

FILL = "fill"
COLUMN_EDGES = 5
"""Cells of a column that its text does not take: padding, and the place of the bar."""
NOTHING_YET = "La salle n’a encore répondu à aucune question."


class WorkshopReadingScreen(WorkshopScreen):
    """Each step asks the room first. Two variants stand side by side."""

    moment = "lecture"
    before = "question"
    after = "closing"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "on", "montrer"),
        key("up", "scroll_text(-1)", "faire défiler", show=False),
        key("down", "scroll_text(1)", "faire défiler", show=False),
        key("f2", "why", "pourquoi", "Pourquoi l’une des lignes de cette étape."),
        key("f3", "steps", "étapes", "Aller à une étape de la lecture."),
        key("ctrl+o", "complete", "la fiche", "Compléter avec la fiche du scénario.", show=False),
        key("f4", "variant", "choisir une variante", "Ne garder que l’une des deux variantes."),
    ]

    def __init__(self, playing: Playing) -> None:
        super().__init__(playing)
        self.steps: tuple[Step, ...] = ()
        self.number = 0
        self.is_shown = False
        """The step's answer is on screen, not only what is asked."""
        self._told = ""
        self._asked = ""
        """The step that hands are raised for."""

    def compose_stage(self) -> ComposeResult:
        """What is asked; hands where hands are raised; then what is read, in one column or two."""
        with Vertical(classes="stage"):
            yield Paragraphs(id="asks")
            yield HandRows(id="hands")
            with Horizontal(id="columns"):
                for number in range(len(VARIANTS)):
                    with Scrolling(id=f"column-{number}", classes="column"):
                        yield Paragraphs(id=f"text-{number}")

    def on_mount(self) -> None:
        """Nothing is shown before the readings are there."""
        self.query_one(HandRows).display = False

    def show_readings(self) -> None:
        """The step as it now is; the rest of the sheet is offered once."""
        is_first = not self.steps
        self.steps = steps_of(self.playing.base, self.playing.readings)
        self.number = min(self.number, max(0, len(self.steps) - 1))
        if is_first and self.at_end:
            self._start_from_the_end()
        else:
            self._show()
        self._offer_sheet()

    def _start_from_the_end(self) -> None:
        """The last step as it was shown; before that, the first that was not: it is not given away by going back."""
        hidden = (number for number, step in enumerate(self.steps) if step.key not in self.playing.state.revealed)
        self.number = next(hidden, len(self.steps) - 1)
        self.is_shown = bool(self.steps) and self.steps[self.number].key in self.playing.state.revealed
        self._show()
        self.call_after_refresh(self.paging.to_end)

    def help_topic(self) -> Topic:
        """How the reading is shown."""
        return READING_TOPIC

    # --- the rest of the sheet ---

    def _offer_sheet(self) -> None:
        if not self.playing.is_completing_asked and self.playing.state.moves:
            self.playing.is_completing_asked = True
            self.action_complete()

    def action_complete(self) -> None:
        """Ask whether the rest is taken from the scenario's own answers."""
        playing = self.playing
        move, left_out = workshop.completing(playing.base.logic, playing.state, playing.scenario.answers)
        number = max(map(len, move.given))
        if not number:
            return
        rest = counted(number, "autre réponse", "autres réponses")
        with_it = "Avec elle, la lecture va plus loin. Sans elle, elle ne tient qu’aux réponses de la salle."
        blocks = [Block(f"La fiche du scénario donne {rest}, que la salle n’a pas eu à trouver."), GAP, Block(with_it)]
        if told := left_out_text(playing.base, left_out):
            blocks += [GAP, Block(told, "quiet")]

        def chosen(button: str | None) -> None:
            if button == FILL:
                self.moves.change(workshop.complete(playing.state, move))

        page = Page("Compléter avec la fiche", tuple(blocks), ((FILL, "Compléter avec la fiche"),),
                    close="Les réponses de la salle seules")  # fmt: skip
        self.app.push_screen(page, chosen)

    # --- steps ---

    @property
    def step(self) -> Step | None:
        """The step on screen."""
        return self.steps[self.number] if self.steps else None

    def _show(self) -> None:
        step, hands = self.step, self.query_one(HandRows)
        if step is None or not self.playing.state.moves:
            self.query_one("#asks", Paragraphs).show(Block(NOTHING_YET, "title"))
            hands.display = False
            self._columns(())
            return
        title = step.title if self.is_shown else step.asks
        self.query_one("#asks", Paragraphs).show(Block(title.upper(), "title"))
        hands.display = bool(step.votes) and not self.is_shown
        if hands.display and step.votes:
            base, state = self.playing.base, self.playing.state
            ids = base.logic.formats if step.votes == "format" else places_of(base)
            options = [Option(id, base.title(step.votes, id)) for id in ids]
            if self._asked != step.key:  # hands raised meanwhile stay raised
                hands.ask(options, state.counting.get(for_step(step.key)) or state.guesses.get(step.key, {}))
            self._asked = step.key
            hands.focus()
        else:
            self.set_focus(None)
        self._columns(self.playing.readings if self.is_shown else ())
        self.say_state()
        self._say(step)
        self.refresh_bindings()

    @property
    def how_far(self) -> str:
        """Which step."""
        return f"étape {self.number + 1} sur {len(self.steps)}" if self.steps else ""

    def _columns(self, readings: Sequence[Reading]) -> None:
        step, names = self.step, variant_names(self.playing.base, self.playing.state)
        self.query_one("#columns").display = bool(readings)
        lines = [len(wrapped(name, self.size.width // 2 - COLUMN_EDGES)) for name in names]
        for number in range(len(VARIANTS)):
            column = self.query_one(f"#column-{number}", Scrolling)
            column.display = number < len(readings)
            if column.display and step is not None:
                under = [GAP] * (1 + max(lines) - lines[number]) if names else []  # both columns begin on one line
                lead = [Block(names[number], "accent"), *under] if names else []
                text = self.query_one(f"#text-{number}", Paragraphs)
                text.show(*lead, *blocks_of(step_lines(self.playing.base, readings[number], step)))
                column.scroll_home(animate=False, immediate=True)
        self.call_after_refresh(self.paging.say_more)

    def _say(self, step: Step) -> None:
        """What the room said, beside what is read."""
        state = self.playing.state
        if self._told:
            self.room.tell(self._told)
        elif self.is_shown and step.votes:
            hands = state.guesses.get(step.key) or (state.intuition if step.votes == "posture" else {})
            first = workshop.leading(hands)
            when = "La salle disait" if state.guesses.get(step.key) else "L’intuition de la salle"
            named = " ou ".join(self.playing.base.title(step.votes, id) for id in first if hands[id] == hands[first[0]])
            self.room.tell(f"{when}{NBSP}: {named.lower()}." if named else "")
        elif self.is_shown:
            self.room.tell("")
        elif step.votes:
            raised = self.query_one(HandRows).raised
            self.room.tell(f"{tally_text(raised)}." if raised else COUNTING, "plain" if raised else "quiet")
        else:
            self.room.tell("Laissez dire la salle, puis Entrée.")

    def retraced(self, told: str) -> None:
        """The step under the answers as they now are."""
        self._told = told

    @on(HandRows.Raised)
    def _raised(self) -> None:
        step, hands = self.step, self.query_one(HandRows)
        if step is not None and step.votes and hands.is_touched and not self.is_shown:
            self._told = ""
            self.moves.count(for_step(step.key), hands.raised)
            self._say(step)

    @on(HandRows.Kept)
    def _guessed(self) -> None:
        self.action_on()

    @on(HandRows.Undecided)
    def _undecided(self, event: HandRows.Undecided) -> None:
        if event.is_tied:
            self.action_on()  # what the room would have said is told as it is: nothing is to be chosen
        else:
            self.room.tell(NOBODY, "accent")

    def action_on(self) -> None:
        """Show what is read at this step; then go on to the next one."""
        step, playing = self.step, self.playing
        if step is None or not playing.state.moves:
            super().action_on()
            return
        if not self.is_shown:
            state = playing.state
            if step.votes and self.query_one(HandRows).raised:
                state = workshop.guess(state, step.key, self.query_one(HandRows).raised)
            self.is_shown, self._told = True, ""
            self.moves.change(workshop.reveal(state, step.key))
        elif self.number + 1 < len(self.steps):
            self._go(self.number + 1, is_shown=False)
        else:
            self.action_turn(self.after)

    def action_back(self) -> None:
        """To what was asked at this step, to the end of the step before, else to the questions."""
        if self.is_shown:
            self._go(self.number, is_shown=False)
            self.call_after_refresh(self.paging.to_end)
        elif self.number:
            self._go(self.number - 1, is_shown=self.steps[self.number - 1].key in self.playing.state.revealed)
            self.call_after_refresh(self.paging.to_end)
        else:
            self.playing.place = None
            super().action_back()

    def _go(self, number: int, *, is_shown: bool) -> None:
        self.number, self.is_shown, self._told, self._asked = number, is_shown, "", ""
        self._show()

    def action_steps(self) -> None:
        """Any step."""
        revealed = self.playing.state.revealed
        rows = [Row(step.title, str(number), "montrée" if step.key in revealed else "")
                for number, step in enumerate(self.steps)]  # fmt: skip

        def chosen(number: str | None) -> None:
            if number is not None:
                self._go(int(number), is_shown=self.steps[int(number)].key in revealed)

        self.app.push_screen(Picker("Les étapes de la lecture", rows, "Chercher une étape", str(self.number)), chosen)

    def action_why(self) -> None:
        """Why one of the conclusions of this step; which one is chosen first."""
        step, base = self.step, self.playing.base
        if step is None:
            return
        found: dict[str, tuple[Reading, tuple[Kind, str]]] = {}
        rows: list[Row] = []
        for name, reading in zip(VARIANTS, self.playing.readings, strict=False):
            lead = f"{name}{NBSP}: " if len(self.playing.readings) > 1 else ""
            targets = dict.fromkeys(line.target for line in step_lines(base, reading, step) if line.target)
            for target in targets:
                rows.append(Row(lead + base.title(*target), str(len(found))))
                found[str(len(found))] = (reading, target)

        def chosen(number: str | None) -> None:
            if number is not None:
                reading, target = found[number]
                self.app.push_screen(WhyPage(self.playing.reader, reading, target, leads=False))

        self.app.push_screen(Picker("Pourquoi…", rows, "Chercher une conclusion"), chosen)

    def action_variant(self) -> None:
        """Keep one variant."""
        names = variant_names(self.playing.base, self.playing.state)
        rows = [Row(name, str(number)) for number, name in enumerate(names)]

        def chosen(number: str | None) -> None:
            if number is not None:
                self._told = chosen_text(int(number))
                self.moves.change(workshop.choose(self.playing.state, int(number)))

        self.app.push_screen(Picker(f"Quelle variante garder{NBSP}?", rows, "Chercher"), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "variant":
                return len(self.playing.variants) > 1
            case "turn" if parameters == ("reading",):
                return False
            case "complete":
                known = self.playing.variants[0].answers
                return bool(self.playing.state.moves) and bool(self.playing.scenario.answers.keys() - known.keys())
            case "why":
                return self.is_shown
            case "steps":
                return len(self.steps) > 1
        return super().check_action(action, parameters)
