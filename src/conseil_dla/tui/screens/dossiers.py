"""Every dossier of one's own, to search among: the only list that shows their titles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from conseil_dla.reporting.discretion import discreet_row
from conseil_dla.tui.comfort import hides_titles
from conseil_dla.tui.screens.picker import Picker, SearchField
from conseil_dla.tui.searching import matching
from conseil_dla.tui.standing import standing
from conseil_dla.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from conseil_dla.tui.shelf import Saved

WAIT = Row("Un instant…", tone="quiet")
NONE = Row("Il n’y a encore aucun dossier.", tone="quiet")


class DossiersPicker(Picker):
    """Gives back the path of the dossier chosen, or None. Shows at once; the list comes when it is ready."""

    def __init__(self) -> None:
        super().__init__("Tous mes dossiers", (WAIT,), "Chercher un titre, un jour")
        self._saved: Sequence[Saved] | None = None

    def list_saved(self, saved: Sequence[Saved]) -> None:
        """The dossiers, or the same better known; what is typed and the cursor stay."""
        self._saved = saved
        self.show_titles()

    def show_titles(self) -> None:
        """Titles, or days in their place. The list may be ready before the page is."""
        if self._saved is None:
            return
        self._all = tuple(dossier_rows(self._saved, discreetly=hides_titles(self.app))) or (NONE,)
        for rows in self.query("#found").results(Rows):
            rows.show(matching(self._all, self.query_one(SearchField).value), rows.current)


def dossier_rows(saved: Sequence[Saved], *, discreetly: bool) -> Iterable[Row]:
    """One dossier a row, the last changed first."""
    for one in saved:
        text = discreet_row(str(one.path), one.modified) if discreetly else one.title
        yield Row(text, str(one.path), standing(one))
