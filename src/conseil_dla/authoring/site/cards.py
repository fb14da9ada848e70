"""An item as a card: its own rows, then those that any item may have (where it comes from, where it stands)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.uses import Book, Name
from conseil_dla.ground.french import NBSP, day_text, quoted, sentence
from conseil_dla.rules.model import Entry, Observation
from conseil_dla.wording.page_parts import Card, Link, Row, Run, Text, WebLink, joined
from conseil_dla.wording.provenance import STATUSES, observed_parts, voice_text
from conseil_dla.wording.reading_sentences import DETAILS, LEADS

CLAIM = "affirmation"
LABELS = DETAILS | {
    "action": "Ce qu’il y a à faire",
    "aide": "Aide",
    "pourquoi": "Pourquoi cette question",
    "n_est_pas": "Ce que ce n’est pas",
    "en_methode": "Dans un papier qui sort",
    "que_regarder": "Ce qu’il y a à regarder",
    "a_preparer": "À préparer",
    "note": "À savoir",
}
"""Labels of free texts, by their key."""
CODED = frozenset(
    ("type", "nature", "modifiable", "preparatoire", "profil", "a_demander", "ouvre_la_lecture", "a_poser_tot",
     "dans_les_papiers", "apres_mois", "minutes")
)  # fmt: skip
"""Keys whose text is a word of the grammar, by which nobody looks for an item."""


def card(book: Book, kind: str, id: str, rows: Iterable[Row], lead: Iterable[Text] = ()) -> Card:
    """An item with its rows, the empty ones left out, and the standing of any item."""
    entry = book.base.entry(kind, id)
    texts = [text for key, text in entry.texts.items() if key not in CODED]
    also = (id, *texts, *entry.labels.values(), *entry.pole_titles, entry.author)
    kept = tuple(row for row in (*rows, *_standing(book, entry)) if row.texts)
    return Card(kind, id, entry.title, tuple(lead), kept, entry.internal, " ".join(part for part in also if part))


def words(*runs: str) -> tuple[Text, ...]:
    """Plain texts, empty ones left out."""
    return tuple(Text((run,)) for run in runs if run)


def free(entry: Entry, *keys: str) -> Iterator[Row]:
    """Rows of free texts. A list of texts has one a line."""
    for key in keys:
        yield Row((LABELS | LEADS.get(entry.kind, {}))[key], prose(entry.texts.get(key, "")))


def prose(text: str) -> tuple[Text, ...]:
    """A free text, one paragraph for each of its lines."""
    return words(*(line.strip() for line in text.split("\n")))


def link(book: Book, name: Name) -> Link:
    """An item by its title."""
    kind, id = name
    return Link(kind, id, book.title(kind, id))


def links(book: Book, names: Iterable[Name]) -> tuple[Text, ...]:
    """Items by their titles, one after the other, in the order of the site."""
    return tuple(Text((link(book, name),)) for name in sorted(set(names), key=book.place))


def named_links(book: Book, names: Iterable[Name]) -> tuple[Text, ...]:
    """The same after what each item is: « règle … », « appui … »."""
    found = sorted(set(names), key=book.place)
    return tuple(Text((f"{KIND_PAGES[name[0]].noun} ", quoted_link(book, name))) for name in found)


def in_line(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    """Short texts on one line, where a list would take too much room."""
    return (Text(joined([text.run for text in texts])),) if texts else ()


def quoted_link(book: Book, name: Name) -> Link:
    """An item by its title, between guillemets."""
    return Link(*name, quoted(book.title(*name)))


# --- where it comes from, where it stands ---------------------------------------------------------------------------


def _standing(book: Book, entry: Entry) -> Iterator[Row]:
    yield Row("D’où cela vient", origin(book, entry))
    if entry.sources or entry.observation or entry.status != "note":
        yield Row("Statut", words(STATUSES[entry.status]))
    yield Row("Écrit par", words(entry.author))
    if entry.review_on:
        yield Row("À relire", words(f"Le {day_text(entry.review_on)}."))


def origin(book: Book, entry: Entry) -> tuple[Text, ...]:
    """The claims that an item cites, or what was seen, by whom, when and where."""
    return seen_or_claims(book, entry.observation, entry.sources)


def seen_or_claims(book: Book, seen: Observation | None, sources: Iterable[str]) -> tuple[Text, ...]:
    """What was seen, by whom, where and when, and a link to the page that tells it; else claims."""
    return (Text(seen_run(seen)),) if seen else claims(book, sources)


def seen_run(seen: Observation, *, ours: bool = False, verb: str = "Observé") -> Run:
    """« Observé par l’ADDA du Gers, Gers, 2024, d’après un seul récit : » and the address, which leads there."""
    said, pages = observed_parts((seen,), ours=ours, verb=verb)
    return (f"{said}{NBSP}: ", WebLink(pages[0])) if pages else (sentence(said),)


def claims(book: Book, sources: Iterable[str]) -> tuple[Text, ...]:
    """Claims as they are restated, with who speaks and when."""
    return tuple(Text(claim_run(book, source)) for source in sources)


def claim_run(book: Book, source: str) -> Run:
    """« Ce que dit la note (un chargé de mission, 2012 ; E8) »."""
    entry = book.base.texts.get((CLAIM, source))
    if entry is None:
        return (source,)
    voice = voice_text(entry)
    return (Link(CLAIM, source, entry.title), f" ({voice}{NBSP}; {source})" if voice else f" ({source})")
