"""What the table of structures answers: exactly what every way to fill its unknown cells answers alike."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from conseil_dla.rules.counting import answers_of_table, count, differing, known_answers
from conseil_dla.rules.model import AnyOf, Dossier, Is, Logic, Question, Value
from conseil_dla.rules.tables import WORDS, Cell, Column, Share, Structure, Tally

HOW_MANY = Question("combien", "nombre", (), (2, 5), tally=Tally())
ALL_SUCH = Question(
    "toutes_telles",
    "oui_non",
    ("oui", "non"),
    tally=Tally("forme", frozenset({"a"}), shares=(("oui", Share("toutes")), ("non", Share("pas_toutes")))),
)
MOST_PAY = Question(
    "payent",
    "choix",
    ("peu", "beaucoup"),
    tally=Tally("effectif", low=1, shares=(("peu", Share("moitie_au_plus")), ("beaucoup", Share("plus_de_la_moitie")))),
)
PLACES = Question(
    "lieux",
    "choix",
    ("un", "peu", "trop"),
    tally=Tally(
        "lieu",
        distinct=True,
        shares=(("un", Share(low=1, high=1)), ("peu", Share(low=2, high=3)), ("trop", Share(low=4))),
    ),
)
QUESTIONS = (HOW_MANY, ALL_SUCH, MOST_PAY, PLACES)
LOGIC = Logic(
    questions={q.id: q for q in QUESTIONS},
    rules=(),
    columns={
        "forme": Column("forme", "choix", ("a", "b")),
        "effectif": Column("effectif", "nombre"),
        "lieu": Column("lieu", "texte"),
    },
)
CELLS: dict[str, tuple[Cell, ...]] = {"forme": ("a", "b"), "effectif": (0, 2), "lieu": ("x", "y", "z", "t", "u")}
ROWS = st.lists(
    st.builds(
        Structure,
        st.just("S"),
        st.fixed_dictionaries({}, optional={id: st.sampled_from(cells) for id, cells in CELLS.items()}),
    ),
    min_size=1,
    max_size=4,
)


def by_hand(question: Question, column: str | None, rows: list[Structure], totals: range) -> Value | None:
    """The same by trying every content of every unknown cell, and of every missing row."""
    answers: set[Value | None] = set()
    for total in totals:
        whole = [*rows, *(Structure("") for _ in range(total - len(rows)))]
        cells = [CELLS[column] if column and column not in s.cells else (s.cells.get(column or "", ""),) for s in whole]
        for filled in product(*cells):
            answers.add(said(question, column, list(filled), total))
    return answers.pop() if len(answers) == 1 else None


def said(question: Question, column: str | None, cells: list[Cell], total: int) -> Value | None:
    """The definitions of the author's guide, written again without the code under test."""
    if question is HOW_MANY:
        return total if 2 <= total <= 5 else None
    if question is ALL_SUCH:
        return "oui" if all(cell == "a" for cell in cells) else "non"
    if question is MOST_PAY:
        paying = sum(1 for cell in cells if isinstance(cell, int) and cell >= 1)
        return None if paying == 0 else "peu" if paying <= total / 2 else "beaucoup"
    different = len(set(cells))
    return "un" if different == 1 else "peu" if different <= 3 else "trop"


@given(ROWS, st.integers(0, 2))
def test_an_answer_is_what_every_filling_gives(rows: list[Structure], more: int) -> None:
    for question, column in zip(QUESTIONS, (None, *CELLS), strict=True):
        total = len(rows) + more
        assert count(question, rows, range(more, more + 1)) == by_hand(question, column, rows, range(total, total + 1))


@given(ROWS)
def test_rows_that_may_be_missing_are_unknown_rows(rows: list[Structure]) -> None:
    found = answers_of_table(LOGIC, rows, {}, {"combien"})
    totals = range(max(2, len(rows)), 6)
    expected = {q.id: by_hand(q, c, rows, totals) for q, c in zip(QUESTIONS[1:], CELLS, strict=True)}
    assert found == {id: value for id, value in expected.items() if value is not None}


@given(ROWS, st.integers(2, 5))
def test_a_larger_number_given_by_hand_is_the_whole_group(rows: list[Structure], told: int) -> None:
    found = answers_of_table(LOGIC, rows, {"combien": told})
    total = max(told, len(rows))
    for question, column in zip(QUESTIONS[1:], CELLS, strict=True):
        assert found.get(question.id) == by_hand(question, column, rows, range(total, total + 1))


def test_named_shares_say_what_their_words_say() -> None:
    shown = {word: [n for n in range(5) if Share(word).holds(n, 4)] for word in WORDS}
    assert shown == {
        "aucune": [0],
        "au_moins_une": [1, 2, 3, 4],
        "moitie_au_plus": [1, 2],
        "plus_de_la_moitie": [3, 4],
        "certaines": [1, 2, 3],
        "pas_toutes": [0, 1, 2, 3],
        "toutes": [4],
    }


def test_what_is_answered_by_hand_wins_inconnu_included() -> None:
    rows = [Structure("A", {"forme": "a"}), Structure("B", {"forme": "a"})]
    assert answers_of_table(LOGIC, rows, {}) == {"combien": 2, "toutes_telles": "oui"}
    assert "toutes_telles" not in answers_of_table(LOGIC, rows, {"toutes_telles": "non"})
    assert "toutes_telles" not in answers_of_table(LOGIC, rows, {}, {"toutes_telles"})
    dossier = Dossier("", "", {"toutes_telles": "non"}, structures=tuple(rows))
    assert known_answers(LOGIC, dossier) == {"combien": 2, "toutes_telles": "non"}
    assert differing(LOGIC, rows, {"toutes_telles": "non", "combien": 2}) == {"toutes_telles": "oui"}
    assert differing(LOGIC, rows, {}, {"toutes_telles"}) == {"toutes_telles": "oui"}


def test_a_table_too_short_to_be_a_group_answers_only_what_any_group_would() -> None:
    assert answers_of_table(LOGIC, [Structure("A", {"forme": "a"})], {}) == {}
    assert answers_of_table(LOGIC, [Structure("A", {"forme": "b"})], {}) == {"toutes_telles": "non"}
    assert answers_of_table(LOGIC, [], {}) == {}


def test_a_question_that_does_not_apply_takes_no_answer_from_the_table() -> None:
    asked_if = AnyOf((Is("toutes_telles", frozenset({"non"})),))
    questions = {**LOGIC.questions, "lieux": Question("lieux", "choix", PLACES.answers, asked_if=asked_if,
                                                       tally=PLACES.tally)}  # fmt: skip
    logic = Logic(questions=questions, rules=(), columns=LOGIC.columns)
    row = Structure("A", {"forme": "a", "lieu": "x"})
    assert "lieux" not in answers_of_table(logic, [row, row], {})
    assert answers_of_table(logic, [row, row], {"toutes_telles": "non"})["lieux"] == "un"


def test_places_are_the_same_whatever_their_case_and_accents() -> None:
    rows = [Structure("A", {"lieu": "Finistère"}), Structure("B", {"lieu": "finistere"})]
    assert answers_of_table(LOGIC, rows, {})["lieux"] == "un"
