"""``conseil-dla papiers``: what a workshop needs on paper, made from the rules and the scenarios."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import open_reader, read_dossier, scenarios
from conseil_dla.cli.disagreement import tell_failure
from conseil_dla.cli.output import made_of, put, target_of
from conseil_dla.cli.parser import DONE, AlreadyTold, FrenchParser, Misused, pick
from conseil_dla.cli.steps import Steps, Waiting
from conseil_dla.dossiers import store
from conseil_dla.ground.folders import make_folder
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.ground.shelving import holds_something
from conseil_dla.interview.questionnaire import MOST
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.reading.compose import ReadingFailed
from conseil_dla.wording.disk_text import creation_failure
from conseil_dla.workshop.papers.printed import everything, plan, plans, questionnaire, sheet_of

if TYPE_CHECKING:
    from conseil_dla.papers.blocks import Paper
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Base, Dossier
    from conseil_dla.rules.plans import Plan

HELP = """\
conseil-dla papiers questionnaire -o FICHIER [--remplacer] [--regles DOSSIER_REGLES]
conseil-dla papiers fiche SCENARIO -o FICHIER
conseil-dla papiers deroulement [MINUTES] -o FICHIER
conseil-dla papiers tout [SCENARIO…] -o DOSSIER [--sorte html|docx|odt|md]

Ce qu’il faut imprimer pour un atelier. La fin du nom de FICHIER choisit sa sorte : .html (à imprimer),
.docx (Word), .odt (LibreOffice) ou .md

  questionnaire   les questions essentielles et une boussole vide, recto verso, pour continuer sans écran
  fiche           pour qui anime : ce qui se lit à voix haute, ce que dit le scénario, ce qui change l’avis
  deroulement     un atelier temps après temps ; MINUTES en choisit un (30, 60, 90), sinon tous
  tout            le questionnaire, les déroulements, une fiche par scénario, dans un DOSSIER vide ou nouveau

SCENARIO est un fichier, ou le nom d’un scénario ou d’une expérience du programme, sans .yaml (un nom inconnu
les fait dire tous). Sans SCENARIO, « tout » prend tous ceux d’atelier. Un dossier à vous est refusé.

  --remplacer     écrire par-dessus un fichier qui existe déjà
  --sorte SORTE   pour « tout » : la sorte des fichiers ; html si rien n’est dit
"""
WHAT = ("questionnaire", "fiche", "deroulement", "tout")
PRINTED = ("html", "docx", "odt", "md")
WAIT = "Le choix des questions se calcule sur les règles, quelques secondes…"
PARTLY = "Ces règles ont de très nombreuses suites : les questions sont choisies d’après les plus courantes."
YOURS = "un dossier à vous ne se distribue pas en atelier : on pourrait y reconnaître quelqu’un"


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Write one paper, or all those of a workshop; say on stderr where they are."""
    parser = FrenchParser("conseil-dla papiers", HELP, rules)
    parser.add_argument("what", nargs="?")
    parser.add_argument("given", nargs="*")
    parser.add_argument("-o", "--sortie", metavar="FICHIER")
    parser.add_argument("--remplacer", action="store_true")
    parser.add_argument("--sorte")
    options = parser.options(arguments)
    _check(options)
    desk = _Desk(open_reader(options.regles))
    if options.what == "tout":
        _write_all(desk, options)
    else:
        target = Path(options.sortie)
        put(target, made_of(_one(desk, options), target.suffix.lower(), desk.base.origin).data)
        print(spaced(harmless(f"Écrit : {target}")), file=sys.stderr)
    return DONE


def _check(options: argparse.Namespace) -> None:
    """Raises ``Misused`` for what can be seen before reading anything."""
    help = "aide : conseil-dla papiers -h"
    if not options.what:
        raise Misused(f"il manque : {', '.join(WHAT[:-1])} ou {WHAT[-1]}\n{help}")
    pick(options.what, WHAT, "sorte de papier")
    if not options.sortie:
        raise Misused(f"il manque : -o {'DOSSIER' if options.what == 'tout' else 'FICHIER'}\n{help}")
    most = {"questionnaire": 0, "fiche": 1, "deroulement": 1}.get(options.what, len(options.given))
    if len(options.given) > most:
        raise Misused(f"« {options.given[most]} » est de trop\n{help}")
    if options.what == "fiche" and not options.given:
        raise Misused(f"il manque : SCENARIO\n{help}")
    if options.what == "tout":
        pick(options.sorte or PRINTED[0], PRINTED, "sorte de fichier")
        _check_folder(Path(options.sortie), replace=options.remplacer)
    elif options.sorte:
        raise Misused(f"--sorte ne va qu’avec « tout » : ici, la fin du nom de FICHIER la choisit\n{help}")
    else:
        target_of(options.sortie, SUFFIXES, replace=options.remplacer)


def _check_folder(target: Path, *, replace: bool) -> None:

    free = "nommez un dossier vide, ou qui n’existe pas encore"
    if replace:
        raise Misused(f"« tout » ne remplace rien\naide : {free}")
    if target.exists() and not target.is_dir():
        raise Misused(f"« {target} » est un fichier : rien n’a été écrit\naide : {free}")
    if holds_something(target):
        raise Misused(f"« {target} » n’est pas vide : rien n’a été écrit\naide : {free}")


def _one(desk: _Desk, options: argparse.Namespace) -> Paper:
    if options.what == "questionnaire":
        return desk.questionnaire()
    given = options.given[0] if options.given else ""
    return desk.sheet(desk.found(given)) if options.what == "fiche" else desk.plan(given)


def _write_all(desk: _Desk, options: argparse.Namespace) -> None:
    """Every paper in a new folder, wholly or not at all."""
    suffix = f".{options.sorte or PRINTED[0]}"
    paths = [desk.found(given) for given in options.given] or desk.scenarios()
    named = desk.everything(paths)
    made = {}
    with Steps("Papiers mis en page") as steps:
        for name, paper in named.items():
            made[f"{name}{suffix}"] = made_of(paper, suffix, desk.base.origin).data
            steps.tell(len(made), len(named))
    target = Path(options.sortie)

    def fill(folder: Path) -> None:
        for name, data in made.items():
            (folder / name).write_bytes(data)

    try:
        make_folder(target, fill, is_private=True)
    except OSError as error:
        raise Misused(creation_failure(target, error)) from error
    print(spaced(harmless(f"Écrits dans {target} : {len(made)} papiers")), file=sys.stderr)


class _Desk:
    """The rules in use, and the questions of the paper, worked out once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._essentials: tuple[str, ...] | None = None

    @property
    def base(self) -> Base:
        """The rules in use."""
        return self.reader.base

    def essentials(self) -> tuple[str, ...]:
        """Ids of the paper's questions. Raises ``Misused`` where no question tells formats or places apart."""

        if self._essentials is None:
            print(spaced(WAIT), file=sys.stderr)
            with Waiting("Choix des questions"):
                found = self.reader.essentials(MOST)
            if found.followed < 1:
                print(spaced(PARTLY), file=sys.stderr)
            if not found.ids:
                raise Misused("dans ces règles, aucune question ne départage les formats ni les places\n"
                              "aide : écrivez d’abord des règles qui les départagent")  # fmt: skip
            self._essentials = found.ids
        return self._essentials

    def questionnaire(self) -> Paper:
        """The questionnaire on paper."""

        return questionnaire(self.base, self.essentials())

    def plan(self, wanted: str) -> Paper:
        """The page of one plan, by its minutes or its name; of all without."""

        chosen = self._plans(wanted)
        return plan(self.base, chosen[0]) if len(chosen) == 1 else plans(self.base, chosen)

    def _plans(self, wanted: str) -> Sequence[Plan]:
        known = self.base.plans
        if not known:
            raise Misused("ces règles n’ont aucun déroulement d’atelier\naide : ajoutez - deroulement: dans knowledge/")
        found = [plan for plan in known if wanted in ("", plan.id, str(plan.minutes))]
        if not found:
            lasting = ", ".join(str(plan.minutes) for plan in known)
            raise Misused(f"aucun déroulement « {wanted} »\naide : en minutes, il y a : {lasting}")
        return found

    def scenarios(self) -> list[Path]:
        """The scenarios made for workshops."""
        return [Path(dossier.path) for dossier in scenarios(self.base)]

    def found(self, given: str) -> Path:
        """The file of a scenario, by its path or, for one of the rules, by its name.

        Raises ``Misused`` for a name that nothing has, and for a dossier of the user's own.
        """

        path = Path(given)
        if not path.exists() and not path.suffix:
            shipped = {each.stem: each for each in (*self.scenarios(), *store.cases(self.base))}
            if not shipped:
                raise Misused("ces règles n’ont ni scénario ni expérience\naide : donnez un fichier")
            return shipped[pick(given, tuple(shipped), "scénario ou expérience")]
        if store.is_personal(path, self.base):
            help = f"prenez un scénario du programme, ou inventez-en un, gardé ailleurs que dans {store.folder()}"
            raise Misused(f"« {given} » : {YOURS}\naide : {help}")
        return path

    def sheet(self, path: Path) -> Paper:
        """The facilitator's sheet of one scenario. Raises ``AlreadyTold`` once what prevents it has been told."""

        essentials = self.essentials()
        with _telling(str(path)):
            return sheet_of(self.reader, self._read(path), essentials)

    def everything(self, paths: Sequence[Path]) -> dict[str, Paper]:
        """All papers of a workshop, each by the name of its file. Raises ``AlreadyTold``."""

        scenarios = [self._read(path) for path in paths]
        essentials = self.essentials()
        with _telling(", ".join(map(str, paths))), Waiting("Lecture des scénarios"):
            return dict(everything(self.reader, scenarios, essentials))

    def _read(self, path: Path) -> Dossier:
        """A scenario. Raises ``AlreadyTold``."""
        dossier, _ = read_dossier(str(path), self.reader)
        return dossier


@contextmanager
def _telling(path: str) -> Iterator[None]:
    """Tell that an engine could not be trusted, then raise ``AlreadyTold``."""
    try:
        yield
    except ReadingFailed as error:
        tell_failure(error, path)
        raise AlreadyTold from error
