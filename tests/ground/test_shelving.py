"""What each file of a folder is: to be read, set aside with what to do about it, or nothing."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import GOOD, write_folder
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, in_reading_order
from conseil_dla.ground.shelving import Aside, Sort, contents, looks_copied, readable
from conseil_dla.ground.words import alphabetical
from conseil_dla.rules.loading import load, set_aside
from conseil_dla.rules.loading.layout import stamp
from shipped import ROOT

TEXT = "version: 1\ntitre: Un projet\nreponses:\n  envie: clairement\n  commande: oui\n"
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini", "._a.yaml", ".#a.yaml", "~$a.yaml", ".~lock.a.yaml#", "a.yaml~",
          ".a.yaml.ouvert", ".a.yaml.x1.tmp", "a.yaml.bak", "LISEZ-MOI.txt", "README.md", ".gitignore",
          "a.version-1.txt")  # fmt: skip
MADE = ("a (copie en conflit de X 2026-11-02).yaml", "a (conflicted copy 2026-11-02 101112).yaml",
        "a (Copie en conflit de PC (X) 2026-11-02).yaml", "a.sync-conflict-20261102-101112-ABCDEFG.yaml",
        "a_conf(1).yaml", "a.autre-version-2026-11-02-10h11m12.txt")  # fmt: skip
GIVEN = ("a (1).yaml", "a 2.yaml", "a - Copie.yaml", "a - Copie (2).yaml", "Copie de a.yaml", "a copie.yaml",
         "a-PC-DE-X.yaml", "a-PORTABLE-D-ANNE.yaml")  # fmt: skip
OTHERS = TEXT.replace("Un projet", "Un autre").replace("clairement", "a_demi_mot")
MISNAMED = ("b.yml", "b.YAML", "b.Yml", "b.yaml.txt", "b.yml.txt", ".b.yaml", "b.yalm", "b.txt", "b.md", "b", "b.yaml ",
            "b.yaml.")  # fmt: skip


def holding(folder: Path, *names: str, text: str = TEXT) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def aside_of(folder: Path) -> dict[str, Aside]:
    return {one.path.name: one for one in contents(folder).aside}


def test_what_systems_and_editors_leave_is_nothing(tmp_path: Path) -> None:
    holding(tmp_path, "a.yaml", *LITTER, "corbeille/a.yaml", ".git/a.yaml")
    found = contents(tmp_path)
    assert ([path.name for path in found.read], found.aside) == (["a.yaml"], ())


@pytest.mark.parametrize("name", [*MADE, *GIVEN])
def test_a_copy_beside_its_original_is_no_dossier(name: str, tmp_path: Path) -> None:
    holding(tmp_path, "a.yaml", name)
    assert [path.name for path in readable(tmp_path)] == ["a.yaml"]
    copy = aside_of(tmp_path)[name]
    assert (copy.sort, copy.original) == (Sort.COPY, tmp_path / "a.yaml")
    assert "« a.yaml »" in copy.message
    (tmp_path / "a.yaml").unlink()
    assert aside_of(tmp_path).get(name) is None or name.endswith(".txt"), "alone, it is a dossier"


@pytest.mark.parametrize("name", [*MADE, *GIVEN])
def test_a_name_that_a_person_gives_to_another_dossier_makes_no_copy(name: str, tmp_path: Path) -> None:
    holding(holding(tmp_path, "a.yaml"), name, text=OTHERS)
    assert (name in aside_of(tmp_path)) is (name in MADE)


def test_a_copy_of_a_copy_is_one_of_the_first(tmp_path: Path) -> None:
    name = "a (1) (copie en conflit de X 2026-11-02).yaml"
    holding(tmp_path, "a.yaml", "a (1).yaml", name)
    assert {one.original for one in contents(tmp_path).aside} == {tmp_path / "a.yaml"}


@pytest.mark.parametrize("name", MISNAMED)
@pytest.mark.skipif(sys.platform == "win32", reason="such names are changed there")
def test_a_file_that_only_lacks_its_name_is_told_it(name: str, tmp_path: Path) -> None:
    holding(tmp_path, "a.yaml", name, text=TEXT)
    told = aside_of(tmp_path)[name]
    assert (told.sort, told.help) == (Sort.NAME, "renommez-le en « b.yaml »")
    (tmp_path / name).rename(tmp_path / "b.yaml")
    assert [path.name for path in readable(tmp_path)] == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("name", ["notes.txt", "carte.kml", "page.html", "plan.md", "export.xml"])
def test_what_is_no_dossier_at_all_is_not_told_to_be_renamed(name: str, tmp_path: Path) -> None:
    assert aside_of(holding(tmp_path, name, text="Du texte."))[name].sort is Sort.OTHER


@pytest.mark.parametrize("ending", ["~", ".bak", ".old", ".orig", ".tmp", ".OLD"])
@pytest.mark.parametrize("stem", ["b.yaml", "b.yml", "b"])
def test_a_former_text_is_nothing_beside_its_file_and_is_told_once_that_one_is_gone(
    stem: str, ending: str, tmp_path: Path
) -> None:
    holding(tmp_path, "b.yaml", stem + ending)
    assert aside_of(tmp_path) == {}
    (tmp_path / "b.yaml").unlink()
    told = aside_of(tmp_path)[stem + ending]
    assert told.sort is Sort.SPARE
    assert "« b.yaml » n’est pas là" in told.message
    assert "renommez-le en « b.yaml »" in told.help
    (tmp_path / (stem + ending)).rename(tmp_path / "b.yaml")
    assert [path.name for path in readable(tmp_path)] == ["b.yaml"]


@pytest.mark.parametrize("name", ["plan.docx.bak", "notes.old", "~$b.yaml", ".b.yaml.swp", "#b.yaml#", "b.yaml.part"])
def test_what_an_editor_keeps_for_itself_stays_its_own_affair(name: str, tmp_path: Path) -> None:
    assert aside_of(holding(tmp_path, name, text="Du texte.")) == {}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab. ()-_~$#.yamltx1", min_size=1, max_size=14).filter(lambda n: n.strip(" .")), max_size=6))
def test_every_name_is_read_or_set_aside_once_or_nothing(tmp_path: Path, names: list[str]) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    holding(tmp_path, *names)
    found = contents(tmp_path)
    told = [*found.read, *(one.path for one in found.aside)]
    assert len(told) == len(set(told))
    assert all(path.suffix == ".yaml" and not path.name.startswith(".") for path in found.read)
    assert all(one.original in found.read for one in found.aside if one.sort is Sort.COPY)


def test_a_copied_name_is_recognised_both_ways() -> None:
    assert looks_copied("effets - Copie.yaml", "effets.yaml")
    assert looks_copied("effets-PORTABLE.yaml", "effets.yaml")
    assert not looks_copied("effets.yaml", "effets - Copie.yaml")


# --- a rules folder -------------------------------------------------------------------------------------------------


def test_a_folder_as_it_is_made_and_used_has_nothing_aside(tmp_path: Path) -> None:
    assert set_aside(ROOT) == []
    folder = write_folder(tmp_path)
    extra = ("modeles/regle.yaml", "guide/page.md", "temoins/t.yaml", "schemas/s.json", "knowledge/gabarits/g.docx",
             "LISEZ-MOI.txt", "rules/.DS_Store", "knowledge/cas/Thumbs.db")  # fmt: skip
    holding(folder, *extra)
    assert load(folder).diagnostics == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mien.yaml", "mettez-le dans rules/"), ("mien.yaml.txt", "sous le nom « mien.yaml »"),
        ("règles/mien.yaml", "mettez-les dans rules/"), ("rules/2026/mien.yaml", "directement dans « rules »"),
        ("knowledge/essais/2026/un.yaml", "directement dans « essais »"), ("knowledge/cas/un.yml", "« un.yaml »"),
        ("knowledge/essais/un.YAML", "« un.yaml »"), ("rules/mien.docx", "éditeur de texte"),
        ("rules/mien.zip", "décompressez-le"), ("rules/mien.xlsx", "éditeur de texte"),
        ("rules/mien.yaml.bak", "renommez-le en « mien.yaml »"), ("knowledge/cas/un.old", "« un.yaml »"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_told_with_its_place_and_the_watch_sees_it(name: str, told: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    before = stamp(folder)
    holding(folder, name, text=GOOD["rules/groupe.yaml"])
    loaded = load(folder)
    (one,) = loaded.diagnostics
    assert loaded.base is not None
    assert one.code == "DLA018"
    assert told in one.help
    assert stamp(folder) != before


def test_former_texts_beside_the_folders_are_where_they_were_put_aside(tmp_path: Path) -> None:
    holding(write_folder(tmp_path), "groupe.yaml.old", "groupe.yaml~", text=GOOD["rules/groupe.yaml"])
    assert set_aside(tmp_path) == []


def test_a_copy_beside_the_folders_is_not_told_to_be_put_inside(tmp_path: Path) -> None:
    holding(write_folder(tmp_path), "mien.yaml", "mien - Copie.yaml", text=GOOD["rules/groupe.yaml"])
    told = {one.place.file.rpartition("/")[2]: one.help for one in set_aside(tmp_path)}
    assert "mettez-le dans rules/" in told["mien.yaml"]
    assert told["mien - Copie.yaml"].startswith("comparez-les")


def test_a_copied_file_is_told_once_and_a_single_name_taken_twice_as_before(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    for name in ("questions - Copie", "questions-PORTABLE", "neuf"):
        (folder / "knowledge" / f"{name}.yaml").write_text(GOOD["knowledge/questions.yaml"], encoding="utf-8")
        (one,) = load(folder).diagnostics
        assert one.code == "DLA021"
        assert {Path(place.file).name for place in (one.place, one.also) if place} == {f"{name}.yaml", "questions.yaml"}
        (folder / "knowledge" / f"{name}.yaml").unlink()
    taken = "- axe: projet\n  titre: Encore\n  negatif: Peu\n  positif: Assez\n"
    (folder / "knowledge" / "axes.yaml").write_text(taken, encoding="utf-8")
    assert [one.code for one in load(folder).diagnostics] == ["DLA108"]


def test_names_come_as_a_french_reader_expects_them(tmp_path: Path) -> None:
    wanted = ["2 projets", "10 projets", "Échelle", "école", "EPL 9", "epl 10", "Œuvre", "offre", "zone-2", "zone-12"]
    for name in random.Random(1).sample(wanted, len(wanted)):
        (tmp_path / f"{name}.yaml").write_text("titre: x\n", encoding="utf-8")
    assert [path.stem for path in contents(tmp_path).read] == wanted
    told = [Diagnostic("DLA018", Severity.WARNING, Place(f"{name}.yaml"), "x") for name in reversed(wanted)]
    assert [one.place.file.removesuffix(".yaml") for one in in_reading_order(told)] == wanted


@given(st.lists(st.text(max_size=12), unique=True, max_size=8), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_names_have_one_order_whatever_is_in_them(names: list[str], seed: int) -> None:
    shuffled = random.Random(seed).sample(names, len(names))
    assert sorted(shuffled, key=alphabetical) == sorted(names, key=alphabetical)


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.sampled_from(["", "a", "é", "fiche "]))
@settings(max_examples=60, deadline=None)
def test_numbers_in_names_come_by_value(one: int, other: int, before: str) -> None:
    names = [f"{before}{one}", f"{before}{other}"]
    assert sorted(names, key=alphabetical) == [f"{before}{number}" for number in sorted((one, other))]


def test_here_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "mes dossiers"
    (here / "vieux").mkdir(parents=True)
    (here / "vieux" / "un.yaml").touch()
    monkeypatch.chdir(here)
    assert "« mes dossiers »" in contents(Path()).aside[0].help
