"""The whole reading, line by line; each line opens on why and leads to its question. Also reads a real experience."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from conseil_dla.ground.french import counted
from conseil_dla.ground.topic import Topic
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.panes.comfort import as_shown
from conseil_dla.panes.compass import Compass
from conseil_dla.panes.dossier_page import PREFIX, DossierPage
from conseil_dla.panes.shelf import experiences
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier
from conseil_dla.screens.dossier_pages import keys_on
from conseil_dla.screens.dossier_texts import OPINION
from conseil_dla.screens.finding import LIST_KEY, SEARCH_KEYS, THEMES_KEY, FindingScreen
from conseil_dla.toolkit.keys import KeyBar, TitleBar, key
from conseil_dla.toolkit.rows import Row, Rows, RowTone
from conseil_dla.wording.discretion import HIDDEN_TEXTS, has_texts
from conseil_dla.wording.lines import Line, line_topic
from conseil_dla.wording.outline import TO_WRITE, outline

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

What = Literal["why", "unfold", "read", "write", ""]
"""What Entrée does on a line: say why, show what is folded, read the experience, write one's opinion."""


def what_of(line: Line | None, *, is_read_only: bool) -> What:
    """What the line under the cursor has to give."""
    if line is None:
        return ""
    if line.folded:
        return "unfold"
    if line.case:
        return "read"
    if line.writes_opinion:
        return "" if is_read_only else "write"
    return "why" if line.target or line.question else ""


class ReadingRows(Rows):
    """Entrée says why, or does what else the line under the cursor is there for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "why", "pourquoi", "Pourquoi cette ligne."),
        key("enter", "unfold", "déplier", "Montrer ce que cette ligne résume."),
        key("enter", "read", "lire cette expérience", "Ouvrir la lecture de cette expérience."),
        key("enter", "write", "écrire", "Écrire l’avis que vous retenez."),
    ]
    what: What = ""
    """What choosing the line under the cursor does."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the line has."""
        return action == self.what if action in ("why", "unfold", "read", "write", "choose") else True

    def action_choose(self) -> None:
        """A click on a line that has nothing more to say only puts the cursor there."""
        if self.what:
            super().action_choose()

    action_why = action_unfold = action_read = action_write = action_choose


def unfolded(lines: Iterable[Line], opened: set[Line]) -> Iterator[Line]:
    """The lines, those that were unfolded giving what they stand for."""
    for line in lines:
        yield from line.folded if line in opened else (line,)


# --- the screen -------------------------------------------------------------------------------------------------------

EXPERIENCE = "Une expérience à lire"
READ_ONLY = "Lecture seule"


class ReadingScreen(FindingScreen[str | None]):
    """Gives back the question to go to, the page to open over it (after ``PREFIX``), or None.

    A case is read only, and so is a dossier open elsewhere: nothing is ever written to its file.
    """

    AUTO_FOCUS = "#reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right", "question", "sa question", "Aller à la question dont cette ligne dépend le plus."),
        LIST_KEY,
        *SEARCH_KEYS,
        key("escape", "leave", "revenir", "Revenir là d’où l’on vient."),
        key("f6", "to_question", "revenir"),
        *keys_on("reading"),
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
        """A case's reading is ready, or all that goes with a reading."""

        def __init__(self, whole: Whole) -> None:
            super().__init__()
            self.whole = whole

    def __init__(
        self,
        reader: Reader,
        dossier: Dossier,
        whole: Whole | None = None,
        *,
        is_case: bool = False,
        is_elsewhere: bool = False,
        is_beside: bool = False,
    ) -> None:
        """``is_elsewhere``: another window writes in this dossier; ``is_beside``: a case over a dossier in hand."""
        super().__init__()
        self.reader = reader
        self._dossier = dossier
        self.whole = whole
        self.is_case = is_case
        self.is_read_only = is_case or is_elsewhere
        self._is_beside = is_beside
        self._lines: list[Line] = []
        self._unfolded: set[Line] = set()

    def compose(self) -> ComposeResult:
        """The lines, and the compass beside them."""
        yield TitleBar(self._subject, counted(len(self.dossier.answers), "réponse"))
        with Horizontal(id="page"):
            yield ReadingRows([Row("Un instant…", tone="quiet")], id="reading")
            with VerticalScroll(id="panel", can_focus=False):
                yield Compass(self.reader.base)
        yield KeyBar()

    @property
    def dossier(self) -> Dossier:
        """As it was read."""
        return self._dossier

    @property
    def _shown(self) -> Dossier:
        """The dossier without what is not to be seen; a case is public."""
        return self.dossier if self.is_case else as_shown(self.app, self.dossier)

    @property
    def _subject(self) -> str:
        what = EXPERIENCE if self.is_case else READ_ONLY if self.is_read_only else "Lecture"
        return f"{what} · {self._shown.title}"

    def show_titles(self) -> None:
        """The title and the free texts, or one line in their place."""
        self.query_one(TitleBar).rename(self._subject)
        self._show(self._line)

    def on_mount(self) -> None:
        """Show the reading; all that goes with it is looked for once it is painted."""
        self._show()
        self.call_after_refresh(
            self.run_worker, self._read, thread=True, exclusive=True, group="reading", exit_on_error=False
        )

    def _read(self) -> None:
        whole = self.whole
        if whole is None:
            whole = Whole(self.reader.base, self.reader.read_dossier(self.dossier), self.dossier)
            self.post_message(self.Read(whole))
        beside = () if self.is_case else experiences(self.reader.base)
        self.post_message(self.Read(self.reader.completed(whole, date.today(), beside)))

    def on_reading_screen_read(self, event: Read) -> None:
        """Show it, the cursor staying where it is."""
        self.whole = event.whole
        self._show(self._line)

    def _show(self, at: Line | None = None) -> None:
        if self.whole is None:
            return
        self._lines = []
        is_hiding = self._shown is not self.dossier and has_texts(self.dossier)
        rows = [Row(HIDDEN_TEXTS, tone="quiet")] if is_hiding else []
        for section in outline(replace(self.whole, dossier=self._shown)):
            if section.key == TO_WRITE and self.dossier.opinion:
                continue
            if section.title:
                rows += [Row("")] if rows else []
                rows.append(Row(section.title, tone="header"))
            for line in unfolded(section.lines, self._unfolded):
                tone: RowTone = "strong" if line.main else "plain"
                rows.append(Row(line.text, str(len(self._lines)), tone=tone, indent=line.indent, sides=line.sides))
                self._lines.append(line)
        self.query_one("#reading", Rows).show(rows, str(self._lines.index(at)) if at in self._lines else None)
        self.query_one(Compass).show(self.whole.reading.posture)
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
        match what_of(line, is_read_only=self.is_read_only):
            case "unfold":
                self._unfolded.add(line)
                self._show(line.folded[0])
            case "read":
                self._read_case(line.case)
            case "write":
                self.write_on(OPINION)
            case "why":
                self.tell_why(line.target, line.question)

    def _read_case(self, path: str) -> None:
        """The experience over this reading; one comes back to the same line."""
        for near in (self.whole.nearest, self.whole.nearest_seen) if self.whole else ():
            if near is not None and near.case.path == path:
                self.app.push_screen(ReadingScreen(self.reader, near.case, is_case=True, is_beside=True))

    @on(Rows.Moved)
    def _moved(self, event: Rows.Moved) -> None:
        event.stop()
        self._follow_line()

    def _follow_line(self) -> None:
        """The keys offered are those of the line under the cursor."""
        self.query_one(ReadingRows).what = what_of(self._line, is_read_only=self.is_read_only)
        self.refresh_bindings()

    def action_question(self) -> None:
        """To the line's question."""
        if self._line is not None:
            self.lead_to(self._line.target, self._line.question)

    def write_on(self, page: DossierPage) -> None:
        """Back to the questionnaire, which has the dossier in hand, and opens it."""
        self.dismiss(f"{PREFIX}{page.name}")

    def may_open(self, page: DossierPage) -> bool:
        """What is only read is written in by nobody; an experience is no dossier to take a paper from."""
        return not self.is_case if page.writes is None else not self.is_read_only

    def renew(self, handed: Dossier, found: Dossier) -> None:
        """Read again what the dossier has become; an experience is nobody's to change."""
        if not self.is_read_only:
            self._dossier, self.whole = found, None
            self.run_worker(self._read, thread=True, exclusive=True, group="reading", exit_on_error=False)

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
        return Interview(dossier.answers, dossier.declined, dossier.notes, counted=known)

    def go_to(self, question: str | None) -> None:
        """Back, to that question."""
        if question is not None:
            self.dismiss(question)

    def help_topic(self) -> Topic | None:
        """What the line under the cursor is."""
        line = self._line
        if line is None or self.whole is None:
            return None
        sections = outline(replace(self.whole, dossier=self.dossier))
        return line_topic(self.reader.base, self.whole.reading, sections, line)

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
                line = self._line if self.is_mounted else None
                leads = line is not None and bool(line.question or line.target)
                return leads and not self.is_read_only and not self.is_at_glance
            case "list" | "to_theme" | "to_question":
                return not self.is_read_only
            case "copy":
                return self.is_case and not self._is_beside
        return super().check_action(action, parameters)
