"""The territory profile: answers that hold for every project of a territory, kept once and dated.

A new dossier starts with a copy of them and says of which day they are: correcting one there touches nothing else, and
an older dossier still says what was known when it was written (decision 0009).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from conseil_dla.dossiers import store
from conseil_dla.dossiers.migration import current
from conseil_dla.dossiers.writer import Writer
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.files import make_private, write_atomically
from conseil_dla.ground.yamltext import dump
from conseil_dla.rules.model import Answers, Base, Dossier, Value

TITLE = "Profil du territoire"
FOLDER = "territoire"
"""Beside the dossiers: it is none."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Known answers to the questions of the profile, and the day they were kept, ``YYYY-MM-DD``."""

    day: str
    answers: Answers
    left: tuple[str, ...] = ()
    """Questions that its file answers and that no profile holds."""


def path() -> Path:
    """Where the profile is kept; may not exist yet."""
    return store.folder() / FOLDER / "profil.yaml"


def of_profile(base: Base, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Those of some answers that a profile holds."""
    return {id: value for id, value in answers.items() if base.logic.questions[id].in_profile}


def load(base: Base) -> Profile | None:
    """The profile kept, None where there is none. Raises ``Unusable`` with every mistake."""
    where = path()
    if not where.exists():
        return None
    dossier = store.load(where, base)
    answers = of_profile(base, dossier.answers)
    return Profile(dossier.profile, answers, tuple(id for id in dossier.answers if id not in answers))


@dataclass(frozen=True, slots=True)
class Started:
    """A new dossier, and the profile that it started from."""

    dossier: Dossier
    profile: Profile | None = None
    is_unreadable: bool = False
    """True when there is a profile that cannot be used; it is left alone."""


def started(base: Base, dossier: Dossier) -> Started:
    """A new dossier with the answers of the profile, written. Raises OSError when the dossier cannot be written."""
    try:
        profile = load(base)
    except (OSError, Unusable):
        return Started(dossier, is_unreadable=True)
    if profile is None or not profile.answers:
        return Started(dossier, profile if profile is not None and profile.left else None)
    begun = replace(dossier, answers=profile.answers, profile=profile.day)
    Writer.at_once(Path(begun.path), base).save(begun)
    return Started(begun, profile)


def keep(base: Base, answers: Mapping[str, Value], today: date) -> Profile:
    """Keep these answers over those of the profile before, which stay where nothing new is known.

    Raises OSError, and ``Unusable`` when the profile there cannot be read: it is then left as it is.
    """
    before = load(base)
    return write(base, {**(before.answers if before else {}), **of_profile(base, answers)}, today)


def write(base: Base, answers: Answers, today: date) -> Profile:
    """The profile holds these answers and no other; what else was written in its file stays.

    Raises OSError, and ``Unusable`` when the profile there cannot be read: it is then left as it is.
    """
    where = path()
    make_private(where.parent)
    if not where.exists():
        content = {"version": current(), "titre": TITLE, "profil": today.isoformat(), "reponses": {}}
        write_atomically(where, dump(content))
    hand = Writer.at_once(where, base)
    there = hand.dossier
    others = {id: value for id, value in there.answers.items() if not base.logic.questions[id].in_profile}
    declined = there.declined - answers.keys()
    hand.save(replace(there, answers={**others, **answers}, declined=declined, profile=today.isoformat()))
    return Profile(today.isoformat(), answers)
