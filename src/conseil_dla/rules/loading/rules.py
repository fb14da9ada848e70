"""Rules: condition, effects and executed examples."""

from __future__ import annotations

from typing import cast

from conseil_dla.ground.nodes import Mapping, Node, Scalar
from conseil_dla.ground.words import YES, did_you_mean
from conseil_dla.rules.answertext import answer_value, number_mistake, whole_number
from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.loading.checking import as_keys, fits, parts
from conseil_dla.rules.loading.conditions import Reader
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.part_shapes import EFFECTS, ExampleShape
from conseil_dla.rules.loading.questions import check_id
from conseil_dla.rules.model import (
    COLLECTED,
    Argue,
    Conclude,
    Draw,
    Effect,
    Example,
    Force,
    Incoherence,
    Level,
    Push,
    Rule,
    RuleOut,
    Side,
    Value,
)

MOST_POINTS = 3


def read_rule(item: Item, ledger: Ledger) -> Rule | None:
    """The rule, its stratum still to be found; None when something in it is wrong (noted)."""
    condition = Reader(ledger, item.subject).read(item.node.get("quand"))
    listed = item.node.get("alors")
    if isinstance(listed, Mapping):
        _note_names(listed, ledger)
    nodes = parts(listed, EFFECTS, ledger)
    effects = [read_effect(node, ledger, item.subject) for node in nodes]
    if condition is None:
        return None
    count = alternatives(condition)
    if count > MOST_ALTERNATIVES:
        ledger.error(
            "DLA207",
            item.node.key("quand") or item.place,
            f"{item.subject} se lit de {count} façons différentes, au plus {MOST_ALTERNATIVES}",
            "faites-en plusieurs règles, ou passez par un constat conclu par une autre règle",
        )
    whole = tuple(effect for effect in effects if effect is not None)
    return Rule(item.id, condition, whole) if len(whole) == len(effects) and whole else None


def read_incoherence(item: Item, ledger: Ledger) -> Incoherence | None:
    """A ``coherence`` item; None when its condition is wrong."""
    never = Reader(ledger, item.subject, findings=False).read(item.node.get("jamais"))
    return None if never is None else Incoherence(item.id, never)


# --- effects --------------------------------------------------------------------------------------------------------


def read_effect(node: Node, ledger: Ledger, subject: str) -> Effect | None:
    """One line of ``alors``; its first key says what it does."""
    if not isinstance(node, Mapping) or not node.entries:
        help = as_keys(node) or "écrivez par exemple vigilance: son nom, puis niveau: avant"
        ledger.error("DLA115", node, f"un effet de {subject} n’est pas lisible", help)
        return None
    first = node.entries[0][0]
    if first.text not in EFFECTS:
        known = next((key.text for key, _ in node.entries if key.text in EFFECTS), None)
        help = f"mettez « {known} » en premier" if known else did_you_mean(first.text, EFFECTS)
        ledger.error("DLA130", first, f"« {first.text} » n’est pas un effet", help)
        return None
    if not fits(EFFECTS[first.text], node, ledger, f"l’effet « {first.text} » de {subject}", first):
        _note_names(node, ledger)
        return None
    return _effect(first.text, node, ledger)


def _note_names(node: Mapping, ledger: Ledger) -> None:
    """What a wrong effect would have concluded: so that nothing else is said of it."""
    ledger.drawn |= {(kind, node.text(kind)) for kind in COLLECTED}
    finding = node.get("constat")
    if isinstance(finding, Scalar):
        ledger.concluded.setdefault(finding.text.strip(), []).append(finding.place)


def _effect(word: str, node: Mapping, ledger: Ledger) -> Effect | None:
    named = node.get(word)
    if word == "constat":
        return _conclude(named, ledger)
    if word == "axe":
        return _push(node, ledger)
    if word in ("pour", "contre"):
        format = ledger.reference("format", named)
        motif = ledger.reference("motif", node.get("motif"))
        if format is None or motif is None:
            return None
        return Argue(format, cast("Side", word), cast("Force", node.text("force")), motif)
    if word == "ecarte":
        format = ledger.reference("format", named)
        return None if format is None else RuleOut(format)
    id = ledger.reference(word, named)
    ledger.drawn.add((word, node.text(word)))
    level = cast("Level | None", node.text("niveau") or None)
    return None if id is None else Draw(word, id, level)


def _conclude(named: Node | None, ledger: Ledger) -> Effect | None:
    if not isinstance(named, Scalar):
        return None
    id = named.text.strip()
    ledger.concluded.setdefault(id, []).append(named.place)
    return Conclude(id) if check_id(named, "le constat", ledger) else None


def _push(node: Mapping, ledger: Ledger) -> Effect | None:
    axis = ledger.reference("axe", node.get("axe"))
    written = node.get("points")
    if not isinstance(written, Scalar):
        return None
    points = whole_number(written.text)
    if points is None:
        ledger.found.append(number_mistake(written, written.text.strip()))
        return None
    if points == 0 or abs(points) > MOST_POINTS:
        help = "écrivez -3, -2, -1, 1, 2 ou 3 ; pour ne rien pousser, retirez cet effet"
        ledger.error("DLA129", written, f"« points » vaut {points}", help)
        return None
    return None if axis is None else Push(axis, points)


# --- examples -------------------------------------------------------------------------------------------------------


def read_examples(item: Item, ledger: Ledger) -> tuple[Example, ...]:
    """The ``exemples`` of a rule; those that hold a mistake are left out (noted)."""
    nodes = parts(item.node.get("exemples"), ExampleShape, ledger)
    read = (_example(node, ledger, item.subject) for node in nodes)
    return tuple(example for example in read if example is not None)


def _example(node: Node, ledger: Ledger, subject: str) -> Example | None:
    if not fits(ExampleShape, node, ledger, f"un exemple de {subject}") or not isinstance(node, Mapping):
        return None
    given = node.get("reponses")
    if not isinstance(given, Mapping):
        help = as_keys(given) or "écrivez dessous les questions et leurs réponses"
        ledger.error("DLA115", given or node, "« reponses » attend des questions et leurs réponses", help)
        return None
    answers: dict[str, Value] = {}
    for key, value in given.entries:
        id = ledger.reference("question", key)
        question = ledger.questions.get(id or "")
        if question is None:
            continue
        former = ledger.former_answers.get(question.id)
        known, found = answer_value(question, value, ledger.labels.get(question.id), told=former)
        ledger.found.extend(one for one in found if one.code != "DLA109")
        if known is not None:
            answers[question.id] = known
    return Example(answers, node.text("conclut") == YES, node.place)
