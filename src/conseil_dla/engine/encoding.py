"""How a dossier and its rules are written for durable_rules, in the small part of its language that is always right.

One fact per evaluation; patterns that are a flat ``$and`` of typed atoms, each carrying the fact's own type; an unknown
answer is an absent property, *sans objet* a present one. Values are strings, or whole numbers compared by order and
only with numbers: the engine takes 1, ``true`` and ``'1'`` for the same value. Property names are generated, so that
no author's word can be a reserved name, nor share its hash with another (the engine tells properties apart by a 32-bit
hash).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from conseil_dla.engine.alternatives import (
    NOT_APPLICABLE,
    Absent,
    Alternative,
    Among,
    Finding,
    Literal,
    Option,
    Questions,
    Range,
    alternatives_of,
)
from conseil_dla.engine.durable_sheets import SID
from conseil_dla.engine.outcome import concludes
from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.model import NoneOf, Rule
from conseil_dla.rules.truth import Findings, Scopes, questions_read

MOST_PATTERNS = 60
"""Patterns in one ruleset: the engine fails when one fact matches more than 64, and crashes at some hundreds."""

YES, NO = "oui", "non"
RESERVED = ("sid", "id", "t")
IDENTITY = {"sid": SID, "id": "d", "t": "d"}
"""What every fact holds."""
_LARGEST = 2**31 - 1

Subject = tuple[str, ...]
"""What a property tells of: ('value', question), ('applies', question), ('option', question, option) or
('finding', finding)."""
Atom = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Some alternatives of one stratum, ready for the engine."""

    definition: str
    """JSON: alternative name -> pattern."""
    alternatives: Mapping[str, Alternative]
    """What each pattern stands for, by its name."""
    properties: Mapping[Subject, str]
    """Name of every property that the patterns read; a fact holds no other."""

    def fact(self, told: Mapping[Subject, str | int]) -> str:
        """A dossier as JSON, reduced to what the patterns read."""
        read = {name: told[about] for about, name in self.properties.items() if about in told}
        return json.dumps(IDENTITY | read)


class Names:
    """Names for properties, no two with the same hash, none that the engine reserves."""

    def __init__(self) -> None:
        self._names: dict[Subject, str] = {}
        self._hashes = {fnv1a(word) for word in RESERVED}
        self._tried = 0

    def of(self, subject: Subject) -> str:
        """The name of one property: always the same, new when the subject is."""
        while subject not in self._names:
            name = f"p{self._tried}"
            self._tried += 1
            if fnv1a(name) not in self._hashes:
                self._hashes.add(fnv1a(name))
                self._names[subject] = name
        return self._names[subject]


def fnv1a(word: str) -> int:
    """The engine's hash of a property name: FNV-1a on 32 bits (G. Fowler, L. C. Noll, P. Vo)."""
    result = 0x811C9DC5
    for byte in word.encode():
        result = (result ^ byte) * 0x01000193 & 0xFFFFFFFF
    return result


def rulesets(rules: Iterable[Rule], questions: Questions, names: Names) -> tuple[Ruleset, ...]:
    """The rules of one stratum, split into rulesets of at most ``MOST_PATTERNS`` alternatives.

    A rule that concludes a finding has patterns that refute it too, so that findings are what the engine says of them.
    A rule whose condition can never be surely true has no alternative, and is in none. Raises ValueError on what
    loading should have refused: a rule that expands too far, bounds that the engine cannot hold.
    """
    for question in questions.values():
        if question.bounds is not None and max(map(abs, question.bounds)) > _LARGEST:
            raise ValueError(f"bounds of {question.id!r} do not fit 32 bits")
    together = [one for rule in _by_question(tuple(rules)) for one in _written(rule, questions)]
    starts = range(0, len(together), MOST_PATTERNS)
    return tuple(_ruleset(together[start : start + MOST_PATTERNS], questions, names) for start in starts)


def is_refuted_by_patterns(rule: Rule) -> bool:
    """Does the rule have refuting patterns: does it conclude a finding, and are they few enough?

    Loading bounds the alternatives of conditions, not those of their negations.
    """
    return concludes(rule) and alternatives(NoneOf((rule.condition,))) <= MOST_ALTERNATIVES


def _by_question(rules: tuple[Rule, ...]) -> list[Rule]:
    """Rules that read the same questions together, so that facts are small; the questions that few rules read first."""
    read = {rule.id: questions_read(rule.condition) for rule in rules}
    times = Counter(question for questions in read.values() for question in questions)
    return sorted(rules, key=lambda rule: (sorted((times[id], id) for id in read[rule.id]), rule.id))


def _written(rule: Rule, questions: Questions) -> tuple[Alternative, ...]:
    if (count := alternatives(rule.condition)) > MOST_ALTERNATIVES:
        raise ValueError(f"rule {rule.id!r} expands to {count} alternatives, at most {MOST_ALTERNATIVES} are allowed")
    refuting = alternatives_of(rule, questions, holds=False) if is_refuted_by_patterns(rule) else ()
    return (*alternatives_of(rule, questions), *refuting)


def _ruleset(together: list[Alternative], questions: Questions, names: Names) -> Ruleset:
    definition: dict[str, object] = {}
    read: dict[Subject, str] = {}
    for alternative in together:
        atoms: list[Atom] = [{"t": IDENTITY["t"]}]
        for literal in alternative.literals:
            subject = subject_of(literal, questions)
            read[subject] = names.of(subject)
            atoms.extend(_atoms(literal, read[subject], questions))
        definition[alternative.name] = {"all": [{"m": {"$and": sorted(atoms, key=json.dumps)}}]}
    return Ruleset(json.dumps(definition), {one.name: one for one in together}, read)


def subject_of(literal: Literal, questions: Questions) -> Subject:
    """The property that the literal reads: whether the question applies, where the literal says no more than that."""
    match literal:
        case Among(question, among):
            return ("applies" if among == frozenset(questions[question].answers) else "value", question)
        case Range(question, low, high):
            return ("applies" if (low, high) == questions[question].bounds else "value", question)
        case Absent(question):
            return ("applies", question)
        case Option(question, option):
            return ("option", question, option)
        case Finding(finding):
            return ("finding", finding)


def _atoms(literal: Literal, name: str, questions: Questions) -> Iterator[Atom]:
    if subject_of(literal, questions)[0] == "applies":
        yield {name: NO if isinstance(literal, Absent) else YES}
        return
    match literal:
        case Option(ticked=holds) | Finding(holds=holds):
            yield {name: YES if holds else NO}
        case Among(question, among) if len(among) == 1:
            yield {name: next(iter(among))}
        case Among(question, among):
            # Barring the others keeps one pattern where equality would need several; $neq is silent on what is absent.
            barred = (*questions[question].answers, *([NOT_APPLICABLE] if questions[question].asked_if else []))
            yield from ({"$neq": {name: value}} for value in barred if value not in among)
        case Range(question, low, high):
            first, last = questions[question].bounds or (0, 0)
            if low > first:
                yield {"$gte": {name: low}}
            if high < last:
                yield {"$lte": {name: high}}


def known(scopes: Scopes, questions: Questions) -> dict[Subject, str | int]:
    """Everything the dossier settles. A number that is *sans objet* has no value: it must never be compared."""
    told: dict[Subject, str | int] = {}
    for id, scope in scopes.items():
        question = questions[id]
        if scope.applies is None:
            continue
        told["applies", id] = YES if scope.applies else NO
        if scope.applies and not scope.known:
            continue
        match question.type:
            case "plusieurs":
                told.update({("option", id, o): YES if o in scope.ticked else NO for o in question.answers})
            case "choix" | "oui_non":
                told["value", id] = next(iter(scope.answers)) if scope.applies else NOT_APPLICABLE
            case "nombre" if scope.applies:
                told["value", id] = scope.low
            case "nombre":
                pass
    return told


def known_findings(findings: Findings) -> dict[Subject, str | int]:
    """Findings that hold or are refuted; an open one is absent."""
    return {("finding", id): YES if holds else NO for id, holds in findings.items() if holds is not None}
