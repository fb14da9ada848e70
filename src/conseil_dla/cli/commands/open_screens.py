"""``conseil-dla`` and ``conseil-dla ouvrir``: the screens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.parser import FrenchParser, Misused
from conseil_dla.cli.steps import is_dumb

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

HELP = """\
conseil-dla ouvrir DOSSIER [--regles DOSSIER_REGLES]

Ouvre les écrans sur ce dossier, là où vous l’aviez laissé. Chaque réponse est enregistrée aussitôt.
"""
BROWSER_DRIVER = "conseil_dla.screens.browser.driver:BrowserDriver"
"""Set as ``TEXTUAL_DRIVER`` by ``servir``: the screens are then spoken to through pipes, and need no terminal."""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Open the screens, on a dossier when one is named."""
    parser = FrenchParser("conseil-dla ouvrir", HELP, rules)
    parser.add_argument("dossier", nargs="?", metavar="DOSSIER")
    options = parser.options(arguments)
    if options.dossier is None and arguments:
        raise Misused("il manque : DOSSIER\naide : conseil-dla ouvrir -h")
    path = Path(options.dossier) if options.dossier else None
    if path is not None and path.is_dir():
        raise Misused(f"c’est un dossier du disque, pas un fichier : {path}\naide : nommez un fichier qu’il contient")
    if path is not None and not path.is_file():
        raise Misused(f"dossier introuvable : {path}\naide : vérifiez le chemin, ou lancez conseil-dla seul")
    return show(path, options.regles)


def show(path: Path | None, rules: str | None, *, is_workshop: bool = False) -> int:
    """Run the screens, on a dossier or on the workshop. Raises ``Misused`` where no terminal can show them."""
    if not _has_someone_to_speak_to():
        raise Misused(
            "les écrans demandent un terminal\naide : voyez conseil-dla entretien -h, ou conseil-dla diagnostiquer -h"
        )
    if is_dumb() and not _is_in_a_tab():
        told = f"ce terminal ne peut pas montrer les écrans (TERM={os.environ['TERM']})"
        raise Misused(f"{told}\naide : conseil-dla entretien pose les mêmes questions, en lignes simples")
    os.environ.setdefault("TEXTUAL_FPS", "240")  # a reading that is ready waits for the next frame: 4 ms rather than 17
    gc.disable()  # there is no garbage before the first paint, only a search for it; the screens start it again
    from conseil_dla.screens.app import Start  # noqa: PLC0415
    from conseil_dla.screens.app import run as run_screens  # noqa: PLC0415

    def opener() -> Reader:
        from conseil_dla.cli.desk import make_reader  # noqa: PLC0415 - after the first paint

        return make_reader(rules)

    return run_screens(opener, Start(path, is_workshop), stamp_of(rules))


def _has_someone_to_speak_to() -> bool:
    """True in a terminal, and in a tab of ``servir``."""
    return _is_in_a_tab() or all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _is_in_a_tab() -> bool:
    return os.environ.get("TEXTUAL_DRIVER") == BROWSER_DRIVER


def stamp_of(rules: str | None) -> Callable[[], Hashable] | None:
    """When rules that somebody may be editing were last written; None for those inside the package."""
    from conseil_dla.ground.files import RULES_VARIABLE, named  # noqa: PLC0415

    chosen = rules or os.environ.get(RULES_VARIABLE)
    if not chosen:
        return None

    def look() -> Hashable:
        from conseil_dla.rules.loading.layout import stamp  # noqa: PLC0415 - after the first paint

        return stamp(named(chosen))

    return look
