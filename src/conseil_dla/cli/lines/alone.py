"""``conseil-dla entretien DOSSIER --repondant NOM``: somebody answers alone, in plain lines.

Nothing is said here of a reading, of the dossier's own answers, nor of what anybody else answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conseil_dla.cli.keeper import Keeper
from conseil_dla.cli.lines.conversation import Lines
from conseil_dla.comparison import alone_text as text
from conseil_dla.ground.words import NO, YES, fold
from conseil_dla.interview import alone, answering
from conseil_dla.interview import questionnaire as interview
from conseil_dla.rules.model import Respondent, Value
from conseil_dla.wording import interview_text as common
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.disk_text import JOINED
from conseil_dla.wording.retracing import redone_text, undone_text

if TYPE_CHECKING:
    from conseil_dla.rules.model import Base


class AloneConversation:
    """One person, from the next question to « fin », then to consent."""

    def __init__(self, base: Base, keeper: Keeper, lines: Lines, name: str) -> None:
        self._base = base
        self._keeper = keeper
        self._lines = lines
        self._name = name
        self._cut = text.base_for(base, self._one.role)
        self._next = alone.ordering(base, self._one.role)
        self._state = interview.advance(alone.begun(base, self._one), self._next)

    @property
    def _one(self) -> Respondent:
        return self._keeper.dossier.everyone[self._name]

    def run(self) -> bool:
        """Until « fin » or the end of input; True when everything is on disk."""
        try:
            self._lines.say(*text.opening_lines(self._base, self._one, self._state))
            self._ask()
            while (entry := self._lines.asked(common.PROMPT)) is not None:
                if not entry:
                    self._ask()
                elif not self._take(words.understood(self._left, self._state.current, entry)):
                    self._consent()
                    break
        finally:
            self._keeper.settle()
        if not self._keeper.failure:
            self._lines.tell(text.kept_line(self._one, self._keeper.dossier.path))
            self._lines.tell(text.CLEAN)
        return not self._keeper.failure

    @property
    def _left(self) -> Base:
        """What may be answered as things stand: any other question is not known here."""
        return text.base_left(self._base, self._one, self._state)

    def _take(self, entry: words.Entry) -> bool:
        """Do what was typed; False when it was « fin »."""
        match entry:
            case words.Unclear():
                self._refuse(entry)
            case words.Answered(question, value):
                self._answer(question, value)
            case words.Command(words.END):
                return False
            case words.Command(word, _) if word in text.NOT_HERE:
                self._refuse(words.unclear(text.NOT_HERE[word], f"« {words.HELP} » donne les mots d’ici"))
            case words.Command(words.LIST):
                self._lines.say(*common.list_lines(self._left, self._state, None))
            case words.Command(words.HELP):
                self._lines.say(*text.help_lines())
            case words.Command(word, rest):
                self._move(word, rest)
        return True

    def _refuse(self, unclear: words.Unclear) -> None:
        self._lines.refuse(unclear.told, unclear.help)

    def _answer(self, question: str, value: Value | None) -> None:
        """Keep an answer and go on, or say why it cannot be kept."""
        moved, clash = answering.given(self._base.logic, self._state, question, value)
        if clash:
            self._lines.refuse(*common.refused_lines(self._cut, self._state, question, value, clash))
            return
        was_asked = question == self._state.current
        self._state = moved
        self._keep()
        if not was_asked:
            self._lines.say(common.said_line(self._cut, question, value))
        self._go(interview.advance(self._state, self._next))

    def _move(self, word: str, rest: str) -> None:
        """Go to another question, or back to an answer."""
        state = self._state
        match word:
            case words.BACK if not state.trail:
                self._refuse(common.FIRST)
            case words.BACK:
                self._go(interview.back(state))
            case words.UNDO if state.before is None:
                self._refuse(common.NOTHING_TO_UNDO)
            case words.REDO if state.after is None:
                self._refuse(common.NOTHING_TO_REDO)
            case words.UNDO:
                moved = interview.undo(state)
                self._retrace(moved, undone_text(self._cut, state, moved))
            case words.REDO:
                moved = interview.redo(state)
                self._retrace(moved, redone_text(self._cut, state, moved))
            case words.SKIP:
                moved = interview.skip(state, self._next)
                if moved.current is None and state.current is None:
                    self._refuse(common.NOTHING_MORE)
                else:
                    self._go(moved)
            case _:
                self._go_to(rest)

    def _retrace(self, moved: interview.Interview, told: str) -> None:
        self._state = moved
        self._keep()
        self._lines.say(told)
        self._go(self._state)

    def _go_to(self, name: str) -> None:
        found = common.destination(self._left, None, name)
        if isinstance(found, words.Unclear):
            self._refuse(found)
        elif isinstance(found, tuple):
            self._lines.refuse(*common.several_lines(name, found))
        else:
            self._go(interview.go_to(self._state, found))

    def _go(self, state: interview.Interview) -> None:
        self._state = state
        self._ask()

    def _ask(self) -> None:
        self._lines.say(*text.question_lines(self._cut, self._state))

    def _keep(self) -> None:
        handed = self._keeper.keep(alone.kept(self._base, self._keeper.dossier, self._name, self._state))
        if handed is None:
            return
        self._lines.tell(JOINED)
        if self._name not in self._keeper.dossier.everyone:
            self._keeper.keep(alone.with_respondent(self._keeper.dossier, handed.everyone[self._name]))
        else:
            self._state = alone.adopted(self._base, self._state, self._name, handed, self._keeper.dossier)

    def _consent(self) -> None:
        """Whether these answers may stand beside those of others; nothing typed leaves it as it was."""
        self._lines.say("", text.CONSENT, *text.consent_lines(self._one))
        while (given := self._lines.asked(text.CONSENT_PROMPT, blank=True)) and words.command(given) == words.HELP:
            self._lines.say(*text.consent_lines(self._one))
        if given and words.command(given) == words.END:
            return
        said = fold(given or "")
        if said in (YES, NO):
            self._keeper.keep(alone.consenting(self._keeper.dossier, self._name, said == YES))
            self._lines.say(text.NOTED[said == YES], f"Merci. {text.DONE}")
        elif said:
            self._refuse(text.CONSENT_UNCLEAR)
