"""Dossiers that several people answered alone, for the tests of crossed views."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from conseil_dla.comparing import since
from conseil_dla.dossiers import store
from conseil_dla.model import Answers, Respondent
from conseil_dla.sessions.alone import asked_of, open_to
from shipped import random_dossier, shipped_reader

BASE = shipped_reader().base
LOGIC = BASE.logic
NAMES = ("Aïda (le phare)", "Bruno Zed", "Chloé Yvetot", "Dimitri Wax", "Elsa Vim", "Farid Ulm")
ROLES = ("structure", "collectivite", "dla", "intervenant", "structure", "")


def somebody(name: str, role: str, chance: random.Random, near: Answers = {}, share: float = 0.9) -> Respondent:  # noqa: B006
    """Coherent answers of somebody who answers alone: most of them those of ``near``, when that goes together."""
    while True:
        drawn = random_dossier(LOGIC, chance)
        own = drawn
        for _ in range(20):
            mixed = {id: near[id] if id in near and chance.random() < 0.7 else value for id, value in drawn.items()}
            if fits(mixed):
                own = mixed
                break
        asked = set(asked_of(BASE, role))
        answers = {id: value for id, value in own.items() if id in asked and chance.random() < share}
        declined = frozenset(id for id in open_to(BASE, role, answers) if id not in answers and chance.random() < 0.6)
        return Respondent(name, answers, declined, role, True)


def fits(answers: Answers) -> bool:
    return since.fits(BASE, answers)


def several(chance: random.Random, number: int = 3) -> list[Respondent]:
    """A few people who say much the same."""
    near = random_dossier(LOGIC, chance)
    return [somebody(name, role, chance, near) for name, role in list(zip(NAMES, ROLES, strict=True))[:number]]


def saved(folder: Path, people: list[Respondent], title: str = "Projet croisé") -> Path:
    """A dossier of theirs, on disk."""
    path = store.create(folder, title)
    dossier = store.load(path, BASE)
    store.save(replace(dossier, respondents={one.name: one for one in people}))
    return path


SILENT = Respondent(
    "Quentin Sansaccord", somebody("", "structure", random.Random(77)).answers, frozenset(), "structure"
)
"""Somebody who has answered and does not consent."""
SECRET = "Zibeline"
"""Stands in free notes of respondents, and in all that the officer wrote."""
