"""Questions: how each is asked, when, to whom, and who reads each of its answers; then the table of structures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, free, link, named_links, words
from conseil_dla.authoring.site.rules import NO_THEME
from conseil_dla.authoring.site.uses import Book, Name, names_answer
from conseil_dla.ground.french import NBSP, listed, quoted, sentence
from conseil_dla.ground.words import alphabetical
from conseil_dla.reading.explanations import Clause
from conseil_dla.rules.model import Ordinary, Question, Within
from conseil_dla.wording.clauses import if_text, wanted_text
from conseil_dla.wording.page_parts import Card, Page, Row, Run, Section, Text
from conseil_dla.wording.prospects import NOBODY, TIME, WHO, WHOM

QUESTION, COLUMN = "question", "colonne"
SORTS: Mapping[str, str] = {
    "choix": "Une seule réponse.",
    "plusieurs": "On coche toutes celles qui conviennent.",
    "nombre": "Un nombre.",
    "oui_non": "Oui ou non.",
    "texte": "Un texte court.",
}
UNCHANGED = "Personne : cette réponse n’est pas de celles que l’on cherche à changer."


def questions_page(book: Book) -> Page:
    """All questions by theme, then the columns of the table."""
    lead = (
        "« Je ne sais pas encore » est toujours proposé, et rien n’est supposé à sa place. Une question qui ne se pose "
        "pas est sans objet : toute condition qui la lit est fausse, et « une autre réponse que » y est vrai."
    )
    by_theme: dict[str, list[Card]] = {}
    for id in book.ids(QUESTION):
        theme = book.base.entry(QUESTION, id).texts.get("theme") or NO_THEME
        by_theme.setdefault(theme, []).append(card(book, QUESTION, id, _question(book, id), _wording(book, id)))
    themes = sorted(by_theme, key=alphabetical)
    sections = [Section(theme, cards=tuple(by_theme[theme])) for theme in themes]
    columns = tuple(card(book, COLUMN, id, _column(book, id)) for id in book.ids(COLUMN))
    if columns:
        about = "Les colonnes du tableau des structures, à côté du nom. Une case vide est inconnue."
        sections.append(Section("Le tableau des structures", words(about), columns))
    return Page(KIND_PAGES[QUESTION].page, "Les questions", words(lead), tuple(sections))


def _wording(book: Book, id: str) -> tuple[Text, ...]:
    return words(quoted(book.base.entry(QUESTION, id).texts.get("libelle", "")))


def _question(book: Book, id: str) -> Iterator[Row]:
    question, entry = book.base.logic.questions[id], book.base.entry(QUESTION, id)
    yield Row("Comment on répond", words(_sort(question, entry.texts.get("unite", ""))))
    yield Row("Réponses, et qui les lit", tuple(_answers(book, question)))
    yield from free(entry, "aide", "pourquoi")
    if question.asked_if is None:
        yield Row("Quand elle se pose", words("Toujours."))
    else:
        told = if_text(book.base, question.asked_if, ".")
        yield Row("Quand elle se pose", (Text(("Si ", *told.run), told.inner),))
    if question.first_if is not None:
        told = if_text(book.base, question.first_if, ".")
        yield Row("Quand elle passe avant toutes les autres", (Text(("Si ", *told.run), told.inner),))
    yield Row("À qui la demander", words(sentence(WHOM[entry.texts.get("a_demander", "")])))
    yield Row("Qui peut agir", words(_who(question)))
    yield Row("Ce qui est ordinaire", words(_ordinary(book, question)))
    yield Row("Comment cela mûrit", words(_ripening(book, question)))
    yield Row("Où elle se remplit", tuple(_filled(book, question)))
    yield Row("Comment une réponse se dit dans un papier qui sort", tuple(_said(book, question)))


def _sort(question: Question, unit: str) -> str:
    if question.bounds is None:
        return SORTS[question.type]
    low, high = question.bounds
    return f"Un nombre de {low} à {high}{NBSP}{unit}".rstrip() + "."


def _answers(book: Book, question: Question) -> Iterator[Text]:
    """Each answer with the items whose condition names it; of a number, the stretches that are named."""
    readers = book.readers.get((QUESTION, question.id), ())
    entry = book.base.entry(QUESTION, question.id)
    for answer in question.answers:
        names = {name for name, atom in readers if names_answer(atom, answer)}
        yield _read_by(book, quoted(entry.labels.get(answer, answer)), names)
    stretches = {atom for _, atom in readers if isinstance(atom, Within)}
    for stretch in sorted(stretches, key=lambda s: (s.low is not None, s.low or 0, s.high is None, s.high or 0)):
        names = {name for name, atom in readers if atom == stretch}
        yield _read_by(book, sentence(wanted_text(book.base, Clause(stretch, None))).rstrip("."), names)


def _read_by(book: Book, told: str, names: set[Name]) -> Text:
    if not names:
        return Text((f"{told}{NBSP}: aucune condition ne la nomme",))
    return Text((f"{told}{NBSP}:",), named_links(book, names))


def _who(question: Question) -> str:
    if question.modifiable == TIME:
        return sentence(NOBODY)
    return sentence(WHO[question.modifiable]) if question.modifiable in WHO else UNCHANGED


def _ordinary(book: Book, question: Question) -> str:
    """The answers of an ordinary project, which « sauf exception » rests on."""
    usual: Ordinary | None = question.ordinary
    if usual is None:
        return ""
    if question.type == "nombre":
        stretch = Within(question.id, usual.low, usual.high)
        return sentence(wanted_text(book.base, Clause(stretch, None)))
    return sentence(listed(_labels(book, question, [a for a in question.answers if a in usual.answers]), "ou"))


def _ripening(book: Book, question: Question) -> str:
    if not question.ripens:
        return ""
    if question.type == "plusieurs":
        return f"Ce que l’on peut espérer voir coché{NBSP}: {listed(_labels(book, question, question.ripens))}."
    return f"De la moins à la plus mûre{NBSP}: {', puis '.join(_labels(book, question, question.ripens))}."


def _labels(book: Book, question: Question, answers: Iterable[str]) -> list[str]:
    labels = book.base.entry(QUESTION, question.id).labels
    return [quoted(labels.get(answer, answer)) for answer in answers]


def _filled(book: Book, question: Question) -> Iterator[Text]:
    """Beside the questionnaire: the territory profile, the table of structures."""
    if question.in_profile:
        yield Text(("Dans le profil du territoire, une fois pour tous ses dossiers.",))
    if question.tally is not None:
        column = question.tally.column
        named: Run = (
            (", par sa colonne ", link(book, (COLUMN, column))) if column else (", par le nombre de ses lignes",)
        )
        yield Text(("Le tableau des structures peut répondre à votre place", *named, "."))


def _said(book: Book, question: Question) -> Iterator[Text]:
    entry = book.base.entry(QUESTION, question.id)
    if frame := entry.texts.get("phrase"):
        yield Text((frame,))
    for answer in question.answers:
        if said := entry.texts.get(f"phrases.{answer}"):
            yield Text((f"{quoted(entry.labels.get(answer, answer))}{NBSP}: {said}",))


def _column(book: Book, id: str) -> Iterator[Row]:
    column, entry = book.base.logic.columns[id], book.base.entry(COLUMN, id)
    yield Row("Ce que l’on y écrit", words(SORTS[column.type]))
    yield Row("Valeurs", words(*(quoted(entry.labels.get(answer, answer)) for answer in column.answers)))
    yield from free(entry, "aide")
    counting = [(QUESTION, q.id) for q in book.base.logic.questions.values() if q.tally and q.tally.column == id]
    yield Row("Ce qui s’y compte", named_links(book, counting) or words("Aucune question n’y compte rien."))
