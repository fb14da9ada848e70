"""One value holds all that front ends show of a dossier, however far it was already known."""

import re
from datetime import date

import pytest

from conseil_dla.dossiers.store import load, load_cases
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.nearest import nearest
from conseil_dla.reading.since import since
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.reading.whole import NOTHING_AHEAD, Whole
from conseil_dla.rules.model import Dated, Dossier
from shipped import CASES, ROOT, shipped_reader

READER = shipped_reader()
BASE = READER.base
TODAY = date(2026, 11, 30)


def dossier() -> Dossier:
    found = load(sorted((ROOT / "knowledge" / "essais").glob("*.yaml"))[0], BASE)
    return Dossier(found.path, found.title, found.answers, journal=(Dated("2026-01-02", BASE.digest, {}, ()),))


def test_the_whole_holds_each_part_as_it_is_found_by_itself() -> None:
    one, cases = dossier(), load_cases(BASE)
    reading = READER.read_dossier(one)
    past = since(BASE, READER.read, one.journal, reading, TODAY)
    near, seen = (nearest(BASE, reading, [case for case in cases if bool(case.observation) is network])
                  for network in (False, True))  # fmt: skip
    assert past is not None
    assert READER.whole(one, TODAY, cases) == Whole(
        BASE, reading, one, READER.prospects(reading), near, past, "2026-11-30", seen
    )


def test_what_is_known_already_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, looked = READER.read_dossier(dossier()), []

    def look(reader: Reader, of: Reading) -> Prospects:
        looked.append(of)
        return Prospects()

    monkeypatch.setattr(Reader, "prospects", look)
    known = Prospects()
    assert READER.completed(Whole(BASE, reading, prospects=known), TODAY, ()).prospects is known
    assert looked == []
    assert READER.completed(Whole(BASE, reading), TODAY, ()).prospects is not NOTHING_AHEAD
    assert looked == [reading]


def test_nothing_is_ahead_of_what_is_only_reported() -> None:
    whole = READER.whole(load(CASES[0], BASE), TODAY, ())
    assert whole.reading.reported
    assert whole.ahead is NOTHING_AHEAD
    assert whole.nearest is None


def test_no_front_end_puts_it_together() -> None:
    found = re.compile(r"^\s*from conseil_dla\.reading\.(?:nearest|since) import (.*)$", re.MULTILINE)
    for path in (ROOT / "src" / "conseil_dla").rglob("*.py"):
        if path.parent.name != "reading":
            taken = {name.strip() for names in found.findall(path.read_text("utf-8")) for name in names.split(",")}
            assert taken.isdisjoint({"nearest", "since"}), path
