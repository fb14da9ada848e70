"""Reasons of a format: what is acquired is told apart from what would play, wherever they are listed."""

from __future__ import annotations

import random
import re
from functools import cache

from conseil_dla.ground.french import NBSP, lowered
from conseil_dla.reading.conclusions import stated
from conseil_dla.reading.values import Argument, Reading
from conseil_dla.rules.model import FORCES, SIDES
from conseil_dla.wording.differences import state_of
from conseil_dla.wording.outline_sections import format_lines
from conseil_dla.wording.reading_sentences import why
from conseil_dla.wording.reasons import ALONE, FORCE_WORDS, OPEN_FORCE_WORDS, STANDINGS, UNUSUAL, weighed
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base


@cache
def half_answered() -> tuple[Reading, ...]:
    """Dossiers in which some reason holds but for an unusual answer."""
    found: list[Reading] = []
    chance = random.Random(67)
    while len(found) < 4:
        reading = READER.read(random_dossier(BASE.logic, chance, 0.3))
        if any(a.certainty == "sauf_exception" for a in reading.format.arguments):
            found.append(reading)
    return tuple(found)


def motifs(arguments: list[Argument], side: str, certainty: str) -> dict[str, str]:
    """Each motif of that side and certainty, at its heaviest."""
    held = [a for a in arguments if (a.side, a.certainty) == (side, certainty)]
    heaviest = sorted(held, key=lambda a: -FORCES.index(a.force))
    return {lowered(BASE.title("motif", a.motif)): a.force for a in heaviest}


def test_a_reason_that_an_unusual_answer_would_undo_is_no_acquired_one() -> None:
    for reading in half_answered():
        for line in format_lines(BASE, reading):
            assert line.target is not None
            if line.target[1] in reading.format.ruled_out:
                continue
            arguments = [a for a in reading.format.arguments if a.format == line.target[1]]
            for side, told in zip(SIDES, line.sides or (), strict=True):
                acquired = motifs(arguments, side, "certaine")
                usual = motifs(arguments, side, "sauf_exception")
                assert {t for t in told if UNUSUAL not in t} == {f"{m} ({FORCE_WORDS[f]})" for m, f in acquired.items()}
                open_ones = [t for t in told if UNUSUAL in t]
                assert list(told[len(told) - len(open_ones) :]) == open_ones, "after what is acquired"
                assert set(open_ones) == {
                    f"{UNUSUAL}{NBSP}: {m} ({OPEN_FORCE_WORDS[f]})"
                    for m, f in usual.items()
                    if m not in acquired or FORCES.index(f) < FORCES.index(acquired[m])
                }


def test_why_groups_reasons_by_what_is_known_of_them_and_gives_the_heaviest_first() -> None:
    seen = set()
    weights = {words: n for n, force in enumerate(FORCES) for words in (FORCE_WORDS[force], OPEN_FORCE_WORDS[force])}
    for reading in half_answered():
        for id in BASE.logic.formats:
            told = why(BASE, reading, READER.explain(reading, "format", id))
            pro = [a for a in reading.format.arguments if a.side == "pour" and a.certainty == "certaine"]
            assert (ALONE in told) <= all(a.format == id for a in pro), "another one has reasons that are acquired"
            if id in reading.format.shown:
                assert not any(text.startswith("Ce qui aurait pu y conduire") for text in told)
            leads = [text for text in told if text in STANDINGS.values()]
            assert leads == [lead for lead in STANDINGS.values() if lead in leads]
            group, before = "", (False, 0)
            for text in told:
                if text in STANDINGS.values():
                    group, before = text, (False, 0)
                    seen.add(text)
                elif found := re.match(r"(Pour|Contre|Jouerait (?:pour|contre)), et cela (.*?)\xa0:", text):
                    assert found[1].startswith("Jouerait") == (group in [*STANDINGS.values()][1:])
                    place = ("ontre" in found[1], weights[found[2]])
                    assert place >= before
                    before = place
    assert seen == set(STANDINGS.values())


def test_what_differs_says_of_a_reason_whether_it_is_acquired() -> None:
    for reading in half_answered():
        for name, state in stated(BASE, reading).items():
            if name[0] == "argument":
                assert (UNUSUAL in state_of(BASE, name, state)) == (state.certainty == "sauf_exception")


def test_a_motif_comes_again_only_where_it_would_weigh_more() -> None:
    def argument(certainty: str, force: str, side: str = "pour") -> Argument:
        return Argument("f", side, force, "m", "r", certainty)  # type: ignore[arg-type]

    light, heavy = argument("certaine", "legere"), argument("sauf_exception", "decisive")
    assert list(weighed([heavy, light])) == [light, heavy]
    assert list(weighed([argument("sauf_exception", "legere"), light])) == [light]
    assert list(weighed([argument("certaine", "nette", "contre"), light])) == [
        light,
        argument("certaine", "nette", "contre"),
    ]
