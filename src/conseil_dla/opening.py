"""A rules folder opened for use: the base, its inference engine, and what loading remarked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.diagnostics import Diagnostic, Unusable
from conseil_dla.files import CONTROL_VARIABLE, RULES_VARIABLE, packaged_rules
from conseil_dla.inference.outcome import Engine
from conseil_dla.inference.selection import choose
from conseil_dla.loading import load
from conseil_dla.model import Base


@dataclass(frozen=True, slots=True)
class Opened:
    """A base ready to be used."""

    base: Base
    engine: Engine
    remarks: tuple[Diagnostic, ...]
    """What loading found that does not prevent use."""


def rules_folder(option: str | None) -> Path:
    """The folder to use: the one named on the command line, else the variable, else the one inside the package.

    A ``rules/`` folder that happens to lie in the current directory is never used.
    """
    named = option or os.environ.get(RULES_VARIABLE)
    return Path(named) if named else packaged_rules()


def open_rules(folder: Path) -> Opened:
    """Load a folder and choose its engine. Raises ``Unusable`` with every mistake when the folder has errors.

    With the variable ``CONSEIL_DLA_CONTROLE`` set to 1, both engines run on every dossier and must agree.
    """
    loaded = load(folder)
    if loaded.base is None:
        raise Unusable(loaded.diagnostics)
    engine = choose(loaded.base.logic, check=os.environ.get(CONTROL_VARIABLE) == "1")
    return Opened(loaded.base, engine, loaded.diagnostics)
