"""What of a base stays with the officer, and what may therefore be named outside: decided from the base alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple

from conseil_dla.ground.words import ANSWERS_PLACE, NO
from conseil_dla.rules.kinds import ALL, DRAWN
from conseil_dla.rules.model import Argue, Base, Condition, Draw, Entry
from conseil_dla.rules.truth import concluding, questions_behind

NEVER_OUT = tuple(kind.word for kind in ALL if kind.on_paper == "never")
"""Kinds that stay inside, whether or not each of their items says so."""
METHODS = tuple(kind.word for kind in DRAWN if kind.on_paper == "method")
"""Kinds whose method goes out whatever draws them and however internal they are: see the wall of papers."""
TOLD = {kind.word: kind.on_paper for kind in DRAWN if kind.on_paper in ("partners", "before")}
"""How papers say kinds that go out where a rule that holds may be told."""
Word = tuple[str, str, str]
"""Kind, id and key; of what is written by answer, « phrases.oui »; of a claim that is cited, no key."""


BY_LEVEL = "selon le niveau"
"""Where a method is placed while nobody says."""


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
        effects = [e for rule in base.logic.rules if rule.id not in self.within.rules for e in rule.effects]
        self.named: set[tuple[str, str]] = {(e.kind, e.id) for e in effects if isinstance(e, Draw)}
        self.named |= {("motif", e.motif) for e in effects if isinstance(e, Argue) and e.side == "pour"}

    def words(self) -> Iterator[tuple[Word, str]]:
        claims: dict[str, None] = {}
        for (kind, id), entry in self.base.texts.items():
            if self._is_kept_in(entry):
                continue
            for key, text in self._of(entry):
                yield (kind, id, key), text
                if key == "source":
                    claims |= dict.fromkeys(entry.sources)
        for claim in claims:
            texts = self.base.entry("affirmation", claim).texts
            yield ("affirmation", claim, ""), f"{claim} {texts.get('voix', '')} {texts.get('date', '')}"

    def _is_kept_in(self, entry: Entry) -> bool:
        return entry.kind not in METHODS and self.within.is_inner(entry.kind, entry.id)

    def _of(self, entry: Entry) -> Iterator[tuple[str, str]]:
        texts, is_named = entry.texts, (entry.kind, entry.id) in self.named
        match entry.kind:
            case "question" if texts.get("dans_les_papiers"):
                yield from self._answers(entry)
            case kind if kind in METHODS and texts.get("en_methode"):
                yield from self._method(entry, is_named)
            case kind if kind in TOLD and is_named and texts.get("en_methode"):
                yield "en_methode", texts["en_methode"]
                yield "titre", entry.title if TOLD[kind] == "partners" else ""
            case "motif" if is_named:
                yield "titre", entry.title
            case "facteur":
                yield from self._support(entry)
            case "format":
                said = "en_methode" if texts.get("en_methode") else "definition"
                yield from ((key, texts.get(key, "")) for key in (said, "duree", "qui_paie", "n_est_pas"))
                yield from (("titre", entry.title), ("source", _source(entry)))
                yield "preparatoire", texts.get("preparatoire") or NO
            case "rappel" if texts.get("en_methode"):
                yield from ((key, texts[key]) for key in ("en_methode", "apres_mois"))
            case "colonne":
                yield from self._column(entry)

    def _answers(self, entry: Entry) -> Iterator[tuple[str, str]]:
        texts, question = entry.texts, self.base.logic.questions[entry.id]
        frame = texts.get("phrase", "")
        yield from (("titre", entry.title), ("dans_les_papiers", texts["dans_les_papiers"]))
        yield "a_poser_tot", texts.get("a_poser_tot") or NO
        if question.type == "plusieurs":
            yield "reponses", " ".join(question.answers)
        if question.type in ("nombre", "plusieurs"):
            yield "phrase", frame
        if question.type == "nombre" and ANSWERS_PLACE in frame:
            yield "unite", texts.get("unite", "")
        if question.type != "nombre" and (frame or question.type != "plusieurs"):
            yield from ((f"phrases.{id}", texts.get(f"phrases.{id}", "")) for id in question.answers)

    def _method(self, entry: Entry, is_named: bool) -> Iterator[tuple[str, str]]:
        yield "en_methode", entry.texts["en_methode"]
        yield "dans_les_papiers", entry.texts.get("dans_les_papiers") or BY_LEVEL
        if is_named and not entry.internal:
            yield "source", _source(entry)

    def _support(self, entry: Entry) -> Iterator[tuple[str, str]]:
        factor = self.base.logic.factors[entry.id]
        if entry.texts.get("dans_les_papiers") and not self.within.rests_on(factor.present_if):
            yield "titre", entry.title

    def _column(self, entry: Entry) -> Iterator[tuple[str, str]]:
        yield "titre", entry.title
        yield from ((f"reponses.{id}", label) for id, label in entry.labels.items())
        listed = self.base.logic.columns[entry.id].listed
        yield from ((f"valeurs.{code}", name) for code, name in listed.items())


def _source(entry: Entry) -> str:
    """What a paper says of where an item comes from, as one text: claims, or all that is told of who saw it."""
    return " ".join((*entry.sources, *(astuple(entry.observation) if entry.observation else ())))
