"""Claims of the note with all that cites each; experiences; reminders; plans; fields of papers; the word list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conseil_dla.authoring.site.addresses import CASE, KIND_PAGES
from conseil_dla.authoring.site.cards import CLAIM, card, claims, free, named_links, prose, seen_run, words
from conseil_dla.authoring.site.uses import Book
from conseil_dla.ground.french import NBSP, counted, sentence
from conseil_dla.reading.compose import reporter
from conseil_dla.rules.model import Dossier, Entry, PaperField
from conseil_dla.rules.paper_fields import PART_TITLES
from conseil_dla.rules.plans import MOMENT_NAMES, Plan, PlanStep
from conseil_dla.wording.clauses import question_name, quoted_answer
from conseil_dla.wording.page_parts import Card, Link, Page, Row, Section, Text, Toned
from conseil_dla.wording.provenance import TOLD, source_name, voice_text
from conseil_dla.wording.search_index import WORD, today_and_before

REMINDER = "rappel"
NATURES: Mapping[str, str] = {
    "regle": "Une consigne ou un conseil.",
    "savoir": "Une information.",
    "cas": "Une expérience.",
}
REPORTED: Mapping[str, str] = {
    "note": "Rapportées par la note",
    "reseau": "Racontées ailleurs que dans la note",
    "ailleurs": "D’une autre source",
}
"""Titles over experiences, by who reports them."""
UNCITED = "Rien ne cite cette affirmation."


def claims_page(book: Book) -> Page:
    """Claims by the letter of their id, in the order of their numbers."""
    lead = (
        "Ce que dit la note, une chose à la fois, redite avec nos mots. L’avis d’une personne se lit comme l’avis "
        "d’une personne, et un chiffre garde sa date."
    )
    by_letter: dict[str, list[Card]] = {}
    for id in sorted(book.ids(CLAIM), key=_number):
        by_letter.setdefault(id[:1], []).append(_claim(book, id))
    sections = tuple(Section(f"Affirmations {letter}", cards=tuple(by_letter[letter])) for letter in sorted(by_letter))
    return Page(KIND_PAGES[CLAIM].page, "Les affirmations de la note", words(lead), sections)


def _number(id: str) -> tuple[str, int, str]:
    """E8 comes before E10."""
    digits = id[1:]
    return (id[:1], int(digits) if digits.isdecimal() else 0, id)


def _claim(book: Book, id: str) -> Card:
    entry = book.base.entry(CLAIM, id)
    rows = (
        Row("Nature", words(NATURES[entry.texts.get("nature") or "savoir"])),
        Row("Qui parle, et quand", words(sentence(voice_text(entry)) if voice_text(entry) else "")),
        Row("Citée par", named_links(book, book.cited.get(id, ())) or words(UNCITED)),
    )
    return card(book, CLAIM, id, rows)


def cases_page(book: Book) -> Page:
    """Real experiences: what is known of them, and nothing else; those of the network apart from the note's."""
    lead = (
        "Des expériences réelles, avec ce que leur source dit de la situation de départ et rien d’autre. Chacune dit "
        "d’où elle vient. Elles servent à lire, et à éprouver les règles."
    )
    parted: dict[str, list[Card]] = {name: [] for name in ("note", "reseau", "ailleurs")}
    for id in book.ids(CASE):
        parted[reporter(book.base, book.cases[id]) or "ailleurs"].append(_case(book, id))
    sections = tuple(Section(REPORTED[who], cards=tuple(cards)) for who, cards in parted.items() if cards)
    return Page(KIND_PAGES[CASE].page, "Les expériences", words(lead), sections)


def _case(book: Book, id: str) -> Card:
    case: Dossier = book.cases[id]
    seen = case.observation
    answers = sorted(case.answers, key=lambda question: book.place(("question", question)))
    told = tuple(
        Text((Link("question", q, question_name(book.base, q)), f", {quoted_answer(book.base, q, case.answers[q])}"))
        for q in answers
    )
    rows = (
        Row("La demande", prose(case.demand)),
        Row("Ce que l’on entend derrière la demande", prose(case.heard)),
        Row(f"Ce que {source_name(reporter(book.base, case))} rapporte", told),
        Row("Ce qui a été fait", prose(case.experience)),
        Row("D’où cela vient", (Text(seen_run(seen, verb=TOLD)),) if seen else claims(book, case.sources)),
    )
    where = (seen.who, seen.when, seen.where) if seen else ()
    also = " ".join((id, case.demand, case.heard, case.experience, *where))
    return Card(CASE, id, case.title, (), tuple(row for row in rows if row.texts), also=also)


def reminders_page(book: Book) -> Page:
    """What it is time to look at, by the month at which it comes."""
    lead = "Ce qu’il est temps de regarder, des mois après la première lecture d’un dossier."
    base = book.base
    by_month: dict[int, list[Card]] = {}
    for id in book.ids(REMINDER):
        entry = base.entry(REMINDER, id)
        months = int(entry.texts.get("apres_mois") or 0)
        by_month.setdefault(months, []).append(card(book, REMINDER, id, free(entry, "que_regarder", "en_methode")))
    sections = tuple(Section(f"Après {counted(m, 'mois', 'mois')}", cards=tuple(by_month[m])) for m in sorted(by_month))
    return Page(KIND_PAGES[REMINDER].page, "Les rappels", words(lead), sections)


def words_page(book: Book) -> Page:
    """The words of 2012 and those of today."""
    lead = "On montre le mot d’aujourd’hui ; celui de 2012 ne sert qu’à parler de la note."
    cards = tuple(card(book, WORD, id, _word(book.base.entry(WORD, id))) for id in book.ids(WORD))
    title = "Les mots de 2012 et ceux d’aujourd’hui"
    return Page(KIND_PAGES[WORD].page, title, words(lead), (Section("Tous les mots", cards=cards),))


def _word(entry: Entry) -> Iterator[Row]:
    today, before = today_and_before(entry)
    yield Row("Avant", words(before))
    yield Row("Aujourd’hui", words(today))
    yield from free(entry, "note")


PLAN = "deroulement"


def plans_page(book: Book) -> Page:
    """Every plan, the shortest first."""
    lead = (
        "Comment se déroule un atelier avec une salle, selon le temps que l’on a. La façon de conduire un atelier "
        "est la nôtre."
    )
    cards = tuple(_plan(book, plan) for plan in book.base.plans)
    return Page(KIND_PAGES[PLAN].page, "Les déroulements d’atelier", words(lead), (Section("Du plus court au plus long",
                                                                                        cards=cards),))  # fmt: skip


def _plan(book: Book, plan: Plan) -> Card:
    return card(book, PLAN, plan.id, _rows(book, plan))


def _rows(book: Book, plan: Plan) -> Iterator[Row]:
    yield Row("Durée", words(counted(plan.minutes, "minute")))
    yield from free(book.base.entry(PLAN, plan.id), "a_preparer")
    for step in plan.steps:
        yield Row(f"{MOMENT_NAMES[step.moment]}, {counted(step.minutes, 'minute')}", tuple(_told(step)))


def _told(step: PlanStep) -> Iterator[Text]:
    yield Text((Toned(step.title, "strong"),))
    yield from prose(step.what)
    yield from (Text((f"À dire{NBSP}: {line}",)) for line in step.say.splitlines())


FIELD = "rubrique"


def fields_page(book: Book) -> Page:
    """What may be written for papers, by the part that it stands in."""
    lead = "Ce que l’on écrit pour les papiers, et que la lecture ne peut pas savoir. Rien n’y est écrit d’avance."
    by_part: dict[str, list[Card]] = {}
    for each in (book.base.fields[id] for id in book.ids(FIELD)):
        by_part.setdefault(PART_TITLES[each.part], []).append(card(book, FIELD, each.id, _field(book, each)))
    sections = tuple(Section(title, cards=tuple(by_part[title])) for title in PART_TITLES.values() if title in by_part)
    return Page(KIND_PAGES[FIELD].page, "Les rubriques des papiers", words(lead), sections)


def _field(book: Book, field: PaperField) -> Iterator[Row]:
    yield from free(book.base.entry(FIELD, field.id), "aide")
    yield Row("Colonnes", words(", ".join(column.title for column in field.columns)))
    proposed = (each.text or " ; ".join(each.row.values()) for each in field.proposals)
    yield Row("Ce qui est proposé", words(*proposed))
