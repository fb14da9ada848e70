"""What may go out of the officer's hands: the one place where it is decided.

Outward papers are written from ``Outward`` alone, and only this module makes one. It is a copy from which internal
matters are cut out rather than hidden: a page that asks for one gets a KeyError in a test, never a leak on paper.

What goes out: answers, by the sentences that their authors wrote for papers; conclusions that are not internal and that
at least one holding rule draws without any internal answer; of all others that are certain, the method alone. What the
officer hears, notes, accepts, and where the situation places the DLA never do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from conseil_dla.ground.french import listed_apart
from conseil_dla.ground.words import ANSWERS_PLACE
from conseil_dla.reading.confidentiality import METHODS, NEVER_OUT, Inside
from conseil_dla.reading.values import (
    Argument,
    Drawn,
    FormatReading,
    PostureReading,
    Reading,
    UsualFormat,
    UsualPosture,
)
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Base, Dossier, Observation, Opinion, Value
from conseil_dla.wording.outline_sections import FORESEEN


@dataclass(frozen=True, slots=True)
class Way:
    """Something that will be done, in outward words, and the part of a paper that it belongs to."""

    part: str
    text: str
    kind: str
    sources: tuple[str, ...]
    """Claims, where the item itself may go out; none otherwise."""
    seen: Observation | None
    """Who saw it, likewise."""


@dataclass(frozen=True, slots=True)
class Outward:
    """What may go out, and nothing else. Never made elsewhere than by ``outward``."""

    base: Base
    """Without the texts of internal items, nor those of rules that rest on internal answers."""
    reading: Reading
    """Without internal answers and questions, conclusions, reasons; no posture; formats by name only."""
    dossier: Dossier
    """Without what is heard, notes, and the inner half of the opinion."""
    formats: tuple[str, ...]
    """The format kept by the officer, else those that the reading shows."""
    ways: tuple[Way, ...]

    @property
    def is_kept(self) -> bool:
        """True when the officer has said which format is kept."""
        return bool(self.dossier.opinion.format)

    def told(self, *parts: str) -> tuple[str, ...]:
        """What answers say under these parts of a paper, in file order."""
        answers, entry = self.reading.answers, self.base.entry
        placed = [
            id
            for id in self.base.logic.questions
            if id in answers and entry("question", id).texts.get("dans_les_papiers") in parts
        ]
        return tuple(said for id in placed if (said := _said(self.base, id, answers[id])))

    def done(self, *parts: str) -> tuple[str, ...]:
        """What will be done, under these parts; vigilances first."""
        return tuple(dict.fromkeys(way.text for way in self.ways if way.part in parts))


def outward(whole: Whole) -> Outward:
    """What of all this may go out."""
    inner = Inner(whole.base)
    reading = _reading(inner, whole.reading)
    opinion = Opinion(format=whole.dossier.opinion.format, why=whole.dossier.opinion.why)
    formats = (opinion.format,) if opinion.format else reading.format.shown
    dossier = replace(whole.dossier, answers=reading.answers, declined=frozenset(), heard="", notes={},
                      opinion=opinion, expected=(), remarks=(), path="", journal=(), everyone={})  # fmt: skip
    return Outward(inner.without_texts(), reading, dossier, formats, tuple(_ways(inner, whole.reading, formats)))


class Inner(Inside):
    """What of a base is internal, and how it is cut out."""

    def may_name(self, drawn: Drawn, holding: frozenset[str]) -> bool:
        """May a conclusion be named outside? It takes one holding rule that rests on no internal answer."""
        is_inner = drawn.internal or self.is_inner(drawn.kind, drawn.id)
        return not is_inner and any(rule in holding and rule not in self.rules for rule in drawn.rules)

    def without_texts(self) -> Base:
        """The base without internal items; of its logic, only questions that are not internal."""
        texts = {
            (kind, id): entry
            for (kind, id), entry in self.base.texts.items()
            if not entry.internal and kind not in NEVER_OUT and not (kind == "regle" and id in self.rules)
        }
        logic = self.base.logic
        questions = {id: question for id, question in logic.questions.items() if id not in self.questions}
        columns = {id: column for id, column in logic.columns.items() if ("colonne", id) in texts}
        factors = {id: factor for id, factor in logic.factors.items() if ("facteur", id) in texts}
        cut = replace(logic, questions=questions, columns=columns, factors=factors, axes=(), postures={}, tensions=(),
                      rules=tuple(rule for rule in logic.rules if rule.id not in self.rules))  # fmt: skip
        return replace(self.base, logic=cut, texts=texts, origin="")


def _reading(inner: Inner, reading: Reading) -> Reading:
    """The reading as it may be told outside."""
    base, hidden = inner.base, inner.questions
    factors = tuple(
        factor
        for factor in reading.factors
        if not base.entry("facteur", factor.id).internal
        and not inner.rests_on(base.logic.factors[factor.id].present_if)
    )
    told = (one for one in reading.to_ask if one.question not in hidden and one.question not in reading.without_effect)
    asked = tuple(sorted(told, key=lambda one: one.place))
    answers = {id: v for id, v in reading.answers.items() if id not in hidden and id not in reading.not_applicable}
    return replace(
        reading,
        answers=answers,
        declined=reading.declined - hidden,
        engine="",
        digest="",
        format=_format(inner, reading.format),
        posture=PostureReading(None, (), (), False, False, None, UsualPosture(), {}),
        drawn=tuple(d for d in reading.drawn if d.certainty == "certaine" and inner.may_name(d, reading.holding)),
        factors=factors,
        moment=None,
        next_question=None,
        without_effect=(),
        without_effect_on_advice=(),
        without_effect_on_outcome=(),
        not_applicable=reading.not_applicable - hidden,
        open_questions=tuple(id for id in reading.open_questions if id not in hidden),
        ignored_answers=(),
        to_ask=asked,
        fired=reading.fired - inner.rules,
        rules_by_cases=reading.rules_by_cases - inner.rules,
        trace={},
        states={},
    )


def _format(inner: Inner, format: FormatReading) -> FormatReading:
    """The formats, and of the reasons only those that are certain and rest on nothing internal."""

    def goes_out(argument: Argument) -> bool:
        internal = inner.base.entry("motif", argument.motif).internal
        return argument.certainty == "certaine" and not internal and argument.rule not in inner.rules

    usual = UsualFormat(format.usual.retained, format.usual.tied)
    kept = tuple(argument for argument in format.arguments if goes_out(argument))
    return replace(format, usual=usual, arguments=kept, ruled_out={}, nothing_stands_out=False)


def _ways(inner: Inner, reading: Reading, formats: tuple[str, ...]) -> Iterable[Way]:
    """Methods of what is certain and goes with the formats in play, kind by kind."""
    base = inner.base
    playing = {*formats, *reading.format.after}
    for kind in METHODS:
        for drawn in reading.drawn:
            if drawn.kind != kind or drawn.certainty != "certaine":
                continue
            entry = base.entry(kind, drawn.id)
            attached = base.logic.drawn[kind][drawn.id].formats
            text = entry.texts.get("en_methode", "")
            if not text or (attached and attached.isdisjoint(playing)):
                continue
            part = entry.texts.get("dans_les_papiers") or ("avant" if drawn.level == "avant" else "forme")
            named = inner.may_name(drawn, reading.holding)
            told = (entry.sources, entry.observation) if named else ((), None)
            yield Way(part, _foreseen(inner, drawn, text), kind, *told)


def _foreseen(inner: Inner, drawn: Drawn, text: str) -> str:
    """The method, and whether it is already planned, in the words of the screen."""
    if drawn.foreseen != "deja_prevu":
        return text
    condition = inner.base.logic.drawn[drawn.kind][drawn.id].foreseen_if
    if condition is None or inner.rests_on(condition):
        return text
    return f"{text.rstrip('.')}{FORESEEN['deja_prevu']}."


def _said(base: Base, question: str, value: Value) -> str:
    """An answer in the words written for papers; empty when nobody wrote any."""
    texts = base.entry("question", question).texts
    frame = texts.get("phrase", "")
    if isinstance(value, int):
        return frame.replace(ANSWERS_PLACE, f"{value} {texts.get('unite', '')}".strip())
    if isinstance(value, frozenset):
        order = base.logic.questions[question].answers
        said = [text for id in order if id in value and (text := texts.get(f"phrases.{id}", ""))]
        return frame.replace(ANSWERS_PLACE, listed_apart(said)) if said else ""
    return texts.get(f"phrases.{value}", "")
