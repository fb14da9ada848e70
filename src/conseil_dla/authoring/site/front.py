"""The first page: what this is, what it holds, and how to read it."""

from __future__ import annotations

from collections.abc import Sequence

from conseil_dla.authoring.site.addresses import FRONT, KIND_PAGES
from conseil_dla.authoring.site.cards import words
from conseil_dla.authoring.site.uses import Book
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.wording.page_parts import Page, PageLink, Section, Text, Toned
from conseil_dla.wording.provenance import STATUSES

TITLE = "Les règles du conseil"
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
    ("Une raison pour ou contre un format", "pèse, pèse fort ou tranche. On compare d’abord celles qui tranchent ; à "
     "égalité, celles qui pèsent fort ; puis les autres. Rien n’est additionné d’une force à l’autre."),
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


def plural(noun: str) -> str:
    """Several of a noun: its first word takes the s."""
    first, _, rest = noun.partition(" ")
    return f"{first}s {rest}".rstrip()
