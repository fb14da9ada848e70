"""Files that are no text in UTF-8 and say so themselves: UTF-16 from Notepad, documents of a word processor."""

from __future__ import annotations

from codecs import BOM_UTF8

from conseil_dla.ground.diagnostics import Diagnostic, Place
from conseil_dla.ground.yamltext.traps import error, split_lines

_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
"""The longer ones first: UTF-32 begins as UTF-16 does."""
NAMES = {"utf-16": "UTF-16 (« Unicode » dans le Bloc-notes)", "utf-32": "UTF-32"}
_ARCHIVE = b"PK\x03\x04"
_TABLE = "un tableau se lit par « conseil-dla lot TABLEAU.xlsx -o RESULTATS.xlsx », un dossier par ligne"
_SAVE = "dans le traitement de texte, enregistrez-le en « texte brut », encodage UTF-8, avec la fin .yaml"
_WITHIN = (
    (b"xl/workbook.", "un classeur de tableur", _TABLE),
    (b"opendocument.spreadsheet", "un classeur de tableur", _TABLE),
    (b"word/document.", "un document de traitement de texte", _SAVE),
    (b"opendocument.text", "un document de traitement de texte", _SAVE),
)
"""What an archive holds that is not one to its owner."""
_BEGINNINGS = (
    (b"%PDF-", "un PDF", "un PDF ne se relit pas ici : donnez le fichier .yaml d’où il vient"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "une image", "donnez le fichier .yaml dont vous voulez la lecture"),
    (b"{\\rtf", "un document de traitement de texte", _SAVE),
    (b"\xd0\xcf\x11\xe0", "un document d’un ancien Word ou d’un ancien Excel", _SAVE),
    (_ARCHIVE, "une archive", "ouvrez-la, sortez-en les fichiers .yaml, et donnez ceux-là"),
)
_PAGE = (b"<!doctype html", b"<html")
_LOOKED_AT = 400


def foreign(data: bytes, file: str) -> Diagnostic | None:
    """The finding for such a file; None for any other, readable or not."""
    within = _WITHIN if data.startswith(_ARCHIVE) else ()
    for told, help in (
        *((told, help) for sign, told, help in within if sign in data),
        *((told, help) for signs, told, help in _BEGINNINGS if data.startswith(signs)),
    ):
        return error("DLA001", Place(file), f"c’est {told}, pas un fichier texte", help)
    if data[:_LOOKED_AT].removeprefix(BOM_UTF8).lstrip().lower().startswith(_PAGE):
        help = "elle s’ouvre dans un navigateur ; donnez ici un fichier .yaml"
        return error("DLA001", Place(file), "c’est une page web, pas un fichier .yaml", help)
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    encoding = marked or _unmarked(data[:_LOOKED_AT])
    if encoding is None:
        return None
    first = split_lines(data[:_LOOKED_AT].decode(encoding, errors="replace").removeprefix("\ufeff"))[0]
    return error(
        "DLA001",
        Place(file, 1, 1, 1, first),
        f"le fichier est enregistré en {NAMES[encoding[:6]]}, pas en UTF-8",
        "dans le Bloc-notes : « Enregistrer sous », puis choisissez UTF-8 dans la liste « Encodage »",
    )


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is null in a text of our letters."""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = data[start::2]
        if len(half) > 3 and half.count(0) > len(half) * 3 // 4 and 0 not in data[1 - start :: 2]:
            return encoding
    return None
