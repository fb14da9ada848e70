"""Dossiers that several people answered alone, for the tests of crossed views."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from conseil_dla.dossiers import store
from conseil_dla.interview.alone import asked_of, open_to
from conseil_dla.reading import since
from conseil_dla.rules.model import Answers, Opinion, Respondent
from conseil_dla.rules.tables import Structure
from shipped import put_on_disk, random_dossier, shipped_reader

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
    put_on_disk(replace(dossier, everyone={one.name: one for one in people}))
    return path


SILENT = replace(somebody("Quentin Sansaccord", "structure", random.Random(77)), consents=False)
"""Somebody who has answered and does not consent."""
SECRET = "Zibeline"
"""Stands in free notes of respondents, and in all that the officer wrote."""


@cache
def _crowded() -> str:
    folder = Path(mkdtemp())
    path = saved(folder, [*several(random.Random(1)), SILENT])
    dossier = store.load(path, BASE)
    opinion = Opinion(next(iter(LOGIC.formats)), "", f"{SECRET} pourquoi", f"{SECRET} risqué")
    free = {id: SECRET for id, column in LOGIC.columns.items() if column.type == "texte" and not column.listed}
    put_on_disk(replace(dossier, answers=random_dossier(LOGIC, random.Random(8)), demand=f"{SECRET} dit",
                       heard=f"{SECRET} entendu", notes=dict.fromkeys(LOGIC.questions, f"{SECRET} noté"),
                       opinion=opinion, structures=(Structure(SECRET, free),)))  # fmt: skip
    text = path.read_text(encoding="utf-8")
    rmtree(folder)
    return text.replace(f"  {NAMES[0]}:\n", f"  {NAMES[0]}:\n    notes: {SECRET} en confidence\n")


def crowded(folder: Path) -> Path:
    """A dossier full of what the officer answered and wrote, that three people answered and agree, and one does not."""
    path = folder / "projet-croise.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_crowded(), encoding="utf-8")
    return path
