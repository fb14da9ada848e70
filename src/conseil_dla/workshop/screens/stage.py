"""What the screens of a workshop share: the title, the room’s line and the clock; readings and writing in workers."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.worker import Worker

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.drafting import DraftingApp
from conseil_dla.panes.engine_failure import stop_if_untrusted
from conseil_dla.toolkit.bars import KeyBar, TitleBar
from conseil_dla.toolkit.keys import RETRACE_KEYS, key
from conseil_dla.toolkit.paragraphs import Block, Paragraphs, Tone
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import Hands, Workshop
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.clock import Clock
from conseil_dla.workshop.screens.paging import PagedScreen
from conseil_dla.workshop.words.sentences import undone_text

WHAT_IF = "what_if"


class Turn(Message):
    """Another screen of the workshop is wanted, by its name in ``workshop.screens.opening``."""

    def __init__(self, playing: Playing, to: str, *, at_end: bool = False) -> None:
        super().__init__()
        self.playing = playing
        self.to = to
        self.at_end = at_end
        """One comes back to it: it shows its end."""


class WorkshopScreen(PagedScreen):
    """One stage of a workshop. A remote control sends « page suivante » and « page précédente » : on, and back.

    « Page suivante » first goes through what there is no room for, screenful by screenful; « page précédente » is its
    exact mirror, and comes to the end of the stage before.
    """

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (15, "-short"), (21, "-tall")]  # noqa: RUF012 - as Textual declares it
    takes_remote = True
    """A page over this screen is closed by the keys of a remote control, at its ends."""

    moment: ClassVar[str] = ""
    """The moment of the plan whose time the clock counts."""
    before: ClassVar[str] = ""
    after: ClassVar[str] = ""
    """Names of the stages before and after."""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("pagedown", "page(1)", "suite", "La suite du texte, puis de l’atelier.", priority=True),
        key("pageup", "page(-1)", "revenir", "Revenir à ce qui précède.", show=False, priority=True),
        key("escape", "back", "revenir", show=False),
        key("f6", "reading", "lecture", "Montrer la lecture, pas à pas."),
        key("f7", "hold", "minuteur", "Arrêter le minuteur, ou le relancer.", show=False),
        key("f8", "what_if", "et si", f"Changer une réponse devant la salle{NBSP}: ce qui bouge, et pourquoi."),
        key("f9", "undo", "annuler", "Annuler le dernier changement.", show=False),
        *RETRACE_KEYS,
        key("ctrl+r", "replay", "rejouer", f"Rejouer l’atelier{NBSP}: ce que chaque réponse a changé.", show=False),
        key("ctrl+e", "closing", "conclure", "La boussole de la salle, ce que l’on retient, le compte rendu.",
            show=False),
    ]  # fmt: skip

    class Read(Message):
        """The readings of the variants are made."""

    class Written(Message):
        """The workshop was written, or refused by the disk."""

    def __init__(self, playing: Playing) -> None:
        super().__init__()
        self.playing = playing
        self.at_end = False
        """One has come back to it: the end is shown first."""

    @property
    def in_hand(self) -> str:
        """What is typed on a page over this screen is for that file."""
        return str(self.playing.path or self.playing.scenario.path)

    def compose(self) -> ComposeResult:
        """The title, what the stage shows, the room’s line."""
        yield TitleBar(self.playing.scenario.title)
        yield from self.compose_stage()
        with Horizontal(id="room"):
            yield Paragraphs(id="room-line")
            more = Paragraphs(id="more")
            more.display = False
            yield more
            yield Clock(id="clock")
        yield KeyBar()

    def compose_stage(self) -> ComposeResult:
        """What the stage shows."""
        yield from ()

    def on_mount(self) -> None:
        """Start the clock, ask for the readings."""
        self.start_clock()
        self.ask_readings()
        if self.at_end:
            self.call_after_refresh(self.page_to_end)

    def start_clock(self, *, anew: bool = False) -> None:
        """The time that the plan gives to this moment; what is left of it, unless it is counted anew."""
        self.query_one(Clock).show(self.playing.countdown(self.moment, anew=anew))

    def tell(self, text: str, tone: Tone = "plain") -> None:
        """Say something in the room’s line."""
        self.query_one("#room-line", Paragraphs).show(Block(text, tone))

    # --- in workers ---

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    def ask_readings(self) -> None:
        """Read what is known, unless it is read already."""
        if self.playing.readings:
            self.show_readings()
        else:
            self.run_worker(self._read, thread=True, exclusive=True, group="reading", exit_on_error=False)

    def _read(self) -> None:
        self.playing.read()
        self.post_message(self.Read())

    def _write(self) -> None:
        self.playing.write()
        self.post_message(self.Written())

    @on(Written)
    def _say_written(self) -> None:
        self.say_state()
        if self.playing.is_written and not self.playing.failure and isinstance(self.app, DraftingApp):
            self.app.settle_drafts()

    @on(Read)
    def _show_read(self) -> None:
        if self.playing.readings:
            self.show_readings()

    def hand_over(self, then: Callable[..., None], *values: object) -> None:
        """From a worker to the screen's thread; nobody waits for it once the program is closing."""
        if self.app.is_running:
            self.app.call_from_thread(then, *values)

    def show_readings(self) -> None:
        """The readings of the variants as they stand are there."""

    @property
    def how_far(self) -> str:
        """Where the stage stands, in a few words; empty where there is nothing to count."""
        return ""

    def say_state(self) -> None:
        """Where the stage stands, and whether what was done is on disk."""
        playing, kept = self.playing, ""
        if playing.failure:
            kept = "PAS ENREGISTRÉ"
            self.tell(f"Le disque refuse d’enregistrer l’atelier{NBSP}: {playing.failure}.", "accent")
        elif playing.is_moved:
            kept = "enregistré à part"
        elif playing.path is not None:
            kept = "enregistré" if playing.is_written else "enregistrement…"
        self.query_one(TitleBar).say(" · ".join(words for words in (self.how_far, kept) if words), kept)

    # --- what is done ---

    def change(self, state: Workshop) -> None:
        """Take another state of the workshop, keep it, read it."""
        if self.playing.change(state):
            self.run_worker(self._write, thread=True, group="saving")
        self.ask_readings()
        self.refresh_bindings()

    def keep_count(self, what: str, hands: Hands) -> None:
        """Hands that are up are on disk as they are raised: a machine that dies takes no vote along."""
        if self.playing.change(workshop.count(self.playing.state, what, hands)):
            self.run_worker(self._write, thread=True, group="saving")

    def turn(self, to: str, *, at_end: bool = False) -> None:
        """Go to another stage, or back to the end of one."""
        self.post_message(Turn(self.playing, to, at_end=at_end))

    def action_page(self, direction: int) -> None:
        """A screenful further, then to what comes after; or the other way round.

        Through the messages of what has the focus: letters that were typed just before are hands, and count.
        """
        (self.focused or self).call_later(self._turn_page, direction)

    def _turn_page(self, direction: int) -> None:
        if not self.is_current:  # pressed twice, and the first time led away
            return
        if not self.page(direction):
            if direction > 0:
                self.action_on()
            else:
                self.action_back()

    def action_on(self) -> None:
        """To the stage after."""
        if self.after:
            self.turn(self.after)

    def action_back(self) -> None:
        """To the end of the stage before."""
        if self.before:
            self.turn(self.before, at_end=True)

    def action_reading(self) -> None:
        """The reading, step by step."""
        self.turn("reading")

    def action_closing(self) -> None:
        """The end of the workshop."""
        self.turn("closing")

    def action_replay(self) -> None:
        """The workshop again, move by move."""
        self.turn("replay")

    def action_hold(self) -> None:
        """The clock."""
        self.query_one(Clock).hold()

    def action_what_if(self) -> None:
        """Change an answer in front of the room."""
        self.turn(WHAT_IF)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._retrace(workshop.undo(self.playing.state))

    def action_redo(self) -> None:
        """Give it again."""
        self._retrace(workshop.redo(self.playing.state))

    def _retrace(self, state: Workshop) -> None:
        was = self.playing.state
        self.change(state)
        self.retraced(undone_text(self.playing.base, was, state))

    def retraced(self, told: str) -> None:
        """Something was changed otherwise than by this stage: show it as it now is, and tell."""
        self.tell(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "undo":
                return self.playing.state.before is not None
            case "redo":
                return self.playing.state.after is not None
            case "what_if":
                return bool(self.playing.state.moves)
            case "replay":  # it tells what each answer changed: not before the room has spoken
                return bool(self.playing.state.moves) and bool(self.playing.state.revealed)
            case "hold":
                return self.playing.plan is not None
            case "on":
                return bool(self.after)
            case "page":
                return True
            case "back":
                return bool(self.before)
        return True
