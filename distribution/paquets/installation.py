"""Install Conseil DLA from the files beside this one: no network, no compiler, no administrator.

Run by ``installer.bat`` and ``installer.sh`` with the Python that they found (3.11 or later). The program goes into a
virtual environment of the user's own, which is emptied and filled again at each run; dossiers lie elsewhere and are
never touched. Standard library only: nothing else is there yet.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
VARIABLE = "CONSEIL_DLA_PROGRAMME"
"""Where the program goes, if not to its usual place; the launchers read it too."""
USUAL = ".conseil-dla"
"""In the user's folder and not in AppData, which a Python of the Microsoft Store does not really write to."""
DONE = "installe.txt"
"""Written last: the launchers start nothing without it."""
NAMES = {"win32": "Windows", "darwin": "macOS", "linux": "Linux"}


class Stopped(Exception):
    """What prevents the installation, in French."""


def main() -> int:
    """Install and tell; 0 once it works, 1 otherwise."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        target = install()
    except Stopped as error:
        say(f"\nL’installation n’a pas abouti.\n{error}")
        return 1
    say(
        f"\nC’est installé dans {target}, pour vous seul·e.\n"
        f"Pour ouvrir les écrans : {launcher('conseil-dla')}\n"
        f"Pour les ouvrir dans un navigateur : {launcher('conseil-dla-navigateur')}\n"
        "Vos dossiers n’ont pas été touchés."
    )
    return 0


def install() -> Path:
    """The program in its place, tried once. Raises ``Stopped``."""
    version = "{}.{}".format(*sys.version_info)
    listed = HERE / f"liste-{version}.txt"
    check_machine()
    if not listed.is_file():
        raise Stopped(f"Ce dossier d’installation ne convient pas à Python {version}. Voyez LISEZMOI.txt.")
    target = place()
    say(f"Installation avec Python {version}, sans réseau. Comptez une ou deux minutes.")
    make_room(target)
    pip(target, listed)
    engine = HERE / f"moteur-{version}.txt"
    if engine.is_file():
        try:
            pip(target, engine)
        except Stopped:
            say("Le moteur durable-rules ne s’installe pas ici ; l’autre, qui conclut de même, prend sa place.")
    told = try_it(target)
    (target / DONE).write_text(told, encoding="utf-8")
    print(told, end="")
    return target


def place() -> Path:
    """Where the program goes. Raises ``Stopped`` for a folder that holds something else."""
    chosen = os.environ.get(VARIABLE)
    target = Path(chosen).absolute() if chosen else Path.home() / USUAL / "programme"
    if target.exists() and not (target / "pyvenv.cfg").is_file() and (not target.is_dir() or any(target.iterdir())):
        raise Stopped(f"« {target} » contient autre chose que Conseil DLA : rien n’y a été changé.")
    return target


def check_machine() -> None:
    """The files were chosen for one system and one processor. Raises ``Stopped`` elsewhere."""
    system, machine = (HERE / "systeme.txt").read_text(encoding="utf-8").split()
    ours = platform.machine() if sys.platform == "darwin" else sysconfig.get_platform().rpartition("-")[2]
    if (sys.platform, ours.lower()) != (system, machine):
        raise Stopped(
            f"Ces fichiers sont faits pour {NAMES.get(system, system)} ({machine}) ; "
            f"ce Python est pour {NAMES.get(sys.platform, sys.platform)} ({ours}).\n"
            "Sous Windows, prenez un Python de 64 bits."
        )


def make_room(target: Path) -> None:
    """An empty environment. Raises ``Stopped``."""
    done = called(Path(sys.executable), "venv", "--clear", str(target))
    if done.returncode:
        raise Stopped(
            f"Python n’a pas pu préparer « {target} ».\n"
            "Si Conseil DLA est ouvert, fermez-le puis recommencez. Sous Debian ou Ubuntu, il manque peut-être "
            f"le paquet python3-venv.\n{done.stdout}"
        )


def pip(target: Path, listed: Path) -> None:
    """Exactly the files of a list, each known by its digest. Raises ``Stopped``."""
    done = called(
        python_of(target), "pip", "--isolated", "install", "--quiet", "--disable-pip-version-check", "--no-index",
        "--find-links", str(HERE), "--only-binary", ":all:", "--no-deps", "--require-hashes",
        "--requirement", str(listed),
    )  # fmt: skip
    if done.returncode:
        raise Stopped(f"Un fichier manque ou n’est pas celui attendu ; reprenez le dossier entier.\n{done.stdout}")


def try_it(target: Path) -> str:
    """What the program says of itself. Raises ``Stopped`` when it does not start."""
    done = called(python_of(target), "conseil_dla", "--version")
    if done.returncode:
        raise Stopped(f"Le programme est installé mais ne démarre pas.\n{done.stdout}")
    return done.stdout


def called(python: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A module of a Python that heeds no variable and no folder of the user's, with all that it says."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
    return subprocess.run(
        [str(python), "-I", "-X", "utf8", "-m", *words], env=variables, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def python_of(target: Path) -> Path:
    """The environment's own Python."""
    return target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def launcher(name: str) -> str:
    """The file to open, as it is named here."""
    return f"{name}.{'bat' if sys.platform == 'win32' else 'sh'}"


def say(text: str) -> None:
    """A sentence, with the no-break spaces of French."""
    print(re.sub(r"« ", "«\u00a0", re.sub(r" ([:;?!»])", "\u00a0\\1", text)))


if __name__ == "__main__":
    sys.exit(main())
