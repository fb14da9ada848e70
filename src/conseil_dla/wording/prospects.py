"""What comes next: what could ripen and who can act, what the advice rests on, what to ask of whom, and what is left.

Hypotheses are said as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from conseil_dla.ground.french import NBSP, counted, day_text, listed, lowered, quoted, sentence
from conseil_dla.reading.next_questions import ToAsk
from conseil_dla.reading.ripening import Change, Footing, Ripening
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.kinds import SETTLED_BEFORE, SPECS
from conseil_dla.rules.model import Base, Kind
from conseil_dla.wording.clauses import question_name, question_text
from conseil_dla.wording.lines import Line
from conseil_dla.wording.reading_sentences import answer_names, next_reason, titles

MOST_RIPENINGS = 6
"""How many ripenings are told; the others are counted."""
WHO = {
    "structures": "les structures",
    "dla": "vous",
    "collectivite": "la collectivité",
}
"""Who can act, after « qui peut agir »."""
TIME = "temps"
"""Who can act where nobody does: it only takes time."""
NOBODY = f"personne en particulier{NBSP}; il faut surtout du temps"
KIND_ORDER: tuple[Kind, ...] = ("format", "posture", *SETTLED_BEFORE)


def chosen(base: Base, prospects: Prospects) -> tuple[Ripening, ...]:
    """Those that are told: a place for each kind, and for each conclusion before a second.

    The fewest changes come first. Those that lead away from ordinary answers are told only where there is nothing else,
    those that would leave the place between several postures not at all: nobody hopes for them. Of several ways through
    the same questions to the same end, one is told.
    """
    by_kind: dict[str, list[Ripening]] = {}
    twins: set[tuple[object, ...]] = set()
    for ripening in sorted(prospects.ripenings, key=lambda r: len(r.changes)):
        twin = (ripening.kind, ripening.then, *(change.question for change in ripening.changes))
        if twin not in twins:
            by_kind.setdefault(ripening.kind, []).append(ripening)
        twins.add(twin)
    for kind, found in by_kind.items():
        settling = [ripening for ripening in found if kind != "posture" or len(ripening.then) == 1]
        by_kind[kind] = [ripening for ripening in settling if not _unusual(base, ripening)] or settling
    picked: list[Ripening] = []
    while len(picked) < MOST_RIPENINGS and any(by_kind.values()):
        for kind in KIND_ORDER:
            if by_kind.get(kind) and len(picked) < MOST_RIPENINGS:
                told = {(r.kind, r.then) for r in picked}
                fresh = next((r for r in by_kind[kind] if (r.kind, r.then) not in told), by_kind[kind][0])
                by_kind[kind].remove(fresh)
                picked.append(fresh)
    return tuple(sorted(picked, key=lambda r: (KIND_ORDER.index(r.kind), len(r.changes))))


def _unusual(base: Base, ripening: Ripening) -> bool:
    """Does one of its changes lead to an answer that is not ordinary?"""
    return not all(_is_usual(base, change) for change in ripening.changes)


def _is_usual(base: Base, change: Change) -> bool:
    usual = base.logic.questions[change.question].ordinary
    if usual is None or change.ticked is False or isinstance(change.value, int):
        return True
    return usual.answers.issuperset(change.answers)


def ripening_text(base: Base, ripening: Ripening) -> str:
    """« Si la réponse à « … » devenait « … », le format deviendrait … »."""
    conditions = [_change_text(base, change) for change in ripening.changes]
    return sentence(f"si {' et si '.join(conditions)}, {effect_text(base, ripening)}")


def effect_text(base: Base, ripening: Ripening) -> str:
    """What the changes would do."""
    if ripening.kind == "format":
        return f"le format proposé serait plutôt {titles(base, 'format', ripening.then, 'ou')}"
    if ripening.kind == "posture":
        names = titles(base, "posture", ripening.then)
        return f"votre place serait {f'entre {names}' if len(ripening.then) > 1 else names}"
    return SPECS[ripening.kind].words.lifted.format(titles(base, ripening.kind, ripening.then))


def who_text(ripening: Ripening) -> str:
    """Who can act on every change."""
    acting = {change.who for change in ripening.changes}
    who = [words for key, words in WHO.items() if key in acting]
    if not who:
        return f"Qui peut agir{NBSP}: {NOBODY}."
    return f"Qui peut agir{NBSP}: {listed(who)}{', avec du temps' if TIME in acting else ''}."


def more_text(base: Base, prospects: Prospects) -> str:
    """How many are not told; empty when all are."""
    more = len(prospects.ripenings) - len(chosen(base, prospects))
    return f"Et {counted(more, 'autre piste', 'autres pistes')}." if more else ""


def _change_text(base: Base, change: Change) -> str:
    question = quoted(base.title("question", change.question))
    names = answer_names(base, change.question, change.answers)
    if change.ticked is None:
        return f"la réponse à {question} devenait {listed(names, 'ou')}"
    verb = "s’ajoutait aux" if change.ticked else "ne figurait plus parmi les"
    return f"{listed(names, 'ou')} {verb} réponses à {question}"


# --- what the advice rests on -----------------------------------------------------------------------------------------


def footing_of(prospects: Prospects, kind: Kind) -> Footing | None:
    """The footing that is told for the format or the posture: the authority's alone first, then the fewest answers."""
    found = [footing for footing in prospects.footings if footing.kind == kind]
    return min(found, key=lambda f: (not f.funder, len(f.questions), f.questions), default=None)


def footing_text(base: Base, footing: Footing) -> str:
    """« Repose surtout sur deux de vos réponses : … »."""
    named = listed([question_name(base, id) for id in footing.questions])
    what = "Ce format" if footing.kind == "format" else "Cette place"
    if footing.funder:
        return f"{what} ne tient qu’à ce que la collectivité indique{NBSP}: {named}. Vérifiez-le auprès des structures."
    number, again = ("une seule", "la") if len(footing.questions) == 1 else ("deux", "les")
    return f"{what} repose surtout sur {number} de vos réponses{NBSP}: {named}. Vérifiez-{again} avant de vous engager."


def at_a_glance(base: Base, prospects: Prospects) -> tuple[str, ...]:
    """The few words of the panel: what the format rests on, and the nearest thing that could ripen."""
    told = []
    if footing := footing_of(prospects, "format"):
        number = counted(len(footing.questions), "réponse")
        rests = f"Le format repose surtout sur {number}."
        told.append("Le format ne tient qu’à ce que la collectivité indique." if footing.funder else rests)
    if ripenings := chosen(base, prospects):
        told.append(f"Pourrait mûrir{NBSP}: {lowered(ripening_text(base, nearest(ripenings)))}")
    return tuple(told)


def nearest(ripenings: Sequence[Ripening]) -> Ripening:
    """The one with the fewest changes; format and posture before the rest."""
    return min(ripenings, key=lambda r: (len(r.changes), KIND_ORDER.index(r.kind)))


def objects(prospects: Prospects) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Ripenings and footings for JSON, in the words of the contract."""
    ripenings: list[dict[str, object]] = [
        {"type": r.kind, "changements": _changes(r.changes), "alors": list(r.then)} for r in prospects.ripenings
    ]
    footings: list[dict[str, object]] = [
        {"type": f.kind, "questions": list(f.questions), "collectivite": f.funder} for f in prospects.footings
    ]
    return ripenings, footings


def _changes(changes: Iterable[Change]) -> list[dict[str, object]]:
    return [{"question": c.question, "reponses": list(c.answers), "coche": c.ticked, "qui": c.who} for c in changes]


# --- what could turn it ----------------------------------------------------------------------------------------------


def footing_lines(base: Base, prospects: Prospects, kind: Kind) -> Iterable[Line]:
    """What the format or the posture rests on, where that is little."""
    if footing := footing_of(prospects, kind):
        yield Line(footing_text(base, footing), question=footing.questions[0], indent=1)


def ripening_lines(base: Base, prospects: Prospects) -> Iterable[Line]:
    """What could ripen, and who can act."""
    ripenings = chosen(base, prospects)
    if not ripenings:
        return
    yield Line("Des hypothèses, pour en parler : rien n’est écrit dans le dossier.".replace(" :", f"{NBSP}:"))
    for ripening in ripenings:
        leads = ripening.changes[0].question
        yield Line(ripening_text(base, ripening), question=leads)
        yield Line(who_text(ripening), question=leads, indent=1)
    if more := more_text(base, prospects):
        yield Line(more)


def to_ask_lines(base: Base, reading: Reading) -> Iterable[Line]:
    """The call sheet; of a reported case, only what its source leaves unsaid."""
    if reading.reported:
        for asked in reading.to_ask[:MOST_ASKED]:
            yield Line(base.title("question", asked.question), question=asked.question)
    for title, asked_there in () if reading.reported else call_sheet(base, reading):
        yield Line(title, main=True)
        for asked in asked_there:
            why = " (une réponse inhabituelle changerait le conseil)" if asked.purpose == "exception" else ""
            yield Line(f"{question_text(base, asked.question)}{why}", question=asked.question, indent=1)
    if more := left_out(reading):
        yield Line(f"et {counted(more, 'autre question, moins pressante', 'autres questions, moins pressantes')}")


# --- what is left ---------------------------------------------------------------------------------------------------


def remaining_lines(base: Base, reading: Reading, profile: str = "") -> Iterable[Line]:
    """The next question with its reason, and what is left."""
    if question := reading.next_question:
        yield Line(f"La prochaine question{NBSP}: {quoted(question_text(base, question.question))}",
                   question=question.question, main=True)  # fmt: skip
        yield Line(next_reason(base, reading), question=question.question, indent=1)
    yield Line(remaining_text(reading))
    if profile:
        yield Line(f"Les réponses sur le territoire viennent du profil du {day_text(profile)}, sauf corrections.")
    for id in reading.ignored_answers:
        yield Line(f"Votre réponse à {quoted(question_text(base, id))} est gardée, mais ne compte pas{NBSP}: "
                   "la question est sans objet ici.", question=id)  # fmt: skip


def remaining_text(reading: Reading) -> str:
    """How many questions still matter, and for what."""
    standing = reading.standing
    open_ones = (("le format", standing.format), ("votre place", standing.place))
    what = listed([name for name, certainty in open_ones if certainty != "certaine"], "ou")
    if standing.turning:
        words = counted(len(standing.turning), "question peut", "questions peuvent")
        return f"{words} encore changer {what}."
    if not reading.open_questions:
        return f"Plus rien à demander{NBSP}: toutes les questions utiles ont leur réponse."
    number, refining = len(reading.open_questions), len(standing.refining)
    which = "de la question qui reste" if number == 1 else f"des {number} questions qui restent"
    left = f"Ni le format ni votre place ne dépendent plus {which}"
    if refining:
        who = "elle peut" if number == 1 else "elles peuvent" if refining == number else _some(refining)
        return f"{left}{NBSP}; {who} encore changer le reste de la lecture."
    return f"{left}{NBSP}; {'elle garde son' if number == 1 else 'elles gardent leur'} intérêt pour faire connaissance."


def _some(number: int) -> str:
    return "l’une d’elles peut" if number == 1 else f"{number} d’entre elles peuvent"


# --- what is to be asked, and of whom --------------------------------------------------------------------------------

MOST_ASKED = 12
"""How many questions a sheet holds: what one meeting can bear."""
MOST_ALONE = 5
"""How many things one checks by oneself."""
ALONE = "dla"
"""Whom one asks where nobody else is to be asked (``a_demander``)."""
WHOM = {
    "ensemble": "Aux structures réunies",
    "separement": "À chaque structure, séparément",
    "collectivite": "À la collectivité",
    "dla": "À vérifier de votre côté",
    "": "Sans destinataire précisé",
}
"""Titles of the groups, by ``a_demander``."""


def whom(base: Base, question: str) -> str:
    """Whom to ask, in the word of the grammar; empty when the question does not say."""
    return base.entry("question", question).texts.get("a_demander", "")


def call_sheet(base: Base, reading: Reading) -> Iterator[tuple[str, tuple[ToAsk, ...]]]:
    """Groups by whom to ask, in the order in which they first come; inside each, in order of use."""
    groups: dict[str, list[ToAsk]] = {}
    for asked in reading.to_ask[:MOST_ASKED]:
        groups.setdefault(whom(base, asked.question), []).append(asked)
    for key, asked_there in groups.items():
        yield WHOM[key], tuple(asked_there)


def meeting(base: Base, reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whom to ask what at the next meeting: the title of each group, its questions in the order of a conversation.

    That of the questionnaire, inside each person or body met.
    """
    asked = [one.question for one in reading.to_ask]
    met = [id for id in asked if whom(base, id) != ALONE][:MOST_ASKED]
    mine = [id for id in asked if whom(base, id) == ALONE][:MOST_ALONE]
    order = {id: n for n, id in enumerate(base.logic.questions)}
    groups: dict[str, list[str]] = {}
    for id in sorted([*met, *mine], key=order.__getitem__):
        groups.setdefault(whom(base, id), []).append(id)
    yield from ((WHOM[key], tuple(groups[key])) for key in WHOM if key in groups)


def agenda_of(base: Base, reading: Reading) -> tuple[str, ...]:
    """The questions of a meeting, one after the other."""
    return tuple(id for _, questions in meeting(base, reading) for id in questions)


def agenda_text(agenda: tuple[str, ...]) -> str:
    """What comes from now on."""
    return f"Dans l’ordre du guide du prochain rendez-vous{NBSP}: {counted(len(agenda), 'question')}."


def met_text(base: Base, question: str) -> str:
    """Who answers this question of a meeting."""
    return f"Guide du rendez-vous{NBSP}: {lowered(WHOM[whom(base, question)])}."


def left_out(reading: Reading) -> int:
    """How many questions do not fit on the sheet."""
    return max(0, len(reading.to_ask) - MOST_ASKED)
