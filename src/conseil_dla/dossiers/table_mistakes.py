"""What makes a table of dossiers unusable as a whole, or is to be remarked of it, told as findings.

In which letters a table of texts is written, where it does not say so, is told by what makes French of it. UTF-8 is
sure: other letters hardly ever look like it. Windows, MS-DOS and the Mac of old give each byte a letter, so that any of
them can be read as another: « Fédération » as « F‚d‚ration ». What is likeliest in French decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from conseil_dla.dossiers.table_cells import letters
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, Unusable, mistake
from conseil_dla.ground.french import counted

OLD: Mapping[str, str] = MappingProxyType(
    {"cp1252": "Windows", "cp850": "MS-DOS", "mac_roman": "l’ancien Mac"},
)
"""Letters of before UTF-8, and whose they are; the likeliest first, which an equal weight leaves in place."""
SAVE_AS = "dans le tableur, « Enregistrer sous », type « CSV UTF-8 (délimité par des virgules) »"
_SMALL, _CAPITAL = "éèêëàâçîïôùûœ", "ÉÈÊÀÂÇÎÔÙŒ"
_SIGNS = "’‘«»“”–—…€°·\xa0"
_NEUTRAL = "äöüñáíóúæëÿ²"
"""Of a name from elsewhere: no reason for, none against."""
_ODD = re.compile(r"(.?)([^\x00-\x7f])", re.DOTALL)


def likeliest(data: bytes) -> tuple[str, bool]:
    """The encoding of bytes that are no UTF-8, and whether it is sure enough to need no word."""
    weights = {encoding: _weight(data, encoding) for encoding in OLD}
    best = max(weights, key=lambda encoding: weights[encoding])
    return best, best == "cp1252" and weights[best] > 0


def _weight(data: bytes, encoding: str) -> int:
    """Letters and signs that French writes, less those that it does not; a capital within a word is no French."""
    weight = 0
    for before, sign in _ODD.findall(data.decode(encoding, "replace")):
        if sign in _SMALL or sign in _SIGNS or (sign in _CAPITAL and not before.islower()):
            weight += 1
        elif sign not in _NEUTRAL:
            weight -= 1
    return weight


def example(data: bytes, encoding: str) -> str:
    """The first word that shows in which letters it was read."""
    found = re.search(r"[^\W_]*[^\x00-\x7f]\w*", data.decode(encoding, "replace"))
    return found[0][:30] if found else ""


def is_garbled(name: str) -> bool:
    """True for a name that was read in other letters than it was written in, and saved so."""
    return bool(re.search("\ufffd|Ã[\x80-\xbf©¨ªŠ§´¢®¯¹»]|â€|Â[\xa0-\xbf]|[a-z][‚Šƒ…‡ˆŒŽŽ]+[a-z]", name))


NO_RESULT = "formule sans résultat (rouvrez ce classeur dans un tableur et enregistrez-le)"
"""Stands for a formula that no spreadsheet has worked out."""
STRICT = "Open XML strict"
STRICT_HELP = f"dans le tableur, « Enregistrer sous », type « Classeur Excel (.xlsx) », et non « {STRICT} »"
UNMERGE = "dans le tableur, choisissez ces cases, annulez « Fusionner et centrer », et remplissez chaque case"
MOST_NAMED = 6
"""Places of a table that are named, of those that deserve the same remark."""
DAMAGED_HELP = "ouvrez-le dans un tableur et enregistrez-le au format .xlsx ; à défaut, reprenez-en une copie saine"


class Damaged(Exception):
    """A workbook that is not as workbooks are. The message is a piece of French sentence about « ce classeur »."""


def unopened(path: Path, message: str, help: str) -> Unusable:
    """The table cannot be read, whatever its columns."""
    return Unusable((mistake("DLA331", Place(str(path)), message, help),))


def broken(path: Path, line: int, message: str, help: str) -> Unusable:
    """The table cannot be read from that line on."""
    return unopened(path, f"{message}, à partir de la ligne {line}", help)


def not_there(path: Path, cause: OSError) -> Unusable:
    """The file itself gives nothing."""
    if isinstance(cause, FileNotFoundError):
        return unopened(path, "ce tableau n’existe pas", "vérifiez le chemin")
    if isinstance(cause, IsADirectoryError) or path.is_dir():
        return unopened(path, "c’est un dossier du disque, pas un tableau", "nommez le fichier qui s’y trouve")
    if isinstance(cause, PermissionError):
        help = "fermez-le s’il est ouvert dans un tableur, ou demandez le droit de le lire"
        return unopened(path, "ce tableau ne se laisse pas lire", help)
    return unopened(path, "ce tableau ne se laisse pas lire", "vérifiez que le disque est bien relié, puis recommencez")


def damaged(path: Path, why: str = "est abîmé") -> Unusable:
    """A workbook that cannot be trusted."""
    help = STRICT_HELP if STRICT in why else DAMAGED_HELP
    return unopened(path, f"ce classeur {why}", help)


def guessed_letters(path: Path, whose: str, word: str) -> Diagnostic:
    """The table does not say in which letters it is written."""
    message = f"ce tableau n’est pas en UTF-8 : ses accents sont lus comme ceux de {whose} (« {word} »)"
    return _remark("DLA337", path, message, f"si ce mot n’est pas le bon : {SAVE_AS}")


def merged(path: Path, ranges: Sequence[str]) -> Diagnostic:
    """Cells made one, down a column: each dossier that they cover has their value."""
    message = f"des cases sont fusionnées ({_few(ranges)}) : leur valeur vaut pour chacune des lignes couvertes"
    return _remark("DLA335", path, message, UNMERGE)


def hidden(path: Path, rows: Sequence[int], columns: Sequence[str]) -> Diagnostic:
    """What a filter or a hand hides is read."""
    parts = [f"{counted(len(rows), 'ligne')} ({_few(rows)})"] if rows else []
    parts += [f"{counted(len(columns), 'colonne')} ({_few(columns)})"] if columns else []
    message = f"ce qui est masqué dans ce tableau est lu aussi : {' et '.join(parts)}"
    help = "pour ne pas le lire, copiez ce qui se voit dans un autre classeur, et donnez celui-là"
    return _remark("DLA336", path, message, help)


def other_sheets(path: Path, read: str, names: Sequence[str]) -> Diagnostic:
    """Sheets that hold something, of which nothing is read."""
    message = f"seule la feuille « {read} » est lue ; rien n’est lu de : {_few([f'« {name} »' for name in names])}"
    help = "si des dossiers s’y trouvent, mettez-les à la suite sur la première feuille, ou dans un autre classeur"
    return _remark("DLA338", path, message, help)


def _few(items: Sequence[object]) -> str:
    """The first of them."""
    return ", ".join([*map(str, items[:MOST_NAMED]), *(["…"] if len(items) > MOST_NAMED else [])])


def _remark(code: str, path: Path, message: str, help: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Place(str(path)), message, help)


def headless(path: Path, header: tuple[str, ...], line: int) -> Unusable:
    """No column is known: the first line is not one of names."""
    help = (
        "écrivez sur la première ligne « titre », puis le nom d’une question par colonne ; "
        "« conseil-dla lot --tableau FICHIER.xlsx » donne un tableau vide à remplir"
    )
    message = "la première ligne ne nomme aucune question"
    place = _under(path, header, 0, line) if header else Place(str(path))
    return Unusable((mistake("DLA332", place, message, help),))


def unknown_column(path: Path, header: tuple[str, ...], index: int, line: int, near: str | None) -> Diagnostic:
    """A column that names no question; ``near`` is the one that was meant, where that can be told."""
    message = f"colonne inconnue « {header[index]} » (colonne {letters(index)})"
    if is_garbled(header[index]):
        help = f"les accents de ce tableau ont été abîmés : rouvrez le fichier d’origine, puis {SAVE_AS}"
        return mistake("DLA333", _under(path, header, index, line), message, help)
    aside = "mettez # devant son nom : elle sera laissée de côté"
    help = f"vouliez-vous dire « {near} » ? Sinon, {aside}" if near else aside
    return mistake("DLA333", _under(path, header, index, line), message, help)


def twice(path: Path, header: tuple[str, ...], index: int, first: int, line: int) -> Diagnostic:
    """Two columns for one thing."""
    message = f"les colonnes {letters(first)} et {letters(index)} veulent dire la même chose"
    help = "gardez-en une ; mettez # devant le nom de l’autre : elle sera laissée de côté"
    places = _under(path, header, index, line), _under(path, header, first, line)
    return mistake("DLA334", places[0], message, help, places[1])


def _under(path: Path, header: tuple[str, ...], index: int, line: int) -> Place:
    """One name among those of the first line, laid side by side."""
    between = " | "
    column = sum(len(name) + len(between) for name in header[:index]) + 1
    return Place(str(path), line, column, max(1, len(header[index])), between.join(header))
