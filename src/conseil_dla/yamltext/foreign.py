"""Files that are no text in UTF-8 and say so themselves: UTF-16 from Notepad, documents of a word processor."""

from __future__ import annotations

from conseil_dla.diagnostics import Diagnostic, Place
from conseil_dla.yamltext.traps import error, split_lines

_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf", b"%PDF-", b"\xd0\xcf\x11\xe0")
"""How .docx and .odt, .rtf, .pdf and .doc files begin."""
_LOOKED_AT = 400


def foreign(data: bytes, file: str) -> Diagnostic | None:
    """The finding for such a file; None for any other, readable or not."""
    if data.startswith(_DOCUMENTS):
        return error(
            "DLA001",
            Place(file),
            "c’est un document de traitement de texte, pas un fichier texte",
            "dans le traitement de texte, enregistrez-le en « texte brut », encodage UTF-8, avec la fin .yaml",
        )
    encoding = _MARKS.get(data[:2]) or _unmarked(data[:_LOOKED_AT])
    if encoding is None:
        return None
    first = split_lines(data[:_LOOKED_AT].decode(encoding, errors="replace").removeprefix("\ufeff"))[0]
    return error(
        "DLA001",
        Place(file, 1, 1, 1, first),
        "le fichier est enregistré en UTF-16 (« Unicode » dans le Bloc-notes), pas en UTF-8",
        "dans le Bloc-notes : « Enregistrer sous », puis choisissez UTF-8 dans la liste « Encodage »",
    )


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is null in a text of our letters."""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = data[start::2]
        if len(half) > 3 and half.count(0) > len(half) * 3 // 4 and 0 not in data[1 - start :: 2]:
            return encoding
    return None
