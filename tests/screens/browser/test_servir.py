"""The command itself, with the real screens behind it and a websocket in place of a browser."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from cli.test_commands import called
from conseil_dla.dossiers.lock import holder
from conseil_dla.wording.crash_text import UNFORESEEN
from screens.browser.served import PATIENCE, Served, until_all_gone

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")
F2, F5 = "\x1bOQ", "\x1b[15~"


@asynccontextmanager
async def tab(served: Served) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """What the page in a browser does, by hand."""
    async with aiohttp.ClientSession() as client:
        async with client.get(served.address) as answer:
            assert answer.status == 200
            assert not answer.cookies
        origin = {"Origin": f"http://{served.host}"}
        url = f"http://{served.host}/ecran?width=100&height=30"
        async with client.ws_connect(url, headers=origin) as connection:
            await connection.send_json(["bonjour", served.word, ""])
            assert (await connection.receive_json())[0] == "cle"
            yield connection


async def until(connection: aiohttp.ClientWebSocketResponse, word: str) -> None:
    drawn = ""
    while word not in drawn:
        drawn += (await asyncio.wait_for(connection.receive_bytes(), PATIENCE)).decode()


async def begin_a_dossier(connection: aiohttp.ClientWebSocketResponse) -> None:
    await until(connection, "Nouveau dossier")
    await connection.send_json(["stdin", F2])
    await until(connection, "Comment l’appeler")
    await connection.send_json(["stdin", F5])
    await until(connection, "Pourquoi maintenant")


@pytest.mark.parametrize("way", ["Ctrl+C twice", "the server is killed"])
async def test_however_the_server_ends_the_screens_leave_and_let_the_dossier_go(tmp_path: Path, way: str) -> None:
    """Started where a folder has the program's name: it is not taken for the program."""
    (tmp_path / "conseil_dla").mkdir()
    (tmp_path / "conseil_dla" / "__init__.py").write_text("raise SystemExit('another program')", encoding="utf-8")
    with Served(tmp_path, "--port", str(free_port())) as served:
        async with tab(served) as connection:
            await begin_a_dossier(connection)
            (dossier,) = served.dossiers.glob("*.yaml")
            assert holder(dossier) is not None
            screens = served.screens()
            assert len(screens) == 1
            if way == "Ctrl+C twice":
                code, told = await asyncio.to_thread(served.stop, signal.SIGINT, signal.SIGINT)
                assert code == 0
                assert "Conseil DLA est arrêté" in told
                assert "Traceback" not in told
                assert UNFORESEEN not in told
            else:
                served.process.kill()
            await asyncio.to_thread(until_all_gone, screens)
        assert holder(dossier) is None
        assert served.markers() == []


def test_it_stops_alone_when_nobody_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys\n"
        "from conseil_dla.screens.browser import server\n"
        "from conseil_dla.cli.commands import serve\n"
        "real = server.serve\n"
        "def quickly(*places, idle, ready): return real(*places, idle=idle / 1200, ready=ready)\n"
        "server.serve = quickly\n"
        "sys.exit(serve.run(['--sans-navigateur', '--inactivite', '2', '--port', sys.argv[1]], None))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(free_port())], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0
    assert done.stdout == ""
    assert "Aucun onglet ouvert depuis 2\u00a0minutes." in done.stderr


def test_sigterm_stops_it_too(tmp_path: Path) -> None:
    with Served(tmp_path, "--port", str(free_port())) as served:
        assert served.stop(signal.SIGTERM)[0] == 0


def test_a_taken_port_is_told_or_another_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        code, _, err = called(capsys, "servir", "--port", str(number))
        assert code == 2
        assert f"le port {number} sert déjà à un autre programme" in err


def test_the_usual_port_may_be_taken(tmp_path: Path) -> None:
    with Served(tmp_path / "one") as one, Served(tmp_path / "two") as two:
        assert one.host != two.host
        two.until("sert déjà")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--port", "0"], "--port\u00a0: un nombre de 1 à 65535"), (["--port", "http"], "pas «\u00a0http\u00a0»"),
        (["--port", "-3"], "--port"), (["--inactivite", "²"], "--inactivite"),
        (["--inactivite", "1e3"], "--inactivite"), (["--adresse", "192.0.2.77"], "cette machine n’a pas l’adresse"),
        (["--adresse", "pas un nom"], "n’a pas l’adresse"),
        (["dossier.yaml"], "je ne connais pas"), (["--regles", "absent"], "DLA016"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_served_is_told(capsys: pytest.CaptureFixture[str], options: list[str], told: str) -> None:
    code, out, err = called(capsys, "servir", *options)
    assert (code, out) == (2, "")
    assert told in err


async def test_who_opens_it_to_the_network_is_told_what_that_means(tmp_path: Path) -> None:
    with Served(tmp_path, "--port", str(free_port()), "--adresse", "0.0.0.0") as served:
        port = served.host.rpartition(":")[2]
        async with aiohttp.ClientSession() as client:
            for host, status in ((f"127.0.0.1:{port}", 200), (f"10.1.2.3:{port}", 200), (f"autre.example:{port}", 421)):
                async with client.get(f"http://127.0.0.1:{port}/", headers={"Host": host}) as answer:
                    assert answer.status == status
        _, told = served.stop(signal.SIGINT)
        assert "Rien n’est chiffré" in told
        assert "modifier les dossiers" in told


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def test_nothing_of_the_server_is_imported_by_the_other_commands() -> None:

    code = (
        "import sys\n"
        "from conseil_dla.cli.main import run\n"
        "run(['diagnostiquer', '-h']); run(['servir', '-h']); run(['servir', '--port', 'x'])\n"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('aiohttp', 'textual_serve', 'textual', 'jinja2')]\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
