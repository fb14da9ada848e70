"""Plans of workshops: times that follow one another, and whose minutes make up the whole."""

from __future__ import annotations

from typing import cast

from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.rules.answertext import number_mistake, whole_number
from conseil_dla.rules.loading.checking import fits, parts
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.part_shapes import StepShape
from conseil_dla.rules.plans import Plan, PlanMoment, PlanStep

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
