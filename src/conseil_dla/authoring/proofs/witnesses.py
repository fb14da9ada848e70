"""Dossiers that show what was proved of the rules: written as files, so that they open like any other."""

from __future__ import annotations

from pathlib import Path

from conseil_dla.dossiers.migration import current
from conseil_dla.ground.files import make_private, write_atomically
from conseil_dla.ground.yamltext import dump
from conseil_dla.rules.model import Answers


def write_witness(where: Path, name: str, title: str, told: str, answers: Answers) -> Path:
    """A witness as a dossier named ``name``, which replaces the one of a former proof. Raises OSError."""
    make_private(where)
    path = where / f"{name}.yaml"
    content: dict[str, object] = {
        "version": current(),
        "titre": title,
        "ce_que_vous_entendez": told,
        "reponses": dict(answers),
    }
    write_atomically(path, dump(content))
    return path
