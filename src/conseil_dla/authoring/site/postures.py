"""Postures and their two axes: what each place is, and the answers that lead there."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, free, link, words
from conseil_dla.authoring.site.effects import points_text, side_text
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, lowered, quoted
from conseil_dla.rules.model import Push
from conseil_dla.wording.clauses import if_text
from conseil_dla.wording.page_parts import Card, Page, Row, Section, Text

POSTURE, AXIS = "posture", "axe"


def postures_page(book: Book) -> Page:
    """The four corners, then the axes with everything that pushes on them."""
    lead = (
        "La place du DLA se lit sur des axes. Des règles y poussent d’un côté ou de l’autre, de 1 à 3 points ; le "
        "signe de la somme donne le côté, et les côtés donnent la posture. À somme nulle, les réponses s’équilibrent : "
        "les deux côtés restent possibles."
    )
    postures = tuple(_posture(book, id) for id in book.ids(POSTURE))
    axes = tuple(card(book, AXIS, id, _axis(book, id)) for id in book.ids(AXIS))
    sections = (Section("Les postures", cards=postures), Section("Les axes", cards=axes))
    return Page(KIND_PAGES[POSTURE].page, "Les postures et leurs axes", words(lead), sections)


def _posture(book: Book, id: str) -> Card:
    base = book.base
    posture, entry = base.logic.postures[id], base.entry(POSTURE, id)
    signs = sorted(posture.signs.items(), key=lambda pair: book.place((AXIS, pair[0])))
    sides = tuple(
        Text((link(book, (AXIS, axis)), f"{NBSP}: vers {quoted(lowered(side_text(base, axis, sign)))}"))
        for axis, sign in signs
    )
    rows = [Row("Son quart", sides), *free(entry, "definition", "risque", "parade", "phrase")]
    if posture.off_note_if is not None:
        off = if_text(base, posture.off_note_if, ", la note ne dit rien de ce coin : c’est la posture la plus proche.")
        rows.append(Row("Hors de la note", (Text(("Si ", *off.run), off.inner),)))
    rows += [Row(_towards(book, axis, sign), _pushes(book, axis, sign)) for axis, sign in signs]
    return card(book, POSTURE, id, rows)


def _axis(book: Book, id: str) -> Iterator[Row]:
    for sign in (1, -1):
        yield Row(f"Vers {quoted(lowered(side_text(book.base, id, sign)))}", _pushes(book, id, sign))


def _towards(book: Book, axis: str, sign: int) -> str:
    side = quoted(lowered(side_text(book.base, axis, sign)))
    return f"Ce qui mène vers {side}"


def _pushes(book: Book, axis: str, sign: int) -> tuple[Text, ...]:
    """Rules that push on this side, those that weigh most first, each with its condition."""
    found = [
        (abs(effect.points), rule)
        for rule, effect in book.drawn.get((AXIS, axis), ())
        if isinstance(effect, Push) and effect.points * sign > 0
    ]
    found.sort(key=lambda pair: (-pair[0], book.place((RULE, pair[1].id))))
    told = []
    for points, rule in found:
        condition = if_text(book.base, rule.condition)
        lead = (f"{points_text(points)}, ", link(book, (RULE, rule.id)), f"{NBSP}: si ")
        told.append(Text((*lead, *condition.run), condition.inner))
    return tuple(told) or words("Aucune règle n’y pousse.")
