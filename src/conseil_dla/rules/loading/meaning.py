"""What only shows once everything is read: findings, circles, axes, and what nothing uses.

Strata tell in which order rules can fire so that every finding is settled before it is read. They and circles work on
names alone: a graph is a mapping from each name to those it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from conseil_dla.ground.diagnostics import Place
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.loading.ledger import NOUNS, Ledger
from conseil_dla.rules.loading.questions import FIRST_IF
from conseil_dla.rules.model import Conclude, Is, Push, Question, Rule
from conseil_dla.rules.truth import findings_read, questions_read

VERIFY_ERRORS: frozenset[str] = frozenset({"DLA208"})
"""Warnings of loading that ``verifier`` counts as errors: they do not prevent using the folder."""


def check_findings(ledger: Ledger, rules: Iterable[Rule]) -> None:
    """A finding that is read must be concluded, and no rule may wait for itself."""
    for id, scalars in ledger.read.items():
        if id not in ledger.concluded and id not in ledger.ghosts.get("constat", ()):
            for scalar in scalars:
                message = f"aucune règle ne conclut le constat « {id} »"
                help = did_you_mean(id, ledger.concluded) or "ajoutez une règle qui le conclut, ou corrigez le nom"
                ledger.error("DLA201", scalar, message, help)
    for circle in circles(reading_graph(rules)):
        path = [*circle, circle[0]]
        told = " → ".join(f"{NOUNS[kind]} « {id} »" for kind, id in reversed(path))
        first = next(id for kind, id in circle if kind == "regle")
        place = ledger.items["regle"][first].place
        help = "retirez un de ces constats d’une condition : une règle ne peut pas attendre ce qu’elle conclut"
        ledger.error("DLA203", place, f"des règles s’attendent en rond : {told}", help)


def check_asked_if(ledger: Ledger) -> None:
    """No question may depend on itself through ``posee_si``, nor come first by its own answer."""
    graph: dict[Name, list[Name]] = {
        ("question", id): [("question", read) for read in questions_read(question.asked_if)]
        for id, question in ledger.questions.items()
        if question.asked_if is not None
    }
    for circle in circles(graph):
        told = " → ".join(f"« {id} »" for _, id in (*circle, circle[0]))
        item = ledger.items["question"][circle[0][1]]
        help = "retirez une de ces conditions « posee_si »"
        ledger.error("DLA204", item.node.key("posee_si") or item.place, f"des questions s’attendent : {told}", help)
    for id, question in ledger.questions.items():
        if question.first_if is not None and id in questions_read(question.first_if):
            item = ledger.items["question"][id]
            message = f"{item.subject} serait posée en premier d’après sa propre réponse"
            help = f"dans « {FIRST_IF} », ne lisez que d’autres questions"
            ledger.error("DLA204", item.node.key(FIRST_IF) or item.place, message, help)


def check_axes(ledger: Ledger, rules: Iterable[Rule]) -> None:
    """A question feeds one axis at most, directly or through findings."""
    rules = tuple(rules)
    behind = _questions_behind(rules)
    feeding: dict[str, tuple[str, str]] = {}
    told: set[str] = set()
    for rule in rules:
        for effect in rule.effects:
            if not isinstance(effect, Push):
                continue
            for question in sorted(behind[rule.id]):
                axis, first = feeding.setdefault(question, (effect.axis, rule.id))
                if axis != effect.axis and question not in told:
                    told.add(question)
                    items = ledger.items["regle"]
                    message = f"la question « {question} » compte sur deux axes : « {axis} » et « {effect.axis} »"
                    help = "gardez-la sur un seul axe ; posez une autre question pour l’autre"
                    ledger.error("DLA205", items[rule.id].place, message, help, items[first].place)


def remark_double_points(ledger: Ledger, rules: Iterable[Rule]) -> None:
    """A question gives at most one effect on its axis: not twice in a rule, not twice for one answer. Warnings only.

    Rules that each read one question and nothing else are compared; what several questions make together is not.
    """
    items = ledger.items["regle"]
    help = "une réponse donne une seule fois des points sur un axe : gardez un effet, ou séparez les réponses"
    alone: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        axes = [effect.axis for effect in rule.effects if isinstance(effect, Push)]
        for axis in sorted({axis for axis in axes if axes.count(axis) > 1}):
            message = f"la règle « {rule.id} » donne deux fois des points sur l’axe « {axis} »"
            ledger.warn("DLA211", items[rule.id].place, message, help)
        if isinstance(rule.condition, Is):
            for axis in set(axes):
                alone.setdefault((axis, rule.condition.question), []).append(rule)
    for (axis, question), giving in sorted(alone.items()):
        for first, second in combinations(sorted(giving, key=lambda rule: rule.id), 2):
            if _answers(first) & _answers(second):
                message = f"une même réponse à « {question} » donne deux fois des points sur l’axe « {axis} »"
                ledger.warn("DLA211", items[second.id].place, f"{message} (l’autre règle : « {first.id} »)", help)


def _answers(rule: Rule) -> frozenset[str]:
    return rule.condition.answers if isinstance(rule.condition, Is) else frozenset()


def _questions_behind(rules: tuple[Rule, ...]) -> Mapping[str, frozenset[str]]:
    """The questions that each rule reads, through findings too. Circles are harmless here."""
    concluding: dict[str, list[Rule]] = {}
    for rule in rules:
        for effect in rule.effects:
            if isinstance(effect, Conclude):
                concluding.setdefault(effect.finding, []).append(rule)
    behind: dict[str, frozenset[str]] = {}
    for rule in rules:
        seen: set[str] = set()
        read: set[str] = set()
        waiting = [rule]
        while waiting:
            one = waiting.pop()
            read |= questions_read(one.condition)
            for finding in findings_read(one.condition) - seen:
                seen.add(finding)
                waiting.extend(concluding.get(finding, ()))
        behind[rule.id] = frozenset(read)
    return behind


def check_presence(ledger: Ledger, folder: Place) -> None:
    """A folder needs at least one question, format, posture and axis to conclude anything."""
    for kind, words in (("format", "un format"), ("posture", "une posture"), ("axe", "un axe")):
        if not ledger.items[kind] and not ledger.ghosts.get(kind):
            ledger.error("DLA210", folder, f"il manque au moins {words}", f"ajoutez - {kind}: dans knowledge/")


def remark_unused(ledger: Ledger, questions: Mapping[str, Question]) -> None:
    """Warn about findings and questions that nothing reads, and what nothing draws though it is awaited."""
    for id, places in ledger.concluded.items():
        if id not in ledger.read:
            message = f"le constat « {id} » n’est lu par aucune condition"
            ledger.warn("DLA202", places[0], message, "lisez-le dans une règle, ou retirez cet effet")
    for item in (item for kind in DRAWN if kind.awaited for item in ledger.of(kind.word)):
        if (item.kind, item.id) not in ledger.drawn:
            message = f"aucune règle ne conclut {item.subject}"
            ledger.warn("DLA208", item.place, message, "écrivez une règle qui la conclut, ou retirez-la")
    for id in questions:
        if id not in ledger.questions_read:
            item = ledger.items["question"][id]
            message = f"{item.subject} n’est lue par aucune condition"
            ledger.warn("DLA209", item.place, message, "écrivez une règle qui la lit, ou retirez la question")


# --- strata ----------------------------------------------------------------------------------------------------------

Name = tuple[str, str]
"""A kind word and an id."""
Graph = Mapping[Name, Iterable[Name]]


def circles(graph: Graph) -> tuple[tuple[Name, ...], ...]:
    """Circles of the graph, each as a path that starts at its smallest name; empty when there is none.

    Every circle shares no name with another one given: mending these may uncover more.
    """
    left = {name: sorted(set(reads) & set(graph)) for name, reads in sorted(graph.items())}
    found: list[tuple[Name, ...]] = []
    while circle := _circle(left):
        start = circle.index(min(circle))
        found.append((*circle[start:], *circle[:start]))
        left = {name: [read for read in reads if read not in circle]
                for name, reads in left.items() if name not in circle}  # fmt: skip
    return tuple(found)


def _circle(graph: Graph) -> list[Name]:
    """One circle, each name reading the next; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1][1:]))
    return []


def reading_graph(rules: Iterable[Rule]) -> dict[Name, set[Name]]:
    """Rules read findings; findings are concluded by rules."""
    graph: dict[Name, set[Name]] = {}
    for rule in rules:
        graph[("regle", rule.id)] = {("constat", finding) for finding in findings_read(rule.condition)}
        for effect in rule.effects:
            if isinstance(effect, Conclude):
                graph.setdefault(("constat", effect.finding), set()).add(("regle", rule.id))
    return graph


def with_strata(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules by stratum then id. Where there is a circle all are left at stratum 0."""
    rules = tuple(rules)
    graph = reading_graph(rules)
    height: dict[Name, int] = {}
    for name in TopologicalSorter({} if _circle(graph) else graph).static_order():
        read = [height[each] for each in graph.get(name, ()) if each in graph]
        height[name] = max(read) + (name[0] == "regle") if read else 0
    placed = (replace(rule, stratum=height.get(("regle", rule.id), 0)) for rule in rules)
    return tuple(sorted(placed, key=lambda rule: (rule.stratum, rule.id)))
