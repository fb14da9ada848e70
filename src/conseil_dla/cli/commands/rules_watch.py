"""``conseil-dla regles surveiller``: read the rules again at every save, and say what that changes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from shutil import get_terminal_size

from conseil_dla.authoring.watching import Watch, open_reader, round_text
from conseil_dla.cli.desk import READING, tell
from conseil_dla.cli.parser import DONE, UNUSABLE, FrenchParser, Misused
from conseil_dla.cli.steps import Waiting
from conseil_dla.ground.files import packaged_rules
from conseil_dla.ground.french import spaced
from conseil_dla.reading.opening import rules_folder
from conseil_dla.rules.loading import missing_parts

HELP = """\
conseil-dla regles surveiller [DOSSIER_REGLES]

Relit le dossier de règles chaque fois que vous enregistrez un fichier, et dit :
  ce qui ne va pas, où et comment le corriger ;
  depuis la dernière lecture sans erreur : chaque règle modifiée, relue comme une phrase ;
  depuis le début de la surveillance : les cas et les essais qui bougent, et ce qui change ;
  à présent : parmi ceux-là et ceux que vous venez d’enregistrer, les attentes qui ne tiennent pas.
Rien n’est modifié. Ctrl+C pour arrêter. Les règles du programme elles-mêmes ne se surveillent pas.
"""
EVERY = 0.3
"""Seconds between two looks: a listing of some sixty files takes a few milliseconds."""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Look until interrupted; the findings are the result, so they go to stdout."""
    parser = FrenchParser("conseil-dla regles surveiller", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    options = parser.options(arguments)
    folder = rules_folder(options.folder or options.regles)
    if folder == packaged_rules():
        told = "ce sont les règles du programme, que personne ne modifie"
        raise Misused(f"{told}\naide : copiez-les par « regles initier », puis nommez votre copie")
    if missing := missing_parts(folder):
        tell(missing)
        return UNUSABLE
    watch = Watch(folder, open_reader)
    try:
        while True:
            with Waiting(READING):
                found = watch.look()
            if found is not None:
                print(round_text(found, folder, f"{datetime.now():%H:%M:%S}", get_terminal_size().columns), flush=True)
            time.sleep(EVERY)
    except KeyboardInterrupt:
        print(spaced("Surveillance arrêtée."), flush=True)
        return DONE
