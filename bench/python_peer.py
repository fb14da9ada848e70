"""Plain Python: one function generated from the rules, the least that this language can take for them.

Every rule is one boolean expression over local variables; nothing is looked up, nothing called. What it returns is the
rules that fired, the truth of every rule, the findings, and where it is asked for, the format and the posture.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from typing import Any

from said import Said
from terms import Applies, Term, Theory, settled_in, surely, theory, written

from conseil_dla.engine.alternatives import NOT_APPLICABLE, Among, Finding, Option, Range
from conseil_dla.rules.model import Answers, Condition, Logic

WORDS = ("and", "or", "True", "False")
FORM = "one generated function"


class PythonPeer:
    """The generated function, ready. ``complete`` takes every answer for known; else truth has three values."""

    name = "plain Python"
    version = platform.python_version()
    licence = "PSF-2.0"
    forms = (FORM,)
    traces = False
    """Whether a trace costs something apart."""

    def __init__(self, logic: Logic, *, complete: bool, outcome: bool, traced: bool = True, form: str = FORM) -> None:
        del traced, form
        self._theory = theory(logic)
        self._rules = tuple(rule.id for stratum in self._theory.strata for rule in stratum)
        self.source = source(self._theory, complete=complete, outcome=outcome)
        self._run = _compiled(self.source)

    @staticmethod
    def written(logic: Logic, *, complete: bool) -> str:
        """The text that loading starts from."""
        return source(theory(logic), complete=complete, outcome=False)

    @staticmethod
    def loaded(text: str, dossier: Mapping[str, Any]) -> object:
        """From that text to a first diagnosis."""
        return _compiled(text)(dossier)

    def prepared(self, answers: Answers) -> dict[str, Any]:
        """One flat dictionary: answers as they are, and one entry for each option of a ``plusieurs``."""
        return flat(self._theory.logic, answers)

    def diagnose(self, dossier: Mapping[str, Any]) -> Any:
        """What the clock measures."""
        return self._run(dossier)

    def told(self, raw: Any) -> Said:
        """The same in the words of ``peers.py``."""
        states, fired, findings, *outcome = raw
        return Said(frozenset(fired), dict(zip(self._rules, states, strict=True)), findings, *outcome)


def _compiled(text: str) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    space: dict[str, Any] = {}
    exec(compile(text, "<rules>", "exec"), space)
    run: Callable[[Mapping[str, Any]], tuple[Any, ...]] = space["diagnose"]
    return run


def flat(logic: Logic, answers: Answers) -> dict[str, Any]:
    """Values that every engine has: texts, numbers and booleans."""
    found: dict[str, Any] = {}
    for id, value in answers.items():
        if isinstance(value, frozenset):
            found |= {f"{id}__{option}": option in value for option in logic.questions[id].answers}
        else:
            found[id] = value
    return found


def source(known: Theory, *, complete: bool, outcome: bool) -> str:
    """The text of the function."""
    lines = ["def diagnose(dossier, get=None):", "    get = dossier.get"]
    lines += [f"    {line}" for line in _lines(known, complete=complete, outcome=outcome)]
    names = ", ".join(f"r_{rule.id}" for stratum in known.strata for rule in stratum)
    findings = ", ".join(f"{id!r}: f_{id}" for id in known.concluding)
    ends = ", formats, postures, off_note" if outcome else ""
    lines += [
        f"    states = ({names},)",
        "    return states, [name for name, state in zip(NAMES, states) if state], {" + findings + "}" + ends,
    ]
    ids = [rule.id for stratum in known.strata for rule in stratum]
    return "\n".join([f"NAMES = {tuple(ids)!r}", *lines, ""])


def _lines(known: Theory, *, complete: bool, outcome: bool) -> list[str]:
    logic = known.logic
    questions = logic.questions

    def truth(condition: Condition) -> str:
        holds = written(surely(condition, questions), literal, WORDS)
        if complete:
            return holds
        fails = written(surely(condition, questions, False), literal, WORDS)
        return f"True if {holds} else False if {fails} else None"

    lines = []
    for id, question in questions.items():
        if question.type == "plusieurs":
            lines += [f"o_{id}__{option} = get('{id}__{option}')" for option in question.answers]
        else:
            lines.append(f"q_{id} = get({id!r})")
    for question in known.applying:
        id = question.id
        lines.append(f"a_{id} = {truth(question.asked_if)}" if question.asked_if else "")
        absent = {"plusieurs": "False", "nombre": "None"}.get(question.type, repr(NOT_APPLICABLE))
        names = [f"o_{id}__{o}" for o in question.answers] if question.type == "plusieurs" else [f"q_{id}"]
        lines += [f"if a_{id} is False: {' = '.join(names)} = {absent}"]
        lines += [] if complete else [f"elif a_{id} is None: {' = '.join(names)} = None"]
    for level, stratum in enumerate(known.strata):
        lines += [f"r_{rule.id} = {truth(rule.condition)}" for rule in stratum]
        for finding in settled_in(known, level):
            rules = [f"r_{id}" for id in known.concluding[finding]]
            held, refuted = " or ".join(rules), " and ".join(f"{name} is False" for name in rules)
            lines.append(f"f_{finding} = " + (f"bool({held})" if complete else
                         f"True if {held} else False if {refuted} else None"))  # fmt: skip
    return lines + (_outcome(known) if outcome else [])


def _outcome(known: Theory) -> list[str]:
    logic = known.logic
    lines = []
    for format in logic.formats:
        lines.append(f"w_{format} = " + (" + ".join(reasons(known, format, python_choice)) or "0"))
        if known.outs[format]:
            lines.append(f"if {' or '.join(f'r_{id}' for id in known.outs[format])}: w_{format} = OUT")
    lines.append(f"best = max({', '.join(f'w_{format}' for format in logic.formats)})")
    kept = ", ".join(f"({f!r}, w_{f})" for f in logic.formats)
    lines.append(f"formats = frozenset(f for f, w in ({kept}) if w == best and w != OUT)")
    for axis in logic.axes:
        lines.append(f"x_{axis} = " + (" + ".join(f"{n} * bool(r_{id})" for id, n in known.points[axis]) or "0"))
    lines.append("found = []")
    for posture in logic.postures.values():
        inside = " and ".join(f"{sign} * x_{axis} >= 0" for axis, sign in posture.signs.items())
        lines.append(f"if {inside}: found.append({posture.id!r})")
    lines += ["postures = frozenset(found)", "off_note = False"]
    for posture in logic.postures.values():
        if posture.off_note_if is not None:
            there = written(surely(posture.off_note_if, logic.questions), literal, WORDS)
            lines.append(f"if found == [{posture.id!r}] and {there}: off_note = True")
    return [line.replace("OUT", "-1000000000") for line in lines]


def reasons(known: Theory, format: str, choice: Callable[[str, int, str], str]) -> list[str]:
    """The reasons about one format, each a number: Lexi's three forces are three digits in base 100, highest first.

    Comparing such numbers is comparing force by force, as long as fewer than fifty reasons bear on one format.
    """
    found = []
    for (about, side, _), ranks in known.reasons.items():
        if about != format:
            continue
        text = "0"
        for rank in reversed(range(len(ranks))):
            if ranks[rank]:
                worth = 100 ** (len(ranks) - 1 - rank) * (1 if side == "pour" else -1)
                text = choice(" or ".join(f"r_{id}" for id in ranks[rank]), worth, text)
        found.append(f"({text})")
    if len(found) >= 50:
        raise ValueError(f"too many reasons about {format}")
    return found


def python_choice(condition: str, worth: int, otherwise: str) -> str:
    """A conditional expression."""
    return f"{worth} if {condition} else {otherwise}"


def literal(one: Term) -> str:
    """One literal over the local variables."""
    match one:
        case Among(question, values) if len(values) == 1:
            return f"q_{question} == {next(iter(values))!r}"
        case Among(question, values):
            return f"q_{question} in {{{', '.join(map(repr, sorted(values)))}}}"
        case Range(question, low, high):
            return f"(q_{question} is not None and {low} <= q_{question} <= {high})"
        case Applies(question, holds):
            return f"a_{question} is {holds}"
        case Option(question, option, ticked):
            return f"o_{question}__{option} is {ticked}"
        case Finding(finding, holds):
            return f"f_{finding} is {holds}"
        case _:
            raise TypeError(one)
