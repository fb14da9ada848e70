"""Why a conclusion is drawn, or why not; and why a question is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import Worker

from conseil_dla.model import Base, Kind
from conseil_dla.reading.values import Reading
from conseil_dla.reporting import sentences
from conseil_dla.reporting.questionnaire import why_asked
from conseil_dla.tui.screens.page import Page, spaced
from conseil_dla.tui.trust import stop_if_untrusted
from conseil_dla.tui.widgets.paragraphs import GAP, Block

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

TO_QUESTION = "to-question"


class WhyPage(Page):
    """Why, in sentences; they are made in a worker, the page shows at once."""

    class Told(Message):
        """The sentences are there."""

        def __init__(self, paragraphs: tuple[str, ...]) -> None:
            super().__init__()
            self.paragraphs = paragraphs

    def __init__(self, reader: Reader, reading: Reading, target: tuple[Kind, str], *, leads: bool) -> None:
        self._reader = reader
        self._reading = reading
        self._target = target
        buttons = ((TO_QUESTION, "Aller à la question"),) if leads else ()
        super().__init__(reader.base.title(*target), (Block("Un instant…", "quiet"),), buttons)

    def on_mount(self) -> None:
        """Ask for the sentences."""
        self.run_worker(partial(self._tell), thread=True, exclusive=True, group="why", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    def _tell(self) -> None:
        explanation = self._reader.explain(self._reading, *self._target)
        self.post_message(self.Told(sentences.why(self._reader.base, self._reading, explanation)))

    def on_why_page_told(self, event: Told) -> None:
        """Show them."""
        self.show(spaced(event.paragraphs))


def question_page(base: Base, id: str) -> Page:
    """Why this question: what it changes, and where that comes from."""
    why, claims = why_asked(base, id)
    blocks = [*spaced((why,))]
    if base.entry("question", id).sources:
        blocks += [GAP, Block("D’où cela vient", "quiet")]
    blocks += [Block(claim, mark="· ") for claim in claims]
    return Page(base.entry("question", id).texts["libelle"], tuple(blocks))
