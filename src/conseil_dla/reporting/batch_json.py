"""Complete dossiers of a batch as JSON: the same text as ``json_text`` gives, put together from pieces made once."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.batches.complete import Concluded, Piece, Told
from conseil_dla.model import Base
from conseil_dla.reading.values import Argument, Drawn, FactorReading, FormatReading, PostureReading
from conseil_dla.reporting.json_line import json_line
from conseil_dla.reporting.json_text import (
    argument_object,
    drawn_object,
    factor_object,
    format_object,
    posture_object,
)


class Pieces:
    """What a batch tells of a base, piece by piece."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def tell(self, value: Told) -> str:
        """One piece; a list without its brackets, a format without the end of its arguments."""
        if isinstance(value, FormatReading):
            return text(format_object(value)).removesuffix("]}")
        if isinstance(value, PostureReading):
            return text(posture_object(self._base, value))
        return ", ".join(text(_object(piece)) for piece in value)


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


def line(head: str, concluded: Concluded[str], label: str) -> str:
    """One dossier, without line end. ``head`` is what all of a batch have in common, as ``head_of`` gives it."""
    drawn, listed = concluded.drawn, concluded.listed
    moment = text(concluded.moment) if concluded.moment else "null"
    return (
        f'{{"dossier": {text(label)}, {head}, "format": {concluded.format}{_list(concluded.arguments)}]}}, '
        f'"posture": {concluded.posture}, "vigilances": [{_list(drawn["vigilance"])}], '
        f'"facteurs": [{_list(concluded.factors)}], "modalites": [{_list(drawn["modalite"])}], '
        f'"partenaires": [{_list(drawn["partenaire"])}], "prealables": [{_list(drawn["prealable"])}], '
        f'"tensions": [{_list(drawn["tension"])}], "moment": {moment}, "prochaine_question": null, '
        '"sans_effet": [], "sans_effet_format_posture": [], "a_demander": [], '
        f'"sans_objet": [{_list(listed["not_applicable"])}], "tirees_du_tableau": [], '
        f'"reponses_ignorees": [{_list(listed["ignored"])}], "regles_declenchees": [{_list(listed["fired"])}]}}'
    )


def head_of(engine: str, digest: str) -> str:
    """The engine and the digest of the rules."""
    return f'"moteur": {text(engine)}, "regles": {text(digest)}'


def refused_line(label: str, why: str) -> str:
    """A dossier that could not be used."""
    return text({"dossier": label, "erreur": why})


def text(value: object) -> str:
    """As JSON, with its accents."""
    return json_line(value)


def _list(pieces: Iterable[str]) -> str:
    return ", ".join(filter(None, pieces))
