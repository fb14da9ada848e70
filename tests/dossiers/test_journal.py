"""``journal``: what is written is read again the same, what was there stays, and nobody else's entry is touched."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers import store
from conseil_dla.dossiers.writer import Writer
from conseil_dla.reading.since import recorded
from shipped import put_on_disk, random_dossier, shipped_reader

READER = shipped_reader()
BASE = READER.base
TEXT = """\
# à moi
titre: Essai
reponses: {}
autre_chose: gardée
journal:
  # une vieille lecture, d’avant
  2025-01-02:
    regles: vieilles
    reponses:
      question_d_avant: réponse_d_avant  # que plus rien ne lit
    conclusions: [format:disparu]
"""


@given(st.integers(0, 10**9))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_entry_is_read_again_as_it_was_written(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(TEXT, encoding="utf-8")
    dossier = store.load(path, BASE)
    entry = recorded(READER.read(random_dossier(BASE.logic, random.Random(seed))), date(2026, 3, 12))
    with Writer.open(path, BASE) as writer:
        writer.save(replace(dossier, journal=(*dossier.journal, entry)))
        after = path.read_text(encoding="utf-8")
        writer.save(replace(writer.dossier, title="Autre"))
    again = store.load(path, BASE)
    assert again.journal[-1] == entry
    assert [one.day for one in again.journal] == ["2025-01-02", "2026-03-12"]
    assert all(line in after for line in TEXT.splitlines())
    assert again.title == "Autre"


def test_an_entry_of_the_day_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(TEXT, encoding="utf-8")
    dossier = store.load(path, BASE)
    chance = random.Random(3)
    first, second = (recorded(READER.read(random_dossier(BASE.logic, chance)), date(2026, 3, 12)) for _ in range(2))
    for entry in (first, second):
        put_on_disk(replace(dossier, journal=(*dossier.journal, entry)))
    assert store.load(path, BASE).journal[1:] == (second,)


def test_an_entry_goes_with_what_another_window_wrote(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(TEXT, encoding="utf-8")
    entry = recorded(READER.read(random_dossier(BASE.logic, random.Random(3))), date(2026, 3, 12))
    with Writer.open(path, BASE) as writer:
        path.write_text(TEXT.replace("titre: Essai", "titre: Ailleurs"), encoding="utf-8")
        found = writer.save(replace(writer.dossier, journal=(*writer.dossier.journal, entry)))
    again = store.load(path, BASE)
    assert found.joined
    assert found.aside is None
    assert again.title == "Ailleurs"
    assert again.journal[-1] == entry


def test_a_dossier_without_a_journal_gets_none_by_being_saved(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text("titre: Essai\nreponses: {}\n", encoding="utf-8")
    put_on_disk(replace(store.load(path, BASE), title="Autre"))
    assert "journal" not in path.read_text(encoding="utf-8")
