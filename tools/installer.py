"""Install Conseil DLA into the environment whose Python runs this: ``python tools/installer.py [essais]``.

Everything comes from pip, at the versions of verrou.txt. durable-rules is published as source only: it is built first,
alone, so that a machine without a compiler still gets the program, on the reference evaluator (decision 0003). With
``essais``, the tools of the tests come too. The last line says which engine serves, and what the other one lacks.
Standard library only: nothing else is there yet.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGINE = re.compile(r"durable[-_.]rules\b", re.IGNORECASE)
RENAMED = "PyEval_CallObject=PyObject_CallObject"
"""A name that Python 3.13 no longer has and that durable-rules calls; on older ones it changes nothing."""
EXTRAS = ("essais",)
DONE, FAILED, UNUSABLE = 0, 1, 2


def main(extras: Sequence[str]) -> int:
    """Install and tell; 1 when pip could not, with what it says."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if unknown := [extra for extra in extras if extra not in EXTRAS]:
        print(f"« {unknown[0]} » : seul le mot « {EXTRAS[0]} » peut suivre.", file=sys.stderr)
        return UNUSABLE
    if sys.prefix == sys.base_prefix:
        print(
            "Ce Python est celui de la machine. Préparez d’abord un environnement à part : python3 -m venv .venv, "
            "puis lancez cet installateur avec le Python qu’il contient (.venv/bin/python, ou .venv\\Scripts\\python).",
            file=sys.stderr,
        )
        return UNUSABLE
    engine, others = requirements(extras)
    print("Le moteur durable-rules, compilé sur place…", file=sys.stderr)
    build(engine)
    print("Les bibliothèques et le programme (une minute ou deux)…", file=sys.stderr)
    for words in (others, ["--no-deps", "--force-reinstall", str(ROOT)]):
        if pip("install", *words).returncode:
            print("pip n’a pas pu installer : ses messages, au-dessus, disent pourquoi.", file=sys.stderr)
            return FAILED
    return subprocess.run([sys.executable, "-m", "conseil_dla", "--version"], check=False).returncode


def requirements(extras: Sequence[str]) -> tuple[str, list[str]]:
    """What pyproject.toml asks for: the engine at its bounds, whatever its marker, and all the rest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    engine = next(each for each in asked if ENGINE.match(each))
    return engine.partition(";")[0].strip(), [each for each in asked if each != engine]


def build(engine: str) -> None:
    """Build durable-rules and try it. Where that fails it is taken out again: a half-built engine serves nobody."""
    variables = {name: f"{os.environ.get(name, '')} {flag}{RENAMED}".strip() for name, flag in FLAGS.items()}
    done = pip("install", engine, variables=variables, is_silent=True)
    if not done.returncode:
        done = subprocess.run([sys.executable, "-c", "import durable_rules_engine"], capture_output=True, check=False)
        if not done.returncode:
            return
        pip("uninstall", "--yes", "durable-rules", is_silent=True)
    log = Path(sys.prefix) / "durable-rules.log"
    log.write_bytes(done.stdout + done.stderr)
    print(f"  Il ne se compile pas ici : le programme s’en passe. Ce qu’en dit pip : {log}", file=sys.stderr)


FLAGS = {"CPPFLAGS": "-D", "CL": "/D"}
"""Where the compilers of Unix, and Microsoft's, look for names to define."""


def pip(
    command: str, *words: str, variables: dict[str, str] | None = None, is_silent: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """One call of this environment's pip, what it says kept or shown."""
    pinned = ["--constraint", str(ROOT / "verrou.txt")] if command == "install" else []
    return subprocess.run(
        [sys.executable, "-m", "pip", command, "--quiet", "--disable-pip-version-check", *pinned, *words],
        env={**os.environ, **(variables or {})}, capture_output=is_silent, check=False,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
