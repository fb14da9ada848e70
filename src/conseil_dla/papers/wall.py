"""What may go out of the officer's hands: the one place where it is decided.

Outward papers are written from ``Outward`` alone, and only this module makes one. It is a copy from which internal
matters are cut out rather than hidden: a page that asks for one gets a KeyError in a test, never a leak on paper.

What goes out: answers, by the sentences that their authors wrote for papers; what the officer wrote for papers; of what
is concluded, the methods that the officer kept, the form, and its reasons that rest on no internal answer. What the
officer hears, notes, thinks, accepts, and where the situation places the DLA never do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from conseil_dla.ground.french import counted, listed_apart
from conseil_dla.ground.words import ANSWERS_PLACE
from conseil_dla.papers.proposals import at_odds, kept_rows, method_part, method_text
from conseil_dla.reading.confidentiality import NEVER_OUT, Inside
from conseil_dla.reading.values import Argument, FormatReading, PostureReading, Reading, UsualFormat, UsualPosture
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.counting import differing
from conseil_dla.rules.model import Answers, Base, Dossier, Opinion, PaperField, Value
from conseil_dla.rules.paper_fields import LEFT_OUT, Part, Row
from conseil_dla.rules.truth import scopes_of


@dataclass(frozen=True, slots=True)
class Way:
    """A way of going about it that the officer kept, in outward words, and the part of a paper that it belongs to."""

    part: str
    text: str
    row: Row
    """What was typed with it: how often, days, when."""


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
    otherwise: frozenset[str] = frozenset()
    """Questions that the officer answered otherwise than the table of structures, « inconnu » included."""

    @property
    def is_kept(self) -> bool:
        """True when the officer has said which format is kept."""
        return bool(self.dossier.opinion.format)

    def kept(self, *taken: str) -> tuple[str, ...]:
        """What the officer keeps of what answers say there, and writes beside it."""
        there = [each for each in self.base.fields.values() if each.takes in taken and self.prints(each.part)]
        values = (self.dossier.paper.get(each.id) for each in there)
        return tuple(str(text) for value in values if isinstance(value, tuple) for text in value)

    def told(self, *parts: str) -> tuple[str, ...]:
        """What answers say under these parts of a paper, in file order: proposed, and printed once it is kept."""
        answers, entry = self.reading.answers, self.base.entry
        placed = [
            id
            for id in self.base.logic.questions
            if id in answers and entry("question", id).texts.get("dans_les_papiers") in parts and not self._in_table(id)
        ]
        return tuple(said for id in placed if (said := _said(self.base, id, answers[id])))

    def _in_table(self, question: str) -> bool:
        """Does the table of structures, which papers print, say it already?"""
        if question in self.otherwise or not self.dossier.structures:
            return False
        return self.base.logic.questions[question].tally is not None

    @property
    def number(self) -> str:
        """How many structures there are: as answered, else as the table has them; those named, where it is not all."""
        there = len(self.dossier.structures)
        for id, question in self.base.logic.questions.items():
            if id in self.otherwise and question.tally is not None and question.tally.column is None:
                if isinstance(answer := self.reading.answers.get(id), int):
                    named = counted(there, "nommée à ce jour", "nommées à ce jour")
                    return f"{counted(answer, 'structure')}, dont {named}"
                return counted(there, "structure nommée à ce jour", "structures nommées à ce jour")
        return counted(there, "structure") if there else ""

    def written(self, part: Part) -> str:
        """The text written in a part that holds one; empty where none is."""
        return next((value for each in self.fields(part)
                     if isinstance(value := self.dossier.paper.get(each.id), str)), "")  # fmt: skip

    def done(self, *parts: str) -> tuple[Way, ...]:
        """What will be done, under these parts, in the order in which it was kept."""
        return tuple(way for way in self.ways if way.part in parts)

    def prints(self, part: Part) -> bool:
        """False where the officer leaves a part out of papers."""
        return part not in self.dossier.paper.get(LEFT_OUT, ())

    def fields(self, part: Part) -> tuple[PaperField, ...]:
        """What may be written in a part."""
        return tuple(each for each in self.base.fields.values() if each.part == part) if self.prints(part) else ()


def outward(whole: Whole) -> Outward:
    """What of all this may go out."""
    inner = _inner(whole.base)
    reading = _reading(inner, whole.reading)
    own = whole.dossier.opinion
    formats = (own.format,) if own.format else reading.format.shown
    opinion = Opinion(format=own.format, for_papers=own.for_papers)
    base = inner.cut
    paper = {id: value for id, value in whole.dossier.paper.items() if id == LEFT_OUT or id in base.fields}
    dossier = replace(whole.dossier, answers=reading.answers, declined=frozenset(), heard="", notes={},
                      opinion=opinion, paper=paper, expected=(), remarks=(), path="", journal=(),
                      everyone={})  # fmt: skip
    logic, there = whole.base.logic, whole.dossier
    otherwise = differing(logic, there.structures, there.answers, there.declined) if there.structures else ()
    ways = tuple(_ways(whole, reading.answers))
    return Outward(base, reading, dossier, formats, ways, inner.tellable & frozenset(otherwise))


_LATEST: list[Inner] = []
"""Of the base in use: papers are written one after the other, and a base is frozen."""


def _inner(base: Base) -> Inner:
    found = next((each for each in _LATEST if each.base is base), None)
    if found is None:
        _LATEST[:] = [found := Inner(base)]
    return found


class Inner(Inside):
    """What of a base is internal, and how it is cut out."""

    @cached_property
    def cut(self) -> Base:
        """The base ``without_texts``, made once."""
        return self.without_texts()

    @cached_property
    def tellable(self) -> frozenset[str]:
        """Questions whose answers may be told: neither they nor what they are asked after is internal."""
        questions = self.base.logic.questions
        behind = {id for id, one in questions.items() if one.asked_if is not None and self.rests_on(one.asked_if)}
        return frozenset(questions) - self.questions - behind

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
        fields = {id: field for id, field in self.base.fields.items() if ("rubrique", id) in texts}
        return replace(self.base, logic=cut, texts=texts, origin="", fields=fields)


def _reading(inner: Inner, reading: Reading) -> Reading:
    """The reading as it may be told outside."""
    base, hidden = inner.base, inner.questions
    factors = tuple(
        factor
        for factor in reading.factors
        if not base.entry("facteur", factor.id).internal
        and not inner.rests_on(base.logic.factors[factor.id].present_if)
    )
    answers = {id: value for id, value in reading.answers.items() if id in inner.tellable}
    scopes = scopes_of(base.logic, answers)
    answers = {id: value for id, value in answers.items() if scopes[id].applies is not False}
    return replace(
        reading,
        answers=answers,
        declined=reading.declined - hidden,
        engine="",
        digest="",
        format=_format(inner, reading.format),
        posture=PostureReading(None, (), (), False, False, None, UsualPosture(), {}),
        drawn=(),
        factors=factors,
        moment=None,
        next_question=None,
        without_effect=(),
        without_effect_on_advice=(),
        without_effect_on_outcome=(),
        not_applicable=frozenset(),
        open_questions=(),
        ignored_answers=(),
        to_ask=(),
        fired=frozenset(),
        rules_by_cases=frozenset(),
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


def _ways(whole: Whole, told: Answers) -> Iterable[Way]:
    """What the officer kept, whether or not the reading still calls for it, and whatever it rested on.

    What a paper cannot say beside something else that it tells is left out; the officer's own sheet says so.
    """
    base, dossier = whole.base, whole.dossier
    said: set[str] = set()
    for row in kept_rows(dossier):
        key = row["facon"]
        text = row.get("texte") or method_text(base, key)
        if text and text not in said and not at_odds(base, dossier, told, key):
            said.add(text)
            yield Way(method_part(base, key), text, row)


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
