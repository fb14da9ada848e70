"""What of a base stays with the officer, and what may therefore be named outside: decided from the base alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conseil_dla.ground.words import ANSWERS_PLACE, NO
from conseil_dla.rules.kinds import ALL, DRAWN
from conseil_dla.rules.model import Argue, Base, Condition, Entry
from conseil_dla.rules.truth import concluding, questions_behind

NEVER_OUT = tuple(kind.word for kind in ALL if kind.on_paper == "never")
"""Kinds that stay inside, whether or not each of their items says so."""
METHODS = tuple(kind.word for kind in DRAWN if kind.on_paper == "method")
"""Kinds whose method goes out where an officer keeps it, however internal they are: see the wall of papers."""
NAMED = tuple(kind.word for kind in DRAWN if kind.on_paper == "partners")
"""Kinds whose method goes out likewise, among partners, but for internal items."""
USUAL_PART = "forme"
"""The part of a paper where a method stands that says no other (``dans_les_papiers``)."""
Word = tuple[str, str, str]
"""Kind, id and key; of what is written by answer, « phrases.oui »."""


class Inside:
    """What of a base is internal: items that say so, and rules that rest on an internal answer."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self._concluding = concluding(base.logic)
        self.questions = frozenset(id for id in base.logic.questions if base.entry("question", id).internal)
        conditions = {rule.id: rule.condition for rule in base.logic.rules}
        self.rules = frozenset(
            id for id, condition in conditions.items() if base.entry("regle", id).internal or self.rests_on(condition)
        )

    def rests_on(self, condition: Condition) -> bool:
        """Is an internal answer behind a condition?"""
        return not self.questions.isdisjoint(questions_behind(self.base.logic, (condition,), self._concluding))

    def is_inner(self, kind: str, id: str) -> bool:
        """Does an item stay inside, whatever draws it?"""
        return kind in NEVER_OUT or self.base.entry(kind, id).internal


def outward_words(base: Base) -> Mapping[Word, str]:
    """Every text of a base that some dossier may have in a paper that goes out, and what places it there.

    Papers say nothing else of a base: a test writes them over marked texts.
    """
    return {word: text for word, text in _Outward(base).words() if text}


class _Outward:
    """The items that papers speak of, and the keys that they read in each."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.within = Inside(base)
        told = [effect for rule in base.logic.rules if rule.id not in self.within.rules for effect in rule.effects]
        self.reasons = {effect.motif for effect in told if isinstance(effect, Argue) and effect.side == "pour"}

    def words(self) -> Iterator[tuple[Word, str]]:
        for (kind, id), entry in self.base.texts.items():
            if entry.kind in METHODS or not self.within.is_inner(entry.kind, entry.id):
                for key, text in self._of(entry):
                    yield (kind, id, key), text

    def _of(self, entry: Entry) -> Iterator[tuple[str, str]]:
        texts = entry.texts
        match entry.kind:
            case "question" if texts.get("dans_les_papiers"):
                yield from self._answers(entry)
            case kind if kind in METHODS:
                yield "en_methode", texts.get("en_methode", "")
                yield "dans_les_papiers", texts.get("dans_les_papiers") or USUAL_PART
            case kind if kind in NAMED:
                yield "en_methode", texts.get("en_methode", "")
            case "motif" if entry.id in self.reasons:
                yield "phrase", texts.get("phrase", "")
            case "facteur":
                yield from self._support(entry)
            case "format":
                said = "en_methode" if texts.get("en_methode") else "definition"
                yield from ((key, texts.get(key, "")) for key in (said, "n_est_pas"))
                yield from (("titre", entry.title), ("preparatoire", texts.get("preparatoire") or NO))
            case "rappel" if texts.get("en_methode"):
                yield from ((key, texts[key]) for key in ("en_methode", "apres_mois"))
            case "colonne":
                yield from self._column(entry)
            case "rubrique":
                yield from (("titre", entry.title), ("unite", texts.get("unite", "")))
                yield from ((f"colonnes.{id}", label) for id, label in entry.labels.items())

    def _answers(self, entry: Entry) -> Iterator[tuple[str, str]]:
        texts, question = entry.texts, self.base.logic.questions[entry.id]
        frame = texts.get("phrase", "")
        yield "dans_les_papiers", texts["dans_les_papiers"]
        if question.type == "plusieurs":
            yield "reponses", " ".join(question.answers)
        if question.type in ("nombre", "plusieurs"):
            yield "phrase", frame
        if question.type == "nombre" and ANSWERS_PLACE in frame:
            yield "unite", texts.get("unite", "")
        if question.type != "nombre" and (frame or question.type != "plusieurs"):
            yield from ((f"phrases.{id}", texts.get(f"phrases.{id}", "")) for id in question.answers)

    def _support(self, entry: Entry) -> Iterator[tuple[str, str]]:
        factor = self.base.logic.factors[entry.id]
        if entry.texts.get("dans_les_papiers") and not self.within.rests_on(factor.present_if):
            yield "titre", entry.title

    def _column(self, entry: Entry) -> Iterator[tuple[str, str]]:
        yield "titre", entry.title
        yield from ((f"reponses.{id}", label) for id, label in entry.labels.items())
        listed = self.base.logic.columns[entry.id].listed
        yield from ((f"valeurs.{code}", name) for code, name in listed.items())
