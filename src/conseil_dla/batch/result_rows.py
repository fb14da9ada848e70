"""Dossiers of a batch as rows of a table: ids as in JSON, and beside them the words for who reads."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence

from conseil_dla.batch.complete import Concluded, Conclusion
from conseil_dla.papers.blocks import plain
from conseil_dla.papers.documents.sheets import LONGEST_CELL, csv_lines
from conseil_dla.reading.values import Certainty, Drawn, FactorReading, FormatReading, PostureReading, Reading
from conseil_dla.rules.kinds import LISTED, SPECS
from conseil_dla.rules.kinds.factor import FACTOR
from conseil_dla.rules.model import LEVELS, Base

Cells = Mapping[str, str]
"""Texts by column; columns that are absent are empty."""

BETWEEN = " ; "
"""Between several ids, or several titles, of one cell."""
CERTAINTIES: Mapping[Certainty, str] = {
    "certaine": "certaine", "sauf_exception": "sauf_exception", "possible": "encore ouvert",
}  # fmt: skip
"""How sure what a row shows is; « possible » is said of what shows nothing yet."""
COLUMNS = (
    "dossier", "titre", "format", "format_certitude", "formats_possibles", "ensuite", "format en clair",
    "posture", "posture_certitude", "postures_possibles", "posture en clair", "moment",
    *(f"{kind.several}_{level}" for kind in LISTED if kind.levelled for level in (*LEVELS, "possibles")),
    "à régler avant, en clair", *(kind.several for kind in LISTED if not (kind.levelled or kind is FACTOR)),
    FACTOR.several, "sans_reponse", "prochaine_question", "moteur", "erreur",
)  # fmt: skip
"""Titles of columns. A word with an underscore is what JSON calls it too."""


class Rows:
    """What a batch tells of a base, as cells."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def tell(self, value: Conclusion) -> Cells:
        """The cells that one part of a dossier fills."""
        if isinstance(value, FormatReading):
            return self._format(value)
        if isinstance(value, PostureReading):
            return self._posture(value)
        found: dict[str, list[str]] = {}
        for piece in value:
            if isinstance(piece, Drawn):
                for column, text in self._drawn(piece):
                    found.setdefault(column, []).append(text)
            elif isinstance(piece, FactorReading) and piece.state == "present":
                found.setdefault(FACTOR.several, []).append(piece.id)
        return {column: BETWEEN.join(texts) for column, texts in found.items()}

    def concluded(self, label: str, title: str, engine: str, concluded: Concluded[Cells]) -> tuple[str, ...]:
        """The row of a dossier concluded with others."""
        lists = (each for pieces in concluded.lists.values() for each in pieces)
        given = {
            "dossier": _text(label),
            "titre": _text(title),
            "moteur": engine,
            "moment": concluded.moment,
            "sans_reponse": BETWEEN.join(concluded.left),
            "prochaine_question": concluded.next_question,
        }
        return row([given, concluded.format, concluded.posture, *lists])

    def read(self, label: str, title: str, reading: Reading, questions: Iterable[str]) -> tuple[str, ...]:
        """The row of a dossier that the exact reader has read."""
        left = [id for id in questions if id not in reading.answers and id not in reading.not_applicable]
        given = {
            "dossier": _text(label),
            "titre": _text(title),
            "moteur": reading.engine,
            "moment": reading.moment or "",
            "sans_reponse": BETWEEN.join(sorted(left)),
            "prochaine_question": reading.next_question.question if reading.next_question else "",
        }
        drawn = sorted(reading.drawn, key=lambda each: each.id)
        parts: tuple[Conclusion, ...] = (reading.format, reading.posture, drawn, reading.factors)
        return row([given, *(self.tell(part) for part in parts)])

    def _format(self, format: FormatReading) -> Cells:
        return {
            "format": BETWEEN.join(format.shown),
            "format_certitude": CERTAINTIES[format.certainty],
            "formats_possibles": BETWEEN.join(format.possible),
            "ensuite": BETWEEN.join(format.after),
            "format en clair": self._titles("format", format.shown),
        }

    def _posture(self, posture: PostureReading) -> Cells:
        off = posture.is_off_note
        return {
            "posture": "hors_note" if off else BETWEEN.join(posture.shown),
            "posture_certitude": CERTAINTIES[posture.certainty],
            "postures_possibles": BETWEEN.join(posture.possible),
            "posture en clair": "non décrite par la note" if off else self._titles("posture", posture.shown),
        }

    def _drawn(self, drawn: Drawn) -> Iterable[tuple[str, str]]:
        kind = SPECS[drawn.kind]
        if not kind.levelled:
            if drawn.certainty != "possible":
                yield kind.several, drawn.id
        elif drawn.certainty == "possible":
            yield f"{kind.several}_possibles", drawn.id
        elif drawn.level:
            yield f"{kind.several}_{drawn.level}", drawn.id
            if drawn.level == LEVELS[0]:
                yield "à régler avant, en clair", plain(self._base.task(drawn.kind, drawn.id))

    def _titles(self, kind: str, ids: Sequence[str]) -> str:
        return BETWEEN.join(plain(self._base.title(kind, id)) for id in ids)


def refused(label: str, title: str, why: str) -> tuple[str, ...]:
    """The row of a dossier that could not be used."""
    return row([{"dossier": _text(label), "titre": _text(title), "erreur": _text(why)}])


def row(cells: Iterable[Cells]) -> tuple[str, ...]:
    """One row: what several parts put in one column stands there one after the other."""
    found: dict[str, str] = {}
    for each in cells:
        for column, text in each.items():
            found[column] = f"{found[column]}{BETWEEN}{text}" if column in found else text
    return tuple(found.get(column, "") for column in COLUMNS)


def csv_head() -> bytes:
    """How a .csv begins: the byte-order mark and the titles of columns."""
    return BOM_UTF8 + csv_lines([COLUMNS])


def _text(given: str) -> str:
    """What somebody wrote, harmless in a cell; ids and our own words are so already."""
    return plain(given)[:LONGEST_CELL]
