"""Every check is exact: held, for equality, against brute force over all coherent dossiers of random small bases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.authoring.proofs import findings
from conseil_dla.authoring.proofs.evidence import Evidence
from conseil_dla.authoring.proofs.findings import Proven
from conseil_dla.exact.atlas import FORMAT, POSTURE, Atlas
from conseil_dla.exact.shares import counts, decisions
from conseil_dla.rules.model import (
    FORCES,
    LEVELS,
    Answers,
    Argue,
    Conclude,
    Condition,
    Draw,
    Effect,
    Incoherence,
    Is,
    Logic,
    NoneOf,
    Posture,
    Push,
    Question,
    Rule,
    RuleOut,
)
from strategies import completions, fired, holds, logics, values
from worlds import World, _worth, applying, calm, judge, questions_in, worlds

QUICK, LONG = 60, 200
NEVER_CHECKED_HERE = {"DLA513"}
"""A remark on the writing alone."""


@dataclass(frozen=True)
class Told:
    """A finding as far as brute force can tell: which witness, and which rules of several, are left open."""

    code: str
    about: tuple[str, str]
    part: str = ""
    effect: Effect | None = None
    other: tuple[str, str] | None = None


def told(finding: Proven) -> Told:
    pairs = {"DLA506", "DLA507"}
    effect = finding.effect if finding.code in ("DLA514", "DLA521") else None
    part = "" if finding.code == "DLA505" and finding.about[0] != "posture" else finding.part
    other = finding.other if finding.code in pairs and finding.part != "ecarte" else None
    return Told(finding.code, finding.about, part, effect, other)


# --- the same by brute force ------------------------------------------------------------------------------------------


class Oracle:
    """Every coherent dossier of a base, and every dossier at all."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self.worlds = worlds(logic, {})
        self.found = [fired(logic, w.answers)[1] for w in self.worlds]
        self.any = list(completions(replace(logic, incoherences=()), {}))

    def ever(self, condition: Condition) -> bool:
        return any(holds(condition, w.answers, found) for w, found in zip(self.worlds, self.found, strict=True))

    def ever_at_all(self, condition: Condition) -> bool:
        return any(holds(condition, answers, fired(self.logic, answers)[1]) for answers in self.any)

    def where(self, rule: Rule) -> frozenset[int]:
        return frozenset(n for n, w in enumerate(self.worlds) if rule.id in w.rules)

    def all(self) -> Iterator[Told]:
        yield from self.dead()
        yield from self.unreachable()
        yield from self.twins()
        yield from self.idle()

    def dead(self) -> Iterator[Told]:
        logic = self.logic
        named: list[tuple[tuple[str, str], str, Condition]] = [
            *((("regle", r.id), "quand", r.condition) for r in logic.rules),
            *((("question", q.id), "posee_si", q.asked_if) for q in logic.questions.values() if q.asked_if),
            *((("facteur", f.id), "present_si", f.present_if) for f in logic.factors.values()),
            *(((kind, id), "deja_prevu_si", condition) for kind, id, condition in logic.foreseen),
            *((("posture", p.id), "hors_note_si", p.off_note_if) for p in logic.postures.values() if p.off_note_if),
            *((("tension", t.id), "quand", pole) for t in logic.tensions for pole in t.poles),
        ]
        for about, part, condition in named:
            if not self.ever(condition):
                yield Told("DLA504" if self.ever_at_all(condition) else "DLA503", about, part)
        for item in logic.incoherences:
            if not self.ever_at_all(item.never):
                yield Told("DLA503", ("coherence", item.id), "jamais")

    def unreachable(self) -> Iterator[Told]:
        logic = self.logic
        best = frozenset().union(*(w.best for w in self.worlds))
        postures = frozenset().union(*(w.postures for w in self.worlds))
        yield from (Told("DLA505", ("format", id)) for id in logic.formats if id not in best)
        yield from (Told("DLA505", ("posture", id)) for id in logic.postures if id not in postures)
        for posture in logic.postures.values():
            corner = any(w.off_note and w.postures == {posture.id} for w in self.worlds)
            if posture.id in postures and posture.off_note_if and self.ever(posture.off_note_if) and not corner:
                yield Told("DLA505", ("posture", posture.id), "hors_note_si")
        drawn = {(kind, id) for w in self.worlds for kind, id, _ in w.drawn}
        written = {(e.kind, e.id) for r in logic.rules for e in r.effects if isinstance(e, Draw)}
        for kind, ids in logic.drawn.items():
            for name in ((kind, id) for id in ids if (kind, id) not in drawn):
                if kind != "vigilance" or name in written:
                    yield Told("DLA505", name)
        concluded = {e.finding for r in logic.rules for e in r.effects if isinstance(e, Conclude)}
        yield from (Told("DLA505", ("constat", id)) for id in concluded - frozenset().union(*self.found))
        for tension in logic.tensions:
            both = any(("tension", tension.id) in w.true for w in self.worlds)
            if all(map(self.ever, tension.poles)) and not both:
                yield Told("DLA505", ("tension", tension.id))

    def twins(self) -> Iterator[Told]:
        where = {r.id: self.where(r) for r in self.logic.rules}
        yield from self.same(where)
        yield from self.against(where)
        yield from self.covered(where)

    def same(self, where: dict[str, frozenset[int]]) -> Iterator[Told]:
        rules = self.logic.rules
        for one, other in combinations(sorted(rules, key=lambda r: r.id), 2):
            same = where[one.id] == where[other.id] != frozenset() and set(one.effects) == set(other.effects)
            first = min(r.id for r in rules if where[r.id] == where[one.id] and set(r.effects) == set(one.effects))
            if same and first == one.id:
                yield Told("DLA507", ("regle", one.id), "", None, ("regle", other.id))

    def against(self, where: dict[str, frozenset[int]]) -> Iterator[Told]:
        rules = self.logic.rules
        arguing = [(r, e) for r in rules for e in r.effects if isinstance(e, Argue)]
        for (one, a), (other, b) in combinations(arguing, 2):
            always = where[one.id] == where[other.id]
            meet = where[one.id] & where[other.id]
            if a.format == b.format and a.side != b.side and meet and (always or a.motif == b.motif):
                part = "toujours" if always else "motif"
                yield Told("DLA506", ("regle", one.id), part, None, ("regle", other.id))
        for rule, e in arguing:
            out = frozenset().union(*(where[r.id] for r in rules if RuleOut(e.format) in r.effects))
            if e.side == "pour" and where[rule.id] and where[rule.id] <= out:
                yield Told("DLA506", ("regle", rule.id), "ecarte")
        pushing = [(r, e) for r in rules for e in r.effects if isinstance(e, Push)]
        for (one, p), (other, q) in combinations(pushing, 2):
            if p.axis == q.axis and p.points * q.points < 0 and where[one.id] == where[other.id] != frozenset():
                yield Told("DLA506", ("regle", one.id), "axe", None, ("regle", other.id))

    def covered(self, where: dict[str, frozenset[int]]) -> Iterator[Told]:
        rules = self.logic.rules
        for rule in rules:
            for effect in rule.effects:
                if any(covers(effect, wide) and where[rule.id] and where[rule.id] < where[other.id]
                       for other in rules if other is not rule for wide in other.effects):  # fmt: skip
                    yield Told("DLA521", ("regle", rule.id), "", effect)

    def idle(self) -> Iterator[Told]:
        for rule in self.logic.rules:
            if self.where(rule) and all(isinstance(e, Conclude) for e in rule.effects) and self.unseen(rule):
                yield Told("DLA511", ("regle", rule.id))
            for effect in rule.effects:
                if isinstance(effect, Argue) and self.where(rule) and self.same_order(rule, effect):
                    yield Told("DLA514", ("regle", rule.id), "", effect)
        read = {id for c in conditions_of(self.logic) for id in questions_in(c)}
        yield from (Told("DLA512", ("question", id)) for id in self.logic.questions if id in read and self.silent(id))

    def unseen(self, rule: Rule) -> bool:
        fewer = replace(self.logic, rules=tuple(r for r in self.logic.rules if r is not rule))
        return all(shown(w, but=rule.id) == shown(judge(fewer, w.answers), but=rule.id)
                   and poles(self.logic, w.answers) == poles(fewer, w.answers) for w in self.worlds)  # fmt: skip

    def same_order(self, rule: Rule, effect: Argue) -> bool:
        for w in self.worlds:
            effects = [(r.id, e) for r in self.logic.rules if r.id in w.rules for e in r.effects]
            now = _worth(self.logic, [e for _, e in effects])
            without = _worth(self.logic, [e for each in effects if each != (rule.id, effect) for e in [each[1]]])
            if order(now) != order(without):
                return False
        return True

    def silent(self, id: str) -> bool:
        """No two coherent dossiers that differ in this answer alone are shown otherwise."""
        questions = self.logic.questions
        others = [q for q in questions if q != id]
        for rest in product(*(values(questions[q]) for q in others)):
            seen = set()
            for value in values(questions[id]):
                whole = applying(self.logic, {**dict(zip(others, rest, strict=True)), id: value})
                if not any(holds(i.never, whole) for i in self.logic.incoherences):
                    seen.add(visible(self.logic, judge(self.logic, whole)))
            if len(seen) > 1:
                return False
        return True


def covers(narrow: Effect, wide: Effect) -> bool:
    match narrow, wide:
        case Argue(), Argue():
            same = (narrow.format, narrow.side, narrow.motif) == (wide.format, wide.side, wide.motif)
            return same and FORCES.index(wide.force) <= FORCES.index(narrow.force)
        case Draw(), Draw():
            order = LEVELS.index(wide.level or "avant") <= LEVELS.index(narrow.level or "avant")
            return (narrow.kind, narrow.id) == (wide.kind, wide.id) and order
        case (Conclude(), Conclude()) | (RuleOut(), RuleOut()):
            return narrow == wide
    return False


def order(worth: dict[str, tuple[int, ...]]) -> frozenset[tuple[str, str, bool, bool]]:
    return frozenset((a, b, worth[a] > worth[b], worth[a] == worth[b]) for a in worth for b in worth)


def conditions_of(logic: Logic) -> list[Condition]:
    found = [r.condition for r in logic.rules] + [i.never for i in logic.incoherences]
    found += [q.asked_if for q in logic.questions.values() if q.asked_if]
    found += [f.present_if for f in logic.factors.values()]
    found += [foreseen_if for _, _, foreseen_if in logic.foreseen]
    found += [p.off_note_if for p in logic.postures.values() if p.off_note_if]
    return found + [pole for t in logic.tensions for pole in t.poles]


def shown(world: World, but: str) -> tuple[Any, ...]:
    return (world.rules - {but}, *world.outcome[1:])


def poles(logic: Logic, answers: Answers) -> tuple[bool, ...]:
    """Poles and corners, which are said one by one."""
    found = fired(logic, answers)[1]
    corners = [p.off_note_if for p in logic.postures.values() if p.off_note_if]
    return tuple(holds(c, answers, found) for c in [pole for t in logic.tensions for pole in t.poles] + corners)


def visible(logic: Logic, world: World) -> tuple[Any, ...]:
    plain = {r.id for r in logic.rules if all(isinstance(e, Conclude) for e in r.effects)}
    return (world.rules - plain, *world.outcome[1:])


# --- equality ---------------------------------------------------------------------------------------------------------


def check(logic: Logic) -> None:
    evidence = Evidence(Atlas(logic))
    oracle = Oracle(logic)
    found = [f for f in findings(evidence) if f.code not in NEVER_CHECKED_HERE]
    assert sorted(map(str, map(told, found))) == sorted(map(str, oracle.all()))
    for finding in found:
        if finding.witness is not None:
            check_witness(logic, finding)


def check_witness(logic: Logic, finding: Proven) -> None:
    """Every coherent way to go on from the witness shows the finding."""
    after = worlds(logic, finding.witness or {})
    assert after
    rules = {id for kind, id in (finding.about, finding.other or ("", "")) if kind == "regle"}
    match finding.code:
        case "DLA506" | "DLA507" | "DLA521" | "DLA511" | "DLA514":
            assert all(rules <= w.rules for w in after)
        case "DLA512":
            assert all(finding.about[1] in w.answers for w in after)
        case "DLA503" | "DLA504":
            least = finding.conflict[:-1] if len(finding.conflict) > 1 else ()
            seen = [fired(logic, w.answers)[1] for w in after]
            met = [[holds(c, w.answers, f) for w, f in zip(after, seen, strict=True)] for c in finding.conflict]
            if least and worlds_of(logic, least):
                assert sum(all(each) for each in met) == len(least)
            assert not all(all(each) for each in met)
        case "DLA505":
            assert all(
                finding.about[1] not in w.best | (w.postures if not finding.part else frozenset()) for w in after
            )


def worlds_of(logic: Logic, conditions: tuple[Condition, ...]) -> list[World]:
    """Coherent dossiers where all of them hold."""
    return [w for w in worlds(logic, {})
            if all(holds(c, w.answers, fired(logic, w.answers)[1]) for c in conditions)]  # fmt: skip


@pytest.mark.lent
@settings(calm, max_examples=LONG)
@given(logic=logics(small=True))
def test_checks_are_exact_at_length(logic: Logic) -> None:
    check(logic)


@settings(calm, max_examples=QUICK)
@given(logic=logics(small=True), data=st.data())
def test_planted_twins_are_found(logic: Logic, data: st.DataObject) -> None:
    """The same rule written otherwise: « aucune » of « aucune »."""
    rule = data.draw(st.sampled_from(logic.rules))
    twin = replace(rule, id="twin", condition=NoneOf((NoneOf((rule.condition,)),)))
    check(replace(logic, rules=tuple(sorted((*logic.rules, twin), key=lambda r: (r.stratum, r.id)))))


# --- what random bases never are -------------------------------------------------------------------------------------

ANSWER = Question("a", "choix", ("x", "y"))
OTHER = Question("b", "choix", ("x", "y"))
EASY = Logic({"a": ANSWER, "b": OTHER}, ())


def codes(logic: Logic) -> dict[str, Proven]:
    return {finding.code: finding for finding in findings(Evidence(Atlas(logic)))}


def test_no_format_left() -> None:
    from conseil_dla.rules.model import Format  # noqa: PLC0415

    out = [Rule(f"r{n}", Is("a", frozenset("x")), (RuleOut(f"f{n}"),)) for n in range(2)]
    logic = replace(EASY, rules=tuple(out), formats={"f0": Format("f0"), "f1": Format("f1")})
    found = codes(logic)["DLA501"]
    assert found.witness == {"a": "x"}
    assert found.rest == ("r0", "r1")
    assert "DLA501" not in codes(replace(logic, rules=tuple(out[:1])))


@pytest.mark.parametrize(("signs", "rest"), [((1,), ()), ((1, 1), ("p0", "p1"))])
def test_a_quadrant_without_posture_or_with_two(signs: tuple[int, ...], rest: tuple[str, ...]) -> None:
    from conseil_dla.rules.model import Format  # noqa: PLC0415

    rules = (
        Rule("up", Is("a", frozenset("x")), (Push("n", 1),)),
        Rule("down", Is("a", frozenset("y")), (Push("n", -1),)),
    )
    postures = {f"p{n}": Posture(f"p{n}", {"n": sign}) for n, sign in enumerate(signs)}
    logic = replace(EASY, rules=rules, axes=("n",), postures=postures, formats={"f": Format("f")})
    found = [f for f in findings(Evidence(Atlas(logic))) if f.code == "DLA502"]
    assert {f.rest for f in found} == {(), rest}
    for each in found:
        assert each.witness == {"a": "x" if each.rest else "y"}
    whole = replace(logic, postures={"p": Posture("p", {"n": 1}), "q": Posture("q", {"n": -1})})
    assert "DLA502" not in codes(whole)


@pytest.mark.parametrize("is_out", [True, False])
def test_a_format_that_never_comes_first_is_told_with_a_rule_of_its_own(is_out: bool) -> None:
    from conseil_dla.rules.model import Format  # noqa: PLC0415

    def effect(format: str) -> Effect:
        return RuleOut(format) if is_out else Argue(format, "contre", "nette", f"m_{format}")

    rules = (
        Rule("of_another", Is("b", frozenset("x")), (effect("f1"),)),
        Rule("first", Is("a", frozenset("x")), (Argue("f1", "pour", "decisive", "m"), effect("f0"))),
        Rule("second", Is("a", frozenset("y")), (effect("f0"), Argue("f1", "pour", "decisive", "m"))),
    )
    logic = replace(EASY, rules=rules, formats={"f0": Format("f0"), "f1": Format("f1")})
    told = [one for one in findings(Evidence(Atlas(logic))) if one.about == ("format", "f0")]
    assert [(one.code, one.other) for one in told] == [("DLA505", ("regle", "first"))]


def test_nothing_coherent_is_told_alone() -> None:
    never = (Incoherence("i", Is("b", frozenset("x"))), Incoherence("j", Is("a", frozenset("x"))),
             Incoherence("k", Is("a", frozenset("y"))))  # fmt: skip
    found = codes(replace(EASY, incoherences=never))
    assert set(found) == {"DLA508"}
    assert found["DLA508"].rest == ("j", "k")


# --- shares -----------------------------------------------------------------------------------------------------------


@settings(calm, max_examples=QUICK)
@given(logic=logics(small=True))
def test_shares_are_exact_numbers(logic: Logic) -> None:
    atlas = Atlas(logic)
    all_of = worlds(logic, {})

    def numbers(named: Callable[[World], Any]) -> dict[Any, int]:
        found: dict[Any, int] = {}
        for world in all_of:
            found[named(world)] = found.get(named(world), 0) + 1
        return found

    formats: dict[Any, int] = {}
    for outcome, number in counts(atlas, atlas.charts[FORMAT]).items():
        formats[outcome.best] = formats.get(outcome.best, 0) + number
    assert formats == numbers(lambda w: w.best)
    postures = {(o.postures, o.off_note): n for o, n in counts(atlas, atlas.charts[POSTURE]).items()}
    assert postures == numbers(lambda w: (w.postures, w.off_note and len(w.postures) == 1))
    for rule in logic.rules:
        assert counts(atlas, atlas.rules[rule.id]).get(True, 0) == sum(rule.id in w.rules for w in all_of)
    assert decisions(atlas) == numbers(lambda w: decided(logic, w))


def decided(logic: Logic, world: World) -> int | None:
    effects = [e for rule in logic.rules if rule.id in world.rules for e in rule.effects]
    best = sorted(_worth(logic, effects).values(), reverse=True)[:2]
    if len(best) < 2:
        return 0
    return next((n for n, (a, b) in enumerate(zip(*best, strict=True)) if a != b), None)
