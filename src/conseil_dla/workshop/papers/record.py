"""The record of a workshop, as a paper: what the room felt, answered, read and leaves in writing.

No vote in it can be traced to anybody: a few hands are « quelques-uns », more are told to the nearest five, and no
exact total stands anywhere from which a small number could be taken. Since 5 and 7 are both told as 5, which of two
large numbers is the larger is told too: an order is no number. How many were there is told from the rounded numbers
alone, so that it adds nothing to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from conseil_dla.ground.french import NBSP, counted, day_text, listed, lowered, quoted, spaced
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.papers.internal import compass
from conseil_dla.reading.compose import reporter
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base, Dossier
from conseil_dla.wording.clauses import question_text
from conseil_dla.wording.provenance import reported_by
from conseil_dla.wording.questionnaire import NONE_LABEL
from conseil_dla.workshop.machine import NONE, REMEMBERED, UNSURE, Hands, Supposed, Voted, Workshop, is_tied, leading
from conseil_dla.workshop.papers.facilitator_sheet import FICTION
from conseil_dla.workshop.words.readings import STEPS, Step, facing, moved_text, step_lines
from conseil_dla.workshop.words.sentences import BOTH, UNSURE_TEXT, VARIANTS, move_text, value_text, variant_names

FEW, NEAREST = 5, 5
"""Under ``FEW`` hands, no number is told; from there on, the nearest multiple of ``NEAREST``."""
MOST_POINTS = 12
"""Points that the record takes over from a step; beyond, they are counted."""
TITLES = {
    "retenons": "Ce que nous retenons", "contestons": "Ce que nous contestons", "demandons": "Ce que nous demandons",
}  # fmt: skip
"""What a room leaves in writing, by key."""
FOOTER = "Compte rendu d’atelier : les mains levées n’y désignent personne"
"""True whatever was typed: what the room leaves in writing may hold names."""
HOW_COUNTED = spaced(
    "Les mains levées sont arrondies à cinq près, et les petits nombres sont dits « quelques-uns » : on ne peut pas "
    "retrouver qui a levé la main."
)
NOBODY = "Personne n’a voté."
Before = Sequence[Reading]
After = Sequence[Reading]
Looked = tuple[Supposed, Before, After]
"""An « et si » that was looked at, with the readings of the variants before and after."""


def hands_text(count: int) -> str:
    """« personne », « quelques-uns », « environ 10 »."""
    if not count:
        return "personne"
    if count < FEW:
        return "quelques-uns"
    return f"environ {NEAREST * ((count + NEAREST // 2) // NEAREST)}"


def record(
    base: Base,
    scenario: Dossier,
    state: Workshop,
    readings: Sequence[Reading],
    steps_read: Sequence[tuple[Sequence[Reading], Sequence[Reading]]],
    day: date,
    tried: Sequence[Looked] = (),
) -> Paper:
    """The whole record: what the room leaves in writing first, as in every paper of ours.

    ``readings`` are those of the variants at the end, ``steps_read`` those before and after each move, ``tried`` those
    around each « et si ».
    """
    blocks = (
        *_opening(base, scenario),
        *_present(base, state),
        *_left(state),
        *_intuition(base, state),
        *_answers(base, state, steps_read),
        *_read(base, state, readings),
        *_facing(base, state, readings),
        *_tried(base, state, tried),
    )
    subtitle = f"Compte rendu de l’atelier du {day_text(day.isoformat())}"
    return cleaned(Paper(scenario.title, subtitle, tuple(blocks), FOOTER))


def _opening(base: Base, scenario: Dossier) -> Iterator[Block]:
    if scenario.experience or scenario.for_workshops:
        reported = reporter(base, scenario)
        told = f"Une expérience {reported_by(reported, scenario, 'e')}." if reported else FICTION
        yield Paragraph(told, "quiet")
    for text in (scenario.demand, scenario.heard):
        if text.strip():
            yield Paragraph(text, "quote")
    yield Paragraph(HOW_COUNTED, "quiet")


def _present(base: Base, state: Workshop) -> Iterator[Block]:
    """At least so many, from the vote with the most hands where each person has one: the least that it can hold."""
    questions = base.logic.questions
    votes = [move.hands for move in state.moves if isinstance(move, Voted)
             and questions[move.question].type != "plusieurs"]  # fmt: skip
    least = max((sum(map(_least, hands.values())) for hands in (state.intuition, *votes)), default=0)
    if least > 1:
        yield Paragraph(f"Au moins {least} personnes ont voté. Présentes : [à{NBSP}compléter]", "quiet")


def _least(count: int) -> int:
    """The fewest hands that are told as these are."""
    if count < FEW:
        return min(1, count)
    return max(FEW, NEAREST * ((count + NEAREST // 2) // NEAREST) - NEAREST // 2)


def _intuition(base: Base, state: Workshop) -> Iterator[Block]:
    if state.intuition or state.moves:
        yield Heading("L’intuition de la salle, avant toute question")
        if not state.intuition:
            yield Paragraph(NOBODY)
            return
        yield Grid(("Place", "Mains"), _counted(base, "posture", tuple(base.logic.postures), state.intuition), (3, 2))
        yield from _order(state.intuition, {id: base.title("posture", id) for id in base.logic.postures})


def _order(hands: Hands, titles: Mapping[str, str]) -> Iterator[Block]:
    """Which has the most hands, where rounding hides it: told of numbers that are told at all."""
    first, *others = leading(hands) or ("",)
    close = [id for id in others if hands[id] >= FEW and hands_text(hands[id]) == hands_text(hands[first])]
    if not close:
        return
    if is_tied(hands):
        equal = [id for id in (first, *close) if hands[id] == hands[first]]
        yield Paragraph(f"La salle est partagée : autant de mains pour {_named(equal, titles)}.")
    else:
        yield Paragraph(f"Le plus de mains : {_named([first], titles)}.")


def _named(ids: Sequence[str], titles: Mapping[str, str]) -> str:
    return listed([quoted(lowered(titles.get(id, UNSURE_TEXT))) for id in ids])


def _counted(base: Base, kind: str, ids: Sequence[str], hands: Hands) -> tuple[tuple[str, str], ...]:
    return tuple((base.title(kind, id), hands_text(hands.get(id, 0))) for id in ids)


def _answers(
    base: Base, state: Workshop, steps_read: Sequence[tuple[Sequence[Reading], Sequence[Reading]]]
) -> Iterator[Block]:
    if not state.moves:
        return
    yield Heading("Les questions et les réponses de la salle")
    for move, (before, after) in zip(state.moves, steps_read, strict=True):
        if isinstance(move, Voted):
            yield Heading(question_text(base, move.question), 2)
            yield Paragraph(_kept(base, move), "lead")
            if move.hands:
                yield Bullets(tuple(_options(base, move)))
                yield from _order(move.hands, base.entry("question", move.question).labels)
            elif base.logic.questions[move.question].type != "nombre":
                yield Paragraph(NOBODY)
        else:
            yield Paragraph(move_text(base, move), "lead")
        yield from _moved(base, before, after)


def _kept(base: Base, move: Voted) -> str:
    said = [value_text(base, move.question, value) for value in move.kept]
    if len(said) == 1:
        return f"Retenu : {lowered(said[0])}."
    pairs = (f"{name}, {quoted(text)}" for name, text in zip(VARIANTS, said, strict=True))
    return f"La salle était partagée, et les deux réponses sont gardées : {listed(list(pairs))}."


def _options(base: Base, move: Voted) -> Iterator[str]:
    labels = base.entry("question", move.question).labels
    for id in (*base.logic.questions[move.question].answers, NONE, UNSURE):
        if count := move.hands.get(id, 0):
            yield f"{labels.get(id, NONE_LABEL if id == NONE else UNSURE_TEXT)} : {hands_text(count)}"


def _moved(base: Base, before: Sequence[Reading], after: Sequence[Reading]) -> Iterator[Block]:
    """What the move changed, variant by variant, once where it is the same for both."""
    told = [moved_text(base, was, now) for was, now in facing(before, after)]
    if len(told) > 1 and len(set(told)) == 1:
        yield Paragraph(f"{BOTH}. {told[0]}")
        return
    for number, text in enumerate(told):
        yield Paragraph(f"{VARIANTS[number]}. {text}" if len(told) > 1 else text)


def _read(base: Base, state: Workshop, readings: Sequence[Reading]) -> Iterator[Block]:
    shown = [step for step in STEPS if step.key in state.revealed]
    if not shown or not state.moves:
        return
    yield Heading("La lecture")
    names = variant_names(base, state)
    for step in shown:
        yield Heading(step.title, 2)
        yield from _guessed(base, state, step)
        yield from _by_variant(names, [_points(base, reading, step) for reading in readings])


def _by_variant(names: Sequence[str], told: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """What is told of each variant under its name; once where it is the same for both."""
    if len(told) > 1 and told[0] == told[1]:
        names, told = (BOTH,), told[:1]
    for number, blocks in enumerate(told):
        if names and blocks:
            yield Paragraph(names[number], "lead")
        yield from blocks


def _points(base: Base, reading: Reading, step: Step) -> Sequence[Block]:
    lines = [line for line in step_lines(base, reading, step) if step.votes or not line.indent]
    more = len(lines) - MOST_POINTS
    kept = [line.text for line in (lines[: MOST_POINTS - 1] if more > 0 else lines)]
    rest = [f"et {counted(more + 1, 'autre point', 'autres points')}, à l’écran"] if more > 0 else []
    return [Bullets((*kept, *rest))] if kept else []


def _facing(base: Base, state: Workshop, readings: Sequence[Reading]) -> Iterator[Block]:
    """What the room felt at the start was told above; here is what its answers reach."""
    if not state.moves:
        return
    yield Heading("La boussole, d’après les réponses")
    yield from _by_variant(variant_names(base, state), [tuple(compass(base, reading)) for reading in readings])


def _guessed(base: Base, state: Workshop, step: Step) -> Iterator[Block]:
    """What the room would have said."""
    hands = state.guesses.get(step.key)
    if hands and step.votes:
        said = [f"{lowered(base.title(step.votes, id))} ({hands_text(hands[id])})" for id in hands]
        yield Paragraph(f"La salle aurait dit : {listed(said)}.")
        yield from _order(hands, {id: base.title(step.votes, id) for id in hands})
    elif step.votes:
        yield Paragraph(f"La salle aurait dit : {lowered(NOBODY)}")


def _tried(base: Base, state: Workshop, tried: Sequence[Looked]) -> Iterator[Block]:
    """What each would have moved."""
    kept = {move for move in state.moves if isinstance(move, Supposed)}
    looked = {change: (before, after) for change, before, after in tried if change not in kept}
    if looked:
        yield Heading("Les « et si » regardés, sans les garder")
    for change, (before, after) in looked.items():
        then = quoted(value_text(base, change.question, change.value))
        yield Paragraph(f"{question_text(base, change.question)} {then}", "lead")
        yield from _moved(base, before, after)


def _left(state: Workshop) -> Iterator[Block]:
    for key in REMEMBERED:
        yield Heading(TITLES[key])
        lines = tuple(line.strip(" -•\t") for line in state.said.get(key, "").splitlines() if line.strip(" -•\t"))
        yield Bullets(lines) if lines else Paragraph(f"[à{NBSP}compléter]", "quiet")
