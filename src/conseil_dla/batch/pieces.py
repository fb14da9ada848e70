"""What a batch is given, cut into pieces of work that a process takes one at a time."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from conseil_dla.batch.objects import NoObject, NotUtf8, misread, object_of, read_object
from conseil_dla.dossiers.store import load, unreadable
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, Unusable
from conseil_dla.ground.files import check_regular
from conseil_dla.ground.yamltext import foreign
from conseil_dla.rules.model import Base, Dossier

MOST_BYTES = 1 << 20
"""Of the lines of one piece of work; a line that is longer is refused without being read whole."""
FEW_FILES = 20
LOOKED_AT = 4096
"""Bytes that tell a file that is no text in UTF-8."""


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
        try:
            return title_of(self.data())
        except Unusable:
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


def lines_of(path: Path) -> Iterator[Lines | Faulty]:
    """A .jsonl file in pieces; it is never held whole. Raises OSError."""
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
            size = whole or len(block)
            yield Lines(name, first, start, size)
            first, start = first + block.count(b"\n"), start + size
            file.seek(start)


def _skipped(file: BinaryIO) -> int:
    """Past the end of a line that is too long; how many bytes that was."""
    size = 0
    while rest := file.readline(MOST_BYTES):
        size += len(rest)
        if rest.endswith(b"\n"):
            break
    return size


def files_of(paths: tuple[Path, ...]) -> Iterator[Files]:
    """Files of their own, a few at a time."""
    for start in range(0, len(paths), FEW_FILES):
        few = paths[start : start + FEW_FILES]
        yield Files(tuple(map(str, few)), sum(map(_size, few)))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
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
            lines = source.read(chunk.size).split(b"\n")
    except OSError as error:
        yield Given(file, file, mistakes=(unreadable(Path(file), error),))
        return
    for number, line in enumerate(lines, chunk.first):
        if line.strip() not in (b"", BOM_UTF8):
            yield Given(f"{file}:{number}", file, number, line)


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
    return Diagnostic("DLA321", Severity.ERROR, Place(file, number), message, help)
