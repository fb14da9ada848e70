"""Searching: what is shown comes before what is not, and one slip of the hand is forgiven."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.ground.words import distance, is_slip
from conseil_dla.toolkit.picker import BY_DETAIL, INSIDE, NEAREST, NOTHING, best, folded, matching
from conseil_dla.toolkit.rows import Row

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


def test_beginnings_of_words_come_before_their_insides_whatever_the_accents() -> None:
    forms = (Row("Association", "a"), Row("Société ou coopérative", "s"), Row("À l’occasion d’une Sociale", "o"))
    for words, wanted in (
        ("soc", "soa"),
        ("SOC", "soa"),
        ("soc coop", "s"),
        ("occ", "o"),
        ("cia", "ao"),
        ("ation", "a"),
    ):
        found = matching(forms, words)
        assert "".join(row.key or "" for row in found) == wanted, words
        assert best(found, words) == wanted[0]
    titled = (Row("Un", tone="header"), forms[0], Row("Deux", tone="header"), forms[1])
    told = [row.key or row.text for row in matching(titled, "soc")]
    assert told == ["Deux", "s", f"Un · {INSIDE}", "a"]


ROW_TEXTS = st.lists(st.text("abé’ -", min_size=1, max_size=8), max_size=6)


@given(ROW_TEXTS, st.text("abé ", max_size=4))
def test_every_row_that_holds_the_words_is_found_once_and_the_best_begins_with_them(
    texts: list[str], words: str
) -> None:
    rows = tuple(Row(text, str(number)) for number, text in enumerate(texts))
    found = [row for row in matching(rows, words) if row.key is not None]
    assert len({row.key for row in found}) == len(found)
    sought = folded(words).split()
    held = [row for row in rows if row.text.strip() and all(word in folded(row.text) for word in sought)]
    if held and sought:
        assert sorted(held, key=lambda row: row.key or "") == sorted(found, key=lambda row: row.key or "")
        assert best(tuple(found), words) == found[0].key


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
