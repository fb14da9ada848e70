"""What comes next, as lines of a reading: what it rests on, what could ripen, what to ask, what is left."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, counted, day_text, listed, quoted
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.model import Base, Kind
from conseil_dla.wording.call_sheet import MOST_ASKED, call_sheet, left_out
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.lines import Line
from conseil_dla.wording.prospects import chosen, footing_of, footing_text, more_text, ripening_text, who_text
from conseil_dla.wording.reading_sentences import next_reason

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
            why = " (une réponse inhabituelle changerait l’avis)" if asked.purpose == "exception" else ""
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
    left = f"Ni le format ni votre place ne dépendent plus des questions qui restent ({len(reading.open_questions)})"
    if standing.refining:
        words = counted(len(standing.refining), "peut", "peuvent")
        return f"{left}{NBSP}; {words} encore changer le reste de la lecture."
    return f"{left}{NBSP}; elles gardent leur intérêt pour faire connaissance."
