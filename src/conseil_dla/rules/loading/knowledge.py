"""What rules conclude, kind by kind, and the little that decides in it."""

from __future__ import annotations

from itertools import product

from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Mapping, Scalar, Sequence
from conseil_dla.ground.words import YES
from conseil_dla.rules.answertext import number_mistake, whole_number
from conseil_dla.rules.loading.checking import fits, parts
from conseil_dla.rules.loading.conditions import Reader
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.part_shapes import PoleShape
from conseil_dla.rules.loading.sources import read_source
from conseil_dla.rules.model import Collected, Factor, Format, Posture, Tension

_SIGNS = {"positif": 1, "negatif": -1}
_MOST_AXES = 4
LATEST = 120
"""Months after which nobody is reminded."""
_SIGN_WORDS = {sign: word for word, sign in _SIGNS.items()}


def read_format(item: Item, ledger: Ledger) -> Format:
    """A form of support. Papers name the one that they propose, so that it cannot be internal."""
    if item.node.text("interne") == YES:
        message = f"{item.subject} est interne : un papier nomme la forme qu’il propose"
        ledger.error("DLA137", item.node.key("interne") or item.place, message, "retirez « interne: oui »")
    return Format(item.id, item.node.text("preparatoire") == YES)


def read_posture(item: Item, ledger: Ledger) -> Posture | None:
    """A posture; None when its axes are not those of the folder, each with a side."""
    off_note = Reader(ledger, item.subject).read(item.node.get("hors_note_si"))
    node = item.node.get("axes")
    if not isinstance(node, Mapping):
        return None
    signs: dict[str, int] = {}
    for key, value in node.entries:
        axis = ledger.reference("axe", key)
        if axis is not None and isinstance(value, Scalar) and value.text in _SIGNS:
            signs[axis] = _SIGNS[value.text]
    for axis_item in ledger.of("axe"):
        if node.key(axis_item.id) is None:
            message = f"il manque {axis_item.subject} à {item.subject}"
            ledger.error("DLA104", item.node.key("axes") or item.place, message, f"écrivez {axis_item.id}: positif")
    return Posture(item.id, signs, off_note)


def check_quadrants(ledger: Ledger, postures: dict[str, Posture]) -> None:
    """Every combination of sides must be that of exactly one posture."""
    axes = tuple(item.id for item in ledger.of("axe"))
    taken: dict[tuple[int, ...], str] = {}
    for id, posture in postures.items():
        corner = tuple(posture.signs.get(axis, 0) for axis in axes)
        if 0 in corner:
            return
        first = taken.setdefault(corner, id)
        if first != id:
            message = f"les postures « {first} » et « {id} » occupent le même quart"
            help = f"chaque posture a le sien : {_corner(axes, corner)} est déjà pris"
            items = ledger.items["posture"]
            ledger.error("DLA206", items[id].place, message, help, items[first].place)
    unread = len(postures) < len(ledger.items["posture"]) or bool(ledger.ghosts.get("posture"))
    if not postures or unread or len(axes) > _MOST_AXES:
        return
    last = ledger.items["posture"][next(reversed(postures))]
    for corner in product((1, -1), repeat=len(axes)):
        if corner not in taken:
            message = f"aucune posture pour ce quart : {_corner(axes, corner)}"
            ledger.error(
                "DLA206", last.place, message, "ajoutez une posture avec ces axes, ou corrigez une de celles-ci"
            )


def _corner(axes: tuple[str, ...], corner: tuple[int, ...]) -> str:
    return ", ".join(f"{axis}: {_SIGN_WORDS[sign]}" for axis, sign in zip(axes, corner, strict=True))


def read_factor(item: Item, ledger: Ledger) -> Factor | None:
    """A success factor; None when its condition is wrong."""
    present_if = Reader(ledger, item.subject).read(item.node.get("present_si"))
    formats = ledger.references("format", item.node.get("pour_formats"))
    return None if present_if is None else Factor(item.id, present_if, formats)


def read_collected(item: Item, ledger: Ledger) -> Collected:
    """What rules draw one by one, of whatever kind."""
    foreseen_if = Reader(ledger, item.subject).read(item.node.get("deja_prevu_si"))
    return Collected(item.id, ledger.references("format", item.node.get("pour_formats")), foreseen_if)


def pole_nodes(item: Item) -> tuple[Mapping, ...]:
    """The poles of a tension that can be read as such."""
    listed = item.node.get("poles")
    nodes = listed.items if isinstance(listed, Sequence) else ()
    return tuple(node for node in nodes if isinstance(node, Mapping))


def read_tension(item: Item, ledger: Ledger) -> Tension | None:
    """A pair of conditions; None unless there are exactly two good poles."""
    listed = item.node.get("poles")
    if not isinstance(listed, Sequence):
        return None
    nodes = parts(listed, PoleShape, ledger)
    if len(nodes) != 2:
        message = f"{item.subject} a {counted(len(nodes), 'pôle')} : il en faut exactement deux"
        ledger.error("DLA131", listed, message, "gardez deux poles, chacun avec titre, quand et source")
    conditions = []
    for node in nodes:
        if fits(PoleShape, node, ledger, f"un pôle de {item.subject}") and isinstance(node, Mapping):
            read_source(node.get("source"), ledger, f"un pôle de {item.subject}")
            conditions.append(Reader(ledger, item.subject).read(node.get("quand")))
    if len(conditions) != 2:
        return None
    first, second = conditions
    return None if first is None or second is None else Tension(item.id, (first, second))


def read_months(item: Item, ledger: Ledger) -> None:
    """When a reminder comes: a whole number of months."""
    node = item.node.get("apres_mois")
    if isinstance(node, Scalar):
        months = whole_number(node.text)
        if months is None:
            ledger.found.append(number_mistake(node, node.text.strip()))
        elif not 1 <= months <= LATEST:
            message = f"{months} mois : un rappel vient entre 1 et {LATEST} mois après la première lecture"
            ledger.error("DLA132", node, message, "écrivez 6 ou 12, par exemple")
