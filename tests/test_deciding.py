"""Lexi and quadrants: the decisions, on points and on ranges."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.deciding import Standing, nothing_stands_out, quadrant, standing, winners
from conseil_dla.model import FORCES, Argue, Logic, Posture


def argue(side: str, force: str, motif: str) -> Argue:
    return Argue("f", side, force, motif)  # type: ignore[arg-type]


def exact(*arguments: Argue) -> Standing:
    return standing([(a, True) for a in arguments], False)


def test_one_argument_of_a_higher_force_beats_any_number_below() -> None:
    strong = exact(argue("pour", "nette", "m"))
    many = exact(*(argue("pour", "legere", f"m{n}") for n in range(9)))
    assert winners({"strong": strong, "many": many}).best == {"strong"}


def test_reasons_against_cancel_reasons_for_at_the_same_force() -> None:
    mixed = exact(argue("pour", "nette", "a"), argue("contre", "nette", "b"))
    nothing = exact()
    assert winners({"mixed": mixed, "nothing": nothing}).best == {"mixed", "nothing"}


def test_one_motif_on_one_side_counts_once_at_its_highest_force() -> None:
    twice = exact(argue("pour", "legere", "m"), argue("pour", "nette", "m"))
    assert twice == exact(argue("pour", "nette", "m"))
    both_sides = exact(argue("pour", "nette", "m"), argue("contre", "nette", "m"))
    assert both_sides.low == (0, 0, 0)


def test_a_ruled_out_format_never_wins() -> None:
    best = standing([(argue("pour", "decisive", "m"), True)], True)
    assert winners({"out": best, "other": exact()}).best == {"other"}


def test_nothing_stands_out_when_the_winner_is_empty_or_against() -> None:
    assert nothing_stands_out(exact())
    assert nothing_stands_out(exact(argue("contre", "legere", "m")))
    assert not nothing_stands_out(exact(argue("pour", "legere", "m"), argue("contre", "legere", "n"),
                                        argue("pour", "nette", "o")))  # fmt: skip


ARGUMENTS = st.tuples(st.sampled_from(["pour", "contre"]), st.sampled_from(FORCES), st.sampled_from("mn")).map(
    lambda parts: argue(*parts)
)
STATES = st.sampled_from([True, False, None])


@given(st.lists(st.tuples(ARGUMENTS, STATES), max_size=6))
def test_the_range_of_a_standing_holds_every_outcome_and_its_ends_are_reached(
    arguments: list[tuple[Argue, bool | None]],
) -> None:
    found = standing(arguments, False)
    open_ones = [n for n, (_, state) in enumerate(arguments) if state is None]
    profiles = []
    for choice in product((True, False), repeat=len(open_ones)):
        chosen = dict(zip(open_ones, choice, strict=True))
        settled = [(a, chosen.get(n, state)) for n, (a, state) in enumerate(arguments)]
        point = standing(settled, False)
        assert point.exact
        profiles.append(point.low)
    assert found.low == min(profiles)
    assert found.high == max(profiles)


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.tuples(ARGUMENTS, STATES), max_size=4), min_size=1))
def test_winners_never_leave_out_a_possible_winner(
    formats: dict[str, list[tuple[Argue, bool | None]]],
) -> None:
    """Open arguments of different formats are settled independently here: the widest that anything can be."""
    found = winners({id: standing(arguments, False) for id, arguments in formats.items()})
    open_ones = [(id, n) for id, arguments in formats.items() for n, (_, s) in enumerate(arguments) if s is None]
    for choice in product((True, False), repeat=min(len(open_ones), 6)):
        chosen = dict(zip(open_ones, choice, strict=False))
        settled = {
            id: standing(
                [(a, chosen.get((id, n), s if s is not None else False)) for n, (a, s) in enumerate(args)], False
            )
            for id, args in formats.items()
        }
        best = winners(settled).best
        assert best is not None
        assert best <= found.possible
        if found.best is not None:
            assert best == found.best


def test_a_balanced_axis_adds_both_its_sides() -> None:
    postures = {
        f"{x}{y}": Posture(f"{x}{y}", {"x": sx, "y": sy})
        for (x, sx), (y, sy) in product([("+", 1), ("-", -1)], repeat=2)
    }
    logic = Logic({}, (), axes=("x", "y"), postures=postures)
    assert quadrant(logic, {"x": 1, "y": -1}) == {"+-"}
    assert quadrant(logic, {"x": 0, "y": -1}) == {"+-", "--"}
    assert len(quadrant(logic, {"x": 0, "y": 0})) == 4
