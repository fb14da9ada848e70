"""The bad folders of tests/bad: each lays its files over the good miniature.

``SUPPRIME`` lists what it takes away, ``GRANDIT`` files to fill with comments up to a size, ``attendu.txt`` holds what
an author reads. ``corrige/`` holds the mended files, to be laid over the good miniature alone; a folder that only takes
away has none, since putting back is the mend.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from builders import write_folder

BAD = Path(__file__).resolve().parent / "bad"
BAD_DOSSIERS = BAD.with_name("bad_dossiers")
CASES = sorted(path for path in BAD.iterdir() if path.is_dir())
MENDED = "corrige"
FILLING = "# et ainsi de suite\n"


def laid_over(case: Path, folder: Path) -> Path:
    """The good miniature with the mistake of a case. ``case / MENDED`` gives it mended."""
    write_folder(folder)
    for name in _said(case / "SUPPRIME"):
        path = folder / name
        path.rmdir() if path.is_dir() else path.unlink()
    for sub in ("rules", "knowledge"):
        if (case / sub).is_dir():
            shutil.copytree(case / sub, folder / sub, dirs_exist_ok=True)
    grown = _said(case / "GRANDIT")
    for name, size in zip(grown[::2], grown[1::2], strict=True):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(FILLING * (int(size) // len(FILLING)))
    return folder


def _said(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split() if file.exists() else []
