"""A folder being edited: looked at again at every save, in plain words, whatever happens to it meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from typing import IO

import pytest

from conseil_dla.authoring.watching import Round, Watch, open_reader, round_text, rule_lines
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.ground.files import content_of
from shipped import ROOT


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / "regles" / part)
    return tmp_path / "regles"


def begun(rules: Path) -> Watch:
    watch = Watch(rules, open_reader)
    first = watch.look()
    assert first is not None
    assert first.difference is None
    assert "sans erreur" in told(first, rules)
    return watch


def told(found: Round | None, rules: Path) -> str:
    assert found is not None
    return " ".join(round_text(found, rules, "12:00:00").split())


def change(rules: Path, old: str, new: str) -> None:
    path = rules / "rules" / "demande.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_said_while_nothing_is_saved(rules: Path) -> None:
    watch = begun(rules)
    assert watch.look() is None


def test_a_file_saved_under_another_name_is_told_once(rules: Path) -> None:
    watch = begun(rules)
    (rules / "rules" / "mien.yaml.txt").write_text("- regle: mienne\n", encoding="utf-8")
    assert "renommez-le en « mien.yaml »" in told(watch.look(), rules)
    change(rules, "au_moins: 15", "au_moins: 14")
    assert "mien.yaml" not in told(watch.look(), rules)


def test_a_changed_rule_is_read_back_and_what_moves_is_told(rules: Path) -> None:
    watch = begun(rules)
    change(rules, "au_moins: 15", "au_moins: 3")
    found = watch.look()
    assert found is not None
    assert found.saved == ("rules/demande.yaml",)
    assert [item.id for item in found.items] == ["porte_ouverte"]
    text = told(found, rules)
    assert "règle « porte_ouverte », modifiée (quand) : Si l’on a, pour" in text
    assert "au moins 3" in text
    assert "cas, essais et dossiers relus :" in text
    assert found.difference is not None
    assert not found.difference.is_same


def test_the_difference_is_against_the_beginning_and_items_against_the_last_save(rules: Path) -> None:
    watch = begun(rules)
    change(rules, "au_moins: 15", "au_moins: 3")
    watch.look()
    change(rules, "au_moins: 3", "au_moins: 15")
    found = watch.look()
    assert found is not None
    assert [item.id for item in found.items] == ["porte_ouverte"]
    text = told(found, rules)
    since_last, since_first = (
        text.index(lead)
        for lead in ("Depuis la dernière lecture sans erreur :", "Depuis le début de la surveillance :")
    )
    assert since_last < text.index("règle « porte_ouverte », modifiée") < since_first < text.index("Rien ne change")
    (rules / "rules" / "demande.yaml").write_text("- regle: fautive\n", encoding="utf-8")
    assert "Depuis" not in told(watch.look(), rules)


def test_an_expectation_that_no_longer_holds_is_told(rules: Path) -> None:
    watch = begun(rules)
    change(rules, "force: nette", "force: decisive")
    found = watch.look()
    assert found is not None
    assert found.broken
    assert "attente qui ne tient pas" in told(found, rules)


def test_an_expectation_just_written_is_held_though_no_conclusion_moves(rules: Path) -> None:
    watch = begun(rules)
    trial = sorted((rules / "knowledge" / "essais").glob("*.yaml"))[0]
    text = trial.read_text(encoding="utf-8")
    trial.write_text(text.rstrip() + "\n  - format: sur_mesure\n  - format: par_etapes\n", encoding="utf-8")
    assert f"attente qui ne tient pas : {trial.name}" in told(watch.look(), rules)


def test_versions_too_large_to_be_compared_are_not_said_to_be_without_change(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = begun(rules)
    change(rules, "au_moins: 15", "au_moins: 3")
    with monkeypatch.context() as patched:
        patched.setattr("conseil_dla.authoring.watching.compare_versions", too_large)
        text = told(watch.look(), rules)
    assert "trop différentes de celles du début" in text
    assert "Chaque enregistrement sera relu" not in text


def too_large(*_: object) -> None:
    raise TooLarge


def test_mistakes_are_told_with_their_place_and_the_last_good_rules_stay(rules: Path) -> None:
    watch = begun(rules)
    bad = rules / "rules" / "fautive.yaml"
    bad.write_text("- regle: fautive\n  titrre: Oups\n", encoding="utf-8")
    text = told(watch.look(), rules)
    assert "regles/rules/fautive.yaml:2:3" in text
    assert "vouliez-vous dire « titre » ?" in text
    assert "Tant qu’il en reste, rien n’est comparé." in text
    bad.unlink()
    assert "Rien ne change" in told(watch.look(), rules)


def test_a_folder_that_goes_and_comes_back(rules: Path) -> None:
    watch = begun(rules)
    rules.rename(rules.with_name("ailleurs"))
    assert "n’est plus là" in told(watch.look(), rules)
    assert watch.look() is None
    rules.with_name("ailleurs").rename(rules)
    assert "Rien ne change" in told(watch.look(), rules)


def test_a_file_that_vanishes_between_two_breaths_is_told_once_and_tried_again(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program holds it for a moment; nothing is saved again, and the folder is read all the same."""
    watch = begun(rules)
    gone = rules / "rules" / "pouvoirs_publics.yaml"

    def vanish(path: Path, most: int) -> bytes:
        if path == gone:
            raise FileNotFoundError(2, "gone", str(path))
        return content_of(path, most)

    os.utime(gone, (1, 1))
    with monkeypatch.context() as patched:
        patched.setattr("conseil_dla.rules.loading.folder.content_of", vanish)
        assert "ce fichier a disparu" in told(watch.look(), rules)
        assert watch.look() is None
    assert "Rien ne change" in told(watch.look(), rules)
    assert watch.look() is None


def test_a_folder_that_begins_with_mistakes_is_waited_for(rules: Path) -> None:
    bad = rules / "rules" / "fautive.yaml"
    bad.write_text("- regle: fautive\n", encoding="utf-8")
    watch = Watch(rules, open_reader)
    assert "erreur" in told(watch.look(), rules)
    bad.unlink()
    assert "sans erreur" in told(watch.look(), rules)


def test_every_shipped_rule_can_be_read_back(rules: Path) -> None:
    base = open_reader(rules).base
    for rule in base.logic.rules:
        first, *others = rule_lines(base, rule.id)
        assert first.startswith("Si l’on ")
        assert all(line.startswith(("   – ", "      – ", "alors")) for line in others)


PATIENCE = 60.0
"""Seconds that a command has to say something; then it is killed, and what it said ends."""


def read_until(stream: IO[str] | None, word: str) -> None:
    assert stream is not None
    seen = ""
    while word not in seen:
        line = stream.readline()
        assert line, f"« {word} » was not said: {seen}"
        seen += line


@pytest.mark.skipif(os.name == "nt", reason="interrupted by a signal of POSIX")
def test_the_command_tells_each_save_and_stops_on_ctrl_c(rules: Path) -> None:
    command = [sys.executable, "-m", "conseil_dla", "regles", "surveiller", str(rules)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        gives_up = Timer(PATIENCE, running.kill)
        gives_up.start()
        try:
            read_until(running.stdout, "Ctrl+C")
            change(rules, "au_moins: 15", "au_moins: 3")
            read_until(running.stdout, "porte_ouverte")
            time.sleep(0.1)
            running.send_signal(signal.SIGINT)
            rest, errors = running.communicate(timeout=20)
        finally:
            gives_up.cancel()
    assert running.returncode == 0
    assert "Surveillance arrêtée" in rest
    assert errors == ""
