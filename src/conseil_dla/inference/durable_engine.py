"""The engine of the product: durable_rules, through its C module alone. Only this module imports it.

The C module is driven directly because the Python layer above it starts two timer threads that dispatch on their own,
and swallows exceptions. Every dossier is evaluated whole: assert one fact per ruleset, collect the names of what
matches, retract. Facts are never edited, which is where the engine reads out of bounds.
"""

from __future__ import annotations

from importlib.metadata import version
from itertools import count
from threading import Lock
from types import ModuleType

from conseil_dla.inference.encoding import SID, Names, Ruleset, rulesets
from conseil_dla.inference.outcome import Fired
from conseil_dla.inference.strata import States, climb, strata_of
from conseil_dla.inference.told import Tables
from conseil_dla.model import Answers, Logic
from conseil_dla.truth import Findings

_ASSERTED, _NO_RULE = 0, 1
_NUMBERS = count()
"""Rulesets are named by number, and no name is used twice in a process: the engine keeps something of the old one."""


class EngineFailed(RuntimeError):
    """durable_rules answered something unexpected, twice running, the second time from a new ruleset."""


def load() -> ModuleType:
    """The C module. Raises ImportError where it is not installed, or not built for this Python."""
    import durable_rules_engine  # noqa: PLC0415 - this floor must import where the module cannot

    module: ModuleType = durable_rules_engine
    return module


class DurableEngine:
    """One base compiled for durable_rules.

    Raises ImportError where the C module does not import, and ValueError on a rule that loading should have refused.
    """

    def __init__(self, logic: Logic) -> None:
        module = load()
        names = Names()
        self.name = f"durable_rules {version('durable_rules')}"
        self._strata = strata_of(logic)
        self._lock = Lock()
        self._closed = False
        made = [rulesets(stratum.rules, logic.questions, names) for stratum in self._strata]
        self._tables = Tables(logic, self._strata, [ruleset for some in made for ruleset in some])
        numbers = count()
        self._sheets = tuple(tuple((next(numbers), _Sheet(module, ruleset)) for ruleset in some) for some in made)

    def fire(self, answers: Answers) -> Fired:
        """Evaluate the whole dossier. Raises EngineFailed; RuntimeError once closed."""
        with self._lock:
            if self._closed:
                raise RuntimeError("this engine is closed")
            told = self._tables.told(answers)

            def judged(position: int, findings: Findings) -> States:
                told.add(findings)
                return told.judge(position)

            def step(position: int, _: Findings, __: States) -> frozenset[str]:
                sheets = self._sheets[position]
                return frozenset[str]().union(*(sheet.match(told.fact(number)) for number, sheet in sheets))

            return climb(self._strata, self.name, judged, step)

    def close(self) -> None:
        """Give back the engine's memory. The second call does nothing."""
        with self._lock:
            self._closed = True
            for _, sheet in (sheet for sheets in self._sheets for sheet in sheets):
                sheet.close()


class _Sheet:
    """One ruleset inside the C engine, built at its first use and rebuilt whenever a run does not end as it should."""

    def __init__(self, module: ModuleType, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self._module = module
        self._handle: int | None = None
        self._matched = False

    def match(self, fact: str) -> frozenset[str]:
        """Ids of the rules that the fact matches."""
        try:
            return self._run(fact)
        except Exception:
            try:
                return self._run(fact)
            except Exception as error:
                raise EngineFailed(f"durable_rules failed twice on {fact}") from error

    def _run(self, fact: str) -> frozenset[str]:
        """Assert, collect, retract. A message is ``{"name":{"m":…the fact…}}``: only its name is read."""
        module, handle = self._module, self._take()
        names: list[str] = []
        code, state = module.assert_fact(handle, fact)
        if code == _ASSERTED:
            self._matched = True
            _, message = module.start_action_for_state(handle, state)
            while message is not None:
                names.append(message[2 : message.index('"', 2)])
                if len(names) > len(self.ruleset.rules):
                    raise ValueError("more matches than patterns")
                message = module.complete_and_start_action(handle, state)
        elif code != _NO_RULE:
            raise ValueError(f"code {code} for an asserted fact")
        code, _ = module.retract_fact(handle, fact)
        if code not in (_ASSERTED, _NO_RULE):
            raise ValueError(f"code {code} for a retracted fact")
        self._handle = handle
        return frozenset(self.ruleset.rules[name] for name in names)

    def _take(self) -> int:
        """Take the handle out until the run has ended well: whatever interrupts it, the next run builds a new one.

        The old one is not deleted, at the cost of its memory: deleting in an unknown state can abort the process.
        """
        if self._handle is None:
            self._matched = False
            name = f"r{next(_NUMBERS)}"
            return int(self._module.create_ruleset(name, self.ruleset.definition))
        handle, self._handle = self._handle, None
        return handle

    def close(self) -> None:
        if self._handle is None:
            return
        if self._matched:  # deleting the state of a session where nothing ever matched aborts the process
            self._module.delete_state(self._handle, SID)
        self._module.delete_ruleset(self._handle)
        self._handle = None
