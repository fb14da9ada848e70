"""durable_rules as it could go wrong: the real C module, behind one that fails from its n-th fact on."""

from __future__ import annotations

from pathlib import Path

from conseil_dla.engine.durable_engine import load

KILLED, ABORTED = "os.kill(os.getpid(), signal.SIGSEGV)", "os.abort()"
IN_PYTHON, IN_C = "[None for _ in iter(int, 1)]", "re.match('(a+)+$', 'a' * 64 + 'b')"
STOPPED = "os.kill(os.getpid(), signal.SIGSTOP)"
GONE = "os._exit(0)"
NOISE = "os.write(1, b'[[\"noise\"]]\\n' * 9)"
NOTHING = "None"

SOURCE = """\
import importlib.machinery, importlib.util, itertools, os, re, signal, sys
_this = sys.modules[__name__]
_loader = importlib.machinery.ExtensionFileLoader("durable_rules_engine", {real!r})
_real = importlib.util.module_from_spec(importlib.util.spec_from_loader("durable_rules_engine", _loader))
_loader.exec_module(_real)
sys.modules[__name__] = _this  # the C module had put itself there
globals().update({{name: value for name, value in vars(_real).items() if not name.startswith("_")}})
_facts = itertools.count()

def assert_fact(handle, fact):
    if next(_facts) >= {after}:
        {what}
    return _real.assert_fact(handle, fact)

if {drops}:
    def start_action_for_state(handle, state):
        found, message = _real.start_action_for_state(handle, state)
        if message is not None and next(_facts) >= {after}:
            message = _real.complete_and_start_action(handle, state)
        return found, message
"""


def write(folder: Path, what: str, *, after: int = 0, drops: bool = False) -> Path:
    """The module's file, in a folder of its own: there it is found before the real one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "durable_rules_engine.py"
    real = load().__file__
    path.write_text(SOURCE.format(real=real, what=what, after=after, drops=drops), encoding="utf-8")
    return path
