"""What rules draw one by one, kind by kind, and what a condition alone draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, claims, free, link, links, words
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, sentence
from conseil_dla.rules.kinds.factor import FACTOR
from conseil_dla.rules.kinds.spec import FORMATS, METHOD, KindSpec
from conseil_dla.rules.kinds.tension import TENSION
from conseil_dla.rules.model import LEVELS, Condition, Draw
from conseil_dla.wording.clauses import if_text
from conseil_dla.wording.page_parts import Card, Page, Row, Section, Text
from conseil_dla.wording.search_index import LEVEL_WORDS


def drawn_page(kind: KindSpec, book: Book) -> Page:
    """What rules draw of a kind, with those that draw it."""
    return _page(kind, [card(book, kind.word, id, _drawn(kind, book, id)) for id in book.ids(kind.word)])


def _drawn(kind: KindSpec, book: Book, id: str) -> Iterator[Row]:
    """With levels, the rules stand level by level; how papers say it comes last."""
    entry, name = book.base.entry(kind.word, id), (kind.word, id)
    yield from free(entry, *(key.name for key in kind.keys if key.form == "prose" and key is not METHOD))
    for level in LEVELS if kind.levelled else ():
        at = [r.id for r, e in book.drawn.get(name, ()) if isinstance(e, Draw) and e.level == level]
        yield Row(f"{kind.words.drawn_by.removesuffix(' par')}, {LEVEL_WORDS[level]}, par", _because(book, at))
    item = book.base.logic.drawn[kind.word][id]
    if FORMATS in kind.keys:
        yield _formats(book, item.formats)
    yield _conditional("Dite « déjà prévue »", book, item.foreseen_if)
    rules = [rule.id for rule, _ in book.drawn.get(name, ())]
    if not rules:
        yield Row(kind.words.drawn_by, words("Aucune règle ne mène ici."))
    elif not kind.levelled:
        yield Row(kind.words.drawn_by, _because(book, rules))
    yield from free(entry, *(key.name for key in kind.keys if key is METHOD))


def factors_page(book: Book) -> Page:
    """Success factors, which no rule draws: their own condition does."""
    return _page(FACTOR, [card(book, FACTOR.word, id, _factor(book, id)) for id in book.ids(FACTOR.word)])


def _factor(book: Book, id: str) -> Iterator[Row]:
    factor = book.base.logic.factors[id]
    yield _conditional("Présent", book, factor.present_if)
    yield _formats(book, factor.formats)


def tensions_page(book: Book) -> Page:
    """Pairs that the note leaves open."""
    return _page(TENSION, [card(book, TENSION.word, id, _tension(book, id)) for id in book.ids(TENSION.word)])


def _tension(book: Book, id: str) -> Iterator[Row]:
    entry = book.base.entry(TENSION.word, id)
    poles = next(one.poles for one in book.base.logic.tensions if one.id == id)
    for number, (title, pole, sources) in enumerate(
        zip(entry.pole_titles, poles, entry.pole_sources, strict=True), start=1
    ):
        told = if_text(book.base, pole, ".")
        when = Text(("Si ", *told.run), told.inner)
        said = Text((sentence(title),), (when, *claims(book, sources)))
        yield Row("D’un côté" if number == 1 else "De l’autre", (said,))


# --- rows that several share ----------------------------------------------------------------------------------------


def _page(kind: KindSpec, cards: Iterable[Card]) -> Page:
    title, lead, every = kind.words.page
    return Page(KIND_PAGES[kind.word].page, title, words(lead), (Section(every, cards=tuple(cards)),))


def _because(book: Book, rules: Iterable[str]) -> tuple[Text, ...]:
    """Rules with their conditions."""
    by_id = {rule.id: rule for rule in book.rules}
    told = []
    for id in rules:
        condition = if_text(book.base, by_id[id].condition)
        told.append(Text((link(book, (RULE, id)), f"{NBSP}: si ", *condition.run), condition.inner))
    return tuple(told)


def _conditional(label: str, book: Book, condition: Condition | None) -> Row:
    if condition is None:
        return Row(label, ())
    told = if_text(book.base, condition, ".")
    return Row(label, (Text(("Si ", *told.run), told.inner),))


def _formats(book: Book, formats: frozenset[str]) -> Row:
    """Formats under which it is listed."""
    named = links(book, [("format", id) for id in formats])
    return Row("Sous quels formats", named or words("Sous tous les formats."))
