"""What every answer tells the engine, worked out once: the truth of the atoms that read it, its pieces of the facts.

An atom reads one question, so an answer always makes the same of it, whatever the rest of the dossier. ``truth`` says
it the first time; it is kept as two bits (surely true, surely false), and a condition is then a few operations on the
bits of all its atoms: Kleene's connectives, as in ``truth``, which walks every condition anew. On the shipped rules
this leaves a fifth of the time that one dossier takes (docs/decisions/0033).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from json import dumps

from conseil_dla.engine.encoding import IDENTITY, Ruleset, Subject, known, known_findings
from conseil_dla.engine.strata import Stratum, offers
from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Atom,
    Condition,
    Found,
    Is,
    Logic,
    NoneOf,
    Question,
    Ticks,
    Value,
    Within,
)
from conseil_dla.rules.truth import NOT_APPLICABLE, Findings, atoms, open_scope, questions_read, scope_of, truth

MOST_KEPT = 2_000
"""Answers of one question that are kept; past this, they are worked out again."""

Judge = Callable[[int, int], bool | None]
"""(atoms surely true, atoms surely false) -> truth of one condition."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one answer tells, or its absence, or a finding."""

    true: int
    false: int
    pieces: tuple[str, ...]
    """For each ruleset, what is added to its fact."""


_Kept = tuple[Question, Judge | None, dict[tuple[bool | None, Value | None], Telling]]
"""A question, when it applies, and what its answers met so far tell, by whether it applies."""


class Tables:
    """Everything that the answers of one base can tell. ``sheets`` are all its rulesets, those of every stratum."""

    def __init__(self, logic: Logic, strata: Sequence[Stratum], sheets: Sequence[Ruleset]) -> None:
        self._logic = logic
        self._sheets = tuple(sheets)
        self._read: dict[str, list[tuple[int, Atom, bool]]] = {id: [] for id in logic.questions}
        self._bits: dict[tuple[Atom, bool], int] = {}
        self._order = tuple(self._kept(question) for question in _read_first(logic))
        plain = [{rule.id: mask for rule in s.rules if (mask := self._all_of(rule.condition))} for s in strata]
        self.plain = tuple(tuple(masks.items()) for masks in plain)
        """By stratum: the rules that ask for every one of some atoms, nine in ten, with the bits of these."""
        self.others = tuple(
            tuple((r.id, self._judge(r.condition, as_given=False)) for r in stratum.rules if r.id not in masks)
            for stratum, masks in zip(strata, plain, strict=True)
        )
        """By stratum: every other rule and its condition."""
        found = {finding for stratum in strata for finding in stratum.settles}
        self._findings = {(id, holds): self._of_finding(id, holds) for id in found for holds in (True, False)}

    def told(self, answers: Answers) -> Told:
        """What a dossier tells before any rule has fired."""
        true = false = 0
        pieces: list[tuple[str, ...]] = []
        for question, judge, tellings in self._order:
            applies = True if judge is None else judge(true, false)
            value = None if applies is False else answers.get(question.id)
            telling = tellings.get((applies, value))
            if telling is None:
                if len(tellings) >= MOST_KEPT:
                    tellings.clear()
                telling = tellings[applies, value] = self._of_answer(question, applies, value)
            true |= telling.true
            false |= telling.false
            pieces.append(telling.pieces)
        return Told(self, true, false, ["".join(some) for some in zip(*pieces, strict=True)])

    def finding(self, id: str, holds: bool) -> Telling:
        """What a settled finding tells."""
        return self._findings[id, holds]

    def _kept(self, question: Question) -> _Kept:
        return question, self._judge(question.asked_if, as_given=True) if question.asked_if else None, {}

    def _of_answer(self, question: Question, applies: bool | None, value: Value | None) -> Telling:
        """``posee_si`` reads an answer as it was given; rules only once its question surely applies."""
        if applies is False:
            given = NOT_APPLICABLE
        elif value is not None and offers(question, value):
            given = scope_of(question, value, applies)
        else:
            given = open_scope(question, applies)
        settled = given if given.settled or not given.known else open_scope(question, applies)
        true = false = 0
        for bit, atom, as_given in self._read[question.id]:
            holds = truth(atom, {question.id: given if as_given else settled}, {})
            true |= bit if holds is True else 0
            false |= bit if holds is False else 0
        return Telling(true, false, self._pieces(known({question.id: settled}, self._logic.questions)))

    def _of_finding(self, id: str, holds: bool) -> Telling:
        bit = self._bits.get((Found(id), False), 0)
        return Telling(bit if holds else 0, 0 if holds else bit, self._pieces(known_findings({id: holds})))

    def _pieces(self, told: Mapping[Subject, str | int]) -> tuple[str, ...]:
        return tuple(
            "".join(f",{dumps(sheet.properties[about])}:{dumps(value)}"
                    for about, value in told.items() if about in sheet.properties)
            for sheet in self._sheets
        )  # fmt: skip

    def _bit(self, atom: Atom, as_given: bool) -> int:
        """Its own for each atom, and another where ``posee_si`` reads it."""
        if (atom, as_given) not in self._bits:
            bit = self._bits[atom, as_given] = 1 << len(self._bits)
            if not isinstance(atom, Found):
                self._read[atom.question].append((bit, atom, as_given))
        return self._bits[atom, as_given]

    def _judge(self, condition: Condition, as_given: bool) -> Judge:
        match condition:
            case AllOf(parts) if _are_atoms(parts):
                return _all_of(self._mask(parts, as_given))
            case AnyOf(parts) if _are_atoms(parts):
                return _any_of(self._mask(parts, as_given))
            case Is() | Ticks() | Within() | Found():
                return _all_of(self._bit(condition, as_given))
            case AllOf(parts):
                return _at_least(len(parts), [self._judge(part, as_given) for part in parts])
            case AnyOf(parts):
                return _at_least(1, [self._judge(part, as_given) for part in parts])
            case AtLeast(count, parts):
                return _at_least(count, [self._judge(part, as_given) for part in parts])
            case NoneOf(parts):
                return _none_of(self._judge(AnyOf(parts), as_given))

    def _all_of(self, condition: Condition) -> int:
        """The bits of a condition that asks for every one of some atoms, at least one; 0 for any other."""
        parts = condition.parts if isinstance(condition, AllOf) else (condition,)
        return self._mask(parts, as_given=False) if _are_atoms(parts) else 0

    def _mask(self, parts: Iterable[Condition], as_given: bool) -> int:
        mask = 0
        for part in parts:
            for atom in atoms(part):
                mask |= self._bit(atom, as_given)
        return mask


class Told:
    """What is known of one dossier, findings added as strata settle them."""

    def __init__(self, tables: Tables, true: int, false: int, facts: list[str]) -> None:
        self._tables = tables
        self._true, self._false = true, false
        self._facts = facts

    def judge(self, position: int) -> dict[str, bool | None]:
        """Truth of every rule of a stratum."""
        true, false = self._true, self._false
        states = {
            id: False if false & mask else True if true & mask == mask else None
            for id, mask in self._tables.plain[position]
        }
        states.update((id, judge(true, false)) for id, judge in self._tables.others[position])
        return states

    def add(self, findings: Findings) -> None:
        """Findings settled since."""
        for id, holds in findings.items():
            if holds is not None:
                telling = self._tables.finding(id, holds)
                self._true |= telling.true
                self._false |= telling.false
                for sheet, piece in enumerate(telling.pieces):
                    if piece:
                        self._facts[sheet] += piece

    def fact(self, sheet: int) -> str:
        """The dossier as JSON, reduced to what one ruleset reads; ``sheet`` counts those of all strata."""
        return f"{_START}{self._facts[sheet]}}}"


_START = dumps(IDENTITY, separators=(",", ":"))[:-1]


def _are_atoms(parts: Iterable[Condition]) -> bool:
    return all(isinstance(part, Is | Ticks | Within | Found) for part in parts)


def _all_of(mask: int) -> Judge:
    return lambda true, false: False if false & mask else True if true & mask == mask else None


def _any_of(mask: int) -> Judge:
    return lambda true, false: True if true & mask else False if false & mask == mask else None


def _none_of(any_of: Judge) -> Judge:
    def judge(true: int, false: int) -> bool | None:
        holds = any_of(true, false)
        return None if holds is None else not holds

    return judge


def _at_least(count: int, parts: list[Judge]) -> Judge:
    def judge(true: int, false: int) -> bool | None:
        values = [part(true, false) for part in parts]
        if values.count(True) >= count:
            return True
        return False if len(values) - values.count(False) < count else None

    return judge


def _read_first(logic: Logic) -> list[Question]:
    """The questions, each after those that its ``posee_si`` reads."""
    found: dict[str, Question] = {}

    def visit(id: str) -> None:
        if id not in found:
            question = logic.questions[id]
            for read in sorted(questions_read(question.asked_if)) if question.asked_if else ():
                visit(read)
            found[id] = question

    for id in logic.questions:
        visit(id)
    return list(found.values())
