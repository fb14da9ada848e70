"""The installer and the launchers for real, with a program of two lines in place of ours: no network is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import wheelhouse  # noqa: E402 - a tool, not a package

pytestmark = [pytest.mark.lent, pytest.mark.skipif(sys.platform != "linux", reason="the launchers of Linux")]
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
PROGRAM = {
    "conseil_dla/__init__.py": "",
    "conseil_dla/__main__.py": "import sys\nprint('essai', *sys.argv[1:])\n",
    "conseil_dla-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: conseil-dla\nVersion: 0\nRequires-Dist: absent\n",
    "conseil_dla-0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}


def wheel(folder: Path) -> Path:
    made = folder / "conseil_dla-0-py3-none-any.whl"
    record = "".join(f"{name},,\n" for name in [*PROGRAM, "conseil_dla-0.dist-info/RECORD"])
    with zipfile.ZipFile(made, "w") as file:
        for name, text in {**PROGRAM, "conseil_dla-0.dist-info/RECORD": record}.items():
            file.writestr(name, text)
    return made


class Laid:
    """The folder that a user gets, in a home of its own; this Python alone on the path."""

    def __init__(self, home: Path) -> None:
        self.home = home / "hélène b"
        self.folder = self.home / "À l’essai (dla) & co"
        (self.folder / "paquets").mkdir(parents=True)
        wheelhouse.put_launchers(self.folder, wheelhouse.SYSTEMS["linux"])
        self.wheel = wheel(self.folder / "paquets")
        text = wheelhouse.listed(self.folder / "paquets", {"conseil-dla": self.wheel}, VERSION)
        (self.folder / "paquets" / f"liste-{VERSION}.txt").write_text(text, encoding="utf-8")
        path = self.home / "bin"
        path.mkdir()
        for name in ("dirname", "uname", "cat"):
            (path / name).symlink_to(str(shutil.which(name)))
        self.path = os.pathsep.join((str(path), str(Path(sys.base_prefix) / "bin")))

    def run(self, name: str, *words: str, **variables: str) -> tuple[int, str]:
        shell = shutil.which("sh")
        assert shell is not None
        done = subprocess.run(
            [shell, str(self.folder / name), *words], capture_output=True, encoding="utf-8", check=False,
            env={"HOME": str(self.home), "PATH": self.path, "PIP_REQUIRE_VIRTUALENV": "1", **variables},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def test_it_installs_starts_and_installs_again_and_refuses_what_was_changed(tmp_path: Path) -> None:
    laid = Laid(tmp_path)
    assert laid.run("conseil-dla.sh")[0] == 2
    code, said = laid.run("installer.sh", PYTHONHOME="/nowhere")
    assert (code, "C’est installé" in said) == (0, True), said
    assert laid.run("conseil-dla.sh", "diagnostiquer", "a b.yaml") == (0, "essai diagnostiquer a b.yaml\n")
    assert laid.run("conseil-dla-navigateur.sh", "--port", "1") == (0, "essai servir --port 1\n")
    laid.wheel.write_bytes(laid.wheel.read_bytes() + b" ")
    code, said = laid.run("installer.sh")
    assert (code, "n’est pas celui attendu" in said) == (1, True), said
    assert laid.run("conseil-dla.sh")[0] == 2


def test_what_is_not_an_environment_of_ours_is_left_alone(tmp_path: Path) -> None:
    laid = Laid(tmp_path)
    kept = laid.home / "Documents" / "dossier.yaml"
    kept.parent.mkdir()
    kept.write_text("titre: x\n", encoding="utf-8")
    code, said = laid.run("installer.sh", CONSEIL_DLA_PROGRAMME=str(kept.parent))
    assert (code, "contient autre chose" in said) == (1, True), said
    assert kept.read_text(encoding="utf-8") == "titre: x\n"


def test_another_machine_another_python_or_none_is_said(tmp_path: Path) -> None:
    laid = Laid(tmp_path)
    (laid.folder / "paquets" / "systeme.txt").write_text("win32 amd64\n", encoding="utf-8")
    code, said = laid.run("installer.sh")
    assert (code, "faits pour Windows (amd64)" in said) == (1, True), said
    (laid.folder / "paquets" / f"liste-{VERSION}.txt").unlink()
    code, said = laid.run("installer.sh")
    assert (code, "d’une version pour laquelle" in said) == (2, True), said
    laid.path = laid.path.split(os.pathsep)[0]
    code, said = laid.run("installer.sh")
    assert (code, "il n’y en a pas ici" in said) == (2, True), said
