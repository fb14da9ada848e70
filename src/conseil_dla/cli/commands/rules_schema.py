"""``conseil-dla regles schema``: JSON Schemas of the files that authors write, for their editor."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from conseil_dla.authoring.schema import README, README_NAME, document_text, dossier_document, file_name, rules_document
from conseil_dla.cli.desk import READING, tell, tell_unread
from conseil_dla.cli.parser import DONE, UNUSABLE, FrenchParser, Misused
from conseil_dla.cli.steps import Waiting
from conseil_dla.ground.files import write_atomically
from conseil_dla.ground.french import spaced
from conseil_dla.reading.opening import rules_folder
from conseil_dla.rules.loading import load_words
from conseil_dla.wording.disk_text import creation_failure

HELP = """\
conseil-dla regles schema [DOSSIER_REGLES] [--dossiers] [-o DOSSIER]

Décrit les fichiers de règles à votre éditeur de texte, pour qu’il complète les mots et souligne les fautes
(JSON Schema). Les noms proposés sont ceux de DOSSIER_REGLES : relancez la commande après en avoir ajouté.

  -o DOSSIER   écrire regles.schema.json, dossiers.schema.json et un mode d’emploi dans DOSSIER
  --dossiers   sans -o : le schéma des dossiers, cas et essais, au lieu de celui des règles
"""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Make the documents from the folder, mistakes in it told but no obstacle; print one, or write them all."""
    parser = FrenchParser("conseil-dla regles schema", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    parser.add_argument("-o", dest="output", metavar="DOSSIER")
    parser.add_argument("--dossiers", action="store_true")
    options = parser.options(arguments)
    if options.folder == "":
        raise Misused("ce nom de dossier est vide\naide : sans nom, ce sont les règles du programme")

    with Waiting(READING):
        known, loaded = load_words(rules_folder(options.folder or options.regles))
    if any(finding.code == "DLA016" for finding in loaded.diagnostics):
        tell(loaded.diagnostics)
        return UNUSABLE
    tell_unread(loaded.unread)
    if loaded.base is None:
        told = "il y a des erreurs dans ce dossier de règles : le schéma ne connaît que ce qui a pu être lu"
        print(spaced(f"conseil-dla : {told}\naide : conseil-dla regles verifier"), file=sys.stderr)
    documents = {"regles": document_text(rules_document(known)), "dossiers": document_text(dossier_document(known))}
    if options.output is None:
        print(documents["dossiers" if options.dossiers else "regles"], end="")
        return DONE
    return _write(Path(options.output), documents)


def _write(folder: Path, documents: dict[str, str]) -> int:
    """The files, each whole or not at all; former ones of the same name are replaced."""
    if folder.exists() and not folder.is_dir():
        raise Misused(f"{folder} est un fichier\naide : nommez un dossier du disque")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in documents.items():
            write_atomically(folder / file_name(name), text)
        write_atomically(folder / README_NAME, README)
    except OSError as error:
        raise Misused(creation_failure(folder, error)) from error
    print(spaced(f"Schémas écrits dans {folder}\nMode d’emploi : {folder / README_NAME}"))
    return DONE
