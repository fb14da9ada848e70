"""Rows found by words: accents, case, apostrophes and hyphens aside, with one slip of the hand forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from conseil_dla.reporting.french import spaced
from conseil_dla.tui.widgets.rows import Row
from conseil_dla.words import is_slip

NOTHING = "Rien ne correspond à ces mots."
NEAREST = spaced("Rien n’est écrit ainsi ; voici le plus proche.")
BY_DETAIL = "trouvé dans le détail"
_WORD = re.compile(r"\w+")
LEAST_FORGIVEN = 5
"""Letters that a word must have for one of them to be wrong."""


def matching(rows: tuple[Row, ...], words: str) -> tuple[Row, ...]:
    """Rows that show every word, then those that hold them out of sight, each under the title that it belongs to.

    Where no row holds them, rows that hold words which differ by one letter, or by two letters swapped.
    """
    sought = folded(words).split()
    if not sought:
        return rows
    if found := _found(rows, sought, _holds):
        return found
    near = _found(rows, sought, _nearly_holds)
    return (Row(NEAREST, tone="quiet"), *near) if near else (Row(NOTHING, tone="quiet"),)


Test = Callable[[str, list[str]], bool]


def _found(rows: tuple[Row, ...], sought: list[str], holds: Test) -> tuple[Row, ...]:
    shown: list[Row] = []
    hidden: list[Row] = []
    header: Row | None = None
    in_shown: Row | None = None
    in_hidden: Row | None = None
    for row in rows:
        if row.tone == "header":
            header = row
        elif not row.text:
            continue
        elif holds(folded(f"{row.text} {row.detail}"), sought):
            shown += [header, row] if header is not None and in_shown is not header else [row]
            in_shown = header
        elif holds(folded(f"{row.text} {row.detail} {row.also}"), sought):
            title = Row(f"{header.text} · {BY_DETAIL}", tone="header") if header is not None else None
            hidden += [title, row] if title is not None and in_hidden is not header else [row]
            in_hidden = header
    return (*shown, *hidden)


def best(rows: tuple[Row, ...], words: str) -> str | None:
    """The first row that shows the words in its own text, before those that say them beside it."""
    sought = folded(words).split()
    return next((row.key for row in rows if row.key is not None and sought and _holds(folded(row.text), sought)), None)


def _holds(text: str, sought: list[str]) -> bool:
    return all(word in text for word in sought)


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
