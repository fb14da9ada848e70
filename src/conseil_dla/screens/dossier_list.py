"""Every dossier of one's own, to search among; and a dossier beside its copy: what differs, and which one is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.app import App

from conseil_dla.ground.french import NBSP, counted, quoted, spaced
from conseil_dla.panes import shelf
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.notice import NamingPage, could_not_open
from conseil_dla.panes.shelf import standing
from conseil_dla.toolkit.picker import Picker, SearchField, matching
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.diagnostic_text import aside_lines
from conseil_dla.wording.discretion import discreet_row
from conseil_dla.wording.disk_text import held_text

if TYPE_CHECKING:
    from conseil_dla.ground.shelving import Aside
    from conseil_dla.panes.shelf import BegunDossier
    from conseil_dla.reading.compose import Reader

WAIT = Row("Un instant…", tone="quiet")
UNSETTLED = f"copie à départager{NBSP}: "
CHOOSE = "comparer, garder"
NONE = Row("Il n’y a encore aucun dossier.", tone="quiet")


class DossiersPicker(Picker):
    """Gives back the path of the dossier chosen, or None. Shows at once; the list comes when it is ready."""

    def __init__(self) -> None:
        super().__init__("Tous mes dossiers", (WAIT,), "Chercher un titre, un jour")
        self._saved: Sequence[BegunDossier] | None = None
        self._aside: Sequence[Aside] = ()

    @property
    def copies(self) -> Mapping[str, Path]:
        """The original of each copy listed, by its path."""
        return {str(one.path): one.original for one in self._aside if one.original is not None}

    def list_saved(self, saved: Sequence[BegunDossier], aside: Sequence[Aside] = ()) -> None:
        """The dossiers, or the same better known, and what lies among them; what is typed and the cursor stay."""
        self._saved, self._aside = saved, aside
        self.show_titles()

    def show_titles(self) -> None:
        """Titles, or days in their place. The list may be ready before the page is."""
        if self._saved is None:
            return
        self._all = tuple(dossier_rows(self._saved, self._aside, discreetly=hides_titles(self.app))) or (NONE,)
        for rows in self.query("#found").results(Rows):
            rows.show(matching(self._all, self.query_one(SearchField).value), rows.current)


def dossier_rows(saved: Sequence[BegunDossier], aside: Sequence[Aside], *, discreetly: bool) -> Iterable[Row]:
    """One dossier a row, the last changed first, its copies under it; then what is not listed, and why."""
    for one in saved:
        text = discreet_row(str(one.path), one.modified) if discreetly else one.title
        yield Row(text, str(one.path), standing(one))
        for copy in aside:
            if copy.original == one.path:
                name = "une copie" if discreetly else copy.path.name
                yield Row(f"{UNSETTLED}{name}", str(copy.path), CHOOSE, tone="quiet", indent=2)
    others = [one for one in aside if one.original is None]
    if others:
        yield Row("")
        yield Row("Pas dans cette liste", tone="header")
        number = counted(len(others), "fichier n’est pas lu", "fichiers ne sont pas lus")
        for line in [f"{number}."] if discreetly else aside_lines(others):
            yield Row(line, tone="quiet")


# --- a dossier and its copy -------------------------------------------------------------------------------------------


class Opening(Protocol):
    """What opens dossiers, as far as copies need it."""

    def once_open(self, wish: Callable[[Reader], None]) -> None:
        """Do this once the rules are read."""

    def in_thread(self, work: Callable[[], None]) -> None:
        """Do this in a worker."""

    def choose(self) -> None:
        """Show the list of dossiers."""


WIDE = 64
COMPARE, FIRST, COPY = "compare", "first", "copy"
TITLE = "Deux versions d’un dossier"
STAYS = spaced("Celle que vous ne gardez pas va dans le sous-dossier « corbeille » : rien n’est effacé.")
BUTTONS = ((COMPARE, "Comparer"), (FIRST, "Garder le dossier"), (COPY, "Garder la copie"))


class Copies:
    """One copy under its original, from the list until one of them is kept. Only what the user says is moved."""

    def __init__(self, app: App[int], opening: Opening, copy: Path, original: Path) -> None:
        self._app, self._opening = app, opening
        self._copy, self._original = copy, original

    def ask(self) -> None:
        """Show both, and what can be done."""
        self._opening.once_open(lambda reader: self._opening.in_thread(partial(self._look, reader)))

    # --- in a worker ---

    def _look(self, reader: Reader) -> None:
        first, copy = (shelf.one(path, reader.base) for path in (self._original, self._copy))
        told = tuple(
            f"{what}{NBSP}: {one.path.name}, {standing(one)}"
            for what, one in (("Le dossier", first), ("La copie", copy))
        )
        named = (Block(quoted(first.title), "strong"), *map(Block, told), GAP, Block(STAYS))
        self._show(NamingPage(TITLE, named, (Block(STAYS),), BUTTONS, close="Annuler"), reader)

    def _compare(self, reader: Reader) -> None:
        from conseil_dla.comparison.differences_files import differences_paper  # noqa: PLC0415
        from conseil_dla.ground.diagnostics import Unusable  # noqa: PLC0415
        from conseil_dla.papers.documents.plain import write as plainly  # noqa: PLC0415
        from conseil_dla.reading.differences import Side, compare  # noqa: PLC0415 - only when asked for

        try:
            read = [shelf.load(path, reader.base) for path in (self._original, self._copy)]
        except Unusable as error:
            self._show(could_not_open(error.diagnostics, ""), reader)
            return
        sides = [
            Side(name, reader.read_dossier(one)) for name, one in zip(("le dossier", "la copie"), read, strict=True)
        ]
        found = compare(reader.base, reader.conclude, *sides)
        text = plainly(differences_paper(reader.base, found, date.today()), WIDE)
        blocks = tuple(Block(line) for line in text.splitlines() if line.strip("═") or not line)
        page = Page("Ce qui diffère", blocks, close="Choisir")
        self._on_screen(lambda: self._app.push_screen(page, lambda _: self.ask()))

    def _keep(self, reader: Reader, *, keeps_copy: bool) -> None:
        from conseil_dla.dossiers.lock import OpenElsewhere  # noqa: PLC0415

        kept, other = (self._copy, self._original) if keeps_copy else (self._original, self._copy)
        try:
            aside = shelf.keep(kept, other)
        except OpenElsewhere as error:
            page = could_not_open((), held_text(shelf.title(error.path), error.holder))
            self._show(page, reader)
        except OSError as error:
            self._show(could_not_open((), shelf.failure(error)), reader)
        else:
            told = spaced(f"L’autre version est gardée ici : {aside.parent.name}/{aside.name}")
            self._on_screen(lambda: self._app.notify(told, markup=False))
            self._on_screen(self._opening.choose)

    def _show(self, page: Page, reader: Reader) -> None:
        self._on_screen(lambda: self._app.push_screen(page, partial(self._chosen, reader)))

    def _on_screen(self, then: Callable[[], object]) -> None:
        if self._app.is_running:
            self._app.call_from_thread(then)

    # --- on the screen's thread ---

    def _chosen(self, reader: Reader, what: str | None) -> None:
        if what == COMPARE:
            self._opening.in_thread(partial(self._compare, reader))
        elif what in (FIRST, COPY):
            self._opening.in_thread(partial(self._keep, reader, keeps_copy=what == COPY))
