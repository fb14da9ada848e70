"""A reading put to a room: step by step, each with « qu’auriez-vous dit ? » first; and what an answer changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, spaced
from conseil_dla.reading.conclusions import State, conclusions
from conseil_dla.reading.moves import Moves, moves
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Base, Kind
from conseil_dla.wording.changes import named
from conseil_dla.wording.differences import MOMENT_WORDS
from conseil_dla.wording.lines import Line, Section
from conseil_dla.wording.outline import LEVEL_TITLES, outline
from conseil_dla.wording.reading_sentences import titles


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is asked of the room, then the parts of the reading that answer."""

    key: str
    title: str
    asks: str
    sections: tuple[str, ...]
    """Keys of the sections of an outline."""
    votes: Kind | None = None
    """The kind of conclusion that hands are raised for, where there are few enough."""


STEPS: tuple[Step, ...] = (
    Step("format", "Le format", spaced("Quel format auriez-vous proposé ?"), ("asked", "advised"), "format"),
    Step("place", "La place du DLA", spaced("Quelle place auriez-vous tenue ?"), ("place",), "posture"),
    Step("before", "Avant de lancer", spaced("Qu’auriez-vous réglé avant de lancer ?"), ("before",)),
    Step("during", "Pendant", spaced("À quoi auriez-vous tenu pendant l’accompagnement ?"), ("during", "mind")),
    Step("supports", "Les appuis", spaced("Sur quoi, et sur qui, auriez-vous compté ?"),
         ("supports", "partners", "ways")),
    Step("tensions", "Ce qui ne se tranche pas", spaced("Où auriez-vous hésité ?"), ("tensions", "check")),
)  # fmt: skip
"""In the order in which they are shown."""


def step_lines(base: Base, reading: Reading, step: Step) -> tuple[Line, ...]:
    """What the reading says at this step; empty where it says nothing."""
    sections = {section.key: section.lines for section in outline(Whole(base, reading)) if _says(section)}
    return tuple(line for key in step.sections for line in sections.get(key, ()))


def steps_of(base: Base, readings: Iterable[Reading]) -> tuple[Step, ...]:
    """The steps that have something to say in at least one variant."""
    outlines = [{section.key for section in outline(Whole(base, reading)) if _says(section)} for reading in readings]
    return tuple(step for step in STEPS if any(keys.intersection(step.sections) for keys in outlines))


def _says(section: Section) -> bool:
    """Does it name anything, rather than count what is only possible?"""
    return any(not line.folded for line in section.lines)


# --- what an answer changed -------------------------------------------------------------------------------------------

NOTHING = "Rien ne bouge dans la lecture" + NBSP + ": ni le format, ni la place, ni les points de vigilance."
ONLY_DETAIL = "Ni le format, ni la place, ni les points de vigilance ne bougent" + NBSP + "; seul le détail change."
"""Said where reasons, exceptions or the place on the axes moved, and nothing that has a name."""
ALONE: tuple[tuple[Kind, str, str], ...] = (("format", "le format", "ouvert"), ("posture", "la place", "ouverte"))


def moved_text(base: Base, before: Reading | Conclusions, after: Reading | Conclusions) -> str:
    """One sentence; ``NOTHING`` where all that is read stays the same."""
    was, now, found = conclusions(base, before), conclusions(base, after), moves(before, after)
    if found.is_still:
        return NOTHING
    settled = [_alone(base, kind, what, open, was[kind,], now[kind,]) for kind, what, open in ALONE]
    collected = [*_closed(before, after, found), *_collected(base, found)]
    parts = [text for text, has_moved in settled if has_moved or collected]
    parts.sort(key=lambda text: not dict(settled)[text])
    if not parts:
        return ONLY_DETAIL
    text = f"{NBSP}; ".join([*parts, *collected])
    return f"{text[:1].upper()}{text[1:]}."


def _closed(before: Reading | Conclusions, after: Reading | Conclusions, found: Moves) -> list[str]:
    """Formats that may come instead of the one shown: fewer, or more."""
    if not before.format.shown or before.format.shown != after.format.shown:
        return []
    parts = []
    if found.closed:
        parts.append(
            counted(len(found.closed), "autre format n’est plus possible", "autres formats ne sont plus possibles")
        )
    if found.opened:
        parts.append(
            counted(len(found.opened), "autre format redevient possible", "autres formats redeviennent possibles")
        )
    return parts


def _collected(base: Base, found: Moves) -> list[str]:
    """What is collected that moved: what holds is named, what is only to be checked is counted."""
    parts = []
    if found.moment is not None:
        now = found.moment[1]
        parts.append(f"le moment{NBSP}: {MOMENT_WORDS[now]}" if now else "le moment redevient ouvert")
    for names, one, several in (
        (found.came, "apparaît", "apparaissent"),
        (found.went, "ne s’applique plus", "ne s’appliquent plus"),
        (found.surer, "est sûr à présent", "sont sûrs à présent"),
        (found.less_sure, "n’est plus sûr", "ne sont plus sûrs"),
    ):
        if names:
            parts.append(f"{one if len(names) == 1 else several}{NBSP}: {listed(named(base, names))}")
    for name, level in list(found.levels.items())[:1]:
        when = lowered(LEVEL_TITLES[level])
        parts.append(f"{quoted(lowered(base.title(*name)))} passe dans {quoted(when)}")
    if found.to_check:
        parts.append(counted(len(found.to_check), "point de plus à vérifier", "points de plus à vérifier"))
    if found.cleared:
        parts.append(counted(len(found.cleared), "point n’est plus à vérifier", "points ne sont plus à vérifier"))
    return parts


def facing(before: Sequence[Reading], after: Sequence[Reading]) -> tuple[tuple[Reading, Reading], ...]:
    """Each reading of now with the one that it comes from: variants part from one, and may become one again."""
    if len(before) == len(after):
        return tuple(zip(before, after, strict=True))
    return tuple((next((was for was in before if was.answers == now.answers), before[0]), now) for now in after)


def _alone(base: Base, kind: Kind, what: str, open: str, was: State, now: State) -> tuple[str, bool]:
    """How the format, or the place, stands; and whether it has moved."""
    then, shown = (_said(base, kind, state.ids) for state in (was, now))
    is_open, was_open = now.certainty == "possible", was.certainty == "possible"
    if was.ids == now.ids and was_open == is_open:
        if is_open:
            return f"{what} reste {open}", False
        if (was.certainty, now.certainty) == ("sauf_exception", "certaine"):
            return f"{what} ({shown}) ne dépend plus des réponses manquantes", True
        if was.certainty != now.certainty:
            return f"{what} ({shown}) dépend de nouveau des réponses manquantes", True
        return f"{what} reste {shown}", False
    if is_open and was_open:
        if not (set(now.ids) < set(was.ids) or set(was.ids) < set(now.ids)):
            return f"{what}, encore {open}, ne l’est plus entre les mêmes possibilités", True
        lead = f"{what}, encore {open}, {'se resserre' if len(now.ids) < len(was.ids) else 'se rouvre'}"
        return f"{lead}{NBSP}: {counted(len(now.ids), 'possibilité')} au lieu de {len(was.ids)}", True
    if is_open:
        return f"{what}, qui était {then}, se rouvre", True
    if was_open:
        return f"{what}, encore {open} avant, devient {shown}", True
    return f"{what} passe de {then} à {shown}", True


def _said(base: Base, kind: Kind, ids: tuple[str, ...]) -> str:
    """What is shown; several are shown where nothing tips."""
    named = titles(base, kind, ids)
    if len(ids) < 2:
        return named
    return f"{'l’équilibre' if kind == 'posture' else 'l’égalité'} entre {named}"
