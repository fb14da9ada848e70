"""Both solvers say the same of random clauses, whatever is added between two questions and whatever is assumed."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.exact.search.solver import Glucose, Plain, Solver
from worlds import calm

MOST = 7


@st.composite
def literals(draw: st.DrawFn, most: int) -> list[int]:
    variables = draw(st.lists(st.integers(1, MOST), max_size=most))
    return [variable * draw(st.sampled_from((1, -1))) for variable in variables]


def hold(clauses: list[list[int]], values: tuple[bool, ...]) -> bool:
    return all(any(values[abs(part) - 1] is (part > 0) for part in clause) for clause in clauses)


@settings(calm, max_examples=150)
@given(st.lists(st.tuples(st.lists(literals(4), max_size=9), literals(3)), min_size=1, max_size=4))
def test_solvers_agree_with_every_assignment_tried(rounds: list[tuple[list[list[int]], list[int]]]) -> None:
    solvers: list[Solver] = [Glucose(), Plain()]
    for solver in solvers:
        for _ in range(MOST):
            solver.variable()
    clauses: list[list[int]] = []
    for some, assumed in rounds:
        added = [clause for clause in some if clause]
        clauses += added
        expected = any(
            hold([*clauses, *([part] for part in assumed)], values) for values in product((True, False), repeat=MOST)
        )
        for solver in solvers:
            for clause in added:
                solver.add(clause)
            assert solver.solve(assumed) is expected, solver.name
            if expected:
                assert all(solver.holds(part) for part in assumed)
                assert all(any(solver.holds(part) for part in clause) for clause in clauses)


def test_a_search_that_takes_too_long_is_given_up() -> None:
    """Ten pigeons in nine holes: no proof is short."""
    for solver in (Glucose(), Plain()):
        inside = [[solver.variable() for _ in range(9)] for _ in range(10)]
        for holes in inside:
            solver.add(holes)
        for hole in zip(*inside, strict=True):
            for n, one in enumerate(hole):
                for other in hole[n + 1 :]:
                    solver.add([-one, -other])
        assert solver.solve([], 200) is None
        assert solver.solve([inside[0][0], inside[1][0]]) is False
