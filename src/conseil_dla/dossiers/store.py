"""Dossiers as files: listed, created, read, saved. Saving touches only what changed and keeps comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from conseil_dla.dossiers.content import read_dossier
from conseil_dla.dossiers.migration import brought, current
from conseil_dla.ground.diagnostics import Diagnostic, Place, Unusable, mistake
from conseil_dla.ground.files import (
    NoRegularFile,
    content_of,
    dossiers_folder,
    file_in_the_way,
    make_private,
    write_atomically,
)
from conseil_dla.ground.french import harmless
from conseil_dla.ground.nodes import Mapping
from conseil_dla.ground.shelving import readable
from conseil_dla.ground.words import fold
from conseil_dla.ground.yamltext import decode, dump, parse
from conseil_dla.rules.answertext import UNKNOWN
from conseil_dla.rules.model import Base, Dossier

SHIPPED = ("cas", "essais")
"""Folders of the knowledge whose dossiers belong to the rules: they are read, never written."""
TABLES = (".csv", ".tsv")
"""Ends of names of tables that are texts."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A saved dossier, as a list shows it."""

    path: Path
    title: str
    modified: datetime
    answered: int
    """Number of known answers."""


def folder() -> Path:
    """Where dossiers are kept; may not exist yet."""
    return dossiers_folder()


def listing(where: Path) -> tuple[Summary, ...]:
    """Saved dossiers, the last modified first. A file that cannot be read is shown by its name, never hidden."""
    return tuple(_summary(path, modified) for modified, path in _newest_first(where))


def newest(where: Path) -> tuple[int, Summary | None]:
    """How many dossiers are saved there, and the last modified, the only one that is read."""
    found = _newest_first(where)
    return len(found), _summary(found[0][1], found[0][0]) if found else None


def _newest_first(where: Path) -> list[tuple[datetime, Path]]:
    found = []
    for path in readable(where):
        with suppress(OSError):
            found.append((datetime.fromtimestamp(path.stat().st_mtime), path))
    return sorted(found, reverse=True)


def summary(path: Path) -> Summary:
    """One of them. Raises OSError."""
    return _summary(path, datetime.fromtimestamp(path.stat().st_mtime))


def _summary(path: Path, modified: datetime) -> Summary:
    title, answered = _title_of(path)
    return Summary(path, title or path.stem, modified, answered)


def cases(base: Base) -> tuple[Path, ...]:
    """The real experiences shipped with the rules, by name."""
    return readable(Path(base.origin) / "knowledge" / "cas")


Refused = Callable[[Iterable[Diagnostic]], object]
"""Hears why a dossier is left out."""


def _unheard(_: Iterable[Diagnostic]) -> None:
    """For whoever reads again what was told already."""


def load_each(paths: Iterable[Path], base: Base, refused: Refused) -> Iterator[Dossier]:
    """Dossiers that can be read, in the order given; ``refused`` hears what is wrong with each of the others."""
    for path in paths:
        try:
            yield load(path, base)
        except Unusable as error:
            refused(error.diagnostics)
        except OSError as error:
            refused((unreadable(path, error),))


def load_cases(base: Base, refused: Refused = _unheard) -> tuple[Dossier, ...]:
    """The same, read; one that cannot be read is left out."""
    return tuple(load_each(cases(base), base, refused))


def load_scenarios(base: Base, refused: Refused = _unheard) -> tuple[Dossier, ...]:
    """The invented scenarios of the rules, made to be played with a room (``atelier: oui``), by name.

    Whether one that cannot be read is made for that is not known: it is told too.
    """
    trials = readable(Path(base.origin) / "knowledge" / "essais")
    return tuple(dossier for dossier in load_each(trials, base, refused) if dossier.for_workshops)


def is_shipped(path: Path, base: Base) -> bool:
    """True for a case or a trial of the rules in use, by whatever path or link it is reached."""
    folders = [Path(base.origin) / "knowledge" / name for name in SHIPPED]
    try:
        return any(
            parent.samefile(folder) for folder in folders if folder.is_dir() for parent in path.resolve().parents
        )
    except OSError:
        return False


def is_personal(path: Path, base: Base | None = None) -> bool:
    """True for the folder of the user's own dossiers and what lies in it, by whatever path or link it is reached.

    With the rules at hand, their own cases and trials are nobody's, wherever the rules lie.
    """
    try:
        own, there = folder(), path.resolve()
        inside = own.is_dir() and any(place.samefile(own) for place in (there, *there.parents) if place.exists())
    except OSError:
        return False
    return inside and (base is None or not is_shipped(path, base))


def create(where: Path, title: str, demand: str = "", heard: str = "") -> Path:
    """A new, empty dossier; the folder is made if needed and no file is ever replaced. Raises OSError."""
    make_private(where)
    stem = f"{date.today():%Y-%m-%d}-{slug(title)}"
    path = where / f"{stem}.yaml"
    number = 2
    while path.exists():
        path = where / f"{stem}-{number}.yaml"
        number += 1
    content = {"version": current(), "titre": title, "demande_dans_leurs_mots": demand,
               "ce_que_vous_entendez": heard, "reponses": {}}  # fmt: skip
    write_atomically(path, dump(content))
    return path


def load(path: Path, base: Base) -> Dossier:
    """Read a dossier against a base. Raises ``Unusable`` with every mistake when it has any."""
    return read(path, base)[0]


def read(path: Path, base: Base) -> tuple[Dossier, bytes]:
    """The same, with what the file held at that moment."""
    try:
        data = content_of(path)
    except OSError as error:
        raise Unusable((unreadable(path, error),)) from error
    return understand(data, str(path), base), data


def understand(data: bytes, path: str, base: Base) -> Dossier:
    """The dossier that a file's content makes. Raises ``Unusable`` with every mistake when it has any."""
    text, found = decode(data, path)
    if is_table(path, text or ""):
        is_named = Path(path).suffix.lower() in TABLES
        first = "" if is_named else "nommez-le en .csv ou .tsv, puis : "
        help = f"{first}conseil-dla lot {Path(path).name if is_named else 'TABLEAU.csv'} -o RESULTATS.xlsx"
        place = Place(path)
        raise Unusable((mistake("DLA301", place, "c’est un tableau, pas un dossier", help),))
    if text is None:
        raise Unusable(tuple(found))
    dossier, more = read_dossier(text, path, base)
    if dossier is None:
        raise Unusable((*found, *more))
    return dossier


def is_table(path: str, text: str) -> bool:
    """True for rows of cells: said by the file's name, or by tabs on its first line, which a dossier never has."""
    first = text.lstrip("\ufeff\r\n ").partition("\n")[0]
    return Path(path).suffix.lower() in TABLES or ("\t" in first.strip() and not re.search("[:#]", first))


def title(path: Path) -> str:
    """The title as a list shows it, by the file's name when it cannot be read."""
    return _title_of(path)[0] or path.stem


def _title_of(path: Path) -> tuple[str, int]:
    try:
        text, _ = decode(content_of(path), str(path))
    except OSError:
        return "", 0
    root, _ = parse(brought(text or ""), str(path))
    if not isinstance(root, Mapping):
        return "", 0
    answers = root.get("reponses")
    known = [v for _, v in answers.entries if getattr(v, "text", "") != UNKNOWN] if isinstance(answers, Mapping) else []
    return root.text("titre"), len(known)


def slug(title: str, most: int = 60) -> str:
    """The title as a file name that every system takes."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:most] or "dossier"


def unreadable(path: Path, error: OSError) -> Diagnostic:
    """The finding for a file that is not there, or that the disk does not give."""
    if path.is_dir():
        help = "nommez les fichiers qu’il contient ; « lot » lit tout un dossier du disque"
        return mistake("DLA307", Place(str(path)), "c’est un dossier du disque, pas un fichier", help)
    cause = "est introuvable" if isinstance(error, FileNotFoundError) else "ne peut pas être lu"
    help = "vérifiez le chemin" if isinstance(error, FileNotFoundError) else "vérifiez que c’est un fichier à vous"
    if (file := file_in_the_way(path.parent)) is not None:
        cause, help = "est introuvable", f"« {harmless(str(file))} » est un fichier, pas un dossier du disque"
    if isinstance(error, NoRegularFile):
        cause, help = "n’est pas un fichier ordinaire", "nommez un fichier, pas un dossier, un périphérique ou un tube"
    return mistake("DLA307", Place(str(path)), f"ce dossier {cause}", help)
