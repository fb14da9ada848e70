"""What rules conclude, kind by kind, the little that decides in it, and the ``source`` of any item; plans of workshops.

A source is claims of the note, or an observation of the network. The times of a plan follow one another, and their
minutes make up the whole.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import cast

from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import YES, did_you_mean, nearest
from conseil_dla.rules.answertext import number_mistake, whole_number
from conseil_dla.rules.loading.checking import as_keys, as_list, fits, parts
from conseil_dla.rules.loading.conditions import Reader
from conseil_dla.rules.loading.ledger import CLAIM, Item, Ledger, claims_in
from conseil_dla.rules.loading.part_shapes import NetworkShape, PoleShape, StepShape
from conseil_dla.rules.model import Collected, Factor, Format, Posture, Tension
from conseil_dla.rules.observations import read_observation
from conseil_dla.rules.plans import Plan, PlanMoment, PlanStep

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


def read_apart(item: Item, ledger: Ledger) -> tuple[str, ...]:
    """What an item says that papers cannot say beside it, each reference checked; the wrong ones are left out."""
    listed = item.node.get("ne_va_pas_avec")
    nodes = [node for node in getattr(listed, "items", ()) if isinstance(node, Scalar)]
    return tuple(node.text.strip() for node in nodes if _is_named(node, ledger))


def _is_named(node: Scalar, ledger: Ledger) -> bool:
    """Does « question.reponse » or « sorte:nom » exist? Notes a mistake where it does not."""
    text = node.text.strip()
    kind, colon, id = text.partition(":")
    if colon and kind in ledger.items:
        return ledger.reference(kind, replace(node, text=id.strip())) is not None
    question, dot, answer = text.partition(".")
    if colon or not dot:
        help = "écrivez question.reponse, ou modalite:nom"
        ledger.error("DLA115", node, f"« {text} » ne désigne ni une réponse ni une façon de faire", help)
        return False
    if ledger.reference("question", replace(node, text=question)) is None:
        return False
    known = ledger.questions.get(question)
    if known is not None and answer not in known.answers:
        ledger.unknown_answer(replace(node, text=answer), known)
        return False
    return True


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


# --- what an item rests on -------------------------------------------------------------------------------------------

NETWORK = "écrivez source:, en dessous reseau:, et sous celui-ci qui:, quand: et ou:"
OTHER_SOURCE = f"citez la note, source: [E8] par exemple ; pour ce qui a été vu ailleurs, {NETWORK}"
MOST_CLAIMS = 4
"""Most claims under one rule: past that, a rule says several things and is better split."""


def read_source(node: Node | None, ledger: Ledger, subject: str, most: int | None = None) -> tuple[str, ...]:
    """Claim ids, sorted, each once; empty for an observation of the network, and when there is a mistake."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        if node is not None:
            ledger.error(
                "DLA105", node, "« source » est vide", "citez au moins une affirmation de la note, ou le réseau"
            )
        return ()
    if isinstance(node, Mapping) and (names := as_list(node)):
        ledger.error("DLA115", node, "« source » attend une liste", f"écrivez source: {names}")
        return ()
    if isinstance(node, Mapping):
        _check_network(node, ledger, subject)
        return ()
    if isinstance(node, Scalar):
        text = node.text.strip()
        cited = claims_in(text, ledger.items["affirmation"])
        help = f"écrivez source: [{', '.join(cited)}]" if cited else OTHER_SOURCE
        ledger.error("DLA115", node, "« source » attend une liste", help)
        return ()
    if as_keys(node):
        ledger.error("DLA115", node, "« source » cite la note, ou le réseau sans tiret", as_keys(node))
        return ()
    if not node.items:
        ledger.error("DLA122", node, "« source » est vide", "citez au moins une affirmation de la note, ou le réseau")
    return _claims(node, ledger, subject, most)


def _claims(node: Sequence, ledger: Ledger, subject: str, most: int | None) -> tuple[str, ...]:
    ids = ledger.references("affirmation", node)
    if most is not None and len(node.items) > most:
        help = "gardez les plus proches de ce que dit la règle, ou faites deux règles"
        ledger.error("DLA121", node, f"{subject} cite {len(node.items)} affirmations, au plus {most}", help)
    return tuple(sorted(ids, key=lambda id: (id[0], int(id[1:])) if CLAIM.fullmatch(id) else (id, 0)))


def _check_network(node: Mapping, ledger: Ledger, subject: str) -> None:
    network = node.get("reseau")
    for key, _ in node.entries:
        if key.text != "reseau":
            help = did_you_mean(key.text, ["reseau"]) if nearest(key.text, ["reseau"]) else OTHER_SOURCE
            ledger.error("DLA103", key, f"clé inconnue « {key.text} » sous « source »", help)
    if network is not None:
        fits(NetworkShape, network, ledger, f"l’observation du réseau de {subject}")
    elif not node.entries:
        ledger.error("DLA122", node, "« source » est vide", "citez la note, source: [E8] par exemple, ou le réseau")


def check_status(source: Node | None, status: Node | None, ledger: Ledger, subject: str) -> None:
    """Note a status that its source gives the lie to: what is shown of where an item comes from is one thing."""
    said = status.text.strip() if isinstance(status, Scalar) else ""
    seen = read_observation(source) is not None
    if status is None or (said, seen) not in (("note", True), ("reseau", False)):
        return
    if said == "note":
        message = f"{subject} dit « statut: note », et sa source est une observation du réseau"
        help = "écrivez statut: reseau, ou interpretation si la lecture est la vôtre"
    elif source is None:
        message, help = f"{subject} dit « statut: reseau », et n’a pas de source", f"dites qui l’a vu : {NETWORK}"
    elif isinstance(source, Sequence) and source.items and not as_keys(source):
        message = f"{subject} dit « statut: reseau », et sa source cite la note"
        help = f"écrivez statut: note, ou interpretation ; si vous l’avez vu, {NETWORK}"
    else:
        return
    ledger.error("DLA139", status, message, help)


LONGEST = 480
"""Minutes: nobody holds a room longer in a day."""


def read_plans(ledger: Ledger) -> tuple[Plan, ...]:
    """Every plan, the shortest first. Those with a mistake, which is noted, are left out."""
    read = (read_plan(item, ledger) for item in ledger.of("deroulement"))
    return tuple(sorted((plan for plan in read if plan is not None), key=lambda plan: (plan.minutes, plan.id)))


def read_plan(item: Item, ledger: Ledger) -> Plan | None:
    """A plan; None when its minutes, or one of its times, cannot be read or do not make up the whole."""
    whole = _minutes(item.node.get("minutes"), ledger)
    steps = [_step(node, item, ledger) for node in parts(item.node.get("temps"), StepShape, ledger)]
    read = tuple(step for step in steps if step is not None)
    if whole is None or not read or len(read) < len(steps):
        return None
    total = sum(step.minutes for step in read)
    if total != whole:
        message = f"{item.subject} dure {counted(whole, 'minute')}, et ses temps en font {total}"
        help = f"écrivez minutes: {total}, ou changez la durée d’un temps"
        ledger.error("DLA138", item.node.get("minutes") or item.place, message, help)
        return None
    prepare = tuple(line for line in _lines(item.node.get("a_preparer")) if line)
    return Plan(item.id, item.node.text("titre"), whole, read, prepare)


def _step(node: Node, item: Item, ledger: Ledger) -> PlanStep | None:
    shaped = fits(StepShape, node, ledger, f"un temps du déroulement « {item.id} »")
    if not isinstance(node, Mapping):
        return None
    minutes = _minutes(node.get("minutes"), ledger)
    if not shaped or minutes is None:
        return None
    what, say = ("\n".join(_lines(node.get(key))) for key in ("que_faire", "a_dire"))
    return PlanStep(cast("PlanMoment", node.text("moment")), node.text("titre"), minutes, what, say)


def _minutes(node: Node | None, ledger: Ledger) -> int | None:
    """A whole number of minutes; None, with a mistake noted, for anything else that is written."""
    if not isinstance(node, Scalar) or not node.text.strip():
        return None
    minutes = whole_number(node.text)
    if minutes is None:
        ledger.found.append(number_mistake(node, node.text.strip()))
    elif not 1 <= minutes <= LONGEST:
        message = f"{counted(minutes, 'minute')} : un temps d’atelier dure de 1 à {LONGEST} minutes"
        ledger.error("DLA132", node, message, "écrivez 10 ou 60, par exemple")
        return None
    return minutes


def _lines(node: Node | None) -> tuple[str, ...]:
    """The texts of a prose, one a paragraph."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return tuple(one.text.strip() for one in nodes if isinstance(one, Scalar))
