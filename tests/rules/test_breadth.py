"""How wide a condition is: counted as it would be expanded."""

from __future__ import annotations

from conseil_dla.rules.breadth import alternatives
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Found, Is, NoneOf, Ticks, Within

CHOICE, TICKED, NUMBER = Is("a", frozenset("xyz")), Ticks("b", frozenset("uv")), Within("c", 1, 2)


def test_atoms_count_for_the_ways_in_which_they_are_surely_true() -> None:
    assert [alternatives(atom) for atom in (CHOICE, TICKED, NUMBER, Found("f"))] == [1, 2, 1, 1]
    assert [alternatives(NoneOf((atom,))) for atom in (CHOICE, TICKED, NUMBER, Found("f"))] == [1, 1, 3, 1]


def test_all_multiplies_and_any_adds() -> None:
    assert alternatives(AllOf((TICKED, TICKED, NUMBER))) == 4
    assert alternatives(AnyOf((TICKED, TICKED, NUMBER))) == 5
    assert alternatives(NoneOf((NUMBER, NUMBER))) == 9
    assert alternatives(NoneOf((AllOf((CHOICE, NUMBER)), TICKED))) == 4


def test_n_of_chooses() -> None:
    assert alternatives(AtLeast(2, (TICKED, TICKED, TICKED))) == 12
    assert alternatives(AtLeast(3, (TICKED, TICKED, TICKED))) == 8
    assert alternatives(AtLeast(10, tuple(Found(f"f{n}") for n in range(20)))) == 184756
