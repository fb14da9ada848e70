"""A file that a command writes: what its name may be, and what the disk says."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.parser import Misused

if TYPE_CHECKING:
    from conseil_dla.papers.blocks import Paper
    from conseil_dla.papers.documents.document import Made


def target_of(given: str, suffixes: Collection[str], *, replace: bool) -> Path:
    """The file to write. Raises ``Misused`` when its name says no known kind, or when it is there already."""
    target = Path(given)
    if target.suffix.lower() not in suffixes:
        known = ", ".join(suffixes)
        raise Misused(f"« {target.name} » : la fin du nom choisit la sorte de fichier\naide : {known}")
    if target.is_dir():
        raise Misused(f"« {target} » est un dossier du disque, pas un fichier\naide : ajoutez un nom de fichier")
    if target.exists() and not replace:
        raise Misused(f"« {target} » existe déjà : rien n’a été écrit\naide : un autre nom, ou --remplacer")
    return target


def put(target: Path, data: bytes) -> None:
    """The file, whole or not at all. Raises ``Misused`` with the disk's reason."""
    from conseil_dla.ground.files import forget_unfinished, write_atomically  # noqa: PLC0415
    from conseil_dla.wording.disk_text import creation_failure  # noqa: PLC0415

    forget_unfinished(target)
    try:
        write_atomically(target, data)
    except OSError as error:
        raise Misused(creation_failure(target.parent, error)) from error


def made_of(paper: Paper, suffix: str, origin: str, named: str | None = None) -> Made:
    """The content of a paper's file. Raises ``Misused`` when the template named, or the usual one, cannot serve."""
    from conseil_dla.papers.documents.document import BadTemplate  # noqa: PLC0415
    from conseil_dla.papers.documents.kinds import PDF, styled, usual  # noqa: PLC0415
    from conseil_dla.wording.disk_text import failure  # noqa: PLC0415

    where = Path(named) if named else usual(origin, ".docx" if suffix == PDF else suffix)
    try:
        return styled(paper, suffix, origin, where)
    except (BadTemplate, OSError) as error:
        why = failure(error) if isinstance(error, OSError) else str(error)
        why = "ce fichier est introuvable" if isinstance(error, FileNotFoundError) else why
        help = "enregistrez-le de nouveau depuis Word ou LibreOffice, ou passez-vous de --gabarit"
        raise Misused(f"le gabarit « {where} » ne peut pas servir : {why}\naide : {help}") from error


def tell_written(target: Path, made: Made) -> None:
    """Say on stderr where the paper is, and what of its template is not in it."""
    from conseil_dla.ground.french import harmless, spaced  # noqa: PLC0415

    print(spaced(harmless(f"Écrit : {target}")), file=sys.stderr)
    for wanted, used in made.missing:
        instead = f"« {used} »" if used else "le style ordinaire"
        told = f"le gabarit n’a pas de style « {wanted} » : {instead} le remplace"
        print(spaced(harmless(told)), file=sys.stderr)
    for told in made.told:
        print(spaced(harmless(told)), file=sys.stderr)
