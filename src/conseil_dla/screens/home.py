"""The first screen: begin, resume, or read an experience."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from conseil_dla.ground.files import SERVED_VARIABLE, dossiers_named
from conseil_dla.ground.french import NBSP, counted, spaced
from conseil_dla.panes.shelf import Case, Latest, standing
from conseil_dla.toolkit.keys import KeyBar, TitleBar, key
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.disk_text import kept_where

if TYPE_CHECKING:
    from conseil_dla.ground.topic import Topic

NEW = "new"
LAST = "last"
ALL = "all"
TERRITORY = "territory"
WORKSHOP = "workshop"
LOADING = "Chargement des règles…"


class HomeRows(Rows):
    """Entrée opens."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "ouvrir")]


class HomeScreen(Screen[None]):
    """One list: what to begin, what to resume, what to read. It may be projected: no dossier is named."""

    AUTO_FOCUS = "#home"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2", "new", "nouveau dossier", "Commencer un nouveau dossier."),
    ]

    class Wants(Message):
        """Something was chosen: a new dossier (no path), a dossier to resume, or a case to read."""

        def __init__(self, path: Path | None, is_case: bool = False) -> None:
            super().__init__()
            self.path = path
            self.is_case = is_case

    class WantsList(Message):
        """The list of one's own dossiers was chosen."""

    class WantsWorkshop(Message):
        """A workshop was chosen."""

    class WantsTerritory(Message):
        """The territory profile was chosen."""

    def __init__(self, is_passed_by: bool = False) -> None:
        """``is_passed_by``: something is opened over it at once, and it shows nothing until then."""
        super().__init__()
        self._is_passed_by = is_passed_by
        self._latest = Latest()
        self._cases: Sequence[Case] = ()
        self._unread = 0

    def compose(self) -> ComposeResult:
        """Two sentences and the list."""
        yield TitleBar("", LOADING)
        with Vertical(id="home-page"):
            yield Paragraphs(
                Block("Préparer un accompagnement collectif", "title"),
                Block(
                    "Décrivez un projet en quelques réponses : quel format proposer, quelle place tenir, "
                    "quoi régler d’abord.".replace(" :", f"{NBSP}:")
                ),
                id="home-lead",
            )
            yield HomeRows(self._rows(), id="home")
            yield Paragraphs(
                Block(kept_where(dossiers_named(), os.environ.get(SERVED_VARIABLE, "")), "quiet"), id="privacy"
            )
        yield KeyBar()

    def on_mount(self) -> None:
        """What cannot be chosen yet is not shown."""
        if self._is_passed_by:
            self._show(False)

    def on_screen_suspend(self) -> None:
        """From what comes over it, one comes back here."""
        self.show_all()

    def show_all(self) -> None:
        """Nothing is opened over it any more."""
        if self._is_passed_by:
            self._is_passed_by = False
            self._show(True)

    def _show(self, is_shown: bool) -> None:
        for part in self.query("#home-page, KeyBar"):
            part.display = is_shown

    def list_latest(self, latest: Latest) -> None:
        """What there is to resume."""
        self._latest = latest
        self._refresh()

    def list_cases(self, cases: Sequence[Case], unread: int) -> None:
        """Experiences to read, and how many are not."""
        self._cases, self._unread = cases, unread
        self._refresh()

    def say(self, state: str) -> None:
        """How the opening goes."""
        self.query_one(TitleBar).say(state)

    def _refresh(self) -> None:
        rows = self.query_one("#home", Rows)
        rows.show(self._rows(), rows.current)

    def _rows(self) -> list[Row]:
        rows = [Row("Commencer", tone="header"), Row("Nouveau dossier", NEW, tone="strong")]
        last, aside = self._latest.last, self._latest.aside
        if last is not None or aside:
            rows += [Row(""), Row("Reprendre", tone="header")]
            rows += [Row("Le dernier dossier", LAST, standing(last))] if last is not None else []
            apart = counted(aside, "fichier à part", "fichiers à part") if aside else ""
            rows.append(Row(f"Tous mes dossiers ({self._latest.number})", ALL, apart))
        rows += [Row(""), Row("Préparer", tone="header")]
        rows.append(Row("Profil du territoire", TERRITORY, "repris par vos nouveaux dossiers"))
        rows.append(Row("Un atelier, avec une salle", WORKSHOP, "un scénario, jamais vos dossiers"))
        if self._cases or self._unread:
            rows += [Row(""), Row("Expériences réelles, à lire", tone="header")]
        if self._unread:
            told = counted(self._unread, "ne se lit pas", "ne se lisent pas")
            rows.append(Row(spaced(f"{told} : « conseil-dla regles verifier » dit pourquoi"), tone="quiet"))
        for number, case in enumerate(self._cases):
            if case.seen and not (number and self._cases[number - 1].seen):
                rows += [Row(""), Row("Racontées ailleurs que dans la note", tone="header")]
            rows.append(Row(case.title, f"case {number}", case.seen))
        return rows

    def help_topic(self) -> Topic:
        """What is listed here."""
        from conseil_dla.wording.help_text import HOME_TOPIC  # noqa: PLC0415 - after the first paint

        return HOME_TOPIC

    def action_new(self) -> None:
        """Begin a dossier."""
        self.post_message(self.Wants(None))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        kind, _, number = event.key.partition(" ")
        if kind == NEW:
            self.action_new()
        elif kind == WORKSHOP:
            self.post_message(self.WantsWorkshop())
        elif kind == TERRITORY:
            self.post_message(self.WantsTerritory())
        elif kind == LAST and self._latest.last is not None:
            self.post_message(self.Wants(self._latest.last.path))
        elif kind == ALL:
            self.post_message(self.WantsList())
        else:
            self.post_message(self.Wants(self._cases[int(number)].path, is_case=True))
