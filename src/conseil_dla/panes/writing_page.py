"""A page where one writes: what is typed is a draft until it is saved; leaving asks first when something was typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, Input, TextArea

from conseil_dla.dossiers.drafts import Draft, Purpose, forget
from conseil_dla.panes.comfort import SOON, DraftingApp
from conseil_dla.panes.notice import ERASE, LEAVE, RESUME, UnsavedPage, give_up_writing
from conseil_dla.toolkit.fields import joined
from conseil_dla.toolkit.keys import KeyBar, key
from conseil_dla.toolkit.sheets import ModalScreen

Given = TypeVar("Given")


class WritingPage(ModalScreen[Given | None], Generic[Given]):
    """Gives back None when it is left. A text typed here another day, and saved nowhere, is offered first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f1", "app.help_page", "aide", "L’aide sur ce que vous regardez, puis les touches."),
    ]
    draft_name: str
    """What is written here, in French and without anybody’s words: « une note »."""
    draft_item = ""
    """Which one, where a dossier has several."""

    class Found(Message):
        """A text typed here and saved nowhere, or none."""

        def __init__(self, draft: Draft | None) -> None:
            super().__init__()
            self.draft = draft

    is_turning = True
    """True until it is known whether a draft is to be offered: what is typed meanwhile must not land there."""

    @property
    @abstractmethod
    def has_typed(self) -> bool:
        """True when leaving now would lose something."""

    # --- drafts ---

    @property
    def _drafting(self) -> DraftingApp:
        assert isinstance(self.app, DraftingApp)
        return self.app

    @property
    def _typed(self) -> dict[str, str]:
        """What each field holds, by its name."""
        lines = {field.id or "": field.value for field in self.query(Input)}
        return lines | {field.id or "": field.text for field in self.query(TextArea)}

    def on_mount(self) -> None:
        """Look for a draft, in a worker."""
        self._place = Purpose(type(self).__name__, file_in_hand(self._drafting), self.draft_item)
        self._at_first = self._typed
        self.run_worker(self._look, thread=True, group="drafts")

    def _look(self) -> None:
        self.post_message(self.Found(self._drafting.drafts.found(self._place)))

    @on(Found)
    def _offer(self, event: Found) -> None:
        self.is_turning = False
        draft = event.draft
        if draft is None or not self.is_current:
            return
        if all(draft.texts.get(id, text) == text for id, text in self._typed.items()):
            self._forget(draft)  # it was saved, and the program stopped right then
        else:
            self.app.push_screen(UnsavedPage(draft.since), partial(self._decided, draft))

    def _decided(self, draft: Draft, chosen: str | None) -> None:
        if chosen == RESUME:
            for field in self.query(Input):
                field.value = joined(draft.texts.get(field.id or "", field.value))
            for area in self.query(TextArea):
                area.text = draft.texts.get(area.id or "", area.text)
                area.move_cursor(area.document.end)
            self._hold()
            self.run_worker(partial(self._drafting.drafts.take_up, draft), thread=True, group="drafts")
        elif chosen == ERASE:
            self._forget(draft)

    def _forget(self, draft: Draft) -> None:
        self.run_worker(partial(forget, draft), thread=True, group="drafts")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _hold(self) -> None:
        drafts, texts = self._drafting.drafts, self._typed
        if texts == self._at_first:
            drafts.let_go(self._place)
        else:
            drafts.hold(self._place, self.draft_name, texts)
        self._drafting.write_drafts(SOON)

    def dismiss(self, result: Given | None = None) -> AwaitComplete:
        """With nothing, the draft goes; else once what is given back is saved."""
        if result is None:
            self._drafting.drafts.let_go(self._place)
            self._drafting.write_drafts()
        else:
            self._drafting.drafts.hand_over(self._place)
        return super().dismiss(result)

    # --- leaving ---

    def action_leave(self) -> None:
        """Give up, after a question when something was typed."""
        if self.has_typed:
            self.app.push_screen(give_up_writing(), self._given_up)
        else:
            self.dismiss(None)

    def _given_up(self, chosen: str | None) -> None:
        if chosen == LEAVE:
            self.dismiss(None)


def file_in_hand(app: App[Any]) -> str:
    """Path of the dossier, or of the workshop, over which a page stands; empty where there is none yet."""
    return next((path for screen in app.screen_stack if (path := getattr(screen, "file_in_hand", ""))), "")


class KeepingPage(WritingPage[Given]):
    """Two buttons: keep what is written, or leave what was there."""

    before: Given
    """What was there when the page opened."""

    @property
    @abstractmethod
    def given(self) -> Given:
        """What stands on the page."""

    def foot(
        self, keep: str = "Garder", leave: str = "Laisser comme avant", beside: Iterable[Button] = ()
    ) -> ComposeResult:
        """The two buttons, others between them, and the bar of keys."""
        with Horizontal(classes="buttons"):
            yield Button(keep, id="keep", compact=True)
            yield from beside
            yield Button(leave, id="leave", compact=True)
        yield KeyBar()

    @property
    def has_typed(self) -> bool:
        """True when it differs from what was there."""
        return self.given != self.before

    def action_keep(self) -> None:
        """Give it back."""
        self.dismiss(self.given)

    @on(Button.Pressed, "#keep")
    def _keep_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_keep()

    @on(Button.Pressed, "#leave")
    def _leave_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_leave()
