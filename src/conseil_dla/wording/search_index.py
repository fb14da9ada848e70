"""Everything that can be looked for: questions, conclusions, and the words of 2012 with those of today.

Each thing says where it stands in the dossier, in the words that the reading uses, and what it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from conseil_dla.ground.french import NBSP, quoted
from conseil_dla.ground.words import fold
from conseil_dla.interview.questionnaire import Interview
from conseil_dla.reading.values import Drawn, Reading
from conseil_dla.rules.kinds import READ
from conseil_dla.rules.model import Base, Entry, Kind
from conseil_dla.wording.questionnaire import standing
from conseil_dla.wording.reading_sentences import DETAILS
from conseil_dla.wording.reasons import BEHIND, RULED_OUT

QUESTION = "question"
HEADINGS: Mapping[Kind, str] = {kind.word: kind.words.heading for kind in READ}
LEVEL_WORDS = {"avant": "à régler avant", "pendant": "à tenir pendant", "en_tete": "à garder en tête"}
FACTOR_WORDS = {"present": "présent", "possible": "encore possible", "inconnu": "non renseigné"}
FORESEEN_WORDS = {"deja_prevu": "déjà prévu", "a_prevoir": "à prévoir", "inconnu": "retenu"}
OPEN, EXCEPTION, NOT_DRAWN = "encore ouvert", "sauf exception", "pas conclu"
HIDDEN = ("libelle", "aide", "parce_que", "note", "avant", *DETAILS)
"""Free texts by which a thing is found, though a list does not show them."""


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing to be found. ``kind`` is ``question``, ``mot`` or a kind of conclusion."""

    kind: str
    id: str
    title: str
    standing: str
    also: str
    """Words by which it is found too."""
    is_aside: bool = False
    """True for a question that is sans objet: it is listed, and leads nowhere."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Things of one kind, under their heading."""

    title: str
    entries: tuple[Findable, ...]


def index(base: Base, state: Interview, reading: Reading) -> tuple[Chapter, ...]:
    """Questions first, then conclusions kind by kind in the order of the knowledge, then words."""
    words = word_entries(base)
    chapters = [Chapter("Questions", tuple(_question(base, state, reading, id) for id in base.logic.questions))]
    for kind, title in HEADINGS.items():
        found = tuple(
            Findable(kind, id, base.title(kind, id), _standing(reading, kind, id), _also(base, kind, id))
            for id in base.logic.ids(kind)
        )
        chapters.append(Chapter(title, found))
    said_before = [(fold(today), before) for today, before in map(today_and_before, words) if today and before]
    chapters = [Chapter(c.title, tuple(_by_old_words(entry, said_before) for entry in c.entries)) for c in chapters]
    chapters.append(Chapter("Les mots de 2012 et ceux d’aujourd’hui", tuple(_word(base, entry) for entry in words)))
    return tuple(chapter for chapter in chapters if chapter.entries)


def _by_old_words(entry: Findable, said_before: Iterable[tuple[str, str]]) -> Findable:
    """What is said in the words of today is found by those of 2012 too."""
    there = fold(f"{entry.title} {entry.also}")
    old = [before for today, before in said_before if today in there]
    return replace(entry, also=" ".join((entry.also, *old))) if old else entry


def _question(base: Base, state: Interview, reading: Reading, id: str) -> Findable:
    entry = base.entry(QUESTION, id)
    also = " ".join((_also(base, QUESTION, id), *entry.labels.values()))
    where = standing(base, state, reading, id) or "pas encore de réponse"
    return Findable(QUESTION, id, entry.title, where, also, is_aside=id in reading.not_applicable)


def _word(base: Base, entry: Entry) -> Findable:
    today, before = today_and_before(entry)
    told = f"avant{NBSP}: {before}" if before else ""
    return Findable(WORD, entry.id, today or entry.title, told, f"{entry.title} {_also(base, WORD, entry.id)}")


def _also(base: Base, kind: str, id: str) -> str:
    entry = base.entry(kind, id)
    return " ".join((*(entry.texts[key] for key in HIDDEN if entry.texts.get(key)), *entry.pole_titles))


# --- where a conclusion stands --------------------------------------------------------------------------------------


def _standing(reading: Reading, kind: Kind, id: str) -> str:
    match kind:
        case "format":
            return _of_format(reading, id)
        case "posture":
            return _of_posture(reading, id)
        case "facteur":
            return next((FACTOR_WORDS[f.state] for f in reading.factors if f.id == id), NOT_DRAWN)
    return next((_of_drawn(d) for d in reading.drawn if (d.kind, d.id) == (kind, id)), NOT_DRAWN)


def _of_format(reading: Reading, id: str) -> str:
    format = reading.format
    if id in format.ruled_out:
        return RULED_OUT
    if id == format.retained:
        return "retenu"
    if id in format.tied or id in format.usual.tied:
        return "à égalité" if id in format.tied else f"à égalité, {EXCEPTION}"
    if id == format.usual.retained:
        return EXCEPTION
    return OPEN if id in format.possible else BEHIND


def _of_posture(reading: Reading, id: str) -> str:
    posture = reading.posture
    if id == posture.retained:
        return "retenu"
    if posture.off_note and id == posture.nearest:
        return "la plus proche"
    if id in posture.between:
        return "les réponses s’équilibrent"
    if id in posture.shown:
        return EXCEPTION
    return OPEN if id in posture.possible else NOT_DRAWN


def _of_drawn(drawn: Drawn) -> str:
    if drawn.certainty != "certaine":
        return EXCEPTION if drawn.certainty == "sauf_exception" else OPEN
    if drawn.level is not None:
        return LEVEL_WORDS[drawn.level]
    return FORESEEN_WORDS[drawn.foreseen] if drawn.foreseen else "retenu"


# --- where it leads -------------------------------------------------------------------------------------------------


WORD = "mot"
_MARKS = re.compile(r"[^\w’'·-]")
_BETWEEN = re.compile(r", | et ")
"""Between several words on one line of the list."""


def word_entries(base: Base) -> tuple[Entry, ...]:
    """The word list, in file order."""
    return tuple(entry for (kind, _), entry in base.texts.items() if kind == WORD)


def today_and_before(entry: Entry) -> tuple[str, str]:
    """How it is said, and how it was said; either may be empty."""
    return entry.texts.get("aujourd_hui", ""), entry.texts.get("avant", "")


def word_text(entry: Entry) -> tuple[str, ...]:
    """One word of the list: as it is said today, as it was, and what there is to know."""
    today, before = today_and_before(entry)
    told = [f"{entry.title}{NBSP}: {today}." if today else f"{entry.title}."]
    told += [f"En 2012, on disait{NBSP}: {before}."] if before else []
    return (*told, *([entry.texts["note"]] if entry.texts.get("note") else []))


def words_in(base: Base, text: str) -> tuple[Entry, ...]:
    """Words of the list that a text contains, as they were said or as they are."""
    return tuple(entry for entry in word_entries(base) if any(_says(text, said) for said in today_and_before(entry)))


def meaning(entry: Entry) -> str:
    """A word in one line: « OPCO » : avant, « OPCA ». Depuis…"""
    today, before = today_and_before(entry)
    lead = f"{quoted(today or entry.title)}{NBSP}: " + (f"en 2012, on disait {quoted(before)}. " if before else "")
    return (lead + entry.texts.get("note", "")).strip()


def _says(text: str, said: str) -> bool:
    there = f"_{fold(_MARKS.sub(' ', text))}_"
    return any(f"_{fold(one)}_" in there for one in _BETWEEN.split(said) if one)
