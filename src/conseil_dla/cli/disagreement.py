"""When what is fired is not what another way concludes: say so loudly, and keep the dossier that shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime

from conseil_dla.batch.concluding import ControlFailed
from conseil_dla.engine.outcome import EnginesDisagree
from conseil_dla.ground.files import dossiers_folder, make_private, write_atomically
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.ground.yamltext import dump
from conseil_dla.reading.compose import ReadingFailed
from conseil_dla.rules.answertext import as_written
from conseil_dla.rules.model import Answers


def tell_failure(error: ReadingFailed, path: str) -> None:
    """Say why a dossier could not be read although it is sound."""
    if isinstance(error.__cause__, EnginesDisagree):
        _tell_disagreement(error.__cause__, path)
    else:
        message = f"conseil-dla : le moteur n’a pas pu lire {path}\naide : relancez ; si cela revient, signalez-le"
        print(spaced(harmless(message, keep_lines=True)), file=sys.stderr)


def tell_control(error: ControlFailed) -> None:
    """Say that a batch cannot be trusted, and keep the dossier that shows it."""
    sides = [(f"{name} seul", rules) for name, rules in error.only.items()] or [("ce qui diffère", error.parts)]
    _tell_difference(error.label, error.answers, sides, "rien n’a été écrit ; lisez ces dossiers par « diagnostiquer »")


def _tell_disagreement(error: EnginesDisagree, path: str) -> None:
    """Save the answers as a dossier and name the rules on which the engines differ."""
    sides = (("durable_rules seul", error.only_durable), ("référence seule", error.only_reference))
    _tell_difference(path, error.answers, sides, "d’ici là, ne vous fiez pas à cette lecture")


def _tell_difference(path: str, answers: Answers, sides: Iterable[tuple[str, frozenset[str]]], then: str) -> None:
    folder = dossiers_folder()
    make_private(folder)
    kept = folder / f"ecart-des-moteurs-{datetime.now():%Y%m%d-%H%M%S-%f}.yaml"
    written = {id: as_written(value) for id, value in answers.items()}
    content = {"version": 1, "titre": f"Écart entre les deux moteurs, relevé sur {path}", "reponses": written}
    write_atomically(kept, dump(content))
    said = "\n".join(f"  {who} : {', '.join(sorted(what)) or 'rien'}" for who, what in sides)
    message = (
        f"conseil-dla : les deux moteurs ne concluent pas la même chose sur {path}.\n{said}\n"
        f"  dossier gardé : {kept}\naide : joignez ce dossier et vos règles à un signalement ; {then}."
    )
    print(spaced(harmless(message, keep_lines=True)), file=sys.stderr)
