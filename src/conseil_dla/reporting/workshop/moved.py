"""What an answer changed, in one sentence: before, after, what appears, what falls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from conseil_dla.comparing.conclusions import Name, State, conclusions
from conseil_dla.model import LEVELS, Base, Kind, Level
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.reporting.french import NBSP, counted, listed, lowered, quoted
from conseil_dla.reporting.outline import LEVEL_TITLES
from conseil_dla.reporting.sentences import titles

NOTHING = "Rien ne bouge dans la lecture" + NBSP + ": ni le format, ni la place, ni les points de vigilance."
MOST_NAMED = 2
"""How many conclusions that appear, or fall, are named; the others are counted."""
COLLECTED: tuple[Kind, ...] = ("vigilance", "prealable", "tension", "modalite", "partenaire")
"""What may appear or fall, the gravest first."""
ALONE: tuple[tuple[Kind, str, str], ...] = (("format", "le format", "ouvert"), ("posture", "la place", "ouverte"))


def moved_text(base: Base, before: Reading | Conclusions, after: Reading | Conclusions) -> str:
    """One sentence; ``NOTHING`` where all that is read stays the same."""
    was, now = conclusions(base, before), conclusions(base, after)
    settled = [_alone(base, kind, what, open, was[kind,], now[kind,]) for kind, what, open in ALONE]
    parts = [text for text, has_moved in settled if has_moved]
    appears = _named(base, _established(now) - _established(was))
    falls = _named(base, _established(was) - _established(now))
    levels = {name: (_level(was, name), _level(now, name)) for name in was}
    shifted = [(name, then) for name, (first, then) in levels.items() if first and then and first != then]
    if appears or falls or shifted:
        parts += [text for text, has_moved in settled if not has_moved]
    if appears:
        parts.append(f"{'apparaît' if len(appears) == 1 else 'apparaissent'}{NBSP}: {listed(appears)}")
    if falls:
        parts.append(f"{'tombe' if len(falls) == 1 else 'tombent'}{NBSP}: {listed(falls)}")
    for name, level in shifted[:1]:
        when = lowered(LEVEL_TITLES[level])
        parts.append(f"{quoted(lowered(base.title(_kind(name), name[1])))} passe dans {quoted(when)}")
    if not parts:
        return NOTHING
    text = f"{NBSP}; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


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
        return f"{what} reste {shown}", False
    if is_open and was_open:
        fewer = len(now.ids) < len(was.ids)
        lead = f"{what}, encore {open}, {'se resserre' if fewer else 'se rouvre'}"
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


def _established(found: Mapping[Name, State]) -> set[Name]:
    return {name for name, state in found.items() if name[0] in COLLECTED and state.certainty != "possible"}


def _named(base: Base, names: Iterable[Name]) -> list[str]:
    """The gravest by their titles, the others counted."""
    ordered = sorted(names, key=lambda name: (COLLECTED.index(_kind(name)), name))
    shown = [quoted(lowered(base.title(_kind(name), name[1]))) for name in ordered[:MOST_NAMED]]
    more = len(ordered) - MOST_NAMED
    return [*shown, counted(more, "autre point", "autres points")] if more > 0 else shown


def _kind(name: Name) -> Kind:
    return next(kind for kind in COLLECTED if kind == name[0])


def _level(found: Mapping[Name, State], name: Name) -> Level | None:
    """When an established vigilance comes; None for anything else."""
    state = found.get(name)
    if name[0] != "vigilance" or state is None or state.certainty == "possible":
        return None
    return next((level for level in LEVELS if level == state.detail), None)
