"""Suggestions, answers as written, and how findings look on screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.words import did_you_mean, distance, nearest
from conseil_dla.ground.yamltext import Mapping, parse
from conseil_dla.rules.answertext import answer_value, former_names, whole_number
from conseil_dla.rules.model import Entry, Question
from conseil_dla.wording.diagnostic_text import render

KNOWN = ["tres_heterogenes", "homogenes", "date_commune", "oui", "non"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("tres_heterogene", "tres_heterogenes"), ("Très hétérogènes", "tres_heterogenes"),
        ("date-commune", "date_commune"), ("“homogenes”", "homogenes"), ("«\u00a0Date commune\u00a0»", "date_commune"),
        ("dtae_commune", "date_commune"), ("ouii", "oui"), ("chantier", None), ("", None), ("x" * 500, None),
    ],
)  # fmt: skip
def test_the_nearest_word_is_near_enough_or_nothing(word: str, meant: str | None) -> None:
    assert nearest(word, KNOWN) == meant


def test_wordings_are_recognised() -> None:
    assert nearest("Oui, clairement", ["dit"], {"dit": "Oui, clairement"}) == "dit"
    assert did_you_mean("zzz", ["a", "b"]) == "mots connus : a, b"
    assert did_you_mean("zzz", [f"mot_{i}" for i in range(20)]) == ""


def test_distance_counts_swaps_once_and_stops_at_its_limit() -> None:
    assert distance("abcd", "abdc", 3) == 1
    assert distance("abcd", "wxyz", 2) == 3
    assert distance("", "abc", 5) == 3


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("-3", -3), ("2147483647", 2**31 - 1), ("2147483648", None), ("07", None), ("-0", None), ("+1", None),
     ("1.0", None), ("1_000", None), ("12:30", None), ("٣", None), ("9" * 9000, None), ("", None), (" 4 ", 4)],
)  # fmt: skip
def test_whole_numbers(text: str, number: int | None) -> None:
    assert whole_number(text) == number


CHOICE = Question("q", "choix", ("un", "deux"))
TICKS = Question("q", "plusieurs", ("un", "deux"))
NUMBER = Question("q", "nombre", (), (0, 9))


@pytest.mark.parametrize(
    ("question", "text", "value", "code"),
    [
        (CHOICE, "un", "un", None), (CHOICE, "inconnu", None, None), (CHOICE, "vieux", "deux", None),
        (CHOICE, "trois", None, "DLA102"), (CHOICE, "sans_objet", None, "DLA102"), (CHOICE, "[un]", None, "DLA115"),
        (CHOICE, "yes", None, "DLA109"), (TICKS, "[]", frozenset(), None), (TICKS, "[un, un]", frozenset({"un"}), None),
        (TICKS, "un", None, "DLA115"), (TICKS, "inconnu", None, None), (TICKS, "[un, inconnu]", None, "DLA102"),
        (TICKS, "[[un]]", None, "DLA115"), (TICKS, "[vieux]", frozenset({"deux"}), None), (NUMBER, "7", 7, None),
        (NUMBER, "07", None, "DLA117"), (NUMBER, "10", None, "DLA132"), (NUMBER, "", None, "DLA102"),
        (NUMBER, "sans_objet", None, "DLA102"), (CHOICE, "", None, "DLA102"),
    ],
)  # fmt: skip
def test_answers_as_written(question: Question, text: str, value: object, code: str | None) -> None:
    node, _ = parse(f"q: {text}\n", "d.yaml")
    assert isinstance(node, Mapping)
    written = node.get("q")
    assert written is not None
    got, found = answer_value(question, written, former={"vieux": "deux"})
    assert got == value
    assert [one.code for one in found] == ([code] if code else [])


def test_former_names_lead_to_todays() -> None:
    texts = {"anciennement": "a\nb", "anciennement.un": "uno"}
    entries = [Entry("question", "q", "Q", Place("f"), texts), Entry("motif", "q", "M", Place("f"), texts)]
    assert former_names(entries) == ({"a": "q", "b": "q"}, {"q": {"uno": "un"}})


# --- the look of findings -------------------------------------------------------------------------------------------


def finding(excerpt: str, column: int, length: int, message: str = "un défaut", file: str = "f.yaml") -> Diagnostic:
    return Diagnostic("DLA999", Severity.ERROR, Place(file, 12, column, length, excerpt), message, "à faire ; vite")


def test_the_form_is_the_public_one() -> None:
    told = render([finding("      - niveaux: tres_heterogene", 18, 15)])
    assert told == (
        "f.yaml:12:18  un défaut  (DLA999)\n"
        "   12 |       - niveaux: tres_heterogene\n"
        "      |                  ^^^^^^^^^^^^^^^\n"
        "   aide\u00a0: à faire\u00a0; vite\n"
    )


def test_a_file_cannot_drive_the_terminal() -> None:
    told = render([finding("a:\t\x1b[31mrouge\u202e\u2028fin", 1, 1, "« \x1b]0;titre\x07 »", "\x1b[2J.yaml")])
    assert not any(character in told for character in "\x1b\x07\t\u202e\u2028")
    assert "→" in told
    assert told.count("\n") == 4


def test_wide_lines_are_cropped_around_the_caret() -> None:
    line = "x" * 300 + "ICI" + "y" * 300
    told = render([finding(line, 301, 3)]).split("\n")
    shown, carets = told[1], told[2]
    assert len(shown) <= 8 + 102
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "ICI"
    assert "…" in shown


def test_carets_stand_under_wide_and_combining_characters() -> None:
    told = render([finding("日本e\u0301: x", 6, 1)]).split("\n")
    assert told[2] == "      | " + " " * 6 + "^"


def test_paths_are_shortened_and_places_without_excerpt_are_bare(tmp_path: Path) -> None:
    place = Place(str(tmp_path / "rules" / "f.yaml"), 1, 1, 1, "x")
    told = render([Diagnostic("DLA999", Severity.WARNING, place, "m")], base_dir=tmp_path)
    assert told.startswith("rules/f.yaml:1:1  avertissement\u00a0: m  (DLA999)\n")
    assert render([Diagnostic("DLA999", Severity.INFORMATION, Place(""), "m")]) == "information\u00a0: m  (DLA999)\n"
    assert render([]) == ""


def test_a_comment_stuck_to_a_word_is_told_as_one() -> None:
    assert did_you_mean("oui# à revoir", ("oui", "non")) == "mettez un espace devant le # : « oui # à revoir »"
