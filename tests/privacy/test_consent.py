"""Who has not agreed is as absent: every command says the same of a dossier with them and without, byte for byte.

``oui`` alone is an agreement; ``non``, nothing, and a word that is neither are none.
"""

from __future__ import annotations

import ast
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conseil_dla
from cli.test_commands import called
from conseil_dla.dossiers import store
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.wording.diagnostic_text import render
from crossing import BASE, LOGIC, several
from shipped import random_dossier

NAMES = ("Zoraïde", "Yvonnick", "Xantippe", "Wulfran")
CONSENTS = {"oui": "    accord: oui\n", "non": "    accord: non\n", "absent": ""}
UNKNOWN = "    accord: peut-être\n"
MISTAKES = {
    "role": "    role: {secret}\n",
    "answer": "    reponses:\n      {question}: {secret}\n",
    "question": "    reponses:\n      {secret}: oui\n",
    "key": "    {secret}: oui\n",
    "list": "    reponses: [{secret}]\n",
    "twice": "    notes: {secret}\n    notes: autre\n",
    "yaml": '    notes: "{secret}\n',
    "consent": UNKNOWN + "    notes: {secret}\n",
    "flow": "    {{accord: peut-être, notes: {secret}}}\n",
}


def heading(number: int) -> str:
    answers = random_dossier(LOGIC, random.Random(number))
    lines = [f"  {id}: {_yaml(value)}\n" for id, value in answers.items()]
    return f"version: 1\ntitre: Un projet\nreponses:\n{''.join(lines) or '  {}'}\n"


def person(name: str, number: int, consent: str) -> str:
    (one,) = several(random.Random(number), 1)
    lines = "".join(f"      {id}: {_yaml(value)}\n" for id, value in one.answers.items())
    return f"  {name}:\n    role: structure\n{CONSENTS[consent]}    reponses:\n{lines}    notes: note de {name}\n"


def _yaml(value: object) -> str:
    return f"[{', '.join(sorted(value))}]" if isinstance(value, frozenset) else str(value)


def commands(path: Path, folder: Path, silent: str, heard: str) -> list[list[str]]:
    """Every way in which a command reads a dossier and tells something of it."""
    target = str(folder / "sortie")
    it = str(path)
    return [
        ["comparer", it, "--repondants", heard, silent],
        ["comparer", it, "--croiser", "--format", "json"],
        ["comparer", it, "--repondants", heard, silent, "-o", f"{target}.docx", "--remplacer"],
        ["comparer", it, "--repondants", heard, "Zoraide"],
        ["comparer", it, "--repondants", silent, heard, "--format", "json"],
        ["comparer", it, "--croiser", "-o", f"{target}.md", "--remplacer"],
        ["comparer", it, it],
        ["diagnostiquer", it],
        ["diagnostiquer", it, "--format", "json"],
        ["rapport", it, "--modele", "cadrage", "-o", f"{target}.md", "--remplacer"],
        ["lot", it, "-o", f"{target}.csv", "--remplacer"],
        ["expliquer", it, next(iter(LOGIC.formats))],
        ["atelier", it],
    ]


def told(capsys: pytest.CaptureFixture[str], path: Path, folder: Path, *names: str, some: slice) -> list[object]:
    """Codes, words and files, whatever the hour."""
    found: list[object] = []
    for command in commands(path, folder, *names)[some]:
        found.append((command[0], *called(capsys, *command)))
        for written in sorted(folder.glob("sortie*")):
            found.append((written.name, without_hour(written)))
            written.unlink()
    return found


def without_hour(path: Path) -> object:
    return path.stat().st_size if path.suffix == ".docx" else path.read_text(encoding="utf-8")


def check(capsys: pytest.CaptureFixture[str], folder: Path, seed: int, consents: list[str], some: slice) -> None:
    path = folder / "projet.yaml"
    people = [person(name, seed + number, given) for number, (name, given) in enumerate(zip(NAMES, consents))]  # noqa: B905
    named = dict(zip(NAMES, consents))  # noqa: B905
    silent = next((name for name, given in named.items() if given != "oui"), "Personne")
    heard = next((name for name, given in named.items() if given == "oui"), "Nul")
    path.write_text(f"{heading(seed)}repondants:\n{''.join(people)}", encoding="utf-8")
    before = path.read_bytes()
    with_them = told(capsys, path, folder, silent, heard, some=some)
    assert path.read_bytes() == before
    kept = [text for text, given in zip(people, consents) if given == "oui"]  # noqa: B905
    path.write_text(f"{heading(seed)}repondants:\n{''.join(kept)}" if kept else heading(seed), encoding="utf-8")
    assert with_them == told(capsys, path, folder, silent, heard, some=some)


AGREED = st.lists(st.sampled_from(sorted(CONSENTS)), min_size=2, max_size=4)


def test_who_has_not_agreed_is_as_absent(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    check(capsys, tmp_path, 5, ["oui", "non", "absent"], slice(0, 4))


@pytest.mark.lent
def test_who_has_not_agreed_is_as_absent_from_everything(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=2, deadline=None)
    @given(st.integers(0, 10_000), AGREED)
    def each(seed: int, consents: list[str]) -> None:
        check(capsys, tmp_path_factory.mktemp("dossier"), seed, consents, slice(None))

    each()


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_of_who_has_not_agreed_is_placed_and_not_quoted(tmp_path: Path, kind: str) -> None:
    """The file is refused as it must be; where it is wrong is said, not what stands there."""
    path = tmp_path / "projet.yaml"
    question = next(id for id, one in LOGIC.questions.items() if one.type == "choix")
    lines = MISTAKES[kind].format(secret="zibeline", question=question)
    path.write_text(f"version: 1\ntitre: T\nrepondants:\n  Zoraïde:\n{lines}", encoding="utf-8")
    with pytest.raises(Unusable) as caught:
        store.load(path, BASE)
    told = render(caught.value.diagnostics)
    assert not re.search("zibeline|Zoraïde", told + str(caught.value))
    assert f"{path}:" in told


LINES = [
    '{"titre": "T", "reponses": {}, "repondants": {"Zoraïde": {"role": "zibeline"}}}',
    '{"titre": "T", "reponses": {"zut": 1}, "repondants": {"Zoraïde": {"notes": "zibeline"}}}',
    '{"titre": "T", "reponses": {}, "repondants": {"Zoraïde": {"notes": zibeline}}}',
    '{"titre": "T", "reponses": {}, "repondants": {"Zoraïde": 1, "Zoraïde": "zibeline"}}',
    '{"titre": "T", "reponses": {}, "repondants": {"Zoraïde": {"notes": "zibeline \\u0007"}}}',
    '{"titre": "T", "repondants": {"Zoraïde": {"notes": "zibeline"}}}',
]


def test_a_line_of_json_is_not_quoted_either(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "projets.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    code, out, err = called(capsys, "lot", str(path), "-o", str(tmp_path / "sortie.csv"))
    assert code == 2
    assert all(f"{path}:{number}" in err for number in range(1, len(LINES) + 1))
    assert not re.search("zibeline|Zoraïde", out + err)


def test_everyone_is_asked_for_only_where_one_answers_alone_and_where_the_file_is_written() -> None:
    """Whatever else reads ``respondents``, and has those who agreed."""
    root = Path(conseil_dla.__file__).parent
    allowed = {"rules/model.py", "dossiers", "interview/alone.py", "cli/lines/alone.py", "cli/commands/interview.py",
               "comparison/screens/alone.py", "comparison/screens/respondents.py", "papers/wall.py"}  # fmt: skip
    for path in root.rglob("*.py"):
        place = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asks = any(isinstance(node, ast.Attribute) and node.attr == "everyone" for node in ast.walk(tree))
        assert not asks or place in allowed or place.split("/")[0] in allowed, place


def test_the_base_has_internal_questions() -> None:
    """Else nothing above would be worth anything."""
    assert any(BASE.entry("question", id).internal for id in LOGIC.questions)
