"""Lexi and quadrants: the two decisions."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.rules.deciding import NOTHING, profile, quadrant
from conseil_dla.rules.model import FORCES, Argue, Logic, Posture


def argue(side: str, force: str, motif: str) -> Argue:
    return Argue("f", side, force, motif)  # type: ignore[arg-type]


def test_one_argument_of_a_higher_force_beats_any_number_below() -> None:
    many = profile(argue("pour", "legere", f"m{n}") for n in range(9))
    assert profile([argue("pour", "nette", "m")]) > many > NOTHING


def test_reasons_against_cancel_reasons_for_at_the_same_force() -> None:
    assert profile([argue("pour", "nette", "a"), argue("contre", "nette", "b")]) == NOTHING == profile([])
    assert profile([argue("contre", "legere", "m")]) < NOTHING


def test_one_motif_on_one_side_counts_once_at_its_highest_force() -> None:
    once = profile([argue("pour", "nette", "m")])
    assert profile([argue("pour", "legere", "m"), argue("pour", "nette", "m")]) == once
    assert profile([argue("pour", "nette", "m"), argue("contre", "nette", "m")]) == NOTHING


ARGUMENTS = st.tuples(st.sampled_from(["pour", "contre"]), st.sampled_from(FORCES), st.sampled_from("mno")).map(
    lambda parts: argue(*parts)
)


@given(st.lists(ARGUMENTS, max_size=6), ARGUMENTS)
def test_a_reason_never_pulls_the_wrong_way(arguments: list[Argue], more: Argue) -> None:
    before, after = profile(arguments), profile([*arguments, more])
    assert after >= before if more.side == "pour" else after <= before


@given(st.lists(ARGUMENTS, max_size=6), st.randoms())
def test_the_order_of_arguments_changes_nothing(arguments: list[Argue], random: Random) -> None:
    shuffled = list(arguments)
    random.shuffle(shuffled)
    assert profile(shuffled) == profile(arguments) == profile(arguments + arguments)


def test_a_balanced_axis_adds_both_its_sides() -> None:
    postures = {
        f"{x}{y}": Posture(f"{x}{y}", {"x": sx, "y": sy})
        for (x, sx), (y, sy) in product([("+", 1), ("-", -1)], repeat=2)
    }
    logic = Logic({}, (), axes=("x", "y"), postures=postures)
    assert quadrant(logic, {"x": 1, "y": -1}) == {"+-"}
    assert quadrant(logic, {"x": 0, "y": -1}) == {"+-", "--"}
    assert len(quadrant(logic, {"x": 0, "y": 0})) == 4
