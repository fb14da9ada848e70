"""What could turn a reading, and what it rests on, said of answers: values that lines and screens word."""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.rules.model import Kind, Value


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that someone can act on, become another. A hypothesis: never written into a dossier."""

    question: str
    value: Value
    """The answer as it would be, to try it."""
    answers: tuple[str, ...]
    """Answer ids that do the same, any of them; the option, for a ``plusieurs``; a stretch such as ``3..14``."""
    who: str
    """Who can act: structures, dla, collectivite or temps."""
    ticked: bool | None = None
    """For a ``plusieurs``: whether the option would be ticked, or no longer be. None for other questions."""


@dataclass(frozen=True, slots=True)
class Ripening:
    """A smallest set of changes (one to three) that shows another format or posture, or lifts a conclusion."""

    changes: tuple[Change, ...]
    """By question. No part of them does the same."""
    kind: Kind
    """format or posture (shown otherwise), vigilance or prealable (lifted)."""
    then: tuple[str, ...]
    """The formats or postures shown after the changes; the id of the conclusion that is lifted."""


@dataclass(frozen=True, slots=True)
class Footing:
    """The few answers that the format or posture shown rests on.

    These answers alone already show it, and without them it is not shown.
    """

    kind: Kind
    """format or posture."""
    questions: tuple[str, ...]
    """One or two answered questions; or all those that a local authority holds (``funder``)."""
    funder: bool = False
    """True when every one of them is for the local authority to change."""
