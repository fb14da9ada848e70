"""The words of 2012 and those of today, as the word list gives them."""

from __future__ import annotations

import re

from conseil_dla.ground.french import NBSP, quoted
from conseil_dla.ground.words import fold
from conseil_dla.rules.model import Base, Entry

WORD = "mot"
_MARKS = re.compile(r"[^\w’'·-]")
_BETWEEN = re.compile(r", | et ")
"""Between several words on one line of the list."""


def word_entries(base: Base) -> tuple[Entry, ...]:
    """The word list, in file order."""
    return tuple(entry for (kind, _), entry in base.texts.items() if kind == WORD)


def today_and_before(entry: Entry) -> tuple[str, str]:
    """How it is said, and how it was said; either may be empty."""
    return entry.texts.get("aujourd_hui", ""), entry.texts.get("avant", "")


def word_text(entry: Entry) -> tuple[str, ...]:
    """One word of the list: as it is said today, as it was, and what there is to know."""
    today, before = today_and_before(entry)
    told = [f"{entry.title}{NBSP}: {today}." if today else f"{entry.title}."]
    told += [f"En 2012, on disait{NBSP}: {before}."] if before else []
    return (*told, *([entry.texts["note"]] if entry.texts.get("note") else []))


def words_in(base: Base, text: str) -> tuple[Entry, ...]:
    """Words of the list that a text contains, as they were said or as they are."""
    return tuple(entry for entry in word_entries(base) if any(_says(text, said) for said in today_and_before(entry)))


def meaning(entry: Entry) -> str:
    """A word in one line: « OPCO » : avant, « OPCA ». Depuis…"""
    today, before = today_and_before(entry)
    lead = f"{quoted(today or entry.title)}{NBSP}: " + (f"en 2012, on disait {quoted(before)}. " if before else "")
    return (lead + entry.texts.get("note", "")).strip()


def _says(text: str, said: str) -> bool:
    there = f"_{fold(_MARKS.sub(' ', text))}_"
    return any(f"_{fold(one)}_" in there for one in _BETWEEN.split(said) if one)
