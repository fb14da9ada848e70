"""How a reading begins: what is asked, what the note invites to propose, under which exceptions, and by which path."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, harmless, listed, lowered, quoted, sentence, spaced, typeset
from conseil_dla.reading.values import Prospects, Reading, Reporter
from conseil_dla.rules.model import Base, Dossier, Opinion
from conseil_dla.wording.clauses import answer_text, question_text
from conseil_dla.wording.lines import Line
from conseil_dla.wording.prospects import chosen, footing_lines
from conseil_dla.wording.provenance import ONE_ACCOUNT, place_and_time, reported_by, who_invites
from conseil_dla.wording.reading_sentences import settled_words, titles, unless_text

NUMBERS = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
ASKED = "Ce que l’on vous demande"
TO_PROPOSE = "Le format à proposer"
ASKED_THEN = "Ce qui était demandé"


# --- the two lines --------------------------------------------------------------------------------------------------


def asked_lines(base: Base, reading: Reading) -> Iterable[Line]:
    """The first line: what the request looks like, from the last answered of the questions that open the reading."""
    lead = ASKED_THEN if reading.reported else ASKED
    opening = [id for id in base.logic.questions if base.entry("question", id).texts.get("ouvre_la_lecture") == "oui"]
    applying = [id for id in opening if id not in reading.not_applicable]
    answered = [id for id in applying if id in reading.answers]
    if answered:
        told = lowered(answer_text(base, answered[-1], reading.answers[answered[-1]]))
        yield Line(f"{lead} ressemble à{NBSP}: {told}.", question=answered[-1], main=True)
    elif applying and not reading.reported:
        asked = quoted(question_text(base, applying[0]))
        yield Line(f"{lead} reste à préciser{NBSP}: {asked}", question=applying[0], main=True)


def advised_lines(base: Base, reading: Reading, prospects: Prospects) -> Iterable[Line]:
    """The second line; then how sure that is, the path, and what it rests on."""
    format = reading.format
    shown = format.shown
    if not shown:
        yield Line(_still_open(base, reading), question=_next(reading), main=True)
        return
    yield Line(f"{_advised_lead(base, reading)}{NBSP}: {_names(base, shown)}.", target=("format", shown[0]), main=True)
    for id in shown[1:]:
        yield Line(f"Pourquoi aussi {lowered(base.title('format', id))}", target=("format", id), indent=1)
    if format.nothing_stands_out:
        yield Line(spaced("Rien ne s’impose vraiment : c’est le moins mal placé."), ("format", shown[0]), indent=1)
    if format.certainty == "certaine":
        yield Line(settled_words(reading), target=("format", shown[0]), indent=1)
    for unless in format.usual.unless:
        yield Line(f"{unless_text(base, 'format', unless)}.", question=unless.question, indent=1)
    if format.usual.several:
        names = titles(base, "format", format.usual.several)
        verb = "proposé que" if len(format.usual.several) == 1 else "proposés que"
        lead = "ne serait" if len(format.usual.several) == 1 else "ne seraient"
        text = f"{names} {lead} {verb} si deux réponses au moins s’écartaient d’un projet courant."
        yield Line(text, target=("format", format.usual.several[0]), indent=1)
    yield from _path(base, reading, prospects)
    yield from footing_lines(base, prospects, "format")


def _advised(base: Base, reading: Reading, formats: Iterable[str]) -> str:
    """Who invites to propose these: what the reasons for them cite."""
    pro = [a.rule for a in reading.format.arguments
           if a.side == "pour" and a.certainty != "possible" and a.format in formats]  # fmt: skip
    return f"Ce que {who_invites(base, pro)} à proposer"


def _advised_lead(base: Base, reading: Reading) -> str:
    stage = "" if reading.format.certainty == "certaine" else "à ce stade"
    tie = "à égalité" if len(reading.format.shown) > 1 else ""
    how = listed([part for part in (stage, tie) if part])
    lead = _advised(base, reading, reading.format.shown)
    return f"{lead}, {how}" if how else lead


def _next(reading: Reading) -> str | None:
    return reading.next_question.question if reading.next_question else None


def _still_open(base: Base, reading: Reading) -> str:
    """What is left when no format is shown, in the order of the knowledge."""
    possible = reading.format.possible
    if not possible:
        return "Vos réponses écartent tous les formats. Relisez-les, ou parlez-en à qui écrit les règles."
    lead = f"{TO_PROPOSE} n’est pas tranché{NBSP}: "
    if len(possible) == len(base.logic.formats):
        return f"{lead}le choix reste entièrement ouvert."
    left = [quoted(base.title("format", id)) for id in base.logic.formats if id in possible]
    return f"{lead}le choix reste ouvert entre {number_word(len(left))} formats, {listed(left)}."


def number_word(number: int) -> str:
    """« deux », « neuf », then figures."""
    return NUMBERS[number] if 0 < number < len(NUMBERS) else str(number)


def _names(base: Base, formats: Iterable[str], last: str = "et") -> str:
    return listed([lowered(base.title("format", id)) for id in formats], last)


def headline(base: Base, reading: Reading) -> str:
    """The format in one line, without its exceptions; what is open when nothing is shown yet."""
    shown = reading.format.shown
    if not shown:
        return "Rien n’est tranché encore"
    certain = reading.format.certainty == "certaine"
    if len(shown) > 1:
        return f"{'À' if certain else 'À ce stade, à'} égalité{NBSP}: {_names(base, shown)}"
    if not certain:
        return f"À ce stade, plutôt{NBSP}: {lowered(base.title('format', shown[0]))}"
    return base.title("format", shown[0])


# --- the path -------------------------------------------------------------------------------------------------------


def _path(base: Base, reading: Reading, prospects: Prospects) -> Iterable[Line]:
    """First, then, perhaps; only the steps that there are.

    « Plus tard, peut-être » is the nearest change that could ripen: what is ruled out today may come by then.
    """
    shown, first, after = reading.format.shown, reading.format.first, reading.format.after
    steps: list[str] = []
    named = {*shown, *after}
    if after:
        steps += [f"d’abord{NBSP}: {_names(base, first, 'ou')}", f"ensuite{NBSP}: {_names(base, after, 'ou')}"]
    elif settling := _to_settle(base, reading):
        steps += [f"d’abord{NBSP}: {settling}", f"ensuite{NBSP}: {_names(base, shown, 'ou')}"]
    ripe = [r.then for r in chosen(base, prospects) if r.kind == "format" and not named.issuperset(r.then)]
    if ripe:
        steps.append(f"plus tard, peut-être{NBSP}: {_names(base, [id for id in ripe[0] if id not in named], 'ou')}")
    if steps:
        text = " · ".join(steps)
        yield Line(text[:1].upper() + text[1:], target=("format", (first or shown)[0]), indent=1)


def _to_settle(base: Base, reading: Reading) -> str:
    """What is surely to be settled before launching: the one point by its name, several by their number."""
    before = reading.to_settle
    if len(before) == 1:
        told = base.task(before[0].kind, before[0].id)
        return f"un point à régler, {quoted(told)}" if told.endswith("?") else lowered(told)
    return f"les {number_word(len(before))} points à régler avant de lancer" if before else ""


# --- words that no rule reads ---------------------------------------------------------------------------------------


def request_words(demand: str, heard: str) -> Iterable[Line]:
    """The request in their words, and what the officer hears behind it."""
    if demand.strip():
        yield Line(f"Dans les mots des structures{NBSP}: {_in_words(demand)}")
    if heard.strip():
        yield Line(f"Ce que vous entendez derrière la demande{NBSP}: {harmless(heard.strip())}")


def _in_words(text: str) -> str:
    """A free text as it was written, between guillemets unless it brings its own."""
    text = typeset(harmless(text.strip()))
    return text if "«" in text else quoted(text)


def experience_words(dossier: Dossier, reported: Reporter) -> Iterable[Line]:
    """What was done and what came of it, and what the source leaves unsaid."""
    if dossier.experience:
        if seen := dossier.observation:
            told = f"{place_and_time(seen)}. {sentence(ONE_ACCOUNT)[:-1]}, lu avec les seules réponses qu’il permet."
        else:
            told = f"Un cas {reported_by(reported, dossier)}, lu avec les seules réponses que ce récit donne."
        yield Line(told, main=True)
        if seen and seen.address:
            yield Line(f"Le récit{NBSP}: {seen.address}")
        yield Line(harmless(dossier.experience))
        if note := dossier.notes.get(""):
            yield Line(harmless(note))


def opinion_words(base: Base, opinion: Opinion) -> Iterable[Line]:
    """« Mon avis », as it was written."""
    kept = [lowered(base.title("format", opinion.format))] if opinion.format else []
    kept += [f"comme place{NBSP}: {lowered(base.title('posture', opinion.posture))}"] if opinion.posture else []
    if kept:
        text = f"Je retiens{NBSP}: {f'{NBSP}; '.join(kept)}."
        yield Line(text, main=True, writes_opinion=True)
    if opinion.why:
        yield Line(f"Pourquoi{NBSP}: {harmless(opinion.why)}", writes_opinion=True)
    if opinion.accepts:
        yield Line(f"Ce que j’accepte de risquer{NBSP}: {harmless(opinion.accepts)}", writes_opinion=True)
    if opinion.for_papers:
        yield Line(f"Pour les papiers{NBSP}: {harmless(opinion.for_papers)}", writes_opinion=True)


def opinion_to_write(opinion: Opinion) -> Iterable[Line]:
    """The place that waits for it."""
    if not opinion:
        text = "À écrire : le format et la place que vous retenez, pourquoi, et ce que vous acceptez de risquer."
        yield Line(spaced(text), writes_opinion=True)
