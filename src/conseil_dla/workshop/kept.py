"""Scenarios and workshops as the screens see them: found, opened, kept as plain data that the present rules can read.

What touches a file may be slow: call it in a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conseil_dla.ground.french import day_text, hour_text
from conseil_dla.rules.model import Logic, Value
from conseil_dla.rules.truth import incoherences
from conseil_dla.wording import disk_text
from conseil_dla.workshop.machine import (
    REMEMBERED,
    Chosen,
    Completed,
    Hands,
    Move,
    Supposed,
    Tried,
    Voted,
    Workshop,
    variants,
)
from conseil_dla.workshop.words.sentences import far_text

if TYPE_CHECKING:
    from conseil_dla.dossiers.workshops import Kept
    from conseil_dla.ground.diagnostics import Diagnostic
    from conseil_dla.rules.model import Base, Dossier


def plain(state: Workshop) -> dict[str, object]:
    """The state as plain data, to be kept in a file: what can be undone is not in it."""
    return {
        "intuition": dict(state.intuition),
        "deroule": [_plain_move(move) for move in state.moves],
        "pronostics": {step: dict(hands) for step, hands in state.guesses.items()},
        "montre": sorted(state.revealed),
        "essaye": [{**_plain_move(tried.change), "apres": tried.after} for tried in state.tried],
        "dit": dict(state.said),
        "compte": {what: dict(hands) for what, hands in state.counting.items()},
    }


def _plain_move(move: Move) -> dict[str, object]:
    match move:
        case Voted(question, hands, kept):
            return {"question": question, "mains": dict(hands), "retenu": [_plain_value(value) for value in kept]}
        case Supposed(question, value):
            return {"suppose": question, "reponse": _plain_value(value)}
        case Completed(given):
            return {"fiche": [{id: _plain_value(value) for id, value in answers.items()} for answers in given]}
        case Chosen(variant):
            return {"variante": variant}


def _plain_value(value: Value | None) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def from_plain(logic: Logic, data: Mapping[str, Any]) -> Workshop:
    """The state that ``plain`` gave.

    Raises ValueError, LookupError, AttributeError or TypeError for anything that these rules cannot read, and for what
    the next writing would leave out.
    """
    read = _Reading(logic)
    state = Workshop(
        intuition=_counts(data["intuition"]),
        moves=tuple(read.move(each) for each in data["deroule"]),
        guesses={str(step): _counts(hands) for step, hands in data["pronostics"].items()},
        revealed=frozenset(map(str, data["montre"])),
        tried=tuple(read.tried(each, len(data["deroule"])) for each in data["essaye"]),
        said={key: str(data["dit"][key]) for key in REMEMBERED if data["dit"].get(key)},
        counting={str(what): _counts(hands) for what, hands in data.get("compte", {}).items()},
    )
    for variant in variants(state):
        if incoherences(logic, variant.answers):
            raise ValueError("answers that exclude each other")
    if plain(state) != data:
        raise ValueError("something that would not be written back")
    return state


def _counts(hands: Mapping[str, Any]) -> Hands:
    found = {str(option): int(count) for option, count in hands.items()}
    if any(count < 0 for count in found.values()):
        raise ValueError("fewer than no hands")
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """Moves out of plain data, under some rules."""

    logic: Logic

    def move(self, data: Mapping[str, Any]) -> Move:
        if "variante" in data:
            if data["variante"] not in (0, 1):
                raise ValueError("no such variant")
            return Chosen(data["variante"])
        if "fiche" in data:
            return Completed(
                tuple({id: self._known(id, value) for id, value in each.items()} for each in data["fiche"])
            )
        if "suppose" in data:
            return Supposed(data["suppose"], self.value(data["suppose"], data["reponse"]))
        kept = tuple(self.value(data["question"], value) for value in data["retenu"])
        if not 1 <= len(kept) <= 2:
            raise ValueError("one answer, or two")
        return Voted(data["question"], _counts(data["mains"]), kept)

    def tried(self, data: Mapping[str, Any], moves: int) -> Tried:
        """An « et si » that was looked at; after the last move where the file does not say."""
        change = Supposed(data["suppose"], self.value(data["suppose"], data["reponse"]))
        return Tried(change, max(0, int(data.get("apres", moves))))

    def value(self, question: str, value: Any) -> Value | None:
        """An answer that the question knows, or None."""
        return None if value is None else self._known(question, value)

    def _known(self, id: str, value: Any) -> Value:
        question = self.logic.questions[id]
        fits: Callable[[Any], bool] = question.answers.__contains__
        if question.type == "plusieurs" and isinstance(value, list) and all(map(fits, value)):
            return frozenset(value)
        if question.type == "nombre" and isinstance(value, int) and question.bounds is not None:
            low, high = question.bounds
            if low <= value <= high:
                return value
        elif isinstance(value, str) and fits(value):
            return value
        raise ValueError(f"{id}: no such answer")


failure = disk_text.failure


# --- what is found and written ----------------------------------------------------------------------------------------

GROUPS = (
    "Des fictions, pour commencer",
    "Des expériences réelles",
    "Des expériences racontées ailleurs que dans la note",
    "Ceux de votre dossier",
)
"""Titles over the scenarios: invented, reported, told by the network, brought."""


def scenarios(base: Base, brought: Path | None) -> tuple[tuple[tuple[str, tuple[Dossier, ...]], ...], tuple[str, ...]]:
    """What a room can play, group by group, and a line for each thing left out; of one's own dossiers, nothing."""
    from conseil_dla.dossiers import store, workshops  # noqa: PLC0415 - after the first paint
    from conseil_dla.wording.diagnostic_text import finding_line  # noqa: PLC0415 - after the first paint

    out: list[Diagnostic] = []
    fictions, cases = store.load_scenarios(base, out.extend), store.load_cases(base, out.extend)
    ours = fictions, *(tuple(case for case in cases if bool(case.observation) is seen) for seen in (False, True))
    is_theirs = brought is not None and brought.is_dir() and not store.is_personal(brought, base)
    theirs = workshops.load_folder(brought, base, out.extend) if brought is not None and is_theirs else ()
    groups = zip(GROUPS, (*ours, theirs), strict=True)
    lines = tuple(finding_line(one, _named(Path(one.place.file), base)) for one in out)
    return tuple((title, found) for title, found in groups if found), lines


def _named(path: Path, base: Base) -> str:
    """Its name; with the folder it lies in where it is one of the rules."""
    ours = Path(base.origin) / "knowledge"
    return path.relative_to(ours).as_posix() if path.is_relative_to(ours) else path.name


def kept(path: Path) -> Kept:
    """A workshop by its file. Raises OSError, and ValueError when it is none."""
    from conseil_dla.dossiers.workshops import load as load_kept  # noqa: PLC0415 - after the first paint

    return load_kept(path)


def load(path: Path, base: Base) -> Dossier:
    """A scenario. Raises ``Unusable``."""
    from conseil_dla.dossiers import store  # noqa: PLC0415 - after the first paint

    return store.load(path, base)


@dataclass(frozen=True, slots=True)
class Left:
    """A workshop that may be resumed."""

    kept: Kept
    told: str
    """When it began, how far it went, and whether its record is written."""


def left(base: Base) -> tuple[Left, ...]:
    """Workshops that may be resumed, the one played last first; none where the disk refuses."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    try:
        return tuple(Left(kept, _told(kept, base, workshops.has_record(kept))) for kept in workshops.every())
    except OSError:
        return ()


def _told(kept: Kept, base: Base, has_record: bool) -> str:
    try:
        far = far_text(from_plain(base.logic, kept.state))
    except (ValueError, LookupError, TypeError, AttributeError):
        far = "ne se lit plus avec ces règles"
    record = ["compte rendu écrit"] if has_record else []
    return " · ".join([f"{day_text(kept.day)}, {hour_text(kept.hour)}", far, *record])


def scenario_of(kept: Kept, base: Base) -> Dossier:
    """The scenario of a kept workshop. Raises ``Unusable``, and ValueError for one's own dossier."""
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    return workshops.scenario_of(kept, base)


def keep(
    place: tuple[Path, bytes] | None, scenario: Dossier, base: Base, plan: str, began: datetime, state: Workshop
) -> tuple[Path, bytes]:
    """Write a workshop; gives its file and what that holds. Raises OSError.

    ``place`` is what the last call gave, None where there is no file yet. Another file is given where another window
    has written in that one.
    """
    from conseil_dla.dossiers import workshops  # noqa: PLC0415 - after the first paint

    path, seen = place or (workshops.new_path(scenario.title, began), None)
    where = workshops.place_of(scenario, base)
    day, hour = f"{began:%Y-%m-%d}", f"{began:%H:%M}"
    return workshops.save(workshops.Kept(path, where, scenario.title, day, plan, plain(state), hour), seen)
