"""How compiling and asking grow: made-up bases in the shape of the shipped one, up to 150 questions and 600 rules.

Questions come in themes of five. Rules read one to three questions of one theme, and one rule in ten a finding of
another theme. Effects come in the shares of the shipped base (Argue 38 %, Draw 42 %, Push 14 %, Conclude 6 %). Reasons
about formats read ``BEARING`` of the themes, points on the axes two of them; the others feed what is collected. The
shipped base has twelve questions behind its formats, between two and four themes. The conditions being drawn at random,
nothing in them repeats as a note's do: a written base of the same size is smaller. The seed is fixed, so that every run
measures the same bases. Where comparing formats would take more than 40,000 nodes, a search does it: nodes are then
those of everything else.

The second table is the shipped base with arguments more on two questions each, one of them new, and the largest made-up
bases: a step is a whole reading after one answer more, along whole interviews, in an engine of Python: first as the
questionnaire shows it, then what it left to prove (which questions have no effect), as is done while it is read.
"""

from __future__ import annotations

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter

from conseil_dla.exact.atlas import FORMAT, MOST_COMPARED, POSTURE, Atlas
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.relevance import Relevance
from conseil_dla.exact.tipping import moves, tips
from conseil_dla.rules.model import (
    FORCES,
    AllOf,
    AnyOf,
    Argue,
    Collected,
    Conclude,
    Condition,
    Draw,
    Effect,
    Format,
    Found,
    Is,
    Logic,
    Posture,
    Push,
    Question,
    Rule,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from weight import held

from searched import larger
from shipped import random_dossier, shipped_reader
from worlds import reader_of

SIZES = ((20, 60), (40, 140), (60, 250), (80, 400), (120, 500), (150, 600))
ADDED = ((0, 0), (24, 12), (120, 40), (240, 50), (450, 100))
"""Rules and questions added to the shipped base."""
INTERVIEWS, ANSWERS = 6, 40
THEME = 5
FORMATS, BEARING = 7, (2, 4, 6)
ANSWERED = 8
SIGNS = [(x, y) for x in (1, -1) for y in (1, -1)]


@dataclass(frozen=True)
class Row:
    """One base, measured; milliseconds."""

    questions: int
    rules: int
    bearing: int
    compiled: float
    nodes: int
    format_nodes: int
    posture_nodes: int
    certain: tuple[float, float]
    matters: tuple[float, float]
    ripening: float


def base(questions: int, rules: int, bearing: int, seed: int = 7) -> Logic:
    """A base of that size, whose formats draw on ``bearing`` themes."""
    chance = random.Random(seed + questions)
    asked = [
        Question(
            f"q{n:02}", "choix", tuple("abcde"[: chance.choice((2, 3, 3, 4, 5))]), None, None, modifiable="structures"
        )
        for n in range(questions)
    ]
    themes = [asked[n : n + THEME] for n in range(0, questions, THEME)]
    made = [_rule(n, themes, bearing, chance) for n in range(rules)]
    concluded = {e.finding for rule in made for e in rule.effects if isinstance(e, Conclude)}
    made = [_stratified(rule, concluded) for rule in made]
    return Logic(
        questions={question.id: question for question in asked},
        rules=tuple(sorted(made, key=lambda rule: (rule.stratum, rule.id))),
        incoherences=(),
        axes=("x", "y"),
        formats={f"f{n}": Format(f"f{n}", preparatory=n == 0) for n in range(FORMATS)},
        postures={f"p{n}": Posture(f"p{n}", {"x": x, "y": y}, None) for n, (x, y) in enumerate(SIGNS)},
        drawn={"vigilance": {f"v{n}": Collected(f"v{n}") for n in range(rules // 6)}},
    )  # fmt: skip


def _rule(number: int, themes: list[list[Question]], bearing: int, chance: random.Random) -> Rule:
    kind = chance.choices(("argue", "draw", "push", "conclude"), (38, 42, 14, 6))[0]
    reach = {"argue": bearing, "push": 2}.get(kind, len(themes))
    theme = chance.randrange(min(reach, len(themes)))
    read = chance.sample(themes[theme], chance.choices((1, 2, 3), (60, 35, 5))[0])
    parts: list[Condition] = [_atom(question, chance) for question in read]
    if kind != "conclude" and chance.random() < 0.1:
        parts.append(Found(f"c{chance.randrange(min(reach, len(themes)))}"))
    condition = parts[0] if len(parts) == 1 else (AllOf, AllOf, AnyOf)[chance.randrange(3)](tuple(parts))
    return Rule(f"r{number:03}", condition, (_effect(kind, number, theme, chance),), 0)


def _atom(question: Question, chance: random.Random) -> Condition:
    return Is(question.id, frozenset(chance.sample(question.answers, chance.randint(1, len(question.answers) - 1))))


def _effect(kind: str, number: int, theme: int, chance: random.Random) -> Effect:
    match kind:
        case "argue":
            side = chance.choice(("pour", "pour", "contre"))
            force = chance.choices(FORCES, (1, 3, 4))[0]
            return Argue(f"f{chance.randrange(FORMATS)}", side, force, f"m{number}")
        case "push":
            return Push(chance.choice("xy"), chance.choice((-2, -1, 1, 2)))
        case "conclude":
            return Conclude(f"c{theme}")
        case _:
            return Draw("vigilance", f"v{chance.randrange(10)}", chance.choice(("avant", "pendant", "en_tete")))


def _stratified(rule: Rule, concluded: set[str]) -> Rule:
    """Findings that nothing concludes are left out; rules that read one come second."""
    condition = rule.condition
    if isinstance(condition, AllOf | AnyOf):
        parts = tuple(p for p in condition.parts if not isinstance(p, Found) or p.finding in concluded)
        condition = type(condition)(parts)
        return Rule(rule.id, condition, rule.effects, int(any(isinstance(p, Found) for p in parts)))
    return rule


def measure(questions: int, rules: int, bearing: int) -> Row:
    """Compile, then ask with nothing answered and with some answers."""
    logic = base(questions, rules, bearing)
    start = perf_counter()
    atlas = Atlas(logic, compared=MOST_COMPARED)
    compiled = 1000 * (perf_counter() - start)
    chance = random.Random(questions)
    some = {id: chance.choice(logic.questions[id].answers) for id in chance.sample(sorted(logic.questions), ANSWERED)}
    relevance = Relevance(atlas)
    certain, matters = [], []
    for answers in ({}, some):
        spent, looks = [], []
        for _ in range(5):
            start = perf_counter()
            outlooks = [Outlook(atlas, answers), Outlook(atlas, answers, ordinary=True)]
            for outlook in outlooks:
                formats = outlook.formats
                _ = outlook.states, formats.possible, formats.best, outlook.postures, outlook.applies
            spent.append(1000 * (perf_counter() - start))
            start = perf_counter()
            relevance.stakes(*outlooks).moving()
            looks.append(1000 * (perf_counter() - start))
        certain.append(median(spent))
        matters.append(median(looks))
    start = perf_counter()
    usual = Outlook(atlas, some, ordinary=True)
    best, place = usual.formats.best, usual.placed
    tips(atlas, usual.region.cube, FORMAT, moves(atlas, some), lambda end: None if end.best == best else "other")
    tips(atlas, usual.region.cube, POSTURE, moves(atlas, some), lambda end: None if end.postures == place else "other")
    ripening = 1000 * (perf_counter() - start)
    sizes = [len(atlas.diagrams.nodes(atlas.charts[name])) if name in atlas.charts else 0 for name in (FORMAT, POSTURE)]
    return Row(questions, len(logic.rules), bearing, compiled, len(atlas.diagrams.levels), *sizes,
               (certain[0], certain[1]), (matters[0], matters[1]), ripening)  # fmt: skip


def report() -> str:
    """One table in Markdown."""
    lines = [
        "| questions | rules | themes that formats draw on | compile | nodes | of them, format | posture "
        f"| certainty, 0 / {ANSWERED} answers | what matters, 0 / {ANSWERED} | ripening, {ANSWERED} |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for questions, rules in SIZES:
        for bearing in BEARING:
            row = measure(questions, rules, bearing)
            formats = f"{row.format_nodes:,}" if row.format_nodes else "searched"
            lines.append(
                f"| {row.questions} | {row.rules} | {row.bearing} | {row.compiled:,.0f} ms | {row.nodes:,} "
                f"| {formats} | {row.posture_nodes:,} | {row.certain[0]:.1f} / {row.certain[1]:.1f} ms "
                f"| {row.matters[0]:.1f} / {row.matters[1]:.1f} ms | {row.ripening:.1f} ms |"
            )
    lines += ["", *_steps()]
    return "\n".join([*lines, ""])


def _steps() -> list[str]:
    """The second table."""
    shipped = shipped_reader().base.logic
    lines = [
        "| rules | formats | made in | first view | a step shown: median | 95 % | longest "
        "| the rest proved: median | 95 % | longest | memory |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    named = [(f"shipped, {n} more on {m} questions" if n else "shipped", larger(shipped, n, m) if n else shipped)
             for n, m in ADDED]  # fmt: skip
    named += [(f"made up, {n} on {m} questions, every theme", base(m, n, m // THEME)) for m, n in SIZES[-2:]]
    for name, logic in named:
        start = perf_counter()
        reader = reader_of(logic)
        made = 1000 * (perf_counter() - start)
        chance = random.Random(1)
        start = perf_counter()
        reader.read({}, proves=lambda: False)
        first = 1000 * (perf_counter() - start)
        shown, proved = [], []
        for _ in range(INTERVIEWS):
            whole = random_dossier(logic, chance)
            answers = {}
            for id in chance.sample(sorted(whole), min(ANSWERS, len(whole))):
                answers[id] = whole[id]
                start = perf_counter()
                reading = reader.read(answers, proves=lambda: False)
                middle = perf_counter()
                reader.proved(reading)
                shown.append(1000 * (middle - start))
                proved.append(1000 * (perf_counter() - middle))
        how = "searched" if reader.atlas.search is not None else "charted"
        lines.append(f"| {name} | {how} | {made:,.0f} ms | {first:,.0f} ms | {_spread(shown)} | {_spread(proved)} "
                     f"| {_memory(logic):.0f} MB |")  # fmt: skip
    return lines


def _spread(spent: list[float]) -> str:
    spent.sort()
    return f"{median(spent):.1f} ms | {spent[int(0.95 * len(spent))]:.1f} ms | {spent[-1]:.1f} ms"


def _memory(logic: Logic) -> float:
    """Megabytes that a process grows by, from the rules at hand to the end of one interview."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_grown, logic).result()


def _grown(logic: Logic) -> float:
    before = held()
    reader = reader_of(logic)
    chance = random.Random(1)
    whole = random_dossier(logic, chance)
    answers = {}
    for id in chance.sample(sorted(whole), min(ANSWERS, len(whole))):
        answers[id] = whole[id]
        reader.read(answers)
    return held() - before
