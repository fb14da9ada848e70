"""``conseil-dla entretien DOSSIER --repondant NOM``: somebody answers alone, in plain lines.

Nothing is said here of a reading, of the dossier's own answers, nor of what anybody else answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from conseil_dla.cli.lines.conversing import Conversing
from conseil_dla.comparison import alone_text as text
from conseil_dla.ground.words import NO, YES, fold
from conseil_dla.interview import alone
from conseil_dla.interview import questionnaire as interview
from conseil_dla.rules.model import Answers, Base, Dossier, Respondent, Value
from conseil_dla.wording import interview_text as common
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.disk_text import JOINED

if TYPE_CHECKING:
    from conseil_dla.cli.lines.conversing import Keeper, Lines


class AloneConversation(Conversing):
    """One person, from the next question to « fin », then to consent."""

    def __init__(self, base: Base, keeper: Keeper, lines: Lines, name: str) -> None:
        role = keeper.dossier.everyone[name].role
        super().__init__(base, text.base_for(base, role), alone.side_of(base, name), keeper, lines)
        self._base = base
        self._name = name
        self._order = alone.ordering(base, role)
        self._driver.state = interview.advance(self.state, self._next)

    @property
    def _one(self) -> Respondent:
        return self._keeper.dossier.everyone[self._name]

    @property
    def _offered(self) -> Base:
        return text.base_left(self._base, self._one, self.state)

    def _next(self, answers: Answers, put_off: frozenset[str]) -> str | None:
        return self._order(answers, put_off)

    def _opening(self) -> Iterable[str]:
        return text.opening_lines(self._base, self._one, self.state)

    def _kept_lines(self) -> Iterable[str]:
        return text.kept_line(self._one, self._keeper.dossier.path), text.CLEAN

    def _ask(self) -> None:
        self._lines.say(*text.question_lines(self._worded, self.state))

    def _answered(self, question: str, value: Value | None, *, was_asked: bool) -> None:
        if not was_asked:
            self._lines.say(common.said_line(self._worded, question, value))

    def _say(self, word: str, rest: str) -> None:
        match word:
            case words.LIST:
                self._lines.say(*common.list_lines(self._offered, self.state, None))
            case words.HELP:
                self._lines.say(*text.help_lines())
            case _:
                self._refuse(words.unclear(text.NOT_HERE[word], f"« {words.HELP} » donne les mots d’ici"))

    def _adopt(self, handed: Dossier) -> None:
        self._lines.tell(JOINED)
        self._driver.adopt(handed, self._keeper.dossier)

    def _leave(self, *, is_asked: bool) -> None:
        """Whether these answers may stand beside those of others; nothing typed leaves it as it was."""
        if not is_asked:
            return
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
