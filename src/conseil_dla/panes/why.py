"""Why a conclusion is drawn, or why not; and why a question is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import Worker

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.notice import stop_if_untrusted
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Kind
from conseil_dla.toolkit.sheets import Page, spaced
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording import reading_sentences
from conseil_dla.wording.questionnaire import why_asked

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

TO_QUESTION = "to-question"
GOES = ((TO_QUESTION, "Aller à la question"),)


class WhyPage(Page):
    """Why, in sentences; they are made in a worker, the page shows at once."""

    class Ready(Message):
        """The sentences are there."""

        def __init__(self, paragraphs: tuple[str, ...]) -> None:
            super().__init__()
            self.paragraphs = paragraphs

    def __init__(
        self, reader: Reader, reading: Reading, target: tuple[Kind, str], *, leads: bool, is_quadrant: bool = False
    ) -> None:
        self._reader = reader
        self._reading = reading
        self._target = target
        self._is_quadrant = is_quadrant
        buttons = GOES if leads else ()
        super().__init__(reader.base.title(*target), (Block("Un instant…", "quiet"),), buttons)

    def on_mount(self) -> None:
        """Ask for the reading_sentences."""
        self.run_worker(partial(self._tell), thread=True, exclusive=True, group="why", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    def _tell(self) -> None:
        explanation = self._reader.explain(self._reading, *self._target)
        told = reading_sentences.why(self._reader.base, self._reading, explanation)
        if self._is_quadrant:
            told = _meaning_first(self._reader.base, self._target[1], told)
        self.post_message(self.Ready(told))

    def on_why_page_ready(self, event: Ready) -> None:
        """Show them."""
        self.show(spaced(event.paragraphs))


def _meaning_first(base: Base, posture: str, told: tuple[str, ...]) -> tuple[str, ...]:
    """A quadrant opens whole, also where it is not concluded: how it stands, what is known of it, then why."""
    opening, *reasons = told
    known = reading_sentences.details(base, "posture", posture)
    lead = () if set(known) <= set(told) else (f"Si vous étiez à cette place{NBSP}:",)
    return opening, *lead, *known, *(text for text in reasons if text not in known)


def posture_page(reader: Reader, reading: Reading | None, id: str) -> Page:
    """A quadrant of the compass: what it is, its risk, its counter-move, and why it is concluded or not."""
    if reading is None:
        return Page(reader.base.title("posture", id), spaced(reading_sentences.details(reader.base, "posture", id)))
    return WhyPage(reader, reading, ("posture", id), leads=False, is_quadrant=True)


def question_page(base: Base, id: str, *, leads: bool = False) -> Page:
    """Why this question: what it changes, and where that comes from; ``leads`` offers to go there."""
    why, claims = why_asked(base, id)
    blocks = [*spaced((why,))]
    if claims:
        blocks += [GAP, Block("D’où cela vient", "quiet")]
    blocks += [Block(claim, mark="· ") for claim in claims]
    return Page(base.entry("question", id).texts["libelle"], tuple(blocks), GOES if leads else ())
