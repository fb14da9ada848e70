"""The whole site from the rules, its first page among the others: names of files to their texts, and nothing else.

The same rules give the same bytes, whatever the order and the splitting of their files: nothing here knows the day,
the machine or the folder. By a marker among them the program knows a folder that it made, and which files it may write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from conseil_dla.authoring.site.addresses import FRONT, KIND_PAGES, TITLE, plural
from conseil_dla.authoring.site.cards import words
from conseil_dla.authoring.site.claims import (
    cases_page,
    claims_page,
    fields_page,
    plans_page,
    reminders_page,
    words_page,
)
from conseil_dla.authoring.site.conclusions import (
    drawn_page,
    factors_page,
    formats_page,
    motifs_page,
    postures_page,
    tensions_page,
)
from conseil_dla.authoring.site.html import INDEX_FILE, SCRIPT_FILE, STYLE_FILE, script, search_index, style, write
from conseil_dla.authoring.site.questions import questions_page
from conseil_dla.authoring.site.rules import coherences_page, findings_page, rules_page
from conseil_dla.authoring.site.uses import Book, book
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.model import Base, Dossier
from conseil_dla.wording.page_parts import Page, PageLink, Section, Text, Toned
from conseil_dla.wording.provenance import STATUSES

MAKERS: tuple[Callable[[Book], Page], ...] = (
    rules_page, questions_page, formats_page, postures_page,
    *(partial(drawn_page, kind) for kind in DRAWN if kind.settled_before), factors_page,
    *(partial(drawn_page, kind) for kind in DRAWN if not kind.settled_before), tensions_page,
    findings_page, motifs_page, coherences_page, claims_page, cases_page, reminders_page, plans_page, fields_page,
    words_page,
)  # fmt: skip
"""In the order of the contents."""


def pages(base: Base, cases: Sequence[tuple[str, Dossier]] = ()) -> Mapping[str, str]:
    """Every file of the site by its name. ``cases`` are the experiences, each with the name of its file."""
    whole = book(base, cases)
    made = [page for page in (make(whole) for make in MAKERS) if any(section.cards for section in page.sections)]
    shown = (front_page(whole, made), *made)
    files = {page.name: write(page, shown, base.digest) for page in shown}
    files |= {STYLE_FILE: style(), SCRIPT_FILE: script(), INDEX_FILE: search_index(made)}
    return files | {MARKER: marker_text(base.digest, files)}


# --- the marker ------------------------------------------------------------------------------------------------------

MARKER = "conseil-dla-site.txt"
_FIRST = "Ce dossier a été écrit par « conseil-dla regles documenter ». Ouvrez index.html dans un navigateur.".replace(
    "« ", "«\u00a0"
).replace(" »", "\u00a0»")
_LISTED = "Les fichiers ci-dessous sont les siens ; il ne remplace et n’efface que ceux-là.".replace(" ;", "\u00a0;")


def marker_text(digest: str, files: Iterable[str]) -> str:
    """What the marker says: to a person first, then the names of the files."""
    return "\n".join((_FIRST, _LISTED, f"Empreinte des règles\u00a0: {digest}", "", *sorted(files), MARKER)) + "\n"


def files_of(said: str) -> frozenset[str] | None:
    """The files that a marker names; None when it is no marker of ours. Only bare names are taken."""
    first, _, rest = said.partition("\n")
    if first != _FIRST:
        return None
    names = rest.partition("\n\n")[2].splitlines()
    return frozenset(name for name in names if name and not set(name) & set("/\\:") and name not in (".", ".."))


ABOUT = (
    "Ces pages disent tout ce que le programme sait et comment il raisonne : ses règles, chacune avec sa raison et sa "
    "source, et tout ce qu’elles lisent ou concluent. Elles se lisent sans le programme et sans réseau, se cherchent "
    "et s’impriment.",
    "Elles sont faites pour qui écrit les règles ou veut en discuter. Ce qui porte la marque « interne » est pour "
    "l’accompagnateur·rice seul·e : ne transmettez pas ces pages telles quelles à un partenaire.",
)
READING = (
    ("Une règle", "se lit « Si l’on a, pour une question, telle réponse, alors… ». « Une autre réponse que » vaut "
     "aussi quand la question ne se pose pas ; un nombre se dit « au moins », « au plus » ou « de … à … »."),
    ("Une raison pour ou contre un format", "pèse, pèse fort ou emporte la décision. On compare d’abord celles qui "
     "l’emportent ; à égalité, celles qui pèsent fort ; puis les autres. Rien n’est additionné d’une force à l’autre."),
    ("Une vigilance", "est à régler avant, à tenir pendant ou à garder en tête : c’est un moment, pas une gravité."),
    ("Un constat", "est une conclusion intermédiaire, que d’autres règles lisent."),
    ("La source", "est une affirmation de la note (une lettre et un nombre), avec qui parle et quand ; ou une "
     "observation du réseau."),
    ("Le nom en petits caractères", "sous un titre est celui que l’on écrit dans les fichiers. C’est aussi un lien "
     "vers l’élément, à copier pour en parler."),
)  # fmt: skip
SEARCHING = (
    "Le champ de recherche est en haut de chaque page : tapez un ou plusieurs mots, sans souci des accents ni des "
    "majuscules. La touche / y mène, les flèches parcourent les résultats, Entrée ouvre, Échap efface.",
    "Pour imprimer une page, servez-vous du navigateur : la recherche et la navigation ne s’impriment pas.",
)
DIGEST = ". Elle change dès que leur contenu change. Faites des mêmes règles, ces pages sont les mêmes."


def front_page(book: Book, pages: Sequence[Page]) -> Page:
    """The index, which names every other page with how much it holds."""
    contents = tuple(Text((PageLink(page.name, page.title), f"{NBSP}: {_held(page)}")) for page in pages)
    how = [Text((Toned(lead, "strong"), f" {told}")) for lead, told in READING]
    statuses = tuple(Text((sentence,)) for sentence in STATUSES.values())
    how.append(Text((Toned("Le statut", "strong"), f" dit ce que vaut la source{NBSP}:"), statuses))
    digest = Text((f"Empreinte des règles{NBSP}: ", Toned(book.base.digest, "code"), DIGEST))
    sections = (
        Section("Ce que l’on y trouve", (Text((), contents),)),
        Section("Comment lire ces pages", tuple(how)),
        Section("Chercher et imprimer", words(*SEARCHING)),
        Section("De quelles règles il s’agit", (digest,)),
    )
    return Page(FRONT, TITLE, words(*ABOUT), sections)


def _held(page: Page) -> str:
    """« 152 règles », « 4 postures et 2 axes »."""
    number: dict[str, int] = {}
    for section in page.sections:
        for card in section.cards:
            number[card.kind] = number.get(card.kind, 0) + 1
    return " et ".join(
        counted(many, KIND_PAGES[kind].noun, plural(KIND_PAGES[kind].noun)) for kind, many in number.items()
    )
