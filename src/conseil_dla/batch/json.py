"""Complete dossiers of a batch as JSON: the same text as ``json_text`` gives, put together from pieces made once."""

from __future__ import annotations

from conseil_dla.batch.complete import ARGUMENTS, FIRED, IGNORED, NOT_APPLICABLE, Concluded, Conclusion, Piece
from conseil_dla.ground.json_line import json_line
from conseil_dla.reading.values import Argument, Drawn, FactorReading, FormatReading, PostureReading
from conseil_dla.rules.kinds import LISTED
from conseil_dla.rules.model import Base
from conseil_dla.wording.json_text import argument_object, drawn_object, factor_object, format_object, posture_object


class Pieces:
    """What a batch tells of a base, piece by piece, in UTF-8."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def tell(self, value: Conclusion) -> bytes:
        """One piece. A format is without the end of its arguments; in a list a comma stands before every line."""
        if isinstance(value, FormatReading):
            return encoded(format_object(value)).removesuffix(b"]}")
        if isinstance(value, PostureReading):
            return encoded(posture_object(self._base, value))
        return b"".join(COMMA + encoded(_object(piece)) for piece in value)


COMMA = b", "


def _object(piece: Piece) -> object:
    match piece:
        case Argument():
            return argument_object(piece)
        case Drawn():
            return drawn_object(piece)
        case FactorReading():
            return factor_object(piece)
        case _:
            return piece


def line(head: bytes, concluded: Concluded[bytes], label: str) -> bytes:
    """One dossier, without line end. ``head`` is what all of a batch have in common, as ``head_of`` gives it."""
    found = {name: b"".join(pieces)[len(COMMA) :] for name, pieces in concluded.lists.items()}
    moment = encoded(concluded.moment) if concluded.moment else b"null"
    listed = (piece for word, opening in OPENINGS for piece in (opening, found[word]))
    return b"".join((
        b'{"dossier": ', encoded(label), head, b', "format": ', concluded.format, found[ARGUMENTS],
        b']}, "posture": ', concluded.posture, *listed, b'], "moment": ', moment, NOTHING_LEFT,
        b'"sans_objet": [', found[NOT_APPLICABLE], b'], "tirees_du_tableau": [], "reponses_ignorees": [',
        found[IGNORED], b'], "regles_declenchees": [', found[FIRED], NO_CASES,
    ))  # fmt: skip


OPENINGS = tuple((kind.word, f'{"], " if n else ", "}"{kind.several}": ['.encode()) for n, kind in enumerate(LISTED))
"""What stands before each list."""
NOTHING_LEFT = b', "prochaine_question": null, "sans_effet": [], "sans_effet_format_posture": [], "a_demander": [], '
"""What a complete dossier leaves to ask."""
NO_CASES = b'], "certaines_par_cas": []}'
"""A complete dossier leaves no cases: what is certain of it fires."""


def head_of(engine: str, digest: str) -> bytes:
    """The engine and the digest of the rules."""
    return b', "moteur": ' + encoded(engine) + b', "regles": ' + encoded(digest)


def refused_line(label: str, why: str) -> bytes:
    """A dossier that could not be used."""
    return encoded({"dossier": label, "erreur": why})


def encoded(value: object) -> bytes:
    """As JSON that a terminal may show."""
    return json_line(value).encode()
