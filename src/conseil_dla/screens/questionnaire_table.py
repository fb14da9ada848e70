"""A questionnaire beside a table of structures: what is counted there follows every change of either.

Leaving it dates the reading that was made of both.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from conseil_dla.comparison.screens.alone import AloneScreen
from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.interview import answering
from conseil_dla.interview import questionnaire as interview
from conseil_dla.panes.saving import Question
from conseil_dla.reading.since import dated
from conseil_dla.reading.values import Reading
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.counting import differing, known_answers
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import questions_read
from conseil_dla.screens.questionnaire_texts import KeptTextsScreen
from conseil_dla.screens.structures import Answered, StructuresPage
from conseil_dla.toolkit.keys import key
from conseil_dla.wording.clauses import answer_text
from conseil_dla.wording.disk_text import JOINED
from conseil_dla.wording.retracing import elsewhere_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.writer import Writer
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Answers, Dossier


class TabledScreen(KeptTextsScreen):
    """Opens the table, keeps its rows, and counts."""

    state: interview.Interview
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "ctrl+g",
            "structures",
            "tableau des structures",
            "Dire qui est dans le groupe.",
            show=False,
        ),
    ]

    def __init__(self, writer: Writer, reader: Reader) -> None:
        super().__init__(writer)
        self.reader = reader
        self.reads_again = False
        """True from a change made elsewhere until its reading."""
        self._is_dating = False
        """True once one wants to leave: a change of rules alone dates nothing."""
        self.opened_with: Answers = known_answers(reader.base.logic, self.dossier)

    def leave(self, go: Callable[[], None], question: Question) -> None:
        """Where something was answered here, its reading goes into the journal first."""
        self._is_dating = True
        if self._leaving is None and self._writer.is_settled and self.state.known != self.opened_with:
            self.look()
        super().leave(go, question)

    def is_ready(self) -> bool:
        """Once the reading of what the file holds is in the journal."""
        reading = self.reading
        if not self._is_dating:
            return True
        if self.reads_again:
            return False
        if reading is not None and reading.answers == self.state.known != self.opened_with:
            journal = dated(self.dossier.journal, reading, date.today())
            if journal != self.dossier.journal:
                self.keep(replace(self.dossier, journal=journal))
                return False
        return True

    def adopt(self, handed: Dossier, found: Dossier) -> None:
        """What is said of it waits for nobody, and names no question before somebody who answers alone."""
        super().adopt(handed, found)
        self.reads_again = True
        self.state = answering.adopted(self.reader.base.logic, self.state, handed, found)
        is_alone = any(isinstance(screen, AloneScreen) for screen in self._above)
        told = JOINED if is_alone else elsewhere_text(self.reader.base, handed, found)
        self.notify(told, timeout=12, markup=False)
        self.show_titles()

    @property
    @abstractmethod
    def reading(self) -> Reading | None:
        """None until it is ready."""

    @abstractmethod
    def recounted_anew(self) -> None:
        """The table changed what is known: keep it, read again."""

    @property
    def answer_count(self) -> int:
        """Those that the table answers too."""
        return len(self.state.known)

    def recounted(self, state: interview.Interview) -> interview.Interview:
        """The state with what the table gives beside its answers."""
        return answering.recounted(self.reader.base.logic, state)

    @abstractmethod
    def written(self, *, is_read_again: bool = True) -> None:
        """The state changed otherwise than by an answer to the question on screen: keep it, show it, read again."""

    @abstractmethod
    def retraced(self, *, again: bool) -> str:
        """Take the last change back, or give ``again`` what was; tells which, empty where there was none."""

    def keep_beside(self, **written: Any) -> None:
        """The title, the texts or the opinion changed."""
        self.state = interview.keep_beside(self.state, **written)
        self.written(is_read_again=False)

    def action_structures(self) -> None:
        """Who is in the group."""
        self.app.push_screen(StructuresPage(self))

    def keep_structures(self, structures: tuple[Structure, ...]) -> tuple[str, ...]:
        """Keep the rows, or give why their answers cannot go with the others."""
        moved = self.recounted(interview.keep_beside(self.state, structures=structures))
        if refused := self._refusal(moved):
            return ("Ce changement n’est pas gardé.", *refused)
        self.state = moved
        self.recounted_anew()
        return ()

    def broken_by(self, moved: interview.Interview) -> tuple[str, ...]:
        """Coherence rules that the new answers break and that the former did not."""
        return answering.broken_by(self.reader.base.logic, self.state, moved)

    def _refusal(self, moved: interview.Interview) -> tuple[str, ...]:
        base = self.reader.base
        broken = self.broken_by(moved)
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

    def table_answers(self) -> Answered:
        """What the table answers, and what it would answer to questions answered otherwise by hand."""
        state = self.state
        return state.counted, differing(self.reader.base.logic, state.beside.structures, state.answers, state.declined)

    def let_table_speak(self) -> None:
        """Take back the answers given by hand to questions that the table answers otherwise."""
        _, otherwise = self.table_answers()
        moved = self.recounted(interview.withdraw(self.state, otherwise))
        if refused := self._refusal(moved):
            self.notify(" ".join(refused), severity="warning", timeout=12, markup=False)
            return
        self.state = moved
        self.recounted_anew()
