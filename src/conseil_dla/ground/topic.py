"""One thing explained in plain words, as the help page shows it; and what any list or page says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.ground.french import spaced


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing explained."""

    title: str
    paragraphs: tuple[str, ...]


def topic(title: str, *paragraphs: str) -> Topic:
    """A topic, with the no-break spaces that French wants."""
    return Topic(spaced(title), tuple(spaced(paragraph) for paragraph in paragraphs))


SEARCHING_TOPIC = topic(
    "Chercher dans une liste",
    "Tapez quelques mots : majuscules, accents et apostrophes ne comptent pas, et une faute de frappe dans un mot long "
    "est pardonnée. Les lignes où un mot commence ainsi viennent d’abord, puis celles où c’est au milieu d’un mot, "
    "puis celles qui l’ont dans le détail.",
    "↑ et ↓ choisissent une ligne, Entrée l’ouvre.",
)
PAGE_TOPIC = topic(
    "Une page à lire",
    "↑ et ↓ la font défiler. Entrée appuie sur le bouton en couleur ; Échap ferme la page sans rien changer.",
)
