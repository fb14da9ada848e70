"""``conseil-dla rapport``: a paper to take away, in the kind of file that its name asks for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from conseil_dla.cli.desk import open_reader, read_whole, tell
from conseil_dla.cli.lines.conversing import keeper_of
from conseil_dla.cli.output import made_of, put, target_of, tell_written
from conseil_dla.cli.parser import DONE, UNUSABLE, FrenchParser, Misused, pick
from conseil_dla.cli.steps import Waiting
from conseil_dla.dossiers.table_xlsx import rows
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.papers.documents.document import Made
from conseil_dla.papers.documents.kinds import PDF, STYLED, SUFFIXES, TEMPLATES
from conseil_dla.papers.read_back import NotOurs, read_back, read_back_lines
from conseil_dla.papers.writing import MODELS, WORKBOOK, WORKBOOKS, workbook, write

if TYPE_CHECKING:
    from conseil_dla.ground.diagnostics import Diagnostic
    from conseil_dla.papers.writing import Model

HELP = """\
conseil-dla rapport DOSSIER -o FICHIER --modele MODELE [--interne] [--anonyme] [--gabarit GABARIT]
                    [--remplacer] [--regles DOSSIER_REGLES]

Écrit un papier à emporter. La fin du nom de FICHIER choisit sa sorte : .docx (Word), .odt (LibreOffice),
.html (à imprimer), .md, ou .pdf si LibreOffice est sur la machine ; « offres » et « suivi », .xlsx aussi

conseil-dla rapport DOSSIER --reprendre CLASSEUR

Met dans le dossier ce qui a été rempli dans un classeur .xlsx fait par « offres » ou « suivi »

  --modele appel              pour vous : le guide du prochain rendez-vous, par personne rencontrée
  --modele a-regler           pour vous : ce qui reste à remplir, à décider et à vérifier avant l’envoi
  --modele cadrage            la note de cadrage, pour vos partenaires
  --modele cahier-des-charges le cahier des charges, pour un prestataire, à relire avant l’envoi
  --modele comite             une à deux pages pour le comité d’appui
  --modele offres             pour vous et les structures : comparer les offres des prestataires
  --modele suivi              pour vous : ce qui était prévu et ce qui est fait, à 6 et à 12 mois
  --interne                   ajoute ce qui est pour vous seul·e : place, risque, boussole, vigilances, notes
  --anonyme                   sans aucun nom ni aucun texte écrit librement
  --reprendre CLASSEUR        reprend un classeur rempli ; ce qui y est resté vide ne change rien
  --gabarit GABARIT           un fichier .docx, .odt, .dotx ou .ott dont le papier prend l’allure
  --remplacer                 écrire par-dessus un fichier qui existe déjà

Sans --interne, rien de ce qui est interne n’entre dans un papier à remettre (« appel », « a-regler » et
« suivi » sont pour vous seul·e).
« [à chiffrer] » et « [à compléter] » sont à remplir à la main.
"""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Write one paper of one dossier; say on stderr where it is."""
    parser = FrenchParser("conseil-dla rapport", HELP, rules)
    parser.add_argument("dossier", nargs="?")
    parser.add_argument("-o", "--sortie", metavar="FICHIER")
    parser.add_argument("--modele")
    parser.add_argument("--interne", action="store_true")
    parser.add_argument("--anonyme", action="store_true")
    parser.add_argument("--gabarit")
    parser.add_argument("--remplacer", action="store_true")
    parser.add_argument("--reprendre")
    options = parser.options(arguments)
    if options.reprendre is not None:
        return _read_back(options)
    model, target = _checked(options)
    reader = open_reader(options.regles)

    whole = read_whole(options.dossier, reader)
    if target.suffix.lower() == WORKBOOK:
        put(target, workbook(whole, model, anonymous=options.anonyme))
        tell_written(target, Made(b""))
        return DONE
    paper = write(whole, model, internal=options.interne, anonymous=options.anonyme)
    with Waiting("Mise en page"):
        made = made_of(paper, target.suffix.lower(), reader.base.origin, options.gabarit)
    put(target, made.data)
    tell_written(target, made)
    if options.anonyme and options.gabarit:
        kept = "son en-tête, son pied de page et le nom de chaque style sont dans le papier"
        print(spaced(f"--anonyme ne change pas ce que montre le gabarit : {kept}"), file=sys.stderr)
    return DONE


def _checked(options: argparse.Namespace) -> tuple[Model, Path]:
    """The model and the file to write. Raises ``Misused`` for what can be seen before reading anything."""
    missing = [name for name, given in (("DOSSIER", options.dossier), ("-o FICHIER", options.sortie),
                                        ("--modele MODELE", options.modele)) if not given]  # fmt: skip
    if missing:
        raise Misused(f"il manque : {', '.join(missing)}\naide : conseil-dla rapport -h")
    model = pick(options.modele, MODELS, "sorte de papier")
    target = target_of(options.sortie, (*SUFFIXES, PDF, WORKBOOK), replace=options.remplacer)
    suffix = target.suffix.lower()
    if suffix == WORKBOOK and model not in WORKBOOKS:
        raise Misused(f"{WORKBOOK} ne va pas avec « {model} »\naide : il va avec {' et '.join(WORKBOOKS)}")
    if options.gabarit and suffix not in STYLED:
        raise Misused(f"--gabarit ne va pas avec {suffix}\naide : il va avec {' et '.join(STYLED)}")
    if options.gabarit and Path(options.gabarit).suffix.lower() not in TEMPLATES[suffix]:
        raise Misused(f"le gabarit « {options.gabarit} » n’est pas un {suffix}\naide : il est de la sorte de FICHIER")
    return cast("Model", model), target


def _read_back(options: argparse.Namespace) -> int:
    """Put what a workbook holds into the dossier, and tell what came of each of its lines."""
    others = ("sortie", "modele", "interne", "anonyme", "gabarit", "remplacer")
    if options.dossier is None or any(getattr(options, each) for each in others):
        raise Misused("--reprendre CLASSEUR va avec DOSSIER, et avec rien d’autre\naide : conseil-dla rapport -h")
    reader = open_reader(options.regles)
    keeper = keeper_of(Path(options.dossier), reader.base, _say)
    try:
        whole = read_whole(options.dossier, reader)
        remarks: list[Diagnostic] = []
        found = read_back(whole, rows(Path(options.reprendre), remarks.append))
        if remarks:
            tell(tuple(remarks))
        keeper.keep(replace(keeper.dossier, paper=found.paper))
        keeper.settle()
    except NotOurs as error:
        told = f"{options.reprendre} n’est pas un classeur à reprendre : {error}"
        raise Misused(f"{told}\naide : faites-en un par « --modele offres » ou « --modele suivi »") from error
    finally:
        keeper.close()
    for line in read_back_lines(found):
        _say(line)
    return UNUSABLE if keeper.failure else DONE


def _say(line: str) -> None:
    print(spaced(harmless(line)), file=sys.stderr)
