"""What a folder names, for whoever helps to write it: ids with their titles, questions with their answers.

Taken from the ledger, so that a folder with mistakes still gives what could be read of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conseil_dla.ground.nodes import Mapping as MappingNode
from conseil_dla.ground.nodes import Node, Scalar, Sequence
from conseil_dla.rules.loading.ledger import Ledger
from conseil_dla.rules.model import Question
from conseil_dla.rules.tables import Column

Words = Mapping[str, str]
"""Titles or wordings by id."""


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that may be cited."""

    titles: Mapping[str, Words]
    """By kind, ``constat`` included: it has no title of its own."""
    questions: Mapping[str, Question]
    """Those that could be read; ``titles`` has the others too."""
    asked: Words
    """The wording of each question read."""
    answers: Mapping[str, Words]
    """By question."""
    columns: Mapping[str, Column]
    cells: Mapping[str, Words]
    """Wordings of the answers of a column."""
    former_questions: Words
    """Former question ids (``anciennement``) to today’s."""
    former_answers: Mapping[str, tuple[str, ...]]
    """By question of today."""


def known_words(ledger: Ledger) -> Known:
    """The names in the ledger, once everything is read."""
    titles = {kind: {item.id: item.node.text("titre") for item in ledger.of(kind)} for kind in ledger.items}
    titles["constat"] = dict.fromkeys(ledger.concluded, "")
    items = ledger.items["question"]
    return Known(
        titles=titles,
        questions=dict(ledger.questions),
        asked={id: items[id].node.text("libelle") for id in ledger.questions},
        answers={id: dict(ledger.labels.get(id, {})) for id in ledger.questions},
        columns=dict(ledger.columns),
        cells={id: dict(labels) for id, labels in ledger.column_labels.items()},
        former_questions={old: id for id in ledger.questions for old in _texts(items[id].node.get("anciennement"))},
        former_answers={id: tuple(_former_answers(items[id].node.get("reponses"))) for id in ledger.questions},
    )


def _former_answers(answers: Node | None) -> Iterator[str]:
    for _, value in answers.entries if isinstance(answers, MappingNode) else ():
        if isinstance(value, MappingNode):
            yield from _texts(value.get("anciennement"))


def _texts(node: Node | None) -> list[str]:
    items = node.items if isinstance(node, Sequence) else ()
    return [item.text.strip() for item in items if isinstance(item, Scalar)]
