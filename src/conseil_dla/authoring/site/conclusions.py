"""What rules draw one by one (vigilances, ways, partners, preconditions), and what a condition alone draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conseil_dla.authoring.site.addresses import PLACES
from conseil_dla.authoring.site.cards import card, claims, free, link, links, words
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, sentence
from conseil_dla.rules.model import LEVELS, Condition, Draw
from conseil_dla.wording.conditions import if_text
from conseil_dla.wording.page_parts import Card, Page, Row, Section, Text
from conseil_dla.wording.search_index import LEVEL_WORDS

VIGILANCE, WAY, PARTNER, PRECONDITION = "vigilance", "modalite", "partenaire", "prealable"
FACTOR, TENSION = "facteur", "tension"


def vigilances_page(book: Book) -> Page:
    """Vigilances, with the moment at which each rule draws them."""
    lead = (
        "Ce à quoi prendre garde : une question ou une situation, jamais un défaut. Un signe seul ne prouve rien. Le "
        "moment (à régler avant, à tenir pendant, à garder en tête) n’est pas une gravité ; si plusieurs règles "
        "concluent la même vigilance, c’est le plus tôt qui est montré."
    )
    cards = [card(book, VIGILANCE, id, _vigilance(book, id)) for id in book.ids(VIGILANCE)]
    return _page(VIGILANCE, "Les vigilances", lead, "Toutes les vigilances", cards)


def _vigilance(book: Book, id: str) -> Iterator[Row]:
    entry = book.base.entry(VIGILANCE, id)
    yield from free(entry, "signes", "que_faire", "ne_dit_pas")
    for level in LEVELS:
        at = [r.id for r, e in book.drawn.get((VIGILANCE, id), ()) if isinstance(e, Draw) and e.level == level]
        yield Row(f"Conclue, {LEVEL_WORDS[level]}, par", _because(book, at))
    yield _drawn_by(book, VIGILANCE, id, label="")
    yield from free(entry, "en_methode")


def ways_page(book: Book) -> Page:
    """Ways of going about it."""
    lead = (
        "Des façons de s’y prendre, proposées par des règles. Chacune n’est listée que sous les formats où elle a un "
        "sens ; rien n’oblige à les prendre toutes."
    )
    cards = [card(book, WAY, id, _way(book, id)) for id in book.ids(WAY)]
    return _page(WAY, "Les façons de faire", lead, "Toutes les façons de faire", cards)


def _way(book: Book, id: str) -> Iterator[Row]:
    way, entry = book.base.logic.modalities[id], book.base.entry(WAY, id)
    yield from free(entry, "definition")
    yield _formats(book, way.formats)
    yield _conditional("Dite « déjà prévue »", book, way.foreseen_if)
    yield _drawn_by(book, WAY, id, "Proposée par")
    yield from free(entry, "en_methode")


def partners_page(book: Book) -> Page:
    """Partners."""
    lead = "Avec qui : des partenaires que des règles invitent à appeler. Les noms sont ceux d’aujourd’hui."
    cards = [card(book, PARTNER, id, _plain(book, PARTNER, id)) for id in book.ids(PARTNER)]
    return _page(PARTNER, "Les partenaires", lead, "Tous les partenaires", cards)


def preconditions_page(book: Book) -> Page:
    """Preconditions."""
    lead = "Ce qu’il faut avoir avant de lancer. Un préalable n’est pas un danger : c’est une chose à réunir."
    cards = [card(book, PRECONDITION, id, _plain(book, PRECONDITION, id)) for id in book.ids(PRECONDITION)]
    return _page(PRECONDITION, "Les préalables", lead, "Tous les préalables", cards)


def _plain(book: Book, kind: str, id: str) -> Iterator[Row]:
    entry = book.base.entry(kind, id)
    yield from free(entry, "definition")
    yield _drawn_by(book, kind, id, "Conclu par")
    yield from free(entry, "en_methode")


def factors_page(book: Book) -> Page:
    """Success factors, which no rule draws: their own condition does."""
    lead = (
        "Ce qui aide. Un appui est présent quand sa condition est remplie, encore possible quand une partie en est "
        "répondue, non renseigné sinon. Son absence n’est pas un défaut."
    )
    cards = [card(book, FACTOR, id, _factor(book, id)) for id in book.ids(FACTOR)]
    return _page(FACTOR, "Les appuis (facteurs)", lead, "Tous les appuis", cards)


def _factor(book: Book, id: str) -> Iterator[Row]:
    factor = book.base.logic.factors[id]
    yield _conditional("Présent", book, factor.present_if)
    yield _formats(book, factor.formats)


def tensions_page(book: Book) -> Page:
    """Pairs that the note leaves open."""
    lead = (
        "Là où la note dit deux choses à la fois. Quand les deux côtés se présentent, la lecture les montre ensemble, "
        "sans trancher."
    )
    cards = [card(book, TENSION, id, _tension(book, id)) for id in book.ids(TENSION)]
    return _page(TENSION, "Ce dont la note dit les deux (tensions)", lead, "Toutes les tensions", cards)


def _tension(book: Book, id: str) -> Iterator[Row]:
    entry = book.base.entry(TENSION, id)
    poles = next(one.poles for one in book.base.logic.tensions if one.id == id)
    for number, (title, pole, sources) in enumerate(
        zip(entry.pole_titles, poles, entry.pole_sources, strict=True), start=1
    ):
        told = if_text(book.base, pole, ".")
        when = Text(("Si ", *told.run), told.inner)
        said = Text((sentence(title),), (when, *claims(book, sources)))
        yield Row("D’un côté" if number == 1 else "De l’autre", (said,))


# --- rows that several share ----------------------------------------------------------------------------------------


def _page(kind: str, title: str, lead: str, section: str, cards: Iterable[Card]) -> Page:
    return Page(PLACES[kind].page, title, words(lead), (Section(section, cards=tuple(cards)),))


def _drawn_by(book: Book, kind: str, id: str, label: str) -> Row:
    """The rules that draw it; that none does is said. Without a label, only that none does."""
    rules = [rule.id for rule, _ in book.drawn.get((kind, id), ())]
    if not rules:
        return Row(label or "Conclue par", words("Aucune règle ne mène ici."))
    return Row(label, _because(book, rules) if label else ())


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
