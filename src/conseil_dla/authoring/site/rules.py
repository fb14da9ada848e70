"""The rules, each as a sentence with its reason, what it reads and feeds and its examples; findings, incoherences."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, in_line, link, links, named_links, words
from conseil_dla.authoring.site.uses import RULE, Book
from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, sentence
from conseil_dla.ground.words import alphabetical
from conseil_dla.rules.model import Argue, Base, Conclude, Draw, Effect, Example, Incoherence, Push, Rule, RuleOut
from conseil_dla.rules.truth import atoms, findings_read, questions_behind, questions_read
from conseil_dla.wording.clauses import if_text, question_name, quoted_answer
from conseil_dla.wording.page_parts import FINDING, Card, Link, Page, Row, Run, Section, Span, Text, Toned
from conseil_dla.wording.reasons import FORCE_WORDS
from conseil_dla.wording.search_index import LEVEL_WORDS

SI, ALORS = Toned("Si", "strong"), Toned("alors", "strong")
NO_THEME = "Sans thème"


def rules_page(book: Book) -> Page:
    """All rules, by the theme of the first question that they rest on."""
    by_theme: dict[str, list[Card]] = {}
    for rule in book.rules:
        by_theme.setdefault(theme_of(book, rule), []).append(rule_card(book, rule))
    lead = (
        "Une règle dit ce qui suit de certaines réponses, et pourquoi. Elle ne lit jamais le format ni la posture "
        "conclus, et leur ordre ne compte pas. Elles sont rangées par thème : celui de la première question lue."
    )
    themes = sorted(by_theme, key=alphabetical)
    sections = [Section(theme, cards=tuple(by_theme[theme])) for theme in themes]
    return Page(KIND_PAGES[RULE].page, "Les règles", words(lead), tuple(sections))


def theme_of(book: Book, rule: Rule) -> str:
    """The theme of the first question that the rule names, else of one behind its findings."""
    for atom in atoms(rule.condition):
        if question := getattr(atom, "question", None):
            return book.base.entry("question", question).texts.get("theme") or NO_THEME
    behind = questions_behind(book.base.logic, [rule.condition])
    themes = sorted({book.base.entry("question", id).texts.get("theme") or NO_THEME for id in behind}, key=alphabetical)
    return themes[0] if themes else NO_THEME


def rule_card(book: Book, rule: Rule) -> Card:
    """One rule."""
    base = book.base
    entry = base.entry(RULE, rule.id)
    read = [("question", id) for id in questions_read(rule.condition)]
    behind = questions_behind(base.logic, [rule.condition]) - questions_read(rule.condition)
    found = findings_read(rule.condition)
    rows = [
        Row("Parce que", words(sentence(entry.texts.get("parce_que", "")))),
        Row("Lit", in_line(named_links(book, [*read, *((FINDING, id) for id in found)]))),
        Row("Repose aussi sur", in_line(links(book, [("question", id) for id in behind]))),
        Row("Alimente", _fed(book, rule)),
        Row("S’applique, par exemple, avec", _examples(book, entry.examples, True)),
        Row("Ne s’applique pas, par exemple, avec", _examples(book, entry.examples, False)),
    ]
    return card(book, RULE, rule.id, rows, rule_lead(book.base, rule))


def rule_lead(base: Base, rule: Rule) -> Iterator[Text]:
    """« Si l’on a, pour …, alors … »."""
    condition = if_text(base, rule.condition, ", ")
    effects = [effect_run(base, effect) for effect in rule.effects]
    start: list[Span] = [SI, " ", *condition.run]
    if condition.inner:
        yield Text(tuple(start), condition.inner)
        start = []
    if len(effects) == 1:
        yield Text((*start, ALORS, " ", *effects[0], "."))
    else:
        yield Text((*start, ALORS, f"{NBSP}:"), tuple(Text(effect) for effect in effects))


def _fed(book: Book, rule: Rule) -> tuple[Text, ...]:
    """What the rule concludes, and who reads what it finds."""
    leads = [next(s for s in effect_run(book.base, effect) if isinstance(s, Link)) for effect in rule.effects]
    told = in_line(named_links(book, [(one.kind, one.id) for one in leads]))
    found = {(FINDING, effect.finding) for effect in rule.effects if isinstance(effect, Conclude)}
    readers = {name for finding in found for name, _ in book.readers.get(finding, ())}
    return (Text((*told[0].run, f"{NBSP}; par là{NBSP}:"), named_links(book, readers)),) if readers else told


def _examples(book: Book, examples: tuple[Example, ...], fires: bool) -> tuple[Text, ...]:
    """The small dossiers that the rule carries: « l’état du groupe, « … » ; … »."""
    told = []
    for example in examples:
        if example.fires == fires:
            spans: list[Span] = []
            for id in sorted(example.answers, key=lambda id: book.place(("question", id))):
                spans += [f"{NBSP}; "] if spans else []
                spans.append(Link("question", id, question_name(book.base, id)))
                spans.append(f", {quoted_answer(book.base, id, example.answers[id])}")
            told.append(Text(tuple(spans) if spans else ("aucune réponse connue",)))
    return tuple(told)


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


def effect_run(base: Base, effect: Effect) -> Run:
    """One effect after « alors »."""
    match effect:
        case Conclude(finding):
            return ("constat ", Link(FINDING, finding, quoted(finding)))
        case Push(axis, points):
            lead = Link("axe", axis, quoted(base.title("axe", axis)))
            return (lead, f" va vers {quoted(lowered(side_text(base, axis, points)))}, {points_text(points)}")
        case Argue(format, side, force, motif):
            reason = Link("motif", motif, lowered(base.title("motif", motif)))
            about = Link("format", format, quoted(base.title("format", format)))
            return (f"{side} ", about, f"{NBSP}: ", reason, f" ({FORCE_WORDS[force]})")
        case RuleOut(format):
            return (Link("format", format, quoted(base.title("format", format))), " écarté par définition")
        case Draw(kind, id, level):
            when = f", {LEVEL_WORDS[level]}" if level else ""
            return (f"{KIND_PAGES[kind].noun} ", Link(kind, id, quoted(base.title(kind, id))), when)


def side_text(base: Base, axis: str, sign: int) -> str:
    """The side of an axis that points of this sign go to."""
    return base.entry("axe", axis).texts.get("positif" if sign > 0 else "negatif", "")


def points_text(points: int) -> str:
    """How far a rule pushes, its side being said."""
    return counted(abs(points), "point")
