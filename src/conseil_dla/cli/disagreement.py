"""When both engines run under control and differ: say so loudly, and keep the dossier that shows it."""

from __future__ import annotations

import sys
from datetime import datetime

from conseil_dla.files import dossiers_folder, make_private, write_atomically
from conseil_dla.inference.selection import EnginesDisagree
from conseil_dla.reading.compose import ReadingFailed
from conseil_dla.reporting.french import harmless, spaced
from conseil_dla.yamltext import dump


def tell_failure(error: ReadingFailed, path: str) -> None:
    """Say why a dossier could not be read although it is sound."""
    if isinstance(error.__cause__, EnginesDisagree):
        _tell_disagreement(error.__cause__, path)
    else:
        message = f"conseil-dla : le moteur n’a pas pu lire {path}\naide : relancez ; si cela revient, signalez-le"
        print(spaced(harmless(message, keep_lines=True)), file=sys.stderr)


def _tell_disagreement(error: EnginesDisagree, path: str) -> None:
    """Save the answers as a dossier and name the rules on which the engines differ."""
    folder = dossiers_folder()
    make_private(folder)
    kept = folder / f"ecart-des-moteurs-{datetime.now():%Y%m%d-%H%M%S-%f}.yaml"
    answers = {id: sorted(v) if isinstance(v, frozenset) else v for id, v in error.answers.items()}
    content = {"version": 1, "titre": f"Écart entre les deux moteurs, relevé sur {path}", "reponses": answers}
    write_atomically(kept, dump(content))
    message = (
        f"conseil-dla : les deux moteurs ne concluent pas la même chose sur {path}.\n"
        f"  durable_rules seul : {', '.join(sorted(error.only_durable)) or 'rien'}\n"
        f"  référence seule : {', '.join(sorted(error.only_reference)) or 'rien'}\n"
        f"  dossier gardé : {kept}\n"
        "aide : joignez ce dossier et vos règles à un signalement ; d’ici là, ne vous fiez pas à cette lecture."
    )
    print(spaced(harmless(message, keep_lines=True)), file=sys.stderr)
