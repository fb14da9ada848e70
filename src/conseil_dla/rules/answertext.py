"""An answer as an author writes it, turned into a value for its question.

Shared by rules (their ``exemples``) and by dossiers: one place decides what ``07``, ``oui`` or ``inconnu`` mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from conseil_dla.ground.diagnostics import Diagnostic, mistake
from conseil_dla.ground.nodes import Node, Scalar, Sequence
from conseil_dla.ground.words import ENGLISH_YES_NO, did_you_mean, fold, renamed
from conseil_dla.rules.model import Entry, Question, Value

UNKNOWN = "inconnu"
"""What an author writes for « je ne sais pas encore »."""
NOT_APPLICABLE_WORD = "sans_objet"
NONE_WORDS = frozenset({"aucun", "aucune", "rien", "aucun_d_eux", "aucune_d_elles", "neant", "non"})
"""What one writes for nothing ticked, where an empty list says it."""
LARGEST = 2**31 - 1
"""Largest number that every engine holds, on both sides of zero."""
_EITHER = re.compile(r"\s+(?:ou|et)\s+|[,;/]")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,11})")


def whole_number(text: str) -> int | None:
    """A whole decimal number without leading zeros nor plus sign, within ±(2³¹-1); None for anything else."""
    text = text.strip()
    if not _WHOLE.fullmatch(text) or text == "-0":
        return None
    number = int(text)
    return number if -LARGEST <= number <= LARGEST else None


def yes_no_mistake(scalar: Scalar) -> Diagnostic | None:
    """A finding when the scalar is an English yes or no, or a truth value: only ``oui`` and ``non`` are read."""
    word = scalar.text.strip().lower()
    if word not in ENGLISH_YES_NO:
        return None
    meant = "oui" if word in ("yes", "on", "true", "vrai") else "non"
    return mistake(
        "DLA109",
        scalar.place,
        f"« {scalar.text.strip()} » n’est pas admis : oui et non s’écrivent « oui » et « non »",
        f"écrivez « {meant} », ou mettez le mot entre guillemets si c’est un texte à montrer",
    )


def unknown_answer(
    scalar: Scalar,
    question: Question,
    labels: Mapping[str, str] | None = None,
    former: Mapping[str, str] | None = None,
    *,
    several: bool = False,
) -> Diagnostic:
    """The finding for an answer that the question does not have, with today's name of a ``former`` one, or the nearest.

    ``several`` tells that a list of answers may stand there: two of them in one text are then recognised.
    """
    listed = [word.strip() for word in _EITHER.split(scalar.text.strip())] if several else []
    text = scalar.text.strip()
    if text in (UNKNOWN, NOT_APPLICABLE_WORD):
        help = "une règle ne lit jamais une absence de réponse : nommez les réponses voulues"
    elif len(listed) > 1 and set(listed) <= set(question.answers):
        help = f"pour l’une ou l’autre, écrivez une liste : [{', '.join(listed)}]"
    else:
        help = renamed(text, former or {}) or did_you_mean(text, question.answers, labels)
    return mistake("DLA102", scalar.place, f"réponse inconnue « {text} » à la question « {question.id} »", help)


def number_mistake(node: Node, written: str, bounds: tuple[int, int] | None = None) -> Diagnostic:
    """The finding for something that is no whole number; ``bounds`` are said where there are any."""
    among = f" : de {bounds[0]} à {bounds[1]}" if bounds else ""
    bare = written.lstrip("=: ")
    number = f"écrivez {bare}, sans signe devant" if bare != written and whole_number(bare) is not None else ""
    return mistake(
        "DLA117",
        node.place,
        f"« {written} » n’est pas un nombre entier",
        number or f"écrivez un nombre entier en chiffres, sans zéro devant, sans espace ni virgule{among}",
    )


def answer_value(
    question: Question,
    node: Node,
    labels: Mapping[str, str] | None = None,
    former: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
) -> tuple[Value | None, list[Diagnostic]]:
    """The value of one answer, or None with findings. ``inconnu`` gives None and no finding.

    ``labels`` are the wordings of the answers, to recognise one written in full; ``former`` maps former answer ids
    (``anciennement``) to today's, and so does ``told`` where they are not read but said to have
    changed.
    ``sans_objet`` is no answer: it follows from the others.
    """
    if isinstance(node, Scalar) and node.text.strip() == UNKNOWN:
        return None, []
    if question.type == "plusieurs":
        return _ticked(question, node, labels, former, told)
    if not isinstance(node, Scalar):
        message = f"la question « {question.id} » attend une seule réponse"
        return None, [mistake("DLA115", node.place, message, "écrivez la réponse après le deux-points, sans liste")]
    if question.type == "nombre":
        return _number(question, node)
    id, found = _option(question, node, labels, former, told)
    return id, found


def _ticked(
    question: Question,
    node: Node,
    labels: Mapping[str, str] | None,
    former: Mapping[str, str] | None,
    told: Mapping[str, str] | None,
) -> tuple[Value | None, list[Diagnostic]]:
    if not isinstance(node, Sequence):
        message = f"la question « {question.id} » attend la liste entière de ce qui est coché"
        written = node.text.strip() if isinstance(node, Scalar) else ""
        known = written in question.answers or written in (former or {})
        help = f"écrivez une liste : [{written if known else '…'}] ; une liste vide [] dit que rien n’est coché"
        if fold(written) in NONE_WORDS:
            help = f"écrivez {question.id}: [] ; une liste vide dit que rien n’est coché"
        return None, [mistake("DLA115", node.place, message, help)]
    found: list[Diagnostic] = []
    ticked: set[str] = set()
    for item in node.items:
        if not isinstance(item, Scalar):
            found.append(mistake("DLA115", item.place, "une réponse cochée s’écrit d’un mot", "retirez ce qui la suit"))
            continue
        id, wrong = _option(question, item, labels, former, told)
        found += wrong
        if id is not None:
            ticked.add(id)
    return (None if found else frozenset(ticked)), found


def _option(
    question: Question,
    node: Scalar,
    labels: Mapping[str, str] | None,
    former: Mapping[str, str] | None,
    told: Mapping[str, str] | None,
) -> tuple[str | None, list[Diagnostic]]:
    text = node.text.strip()
    id = text if text in question.answers else (former or {}).get(text)
    if id is not None:
        return id, []
    if question.type == "plusieurs" and fold(text) in NONE_WORDS:
        message = f"« {text} » n’est pas une réponse à la question « {question.id} »"
        return None, [mistake("DLA102", node.place, message, f"si rien n’est coché, écrivez {question.id}: []")]
    if odd := _no_answer(question, node):
        return None, [odd]
    return None, [yes_no_mistake(node) or unknown_answer(node, question, labels, told)]


def _no_answer(question: Question, node: Scalar) -> Diagnostic | None:
    """The finding for what cannot be an answer to any question: nothing, « sans objet », « inconnu » among options."""
    text = node.text.strip()
    if not text:
        message = f"la réponse à la question « {question.id} » est vide"
        return mistake(
            "DLA102", node.place, message, f"écrivez une réponse, ou « {UNKNOWN} » si vous ne savez pas encore"
        )
    if text == UNKNOWN:
        message = f"« {UNKNOWN} » ne se coche pas parmi d’autres réponses"
        return mistake("DLA102", node.place, message, f"écrivez « {question.id}: {UNKNOWN} », sans liste")
    if text == NOT_APPLICABLE_WORD:
        message = "« sans_objet » ne se répond pas : cela découle des autres réponses"
        return mistake("DLA102", node.place, message, "retirez cette réponse")
    return None


def _number(question: Question, node: Scalar) -> tuple[Value | None, list[Diagnostic]]:
    if odd := _no_answer(question, node):
        return None, [odd]
    number = whole_number(node.text)
    if number is None:
        return None, [number_mistake(node, node.text.strip(), question.bounds)]
    low, high = question.bounds or (-LARGEST, LARGEST)
    if not low <= number <= high:
        message = f"{number} est hors des bornes de la question « {question.id} »"
        return None, [mistake("DLA132", node.place, message, f"écrivez un nombre de {low} à {high}")]
    return number, []


def as_written(value: Value | None) -> str | int | list[str] | None:
    """An answer as files and JSON hold it: what is ticked, in the order of its ids; None stays None."""
    return sorted(value) if isinstance(value, frozenset) else value


def former_names(entries: Iterable[Entry]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Former question ids to today's, and for each question of today its former answer ids to today's."""
    questions: dict[str, str] = {}
    answers: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.kind != "question":
            continue
        for key, value in entry.texts.items():
            if not key.startswith("anciennement"):
                continue
            head, dot, answer = key.partition(".")
            if head != "anciennement":
                continue
            for old in value.split():
                if dot:
                    answers.setdefault(entry.id, {})[old] = answer
                else:
                    questions[old] = entry.id
    return questions, answers
