"""What a workbook that was filled gives back to its dossier: marks of offers, and what became of the accompaniment.

Cells are added to what the dossier holds, and nothing there is emptied: a cell that was left blank says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from conseil_dla.dossiers.table_cells import letters, unguarded
from conseil_dla.dossiers.table_mistakes import NO_RESULT
from conseil_dla.ground.french import counted, listed, quoted
from conseil_dla.papers import after
from conseil_dla.papers.after import alike
from conseil_dla.papers.blocks import plain
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import PaperField
from conseil_dla.rules.paper_fields import PaperValue, Row, number, rows

Line = tuple[int, list[str]]
"""A row of a sheet, with its number there."""
OFFERS, FOLLOW_UP = alike(after.BY), alike(after.WHEN)
"""The first title of each workbook."""


class NotOurs(Exception):
    """The sheet is neither of those that the program makes. Its text says why, in French."""


@dataclass(slots=True)
class ReadBack:
    """What comes of a workbook."""

    paper: dict[str, PaperValue]
    """All that the dossier keeps for papers, with what the workbook adds."""
    added: int = 0
    """Cells that were empty."""
    replaced: list[str] = field(default_factory=list)
    """Cells that held something else: where, and what stood there."""
    left: list[str] = field(default_factory=list)
    """What was not taken, and why."""
    seen: set[tuple[str, ...]] = field(default_factory=set)
    """What the lines read so far are about."""


def read_back(whole: Whole, sheet: Iterable[Line]) -> ReadBack:
    """What the rows of a sheet add to a dossier. Raises ``NotOurs``."""
    lines = [(line, ["" if cell == NO_RESULT else plain(unguarded(cell)) for cell in cells]) for line, cells in sheet]
    titles = lines[0][1] if lines else []
    first = alike(titles[0]) if titles else ""
    if first not in (OFFERS, FOLLOW_UP):
        raise NotOurs(
            f"sa première case est {quoted(_short(titles[0])) if titles and titles[0] else 'vide'} ; il faut "
            f"{quoted(after.BY)} (comparer les offres) ou {quoted(after.WHEN)} (fiche de suivi)"
        )
    found = ReadBack(dict(whole.dossier.paper))
    take = _offers if first == OFFERS else _follow_up
    take(whole, titles, lines[1:], found)
    return found


MOST_TOLD = 60
"""Letters of a cell that are said again, where it is not taken: the workbook still holds them."""


def _short(text: str) -> str:
    return text if len(text) <= MOST_TOLD else f"{text[:MOST_TOLD]}…"


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def read_back_lines(found: ReadBack) -> list[str]:
    """What came of it, a line each: what was added, what was replaced, what was not taken."""
    added = counted(found.added, "case reprise", "cases reprises") if found.added else ""
    changed = counted(len(found.replaced), "case changée", "cases changées") if found.replaced else ""
    told = " et ".join(each for each in (added, changed) if each)
    lines = [f"{told} dans le dossier." if told else "Rien de nouveau dans ce classeur : le dossier n’a pas changé."]
    lines += [f"Changé : {each}" for each in found.replaced]
    return lines + [f"Laissé de côté : {each}" for each in found.left]


# --- the offers -------------------------------------------------------------------------------------------------------


def _offers(whole: Whole, titles: Sequence[str], lines: Sequence[Line], found: ReadBack) -> None:
    """A row for each mark, or reason, under the name of an offer. Weights are the dossier's own."""
    table = after.marks_field(whole.base)
    places = {alike(title): n for n, title in reversed(list(enumerate(titles)))}
    wanted = (after.BY, after.CRITERION, after.WEIGHT)
    if missing := [title for title in wanted if alike(title) not in places]:
        raise NotOurs(f"il n’a plus la colonne {quoted(missing[0])}")
    if table is None:
        raise NotOurs("ces règles n’ont pas de tableau des offres")
    by, criterion, weight = (places[alike(title)] for title in wanted)
    columns = dict(_named(titles, weight + 1, lines, found))
    criteria = {alike(each): told for each, told in after.offers_of(whole.base, whole.dossier).criteria.items()}
    offer_id, criterion_id, by_id, mark_id, why_id = (column.id for column in table.columns[:5])
    for line, cells in lines:
        rater, name = _cell(cells, by), _cell(cells, criterion)
        marks = {offer: (_cell(cells, n), _cell(cells, m) if m else "") for offer, (n, m) in columns.items()}
        if alike(name) == alike(after.TOTAL) or not any(any(each) for each in marks.values()):
            continue
        if not rater or not name:
            found.left.append(f"ligne {line} : sans {after.BY.lower() if not rater else after.CRITERION.lower()}")
            continue
        if (told := _cell(cells, weight)) and alike(name) in criteria and number(told) != number(criteria[alike(name)]):
            found.left.append(
                f"ligne {line} : le poids {quoted(_short(told))} ; dans votre dossier, c’est "
                f"{quoted(criteria[alike(name)]) if criteria[alike(name)] else 'vide'}, et les poids s’y changent"
            )
        for offer, (mark, why) in marks.items():
            value = number(mark) if mark else None
            is_mark = value is not None and value <= after.BEST
            if mark and not is_mark:
                found.left.append(
                    f"ligne {line}, {offer} : {quoted(_short(mark))} n’est pas une note de 0 à {after.BEST}"
                )
            row = {offer_id: offer, criterion_id: name, by_id: rater, mark_id: mark if is_mark else "", why_id: why}
            if is_mark or why:
                _join(table, row, (offer_id, criterion_id, by_id), found)


def _named(
    titles: Sequence[str], start: int, lines: Sequence[Line], found: ReadBack
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each offer, with the column of its marks and that of its reasons (0: none). Raises ``NotOurs``."""
    names = {n: title for n, title in enumerate(titles) if n >= start}
    offers = [n for n, title in names.items() if title and alike(title) != alike(after.WHY)]
    if len({alike(names[n]) for n in offers}) < len(offers):
        raise NotOurs("deux prestataires y ont le même nom")
    for n, title in names.items():
        if alike(title) == alike(after.WHY) and n - 1 not in offers:
            raise NotOurs(f"la colonne {letters(n)}, {quoted(title)}, ne suit plus celle d’un prestataire")
    widest = max((len(cells) for _, cells in lines), default=0)
    for n in range(start, max(widest, len(titles))):
        if not names.get(n) and any(_cell(cells, n) for _, cells in lines):
            found.left.append(f"colonne {letters(n)} : sans nom de prestataire")
    for n in offers:
        is_why = alike(names.get(n + 1, "")) == alike(after.WHY)
        yield names[n], (n, n + 1 if is_why else 0)


# --- the follow-up ----------------------------------------------------------------------------------------------------


def _follow_up(whole: Whole, titles: Sequence[str], lines: Sequence[Line], found: ReadBack) -> None:
    """A row of the table of its date, by its first column."""
    named = [alike(title) for title in titles if title]
    if twice := next((title for title in titles if title and named.count(alike(title)) > 1), ""):
        raise NotOurs(f"deux colonnes s’y nomment {quoted(twice)}")
    fields = {alike(whole.base.title("rubrique", each.id)): each for each in after.follow_up_fields(whole.base)}
    known = {alike(column.title) for each in fields.values() for column in each.columns}
    for n, title in enumerate(titles[1:], 1):
        if alike(title) not in known and any(_cell(cells, n) for _, cells in lines):
            found.left.append(f"colonne {letters(n)} : {quoted(title) if title else 'sans titre'}")
    for line, cells in lines:
        if not any(cells[1:]):
            continue
        table = fields.get(alike(cells[0]))
        if table is None and not cells[0]:
            found.left.append(f"ligne {line} : sans {after.WHEN.lower()}")
            continue
        if table is None:
            dates = listed([quoted(whole.base.title("rubrique", each.id)) for each in fields.values()])
            found.left.append(f"ligne {line} : l’échéance {quoted(_short(cells[0]))} ; le dossier connaît {dates}")
            continue
        ids = {alike(column.title): column.id for column in table.columns}
        told = {ids[alike(t)]: c for t, c in zip(titles[1:], cells[1:], strict=False) if alike(t) in ids and c}
        first = table.columns[0]
        if not told.get(first.id) and told:
            found.left.append(f"ligne {line} : sans {first.title.lower()}")
        elif len(told) > 1:
            _join(table, told, (first.id,), found)


def _join(table: PaperField, row: Row, keys: Sequence[str], found: ReadBack) -> None:
    """Put the filled cells of a row into the one that has the same keys, or add it."""
    there = [dict(each) for each in rows(found.paper.get(table.id))]
    wanted = [alike(row.get(key, "")) for key in keys]
    if (table.id, *wanted) in found.seen:
        found.left.append(f"{', '.join(row[key] for key in keys)} : une seconde ligne dit la même chose autrement")
        return
    found.seen.add((table.id, *wanted))
    one = next((each for each in there if [alike(each.get(key, "")) for key in keys] == wanted), None)
    if one is None:
        one = {key: row[key] for key in keys}
        there.append(one)
    for column in table.columns:
        text, before = row.get(column.id, ""), one.get(column.id, "")
        text = text.replace(".", ",") if column.is_number else text
        if not text or column.id in keys or _is_same(text, before, is_number=column.is_number):
            continue
        found.added += not before
        if before:
            where = ", ".join(one[key] for key in keys)
            found.replaced.append(f"{where}, {column.title.lower()} : il y avait {quoted(before)}")
        one[column.id] = text
    found.paper[table.id] = tuple(there)


def _is_same(text: str, before: str, *, is_number: bool) -> bool:
    """Typography is put where a text is shown: it is no change."""
    if is_number and before:
        return number(text) is not None and number(text) == number(before)
    return text == plain(before)
