"""What may be concluded, kind by kind: what rules or conditions draw, formats and reasons, postures on axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import (
    card,
    free,
    link,
    links,
    quoted_link,
    seen_or_claims,
    seen_run,
    words,
)
from conseil_dla.authoring.site.rules import points_text, side_text
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, lowered, quoted, sentence
from conseil_dla.rules.kinds.factor import FACTOR
from conseil_dla.rules.kinds.spec import FORMATS, METHOD, KindSpec
from conseil_dla.rules.kinds.tension import TENSION
from conseil_dla.rules.model import FORCES, LEVELS, SIDES, Argue, Condition, Draw, Force, Push, RuleOut, Side
from conseil_dla.wording.clauses import if_text
from conseil_dla.wording.page_parts import Card, Link, Page, Row, Run, Section, Span, Text
from conseil_dla.wording.provenance import source_text
from conseil_dla.wording.reasons import FORCE_WORDS
from conseil_dla.wording.search_index import LEVEL_WORDS


def drawn_page(kind: KindSpec, book: Book) -> Page:
    """What rules draw of a kind, with those that draw it."""
    return _page(kind, [card(book, kind.word, id, _drawn(kind, book, id)) for id in book.ids(kind.word)])


def _drawn(kind: KindSpec, book: Book, id: str) -> Iterator[Row]:
    """With levels, the rules stand level by level; how papers say it comes last."""
    entry, name = book.base.entry(kind.word, id), (kind.word, id)
    yield from free(entry, *(key.name for key in kind.keys if key.form in ("task", "prose") and key is not METHOD))
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
    if entry.apart:
        yield Row("Ne va pas, dans un même papier, avec", words(", ".join(entry.apart)))


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
    each = zip(entry.pole_titles, poles, entry.pole_sources, entry.pole_observations, strict=True)
    for number, (title, pole, sources, seen) in enumerate(each, start=1):
        told = if_text(book.base, pole, ".")
        when = Text(("Si ", *told.run), told.inner)
        said = Text((sentence(title),), (when, *seen_or_claims(book, seen, sources)))
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


FORMAT, MOTIF = "format", "motif"

# --- formats, and the motifs that argue ------------------------------------------------------------------------------


def formats_page(book: Book) -> Page:
    """Formats, those that prepare another apart."""
    lead = (
        "Ce que la lecture compare. On regarde d’abord les raisons qui emportent la décision, pour et contre ; à "
        "égalité, celles qui pèsent fort, puis celles qui pèsent. Une même raison ne compte qu’une fois, à la plus "
        "haute de ses forces."
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
    entry = book.base.entry(RULE, rule)
    if entry.observation:
        return (link(book, (RULE, rule)), " ", *seen_run(entry.observation, ours=entry.status == "interpretation"))
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


POSTURE, AXIS = "posture", "axe"

# --- postures, and their axes ----------------------------------------------------------------------------------------


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
