"""Read YAML texts into nodes with places, and tell what is wrong with the way they are written.

What the grammar refuses is found in the same pass, with its cause and its mend; a list survives what fails in one item.

What is no text in UTF-8 and says so itself is told first (UTF-16 from Notepad, documents of a word processor), then
no-break spaces where the layout needs ordinary ones: they come from a word processor or a web page, look like any other
space, and change what the file says. The key after them gets another name, or becomes part of a text.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator

from conseil_dla.ground.diagnostics import Diagnostic, Place, mistake
from conseil_dla.ground.nodes import Node, Sequence
from conseil_dla.ground.yamltext.composing import Composed, compose
from conseil_dla.ground.yamltext.failures import explain
from conseil_dla.ground.yamltext.mends import mended
from conseil_dla.ground.yamltext.traps import (
    NOTHING_KNOWN,
    THIN,
    WORD,
    Grammar,
    Source,
    key_of,
    missing_dash,
    split_lines,
    unsafe_characters,
)

_MOST = 100
"""Findings of one file past which mends are tried no longer."""


def decode(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, a byte order mark accepted; None and a finding when it is not UTF-8."""
    if (other := foreign(data, file)) is not None:
        return None, [other]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        good = data[: problem.start].decode("utf-8-sig", errors="replace")
        lines = split_lines(good)
        rest = re.split(rb"\r|\n", data[problem.start :], maxsplit=1)[0].decode("cp1252", errors="replace")
        place = Place(file, len(lines), len(lines[-1]) + 1, 1, lines[-1] + rest)
        return None, [
            mistake(
                "DLA001",
                place,
                "le fichier n’est pas enregistré en UTF-8 : les accents ne peuvent pas être lus",
                "dans votre éditeur, choisissez « Enregistrer sous », encodage UTF-8, puis remplacez le fichier",
            )
        ]


def parse(text: str, file: str, grammar: Grammar = NOTHING_KNOWN) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of a YAML text and everything wrong with the way it is written. Never raises.

    None when the text is empty, or when nothing could be read. A list survives a failure inside one of its items: the
    other items are given, so that their own mistakes are reported at the same time. ``grammar`` is what is known of
    the keys of such a file.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    source = Source(file, lines, grammar=grammar)
    cleaned, found = unsafe_characters(source, "\n".join(lines))
    cleaned, odd = plain_spaces(source, cleaned)
    found += odd
    composed = compose(source, cleaned)
    if composed.failure is None:
        return composed.node, found + composed.found
    node, failures = _by_items(source, cleaned.split("\n"))
    if not failures:
        node, failures = _told(source, cleaned.split("\n"), composed)
    return node, found or failures


def _told(
    source: Source, lines: list[str], composed: Composed, offset: int = 0, trying: bool = True
) -> tuple[Node | None, list[Diagnostic]]:
    """What can be had of a passage, and all that is told of it: as it is, or mended where its failure can be."""
    failure = composed.failure
    if failure is None:
        return composed.node, composed.found
    mend = mended(source, lines, offset, failure) if trying else None
    node, found, told = mend or (None, composed.found, explain(source, failure))
    same = any(one.code == told.code and one.place.line == told.place.line for one in found)
    return node, found if same else [*found, told]


def _goes_further(source: Source, number: int) -> bool:
    """True when what is below a line cannot follow the name of an item: it was cut from a list further in."""
    below = next((line for line in source.lines[number:] if line.strip() and not line.lstrip().startswith("#")), "")
    text = below.lstrip(" ")
    return len(below) - len(text) > 2 and (text.startswith("- ") or key_of(text) in source.grammar.inner)


def _by_items(source: Source, lines: list[str]) -> tuple[Node | None, list[Diagnostic]]:
    """Read the items of a top-level list one by one; no findings when the text is not such a list."""
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---"))), "")
    items: list[Node] = []
    found: list[Diagnostic] = []
    if re.match(rf" *{WORD.pattern}: +\S", first) and any(line.startswith("- ") for line in lines):
        at = lines.index(first)
        end = next((n for n, line in enumerate(lines) if n > at and line.startswith("- ")), at)
        lines[at] = first = "- " + first.lstrip(" ")
        if compose(source, "\n".join(lines[at:end]), at).failure:
            return None, []
        found.append(missing_dash(source, at + 1, "tout à gauche"))
    lead = first[: len(first) - len(first.lstrip(" "))] + "- "
    starts = [number for number, line in enumerate(lines) if (line + " ").startswith(lead)]
    usual = Counter(key_of(line.lstrip(" -")) for line in lines)
    begun = Counter(key_of(lines[number][len(lead) :]) for number in starts)
    alone = {key for key, times in begun.items() if times == 1 < usual[key]}
    starts = [
        number
        for number in starts
        if number == starts[0] or not (key_of(lines[number][len(lead) :]) in alone or _goes_further(source, number + 1))
    ]
    if not starts or not first.startswith(lead):
        return None, []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        passage = lines[start:end]
        node, told = _told(source, passage, compose(source, "\n".join(passage), start), start, len(found) < _MOST)
        items.extend(node.items if isinstance(node, Sequence) else ())
        found.extend(told)
    return Sequence(tuple(items), source.place(starts[0] + 1, len(lead) - 1)), found


# --- what is no text in UTF-8 ----------------------------------------------------------------------------------------

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
        return mistake("DLA001", Place(file), f"c’est {told}, pas un fichier texte", help)
    if data[:_LOOKED_AT].removeprefix(BOM_UTF8).lstrip().lower().startswith(_PAGE):
        help = "elle s’ouvre dans un navigateur ; donnez ici un fichier .yaml"
        return mistake("DLA001", Place(file), "c’est une page web, pas un fichier .yaml", help)
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    encoding = marked or _unmarked(data[:_LOOKED_AT])
    if encoding is None:
        return None
    first = split_lines(data[:_LOOKED_AT].decode(encoding, errors="replace").removeprefix("\ufeff"))[0]
    return mistake(
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


_LEAD = re.compile(rf"(?:[ {THIN}]|-(?=[ {THIN}]))*")
_KEY = re.compile(rf"{WORD.pattern}[ {THIN}]*:(?=\s|$)(?P<after>(?:[{THIN}][ {THIN}]*)?)")
_SUSPECT = re.compile(rf"^[ -]*(?:[{THIN}]|{WORD.pattern}:[{THIN}])", re.MULTILINE)
"""A line that may hold one: most files hold none, and are not looked at line by line."""
_BLOCK = re.compile(r"(?::|-) +[>|][-+0-9]*\s*(?:#.*)?$")


def plain_spaces(source: Source, text: str) -> tuple[str, list[Diagnostic]]:
    """Report such spaces, once a line, and give the text back with ordinary ones in their place; columns hold."""
    if _SUSPECT.search(text) is None:
        return text, []
    lines = text.split("\n")
    found: list[Diagnostic] = []
    for number in _outside_blocks(lines):
        line = lines[number]
        lead = _LEAD.match(line)
        key = _KEY.match(line, lead.end()) if lead else None
        if lead is None or key is None:
            continue
        spans = [span for span in (lead.span(), key.span("after")) if any(one in line[slice(*span)] for one in THIN)]
        for start, end in spans:
            line = line[:start] + re.sub(f"[{THIN}]", " ", line[start:end]) + line[end:]
        if spans:
            column = next(at for at in range(*spans[0]) if lines[number][at] in THIN) + 1
            found.append(_space_told(source, number + 1, column))
            lines[number] = line
    return "\n".join(lines), found


def _outside_blocks(lines: list[str]) -> Iterator[int]:
    """Lines that are not the text of a ``>`` or ``|``: there, any space is part of what is written."""
    block: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if _BLOCK.search(line) else None
        yield number


def _space_told(source: Source, line: int, column: int) -> Diagnostic:
    message = "un espace insécable, là où il faut un espace ordinaire"
    help = "effacez cet espace et retapez-le : il vient d’un traitement de texte ou d’une page du web"
    return mistake("DLA019", source.place(line, column), message, help)
