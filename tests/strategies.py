"""Random small bases and dossiers for property tests, and a two-valued oracle written without ``truth``.

``logics()`` draws a ``Logic``; with ``small`` (the default) at most about 400 complete dossiers exist, so
``completions`` can list them all. ``partial_answers(logic)`` draws a partial dossier, with answers to questions that
turn out not to apply. ``holds`` and ``fired`` judge complete dossiers by plain two-valued logic: what they and the code
under test agree on was written twice.

Bases are well formed, as loading would leave them: no circle, strata numbered by what rules read, n of at most all,
every finding read is concluded, every rule expands to at most ``MOST_ALTERNATIVES``, at least one coherent dossier
(small bases only), and the first format is never ruled out. They need not pass the checks of the analysis: rules may be
dead, or questions useless.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, combinations
from typing import TypeVar

from hypothesis import strategies as st

from conseil_dla.rules.breadth import MOST_ALTERNATIVES, alternatives
from conseil_dla.rules.model import (
    FORCES,
    LEVELS,
    AllOf,
    Answers,
    AnyOf,
    Argue,
    AtLeast,
    Collected,
    Conclude,
    Condition,
    Draw,
    Effect,
    Factor,
    Format,
    Found,
    Incoherence,
    Is,
    Kind,
    Logic,
    NoneOf,
    Ordinary,
    Posture,
    Push,
    Question,
    QuestionType,
    Rule,
    RuleOut,
    Side,
    Tension,
    Ticks,
    Value,
    Within,
)

MOST_DOSSIERS = 400
"""Complete dossiers of a small base, coherence and ``posee_si`` left aside."""
AXES = ("x", "y")
VIGILANCES, MODALITIES, PARTNERS, PRECONDITIONS = ("v0", "v1", "v2"), ("m0", "m1"), ("p0", "p1"), ("pr0", "pr1")

_TYPES: tuple[QuestionType, ...] = ("choix", "plusieurs", "nombre", "oui_non")
_SIDES: tuple[Side, ...] = ("pour", "contre")
_COLLECTED: list[tuple[Kind, str]] = [
    *(("modalite", id) for id in MODALITIES),
    *(("partenaire", id) for id in PARTNERS),
    *(("prealable", id) for id in PRECONDITIONS),
]


# --- the oracle: complete dossiers, two values ----------------------------------------------------------------------


def values(question: Question) -> tuple[Value, ...]:
    """Every value that the question can take; a ``plusieurs`` takes every set of its options."""
    if question.type == "nombre":
        assert question.bounds is not None
        return tuple(range(question.bounds[0], question.bounds[1] + 1))
    if question.type == "plusieurs":
        sizes = range(len(question.answers) + 1)
        return tuple(frozenset(some) for some in chain.from_iterable(combinations(question.answers, n) for n in sizes))
    return question.answers


def holds(condition: Condition, answers: Answers, findings: Container[str] = ()) -> bool:
    """Two-valued truth in a complete dossier, where a question left out is *sans objet* and its atoms are false."""
    if isinstance(condition, Found):
        return condition.finding in findings
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        number = sum(holds(part, answers, findings) for part in condition.parts)
        if isinstance(condition, AllOf):
            return number == len(condition.parts)
        if isinstance(condition, AnyOf):
            return number > 0
        return number == 0 if isinstance(condition, NoneOf) else number >= condition.count
    if condition.question not in answers:
        return False
    value = answers[condition.question]
    if isinstance(condition, Is):
        return value in condition.answers
    if isinstance(condition, Ticks):
        assert isinstance(value, frozenset)
        return not value.isdisjoint(condition.options)
    assert isinstance(value, int)
    below = condition.low is not None and value < condition.low
    above = condition.high is not None and value > condition.high
    return not below and not above


def fired(logic: Logic, answers: Answers) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the rules that a complete dossier fires, and of the findings that hold in it."""
    rules: set[str] = set()
    findings: set[str] = set()
    for level in sorted({rule.stratum for rule in logic.rules}):
        below = frozenset(findings)
        for rule in logic.rules:
            if rule.stratum == level and holds(rule.condition, answers, below):
                rules.add(rule.id)
                findings.update(effect.finding for effect in rule.effects if isinstance(effect, Conclude))
    return frozenset(rules), frozenset(findings)


def completions(logic: Logic, known: Answers) -> Iterator[dict[str, Value]]:
    """Every coherent complete dossier that keeps the known answers; questions *sans objet* are left out of each.

    A known answer to a question that does not apply in a completion is left out of that one.
    """
    questions = _asked_last(logic)

    def complete(rest: Sequence[Question], so_far: dict[str, Value]) -> Iterator[dict[str, Value]]:
        if not rest:
            if not any(holds(incoherence.never, so_far) for incoherence in logic.incoherences):
                yield dict(so_far)
            return
        question, *others = rest
        if question.asked_if is not None and not holds(question.asked_if, so_far):
            yield from complete(others, so_far)
            return
        for value in [known[question.id]] if question.id in known else values(question):
            yield from complete(others, {**so_far, question.id: value})

    return complete(questions, {})


def _asked_last(logic: Logic) -> list[Question]:
    """Questions in an order where each follows those that its ``posee_si`` reads."""
    ordered: dict[str, Question] = {}

    def place(id: str) -> None:
        if id not in ordered:
            for read in sorted(_read(logic.questions[id].asked_if)):
                place(read)
            ordered[id] = logic.questions[id]

    for id in logic.questions:
        place(id)
    return list(ordered.values())


def _read(condition: Condition | None) -> set[str]:
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        return set().union(*(_read(part) for part in condition.parts))
    return set() if condition is None or isinstance(condition, Found) else {condition.question}


# --- drawing --------------------------------------------------------------------------------------------------------
# Plain functions over ``draw`` and cached integer strategies: making new strategies while drawing is what is slow.

T = TypeVar("T")


@cache
def _integers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


def _between(draw: st.DrawFn, low: int, high: int) -> int:
    return draw(_integers(low, high))


def _one_of(draw: st.DrawFn, items: Sequence[T]) -> T:
    return items[_between(draw, 0, len(items) - 1)]


def _some_of(draw: st.DrawFn, ids: Sequence[str], least: int = 1) -> frozenset[str]:
    """A subset, empty only if ``least`` is 0."""
    chosen = _between(draw, least, 2 ** len(ids) - 1)
    return frozenset(id for i, id in enumerate(ids) if chosen >> i & 1)


# --- conditions -----------------------------------------------------------------------------------------------------


@st.composite
def conditions(
    draw: st.DrawFn, questions: Sequence[Question], findings: Sequence[str] = (), depth: int = 2
) -> Condition:
    """A condition of at most ``depth`` connectives one inside another, that both engines accept."""
    return _condition(draw, questions, findings, depth)


def _condition(
    draw: st.DrawFn, questions: Sequence[Question], findings: Sequence[str] = (), depth: int = 2
) -> Condition:
    kind = _one_of(draw, ("atom", "atom", "all", "any", "none", "least")) if depth else "atom"
    if kind == "atom":
        return _atom(draw, questions, findings)
    parts = tuple(_condition(draw, questions, findings, depth - 1) for _ in range(_between(draw, 1, 3)))
    built: Condition
    match kind:
        case "all":
            built = AllOf(parts)
        case "any":
            built = AnyOf(parts)
        case "none":
            built = NoneOf(parts)
        case _:
            built = AtLeast(_between(draw, 1, len(parts)), parts)
    return built if alternatives(built) <= MOST_ALTERNATIVES else parts[0]


def _atom(draw: st.DrawFn, questions: Sequence[Question], findings: Sequence[str]) -> Condition:
    if findings and _between(draw, 0, 2) == 0:
        return Found(_one_of(draw, findings))
    question = _one_of(draw, questions)
    if question.type == "plusieurs":
        return Ticks(question.id, _some_of(draw, question.answers))
    if question.type != "nombre":
        return Is(question.id, _some_of(draw, question.answers))
    assert question.bounds is not None
    # One step past the bounds on either side: a range that covers everything, or nothing, is legal.
    ends = (question.bounds[0] - 1, question.bounds[1] + 1)
    low, high = sorted((_between(draw, *ends), _between(draw, *ends)))
    return Within(question.id, *_one_of(draw, ((low, high), (low, None), (None, high))))


# --- bases ----------------------------------------------------------------------------------------------------------


@st.composite
def logics(draw: st.DrawFn, small: bool = True, coherence: bool = True) -> Logic:
    """A base of 2 to 7 questions and 1 to 14 rules in 1 to 3 strata; ``small`` keeps ``completions`` short."""
    asked = _questions(draw, small)
    formats = [Format(f"f{i}", i == 1) for i in range(_between(draw, 2, 4))]
    rules = _rules(draw, asked, [format.id for format in formats])
    findings = sorted(_concluded(rules))

    def some(most: int, read: Sequence[str] = ()) -> list[Condition]:
        return [_condition(draw, asked, read, depth=1) for _ in range(_between(draw, 0, most))]

    never, present, foreseen = some(2 if coherence else 0), some(2, findings), some(1, findings)
    poles, off_note = some(2, findings), some(1, findings)
    signs = [{"x": x, "y": y} for x in (1, -1) for y in (1, -1)]
    logic = Logic(
        questions={question.id: question for question in draw(st.permutations(asked))},
        rules=rules,
        incoherences=tuple(Incoherence(f"i{i}", condition) for i, condition in enumerate(never)),
        axes=AXES,
        formats={format.id: format for format in formats},
        postures={
            f"po{i}": Posture(f"po{i}", signs[i], off_note[0] if off_note and i == 1 else None) for i in range(4)
        },
        drawn=_drawn(foreseen[0] if foreseen else None),
        factors={f"fa{i}": Factor(f"fa{i}", condition) for i, condition in enumerate(present)},
        tensions=(Tension("t0", (poles[0], poles[1])),) if len(poles) == 2 else (),
    )
    if small and next(completions(logic, {}), None) is None:
        return replace(logic, incoherences=())
    return logic


def wanting_first(draw: st.DrawFn, logic: Logic) -> Logic:
    """The same base, some questions of which are to be asked first."""
    asked = list(logic.questions.values())
    for question in asked:
        others = [other for other in asked if other.id != question.id]
        if others and draw(st.booleans()):
            changed = {**logic.questions, question.id: replace(question, first_if=_condition(draw, others, depth=1))}
            logic = replace(logic, questions=changed)
    return logic


def _drawn(foreseen_if: Condition | None) -> dict[Kind, dict[str, Collected]]:
    """Every conclusion that a rule may draw."""
    bare = {"vigilance": VIGILANCES, "partenaire": PARTNERS, "prealable": PRECONDITIONS}
    drawn = {kind: {id: Collected(id) for id in ids} for kind, ids in bare.items()}
    return {**drawn, "modalite": {id: Collected(id, foreseen_if=foreseen_if) for id in MODALITIES}}


def _questions(draw: st.DrawFn, small: bool) -> list[Question]:
    asked: list[Question] = []
    size = 1
    for i in range(_between(draw, 2, 7)):
        question = _question(draw, f"q{i}", small)
        size *= len(values(question))
        if small and size > MOST_DOSSIERS:
            break
        if asked and _between(draw, 0, 2) == 0:
            question = replace(question, asked_if=_condition(draw, asked, depth=1))
        asked.append(question)
    return asked


def _question(draw: st.DrawFn, id: str, small: bool) -> Question:
    type = _one_of(draw, _TYPES)
    declares = _between(draw, 0, 1) == 1
    if type == "nombre":
        low = _between(draw, -2, 3)
        high = low + _between(draw, 1, 3 if small else 40)
        return Question(id, type, (), (low, high), Ordinary(low=_between(draw, low, high)) if declares else None)
    if type == "oui_non":
        ids: tuple[str, ...] = ("oui", "non")
    elif type == "choix":
        ids = tuple("abcdef"[: _between(draw, 2, 3 if small else 6)])
    else:
        ids = tuple("abcdef"[: _between(draw, 1, 2 if small else 4)])
    ordinary = Ordinary(_some_of(draw, ids, 0 if type == "plusieurs" else 1)) if declares else None
    return Question(id, type, ids, None, ordinary)


def _rules(draw: st.DrawFn, asked: Sequence[Question], formats: Sequence[str]) -> tuple[Rule, ...]:
    """Phase by phase: a rule reads findings of earlier phases alone, hence no circle; strata are numbered last."""
    drawn: list[Rule] = []
    phases = _between(draw, 1, 3)
    for phase in range(phases):
        readable = sorted(_concluded(drawn))
        for _ in range(_between(draw, 1, (14, 7, 4)[phases - 1])):
            condition = _condition(draw, asked, readable)
            effects = [_effect(draw, (f"c{phase}", f"d{phase}"), formats) for _ in range(_between(draw, 1, 2))]
            drawn.append(Rule(f"r{len(drawn)}", condition, tuple(dict.fromkeys(effects))))
    return tuple(sorted(_stratified(drawn), key=lambda rule: (rule.stratum, rule.id)))


def _effect(draw: st.DrawFn, findings: Sequence[str], formats: Sequence[str]) -> Effect:
    match _one_of(draw, ("finding", "finding", "axis", "argument", "argument", "out", "vigilance", "collected")):
        case "finding":
            return Conclude(_one_of(draw, findings))
        case "axis":
            return Push(_one_of(draw, AXES), _one_of(draw, (-3, -2, -1, 1, 2, 3)))
        case "argument":
            motif = _one_of(draw, ("a", "b"))
            return Argue(_one_of(draw, formats), _one_of(draw, _SIDES), _one_of(draw, FORCES), motif)
        case "out":
            return RuleOut(_one_of(draw, formats[1:]))
        case "vigilance":
            return Draw("vigilance", _one_of(draw, VIGILANCES), _one_of(draw, LEVELS))
        case _:
            return Draw(*_one_of(draw, _COLLECTED))


def _concluded(rules: Sequence[Rule]) -> set[str]:
    return {effect.finding for rule in rules for effect in rule.effects if isinstance(effect, Conclude)}


def _stratified(rules: Sequence[Rule]) -> list[Rule]:
    """Strata as loading numbers them: 0 without findings, else one above the highest rule for a finding read."""
    levels = {rule.id: 0 for rule in rules}
    for _ in rules:
        for rule in rules:
            read = _findings_read(rule.condition)
            levels[rule.id] = max((levels[other.id] + 1 for other in rules if _concluded([other]) & read), default=0)
    return [replace(rule, stratum=levels[rule.id]) for rule in rules]


def _findings_read(condition: Condition) -> set[str]:
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        return set().union(*(_findings_read(part) for part in condition.parts))
    return {condition.finding} if isinstance(condition, Found) else set()


# --- dossiers -------------------------------------------------------------------------------------------------------


@st.composite
def partial_answers(draw: st.DrawFn, logic: Logic, share: int = 2) -> dict[str, Value]:
    """A partial dossier: each question answered ``share`` times in three, whether or not it turns out to apply.

    It may break a coherence rule, and may have no coherent completion.
    """
    return {
        id: _one_of(draw, values(question)) for id, question in logic.questions.items() if _between(draw, 0, 2) < share
    }
