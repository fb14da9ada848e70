"""Somebody answers alone in plain lines, and views are crossed in a pipe: what is said, what is refused, what never."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.test_commands import called, without_names
from comparison.test_crossed_text import leaks
from conseil_dla.cli.commands import interview as command
from conseil_dla.cli.main import run
from conseil_dla.dossiers import store
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from conseil_dla.interview.alone import asked_of, ordering
from conseil_dla.rules.model import Value
from conseil_dla.wording.typed_entries import COMMANDS
from crossing import BASE, LOGIC, NAMES, SECRET, SILENT, crowded, saved
from english import english_in
from shipped import shipped_reader

Talk = Callable[..., tuple[int, str, str]]
QUESTIONS = asked_of(BASE, "structure")
INTERNAL = next(
    id
    for id, q in LOGIC.questions.items()
    if BASE.entry("question", id).internal and q.type == "choix" and not q.asked_if
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier full of the officer's own words and answers, that several people have answered."""
    monkeypatch.setenv(DOSSIERS_VARIABLE, str(tmp_path))
    return crowded(tmp_path)


@pytest.fixture
def talk(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Lines given as a file would give them; the rules are opened once for all tests."""
    monkeypatch.setattr(command, "open_reader", lambda rules, **_: shipped_reader())

    def talk(*lines: str, name: str = "Zoé", role: str = "structure") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = run(["entretien", str(path), "--repondant", name, *(["--role", role] if role else [])])
        return code, *capsys.readouterr()

    return talk


def test_answers_are_kept_as_they_come_and_nobody_else_changes(talk: Talk, path: Path) -> None:
    before = store.load(path, BASE)
    following, answers = ordering(BASE, "structure"), dict[str, Value]()
    while LOGIC.questions[id := str(following(answers, frozenset()))].type == "choix":
        answers[id] = LOGIC.questions[id].answers[0]
    entries = [*["1"] * len(answers), "aucune", "0"]
    answers[id] = frozenset()
    put_off = following(answers, frozenset())
    code, out, err = talk(*entries, "fin", "oui")
    assert code == 0, err
    after = store.load(path, BASE)
    one = after.everyone["Zoé"]
    assert one.answers == answers
    assert one.declined == {put_off}
    assert (one.role, one.consents) == ("structure", True)
    assert {**after.everyone} == {**before.everyone, "Zoé": one}
    assert after.answers == before.answers
    assert f"{len(entries)} réponses de" in err
    assert "Jamais" in out.replace("\u00a0", " ")


def test_one_resumes_and_consent_can_be_taken_back_or_left(talk: Talk, path: Path) -> None:
    talk("1", "fin", "oui")
    _, out, _ = talk("2", "fin", "", role="")
    assert BASE.entry("question", QUESTIONS[1]).texts["libelle"] in out.replace("\n", " ")
    assert BASE.entry("question", QUESTIONS[0]).texts["libelle"] not in out.replace("\n", " ")
    assert not store.load(path, BASE).everyone["Zoé"].consents, "agreed to what was answered then, not to more"
    talk("fin", "oui")
    talk("fin", "")
    assert store.load(path, BASE).everyone["Zoé"].consents
    talk("fin", "non")
    assert not store.load(path, BASE).everyone["Zoé"].consents
    code, _, err = talk("fin", "peut-être")
    assert code == 2
    assert "oui, non" in err
    talk("1")
    assert len(store.load(path, BASE).everyone["Zoé"].answers) == 3, "an input that ends asks nothing and keeps all"


def test_a_name_is_recognised_whatever_its_capitals(talk: Talk, path: Path) -> None:
    talk("fin", "non", name=NAMES[1].upper(), role="")
    people = store.load(path, BASE).everyone
    assert list(people) == [*NAMES[:3], SILENT.name]
    assert not people[NAMES[1]].consents


def test_words_without_meaning_here_are_refused_in_french(talk: Talk) -> None:
    code, out, err = talk("lecture", "pourquoi", "note vu", f"{INTERNAL}: inconnu", f"aller {INTERNAL}")
    assert code == 2
    assert err.count("ligne") == 5
    for told in ("lecture n’est pas montrée", "ce que change une question", "pas de note"):
        assert told in err.lower()
    assert english_in(without_names(out + err)) == set()


@pytest.mark.parametrize("role", ["structure", "collectivite", "intervenant", ""])
def test_nothing_of_the_dossier_nor_of_the_others_is_said(talk: Talk, role: str) -> None:
    """Through every word of command and every question that comes."""
    lines = [
        *(word for word in COMMANDS if word not in ("fin", "note", "aller")),
        *["suite"] * 60,
        "questions",
        "fin",
        "",
    ]
    _, out, err = talk(*lines, role=role)
    text = out + err
    said = without_names(text)
    assert SECRET not in text
    assert not [name for name in (*NAMES[:3], SILENT.name) if name in text]
    assert leaks(said) == []
    assert "Réponse actuelle" not in text
    assert not [id for id in LOGIC.formats if BASE.title("format", id).lower() in text.lower().replace("\n", " ")]
    for id in QUESTIONS[:10]:
        if LOGIC.questions[id].asked_if is None:
            assert BASE.entry("question", id).texts["libelle"].split(",")[0] in " ".join(out.split("\n"))


def test_the_dla_alone_is_asked_internal_questions_and_told_so(talk: Talk, path: Path) -> None:
    answer = LOGIC.questions[INTERNAL].answers[0]
    code, out, _ = talk(f"{INTERNAL}: {answer}", "fin", "oui", role="dla")
    assert code == 0
    assert "questions internes" in out
    assert store.load(path, BASE).everyone["Zoé"].answers == {INTERNAL: answer}


def test_two_answers_that_exclude_each_other_are_refused_by_name(talk: Talk, path: Path) -> None:
    from comparison.test_crossed import clashing  # noqa: PLC0415 - it reads the whole base

    pair = clashing()
    assert pair is not None
    (first, a), (second, b) = pair
    code, _, err = talk(f"{first}: {a}", f"{second}: {b}", "fin", "")
    assert code == 2
    assert "pas été gardée" in err
    assert store.load(path, BASE).everyone["Zoé"].answers == {first: a}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--repondant", "Zoé"], "dossier qui existe"),
        (["{path}", "--role", "dla"], "--repondant NOM"),
        (["{path}", "--repondant", " "], "manque le nom"),
        (["{path}", "--repondant", "Zoé", "--role", "colectivite"], "collectivite"),
        (["{path}", "--repondant"], "manque une valeur"),
    ],
)
def test_misuse_is_told_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], path: Path, arguments: list[str], told: str
) -> None:
    before = path.read_bytes()
    code, out, err = called(capsys, "entretien", *(word.format(path=path) for word in arguments))
    assert (code, out) == (2, "")
    assert told in err
    assert english_in(without_names(err), " ".join(arguments)) == set()
    assert path.read_bytes() == before


# --- crossed in a pipe ----------------------------------------------------------------------------------------------


def test_crossed_views_in_text_json_and_files_say_the_same(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path
) -> None:
    code, out, err = called(capsys, "comparer", str(path), "--croiser")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("Projet croisé")
    _, told, _ = called(capsys, "comparer", str(path), "--croiser", "--format", "json")
    found = json.loads(told)
    assert found["personnes"] == list(NAMES[:3])
    for text in (out, told):
        assert SECRET not in text
        assert SILENT.name not in text
        assert leaks(text.replace(str(path), "")) == []
    first = found["en_bref"][1].replace("\u00a0", " ")
    assert first in " ".join(out.replace("\u00a0", " ").split("\n"))
    for suffix in (".md", ".html", ".docx", ".odt"):
        target = tmp_path / f"croises{suffix}"
        code, out, err = called(capsys, "comparer", str(path), "--croiser", "-o", str(target))
        assert (code, out) == (0, "")
        assert target.name in err
        assert zipfile.is_zipfile(target) is (suffix in (".docx", ".odt"))


def test_with_too_few_people_what_is_missing_is_the_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = saved(tmp_path, [SILENT])
    code, out, _ = called(capsys, "comparer", str(path), "--croiser")
    assert code == 0
    assert "au moins deux personnes" in out.replace("\n", " ")
    assert SILENT.name not in out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--depuis", "2026-03-12"], "ne vont pas ensemble"),
        (["--repondants", "a", "b"], "ne vont pas ensemble"),
        (["x.yaml"], "un seul dossier"),
        (["-o", "croises.xlsx"], ".docx"),
        (["-o", "croises.md", "--format", "json"], "sortie standard"),
    ],
)
def test_crossing_misused_is_told_in_french(
    capsys: pytest.CaptureFixture[str], path: Path, more: list[str], told: str
) -> None:
    code, out, err = called(capsys, "comparer", str(path), "--croiser", *more)
    assert (code, out) == (2, "")
    assert told in err
    assert english_in(without_names(err), " ".join(more)) == set()
