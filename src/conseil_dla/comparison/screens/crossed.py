"""Views crossed: what differs and moves the advice first, what differs to no effect, what is shared, counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from conseil_dla.comparison.alone_text import CROSSED_TOPIC
from conseil_dla.comparison.crossed import Crossed, QuestionViews, cross
from conseil_dla.comparison.crossed_text import APART, FOLDED, TITLE, TITLES, TO_SAY, CrossedWords, Group
from conseil_dla.ground.french import counted
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.notice import NamingPage, stop_if_untrusted
from conseil_dla.panes.paper_choice import FILE, not_written, say_if_it_lasts, written
from conseil_dla.rules.model import Dossier
from conseil_dla.toolkit.keys import KeyBar, TitleBar, key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import InTurns, Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.disk_text import creation_failure

if TYPE_CHECKING:
    from conseil_dla.comparison.crossed_text import CrossedWords
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Base, Dossier

FOLD = "fold "
"""Before the group and the number of a theme, in the key of a row that opens and closes."""


class CrossedRows(Rows):
    """Entrée opens a question, or what is folded; Tab goes from group to group."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "ouvrir"),
        key("tab", "group(1)", "partie suivante"),
        key("shift+tab", "group(-1)", "partie précédente", "Aller à la partie précédente.", show=False),
    ]


class CrossedScreen(InTurns, Screen[None]):
    """Crosses in a worker, once: nobody answers while it is looked at."""

    AUTO_FOCUS = "#crossed"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "revenir", "Revenir aux personnes qui répondent."),
        key("left", "leave", "revenir", show=False),
        key("ctrl+e", "paper", "papier à emporter", "Écrire les regards croisés dans un fichier, à côté du dossier."),
    ]

    class Done(Message):
        """The views are crossed."""

        def __init__(self, crossed: Crossed) -> None:
            super().__init__()
            self.crossed = crossed

    def __init__(self, reader: Reader, dossier: Dossier) -> None:
        super().__init__()
        self._reader = reader
        self._dossier = dossier
        self.crossed: Crossed | None = None
        self._named: CrossedWords | None = None
        self._numbered: CrossedWords | None = None
        self._unfolded: set[str] = set()

    def compose(self) -> ComposeResult:
        """The list."""
        yield TitleBar(TITLE)
        with Vertical(id="reading"):
            yield CrossedRows([Row("Un instant…", tone="quiet")], id="crossed")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the crossing."""
        self.run_worker(self._cross, thread=True, exclusive=True, group="crossing", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A reading that fails stops the screens."""
        stop_if_untrusted(self.app, event)

    def _cross(self) -> None:
        people = self._dossier.respondents.values()
        self.post_message(self.Done(cross(self._reader.base, self._reader.conclude, people)))

    def on_crossed_screen_done(self, event: Done) -> None:
        """Show them."""
        self.crossed = event.crossed
        self._named = CrossedWords(self._reader.base, event.crossed)
        self._numbered = CrossedWords(self._reader.base, event.crossed, hides_names=True)
        self.query_one(TitleBar).say(counted(len(event.crossed.names), "personne"))
        self._show()
        self.refresh_bindings()

    def show_titles(self) -> None:
        """Names, or numbers in their place."""
        self._show(self.query_one("#crossed", Rows).current)

    @property
    def _words(self) -> CrossedWords | None:
        return self._numbered if hides_titles(self.app) else self._named

    def _show(self, at: str | None = None) -> None:
        if self._words is not None:
            self.query_one("#crossed", Rows).show(self._rows(self._words), at)

    # --- rows ---

    def _rows(self, words: CrossedWords) -> Iterable[Row]:
        for line in words.missing or words.headlines:
            yield Row(line, tone="strong")
        if words.missing:
            return
        for group in APART:
            yield from self._apart(words, group)
        for group in FOLDED:
            yield from self._folded(words, group)

    def _apart(self, words: CrossedWords, group: Group) -> Iterable[Row]:
        """Questions with their views."""
        themes = words.group(group)
        if themes:
            yield Row(TITLES[group], tone="header")
        if themes and group == "moving":
            yield Row(f"À dire ensemble\u00a0: {TO_SAY}", tone="quiet")
        for theme in themes:
            yield Row(theme.title, tone="quiet")
            for one in theme.questions:
                yield Row(words.title(one), one.question, words.moves(one), tone="strong", indent=1)
                yield from (Row(view, None, mark="· ", indent=2) for view in words.views(one))

    def _folded(self, words: CrossedWords, group: Group) -> Iterable[Row]:
        """Themes with how many questions; opened, the questions with their answer."""
        themes = words.group(group)
        if themes:
            yield Row(TITLES[group], tone="header")
        for number, theme in enumerate(themes):
            name = f"{FOLD}{group} {number}"
            is_open = name in self._unfolded
            yield Row(theme.title, name, counted(len(theme.questions), "question"), mark="– " if is_open else "+ ")
            for one in theme.questions if is_open else ():
                told = "" if group == "unheard" else " · ".join(_heard(words, one, group))
                yield Row(words.title(one), one.question, told, indent=2)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key.startswith(FOLD):
            self._unfolded ^= {event.key}
            self._show(event.key)
        elif self.crossed is not None:
            one = next(each for each in self.crossed.questions if each.question == event.key)
            self.app.push_screen(self._sheet(one))

    def _sheet(self, one: QuestionViews) -> Page:
        """One question: who says what, and what it would change."""
        named, numbered = (_blocks(words, one) for words in (self._named, self._numbered) if words is not None)
        return NamingPage(self._reader.base.entry("question", one.question).texts["libelle"], named, numbered)

    # --- a paper ---

    def action_paper(self) -> None:
        """In what kind of file; it is written in a worker."""
        from conseil_dla.papers.catalogue import FILE_KINDS  # noqa: PLC0415 - only when a paper is asked for

        def chosen(suffix: str | None) -> None:
            if suffix is not None:
                work = partial(self._write, suffix, say_if_it_lasts(self))
                self.run_worker(work, thread=True, group="paper", exit_on_error=False)

        kinds = [Row(told, suffix, suffix) for suffix, told in FILE_KINDS.items()]
        self.app.push_screen(Picker(FILE, kinds, "Chercher une sorte de fichier"), chosen)

    def _write(self, suffix: str, timer: Timer) -> None:
        from conseil_dla.papers.documents.document import NotMade  # noqa: PLC0415 - only when a paper is asked for

        if self._named is None:
            return
        try:
            page = written(write_crossed_beside(self._reader.base, self._dossier, self._named, suffix))
        except OSError as error:
            page = not_written(creation_failure(Path(self._dossier.path).parent, error))
        except NotMade as error:
            page = not_written(error.told)
        timer.stop()
        self.app.call_from_thread(self.app.push_screen, page)

    def help_topic(self) -> Topic:
        """What is crossed, and what never is."""
        return CROSSED_TOPIC

    def action_leave(self) -> None:
        """Back to the list of people."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A paper once there is something to write."""
        return bool(self.crossed and self.crossed.is_enough) if action == "paper" else True


def _heard(words: CrossedWords, one: QuestionViews, group: Group) -> tuple[str, ...]:
    answer, who = words.heard(one)
    return (answer,) if group == "shared" else (answer, who)


def _blocks(words: CrossedWords, one: QuestionViews) -> tuple[Block, ...]:
    """What each says, then what it would change."""
    if one.standing == "unheard":
        return (Block("Personne n’a répondu à cette question."),)
    blocks = [Block(view, "strong", "· ") for view in words.views(one)]
    if one.standing == "differing":
        blocks += [block for told in words.effects(one) for block in (GAP, Block(told))]
    if one.moved:
        blocks += [GAP, Block(f"À dire ensemble\u00a0: {TO_SAY}", "accent")]
    return tuple(blocks)


def write_crossed_beside(base: Base, dossier: Dossier, words: CrossedWords, suffix: str) -> Path:
    """Write them as a new file, and give its path; no file is ever replaced.

    Raises OSError when the disk refuses, and ``documents.document.BadTemplate``.
    """
    from conseil_dla.comparison.crossed_files import crossed_paper  # noqa: PLC0415
    from conseil_dla.panes.paper_writing import new_file  # noqa: PLC0415
    from conseil_dla.papers.documents.kinds import styled  # noqa: PLC0415 - only when a paper is asked for

    today = date.today()
    data = styled(crossed_paper(words, dossier.title, today), suffix, base.origin).data
    own = Path(dossier.path)
    return new_file(own.parent, f"{own.stem}-regards-croises-{today:%Y-%m-%d}", suffix, data)
