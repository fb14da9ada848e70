"""Dossiers on disk: everything read or refused with its place; saving changes what changed and nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import cases, create, listing, load, understand
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.rules.model import Incoherence, Is, Opinion
from conseil_dla.rules.tables import Structure
from shipped import CASES, put_on_disk, shipped_reader

BASE = shipped_reader().base
QUESTION = next(q for q in BASE.logic.questions.values() if q.type == "choix" and q.asked_if is None)
SEVERAL = next(q for q in BASE.logic.questions.values() if q.type == "plusieurs")
NUMBER = next(q for q in BASE.logic.questions.values() if q.type == "nombre")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dossier.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(tmp_path: Path, text: str) -> tuple[Diagnostic, ...]:
    path = written(tmp_path, text)
    with pytest.raises(Unusable) as caught:
        load(path, BASE)
    assert path.read_text(encoding="utf-8") == text, "a refused file is left untouched"
    return caught.value.diagnostics


def test_every_shipped_case_is_read() -> None:
    assert set(cases(BASE)) == set(CASES)
    for path in CASES:
        dossier = load(path, BASE)
        assert dossier.title
        assert dossier.answers
        assert dossier.expected
        assert dossier.experience


def test_all_four_kinds_of_answers_and_inconnu_are_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f"titre: Essai\nreponses:\n  {QUESTION.id}: {QUESTION.answers[1]}\n  {NUMBER.id}: {NUMBER.bounds[0]}\n"
        f"  {SEVERAL.id}: [{SEVERAL.answers[0]}, {SEVERAL.answers[1]}]\n",
    )
    dossier = load(path, BASE)
    assert dossier.answers == {
        QUESTION.id: QUESTION.answers[1],
        NUMBER.id: NUMBER.bounds[0],
        SEVERAL.id: frozenset(SEVERAL.answers[:2]),
    }
    path = written(tmp_path, f"titre: Essai\nreponses:\n  {QUESTION.id}: inconnu\n")
    assert load(path, BASE).answers == {}
    assert load(path, BASE).declined == {QUESTION.id}


def test_every_mistake_is_reported_at_once_with_its_place(tmp_path: Path) -> None:
    text = f"titre: Essai\nreponses:\n  {QUESTION.id}x: oui\n  {QUESTION.id}: nimporte\n  {NUMBER.id}: 07\n"
    found = refused(tmp_path, text)
    assert [(d.place.line, d.place.column) for d in found] == [
        (3, 3),
        (4, len(QUESTION.id) + 5),
        (5, len(NUMBER.id) + 5),
    ]
    assert f"« {QUESTION.id} »" in found[0].help


@pytest.mark.parametrize(
    "text",
    ["- une\n- liste\n", "", "titre: [a\n", "titre: Essai\nreponses: texte\n", "titre: x\nversion: 9\n", "\t- a\n"],
)
def test_what_is_not_a_dossier_is_refused(tmp_path: Path, text: str) -> None:
    assert all(d.message and d.place.file for d in refused(tmp_path, text))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path):
        with pytest.raises(Unusable):
            load(path, BASE)


def test_incoherent_answers_are_refused_with_both_named(tmp_path: Path) -> None:
    """Every coherence rule of the base: a pair of answers that breaks it, found by trying."""
    from conseil_dla.rules.model import Is  # noqa: PLC0415
    from conseil_dla.rules.truth import atoms  # noqa: PLC0415

    tried = 0
    for rule in BASE.logic.incoherences:
        named = [a for a in atoms(rule.never) if isinstance(a, Is)]
        if len(named) < 2 or len({a.question for a in named}) != len(named):
            continue
        lines = "".join(f"  {a.question}: {min(a.answers)}\n" for a in named)
        for question in (BASE.logic.questions[a.question] for a in named):
            if question.asked_if is not None:
                break
        else:
            found = refused(tmp_path, f"titre: Essai\nreponses:\n{lines}")
            assert all(a.question in found[0].message for a in named)
            assert found[0].also is not None
            tried += 1
    assert tried


def test_saving_keeps_comments_order_and_unknown_keys(tmp_path: Path) -> None:
    text = (
        "# en-tête\nversion: 1\ntitre: Essai  # le titre\nmon_classement: vert\nreponses:\n"
        f"  # dite au téléphone\n  {QUESTION.id}: {QUESTION.answers[0]}\n"
    )
    path = written(tmp_path, text)
    dossier = load(path, BASE)
    put_on_disk(
        replace(dossier, answers={QUESTION.id: QUESTION.answers[1], SEVERAL.id: frozenset(SEVERAL.answers[:2])})
    )
    after = path.read_text(encoding="utf-8")
    assert after.startswith(text[: text.index("reponses")])
    assert "# dite au téléphone" in after
    again = load(path, BASE)
    assert again.answers == {QUESTION.id: QUESTION.answers[1], SEVERAL.id: frozenset(SEVERAL.answers[:2])}


def test_saving_what_has_not_changed_writes_nothing(tmp_path: Path) -> None:
    path = create(tmp_path, "Essai", "dans leurs mots")
    dossier = load(path, BASE)
    before = path.stat().st_mtime_ns
    put_on_disk(dossier)
    assert path.stat().st_mtime_ns == before


def test_a_round_of_answers_withdrawals_and_notes_is_found_again(tmp_path: Path) -> None:
    path = create(tmp_path, "Pôle « été » : essai", "« Un poste »\navec deux lignes", "autre chose")
    dossier = load(path, BASE)
    assert dossier.title == "Pôle « été » : essai"
    changed = replace(
        dossier,
        answers={QUESTION.id: QUESTION.answers[0], NUMBER.id: NUMBER.bounds[1]},
        declined=frozenset({SEVERAL.id}),
        notes={QUESTION.id: "à redemander : à deux personnes # séparément"},
    )
    put_on_disk(changed)
    again = load(path, BASE)
    assert (again.answers, again.declined, again.notes) == (changed.answers, changed.declined, changed.notes)
    put_on_disk(replace(again, answers={}, declined=frozenset(), notes={}))
    emptied = load(path, BASE)
    assert (emptied.answers, emptied.declined, emptied.notes) == ({}, frozenset(), {})


def test_a_note_on_a_question_joins_a_note_on_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "titre: Essai\nnotes: >-\n  sur le tout\nreponses: {}\n")
    dossier = load(path, BASE)
    put_on_disk(replace(dossier, notes={**dossier.notes, QUESTION.id: "à redemander"}))
    assert load(path, BASE).notes == {"": "sur le tout", QUESTION.id: "à redemander"}


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = create(tmp_path, "Essai")
    dossier = load(path, BASE)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "disque plein")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="disque plein"):
        put_on_disk(replace(dossier, answers={QUESTION.id: QUESTION.answers[0]}))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name], "no temporary file is left"


def test_creating_never_replaces_and_listing_shows_every_file(tmp_path: Path) -> None:
    first, second = create(tmp_path, "Même titre"), create(tmp_path, "Même titre")
    assert first != second
    (tmp_path / "abime.yaml").write_text("titre: [", encoding="utf-8")
    found = listing(tmp_path)
    assert {summary.path for summary in found} == {first, second, tmp_path / "abime.yaml"}
    assert {summary.title for summary in found} == {"Même titre", "abime"}


def test_a_hostile_title_cannot_leave_the_folder(tmp_path: Path) -> None:
    path = create(tmp_path, "../../etc/passwd\x1b[2J: {[#")
    assert path.parent == tmp_path
    assert load(path, BASE).answers == {}


def test_an_opinion_is_read_kept_and_taken_back(tmp_path: Path) -> None:
    format, posture = next(iter(BASE.logic.formats)), next(iter(BASE.logic.postures))
    path = written(tmp_path, "titre: Essai\n# à moi\nreponses: {}\n")
    opinion = Opinion(format, posture, "Parce que : oui.\nEt puis non.", "De me tromper")
    put_on_disk(replace(load(path, BASE), opinion=opinion))
    assert load(path, BASE).opinion == opinion
    assert "# à moi" in path.read_text(encoding="utf-8")
    put_on_disk(replace(load(path, BASE), opinion=Opinion(why="Autre chose")))
    assert load(path, BASE).opinion == Opinion(why="Autre chose")
    put_on_disk(replace(load(path, BASE), opinion=Opinion()))
    assert not load(path, BASE).opinion


def test_an_opinion_that_says_nothing_changes_no_file(tmp_path: Path) -> None:
    text = "titre: Essai\navis:\nreponses: {}\n"
    path = written(tmp_path, text)
    put_on_disk(load(path, BASE))
    assert path.read_text(encoding="utf-8") == text


TABLE = """\
titre: Essai
structures:
  # celle qui appelle
  - nom: Les Sables   # nom d’usage
    forme_juridique: association
    salaries: 2       # à vérifier
  - nom: Le Phare
    forme_juridique: inconnu
reponses: {}
"""


def test_the_table_of_structures_is_read_and_answers(tmp_path: Path) -> None:
    dossier = load(written(tmp_path, TABLE), BASE)
    assert [s.name for s in dossier.structures] == ["Les Sables", "Le Phare"]
    assert dossier.structures[0].cells == {"forme_juridique": "association", "salaries": 2}
    assert dossier.structures[1].cells == {}
    reading = shipped_reader().read_dossier(dossier)
    assert reading.answers == {"nombre_de_structures": 2}
    assert reading.counted == {"nombre_de_structures"}


def test_saving_one_cell_touches_that_cell_alone(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE)
    first, second = load(path, BASE).structures
    moved = replace(first, cells={**first.cells, "salaries": 3, "departement": "29"})
    put_on_disk(replace(load(path, BASE), structures=(moved, second)))
    text = path.read_text(encoding="utf-8")
    expected = TABLE.replace("salaries: 2       # à vérifier", 'salaries: 3       # à vérifier\n    departement: "29"')
    assert text.replace("3  # à", "3       # à") == expected
    assert load(path, BASE).structures == (moved, second)


def test_rows_come_and_go_and_the_others_keep_their_comments(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE)
    first, _ = load(path, BASE).structures
    new = Structure("= nom : « étrange »\n# x", {"vient_a_deux": "oui"})
    put_on_disk(replace(load(path, BASE), structures=(first, new)))
    assert load(path, BASE).structures == (first, new)
    assert "# celle qui appelle" in path.read_text(encoding="utf-8")
    put_on_disk(replace(load(path, BASE), structures=(first,)))
    text = path.read_text(encoding="utf-8")
    assert "# nom d’usage" in text
    assert "étrange" not in text
    put_on_disk(replace(load(path, BASE), structures=()))
    assert load(path, BASE).structures == ()
    assert "structures" not in path.read_text(encoding="utf-8")


def test_what_the_table_counts_cannot_offend_unseen(tmp_path: Path) -> None:
    """An answer counted in the table goes through the same coherence rules as one given by hand."""
    never = Incoherence("essai", Is("toutes_associations", frozenset({"non"})))
    entry = replace(BASE.entry("coherence", BASE.logic.incoherences[0].id), id="essai")
    logic = replace(BASE.logic, incoherences=(never,))
    base = replace(BASE, logic=logic, texts={**BASE.texts, ("coherence", "essai"): entry})
    text = TABLE.replace("forme_juridique: inconnu", "forme_juridique: societe")
    with pytest.raises(Unusable) as caught:
        load(written(tmp_path, text), base)
    (finding,) = (one for one in caught.value.diagnostics if one.is_error)
    assert finding.code == "DLA305"
    assert finding.place.line == 2


@pytest.mark.parametrize(("name", "text"), [("a.csv", "titre;envie\n"), ("a.txt", "titre\tenvie\na\tb\n")])
def test_a_table_given_as_a_dossier_is_called_one(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        load(path, BASE)
    (found,) = caught.value.diagnostics
    assert found.code == "DLA301"
    assert "conseil-dla lot" in found.help


@pytest.mark.parametrize(
    ("name", "help"), [("colonne C sans nom", "un titre à la colonne C"), ("xyzzyxyzzyx", "« anciennement »")]
)
def test_a_name_that_is_no_question_and_near_none_is_told_with_what_to_do(name: str, help: str) -> None:
    with pytest.raises(Unusable) as refused:
        understand(f"titre: Essai\nreponses:\n  {name}: oui\n".encode(), "essai.yaml", BASE)
    (found,) = refused.value.diagnostics
    assert found.code == "DLA303"
    assert help in found.help
