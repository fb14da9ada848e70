"""Which engine serves a base: durable_rules, in a process of its own, where it imports; the reference elsewhere; both
under control.
"""

from __future__ import annotations

from conseil_dla.inference.durable_engine import load
from conseil_dla.inference.isolated_engine import IsolatedEngine
from conseil_dla.inference.outcome import Engine, EnginesDisagree, Fired
from conseil_dla.inference.reference_engine import ReferenceEngine
from conseil_dla.model import Answers, Logic


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
        return "durable_rules n’est pas installé"
    except ImportError as error:
        return f"durable_rules est installé mais ne s’importe pas avec ce Python ({error})"
    return None
