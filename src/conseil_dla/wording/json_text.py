"""A reading as one JSON object on one line: the contract for other tools. Keys are the French words of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from conseil_dla.ground.characters import json_line
from conseil_dla.reading.conclusions import State
from conseil_dla.reading.nearest import Nearest
from conseil_dla.reading.next_questions import ToAsk
from conseil_dla.reading.since import Since
from conseil_dla.reading.values import (
    Argument,
    Drawn,
    FactorReading,
    FormatReading,
    PostureReading,
    Reading,
    Unless,
)
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.kinds import LISTED, SPECS
from conseil_dla.rules.model import Base, Observation
from conseil_dla.wording.prospects import objects, whom


def reading_json(whole: Whole, path: str) -> str:
    """One object, without line end; lists sorted, so that the same meaning prints the same text."""
    return json_line(reading_object(whole, path))


def reading_object(whole: Whole, path: str) -> dict[str, Any]:
    """The same before it is text. ``path`` is the dossier as the user named it."""
    ripenings, footings = objects(whole.prospects)
    return {
        **concluded_object(whole.base, whole.reading, path),
        "a_murir": ripenings,
        "repose_sur": footings,
        "experience_proche": _nearest(whole.nearest) if whole.nearest else None,
        "experience_du_reseau": _nearest(whole.nearest_seen) if whole.nearest_seen else None,
        "depuis": _since(whole.since) if whole.since else None,
    }


def concluded_object(base: Base, reading: Reading, path: str) -> dict[str, Any]:
    """What is concluded and what there is to ask, without what could turn it nor what is near: those take longer."""
    return {
        "dossier": path,
        "moteur": reading.engine,
        "regles": reading.digest,
        "format": format_object(reading.format),
        "posture": posture_object(base, reading.posture),
        **{kind.several: _drawn(reading, kind.word) for kind in LISTED},
        "moment": reading.moment,
        "prochaine_question": reading.next_question.question if reading.next_question else None,
        "sans_effet": list(reading.without_effect),
        "sans_effet_format_posture": list(reading.without_effect_on_advice),
        "a_demander": [asked_object(base, asked) for asked in reading.to_ask],
        "sans_objet": sorted(reading.not_applicable),
        "tirees_du_tableau": sorted(reading.counted),
        "reponses_ignorees": list(reading.ignored_answers),
        "regles_declenchees": sorted(reading.fired),
        "certaines_par_cas": [":".join(name) for name in reading.certain_by_cases],
    }


def _nearest(nearest: Nearest) -> dict[str, Any]:
    """The case by the name of its file, which its folder makes unique."""
    return {
        "cas": Path(nearest.case.path).stem,
        **({"reseau": seen_object(seen)} if (seen := nearest.case.observation) else {}),
        "en_commun": sorted(nearest.alike),
        "autrement": sorted(nearest.apart),
        "a_savoir": sorted(nearest.unknown_here),
        "non_dit": sorted(nearest.unknown_there),
    }


def _since(since: Since) -> dict[str, Any]:
    """What has happened since the last dated reading of another day."""
    return {
        "date": since.day,
        "mois": since.months,
        "reponses": list(since.answered),
        "muri": [":".join(each) for each in since.matured],
        "reste": [":".join(each) for each in since.remaining],
        "apparu": [":".join(each) for each in since.appeared],
        "change": {
            kind: {"alors": list(then), "maintenant": list(now), "cause": why}
            for kind, (then, now, why) in since.moved.items()
        },
        "par_les_regles": [":".join(each) for each in since.by_rules],
        "rappels": list(since.reminders),
    }


def format_object(format: FormatReading) -> dict[str, Any]:
    """The format."""
    return {
        "retenu": format.retained,
        "possibles": list(format.possible),
        "ex_aequo": list(format.tied),
        "rien_ne_s_impose": format.nothing_stands_out,
        "ensuite": None if format.then is None else list(format.then),
        "sauf_exception": {
            "retenu": format.usual.retained,
            "ex_aequo": list(format.usual.tied),
            "sauf_si": _unless(format.usual.unless),
            "a_plusieurs": list(format.usual.several),
        },
        "arguments": sorted(map(argument_object, format.arguments), key=lambda a: tuple(a.values())),
    }


def argument_object(argument: Argument) -> dict[str, Any]:
    """One argument."""
    return {
        "format": argument.format,
        "sens": argument.side,
        "force": argument.force,
        "motif": argument.motif,
        "regle": argument.rule,
        "certitude": argument.certainty,
    }


def posture_object(base: Base, posture: PostureReading) -> dict[str, Any]:
    """The posture, with its risk and counter-move where there is one alone."""
    shown = posture.shown
    texts = base.entry("posture", shown[0]).texts if len(shown) == 1 else {}
    return {
        "retenue": posture.retained,
        "possibles": list(posture.possible),
        "entre": list(posture.between),
        "hors_note": posture.off_note,
        "hors_note_possible": posture.off_note_possible,
        "plus_proche": posture.nearest,
        "sauf_exception": {
            "retenue": posture.usual.retained,
            "entre": list(posture.usual.between),
            "hors_note": posture.usual.off_note,
            "plus_proche": posture.usual.nearest,
            "sauf_si": _unless(posture.usual.unless),
        },
        "position": {axis: list(stretch) for axis, stretch in sorted(posture.position.items())},
        "risque": texts.get("risque"),
        "parade": texts.get("parade"),
    }


def asked_object(base: Base, asked: ToAsk) -> dict[str, Any]:
    """One question to ask."""
    return {"question": asked.question, "a_qui": whom(base, asked.question) or None, "raison": asked.purpose}


def factor_object(factor: FactorReading) -> dict[str, Any]:
    """One success factor."""
    return {"id": factor.id, "etat": factor.state, **_sources(factor)}


def _unless(unless: Iterable[Unless]) -> list[dict[str, Any]]:
    return [{"question": u.question, "reponses": list(u.answers), "alors": list(u.then)} for u in unless]


def _drawn(reading: Reading, kind: str) -> list[dict[str, Any]]:
    if kind == "facteur":
        return [factor_object(factor) for factor in reading.factors]
    return [drawn_object(d) for d in sorted((d for d in reading.drawn if d.kind == kind), key=lambda d: d.id)]


def drawn_object(drawn: Drawn) -> dict[str, Any]:
    """One collected conclusion."""
    found: dict[str, Any] = {"id": drawn.id, "certitude": drawn.certainty}
    if SPECS[drawn.kind].levelled:
        found["niveau"] = drawn.level
    if SPECS[drawn.kind].can_be_foreseen:
        found["etat"] = drawn.foreseen
    return found | {"interne": drawn.internal, "regles": list(drawn.rules), **_sources(drawn)}


def _sources(found: Drawn | FactorReading) -> dict[str, Any]:
    """The claims of the note, and beside them, never among them, what the network saw."""
    return {"source": list(found.sources), "reseau": [seen_object(each) for each in found.observations]}


def seen_object(seen: Observation) -> dict[str, str | None]:
    """One observation of the network."""
    return {"qui": seen.who, "quand": seen.when, "ou": seen.where, "adresse": seen.address or None}


def state_object(state: State | None) -> dict[str, Any] | None:
    """How one conclusion stands on one side of a comparison."""
    if state is None:
        return None
    return {"noms": list(state.ids), "certitude": state.certainty or None, "detail": state.detail or None}
