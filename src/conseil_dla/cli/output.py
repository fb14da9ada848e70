"""A file that a command writes: what its name may be, and what the disk says."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from conseil_dla.cli.parser import Misused


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
    from conseil_dla.files import write_atomically  # noqa: PLC0415
    from conseil_dla.reporting.disk_text import creation_failure  # noqa: PLC0415

    try:
        write_atomically(target, data)
    except OSError as error:
        raise Misused(creation_failure(target.parent, error)) from error
