"""The table of structures beside a questionnaire: what is counted there follows every change of either."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.interview import answering
from conseil_dla.interview import questionnaire as interview
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.counting import differing
from conseil_dla.rules.model import Base
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import questions_read
from conseil_dla.screens.structures import Answered, StructuresPage
from conseil_dla.toolkit.keys import key
from conseil_dla.wording.clauses import answer_text

if TYPE_CHECKING:
    from conseil_dla.interview.driver import Driver

TABLE_KEY: Binding = key(
    "ctrl+g",
    "structures",
    "tableau des structures",
    "Dire qui est dans le groupe.",
    show=False,
)


class DossierTable:
    """Opens the table over the screen that it belongs to, keeps its rows, and counts."""

    def __init__(
        self,
        screen: Screen[Any],
        base: Base,
        driver: Driver,
        recounted: Callable[[], None],
        retraced: Callable[[bool], str],
    ) -> None:
        """``recounted`` is called once the table changed what is known; ``retraced`` is the questionnaire’s own."""
        self._screen = screen
        self.base = base
        self._driver = driver
        self._recounted = recounted
        self._retraced = retraced

    @property
    def state(self) -> interview.Interview:
        """The questionnaire's own."""
        return self._driver.state

    def open(self) -> None:
        """Who is in the group."""
        self._screen.app.push_screen(StructuresPage(self))

    def keep_structures(self, structures: tuple[Structure, ...]) -> tuple[str, ...]:
        """Keep the rows, or give why their answers cannot go with the others."""
        if refused := self._changed(interview.keep_beside(self.state, structures=structures)):
            return ("Ce changement n’est pas gardé.", *refused)
        return ()

    def table_answers(self) -> Answered:
        """What the table answers, and what it would answer to questions answered otherwise by hand."""
        state = self.state
        return state.counted, differing(self.base.logic, state.beside.structures, state.answers, state.declined)

    def retraced(self, again: bool) -> str:
        """Take the last change back, or give ``again`` what was."""
        return self._retraced(again)

    def let_table_speak(self) -> None:
        """Take back the answers given by hand to questions that the table answers otherwise."""
        _, otherwise = self.table_answers()
        if refused := self._changed(interview.withdraw(self.state, otherwise)):
            self._screen.notify(" ".join(refused), severity="warning", timeout=12, markup=False)

    def _changed(self, moved: interview.Interview) -> tuple[str, ...]:
        """Take the state once counted again, or give what stands against it."""
        moved = answering.recounted(self.base.logic, moved)
        if refused := self._refusal(moved):
            return refused
        self._driver.state = moved
        self._recounted()
        return ()

    def _refusal(self, moved: interview.Interview) -> tuple[str, ...]:
        base = self.base
        broken = answering.broken_by(base.logic, self.state, moved)
        culprits: set[str] = set()
        for rule in base.logic.incoherences:
            culprits |= questions_read(rule.never) if rule.id in broken else set()
        reasons = [base.entry("coherence", id) for id in broken]
        told = [sentence(entry.texts.get("parce_que", entry.title)) for entry in reasons]
        if not broken:
            culprits = set(offending(base.logic, moved.known))
            told = ["Avec vos autres réponses, il ne laisse plus aucune situation possible."] if culprits else []
        if not told:
            return ()
        named = [
            f"{quoted(base.title('question', id))}{NBSP}: {lowered(answer_text(base, id, moved.known[id]))}"
            for id in sorted(culprits & moved.known.keys())
        ]
        return (*told, f"À revoir{NBSP}: {listed(named)}.")
