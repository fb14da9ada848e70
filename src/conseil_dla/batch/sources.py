"""What a batch is read from, files and folders as named, cut into pieces of work that a process takes one at a time."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from conseil_dla.batch.objects import NoObject, NotUtf8, misread, object_of, read_object
from conseil_dla.batch.table_file import SUFFIXES, read_table
from conseil_dla.dossiers.store import load, unreadable
from conseil_dla.dossiers.table_mistakes import unopened
from conseil_dla.dossiers.territory import FOLDER as PROFILE
from conseil_dla.dossiers.workshops import FOLDER
from conseil_dla.ground.diagnostics import Diagnostic, Place, Unusable, mistake
from conseil_dla.ground.files import check_regular
from conseil_dla.ground.shelving import Aside, contents, readable
from conseil_dla.ground.yamltext import foreign
from conseil_dla.rules.model import Base, Dossier

LINES = ".jsonl"
WORKBOOKS = (".xlsx", ".xlsm")
PACKED = 8
"""How many times smaller a workbook is than what is in it, or so."""
OTHER_TABLES = (".ods", ".xls", ".xlsb", ".numbers")
MANY = (LINES, *SUFFIXES, *OTHER_TABLES)
OTHER_HELP = "dans le tableur, enregistrez-le (ou exportez-le) au format .xlsx"
HELD = (FOLDER, PROFILE)
"""Folders among dossiers that hold none."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Files and folders, in the order given; of a folder, the dossiers that lie in it, by name."""

    paths: tuple[Path, ...]
    base: Base
    remarks: list[Diagnostic] = field(default_factory=list)
    """What is worth saying of tables that are read all the same; it grows as they are."""

    @property
    def size(self) -> int:
        """Bytes of all of them, to tell how far one is."""
        return sum(_size(path) for path in self._files())

    @property
    def number(self) -> int:
        """How many dossiers there are, where each is a file of its own; else 0."""
        own = [path.suffix.lower() not in MANY for path in self._files()]
        return len(own) * all(own)

    @property
    def weight(self) -> int:
        """The same where a workbook counts for what is in it, to tell how much there is to do."""
        return sum(_size(path) * (PACKED if path.suffix.lower() in WORKBOOKS else 1) for path in self._files())

    def pieces(self, count: int, *, slow: bool) -> Pieces:
        """How much a piece of work holds for so many processes; ``slow`` where dossiers are read one by one."""
        files = sum(1 for _ in self._files())
        return Pieces(
            bytes=_between(self.size // (4 * max(1, count)), *((4_000, 16_000) if slow else (256_000, MOST_BYTES))),
            rows=10 if slow else 500,
            files=_between(files // (2 * max(1, count)), *((1, 5) if slow else (20, 200))),
        )

    def chunks(self, pieces: Pieces) -> Iterator[Chunk]:
        """Every dossier once, a few at a time. What cannot be read at all is a piece of work that tells so."""
        own: list[Path] = []
        for path in self._files():
            if path.suffix.lower() in MANY:
                yield from files_of(tuple(own), pieces.files)
                own = []
                yield from self._many(path, pieces)
            else:
                own.append(path)
        yield from files_of(tuple(own), pieces.files)

    def _files(self) -> Iterator[Path]:
        for path in self.paths:
            yield from readable(path) if path.is_dir() else (path,)

    def aside(self) -> tuple[Aside, ...]:
        """What lies in the folders and is not read."""
        found: list[Aside] = []
        for path in self.paths:
            with suppress(OSError):
                found += contents(path, HELD).aside if path.is_dir() else ()
        return tuple(found)

    def _many(self, path: Path, pieces: Pieces) -> Iterator[Chunk]:
        kind = path.suffix.lower()
        try:
            if kind in OTHER_TABLES and path.is_file():
                raise unopened(path, "ce tableau est d’un format qui ne se lit pas ici", OTHER_HELP)
            yield from lines_of(path, pieces.bytes) if kind == LINES else self._rows(path, pieces.rows)
        except OSError as error:
            yield Faulty(str(path), (unreadable(path, error),), 0)
        except Unusable as error:
            yield Faulty(str(path), error.diagnostics, _size(path))

    def _rows(self, path: Path, most: int) -> Iterator[Objects]:
        rows = read_table(path, self.base, self.remarks.append)
        size = _size(path)
        while few := tuple(islice(rows, most)):
            yield Objects(str(path), few, 0)
        yield Objects(str(path), (), size)


# --- pieces of work --------------------------------------------------------------------------------------------------

SHORTENED = "ce fichier a changé pendant sa lecture\u00a0: ce qui suivait cette ligne n’a pas été lu"
MOST_BYTES = 1 << 20
"""Of the lines of one piece of work; a line that is longer is refused without being read whole."""
LOOKED_AT = 4096
"""Bytes that tell a file that is no text in UTF-8."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """How much a piece of work holds, at most: enough to be looked at together, little enough that every process has
    some of the last ones. What is written does not hang on it."""

    bytes: int
    rows: int
    files: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of a .jsonl file, the first of them being number ``first``."""

    file: str
    first: int
    start: int
    """Where they begin, in bytes: the process that reads them opens the file itself."""
    size: int


@dataclass(frozen=True, slots=True)
class Objects:
    """Rows of a table, each with its line and the object that it stands for."""

    file: str
    rows: tuple[tuple[int, object], ...]
    size: int


@dataclass(frozen=True, slots=True)
class Files:
    """Dossiers that are files of their own."""

    paths: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Faulty:
    """A file of many dossiers that cannot be read at all, or no further, or one line of it."""

    file: str
    mistakes: tuple[Diagnostic, ...]
    size: int
    line: int = 0
    """Where it is one line of it; 0 where it is the file."""


Chunk = Lines | Objects | Files | Faulty


@dataclass(frozen=True, slots=True)
class Given:
    """One dossier as it was given: a line, an object, a file, or what makes it no dossier at all.

    A line is kept as a text and made an object each time that it is asked: hundreds of objects at once would cost more
    in memory that has to be fetched than a few of them read twice.
    """

    label: str
    """``FILE:line``, or the path of a file of its own."""
    file: str
    line: int = 0
    """0 for a file of its own."""
    text: bytes | None = None
    """The line, where it is one of a .jsonl."""
    row: object = None
    """The object that a row of a table stands for."""
    mistakes: tuple[Diagnostic, ...] = ()

    def data(self) -> object:
        """The object that it holds; None for a file of its own. Raises ``Unusable`` where it holds none."""
        if self.mistakes:
            raise Unusable(self.mistakes)
        return self.row if self.text is None else _object(self.file, self.line, self.text)

    @property
    def title(self) -> str:
        """Its title, where it is an object that has one."""
        with suppress(Unusable):
            return title_of(self.data())
        return ""

    def read(self, base: Base) -> Dossier:
        """The dossier. Raises ``Unusable``."""
        data = self.data()
        if not self.line:
            return load(Path(self.file), base)
        dossier, found = read_object(data, self.file, self.line, base)
        if dossier is None:
            raise Unusable(tuple(found))
        return dossier


def title_of(data: object) -> str:
    """The title of an object; empty where it has none."""
    title = data.get("titre") if isinstance(data, dict) else None
    return title if isinstance(title, str) else ""


def lines_of(path: Path, most: int = 0) -> Iterator[Lines | Faulty]:
    """A .jsonl file in pieces of some ``most`` bytes; it is never held whole. Raises OSError."""
    name = str(path)
    check_regular(path)
    with path.open("rb") as file:
        if (other := foreign(file.read(LOOKED_AT), name)) is not None:
            yield Faulty(name, (other,), path.stat().st_size)
            return
        file.seek(0)
        first, start = 1, 0
        while block := file.read(MOST_BYTES):
            whole = block.rfind(b"\n") + 1
            if not whole and len(block) == MOST_BYTES:
                size = len(block) + _skipped(file)
                yield Faulty(name, (_too_long(name, first),), size, first)
                first, start = first + 1, start + size
                continue
            for lines in _cut(block[: whole or len(block)], most or MOST_BYTES):
                yield Lines(name, first, start, len(lines))
                first, start = first + lines.count(b"\n"), start + len(lines)
            file.seek(start)


def _cut(block: bytes, most: int) -> Iterator[bytes]:
    """Whole lines, of so many bytes together unless one is longer."""
    while len(block) > most:
        end = (block.rfind(b"\n", 0, most) + 1) or (block.find(b"\n", most) + 1) or len(block)
        yield block[:end]
        block = block[end:]
    if block:
        yield block


def _skipped(file: BinaryIO) -> int:
    """Past the end of a line that is too long; how many bytes that was."""
    size, rest = 0, b""
    while not rest.endswith(b"\n") and (rest := file.readline(MOST_BYTES)):
        size += len(rest)
    return size


def files_of(paths: tuple[Path, ...], most: int) -> Iterator[Files]:
    """Files of their own, so many at a time."""
    for start in range(0, len(paths), most):
        few = paths[start : start + most]
        yield Files(tuple(map(str, few)), sum(map(_size, few)))


def _between(number: int, least: int, most: int) -> int:
    return max(least, min(number, most))


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def opened(chunk: Chunk) -> Iterator[Given]:
    """The dossiers of a piece of work, blank lines left out."""
    match chunk:
        case Lines():
            yield from _lines(chunk)
        case Objects(file, rows):
            for number, data in rows:
                yield Given(f"{file}:{number}", file, number, row=data)
        case Files(paths):
            for path in paths:
                yield Given(path, path)
        case Faulty(file, mistakes, _, line):
            yield Given(f"{file}:{line}" if line else file, file, line, mistakes=mistakes)


def _lines(chunk: Lines) -> Iterator[Given]:
    file = chunk.file
    try:
        with open(file, "rb") as source:
            source.seek(chunk.start)
            block = source.read(chunk.size)
            lines = block.split(b"\n")
    except OSError as error:
        yield Given(file, file, mistakes=(unreadable(Path(file), error),))
        return
    for number, line in enumerate(lines, chunk.first):
        if line.strip() not in (b"", BOM_UTF8):
            yield Given(f"{file}:{number}", file, number, line)
    if len(block) < chunk.size:
        last = Place(file, chunk.first + block.count(b"\n"))
        yield Given(file, file, mistakes=(mistake("DLA321", last, SHORTENED, "recommencez quand plus rien n’y écrit"),))


def _object(file: str, number: int, line: bytes) -> object:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
    except UnicodeDecodeError as error:
        text = line.decode("utf-8", "replace").rstrip("\r")
        why = NotUtf8("elle n’est pas en UTF-8", len(line[: error.start].decode("utf-8", "replace")) + 1)
        raise Unusable((misread(why, file, number, text),)) from error
    try:
        return object_of(text)
    except NoObject as error:
        raise Unusable((misread(error, file, number, text),)) from error


def _too_long(file: str, number: int) -> Diagnostic:
    message = "cette ligne est trop longue pour être un dossier"
    help = "une ligne par dossier : vérifiez qu’aucun passage à la ligne n’a été perdu"
    return mistake("DLA321", Place(file, number), message, help)
