"""What installing Conseil DLA brings, rewritten in docs/dependances.md: ``python tools/dependencies.py``.

The libraries are those that the project's metadata asks for under Linux with Python 3.11, followed from one to the
next; versions are those of verrou.txt, licences and sizes those of the packages installed beside this Python. What
each is for is said here; the words around the table are written in the page, by hand, and stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dependances.md"
PROJECT = "conseil-dla"
THERE = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64",
         "python_version": "3.11", "python_full_version": "3.11.7", "implementation_name": "cpython",
         "platform_python_implementation": "CPython"}  # fmt: skip
WHY = {
    "aiohttp": "le serveur de `servir`",
    "durable-rules": "le moteur de règles, là où il se compile",
    "jinja2": "les pages pour navigateur : papiers, site des règles, vue d’ensemble d’un lot",
    "lxml": "l’écriture des documents Word et LibreOffice, élément par élément",
    "odfdo": "les documents LibreOffice",
    "openpyxl": "les tableaux Excel",
    "pillow": "l’image de la boussole dans les documents",
    "platformdirs": "le dossier des documents, celui des réglages",
    "pydantic": "la forme des fichiers, et toutes leurs erreurs à la fois",
    "python-docx": "les documents Word",
    "python-sat": "les preuves sur les formats, quand les règles sont nombreuses",
    "pyyaml": "la lecture des règles et des dossiers",
    "rich": "la largeur des lettres et leur allure, à l’écran",
    "ruamel-yaml": "l’enregistrement d’un dossier sans perdre ses commentaires",
    "textual": "les écrans",
    "textual-serve": "la page où `servir` montre les écrans",
    "ttf-opensans": "les lettres de l’image de la boussole",
}
LICENCES = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Python Software Foundation License": "PSF-2.0",
}
"""Other words for a licence, under its short name."""
TABLE = re.compile(r"^\| bibliothèque \|.*?^(?=[^|])", re.MULTILINE | re.DOTALL)
HEAD = "| bibliothèque | version | licence | taille | pour quoi, ou pour qui |\n|---|---|---|---|---|\n"


def closure() -> dict[str, set[str]]:
    """Each library, and which others ask for it; the project itself among them."""
    asked_by: dict[str, set[str]] = {}
    todo = [(PROJECT, "")]
    seen = set(todo)
    while todo:
        name, extra = todo.pop()
        for each in requirements(name, extra):
            needed = canonicalize_name(each.name)
            asked_by.setdefault(needed, set()).add(name)
            more = {(needed, extra) for extra in ("", *each.extras)} - seen
            seen |= more
            todo += sorted(more)
    return asked_by


def requirements(name: str, extra: str) -> Iterator[Requirement]:
    """What a library, or one of its extras, asks for; nothing where it is not installed."""
    try:
        asked = metadata.distribution(name).requires or []
    except metadata.PackageNotFoundError:
        return
    for each in map(Requirement, asked):
        if each.marker is None or each.marker.evaluate({**THERE, "extra": extra}):
            yield each


def pins() -> dict[str, str]:
    """The versions of verrou.txt."""
    text = (ROOT / "verrou.txt").read_text(encoding="utf-8")
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)}


def licence(name: str) -> str:
    """The short name of a library's licence, as its own metadata has it."""
    about = metadata.metadata(name)
    if said := about.get("License-Expression"):
        return said
    classified = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License")]
    said = (about.get("License") or "").strip()
    short = said if said and len(said) < 30 else next(iter(classified), "?")
    return LICENCES.get(short, short)


def size(name: str) -> str:
    """What its files weigh, compiled Python aside, in French units."""
    files = metadata.files(name) or []
    here = [Path(str(each.locate())) for each in files if each.suffix != ".pyc"]
    weight = sum(path.stat().st_size for path in here if path.is_file())
    return f"{weight / 1e6:.1f}\u00a0Mo".replace(".", ",") if weight >= 1e5 else f"{weight / 1e3:.0f}\u00a0ko"


def table() -> str:
    """One line a library, those that the project asks for first."""
    versions, asked_by = pins(), closure()
    names = sorted(asked_by, key=lambda name: (PROJECT not in asked_by[name], name))
    return HEAD + "".join(
        f"| {name} | {versions[name]} | {licence(name)} | {size(name)} | {reason(name, asked_by[name])} |\n"
        for name in names
    )


def reason(name: str, by: set[str]) -> str:
    """What the project does with it, or which libraries need it."""
    return WHY[name] if PROJECT in by else f"demandée par {', '.join(sorted(by))}"


def main() -> int:
    """Rewrite the table."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: table(), text, count=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
