"""A second engine on whole bases, written apart: Boolean functions of OxiDD, a library in Rust, over bits of answers.

It shares nothing with the analysis but the model: no cells (every answer and every number has its own code), no order
of its own, no diagrams of ours. What a reading says of all coherent completions is asked here as satisfiability.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from oxidd.bdd import BDDFunction, BDDManager

from conseil_dla.rules.model import (
    FORCES,
    AllOf,
    Answers,
    AnyOf,
    Argue,
    AtLeast,
    Conclude,
    Condition,
    Draw,
    Found,
    Is,
    Logic,
    NoneOf,
    Push,
    Question,
    RuleOut,
    Ticks,
    Value,
)

Split = Mapping[Hashable, BDDFunction]
"""Functions that exclude one another and together are always true: what something comes to, and when."""
NODES = 1 << 22


BEST, PLACE = "best", "place"


class SecondEngine:
    """A base as Boolean functions. ``parts`` holds everything that is read, each with all the ways it can end."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self._manager = BDDManager(NODES, NODES, 1)
        self.compile_conditions()
        self.formats = self._formats()
        self.sums = {axis: self._sums(axis) for axis in logic.axes}
        self.parts = self._parts()
        self.seen = {**self.parts, BEST: self._first_of("format"), PLACE: self._first_of("posture")}
        """The same, with the formats and the places alone."""

    def compile_conditions(self) -> None:
        """What holds of answers, before anything is decided."""
        logic = self.logic
        self.true, self.false = self._manager.true(), self._manager.false()
        self.bits = {id: self._bits(question) for id, question in logic.questions.items()}
        self._applies: dict[str, BDDFunction] = {}
        self.applies = {id: self._surely(id) for id in logic.questions}
        self._findings: dict[str, BDDFunction] = {}
        self.rules = self._all_rules()
        self.space = self.all_of(~self.holds(each.never) for each in logic.incoherences) & self.all_of(
            self.any_of(self._code(question, index) for index in range(len(codes_of(question))))
            for question in logic.questions.values()
            if question.type != "plusieurs"
        )

    # --- answers as bits ----------------------------------------------------------------------------------------------

    def _bits(self, question: Question) -> list[BDDFunction]:
        codes = len(codes_of(question))
        number = codes if question.type == "plusieurs" else max(1, (codes - 1).bit_length())
        return [self._manager.var(n) for n in self._manager.add_vars(number)]

    def _code(self, question: Question, index: int) -> BDDFunction:
        return self.all_of(bit if index >> n & 1 else ~bit for n, bit in enumerate(self.bits[question.id]))

    def answered(self, id: str, value: Value) -> BDDFunction:
        """The question has this very answer, should it apply."""
        question = self.logic.questions[id]
        if isinstance(value, frozenset):
            return self.all_of(
                bit if option in value else ~bit for option, bit in zip(question.answers, self.bits[id], strict=True)
            )
        return self._code(question, codes_of(question).index(value))

    def _among(self, id: str, wanted: Callable[[Value], bool]) -> BDDFunction:
        """One of some answers; not for a ``plusieurs``."""
        codes = codes_of(self.logic.questions[id])
        return self.any_of(self.answered(id, value) for value in codes if wanted(value))

    def _surely(self, id: str) -> BDDFunction:
        if id not in self._applies:
            asked_if = self.logic.questions[id].asked_if
            self._applies[id] = self.true if asked_if is None else self.holds(asked_if)
        return self._applies[id]

    # --- conditions and rules -----------------------------------------------------------------------------------------

    def holds(self, condition: Condition) -> BDDFunction:
        """When a condition holds."""
        match condition:
            case Found():
                return self._findings.get(condition.finding, self.false)
            case AllOf():
                return self.all_of(map(self.holds, condition.parts))
            case AnyOf():
                return self.any_of(map(self.holds, condition.parts))
            case NoneOf():
                return ~self.any_of(map(self.holds, condition.parts))
            case AtLeast():
                return self._at_least(condition.count, [self.holds(part) for part in condition.parts])
            case Is():
                fits = self._among(condition.question, lambda value: value in condition.answers)
            case Ticks():
                options = self.logic.questions[condition.question].answers
                ticks = zip(options, self.bits[condition.question], strict=True)
                fits = self.any_of(bit for option, bit in ticks if option in condition.options)
            case _:
                low, high = condition.low, condition.high
                fits = self._among(
                    condition.question, lambda n: (low is None or n >= low) and (high is None or n <= high)  # type: ignore[operator]
                )  # fmt: skip
        return fits & self._surely(condition.question)

    def _at_least(self, count: int, parts: Sequence[BDDFunction]) -> BDDFunction:
        exactly = [self.true]
        for part in parts:
            more = [self.false, *exactly]
            exactly = [(~part & same) | (part & one) for same, one in zip([*exactly, self.false], more, strict=True)]
        return self.any_of(exactly[count:])

    def _all_rules(self) -> dict[str, BDDFunction]:
        rules: dict[str, BDDFunction] = {}
        for stratum in sorted({rule.stratum for rule in self.logic.rules}):
            fresh = [rule for rule in self.logic.rules if rule.stratum == stratum]
            rules |= {rule.id: self.holds(rule.condition) for rule in fresh}
            for rule in fresh:
                for effect in rule.effects:
                    if isinstance(effect, Conclude):
                        known = self._findings.get(effect.finding, self.false)
                        self._findings[effect.finding] = known | rules[rule.id]
        return rules

    def _by(self, wanted: Callable[[object], bool]) -> BDDFunction:
        """Some rule with such an effect holds."""
        return self.any_of(self.rules[rule.id] for rule in self.logic.rules if any(map(wanted, rule.effects)))

    # --- the two decisions --------------------------------------------------------------------------------------------

    def _formats(self) -> Split:
        """(best, whether it stands out, what would come next) -> when."""
        found: Split = {Standing(): self.space}
        for id, format in self.logic.formats.items():
            out = self._by(lambda effect, id=id: isinstance(effect, RuleOut) and effect.format == id)  # type: ignore[misc]
            ways = [(None, out), *((worth, met & ~out) for worth, met in self._worth(id).items())]
            found = self._merged(
                (standing if worth is None else standing.joined(id, worth, format.preparatory), when & met)  # type: ignore[attr-defined,arg-type]
                for standing, when in found.items()
                for worth, met in ways
            )
        preparatory = {id for id, format in self.logic.formats.items() if format.preparatory}
        return self._merged((standing.end(preparatory), when) for standing, when in found.items())  # type: ignore[attr-defined]

    def _worth(self, format: str) -> Split:
        """Reasons for minus reasons against at each force, each motif once at its strongest -> when."""
        found: Split = {(0,) * len(FORCES): self.true}
        for side, step in (("pour", 1), ("contre", -1)):
            motifs = sorted(
                {e.motif for r in self.logic.rules for e in r.effects
                 if isinstance(e, Argue) and (e.format, e.side) == (format, side)}
            )  # fmt: skip
            for motif in motifs:
                left = self.true
                ways: list[tuple[int | None, BDDFunction]] = []
                for rank, force in enumerate(FORCES):
                    given = self._by(
                        lambda e, key=(format, side, motif, force): (
                            isinstance(e, Argue)  # type: ignore[misc]
                            and (e.format, e.side, e.motif, e.force) == key
                        )
                    )
                    ways.append((rank, left & given))
                    left = left & ~given
                ways.append((None, left))
                found = self._merged(
                    (tuple(n + step * (place == rank) for place, n in enumerate(worth)), when & met)  # type: ignore[arg-type]
                    for worth, when in found.items()
                    for rank, met in ways
                )
        return found

    def _sums(self, axis: str) -> Split:
        """The sum of an axis -> when."""
        found: Split = {0: self.space}
        for rule in self.logic.rules:
            points = sum(e.points for e in rule.effects if isinstance(e, Push) and e.axis == axis)
            if points:
                given = self.rules[rule.id]
                found = self._merged(
                    way
                    for n, when in found.items()
                    for way in ((n + points, when & given), (n, when & ~given))  # type: ignore[operator]
                )
        return found

    def _postures(self) -> Split:
        """(the corner, or those on whose border it lies; whether the note does not describe it) -> when."""
        corners: Split = {(): self.space}
        for axis in self.logic.axes:
            corners = self._merged(
                ((*signs, (n > 0) - (n < 0)), when & met)  # type: ignore[misc,operator]
                for signs, when in corners.items()
                for n, met in self.sums[axis].items()
            )
        found: list[tuple[Hashable, BDDFunction]] = []
        for signs, when in corners.items():
            here = dict(zip(self.logic.axes, signs, strict=True))  # type: ignore[arg-type]
            fits = frozenset(
                id for id, posture in self.logic.postures.items()
                if all(here[axis] in (0, sign) for axis, sign in posture.signs.items())
            )  # fmt: skip
            alone = self.logic.postures[min(fits)] if len(fits) == 1 else None
            off = self.holds(alone.off_note_if) if alone and alone.off_note_if else self.false
            found += [((fits, True), when & off), ((fits, False), when & ~off)]
        return self._merged(found)

    # --- everything that is read --------------------------------------------------------------------------------------

    def _parts(self) -> dict[Hashable, Split]:
        logic = self.logic
        parts: dict[Hashable, Split] = {"format": self.formats, "posture": self._postures(), **self.sums}
        parts |= {("regle", id): self._whether(when) for id, when in self.rules.items()}
        parts |= {("facteur", id): self._whether(self.holds(each.present_if)) for id, each in logic.factors.items()}
        parts |= {
            ("tension", each.id): self._whether(self.all_of(map(self.holds, each.poles))) for each in logic.tensions
        }
        parts |= {("prevu", id): self._whether(self.holds(foreseen_if)) for _, id, foreseen_if in logic.foreseen}
        drawn = sorted({(e.kind, e.id) for rule in logic.rules for e in rule.effects if isinstance(e, Draw)})
        parts |= {key: self._levels(*key) for key in drawn}
        parts["moment"] = self._moments()
        return parts

    def _whether(self, when: BDDFunction) -> Split:
        return self._merged([(True, self.space & when), (False, self.space & ~when)])

    def _levels(self, kind: str, id: str) -> Split:
        found: Split = {frozenset(): self.space}
        for level in sorted({e.level or "" for r in self.logic.rules for e in r.effects
                             if isinstance(e, Draw) and (e.kind, e.id) == (kind, id)}):  # fmt: skip
            given = self._by(
                lambda e, level=level: (
                    isinstance(e, Draw)  # type: ignore[misc]
                    and (e.kind, e.id, e.level or "") == (kind, id, level)
                )
            )
            found = self._merged(
                way
                for levels, when in found.items()
                for way in ((levels | {level}, when & given), (levels, when & ~given))  # type: ignore[operator]
            )
        return found

    def _moments(self) -> Split:
        preparatory = {id for id, format in self.logic.formats.items() if format.preparatory}
        blocked = self._by(
            lambda e: isinstance(e, Draw) and (e.kind == "prealable" or (e.kind == "vigilance" and e.level == "avant"))
        )
        found: list[tuple[Hashable, BDDFunction]] = []
        for end, when in self.formats.items():
            best = end[0]  # type: ignore[index]
            if not best or best & preparatory:
                found.append(("pas_tel_quel" if best else None, when))
            else:
                found += [("a_preparer", when & blocked), ("pret", when & ~blocked)]
        return self._merged(found)

    # --- asking -------------------------------------------------------------------------------------------------------

    def region(self, answers: Answers) -> BDDFunction:
        """All coherent completions."""
        return self.space & self.all_of(self.answered(id, value) for id, value in answers.items())

    def ordinary(self, id: str) -> BDDFunction:
        """The question has an ordinary answer, or does not apply."""
        question = self.logic.questions[id]
        usual = question.ordinary
        if usual is None:
            return self.true
        low, high = usual.low, usual.high
        if question.type == "plusieurs":
            fits = self.all_of(
                ~bit for option, bit in zip(question.answers, self.bits[id], strict=True) if option not in usual.answers
            )
        elif question.type == "nombre":
            fits = self._among(id, lambda n: (low is None or n >= low) and (high is None or n <= high))  # type: ignore[operator]
        else:
            fits = self._among(id, lambda value: value in usual.answers)
        return ~self.applies[id] | fits

    def usual(self, answers: Answers) -> BDDFunction:
        """The ordinary ones among them; none where there is none."""
        return self.region(answers) & self.all_of(self.ordinary(id) for id in self.logic.questions if id not in answers)

    def ends(self, part: Hashable, region: BDDFunction) -> frozenset[Hashable]:
        """All the ways in which a part can end there."""
        return frozenset(end for end, when in self.seen[part].items() if (when & region).satisfiable())

    def depends(self, part: Hashable, region: BDDFunction, id: str) -> bool:
        """Do two dossiers of the region, alike but for one question, end apart?"""
        bits = self.all_of(self.bits[id])
        return any(
            (((when & region).exists(bits)) & ((~when & region).exists(bits))).satisfiable()
            for when in self.seen[part].values()
        )

    def _first_of(self, part: Hashable) -> dict[Hashable, BDDFunction]:
        """A part by the first thing that each of its ends tells."""
        return self._merged((end[0], when) for end, when in self.parts[part].items())  # type: ignore[index]

    # --- small things -------------------------------------------------------------------------------------------------

    def _merged(self, found: Iterable[tuple[Hashable, BDDFunction]]) -> dict[Hashable, BDDFunction]:
        ways: dict[Hashable, BDDFunction] = {}
        for end, when in found:
            if when.satisfiable():
                ways[end] = ways[end] | when if end in ways else when
        return ways

    def all_of(self, parts: Iterable[BDDFunction]) -> BDDFunction:
        """All hold; true of none."""
        return reduce(and_, parts, self.true)

    def any_of(self, parts: Iterable[BDDFunction]) -> BDDFunction:
        """Some holds; false of none."""
        return reduce(or_, parts, self.false)


@dataclass(frozen=True)
class Standing:
    """Which formats lead, after some of them were compared; the same among those that prepare nothing."""

    top: tuple[int, ...] | None = None
    best: frozenset[str] = frozenset()
    top_other: tuple[int, ...] | None = None
    best_others: frozenset[str] = frozenset()

    def joined(self, id: str, worth: tuple[int, ...], preparatory: bool) -> Standing:
        """With one more format."""
        top, best = _ahead(self.top, self.best, id, worth)
        others = (self.top_other, self.best_others) if preparatory else _ahead(
            self.top_other, self.best_others, id, worth
        )  # fmt: skip
        return Standing(top, best, *others)

    def end(self, preparatory: set[str]) -> tuple[frozenset[str], bool, frozenset[str]]:
        """(best, whether it stands out, what would come next)."""
        stands_out = self.top is not None and self.top > (0,) * len(FORCES)
        return self.best, stands_out, self.best_others if self.best & preparatory else frozenset()


def _ahead(
    top: tuple[int, ...] | None, best: frozenset[str], id: str, worth: tuple[int, ...]
) -> tuple[tuple[int, ...], frozenset[str]]:
    if top is None or worth > top:
        return worth, frozenset([id])
    return top, best | {id} if worth == top else best


def codes_of(question: Question) -> list[Value]:
    """What the bits of a question can say; a ``plusieurs`` has one bit for each option."""
    if question.type == "nombre":
        low, high = question.bounds or (0, 0)
        return list(range(low, high + 1))
    if question.type == "plusieurs":
        return [frozenset([option]) for option in question.answers]
    return list(question.answers)
