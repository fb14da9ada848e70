"""``regles differences`` on copies of the shipped rules: what changes is found, what changes nothing is found to."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conseil_dla.authoring.versions import paper, versions
from conseil_dla.authoring.versions.json import versions_json
from conseil_dla.cli.main import run
from conseil_dla.dossiers.store import load
from conseil_dla.exact.difference import Versions
from conseil_dla.exact.search import moving
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.papers.documents.plain import write as plainly
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.rules.loading.bearings import FILE_ORDER
from shipped import ROOT, shipped_reader

Compared = Callable[..., tuple[int, str]]

MORE = """
- question: plantee
  titre: Une question plantée
  theme: Le groupe
  libelle: Une question plantée ?
  type: oui_non
- regle: plantee
  titre: Une règle plantée
  quand:
    plantee: oui
  alors:
    - vigilance: rythme
      niveau: avant
  parce_que: Pour l’essai.
  source: [E8]
  statut: interpretation
"""
"""One more question, and the rule that reads it."""
MOTIF = """
- motif: plante_{0}
  titre: le motif planté {0}
"""
ARGUING = """
- regle: plantee_{0}
  titre: Une règle plantée
  quand:
    etat_du_groupe: constitue
    entente: avance
  alors:
    - pour: sur_mesure
      force: legere
      motif: plante_{0}
  parce_que: Pour l’essai.
  source: [E8]
  statut: interpretation
"""


FEWER = 8
"""Of how many trials one is read again by both versions: most of the time would go there."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / "copie" / part)
    trials = sorted((tmp_path / "copie" / "knowledge" / "essais").glob("*.yaml"))
    for number, path in enumerate(trials):
        if number % FEWER:
            path.unlink()
    return tmp_path / "copie"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dossiers"
    folder.mkdir()
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(folder))
    return folder


@pytest.fixture
def compared(copy: Path, saved: Path, capsys: pytest.CaptureFixture[str]) -> Compared:
    def compare(*options: str) -> tuple[int, str]:
        code = run(["regles", "differences", str(ROOT), str(copy), *options])
        return code, " ".join(capsys.readouterr().out.split())

    return compare


def change(copy: Path, file: str, old: str, new: str, times: int = 1) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= times, old
    path.write_text(text.replace(old, new, times), encoding="utf-8")


def as_json(compared: Compared, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(compared("--format", "json", *options)[1])
    return found


def reader_of(folder: Path) -> Reader:
    opened = open_rules(folder)
    return Reader(opened.base, opened.engine)


# --- what changes nothing --------------------------------------------------------------------------------------------


def items_of(text: str) -> list[str]:
    """A file cut before each of its items."""
    return [part for part in re.split(r"(?m)^(?=- )", text) if part.startswith("- ")]


def test_reordering_splitting_and_rewording_change_words_alone(compared: Compared, copy: Path) -> None:
    """Save of what is asked or shown in file order."""
    dice = random.Random(7)
    for folder in ("rules", "knowledge"):
        every = [item for path in sorted((copy / folder).glob("*.yaml"))
                 for item in items_of(path.read_text(encoding="utf-8"))]  # fmt: skip
        for path in (copy / folder).glob("*.yaml"):
            path.unlink()
        ordered = [item for item in every if item[2:].split(":")[0] in FILE_ORDER]
        dice.shuffle(every)
        every = [ordered.pop(0) if item[2:].split(":")[0] in FILE_ORDER else item for item in every]
        for number in range(0, len(every), 37):
            text = "\n".join(item.rstrip("\n") + "\n" for item in every[number : number + 37])
            text = re.sub(r"(?m)^  parce_que: >-\n    ", "  parce_que: >-\n    Dit autrement. ", text)
            (copy / folder / f"part_{number:04}.yaml").write_text(text, encoding="utf-8")
    code, out = compared()
    assert code == 0
    assert "Seuls les mots changent : tout dossier, complet ou non" in out
    assert "Seuls les mots changent : incohérence" in out
    assert "décident autrement" not in out.lower()


def test_another_way_to_write_a_condition_changes_nothing(compared: Compared, copy: Path) -> None:
    change(copy, "rules/demande.yaml", "    nombre_de_structures:\n      au_moins: 15\n    aucune:\n",
           "    aucune:\n      - aucune:\n          - nombre_de_structures:\n              au_moins: 15\n")  # fmt: skip
    code, out = compared()
    assert code == 0
    assert "Rien ne change" in out
    named = f"règle « {shipped_reader().base.title('regle', 'porte_ouverte')} » (porte_ouverte, quand)"
    assert f"Écrits autrement, pour le même sens : {named}" in out


def test_a_question_renamed_as_declared_changes_nothing(compared: Compared, copy: Path) -> None:
    for path in copy.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bcalendrier\b(?=:|\.[a-z])", "echeancier", text), encoding="utf-8")
    change(copy, "knowledge/questions.yaml" if (copy / "knowledge/questions.yaml").exists() else _file_of(copy),
           "- question: calendrier", "- question: echeancier\n  anciennement: [calendrier]")  # fmt: skip
    code, out = compared()
    assert code == 0, out
    assert "question « Le calendrier » (echeancier, anciennement « calendrier »)" in out


def _file_of(copy: Path, question: str = "calendrier") -> str:
    return next(str(path.relative_to(copy)) for path in (copy / "knowledge").glob("*.yaml")
                if f"- question: {question}\n" in path.read_text(encoding="utf-8"))  # fmt: skip


# --- what changes something -------------------------------------------------------------------------------------------


def test_a_threshold_shifted_by_one_is_found_with_a_right_witness(
    compared: Compared, copy: Path, tmp_path: Path
) -> None:
    change(copy, "rules/demande.yaml", "au_moins: 15", "au_moins: 16")
    where = tmp_path / "temoins"
    found = as_json(compared, "--temoins", str(where))
    argument = "argument:par_etapes:pour:ouvrir_largement"
    move = next(move for move in found["mouvements"] if move["conclusion"] == argument)
    assert (move["avant"], move["apres"]) == ("legere", "")
    assert move["temoin"]["nombre_de_structures"] == 15
    assert 0 < move["nombre"] < found["total"]
    before, after = reader_of(ROOT), reader_of(copy)
    answers = {id: frozenset(v) if isinstance(v, list) else v for id, v in move["temoin"].items()}
    assert "porte_ouverte" in before.fire(answers)
    assert "porte_ouverte" not in after.fire(answers)
    witnesses = sorted(where.glob("*.yaml"))
    assert len(witnesses) == len(found["mouvements"])
    for path in witnesses:
        assert load(path, after.base).answers


def test_a_witness_opens_with_either_version_or_there_is_one_for_each(
    compared: Compared, copy: Path, tmp_path: Path
) -> None:
    """A question that one version lacks, whichever it is."""
    file = next(path for path in (copy / "knowledge").glob("questions*.yaml"))
    file.write_text(file.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    for name, folders in (("neuf", (ROOT, copy)), ("retire", (copy, ROOT))):
        where = tmp_path / name
        assert run(["regles", "differences", *map(str, folders), "--dossiers", "aucun", "--temoins", str(where)]) == 1
        was, now = map(reader_of, folders)
        former = sorted(where.glob("*-avant.yaml"))
        assert former
        for path in sorted(where.glob("*.yaml")):
            opened = load(path, (was if path in former else now).base)
            other = path.with_name(path.name.replace("-avant.yaml", ".yaml"))
            assert opened.answers.keys() <= load(other, now.base).answers.keys() | {"plantee"}
        assert "plantee" in load(former[0].with_name(former[0].name.replace("-avant", "")), now.base).answers or (
            "plantee" in load(former[0], was.base).answers
        )


def test_cases_and_saved_dossiers_that_move_come_first(compared: Compared, copy: Path, saved: Path) -> None:
    (saved / "le_mien.yaml").write_text(
        "version: 1\ntitre: Mon dossier à moi\n"
        "reponses:\n  etat_du_groupe: a_reunir\n  nombre_de_structures: 15\n  votre_ancrage: []\n",
        encoding="utf-8",
    )
    change(copy, "rules/demande.yaml", "au_moins: 15", "au_moins: 16")
    code, out = compared()
    assert code == 1
    assert out.index("Mon dossier à moi") < out.index("Ce qui apparaît, disparaît ou change")
    with_mine = [dossier["titre"] for dossier in as_json(compared)["dossiers"]]
    assert with_mine[-1] == "Mon dossier à moi"
    assert [d["titre"] for d in as_json(compared, "--dossiers", "aucun")["dossiers"]] == with_mine[:-1]


def test_shares_of_a_table_add_up(compared: Compared, copy: Path) -> None:
    change(copy, "rules/groupe.yaml", "force: decisive", "force: nette", 2)
    found = as_json(compared)
    moved = [m for m in found["mouvements"] if m["conclusion"] == "format"]
    assert moved
    assert sum(m["nombre"] for m in moved) < found["total"]
    assert all(m["avant"] != m["apres"] for m in moved)


def test_formats_that_no_chart_holds_are_told_with_what_is_known_of_their_share(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with rules far more numerous: never a bare figure, and what is left is said."""
    change(copy, "rules/groupe.yaml", "force: decisive", "force: nette", 2)
    monkeypatch.setattr(versions, "Versions", partial(Versions, compared=0))
    for name, value in (("MOST", 2), ("OFTEN", 2), ("ENOUGH", 2), ("DRAWN", 1 << 12)):
        monkeypatch.setattr(moving, name, value)
    monkeypatch.setattr(paper, "MOST_TRANSITIONS", 1)
    told = versions.compare_versions(reader_of(ROOT), reader_of(copy), ())
    found = json.loads(versions_json(told, "avant", "apres"))
    assert [(each["conclusion"], each["marge"] > 0) for each in found["autres_mouvements"]] == [("format", True)]
    estimated = [each for each in found["mouvements"] if each["marge"] is not None]
    assert {each["conclusion"] for each in estimated} == {"format"}
    assert len([each for each in estimated if each["conclusion"] == "format"]) == 2
    out = " ".join(plainly(paper.write(told, "avant", "apres")).split())
    assert re.search(r"Le format change pour environ \d+,\d % \(à \d,\d points? près\) des combinaisons", out)
    assert "la part est estimée sur des combinaisons tirées au hasard" in out
    assert re.search(
        r"D’autres passages sont possibles, plus rares.* en tout ; la forme json en montre 1 de plus\.", out
    )
    assert "part : environ " in out


def test_a_reader_is_told_titles_ties_in_words_and_no_number_of_thirty_figures(compared: Compared, copy: Path) -> None:
    change(copy, "rules/groupe.yaml", "force: decisive", "force: nette")
    _, out = compared()
    assert "« Un accompagnement sur mesure » et « Une démarche par étapes », à égalité après :" in out
    assert "avant : emporte la décision après : pèse fort" in out
    assert "plus tard : « un collectif constitué qui poursuit les mêmes buts »." in out
    assert "par exemple : ce que les structures auraient en commun : « " in out
    assert "règle « Un collectif constitué qui poursuit les mêmes buts » (collectif_aux_memes_buts, alors)." in out
    assert not re.search(r" = |objet_de_la_demande|décisive|(?<![\da-f])\d(?:\s?\d){9}(?![\da-f])", out)


@pytest.mark.lent
def test_what_is_many_is_named_in_part_first_and_in_full_further_on(compared: Compared, copy: Path) -> None:
    """New motifs by the dozen: the first page stays a page."""
    many = [MOTIF.format(f"{number:02}") for number in range(20)]
    (copy / "knowledge" / "plantes.yaml").write_text("".join(many), encoding="utf-8")
    (copy / "rules" / "plantees.yaml").write_text(
        "".join(ARGUING.format(f"{n:02}", f"{n:02}") for n in range(20)), encoding="utf-8"
    )
    _, out = compared("--dossiers", "aucun")
    first, _, full = out.partition("Les listes en entier")
    head = first.partition("──")[0]
    assert "« le motif planté 05 »" in head
    assert "le motif planté 06" not in head
    assert "et 14 autres." in head
    assert all(full.count(f"« le motif planté {number:02} »") >= 2 for number in range(20))


def test_a_removed_and_an_added_rule_and_question(compared: Compared, copy: Path) -> None:
    (copy / "rules" / "plantees.yaml").write_text(
        MORE,
        encoding="utf-8",
    )
    found = as_json(compared)
    named = {(e["sorte"], e["nom"], e["changement"]) for e in found["elements"]}
    assert named == {("question", "plantee", "ajoute"), ("regle", "plantee", "ajoute")}
    move = next(m for m in found["mouvements"] if m["conclusion"] == "vigilance:rythme" and not m["avant"])
    assert move["apres"] == ["avant"]
    assert move["temoin"]["plantee"] == "oui"


def test_a_question_taken_away_is_told_and_what_it_decided_too(
    copy: Path, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other way round: the version with one more question comes first."""
    (copy / "rules" / "plantees.yaml").write_text(
        MORE,
        encoding="utf-8",
    )
    assert run(["regles", "differences", str(copy), str(ROOT), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    named = {(e["sorte"], e["nom"], e["changement"]) for e in found["elements"]}
    assert named == {("question", "plantee", "retire"), ("regle", "plantee", "retire")}
    move = next(m for m in found["mouvements"] if m["conclusion"] == "vigilance:rythme" and not m["apres"])
    assert (move["avant"], move["temoin"]["plantee"]) == (["avant"], "oui")


def test_what_is_newly_refused_is_told_apart(compared: Compared, copy: Path) -> None:
    (copy / "rules" / "plantees.yaml").write_text(
        """
- coherence: plantee
  titre: Une incohérence plantée
  jamais:
    etat_du_groupe: constitue
    nombre_de_structures:
      au_moins: 49
  parce_que: Pour l’essai.
""",
        encoding="utf-8",
    )
    found = as_json(compared)
    assert found["mouvements"] == []
    assert found["refuses"]["temoin"].items() >= {"etat_du_groupe": "constitue", "nombre_de_structures": 49}.items()
    assert found["admis"] is None
    code, out = compared()
    assert code == 1
    assert "admises avant, refusées ensemble maintenant" in out


def test_markdown_and_files(compared: Compared, copy: Path, tmp_path: Path) -> None:
    change(copy, "rules/demande.yaml", "au_moins: 15", "au_moins: 16")
    code, out = compared("--format", "markdown")
    assert code == 1
    assert out.startswith("# Ce que changent les nouvelles règles ")
    target = tmp_path / "differences.html"
    assert compared("-o", str(target))[0] == 1
    assert "nouvelles règles" in target.read_text(encoding="utf-8")
    assert compared("-o", str(target))[0] == 2


def test_what_may_now_go_out_comes_first_and_ends_with_1(compared: Compared, copy: Path) -> None:
    path = copy / "knowledge" / "questions.yaml"
    text = path.read_text(encoding="utf-8")
    before = text[: text.index("  interne: oui\n")]
    id = re.findall(r"(?m)^- question: (\w+)", before)[-1]
    answer = re.findall(r"(?m)^    (\w+):", before.rpartition("  reponses:\n")[2])[0]
    outside = f"  dans_les_papiers: groupe\n  phrases:\n    {answer}: Ceci est dit.\n"
    path.write_text(text.replace("  interne: oui\n", outside, 1), encoding="utf-8")
    code, out = compared("--dossiers", "aucun")
    assert code == 1
    first = out.partition("cas, essais et dossiers relus")[0]
    assert "Ceci peut maintenant sortir dans un papier" in first
    assert f"({id}, " in out.partition(first)[2]
    found = as_json(compared, "--dossiers", "aucun")
    assert found["identique"] is False
    assert {one["sorte"] for one in found["sortie"]["entre"]} == {"question"}
    assert all(one["cles"] for one in found["sortie"]["entre"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "il faut deux dossiers de règles"),
        (["a"], "il faut deux dossiers de règles"),
        (["a", "b"], "n’existe pas"),
        (["a", "b", "--format", "xml"], "forme inconnue"),
        (["a", "b", "-o", "x.pdf"], "la fin du nom"),
    ],
)
def test_refusals_are_french_and_end_with_2(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["regles", "differences", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_other_ordinary_answers_are_a_change_though_no_complete_dossier_moves(compared: Compared, copy: Path) -> None:
    questions = reader_of(ROOT).base.logic.questions.values()
    id, other = next((usual.id, answer) for usual in questions if usual.ordinary
                     for answer in usual.answers if answer not in usual.ordinary.answers)  # fmt: skip
    file = _file_of(copy, id)
    text = (copy / file).read_text(encoding="utf-8")
    start = text.index("  ordinaires: [", text.index(f"- question: {id}\n"))
    changed = text[:start] + text[start:].replace("  ordinaires: [", f"  ordinaires: [{other}, ", 1)
    (copy / file).write_text(changed, encoding="utf-8")
    found = as_json(compared, "--dossiers", "aucun")
    assert (found["identique"], found["mouvements"], found["inconnues"]) == (False, [], [id])
    code, out = compared()
    assert code == 1
    assert "ne comptent plus de la même façon" in out


def test_a_rule_cut_in_two_is_told_for_what_it_is(compared: Compared, copy: Path) -> None:
    """Complete dossiers get the same; while the answer is missing, neither half is established by itself."""
    text = (copy / "rules" / "demande.yaml").read_text(encoding="utf-8")
    start = text.index("- regle: porte_ouverte")
    item = text[start : text.find("\n- ", start + 1) + 1].split("  exemples:")[0]
    half = item.replace("porte_ouverte", "porte_ouverte_bis", 1).replace("au_moins: 15", "au_moins: 30")
    other = item.replace("      au_moins: 15", "      entre: [15, 29]")
    (copy / "rules" / "demande.yaml").write_text(text.replace(item, other + "\n" + half + "\n"), encoding="utf-8")
    found = as_json(compared, "--dossiers", "aucun")
    assert (found["mouvements"], found["motifs_redits"]) == ([], ["ouvrir_largement"])
