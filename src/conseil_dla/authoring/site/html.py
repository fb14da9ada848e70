"""A page of the site as HTML: the one place that writes markup, and every text is escaped as it is put in.

The policy in each page allows its own files alone, and no script or style written inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from conseil_dla.authoring.site.addresses import FRONT, PLACES, address, anchor
from conseil_dla.authoring.site.front import TITLE, plural
from conseil_dla.authoring.site.script import SCRIPT_FILE
from conseil_dla.authoring.site.seeking import INDEX_FILE, folded, one_line
from conseil_dla.authoring.site.style import STYLE_FILE
from conseil_dla.ground.french import counted, spaced
from conseil_dla.wording.page_parts import Card, Link, Page, PageLink, Row, Run, Section, Text, Toned, plain

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'none'; connect-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)
SHORT = 2200
"""Characters of a card that is never cut by the end of a printed page."""
MANY, NARROW = 8, 75
"""Items of a list, and characters of each, from which and up to which it stands in two columns."""
FEW = 12
"""Cards of a page whose titles are listed at once; more are folded under their heading."""


def write(page: Page, pages: Sequence[Page], digest: str) -> str:
    """The whole file, ending with a line end. ``pages`` are those that the navigation names, this one among them."""
    title = TITLE if page.name == FRONT else f"{page.title} · {TITLE}"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="fr">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_safe(title)}</title>",
        f'<link rel="stylesheet" href="{STYLE_FILE}">',
        "</head>",
        "<body>",
        '<a class="skip" href="#contenu">Aller au contenu</a>',
        *_header(),
        '<div class="frame">',
        *_navigation(page, pages),
        '<main id="contenu" tabindex="-1">',
        f"<h1>{_safe(page.title)}</h1>",
        *_texts(page.lead),
        *_contents(page),
        *(line for one in zip(page.sections, section_anchors(page), strict=True) for line in _section(*one)),
        "</main>",
        "</div>",
        f"<footer><p>{_safe(f'Empreinte des règles : {digest}')}</p></footer>",
        f'<script src="{INDEX_FILE}"></script>',
        f'<script src="{SCRIPT_FILE}"></script>',
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    """A text that can be nothing else: no markup, no control nor bidirectional sign; French no-break spaces."""
    return escape(spaced(one_line(text)))


def _header() -> Iterator[str]:
    yield "<header>"
    yield f'<p class="site"><a href="{FRONT}">{_safe(TITLE)}</a></p>'
    yield '<form id="recherche" role="search" hidden>'
    yield '<label for="chercher">Chercher (touche /)</label>'
    yield '<input id="chercher" type="search" autocomplete="off" spellcheck="false">'
    yield '<p id="combien" role="status"></p>'
    yield '<ul id="resultats" aria-label="Résultats" hidden></ul>'
    yield "</form>"
    told = "La recherche demande que les scripts soient permis. Sans eux, tout se lit ; Ctrl+F cherche dans une page."
    yield f"<noscript><p>{_safe(told)}</p></noscript>"
    yield "</header>"


def _navigation(page: Page, pages: Sequence[Page]) -> Iterator[str]:
    yield '<nav class="pages" aria-label="Pages">'
    yield "<ul>"
    for one in pages:
        here = ' aria-current="page"' if one.name == page.name else ""
        title = "Accueil" if one.name == FRONT else one.title
        yield f'<li><a href="{one.name}"{here}>{_safe(title)}</a></li>'
    yield "</ul>"
    yield "</nav>"


def _contents(page: Page) -> Iterator[str]:
    """What is on the page: its sections, and under each its cards, folded where they are many."""
    sections = [(name, one) for name, one in zip(section_anchors(page), page.sections, strict=True) if one.cards]
    if not sections:
        return
    yield '<nav class="contents" aria-label="Sur cette page">'
    many = sum(len(section.cards) for _, section in sections) > FEW
    for name, section in sections:
        items = "".join(f'<li><a href="#{anchor(c.kind, c.id)}">{_safe(c.title)}</a></li>' for c in section.cards)
        noun = PLACES[section.cards[0].kind].noun
        held = counted(len(section.cards), noun, plural(noun))
        head = f'<a href="#{name}">{_safe(section.title)}</a>'
        if many:
            unseen = f'<span class="unseen">{_safe(f" : {section.title}")}</span>'
            yield f'<div class="part"><p>{head}{_safe(f" : {held}")}</p>'
            yield f"<details><summary>Voir les titres{unseen}</summary><ul>{items}</ul></details></div>"
        else:
            yield f"<p>{head}</p><ul>{items}</ul>"
    yield "</nav>"


def section_anchors(page: Page) -> tuple[str, ...]:
    """A name for each section, made of its heading; of two that would be the same, the second has a number."""
    names: list[str] = []
    for section in page.sections:
        name = anchor("partie", folded(section.title).replace(" ", "_"))
        names.append(name if name not in names else f"{name}-{len(names)}")
    return tuple(names)


def _section(section: Section, name: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{_safe(section.title)}</h2>'
    yield from _texts(section.texts)
    for card in section.cards:
        yield from _card(card)
    yield "</section>"


def _card(card: Card) -> Iterator[str]:
    name = anchor(card.kind, card.id)
    short = ' class="short"' if _length(card) <= SHORT else ""
    yield f'<article id="{name}" aria-labelledby="titre-{name}"{short}>'
    yield f'<h3 id="titre-{name}">{_safe(card.title)}</h3>'
    mark = ' · <strong class="mark">interne</strong>' if card.is_internal else ""
    kind = PLACES[card.kind].noun
    yield f'<p class="about">{_safe(kind)} · <a href="#{name}"><code>{_safe(card.id)}</code></a>{mark}</p>'
    if card.lead:
        yield '<div class="lead">'
        yield from _texts(card.lead)
        yield "</div>"
    if card.rows:
        yield "<dl>"
        for row in card.rows:
            yield from _row(row)
        yield "</dl>"
    yield "</article>"


def _row(row: Row) -> Iterator[str]:
    short = ' class="row"' if _weight(row.texts) <= SHORT // 3 else ""
    yield f"<div{short}><dt>{_safe(row.label)}</dt>"
    if len(row.texts) == 1:
        yield "<dd>"
        yield from _texts(row.texts)
        yield "</dd></div>"
    else:
        yield f"<dd>{''.join(_list(row.texts))}</dd></div>"


def _texts(texts: Iterable[Text]) -> Iterator[str]:
    """Paragraphs, each before the list that it opens."""
    for text in texts:
        if text.run:
            yield f"<p>{_run(text.run)}</p>"
        if text.inner:
            yield "".join(_list(text.inner))


def _list(texts: Sequence[Text]) -> Iterator[str]:
    many = len(texts) >= MANY and all(_weight((text,)) <= NARROW for text in texts)
    yield '<ul class="many">' if many else "<ul>"
    for text in texts:
        yield f"<li>{_run(text.run)}{''.join(_list(text.inner)) if text.inner else ''}</li>"
    yield "</ul>"


def _run(run: Run) -> str:
    parts = []
    for span in run:
        match span:
            case Link(kind, id, text):
                parts.append(f'<a href="{address(kind, id)}">{_safe(text)}</a>')
            case PageLink(page, text):
                parts.append(f'<a href="{escape(page)}">{_safe(text)}</a>')
            case Toned(text, "mark"):
                parts.append(f'<strong class="mark">{_safe(text)}</strong>')
            case Toned(text, tone):
                parts.append(f"<{tone}>{_safe(text)}</{tone}>")
            case str():
                parts.append(_safe(span))
    return "".join(parts)


def _length(card: Card) -> int:
    return len(card.title) + _weight(card.lead) + sum(len(row.label) + _weight(row.texts) for row in card.rows)


def _weight(texts: Iterable[Text]) -> int:
    return sum(len(plain(text.run)) + _weight(text.inner) for text in texts)
