"""What each file of a folder is, by its name and at most a look at its first lines: to be read, set aside, or nothing.

Whoever reads a folder asks here, so that what is not read is the same everywhere, and said with what to do about it.
What a system, an editor or a synchronisation leaves for itself is nothing, and nobody is told of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.french import counted
from conseil_dla.ground.words import alphabetical, nearest

ENDING = ".yaml"
TRASH = "corbeille"
"""Where a file that was not kept goes, inside its folder; nothing is read there."""
MOST_LOOKED = 300
"""Entries of a subfolder that are looked at, and bytes of a text that tell whether it is one of ours: enough."""
_SYSTEMS = (
    r"(\._|\.~lock\.).*|\.ds_store|\.localized|\.directory"
    r"|(eh)?thumbs\.db|desktop\.ini|icon\r?|__macosx|\$recycle\.bin"
)
"""Names of what systems and office suites leave in a folder by themselves."""
_LEFT = re.compile(_SYSTEMS, re.IGNORECASE)
_LITTER = re.compile(
    rf"{_SYSTEMS}|(~\$|\.#|#).*"
    r"|.*(~|\.(tmp|swp|swo|part|crdownload|lock|bak|old|orig))|.*\.version-\d+(-\d+)?\.txt",
    re.IGNORECASE,
)
_SPARE = re.compile(r"(?P<stem>[^.#~\s].*?)(?P<ending>\.ya?ml)?(~|\.(tmp|bak|old|orig))", re.IGNORECASE)
"""A former text that an editor, or a person, keeps beside the one in use: told only where that one is missing."""
_READ_ME = re.compile(r"(lisez[-_ ]?moi|read[-_ ]?me)(\..*)?", re.IGNORECASE)
_NEARLY = re.compile(r"\.?(?P<stem>[^.\s].*?)\s*\.(?P<ending>\w{2,5})(\.txt)?[\s.]*", re.IGNORECASE)
_OURS = re.compile(r"\s*(#[^\n]*\n\s*|---\s*\n\s*)*(- [a-z]+|titre|reponses|version)\s*:")
_MADE_APART = re.compile(
    r"(?P<stem>.+?)[ _-]*\((?=[^()]*(conflit|conflict))([^()]|\([^()]*\))*\)( ?\(\d+\))?"
    r"|(?P<synced>.+?)\.sync-conflict-\d{8}-\d{6}.*|(?P<google>.+?)_conf\(\d+\)|(?P<ours>.+?)\.autre-version-.+",
    re.IGNORECASE,
)
"""Names that a synchronisation, or this program, gives to a second version: nobody else writes them."""
_COPIED = re.compile(
    r"(?P<stem>.+?)( ?\(\d{1,3}\)| \d{1,2}| ?[-–_] ?(copie|copy)( ?\(\d+\))?| (copie|copy)( \d{1,2})?)"
    r"|(copie|copy)( \(\d+\))? (de|of) (?P<of>.+)",
    re.IGNORECASE,
)
"""Names that a copy takes, and that a person may give too: what they hold decides."""
_ALIKE = 0.5
"""Share of the lines of a copy that are its original's."""
_WRITTEN = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".csv", ".xlsx", ".ods", ".xls", ".jsonl")
_PACKED = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")


class Sort(Enum):
    """Why a file is set aside; the values are for nobody to see."""

    NAME = "name"
    COPY = "copy"
    SPARE = "spare"
    FOLDER = "folder"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Aside:
    """A file, or a folder, that is not read."""

    path: Path
    sort: Sort
    message: str
    help: str
    original: Path | None = None
    """Of which it is a copy."""

    def finding(self, shown: str = "") -> Diagnostic:
        """The same as a finding; ``shown`` is how its path is told. It weighs where something is likely missed."""
        severity = Severity.INFORMATION if self.sort is Sort.OTHER else Severity.WARNING
        return Diagnostic("DLA018", severity, Place(shown or str(self.path)), self.message, self.help)


@dataclass(frozen=True, slots=True)
class Contents:
    """A folder sorted, each part by name."""

    read: tuple[Path, ...] = ()
    aside: tuple[Aside, ...] = ()


def contents(folder: Path, known: Collection[str] = ()) -> Contents:
    """What there is to read in a folder, and what is set aside. ``known`` are subfolders read elsewhere, or by nobody.

    Raises OSError where the folder cannot be listed.
    """
    paths = sorted(folder.iterdir(), key=lambda path: alphabetical(path.name))
    names = {path.name for path in paths}
    read: list[Path] = []
    aside: list[Aside] = []
    for path in paths:
        if path.name in known or path.name == TRASH:
            continue
        if _LITTER.fullmatch(path.name):
            aside += _spare(path, names)
            continue
        original = copied_from(path, names)
        if original is not None:
            aside.append(_copy(path, original))
        elif path.suffix == ENDING and not path.name.startswith("."):
            read.append(path)
        elif (found := _misplaced(path, names)) is not None:
            aside.append(found)
    return Contents(tuple(read), tuple(aside))


def holds_something(folder: Path) -> bool:
    """False for a folder that does not exist, and for one that holds only what a system leaves there by itself."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return not all(_LEFT.fullmatch(name) for name in names)


def readable(folder: Path) -> tuple[Path, ...]:
    """What there is to read in a folder, by name; nothing where it cannot be listed."""
    with suppress(OSError):
        return contents(folder).read
    return ()


def _misplaced(path: Path, names: Collection[str]) -> Aside | None:
    if path.is_dir():
        return None if path.name.startswith(".") else _subfolder(path)
    if _READ_ME.fullmatch(path.name):
        return None
    name = proper_name(path)
    if name is None:
        return None if path.name.startswith(".") else _other(path)
    dotted = path.name.startswith(".")
    why = "son nom commence par un point" if dotted else f"son nom ne finit pas par {ENDING}"
    help = f"« {name} » existe déjà : gardez l’un des deux" if name in names else f"renommez-le en « {name} »"
    return Aside(path, Sort.NAME, f"ce fichier n’est pas lu : {why}", help)


def _spare(path: Path, names: Collection[str]) -> Iterator[Aside]:
    """Itself where it is the last text of a file that is no longer there."""
    found = _SPARE.fullmatch(path.name)
    if found is None or not (found["ending"] or _is_ours(path)):
        return
    name = found["stem"] + ENDING
    if not {name, found["stem"] + (found["ending"] or ENDING)} & set(names):
        message = f"ce fichier n’est pas lu : c’est une copie de secours, et « {name} » n’est pas là"
        help = f"renommez-le en « {name} » s’il doit servir ; sinon, sortez-le d’ici"
        yield Aside(path, Sort.SPARE, message, help)


def proper_name(path: Path) -> str | None:
    """The name under which a file would be read, where it only lacks that; None for what is something else."""
    found = _NEARLY.fullmatch(path.name)
    if found is not None:
        ending = found["ending"].lower()
        if ending == "yml" or nearest(ending, (ENDING[1:],)) is not None:
            return found["stem"] + ENDING
    if path.suffix.lower() in ("", ".txt", ".text", ".md") and not path.name.startswith(".") and _is_ours(path):
        return path.name.strip().removesuffix(path.suffix) + ENDING
    return None


def _is_ours(path: Path) -> bool:
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return _OURS.match(file.read(10 * MOST_LOOKED).decode("utf-8-sig", "replace")) is not None
    return False


def _subfolder(path: Path) -> Aside | None:
    inside = sum(1 for name in _names_under(path) if _NEARLY.fullmatch(name) and Path(name).suffix.lower() == ENDING)
    if not inside:
        return None
    there = f"{counted(inside, 'fichier')} {ENDING} {'s’y trouvent' if inside > 1 else 's’y trouve'}"
    message = f"ce sous-dossier n’est pas lu : {there}"
    where = path.parent.name or path.parent.resolve().name
    it = "les" if inside > 1 else "le"
    return Aside(path, Sort.FOLDER, message, f"sortez-{it} : mettez-{it} directement dans « {where} »")


def _names_under(folder: Path) -> Iterator[str]:
    looked = 0
    for _, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != TRASH]
        for name in files:
            looked += 1
            if looked > MOST_LOOKED:
                return
            if not _LITTER.fullmatch(name):
                yield name


def _other(path: Path) -> Aside:
    message, ending = f"ce fichier n’est pas lu : ce n’est pas un texte {ENDING}", path.suffix.lower()
    if ending in _WRITTEN:
        help = f"copiez-en le texte dans un fichier {ENDING}, avec un éditeur de texte"
        return Aside(path, Sort.DOCUMENT, message, help)
    if ending in _PACKED:
        return Aside(
            path, Sort.DOCUMENT, message, f"décompressez-le, et mettez ici les fichiers {ENDING} qu’il contient"
        )
    return Aside(path, Sort.OTHER, message, "sortez-le d’ici, s’il n’a rien à y faire")


# --- copies ----------------------------------------------------------------------------------------------------------


def copied_from(path: Path, names: Collection[str]) -> Path | None:
    """The file of which this one is a second version, when it stands beside; None for a dossier of its own.

    The name alone tells for what a synchronisation makes. A name that a person may have given takes the same title,
    and most lines the same.
    """
    ending = ENDING if ".autre-version-" in path.name else path.suffix
    if ending.lower() not in (ENDING, ".yml") or path.name.startswith("."):
        return None
    stem = path.name[: -len(path.suffix)]
    is_made = _MADE_APART.fullmatch(stem) is not None
    for other in _candidates(stem):
        there = path.with_name(other + ending)
        if there.name in names and there != path and (is_made or _are_alike(path, there)):
            return _root(there, names)
    return None


def looks_copied(name: str, original: str) -> bool:
    """True when the first name is one that a copy of the second takes, whatever they hold."""
    return Path(original).stem in _candidates(Path(name).stem)


def _root(original: Path, names: Collection[str]) -> Path:
    """Where a copy was copied: the first of them."""
    return copied_from(original, names) or original


def _candidates(stem: str) -> Iterator[str]:
    for copied in (_MADE_APART.fullmatch(stem), _COPIED.fullmatch(stem)):
        yield from filter(None, copied.groupdict().values()) if copied is not None else ()
    # OneDrive adds the name of the machine.
    for cut in re.finditer("-", stem):
        machine = stem[cut.end() :]
        if machine != machine.lower():
            yield stem[: cut.start()]


def _are_alike(one: Path, other: Path) -> bool:
    try:
        first, second = one.read_bytes(), other.read_bytes()
    except OSError:
        return False
    lines, others = ({line.strip() for line in data.splitlines() if line.strip()} for data in (first, second))
    titles = [{line for line in each if line.startswith(b"titre:")} for each in (lines, others)]
    least = min(len(lines), len(others))
    return first == second or (titles[0] == titles[1] and len(lines & others) > _ALIKE * least)


def _copy(path: Path, original: Path) -> Aside:
    made = _MADE_APART.fullmatch(path.name[: -len(path.suffix)])
    kind = "une autre version" if made and made["ours"] else "une copie de synchronisation" if made else "une copie"
    help = "comparez-les, puis gardez l’un des deux et sortez l’autre de ce dossier"
    return Aside(path, Sort.COPY, f"ce fichier n’est pas lu : c’est {kind} de « {original.name} »", help, original)
