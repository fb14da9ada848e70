"""One dossier's outlook: for rules, formats, postures and sums, what is certain, what is open, what is excluded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from conseil_dla.analysis.axes import AxisTable, axis_table
from conseil_dla.deciding import Standing, Winners, quadrant, standing, winners
from conseil_dla.model import Answers, Argue, Conclude, Condition, Logic, Rule, RuleOut
from conseil_dla.truth import Findings, Scope, Scopes, scopes_of, truth


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may still be, under one set of scopes."""

    scopes: Scopes
    states: Mapping[str, bool | None]
    """Truth of every rule: holds in all, in none, open."""
    findings: Findings
    standings: Mapping[str, Standing]
    formats: Winners
    sums: Mapping[str, frozenset[int]]
    """Sums that each axis can reach."""
    postures: frozenset[frozenset[str]]
    """The sets of postures that may be the outcome: one posture, or the several of a balance."""

    def holds(self, condition: Condition) -> bool | None:
        """Three-valued truth of a condition under this outlook."""
        return truth(condition, self.scopes, self.findings)

    @property
    def possible_postures(self) -> frozenset[str]:
        """Every base posture that may be (part of) the outcome."""
        return frozenset().union(*self.postures)


class Survey:
    """A base's logic made ready for outlooks. Holds no state of any dossier."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self.tables: Mapping[str, AxisTable] = {axis: axis_table(logic, axis) for axis in logic.axes}
        self._concluding = _by_finding(logic)
        self._arguments = _by_format(logic)
        self._vetoes = {
            id: tuple(r for r in logic.rules for e in r.effects if isinstance(e, RuleOut) and e.format == id)
            for id in logic.formats
        }

    def outlook(
        self,
        answers: Answers,
        *,
        fired: frozenset[str] = frozenset(),
        ordinary: frozenset[str] = frozenset(),
        forced: Mapping[str, Scope] | None = None,
    ) -> Outlook:
        """What may still be with these answers.

        ``fired`` are the rules that the inference engine fired: taken as they are, they need no second judgement.
        ``ordinary`` and ``forced`` narrow unknown questions, as in ``truth.scopes_of``.
        """
        scopes = scopes_of(self.logic, answers, ordinary=ordinary, forced=forced)
        states, findings = self._states(scopes, fired)
        standings = {
            id: standing(((argue, states[rule]) for rule, argue in self._arguments[id]), self._out(id, states))
            for id in self.logic.formats
        }
        sums = {axis: table.sums(scopes, states) for axis, table in self.tables.items()}
        return Outlook(scopes, states, findings, standings, winners(standings), sums, self._postures(sums))

    def best_among(self, outlook: Outlook, formats: frozenset[str]) -> Winners:
        """The same comparison kept to some formats (what comes after a preparatory one)."""
        return winners({id: s for id, s in outlook.standings.items() if id in formats})

    def _states(self, scopes: Scopes, fired: frozenset[str]) -> tuple[dict[str, bool | None], dict[str, bool | None]]:
        states: dict[str, bool | None] = {}
        findings: dict[str, bool | None] = {}
        stratum = 0
        for rule in self.logic.rules:
            if rule.stratum > stratum:
                stratum = rule.stratum
                self._settle(findings, states)
            states[rule.id] = True if rule.id in fired else truth(rule.condition, scopes, findings)
        self._settle(findings, states)
        return states, findings

    def _settle(self, findings: dict[str, bool | None], states: Mapping[str, bool | None]) -> None:
        for finding, rules in self._concluding.items():
            values = [states.get(rule.id) for rule in rules]
            findings[finding] = True if True in values else (None if None in values else False)

    def _out(self, format: str, states: Mapping[str, bool | None]) -> bool | None:
        values = [states[rule.id] for rule in self._vetoes[format]]
        return True if True in values else (None if None in values else False)

    def _postures(self, sums: Mapping[str, frozenset[int]]) -> frozenset[frozenset[str]]:
        signs = {axis: sorted({(s > 0) - (s < 0) for s in found}) for axis, found in sums.items()}
        axes = list(signs)
        choices = product(*(signs[axis] for axis in axes))
        return frozenset(quadrant(self.logic, dict(zip(axes, choice, strict=True))) for choice in choices)


def _by_finding(logic: Logic) -> dict[str, list[Rule]]:
    concluding: dict[str, list[Rule]] = {}
    for rule in logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Conclude):
                concluding.setdefault(effect.finding, []).append(rule)
    return concluding


def _by_format(logic: Logic) -> dict[str, list[tuple[str, Argue]]]:
    arguments: dict[str, list[tuple[str, Argue]]] = {id: [] for id in logic.formats}
    for rule in logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Argue):
                arguments[effect.format].append((rule.id, effect))
    return arguments
