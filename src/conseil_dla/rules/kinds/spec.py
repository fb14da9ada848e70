"""What is known of a kind of item: data alone, from which shapes, engines, words, papers and pages are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Bearing = Literal["sortie", "montre", "sens", "mots", "noms"]
"""What changes with a key, from the gravest; see ``rules.loading.bearings``."""
Form = Literal["prose", "text", "task", "yes_no", "condition", "formats", "part", "supports", "sides", "many", "apart"]
"""What stands under a key; ``rules.loading.shapes`` has the shape of each."""
Concluded = Literal["verdict", "rules", "condition", "nothing"]
"""By what items of a kind are concluded: compared with one another, one alone being shown; drawn by rules, one by one;
met by a condition of their own; never."""
OnPaper = Literal["", "method", "partners", "never"]
"""How papers that go out speak of what is drawn, where the officer keeps it: its method, in the part that the item
names; the same among partners, but for internal items. ``never``: whatever it says stays with the officer."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an item."""

    name: str
    form: Form
    bearing: Bearing
    told: str = ""
    """What an editor says of it; empty where it means the same in every kind (``authoring.schema.wordings``)."""
    lead: str = ""
    """What a reader is told it is; empty where a reading does not show it."""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a kind, to whoever reads or writes."""

    name: str
    what: str
    """What it is, to an author."""
    heading: str = ""
    """Over several of them, in searches and comparisons."""
    noun: str = ""
    """One of them to a reader, where it is not called as in files."""
    section: str = ""
    """Over those that a reading lists apart."""
    help: Mapping[str, tuple[str, str]] | None = None
    """Title and text of the help on a line, under the empty word; under each level where there are levels."""
    page: tuple[str, str, str] = ("", "", "")
    """Title, lead and title of the list, in the site of the rules; where the kind has a page of its own make."""
    drawn_by: str = "Conclu par"
    effect: str = ""
    """What an editor says of the effect that draws one."""
    point: str = ""
    """One of them in full, with its article, in what several people agree on or not; else as ``the``."""
    lifted: str = "il n’y aurait plus à prévoir {}"
    """What would be, were it no longer concluded."""
    detail: str = "definition"
    """The key that a reading shows under the title."""


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of item: what decides, then what is said."""

    word: str
    """The first key of an item."""
    the: str
    """The noun with its article: « la vigilance »."""
    keys: tuple[Key, ...]
    words: Words
    feminine: bool = False
    """To be said where ``the`` begins with « l’ », which does not tell."""
    concluded: Concluded = "rules"
    settled_before: bool = False
    """Is it to be settled, or to be had, before launching? One with levels is, at the first of them."""
    levelled: bool = False
    """Does a rule say when it matters (``niveau``)?"""
    awaited: bool = False
    """Is one that no rule draws told as soon as the folder is read?"""
    on_paper: OnPaper = ""
    section: str = ""
    """Key of the section of a reading that lists what surely holds; by level where there are levels."""

    def has(self, key: str) -> bool:
        """Does an item of this kind have such a key?"""
        return any(each.name == key for each in self.keys)

    @property
    def can_be_foreseen(self) -> bool:
        """May the answers say that one is planned already (``deja_prevu_si``)?"""
        return self.has("deja_prevu_si")

    @property
    def several(self) -> str:
        """The key of several of them in JSON, and the column of a table."""
        return self.word if self.word.endswith("s") else f"{self.word}s"

    @property
    def noun(self) -> str:
        """One of them, without article, as readers say it."""
        return self.words.noun or bare(self.the)

    @property
    def is_feminine(self) -> bool:
        """Is one of them « une » or « un »?"""
        return self.feminine or self.the.startswith("la ")

    @property
    def point(self) -> str:
        """One of them in full, with « un » or « une »."""
        if self.words.point:
            return f"{'une' if self.words.point.startswith('la ') else 'un'} {bare(self.words.point)}"
        return f"{'une' if self.is_feminine else 'un'} {self.noun}"


def bare(the: str) -> str:
    """A noun without its article."""
    return the.removeprefix("la ").removeprefix("le ").removeprefix("l’")


def definition(lead: str) -> Key:
    """What it is, in a sentence or two."""
    return Key("definition", "prose", "mots", lead=lead)


METHOD = Key("en_methode", "prose", "mots")
"""How a paper that goes out says it."""
APART = Key(
    "ne_va_pas_avec",
    "apart",
    "montre",
    "Ce que les papiers ne peuvent pas dire en même temps : une réponse "
    "(question.reponse), ou une autre façon de faire (modalite:nom).",
)
"""What a paper cannot say beside it."""
PART = Key("dans_les_papiers", "part", "montre", "La partie du papier qui sort où cela se range.")
FORMATS = Key("pour_formats", "formats", "montre")
