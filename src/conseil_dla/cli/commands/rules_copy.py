"""``conseil-dla regles initier``: a copy of the rules and knowledge, to be edited, with what helps to write them."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Sequence
from pathlib import Path

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
    (made / "LISEZ-MOI.txt").write_bytes(_readme())


README = """\
Vos règles
==========

Ce dossier est à vous : une copie des règles du programme. Modifiez-la avec un éditeur de texte
(Bloc-notes, Notepad++, Kate, TextEdit en texte brut…), en enregistrant en UTF-8.

Ce qu’il y a ici
----------------

  rules/               les règles et les cohérences, un fichier par thème
  knowledge/           les questions, formats, vigilances, affirmations de la note…
  knowledge/cas/       des expériences réelles, à lire et à rejouer
  knowledge/essais/    des dossiers inventés, pour éprouver les règles

  modeles/             un modèle par sorte d’élément, chaque clé expliquée. Rien n’en est lu :
                       copiez-en un dans rules/ ou knowledge/, puis remplissez-le. Une clé
                       derrière un # est facultative : retirez le # et l’espace qui suit
  guide/               écrire une règle, pas à pas ; le sens de chaque message

Les commandes
-------------

Là où DOSSIER est le chemin de ce dossier-ci :

  conseil-dla regles verifier DOSSIER
      relire tout, et dire ce qui ne va pas, où, et comment corriger

  conseil-dla regles essayer DOSSIER
      rejouer les cas, les essais et les exemples : un conseil a-t-il changé ?

  conseil-dla regles surveiller DOSSIER
      refaire tout cela à chaque enregistrement, dans un second terminal

  conseil-dla regles differences AVANT DOSSIER
      tout ce que vos règles changent, depuis une copie d’avant

  conseil-dla --regles DOSSIER diagnostiquer MON_DOSSIER.yaml
      la lecture d’un dossier avec vos règles

  conseil-dla --regles DOSSIER
      les écrans, avec vos règles

  conseil-dla regles schema DOSSIER -o DOSSIER/schemas
      de quoi aider votre éditeur à compléter les mots et à souligner les fautes

Pour commencer : guide/ecrire-une-regle.md, « En dix minutes ».
"""


def _readme() -> bytes:
    """The page as Notepad of any Windows reads it: a byte order mark, and its own line ends."""
    return codecs.BOM_UTF8 + spaced(README).replace("\n", "\r\n").encode()
