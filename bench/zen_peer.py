"""GoRules zen-engine: the rules as a JSON decision model, in the two forms that such a model has for many rules.

``table``: one decision table for each stratum, a row for each rule, every matching row collected.
``expressions``: one node for each stratum, one boolean expression for each rule.

Each is given to an engine that holds it compiled (its static loader), which is two to three times as fast here as one
``ZenDecision`` made from the text and used again (``table, ZenDecision``). Dossiers come as the dictionary that zen
reads, and no node carries along more than the next ones read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any

import zen
from python_peer import flat, reasons
from said import Said
from terms import Applies, Term, Theory, settled_in, surely, theory, written

from conseil_dla.engine.alternatives import NOT_APPLICABLE, Among, Finding, Option, Range
from conseil_dla.rules.model import Answers, Condition, Logic, Question

FORMS = ("table", "expressions", "table, ZenDecision")
WORDS = ("and", "or", "true", "false")
YES, NO, OPEN = "oui", "non", "ouvert"
"""Truth of a rule where it has three values, which a zen boolean has not."""
KEY = "rules"
OUT = -1_000_000_000


class ZenPeer:
    """One decision, ready."""

    name = "zen-engine"
    version = version("zen-engine")
    licence = "MIT"
    forms = FORMS
    traces = True
    """Whether a trace costs something apart."""

    def __init__(
        self, logic: Logic, *, complete: bool, outcome: bool, traced: bool = True, form: str = FORMS[0]
    ) -> None:
        self._theory = theory(logic)
        self._complete = complete
        self._outcome = outcome
        self._form = form.split(",", maxsplit=1)[0]
        self._options = {"trace": traced}
        self.model = model(self._theory, self._form, complete=complete, outcome=outcome)
        if form == self._form:
            self._engine = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: json.loads(self.model)}}})
            self._evaluate = partial(self._engine.evaluate, KEY)
        else:
            self._evaluate = zen.ZenEngine().create_decision(self.model).evaluate

    @staticmethod
    def written(logic: Logic, *, complete: bool) -> str:
        """The text that loading starts from."""
        return model(theory(logic), FORMS[0], complete=complete, outcome=False)

    @staticmethod
    def loaded(text: str, dossier: Mapping[str, Any]) -> object:
        """From that text to a first diagnosis."""
        engine = zen.ZenEngine({"loader": {"type": "static", "content": {KEY: json.loads(text)}}})
        return engine.evaluate(KEY, dossier, {"trace": True})

    def prepared(self, answers: Answers) -> dict[str, Any]:
        """Flat values under the names that expressions use."""
        return {f"q_{name}": value for name, value in flat(self._theory.logic, answers).items()}

    def diagnose(self, dossier: Mapping[str, Any]) -> Any:
        """What the clock measures."""
        return self._evaluate(dossier, self._options)

    def told(self, raw: Any) -> Said:
        """The same in the words of ``peers.py``."""
        result = raw["result"]
        ids = [rule.id for stratum in self._theory.strata for rule in stratum]
        if self._form == "table":
            rows = [row["s"] for level in range(len(self._theory.strata)) for row in result.get(f"level{level}", ())]
            found: dict[str, Any] = {row[1:]: row[0] == "+" for row in rows}
            states = {id: found.get(id, False if self._complete else None) for id in ids}
        else:
            states = {id: _truth(result[f"r_{id}"]) for id in ids}
        fired = frozenset(id for id, state in states.items() if state)
        findings = {id: _truth(result[f"f_{id}"]) for id in self._theory.concluding}
        if not self._outcome:
            return Said(fired, states, findings)
        return Said(fired, states, findings, frozenset(result["formats"]), frozenset(result["postures"]),
                    result["off_note"])  # fmt: skip


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {YES: True, NO: False, OPEN: None}[value]


# --- the decision model ---


class _Graph:
    """Nodes and edges as they come."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, str]] = []

    def add(self, kind: str, id: str, content: Mapping[str, Any] | None, *sources: str) -> str:
        self.nodes.append({"id": id, "name": id, "type": kind, "content": content or {}, "position": {"x": 0, "y": 0}})
        self.edges += [{"id": f"{source}-{id}", "type": "edge", "sourceId": source, "targetId": id}
                       for source in sources]  # fmt: skip
        return id

    def expressions(self, id: str, pairs: Iterable[tuple[str, str]], *sources: str, carries: bool = False) -> str:
        rows = [{"id": f"{id}.{key}", "key": key, "value": value} for key, value in pairs]
        content = {"expressions": rows, "passThrough": carries, "inputField": None, "outputPath": None,
                   "executionMode": "single"}  # fmt: skip
        return self.add("expressionNode", id, content, *sources)

    def table(self, id: str, rows: Iterable[tuple[str, str]], output: str, *sources: str) -> str:
        """One row per (condition, text), the texts of all rows that hold collected."""
        content = {
            "hitPolicy": "collect",
            "inputs": [{"id": "c", "name": "condition"}],
            "outputs": [{"id": "s", "name": "rule", "field": "s"}],
            "rules": [{"_id": f"{id}.{n}", "c": when, "s": json.dumps(told)} for n, (when, told) in enumerate(rows)],
            "passThrough": False, "inputField": None, "outputPath": output, "executionMode": "single",
        }  # fmt: skip
        return self.add("decisionTableNode", id, content, *sources)

    def text(self) -> str:
        return json.dumps({"nodes": self.nodes, "edges": self.edges})


def model(known: Theory, form: str, *, complete: bool, outcome: bool) -> str:
    """The rules as JDM."""
    graph = _Graph()
    asked = graph.add("inputNode", "asked", None)
    applying = [pair for q in known.applying for pair in _applying(q, known, complete)]
    answers = graph.expressions("answers", applying, asked, carries=True)
    ends, below = [], [answers]
    table = form == "table"
    for level, stratum in enumerate(known.strata):
        conditions = [(rule.id, rule.condition) for rule in stratum]
        if table:
            rows = [("+" + id, _surely(c, known)) for id, c in conditions]
            rows += [] if complete else [("-" + id, _surely(c, known, False)) for id, c in conditions]
            fired = graph.table(f"stratum{level}", [(when, told) for told, when in rows], f"level{level}", *below)
            settled = [(f"f_{f}", _found_in_rows(known, f, level, complete)) for f in settled_in(known, level)]
        else:
            pairs = [(f"r_{id}", _truth_of(c, known, complete)) for id, c in conditions]
            fired = graph.expressions(f"stratum{level}", pairs, *below)
            settled = [(f"f_{f}", _found(known, f, complete)) for f in settled_in(known, level)]
        ends.append(fired)
        if settled:
            findings = graph.expressions(f"findings{level}", settled, *ends)
            ends.append(findings)
            below.append(findings)
    if outcome:
        if table:
            ends = [graph.expressions("rules", _rules_of_rows(known), *ends, carries=True)]
        ends.append(graph.expressions("outcome", _outcome(known, complete or table), answers, *ends))
    graph.add("outputNode", "concluded", None, *ends)
    return graph.text()


def _surely(condition: Condition, known: Theory, wanted: bool = True) -> str:
    return written(surely(condition, known.logic.questions, wanted), literal, WORDS)


def _truth_of(condition: Condition, known: Theory, complete: bool) -> str:
    holds = _surely(condition, known)
    return holds if complete else f"{holds} ? '{YES}' : {_surely(condition, known, False)} ? '{NO}' : '{OPEN}'"


def _applying(question: Question, known: Theory, complete: bool) -> list[tuple[str, str]]:
    """Whether a question applies, then its value as conditions read it."""
    assert question.asked_if is not None
    pairs = [(f"a_{question.id}", _truth_of(question.asked_if, known, complete))]
    absent = {"plusieurs": "false", "nombre": "null"}.get(question.type, f"'{NOT_APPLICABLE}'")
    told = f"$.a_{question.id}" if complete else f"$.a_{question.id} == '{YES}'"
    several = question.type == "plusieurs"
    for name in [f"q_{question.id}__{o}" for o in question.answers] if several else [f"q_{question.id}"]:
        otherwise = absent if complete else f"$.a_{question.id} == '{NO}' ? {absent} : null"
        pairs.append((name, f"{told} ? {name} : {otherwise}"))
    return pairs


def _found(known: Theory, finding: str, complete: bool) -> str:
    rules = [f"r_{id}" for id in known.concluding[finding]]
    if complete:
        return " or ".join(rules)
    held, refuted = (f" {w} ".join(f"{r} == '{v}'" for r in rules) for w, v in (("or", YES), ("and", NO)))
    return f"({held}) ? '{YES}' : ({refuted}) ? '{NO}' : '{OPEN}'"


def _found_in_rows(known: Theory, finding: str, level: int, complete: bool) -> str:
    """From the rows that the tables up to a level collected."""

    def seen(sign: str) -> list[str]:
        of = {rule.id: n for n, rules in enumerate(known.strata) for rule in rules}
        return [f"some(level{of[id]} ?? [], #.s == '{sign}{id}')" for id in known.concluding[finding]]

    if complete:
        return " or ".join(seen("+"))
    return f"({' or '.join(seen('+'))}) ? '{YES}' : ({' and '.join(seen('-'))}) ? '{NO}' : '{OPEN}'"


def _rules_of_rows(known: Theory) -> list[tuple[str, str]]:
    """Rules that bear on the outcome, from the rows collected."""
    of = {rule.id: n for n, rules in enumerate(known.strata) for rule in rules}
    read = {id for ranks in known.reasons.values() for rules in ranks for id in rules}
    read |= {id for rules in known.outs.values() for id in rules}
    read |= {id for pushes in known.points.values() for id, _ in pushes}
    return [(f"r_{id}", f"some(level{of[id]} ?? [], #.s == '+{id}')") for id in sorted(read)]


def _outcome(known: Theory, booleans: bool) -> list[tuple[str, str]]:
    logic = known.logic
    holds = "" if booleans else f" == '{YES}'"

    def choice(condition: str, worth: int, otherwise: str) -> str:
        told = " or ".join(f"{name}{holds}" for name in condition.split(" or "))
        return f"({told}) ? {worth} : {otherwise}"

    pairs = []
    for format in logic.formats:
        weight = " + ".join(reasons(known, format, choice)) or "0"
        out = " or ".join(f"r_{id}{holds}" for id in known.outs[format])
        pairs.append((f"w_{format}", f"({out}) ? {OUT} : ({weight})" if out else weight))
    pairs.append(("best", f"max([{', '.join(f'$.w_{format}' for format in logic.formats)}])"))
    texts = ", ".join(f"$.w_{f} == $.best and $.w_{f} != {OUT} ? '{f}' : ''" for f in logic.formats)
    pairs.append(("formats", f"filter([{texts}], # != '')"))
    for axis in logic.axes:
        sums = " + ".join(f"(r_{id}{holds} ? {points} : 0)" for id, points in known.points[axis])
        pairs.append((f"x_{axis}", sums or "0"))
    inside = {p.id: " and ".join(f"{sign} * $.x_{axis} >= 0" for axis, sign in p.signs.items())
              for p in logic.postures.values()}  # fmt: skip
    texts = ", ".join(f"({when}) ? '{id}' : ''" for id, when in inside.items())
    pairs.append(("postures", f"filter([{texts}], # != '')"))
    corners = [f"($.postures[0] == '{p.id}' and {_surely(p.off_note_if, known)})"
               for p in logic.postures.values() if p.off_note_if is not None]  # fmt: skip
    pairs.append(("off_note", f"len($.postures) == 1 and ({' or '.join(corners)})" if corners else "false"))
    return pairs


def literal(one: Term) -> str:
    """One literal over the dossier. Nothing is compared by order, nor taken for a boolean, before it is known."""
    match one:
        case Among(question, values) if len(values) == 1:
            return f"q_{question} == {_text(next(iter(values)))}"
        case Among(question, values):
            return f"q_{question} in [{', '.join(map(_text, sorted(values)))}]"
        case Range(question, low, high):
            return f"(q_{question} != null and q_{question} >= {low} and q_{question} <= {high})"
        case Applies(question, holds):
            yes, no = ("true", "false"), (f"'{YES}'", f"'{NO}'")
            values = (yes[0], no[0]) if holds else (yes[1], no[1])
            return f"(a_{question} == {values[0]} or a_{question} == {values[1]})"
        case Option(question, option, ticked):
            return f"q_{question}__{option} == {str(ticked).lower()}"
        case Finding(finding, holds):
            return f"(f_{finding} == {str(holds).lower()} or f_{finding} == '{YES if holds else NO}')"
        case _:
            raise TypeError(one)


def _text(value: str) -> str:
    return f"'{value}'"
