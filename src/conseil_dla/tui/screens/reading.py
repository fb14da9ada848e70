"""The whole reading, line by line; each line opens on why and leads to its question. Also reads a real experience."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.worker import Worker

from conseil_dla.model import Dossier
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.reporting.french import counted
from conseil_dla.reporting.help_text import Topic
from conseil_dla.reporting.line_help import line_topic
from conseil_dla.reporting.lines import Line
from conseil_dla.reporting.outline import NOTHING_AHEAD, outline
from conseil_dla.sessions.interview import Interview
from conseil_dla.tui.keys import key
from conseil_dla.tui.screens.finding import LIST_KEY, SEARCH_KEYS, THEMES_KEY, FindingScreen
from conseil_dla.tui.screens.why import TO_QUESTION, WhyPage, question_page
from conseil_dla.tui.trust import stop_if_untrusted
from conseil_dla.tui.widgets.bars import KeyBar, TitleBar
from conseil_dla.tui.widgets.compass import Compass
from conseil_dla.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

EXPERIENCE = "Une expérience à lire"
READ_ONLY = "Lecture seule"
TO_OPINION = "mon avis"
"""Given back instead of a question, when the officer's own opinion is wanted; no id holds a space."""


class ReadingRows(Rows):
    """Entrée says why, or goes to the question, where the line under the cursor has one or the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "why", "pourquoi", "Pourquoi cette ligne."),
        key("enter", "go", "sa question"),
    ]
    what: Literal["why", "go", ""] = ""
    """What choosing the line under the cursor does."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the line has."""
        return action == self.what if action in ("why", "go", "choose") else True

    def action_choose(self) -> None:
        """A click on a line that has nothing more to say only puts the cursor there."""
        if self.what:
            super().action_choose()

    def action_why(self) -> None:
        """Say why."""
        self.action_choose()

    def action_go(self) -> None:
        """To its question."""
        self.action_choose()


class ReadingScreen(FindingScreen[str | None]):
    """Gives back the question to go to, or None.

    A case is read only, and so is a dossier open elsewhere: nothing is ever written to its file.
    """

    AUTO_FOCUS = "#reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right", "question", "sa question", "Aller à la question dont cette ligne dépend."),
        LIST_KEY,
        *SEARCH_KEYS,
        key("escape", "leave", "revenir", "Revenir là d’où l’on vient."),
        key("f6", "to_question", "revenir"),
        key("f5", "opinion", "mon avis", "Écrire l’avis que vous retenez."),
        key("left", "leave", "revenir", show=False),
        key("f7", "glance", "boussole", "Montrer ou cacher la boussole."),
        key("tab", "focus_panel", "boussole", "Aller à la boussole, pour en ouvrir les places."),
        key("f4", "copy", "en faire un dossier", "Copier cette expérience dans un nouveau dossier."),
        THEMES_KEY,
    ]

    class Copy(Message):
        """This case is wanted as a new dossier."""

        def __init__(self, case: Dossier) -> None:
            super().__init__()
            self.case = case

    class Read(Message):
        """A case's reading is ready, or what could turn a reading."""

        def __init__(self, reading: Reading, prospects: Prospects | None = None) -> None:
            super().__init__()
            self.reading = reading
            self.prospects = prospects

    def __init__(
        self,
        reader: Reader,
        reading: Reading | None,
        dossier: Dossier,
        prospects: Prospects | None = None,
        *,
        is_case: bool = False,
        is_elsewhere: bool = False,
    ) -> None:
        """``is_elsewhere``: another window writes in this dossier."""
        super().__init__()
        self.prospects = prospects
        self.reader = reader
        self.reading = reading
        self.dossier = dossier
        self.is_case = is_case
        self.is_read_only = is_case or is_elsewhere
        self._lines: list[Line] = []

    def compose(self) -> ComposeResult:
        """The lines, and the compass beside them."""
        what = EXPERIENCE if self.is_case else READ_ONLY if self.is_read_only else "Lecture"
        yield TitleBar(f"{what} · {self.dossier.title}", counted(len(self.dossier.answers), "réponse"))
        with Horizontal(id="page"):
            yield ReadingRows([Row("Un instant…", tone="quiet")], id="reading")
            with VerticalScroll(id="panel", can_focus=False):
                yield Compass(self.reader.base)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the reading, or make it first; what could turn it comes when it is ready."""
        self._show()
        if self.prospects is None:
            self.run_worker(self._read, thread=True, exclusive=True, group="reading", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    def _read(self) -> None:
        reading = self.reading
        if reading is None:
            reading = self.reader.read_dossier(self.dossier)
            self.post_message(self.Read(reading))
        self.post_message(self.Read(reading, self.reader.prospects(reading)))

    def on_reading_screen_read(self, event: Read) -> None:
        """Show it, the cursor staying where it is."""
        current = self._line
        self.reading, self.prospects = event.reading, event.prospects
        self._show(current)

    def _show(self, at: Line | None = None) -> None:
        if self.reading is None:
            return
        ahead = self.prospects or NOTHING_AHEAD
        sections = outline(self.reader.base, self.reading, ahead, self.dossier)
        self._lines = []
        rows: list[Row] = []
        for section in sections:
            rows += [Row(""), Row(section.title, tone="header")] if rows else [Row(section.title, tone="header")]
            for line in section.lines:
                tone = "strong" if line.main else "plain"
                rows.append(Row(line.text, str(len(self._lines)), tone=tone, indent=line.indent))  # type: ignore[arg-type]
                self._lines.append(line)
        self.query_one("#reading", Rows).show(rows, str(self._lines.index(at)) if at in self._lines else None)
        self.query_one(Compass).show(self.reading.posture)
        self._follow_line()

    @property
    def _line(self) -> Line | None:
        """The line under the cursor."""
        current = self.query_one("#reading", Rows).current
        return self._lines[int(current)] if current is not None and self._lines else None

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        line = self._line
        if line is None or self.reading is None:
            return
        if line.target is not None:
            leads = bool(line.question) and not self.is_read_only
            page = WhyPage(self.reader, self.reading, line.target, leads=leads)
            self.app.push_screen(page, partial(self._why_closed, line))
        elif line.question is not None and self.is_read_only:
            self.app.push_screen(question_page(self.reader.base, line.question))
        elif line.question is not None:
            self.dismiss(line.question)

    def _why_closed(self, line: Line, chosen: str | None) -> None:
        if chosen == TO_QUESTION:
            self.dismiss(line.question)

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._follow_line()

    def _follow_line(self) -> None:
        """The keys offered are those of the line under the cursor."""
        line, rows = self._line, self.query_one(ReadingRows)
        has_why = line is not None and bool(line.target or (line.question and self.is_read_only))
        rows.what = "why" if has_why else "go" if line is not None and line.question else ""
        self.refresh_bindings()

    def action_question(self) -> None:
        """To the line's question."""
        if self._line is not None and self._line.question is not None:
            self.dismiss(self._line.question)

    def action_opinion(self) -> None:
        """Back, to write one's own opinion."""
        self.dismiss(TO_OPINION)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_to_question(self) -> None:
        """Back to the question where the reading was asked for."""
        self.dismiss(None)

    @property
    def standing(self) -> Interview:
        """The dossier's answers, and those that its table gives."""
        dossier = self.dossier
        known = self.reading.answers if self.reading else dossier.answers
        return Interview(dossier.answers, dossier.declined, dossier.notes, known)

    def go_to(self, question: str | None) -> None:
        """Back, to that question."""
        if question is not None:
            self.dismiss(question)

    def help_topic(self) -> Topic | None:
        """What the line under the cursor is."""
        line = self._line
        if line is None or self.reading is None:
            return None
        base = self.reader.base
        sections = outline(base, self.reading, self.prospects or NOTHING_AHEAD, self.dossier)
        return line_topic(base, self.reading, sections, line)

    def focus_panel(self) -> None:
        """The compass has the keys: its places open."""
        self.query_one(Compass).focus()

    def focus_page(self) -> None:
        """Back to the lines."""
        self.query_one("#reading").focus()

    def action_copy(self) -> None:
        """A dossier of one's own from this case."""
        self.post_message(self.Copy(self.dossier))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "question":
                leads = self.is_mounted and self._line is not None and bool(self._line.question)
                return leads and not self.is_read_only and not self.is_at_glance
            case "list" | "to_theme" | "to_question" | "opinion":
                return not self.is_read_only
            case "copy":
                return self.is_case
            case "glance":
                return self.is_narrow
            case "focus_panel":
                return not self.is_narrow
        return super().check_action(action, parameters)
