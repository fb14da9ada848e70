"""``conseil-dla regles initier``: a copy of the rules and knowledge, to be edited."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from conseil_dla.cli.parser import DONE, FrenchParser, Misused
from conseil_dla.reporting.french import spaced

HELP = """\
conseil-dla regles initier DOSSIER_REGLES

Copie les règles et les connaissances du programme dans DOSSIER_REGLES, qui ne doit pas exister ou être vide.
Modifiez-les avec un éditeur de texte, puis : conseil-dla regles verifier DOSSIER_REGLES
"""
PARTS = ("rules", "knowledge")


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Copy the chosen rules folder (the packaged one unless another is named)."""
    parser = FrenchParser("conseil-dla regles initier", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    options = parser.options(arguments)
    if options is None:
        return DONE
    if options.folder is None:
        parser.error("the following arguments are required: DOSSIER_REGLES")
    from conseil_dla.opening import rules_folder  # noqa: PLC0415

    source, target = rules_folder(options.regles), Path(options.folder)
    if target.exists() and not target.is_dir():
        raise Misused(f"{target} est un fichier\naide : nommez un dossier vide, ou qui n’existe pas encore")
    if target.is_dir() and any(target.iterdir()):
        raise Misused(f"{target} n’est pas vide\naide : nommez un dossier vide, ou qui n’existe pas encore")
    for part in PARTS:
        if not (source / part).is_dir():
            raise Misused(f"il n’y a pas de règles à copier dans {source}\naide : vérifiez --regles")
    for part in PARTS:
        shutil.copytree(source / part, target / part, copy_function=shutil.copyfile)
    print(f"Règles copiées dans {target}\n" + spaced("Pour les relire : ") + f"conseil-dla regles verifier {target}")
    return DONE
