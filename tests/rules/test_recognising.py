"""One value however it is written, and a text that is none never answers_of_table as one more."""

from __future__ import annotations

from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers.pasted import pasted
from conseil_dla.rules.counting import answers_of_table, recognised, shown
from conseil_dla.rules.tables import Structure
from conseil_dla.wording.pasted_text import unrecognised_lines
from shipped import shipped_reader

BASE = shipped_reader().base
LISTED = next(column for column in BASE.logic.columns.values() if column.listed)
SCALE = next(q.id for q in BASE.logic.questions.values() if q.tally and q.tally.distinct)
WRITTEN = {
    "01": ("01", "1", "Ain", "AIN", "l’Ain", "Ain (01)", "01 - Ain", "Ain (1)", "01000", "1000"),
    "29": ("29", "Finistère", "finistere", "le Finistère", "Finistère (29)", "29 Finistère", "29200", "29200 Brest"),
    "2A": ("2A", "2a", "Corse-du-Sud", "corse du sud", "20000", "20137", "20100 Sartène"),
    "2B": ("2B", "Haute Corse", "la Haute-Corse (2b)", "20200", "20600"),
    "974": ("974", "La Réunion", "reunion", "Réunion (la)", "97400", "la Réunion (974)"),
    "22": ("22", "Côtes d'Armor", "COTES-D’ARMOR"),
}
UNKNOWN = ("20", "Fougères", "Corse", "97", "97133", "97150", "29, 35", "29 / Finistère / 22", "Ain (29)", "29200 Ain",
           "98000", "D", "?", "", "0", "Bretagne", "99")  # fmt: skip


def test_each_way_to_write_it_means_one_value() -> None:
    assert len(LISTED.listed) == 101
    for code, texts in WRITTEN.items():
        assert {text: recognised(LISTED, text) for text in texts} == dict.fromkeys(texts, code)
        assert {shown(LISTED, text) for text in texts} == {f"{LISTED.listed[code]} ({code})"}
    assert {text: recognised(LISTED, text) for text in UNKNOWN} == dict.fromkeys(UNKNOWN)
    assert [shown(LISTED, text) for text in UNKNOWN] == list(UNKNOWN)


CELL = st.one_of(
    st.sampled_from(sorted(WRITTEN)).flatmap(lambda code: st.tuples(st.just(code), st.sampled_from(WRITTEN[code]))),
    st.tuples(st.none(), st.sampled_from(UNKNOWN)),
)


@given(st.lists(CELL, min_size=2, max_size=7))
@settings(max_examples=60, deadline=None)
def test_only_what_is_recognised_is_counted(cells: list[tuple[str | None, str]]) -> None:
    as_typed = [Structure(f"S{n}", {LISTED.id: text}) for n, (_, text) in enumerate(cells)]
    in_codes = [Structure(f"S{n}", {LISTED.id: code} if code else {}) for n, (code, _) in enumerate(cells)]
    assert answers_of_table(BASE.logic, as_typed, {}) == answers_of_table(BASE.logic, in_codes, {})
    told = unrecognised_lines(BASE, as_typed)
    assert len(told) == len({text for code, text in cells if code is None})


def test_a_pasted_list_says_what_is_not_recognised_and_what_is_left_to_count() -> None:
    table = pasted(BASE, f"Structure\t{BASE.title('colonne', LISTED.id)}\nA\t29\nB\tFinistère (29)\nC\t29200").rows
    rule = BASE.logic.questions[SCALE].tally
    assert rule is not None
    assert answers_of_table(BASE.logic, table, {})[SCALE] == cast("str", rule.shares[0][0])
    assert SCALE not in answers_of_table(BASE.logic, [*table, Structure("D", {LISTED.id: "Fougères"})], {})
    far = [Structure(code, {LISTED.id: code}) for code in ("1", "2", "3", "4")]
    assert (
        answers_of_table(BASE.logic, [*far, Structure("D", {LISTED.id: "Fougères"})], {})[SCALE] == rule.shares[-1][0]
    )
    assert unrecognised_lines(BASE, [Structure("D", {LISTED.id: "Fougères"})]) == (
        "«\u00a0Fougères\u00a0» n’est pas reconnu comme un département.",
    )
