"""What rules conclude for other rules, and the answers that cannot go together."""

from __future__ import annotations

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, in_line, link, named_links, words
from conseil_dla.authoring.site.rules import ALORS, SI
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, listed, quoted, sentence
from conseil_dla.rules.model import Incoherence
from conseil_dla.rules.truth import questions_read
from conseil_dla.wording.conditions import if_text
from conseil_dla.wording.page_parts import FINDING, Card, Page, Row, Section, Text

COHERENCE = "coherence"


def findings_page(book: Book) -> Page:
    """Findings, by the name that rules give them; their titles are those of the rules that conclude them."""
    lead = (
        "Un constat nomme une situation qui sert à plusieurs règles : une règle le conclut, d’autres le lisent. "
        "Comme dans les lectures, il porte ici le titre des règles qui le concluent."
    )
    cards = tuple(_finding(book, id) for id in book.ids(FINDING))
    return Page(KIND_PAGES[FINDING].page, "Les constats", words(lead), (Section("Tous les constats", cards=cards),))


def _finding(book: Book, id: str) -> Card:
    concluding = [rule for rule, _ in book.drawn.get((FINDING, id), ())]
    concluded = []
    for rule in concluding:
        condition = if_text(book.base, rule.condition)
        concluded.append(Text((link(book, (RULE, rule.id)), f"{NBSP}: si ", *condition.run), condition.inner))
    readers = {name for name, _ in book.readers.get((FINDING, id), ())}
    rows = (
        Row("Conclu par", tuple(concluded)),
        Row("Lu par", named_links(book, readers) or words("Rien ne le lit.")),
    )
    title = listed([book.title(RULE, rule.id) for rule in concluding], "ou")
    return Card(FINDING, id, title or quoted(id), (), rows, also=id)


def coherences_page(book: Book) -> Page:
    """Answers that cannot go together."""
    lead = "Des réponses qui ne peuvent pas aller ensemble. Le programme les refuse, en nommant celles en cause."
    found = sorted(book.base.logic.incoherences, key=lambda one: book.place((COHERENCE, one.id)))
    cards = tuple(_incoherence(book, one) for one in found)
    section = Section("Toutes les cohérences", cards=cards)
    return Page(KIND_PAGES[COHERENCE].page, "Ce qui ne va pas ensemble", words(lead), (section,))


def _incoherence(book: Book, incoherence: Incoherence) -> Card:
    entry = book.base.entry(COHERENCE, incoherence.id)
    never = if_text(book.base, incoherence.never, ", ")
    read = [("question", id) for id in questions_read(incoherence.never)]
    rows = (
        Row("Parce que", words(sentence(entry.texts.get("parce_que", "")))),
        Row("Lit", in_line(named_links(book, read))),
    )
    refused = (ALORS, " le programme refuse la dernière réponse.")
    if never.inner:
        return card(book, COHERENCE, incoherence.id, rows, (Text((SI, " ", *never.run), never.inner), Text(refused)))
    return card(book, COHERENCE, incoherence.id, rows, (Text((SI, " ", *never.run, *refused)),))
