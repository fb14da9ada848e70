"""The facilitator's sheet of a scenario: what to read aloud, what will come, what would turn it, where to quarrel.

For the facilitator alone: it gives away what the room is to find. Everything in it was answered, written or concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, sentence
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.internal import lined
from conseil_dla.reading.values import Prospects, Reading, Reporter
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.kinds.tension import TENSION
from conseil_dla.rules.model import FORCES, SIDES, Base, Dossier, Force, Side, Value
from conseil_dla.wording.advice import experience_words, request_words
from conseil_dla.wording.clauses import answer_text, question_text
from conseil_dla.wording.outline import outline, posture_line
from conseil_dla.wording.prospects import chosen as ripenings_told
from conseil_dla.wording.prospects import ripening_text, who_text
from conseil_dla.wording.provenance import reported_by, source_name
from conseil_dla.wording.reading_sentences import details, titles
from conseil_dla.wording.reasons import REASONS_THAT
from conseil_dla.workshop.rehearsal import Otherwise, Rehearsal
from conseil_dla.workshop.words.readings import STEPS

MOST = 7
"""Lines: what a facilitator can keep in mind."""


def chosen(found: Sequence[Otherwise]) -> tuple[Otherwise, ...]:
    """Those that are told: one of each question before a second, in the order in which they were found."""
    seen: dict[str, int] = {}
    turn: dict[Otherwise, int] = {}
    for one in found:
        turn[one] = seen[one.question] = seen.get(one.question, -1) + 1
    kept = sorted(found, key=lambda one: (not one.turns_both, turn[one]))[:MOST]
    return tuple(one for one in found if one in kept)


def turn_text(base: Base, reading: Reading, one: Otherwise) -> str:
    """« À « La date », « cherchée sans succès » : le format serait plutôt « … » ; la place, « … ». »"""
    name = quoted(base.title("question", one.question))
    answers = listed([_answer(base, reading, one.question, value) for value in one.values], "ou")
    return f"À {name}, {answers}{NBSP}: {f'{NBSP}; '.join(_outcomes(base, one))}."


def _answer(base: Base, reading: Reading, question: str, value: Value) -> str:
    """An answer of the room, as it would be given instead; of boxes, the one that makes the difference."""
    if isinstance(value, int):
        return f"par exemple {quoted(answer_text(base, question, value))}"
    if not isinstance(value, frozenset):
        return quoted(answer_text(base, question, value))
    labels = base.entry("question", question).labels
    now = reading.answers.get(question)
    now = now if isinstance(now, frozenset) else frozenset()
    (option,) = value ^ now
    return f"{'avec' if option in value else 'sans'} {quoted(labels[option])}"


def _outcomes(base: Base, one: Otherwise) -> Iterator[str]:
    if one.formats is not None:
        yield _format(base, one.formats)
    if one.postures is not None:
        yield _turned_place(base, one.postures)


def _format(base: Base, formats: tuple[str, ...]) -> str:
    if not formats:
        return "le choix du format resterait ouvert"
    names = listed([lowered(base.title("format", id)) for id in formats])
    return f"le format proposé serait plutôt{', à égalité,' if len(formats) > 1 else ''} {names}"


def _turned_place(base: Base, postures: tuple[str, ...]) -> str:
    if not postures:
        return "la place resterait ouverte"
    names = titles(base, "posture", postures)
    return f"la place serait {f'entre {names}' if len(postures) > 1 else names}"


MOST_RIVALS = 3
"""Formats told beside the one proposed."""


def tension_lines(base: Base, reading: Reading) -> Iterator[str]:
    """What is said both ways, with both poles."""
    for drawn in reading.drawn_of("tension"):
        if drawn.certainty == "certaine":
            entry = base.entry("tension", drawn.id)
            poles = " ".join(sentence(title) for title in entry.pole_titles)
            yield f"{TENSION.words.section}. {sentence(entry.title)} {poles}"


def balance_lines(base: Base, reading: Reading) -> Iterator[str]:
    """Formats that are level, places between which nothing leans, a corner that the note does not describe."""
    formats, postures = reading.format.shown, reading.posture.shown
    if len(formats) > 1:
        yield f"{_capital(titles(base, 'format', formats))} sont à égalité{NBSP}: les règles ne choisissent pas."
    if len(postures) > 1:
        yield f"Entre {titles(base, 'posture', postures)}, les réponses ne penchent d’aucun côté."
    if reading.posture.off_note or reading.posture.usual.off_note:
        yield f"La note ne décrit pas cette situation{NBSP}: la place montrée est la plus proche."
    if reading.format.nothing_stands_out:
        yield f"Rien ne s’impose vraiment{NBSP}: le format proposé est le moins mal placé."


def reason_lines(base: Base, reading: Reading) -> Iterator[str]:
    """Reasons of one force that speak for and against the same format; then other formats with as strong a reason."""
    shown = reading.format.shown
    for format in shown:
        for force in FORCES:
            pro, con = (_motifs(base, reading, format, force, side) for side in SIDES)
            if pro and con:
                told = f"Pour {quoted(base.title('format', format))}{NBSP}: {listed(pro)}. Contre{NBSP}: {listed(con)}."
                yield f"{told} Des deux côtés, ces raisons {REASONS_THAT[force]}."
    strongest = [force for force in FORCES if any(_motifs(base, reading, id, force, "pour") for id in shown)][:1]
    rivals = [id for id in base.logic.formats if id not in shown and id not in reading.format.ruled_out]
    reasons = {id: _motifs(base, reading, id, force, "pour") for force in strongest for id in rivals}
    for format in [id for id in rivals if reasons.get(id)][:MOST_RIVALS]:
        name = quoted(base.title("format", format))
        yield f"{name} a aussi pour lui une raison de cette force{NBSP}: {listed(reasons[format])}."


def _motifs(base: Base, reading: Reading, format: str, force: Force, side: Side) -> list[str]:
    """Established reasons of one force, each once."""
    found = {a.motif for a in reading.format.arguments
             if (a.format, a.force, a.side) == (format, force, side) and a.certainty == "certaine"}  # fmt: skip
    return [lowered(base.title("motif", motif)) for motif in sorted(found)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the sheet --------------------------------------------------------------------------------------------------------

KIND = "Fiche d’animation"
FOOTER = "Pour l’animation : cette fiche dit ce que la salle va chercher"
UNTITLED = "Un scénario"
FICTION = "Une fiction : elle ne raconte aucune situation réelle."
REPORTED = "Une expérience {}, lue avec les seules réponses que ce récit donne."
OWN = "Un scénario à vous : vérifiez qu’il ne permet de reconnaître personne."
NO_WORDS = "La demande n’est pas rapportée dans les mots des structures. Voici ce que l’on en sait, à lire tel quel :"
IN_ORDER = "À l’écran, cet ordre est celui d’une salle qui répond comme le scénario ; sur papier, il ne change pas."
UNSAID = "Le scénario ne le dit pas."
SOURCE_UNSAID = "{} ne le dit pas."
NOTHING_TO_SAY = "Sans objet ici."
NOTHING_TURNS = "À ces questions, aucune autre réponse seule ne change ni le format ni la place."
ALONE = "Une seule réponse change, ou s’ajoute ; les autres restent celles du scénario."
MOST_WHAT_IFS = 3
MOST_BEFORE = 9
"""Lines on what to settle before: when, then so many points less one. The rest is on the screen."""
FORMAT_ASKS, PLACE_ASKS, BEFORE_ASKS = (f"{step.title} : « {step.asks} »" for step in STEPS[:3])
"""What the room finds out, each with what is asked before it is shown."""
MOST_HELD = 2
"""Pairs of things to be held together, each told with its two sides."""
OF_PLACES = ("risque", "parade", "phrase")
"""What is told of a place: the whole of it is on the screen."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that a sheet is made from."""

    dossier: Dossier
    reading: Reading
    prospects: Prospects
    rehearsal: Rehearsal
    essentials: Sequence[str]
    """Questions of the paper questionnaire, in order."""


def sheet(base: Base, scenario: Scenario) -> Paper:
    """The paper."""
    dossier = scenario.dossier
    blocks = [
        Paragraph(_what_it_is(dossier, scenario.reading.reported), "lead"),
        *_aloud(base, dossier, scenario.reading),
        *_questions(base, scenario),
        *_turns(base, scenario),
        *_reading(base, scenario),
        *_part("Là où la salle peut se partager", _quarrels(base, scenario.reading)),
        *_part("« Et si », à essayer devant la salle", _what_ifs(base, scenario)),
        *_ending(dossier, scenario.reading.reported),
    ]
    return cleaned(Paper(dossier.title or UNTITLED, KIND, tuple(blocks), FOOTER))


def _what_it_is(dossier: Dossier, reported: Reporter) -> str:
    if reported:
        return REPORTED.format(reported_by(reported, dossier, "e"))
    return FICTION if dossier.for_workshops else OWN


def _aloud(base: Base, dossier: Dossier, reading: Reading) -> list[Block]:
    """The request and what is heard behind it; where it is not told in words, what is known."""
    words = [Paragraph(line.text, "quote") for line in request_words(dossier.demand, dossier.heard)]
    if dossier.demand.strip():
        return [Heading("À lire à voix haute"), *words]
    known = [id for id in base.logic.questions if id in reading.answers and id not in reading.not_applicable]
    told = tuple(f"{base.title('question', id)} : {lowered(_own_answer(base, reading, id))}" for id in known)
    return [Heading("À lire à voix haute"), *words, Paragraph(NO_WORDS), Bullets(told)]


def _questions(base: Base, scenario: Scenario) -> list[Block]:
    """Those that the screen would ask, then those that the paper has beside them, with the scenario's own answer."""
    asked, paper = scenario.rehearsal.asked, scenario.essentials
    on_screen, on_paper = _numbers(asked), _numbers(paper)
    rows = tuple(
        (on_screen.get(id, ""), on_paper.get(id, ""), question_text(base, id), _own_answer(base, scenario.reading, id))
        for id in dict.fromkeys((*asked, *paper))
    )
    titles = ("Écran", "Papier", "Question", "Ce que dit le scénario")
    return [Heading("Les questions"), Paragraph(IN_ORDER), Grid(titles, rows, (2, 2, 9, 7))]


def _numbers(ids: Iterable[str]) -> Mapping[str, str]:
    return {id: str(number) for number, id in enumerate(ids, 1)}


def _own_answer(base: Base, reading: Reading, id: str) -> str:
    if id in reading.not_applicable:
        return NOTHING_TO_SAY
    if id not in reading.answers:
        named = source_name(reading.reported)
        return SOURCE_UNSAID.format(named[:1].upper() + named[1:]) if reading.reported else UNSAID
    told = answer_text(base, id, reading.answers[id])
    return told[:1].upper() + told[1:]


def _turns(base: Base, scenario: Scenario) -> list[Block]:
    found = chosen(scenario.rehearsal.otherwise)
    title = Heading("Si la salle répond autrement")
    if not found:
        return [title, Paragraph(NOTHING_TURNS)]
    return [title, Paragraph(ALONE), Bullets(tuple(turn_text(base, scenario.reading, one) for one in found))]


def _reading(base: Base, scenario: Scenario) -> list[Block]:
    """What the room is to find, in the words of the reading; of points to settle before, their titles alone."""
    whole = Whole(base, scenario.reading, scenario.dossier, scenario.prospects)
    sections = {section.key: section.lines for section in outline(whole)}
    format = [*(Paragraph(line.text) for line in sections.get("asked", ())), *lined(sections.get("advised", ()))]
    points = [line for line in sections.get("before", ()) if not line.indent]
    before = lined(points[:MOST_BEFORE])
    if more := points[MOST_BEFORE:]:
        before.append(Paragraph(f"Et {counted(len(more), 'autre point', 'autres points')}, à l’écran.", "quiet"))
    return [
        Heading("Ce que dit la lecture"),
        *([Heading(FORMAT_ASKS, 2), *format] if format else []),
        Heading(PLACE_ASKS, 2),
        *_place(base, scenario.reading),
        *([Heading(BEFORE_ASKS, 2), *before] if before else []),
    ]


def _place(base: Base, reading: Reading) -> list[Block]:
    """Where the situation places the DLA, with the risk and the counter-move of each place shown.

    A corner that the note does not describe has none: it is said among what may divide the room.
    """
    posture = reading.posture
    told = () if posture.off_note or posture.usual.off_note else posture.shown
    items = tuple(
        f"{base.title('posture', id)}. {text}" if len(told) > 1 else text
        for id in told
        for text in details(base, "posture", id, OF_PLACES)
    )
    return [Paragraph(posture_line(base, reading), "lead"), *([Bullets(items)] if items else [])]


def _quarrels(base: Base, reading: Reading) -> tuple[str, ...]:
    held = tuple(tension_lines(base, reading))
    more = [f"Et {counted(len(held) - MOST_HELD, 'autre')}, à l’écran."] if len(held) > MOST_HELD else []
    return (*balance_lines(base, reading), *reason_lines(base, reading), *held[:MOST_HELD], *more)


def _what_ifs(base: Base, scenario: Scenario) -> tuple[str, ...]:
    """Changes that someone can act on. Nothing can ripen any more in what a source reports."""
    if scenario.reading.reported:
        return ()
    told = ripenings_told(base, scenario.prospects)[:MOST_WHAT_IFS]
    return tuple(f"{ripening_text(base, one)} {who_text(one)}" for one in told)


def _ending(dossier: Dossier, reported: Reporter) -> list[Block]:
    """What was done in a reported experience: for the end."""
    told = [line.text for line in experience_words(dossier, reported) if not line.main]
    return [Heading("À dire à la fin, pas avant"), *map(Paragraph, told)] if told else []


def _part(title: str, items: tuple[str, ...]) -> list[Block]:
    return [Heading(title), Bullets(items)] if items else []
