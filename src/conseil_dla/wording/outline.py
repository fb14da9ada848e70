"""A reading as sections of lines: the one order and wording that the screen, the terminal and the papers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, sentence, spaced
from conseil_dla.reading.showing import is_factor_listed, place_of, waits_for_one
from conseil_dla.reading.values import Drawn, Prospects, Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.kinds import DRAWN, SETTLED_BEFORE
from conseil_dla.rules.kinds.factor import FACTOR
from conseil_dla.rules.kinds.tension import TENSION
from conseil_dla.rules.model import Base, Kind, Level
from conseil_dla.wording.advice import (
    advised_lines,
    asked_lines,
    experience_words,
    opinion_to_write,
    opinion_words,
    request_words,
)
from conseil_dla.wording.lines import Line, Section
from conseil_dla.wording.outline_sections import (
    experience_lines,
    format_lines,
    listed_lines,
    seen_lines,
    since_lines,
    since_title,
)
from conseil_dla.wording.prospects import footing_lines, remaining_lines, ripening_lines, to_ask_lines
from conseil_dla.wording.provenance import source_name
from conseil_dla.wording.reading_sentences import details, settled_words, titles, unless_text

MOST_TO_CHECK = 7
"""How many conclusions that are only possible are listed; the others are folded."""
MOST_UNKNOWN_SUPPORTS = 5
"""How many supports that nothing is known of are listed; the others are folded."""
SUPPORTS = {"present": "Présents", "possible": "Encore possibles", "inconnu": "Non renseignés"}
"""Over the supports of each state: said once."""
TO_WRITE = "to_write"
"""Key of the section that waits for « Mon avis »."""
LEVEL_TITLES: Mapping[Level, str] = {
    "avant": "À régler avant", "pendant": "À tenir pendant", "en_tete": "À garder en tête",
}  # fmt: skip
"""Titles over what is settled at each level, where a level is listed by itself."""


def outline(whole: Whole) -> tuple[Section, ...]:
    """The whole reading, in the order in which it is read. Of a dossier, only what no rule reads is looked at.

    The officer's own opinion comes before everything once it is written; until then its place waits at the end. A
    reported case is not spoken to as a project under way: nobody is there to be asked, and nothing can ripen.
    """
    base, reading, dossier, ahead = whole.base, whole.reading, whole.dossier, whole.ahead
    nearest, since = whole.nearest, whole.since
    reported = reading.reported
    opening = "À ce stade" if reading.open_questions and not reported else "Au vu des réponses"
    asked = tuple(asked_lines(base, reading))
    unsaid = f"Ce que {source_name(reported)} ne dit pas"
    sections = (
        Section("experience", "Une expérience à lire", tuple(experience_words(dossier, reported))),
        Section("opinion", "Mon avis", tuple(opinion_words(base, dossier.opinion))),
        Section("asked", opening, asked),
        Section("advised", "" if asked else opening, tuple(advised_lines(base, reading, ahead))),
        Section("words", "La demande", tuple(request_words(dossier.demand, dossier.heard))),
        Section("before", "Avant de lancer", tuple(_before(base, reading))),
        Section("formats", "Les raisons, format par format", tuple(format_lines(base, reading))),
        Section("place", "La place du DLA" if reported else "Votre place (pour vous seul·e)",
                tuple(_place(base, reading, ahead))),
        Section("during", LEVEL_TITLES["pendant"], tuple(_settled(base, reading, "pendant"))),
        Section("mind", LEVEL_TITLES["en_tete"], tuple(_settled(base, reading, "en_tete"))),
        Section("check", "À vérifier", tuple(_to_check(base, reading))),
        Section("supports", FACTOR.words.section, tuple(_supports(base, reading))),
        *(Section(kind.section, kind.words.section,
                  (*listed_lines(base, reading, kind), *_others(base, reading, kind.word)))
          for kind in DRAWN if not kind.settled_before),
        Section("tensions", TENSION.words.section, (*_tensions(base, reading), *_others(base, reading, "tension"))),
        Section("nearest", "L’expérience la plus proche, à lire", tuple(experience_lines(base, reading, nearest))),
        Section("nearest_seen", "Une expérience à lire, racontée ailleurs que dans la note",
                tuple(experience_lines(base, reading, whole.nearest_seen))),
        Section("since", since_title(since), tuple(since_lines(base, since))),
        Section("ripening", "Ce qui pourrait mûrir, et qui peut agir", tuple(ripening_lines(base, ahead))),
        Section("ask", unsaid if reported else "À demander au prochain rendez-vous",
                tuple(to_ask_lines(base, reading))),
        Section("remaining", "Ce qui reste à savoir",
                () if reported else tuple(remaining_lines(base, reading, dossier.profile))),
        Section(TO_WRITE, "Mon avis", () if reported else tuple(opinion_to_write(dossier.opinion))),
    )  # fmt: skip
    return tuple(section for section in sections if section.lines)


# --- before launching, and the place of the DLA ---------------------------------------------------------------------

MOMENTS = {
    "pret": "Rien ne s’oppose à lancer.",
    "a_preparer": "À préparer d’abord.",
    "pas_tel_quel": spaced("Pas tel quel : une étape vient avant"),
}
"""How the moment is said; a reading names the step that comes before."""
ONLY_STEPS = spaced("À ne pas lancer tel quel : chaque format encore ouvert est une étape, qui en prépare un autre.")
"""The same while it is open which step comes first."""
ONE_AT_LEAST = "À préparer d’abord, un de ces points au moins."
"""The same where missing answers will say which."""


def moment_text(base: Base, reading: Reading) -> str:
    """When to launch; empty where that is still open."""
    if reading.moment is None:
        return ""
    if waits_for_one(reading):
        return ONE_AT_LEAST
    if reading.moment == "pas_tel_quel" and not reading.format.shown:
        return ONLY_STEPS
    if reading.moment == "pas_tel_quel":
        steps = listed([lowered(base.title("format", id)) for id in reading.format.first], "ou")
        return spaced(f"À ne pas lancer tel quel : d’abord {steps}.")
    return MOMENTS[reading.moment]


def _before(base: Base, reading: Reading) -> Iterable[Line]:
    lines = [*_settled(base, reading, None), *_settled(base, reading, "avant")]
    if text := moment_text(base, reading):
        step = reading.format.first if reading.moment == "pas_tel_quel" else reading.format.shown
        target: tuple[Kind, str] | None = ("format", step[0]) if step else None
        yield Line(text, target=lines[0].target if lines else target, main=True)
    yield from lines
    before = [d for kind in SETTLED_BEFORE for d in reading.drawn_of(kind) if d.comes_before]
    for drawn in before:
        if drawn.certainty == "sauf_exception":
            told = lowered(base.task(drawn.kind, drawn.id))
            yield Line(f"Sauf réponse inhabituelle{NBSP}: {told}", (drawn.kind, drawn.id))
    if text == ONE_AT_LEAST:
        for drawn in before:
            if drawn.certainty == "possible":
                yield Line(f"Peut-être{NBSP}: {lowered(base.task(drawn.kind, drawn.id))}", (drawn.kind, drawn.id))


OFF_NOTE = "La note ne décrit aucune place pour cette situation"
"""Said first where it is so: nobody is to read a place as theirs before it."""


def posture_line(base: Base, reading: Reading, *, most: int | None = None) -> str:
    """Where the situation places the DLA, in one line; past ``most`` postures still open, none is named."""
    posture = reading.posture
    shown, possible = posture.shown, posture.possible
    place = "La place du DLA" if reading.reported else "Votre place"
    if not shown and (len(possible) > most if most is not None else len(possible) == len(base.logic.postures)):
        return f"{place} reste entièrement ouverte."
    if not shown:
        return f"{place} reste ouverte{NBSP}: {titles(base, 'posture', possible, 'ou')}."
    if len(shown) > 1 and posture.is_off_note:
        return f"{OFF_NOTE}{NBSP}; les plus proches seraient{NBSP}: {titles(base, 'posture', shown)}."
    if len(shown) > 1:
        stage = "" if posture.certainty == "certaine" else "À ce stade, "
        between = f"{place if not stage else lowered(place)} est entre {titles(base, 'posture', shown)}"
        return f"{stage}{between}{NBSP}: les réponses ne penchent d’aucun côté."
    name = quoted(base.title("posture", shown[0]))
    if posture.is_off_note:
        return f"{OFF_NOTE}{NBSP}; la plus proche serait{NBSP}: {name}."
    if posture.certainty != "certaine":
        return f"À ce stade, {lowered(place)} serait plutôt{NBSP}: {name}."
    return f"{place}, d’après {'les' if reading.reported else 'vos'} réponses{NBSP}: {name}."


def _place(base: Base, reading: Reading, prospects: Prospects) -> Iterable[Line]:
    posture = reading.posture
    shown = posture.shown
    opens = None if shown else _asked_of_place(reading)
    yield Line(posture_line(base, reading), ("posture", shown[0]) if shown else None, opens, main=True)
    if posture.certainty == "certaine" and not posture.is_off_note:
        yield Line(settled_words(reading), target=("posture", shown[0]), indent=1)
    if posture.is_off_note and not shown:
        yield Line(f"{OFF_NOTE}, quoi que l’on réponde encore.", indent=1)
    for unless in posture.usual.unless:
        yield Line(f"{unless_text(base, 'posture', unless)}.", question=unless.question, indent=1)
    yield from footing_lines(base, prospects, "posture")
    for id in () if posture.is_off_note else shown:
        entry = base.entry("posture", id)
        lead = f"{entry.title}. " if len(shown) > 1 else ""
        for text in details(base, "posture", id):
            yield Line(f"{lead}{text}", target=("posture", id), indent=1)
            lead = ""


def _asked_of_place(reading: Reading) -> str | None:
    """The question to ask now, where it is about the place."""
    question = reading.next_question
    return question.question if question and question.about_axes else None


# --- collected conclusions ------------------------------------------------------------------------------------------


def _settled(base: Base, reading: Reading, level: Level | None) -> Iterable[Line]:
    """What is surely to be settled, at one level or where there are none."""
    for kind in (kind for kind in DRAWN if kind.settled_before):
        for each in reading.drawn_of(kind.word):
            if each.certainty == "certaine" and each.level == level:
                yield Line(settled_text(base, each), target=(each.kind, each.id))
                if text := base.entry(each.kind, each.id).texts.get(kind.words.detail):
                    yield Line(text, target=(each.kind, each.id), indent=1)
                yield from seen_lines(base, each, 1)


def settled_text(base: Base, drawn: Drawn) -> str:
    """One of them under the title of its level: as something to do, save what is only to be kept in mind."""
    told = base.title(drawn.kind, drawn.id) if drawn.level == "en_tete" else base.task(drawn.kind, drawn.id)
    return f"{told[:1].upper()}{told[1:]}"


def _to_check(base: Base, reading: Reading) -> Iterable[Line]:
    """Conclusions with one condition already established, few enough to be read; every other open one is folded."""
    waiting = [d for d in reading.drawn if d.certainty != "certaine" and d.kind in SETTLED_BEFORE]
    places = [(d, place_of(base, reading, d)) for d in waiting]
    grounded = [d for d, place in places if place == "check"]
    rest = [d for d, place in places if not place]
    yield from _titles(base, grounded[:MOST_TO_CHECK])
    if more := grounded[MOST_TO_CHECK:]:
        told = f"et {counted(len(more), 'autre point encore ouvert', 'autres points encore ouverts')}"
        yield Line(told, folded=tuple(_titles(base, more)))
    yield from _counted(_titles(base, rest), "sans rien d’établi à ce jour", after=bool(grounded))


def _others(base: Base, reading: Reading, kind: Kind) -> Iterable[Line]:
    """Those that are not established, and those that go with other formats, folded under their number."""
    drawn = reading.drawn_of(kind)
    listed = [d for d in drawn if place_of(base, reading, d)]
    unlisted = [d for d in drawn if d not in listed]
    elsewhere = [d for d in unlisted if d.certainty == "certaine"]
    possible = [d for d in unlisted if d.certainty != "certaine"]
    yield from _counted(_titles(base, elsewhere), "pour d’autres formats", after=bool(listed))
    word = "encore possible" if len(possible) == 1 else "encore possibles"
    yield from _counted(_titles(base, possible), word, after=bool(listed or elsewhere))


def _titles(base: Base, drawn: Iterable[Drawn]) -> list[Line]:
    return [Line(base.title(each.kind, each.id), target=(each.kind, each.id)) for each in drawn]


def _counted(lines: list[Line], words: str, *, after: bool) -> Iterable[Line]:
    """Lines folded under their number; ``after`` others that are listed."""
    if lines:
        many = counted(len(lines), "autre" if after else "point")
        told = f"et {many}, {words}" if after else f"{many} {words}"
        yield Line(told, folded=tuple(lines), is_count=True)


def _supports(base: Base, reading: Reading) -> Iterable[Line]:
    listed = [factor for factor in reading.factors if is_factor_listed(base, reading, factor)]
    for state, words in SUPPORTS.items():
        there = [factor.id for factor in listed if factor.state == state]
        if there:
            yield Line(words, main=True)
        lines = [Line(base.title("facteur", id), ("facteur", id), indent=1) for id in there]
        most = MOST_UNKNOWN_SUPPORTS if state == "inconnu" else len(lines)
        yield from lines[:most]
        if more := lines[most:]:
            yield Line(f"et {counted(len(more), 'autre')}", folded=tuple(more), indent=1)
    elsewhere = [factor.id for factor in reading.factors if factor not in listed]
    others = [Line(base.title("facteur", id), ("facteur", id)) for id in elsewhere]
    yield from _counted(others, "pour d’autres formats", after=bool(listed))


def _tensions(base: Base, reading: Reading) -> Iterable[Line]:
    for drawn in (each for each in reading.drawn_of("tension") if each.certainty == "certaine"):
        entry = base.entry("tension", drawn.id)
        yield Line(entry.title, target=("tension", drawn.id))
        for title in entry.pole_titles:
            yield Line(sentence(title), target=("tension", drawn.id), indent=1)
        yield from seen_lines(base, drawn, 1)
