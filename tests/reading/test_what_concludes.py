"""What the engine fires is what is concluded: a reading follows it, or stops where it is not to be trusted."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from conseil_dla.engine.durable_engine import DurableEngine, load
from conseil_dla.engine.durable_sheets import Asked, Sheets
from conseil_dla.engine.outcome import EnginesDisagree, Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.exact.outlook import Outlook
from conseil_dla.reading.compose import Reader, ReadingFailed
from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    Argue,
    Collected,
    Conclude,
    Draw,
    Found,
    Incoherence,
    Is,
    Logic,
    NoneOf,
    Question,
    Rule,
)
from conseil_dla.wording.json_text import concluded_object
from shipped import random_dossier, shipped_reader
from worlds import base_of, reader_of

BASE = shipped_reader().base
LOGIC = BASE.logic


def dossiers(number: int, seed: int) -> list[Answers]:
    chance = random.Random(seed)
    return [random_dossier(LOGIC, chance, chance.random()) for _ in range(number)]


# --- an engine that lies is not followed ------------------------------------------------------------------------------

Lie = Callable[[random.Random, frozenset[str], frozenset[str]], frozenset[str] | None]
"""(chance, names that match, every name) -> the names to give instead; None where it cannot lie so."""


def of(name: str) -> str:
    return name.rpartition("#")[0]


def drops(chance: random.Random, matched: frozenset[str], _: frozenset[str]) -> frozenset[str] | None:
    """One rule, by whatever alternatives."""
    fired = sorted({of(name) for name in matched if "#" in name})
    dropped = chance.choice(fired) if fired else None
    return frozenset(name for name in matched if of(name) != dropped) if fired else None


def invents(chance: random.Random, matched: frozenset[str], every: frozenset[str]) -> frozenset[str] | None:
    """One alternative, or a refutation."""
    return matched | {chance.choice(sorted(every - matched))}


def changes(chance: random.Random, matched: frozenset[str], every: frozenset[str]) -> frozenset[str] | None:
    """Another alternative of a rule that fires."""
    pairs = sorted((a, b) for a in matched for b in every - matched if "#" in a and "#" in b and of(a) == of(b))
    if not pairs:
        return None
    told, instead = chance.choice(pairs)
    return matched - {told} | {instead}


class Lying:
    """The rulesets of durable_rules, whose answer to one stratum of the next dossier is a lie."""

    def __init__(self, definitions: Sequence[str], lie: Lie) -> None:
        self._sheets = Sheets(load(), definitions)
        self._names = [frozenset(json.loads(definition)) for definition in definitions]
        self._lie, self._chance = lie, random.Random(8)
        self.has_lied = True

    def match(self, asked: Asked) -> list[list[str]]:
        said = self._sheets.match(asked)
        matched = frozenset(name for names in said for name in names)
        every = frozenset(name for number, _ in asked for name in self._names[number])
        lied = None if self.has_lied else self._lie(self._chance, matched, every)
        if lied is None:
            return said
        self.has_lied = True
        return [sorted(lied & self._names[number]) for number, _ in asked]

    def close(self) -> None:
        self._sheets.close()


@pytest.mark.parametrize("lie", [drops, invents, changes])
def test_a_reading_stops_where_the_engine_drops_invents_or_changes_an_alternative(lie: Lie) -> None:
    pytest.importorskip("durable_rules_engine")
    made: list[Lying] = []

    def opener(definitions: Sequence[str]) -> Lying:
        made.append(Lying(definitions, lie))
        return made[0]

    reader = Reader(BASE, DurableEngine(LOGIC, opener))
    lied = 0
    for answers in dossiers(25, seed=6):
        assert reader.read(answers).fired == ReferenceEngine(LOGIC).fire(answers).rules
        for asked in (reader.read, reader.conclude, reader.fire):
            made[0].has_lied = False
            try:
                asked(answers)
            except ReadingFailed as error:
                cause = error.__cause__
                assert isinstance(cause, EnginesDisagree)
                assert cause.answers == answers
                assert bool(cause.only_durable) != bool(cause.only_reference) == (lie is drops)
                lied += 1
            else:
                assert not made[0].has_lied
            made[0].has_lied = True
    assert lied > 40


# --- an engine that is believed is followed ---------------------------------------------------------------------------


class Told:
    """An engine that fires what it is told to, without a word of why."""

    name = "essai"

    def __init__(self) -> None:
        self.fires: frozenset[str] = frozenset()

    def fire(self, answers: Answers) -> Fired:
        return Fired(self.fires, {}, {}, self.name)

    def close(self) -> None:
        """Nothing to free."""


def test_what_is_certain_now_is_what_the_engine_fired(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Told()
    reader, honest = Reader(BASE, engine), ReferenceEngine(LOGIC)
    for answers in dossiers(6, seed=9):
        true = honest.fire(answers).rules
        for id in {*true, *(rule.id for rule in LOGIC.rules[::7])}:
            engine.fires = true ^ {id}
            with pytest.raises(ReadingFailed) as stopped:
                reader.conclude(answers)
            assert isinstance(stopped.value.__cause__, EnginesDisagree), "the dossier that shows it is kept"
        with monkeypatch.context() as unheeded:
            unheeded.setattr(Reader, "_held_to", lambda self, general: self.fired(general.answers))
            for fires in (true, frozenset(), frozenset(list(true)[::2]), frozenset(r.id for r in LOGIC.rules[::5])):
                engine.fires = fires
                follows(reader, answers, fires)


def test_what_both_engines_fire_and_the_exact_layer_does_not_prove_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the exact layer stops the reading as one of an engine does."""
    answers = next(each for each in dossiers(20, seed=4) if ReferenceEngine(LOGIC).fire(each).rules)
    lost = min(ReferenceEngine(LOGIC).fire(answers).rules)
    reader = Reader(BASE, ReferenceEngine(LOGIC))
    true = Outlook.certain.func  # type: ignore[attr-defined]
    monkeypatch.setattr(Outlook, "certain", property(lambda self: true(self) - {lost}))
    with pytest.raises(ReadingFailed) as stopped:
        reader.read(answers)
    cause = stopped.value.__cause__
    assert isinstance(cause, EnginesDisagree)
    assert (cause.answers, cause.only_durable, cause.only_reference) == (answers, {lost}, frozenset())


def follows(reader: Reader, answers: Answers, fires: frozenset[str]) -> None:
    """Every effect of these rules is certain because of them, and nothing else is said to be."""
    reading = reader.read(answers)
    effects = [(rule.id, effect) for rule in LOGIC.rules if rule.id in fires for effect in rule.effects]
    drawn = {(e.kind, e.id): e for _, e in effects if isinstance(e, Draw)}
    assert {(d.kind, d.id) for d in reading.drawn if d.proof == "declenchee"} == drawn.keys()
    assert all(d.certainty == "certaine" for d in reading.drawn if (d.kind, d.id) in drawn)
    argued = {(id, e.format, e.motif) for id, e in effects if isinstance(e, Argue)}
    found = [a for a in reading.format.arguments if a.proof == "declenchee"]
    assert {(a.rule, a.format, a.motif) for a in found} == argued
    assert all(a.certainty == "certaine" for a in found)
    told = concluded_object(BASE, reading, "x")
    assert told["regles_declenchees"] == sorted(fires)
    by_cases = {name.removeprefix("regle:") for name in told["certaines_par_cas"] if name.startswith("regle:")}
    assert by_cases == Outlook(reader.atlas, answers).certain - fires


def test_without_durable_rules_the_reference_has_the_same_place() -> None:
    pytest.importorskip("durable_rules_engine")
    reference = Reader(BASE, ReferenceEngine(LOGIC))
    for answers in dossiers(12, seed=10):
        one, other = shipped_reader().read(answers), reference.read(answers)
        assert replace(one, engine=other.engine) == other
        assert one.trace == other.trace
        assert [d.proof for d in one.drawn] == [d.proof for d in other.drawn]


# --- what no rule proves alone ----------------------------------------------------------------------------------------


def is_(question: str, *answers: str) -> Is:
    return Is(question, frozenset(answers))


def draws(id: str) -> tuple[Draw, ...]:
    return (Draw("partenaire", id),)


QUESTIONS = {id: Question(id, "choix", ("a", "b")) for id in ("q", "s", "t")}
EITHER = AnyOf((is_("q", "a"), is_("q", "b")))


def logic_of(*rules: Rule, **more: object) -> Logic:
    partners = {e.id: Collected(e.id) for r in rules for e in r.effects if isinstance(e, Draw)}
    return replace(Logic(QUESTIONS, rules, drawn={"partenaire": partners}), **more)  # type: ignore[arg-type]


def test_what_holds_by_cases_alone_is_told_apart() -> None:
    logic = logic_of(
        Rule("either", EITHER, draws("by_a_rule")),
        Rule("one", is_("q", "a"), draws("by_two")),
        Rule("other", is_("q", "b"), draws("by_two")),
        Rule("plain", is_("s", "a"), draws("fired")),
    )
    reader = reader_of(logic)
    reading = reader.read({"s": "a"})
    told = concluded_object(reader.base, reading, "x")
    assert told["regles_declenchees"] == ["plain"]
    assert told["certaines_par_cas"] == ["partenaire:by_a_rule", "partenaire:by_two", "regle:either"]
    assert {d.certainty for d in reading.drawn} == {"certaine"}
    told = concluded_object(reader.base, reader.read({"q": "a"}), "x")
    assert (told["regles_declenchees"], told["certaines_par_cas"]) == (["either", "one"], [])


def test_why_names_the_alternative_that_matched() -> None:
    """What a coherence rule makes certain holds too, and is not what made the rule fire."""
    rule = Rule("r", AnyOf((is_("q", "a"), is_("s", "a"), is_("t", "a"))), draws("m"))
    implied = Incoherence("together", AllOf((is_("q", "a"), is_("s", "b"))))
    reader = reader_of(logic_of(rule, incoherences=(implied,)))
    for answers, named in (({"q": "a"}, {"q"}), ({"q": "a", "t": "a"}, {"q", "t"}), ({"s": "a", "t": "b"}, {"s"})):
        (account,) = reader.explain(reader.read(answers), "partenaire", "m").accounts
        assert {clause.atom.question for clause in account.met} == named  # type: ignore[union-attr]
        assert account.holds
        assert not account.open


def test_why_goes_through_the_rule_for_a_finding_that_fired() -> None:
    by_cases, fired = Rule("a_by_cases", EITHER, (Conclude("f"),)), Rule("b_fired", is_("s", "a"), (Conclude("f"),))
    reader = reader_of(logic_of(by_cases, fired, Rule("r", Found("f"), draws("m"), 1)))
    reading = reader.read({"s": "a"})
    assert reading.fired == {"b_fired", "r"}
    (account,) = reader.explain(reading, "partenaire", "m").accounts
    assert account.behind == ("b_fired",)
    assert [clause.atom for clause in account.met] == [is_("s", "a")]


# --- findings that are read under a negation --------------------------------------------------------------------------


def wide() -> Logic:
    """A finding whose refutation takes more alternatives than a rule may have."""
    questions = {f"q{n}": Question(f"q{n}", "choix", ("a", "b", "c")) for n in range(12)}
    rows = tuple(AllOf(tuple(is_(f"q{n}", "a") for n in range(start, start + 4))) for start in (0, 4, 8))
    concludes = Rule("concludes", AnyOf((*rows, AllOf((rows[0], rows[1])))), (Conclude("f"),))
    assert alternatives(NoneOf((concludes.condition,))) > MOST_ALTERNATIVES
    denies = Rule("denies", NoneOf((Found("f"),)), draws("m"), 1)
    return Logic(questions, (concludes, denies), drawn={"partenaire": {"m": Collected("m")}})


def test_a_finding_is_refuted_however_many_alternatives_that_takes() -> None:
    pytest.importorskip("durable_rules_engine")
    logic = wide()
    reader = Reader(base_of(logic), DurableEngine(logic))
    refuting = {"q0": "b", "q5": "c", "q10": "b"}
    assert reader.read(refuting).fired == {"denies"}
    assert reader.read({"q0": "b", "q5": "c"}).fired == set()
    assert reader.read({f"q{n}": "a" for n in range(4)}).fired == {"concludes"}
