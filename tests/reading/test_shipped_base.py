"""The shipped knowledge, read: invariances, cases, and what holds on random dossiers."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import load
from conseil_dla.engine import choose
from conseil_dla.reading.compose import Reader
from conseil_dla.rules.loading import load as load_rules
from shipped import CASES, ROOT, random_dossier, shipped_reader, told
from strategies import fired


def copy_rules(target: Path) -> list[Path]:
    """The shipped rules and knowledge copied as text files; gives their paths."""
    written = []
    for part in ("rules", "knowledge"):
        (target / part).mkdir(parents=True)
        for path in sorted((ROOT / part).glob("*.yaml")):
            written.append(target / part / path.name)
            written[-1].write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return written


def reader_on(folder: Path) -> Reader:
    loaded = load_rules(folder)
    assert loaded.base is not None, [d.message for d in loaded.diagnostics]
    return Reader(loaded.base, choose(loaded.base.logic))


def items(text: str) -> tuple[str, list[str]]:
    """The heading comment of a file, and its items as text."""
    head, *rest = re.split(r"^(?=- \w+: )", text, flags=re.MULTILINE)
    return head, [item if item.endswith("\n") else item + "\n" for item in rest]


def test_shuffling_items_and_files_changes_no_json(tmp_path: Path) -> None:
    chance = random.Random(20121)
    for folder in ("rules", "knowledge"):
        everything: list[str] = []
        for path in sorted((ROOT / folder).glob("*.yaml")):
            everything += items(path.read_text(encoding="utf-8"))[1]
        chance.shuffle(everything)
        (tmp_path / folder).mkdir()
        half = len(everything) // 2
        (tmp_path / folder / "z.yaml").write_text("".join(everything[:half]), encoding="utf-8")
        (tmp_path / folder / "a.yaml").write_text("".join(everything[half:]), encoding="utf-8")
    ours, theirs = shipped_reader(), reader_on(tmp_path)
    assert theirs.base.digest == ours.base.digest
    for path in CASES:
        dossier = load(path, ours.base)
        left = told(ours, dossier.answers)
        right = told(theirs, dossier.answers)
        assert left == right


def test_changing_a_word_changes_the_digest(tmp_path: Path) -> None:
    path = copy_rules(tmp_path)[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("titre: ", "titre: Autrement dit, ", 1), encoding="utf-8")
    assert reader_on(tmp_path).base.digest != shipped_reader().base.digest


def test_renaming_every_id_changes_no_conclusion(tmp_path: Path) -> None:
    """Each id of the domain gets a new name everywhere; the readings are the same but for the names."""
    reader = shipped_reader()
    kinds = {"question", "regle", "format", "posture", "axe", "vigilance", "modalite", "partenaire", "prealable",
             "facteur", "motif", "tension", "coherence"}  # fmt: skip
    names = {id for kind, id in reader.base.texts if kind in kinds}
    names |= {a for q in reader.base.logic.questions.values() if q.type != "oui_non" for a in q.answers}
    names |= {
        effect.finding for rule in reader.base.logic.rules for effect in rule.effects if hasattr(effect, "finding")
    }
    keys = {"themes", "titre", "format", "posture", "interne", "projet"}
    # An answer named like a key of the grammar keeps its name. A word of a label may be a name, and labels have a
    # longest length.
    renamed = {name: name if name in GRAMMAR else f"z{name}" for name in names}
    word = re.compile(
        r"(?<![\w’'-])(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")(?![\w’'-])"
    )

    def rename(line: str) -> str:
        """Ids stand as keys or after a colon, alone or in brackets; wordings and other texts are left alone."""
        match = re.fullmatch(r"(\s*(?:- )?)([\w]+)(:)(\s*)(.*)", line)
        if match:
            lead, key, colon, gap, value = match.groups()
            bare = key == "ne_va_pas_avec" or re.fullmatch(r"\[?[\w, ]+\]?", value)
            if key in TEXT_KEYS:
                return line
            new_key = key if key in GRAMMAR else renamed.get(key, key)
            return f"{lead}{new_key}{colon}{gap}{word.sub(lambda m: renamed[m[1]], value) if bare else value}"
        match = re.fullmatch(r"(\s*- )([\w.]+)", line)
        return f"{match[1]}{word.sub(lambda m: renamed[m[1]], match[2])}" if match else line

    assert keys
    for path in copy_rules(tmp_path):
        text = path.read_text(encoding="utf-8")
        path.write_text("\n".join(_outside_blocks(text, rename)), encoding="utf-8")
    theirs = reader_on(tmp_path)
    chance = random.Random(7)
    for _ in range(30):
        answers = random_dossier(reader.base.logic, chance, share=0.7)
        new = {
            renamed[q]: frozenset(renamed[o] for o in v) if isinstance(v, frozenset) else renamed.get(v, v)  # type: ignore[arg-type]
            for q, v in answers.items()
        }
        left, right = reader.read(answers), theirs.read(new)
        assert {renamed[id] for id in left.format.possible} == set(right.format.possible)
        assert renamed.get(left.format.retained or "") == right.format.retained
        assert {renamed[id] for id in left.posture.possible} == set(right.posture.possible)
        assert {(d.kind, renamed[d.id], d.certainty, d.level) for d in left.drawn} == {
            (d.kind, d.id, d.certainty, d.level) for d in right.drawn
        }
        assert left.moment == right.moment


GRAMMAR = {
    "regle", "question", "format", "posture", "axe", "vigilance", "modalite", "partenaire", "prealable", "facteur",
    "motif", "tension", "coherence", "quand", "alors", "reponses", "axes", "toutes", "une_de", "aucune", "au_moins",
    "parmi", "n", "pour", "contre", "ecarte", "constat", "exemples", "ordinaires", "posee_si", "present_si", "jamais",
    "hors_note_si", "deja_prevu_si", "pour_formats", "poles", "bornes", "entre", "au_plus", "titre",
    "phrases",
}  # fmt: skip
TEXT_KEYS = {
    "titre", "theme", "libelle", "unite", "type", "modifiable", "statut", "interne", "source", "niveau", "force",
    "points", "preparatoire", "duree", "qui_paie", "negatif", "positif", "avant", "aujourd_hui", "note", "mot",
    "affirmation", "nature", "voix", "date", "profil", "a_relire", "conclut", "ouvre_la_lecture", "definition",
    "a_demander", "dans_les_papiers", "phrase",
}  # fmt: skip


def _outside_blocks(text: str, change) -> list[str]:  # type: ignore[no-untyped-def]
    """Each line changed, but for the lines of folded texts."""
    lines, deep = [], -1
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if deep >= 0 and (indent > deep or not line.strip()):
            lines.append(line)
            continue
        deep = indent if line.rstrip().endswith((">-", "|", ">", "|-")) else -1
        lines.append(change(line))
    return lines


def test_every_format_and_posture_is_reached() -> None:
    reader = shipped_reader()
    chance = random.Random(11)
    formats: Counter[str] = Counter()
    postures: Counter[str] = Counter()
    for _ in range(400):
        reading = reader.read(random_dossier(reader.base.logic, chance))
        assert reading.format.retained or reading.format.tied, "a complete dossier is decided"
        assert reading.posture.retained or reading.posture.between or reading.posture.off_note
        assert not reading.open_questions
        formats.update(reading.format.shown)
        postures.update(reading.posture.shown)
    assert set(formats) == set(reader.base.logic.formats)
    assert set(postures) == set(reader.base.logic.postures)


def test_complete_dossiers_fire_exactly_the_rules_that_hold() -> None:
    """The engine in use, on the shipped rules, against plain two-valued logic written apart."""
    reader = shipped_reader()
    chance = random.Random(12)
    for _ in range(200):
        answers = random_dossier(reader.base.logic, chance)
        assert reader.fire(answers) == fired(reader.base.logic, answers)[0]


def test_each_axis_is_settled_by_one_main_question() -> None:
    """Main answers outweigh whatever the others say together; none of these names a place by one answer alone.

    But one that is strong in itself: help that depends on a solution, or an activity that would be taken over.
    """
    from conseil_dla.rules.model import Push  # noqa: PLC0415
    from conseil_dla.rules.truth import questions_read  # noqa: PLC0415

    logic = shipped_reader().base.logic
    alone = {"projet": 0, "pouvoirs_publics": 1}
    for axis in logic.axes:
        pushes = [
            (questions_read(rule.condition), effect.points)
            for rule in logic.rules
            for effect in rule.effects
            if isinstance(effect, Push) and effect.axis == axis
        ]
        strongest = max(abs(points) for _, points in pushes)
        (main,) = {read for read, points in pushes if abs(points) == strongest}
        assert len(main) == 1
        others = [(read, points) for read, points in pushes if read != main]
        assert sum(len(read) == 1 for read, _ in others) == alone[axis]
        for sign in (1, -1):
            assert max((points * sign for _, points in others), default=0) < strongest


CLAIM_CASES = ("H4", "G8", "G9", "F13", "D17")


@pytest.mark.parametrize("claim", CLAIM_CASES)
def test_each_reported_experience_is_a_case_that_asserts_enough(claim: str) -> None:
    base = shipped_reader().base
    found = [d for d in (load(path, base) for path in CASES) if claim in d.sources]
    assert len(found) == 1
    keys = {e.key for e in found[0].expected}
    assert keys & {"format", "posture"}
    assert "certaine" in keys
    assert keys & {"format_hors", "posture_hors"}
