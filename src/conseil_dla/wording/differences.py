"""What differs between two sides, in sentences: the same for the terminal, papers and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from conseil_dla.ground.french import NBSP, counted, few, harmless, listed, lowered, quoted, sentence
from conseil_dla.reading.conclusions import Name, State
from conseil_dla.reading.differences import AnswerChange, ConclusionChange, Differences
from conseil_dla.rules.model import FORCES, Base, Value
from conseil_dla.wording.clauses import answer_text, question_name
from conseil_dla.wording.reading_sentences import titles
from conseil_dla.wording.reasons import NOT_A_REASON, weight_text
from conseil_dla.wording.search_index import FACTOR_WORDS, FORESEEN_WORDS, HEADINGS, LEVEL_WORDS

UNKNOWN = "pas encore connu"
ABSENT = "non"
UNSETTLED = "à voir"
CHECKED = "à vérifier"
MOMENT_WORDS: Mapping[str, str] = MappingProxyType(
    {"pret": "rien ne s’oppose à lancer", "a_preparer": "à préparer avant de lancer", "pas_tel_quel": "pas tel quel"}
)
CERTAINTY_WORDS: Mapping[str, str] = MappingProxyType(
    {"certaine": "retenu", "sauf_exception": "sauf exception", "possible": "encore possible"}
)
ALONE: Mapping[str, str] = MappingProxyType(
    {"format": "Le format", "ensuite": "Ce qui viendrait ensuite", "posture": "Votre place", "moment": "Le moment"}
)
"""Conclusions of which there is one at most, in reading order."""
GROUPS: Mapping[str, str] = MappingProxyType(
    {"argument": "Raisons pour et contre", **{kind: HEADINGS[kind] for kind in HEADINGS if kind not in ALONE}}
)
"""Those of which there may be many, by kind."""
SAME = "Aucune différence : mêmes réponses, mêmes conclusions."
MOST_TOGETHER = 4
"""How many answers a sentence names before it counts the others."""


def name_of(base: Base, name: Name) -> str:
    """What a conclusion is called."""
    kind, *rest = name
    if kind in ALONE:
        return ALONE[kind]
    if kind == "argument":
        format, side, motif = rest
        about = f"{'Pour' if side == 'pour' else 'Contre'} {quoted(base.title('format', format))}"
        return f"{about}{NBSP}: {lowered(base.title('motif', motif))}"
    return base.title(kind, rest[0])


def state_of(base: Base, name: Name, state: State | None) -> str:
    """How it stands on one side."""
    kind = name[0]
    if state is None:
        return UNSETTLED if kind in ALONE else NOT_A_REASON if kind == "argument" else ABSENT
    if kind in ("format", "ensuite", "posture"):
        last = "et" if state.certainty == "possible" else "ou"
        shown = titles(base, "posture" if kind == "posture" else "format", state.ids, last) or "rien n’est possible"
        among = "ouverte entre " if kind == "posture" else "ouvert entre "
        how = {"possible": among, "sauf_exception": "plutôt "}.get(state.certainty, "")
        return f"{how}{shown}" + (" (au plus près)" if state.detail else "")
    if kind == "moment":
        return MOMENT_WORDS[state.detail]
    if kind == "argument":
        weight = weight_text(next(force for force in FORCES if force == state.detail), state.certainty)
        return weight if state.shown or state.certainty == "possible" else f"{weight}, format écarté"
    if kind == "facteur":
        return FACTOR_WORDS[state.certainty]
    known = CHECKED if state.shown.startswith("check") else CERTAINTY_WORDS[state.certainty]
    detail = LEVEL_WORDS.get(state.detail) or FORESEEN_WORDS.get(state.detail, "")
    return f"{known}, {detail}" if detail and detail != known else known


def answer_of(base: Base, question: str, value: Value | None) -> str:
    """One side's answer."""
    return UNKNOWN if value is None else answer_text(base, question, value)


def because(base: Base, change: ConclusionChange) -> str:
    """« à cause de … », « à cause de … ou de … », or that no answer was isolated."""
    if not change.made_by:
        return "plusieurs réponses ensemble"
    sets = [_set(base, questions) for questions in change.made_by]
    return sets[0] if len(sets) == 1 else f"{listed(sets, 'ou')} (chacun suffit)"


def _set(base: Base, questions: tuple[str, ...]) -> str:
    names = few([quoted(question_name(base, id)) for id in questions], MOST_TOGETHER, "autre", "autres")
    return listed(names) + (" ensemble" if len(names) > 1 else "")


def headlines(base: Base, differences: Differences) -> tuple[str, ...]:
    """What one wants to know first: the format and the place, what made them move, how much else differs."""
    if differences.is_same:
        return (SAME.replace(" :", f"{NBSP}:"),)
    by_name = {change.name: change for change in differences.conclusions}
    told = []
    for kind in ALONE:
        if change := by_name.get((kind,)):
            told.append(_moved(base, change))
    if ("format",) not in by_name and differences.answers:
        told.insert(0, "Le format ne change pas.")
    others = [change for change in differences.conclusions if change.name[0] not in ALONE and is_shown(change)]
    differing = counted(len(differences.answers), "réponse diffère", "réponses diffèrent")
    told.append(f"{sentence(differing)[:-1]}, et {counted(len(others), 'autre conclusion', 'autres conclusions')}.")
    return tuple(told)


def _moved(base: Base, change: ConclusionChange) -> str:
    before, after = (state_of(base, change.name, state) for state in (change.before, change.after))
    cause = f" À cause de{NBSP}: {because(base, change)}."
    return f"{name_of(base, change.name)}{NBSP}: {before} d’un côté, {after} de l’autre.{cause}"


def is_shown(change: ConclusionChange) -> bool:
    """Do the two readings show it otherwise? What they only count, or show alike, is in spreadsheets alone."""
    if change.name[0] in ALONE:
        return True
    before, after = (state.shown if state else "" for state in (change.before, change.after))
    return before != after


def grouped(differences: Differences) -> Iterable[tuple[str, list[ConclusionChange]]]:
    """Conclusions of which there may be many, under the title of their kind, those worth showing."""
    for kind, title in GROUPS.items():
        found = [change for change in differences.conclusions if change.name[0] == kind and is_shown(change)]
        if found:
            yield title, found


def made_by(differences: Differences, question: str) -> tuple[list[ConclusionChange], list[ConclusionChange]]:
    """What an answer makes by itself, and what it makes with others."""
    alone = [change for change in differences.conclusions if (question,) in change.made_by]
    along = [change for change in differences.conclusions
             if any(question in each and len(each) > 1 for each in change.made_by)]  # fmt: skip
    return alone, along


def said(change: AnswerChange) -> str:
    """What sort of difference it is."""
    return {"autrement": "autre réponse", "appris": "connu d’un seul côté", "oublie": "connu d’un seul côté"}[
        change.how
    ]


def side_names(first: str, second: str) -> tuple[str, str]:
    """Two labels that can be told apart."""
    one, other = harmless(first), harmless(second)
    return (one, other) if one != other else (f"{one} (1)", f"{other} (2)")
