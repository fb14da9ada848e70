"""``conseil-dla regles initier``: a copy of the rules and knowledge, to be edited, with what helps to write them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from conseil_dla.authoring.starting_text import readme
from conseil_dla.cli.parser import DONE, FrenchParser, Misused
from conseil_dla.ground.files import packaged_help
from conseil_dla.ground.folders import make_folder
from conseil_dla.ground.french import spaced
from conseil_dla.ground.shelving import holds_something
from conseil_dla.reading.opening import rules_folder
from conseil_dla.wording.disk_text import creation_failure

HELP = """\
conseil-dla regles initier DOSSIER_REGLES

Copie les règles et les connaissances du programme dans DOSSIER_REGLES, qui ne doit pas exister ou être vide,
avec un mode d’emploi (LISEZ-MOI.txt), un modèle par sorte d’élément (modeles/) et le guide (guide/).
Modifiez-les avec un éditeur de texte, puis : conseil-dla regles verifier DOSSIER_REGLES
"""
PARTS = ("rules", "knowledge")
TEMPLATES = "modeles"
GUIDE = "guide"
PAGES = ("ecrire-une-regle.md", "diagnostics.md")


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Copy the chosen rules folder (the packaged one unless another is named), wholly or not at all."""
    parser = FrenchParser("conseil-dla regles initier", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    options = parser.options(arguments)
    if options is None:
        return DONE
    if options.folder is None:
        parser.error("the following arguments are required: DOSSIER_REGLES")

    source, target = rules_folder(options.regles), Path(options.folder)
    if target.exists() and not target.is_dir():
        raise Misused(f"{target} est un fichier\naide : nommez un dossier vide, ou qui n’existe pas encore")
    if holds_something(target):
        raise Misused(f"{target} n’est pas vide\naide : nommez un dossier vide, ou qui n’existe pas encore")
    for part in PARTS:
        if not (source / part).is_dir():
            raise Misused(f"il n’y a pas de règles à copier dans {source}\naide : vérifiez --regles")
    try:
        make_folder(target, lambda made: _fill(made, source))
    except shutil.Error as error:
        raise Misused(
            f"tout n’a pas pu être copié dans {target} : rien n’y reste\naide : vérifiez le disque"
        ) from error
    except OSError as error:
        raise Misused(creation_failure(target, error)) from error
    print(f"Règles copiées dans {target}\n" + spaced("Pour les relire : ") + f"conseil-dla regles verifier {target}")
    print(spaced("Par où commencer : ") + str(target / "LISEZ-MOI.txt"))
    return DONE


def _fill(made: Path, source: Path) -> None:
    """Rules and knowledge, then what helps: nothing of the latter is read by the program."""
    for part in PARTS:
        shutil.copytree(source / part, made / part, copy_function=shutil.copyfile)
    help = packaged_help()
    shutil.copytree(help / TEMPLATES, made / TEMPLATES, copy_function=shutil.copyfile)
    (made / GUIDE).mkdir()
    for page in PAGES:
        shutil.copyfile(help / page, made / GUIDE / page)
    (made / "LISEZ-MOI.txt").write_bytes(readme())
