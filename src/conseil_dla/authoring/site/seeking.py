"""The search index: a script that holds data alone, since a page opened from the disk may fetch nothing.

Everything in it is JSON in ASCII with ``<``, ``>`` and ``&`` escaped too: no text can end the script, begin a comment,
or break a line where JavaScript sees one and JSON does not.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable

from conseil_dla.authoring.site.addresses import KIND_PAGES, address
from conseil_dla.authoring.site.cards import CLAIM
from conseil_dla.ground.french import harmless
from conseil_dla.wording.page_parts import Page

INDEX_FILE = "recherche-index.js"
INDEX_NAME = "CONSEIL_DLA_INDEX"
_LINE_ENDS = re.compile("[\u2028\u2029]")


def search_index(pages: Iterable[Page]) -> str:
    """One entry a line: what it is, its title, where it is, whether it is internal, the words that find it."""
    rows = [
        [
            f"{KIND_PAGES[card.kind].noun} {card.id}" if card.kind == CLAIM else KIND_PAGES[card.kind].noun,
            one_line(card.title),
            address(card.kind, card.id),
            int(card.is_internal),
            folded(f"{card.id} {card.also}"),
        ]
        for page in pages
        for section in page.sections
        for card in section.cards
    ]
    lines = ",\n".join(_safe(json.dumps(row, separators=(",", ":"))) for row in rows)
    return f"var {INDEX_NAME} = [\n{lines}\n];\n"


def one_line(text: str) -> str:
    """The text without what a browser or a reader could take for an order or for the end of a line."""
    return harmless(_LINE_ENDS.sub(" ", text))


def folded(text: str) -> str:
    """The text as it is looked for: no accents, no case, no marks; ``script`` folds what is typed in the same way."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())


def _safe(text: str) -> str:
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
