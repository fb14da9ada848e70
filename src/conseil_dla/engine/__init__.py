"""What one dossier fires, by either of two engines: durable_rules in a process of its own, else a naive reference.

Which serves a base is chosen here; both do, under control. This floor looks at one dossier, as known so far; what holds
over *all* dossiers is the business of ``exact``.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import sysconfig
from pathlib import Path

from conseil_dla.engine.durable_engine import load
from conseil_dla.engine.isolated_engine import IsolatedEngine
from conseil_dla.engine.outcome import Engine, EnginesDisagree, Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.rules.model import Answers, Logic


class CheckedEngine:
    """Runs two engines on every dossier and refuses to answer when they differ. The first one's result is returned."""

    def __init__(self, durable: Engine, reference: Engine) -> None:
        self._durable = durable
        self._reference = reference

    @property
    def name(self) -> str:
        """The name of the engine that is checked: it is the one that fires."""
        return self._durable.name

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier twice. Raises EnginesDisagree."""
        durable, reference = self._durable.fire(answers), self._reference.fire(answers)
        ours, theirs = _said(durable), _said(reference)
        for id in durable.trace.keys() & reference.trace.keys():
            ours |= {one.name for one in durable.trace[id]}
            theirs |= {one.name for one in reference.trace[id]}
        if ours != theirs:
            raise EnginesDisagree(answers, ours - theirs, theirs - ours)
        return durable

    def close(self) -> None:
        """Close both."""
        self._durable.close()
        self._reference.close()


def _said(fired: Fired) -> frozenset[str]:
    return fired.rules | {f"constat:{id}={holds}" for id, holds in fired.findings.items()}


def choose(logic: Logic, *, check: bool = False, durable: bool = True) -> Engine:
    """The engine for a base. ``check`` runs both on every dossier; ``durable=False`` forces the reference.

    Without durable_rules the reference runs alone, checked or not: there is nothing to compare it with.
    """
    if not durable or why_reference() is not None:
        return ReferenceEngine(logic)
    engine = IsolatedEngine(logic)
    return CheckedEngine(engine, ReferenceEngine(logic)) if check else engine


def why_reference() -> str | None:
    """Why durable_rules cannot serve here, in a French sentence without its full stop; None when it can."""
    try:
        load()
    except ModuleNotFoundError:
        lacking = " et ".join(_lacking())
        return f"durable_rules n’est pas installé{f' ; pour le compiler, il manque {lacking}' if lacking else ''}"
    except ImportError as error:
        return f"durable_rules est installé mais ne s’importe pas avec ce Python ({error})"
    return None


def _lacking() -> list[str]:
    """What building durable_rules takes and is not seen here. Microsoft's compiler, off the path, is not looked for."""
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    compiles = sys.platform == "win32" or shutil.which(compiler)
    headers = Path(sysconfig.get_path("include"), "Python.h").is_file()
    return [
        *([] if compiles else [f"un compilateur C ({compiler})"]),
        *([] if headers else ["les fichiers de développement de Python (Python.h)"]),
    ]
