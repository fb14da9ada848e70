"""A whole condition in words, « l’on a, pour l’état du groupe, « … » ; et, pour … », each clause as readings say it.

A condition that a line would make unclear opens a list instead.
"""

from __future__ import annotations

from conseil_dla.ground.french import NBSP
from conseil_dla.reading.explanations import Clause
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Base, Condition, Found, Is, NoneOf, Ticks, Within
from conseil_dla.wording.clauses import finding_text, question_name, wanted_text
from conseil_dla.wording.page_parts import FINDING, Link, Run, Span, Text

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
