"""A questionnaire whose last changes are taken back, and given again: answers, notes and what is kept beside them."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

from conseil_dla.reporting.retracing import redone_text, undone_text
from conseil_dla.sessions import interview
from conseil_dla.tui.comfort import hides_titles
from conseil_dla.tui.keys import key_name
from conseil_dla.tui.screens.crossing import CrossingScreen
from conseil_dla.tui.screens.note import NotePage


class RetracingScreen(CrossingScreen):
    """Says in one line what was taken back or given again."""

    @abstractmethod
    def tell(self, text: str) -> None:
        """Say something in one line, until another question is shown."""

    def action_undo(self) -> None:
        """Take the last change back."""
        self._tell_retraced(self.retraced(again=False))

    def action_redo(self) -> None:
        """Give again what was taken back."""
        self._tell_retraced(self.retraced(again=True))

    def _tell_retraced(self, told: str) -> None:
        if told:
            self.tell(told)

    def retraced(self, *, again: bool) -> str:
        """One step of the one journal, forth or back."""
        was, discreetly = self.state, hides_titles(self.app)
        moved = interview.redo(was) if again else interview.undo(was)
        self.state = self.recounted(moved)
        self.written()
        self.show_titles()
        if was.profile is not None and moved.profile not in (None, was.profile):
            self.change_profile(was.profile, moved.profile)
        if again:
            return redone_text(self.reader.base, was, moved, discreetly=discreetly)
        told = undone_text(self.reader.base, was, moved, discreetly=discreetly)
        return told and f"{told} {key_name('ctrl+y')} rétablit."

    def action_note(self) -> None:
        """A note on this question."""
        id = self.state.current
        if id is not None:
            libelle = self.reader.base.entry("question", id).texts["libelle"]
            self.app.push_screen(NotePage(libelle, self.state.notes.get(id, "")), partial(self._noted, id))

    def _noted(self, question: str, text: str | None) -> None:
        if text is not None:
            self.state = interview.note(self.state, question, text)
            self.written(is_read_again=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be taken back, or given again."""
        match action:
            case "undo":
                return self.state.before is not None
            case "redo":
                return self.state.after is not None
            case "note":
                return self.state.current is not None
        return super().check_action(action, parameters)
