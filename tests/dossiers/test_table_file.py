"""A table of dossiers is read as the lines of a .jsonl would be, whoever wrote it, or refused whole in French."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import tracemalloc
import warnings
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import GOOD, write_folder
from conseil_dla.batch.objects import read_object
from conseil_dla.batch.table_file import read_table
from conseil_dla.dossiers import table_xlsx
from conseil_dla.dossiers.table_cells import GUIDE, letters
from conseil_dla.dossiers.table_mistakes import NO_RESULT, likeliest
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.files import packaged_rules
from conseil_dla.papers.documents.sheets import Sheet, written
from conseil_dla.rules.loading import load as load_rules
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render

TESTS = Path(__file__).resolve().parents[1]
BAD = sorted(path for path in (TESTS / "bad_tables").iterdir() if path.suffix in (".csv", ".xlsx"))
TICKED = ("emploi", "lieux", "gestion")
Table = list[list[object]]
SHEET, STRINGS, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = b"<!DOCTYPE a [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (n, b"&%c;" % (n - 1) * 10) for n in range(ord("b"), ord("k"))
)
"""Entities that stand for a thousand million others."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """The good miniature, with a former name of a question and of an answer, and a wording that holds a semicolon."""
    questions = GOOD["knowledge/questions.yaml"]
    questions = questions.replace("  ordinaires: [a_demi", "  anciennement: [desir]\n  ordinaires: [a_demi")
    questions = questions.replace("lieux: Les lieux", "lieux: Les lieux ; les salles")
    loaded = load_rules(
        write_folder(tmp_path_factory.mktemp("regles"), {**GOOD, "knowledge/questions.yaml": questions})
    )
    assert loaded.base is not None, render(loaded.diagnostics)
    return loaded.base


def as_csv(path: Path, table: Table, separator: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> Path:
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    path.write_bytes(file.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, table: Table) -> Path:
    book = openpyxl.Workbook()
    for number, row in enumerate(table, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                cell = book.active.cell(number, column, value)
                if isinstance(value, str) and not value.startswith("=1"):
                    cell.data_type = "s"
    book.save(path)
    return path


def rewrite(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """One part of a workbook changed, the others kept."""
    with ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts[name])
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)


def with_strings(path: Path) -> Path:
    """The same workbook with its texts in a table, as spreadsheets write it and openpyxl does not."""
    with ZipFile(path) as archive:
        xml = archive.read(SHEET).decode()
    texts = re.findall(r"<is>(.*?)</is>", xml, re.DOTALL)
    number = iter(range(len(texts)))
    xml = re.sub(r't="inlineStr"><is>.*?</is>', lambda _: f't="s"><v>{next(number)}</v>', xml, flags=re.DOTALL)
    table = "".join(f"<si>{text}</si>" for text in texts)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    with ZipFile(path, "a") as archive:
        archive.writestr(STRINGS, f'<sst xmlns="{MAIN.decode()}">{table}</sst>')
    link = f'<Relationship Id="t" Type="{kind}" Target="/{STRINGS}"/></Relationships>'.encode()
    rewrite(path, "xl/_rels/workbook.xml.rels", lambda found: found.replace(b"</Relationships>", link))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'.encode()
    rewrite(path, TYPES, lambda found: found.replace(b"</Types>", named))
    rewrite(path, SHEET, lambda _: xml.encode())
    return path


def objects(path: Path, base: Base) -> list[object]:
    return [made for _, made in read_table(path, base)]


def one(path: Path, base: Base, table: Table) -> dict[str, object]:
    """The answers of the only dossier of a table, the same from both kinds of file."""
    (first,), (second,) = (objects(as_csv(path / "t.csv", table), base), objects(as_xlsx(path / "t.xlsx", table), base))
    assert first == second
    return first["reponses"]  # type: ignore[index,no-any-return]


# --- what is published in docs/lot.md ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["envie", "ENVIE", "desir", "Une envie commune", "une envie commune ",
     "Les structures ont-elles dit ce qu’elles voudraient ensemble ?",
     "les structures ont elles dit ce qu'elles voudraient ensemble?"],
)  # fmt: skip
def test_a_column_has_the_id_or_a_wording_of_its_question(name: str, tmp_path: Path, base: Base) -> None:
    assert one(tmp_path, base, [["titre", name], ["a", "clairement"]]) == {"envie": "clairement"}


@pytest.mark.parametrize(
    ("column", "cell", "answer"),
    [
        ("envie", "a_demi_mot", "a_demi_mot"),
        ("envie", "À demi-mot", "a_demi_mot"),
        ("envie", " à\u00a0DEMI mot ", "a_demi_mot"),
        ("envie", "inconnu", "inconnu"),
        ("envie", "Ne sait pas encore", "inconnu"),
        ("envie", "je ne sais pas encore", "inconnu"),
        ("envie", "sans objet", "sans_objet"),
        ("envie", "jamais", "jamais"),
        ("commande", "Oui", "oui"),
        ("commande", "yes", "yes"),
        ("combien", "12", 12),
        ("combien", "12,0", 12),
        ("combien", "12.00", 12),
        ("combien", "12,5", "12,5"),
        ("combien", "012", "012"),
        ("combien", "une douzaine", "une douzaine"),
        ("sujets", "emploi", ["emploi"]),
        ("sujets", "L'emploi ; la gestion", ["emploi", "gestion"]),
        ("sujets", "Les lieux ; les salles", ["lieux"]),
        ("sujets", "gestion;les lieux ;les salles; emploi;", ["gestion", "lieux", "emploi"]),
        ("sujets", "aucune", []),
        ("sujets", "Aucune de ces réponses", []),
        ("sujets", "[]", []),
        ("sujets", "inconnu", "inconnu"),
        ("sujets", "emploi ; inconnu", ["emploi", "inconnu"]),
        ("sujets", "emploi ; la lune", ["emploi", "la lune"]),
        ("sujets", ";", [";"]),
    ],
)
def test_a_cell_is_an_answer_or_its_own_text(
    column: str, cell: str, answer: object, tmp_path: Path, base: Base
) -> None:
    assert one(tmp_path, base, [["titre", column], ["a", cell]]) == {column: answer}


def test_a_cell_of_many_parts_is_read_at_once(tmp_path: Path, base: Base) -> None:
    assert one(tmp_path, base, [["titre", "sujets"], ["a", "a;" * 10_000]]) == {"sujets": ["a"] * 10_000}


def test_rows_keep_their_numbers_and_empty_ones_go(tmp_path: Path, base: Base) -> None:
    table: Table = [["titre", "envie", "#vu"], ["un\ndeux", "clairement", "x"], [], ["", "", "y"], ["trois", "", ""]]
    for path in (as_csv(tmp_path / "t.csv", table), as_xlsx(tmp_path / "t.xlsx", table)):
        assert list(read_table(path, base)) == [
            (2, {"titre": "un\ndeux", "reponses": {"envie": "clairement"}}),
            (5, {"titre": "trois", "reponses": {}}),
        ]


def test_what_has_no_column_is_not_lost(tmp_path: Path, base: Base) -> None:
    table: Table = [["titre", "", "envie"], ["a", "perdu", "clairement", "", "aussi"]]
    assert one(tmp_path, base, table) == {
        "envie": "clairement", "colonne B sans nom": "perdu", "colonne E sans nom": "aussi",
    }  # fmt: skip


def test_the_separator_is_the_one_by_which_names_are_known(tmp_path: Path, base: Base) -> None:
    path = tmp_path / "t.csv"
    path.write_text("titre;#vu, lu, relu, classé;envie\na;b;clairement\n", encoding="utf-8")
    assert objects(path, base) == [{"titre": "a", "reponses": {"envie": "clairement"}}]


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    for index in (0, 25, 26, 51, 52, 701, 702, 16_383):
        assert letters(index) == openpyxl.utils.get_column_letter(index + 1)


def test_an_apostrophe_that_we_put_is_taken_off(tmp_path: Path, base: Base) -> None:
    titles = ["=1+1", "-2, +3", "@tous", "'entre guillemets'", "＝1", "l’an 1"]
    data = written((Sheet("t", ("titre", "envie"), tuple((title, "clairement") for title in titles)),), ".csv")
    path = tmp_path / "t.csv"
    path.write_bytes(data.split(b"\r\n", 1)[1])
    assert [made["titre"] for made in objects(path, base)] == titles  # type: ignore[index]


def test_numbers_dates_and_formulas_of_a_workbook(tmp_path: Path, base: Base) -> None:
    path = tmp_path / "t.xlsx"
    values = [3.0, 3.5, 1e3, date(2026, 2, 3), datetime(2026, 2, 3, 14, 30), True, "=1+1", "#N/A"]
    as_xlsx(path, [["titre", "combien"], *([f"{n}", value] for n, value in enumerate(values))])
    found = [made["reponses"]["combien"] for made in objects(path, base)]  # type: ignore[index]
    assert found == [3, "3.5", 1000, "03/02/2026", "03/02/2026 14:30", "vrai", NO_RESULT, "#N/A"]


def test_a_formula_gives_its_last_result(tmp_path: Path, base: Base) -> None:
    path = as_xlsx(tmp_path / "t.xlsx", [["titre", "combien", "envie"], ["a", "=1+1", "=1"]])
    sheet = b'<c r="B2"><f>1+1</f><v>7</v></c><c r="C2" t="str"><f>""</f><v></v></c>'
    rewrite(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'<c r="B2".*</row>', sheet + b"</row>", xml))
    assert objects(path, base) == [{"titre": "a", "reponses": {"combien": 7}}]


def test_a_formula_is_told_in_its_own_row_and_column(tmp_path: Path, base: Base) -> None:
    path = as_xlsx(
        tmp_path / "t.xlsx",
        [["titre", "combien", "envie"], ["a", 1], [], ["b", "=1+1"], ["c", "=1", "=1"], ["d", "", "=1"]],
    )
    worked = b'<c r="B5"><f t="shared" ref="B5:C5" si="0">1</f><v>4</v></c><c r="C5"><f t="shared" si="0"/></c>'
    rewrite(path, SHEET, lambda xml: re.sub(rb'<c r="B5".*?</c><c r="C5".*?</c>', worked, xml))
    assert [(n, made["reponses"]) for n, made in read_table(path, base)] == [
        (2, {"combien": 1}),
        (4, {"combien": NO_RESULT}),
        (5, {"combien": 4, "envie": NO_RESULT}),
        (6, {"envie": NO_RESULT}),
    ]


def test_a_cell_that_is_refused_is_shown_with_its_question(tmp_path: Path, base: Base) -> None:
    """It alone, and never the object that the row was made into."""
    path = as_xlsx(tmp_path / "t.xlsx", [["titre", "combien", "envie"], ["a", "douze", "clerement"]])
    ((line, made),) = read_table(path, base)
    found = read_object(made, str(path), line, base)[1]
    shown = [(one.place.excerpt, one.place.excerpt[one.place.column - 1 :][: one.place.length]) for one in found]
    assert shown == [("combien : douze", "douze"), ("envie : clerement", "clerement")]


def test_the_first_visible_sheet_is_read(tmp_path: Path, base: Base) -> None:
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    page = book.create_sheet("Réponses")
    page.append(["titre", "envie"])
    page.append(["a", "clairement"])
    book.create_sheet("Après").append(["rien"])
    book.save(tmp_path / "t.xlsx")
    assert objects(tmp_path / "t.xlsx", base) == [{"titre": "a", "reponses": {"envie": "clairement"}}]


# --- what is read all the same, and said ---------------------------------------------------------------------------


def remarked(path: Path, base: Base) -> tuple[list[object], str]:
    """The dossiers of a table, and what is said of it."""
    remarks: list[Diagnostic] = []
    made = [made for _, made in read_table(path, base, remarks.append)]
    assert not any(remark.is_error for remark in remarks)
    return made, render(remarks, base_dir=path.parent)


ROWS: Table = [["titre", "envie", "combien", "#vu"], *([f"d{n}", "", n, ""] for n in range(1, 6))]


def merging(path: Path, cells: dict[str, object], *ranges: str) -> Path:
    as_xlsx(path, ROWS)
    book = openpyxl.load_workbook(path)
    for where, value in cells.items():
        book.active[where] = value
    for each in ranges:
        book.active.merge_cells(each)
    book.save(path)
    return path


def test_a_merged_cell_answers_for_every_row_that_it_covers_and_it_is_said(tmp_path: Path, base: Base) -> None:
    path = merging(tmp_path / "t.xlsx", {"B2": "clairement", "D2": "x"}, "B2:B4", "D2:D5")
    made, said = remarked(path, base)
    answers = [each["reponses"] for each in made]  # type: ignore[index]
    assert answers == [{"combien": n} | ({"envie": "clairement"} if n < 4 else {}) for n in range(1, 6)]
    assert "(B2:B4)" in said
    assert "DLA335" in said
    assert "D2:D5" not in said


def test_a_cell_merged_across_questions_answers_none_of_them(tmp_path: Path, base: Base) -> None:
    path = merging(tmp_path / "t.xlsx", {"B3": "clairement", "C3": ""}, "B3:C3", "A5:C5")
    answers = [each["reponses"] for each in remarked(path, base)[0]]  # type: ignore[index]
    assert answers[0] == {"combien": 1}
    assert "B3:C3" in answers[1]["envie"]
    assert answers[1]["envie"] == answers[1]["combien"]
    assert answers[3] == {}


def test_merged_cells_without_a_value_or_in_the_first_row_say_nothing(tmp_path: Path, base: Base) -> None:
    path = merging(tmp_path / "t.xlsx", {}, "B2:B4", "C1:D1")
    assert remarked(path, base)[1] == ""


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path, base: Base) -> None:
    path = merging(tmp_path / "t.xlsx", {})
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = book.active.row_dimensions[5].hidden = True
    book.active.column_dimensions["C"].hidden = book.active.column_dimensions["D"].hidden = True
    book.create_sheet("Vide")
    book.create_sheet("Suite")["A1"] = "titre"
    book.create_sheet(GUIDE)["A1"] = "ce que l’on peut répondre"
    book.save(path)
    made, said = remarked(path, base)
    assert len(made) == 5
    assert "2 lignes (3, 5) et 1 colonne (C)" in said
    assert "« Suite »".replace(" ", "\u00a0") in said
    assert "Vide" not in said
    assert GUIDE not in said


REMARKED = sorted(each for each in (TESTS / "bad_tables" / "remarques").iterdir() if each.suffix != ".txt")


@pytest.mark.parametrize("path", REMARKED, ids=lambda path: path.stem)
def test_what_is_remarked_is_told_as_written(path: Path, base: Base) -> None:
    _, said = remarked(path, base)
    golden = path.with_suffix(".txt")
    if os.environ.get("CONSEIL_DLA_ECRIRE_ATTENDUS") == "1":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
    assert set(re.findall(r"\bDLA\d{3}\b", said.replace(path.stem, ""))) == {path.stem.split("_")[0]}


FRENCH: Table = [["titre", "envie"], ["Fédération des théâtres d’été à Orléans", "À demi-mot"]]


@pytest.mark.parametrize(("encoding", "whose"), [("cp850", "MS-DOS"), ("mac_roman", "Mac"), ("cp1252", "")])
def test_letters_of_before_are_read_as_what_makes_french_of_them(
    encoding: str, whose: str, tmp_path: Path, base: Base
) -> None:
    table = [[str(cell).replace("’", "'") for cell in row] for row in FRENCH]
    path = as_csv(tmp_path / "t.csv", table, encoding=encoding)
    made, said = remarked(path, base)
    assert made == [{"titre": table[1][0], "reponses": {"envie": "a_demi_mot"}}]
    assert (whose in said and "Fédération" in said and "DLA337" in said) if whose else not said


def test_letters_that_nothing_tells_are_read_and_the_first_is_shown(tmp_path: Path, base: Base) -> None:
    path = as_csv(tmp_path / "t.csv", [["titre", "envie"], ["João", "clairement"]], encoding="cp1252")
    made, said = remarked(path, base)
    assert made == [{"titre": "João", "reponses": {"envie": "clairement"}}]
    assert "João" in said


@pytest.mark.parametrize("sign", ";,|\t")
def test_a_separator_that_the_first_line_declares_is_no_row(sign: str, tmp_path: Path, base: Base) -> None:
    path = as_csv(tmp_path / "t.csv", FRENCH, sign, "utf-8-sig")
    path.write_bytes(f"sep={sign}\r\n".encode() + path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    assert [(n, made["titre"]) for n, made in read_table(path, base)] == [(3, FRENCH[1][0])]


def test_tabs_and_programs_make_tables_too(tmp_path: Path, base: Base) -> None:
    assert objects(as_csv(tmp_path / "t.tsv", FRENCH, "\t", "utf-16"), base)
    assert objects(as_xlsx(tmp_path / "t.xlsx", FRENCH).rename(tmp_path / "t.xlsm"), base)


@pytest.mark.parametrize("cell", ["emploi, gestion", "emploi / la gestion", "emploi\ngestion", "emploi,la lune,"])
def test_answers_that_another_sign_separates_are_told_apart(cell: str, tmp_path: Path, base: Base) -> None:
    second = "la lune" if "lune" in cell else "gestion"
    assert one(tmp_path, base, [["titre", "sujets"], ["a", cell]]) == {"sujets": ["emploi", second]}


def test_a_name_whose_letters_were_spoilt_is_not_to_be_left_aside(tmp_path: Path, base: Base) -> None:
    told = refusal(as_csv(tmp_path / "t.csv", [["titre", "envie", "FÃ©dÃ©ration"], ["a", "", ""]]), base)
    assert "CSV\u00a0UTF-8" in told.replace(" ", "\u00a0")
    assert "#" not in told


def test_the_published_example_is_read(tmp_path: Path) -> None:
    shipped = load_rules(packaged_rules()).base
    assert shipped is not None
    (block,) = re.findall(r"```csv\n(.*?)```", (TESTS.parent / "docs" / "lot.md").read_text("utf-8"), re.DOTALL)
    path = tmp_path / "t.csv"
    path.write_text(block, encoding="utf-8")
    first, second = objects(path, shipped)
    assert first == {
        "titre": "Un poste pour trois festivals",
        "reponses": dict(zip(*EXAMPLE, strict=True)),
    }
    assert second["reponses"] == {  # type: ignore[index]
        EXAMPLE[0][0]: "pas_decide", EXAMPLE[0][1]: [], EXAMPLE[0][2]: 12, EXAMPLE[0][3]: "inconnu",
    }  # fmt: skip


EXAMPLE = (
    ("apres_l_action", "themes", "nombre_de_structures", "date_commune", "toutes_associations"),
    ("moyens_partages", ["mutualisation", "gestion"], 3, "cherchee_sans_succes", "oui"),
)


# --- written anyhow, read the same ------------------------------------------------------------------------------------

SIGNS = st.characters(codec="ascii", exclude_categories=("Cc", "Zs", "Cf")) | st.sampled_from(
    "éèêëàâçîïôùûœÉÈÊÀÇÔ’«»“”–—…€° ;,\"\t\n'"
)
TITLES = st.text(SIGNS, max_size=20).map(lambda text: text.strip()).filter(
    lambda text: text == text.strip() and not text.startswith(("'", "=1")) and "_x" not in text
)  # fmt: skip
KNOWN: dict[str, st.SearchStrategy[object]] = {
    "envie": st.sampled_from(["aucune_envie", "a_demi_mot", "clairement", "inconnu"]),
    "commande": st.sampled_from(["oui", "non", "inconnu"]),
    "sujets": st.lists(st.sampled_from(TICKED), unique=True) | st.just("inconnu"),
    "combien": st.integers(0, 50) | st.just("inconnu"),
}
DOSSIER = st.fixed_dictionaries({"titre": TITLES, "reponses": st.fixed_dictionaries({}, optional=KNOWN)}).filter(
    lambda made: made["titre"] or made["reponses"]
)


def cell(base: Base, id: str, answer: object, spelt: random.Random) -> str:
    """One of the ways to write an answer."""
    labels = base.entry("question", id).labels
    if isinstance(answer, list):
        return spelt.choice([";", " ; "]).join(cell(base, id, each, spelt) for each in answer) or "aucune"
    ways = [str(answer)] + ([labels[str(answer)], labels[str(answer)].upper()] if answer in labels else [])
    return spelt.choice(ways)


def table_of(base: Base, dossiers: list[dict[str, object]], spelt: random.Random) -> Table:
    columns = spelt.sample([*KNOWN, "titre"], len(KNOWN) + 1)
    heads = [spelt.choice([id, base.title("question", id)]) if id in KNOWN else id for id in columns]
    rows: Table = [list(heads)]
    for made in dossiers:
        answers = made["reponses"]
        assert isinstance(answers, dict)
        rows.append([made["titre"] if id == "titre" else cell(base, id, answers[id], spelt) if id in answers else ""
                     for id in columns])  # fmt: skip
    return rows


def is_another_by_chance(data: bytes) -> bool:
    """Letters of Windows that are right UTF-8 too, such as « Â¡ », or no likelier: nobody can tell which was meant."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return likeliest(data) != ("cp1252", True)


def read_back(folder: Path, base: Base, dossiers: list[dict[str, object]], spelt: random.Random) -> None:
    """Every separator and encoding, and both ways in which a workbook holds texts."""
    table = table_of(base, dossiers, spelt)
    for separator in ";,\t":
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            end = spelt.choice(["\r\n", "\n", "\r"])
            path = as_csv(folder / "t.csv", table, separator, encoding, end)
            if encoding == "cp1252" and is_another_by_chance(path.read_bytes()):
                continue
            assert objects(path, base) == dossiers, (separator, encoding, end)
    path = as_xlsx(folder / "t.xlsx", table)
    assert objects(path, base) == dossiers
    assert objects(with_strings(path), base) == dossiers


FEW = st.lists(DOSSIER, min_size=1, max_size=4)
CHANCE = st.randoms(use_true_random=False)
HERE = [HealthCheck.function_scoped_fixture]


@settings(max_examples=15, deadline=None, suppress_health_check=HERE)
@given(FEW, CHANCE)
def test_a_random_table_is_read_back(
    tmp_path: Path, base: Base, dossiers: list[dict[str, object]], spelt: random.Random
) -> None:
    read_back(tmp_path, base, dossiers, spelt)


@pytest.mark.lent
@settings(max_examples=100, deadline=None, suppress_health_check=HERE)
@given(FEW, CHANCE)
def test_many_random_tables_are_read_back(
    tmp_path: Path, base: Base, dossiers: list[dict[str, object]], spelt: random.Random
) -> None:
    read_back(tmp_path, base, dossiers, spelt)


# --- tables that cannot be read ---------------------------------------------------------------------------------------


def refusal(path: Path, base: Base) -> str:
    with pytest.raises(Unusable) as caught:
        read_table(path, base)
    return render(caught.value.diagnostics, base_dir=path.parent)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_table_is_told_as_written(path: Path, base: Base) -> None:
    told = refusal(path, base)
    golden = path.with_suffix(".txt")
    if os.environ.get("CONSEIL_DLA_ECRIRE_ATTENDUS") == "1":
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    assert set(re.findall(r"DLA\d{3}", told.replace(path.stem, ""))) == {path.stem.split("_")[0]}


@pytest.mark.parametrize("path", sorted((TESTS / "bad_tables" / "corrige").iterdir()), ids=lambda path: path.stem)
def test_the_mended_table_is_read(path: Path, base: Base) -> None:
    for made in objects(path, base):
        assert set(made["reponses"]) <= set(KNOWN)  # type: ignore[index]


def test_a_table_that_is_not_there_and_one_of_another_kind(tmp_path: Path, base: Base) -> None:
    assert "n’existe pas" in refusal(tmp_path / "absent.csv", base)
    assert "n’existe pas" in refusal(tmp_path / "absent.xlsx", base)
    (tmp_path / "dossier.csv").mkdir()
    assert "dossier du disque" in refusal(tmp_path / "dossier.csv", base)
    (tmp_path / "t.ods").write_bytes(b"PK")
    assert "que l’on sait lire" in refusal(tmp_path / "t.ods", base)


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        (SHEET, lambda xml: xml + b" " * (1 << 26), "prendrait trop de place"),
        (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="1A"'), "cases en désordre"),
        (SHEET, lambda xml: xml.replace(b'r="B1"', b'r="A1"'), "cases en désordre"),
        (SHEET, lambda xml: xml.replace(b'<row r="1"', b'<row r="9"'), "lignes en désordre"),
        (SHEET, lambda xml: xml.replace(b'<row r="1"', b'<row r="un"'), "est abîmé"),
        (SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>99</v>"), "perdu des textes"),
        (SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>-1</v>"), "perdu des textes"),
        (SHEET, lambda xml: xml.replace(b"<v>0</v>", b"<v>un</v>"), "est abîmé"),
        (SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml, "pas fait comme un classeur"),
        (STRINGS, lambda xml: xml.replace(b"titre", random.Random(1).randbytes(2_000_000).hex().encode()), "démesurée"),
        (STRINGS, lambda xml: b"", "est abîmé"),
        (SHEET, lambda xml: xml.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main"), "Open XML strict"),
        (SHEET, lambda xml: xml.decode().encode("utf-16"), "pas fait comme un classeur"),
        (STRINGS, lambda xml: LAUGHS + xml.replace(b"titre", b"&j;"), "pas fait comme un classeur"),
        (STRINGS, lambda xml: b"<!--" + b"<" * (1 << 19) + b"-->" + LAUGHS + xml, "pas fait comme un classeur"),
        (TYPES, lambda xml: xml.replace(b"sheet.main+xml", b"autre"), "pas fait comme un classeur"),
        ("xl/workbook.xml", lambda xml: xml.replace(b'"visible"', b'"hidden"'), "pas de feuille visible"),
    ],
)  # fmt: skip
def test_a_workbook_made_to_harm_is_refused(
    part: str, change: Callable[[bytes], bytes], told: str, tmp_path: Path, base: Base
) -> None:
    path = with_strings(as_xlsx(tmp_path / "t.xlsx", [["titre", "envie"], ["a", "clairement"]]))
    assert objects(path, base) == [{"titre": "a", "reponses": {"envie": "clairement"}}]
    rewrite(path, part, change)
    with pytest.raises(Unusable) as caught:
        objects(path, base)
    assert told in str(caught.value)


@pytest.mark.parametrize("claimed", [b"A1:XFD1048576", b"A1:A1", b"A1"])
def test_a_sheet_is_read_whatever_size_it_claims(claimed: bytes, tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "t.xlsx", [["titre", "envie"], ["a", "clairement"]])
    rewrite(path, SHEET, lambda xml: re.sub(rb'dimension ref="[^"]*"', b'dimension ref="%s"' % claimed, xml))
    assert list(table_xlsx.rows(path)) == [(1, ["titre", "envie"]), (2, ["a", "clairement"])]


def test_a_first_line_that_names_titles_alone_says_what_it_lacks(tmp_path: Path, base: Base) -> None:
    assert "(DLA332)" in refusal(as_csv(tmp_path / "t.csv", [["titre"], ["a"]]), base)
    assert "(DLA333)" in refusal(as_csv(tmp_path / "t.csv", [["titre", "envi"], ["a", "b"]]), base)


def test_a_table_about_something_else_is_not_told_column_by_column(tmp_path: Path, base: Base) -> None:
    told = refusal(as_xlsx(tmp_path / "t.xlsx", [["titre", "envie", *(f"mesure {n}" for n in range(9_000))]]), base)
    assert told.count("(DLA333)") == 30


def test_a_line_without_end_is_refused(tmp_path: Path, base: Base) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"titre;envie\n" + b"a" * 9_000_000)
    assert "ligne sans fin" in refusal(path, base)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_random_damage_never_raises_anything_else(suffix: str, tmp_path: Path, base: Base) -> None:
    chance = random.Random(suffix)
    table: Table = [["titre", *KNOWN], *([f"d « {n} »", "clairement", "oui", "emploi ; gestion", n] for n in range(9))]
    whole = (as_csv if suffix == ".csv" else as_xlsx)(tmp_path / f"t{suffix}", table).read_bytes()
    path = tmp_path / f"d{suffix}"
    read, told = 0, set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 1, 3, 20])):
            start = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[start] = chance.randrange(256)
                case 1:
                    del data[start : start + chance.randrange(1, 40)]
                case 2:
                    data[start:start] = chance.randbytes(chance.randrange(1, 10))
                case 3:
                    del data[start:]
            data = data or bytearray(b"?")
        path.write_bytes(data)
        try:
            for number, made in read_table(path, base):
                assert number >= 1
                assert set(made) == {"titre", "reponses"}
            read += 1
        except Unusable as wrong:
            told.add(render(wrong.diagnostics))
    assert read < 150
    assert "" not in told


def test_damage_inside_the_parts_of_a_workbook_never_raises_anything_else(tmp_path: Path, base: Base) -> None:
    """The sums of the archive are right: only what is in it is not."""
    chance = random.Random(9)
    table: Table = [
        ["titre", *KNOWN],
        *([f"d{n}", "clairement", "oui", "emploi", date(2026, 1, n + 1)] for n in range(5)),
    ]
    path = with_strings(as_xlsx(tmp_path / "t.xlsx", table))
    whole = path.read_bytes()
    parts = [SHEET, STRINGS, "xl/styles.xml", "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"]

    def spoilt(xml: bytes) -> bytes:
        data = bytearray(xml)
        for _ in range(chance.choice([1, 2, 5])):
            data[chance.randrange(len(data))] = chance.choice(b'0 9Ab"<>/-.\x00\xff')
        return bytes(data)

    outcomes = set()
    for _ in range(80):
        path.write_bytes(whole)
        rewrite(path, chance.choice(parts), spoilt)
        try:
            objects(path, base)
            outcomes.add("read")
        except Unusable as wrong:
            outcomes.add("refused" if render(wrong.diagnostics) else "untold")
    assert outcomes == {"read", "refused"}


def test_no_english_is_said_aside(tmp_path: Path, base: Base) -> None:
    """Neither when the workbook is opened nor on its rows: a style that is lost, a date that is none."""
    path = as_xlsx(tmp_path / "t.xlsx", [["titre", "combien"], ["a", date(2026, 1, 1)]])
    rewrite(path, "xl/styles.xml", lambda xml: re.sub(rb"<cellStyles.*</cellStyles>", b"", xml))
    rewrite(path, SHEET, lambda xml: re.sub(rb"<v>[^<]*</v>", b"<v>9999999999</v>", xml))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert objects(path, base) == [{"titre": "a", "reponses": {"combien": "#VALUE!"}}]
    with pytest.warns(UserWarning, match="default style"):
        openpyxl.load_workbook(path, read_only=True).close()


def test_a_part_of_countless_tags_is_refused(tmp_path: Path, base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_xlsx(tmp_path / "t.xlsx", [["titre", "envie"], *([f"{n}", "clairement"] for n in range(400))])
    monkeypatch.setattr(table_xlsx, "MOST_ASIDE", 1_000)
    assert len(objects(path, base)) == 400
    rewrite(path, SHEET, lambda xml: xml.replace(b"</worksheet>", b"<x/>" * 20_000 + b"</worksheet>"))
    assert "trop de place" in refusal(path, base)


@pytest.mark.lent
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_memory_hardly_grows_with_the_table(suffix: str, tmp_path: Path, base: Base) -> None:
    """Some tens of bytes a row: openpyxl keeps a trace of each."""
    peaks = []
    for many in (3_000, 12_000):
        path = tmp_path / f"t{suffix}"
        table: Table = [["titre", *KNOWN], *([f"t{n % 7}", "clairement", "oui", "emploi", n % 50] for n in range(many))]
        (as_csv if suffix == ".csv" else as_xlsx)(path, table)
        del table
        tracemalloc.start()
        assert sum(1 for _ in read_table(path, base)) == many
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 9_000 < 64, peaks
