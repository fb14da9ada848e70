"""The whole site from the rules: a mapping from the names of files to their texts, and nothing else.

The same rules give the same bytes, whatever the order and the splitting of their files: nothing here knows the day,
the machine or the folder. By a marker among them the program knows a folder that it made, and which files it may write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from conseil_dla.authoring.site.claims import cases_page, claims_page, plans_page, reminders_page, words_page
from conseil_dla.authoring.site.conclusions import (
    drawn_page,
    factors_page,
    formats_page,
    motifs_page,
    postures_page,
    tensions_page,
)
from conseil_dla.authoring.site.front import front_page
from conseil_dla.authoring.site.html import INDEX_FILE, SCRIPT_FILE, STYLE_FILE, script, search_index, style, write
from conseil_dla.authoring.site.questions import questions_page
from conseil_dla.authoring.site.rules import coherences_page, findings_page, rules_page
from conseil_dla.authoring.site.uses import Book, book
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.model import Base, Dossier
from conseil_dla.wording.page_parts import Page

MAKERS: tuple[Callable[[Book], Page], ...] = (
    rules_page, questions_page, formats_page, postures_page,
    *(partial(drawn_page, kind) for kind in DRAWN if kind.settled_before), factors_page,
    *(partial(drawn_page, kind) for kind in DRAWN if not kind.settled_before), tensions_page,
    findings_page, motifs_page, coherences_page, claims_page, cases_page, reminders_page, plans_page, words_page,
)  # fmt: skip
"""In the order of the contents."""


def pages(base: Base, cases: Sequence[tuple[str, Dossier]] = ()) -> Mapping[str, str]:
    """Every file of the site by its name. ``cases`` are the experiences, each with the name of its file."""
    whole = book(base, cases)
    made = [page for page in (make(whole) for make in MAKERS) if any(section.cards for section in page.sections)]
    shown = (front_page(whole, made), *made)
    files = {page.name: write(page, shown, base.digest) for page in shown}
    files |= {STYLE_FILE: style(), SCRIPT_FILE: script(), INDEX_FILE: search_index(made)}
    return files | {MARKER: marker_text(base.digest, files)}


MARKER = "conseil-dla-site.txt"
_FIRST = "Ce dossier a été écrit par « conseil-dla regles documenter ». Ouvrez index.html dans un navigateur.".replace(
    "« ", "«\u00a0"
).replace(" »", "\u00a0»")
_LISTED = "Les fichiers ci-dessous sont les siens ; il ne remplace et n’efface que ceux-là.".replace(" ;", "\u00a0;")


def marker_text(digest: str, files: Iterable[str]) -> str:
    """What the marker says: to a person first, then the names of the files."""
    return "\n".join((_FIRST, _LISTED, f"Empreinte des règles\u00a0: {digest}", "", *sorted(files), MARKER)) + "\n"


def files_of(said: str) -> frozenset[str] | None:
    """The files that a marker names; None when it is no marker of ours. Only bare names are taken."""
    first, _, rest = said.partition("\n")
    if first != _FIRST:
        return None
    names = rest.partition("\n\n")[2].splitlines()
    return frozenset(name for name in names if name and not set(name) & set("/\\:") and name not in (".", ".."))
