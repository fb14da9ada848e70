"""Searching: what is shown comes before what is not, and one slip of the hand is forgiven."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.tui.searching import BY_DETAIL, NEAREST, NOTHING, matching
from conseil_dla.tui.widgets.rows import Row
from conseil_dla.words import distance, is_slip

ROWS = (
    Row("Premier", tone="header"),
    Row("Le rythme", "a"),
    Row("Autre", "b", also="le rythme de chacune"),
    Row("Second", tone="header"),
    Row("Rien", "c"),
    Row("Cœur de l’été, chargé·e", "d", detail="au rythme de tous"),
)


def keys(words: str) -> list[str]:
    return [row.key for row in matching(ROWS, words) if row.key]


def test_rows_that_show_the_words_come_before_those_that_hide_them_each_under_its_title() -> None:
    found = matching(ROWS, "rythme")
    assert [row.key or row.text for row in found] == ["Premier", "a", "Second", "d", f"Premier · {BY_DETAIL}", "b"]
    assert matching(ROWS, " ") == ROWS


def test_accents_case_apostrophes_ligatures_and_middle_dots_do_not_count() -> None:
    for words in ("COEUR", "cœur ete", "l’été", "L'ETE", "lete", "chargée", "charge"):
        assert keys(words) == ["d"], words


def test_a_slip_is_forgiven_in_a_long_word_only_and_only_where_nothing_is_written_so() -> None:
    for words in ("rytme", "rythmme", "ryhtme", "rithme", "rythmes"):
        found = matching(ROWS, words)
        assert found[0].text == NEAREST, words
        assert [row.key for row in found if row.key] == ["a", "d", "b"], words
    for words in ("rein", "xythxx", "rytme zzz"):
        assert [row.text for row in matching(ROWS, words)] == [NOTHING], words


@given(st.text("abc", min_size=1, max_size=6), st.text("abc", min_size=1, max_size=8))
def test_a_slip_is_one_edit_away_from_a_beginning_of_the_word(typed: str, word: str) -> None:
    beginnings = [word[:size] for size in range(len(word) + 1)]
    assert is_slip(typed, word) == any(distance(typed, begun, 1) <= 1 for begun in beginnings)
