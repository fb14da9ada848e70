"""``attendu``: what a case or a trial asserts, read and checked against the base."""

from __future__ import annotations

from collections.abc import Collection

from conseil_dla.ground.diagnostics import Diagnostic, Place, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.kinds import LEVELLED
from conseil_dla.rules.model import FORCES, KINDS, LEVELS, Base, Expectation

ONE_OF = {
    "format": "format",
    "format_possible": "format",
    "format_hors": "format",
    "posture": "posture",
    "posture_possible": "posture",
    "posture_hors": "posture",
    "ecarte": "format",
}
"""Keys whose value is one id of a kind."""
SEVERAL_OF = {"ex_aequo": "format", "entre": "posture"}
CONCLUSIONS = ("certaine", "absente")
ARGUMENTS = ("argument", "sans_argument")
MOMENTS = ("pret", "a_preparer", "pas_tel_quel")
KNOWN = (*ONE_OF, *SEVERAL_OF, *CONCLUSIONS, *ARGUMENTS, "position", "moment")


class _Wrong(Exception):
    def __init__(self, place: Place, message: str, help: str = "") -> None:
        super().__init__(message)
        self.finding = mistake("DLA306", place, message, help)


def read_expectations(node: Node | None, base: Base) -> tuple[tuple[Expectation, ...], list[Diagnostic]]:
    """Every line of ``attendu``, and what is wrong with the others."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return (), []
    if not isinstance(node, Sequence):
        message = "« attendu » est une liste : une ligne par attente, chacune après un tiret"
        return (), [mistake("DLA306", node.place, message, "écrivez « - format: … »")]
    expected: list[Expectation] = []
    found: list[Diagnostic] = []
    for item in node.items:
        try:
            expected.append(_expectation(item, base))
        except _Wrong as wrong:
            found.append(wrong.finding)
    return tuple(expected), found


def _expectation(item: Node, base: Base) -> Expectation:
    if not isinstance(item, Mapping) or len(item.entries) != 1:
        raise _Wrong(item.place, "une attente tient en une clé et sa valeur", "écrivez « - posture: … »")
    key, value = item.entries[0]
    name = key.text
    if name not in KNOWN:
        raise _Wrong(key.place, f"attente inconnue « {name} »", did_you_mean(name, KNOWN))
    if name in ONE_OF:
        return Expectation(name, _known(value, _ids(base, ONE_OF[name]), ONE_OF[name]), value.place)
    if name in SEVERAL_OF:
        if not isinstance(value, Sequence):
            raise _Wrong(value.place, f"« {name} » attend une liste", "écrivez les noms entre crochets")
        ids = _ids(base, SEVERAL_OF[name])
        return Expectation(name, tuple(_known(each, ids, SEVERAL_OF[name]) for each in value.items), value.place)
    if name == "moment":
        return Expectation(name, _known(value, MOMENTS, "moment"), value.place)
    if name == "position":
        return _position(value, base)
    return _conclusion(name, value, base) if name in CONCLUSIONS else _argument(name, value, base)


def _conclusion(name: str, value: Node, base: Base) -> Expectation:
    text = _text(value)
    kind, colon, rest = text.partition(":")
    id, _, level = rest.partition(":")
    if not colon:
        raise _Wrong(value.place, f"« {name} » attend une sorte et un nom", "écrivez par exemple « vigilance:nom »")
    if kind not in KINDS:
        raise _Wrong(value.place, f"sorte de conclusion inconnue « {kind} »", did_you_mean(kind, KINDS))
    ids = _ids(base, kind)
    if id not in ids:
        raise _Wrong(value.place, f"{kind} : nom inconnu « {id} »", did_you_mean(id, ids))
    if rest != id and (kind not in LEVELLED or level not in LEVELS):
        raise _Wrong(value.place, f"« {text} » : « {level} » n’est pas un niveau de vigilance",
                     f"après une vigilance, et elle seule : {', '.join(LEVELS)}")  # fmt: skip
    return Expectation(name, text, value.place)


def _argument(name: str, value: Node, base: Base) -> Expectation:
    text = _text(value)
    parts = text.split(":")
    if len(parts) not in (3, 4):
        raise _Wrong(value.place, f"« {name} » attend un sens, un format et un motif",
                     "écrivez « pour:format:motif », et au besoin « :force »")  # fmt: skip
    allowed = (("pour", "contre"), _ids(base, "format"), _ids(base, "motif"), FORCES)
    for part, known in zip(parts, allowed, strict=False):
        if part not in known:
            raise _Wrong(value.place, f"mot inconnu « {part} » dans « {text} »", did_you_mean(part, known))
    return Expectation(name, text, value.place)


def _position(value: Node, base: Base) -> Expectation:
    names = ("axe", "de", "a")
    if not isinstance(value, Mapping) or {key.text for key, _ in value.entries} != set(names):
        raise _Wrong(value.place, "« position » attend « axe », « de » et « a »", "de -1 à 1, par exemple 0.5")
    parts = {key.text: _text(part) for key, part in value.entries}
    if parts["axe"] not in base.logic.axes:
        raise _Wrong(value.place, f"axe inconnu « {parts['axe']} »", did_you_mean(parts["axe"], base.logic.axes))
    for name in ("de", "a"):
        try:
            inside = -1 <= float(parts[name]) <= 1
        except ValueError:
            inside = False
        if not inside:
            raise _Wrong(value.place, f"« {name}: {parts[name]} » n’est pas un nombre de -1 à 1", "par exemple 0.5")
    return Expectation("position", parts, value.place)


def _known(value: Node, ids: Collection[str], kind: str) -> str:
    text = _text(value)
    if text not in ids:
        raise _Wrong(value.place, f"{kind} : nom inconnu « {text} »", did_you_mean(text, ids))
    return text


def _text(value: Node) -> str:
    if not isinstance(value, Scalar):
        raise _Wrong(value.place, "un mot est attendu ici", "écrivez-le après le deux-points")
    return value.text.strip()


def _ids(base: Base, kind: str) -> list[str]:
    return [id for known, id in base.texts if known == kind]
