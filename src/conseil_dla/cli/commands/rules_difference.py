"""``conseil-dla regles differences``: what one version of the rules says otherwise than another."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.authoring.proofs import write_witness
from conseil_dla.authoring.trials.run import load_trials, trial_paths
from conseil_dla.authoring.versions.json import versions_json
from conseil_dla.authoring.versions.paper import told_moves, witness_text, write
from conseil_dla.authoring.versions.versions import compare_versions
from conseil_dla.cli.desk import expanded, open_reader, tell_unusable
from conseil_dla.cli.output import made_of, put, target_of, tell_written
from conseil_dla.cli.parser import DONE, WRONG, AlreadyTold, FrenchParser, Misused, pick
from conseil_dla.cli.steps import Steps, Waiting
from conseil_dla.dossiers.store import folder as saved
from conseil_dla.dossiers.territory import FOLDER as PROFILE
from conseil_dla.dossiers.workshops import FOLDER as WORKSHOPS
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.ground.shelving import contents, readable
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.papers.documents.markdown import write as marked
from conseil_dla.papers.documents.plain import write as plainly
from conseil_dla.reading.version_names import brought_forward, former_answers, names_between
from conseil_dla.wording.diagnostic_text import aside_lines, render
from conseil_dla.wording.disk_text import creation_failure

if TYPE_CHECKING:
    from conseil_dla.authoring.versions.versions import VersionDifference
    from conseil_dla.papers.blocks import Paper
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Dossier

HELP = """\
conseil-dla regles differences AVANT APRES [--dossiers FICHIER…] [--format texte|json|markdown]
                               [-o FICHIER] [--remplacer] [--temoins DOSSIER]

Ce que les règles du dossier APRES disent autrement que celles du dossier AVANT : d’abord ce qui
peut maintenant sortir dans un papier, puis les cas, les essais et vos dossiers qui bougent, puis ce
qui apparaît ou disparaît sur l’ensemble des dossiers possibles, et chaque élément réécrit avec ses
clés. Redécouper, reformuler ou renommer (« anciennement ») ne change aucun conseil, et c’est dit.

  --dossiers FICHIER…  d’autres dossiers à relire, à la place de ceux que vous avez enregistrés ;
                       « aucun » : aucun
  --format FORME       texte, json (un objet, pour un autre outil) ou markdown
  -o FICHIER           dans un fichier, d’après la fin de son nom : .md, .html, .docx ou .odt
  --remplacer          écrire par-dessus un fichier qui existe déjà
  --temoins DOSSIER    écrire aussi un dossier témoin par changement, que « ouvrir » ouvre ; un second,
                       « …-avant », là où les règles AVANT ne connaissent pas les mêmes questions

Code de sortie : 0 rien ne change, ou seulement les mots et les noms ; 1 des conseils changent, ou ce
qui est montré, demandé, ou peut sortir dans un papier ; 2 des règles ne peuvent pas être lues.
"""
FORMATS = ("texte", "json", "markdown")
NONE = "aucun"
FORMER = "-avant"
OPENED = "Ce fichier s’ouvre avec les règles {}."


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Compare two folders; on stdout, or into a file."""
    parser = FrenchParser("conseil-dla regles differences", HELP, rules)
    parser.add_argument("folders", nargs="*", metavar="DOSSIER_REGLES")
    parser.add_argument("--dossiers", nargs="+", metavar="FICHIER")
    parser.add_argument("--format", default="texte")
    parser.add_argument("-o", "--sortie", metavar="FICHIER")
    parser.add_argument("--remplacer", action="store_true")
    parser.add_argument("--temoins", metavar="DOSSIER")
    options = parser.options(arguments)
    form = pick(options.format, FORMATS, "forme")
    if len(options.folders) != 2:
        raise Misused("il faut deux dossiers de règles : AVANT APRES\naide : conseil-dla regles differences -h")
    target = None
    if options.sortie is not None:
        target = target_of(options.sortie, SUFFIXES, replace=options.remplacer)
    before, after = options.folders
    found = _compared(before, after, options.dossiers)
    if options.temoins:
        _write_witnesses(found, Path(options.temoins))

    if target is not None:
        made = made_of(write(found, before, after), target.suffix.lower(), found.after.origin)
        put(target, made.data)
        tell_written(target, made)
    elif form == "json":
        print(versions_json(found, before, after))
    else:
        sys.stdout.write(_text(write(found, before, after), form))
    return DONE if found.is_same else WRONG


def _compared(before: str, after: str, dossiers: Sequence[str] | None) -> VersionDifference:
    """Both versions compared. Raises ``AlreadyTold`` once what prevents it has been told."""
    readers = []
    unusable = False
    for folder in dict.fromkeys((before, after)):
        try:
            readers.append(open_reader(folder))
        except Unusable as error:
            tell_unusable(error)
            unusable = True
    if unusable:
        raise AlreadyTold
    was, now = readers[0], readers[-1]
    read = _dossiers(was, now, after, dossiers)
    try:
        with Waiting("Comparaison") as steps:
            return compare_versions(was, now, read, steps.tell)
    except TooLarge as error:
        message = "ces deux versions sont trop différentes, ou trop grandes, pour être comparées sur tous les dossiers"
        raise Misused(f"{message}\naide : comparez-les en plusieurs étapes") from error


def _dossiers(was: Reader, now: Reader, folder: str, named: Sequence[str] | None) -> Iterable[Dossier]:
    """Cases and trials of the newer version, then saved dossiers, as that version reads them.

    One that the older version alone can read is brought forward where it says the same; else it is told and left out.
    """
    paths = list(trial_paths(Path(folder)))
    if named is None:
        paths += readable(saved())
        with suppress(OSError):
            for line in aside_lines(contents(saved(), (PROFILE, WORKSHOPS)).aside):
                print(line, file=sys.stderr)
    elif list(named) != [NONE]:
        paths += [Path(path) for given in named for path in expanded(given)]
    with Steps("Dossiers lus") as steps:
        found, refused = load_trials(paths, now.base, steps.tell)
    read = {dossier.path for dossier in found}
    again, _ = load_trials([path for path in paths if refused and str(path) not in read], was.base)
    brought = [there for one in again if (there := brought_forward(one, was.base, now.base)) is not None]
    mended = {dossier.path for dossier in brought}
    left = [one for one in refused if one.place.file not in mended]
    if left:
        print(render(left), file=sys.stderr)
        print(spaced("Ces dossiers ne sont pas comparés.\n"), file=sys.stderr)
    return (*found, *brought)


def _text(paper: Paper, form: str) -> str:
    if form == "markdown":
        return marked(paper)

    return plainly(paper)


def _write_witnesses(found: VersionDifference, where: Path) -> None:
    """One dossier for each change, and a second for the older rules where they do not know the same questions.

    Raises ``Misused`` with the disk's reason.
    """
    names = names_between(found.before, found.after)
    is_paired = False
    for number, move in enumerate(told_moves(found), 1):
        title, told = witness_text(found, move)
        now = {id: value for id, value in move.witness.items() if id in found.after.logic.questions}
        was = former_answers(found.before.logic, move.witness, names)
        is_paired = is_paired or was != now
        name = f"difference-{number:02d}-{'-'.join(move.name)}"
        try:
            if was != now:
                write_witness(where, f"{name}{FORMER}", title, f"{told} {OPENED.format('AVANT')}", was)
                told = f"{told} {OPENED.format('APRES')}"
            write_witness(where, name, title, told, now)
        except OSError as error:
            raise Misused(creation_failure(where, error)) from error
    told = f" (ceux dont le nom finit par « {FORMER} » s’ouvrent avec les règles AVANT)" if is_paired else ""
    print(spaced(harmless(f"Dossiers témoins : {where}{told}")), file=sys.stderr)
