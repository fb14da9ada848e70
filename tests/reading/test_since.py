"""What has happened since a dated reading: told apart by what made it, answers or rules."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.engine import choose
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.since import dated, recorded, since
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import Base, Dated
from conseil_dla.wording.outline_sections import since_lines, since_title
from english import english_in
from shipped import random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
THEN, TODAY = date(2026, 3, 12), date(2026, 11, 25)
SEEDS = st.integers(0, 10**9)
REMINDERS = {id: int(entry.texts["apres_mois"]) for (kind, id), entry in BASE.texts.items() if kind == "rappel"}


def answers(seed: int, share: float = 0.6) -> dict[str, object]:
    return dict(random_dossier(BASE.logic, random.Random(seed), share))


def entry(seed: int, reader: Reader = READER, share: float = 0.6) -> Dated:
    return recorded(reader.read(answers(seed, share)), THEN)  # type: ignore[arg-type]


def other_rules() -> Reader:
    """Rules of before: a third of those that conclude something to be settled are not there yet."""
    kept = tuple(
        rule for n, rule in enumerate(BASE.logic.rules)
        if n % 3 or not any(getattr(effect, "kind", "") in SETTLED_BEFORE for effect in rule.effects)
    )  # fmt: skip
    base: Base = replace(BASE, logic=replace(BASE.logic, rules=kept), digest="avant")
    return Reader(base, choose(base.logic))


BEFORE = other_rules()


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_nothing_changed_is_said_so(seed: int) -> None:
    reading = READER.read(answers(seed))  # type: ignore[arg-type]
    found = since(BASE, READER.read, (entry(seed),), reading, TODAY)
    assert found is not None
    assert found.answered == found.matured == found.appeared == found.by_rules == ()
    assert not found.moved
    assert found.remaining or not any(c.startswith(SETTLED_BEFORE) for c in entry(seed).conclusions)


@given(SEEDS, SEEDS)
@settings(max_examples=15, deadline=None)
def test_with_the_same_rules_nothing_is_laid_on_them(seed: int, other: int) -> None:
    reading = READER.read(answers(other))  # type: ignore[arg-type]
    found = since(BASE, READER.read, (entry(seed),), reading, TODAY)
    assert found is not None
    assert found.by_rules == ()
    assert {why for _, _, why in found.moved.values()} <= {"reponses"}
    then = {tuple(c.split(":")) for c in entry(seed).conclusions if c.startswith(SETTLED_BEFORE)}
    now = {tuple(c.split(":")) for c in recorded(reading, TODAY).conclusions if c.startswith(SETTLED_BEFORE)}
    assert set(found.matured) == then - now
    assert set(found.remaining) == then & now
    assert set(found.appeared) == now - then


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_with_the_same_answers_nothing_is_laid_on_them(seed: int) -> None:
    past = entry(seed, BEFORE)
    reading = READER.read(answers(seed))  # type: ignore[arg-type]
    found = since(BASE, READER.read, (past,), reading, TODAY)
    assert found is not None
    assert found.answered == found.matured == found.appeared == ()
    assert {why for _, _, why in found.moved.values()} <= {"regles"}
    then, now = (
        {c for c in one.conclusions if c.startswith(SETTLED_BEFORE)} for one in (past, recorded(reading, TODAY))
    )
    assert {":".join(each) for each in found.by_rules} == then ^ now


def test_rules_of_before_do_differ() -> None:
    """The test above is no empty one."""
    assert any(entry(seed, BEFORE).conclusions != entry(seed).conclusions for seed in range(6))


def test_one_entry_a_day_and_none_where_nothing_changed() -> None:
    first, second = (READER.read(answers(seed)) for seed in (1, 2))  # type: ignore[arg-type]
    journal = dated((), first, THEN)
    assert [one.day for one in journal] == ["2026-03-12"]
    assert dated(journal, first, TODAY) == journal
    assert dated(journal, second, THEN)[0].answers == second.answers
    assert [one.day for one in dated(journal, second, TODAY)] == ["2026-03-12", "2026-11-25"]
    assert dated((), READER.read({}), TODAY) == ()


def test_today_is_compared_with_the_last_other_day() -> None:
    reading = READER.read(answers(1))  # type: ignore[arg-type]
    today = recorded(reading, TODAY)
    assert since(BASE, READER.read, (), reading, TODAY) is None
    assert since(BASE, READER.read, (today,), reading, TODAY) is None
    found = since(BASE, READER.read, (entry(2), today), reading, TODAY)
    assert found is not None
    assert found.day == "2026-03-12"


def test_reminders_come_in_their_time() -> None:
    reading = READER.read(answers(1))  # type: ignore[arg-type]
    assert set(REMINDERS.values()) == {6, 12}
    for day, due in ((date(2026, 9, 11), 0), (date(2026, 9, 12), 6), (date(2027, 3, 11), 6), (date(2027, 3, 12), 12),
                     (date(2031, 1, 1), 12)):  # fmt: skip
        found = since(BASE, READER.read, (entry(1),), reading, day)
        assert found is not None
        assert set(found.reminders) == {id for id, months in REMINDERS.items() if months == due}, day
        told = "\n".join(line.text for line in since_lines(BASE, found))
        assert all(BASE.entry("rappel", id).texts["que_regarder"] in told for id in found.reminders)


def test_what_today_no_longer_knows_is_left_aside() -> None:
    reading = READER.read(answers(1))  # type: ignore[arg-type]
    old = Dated("2026-03-12", "avant", {}, ("format:disparu", "vigilance:disparue", "n_importe_quoi"))
    found = since(BASE, READER.read, (old,), reading, TODAY)
    assert found is not None
    assert "disparu" not in "".join(line.text for line in since_lines(BASE, found))


@given(SEEDS, SEEDS)
@settings(max_examples=8, deadline=None)
def test_it_is_told_in_french_under_its_day(seed: int, other: int) -> None:
    found = since(BASE, READER.read, (entry(seed, BEFORE),), READER.read(answers(other)), TODAY)  # type: ignore[arg-type]
    lines = [line.text for line in since_lines(BASE, found)]
    assert lines
    assert "12\u00a0mars\u00a02026" in since_title(found)
    assert english_in("\n".join(lines)) == set()
