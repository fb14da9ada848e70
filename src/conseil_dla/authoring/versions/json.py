"""What another version of the rules says otherwise, as one JSON object. Keys are French, names are ids."""

from __future__ import annotations

from typing import Any

from conseil_dla.authoring.versions.items_text import let_out
from conseil_dla.authoring.versions.versions import VersionDifference
from conseil_dla.ground.characters import json_line
from conseil_dla.rules.answertext import as_written
from conseil_dla.rules.model import Answers
from conseil_dla.wording.json_text import state_object


def versions_json(difference: VersionDifference, before: str, after: str) -> str:
    """One object on one line, without line end. ``nombre`` and ``total`` are numbers of combinations.

    Exact, but where there is a ``marge``: ``nombre`` is then an estimate, at most that far from the truth (as a share
    of ``total``) nineteen times in twenty. ``autres_mouvements`` says which conclusions may move otherwise than
    ``mouvements`` says, and of about how many dossiers.
    """
    meaning = difference.meaning
    found = {
        "avant": {"dossier": before, "regles": difference.before.digest},
        "apres": {"dossier": after, "regles": difference.after.digest},
        "identique": difference.is_same,
        "relus": difference.read,
        "sans_comparaison": difference.unfit,
        "dossiers": [
            {
                "dossier": dossier.path,
                "titre": dossier.title,
                "refuse": dossier.refused or None,
                "conclusions": [
                    {"conclusion": ":".join(c.name), "avant": state_object(c.before), "apres": state_object(c.after)}
                    for c in dossier.changes
                ],
            }
            for dossier in difference.moved
        ],
        "total": meaning.total,
        "mouvements": [
            {
                "conclusion": ":".join(move.name),
                "avant": _end(move.before),
                "apres": _end(move.after),
                "nombre": move.number,
                "marge": move.margin or None,
                "temoin": _answers(move.witness),
            }
            for move in meaning.moves
        ],
        "autres_mouvements": [
            {"conclusion": ":".join(rest.name), "nombre": rest.number, "marge": rest.margin} for rest in meaning.rest
        ],
        "refuses": meaning.refused and {"nombre": meaning.refused.number, "temoin": _answers(meaning.refused.witness)},
        "admis": meaning.admitted and {"nombre": meaning.admitted.number, "temoin": _answers(meaning.admitted.witness)},
        "inconnues": list(difference.unknown),
        "motifs_redits": list(difference.retold),
        "motifs_deplaces": list(difference.moved_motifs),
        "motifs_abandonnes": list(difference.given_up),
        "motifs_nouveaux": list(difference.taken_up),
        "ordre": list(difference.reordered),
        "sortie": {
            way: [{"sorte": kind, "nom": id, "cles": list(keys)} for kind, id, keys in named]
            for way, named in let_out(difference)
        },
        "elements": [
            {
                "sorte": item.kind,
                "nom": item.id,
                "changement": item.how,
                "anciennement": item.former or None,
                "cles": [{"cle": key.key, "porte_sur": key.bearing} for key in item.keys],
            }
            for item in difference.items
        ],
    }
    return json_line(found)


def _answers(answers: Answers) -> dict[str, Any]:
    return {id: as_written(value) for id, value in answers.items()}


def _end(end: Any) -> Any:
    """A format's or a posture's end under its own keys; levels and weights as lists; anything else as it is."""
    if hasattr(end, "best"):
        return {"formats": sorted(end.best), "ensuite": sorted(end.then), "rien_ne_s_impose": not end.stands_out}
    if hasattr(end, "postures"):
        return {"postures": sorted(end.postures), "hors_note": end.off_note}
    if isinstance(end, frozenset):
        return sorted(end)
    return list(end) if isinstance(end, tuple) else end
