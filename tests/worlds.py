"""What a reading must say, by brute force: every coherent completion of a small dossier, judged one by one.

Written apart from the analysis and from ``deciding``: conditions, Lexi, quadrants and moments are said here a second
time, plainly, on complete dossiers only (``strategies.completions`` and ``fired``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from conseil_dla.engine import choose
from conseil_dla.ground.diagnostics import Place
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.model import (
    FORCES,
    LEVELS,
    Answers,
    Argue,
    Base,
    Condition,
    Draw,
    Entry,
    Level,
    Logic,
    Push,
    Question,
    RuleOut,
    Value,
)
from strategies import completions, fired, holds, logics, partial_answers

KINDS = ("vigilance", "modalite", "partenaire", "prealable")


@dataclass(frozen=True)
class World:
    """One complete dossier and everything that follows from it."""

    answers: Mapping[str, Value]
    rules: frozenset[str]
    best: frozenset[str]
    stands_out: bool
    then: frozenset[str]
    sums: tuple[int, ...]
    postures: frozenset[str]
    off_note: bool
    drawn: frozenset[tuple[str, str, str]]
    true: frozenset[tuple[str, str]]
    """Factors, tensions and foreseen modalités that hold."""
    moment: str | None

    def levels(self, kind: str, id: str) -> frozenset[str]:
        """Levels at which a conclusion is drawn here."""
        return frozenset(level for k, i, level in self.drawn if (k, i) == (kind, id))

    @property
    def outcome(self) -> tuple[Any, ...]:
        """Everything that a reader can be told, answers apart."""
        return (self.rules, self.best, self.stands_out, self.then, self.sums, self.postures, self.off_note, self.drawn,
                self.true, self.moment)  # fmt: skip

    @property
    def advice(self) -> tuple[Any, ...]:
        """Format and posture."""
        return (self.best, self.stands_out, self.then, self.sums, self.postures, self.off_note)


def worlds(logic: Logic, answers: Answers) -> list[World]:
    """Every coherent completion."""
    return [judge(logic, complete) for complete in completions(logic, answers)]


def ordinary_worlds(logic: Logic, answers: Answers, among: Iterable[World]) -> list[World]:
    """Those in which unknown questions take ordinary answers; all of them where there is none."""
    among = list(among)
    usual = [w for w in among if not exceptional(logic, answers, w)]
    return usual or among


def exceptional(logic: Logic, answers: Answers, world: World) -> list[str]:
    """Unknown questions that have an exceptional answer."""
    return [id for id, v in world.answers.items() if id not in answers and not is_ordinary(logic.questions[id], v)]


def is_ordinary(question: Question, value: Value) -> bool:
    """An answer that the question declares ordinary; any, where it declares none."""
    usual = question.ordinary
    if usual is None:
        return True
    if isinstance(value, int):
        return (usual.low is None or value >= usual.low) and (usual.high is None or value <= usual.high)
    return value <= usual.answers if isinstance(value, frozenset) else value in usual.answers


def judge(logic: Logic, answers: Answers) -> World:
    """One complete dossier."""
    rules, findings = fired(logic, answers)
    effects = [effect for rule in logic.rules if rule.id in rules for effect in rule.effects]
    worth = _worth(logic, effects)
    best = frozenset(id for id in worth if worth[id] == max(worth.values()))
    preparatory = frozenset(id for id, format in logic.formats.items() if format.preparatory)
    others = {id: profile for id, profile in worth.items() if id not in preparatory}
    then = frozenset(id for id in others if others[id] == max(others.values())) if best & preparatory else frozenset()
    signs = {axis: sum(e.points for e in effects if isinstance(e, Push) and e.axis == axis) for axis in logic.axes}
    postures = frozenset(
        id for id, posture in logic.postures.items() if all(signs[a] * sign >= 0 for a, sign in posture.signs.items())
    )
    alone = logic.postures[min(postures)] if len(postures) == 1 else None
    off_if = alone.off_note_if if alone else None
    drawn = frozenset((e.kind, e.id, e.level or "") for e in effects if isinstance(e, Draw))
    true = {("facteur", f.id) for f in logic.factors.values() if holds(f.present_if, answers, findings)}
    true |= {("tension", t.id) for t in logic.tensions if all(holds(pole, answers, findings) for pole in t.poles)}
    true |= {("prevu", id) for _, id, foreseen_if in logic.foreseen if holds(foreseen_if, answers, findings)}
    blocked = any(kind == "prealable" or (kind == "vigilance" and level == "avant") for kind, _, level in drawn)
    moment = "pas_tel_quel" if best & preparatory else "a_preparer" if blocked else "pret"
    return World(
        answers, rules, best, bool(best) and worth[min(best)] > (0,) * len(FORCES), then,
        tuple(signs.values()), postures, off_if is not None and holds(off_if, answers, findings),
        drawn, frozenset(true), moment if best else None,
    )  # fmt: skip


def applying(logic: Logic, answers: dict[str, Any]) -> Answers:
    """Without the answers to questions that do not apply."""
    kept: dict[str, Any] = {}
    while True:
        more = {id: v for id, v in answers.items() if id not in kept and asked(logic, id, kept, answers)}
        if not more:
            return kept
        kept |= more


def asked(logic: Logic, id: str, kept: Answers, answers: Answers) -> bool:
    condition = logic.questions[id].asked_if
    return condition is None or (all(is_settled(logic, q, kept, answers) for q in questions_in(condition))
                                 and holds(condition, kept))  # fmt: skip


def is_settled(logic: Logic, id: str, kept: Answers, answers: Answers) -> bool:
    if id in kept:
        return True
    condition = logic.questions[id].asked_if
    settled = condition is not None and all(is_settled(logic, q, kept, answers) for q in questions_in(condition))
    return settled and condition is not None and not holds(condition, kept)


def questions_in(condition: Condition) -> set[str]:
    parts = getattr(condition, "parts", None)
    if parts is not None:
        return set().union(*map(questions_in, parts))
    return {condition.question} if hasattr(condition, "question") else set()


def _worth(logic: Logic, effects: Iterable[Any]) -> dict[str, tuple[int, ...]]:
    """Each format that is not ruled out: reasons for minus against, at each force from the highest."""
    effects = list(effects)
    out = {effect.format for effect in effects if isinstance(effect, RuleOut)}
    worth: dict[str, tuple[int, ...]] = {}
    for id in logic.formats:
        strongest: dict[tuple[str, str], int] = {}
        for e in effects:
            if isinstance(e, Argue) and e.format == id:
                rank = FORCES.index(e.force)
                strongest[e.side, e.motif] = min(rank, strongest.get((e.side, e.motif), 9))
        worth[id] = tuple(
            sum((1 if side == "pour" else -1) for (side, _), rank in strongest.items() if rank == n)
            for n in range(len(FORCES))
        )
    return {id: profile for id, profile in worth.items() if id not in out}


# --- what a reading must say -----------------------------------------------------------------------------------------


def agreed(found: Iterable[Any]) -> Any:
    """The one value that all have; None when they differ."""
    values = set(found)
    return next(iter(values)) if len(values) == 1 else None


def certainty(all_of: list[bool], usual: list[bool]) -> str | None:
    """How strongly something holds; None when it holds nowhere."""
    if all(all_of):
        return "certaine"
    if not any(all_of):
        return None
    return "sauf_exception" if all(usual) else "possible"


def earliest(general: list[World], kind: str, id: str) -> Level | None:
    """The earliest level drawn everywhere, else the earliest that may be."""
    levels = [w.levels(kind, id) for w in general]
    for found in (frozenset.intersection(*levels), frozenset.union(*levels)):
        for level in LEVELS:
            if level in found:
                return level
    return None


def unless(
    logic: Logic,
    answers: Answers,
    general: list[World],
    shown: frozenset[str],
    named: Callable[[World], frozenset[str]],
) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """``sauf_si``: (question, exceptional answers, what they open)."""
    found = set()
    for id, question in logic.questions.items():
        if id in answers or question.ordinary is None:
            continue
        alone = [w for w in general if exceptional(logic, answers, w) == [id]]
        opened: dict[str, set[str]] = {}
        for outcome in frozenset().union(*(named(w) for w in alone)) - shown:
            values = [w.answers[id] for w in alone if outcome in named(w)]
            for name in names_of(question, values):
                opened.setdefault(name, set()).add(outcome)
        groups: dict[tuple[str, ...], list[str]] = {}
        for name, outcomes in opened.items():
            groups.setdefault(tuple(sorted(outcomes)), []).append(name)
        found |= {(id, tuple(sorted(names)), outcomes) for outcomes, names in groups.items()}
    return found


def names_of(question: Question, found: list[Value]) -> set[str]:
    """The exceptional answers behind some values of one question."""
    assert question.ordinary is not None
    if question.type == "nombre":
        low, high = question.bounds or (0, 0)
        usual = question.ordinary
        first, last = (low if usual.low is None else usual.low), (high if usual.high is None else usual.high)
        return {f"{low}..{first - 1}" if isinstance(v, int) and v < first else f"{last + 1}..{high}" for v in found}
    if question.type == "plusieurs":
        sets = {v - question.ordinary.answers for v in found if isinstance(v, frozenset)}
        smallest = {s for s in sets if not any(other < s for other in sets)}
        single = {s for s in smallest if len(s) == 1} or smallest
        return {option for s in single for option in s}
    return {str(v) for v in found}


# --- changes --------------------------------------------------------------------------------------------------------


def other_values(logic: Logic, id: str, value: Value) -> list[Value]:
    """What an answer could become: any other, or what is further along; one option more or less in a ``plusieurs``."""
    question = logic.questions[id]
    if isinstance(value, frozenset):
        if question.ripens:
            return [value | {option} for option in question.ripens if option not in value]
        return [value ^ {option} for option in question.answers]
    if question.ripens:
        further = question.ripens[question.ripens.index(value) + 1 :] if value in question.ripens else question.ripens
        return list(further)
    low, high = question.bounds or (0, -1)
    return [v for v in (*question.answers, *range(low, high + 1)) if v != value]


def tipping_sets(
    logic: Logic, answers: Answers, tips: Callable[[dict[str, Value]], bool], most: int = 3
) -> set[frozenset[tuple[str, Value]]]:
    """Every smallest set of changes that someone can act on and that tips."""
    steps = {id: other_values(logic, id, v) for id, v in answers.items() if logic.questions[id].modifiable != "non"}
    found: set[frozenset[tuple[str, Value]]] = set()
    for choice in sorted(
        product(*([None, *values] for values in steps.values())), key=lambda c: sum(v is not None for v in c)
    ):
        changed = {id: v for id, v in zip(steps, choice, strict=True) if v is not None}
        key = frozenset(changed.items())
        if 0 < len(changed) <= most and not any(smaller <= key for smaller in found) and tips({**answers, **changed}):
            found.add(key)
    return found


# --- cases to judge ---------------------------------------------------------------------------------------------------

WHO = ("non", "structures", "dla", "collectivite", "temps")
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def base_of(logic: Logic) -> Base:
    """A base whose texts are only ids."""
    named = [("question", id) for id in logic.questions] + [("regle", rule.id) for rule in logic.rules]
    named += [(kind, id) for kind, ids in (("format", logic.formats), ("posture", logic.postures), ("axe", logic.axes),
              ("facteur", logic.factors), *logic.drawn.items(),
              ("tension", [t.id for t in logic.tensions])) for id in ids]  # fmt: skip
    return Base(logic, {(k, id): Entry(k, id, id, Place(""), pole_sources=((), ())) for k, id in named}, "", "")


def reader_of(logic: Logic) -> Reader:
    """A reader on a logic without words."""
    return Reader(base_of(logic), choose(logic, durable=False))


def ripenings(question: Question) -> st.SearchStrategy[tuple[str, ...]]:
    """Nothing said, or some answers in some order."""
    if question.type == "nombre":
        return st.just(())
    some = st.lists(st.sampled_from(question.answers), unique=True, min_size=1)
    return st.one_of(st.just(()), st.permutations(question.answers).map(tuple), some.map(tuple))


def drawn_case(
    data: st.DataObject, share: int = 2, *, ripening: bool = False
) -> tuple[Logic, dict[str, Value], list[World]]:
    """A small base, a partial dossier that can be completed, and its completions."""
    logic = data.draw(logics(small=True))
    who = {id: data.draw(st.sampled_from(WHO)) for id in logic.questions}
    ripens = {id: data.draw(ripenings(q)) if ripening else () for id, q in logic.questions.items()}
    moved = {id: replace(q, modifiable=who[id], ripens=ripens[id]) for id, q in logic.questions.items()}
    logic = replace(logic, questions=moved)
    answers = data.draw(partial_answers(logic, share))
    found = worlds(logic, answers)
    assume(found)
    return logic, answers, found
