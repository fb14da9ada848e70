"""The same results everywhere: ``python tools/pythons.py python3.11 python3.12 python3.13``.

For each interpreter, the program is installed in an environment of its own, with durable-rules built, then without it;
each time the cases and trials are replayed and read in JSON. A table says what came; the exit code is 1 when anything
but the engine's name differs, or when an engine is not the one expected. Needs the network and a C compiler.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
DOSSIERS = sorted(path for part in ("cas", "essais") for path in (ROOT / "knowledge" / part).glob("*.yaml"))
ENGINE = "durable-rules"


@dataclass(frozen=True, slots=True)
class Result:
    """What one Python with one engine concludes."""

    python: str
    engine: str
    """As JSON names it."""
    is_expected: bool
    """The engine is the one that was installed."""
    codes: tuple[int, ...]
    readings: str
    """Digest of the JSON, the engine's name aside."""
    trials: str
    """Digest of what ``regles essayer`` prints."""
    count: int

    @property
    def said(self) -> tuple[object, ...]:
        """What has to be the same everywhere."""
        return self.codes, self.readings, self.trials, self.count


def main(arguments: Sequence[str]) -> int:
    """Install, run, compare; 0 when all say the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="+", metavar="PYTHON")
    options = parser.parse_args(arguments)
    results = []
    for python in options.pythons:
        with TemporaryDirectory(prefix="conseil-dla-") as work:
            results += both(python, Path(work))
    for result in results:
        print(told(result))
    same = len({result.said for result in results}) == 1
    print("all the same" if same else "THEY DIFFER")
    return 0 if same and all(result.is_expected for result in results) else 1


def both(python: str, work: Path) -> list[Result]:
    """With durable-rules, then without. Raises ``CalledProcessError`` where it cannot be installed."""
    subprocess.run([python, "-m", "venv", str(work)], check=True)
    own = work / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([str(own), str(ROOT / "tools" / "installer.py")], check=True, stdout=subprocess.DEVNULL)
    with_it = result(own, is_built=True)
    subprocess.run([str(own), "-m", "pip", "uninstall", "--quiet", "--yes", ENGINE], check=True)
    return [with_it, result(own, is_built=False)]


def result(python: Path, *, is_built: bool) -> Result:
    """What one environment says."""
    version = run(python, "-c", "import platform; print(platform.python_version())").stdout.strip()
    about = run(python, "-m", "conseil_dla", "--version")
    trials = run(python, "-m", "conseil_dla", "regles", "essayer")
    readings = run(python, "-m", "conseil_dla", "diagnostiquer", "--format", "json", *map(str, DOSSIERS))
    objects = [json.loads(line) for line in readings.stdout.splitlines()]
    engines = {each.pop("moteur") for each in objects}
    engine = ", ".join(sorted(engines))
    codes = (about.returncode, trials.returncode, readings.returncode)
    text = json.dumps(objects, ensure_ascii=False, sort_keys=True)
    is_expected = engine.startswith("durable_rules ") == is_built and engine in about.stdout
    return Result(version, engine, is_expected, codes, digest(text), digest(trials.stdout), len(objects))


def told(result: Result) -> str:
    """One line of the table."""
    mark = "" if result.is_expected else "  NOT THE ENGINE EXPECTED"
    return (
        f"Python {result.python:8} {result.engine:22} {result.count} dossiers, exit codes {result.codes}, "
        f"readings {result.readings}, trials {result.trials}{mark}"
    )


def digest(text: str) -> str:
    """Twelve figures that differ when a text does."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def run(python: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of an environment, heeding no variable of the user's."""
    return subprocess.run(
        [str(python), "-P", *words], capture_output=True, encoding="utf-8", check=False, env=without_ours()
    )


def without_ours() -> Mapping[str, str]:
    """The variables without those that choose rules or check engines."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CONSEIL_DLA_")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
