"""Whatever two writers do to one dossier, nothing that either wrote is lost."""

from __future__ import annotations

import errno
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers import lock, store
from conseil_dla.dossiers.lock import OpenElsewhere, marker_of
from conseil_dla.dossiers.merging import Flat, flat
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.yamltext.splicing import Unspliceable
from conseil_dla.rules.model import Dossier, Opinion, Respondent
from conseil_dla.rules.tables import Structure
from conseil_dla.rules.truth import questions_read
from shipped import put_on_disk, shipped_reader

BASE = shipped_reader().base
TIED = frozenset().union(*(questions_read(rule.never) for rule in BASE.logic.incoherences))
FREE = [q for q in BASE.logic.questions.values() if q.type == "choix" and q.asked_if is None and q.id not in TIED]
FIRST, SECOND = FREE[:2]
COLUMN = next(c for c in BASE.logic.columns.values() if c.type == "nombre").id
NAMELESS = (Structure("", {COLUMN: 1}), Structure("", {COLUMN: 7}))
FORMAT = next(iter(BASE.logic.formats))


@contextmanager
def no_lock(path: Path, writers: int = 2) -> Iterator[list[Writer]]:
    """Writers that no lock keeps apart, as on a share that knows none."""
    yield [Writer.at_once(path, BASE) for _ in range(writers)]


def everything(path: Path) -> str:
    """Every text in the folder: the dossier and what was set aside."""
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted(path.parent.iterdir()))


def asides(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.txt"))


def noted(writer: Writer, **notes: str) -> None:
    merged = {**writer.dossier.notes, **notes}
    writer.save(replace(writer.dossier, notes={id: text for id, text in merged.items() if text}))


def answered(dossier: Dossier, id: str, number: int) -> Dossier:
    return replace(dossier, answers={**dossier.answers, id: BASE.logic.questions[id].answers[number]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return store.create(tmp_path, "Essai")


@pytest.mark.parametrize("said", [{"notes": {FIRST.id: "un"}}, {"opinion": Opinion(why="Autre")},
                                  {"everyone": {"Une voix": Respondent("Une voix")}}])  # fmt: skip
def test_what_is_said_and_taken_back_leaves_no_key(path: Path, said: dict[str, Any]) -> None:
    before = path.read_bytes()
    for _ in range(2):
        with Writer.open(path, BASE) as writer:
            was = writer.dossier
            writer.save(replace(was, **said))
            assert path.read_bytes() != before
            writer.save(was)
        assert path.read_bytes() == before


@pytest.mark.parametrize("kept", ["notes:\n", "notes:\n  # à compléter\n  {id}: un\n", "notes: {{}}\n"])
def test_an_empty_key_and_a_comment_of_the_author_stay(path: Path, kept: str) -> None:
    path.write_text("titre: Essai\n" + kept.format(id=FIRST.id) + "reponses: {}\n", encoding="utf-8")
    with Writer.open(path, BASE) as writer:
        writer.save(replace(writer.dossier, notes={FIRST.id: "deux"}))
        writer.save(replace(writer.dossier, notes={}))
    text = path.read_text(encoding="utf-8")
    assert "notes:" in text
    assert ("# à compléter" in text) is ("#" in kept)
    assert store.load(path, BASE).notes == {}


def test_a_file_that_has_another_name_is_told_once_and_the_other_keeps_its_text(path: Path) -> None:
    other = path.with_name("autre-nom.yaml")
    os.link(path, other)
    before = other.read_bytes()
    with Writer.open(path, BASE) as writer:
        assert not writer.save(writer.dossier).has_parted, "nothing to write"
        assert writer.save(answered(writer.dossier, FIRST.id, 0)).has_parted
        assert not writer.save(answered(writer.dossier, SECOND.id, 0)).has_parted
    assert other.read_bytes() == before


def test_what_another_added_meanwhile_is_not_withdrawn(path: Path) -> None:
    with no_lock(path) as (one, two):
        assert not one.save(answered(one.dossier, FIRST.id, 0)).joined
        found = two.save(answered(two.dossier, SECOND.id, 0))
        assert (found.joined, found.aside) == (True, None)
        assert set(store.load(path, BASE).answers) == {FIRST.id, SECOND.id}
        again = two.save(replace(two.dossier, notes={FIRST.id: "encore"}))
        assert not again.joined, "told once"
        assert set(store.load(path, BASE).answers) == {FIRST.id, SECOND.id}
        two.save(replace(two.dossier, answers={}))
        assert set(store.load(path, BASE).answers) == {FIRST.id}, "one withdraws only what is one’s own"
    assert not asides(path)


def test_the_same_question_answered_twice_keeps_both(path: Path) -> None:
    with no_lock(path) as (one, two):
        one.save(answered(one.dossier, FIRST.id, 0))
        theirs = path.read_bytes()
        found = two.save(answered(answered(two.dossier, FIRST.id, 1), SECOND.id, 0))
    assert found.aside is not None
    assert found.aside.read_bytes() == theirs
    assert store.load(path, BASE).answers[FIRST.id] == FIRST.answers[1]
    assert [one.path for one in store.listing(path.parent)] == [path]
    assert found.aside.name.startswith(f"{path.stem}.autre-version-")


def test_the_same_answer_twice_is_no_conflict(path: Path) -> None:
    with no_lock(path) as (one, two):
        for writer in (one, two):
            assert writer.save(answered(writer.dossier, FIRST.id, 0)).aside is None


def test_an_editor_that_saves_its_old_text_does_not_take_ours_away(path: Path) -> None:
    """It never saw what was answered since; its own additions are kept, and its whole text too."""
    old = path.read_text(encoding="utf-8")
    with no_lock(path, 1) as (writer,):
        writer.save(answered(writer.dossier, FIRST.id, 0))
        path.write_text(old.replace("reponses: {}", f"reponses:\n  {SECOND.id}: {SECOND.answers[0]}"), encoding="utf-8")
        found = writer.save(replace(writer.dossier, notes={FIRST.id: "une note"}))
        assert found.aside is not None
        kept = store.load(path, BASE)
        assert set(kept.answers) == {FIRST.id, SECOND.id}
        assert kept.notes == {FIRST.id: "une note"}
        assert writer.save(replace(writer.dossier, notes={FIRST.id: "une autre"})).aside is None, "told once"
        path.write_text(old, encoding="utf-8")
        assert writer.save(replace(writer.dossier, notes={})).aside is not None, "each time it does so"
        assert FIRST.id in store.load(path, BASE).answers


@pytest.mark.parametrize("text", ["titre: [", "- une liste\n", "titre: x\nreponses:\n  nimporte: quoi\n", "caf\xe9"])
def test_what_can_no_longer_be_read_is_set_aside_and_ours_written(path: Path, text: str) -> None:
    with no_lock(path, 1) as (writer,):
        writer.save(answered(writer.dossier, FIRST.id, 0))
        path.write_bytes(text.encode("latin-1"))
        found = writer.save(answered(writer.dossier, SECOND.id, 0))
    assert found.aside is not None
    assert found.aside.read_bytes() == text.encode("latin-1")
    assert set(store.load(path, BASE).answers) == {FIRST.id, SECOND.id}


def test_answers_that_cannot_go_together_never_make_a_dossier_that_does_not_open(path: Path) -> None:
    tried = 0
    for rule in BASE.logic.incoherences:
        pair = opposed(rule.never, path)
        if pair is None:
            continue
        path.write_text("titre: Essai\nreponses: {}\n", encoding="utf-8")
        with no_lock(path) as (one, two):
            one.save(replace(one.dossier, answers=dict([pair[0]])))
            found = two.save(replace(two.dossier, answers=dict([pair[1]])))
        assert found.aside is not None
        assert store.load(path, BASE).answers == dict([pair[1]])
        assert pair[0][0] in found.aside.read_text(encoding="utf-8")
        tried += 1
    assert tried


def opposed(never: object, path: Path) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Two answers that a rule of coherence keeps apart, each fine alone; None when it is about something else."""
    from conseil_dla.rules.model import Is  # noqa: PLC0415
    from conseil_dla.rules.truth import atoms  # noqa: PLC0415

    named = [(a.question, min(a.answers)) for a in atoms(never) if isinstance(a, Is)]  # type: ignore[arg-type]
    if len(named) != 2 or named[0][0] == named[1][0]:
        return None

    def reads(*answers: tuple[str, str]) -> bool:
        text = "titre: Essai\nreponses:\n" + "".join(f"  {id}: {answer}\n" for id, answer in answers)
        try:
            store.understand(text.encode(), str(path), BASE)
        except store.Unusable:
            return False
        return True

    alone = reads(named[0]) and reads(named[1])
    return (named[0], named[1]) if alone and not reads(*named) else None


def test_a_file_that_is_gone_is_written_again_whole(path: Path) -> None:
    path.write_text("# en-tête\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with no_lock(path, 1) as (writer,):
        path.unlink()
        writer.save(answered(writer.dossier, FIRST.id, 0))
    assert path.read_text(encoding="utf-8").startswith("# en-tête")
    assert store.load(path, BASE).answers


def test_a_file_that_changes_while_it_is_being_written_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with no_lock(path) as (one, two):
        synced = lock.os.fsync
        meanwhile = [lambda: two.save(answered(two.dossier, SECOND.id, 0))]

        def slow(handle: int) -> None:
            synced(handle)
            if meanwhile:
                meanwhile.pop()()

        monkeypatch.setattr("os.fsync", slow)
        one.save(answered(one.dossier, FIRST.id, 0))
    assert set(store.load(path, BASE).answers) == {FIRST.id, SECOND.id}
    assert len(list(path.parent.iterdir())) == 1, "nothing temporary is left"


def test_the_other_text_is_set_aside_before_anything_is_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with no_lock(path) as (one, two):
        one.save(answered(one.dossier, FIRST.id, 0))
        theirs = path.read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "disque plein")

        with monkeypatch.context() as patch:
            patch.setattr("conseil_dla.dossiers.copies.write_new", full)
            with pytest.raises(OSError, match="disque plein"):
                two.save(answered(two.dossier, FIRST.id, 1))
        assert path.read_bytes() == theirs
        assert two.save(answered(two.dossier, FIRST.id, 1)).aside is not None


def test_comments_and_former_spellings_of_the_other_stay(path: Path) -> None:
    with no_lock(path, 1) as (writer,):
        text = f"# de Marie\ntitre: Essai   # court\nreponses:\n  {FIRST.id}: {FIRST.answers[0]}   # au téléphone\n"
        path.write_text(text, encoding="utf-8")
        writer.save(answered(writer.dossier, SECOND.id, 0))
    assert path.read_text(encoding="utf-8").startswith(text)


def test_rows_added_on_both_sides_are_all_there(path: Path) -> None:
    with no_lock(path) as (one, two):
        one.save(replace(one.dossier, structures=(Structure("Les Sables", {COLUMN: 2}), *NAMELESS)))
        two.save(replace(two.dossier, structures=(Structure("Le Phare", {COLUMN: 3}),)))
        rows = store.load(path, BASE).structures
        assert {(row.name, row.cells[COLUMN]) for row in rows} == {("Les Sables", 2), ("", 1), ("", 7), ("Le Phare", 3)}
        two.save(replace(two.dossier, structures=(Structure("Le Phare", {COLUMN: 4}),)))
        assert len(store.load(path, BASE).structures) == 4
    assert not asides(path)


def test_a_writer_locks_and_lets_go(path: Path) -> None:
    with Writer.open(path, BASE) as writer:
        with pytest.raises(OpenElsewhere):
            Writer.open(path, BASE)
        assert store.load(path, BASE) == writer.dossier, "reading is never refused"
        put_on_disk(writer.dossier)
    path.write_text("titre: [", encoding="utf-8")
    with pytest.raises(store.Unusable):
        Writer.open(path, BASE)
    assert not marker_of(path).exists()


def test_the_newest_state_waits_until_it_is_on_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older ones are skipped, a refusal is told as a value, and nothing is adopted meanwhile."""

    def full(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOSPC, "full")

    with no_lock(path) as (one, two):
        assert one.write() is None
        one.waiting = answered(one.dossier, FIRST.id, 0)
        one.waiting = newest = answered(one.dossier, FIRST.id, 1)
        two.save(answered(two.dossier, SECOND.id, 0))
        with monkeypatch.context() as patch:
            patch.setattr("conseil_dla.dossiers.writer.write_atomically", full)
            found = one.write()
        assert found is not None
        assert isinstance(found.refused, OSError)
        assert (one.is_settled, one.waiting, one.adopted()) == (False, newest, None)
        found = one.write()
        assert found is not None
        assert (found.refused, found.joined, one.is_settled) == (None, True, True)
        assert one.adopted() == (newest, answered(newest, SECOND.id, 0))
        assert one.adopted() is None
    assert store.load(path, BASE).answers == answered(newest, SECOND.id, 0).answers


# --- properties ---

KEYS = ["titre", "demande", "avis", "note", "autre note", "rang", "cellule", FIRST.id, SECOND.id]


def put(dossier: Dossier, key: str, number: int) -> Dossier:
    """One thing changed; number 0 takes it back, where it can be."""
    text = f"texte-{number}" if number else ""
    match key:
        case "titre":
            return replace(dossier, title=text or "sans titre")
        case "demande":
            return replace(dossier, demand=text)
        case "avis":
            return replace(dossier, opinion=Opinion(FORMAT if number else "", "", text, ""))
        case "note" | "autre note":
            id = FIRST.id if key == "note" else SECOND.id
            notes = {**dossier.notes, id: text}
            return replace(dossier, notes={id: text for id, text in notes.items() if text})
        case "rang" | "cellule":
            name = "Rang" if key == "rang" else "Cellule"
            rows = [row for row in dossier.structures if row.name != name]
            return replace(dossier, structures=(*rows, *([Structure(name, {COLUMN: number})] if number else [])))
    kept = {id: value for id, value in dossier.answers.items() if id != key}
    question = BASE.logic.questions[key]
    answer = {key: question.answers[number % len(question.answers)]} if number else {}
    return replace(dossier, answers={**kept, **answer})


@contextmanager
def fresh() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield store.create(folder, "Essai")
    finally:
        shutil.rmtree(folder)


moves = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5), st.integers(0, 3)), max_size=14)


@given(st.permutations(KEYS), moves)
@settings(max_examples=30, deadline=None)
def test_two_writers_on_disjoint_keys_end_with_the_union(keys: list[str], moves: list[tuple[int, int, int]]) -> None:
    halves = (keys[:4], keys[4:])
    with fresh() as path, no_lock(path) as writers:
        wanted = store.load(path, BASE)
        seen = dict.fromkeys((0, 1), path.read_bytes())
        for who, key, number in moves:
            name = halves[who][key % len(halves[who])]
            there, before = path.read_bytes(), seen.get(who, b"")
            aside = writers[who].save(put(writers[who].dossier, name, number)).aside
            assert aside is None or (before.startswith(there) and aside.read_bytes() == before), "its end is gone"
            wanted, seen[who] = put(wanted, name, number), path.read_bytes()
        assert flat(store.load(path, BASE)) == flat(wanted)
        assert len(store.listing(path.parent)) == 1


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["titre", "demande", "note", "avis"])), max_size=12))
@settings(max_examples=30, deadline=None)
def test_two_writers_on_the_same_keys_lose_no_text(moves: list[tuple[int, str]]) -> None:
    """Every text that its own writer did not replace itself still stands in the file or beside it."""
    with fresh() as path, no_lock(path) as writers:
        standing: dict[tuple[int, str], str] = {}
        for number, (who, key) in enumerate(moves, 101):
            writers[who].save(put(writers[who].dossier, key, number))
            standing[who, key] = f"texte-{number}"
            text = everything(path)
            assert all(one in text for one in standing.values())
        assert len(store.listing(path.parent)) == 1


EVENTS = ["ours", "ours", "theirs", "empty", "cut", "cut at a line", "gone", "spoiled", "older", "full disk"]


def meanwhile(path: Path, event: str, key: str, text: str, chance: random.Random, past: list[bytes]) -> None:
    """Something that happens to the file while this window has it open."""
    now = path.read_bytes() if path.exists() else b""
    match event:
        case "theirs":
            with suppress(store.Unusable):
                put_on_disk(replace(said(store.load(path, BASE), key, text), path=str(path)))
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink(missing_ok=True)
        case "spoiled":
            path.write_bytes(now + b"\n  : [")
        case "older":
            path.write_bytes(chance.choice(past))
        case "cut":
            path.write_bytes(now[: chance.randint(0, len(now))].rstrip(b"\n"))
        case "cut at a line":
            lines = now.splitlines(keepends=True)
            path.write_bytes(b"".join(lines[: chance.randint(0, len(lines))]))


def said(dossier: Dossier, key: str, text: str) -> Dossier:
    return replace(dossier, notes={**dossier.notes, key: text})


def nothing_is_lost(seed: int, events: list[str]) -> None:
    """What stood in the file at one of our saves stands there still, or beside, or was replaced by who could read it.

    The others are one person, who may take back what is theirs by bringing an older file back, and whose unseen work
    another accident of theirs may destroy; who goes on with a damaged file has made it theirs.
    """
    chance = random.Random(seed)
    keys = [q.id for q in FREE[:4]]
    with fresh() as path, no_lock(path, 1) as (writer,), pytest.MonkeyPatch.context() as patch:
        past = [path.read_bytes()]
        seen: dict[str, str] = {}
        ours: set[str] = set()
        for number, event in enumerate([*events, "ours"]):
            key, text = chance.choice(keys), f"{event}-{number}."
            if event not in ("ours", "full disk"):
                before = notes_in(path)
                meanwhile(path, event, key, text, chance, past)
                if event == "theirs" and notes_in(path).get(key) == text:
                    left = {k: v for k, v in seen.items() if before.get(k) == v or (k not in before and v in ours)}
                    seen = {k: v for k, v in left.items() if k != key}
                if event == "older":
                    seen = {k: v for k, v in seen.items() if v in ours}
                continue
            if event == "full disk":
                with patch.context() as full:
                    full.setattr("os.fsync", refuse)
                    with suppress(OSError):
                        writer.save(said(writer.dossier, key, text))
                continue
            seen.pop(key, None)
            writer.save(said(writer.dossier, key, text))
            ours.add(text)
            assert notes_in(path)[key] == text
            assert all(kept in everything(path) for kept in seen.values()), (events, seen)
            seen |= notes_in(path)
            past.append(path.read_bytes())


def refuse(*_: object) -> None:
    raise OSError(28, "disque plein")


def notes_in(path: Path) -> dict[str, str]:
    with suppress(store.Unusable):
        return dict(store.load(path, BASE).notes)
    return {}


@given(st.integers(0, 10**6), st.lists(st.sampled_from(EVENTS), max_size=10))
@settings(max_examples=20, deadline=None)
def test_whatever_happens_to_the_file_nothing_that_was_seen_is_lost(seed: int, events: list[str]) -> None:
    nothing_is_lost(seed, events)


@pytest.mark.lent
@given(st.integers(0, 10**6), st.lists(st.sampled_from(EVENTS), max_size=30))
@settings(max_examples=150, deadline=None)
def test_whatever_happens_to_the_file_nothing_that_was_seen_is_lost_at_length(seed: int, events: list[str]) -> None:
    nothing_is_lost(seed, events)


@pytest.mark.parametrize("cut", ["", "titre: Titre de Marie\nnotes:\n  x: no", "titre: ["])
def test_what_another_wrote_stays_when_the_file_is_empty_or_cut_for_a_while(path: Path, cut: str) -> None:
    """It was announced as kept; the fall-back was one's own last state, without it."""
    text = f"titre: Titre de Marie\nreponses: {{}}\nnotes:\n  {FIRST.id}: note de Marie\n"
    with no_lock(path, 1) as (writer,):
        path.write_text(text, encoding="utf-8")
        assert writer.save(answered(writer.dossier, FIRST.id, 0)).joined
        path.write_text(cut, encoding="utf-8")
        found = writer.save(answered(writer.dossier, SECOND.id, 0))
    assert (found.aside is None) == (not cut)
    kept = store.load(path, BASE)
    assert (kept.title, kept.notes) == ("Titre de Marie", {FIRST.id: "note de Marie"})
    assert set(kept.answers) == {FIRST.id, SECOND.id}


@given(moves)
@settings(max_examples=30, deadline=None)
def test_alone_a_writer_writes_what_a_plain_save_would(moves: list[tuple[int, int, int]]) -> None:
    with fresh() as path, no_lock(path, 1) as (writer,), tempfile.TemporaryDirectory() as beside:
        plain = Path(beside) / path.name
        shutil.copy(path, plain)
        for who, key, number in moves:
            changed = put(writer.dossier, KEYS[(key + 4 * who) % len(KEYS)], number)
            writer.save(changed)
            put_on_disk(replace(changed, path=str(plain)))
            assert path.read_bytes() == plain.read_bytes()


def test_every_field_that_is_written_is_told_apart(path: Path) -> None:
    """A new field of a dossier that ``differing`` writes has to be known here too, or two writers would lose it."""
    whole = store.load(path, BASE)
    for key in KEYS:
        whole = put(whole, key, 1)
    whole = replace(whole, heard="entendu", profile="2026-03-01", declined=frozenset({FREE[2].id}))
    written: Flat = flat(whole)
    with no_lock(path) as (one, two):
        one.save(whole)
        two.save(replace(two.dossier, notes={FREE[3].id: "à part"}))
    kept = store.load(path, BASE)
    assert kept.declined == {FREE[2].id}
    assert flat(kept) == {**written, ("notes", FREE[3].id): "à part"}


def test_a_text_whose_comments_have_no_place_is_kept_beside_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise Unspliceable

    monkeypatch.setattr("conseil_dla.ground.yamltext.writing.splice", refuse)
    before = "titre: T\nperso: {a: 1, # vu\n  b: 2}\nreponses: {}\n"
    path.write_text(before, encoding="utf-8")
    with no_lock(path, 1) as (writer,):
        found = writer.save(answered(writer.dossier, FIRST.id, 0))
        assert found.aside is None
        assert found.former is not None
        assert found.former.read_text(encoding="utf-8") == before
        assert writer.save(answered(writer.dossier, FIRST.id, 1)).former is None, "told once: nothing more goes"
    path.write_text(before, encoding="utf-8")
    put_on_disk(answered(store.load(path, BASE), FIRST.id, 0))
    assert [one.read_text(encoding="utf-8") for one in asides(path)] == [before, before]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_line_ends_stay(path: Path, end: str) -> None:
    before = f"\ufefftitre: T # vu\n? perso\n: {{a: 1, # là\n  b: 2}}\nreponses:\n  {FIRST.id}: {FIRST.answers[0]}\n"
    path.write_bytes(before.replace("\n", end).encode())
    with no_lock(path, 1) as (writer,):
        writer.save(answered(writer.dossier, FIRST.id, 1))
    after = before.replace(FIRST.answers[0], FIRST.answers[1])
    assert path.read_bytes() == after.replace("\n", end).encode()
