"""What a reading does not take, no writing takes away: whatever stands under a key is refused, or left to the byte."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conseil_dla.cli.main import run
from conseil_dla.dossiers import store, territory
from conseil_dla.dossiers.differing import changes
from conseil_dla.dossiers.lock import Lock
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.rules.model import Dated, Dossier, Respondent
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import questions_read
from shipped import shipped_reader

BASE = shipped_reader().base
TIED = frozenset().union(*(questions_read(rule.never) for rule in BASE.logic.incoherences))
FREE = [q for q in BASE.logic.questions.values() if q.type == "choix" and q.asked_if is None and q.id not in TIED]
HELD = next(q for q in BASE.logic.questions.values() if q.in_profile and q.type == "choix")
OPEN = [q for q in FREE if not q.in_profile]
FIRST, SECOND, THIRD = OPEN[:3]
NUMBER, WORDS = (next(c.id for c in BASE.logic.columns.values() if c.type == type) for type in ("nombre", "texte"))
FORMAT = next(iter(BASE.logic.formats))

WHOLE = f"""\
# en tête
version: 1
titre: Essai  # le titre
demande_dans_leurs_mots: |
  mot à mot

  puis encore
ce_que_vous_entendez: >-
  une ligne
  puis une autre
profil: 2026-01-02  # du jour
mon_classement: vert
source:
  - un rapport  # de mars
experience: ce qui fut fait
atelier: non  # pas encore
reponses:  # au téléphone
  {FIRST.id}: {FIRST.answers[0]}  # à revoir
  {SECOND.id}: inconnu
# mes remarques
notes:
  {FIRST.id}: |
    plusieurs

    lignes
  {SECOND.id}: "entre guillemets"  # dit deux fois
avis:
  pourquoi: |
    parce que
  ce_que_j_accepte:  # à écrire
structures:
  # la première
  - nom: Une  # son nom d’usage
    {NUMBER}: 3
    {WORDS}: inconnu  # à demander
  - nom: Deux
repondants:
  la présidente:
    role: structure  # élue
    reponses:
      {FIRST.id}: {FIRST.answers[1]}  # elle hésite
    notes: [à rappeler]
journal:
  2026-01-02:
    regles: abc  # de janvier
    reponses:
      question_d_avant: oui
    conclusions: []
    remarque: à moi
"""
ODD = {
    "list": "\n{pad}- un  # vu\n{pad}- deux",
    "mapping": "\n{pad}ici: un  # vu\n{pad}la: deux",
    "brackets": " [un, deux]  # vu",
    "braces": " {{ici: un}}  # vu",
    "number": " 7  # vu",
    "text": " oui  # vu",
    "nothing": "",
    "comment": "  # vu",
}
KEYS = list(re.finditer(r"^( *)(\w[^:#\n]*):", WHOLE, re.MULTILINE))
"""Every key, at any depth, but for the first of each row of the table."""


def answered(dossier: Dossier) -> Dossier:
    return replace(dossier, answers={**dossier.answers, THIRD.id: THIRD.answers[0]})


def noted(dossier: Dossier) -> Dossier:
    return replace(dossier, notes={**dossier.notes, THIRD.id: "une note"})


def tabled(dossier: Dossier) -> Dossier:
    return replace(dossier, structures=(*dossier.structures, Structure("Trois", {NUMBER: 1})))


def thought(dossier: Dossier) -> Dossier:
    return replace(dossier, opinion=replace(dossier.opinion, format=FORMAT))


def heard(dossier: Dossier) -> Dossier:
    one = Respondent("une voisine", {FIRST.id: FIRST.answers[0]}, role="structure")
    return replace(dossier, everyone={**dossier.everyone, one.name: one})


def dated(dossier: Dossier, day: str = "2026-02-02") -> Dossier:
    entry = Dated(day, "def", {FIRST.id: FIRST.answers[0]}, ("format:x",), fresh=True)
    kept = (one for one in dossier.journal if one.day != entry.day)
    return replace(dossier, journal=(*kept, entry))


def dated_anew(dossier: Dossier) -> Dossier:
    """What the program recorded that day is what it records now; what stands beside is not its own."""
    return dated(dossier, "2026-01-02")


def named(dossier: Dossier) -> Dossier:
    return replace(dossier, title="Autre titre", demand="autre demande", heard="autre chose", profile="2026-02-03")


CHANGES: dict[Callable[[Dossier], Dossier], str] = {
    answered: r"reponses:",
    noted: r"notes:",
    tabled: r"structures:",
    thought: r"avis:",
    heard: r"repondants:",
    dated: r"journal:",
    dated_anew: r"journal:|  2026-01-02:|    (regles|reponses|conclusions):|      (?!calendrier)",
    named: r"(titre|demande_dans_leurs_mots|ce_que_vous_entendez|profil):|  (mot à|puis|une ligne)",
}
"""What each hand does, and the lines that it may write anew: its own key where that held nothing."""


def with_odd(text: str, at: re.Match[str], odd: str) -> str:
    """The text with another value under a key, all that stood there being gone."""
    lines = text.splitlines(keepends=True)
    number = text[: at.start()].count("\n")
    deep = len(at[1])
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" -")) > deep):
        end += 1
    line = f"{at[1]}{at[2]}:{odd.format(pad=' ' * (deep + 2))}\n"
    return "".join([*lines[:number], line, *lines[end:]])


def lost(before: str, after: str, may_change: str) -> list[str]:
    """Lines that are no longer there, in their order, but for those that may change."""
    left = iter(after.splitlines())
    wanted = [line for line in before.splitlines() if line.strip() and not re.match(may_change, line)]
    return [line for line in wanted if line not in left]


def held(path: Path, key: re.Match[str], odd: str, changes: Iterable[Callable[[Dossier], Dossier]]) -> None:
    """Refused, or each change leaves the rest."""
    text = with_odd(WHOLE, key, odd)
    path.write_text(text, encoding="utf-8")
    try:
        dossier, data = store.read(path, BASE)
    except Unusable:
        return
    for change in changes:
        path.write_text(text, encoding="utf-8")
        Writer(dossier, data, BASE, Lock()).save(change(dossier))
        assert lost(text, path.read_text(encoding="utf-8"), CHANGES[change]) == [], (change.__name__, text)
        store.load(path, BASE)


def test_whatever_stands_under_a_key_is_refused_or_stays(tmp_path: Path) -> None:
    hands = itertools.cycle(CHANGES)
    for number, key in enumerate(KEYS):
        for odd in list(ODD.values())[number % 2 :: 2]:
            held(tmp_path / "dossier.yaml", key, odd, [next(hands)])


@pytest.mark.lent
@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[0].strip().rstrip(":"))
def test_whatever_stands_under_a_key_is_refused_or_stays_whoever_writes(tmp_path: Path, key: re.Match[str]) -> None:
    for odd in ODD.values():
        held(tmp_path / "dossier.yaml", key, odd, CHANGES)


def test_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "dossier.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    dossier = store.load(path, BASE)
    assert changes(WHOLE, dossier) == {}


def test_the_territory_profile_is_refused_or_keeps_what_else_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSEIL_DLA_DOSSIERS", str(tmp_path))
    territory.path().parent.mkdir()
    for key, odd in ((key, odd) for key in KEYS for odd in list(ODD.values())[::4]):
        text = with_odd(WHOLE, key, odd)
        territory.path().write_text(text, encoding="utf-8")
        try:
            territory.keep(BASE, {HELD.id: HELD.answers[0]}, date(2026, 3, 1))
        except Unusable:
            assert territory.path().read_text(encoding="utf-8") == text
        else:
            assert lost(text, territory.path().read_text(encoding="utf-8"), r"(profil|reponses):") == [], text


def test_a_row_that_comes_leaves_the_others_with_what_is_not_known_of_them(tmp_path: Path) -> None:
    path = tmp_path / "dossier.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    dossier, data = store.read(path, BASE)
    first, second = dossier.structures
    three = (second, replace(first, cells={**first.cells, NUMBER: 4}), Structure("Trois", {}))
    Writer(dossier, data, BASE, Lock()).save(replace(dossier, structures=three))
    after = path.read_text(encoding="utf-8")
    assert f"{WORDS}: inconnu  # à demander" in after
    assert store.load(path, BASE).structures == three
    Writer.at_once(path, BASE).save(replace(store.load(path, BASE), structures=(three[1],)))
    assert f"{WORDS}: inconnu  # à demander" in path.read_text(encoding="utf-8")
    assert store.load(path, BASE).structures == three[1:2]


def test_entretien_refuses_a_note_that_is_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It was taken away without a word at the next answer."""
    path = tmp_path / "dossier.yaml"
    text = f"titre: X\nreponses: {{}}\nnotes:\n  {FIRST.id}:\n    - quatre aujourd’hui   # vu le 3 mars\n    - six\n"
    path.write_text(text, encoding="utf-8")
    assert run(["entretien", str(path)]) == 2
    assert f"« notes, {FIRST.id} » attend un texte" in capsys.readouterr().err.replace("\u00a0", " ")
    assert path.read_text(encoding="utf-8") == text
