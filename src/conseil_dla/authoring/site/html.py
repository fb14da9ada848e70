"""A page of the site as HTML: what its template (``page.html.jinja``) shows, and how much stands together.

The policy in each page allows its own files alone, and no script or style written inside it.

The search index is a script that holds data alone, since a page opened from the disk may fetch nothing: JSON in ASCII
with ``<``, ``>`` and ``&`` escaped too, so that no text can end the script, begin a comment,
or break a line where JavaScript sees one and JSON does not.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

from conseil_dla.authoring.site.addresses import FRONT, KIND_PAGES, TITLE, address, anchor, plural
from conseil_dla.authoring.site.cards import CLAIM
from conseil_dla.ground.french import counted, harmless, spaced
from conseil_dla.papers.documents.markup import asset, filled
from conseil_dla.wording.page_parts import Card, Page, Row, Section, Text, plain

STYLE_FILE, SCRIPT_FILE = "style.css", "recherche.js"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'none'; connect-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
SHORT, SHORT_ROW = 2200, 733
"""Characters of a card, and of a row, that is never cut by the end of a printed page."""
MANY, NARROW = 8, 75
"""Items of a list, and characters of each, from which and up to which it stands in two columns."""
FEW = 12
"""Cards of a page whose titles are listed at once; more are folded under their heading."""


def write(page: Page, pages: Sequence[Page], digest: str) -> str:
    """The whole file, ending with a line end. ``pages`` are those that the navigation names, this one among them."""
    sections = tuple(zip(section_anchors(page), page.sections, strict=True))
    contents = [(name, section) for name, section in sections if section.cards]
    return filled(
        "authoring/site/page.html.jinja",
        said=lambda text: spaced(one_line(text)),
        policy=POLICY,
        title=TITLE if page.name == FRONT else f"{page.title} · {TITLE}",
        site=TITLE,
        front=FRONT,
        page=page,
        pages=pages,
        contents=contents,
        is_folded=sum(len(section.cards) for _, section in contents) > FEW,
        digest=digest,
        sections=sections,
        anchor=anchor,
        address=address,
        noun=lambda kind: KIND_PAGES[kind].noun,
        held=_held,
        is_short=_is_short,
        in_columns=lambda texts: len(texts) >= MANY and all(_weight((text,)) <= NARROW for text in texts),
        style_file=STYLE_FILE,
        index_file=INDEX_FILE,
        script_file=SCRIPT_FILE,
    )


def style() -> str:
    """The look of the site, one palette for light, one for dark, ink alone on paper."""
    return asset("papers/documents/page/palette.css") + asset("authoring/site/site.css")


def script() -> str:
    """The only script: it looks for what is typed in the index. Pages are whole without it.

    It puts nothing into a page but text, and follows no address but those of the index.
    """
    return asset("authoring/site/search.js").replace("@index@", INDEX_NAME)


def section_anchors(page: Page) -> tuple[str, ...]:
    """A name for each section, made of its heading; of two that would be the same, the second has a number."""
    names: list[str] = []
    for section in page.sections:
        name = anchor("partie", folded(section.title).replace(" ", "_"))
        names.append(name if name not in names else f"{name}-{len(names)}")
    return tuple(names)


def _held(section: Section) -> str:
    noun = KIND_PAGES[section.cards[0].kind].noun
    return counted(len(section.cards), noun, plural(noun))


def _is_short(held: Card | Row) -> bool:
    if isinstance(held, Row):
        return _weight(held.texts) <= SHORT_ROW
    rows = sum(len(row.label) + _weight(row.texts) for row in held.rows)
    return len(held.title) + _weight(held.lead) + rows <= SHORT


def _weight(texts: Iterable[Text]) -> int:
    return sum(len(plain(text.run)) + _weight(text.inner) for text in texts)


# --- the search index ------------------------------------------------------------------------------------------------

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
