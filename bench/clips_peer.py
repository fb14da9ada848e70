"""CLIPS through clipspy: every alternative of a rule is a defrule, strata are saliences, what fires is collected.

Two forms. ``template``: the answers that always apply are the slots of one fact, so that most rules match one pattern
without any join. ``facts``: one ordered fact for each answer, as textbooks do. In both, questions that may not apply
become facts once rules have said whether they do.

A dossier is asserted slot by slot from symbols made beforehand: from text, which CLIPS has to parse, it takes ten
times as long. ``reset`` before each is cheaper than retracting. Each rule that fires adds its name to a global, read as
one text at the end: reading a list of symbols takes as long as the rules themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import clips
from python_peer import flat
from said import Said
from terms import Applies, Term, Theory, plain, settled_in, theory

from conseil_dla.engine.alternatives import NOT_APPLICABLE, Among, Conjunction, Finding, Option, Range, expand
from conseil_dla.rules.model import FORCES, Answers, Argue, Conclude, Condition, Effect, Logic, NoneOf, Push, RuleOut

FORMS = ("template", "facts")
APPLIES, LATER, DECIDES = 1000, 100, -9_000
"""Saliences: what applies first, each stratum so much later than the one below, the format and the posture last."""
OUT = -1_000_000_000


class ClipsPeer:
    """One environment, its rules built."""

    name = "clipspy"
    version = version("clipspy")
    licence = "BSD-3-Clause, CLIPS itself MIT-0"
    forms = FORMS
    traces = False
    """Whether a trace costs something apart."""

    def __init__(
        self, logic: Logic, *, complete: bool, outcome: bool, traced: bool = True, form: str = FORMS[0]
    ) -> None:
        del traced
        self._theory = theory(logic)
        self._complete, self._outcome, self._form = complete, outcome, form
        self.constructs = list(_Writer(self._theory, form, complete=complete).constructs(outcome=outcome))
        self._environment = _built(self.constructs)
        self._collected = self._environment.find_global("told")
        self._template = self._environment.find_template("dossier" if form == "template" else "given")

    @staticmethod
    def written(logic: Logic, *, complete: bool) -> list[str]:
        """The constructs that loading starts from."""
        return list(_Writer(theory(logic), FORMS[0], complete=complete).constructs(outcome=False))

    @staticmethod
    def loaded(constructs: list[str], dossier: list[dict[str, Any]]) -> object:
        """From these constructs to a first diagnosis."""
        environment = _built(constructs)
        environment.reset()
        environment.find_template("dossier").assert_fact(**dossier[0])
        environment.run()
        return environment.find_global("told").value

    def prepared(self, answers: Answers) -> list[dict[str, Any]]:
        """The slots of each fact to assert, symbols made."""
        flattened = {name: _symbol(value) for name, value in flat(self._theory.logic, answers).items()}
        if self._form == "template":
            return [flattened]
        return [{"name": clips.Symbol(name), "value": value} for name, value in flattened.items()]

    def diagnose(self, dossier: list[dict[str, Any]]) -> Any:
        """What the clock measures."""
        environment, assert_fact = self._environment, self._template.assert_fact
        environment.reset()
        for slots in dossier:
            assert_fact(**slots)
        environment.run()
        return self._collected.value.split()

    def told(self, raw: Any) -> Said:
        """The same in the words of ``peers.py``."""
        fired = frozenset(name[1:] for name in raw if name[0] == "+")
        refuted = frozenset(name[1:] for name in raw if name[0] == "-")
        ids = [rule.id for stratum in self._theory.strata for rule in stratum]
        otherwise = False if self._complete else None
        states = {id: True if id in fired else False if id in refuted else otherwise for id in ids}
        findings: dict[str, bool | None] = {}
        for id, rules in self._theory.concluding.items():
            held = [states[rule] for rule in rules]
            findings[id] = True if True in held else None if None in held else False
        if not self._outcome:
            return Said(fired, states, findings)
        formats, postures, off_note = (self._environment.find_global(n).value for n in ("formats", "postures", "off"))
        return Said(fired, states, findings, frozenset(map(str, formats)), frozenset(map(str, postures)),
                    str(off_note) == "oui")  # fmt: skip


class _Writer:
    """The rules as constructs."""

    def __init__(self, known: Theory, form: str, *, complete: bool) -> None:
        self._known, self._complete = known, complete
        self._questions = known.logic.questions
        self._conditional = {question.id for question in known.applying}
        self._in_slots = form == "template"

    def constructs(self, *, outcome: bool) -> Iterable[str]:
        known = self._known
        if self._in_slots:
            slots = [f"(slot {name})" for id in self._questions for name in self._names(id)]
            yield f"(deftemplate dossier {' '.join(slots)})"
        else:
            yield "(deftemplate given (slot name) (slot value))"
            yield "(deffacts ground (dossier))"
        yield from ("(defglobal ?*fired* = (create$))", '(defglobal ?*told* = "")')
        yield _rule("tells", DECIDES - 1, "(dossier)", ["(bind ?*told* (implode$ ?*fired*))"])
        yield from self._applying()
        if outcome:
            yield "(deftemplate reason (slot format) (slot side) (slot motif) (slot rank) (slot worth))"
            yield "(deftemplate push (slot axis) (slot rule) (slot points))"
            yield "(deftemplate out (slot format))"
        for level, stratum in enumerate(known.strata):
            salience = -LATER * level
            for rule in stratum:
                acts = [f"(assert (found {id} oui))" for id in _concluded(rule.effects)]
                acts += [act for e in rule.effects for act in _act(rule.id, e)] if outcome else []
                yield from self._rules(f"+{rule.id}", rule.condition, acts, salience)
                if not self._complete:
                    acts = [f"(assert (refuted {rule.id}))"] if _concluded(rule.effects) else []
                    yield from self._rules(f"-{rule.id}", NoneOf((rule.condition,)), acts, salience)
            for finding in settled_in(known, level):
                refuted = [f"(refuted {id})" for id in known.concluding[finding]]
                when = f"(not (found {finding} oui))" if self._complete else " ".join(refuted)
                yield _rule(f"no-{finding}", salience - LATER // 2, f"(dossier) {when}",
                            [f"(assert (found {finding} non))"])  # fmt: skip
        if outcome:
            yield from self._deciding()

    def _names(self, id: str) -> list[str]:
        question = self._questions[id]
        return [f"{id}__{o}" for o in question.answers] if question.type == "plusieurs" else [id]

    def _applying(self) -> Iterable[str]:
        for number, question in enumerate(self._known.applying):
            assert question.asked_if is not None
            id, salience = question.id, APPLIES - number
            for n, way in enumerate(expand(question.asked_if, self._questions)):
                yield _rule(f"asked-{id}-{n}", salience, self._when(way), [f"(assert (asked {id} oui))"])
            for n, way in enumerate(expand(NoneOf((question.asked_if,)), self._questions)):
                absent = {"nombre": None, "plusieurs": "non"}.get(question.type, NOT_APPLICABLE)
                acts = [f"(assert (answer {name} {absent}))" for name in self._names(id)] if absent else []
                yield _rule(f"unasked-{id}-{n}", salience, self._when(way), [f"(assert (asked {id} non))", *acts])
            for name in self._names(id):
                given = f"(dossier ({name} ?value&~nil))" if self._in_slots else self._given(name, "?value")
                yield _rule(f"take-{name}", salience, f"(asked {id} oui) {given}",
                            [f"(assert (answer {name} ?value))"])  # fmt: skip

    def _rules(self, name: str, condition: Condition, acts: list[str], salience: int) -> Iterable[str]:
        acts = [f"(bind ?*fired* (create$ ?*fired* {name}))", *acts]
        for number, way in enumerate(expand(condition, self._questions)):
            yield _rule(f"{name}#{number}", salience, self._when(way), acts)

    def _when(self, way: Conjunction) -> str:
        """Slots of the dossier in one pattern; one pattern for every other literal."""
        slots, patterns = [], []
        for one in sorted(way, key=repr):
            term = plain(one, self._questions)
            match term:
                case Among(id, values):
                    where, test = id, "|".join(sorted(values))
                case Range(id, low, high):
                    where = id
                    test = f"?{id}&:(and (integerp ?{id}) (>= ?{id} {low}) (<= ?{id} {high}))"
                case Option(id, option, ticked):
                    where, test = f"{id}__{option}", "oui" if ticked else "non"
                case _:
                    patterns.append(_other(term))
                    continue
            if id in self._conditional:
                patterns.append(f"(answer {where} {test})")
            elif self._in_slots:
                slots.append(f"({where} {test})")
            else:
                patterns.append(self._given(where, test))
        return " ".join([*([f"(dossier {' '.join(slots)})"] if slots or not patterns else []), *patterns])

    def _given(self, name: str, test: str) -> str:
        return f"(given (name {name}) (value {test}))"

    def _deciding(self) -> Iterable[str]:
        logic = self._known.logic
        yield from (f"(defglobal ?*{name}* = {value})" for name, value in
                    (("formats", "(create$)"), ("postures", "(create$)"), ("off", "non")))  # fmt: skip
        reason = "(reason (format ?f) (side ?s) (motif ?m) (rank {}))"
        weaker = f"{reason.format('?high')} ?low <- {reason.format('?r&:(> ?r ?high)')}"
        yield _rule("same-motif", DECIDES + 2, weaker, ["(retract ?low)"])
        for posture in logic.postures.values():
            if posture.off_note_if is not None:
                for n, way in enumerate(expand(posture.off_note_if, self._questions)):
                    yield _rule(f"corner-{posture.id}-{n}", DECIDES + 1, self._when(way),
                                [f"(assert (corner {posture.id}))"])  # fmt: skip
        acts = ["(bind ?best OUT)"]
        for id in logic.formats:
            acts.append(f"(bind ?w-{id} 0)")
            acts.append(f"(do-for-all-facts ((?r reason)) (eq ?r:format {id}) (bind ?w-{id} (+ ?w-{id} ?r:worth)))")
            acts.append(f"(if (any-factp ((?o out)) (eq ?o:format {id})) then (bind ?w-{id} OUT))")
            acts.append(f"(bind ?best (max ?best ?w-{id}))")
        acts += [f"(if (and (= ?w-{id} ?best) (> ?best OUT)) then (bind ?*formats* (create$ ?*formats* {id})))"
                 for id in logic.formats]  # fmt: skip
        for axis in logic.axes:
            acts.append(f"(bind ?x-{axis} 0)")
            acts.append(f"(do-for-all-facts ((?p push)) (eq ?p:axis {axis}) (bind ?x-{axis} (+ ?x-{axis} ?p:points)))")
        for posture in logic.postures.values():
            inside = " ".join(f"(>= (* {sign} ?x-{axis}) 0)" for axis, sign in posture.signs.items())
            acts.append(f"(if (and {inside}) then (bind ?*postures* (create$ ?*postures* {posture.id})))")
        acts.append("(if (and (= (length$ ?*postures*) 1) (any-factp ((?c corner)) "
                    "(eq ?c:implied ?*postures*))) then (bind ?*off* oui))")  # fmt: skip
        yield "(deffacts corners (corner none))"
        yield _rule("decides", DECIDES, "(dossier)", acts).replace("OUT", str(OUT))


def _built(constructs: list[str]) -> clips.Environment:
    environment = clips.Environment()
    for construct in constructs:
        environment.build(construct)
    return environment


def _symbol(value: str | int | bool) -> Any:
    if isinstance(value, bool):
        return clips.Symbol("oui" if value else "non")
    return value if isinstance(value, int) else clips.Symbol(value)


def _rule(name: str, salience: int, when: str, acts: list[str]) -> str:
    return f"(defrule {name} (declare (salience {salience})) {when} => {' '.join(acts)})"


def _other(term: Term) -> str:
    match term:
        case Applies(id, holds):
            return f"(asked {id} {'oui' if holds else 'non'})"
        case Finding(id, holds):
            return f"(found {id} {'oui' if holds else 'non'})"
        case _:
            raise TypeError(term)


def _concluded(effects: Iterable[Effect]) -> list[str]:
    return [effect.finding for effect in effects if isinstance(effect, Conclude)]


def _act(rule: str, effect: Effect) -> list[str]:
    match effect:
        case Argue(format, side, force, motif):
            rank = FORCES.index(force)
            worth = 100 ** (len(FORCES) - 1 - rank) * (1 if side == "pour" else -1)
            told = f"(format {format}) (side {side}) (motif {motif}) (rank {rank}) (worth {worth})"
            return [f"(assert (reason {told}))"]
        case Push(axis, points):
            return [f"(assert (push (axis {axis}) (rule {rule}) (points {points})))"]
        case RuleOut(format):
            return [f"(assert (out (format {format})))"]
        case _:
            return []
