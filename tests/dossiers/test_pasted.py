"""A list pasted into the table of structures: what a spreadsheet copies is read whole, and nothing is guessed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.dossiers.pasted import Pasted, pasted, without_doubles
from conseil_dla.ground.words import fold
from conseil_dla.rules.tables import Cell, Column, Structure
from conseil_dla.wording.pasted_text import pasted_lines
from shipped import shipped_reader

BASE = shipped_reader().base
COLUMNS = BASE.logic.columns
TITLES = {id: BASE.title("colonne", id) for id in COLUMNS}
CHOICE = next(c for c in COLUMNS.values() if c.type == "choix")
NUMBER = next(c for c in COLUMNS.values() if c.type == "nombre")
LABELS = BASE.entry("colonne", CHOICE.id).labels

NAMES = st.text('aé"’ -\n;', min_size=1, max_size=9).map(lambda name: f"L {name} s".replace("\n", " "))


def cells_of(column: Column) -> st.SearchStrategy[Cell]:
    if column.type == "nombre":
        return st.integers(0, 400)
    return st.sampled_from(column.answers) if column.answers else st.sampled_from(["05", "Hautes-Alpes"])


ROWS = st.lists(
    st.builds(Structure, NAMES, st.fixed_dictionaries({}, optional={c.id: cells_of(c) for c in COLUMNS.values()})),
    min_size=1,
    max_size=6,
)


def copied(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if '"' in text or "\n" in text else text


def shown(column: str, cell: Cell | None) -> str:
    return "" if cell is None else BASE.entry("colonne", column).labels.get(str(cell), str(cell))


@given(ROWS, st.permutations(["", *COLUMNS]), st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=40)
def test_rows_copied_under_their_titles_come_back_whole(
    rows: list[Structure], order: list[str], end: str, has_other: bool
) -> None:
    more = ["Téléphone"] if has_other else []
    lines = [[TITLES.get(id, "Nom") for id in order] + more]
    for row in rows:
        lines.append([shown(id, row.cells.get(id)) if id else row.name for id in order] + ["0102"] * has_other)
    found = pasted(BASE, end.join("\t".join(map(copied, line)) for line in lines))
    assert found.rows == tuple(Structure(" ".join(row.name.split()), row.cells) for row in rows)
    assert (found.is_titled, found.unread, found.aside) == (True, (), tuple(more))


def test_a_plain_list_of_names_is_only_names() -> None:
    assert pasted(BASE, "  Les Sables \r\n\r\n\"Le Phare\n'Cie' ; 2\n") == Pasted(
        (Structure("Les Sables"), Structure('"Le Phare'), Structure("'Cie' ; 2"))
    )
    assert pasted(BASE, "Structure\nLe Phare") == Pasted((Structure("Le Phare"),), is_titled=True)
    assert pasted(BASE, " \n\t\n") == Pasted()


def test_without_titles_cells_count_only_where_every_one_is_read_in_the_order_of_the_table() -> None:
    label, id = LABELS[CHOICE.answers[1]], CHOICE.answers[1]
    assert next(iter(COLUMNS)) == CHOICE.id
    found = pasted(BASE, f"A\t{label.upper()}\nB\t\n")
    assert found.rows == (Structure("A", {CHOICE.id: id}), Structure("B"))
    assert not found.is_titled
    found = pasted(BASE, f"A\t{label}\nB\t06 00\n")
    assert found.rows == (Structure("A"), Structure("B"))
    assert found.aside == ("colonne B",)


def test_what_is_not_used_is_said_and_the_name_is_the_first_column_that_says_nothing_else() -> None:
    text = f"Qui\t{TITLES[NUMBER.id]}\tVille\t\nA\t3,0\tGap\tx\nB\tbeaucoup\t\t\nA\tinconnu\t\t\n"
    found = pasted(BASE, text)
    assert found.rows == (Structure("A", {NUMBER.id: 3}), Structure("B"), Structure("A"))
    told = " ".join(pasted_lines(BASE, found, [Structure("b")])).replace("\u00a0", " ")
    for part in ("3 structures, la première ligne lue comme titres", "« Ville » et « colonne D »", "« beaucoup »",
                 "Déjà dans le tableau, ou deux fois dans la liste : B et A"):  # fmt: skip
        assert part in told, told


def test_titles_that_say_nothing_known_are_left_out_on_demand() -> None:
    assert pasted(BASE, "Compagnies\tVille\nA\tGap", skips_first=True).rows == (Structure("A"),)
    assert len(pasted(BASE, "Compagnies\tVille\nA\tGap").rows) == 2


@given(ROWS, ROWS)
@settings(max_examples=30, deadline=None)
def test_a_name_is_in_the_table_once_unless_it_is_asked_for(rows: list[Structure], there: list[Structure]) -> None:
    added = without_doubles(rows, there)
    names = [fold(row.name) for row in added]
    assert len(set(names)) == len(names)
    assert not {*names} & {fold(row.name) for row in there}
    assert {fold(row.name) for row in (*there, *added)} == {fold(row.name) for row in (*there, *rows)}
