"""Make a folder, and a .zip of it, that installs Conseil DLA without network: ``python tools/wheelhouse.py windows``.

It holds the program and every library as wheels, for one system and several versions of Python, the lists of their
digests, and the launchers of ``distribution/``. What goes in is what the project's metadata asks for on that system,
followed from wheel to wheel, at the versions of verrou.txt. durable-rules stays out, having no wheels (decision 0035);
``--moteur PYTHON`` (Linux) adds one built here for that interpreter, which the installer may do without.

Needs the network and ``packaging`` (in the extra ``essais``); nothing of it runs on a user's machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
DISTRIBUTION = ROOT / "distribution"
PYTHONS = ("3.11", "3.12", "3.13")
PROJECT = "conseil-dla"
WITHOUT_WHEELS = "durable-rules"
PATCH = "-DPyEval_CallObject=PyObject_CallObject"
"""A name that Python 3.13 no longer has, and that durable-rules calls."""


@dataclass(frozen=True, slots=True)
class System:
    """What wheels and markers call a system, and what its launchers are."""

    tags: tuple[str, ...]
    marker: Mapping[str, str]
    machine: str
    launchers: str
    """A folder of ``distribution/``."""


SYSTEMS = {
    "windows": System(
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
        "amd64", "windows",
    ),
    "macos": System(
        ("macosx_11_0_arm64",),
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
        "arm64", "unix",
    ),
    "linux": System(
        ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
        "x86_64", "unix",
    ),
}  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Make it; the last line says where it is and what it weighs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--python", nargs="+", default=PYTHONS, metavar="3.x")
    parser.add_argument("--moteur", nargs="+", type=Path, default=(), metavar="PYTHON")
    options = parser.parse_args(arguments)
    system = SYSTEMS[options.system]
    with TemporaryDirectory() as work:
        own = build_own(Path(work))
        version = str(parse_wheel_filename(own.name)[1])
        target = options.output / f"{PROJECT}-{version}-{options.system}"
        shutil.rmtree(target, ignore_errors=True)
        wheels = target / "paquets"
        wheels.mkdir(parents=True)
        shutil.copy(own, wheels)
    for python in options.python:
        closure = fetch(wheels, system, python)
        (wheels / f"liste-{python}.txt").write_text(listed(wheels, closure, python), encoding="utf-8")
        print(f"{options.system} {python}: {len(closure)} wheels")
    for python in options.moteur:
        print("engine:", build_engine(wheels, python))
    put_launchers(target, system)
    made = zipped(target)
    print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


def build_own(where: Path) -> Path:
    """The project's own wheel, from these sources."""
    pip("wheel", "--no-deps", "--wheel-dir", str(where), str(ROOT))
    return next(where.glob("*.whl"))


def fetch(wheels: Path, system: System, python: str) -> dict[str, Path]:
    """Every wheel that the project needs there, by name, downloaded where missing: from wheel to wheel until nothing
    more is asked for. Raises ``SystemExit`` when a version pinned is not one that a wheel accepts, or is not pinned.
    """
    pinned = pins()
    found: dict[str, Path] = {}
    seen: set[tuple[str, str]] = set()
    wanted = {(PROJECT, "")}
    while wanted:
        here = wheels_for(wheels, python)
        missing = sorted({name for name, _ in wanted if name not in here})
        if missing:
            download(wheels, system, python, [f"{name}=={pinned[name]}" for name in missing])
            here = wheels_for(wheels, python)
        found |= {name: here[name] for name, _ in wanted}
        seen |= wanted
        asked = [each for name, extra in wanted for each in requirements(here[name], system, python, extra)]
        for each in asked:
            if (name := canonicalize_name(each.name)) not in pinned or not each.specifier.contains(pinned[name]):
                raise SystemExit(f"{each} is not met by verrou.txt ({pinned.get(name)})")
        named = {(canonicalize_name(each.name), extra) for each in asked for extra in ("", *each.extras)}
        wanted = {(name, extra) for name, extra in named - seen if name != WITHOUT_WHEELS}
    return found


def download(wheels: Path, system: System, python: str, wanted: Iterable[str]) -> None:
    """Wheels alone, for that system and that Python."""
    tags = [word for tag in system.tags for word in ("--platform", tag)]
    only = ["--only-binary", ":all:", "--no-deps", "--implementation", "cp", "--python-version", python, *tags]
    pip("download", "--dest", str(wheels), *only, *wanted)


def wheels_for(wheels: Path, python: str) -> dict[str, Path]:
    """Those of the folder that this Python can install, by name: made for it, or for any."""
    tag = f"cp{python.replace('.', '')}"
    found: dict[str, Path] = {}
    for path in sorted(wheels.glob("*.whl")):
        name, _, _, tags = parse_wheel_filename(path.name)
        fits = {each.interpreter for each in tags} & {tag, "py3", "py2.py3"}
        stable = any(each.abi == "abi3" and int(each.interpreter[3:]) <= int(tag[3:]) for each in tags)
        if fits or stable:
            found[name] = path
    return found


def requirements(wheel: Path, system: System, python: str, extra: str) -> list[Requirement]:
    """What a wheel, or one of its extras, asks for on that system."""
    with zipfile.ZipFile(wheel) as file:
        inside = next(name for name in file.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = HeaderParser().parsestr(file.read(inside).decode("utf-8"))
    there = {
        **system.marker, "python_version": python, "python_full_version": f"{python}.0", "extra": extra,
        "implementation_name": "cpython", "platform_python_implementation": "CPython",
    }  # fmt: skip
    asked = [Requirement(text) for text in metadata.get_all("Requires-Dist", [])]
    return [each for each in asked if each.marker is None or each.marker.evaluate(there)]


def pins() -> dict[str, str]:
    """The versions of verrou.txt, and the project's own."""
    text = (ROOT / "verrou.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    own = re.search(r'__version__ = "(.+)"', (ROOT / "src" / "conseil_dla" / "__init__.py").read_text(encoding="utf-8"))
    assert own is not None
    return {canonicalize_name(name): version for name, version in found} | {PROJECT: own.group(1)}


def listed(wheels: Path, closure: Mapping[str, Path], python: str) -> str:
    """A list for ``pip install --require-hashes``."""
    lines = [f"# Conseil DLA, Python {python} : chaque paquet, sa version, l’empreinte de son fichier."]
    for name, path in sorted(closure.items()):
        version = parse_wheel_filename(path.name)[1]
        lines.append(f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}")
    return "\n".join(lines) + "\n"


def build_engine(wheels: Path, python: Path) -> str:
    """A wheel of durable-rules built here for one interpreter, in a list of its own. Gives its name."""
    asked = f"{WITHOUT_WHEELS}=={pins()[WITHOUT_WHEELS]}"
    with TemporaryDirectory() as work:
        command = [str(python), "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", work, asked]
        subprocess.run(command, check=True, env={**os.environ, "CPPFLAGS": PATCH})
        made = shutil.move(next(Path(work).glob("*.whl")), wheels)
    tag = next(iter(parse_wheel_filename(Path(made).name)[3])).interpreter
    version = f"{tag[2]}.{tag[3:]}"
    (wheels / f"moteur-{version}.txt").write_text(listed(wheels, {WITHOUT_WHEELS: Path(made)}, version), "utf-8")
    return Path(made).name


def put_launchers(target: Path, system: System) -> None:
    """The files to open, what they show, and what they run, with the ends of lines of that system."""
    end = "\r\n" if system.launchers == "windows" else "\n"
    inside = target / "paquets"
    (inside / "systeme.txt").write_text(f"{system.marker['sys_platform']} {system.machine}\n", encoding="utf-8")
    for path in (*DISTRIBUTION.glob("*.txt"), *(DISTRIBUTION / system.launchers).iterdir()):
        put(path, target / path.name, end)
    for path in (DISTRIBUTION / "paquets").glob("*.*"):
        put(path, inside / path.name, end)


def put(path: Path, there: Path, end: str) -> None:
    """A text; on Windows an editor learns by a mark that the one to read is UTF-8."""
    text = path.read_text(encoding="utf-8")
    is_read = path.suffix == ".txt" and path.parent == DISTRIBUTION and end == "\r\n"
    there.write_text(text, encoding="utf-8-sig" if is_read else "utf-8", newline=end)
    there.chmod(path.stat().st_mode)


def zipped(target: Path) -> Path:
    """The folder as a .zip beside it, rights included."""
    made = target.with_name(f"{target.name}.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(target.rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(target.parent))
    return made


def pip(*words: str) -> None:
    """This Python's pip. Raises ``CalledProcessError``."""
    subprocess.run([sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check"], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
