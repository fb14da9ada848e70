"""Questions: their answers, bounds and ordinary answers. Conditions on asking are read once all are known.

How the answers are said in papers that go out is checked here, for nothing said there can be unsaid. An answer reaches
such a paper only through a wording that somebody wrote for it; one without a wording stays out. Where a name of the
answers is wrong, that alone is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Keyed
from dataclasses import replace
from typing import cast

from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import ANSWERS_PLACE, NO, YES, fold
from conseil_dla.rules.answertext import LARGEST, answer_value, unknown_answer, yes_no_mistake
from conseil_dla.rules.loading.checking import as_keys, fits, too_long
from conseil_dla.rules.loading.conditions import RESERVED, Reader, read_pair, read_range
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.shapes import AnswerShape, WordingShape
from conseil_dla.rules.model import Ordinary, Question, QuestionType

ID = re.compile(r"[a-z][a-z0-9_]*")
ID_SIGNS = "une lettre, puis des lettres minuscules sans accent, des chiffres ou _"
ID_HELP = "commencez par une lettre, puis des lettres sans accent, des chiffres ou _ : emploi_partage"
MOST_OPTIONS = 6
LONGEST_OPTION = 60
FIRST_IF = "a_poser_en_premier_si"
_YES_NO = {YES: "Oui", NO: "Non"}


def read_question(item: Item, ledger: Ledger) -> None:
    """Put the question and its wordings in the ledger, or note what is wrong with it."""
    before = len(ledger.found)
    node = item.node
    kind = cast("QuestionType", node.text("type"))
    labels = read_labels(item, kind, ledger)
    bounds = _bounds(item, kind, ledger)
    is_read = len(ledger.found) == before and item.well_shaped
    _former(item, node.get("anciennement"), ledger)
    read_sayings(item, kind, labels, ledger)
    if not is_read:
        return
    question = Question(
        item.id,
        kind,
        tuple(labels),
        bounds,
        modifiable=node.text("modifiable", NO),
        in_profile=node.text("profil", NO) == YES,
    )
    ledger.labels[item.id] = labels
    ledger.questions[item.id] = question
    question = replace(question, ripens=_ripens(item, question, ledger))
    ledger.questions[item.id] = question
    ordinary = _ordinary(question, labels, node.get("ordinaires"), ledger)
    ledger.questions[item.id] = replace(question, ordinary=ordinary)


def read_asked_if(item: Item, ledger: Ledger) -> None:
    """Complete a question with its ``posee_si`` and its ``a_poser_en_premier_si``."""
    asked_if = Reader(ledger, item.subject, findings=False).read(item.node.get("posee_si"))
    first_if = Reader(ledger, item.subject, findings=False, decide=False).read(item.node.get(FIRST_IF))
    question = ledger.questions.get(item.id)
    if question is not None:
        ledger.questions[item.id] = replace(question, asked_if=asked_if, first_if=first_if)


# --- answers --------------------------------------------------------------------------------------------------------


def read_labels(item: Item, kind: str, ledger: Ledger) -> dict[str, str]:
    """Wordings by answer id, in file order; empty for a number."""
    node = item.node.get("reponses")
    if kind == "nombre":
        if node is not None:
            key = item.node.key("reponses") or node
            ledger.error(
                "DLA118", key, f"{item.subject} attend un nombre : elle n’a pas de « reponses »", "retirez-les"
            )
        return {}
    if node is None:
        if kind in ("choix", "plusieurs"):
            help = "écrivez dessous chaque réponse : son nom, un deux-points, sa formulation"
            ledger.error("DLA104", item.place, f"il manque « reponses » à {item.subject}", help)
        return dict(_YES_NO)
    if not isinstance(node, Mapping):
        help = "écrivez chaque réponse sur sa ligne, sans tiret : son nom, un deux-points, sa formulation"
        ledger.error("DLA115", node, "« reponses » attend des noms suivis de leur formulation", help)
        return {}
    labels = {key.text.strip(): _label(item, key, value, ledger) for key, value in node.entries}
    least = 1 if kind == "plusieurs" else 2
    if kind == "oui_non":
        if set(labels) != set(_YES_NO) and not any(yes_no_mistake(key) for key, _ in node.entries):
            message = f"{item.subject} est de type oui_non : ses réponses sont exactement oui et non"
            ledger.error("DLA118", node, message, "écrivez oui et non, ou changez le type pour choix")
    elif not least <= len(labels) <= MOST_OPTIONS:
        message = f"{item.subject} a {counted(len(labels), 'réponse')}"
        ledger.error("DLA114", node, message, f"il en faut de {least} à {MOST_OPTIONS}, pour tenir à l’écran")
    return labels


def _label(item: Item, key: Scalar, value: Node, ledger: Ledger) -> str:
    """The wording of one answer: a text, or ``libelle`` beside ``anciennement``."""
    if key.text in AnswerShape.model_fields:
        help = "mettez-la en retrait, sous le nom de sa réponse ; sa formulation va à côté, sous libelle:"
        ledger.error("DLA107", key, f"« {key.text} » n’est pas une réponse, mais une clé d’une réponse", help)
    else:
        check_id(key, "la réponse", ledger)
    if isinstance(value, Mapping):
        shape = AnswerShape if item.kind == "question" else WordingShape
        if fits(shape, value, ledger, f"la réponse « {key.text} » de {item.subject}", key):
            _former(item, value.get("anciennement"), ledger, key.text.strip())
        wording = value.get("libelle")
        if wording is None:
            return ""
        value = wording
    if not isinstance(value, Scalar):
        help = "écrivez sa formulation après le deux-points, sans tiret ni crochets"
        ledger.error("DLA115", value, f"la réponse « {key.text} » : un texte est attendu", help)
        return ""
    text = value.text.strip()
    if not text:
        ledger.error("DLA105", value, f"la réponse « {key.text} » n’a pas de formulation", "écrivez-la après le nom")
    if len(text) > LONGEST_OPTION:
        too_long(ledger, value, f"la réponse « {key.text} »", LONGEST_OPTION)
    return text


def check_id(node: Scalar, subject: str, ledger: Ledger) -> bool:
    """True when a text may be an id of a question, an answer or a finding; else the mistake is noted."""
    id = node.text.strip()
    if yes_no_mistake(node) is not None:
        return False
    if not ID.fullmatch(id):
        bare = fold(id.lstrip("=: "))
        help = f"écrivez « {bare} » : {ID_SIGNS}" if ID.fullmatch(bare) else ID_HELP
        ledger.error("DLA106", node, f"{subject} « {id} » : ce nom n’est pas bien formé", help)
        return False
    if id in RESERVED:
        ledger.error("DLA107", node, f"« {id} » est un mot réservé aux conditions", "choisissez un autre nom")
        return False
    return True


def _former(item: Item, node: Node | None, ledger: Ledger, answer: str | None = None) -> None:
    """Former ids must not be in use today; whoever still writes one is told of today's."""
    taken = item.node.get("reponses")
    for old in node.items if isinstance(node, Sequence) else ():
        if not isinstance(old, Scalar) or not check_id(old, "l’ancien nom", ledger):
            continue
        id = old.text.strip()
        if answer is None:
            in_use = id in ledger.items["question"]
        else:
            in_use = isinstance(taken, Mapping) and taken.key(id) is not None
        if in_use:
            message = f"« {id} » est encore employé : ce ne peut pas être un ancien nom"
            ledger.error("DLA108", old, message, "retirez-le de « anciennement »")
        elif answer is None:
            ledger.former_questions[id] = item.id
        else:
            ledger.former_answers.setdefault(item.id, {})[id] = answer


def _ripens(item: Item, question: Question, ledger: Ledger) -> tuple[str, ...]:
    """``murit``: answers in the order in which a situation ripens."""
    node = item.node.get("murit")
    if not isinstance(node, Sequence):
        return ()
    if question.type == "nombre" or question.modifiable == NO:
        why = "c’est un nombre" if question.type == "nombre" else "personne ne peut agir dessus (« modifiable »)"
        message = f"« murit » ne sert à rien dans {item.subject} : {why}"
        ledger.error("DLA136", item.node.key("murit") or node, message, "retirez-le, ou dites qui peut agir")
        return ()
    ids: list[str] = []
    for one in node.items:
        text = one.text.strip() if isinstance(one, Scalar) else ""
        if text in question.answers and text not in ids:
            ids.append(text)
        elif isinstance(one, Scalar) and text in ids:
            ledger.error("DLA136", one, f"« {text} » est deux fois dans « murit »", "gardez sa bonne place")
        elif isinstance(one, Scalar) and yes_no_mistake(one) is None:
            ledger.unknown_answer(one, question)
    return tuple(ids)


# --- numbers and ordinary answers -----------------------------------------------------------------------------------


def _bounds(item: Item, kind: str, ledger: Ledger) -> tuple[int, int] | None:
    node = item.node.get("bornes")
    if kind != "nombre":
        for name in ("bornes", "unite"):
            key = item.node.key(name)
            if key is not None and kind in ("choix", "plusieurs", "oui_non"):
                message = f"« {name} » ne va qu’avec le type nombre"
                ledger.error("DLA118", key, message, "retirez cette clé, ou changez le type")
        return None
    if node is None:
        help = f"écrivez bornes: [0, 50] ; au plus large, de -{LARGEST} à {LARGEST}"
        ledger.error("DLA104", item.place, f"il manque « bornes » à {item.subject}", help)
        return None
    return read_pair(node, ledger, "« bornes »", "DLA119")


def _ordinary(question: Question, labels: dict[str, str], node: Node | None, ledger: Ledger) -> Ordinary | None:
    if node is None:
        return None
    if question.type == "nombre":
        return _ordinary_range(question, node, ledger)
    if not isinstance(node, Sequence):
        written = node.text.strip() if isinstance(node, Scalar) else "…"
        ledger.error("DLA115", node, "« ordinaires » attend une liste de réponses", f"écrivez [{written}]")
        return None
    if not node.items and question.type != "plusieurs":
        ledger.error("DLA122", node, "« ordinaires » est vide", "donnez au moins une réponse, ou retirez la clé")
        return None
    answers: set[str] = set()
    single = replace(question, type="choix")
    for item in node.items:
        value, found = answer_value(single, item, labels, told=ledger.former_answers.get(question.id))
        ledger.found.extend(one for one in found if one.code != "DLA109")
        if isinstance(value, str):
            answers.add(value)
        elif not found:
            ledger.error("DLA102", item, "« inconnu » n’est pas une réponse ordinaire", "retirez-le de la liste")
    return Ordinary(frozenset(answers))


def _ordinary_range(question: Question, node: Node, ledger: Ledger) -> Ordinary | None:
    if not isinstance(node, Mapping):
        help = as_keys(node) or "écrivez dessous au_moins: 3, au_plus: 10 ou entre: [3, 10]"
        ledger.error("DLA125", node, "« ordinaires » d’un nombre attend une comparaison", help)
        return None
    limits = read_range(node, ledger)
    if limits is None:
        return None
    least, most = question.bounds or (0, 0)
    low, high = limits
    if (low is not None and low > most) or (high is not None and high < least):
        message = f"aucun nombre ordinaire n’est possible : la réponse va de {least} à {most}"
        ledger.error("DLA127", node, message, "corrigez le nombre, ou les bornes de la question")
        return None
    return Ordinary(low=low, high=high)


# --- how answers are said in papers ----------------------------------------------------------------------------------

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
