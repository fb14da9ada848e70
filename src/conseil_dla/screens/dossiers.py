"""Every dossier of one's own, to search among: the only list that shows their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.ground.french import NBSP, counted
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.screens.dossier_summary import standing
from conseil_dla.toolkit.picker import Picker, SearchField
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.searching import matching
from conseil_dla.wording.diagnostic_text import aside_lines
from conseil_dla.wording.discretion import discreet_row

if TYPE_CHECKING:
    from conseil_dla.ground.shelving import Aside
    from conseil_dla.panes.shelf import BegunDossier

WAIT = Row("Un instant…", tone="quiet")
COPY = f"copie à départager{NBSP}: "
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
                yield Row(f"{COPY}{name}", str(copy.path), CHOOSE, tone="quiet", indent=2)
    others = [one for one in aside if one.original is None]
    if others:
        yield Row("")
        yield Row("Pas dans cette liste", tone="header")
        number = counted(len(others), "fichier n’est pas lu", "fichiers ne sont pas lus")
        for line in [f"{number}."] if discreetly else aside_lines(others):
            yield Row(line, tone="quiet")
