"""A screen on a dossier, from which one finds one's way: every question, a theme, anything by its words, every page."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.worker import Worker

from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.notice import stop_if_untrusted
from conseil_dla.panes.panel_beside import GlancingScreen
from conseil_dla.panes.question_sheet import questions_picker, themes_picker
from conseil_dla.panes.why import TO_QUESTION, WhyPage, question_page
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import KINDS, Base, Kind
from conseil_dla.screens.dossier_pages import page_named
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page, spaced
from conseil_dla.wording.search_index import QUESTION, WORD, Findable, index, word_text

Given = TypeVar("Given")

LIST_KEY: Binding = key(
    "f3", "list", "questions", "Voir toutes les questions et leurs réponses, aller à l’une d’elles."
)
TO_SEARCH = "Chercher parmi les questions, les conclusions et les mots d’hier."
SEARCH_KEYS: tuple[Binding, ...] = (
    key("ctrl+f", "search", "chercher", TO_SEARCH, priority=True),
    key("ctrl+f", "search_unlisted", "chercher", TO_SEARCH, show=False, priority=True),
)
"""Before the fields: Textual documents this key as one of theirs. The second one where the bar has no room."""
THEMES_KEY: Binding = key(
    "ctrl+o", "to_theme", "aller à un thème", "Aller à un thème, et voir ce qui y est répondu.", show=False
)


class SearchPicker(Picker):
    """Tab goes from kind to kind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "group(1)", "rubrique suivante"),
        key("shift+tab", "group(-1)", "rubrique précédente", "Aller à la rubrique précédente.", show=False),
    ]


def search_rows(base: Base, state: Interview, reading: Reading) -> list[Row]:
    """Everything that can be found; the key of a row is « kind id »."""
    rows: list[Row] = []
    for chapter in index(base, state, reading):
        rows.append(Row(chapter.title, tone="header"))
        rows += [_row(entry) for entry in chapter.entries]
    return rows


def _row(entry: Findable) -> Row:
    key = None if entry.is_aside else f"{entry.kind} {entry.id}"
    return Row(entry.title, key, entry.standing, tone="quiet" if entry.is_aside else "plain", also=entry.also)


class FindingScreen(GlancingScreen[Given], Generic[Given]):
    """Goes to the question found; where nothing can be answered, opens its page instead."""

    is_read_only = False

    class Leads(Message):
        """The question that a conclusion hangs on was looked for."""

        def __init__(self, question: str | None) -> None:
            super().__init__()
            self.question = question

    @property
    @abstractmethod
    def standing(self) -> Interview:
        """Answers and notes as they stand."""

    @abstractmethod
    def go_to(self, question: str | None) -> None:
        """Show a question to be answered."""

    @abstractmethod
    def write_on(self, page: DossierPage) -> None:
        """Open a page that writes in the dossier."""

    def may_open(self, page: DossierPage) -> bool:
        """May this page be opened on what the screen shows?"""
        return True

    def action_open_page(self, name: str) -> None:
        """A page of the table, by its name."""
        page = page_named(name)
        if page.shows is not None:
            page.shows(self)
        else:
            self.write_on(page)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    def action_list(self) -> None:
        """All the questions; the one chosen is gone to."""
        self.app.push_screen(questions_picker(self.reader.base, self.standing, self.reading), self.go_to)

    def action_to_theme(self) -> None:
        """All the themes; the first question without an answer of the one chosen is gone to."""
        self.app.push_screen(themes_picker(self.reader.base, self.standing, self.reading), self.go_to)

    def action_search_unlisted(self) -> None:
        """Anything, by its words."""
        self.action_search()

    def action_search(self) -> None:
        """Anything, by its words."""
        if self.reading is not None:
            rows = search_rows(self.reader.base, self.standing, self.reading)
            page = SearchPicker("Chercher", rows, "Une question, une conclusion, un mot")
            self.app.push_screen(page, self._found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Search once there is a reading, by one of the two bindings, as the width is; pages where they make sense."""
        if action == "open_page":
            page = page_named(str(parameters[0]))
            return self.may_open(page) and page.makes_sense(self.standing, self.reading)
        if action in ("search", "search_unlisted"):
            return self.reading is not None and self.is_narrow == (action == "search_unlisted")
        return super().check_action(action, parameters)

    def _found(self, chosen: str | None) -> None:
        if chosen is None or self.reading is None:
            return
        base, (name, id) = self.reader.base, chosen.split(" ", 1)
        if name == QUESTION and not self.is_read_only:
            self.go_to(id)
        elif name == QUESTION:
            self.app.push_screen(question_page(base, id))
        elif name == WORD:
            self.app.push_screen(Page(base.title(WORD, id), spaced(word_text(base.entry(WORD, id)))))
        else:
            self.tell_why((next(kind for kind in KINDS if kind == name), id))

    # --- why, and to the question ---

    def tell_why(self, target: tuple[Kind, str] | None, question: str | None = None) -> None:
        """Why a conclusion is drawn or not, or why a question is asked; from there, to the question."""
        leads = not self.is_read_only
        page: Page
        if target is not None and self.reading is not None:
            page = WhyPage(self.reader, self.reading, target, leads=leads)
        elif question is not None:
            page = question_page(self.reader.base, question, leads=leads)
        else:
            return
        self.app.push_screen(page, partial(self._why_read, target, question))

    def _why_read(self, target: tuple[Kind, str] | None, question: str | None, chosen: str | None) -> None:
        if chosen == TO_QUESTION:
            self.lead_to(target, question)

    def lead_to(self, target: tuple[Kind, str] | None, question: str | None) -> None:
        """To the question; for a conclusion alone, to the one that it hangs on, which is looked for in a worker."""
        if question is not None:
            self.go_to(question)
        elif target is not None:
            look = partial(self._look_for_question, target)
            self.run_worker(look, thread=True, exclusive=True, group="leading", exit_on_error=False)

    def _look_for_question(self, target: tuple[Kind, str]) -> None:
        if self.reading is not None:
            self.post_message(self.Leads(self.reader.question_of(self.reading, *target)))

    def on_finding_screen_leads(self, event: Leads) -> None:
        """Go there, unless one has gone elsewhere meanwhile."""
        if not self.is_current:
            return
        if event.question is None:
            self.app.notify("Aucune question n’en décide.", markup=False)
        else:
            self.go_to(event.question)
