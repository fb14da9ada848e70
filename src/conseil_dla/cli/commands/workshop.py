"""``conseil-dla atelier``: the screens, open on the workshop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conseil_dla.cli.commands.open_screens import show
from conseil_dla.cli.parser import FrenchParser, Misused
from conseil_dla.ground.french import spaced

HELP = """\
conseil-dla atelier [SCENARIO] [--regles DOSSIER_REGLES]

Un atelier avec une salle, à projeter : l’intuition d’abord, une question par écran et les mains levées, la
lecture pas à pas, les « et si », puis le compte rendu. Tout est enregistré à mesure, et se reprend.

Sans SCENARIO, propose six fictions et les expériences réelles. SCENARIO est un fichier, ou un dossier du
disque qui en contient. Vos propres dossiers n’y sont jamais projetés.
"""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Open the workshop; one's own dossiers are refused. Raises ``Misused``."""
    parser = FrenchParser("conseil-dla atelier", HELP, rules)
    parser.add_argument("scenario", nargs="?", metavar="SCENARIO")
    options = parser.options(arguments)
    path = Path(options.scenario) if options.scenario is not None else None
    if path is not None:
        _check(path)
    return show(path, options.regles, is_workshop=True)


def _check(path: Path) -> None:
    """Refuse what cannot be projected."""
    from conseil_dla.dossiers.store import is_personal  # noqa: PLC0415

    if not path.exists():
        raise Misused(f"scénario introuvable : {path}\naide : vérifiez le chemin, ou lancez conseil-dla atelier seul")
    if is_personal(path):
        raise Misused(spaced(
            f"{path} est à vous : un dossier réel ne se projette pas\n"
            "aide : recopiez-le ailleurs, sans noms ni textes, si la salle doit travailler dessus"
        ))  # fmt: skip
