"""One atom of a condition in words: what was answered, what was wanted, or what is awaited.

A question is named by its title, so that a reason can be heard at once; the whole question is a key away.
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.reading.explanations import Clause
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Found, Is, Ticks, Value, Within
from conseil_dla.wording.provenance import source_name


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
        return _options(base, question, value)
    return quoted(answer_text(base, question, value))


def question_text(base: Base, question: str) -> str:
    """The question itself, as asked."""
    return base.entry("question", question).texts["libelle"]


def question_name(base: Base, question: str) -> str:
    """The question by its title, to follow in a sentence: « le calendrier »."""
    return lowered(base.title("question", question))


def told(base: Base, reading: Reading, clauses: Iterable[Clause]) -> str:
    """Clauses that hold, after where each comes from: « D’après vos réponses : le calendrier, « … ». »."""
    by_voice: dict[str, list[str]] = {}
    for clause in clauses:
        by_voice.setdefault(_voice(reading, clause), []).append(_met(base, reading, clause))
    return " ".join(sentence(f"{voice}{NBSP}: {f'{NBSP}; '.join(parts)}") for voice, parts in by_voice.items())


def _voice(reading: Reading, clause: Clause) -> str:
    """Where an answer comes from."""
    if getattr(clause.atom, "question", None) in reading.counted:
        return "D’après votre tableau des structures"
    return f"D’après ce que {source_name(reading.reported)} rapporte" if reading.reported else "D’après vos réponses"


def _met(base: Base, reading: Reading, clause: Clause) -> str:
    """A clause that holds; of boxes, only those that count, and one that had to stay empty is named."""
    atom = clause.atom
    if isinstance(atom, Found):
        return finding_text(base, clause)
    name = question_name(base, atom.question)
    if atom.question in reading.not_applicable:
        return f"{name}, sans objet ici"
    given = reading.answers.get(atom.question)
    if given is None:
        return f"{name}, où le reste n’admet plus que {wanted_text(base, clause)}"
    if isinstance(atom, Ticks) and isinstance(given, frozenset):
        if clause.negated:
            return f"{name}, sans {_options(base, atom.question, atom.options, 'ni')}"
        return f"{name}, {_options(base, atom.question, atom.options & given)}"
    return f"{name}, {quoted_answer(base, atom.question, given)}"


def unmet_text(base: Base, reading: Reading, clause: Clause) -> str:
    """A clause that cannot hold: what was wanted, and what was answered instead; empty for what is sans objet."""
    atom = clause.atom
    if isinstance(atom, Found):
        return finding_text(base, clause)
    if atom.question in reading.not_applicable:
        return ""
    given = reading.answers.get(atom.question)
    instead = f"{source_name(reading.reported)} dit" if reading.reported else "vous avez répondu"
    answered = f" ({instead} {quoted_answer(base, atom.question, given)})" if given is not None else ""
    return f"{question_name(base, atom.question)}, {wanted_text(base, clause)}{answered}"


def open_text(base: Base, clause: Clause) -> str:
    """A clause that is still open: what answer would settle it."""
    atom = clause.atom
    if isinstance(atom, Found):
        return finding_text(base, clause)
    return f"{question_name(base, atom.question)} ({wanted_text(base, clause)}{NBSP}?)"


def _options(base: Base, question: str, options: frozenset[str], last: str = "et") -> str:
    labels = base.entry("question", question).labels
    return listed([quoted(labels[id]) for id in base.logic.questions[question].answers if id in options], last)


def wanted_text(base: Base, clause: Clause) -> str:
    """The answer that a clause wants, or any other where it is negated; empty for a finding."""
    atom = clause.atom
    no = "une autre réponse que " if clause.negated else ""
    match atom:
        case Is(question, answers):
            return no + _options(base, question, answers, "ou")
        case Ticks(question, options):
            return no + _options(base, question, options, "ou")
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


def finding_text(base: Base, clause: Clause) -> str:
    """A finding that several rules may conclude is named by these rules' titles."""
    finding = clause.atom.finding if isinstance(clause.atom, Found) else ""
    concluding = [r.id for r in base.logic.rules if any(getattr(e, "finding", None) == finding for e in r.effects)]
    named = listed([quoted(base.title("regle", id)) for id in concluding], "ou")
    return f"{'rien de ceci' if clause.negated else 'l’un de ces constats'}{NBSP}: {named}"
