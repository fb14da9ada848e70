"""What the screens of a workshop share: keys, title and the room’s line; readings and writing in workers.

A stage is inherited from ``WorkshopScreen``: Textual gathers keys, what is composed and what is listened to class by
class, and a stage that owned its screen would have to hand each of these over. What a stage does is owned: its
``moves``, the ``room``’s line, the ``paging`` of its text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.comfort import DraftingApp
from conseil_dla.panes.notice import stop_if_untrusted
from conseil_dla.toolkit.keys import RETRACE_KEYS, KeyBar, TitleBar, key
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import Hands, Workshop
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.stage_parts import Paging, Room, Scrolling
from conseil_dla.workshop.words.sentences import undone_text

WHAT_IF = "what_if"


class Turn(Message):
    """Another screen of the workshop is wanted, by its name in ``workshop.screens.stages``."""

    def __init__(self, playing: Playing, to: str, *, at_end: bool = False) -> None:
        super().__init__()
        self.playing = playing
        self.to = to
        self.at_end = at_end
        """One comes back to it: it shows its end."""


class Moves:
    """What is done on one screen of a workshop: kept and read in workers."""

    def __init__(
        self, screen: Screen[Any], playing: Playing, read: Callable[[], None], written: Callable[[], None]
    ) -> None:
        """``read`` is called once the variants as they stand are read; ``written`` after each writing, or refusal."""
        self._screen, self._playing = screen, playing
        self._read, self._written = read, written

    def change(self, state: Workshop) -> None:
        """Take another state of the workshop, keep it, read it."""
        self._keep(state)
        self.read()
        self._screen.refresh_bindings()

    def count(self, what: str, hands: Hands) -> None:
        """Hands that are up are on disk as they are raised: a machine that dies takes no vote along."""
        self._keep(workshop.count(self._playing.state, what, hands))

    def read(self) -> None:
        """Read what is known, unless it is read already."""
        if self._playing.readings:
            self._read()
        else:
            self._in_worker(self._playing.read, self._tell_read, group="reading", exclusive=True, exit_on_error=False)

    def _keep(self, state: Workshop) -> None:
        if self._playing.change(state):
            self._in_worker(self._playing.write, self._written, group="saving")

    def _tell_read(self) -> None:
        if self._playing.readings:
            self._read()

    def _in_worker(self, work: Callable[[], None], then: Callable[[], None], **how: Any) -> None:
        def whole() -> None:
            work()
            self._screen.call_later(then)

        self._screen.run_worker(whole, thread=True, **how)


class WorkshopScreen(Screen[None]):
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
        key("f6", "turn('reading')", "lecture", "Montrer la lecture, pas à pas."),
        key("f7", "hold", "minuteur", "Arrêter le minuteur, ou le relancer.", show=False),
        key("f8", "turn('what_if')", "et si", f"Changer une réponse devant la salle{NBSP}: ce qui bouge, et pourquoi."),
        key("f9", "undo", "annuler", "Annuler le dernier changement.", show=False),
        *RETRACE_KEYS,
        key("ctrl+r", "turn('replay')", "rejouer", f"Rejouer l’atelier{NBSP}: ce que chaque réponse a changé.",
            show=False),
        key("ctrl+e", "turn('closing')", "conclure", "La boussole de la salle, ce que l’on retient, le compte rendu.",
            show=False),
    ]  # fmt: skip

    def __init__(self, playing: Playing) -> None:
        super().__init__()
        self.playing = playing
        self.moves = Moves(self, playing, self.show_readings, self._say_written)
        self.paging = Paging(self)
        self.at_end = False
        """One has come back to it: the end is shown first."""

    @property
    def file_in_hand(self) -> str:
        """What is typed on a page over this screen is for that file."""
        return str(self.playing.path or self.playing.scenario.path)

    def compose(self) -> ComposeResult:
        """The title, what the stage shows, the room’s line."""
        yield TitleBar(self.playing.scenario.title)
        yield from self.compose_stage()
        yield Room(id="room")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start the clock, ask for the readings; Textual calls this after a stage’s own."""
        self.start_clock()
        self.moves.read()
        if self.at_end:
            self.call_after_refresh(self.paging.to_end)

    # --- what a stage says of itself ---

    def compose_stage(self) -> ComposeResult:
        """What the stage shows."""
        yield from ()

    def show_readings(self) -> None:
        """The readings of the variants as they stand are there."""

    @property
    def how_far(self) -> str:
        """Where the stage stands, in a few words; empty where there is nothing to count."""
        return ""

    def retraced(self, told: str) -> None:
        """Something was changed otherwise than by this stage: show it as it now is, and tell."""
        self.room.tell(told)

    # --- what is told ---

    @property
    def room(self) -> Room:
        """The line under the stage."""
        return self.query_one(Room)

    def start_clock(self, *, anew: bool = False) -> None:
        """The time that the plan gives to this moment; what is left of it, unless it is counted anew."""
        self.room.clock.show(self.playing.countdown(self.moment, anew=anew))

    def say_state(self) -> None:
        """Where the stage stands, and whether what was done is on disk."""
        playing, kept = self.playing, ""
        if playing.failure:
            kept = "PAS ENREGISTRÉ"
            self.room.tell(f"Le disque refuse d’enregistrer l’atelier{NBSP}: {playing.failure}.", "accent")
        elif playing.is_moved:
            kept = "enregistré à part"
        elif playing.path is not None:
            kept = "enregistré" if playing.is_written else "enregistrement…"
        self.query_one(TitleBar).say(" · ".join(words for words in (self.how_far, kept) if words), kept)

    def _say_written(self) -> None:
        self.say_state()
        if self.playing.is_written and not self.playing.failure and isinstance(self.app, DraftingApp):
            self.app.settle_drafts()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    @on(Scrolling.Seen)
    def _seen(self, event: Scrolling.Seen) -> None:
        event.stop()
        self.paging.seen(is_laid_out=event.is_laid_out)

    # --- what is done ---

    def action_turn(self, to: str, at_end: bool = False) -> None:
        """Go to another stage, or back to the end of one."""
        self.post_message(Turn(self.playing, to, at_end=at_end))

    def action_on(self) -> None:
        """To the stage after."""
        if self.after:
            self.action_turn(self.after)

    def action_back(self) -> None:
        """To the end of the stage before."""
        if self.before:
            self.action_turn(self.before, at_end=True)

    def action_page(self, direction: int) -> None:
        """A screenful further, then to what comes after; or the other way round.

        Through the messages of what has the focus: letters that were typed just before are hands, and count.
        """
        (self.focused or self).call_later(self._turn_page, direction)

    def _turn_page(self, direction: int) -> None:
        if self.is_current and not self.paging.page(direction):  # pressed twice, and the first time led away
            (self.action_on if direction > 0 else self.action_back)()

    def action_scroll_text(self, lines: int) -> None:
        """A line of text, or several."""
        self.paging.scroll(lines)

    def action_hold(self) -> None:
        """The clock."""
        self.room.clock.hold()

    def action_undo(self) -> None:
        """Take the last change back."""
        self._retrace(workshop.undo(self.playing.state))

    def action_redo(self) -> None:
        """Give it again."""
        self._retrace(workshop.redo(self.playing.state))

    def _retrace(self, state: Workshop) -> None:
        was = self.playing.state
        self.moves.change(state)
        self.retraced(undone_text(self.playing.base, was, state))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        playing = self.playing
        match (action, *parameters):
            case ("undo",):
                return playing.state.before is not None
            case ("redo",):
                return playing.state.after is not None
            case ("turn", "what_if"):
                return bool(playing.state.moves)
            case ("turn", "replay"):  # it tells what each answer changed: not before the room has spoken
                return bool(playing.state.moves) and bool(playing.state.revealed)
            case ("hold",):
                return playing.plan is not None
            case ("on",):
                return bool(self.after)
            case ("back",):
                return bool(self.before)
        return True
