"""Nothing is asked of a network, and no other program is started: watched from inside, then tried without any network.

The watch (``watch/sitecustomize.py``) sees what Python does, libraries included; code in C is beyond it, and that is
what a place without a network is for.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from conseil_dla.engine import durable_sheets
from conseil_dla.ground.files import DOSSIERS_VARIABLE
from shipped import CASES

HERE = Path(__file__).parent
COMMANDS = HERE / "commands.py"
LOG = "ECOUTE"
ALONE = ("unshare", "--map-root-user", "--net")
"""A place with no network at all, not even the machine's own; asks for no right on most Linux."""
HOME = "Nouveau dossier"
ENGINE = f"subprocess.Popen ({sys.executable!r}, [{sys.executable!r}, '-I', '-S', {durable_sheets.__file__!r}"


def is_possible(command: tuple[str, ...]) -> bool:
    if which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0


def watched(folder: Path) -> dict[str, str]:
    """The variables of a program that is watched, with dossiers and settings of its own."""
    path = os.pathsep.join(filter(None, (str(HERE / "watch"), os.environ.get("PYTHONPATH"))))
    return {
        **os.environ, "PYTHONPATH": path, LOG: str(folder / "ecoute.txt"), DOSSIERS_VARIABLE: str(folder / "dossiers"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }  # fmt: skip


def seen(folder: Path) -> list[str]:
    """What was reached for, but for the process of our own that holds durable_rules: it has no variable to be watched
    by, and is seen where there is no network."""
    log = folder / "ecoute.txt"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [line for line in lines if not line.startswith(ENGINE)]


def commands(folder: Path, *options: str, before: tuple[str, ...] = ()) -> str:
    folder.mkdir(parents=True)
    cases = [str(CASES[number]) for number in (0, 1)]
    done = subprocess.run(
        [*before, sys.executable, str(COMMANDS), *options, *cases],
        cwd=folder, env=watched(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def codes(said: str) -> set[str]:
    return set(re.findall(r"^(\d+)\n\['", said, re.MULTILINE))


def test_the_watch_sees_what_it_has_to(tmp_path: Path) -> None:
    """Without this, silence would prove nothing."""
    code = (
        "import socket, subprocess, sys, urllib.request as web\n"
        "socket.getaddrinfo('localhost', 80)\n"
        "door = socket.socket(); door.bind(('127.0.0.1', 0))\n"
        "socket.socket().connect_ex(('127.0.0.1', 9))\n"
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))\n"
        "subprocess.run([sys.executable, '-c', 'import socket; socket.gethostbyname(\"localhost\")'])\n"
        "socket.socketpair()\n"
        "try: web.urlopen('http://127.0.0.1:9/')\n"
        "except OSError: pass\n"
    )
    subprocess.run([sys.executable, "-c", code], env=watched(tmp_path), check=True)
    events = {line.split(" ", 1)[0] for line in seen(tmp_path)}
    assert events >= {
        "socket.getaddrinfo", "socket.bind", "socket.connect", "socket.sendto", "subprocess.Popen",
        "socket.gethostbyname", "urllib.Request",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
def test_screens_reach_for_nothing(tmp_path: Path) -> None:
    play(tmp_path)
    assert seen(tmp_path) == []


@pytest.mark.lent
def test_every_command_reaches_for_nothing_and_those_that_could_say_the_same_where_there_is_a_network(
    tmp_path: Path,
) -> None:
    """All are watched where there is no network, if this system gives such a place; a few where there is one."""
    alone = commands(tmp_path / "seul", before=ALONE if is_possible(ALONE) else ())
    assert codes(alone) == {"0", "2"}, alone
    assert seen(tmp_path / "seul") == []
    said = commands(tmp_path / "ici", "--court")
    assert codes(said) == {"0"}, said
    assert seen(tmp_path / "ici") == []
    assert alone.replace(str(tmp_path / "seul"), str(tmp_path / "ici")).startswith(said)


@pytest.mark.lent
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a place without a network is a matter of Linux")
def test_screens_live_without_a_network(tmp_path: Path) -> None:
    if not is_possible(ALONE):
        pytest.skip("this system gives no place without a network (unshare)")
    play(tmp_path, before=ALONE)


@pytest.mark.lent
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
async def test_served_screens_speak_to_this_machine_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One door, on 127.0.0.1; one program, this very one; nothing else, in the server or in the tab."""
    from screens.browser.served import Served  # noqa: PLC0415 - Unix only
    from screens.browser.test_servir import begin_a_dossier, tab  # noqa: PLC0415

    for name, value in watched(tmp_path).items():
        monkeypatch.setenv(name, value)
    with Served(tmp_path) as served:
        async with tab(served) as connection:
            await begin_a_dossier(connection)
    events = seen(tmp_path)
    doors = [line for line in events if line.startswith("socket.bind")]
    assert doors
    assert all("127.0.0.1" in line for line in doors), doors
    programs = [line for line in events if line.startswith("subprocess.Popen")]
    assert len(programs) == 1
    assert "'-m', 'conseil_dla'" in programs[0]
    others = set(events) - set(doors) - set(programs)
    assert all(line.startswith("socket.getaddrinfo ('127.0.0.1'") for line in others), others


def play(folder: Path, before: tuple[str, ...] = ()) -> None:
    """Home, a new dossier, two answers, and out."""
    from terminal import PROGRAM, Terminal  # noqa: PLC0415 - Unix only

    with Terminal((*before, *PROGRAM), variables=watched(folder)) as terminal:
        terminal.until(HOME)
        terminal.press("f2")
        terminal.until("Comment l’appeler")
        terminal.press("f5")
        terminal.until("Pourquoi maintenant")
        terminal.press("enter")
        terminal.until("1/8")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert list((folder / "dossiers").glob("*.yaml"))
