"""One atom of a condition in words: the answer given, the answer wanted, or the answer awaited."""

from __future__ import annotations

from conseil_dla.model import Base, Found, Is, Ticks, Value, Within
from conseil_dla.reading.values import Clause, Reading
from conseil_dla.reporting.french import NBSP, listed, quoted


def answer_text(base: Base, question: str, value: Value) -> str:
    """The wording of an answer, as the person chose it."""
    entry = base.entry("question", question)
    if isinstance(value, frozenset):
        order = base.logic.questions[question].answers
        return listed([entry.labels[id] for id in order if id in value]) or "aucune de ces réponses"
    if isinstance(value, int):
        return f"{value}{NBSP}{entry.texts.get('unite', '')}".rstrip()
    return entry.labels[value]


def quoted_answer(base: Base, question: str, value: Value) -> str:
    """The wording of an answer between guillemets, each ticked option in its own."""
    if isinstance(value, frozenset) and value:
        labels = base.entry("question", question).labels
        return listed([quoted(labels[id]) for id in base.logic.questions[question].answers if id in value])
    return quoted(answer_text(base, question, value))


def question_text(base: Base, question: str) -> str:
    """The question itself, as asked."""
    return base.entry("question", question).texts["libelle"]


def met_text(base: Base, reading: Reading, clause: Clause) -> str:
    """A clause that holds: what the person answered."""
    atom = clause.atom
    if isinstance(atom, Found):
        return _finding_text(base, clause)
    if atom.question in reading.not_applicable:
        return f"la question {quoted(question_text(base, atom.question))} est ici sans objet"
    given = reading.answers.get(atom.question)
    question = quoted(question_text(base, atom.question))
    if given is None:
        return f"à {question}, vos autres réponses ne laissent que ceci{NBSP}: {_wanted(base, clause)}"
    return f"à {question}, {_who_told(reading, atom.question)} {quoted_answer(base, atom.question, given)}"


def _who_told(reading: Reading, question: str) -> str:
    """Where an answer comes from."""
    return "votre tableau des structures dit" if question in reading.counted else "vous avez répondu"


def unmet_text(base: Base, reading: Reading, clause: Clause) -> str:
    """A clause that cannot hold: what was wanted, and what was answered instead."""
    atom = clause.atom
    if isinstance(atom, Found):
        return _finding_text(base, clause)
    question = quoted(question_text(base, atom.question))
    if atom.question in reading.not_applicable:
        return f"la question {question} est ici sans objet"
    given = reading.answers.get(atom.question)
    told = ""
    if given is not None:
        told = f", et {_who_told(reading, atom.question)} {quoted_answer(base, atom.question, given)}"
    wanted = _wanted(base, clause)
    return f"il faudrait, à {question}, {wanted}{told}"


def open_text(base: Base, clause: Clause) -> str:
    """A clause that is still open: what answer would settle it."""
    atom = clause.atom
    if isinstance(atom, Found):
        return _finding_text(base, clause)
    return f"{quoted(question_text(base, atom.question))} ({_wanted(base, clause)}{NBSP}?)"


def _wanted(base: Base, clause: Clause) -> str:
    atom = clause.atom
    no = "une autre réponse que " if clause.negated else ""
    match atom:
        case Is(question, answers):
            labels = base.entry("question", question).labels
            order = [id for id in base.logic.questions[question].answers if id in answers]
            return no + listed([quoted(labels[id]) for id in order], "ou")
        case Ticks(question, options):
            labels = base.entry("question", question).labels
            order = [id for id in base.logic.questions[question].answers if id in options]
            return no + listed([quoted(labels[id]) for id in order], "ou")
        case Within(question, low, high):
            unit = base.entry("question", question).texts.get("unite", "")
            return no + f"{_range(low, high)} {unit}".rstrip()
    return ""


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"au plus {high}"
    if high is None:
        return f"au moins {low}"
    return str(low) if low == high else f"de {low} à {high}"


def _finding_text(base: Base, clause: Clause) -> str:
    """A finding that several rules may conclude is named by these rules' titles."""
    finding = clause.atom.finding if isinstance(clause.atom, Found) else ""
    concluding = [r.id for r in base.logic.rules if any(getattr(e, "finding", None) == finding for e in r.effects)]
    named = listed([quoted(base.title("regle", id)) for id in concluding], "ou")
    return f"{'rien de ceci' if clause.negated else 'l’un de ces constats'}{NBSP}: {named}"
