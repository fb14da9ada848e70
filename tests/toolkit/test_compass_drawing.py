"""The picture by itself: what is covered, what stays readable, and that no colour is needed."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from conseil_dla.toolkit.compass_drawing import LEAST, Drawing, Name, Scene, drawn
from conseil_dla.toolkit.compass_raster import ACROSS, DOWN, FIRST_DOTS, POINT, POINT_BEFORE, Reach
from shipped import shipped_reader

BASE = shipped_reader().base
ACROSS_AXIS, UP_AXIS = BASE.logic.axes
NAMES = tuple(
    Name(BASE.title("posture", p.id), (p.signs[ACROSS_AXIS], p.signs[UP_AXIS])) for p in BASE.logic.postures.values()
)
ENDS = tuple(
    BASE.entry("axe", axis).texts[side] for axis in BASE.logic.axes for side in ("negatif", "positif")
)  # fmt: skip
BITS = {(0, 0): 1, (0, 1): 2, (0, 2): 4, (1, 0): 8, (1, 1): 16, (1, 2): 32, (0, 3): 64, (1, 3): 128}
SHADES = ("region", "gained")
WHOLE = "⣿"

values = st.floats(-1, 1).map(lambda value: round(value, 4))
stretches = st.tuples(values, values).map(lambda pair: (min(pair), max(pair)))
regions = st.builds(Reach, stretches.filter(lambda s: s[0] < s[1]), stretches.filter(lambda s: s[0] < s[1]))
places = st.builds(Reach, stretches | values.map(lambda v: (v, v)), stretches | values.map(lambda v: (v, v)))
sizes = st.tuples(st.integers(LEAST[0], 80), st.integers(LEAST[1], 30))


def picture(now: Reach | None, before: Reach | None, size: tuple[int, int], names: tuple[Name, ...] = NAMES) -> Drawing:
    scene = Scene(now, before, names, ENDS, ("Une phrase qui dit ce qui bouge.", "Une autre."))  # type: ignore[arg-type]
    found = drawn(scene, *size)
    assert found is not None
    return found


def plotted(drawing: Drawing) -> dict[tuple[int, int], tuple[str, str]]:
    """Glyph and role of every cell inside the frame."""
    box, found = drawing.plot, {}
    for y in range(box.rows):
        line = [(char, role) for text, role in drawing.lines[box.top + y] for char in text]
        for x in range(box.columns):
            found[x, y] = line[box.left + x]
    return found


def shaded(drawing: Drawing) -> set[tuple[int, int]]:
    """Every dot that is raised in the region."""
    return {
        (x * ACROSS + across, y * DOWN + down)
        for (x, y), (glyph, role) in plotted(drawing).items()
        if role == "region"
        for (across, down), bit in BITS.items()
        if (ord(glyph) - FIRST_DOTS) & bit
    }


@given(places, st.none() | places, sizes)
def test_every_line_has_exactly_the_asked_width(now: Reach, before: Reach | None, size: tuple[int, int]) -> None:
    found = picture(now, before, size)
    assert len(found.lines) == size[1]
    assert {cell_len("".join(text for text, _ in line)) for line in found.lines} == {size[0]}


@pytest.mark.parametrize("width", range(LEAST[0], 81))
def test_there_is_a_picture_at_every_size(width: int) -> None:
    for height in range(LEAST[1], 31):
        found = picture(Reach((-1, 1), (-1, 1)), None, (width, height))
        assert {cell_len(line) for line in found.text.split("\n")} == {width}
        assert found.plot.columns >= found.plot.rows


def test_there_is_none_where_there_is_no_room() -> None:
    assert drawn(Scene(), LEAST[0] - 1, 30) is None
    assert drawn(Scene(), 80, LEAST[1] - 1) is None


@given(regions, sizes)
def test_the_region_covers_the_dots_that_can_be_reached_and_no_other(now: Reach, size: tuple[int, int]) -> None:
    found = picture(now, None, size, ())
    wide, high = ACROSS * found.plot.columns, DOWN * found.plot.rows
    raised = shaded(found)
    lines = {spot for spot, (_, role) in plotted(found).items() if role == "line"}
    for x in range(wide):
        for y in range(high):
            across, up = 2 * x / (wide - 1) - 1, 1 - 2 * y / (high - 1)
            if now.across[0] <= across <= now.across[1] and now.up[0] <= up <= now.up[1]:
                assert (x, y) in raised or (x // ACROSS, y // DOWN) in lines
            if (x, y) in raised:
                assert now.across[0] - 1 / (wide - 1) <= across + 1e-9
                assert across - 1e-9 <= now.across[1] + 1 / (wide - 1)
                assert now.up[0] - 1 / (high - 1) <= up + 1e-9
                assert up - 1e-9 <= now.up[1] + 1 / (high - 1)


@given(regions, st.data(), sizes)
def test_what_shrinks_is_never_drawn_larger(outer: Reach, data: st.DataObject, size: tuple[int, int]) -> None:
    def inside(stretch: tuple[float, float]) -> tuple[float, float]:
        one, other = data.draw(st.tuples(*[st.floats(*stretch)] * 2))
        return min(one, other), max(one, other)

    inner = Reach(inside(outer.across), inside(outer.up))
    larger, smaller = picture(outer, None, size, ()), picture(inner, None, size, ())
    within = plotted(larger)
    for spot, (_, role) in plotted(smaller).items():
        if role in ("region", "stretch", "point"):
            assert within[spot][1] in ("region", "line")
    covered = {spot for spot in shaded(smaller) if within[spot[0] // ACROSS, spot[1] // DOWN][1] == "region"}
    assert covered <= shaded(larger)


def test_the_region_shrinks_by_steps_smaller_than_a_cell() -> None:
    counts = [len(shaded(picture(Reach((-1, 1), (-1, 1 - step / 40)), None, (60, 25), ()))) for step in range(41)]
    assert counts == sorted(counts, reverse=True)
    rows = picture(Reach((-1, 1), (-1, 1)), None, (60, 25)).plot.rows
    assert len(set(counts)) > rows / 2 * 2


@given(values, values, st.none() | places, sizes)
def test_the_point_stands_where_it_is_known_to_be_and_eats_no_letter(
    across: float, up: float, before: Reach | None, size: tuple[int, int]
) -> None:
    found = picture(Reach((across, across), (up, up)), before, size)
    ((x, y),) = [spot for spot, (glyph, role) in plotted(found).items() if role == "point" and glyph == POINT]
    assert abs((x + 0.5) / found.plot.columns * 2 - 1 - across) <= 1.5 / found.plot.columns
    assert abs(1 - (y + 0.5) / found.plot.rows * 2 - up) <= 1.5 / found.plot.rows
    for name in NAMES:
        assert name.text in found.text


@given(places, st.none() | places, sizes)
def test_what_can_be_reached_is_never_hidden_by_a_name(now: Reach, before: Reach | None, size: tuple[int, int]) -> None:
    roles = {role for _, role in plotted(picture(now, before, size)).values()}
    assert roles & {"region", "gained", "stretch", "point"}
    assert "line" in roles


@pytest.mark.parametrize("size", [LEAST, (49, 18), (60, 25)])
def test_a_region_of_a_few_dots_is_seen_under_names_and_on_the_balance_lines(size: tuple[int, int]) -> None:
    for across in range(-10, 11):
        for up in range(-10, 11):
            now = Reach((across / 10 - 0.01, across / 10 + 0.01), (up / 10 - 0.01, up / 10 + 0.01))
            assert any(role in SHADES for _, role in plotted(picture(now, None, size)).values()), now


@given(sizes.filter(lambda size: size[0] >= 48 and size[1] >= 13), places, places)
def test_words_are_whole_where_there_is_room(size: tuple[int, int], now: Reach, before: Reach) -> None:
    text = picture(now, before, size).text
    assert "…" not in text
    for end in ENDS:
        for word in end.split():
            assert word in text
    for name in NAMES:
        assert name.text in text


@given(places, st.none() | places)
def test_names_are_whole_at_the_least_size(now: Reach, before: Reach | None) -> None:
    found = picture(now, before, LEAST)
    assert "…" in found.text
    for name in NAMES:
        assert name.text in found.text


def test_a_name_stands_in_its_own_quadrant_and_the_chosen_one_in_brackets() -> None:
    for chosen in NAMES:
        names = tuple(Name(n.text, n.signs, "chosen" if n == chosen else "name") for n in NAMES)
        found = picture(Reach((-1, 1), (-1, 1)), None, (49, 18), names)
        assert found.text.count("[") == 1
        assert f"[{chosen.text}]" in found.text
        for y, line in enumerate(found.text.split("\n")):
            for name in NAMES:
                if name.text in line:
                    start = line.index(name.text)
                    for x in range(start, start + len(name.text)):
                        assert found.plot.signs_at(x, y) == name.signs


def test_no_role_shares_a_glyph_with_another() -> None:
    glyphs: dict[str, set[str]] = defaultdict(set)
    stretches = [(low / 13, high / 13) for low in range(-13, 14, 2) for high in range(low, 14, 3)]
    spread = [Reach(one, other) for one in stretches[::3] for other in stretches[::4]]
    for now, before in zip(spread, [None, *reversed(spread)], strict=False):
        for line in picture(now, before, (33, 14)).lines:
            for text, role in line:
                glyphs[role] |= set(text)
    told = ("frame", "line", "region", "gained", "before", "stretch", "point")
    for role in told:
        assert glyphs[role], role
    glyphs["frame"] -= {" "}
    for one, other in combinations(told, 2):
        assert not glyphs[one] & glyphs[other], (one, other)
    assert all(cell_len(glyph) == 1 for role in told for glyph in glyphs[role])


@given(regions, regions, sizes)
def test_before_is_seen_wherever_it_differs_by_a_cell(now: Reach, before: Reach, size: tuple[int, int]) -> None:
    found = plotted(picture(now, before, size, ()))
    alone = plotted(picture(now, None, size, ()))
    was = {spot for spot, (_, role) in plotted(picture(before, None, size, ())).items() if role in SHADES}
    for spot, (_, role) in found.items():
        if spot in was and alone[spot][1] == "blank":
            assert role == "before"
        if role == "before":
            assert spot in was
            assert alone[spot][1] == "blank"
        if alone[spot][1] == "region" and alone[spot][0] != WHOLE:
            assert found[spot] == alone[spot]
        if role == "gained":
            assert spot not in was
            assert alone[spot][1] == "region"


def test_a_point_before_is_an_empty_ring() -> None:
    before = Reach((0.5, 0.5), (0.5, 0.5))
    for now in (Reach((-1, 1), (-1, 1)), Reach((-1, 1), (0.5, 0.5)), Reach((-0.5, -0.5), (0.5, 0.5))):
        assert POINT_BEFORE in picture(now, before, (49, 18)).text
    assert POINT_BEFORE not in picture(before, before, (49, 18)).text
