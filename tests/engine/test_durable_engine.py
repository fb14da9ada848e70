"""The places where durable_rules is known to go wrong, each walked on."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from contextlib import closing
from types import SimpleNamespace

import pytest

from conseil_dla.engine import durable_engine
from conseil_dla.engine.durable_engine import DurableEngine, EngineFailed
from conseil_dla.engine.encoding import MOST_PATTERNS, RESERVED, Names, fnv1a, rulesets
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.rules.model import (
    AllOf,
    Answers,
    AnyOf,
    AtLeast,
    Conclude,
    Condition,
    Draw,
    Found,
    Is,
    Logic,
    NoneOf,
    Question,
    Rule,
    Ticks,
    Within,
)

pytest.importorskip("durable_rules_engine")

TWINS = ("costarring", "liquid")
"""Two words with one FNV-1a hash: the engine cannot tell properties of these names apart."""


def asks(id: str, *answers: str, asked_if: Condition | None = None) -> Question:
    return Question(id, "choix", answers or ("a", "b"), asked_if=asked_if)


def counts(id: str, low: int = 0, high: int = 10, asked_if: Condition | None = None) -> Question:
    return Question(id, "nombre", (), (low, high), asked_if=asked_if)


def is_(question: str, *answers: str) -> Is:
    return Is(question, frozenset(answers))


def base(questions: list[Question], rules: dict[str, Condition], findings: dict[str, Condition] | None = None) -> Logic:
    lower = [Rule(f"for_{id}", when, (Conclude(id),)) for id, when in (findings or {}).items()]
    upper = [Rule(id, when, (Draw("modalite", "m"),), 1 if findings else 0) for id, when in rules.items()]
    return Logic({question.id: question for question in questions}, (*lower, *upper))


def fires(logic: Logic, answers: Answers) -> set[str]:
    """Ids of what durable fires, once the reference has said the same."""
    with closing(DurableEngine(logic)) as engine:
        fired = engine.fire(answers)
        assert fired.rules == ReferenceEngine(logic).fire(answers).rules
        return set(fired.rules)


# --- names and values -----------------------------------------------------------------------------------------------


def test_questions_answers_and_rules_whose_names_share_a_hash_stay_apart() -> None:
    assert fnv1a(TWINS[0]) == fnv1a(TWINS[1])
    logic = base(
        [*(asks(twin, *TWINS) for twin in TWINS), Question("several", "plusieurs", TWINS)],
        {
            TWINS[0]: is_(TWINS[0], TWINS[0]),
            TWINS[1]: is_(TWINS[1], TWINS[0]),
            "other_value": is_(TWINS[0], TWINS[1]),
            "ticked": Ticks("several", frozenset({TWINS[0]})),
            "ticked_twin": Ticks("several", frozenset({TWINS[1]})),
        },
    )
    assert fires(logic, {TWINS[0]: TWINS[0], "several": frozenset({TWINS[1]})}) == {TWINS[0], "ticked_twin"}
    assert fires(logic, {TWINS[1]: TWINS[0]}) == {TWINS[1]}
    assert fires(logic, {TWINS[0]: TWINS[1], TWINS[1]: TWINS[1]}) == {"other_value"}


def test_property_names_never_share_a_hash_nor_a_reserved_word(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {word: i for i, word in enumerate(RESERVED)}
    monkeypatch.setattr(
        "conseil_dla.engine.encoding.fnv1a",
        lambda word: taken.get(word, {"p0": 0, "p1": 7, "p2": 7}.get(word, word)),
    )
    names = Names()
    assert [names.of((str(i),)) for i in range(3)] == ["p1", "p3", "p4"]
    assert names.of(("0",)) == "p1"


def test_questions_named_as_the_engine_names_things_are_harmless() -> None:
    ids = ("id", "sid", "t", "m", "all", "not", "null", "true")
    logic = base([asks(id, "d", "s", "true", "null") for id in ids], {id: is_(id, "d") for id in ids})
    assert fires(logic, dict.fromkeys(ids, "d")) == set(ids)
    assert fires(logic, dict.fromkeys(ids, "s")) == set()


# --- sizes ----------------------------------------------------------------------------------------------------------


def test_more_than_sixty_matching_patterns_in_a_stratum() -> None:
    logic = base([asks("q")], {f"r{i}": is_("q", "a") for i in range(200)})
    assert len(fires(logic, {"q": "a"})) == 200
    assert max(len(sheet.alternatives) for sheet in rulesets(logic.rules, logic.questions, Names())) == MOST_PATTERNS


def test_over_256_rules_end_on_the_same_atom_and_many_questions_are_read() -> None:
    questions = [asks(f"q{i}") for i in range(30)]
    conditions = {f"r{i}": AllOf((is_(f"q{i % 29}", "ab"[i % 2]), is_("q29", "a"))) for i in range(700)}
    logic = base(questions, conditions)
    assert len(fires(logic, {f"q{i}": "a" for i in range(30)})) == 350
    assert fires(logic, {f"q{i}": "a" for i in range(29)}) == set()


def test_what_expands_too_far_is_refused_before_it_is_built() -> None:
    parts = tuple(AnyOf((is_(f"q{i}", "a"), is_(f"q{i}", "b"))) for i in range(7))
    with pytest.raises(ValueError, match="128 alternatives"):
        DurableEngine(base([asks(f"q{i}") for i in range(7)], {"r": AllOf(parts)}))


def test_bounds_beyond_32_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="32 bits"):
        DurableEngine(base([counts("n", high=2**31)], {"r": Within("n", 3, None)}))


# --- negation, numbers, sans objet ----------------------------------------------------------------------------------


def test_a_rule_that_reads_only_negations() -> None:
    logic = base([asks("q"), asks("s", "a", "b", "c")], {"r": NoneOf((is_("q", "a"), is_("s", "a", "b")))})
    assert fires(logic, {}) == set()
    assert fires(logic, {"q": "b"}) == set()
    assert fires(logic, {"q": "b", "s": "c"}) == {"r"}
    assert fires(logic, {"q": "b", "s": "b"}) == set()


def test_empty_answers_fire_only_what_nothing_can_change() -> None:
    logic = base(
        [asks("q")], {"always": is_("q", "a", "b"), "open": is_("q", "a"), "never": NoneOf((is_("q", "a", "b"),))}
    )
    assert fires(logic, {}) == {"always"}


NUMBER_IF = base(
    [asks("q"), counts("n", asked_if=is_("q", "a"))],
    {
        "at_least": Within("n", 5, None),
        "not_at_least": NoneOf((Within("n", 5, None),)),
        "not_between": NoneOf((Within("n", 3, 6),)),
        "between_twice": AllOf((Within("n", 2, None), Within("n", None, 6))),
        "applies": Within("n", 0, None),
        "does_not_apply": NoneOf((Within("n", None, 10),)),
    },
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, set()),
        ({"n": 7}, set()),
        ({"q": "a"}, {"applies"}),
        ({"q": "a", "n": 7}, {"applies", "at_least", "not_between"}),
        ({"q": "a", "n": 5}, {"applies", "at_least", "between_twice"}),
        ({"q": "a", "n": 0}, {"applies", "not_at_least", "not_between"}),
        ({"q": "a", "n": 1}, {"applies", "not_at_least", "not_between"}),
        ({"q": "b"}, {"does_not_apply", "not_at_least", "not_between"}),
        ({"q": "b", "n": 7}, {"does_not_apply", "not_at_least", "not_between"}),
    ],
)
def test_a_number_sans_objet_is_never_compared(answers: Answers, expected: set[str]) -> None:
    assert fires(NUMBER_IF, answers) == expected


def test_negative_numbers_keep_their_order() -> None:
    logic = base([counts("n", -9, 9)], {"low": Within("n", None, -2), "high": Within("n", -1, None)})
    assert [fires(logic, {"n": n}) for n in (-9, -2, -1, 0, 9)] == [{"low"}, {"low"}, {"high"}, {"high"}, {"high"}]


def test_options_are_known_together_and_all_unticked_when_sans_objet() -> None:
    several = Question("s", "plusieurs", ("x", "y"), asked_if=is_("q", "a"))
    ticks_x = Ticks("s", frozenset({"x"}))
    logic = base([asks("q"), several], {"x": ticks_x, "not_x": NoneOf((ticks_x,))})
    assert fires(logic, {"q": "a", "s": frozenset()}) == {"not_x"}
    assert fires(logic, {"q": "a", "s": frozenset({"x"})}) == {"x"}
    assert fires(logic, {"q": "b", "s": frozenset({"x"})}) == {"not_x"}
    assert fires(logic, {"q": "a"}) == fires(logic, {"s": frozenset({"x"})}) == set()


def test_a_finding_is_refuted_only_when_every_rule_for_it_is() -> None:
    logic = base([asks("q"), asks("s")], {"r": NoneOf((Found("f"),)), "with": Found("f")}, {"f": is_("q", "a")})
    second = Rule("second", is_("s", "a"), (Conclude("f"),))
    both = Logic(logic.questions, (second, *logic.rules))
    assert fires(both, {}) == set()
    assert fires(both, {"q": "b"}) == set()
    assert fires(both, {"q": "b", "s": "b"}) == {"r"}
    assert fires(both, {"s": "a"}) == {"second", "with"}


def test_n_of_and_its_negation() -> None:
    parts = tuple(is_(f"q{i}", "a") for i in range(4))
    logic = base([asks(f"q{i}") for i in range(4)], {"two": AtLeast(2, parts), "not_two": NoneOf((AtLeast(2, parts),))})
    assert fires(logic, {"q0": "a", "q1": "b"}) == set()
    assert fires(logic, {"q0": "a", "q3": "a"}) == {"two"}
    assert fires(logic, {"q0": "a", "q1": "b", "q2": "b", "q3": "b"}) == {"not_two"}
    assert fires(logic, {"q1": "b", "q2": "b", "q3": "b"}) == {"not_two"}


def test_what_contradicts_itself_never_fires() -> None:
    several = Question("s", "plusieurs", ("x", "y"))
    reads = (is_("q", "a"), Ticks("s", frozenset({"x"})), Within("n", 5, None), Found("f"))
    logic = base(
        [asks("q"), several, counts("n")],
        {
            **{f"r{i}": AllOf((atom, NoneOf((atom,)))) for i, atom in enumerate(reads)},
            **{f"s{i}": AllOf((NoneOf((atom,)), atom)) for i, atom in enumerate(reads)},
            "apart": AllOf((Within("n", None, 3), Within("n", 5, None))),
        },
        {"f": is_("q", "a")},
    )
    everything: Answers = {"q": "a", "s": frozenset({"x"}), "n": 7}
    assert fires(logic, everything) == {"for_f"}
    assert fires(logic, {"q": "b", "s": frozenset({"y"}), "n": 1}) == set()


def test_an_answer_no_longer_offered_is_unknown() -> None:
    logic = base([asks("q"), counts("n")], {"r": NoneOf((is_("q", "a"),)), "n": Within("n", 0, None)})
    assert fires(logic, {"q": "gone", "n": 2**40, "elsewhere": "a"}) == {"n"}


# --- a life of many dossiers ----------------------------------------------------------------------------------------


def test_a_dossier_leaves_no_trace_in_the_next() -> None:
    logic = base(
        [asks("q"), asks("s")], {"q": is_("q", "a"), "s": is_("s", "a"), "both": AllOf((is_("q", "a"), is_("s", "a")))}
    )
    with closing(DurableEngine(logic)) as engine:
        for _ in range(3):
            assert engine.fire({"q": "a"}).rules == {"q"}
            assert engine.fire({"s": "a"}).rules == {"s"}
            assert engine.fire({}).rules == set()


def resident() -> int:
    """Kilobytes that this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() // 1024


@pytest.mark.skipif(not hasattr(resource, "getpagesize"), reason="needs /proc")
def test_five_thousand_dossiers_stay_right_and_take_no_memory() -> None:
    logic = base(
        [*(asks(f"q{i}") for i in range(4)), counts("n")],
        {f"r{i}": AllOf((is_(f"q{i % 4}", "ab"[i % 2]), Within("n", i % 10, None))) for i in range(40)},
    )
    dossiers: list[Answers] = [
        {**{f"q{i}": "ab"[(n >> i) % 2] for i in range(4) if (n >> i + 4) % 3}, "n": n % 11} for n in range(100)
    ]
    expected = [ReferenceEngine(logic).fire(answers).rules for answers in dossiers]
    with closing(DurableEngine(logic)) as engine:
        for turn in range(50):
            assert [engine.fire(answers).rules for answers in dossiers] == expected
            if turn == 5:
                before = resident()
        assert resident() - before < 2_000


def test_two_bases_live_together_and_close_apart() -> None:
    first = DurableEngine(base([asks("q")], {"r": is_("q", "a")}))
    second = DurableEngine(base([asks("q")], {"r": is_("q", "b")}))
    for _ in range(3):
        assert (first.fire({"q": "a"}).rules, second.fire({"q": "a"}).rules) == ({"r"}, set())
    first.close()
    assert second.fire({"q": "b"}).rules == {"r"}
    second.close()


def test_closing_twice_or_before_anything_matched_is_safe() -> None:
    logic = base([asks("q")], {"r": is_("q", "a")})
    for dossiers in ([], [{}], [{"q": "b"}], [{"q": "a"}], [{"q": "a"}, {}]):
        engine = DurableEngine(logic)
        for answers in dossiers:
            engine.fire(answers)
        engine.close()
        engine.close()
    with pytest.raises(RuntimeError, match="closed"):
        engine.fire({})


def test_a_base_without_rules_fires_nothing() -> None:
    assert fires(base([asks("q")], {}), {"q": "a"}) == set()


# --- when the engine fails ------------------------------------------------------------------------------------------


def failing(monkeypatch: pytest.MonkeyPatch, times: int, error: BaseException | None = None) -> Callable[[], int]:
    """Make the C module fail ``times`` times; returns how many rulesets were built."""
    real, built, left = durable_engine.load(), [0], [times]

    def create(name: str, definition: str) -> int:
        assert json.loads(definition)
        built[0] += 1
        return int(real.create_ruleset(name, definition))

    def complete(handle: int, state: int) -> str | None:
        if left[0]:
            left[0] -= 1
            if error is not None:
                raise error
            raise real.error("303")
        message: str | None = real.complete_and_start_action(handle, state)
        return message

    fake = SimpleNamespace(**{**vars(real), "create_ruleset": create, "complete_and_start_action": complete})
    monkeypatch.setattr(durable_engine, "load", lambda: fake)
    return lambda: built[0]


RULES: dict[str, Condition] = {"r": is_("q", "a"), "s": NoneOf((is_("q", "b"),))}


def test_a_failed_ruleset_is_rebuilt_and_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    built = failing(monkeypatch, 1)
    with closing(DurableEngine(base([asks("q")], RULES))) as engine:
        assert engine.fire({"q": "a"}).rules == {"r", "s"}
        assert built() == 2
        assert engine.fire({"q": "b"}).rules == set()


def test_a_second_failure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 2)
    with closing(DurableEngine(base([asks("q")], RULES))) as engine:
        with pytest.raises(EngineFailed):
            engine.fire({"q": "a"})
        assert engine.fire({"q": "a"}).rules == {"r", "s"}


def test_an_interruption_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    built = failing(monkeypatch, 1, KeyboardInterrupt())
    with closing(DurableEngine(base([asks("q")], RULES))) as engine:
        assert engine.fire({}).rules == set()
        with pytest.raises(KeyboardInterrupt):
            engine.fire({"q": "a"})
        assert engine.fire({"q": "b"}).rules == set()
        assert built() == 2
