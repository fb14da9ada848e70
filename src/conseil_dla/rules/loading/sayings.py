"""How the answers to a question are said in papers that go out: checked here, for nothing said there can be unsaid.

An answer reaches such a paper only through a wording that somebody wrote for it; one without a wording stays out. Where
a name of the answers is wrong, that alone is told.
"""

from __future__ import annotations

from collections.abc import Mapping as Keyed

from conseil_dla.ground.nodes import Mapping, Scalar
from conseil_dla.ground.words import ANSWERS_PLACE, YES, fold
from conseil_dla.rules.answertext import unknown_answer
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.model import Question, QuestionType

LISTED = ("plusieurs", "nombre")
"""Types whose answers are put into one sentence."""


def read_sayings(item: Item, kind: QuestionType, labels: Keyed[str, str], ledger: Ledger) -> None:
    """Note what is wrong with ``dans_les_papiers``, ``phrase`` and ``phrases`` of a question."""
    node = item.node
    part, frame, said = (node.key(name) for name in ("dans_les_papiers", "phrase", "phrases"))
    first = part or frame or said
    if first is None:
        return
    if node.text("interne") == YES:
        message = f"{item.subject} est interne : rien n’en va dans les papiers"
        ledger.error("DLA137", first, message, "retirez dans_les_papiers, phrase et phrases, ou interne")
    elif part is None:
        ledger.error("DLA137", first, f"il manque « dans_les_papiers » à {item.subject}", "dites dans quelle partie")
    elif (kind in LISTED) != (frame is not None):
        help = "« phrase », avec … à la place des réponses, va avec les types plusieurs et nombre, et avec eux seuls"
        ledger.error("DLA137", frame or part, f"{item.subject} ne se dit pas ainsi dans les papiers", help)
    elif frame is not None and ANSWERS_PLACE not in node.text("phrase"):
        ledger.error("DLA137", frame, f"« phrase » de {item.subject} n’a pas de …", "mettez … à la place des réponses")
    written = node.get("phrases")
    question = Question(item.id, kind, tuple(labels))
    unnamed = kind in ("choix", "plusieurs") and not isinstance(node.get("reponses"), Mapping)
    for key, value in written.entries if isinstance(written, Mapping) and not unnamed else ():
        if key.text.strip() not in {*labels, *map(fold, labels)}:
            ledger.found.append(unknown_answer(key, question, labels, ledger.former_answers.get(item.id)))
        elif not isinstance(value, Scalar) or not value.text.strip():
            message = f"la phrase de « {key.text.strip()} » : un texte est attendu"
            ledger.error("DLA105", value, message, "écrivez-la après le nom, ou retirez la ligne")
