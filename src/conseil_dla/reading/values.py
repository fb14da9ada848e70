"""What a reading holds: frozen values that screen, line and paper all render, so that they cannot differ.

Names in the JSON contract are French; the correspondence is in ``wording/json_text.py``. Tuples are sorted, so that
the same meaning prints the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from conseil_dla.engine.outcome import Trace
from conseil_dla.reading.next_questions import NextQuestion, ToAsk
from conseil_dla.reading.ripening import Footing, Ripening
from conseil_dla.rules.kinds import SPECS
from conseil_dla.rules.model import Answers, Force, Kind, Level, Observation, Side

Reporter = Literal["", "note", "reseau", "ailleurs"]
"""Where a reported case comes from: the claims of the note, an account of the network, or elsewhere; empty where
nothing is reported."""
Certainty = Literal["certaine", "sauf_exception", "possible"]
"""In every coherent completion; in every ordinary one; in some as far as can be told."""
Proof = Literal["declenchee", "par_cas"]
"""What makes something certain: a rule that fired, or all completions together, where no rule proves it alone.

What is concluded is the same by either: it does not count where conclusions are compared.
"""

Foreseen = Literal["deja_prevu", "a_prevoir", "inconnu"]
"""Is a modalité already planned?"""


@dataclass(frozen=True, slots=True)
class Unless:
    """One exceptional answer that opens something else than what is shown."""

    question: str
    answers: tuple[str, ...]
    """Answer ids; for a number outside its ordinary range, the sentence-ready range such as ``60..80``."""
    then: tuple[str, ...]
    """Formats (or postures) that become possible, other than the shown one."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument fired or still open about one format."""

    format: str
    side: Side
    force: Force
    motif: str
    rule: str
    certainty: Certainty
    proof: Proof | None = field(default=None, compare=False)
    """None where it is not certain."""


@dataclass(frozen=True, slots=True)
class UsualFormat:
    """The decision among ordinary completions; filled also when the decision is certain."""

    retained: str | None = None
    tied: tuple[str, ...] = ()
    unless: tuple[Unless, ...] = ()
    several: tuple[str, ...] = ()
    """Formats that only several exceptions together open."""


@dataclass(frozen=True, slots=True)
class FormatReading:
    """The recommended format, or the set of those still possible."""

    retained: str | None
    """Set only when certain."""
    possible: tuple[str, ...]
    tied: tuple[str, ...]
    """Set only on a certain tie."""
    nothing_stands_out: bool
    then: tuple[str, ...] | None
    """What may come after a preparatory format, where one wins; None when none can win, or nothing else is left."""
    usual: UsualFormat
    arguments: tuple[Argument, ...]
    ruled_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Formats that are out by definition, and the rules that put them out."""
    first: tuple[str, ...] = ()
    """The preparatory ones among those shown; among those still possible while none is shown."""

    @property
    def after(self) -> tuple[str, ...]:
        """What comes after, once a preparatory format is shown: ``then`` also tells of those that may yet win."""
        return (self.then or ()) if set(self.first).intersection(self.shown) else ()

    @property
    def certainty(self) -> Certainty:
        """How sure what is shown is; « possible » while nothing is shown."""
        if not self.shown:
            return "possible"
        return "certaine" if self.retained or self.tied else "sauf_exception"

    @property
    def shown(self) -> tuple[str, ...]:
        """What a screen puts first: what is certain, else what holds but for exceptions; empty when nothing does."""
        if self.retained:
            return (self.retained,)
        if self.tied:
            return self.tied
        return (self.usual.retained,) if self.usual.retained else self.usual.tied


@dataclass(frozen=True, slots=True)
class UsualPosture:
    """The posture among ordinary completions; filled also when certain."""

    retained: str | None = None
    between: tuple[str, ...] = ()
    off_note: bool = False
    nearest: str | None = None
    unless: tuple[Unless, ...] = ()


@dataclass(frozen=True, slots=True)
class PostureReading:
    """Where the situation places the DLA on the axes."""

    retained: str | None
    possible: tuple[str, ...]
    between: tuple[str, ...]
    """Set only on a certain balance: the known answers weigh the same on both sides."""
    off_note: bool
    off_note_possible: bool
    nearest: str | None
    usual: UsualPosture
    position: Mapping[str, tuple[float, float]]
    """For each axis, the reachable stretch in [-1, 1]; one point when the axis is settled. Four decimals."""

    @property
    def shown(self) -> tuple[str, ...]:
        """What a screen puts first, as for a format; the nearest posture when the corner is off the note."""
        for one, several in ((self.retained or self.nearest, self.between),
                             (self.usual.retained or self.usual.nearest, self.usual.between)):  # fmt: skip
            if one:
                return (one,)
            if several:
                return several
        return ()

    @property
    def certainty(self) -> Certainty:
        """How sure what is shown is; « possible » while nothing is shown."""
        if not self.shown:
            return "possible"
        return "certaine" if self.retained or self.nearest or self.between else "sauf_exception"

    @property
    def is_off_note(self) -> bool:
        """Is what is shown only the nearest to a corner that the note does not describe?"""
        return self.off_note or (self.certainty != "certaine" and self.usual.off_note)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One collected conclusion: a vigilance, modalité, partner or préalable, or a tension."""

    kind: Kind
    id: str
    certainty: Certainty
    level: Level | None
    internal: bool
    rules: tuple[str, ...]
    """Rules that draw it, or may: of the item and of them are ``sources`` and, apart, what the network saw."""
    sources: tuple[str, ...]
    observations: tuple[Observation, ...]
    grounded: bool
    """True when at least one condition of a rule that may draw it is already established: worth checking."""
    foreseen: Foreseen | None = None
    """Only for a modalité."""
    proof: Proof | None = field(default=None, compare=False)
    """None where it is not certain, and for a tension, which no rule draws: its poles are conditions."""

    @property
    def comes_before(self) -> bool:
        """Is it to be settled, or to be had, before launching?"""
        spec = SPECS[self.kind]
        return spec.settled_before and (self.level == "avant" or not spec.levelled)


@dataclass(frozen=True, slots=True)
class FactorReading:
    """A success factor and what is known of it."""

    id: str
    state: Literal["present", "possible", "inconnu"]
    sources: tuple[str, ...]
    observations: tuple[Observation, ...]


Moment = Literal["pret", "a_preparer", "pas_tel_quel"]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What is concluded of a dossier, apart from what there is to ask: all that a trial asserts."""

    format: FormatReading
    posture: PostureReading
    drawn: tuple[Drawn, ...]
    factors: tuple[FactorReading, ...]
    moment: Moment | None

    @property
    def to_settle(self) -> tuple[Drawn, ...]:
        """As a reading has it."""
        return to_settle(self.drawn)


def to_settle(drawn: Iterable[Drawn]) -> tuple[Drawn, ...]:
    """Of what is drawn, what is surely to be settled before launching, or to be had by then."""
    return tuple(d for d in drawn if d.certainty == "certaine" and d.comes_before)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a reading is settled. Every sentence that says so renders this one value, so that none denies another."""

    format: Certainty
    place: Certainty
    turning: tuple[str, ...]
    """Open questions that can still change the format or the place; none once both are certain."""
    refining: tuple[str, ...]
    """Those that can change something else that is read."""
    idle: tuple[str, ...]
    """Those that change nothing any more."""

    @property
    def is_shown(self) -> bool:
        """Are format and place both shown, whether or not an exception may still turn them?"""
        return "possible" not in (self.format, self.place)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a front end shows of one dossier. Composed in one place: ``reading.compose``."""

    answers: Answers
    declined: frozenset[str]
    counted: frozenset[str]
    """Questions whose answer is counted in the table of structures."""
    reported: Reporter
    """Who reports the real case whose answers these are, so that nobody is there to be asked; empty for a dossier."""
    engine: str
    digest: str
    format: FormatReading
    posture: PostureReading
    drawn: tuple[Drawn, ...]
    """Vigilances by level then certainty, then modalités, partners, préalables, tensions."""
    factors: tuple[FactorReading, ...]
    moment: Moment | None
    next_question: NextQuestion | None
    without_effect: tuple[str, ...]
    without_effect_on_advice: tuple[str, ...]
    """Unanswered questions that leave all that is said of format and posture as it is, arguments included."""
    without_effect_on_outcome: tuple[str, ...]
    """Unanswered questions that change neither the format nor the place any more, nor what each may still be.

    What follows a format, its reasons and how far an axis goes may still move.
    """
    not_applicable: frozenset[str]
    """Questions that are sans objet."""
    open_questions: tuple[str, ...]
    """Unanswered questions that surely apply, in file order."""
    ignored_answers: tuple[str, ...]
    """Questions answered though they do not apply: kept, ignored, and said."""
    to_ask: tuple[ToAsk, ...]
    """The call sheet: open questions that still change something, in order of use; those put off are among them."""
    fired: frozenset[str]
    """Rules that the engine fired: what holds now is concluded from them."""
    rules_by_cases: frozenset[str]
    """Rules that hold in every completion though none of their alternatives is known to: they did not fire."""
    trace: Trace
    """For each rule that fired, the alternatives that matched."""
    states: Mapping[str, bool | None] = field(default_factory=dict)
    """Truth of every rule: holds, cannot hold, still open."""
    is_proved: bool = True
    """Is all told that has no effect? Where not, proofs are left for later, and questions may yet be added to those."""

    @property
    def standing(self) -> Standing:
        """How far it is settled."""
        settled, idle = set(self.without_effect_on_outcome), set(self.without_effect)
        return Standing(
            self.format.certainty,
            self.posture.certainty,
            turning=tuple(id for id in self.open_questions if id not in settled),
            refining=tuple(id for id in self.open_questions if id in settled and id not in idle),
            idle=tuple(id for id in self.open_questions if id in settled and id in idle),
        )

    @property
    def holding(self) -> frozenset[str]:
        """Rules that surely hold, fired or not."""
        return self.fired | self.rules_by_cases

    @property
    def certain_by_cases(self) -> tuple[tuple[str, str], ...]:
        """What is certain and follows from no rule that fired: rules, what is drawn, formats that are ruled out."""
        out = self.format.ruled_out.items()
        return tuple(sorted((
            *(("regle", id) for id in self.rules_by_cases),
            *((d.kind, d.id) for d in self.drawn if d.proof == "par_cas"),
            *(("ecarte", id) for id, rules in out if self.fired.isdisjoint(rules)),
        )))  # fmt: skip

    @property
    def to_settle(self) -> tuple[Drawn, ...]:
        """What is surely to be settled before launching, or to be had by then."""
        return to_settle(self.drawn)

    def drawn_of(self, kind: Kind) -> tuple[Drawn, ...]:
        """The collected conclusions of one kind, in reading order."""
        return tuple(d for d in self.drawn if d.kind == kind)


@dataclass(frozen=True, slots=True)
class Prospects:
    """What could still turn a reading whose answers are all kept: computed apart, for who shows it."""

    ripenings: tuple[Ripening, ...] = ()
    """Format first, then posture, vigilances, préalables; the fewest changes first."""
    footings: tuple[Footing, ...] = ()
