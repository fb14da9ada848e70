"""Editing changes one value; comments, order, quotes and everything else stay."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.ground.characters import NO_CHARACTER
from conseil_dla.ground.nodes import plain_data
from conseil_dla.ground.yamltext import dump, edit, parse

TEXT = """\
# en-tête
version: 1
titre: "Un titre : entre guillemets"  # ce titre
demande_dans_leurs_mots: sur plusieurs lignes
  sans guillemets

reponses:
  a: x   # sur a
  # au-dessus de b
  b: [u, v]
  c:
  - u # sur u
  # sur v
  - v

# fin des réponses
notes:
  a: >-
    plié
    ici

journal: {}
"""


def data(text: str) -> object:
    node, found = parse(text, "")
    assert not [one for one in found if one.is_error], found
    return {} if node is None else plain_data(node)


def test_one_line_changes_and_no_other() -> None:
    after = edit(TEXT, {("reponses", "a"): "z"})
    assert after == TEXT.replace("a: x   # sur a", "a: z   # sur a")


def test_removing_a_key_leaves_the_comment_of_the_next() -> None:
    assert edit(TEXT, {("reponses", "a"): None}) == TEXT.replace("  a: x   # sur a\n", "")
    assert edit(TEXT, {("reponses", "absente"): None, ("rien", "du", "tout"): None}) == TEXT


def test_adding_goes_after_the_last_sibling_and_before_the_next_comment() -> None:
    assert edit(TEXT, {("reponses", "d"): "n"}) == TEXT.replace("  - v\n", "  - v\n  d: n\n")


BRACES = """\
# tout en haut
---
# sous le trait
titre: "Essai"   # un titre
reponses: {a: x, b: [u, v],  # deux
  c: ""}  # au téléphone
notes: {}   # rien
lignes:
- {nom: A, n: 1}  # la première
- nom: B
# en bas
...
"""


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("reponses", "a"), "z", "{a: x,", "{a: z,"),
        (("reponses", "a"), None, "{a: x, b", "{b"),
        (("reponses", "b"), None, "b: [u, v],  #", "#"),
        (("reponses", "c"), None, 'c: ""}', "}"),
        (("reponses", "d"), {"v", "w, y"}, 'c: ""}', 'c: "", d: [v, "w, y"]}'),
        (("reponses", "c"), "a: b", 'c: ""', 'c: "a: b"'),
        (("lignes", 0, "n"), 2, "n: 1", "n: 2"),
        (("lignes", 0, "nom"), None, "{nom: A, n", "{n"),
        (("lignes", 0, "n"), None, "{nom: A, n: 1}", "{nom: A}"),
        (("notes", "a"), "dit", "notes: {}   # rien\n", "notes:   # rien\n  a: dit\n"),
    ],
)
def test_between_braces_one_entry_changes_and_all_comments_stay(
    path: tuple[str | int, ...], value: object, before: str, after: str
) -> None:
    assert BRACES.count(before) == 1
    assert edit(BRACES, {path: value}) == BRACES.replace(before, after)


def test_missing_mappings_are_created() -> None:
    assert data(edit(TEXT, {("profil", "x", "y"): 3}))["profil"] == {"x": {"y": "3"}}  # type: ignore[index]
    assert edit("", {("a", "b"): "c"}) == "a:\n  b: c\n"
    assert edit("# seul\na:\n", {("a", "b"): "c"}) == "# seul\na:\n  b: c\n"
    assert edit("journal: {}\n", {("journal", "b"): "c"}) == "journal:\n  b: c\n"


def test_ticks_are_a_block_list() -> None:
    assert "  b:\n    - u\n    - w\n" in edit(TEXT, {("reponses", "b"): frozenset({"w", "u"})})
    assert "  b: []\n" in edit(TEXT, {("reponses", "b"): frozenset()})
    assert "  b:\n    - w\n    - u\n" in edit(TEXT, {("reponses", "b"): ["w", "u"]})


def test_kept_items_keep_their_comments() -> None:
    text = "a:\n  - u # sur u\n  # sur v\n  - v\n"
    assert edit(text, {("a",): ["v", "w"]}) == "a:\n  # sur v\n  - v\n  - w\n"


def test_lines_of_text_become_a_block() -> None:
    assert "  a: |-\n    un : deux\n\n    trois # quatre\n" in edit(
        TEXT, {("notes", "a"): "un : deux\n\ntrois # quatre"}
    )


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_are_kept(end: str) -> None:
    text = TEXT.replace("\n", end)
    after = edit(text, {("reponses", "a"): "z", ("notes", "b"): "un\ndeux"})
    assert after.count("\n") == after.count(end)
    assert edit(text, {("reponses", "a"): "x"}) == text


def test_braces_are_followed_too() -> None:
    text = "# c\nr: {a: 07, c: oui}  # d\nx: 12:30\ny: 'q'\n"
    after = edit(text, {("r", "b"): "no"})
    assert data(after) == {"r": {"a": "07", "c": "oui", "b": "no"}, "x": "12:30", "y": "q"}
    assert "# c\n" in after
    assert "# d\n" in after
    assert "'q'" in after


@pytest.mark.parametrize("text", ["- a\n", "a: [\n", "a: b: c\n", "a\n"])
def test_what_is_no_mapping_cannot_be_edited(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        edit(text, {("a",): "b"})
    with pytest.raises(ValueError, match="no mapping under"):
        edit("a: b\n", {("a", "c"): "d"})


def test_ruamel_is_not_imported_for_an_ordinary_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    edit(TEXT, {("reponses", "a"): "z", ("notes", "b"): "x"})


KEYS = st.sampled_from(["a", "b", "c", "titre", "nouvelle", "oui", "été"])
TEXTS = st.text(
    st.one_of(
        st.sampled_from(list("ab :#-'\"\n[]{},&*!%@`|>\\é\u00a0\t\u2028\x85😀07~")), st.characters(codec="utf-8")
    ),
    max_size=20,
).filter(lambda text: not NO_CHARACTER.search(text))


@settings(max_examples=250, deadline=None)
@given(KEYS, TEXTS)
def test_any_text_is_read_back_as_written(key: str, value: str) -> None:
    for path in (("reponses", key), (key,), ("notes", key)):
        try:
            before = data(TEXT)
            after = data(edit(TEXT, {path: value}))
        except ValueError:
            assert len(path) > 1
            continue
        assert isinstance(before, dict)
        target = before
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
        assert after == before
    assert data(dump({key: value, "liste": [value, {"x": value}], "vide": {}})) == {
        key: value, "liste": [value, {"x": value}], "vide": {},
    }  # fmt: skip


def test_a_new_file_is_written_as_an_author_would() -> None:
    assert dump({"version": 1, "titre": "L’été : à voir", "reponses": {"a": frozenset({"c", "b"}), "n": "07"}}) == (
        'version: 1\ntitre: "L’été : à voir"\nreponses:\n  a:\n    - b\n    - c\n  n: "07"\n'
    )
    with pytest.raises(TypeError):
        dump({"a": True})
