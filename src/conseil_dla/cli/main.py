"""From the words of the command line to one command, one exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import TextIO

from conseil_dla.cli.desk import tell_unusable
from conseil_dla.cli.parser import DONE, UNUSABLE, AlreadyTold, FrenchParser, Misused, at_home, pick
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.papers.documents.document import NotMade

HELP = """\
conseil-dla : préparer un accompagnement collectif d’associations culturelles

  conseil-dla                                ouvrir les écrans (nouveau dossier, reprise, cas à lire)
  conseil-dla ouvrir DOSSIER                 ouvrir les écrans sur ce dossier
  conseil-dla atelier [SCENARIO]             un atelier avec une salle, à projeter
  conseil-dla entretien [DOSSIER]            les questions en lignes simples (lecteur d’écran, fichier)
  conseil-dla diagnostiquer DOSSIER…         la lecture d’un ou plusieurs dossiers
  conseil-dla expliquer DOSSIER CONCLUSION   pourquoi, ou pourquoi pas
  conseil-dla rapport DOSSIER -o FICHIER --modele MODELE   un papier à emporter
  conseil-dla comparer A B                   deux dossiers : ce qui diffère, et à cause de quoi
  conseil-dla comparer DOSSIER --croiser     ce que plusieurs personnes y ont répondu séparément
  conseil-dla lot FICHIERS… -o FICHIER       beaucoup de dossiers en un fichier, et une page qui les résume
  conseil-dla servir                         les mêmes écrans, dans un navigateur de cette machine
  conseil-dla papiers …                      pour un atelier : questionnaire, fiches, déroulements à imprimer
  conseil-dla regles …                       pour qui écrit les règles : « conseil-dla regles -h »

  --regles DOSSIER_REGLES   utiliser ces règles-là (ou la variable CONSEIL_DLA_REGLES)
  --version                 version, moteur, empreinte des règles
  -h, --aide                cette aide ; « conseil-dla COMMANDE -h » pour une commande

Tout reste sur cette machine : aucun envoi. Seul « servir --adresse » passe par le réseau, si on le demande.
"""

RULES_HELP = """\
conseil-dla regles : pour qui écrit les règles

  conseil-dla regles verifier [DOSSIER_REGLES]   relire les règles, les prouver, dire ce qui ne va pas
  conseil-dla regles essayer [DOSSIER_REGLES]    rejouer les cas, les essais et les exemples
  conseil-dla regles differences AVANT APRES     ce qu’une version dit autrement qu’une autre
  conseil-dla regles surveiller [DOSSIER_REGLES] tout relire à chaque enregistrement
  conseil-dla regles initier DOSSIER_REGLES      une copie des règles, à modifier
  conseil-dla regles schema [DOSSIER_REGLES]     pour que votre éditeur complète et souligne
  conseil-dla regles documenter -o DOSSIER [DOSSIER_REGLES]   les règles en pages à lire, chercher, imprimer

Sans dossier nommé : --regles, sinon la variable CONSEIL_DLA_REGLES, sinon les règles du programme.
"""

COMMANDS = {
    "ouvrir": "open_screens",
    "atelier": "workshop",
    "entretien": "interview",
    "diagnostiquer": "diagnose",
    "expliquer": "explain",
    "rapport": "report",
    "comparer": "compare",
    "lot": "batch",
    "servir": "serve",
    "papiers": "workshop_papers",
    "regles": "",
}
RULES_COMMANDS = {
    "verifier": "rules_check",
    "essayer": "rules_try",
    "differences": "rules_difference",
    "surveiller": "rules_watch",
    "initier": "rules_copy",
    "schema": "rules_schema",
    "documenter": "rules_site",
}
INTERRUPTED = 130
CLOSED = "la sortie est fermée : le résultat n’a pu être écrit nulle part"

Command = Callable[[Sequence[str], str | None], int]
"""(arguments after the command's name, value of --regles if given before it) -> exit code."""


def run(arguments: Sequence[str]) -> int:
    """Run one command. Never raises: usage and input errors are told on stderr, with exit code 2.

    So is a result that nobody could get: a stdout that was closed, or that takes nothing.
    """
    _replace_closed_streams()
    _speak_utf8()
    try:
        code = _outcome(arguments)
        if isinstance(sys.stdout, _Nowhere) and sys.stdout.is_written:
            print(spaced(f"conseil-dla : {CLOSED}"), file=sys.stderr)
            code = max(code, UNUSABLE)
    except OSError:  # stderr takes nothing either: the exit code alone is left
        _flush_or_let_go(sys.stderr)
        return UNUSABLE
    return code


def _outcome(arguments: Sequence[str]) -> int:
    try:
        try:
            code = _run(arguments)
        except AlreadyTold as told:
            code = told.code
        sys.stdout.flush()
        return code
    except Misused as error:
        print(spaced(harmless(f"conseil-dla : {error}", keep_lines=True)), file=sys.stderr)
        return UNUSABLE
    except NotMade as error:
        print(spaced(harmless(f"conseil-dla : {error.told}", keep_lines=True)), file=sys.stderr)
        return UNUSABLE
    except Unusable as error:
        tell_unusable(error)
        return UNUSABLE
    except KeyboardInterrupt:
        print(spaced("\nconseil-dla : interrompu ; rien de ce qui était enregistré n’est perdu."), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _let_go(sys.stdout)
        return DONE
    except OSError as error:
        _flush_or_let_go(sys.stdout)
        print(spaced(harmless(f"conseil-dla : {_told(error)}")), file=sys.stderr)
        return UNUSABLE
    except Exception as error:
        from conseil_dla.cli.disagreement import tell_failure  # noqa: PLC0415
        from conseil_dla.reading.compose import ReadingFailed  # noqa: PLC0415

        if not isinstance(error, ReadingFailed):
            raise
        tell_failure(error, "un des dossiers relus")
        return UNUSABLE


def _run(arguments: Sequence[str]) -> int:
    parser = FrenchParser("conseil-dla", HELP)
    parser.add_argument("--version", action="store_true")
    before, after = _split(arguments)
    options = parser.parse_args(at_home(before))
    if options.wants_help:
        print(spaced(HELP), end="")
        return DONE
    if options.version:
        return _command("version")(after, options.regles)
    if not after:
        return _command("open_screens")((), options.regles)
    name = pick(after[0], tuple(COMMANDS), "commande")
    if name == "regles":
        return _run_rules(after[1:], options.regles)
    return _command(COMMANDS[name])(after[1:], options.regles)


def _run_rules(arguments: Sequence[str], rules: str | None) -> int:
    if not arguments:
        print(spaced(RULES_HELP), end="", file=sys.stderr)
        return UNUSABLE
    if arguments[0] in ("-h", "--help", "--aide"):
        print(spaced(RULES_HELP), end="")
        return DONE
    name = pick(arguments[0], tuple(RULES_COMMANDS), "commande de « regles »")
    return _command(RULES_COMMANDS[name])(arguments[1:], rules)


def _split(arguments: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Options before the command's name, then the command and what follows."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-"):
        index += 2 if arguments[index] == "--regles" else 1
    return arguments[:index], arguments[index:]


def _command(module: str) -> Command:
    """Each command is a module of this package with a ``run``; it is imported only when it is called."""
    command: Command = import_module(f"conseil_dla.cli.commands.{module}").run
    return command


class _Nowhere(TextIOWrapper):
    """In place of a closed stream: the next file to be opened would take its number, and what is said go there."""

    is_written = False

    def __init__(self) -> None:
        super().__init__(open(os.devnull, "wb"), encoding="utf-8")  # noqa: SIM115 - for as long as the program

    def write(self, text: str) -> int:
        """Gone; but it is known that something was to be said."""
        self.is_written = self.is_written or bool(text)
        return super().write(text)


def _replace_closed_streams() -> None:
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for as long as the program
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, _Nowhere())


def _flush_or_let_go(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError:
        _let_go(stream)


def _let_go(stream: TextIO) -> None:
    """What could not be written is not tried again on leaving, where Python would have its own words for it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8() -> None:
    """Write UTF-8 whatever the terminal says, so that accents never stop a report."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _told(error: OSError) -> str:
    """An error of the outside world, in French."""
    causes = {
        FileNotFoundError: "introuvable",
        PermissionError: "accès refusé",
        IsADirectoryError: "c’est un dossier, pas un fichier",
        NotADirectoryError: "ce n’est pas un dossier",
        FileExistsError: "existe déjà",
    }
    from conseil_dla.wording.disk_text import failure  # noqa: PLC0415 - seldom needed

    cause = causes.get(type(error)) or failure(error)
    return f"{error.filename} : {cause}" if error.filename else cause
