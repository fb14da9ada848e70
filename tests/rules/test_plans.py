"""Plans of workshops: their minutes make up the whole, and every mistake of every time is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import write_folder
from conseil_dla.reading.version_items import changed_items
from conseil_dla.rules.loading import Loaded, load
from conseil_dla.rules.model import Base
from conseil_dla.rules.plans import MOMENTS
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT

PLAN = """\
- deroulement: court
  titre: Un atelier court
  minutes: 12
  a_preparer:
    - Un scénario lu en entier.
    - Une salle.
  temps:
    - moment: accueil
      titre: Lire à voix haute
      minutes: 4
      que_faire:
        - Lisez la demande.
        - Laissez un silence.
    - moment: et_si
      titre: Changer une réponse
      minutes: 4
      que_faire: Changez une réponse.
      a_dire: « Qu’est-ce qui bouge ? »
    - moment: et_si
      titre: Une autre
      minutes: 4
      que_faire: Changez-en une autre.
  source: [A1]
"""


def loaded(folder: Path, text: str) -> Loaded:
    write_folder(folder)
    (folder / "knowledge" / "ateliers.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def base_of(found: Loaded) -> Base:
    assert found.base is not None, render(found.diagnostics)
    return found.base


def test_a_plan_is_read_whole(tmp_path: Path) -> None:
    (plan,) = base_of(loaded(tmp_path, PLAN)).plans
    assert (plan.id, plan.title, plan.minutes) == ("court", "Un atelier court", 12)
    assert plan.prepare == ("Un scénario lu en entier.", "Une salle.")
    assert [(step.moment, step.minutes) for step in plan.steps] == [("accueil", 4), ("et_si", 4), ("et_si", 4)]
    assert [step.say for step in plan.steps] == ["", "« Qu’est-ce qui bouge ? »", ""]
    assert plan.steps[0].what == "Lisez la demande.\nLaissez un silence."


def test_the_shortest_plan_comes_first_whatever_the_file(tmp_path: Path) -> None:
    longer = PLAN.replace("court", "long").replace("minutes: 12", "minutes: 16").replace("minutes: 4", "minutes: 8", 1)
    plans = base_of(loaded(tmp_path, longer + PLAN)).plans
    assert [plan.minutes for plan in plans] == [12, 16]


def test_rules_without_a_plan_load(tmp_path: Path) -> None:
    found = load(write_folder(tmp_path))
    assert found.diagnostics == ()
    assert base_of(found).plans == ()


def test_the_shipped_plans_make_up_their_time_and_go_through_every_moment_in_order() -> None:
    plans = base_of(load(ROOT)).plans
    assert [plan.minutes for plan in plans] == [30, 60, 90]
    for plan in plans:
        assert sum(step.minutes for step in plan.steps) == plan.minutes
        places = [MOMENTS.index(step.moment) for step in plan.steps]
        assert places == sorted(places)
        assert set(places) == set(range(len(MOMENTS)))


def test_every_mistake_of_a_plan_is_told_at_once(tmp_path: Path) -> None:
    wrong = PLAN.replace("moment: accueil", "moment: accueill").replace("minutes: 12", "minutes: douze")
    wrong = wrong.replace("      que_faire: Changez une réponse.\n", "").replace("a_dire", "a_dir", 1)
    wrong = wrong.replace("- moment: et_si\n      titre: Une autre", "- titre: Une autre")
    found = loaded(tmp_path, wrong)
    assert found.base is None
    assert sorted(one.code for one in found.diagnostics) == ["DLA103", "DLA104", "DLA104", "DLA116", "DLA117"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("temps: []", "DLA122"),
        ("temps: accueil", "DLA115"),
        ("temps:\n    - accueil", "DLA115"),
        ("temps:\n    -", "DLA115"),
    ],
)
def test_times_that_are_none_are_told_once(tmp_path: Path, written: str, code: str) -> None:
    head, _, tail = PLAN.partition("  temps:")
    found = loaded(tmp_path, f"{head}  {written}\n  source: [A1]\n")
    assert tail
    assert [one.code for one in found.diagnostics if one.is_error] == [code], render(found.diagnostics)


@pytest.mark.parametrize("minutes", ["0", "481", "-3"])
def test_minutes_out_of_bounds_are_refused(tmp_path: Path, minutes: str) -> None:
    found = loaded(tmp_path, PLAN.replace("minutes: 4", f"minutes: {minutes}", 1))
    assert [one.code for one in found.diagnostics] == ["DLA132"]


@pytest.mark.parametrize(
    ("was", "now"),
    [("Changez une réponse.", "Changez une seule réponse."), ("Une salle.", "Une grande salle."),
     ("titre: Une autre", "titre: Encore une"), ("« Qu’est-ce qui bouge ? »", "« Alors ? »")],
)  # fmt: skip
def test_a_plan_said_otherwise_is_reworded(tmp_path: Path, was: str, now: str) -> None:
    before = base_of(loaded(tmp_path / "avant", PLAN))
    same = base_of(loaded(tmp_path / "pareil", "\n\n" + PLAN))
    after = base_of(loaded(tmp_path / "apres", PLAN.replace(was, now)))
    assert changed_items(before, same) == ()
    assert [(one.kind, one.id, one.how) for one in changed_items(before, after)] == [("deroulement", "court", "mots")]
    assert before.digest != after.digest
