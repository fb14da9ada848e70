"""A workshop as plain data and back, to be kept in a file while it is played: only what the present rules can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conseil_dla.rules.model import Logic, Value
from conseil_dla.rules.truth import incoherences
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
