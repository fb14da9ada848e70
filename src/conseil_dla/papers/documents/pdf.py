"""A paper as PDF, made by LibreOffice from its Word file, where LibreOffice is on the machine. It fetches nothing.

In a file of its own, as each kind of file is.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from conseil_dla.papers.documents.document import NotMade

NAMES = ("soffice", "libreoffice")
PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
PATIENCE = 120
"""Seconds: the first start of LibreOffice makes its profile."""
HOW = "écrivez un .docx ou un .odt, puis exportez-le en PDF depuis Word ou LibreOffice"
ABSENT = f"LibreOffice, qui fait les PDF, n’est pas sur cette machine\naide : {HOW}"
REFUSED = f"LibreOffice n’a pas fait le PDF\naide : {HOW}"


def office() -> str | None:
    """LibreOffice's program; None where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((str(path) for path in PLACES if path.is_file()), None)


def of(word: bytes) -> bytes:
    """The PDF of a Word file. Raises ``NotMade``, and OSError when the disk refuses."""
    program = office()
    if program is None:
        raise NotMade(ABSENT)
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "papier.docx"
        source.write_bytes(word)
        command = (
            program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", name, str(source),
        )  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False)
            return source.with_suffix(".pdf").read_bytes()
        except (subprocess.TimeoutExpired, FileNotFoundError) as error:
            raise NotMade(REFUSED) from error
