"""How a sheet of a workbook is laid out beside its cells: what is merged, what is hidden. openpyxl reads none of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conseil_dla.dossiers.table_cells import ASIDE, TITLE, key, letters
from conseil_dla.dossiers.table_mistakes import Damaged, hidden, merged
from conseil_dla.ground.diagnostics import Diagnostic

Row = tuple[int, list[str]]
MOST_MERGED = 20_000
"""Of a sheet that somebody laid out."""
_ATTRIBUTE = re.compile(rb"""\s(r|min|max|hidden|ref)\s*=\s*["']([^"'<>]*)["']""")
_LAID_OUT = re.compile(rb"<(?:[^\s<>/:!?]+:)?(row|col|mergeCell)(\s[^<>]*)>")
_HELD = re.compile(rb"<(?:[^\s<>/:!?]+:)?(?:v|is)[\s>]")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells made one; columns count from 0, as in a list, and rows from 1."""

    ref: str
    first: int
    last: int
    left: int
    right: int


@dataclass(slots=True)
class Layout:
    """Of one sheet, noted as its text goes by."""

    has_formulas: bool = False
    cells: int = 0
    """That hold something."""
    rows: list[int] = field(default_factory=list)
    """Those that are hidden."""
    columns: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)

    def note(self, piece: bytes) -> None:
        """A piece of its text, cut where a tag begins. Raises ``Damaged``."""
        self.cells += len(_HELD.findall(piece))
        if b"hidden" not in piece and b"mergeCell" not in piece:
            return
        for tag, text in _LAID_OUT.findall(piece):
            said = {name.decode(): value.decode("ascii", "replace") for name, value in _ATTRIBUTE.findall(text)}
            if tag == b"mergeCell":
                self._merge(said.get("ref", ""))
            elif said.get("hidden") in ("1", "true"):
                first, last = (said.get("r"), None) if tag == b"row" else (said.get("min"), said.get("max"))
                if first and first.isdigit():
                    (self.rows if tag == b"row" else self.columns).append(int(first))
                if last and last.isdigit() and first and first.isdigit():
                    self.columns += range(int(first) + 1, min(int(last), int(first) + 50) + 1)

    def _merge(self, ref: str) -> None:
        found = _RANGE.fullmatch(ref)
        if found is None:
            return
        if len(self.merged) == MOST_MERGED:
            raise Damaged("a trop de cases fusionnées")
        left, first, right, last = found.groups()
        self.merged.append(Merged(ref, int(first), int(last), _index(left), _index(right)))

    def laid_out(self, path: Path, rows: Iterator[Row], remark: Callable[[Diagnostic], None]) -> Iterator[Row]:
        """The rows with the value of merged cells in each row that they cover.

        Merged across several questions, they answer none of them: what stands there is refused with its dossier.
        """
        number, header = next(((n, row) for n, row in rows if any(cell.strip() for cell in row)), (0, []))
        if not header:
            return
        yield number, header
        self._tell_hidden(path, number, header, remark)
        waiting = sorted((one for one in self.merged if one.first > number), key=lambda one: one.first, reverse=True)
        under: list[tuple[Merged, str]] = []
        told: dict[str, None] = {}
        for number, cells in rows:
            under = [(one, value) for one, value in under if one.last >= number]
            has_own = any(cell.strip() for cell in cells)
            while waiting and waiting[-1].first <= number:
                one = waiting.pop()
                value = cells[one.left] if one.first == number and one.left < len(cells) else ""
                if value.strip():
                    under.append((one, value))
            yield number, self._filled(number, cells, under, header, told) if has_own else cells
        if told:
            remark(merged(path, tuple(told)))

    def _filled(
        self, number: int, cells: list[str], under: list[tuple[Merged, str]], header: list[str], told: dict[str, None]
    ) -> list[str]:
        """The row with the values of the merged cells over it; ``told`` takes those that come from a row above."""
        filled = cells + [""] * (len(header) - len(cells))
        for one, value in under:
            over = [index for index in range(one.left, one.right + 1) if _is_asked(header, index)]
            if over and key(header[over[0]]) == TITLE:
                over = over[:1]
            if len(over) > 1:
                value_now = f"cases fusionnées ({one.ref} : annulez la fusion et remplissez chaque case)"
            else:
                value_now = value
                told |= {one.ref: None} if number > one.first and over else {}
            for index in over:
                filled[index] = value_now
        return filled

    def _tell_hidden(self, path: Path, number: int, header: list[str], remark: Callable[[Diagnostic], None]) -> None:
        rows = [row for row in self.rows if row > number]
        columns = [letters(column - 1) for column in self.columns if _is_asked(header, column - 1)]
        if rows or columns:
            remark(hidden(path, rows, columns))


def _is_asked(header: list[str], index: int) -> bool:
    """True for a column that has a name and is not left aside."""
    return index < len(header) and bool(header[index].strip()) and not header[index].startswith(ASIDE)


def _index(name: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
