"""YAML text to nodes: texts stay texts, places are right, and nothing whatever makes reading raise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.ground.nodes import Mapping, Scalar, Sequence, plain_data, walk
from conseil_dla.ground.yamltext import decode, parse


def data(text: str) -> object:
    node, found = parse(text, "f.yaml")
    assert not found
    assert node is not None
    return plain_data(node)


def codes(text: str) -> list[tuple[str, int, int]]:
    _, found = parse(text, "f.yaml")
    return [(one.code, one.place.line, one.place.column) for one in found]


def test_every_scalar_is_a_text() -> None:
    text = "a: 07\nb: 12:30\nc: 1.0\nd: 2026-01-02\ne: oui\nf: ~\ng: 'x'\nh: >-\n  un\n  deux\ni:\n"
    assert data(text) == {
        "a": "07", "b": "12:30", "c": "1.0", "d": "2026-01-02", "e": "oui", "f": "~", "g": "x", "h": "un deux", "i": "",
    }  # fmt: skip


def test_places_count_lines_and_columns_from_one_in_characters() -> None:
    node, _ = parse("# é\n- clé: été 😀 fin\n  b: [x, yy]\n", "f.yaml")
    assert isinstance(node, Sequence)
    item = node.items[0]
    assert isinstance(item, Mapping)
    value, flow = item.get("clé"), item.get("b")
    assert isinstance(value, Scalar)
    assert isinstance(flow, Sequence)
    assert (value.place.line, value.place.column, value.place.length) == (2, 8, 9)
    assert value.place.excerpt == "- clé: été 😀 fin"
    assert [(one.place.line, one.place.column) for one in flow.items] == [(3, 7), (3, 10)]
    assert (flow.place.column, flow.place.length) == (6, 7)
    assert (item.place.line, item.place.column) == (2, 3)


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "\ufeff", "---\n"])
def test_an_empty_text_is_no_mistake(text: str) -> None:
    node, found = parse(text, "f.yaml")
    assert not found
    assert node is None or plain_data(node) == ""


def test_byte_order_mark_and_line_ends_are_accepted() -> None:
    text, found = decode("\ufeffa: 1\r\nb: été\r\n".encode(), "f.yaml")
    assert (text, found) == ("a: 1\r\nb: été\r\n", [])
    node, _ = parse(text or "", "f.yaml")
    assert isinstance(node, Mapping)
    assert node.get("b").place.excerpt == "b: été"  # type: ignore[union-attr]


def test_windows_1252_is_told_with_its_place() -> None:
    text, found = decode("a: 1\nb: l'été\n".encode("cp1252"), "f.yaml")
    assert text is None
    assert [(one.code, one.place.line, one.place.column) for one in found] == [("DLA001", 2, 6)]
    assert "UTF-8" in found[0].help


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", " \u00a0"])
@pytest.mark.parametrize(
    "before", ["titre: {}\n", "- {}\n", "parce_que:\n  {}\n", "a:\n  - b: x\n    c:\n      - {}\n", "- - {}\n"]
)
def test_french_colon_is_caught_in_every_form(before: str, space: str) -> None:
    _, found = parse(before.format(f"Vigilance{space}: effet"), "f.yaml")
    assert {one.code for one in found} == {"DLA007"}
    assert f'"Vigilance{space}: effet"' in found[0].help
    assert "espace" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        'titre: "Vigilance : effet"\n', "titre: 'Vigilance : effet'\n", "t: >-\n  Vigilance : effet\n",
        "t: |\n  a\n  Vigilance : effet\n", "- 'a : b'\n", "a: x:y\n", "a: à 12:30\n", "a: b # c : d\n",
        'a: {"b" : c}\n', "# Vigilance : effet\na: b\n",
    ],
)  # fmt: skip
def test_a_colon_that_does_no_harm_is_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("a: mot # note\n", False), ("a: mot  # note\n", False), ("a: Dossier #3\n", True),
        ("a: Le dossier #3\n", True),
        ("a: Un texte # suite\n", True), ("a: Un texte  # suite\n", True), ("a: 'Un texte' # note\n", False),
        ("a: >- # note\n  Un texte # gardé\n", False), ("a:\n  - Un texte # suite\n", True), ("a: x#y z\n", False),
        ("a: [b, c] # note\n", False), ("a:\n  Un texte\n  long # suite\n", True), ("a: # note\n  b: c\n", False),
    ],
)  # fmt: skip
def test_a_cut_text_is_warned_about_and_a_comment_is_not(text: str, warned: bool) -> None:
    _, found = parse(text, "f.yaml")
    assert [one.code for one in found] == (["DLA011"] if warned else [])
    assert all("#" in one.message and not one.is_error for one in found)


def test_other_items_survive_a_failure() -> None:
    text = "- a: 1\n  b: 'x\n- c: 2\n- d: V : e\n- e: 3\n"
    node, found = parse(text, "f.yaml")
    assert node is not None
    assert plain_data(node) == [{"c": "2"}, {"e": "3"}]
    assert [(one.code, one.place.line) for one in found] == [("DLA008", 2), ("DLA007", 4)]


def test_tabs_are_told_line_by_line_and_reading_goes_on() -> None:
    assert codes("a:\tb\nc: d\t\n\ta: 1\n") == [("DLA002", 1, 3), ("DLA002", 2, 5), ("DLA002", 3, 1)]


def test_the_first_of_two_keys_is_kept_and_both_are_shown() -> None:
    node, found = parse("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert node is not None
    assert plain_data(node) == {"a": "1", "b": "2"}
    assert found[0].also is not None
    assert (found[0].place.line, found[0].also.line) == (3, 1)


PIECES = st.sampled_from(
    ["- ", "a: ", "b: ", "\n", "  ", "    ", "'", '"', "[", "]", "{", "}", ",", " : ", "\u00a0: ", "#", " # x", "&a ",
     "*a", "!t ", "---\n", "...\n", ">-\n", "|\n", "? ", "%YAML 1.1\n", "\t", "\\", "é", "😀", "\r\n", "\x00", "\x85",
     "\u2028", "\ufeff", "mot", "oui", "07", "@", "`", "<<: ", "\ud800", ":", "-", "\x1b[31m"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=80)))
def test_reading_never_raises_and_places_hold(text: str) -> None:
    node, found = parse(text, "f.yaml")
    lines = max(1, len(text.splitlines()) + 1)
    for one in found:
        assert 1 <= one.place.line <= lines
        assert one.place.column >= 1
        assert one.place.length >= 1
    for inner in walk(node) if node is not None else ():
        assert inner.place.line <= lines
        assert inner.end >= (1, 1)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60))
def test_decoding_never_raises(raw: bytes) -> None:
    text, found = decode(raw, "f.yaml")
    assert (text is None) == bool(found)
    if text is not None:
        parse(text, "f.yaml")


def test_deep_nesting_is_refused_not_suffered() -> None:
    for text in (
        "[" * 100_000,
        "- " * 5_000 + "x",
        "{a: " * 5_000,
        "a:\n" * 3 + "".join(" " * i + "a:\n" for i in range(200)),
    ):
        _, found = parse(text, "f.yaml")
        assert found


@pytest.mark.parametrize(
    ("data", "told", "mend"),
    [
        (b"%PDF-1.7", "un PDF", ".yaml"),
        (b"PK\x03\x04 a.yaml", "une archive", ".yaml"),
        (b"PK\x03\x04 xl/workbook.xml", "un classeur", "conseil-dla lot"),
        (b"PK\x03\x04 mimetype application/vnd.oasis.opendocument.spreadsheet", "un classeur", "conseil-dla lot"),
        (b"PK\x03\x04 word/document.xml", "un document de traitement de texte", "texte brut"),
        (b"\x89PNG\r\n", "une image", ".yaml"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<style>body { color: red; }</style>", "une page web", "navigateur"),
        (b"<html lang=fr><title>a : b</title>", "une page web", "navigateur"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(data: bytes, told: str, mend: str) -> None:
    text, (found,) = decode(data, "a.yaml")
    assert text is None
    assert told in found.message
    assert mend in found.help


LISTS = """\
- regle: a
  alors:
    - pour: x
      force: nette
    - pour: y
      force: douce
- regle: b
  alors:
    - pour: z
      force: nette
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line", "told"),
    [
        ("- regle: b", "  regle: b", 7, "il manque un tiret devant « regle »"),
        ("- regle: b", "regle: b", 7, "il manque un tiret devant « regle »"),
        ("    - pour: x", "    pour: x", 3, "il manque un tiret devant « pour »"),
        ("    - pour: y", "    pour: y", 5, "il manque un tiret devant « pour »"),
        ("    - pour: y", "      pour: y", 5, "il manque un tiret devant « pour »"),
        ("    - pour: z", "    pour: z", 9, "il manque un tiret devant « pour »"),
        *(
            (
                f"{pad}- {key}",
                f"{pad}{sign}{key}",
                line,
                "il manque un espace" if sign == "-" else f"le signe {sign[0]}",
            )
            for pad, key, line in (("", "regle: b", 7), ("    ", "pour: x", 3), ("    ", "pour: y", 5))
            for sign in ("-", "– ", "— ", "• ", "–")
        ),
    ],
)
def test_a_dash_that_is_missing_or_odd_is_told_where_it_goes_and_obeying_mends(
    right: str, wrong: str, line: int, told: str
) -> None:
    bad = LISTS.replace(right + "\n", wrong + "\n")
    assert bad != LISTS
    _, found = parse(bad, "f.yaml")
    (one,) = found
    assert one.place.line == line
    assert told in one.message
    (mended,) = re.findall("« (- .*?) »", one.help)
    pad = right[: len(right) - len(right.lstrip())]
    lines = bad.splitlines()
    lines[line - 1] = pad + mended
    assert "\n".join(lines) + "\n" == LISTS


def test_a_line_that_announces_a_version_is_to_be_removed() -> None:
    (one,) = parse("%YAML 1.2\n---\na: b\n", "f.yaml")[1]
    assert (one.code, one.place.line, one.help) == ("DLA004", 1, "supprimez-la")
