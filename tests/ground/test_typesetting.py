"""What somebody typed is shown with the typography of the texts around it, and kept as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.ground.french import harmless, typeset
from conseil_dla.papers.blocks import plain
from conseil_dla.toolkit.typography import Block, Paragraphs, shortened
from conseil_dla.wording.plain_text import lines_text

PIECES = (
    "'", '"', "«", "»", " ", "\u00a0", "\n", ".", "...", "!", "?", ":", ";", ",", "(", ")", "[", "]", "-", "…",
    "/", "\\", "`", "@", "’", "“", "”", "a", "l", "é", "1", "12:30", "http://x.fr/a?b", "a.yaml", "x@y.fr",
)  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def assert_set(typed: str) -> None:
    typed = harmless(typed, keep_lines=True)
    once = typeset(typed)
    assert typeset(once) == once
    assert [char for char in once if char.isalnum()] == [char for char in typed if char.isalnum()]
    assert once.count("\n") == typed.count("\n")


@settings(max_examples=200)
@given(TYPED)
def test_twice_is_once_and_no_letter_and_no_digit_changes(typed: str) -> None:
    assert_set(typed)


@pytest.mark.lent
@settings(max_examples=5000)
@given(TYPED | st.text())
def test_twice_is_once_and_no_letter_and_no_digit_changes_at_length(typed: str) -> None:
    assert_set(typed)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("L'emploi \"à six\" : une idée de l'agglo...", "L’emploi «_à six_»_: une idée de l’agglo…"),
        ("Peut-être autre chose?", "Peut-être autre chose_?"),
        ("Oui! dit-elle;et alors ?!", "Oui_! dit-elle;et alors_?!"),
        ("note: «oui»(vraiment?)", "note_: «_oui_»(vraiment_?)"),
        ('« il dit "oui" »', "«_il dit “oui”_»"),
        ("à 12:30; www.exemple.fr/a?b: oui", "à 12:30_; www.exemple.fr/a?b_: oui"),
        ("écrire à l'a@exemple.fr ou ouvrir l'emploi.yaml", "écrire à l'a@exemple.fr ou ouvrir l'emploi.yaml"),
        ("C:\\l'un et dossiers/l'autre", "C:\\l'un et dossiers/l'autre"),
        ('`titre: "a"` est du code', '`titre: "a"` est du code'),
        ("5'30\"", "5'30\""),
        ("d'ici à l'\"été\"", "d’ici à l’«_été_»"),
    ],
)
def test_what_is_typed_is_shown_set(typed: str, shown: str) -> None:
    assert typeset(typed) == shown.replace("_", "\u00a0")


def test_the_three_doors_set_what_goes_through_them() -> None:
    typed, shown = 'L\'été: "oui"', "L’été\u00a0: «\u00a0oui\u00a0»"
    assert plain(typed) == shortened(typed, 40) == shown
    assert lines_text([typed]) == f"{shown}\n"
    assert Paragraphs(Block(typed)).lines(40)[0][0] == shown
    assert Paragraphs(Block(typed, as_typed=True)).lines(40)[0][0] == typed


def test_a_long_text_takes_a_time_that_grows_with_it_alone() -> None:
    """One that doubles at each character would not end."""
    for piece in ("a'", '"a" ', "!", '"a ', "a/", "`a", "« ", " :", ".a"):
        typeset(piece * 20000)
