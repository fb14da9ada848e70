"""The frozen values that every floor shares: what decides (``Logic``) beside what is read (``Texts``).

Engines receive ``Logic`` alone, so that no wording can change a conclusion. Python knows the closed list of *kinds*
(format, posture, vigilance and so on) and no *id*: every id comes from the YAML. Standard library only.

One module because whoever knows these values knows the house, and they are read together.

The vocabulary is that of docs/glossaire.md; the file grammar is described in docs/ecrire-une-regle.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from conseil_dla.ground.diagnostics import Diagnostic, Place
from conseil_dla.rules.kinds import DRAWN, LISTED, VERDICTS
from conseil_dla.rules.paper_fields import Counts, FieldType, PaperColumn, PaperValue, Part, Row, Taken
from conseil_dla.rules.plans import Plan
from conseil_dla.rules.tables import Column, Structure, Tally

Value = str | frozenset[str] | int
"""A known answer: an answer id (``choix``, ``oui_non``), the ticked ids (``plusieurs``) or a whole number."""

Answers = Mapping[str, Value]
"""Known answers by question id. A question that is absent is unknown: there is no default."""

QuestionType = Literal["choix", "plusieurs", "nombre", "oui_non"]
Force = Literal["legere", "nette", "decisive"]
Side = Literal["pour", "contre"]
Level = Literal["avant", "pendant", "en_tete"]
Kind = str
"""One of ``KINDS``: a kind of conclusion, by its word in files (``rules.kinds``)."""

FORCES: tuple[Force, ...] = ("decisive", "nette", "legere")
"""From the highest: the order in which Lexi compares."""
SIDES: tuple[Side, Side] = ("pour", "contre")
LEVELS: tuple[Level, ...] = ("avant", "pendant", "en_tete")
"""From the earliest: the order in which vigilances are read."""
ROLES = ("dla", "structure", "collectivite", "intervenant")
"""From where somebody answers alone."""
KINDS: tuple[Kind, ...] = tuple(kind.word for kind in (*VERDICTS, *LISTED))
"""Kinds of conclusion; ``kind:id`` names one conclusion."""
COLLECTED: tuple[Kind, ...] = tuple(kind.word for kind in DRAWN)
"""Kinds that a rule draws one by one and that have no gaps by nature: nothing at all is a fair answer."""


# --- conditions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to a ``choix`` or ``oui_non`` question is one of ``answers``."""

    question: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ticks:
    """At least one of ``options`` is ticked in a ``plusieurs`` question."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Within:
    """The answer to a ``nombre`` question lies in [low, high]; None means unbounded on that side."""

    question: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """A finding (``constat``) of a lower stratum holds."""

    finding: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds (``toutes``, or several keys together)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds (``une_de``)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part holds (``aucune``)."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the parts hold (``au_moins: {n, parmi}``)."""

    count: int
    parts: tuple[Condition, ...]


Atom = Is | Ticks | Within | Found
Condition = Is | Ticks | Within | Found | AllOf | AnyOf | NoneOf | AtLeast


# --- logic: what decides --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """What can be answered, and when the question applies."""

    id: str
    type: QuestionType
    answers: tuple[str, ...]
    """Answer ids in file order; empty for ``nombre``."""
    bounds: tuple[int, int] | None = None
    """Inclusive bounds of a ``nombre``; None otherwise."""
    ordinary: Ordinary | None = None
    """Ordinary answers, or None when the question declares none."""
    asked_if: Condition | None = None
    """``posee_si``: reads questions only, never findings, and never in a circle."""
    first_if: Condition | None = None
    """``a_poser_en_premier_si``: reads questions only, never this one. It concludes nothing."""
    modifiable: str = "non"
    """Who can act on the answer: non, structures, dla, collectivite or temps."""
    ripens: tuple[str, ...] = ()
    """``murit``: answers from the least to the most ripe, which is the only way to go; empty when any change may do."""
    in_profile: bool = False
    """Asked once in the territory profile (``profil: oui``)."""
    tally: Tally | None = None
    """``du_tableau``: how the table of structures answers it; None when it does not."""

    def hoped_for(self, now: Value) -> frozenset[str]:
        """Answers that one may hope for from the present one; for a ``plusieurs``, options that may be ticked.

        Without ``ripens``, any other answer. A present answer outside ``ripens`` may become any of those.
        """
        if isinstance(now, frozenset):
            return frozenset(self.ripens or self.answers) - now
        further = self.ripens[self.ripens.index(now) + 1 :] if now in self.ripens else self.ripens or self.answers
        return frozenset(further) - {str(now)}


@dataclass(frozen=True, slots=True)
class Ordinary:
    """The answers that an ordinary dossier gives: a set of ids, or a range for a ``nombre``."""

    answers: frozenset[str] = frozenset()
    low: int | None = None
    high: int | None = None

    def has(self, value: Value) -> bool:
        """Is this answer one of them? Of a ``plusieurs``, is each option?"""
        if isinstance(value, int):
            return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return value <= self.answers if isinstance(value, frozenset) else value in self.answers


@dataclass(frozen=True, slots=True)
class Conclude:
    """Effect ``constat``: the finding holds."""

    finding: str


@dataclass(frozen=True, slots=True)
class Push:
    """Effect ``axe``: ``points`` (from -3 to 3, never 0) on an axis."""

    axis: str
    points: int


@dataclass(frozen=True, slots=True)
class Argue:
    """Effect ``pour`` or ``contre``: an argument about a format. One ``motif`` counts once per format and side."""

    format: str
    side: Side
    force: Force
    motif: str


@dataclass(frozen=True, slots=True)
class RuleOut:
    """Effect ``ecarte``: the format is out by definition."""

    format: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Effect named for a kind in ``COLLECTED``: one collected conclusion."""

    kind: Kind
    id: str
    level: Level | None = None
    """Only for a kind that has levels."""


Effect = Conclude | Push | Argue | RuleOut | Draw


@dataclass(frozen=True, slots=True)
class Rule:
    """Condition and effects. ``stratum`` is 0 for a rule that reads no finding, else above every finding it reads."""

    id: str
    condition: Condition
    effects: tuple[Effect, ...]
    stratum: int = 0


@dataclass(frozen=True, slots=True)
class Incoherence:
    """A combination of answers declared impossible (``coherence``)."""

    id: str
    never: Condition


@dataclass(frozen=True, slots=True)
class Format:
    """A form of support. A preparatory one is shown with what comes next."""

    id: str
    preparatory: bool = False


@dataclass(frozen=True, slots=True)
class Posture:
    """A quadrant of the axes: a sign (+1 or -1) for every axis."""

    id: str
    signs: Mapping[str, int]
    off_note_if: Condition | None = None
    """``hors_note_si``: the corner of this quadrant that the note does not describe."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A success factor: a condition that is present, still possible, or not known."""

    id: str
    present_if: Condition
    formats: frozenset[str] = frozenset()
    """Formats under which it is listed; empty means all."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What rules draw one by one, whatever its kind."""

    id: str
    formats: frozenset[str] = frozenset()
    """Formats under which it is listed; empty means all."""
    foreseen_if: Condition | None = None
    """Tells whether it is already planned."""


@dataclass(frozen=True, slots=True)
class Tension:
    """A pair that the note leaves open: drawn when both poles hold."""

    id: str
    poles: tuple[Condition, Condition]


@dataclass(frozen=True, slots=True)
class Logic:
    """Everything that decides, and nothing that is read. Mappings keep file order, which is display order only."""

    questions: Mapping[str, Question]
    rules: tuple[Rule, ...]
    """By stratum, then by id."""
    incoherences: tuple[Incoherence, ...] = ()
    axes: tuple[str, ...] = ()
    formats: Mapping[str, Format] = field(default_factory=dict)
    postures: Mapping[str, Posture] = field(default_factory=dict)
    drawn: Mapping[Kind, Mapping[str, Collected]] = field(default_factory=dict)
    """What rules may draw: by kind, by id."""
    factors: Mapping[str, Factor] = field(default_factory=dict)
    tensions: tuple[Tension, ...] = ()
    columns: Mapping[str, Column] = field(default_factory=dict)
    """Columns of the table of structures, beside the name."""

    @property
    def collected(self) -> Iterator[tuple[Kind, Collected]]:
        """What rules may draw, kind by kind."""
        return ((kind, each) for kind, some in self.drawn.items() for each in some.values())

    @property
    def foreseen(self) -> Iterator[tuple[Kind, str, Condition]]:
        """Of these, what answers may say to be planned already, and when they do."""
        return ((kind, each.id, each.foreseen_if) for kind, each in self.collected if each.foreseen_if is not None)

    def ids(self, kind: Kind) -> Iterable[str]:
        """The conclusions of a kind, in file order."""
        apart: Mapping[Kind, Iterable[str]] = {
            "format": self.formats, "posture": self.postures, "facteur": self.factors,
            "tension": [each.id for each in self.tensions],
        }  # fmt: skip
        return apart[kind] if kind in apart else self.drawn.get(kind, ())


# --- texts: what is read --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Observation:
    """A source outside the note: an observation of the network (``reseau: {qui, quand, ou, adresse}``).

    It is one account: what rests on it and on nothing else rests on one account alone.
    """

    who: str
    when: str
    where: str
    address: str = ""
    """Of the public page where it is told, checked in form; empty where none is given."""

    @property
    def account(self) -> tuple[str, ...]:
        """What tells two accounts apart: the page where each is told, else all that is said of it."""
        return (self.address,) if self.address else (self.who, self.when, self.where)


@dataclass(frozen=True, slots=True)
class Example:
    """A small executed example carried by a rule: with these answers, the rule fires or does not."""

    answers: Answers
    fires: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one item: its title, its free texts by YAML key, where it comes from and where it stands."""

    kind: str
    """The item's first key, such as ``regle`` or ``vigilance``."""
    id: str
    title: str
    place: Place
    texts: Mapping[str, str] = field(default_factory=dict)
    """Free texts by key of the grammar: ``parce_que``, ``aide``, ``signes``, ``risque``…"""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Wording of each answer of a question or of a column."""
    sources: tuple[str, ...] = ()
    """Claim ids, sorted."""
    observation: Observation | None = None
    status: str = "note"
    """note, interpretation or reseau."""
    author: str = ""
    review_on: str = ""
    internal: bool = False
    """``interne: oui``: never in an outward paper nor on a projected home screen."""
    examples: tuple[Example, ...] = ()
    apart: tuple[str, ...] = ()
    """What no paper says beside it (``ne_va_pas_avec``): « question.reponse » or « kind:id »."""
    pole_titles: tuple[str, ...] = ()
    pole_sources: tuple[tuple[str, ...], ...] = ()
    pole_observations: tuple[Observation | None, ...] = ()
    written: Mapping[str, object] = field(default_factory=dict)
    """Everything under each key as plain texts, lists and mappings: what two versions are compared by."""


Texts = Mapping[tuple[str, str], Entry]
"""Entries by (kind word of the grammar, id), in file order."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be kept under a field; it is never printed before somebody keeps it."""

    text: str = ""
    row: Row = field(default_factory=dict)
    """For a ``tableau``, in place of ``text``."""
    formats: frozenset[str] = frozenset()
    """Formats under which it is proposed; empty means all."""
    condition: Condition | None = None
    """``si``: read over known answers alone; None means always."""


@dataclass(frozen=True, slots=True)
class PaperField:
    """One thing that an officer may write for papers."""

    id: str
    part: Part
    type: FieldType
    columns: tuple[PaperColumn, ...] = ()
    """Of a ``tableau``."""
    counts: Counts = ""
    """Of a ``nombre``."""
    proposals: tuple[Proposal, ...] = ()
    is_own: bool = False
    """``interne``: for the officer's own sheets alone."""
    takes: Taken | Literal[""] = ""
    """``reprend``: what of the dossier it proposes."""


@dataclass(frozen=True, slots=True)
class Base:
    """A rules folder once loaded and checked: the one value that the rest of the house works on."""

    logic: Logic
    texts: Texts
    digest: str
    """Digest of the content, items sorted: order and splitting of files change nothing. 12 hexadecimal digits."""
    origin: str
    """Folder it was read from, for messages."""
    plans: tuple[Plan, ...] = ()
    """Plans of workshops, the shortest first. They decide nothing."""
    fields: Mapping[str, PaperField] = field(default_factory=dict)
    """What may be written for papers, in file order. They decide nothing."""

    def entry(self, kind: str, id: str) -> Entry:
        """The words of an item. Raises KeyError when there is none: ids are checked at load."""
        return self.texts[kind, id]

    def title(self, kind: str, id: str) -> str:
        """The title of an item."""
        return self.texts[kind, id].title

    def task(self, kind: str, id: str) -> str:
        """An item as something to do (``action``), where it stands among things to do; its title where it says none."""
        entry = self.texts[kind, id]
        return entry.texts.get("action") or entry.title


# --- dossiers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line of ``attendu``: what a case or trial asserts."""

    key: str
    value: str | tuple[str, ...] | Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Opinion:
    """« Mon avis » (``avis``): what the officer keeps, which no rule reads. Only ``for_papers`` is read by others."""

    format: str = ""
    """Id of the format kept; empty when none is."""
    posture: str = ""
    why: str = ""
    """``pourquoi``."""
    accepts: str = ""
    """``ce_que_j_accepte``: the risks taken knowingly."""
    for_papers: str = ""
    """``pour_les_papiers``: what others may read of it, written for them."""

    def __bool__(self) -> bool:
        """False while nothing is written."""
        return bool(self.format or self.posture or self.why or self.accepts or self.for_papers)


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody who answers the questionnaire alone (``repondants``)."""

    name: str
    answers: Answers = field(default_factory=dict)
    declined: frozenset[str] = frozenset()
    """Questions answered « je ne sais pas encore »: a view like another."""
    role: str = ""
    """One of ``ROLES``; empty where it is not said."""
    consents: bool = False
    """``accord: oui``: what is answered here may stand beside what others answer, under this name."""

    @property
    def count(self) -> int:
        """How many questions are answered, « je ne sais pas encore » included."""
        return len(self.answers) + len(self.declined)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A project as described so far. Holds no conclusion, save what a case asserts and what a dated reading was."""

    path: str
    title: str
    answers: Answers
    """Known answers written by hand, those given to questions that do not apply included (kept and ignored)."""
    declined: frozenset[str] = frozenset()
    """Questions answered « je ne sais pas encore » (``inconnu``)."""
    demand: str = ""
    """``demande_dans_leurs_mots``: no rule reads it."""
    heard: str = ""
    """``ce_que_vous_entendez``: no rule reads it."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Free notes by question id."""
    structures: tuple[Structure, ...] = ()
    """The table of structures, in file order; ``counting`` tells what it answers."""
    opinion: Opinion = Opinion()
    profile: str = ""
    """``profil``: the day of the territory profile that the dossier started from, ``YYYY-MM-DD``; empty without one."""
    sources: tuple[str, ...] = ()
    """Claims, or any other words that say where a case comes from."""
    observation: Observation | None = None
    """The account of the network that a case is told after, where it cites no claim."""
    expected: tuple[Expectation, ...] = ()
    experience: str = ""
    """What was done and what came of it, for a case to be read."""
    for_workshops: bool = False
    """``atelier: oui``: an invented scenario, made to be played with a room."""
    journal: tuple[Dated, ...] = ()
    """Dated readings, by day."""
    paper: Mapping[str, PaperValue] = field(default_factory=dict)
    """``papiers``: what is written and kept for papers, by field."""
    everyone: Mapping[str, Respondent] = field(default_factory=dict)
    """``repondants``: who answers alone, by name, in file order, whether or not they agree to be shown: for their own
    answering and for writing the file, and nothing else."""
    remarks: tuple[Diagnostic, ...] = ()
    """What reading found that does not prevent use, such as a text cut by a comment."""

    @property
    def respondents(self) -> Mapping[str, Respondent]:
        """Those of ``everyone`` who agree to be shown: nothing told, shown or written elsewhere rests on another."""
        return {name: one for name, one in self.everyone.items() if one.consents}


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry of ``journal``. It holds no title and no free text."""

    day: str
    """``YYYY-MM-DD``."""
    digest: str
    """Of the rules, as ``Base.digest``."""
    answers: Mapping[str, str | frozenset[str] | int]
    """Those then known that today's questions still have."""
    conclusions: tuple[str, ...]
    """« kind:id », sorted: formats and postures shown, vigilances and préalables that were certain."""
    fresh: bool = field(default=False, compare=False)
    """True until it is written: entries already in a file are never written again."""
