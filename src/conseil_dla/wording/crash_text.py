"""What is said when the program itself, or its engine, is at fault: where, to mend it, and nothing of any dossier."""

from __future__ import annotations

import traceback
from pathlib import Path

from conseil_dla.ground.french import NBSP

UNFORESEEN = "le programme s’est arrêté sur une erreur imprévue"
FRAMES = 6
"""Places in the code, the innermost last."""
_PACKAGE = Path(__file__).parents[1]


def crash_text(error: BaseException) -> str:
    """Several lines. Neither the error's own words nor any value are told: they could quote a dossier."""
    kinds = [type(each).__name__ for each in _chain(error)]
    inner = _chain(error)[-1]
    places = [_place(frame) for frame in traceback.extract_tb(inner.__traceback__)][-FRAMES:]
    return "\n".join(
        (
            f"conseil-dla{NBSP}: {UNFORESEEN} ({', '.join(kinds)}). Ce qui était enregistré l’est toujours.",
            f"aide{NBSP}: recommencez ; si cela revient, transmettez ces lignes, qui ne citent aucun dossier{NBSP}:",
            *(f"   {place}" for place in places),
        )
    )


def _chain(error: BaseException) -> list[BaseException]:
    """The error, then what caused it."""
    chain = [error]
    while (cause := chain[-1].__cause__) is not None and cause not in chain:
        chain.append(cause)
    return chain


def _place(frame: traceback.FrameSummary) -> str:
    """``conseil_dla/reporting/french.py:12 harmless``; of another library its file's name alone."""
    path = Path(frame.filename)
    inside = path.is_relative_to(_PACKAGE)
    where = path.relative_to(_PACKAGE.parent).as_posix() if inside else f"{path.parent.name}/{path.name}"
    return f"{where}:{frame.lineno} {frame.name}"


STOPPED = "le moteur durable_rules s’est arrêté : les lectures continuent avec l’évaluateur de référence."
"""Said once: nothing is lost, and the conclusions are the same."""
