"""Conditions in words: one atom (what was answered, wanted, or is awaited), and whole ones, clause by clause.

« L’on a, pour l’état du groupe, « … » ; et, pour … ». A condition that a line would make unclear opens a list instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.reading.explanations import Clause
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Base, Condition, Found, Is, NoneOf, Ticks, Value, Within
from conseil_dla.wording.page_parts import FINDING, Link, Run, Span, Text
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
        return f"{name}, que vos autres réponses ramènent à {wanted_text(base, clause)}"
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


# --- whole conditions ------------------------------------------------------------------------------------------------

ONE_OF = f"l’un au moins de ces points{NBSP}:"
ALL_OF = f"tout ceci{NBSP}:"
NONE_OF = f"rien de ceci{NBSP}:"


def if_text(base: Base, condition: Condition, ending: str = "") -> Text:
    """The condition after « si », with its verb: « l’on a, pour … », « l’on a l’un au moins de ces points : … »."""
    condition = _bare(condition)
    if (clauses := _together(condition)) is not None:
        lead = "l’on a " if isinstance(clauses[0].atom, Found) else "l’on a, "
        return Text((lead, *_listed(base, clauses, "et"), ending))
    told = _told(base, condition)
    lead = "l’on n’a " if isinstance(condition, NoneOf) else "l’on a "
    return Text((lead, *told.run, "" if told.inner else ending), told.inner)


def _told(base: Base, condition: Condition) -> Text:
    """The condition in a list: on its line alone if it can be, else opening a list of its own."""
    condition = _bare(condition)
    if (clauses := _together(condition)) is not None:
        return Text(_listed(base, clauses, "et"))
    match condition:
        case AnyOf(parts):
            lead, word = ONE_OF, "ou"
        case AtLeast(count, parts):
            lead, word = f"au moins {count} de ces points{NBSP}:", ""
        case NoneOf(parts):
            lead, word = NONE_OF, "ni"
        case AllOf(parts):
            lead, word = ALL_OF, "et"
        case _:
            raise TypeError(condition)
    bare = [_bare(part) for part in parts]
    if word != "ni" and all(isinstance(part, Is | Ticks | Within | Found) for part in bare):
        clauses = tuple(clause for part in bare for clause in _together(part) or ())
        return Text((f"{lead} ", *_listed(base, clauses, word)))
    return Text((lead,), tuple(_told(base, part) for part in bare))


def _bare(condition: Condition) -> Condition:
    """The condition without a group of one around it."""
    match condition:
        case AllOf((only,)) | AnyOf((only,)):
            return _bare(only)
        case AtLeast(count, parts) if count == len(parts):
            return _bare(AllOf(parts))
        case AtLeast(1, parts):
            return _bare(AnyOf(parts))
    return condition


def _together(condition: Condition) -> tuple[Clause, ...] | None:
    """The clauses of a condition that wants them all; None when it is not so simple."""
    match condition:
        case Is() | Ticks() | Within() | Found():
            return (Clause(condition, None),)
        case NoneOf(parts):
            if not all(isinstance(_bare(part), Is | Ticks | Within | Found) for part in parts):
                return None
            return tuple(Clause(clause.atom, None, True) for p in parts for clause in _together(_bare(p)) or ())
        case AllOf(parts):
            found = [_together(_bare(part)) for part in parts]
            return None if None in found else tuple(clause for one in found for clause in one or ())
    return None


def _listed(base: Base, clauses: tuple[Clause, ...], word: str) -> Run:
    """« pour A, … ; et, pour B, … »."""
    spans: list[Span] = []
    for clause in clauses:
        is_question = not isinstance(clause.atom, Found)
        if spans:
            comma = "," if is_question and word else ""
            spans.append(f"{NBSP}; {word}{comma} " if word else f"{NBSP}; ")
        spans += _clause(base, clause)
    return tuple(spans)


def _clause(base: Base, clause: Clause) -> Run:
    atom = clause.atom
    if isinstance(atom, Found):
        return (Link(FINDING, atom.finding, finding_text(base, clause)),)
    name = Link("question", atom.question, question_name(base, atom.question))
    return ("pour ", name, f", {wanted_text(base, clause)}")
