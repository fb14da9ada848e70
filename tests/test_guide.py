"""docs/ecrire-une-regle.md is run as written: its ten minutes from end to end, and every block of YAML in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from conseil_dla.authoring.trials.run import run_dossier, run_examples
from conseil_dla.cli.main import run
from conseil_dla.dossiers.content import read_dossier
from conseil_dla.ground.nodes import Mapping, Sequence
from conseil_dla.ground.yamltext import parse
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "ecrire-une-regle.md").read_text(encoding="utf-8")
WALK = GUIDE[GUIDE.index("## En dix minutes") : GUIDE.index("## Un dossier de règles")]
REST = GUIDE.replace(WALK, "")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
NEW = re.compile(r"Créez le fichier `([^`]+)`\s*:\s*$")
MORE = re.compile(r"Ajoutez à la fin de `([^`]+)`\s*:\s*$")
CHANGE = re.compile(r"Dans `([^`]+)`, remplacez `([^`]+)` par `([^`]+)`")
UNUSED = {"DLA202", "DLA208", "DLA209"}
"""What a block defines may be used by nothing: blocks are small."""


def blocks(text: str, language: str) -> list[str]:
    return [match[2] for match in FENCE.finditer(text) if match[1] == language]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def steps(text: str) -> Iterator[tuple[str, str, str]]:
    """What stands before each fence, its language, and what it holds."""
    at = 0
    for match in FENCE.finditer(text):
        yield text[at : match.start()], match[1], match[2]
        at = match.end()


# --- ten minutes ----------------------------------------------------------------------------------------------------


def test_the_ten_minutes_lead_from_an_idea_to_a_rule_in_a_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, shown = 0, "", "rien"
    edits = 0
    for before, language, held in steps(WALK):
        if language != "text":
            assert (code == 2) is ("(DLA" in shown), out
        edits += changed(before)
        if language == "yaml":
            written(before.rstrip(), held)
            edits += 1
        elif language == "sh":
            for line in held.splitlines():
                words = shlex.split(line)
                assert words[0] == "conseil-dla"
                code, shown = run(words[1:]), ""
                out = plain(capsys.readouterr().out)
        else:
            assert language == "text"
            shown = plain(held)
            assert shown.rstrip("\n") in out, f"{shown}\n--- is not in\n{out}"
    assert edits == 4
    assert code == 0
    base = load(tmp_path / "mes-regles").base
    assert base is not None
    added = [
        id for kind, id in base.texts if kind == "regle" and base.entry("regle", id).place.file.endswith("effets.yaml")
    ]
    assert len(added) == 1
    assert [example.fires for example in base.entry("regle", added[0]).examples] == [True, False, False]
    assert (tmp_path / "mes-regles" / "schemas" / "LISEZ-MOI.txt").is_file()


def changed(before: str) -> int:
    found = CHANGE.findall(before)
    for name, old, new in found:
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    return len(found)


def written(before: str, held: str) -> None:
    """A block of YAML is put where the sentence above it says."""
    if match := NEW.search(before):
        assert not Path(match[1]).exists()
        Path(match[1]).write_text(held, encoding="utf-8")
        return
    match = MORE.search(before)
    assert match, f"no sentence says where to write\n{held}"
    with Path(match[1]).open("a", encoding="utf-8") as file:
        file.write(held)


def test_the_idea_names_a_claim_that_the_rule_cites() -> None:
    idea = re.search(r"L’affirmation ([A-HS]\d+), dans `knowledge/note.yaml`", WALK)
    assert idea
    assert f"source: [{idea[1]}]" in WALK
    assert f"- affirmation: {idea[1]}\n" in (ROOT / "knowledge" / "note.yaml").read_text(encoding="utf-8")


def test_commands_are_shown_in_the_ten_minutes_only() -> None:
    assert blocks(REST, "sh") == []
    assert len(blocks(WALK, "sh")) >= 6


# --- every block ----------------------------------------------------------------------------------------------------

EXAMPLES = blocks(REST, "yaml")
RULE = """\
- regle: essai_du_guide
  titre: Une condition du guide
{condition}  alors:
    - vigilance: rythme
      niveau: pendant
  parce_que: Parce que.
  source: [F20]
"""


def shipped_with(tmp_path: Path, text: str) -> Base:
    """The shipped rules with one more file."""
    folder = tmp_path / "mes-regles"
    assert run(["regles", "initier", str(folder)]) == 0
    (folder / "knowledge" / "du_guide.yaml").write_text(text, encoding="utf-8")
    loaded = load(folder)
    assert loaded.base is not None, render(loaded.diagnostics)
    assert {one.code for one in loaded.diagnostics} <= UNUSED, render(loaded.diagnostics)
    return loaded.base


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.split("\n")[0].strip("- "))
def test_a_block_is_accepted_as_written(text: str, tmp_path: Path) -> None:
    root, found = parse(text, "guide")
    assert found == []
    if isinstance(root, Sequence):
        base = shipped_with(tmp_path, text)
        reader = Reader(base, open_rules(tmp_path / "mes-regles").engine)
        ours = [trial for trial in run_examples(reader) if trial.path.endswith("du_guide.yaml")]
        assert [failure for trial in ours for failure in trial.failures] == []
        assert sum(trial.assertions for trial in ours) == text.count("conclut:")
        return
    assert isinstance(root, Mapping)
    if root.key("quand") is not None:
        shipped_with(tmp_path, RULE.format(condition="".join(f"  {line}\n" for line in text.splitlines())))
        return
    opened = open_rules(ROOT)
    dossier, found = read_dossier(text, "guide", opened.base)
    assert dossier is not None, render(tuple(found))
    assert found == []
    assert run_dossier(Reader(opened.base, opened.engine), dossier).failures == ()


def test_there_are_blocks_of_every_sort() -> None:
    kinds = set(re.findall(r"^- (\w+):", "\n".join(EXAMPLES), re.MULTILINE))
    assert {"regle", "question", "vigilance", "facteur", "format", "modalite", "partenaire", "prealable", "tension",
            "mot", "rappel", "deroulement", "affirmation", "colonne", "coherence", "motif"} <= kinds  # fmt: skip
    assert sum(text.startswith("quand:") for text in EXAMPLES) >= 6
    assert any("attendu:" in text for text in EXAMPLES)


def test_what_is_shown_without_being_run_is_not_yaml_to_copy() -> None:
    """``text`` is for outlines, what is refused, and what has « … » in it."""
    for text in blocks(REST, "text"):
        assert text.startswith(("mes-regles/", "- vigilance: rythme\n", "titre: Vigilance :")) or "…" in text, text
