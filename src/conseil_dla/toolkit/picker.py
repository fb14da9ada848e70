"""A list to search among by what is typed: words of rows, whatever their accents; then the one chosen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Input

from conseil_dla.ground.french import spaced
from conseil_dla.ground.topic import SEARCHING_TOPIC, Topic
from conseil_dla.ground.words import is_slip
from conseil_dla.toolkit.fields import OneLine
from conseil_dla.toolkit.keys import HELP_KEY, KeyBar, key
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import FRAME, ModalScreen, is_over_a_stage
from conseil_dla.toolkit.typography import Block, Paragraphs

NOTHING = "Rien ne correspond à ces mots."
NEAREST = spaced("Rien n’est écrit ainsi ; voici le plus proche.")
BY_DETAIL = "trouvé dans le détail"
INSIDE = "au milieu d’un mot"
_WORD = re.compile(r"\w+")
_APOSTROPHE = re.compile("[’']")
LEAST_FORGIVEN = 5
"""Letters that a word must have for one of them to be wrong."""


def matching(rows: tuple[Row, ...], words: str) -> tuple[Row, ...]:
    """Rows where every word begins a word that is shown, then those that show it elsewhere, then those that hold it out
    of sight; each under the title that it belongs to.

    Where no row holds them, rows that hold words which differ by one letter, or by two letters swapped.
    """
    sought = folded(words).split()
    if not sought:
        return rows
    begun = [row for row in rows if _begins(_shown(row), sought)]
    inside = [row for row in rows if row not in begun and _holds(folded(_shown(row)), sought)]
    seen = (*_listed(rows, begun), *_listed(rows, inside, f" · {INSIDE}" if begun else ""))
    if found := (*seen, *_hidden(rows, [*begun, *inside], sought, _holds)):
        return found
    near = [row for row in rows if _nearly_holds(folded(_shown(row)), sought)]
    told = (*_listed(rows, near), *_hidden(rows, near, sought, _nearly_holds))
    return (Row(NEAREST, tone="quiet"), *told) if told else (Row(NOTHING, tone="quiet"),)


Test = Callable[[str, list[str]], bool]


def _hidden(rows: tuple[Row, ...], seen: list[Row], sought: list[str], holds: Test) -> tuple[Row, ...]:
    """Those that hold the words out of sight."""
    found = [row for row in rows if row not in seen and holds(folded(f"{_shown(row)} {row.also}"), sought)]
    return _listed(rows, found, f" · {BY_DETAIL}")


def _shown(row: Row) -> str:
    return f"{row.text} {row.detail}"


def _listed(rows: tuple[Row, ...], found: list[Row], how: str = "") -> tuple[Row, ...]:
    """Those found, each under its title, which says ``how``."""
    listed: list[Row] = []
    header: Row | None = None
    said: Row | None = None
    left = {id(row) for row in found if row.text and row.tone != "header"}
    for row in rows:
        if row.tone == "header":
            header = row
        elif id(row) in left:
            if header is not None and said is not header:
                said = header
                listed.append(Row(f"{header.text}{how}", tone="header") if how else header)
            listed.append(row)
    return tuple(listed)


def best(rows: tuple[Row, ...], words: str) -> str | None:
    """The first row with a word that begins so in its own text, else with one that holds it, else None."""
    sought = folded(words).split()
    there = [row for row in rows if row.key is not None and sought and _holds(folded(row.text), sought)]
    return next((row.key for row in there if _begins(row.text, sought)), there[0].key if there else None)


def _holds(text: str, sought: list[str]) -> bool:
    return all(word in text for word in sought)


def _begins(text: str, sought: list[str]) -> bool:
    """Each begins a word, « été » that of « l’été » too."""
    apart = folded(_APOSTROPHE.sub(" ", text))
    there = f" {' '.join(_WORD.findall(f'{apart} {folded(text)}'))}"
    return all(f" {word}" in there for word in sought)


def _nearly_holds(text: str, sought: list[str]) -> bool:
    there = _WORD.findall(text)
    return all(
        word in text or (len(word) >= LEAST_FORGIVEN and any(is_slip(word, one) for one in there)) for word in sought
    )


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case, without accents, apostrophes nor middle dots: as one types in a hurry."""
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae")
    plain = "".join(char for char in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(char))
    for mark in "’'·":
        plain = plain.replace(mark, "")
    return plain.replace("-", " ")


# --- the list ---------------------------------------------------------------------------------------------------------


class SearchField(OneLine):
    """Typing searches; the arrows move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "screen.move(-1)", "choisir"),
        key("down", "screen.move(1)", "choisir"),
        key("pageup", "screen.page(-1)", "", show=False),
        key("pagedown", "screen.page(1)", "", show=False),
        key("enter", "submit", "ouvrir"),
    ]


class Picker(ModalScreen[str | None]):
    """Gives back the key of the row chosen, or None."""

    AUTO_FOCUS = "SearchField"
    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "fermer"), HELP_KEY]

    def __init__(self, title: str, rows: Iterable[Row], hint: str, at: str | None = None) -> None:
        super().__init__()
        self.heading = title
        self._all = tuple(rows)
        self._hint = hint
        self._at = at

    def compose(self) -> ComposeResult:
        """Title, field, list."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block(self.heading, "title"), classes="sheet-title")
            yield SearchField(placeholder=self._hint, compact=True)
            yield Rows(id="found")
            yield KeyBar()

    def on_mount(self) -> None:
        """Everything is listed at first."""
        self._rows.can_focus = False
        self._rows.show(self._all, self._at)

    def on_resize(self, event: Resize) -> None:
        """The list takes what the rest leaves."""
        self._rows.styles.max_height = max(4, event.size.height - FRAME)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#found", Rows)

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        event.stop()
        found = matching(self._all, event.value)
        self._rows.show(found, best(found, event.value) if event.value.strip() else self._at)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._rows.action_choose()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def help_topic(self) -> Topic:
        """How to search."""
        return SEARCHING_TOPIC

    def action_move(self, step: int) -> None:
        """Move in the list."""
        self._rows.action_move(step)

    def action_page(self, direction: int) -> None:
        """Move by a screenful; over a stage of a workshop, at the end, it closes without choosing."""
        rows = self._rows
        before = rows.cursor, rows.scroll_y
        rows.action_page(direction)
        if (rows.cursor, rows.scroll_y) == before and is_over_a_stage(self):
            self.action_leave()

    def action_group(self, direction: int) -> None:
        """To the first row under the next title, or the one before."""
        self._rows.action_group(direction)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)
