"""« Mon avis » in a dossier's file: read with its mistakes, and given back as the keys to write."""

from __future__ import annotations

from collections.abc import Mapping as Keyed

from conseil_dla.ground.diagnostics import Diagnostic, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.model import Base, Kind, Opinion

KEYS: Keyed[str, str] = {
    "format": "format", "posture": "posture", "pourquoi": "why", "ce_que_j_accepte": "accepts",
    "pour_les_papiers": "for_papers",
}  # fmt: skip
"""Keys of ``avis``, and the fields that they fill."""
OPINION_KINDS: tuple[Kind, ...] = ("format", "posture")


def read_opinion(node: Node | None, base: Base) -> tuple[Opinion, list[Diagnostic]]:
    """The opinion, empty when there is none, with every mistake in it."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return Opinion(), []
    known = ", ".join(KEYS)
    if not isinstance(node, Mapping):
        message = "« avis » attend une ligne par rubrique"
        return Opinion(), [_error(node, message, f"écrivez, décalé de deux espaces : {known}")]
    fields: dict[str, str] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        if key.text not in KEYS:
            found.append(_error(key, f"rubrique inconnue « {key.text} » dans « avis »", did_you_mean(key.text, KEYS)))
        elif not isinstance(value, Scalar):
            found.append(_error(value, f"« {key.text} » attend un texte", "écrivez-le sur la même ligne, ou après >-"))
        else:
            fields[KEYS[key.text]] = value.text.strip()
            found += _unknown(key.text, value, base)
    return Opinion(**fields), found


def _unknown(key: str, value: Scalar, base: Base) -> list[Diagnostic]:
    id = value.text.strip()
    if key not in OPINION_KINDS or not id or (key, id) in base.texts:
        return []
    titles = {other: entry.title for (kind, other), entry in base.texts.items() if kind == key}
    message = f"{'format inconnu' if key == 'format' else 'posture inconnue'} « {id} » dans « avis »"
    return [_error(value, message, did_you_mean(id, titles, titles))]


def written(opinion: Opinion) -> dict[str, object]:
    """The keys to write; what is empty has none."""
    return {key: getattr(opinion, field) for key, field in KEYS.items() if getattr(opinion, field)}


def _error(node: Node, message: str, help: str) -> Diagnostic:
    return mistake("DLA309", node.place, message, help)
