"""Formats with all that argues for and against each, and the motifs with where they serve."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, free, link, links, quoted_link, words
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, lowered, sentence
from conseil_dla.rules.model import FORCES, Argue, Force, RuleOut, Side
from conseil_dla.wording.page_parts import Card, Link, Page, Row, Run, Section, Span, Text
from conseil_dla.wording.provenance import source_text
from conseil_dla.wording.reasons import FORCE_WORDS

FORMAT, MOTIF = "format", "motif"
SIDES: tuple[Side, ...] = ("pour", "contre")


def formats_page(book: Book) -> Page:
    """Formats, those that prepare another apart."""
    lead = (
        "Ce que la lecture compare. On regarde d’abord les raisons qui tranchent, pour et contre ; à égalité, celles "
        "qui pèsent fort, puis celles qui pèsent. Une même raison ne compte qu’une fois, à la plus haute de ses forces."
    )
    logic = book.base.logic
    groups = {False: "Formats d’accompagnement", True: "Formats préparatoires, qui ouvrent un chemin"}
    sections = []
    for is_preparatory, title in groups.items():
        ids = [id for id in book.ids(FORMAT) if logic.formats[id].preparatory is is_preparatory]
        if ids:
            sections.append(Section(title, cards=tuple(_format(book, id) for id in ids)))
    return Page(KIND_PAGES[FORMAT].page, "Les formats", words(lead), tuple(sections))


def _format(book: Book, id: str) -> Card:
    base = book.base
    entry = base.entry(FORMAT, id)
    rows = [*free(entry, "definition", "duree", "qui_paie", "n_est_pas")]
    rows += [_arguments(book, id, side, force) for side in SIDES for force in FORCES]
    out = [rule for rule, effect in book.drawn.get((FORMAT, id), ()) if isinstance(effect, RuleOut)]
    rows.append(Row("Écarté par définition", tuple(Text(_sourced(book, rule.id)) for rule in out)))
    if not any(row.texts for row in rows if row.label.startswith(("Pour,", "Contre,"))):
        rows.append(Row("Raisons", words("Aucune règle n’argumente pour lui ni contre lui.")))
    supports = [("facteur", f.id) for f in base.logic.factors.values() if id in f.formats]
    ways = [(kind, each.id) for kind, each in base.logic.collected if id in each.formats]
    rows += [
        Row("Appuis que l’on y cherche", links(book, supports)),
        Row("Façons de faire que l’on y propose", links(book, ways)),
    ]
    if base.logic.formats[id].preparatory:
        rows.insert(0, Row("Préparatoire", words("La lecture montre aussi ce qui viendrait ensuite.")))
    return card(book, FORMAT, id, [*rows, *free(entry, "en_methode")])


def _arguments(book: Book, format: str, side: Side, force: Force) -> Row:
    """Arguments of one side and force: each motif, then the rules that give it, with their sources."""
    by_motif: dict[str, list[str]] = {}
    for rule, effect in book.drawn.get((FORMAT, format), ()):
        if isinstance(effect, Argue) and (effect.side, effect.force) == (side, force):
            by_motif.setdefault(effect.motif, []).append(rule.id)
    texts = []
    for motif in sorted(by_motif, key=lambda id: book.place((MOTIF, id))):
        reason = Link(MOTIF, motif, lowered(book.title(MOTIF, motif)))
        given = [_sourced(book, rule) for rule in by_motif[motif]]
        if len(given) == 1:
            texts.append(Text((reason, f"{NBSP}: ", *given[0])))
        else:
            texts.append(Text((reason, f"{NBSP}:"), tuple(Text(run) for run in given)))
    return Row(f"{side.capitalize()}, et cela {FORCE_WORDS[force]}", tuple(texts))


def _sourced(book: Book, rule: str) -> Run:
    """A rule, and in short where it comes from."""
    said = source_text(book.base, rule)
    return (link(book, (RULE, rule)), f" {said}") if said else (link(book, (RULE, rule)),)


def motifs_page(book: Book) -> Page:
    """Motifs: the reasons of arguments."""
    lead = (
        "Les raisons que les règles donnent pour ou contre un format. Deux règles qui donnent la même raison au même "
        "format, du même côté, ne comptent qu’une fois."
    )
    cards = tuple(card(book, MOTIF, id, _served(book, id)) for id in book.ids(MOTIF))
    return Page(KIND_PAGES[MOTIF].page, "Les motifs", words(lead), (Section("Tous les motifs", cards=cards),))


def _served(book: Book, motif: str) -> Iterator[Row]:
    given = book.drawn.get((MOTIF, motif), ())
    if not given:
        yield Row("Emploi", words(sentence("aucune règle ne donne cette raison")))
    for side in SIDES:
        texts = []
        for rule, effect in given:
            if isinstance(effect, Argue) and effect.side == side:
                about = (FORMAT, effect.format)
                spans: list[Span] = [quoted_link(book, about), f", et cela {FORCE_WORDS[effect.force]}{NBSP}: "]
                texts.append(
                    (book.place(about), FORCES.index(effect.force), Text((*spans, link(book, (RULE, rule.id)))))
                )
        texts.sort(key=lambda found: found[:2])
        yield Row(side.capitalize(), tuple(text for *_, text in texts))
