"""The screens in a real browser, with real keys: headless Chromium, where there is one."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic

import pytest

from conseil_dla.dossiers.lock import holder
from conseil_dla.dossiers.store import load_scenarios
from screens.browser.chromium import PROGRAM, Chromium
from screens.browser.served import Served, until_all_gone
from shipped import shipped_reader

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc"),
    pytest.mark.skipif(not PROGRAM, reason="Chromium is not installed"),
]
LONG = 20.0
"""Seconds; what waits for the network waits longer, for ever with a host that never answers."""

COPIED = """
window.copied = new Promise(done => {
  const write = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = text => write(text).then(() => done(text));
}); 0
"""
"""A promise of the first text that goes to the clipboard."""


@asynccontextmanager
async def both(
    tmp_path: Path, *flags: str, size: tuple[int, int] = (1280, 800)
) -> AsyncIterator[tuple[Served, Chromium]]:
    with Served(tmp_path / "serveur") as served:
        async with Chromium(tmp_path / "profil", size, *flags) as browser:
            yield served, browser


async def begin_a_dossier(browser: Chromium, title: str) -> None:
    await browser.press("f2")
    await browser.until("Comment l’appeler")
    await browser.write(title)
    await browser.press("f5")
    await browser.until("Pourquoi maintenant")


def asked(browser: Chromium) -> str:
    """The question on the page, or its last line: above the blank line before its answers."""
    left = "\n".join(line.partition("▏")[0].strip() for line in browser.seen.split("\n")[1:])
    return left.strip().partition("\n\n")[0].split("\n")[-1]


async def answer(browser: Chromium, number: int) -> None:
    """The choice under the cursor; the progress tells that it was taken, then the next question is there to be seen."""
    before = asked(browser)
    await browser.press("enter")
    await browser.until(f"L’essentiel {number}/")
    await browser.until(before, gone=True)


async def test_home_opens_with_the_keyboard_in_it_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    """With a way to the network that takes every call and answers none."""

    async def take(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):
            await reader.read()

    hole = await asyncio.start_server(take, "127.0.0.1", 0)
    port = hole.sockets[0].getsockname()[1]
    async with both(tmp_path, f"--proxy-server=127.0.0.1:{port}") as (served, browser):
        start = monotonic()
        await browser.open(served.address)
        await browser.until("Préparer un accompagnement")
        assert monotonic() - start < LONG
        await browser.until("▸ Nouveau dossier")  # the cursor shows where the keyboard is
        await browser.press("f2")
        await browser.until("Comment l’appeler")
        assert await browser.run("[document.title, document.documentElement.lang, location.search]") == [
            "Conseil DLA",
            "fr",
            "",
        ]
        ours = (f"http://{served.host}/", f"ws://{served.host}/ecran?")
        assert len(browser.requests) >= 8
        assert [address for address in browser.requests if not address.startswith(ours)] == []
        assert browser.complaints == []
        assert await browser.run("[...document.fonts].map(font => font.status).join()") == "loaded,loaded,loaded"
    hole.close()


@pytest.mark.lent
async def test_a_paper_is_handed_to_the_browser(tmp_path: Path) -> None:
    """Whole, under its own name, by no other address; what stays beside the dossier stays."""
    here = tmp_path / "recus"
    async with both(tmp_path) as (served, browser):
        await browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(here))
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        await begin_a_dossier(browser, "Théâtres d’été")
        await answer(browser, 1)
        asked_for = list(browser.requests)
        await browser.press("ctrl+e")
        await browser.until("Quel papier écrire")
        await browser.press("down", "enter")
        await browser.until("Dans quelle sorte de fichier")
        await browser.press("enter")
        await browser.until("Le papier est écrit", "Télécharger")
        await browser.press("tab", "enter")
        (paper,) = (served.dossiers / "papiers").iterdir()
        until = monotonic() + LONG
        while not (here / paper.name).is_file():
            assert monotonic() < until, list(here.glob("*"))
            await asyncio.sleep(0.05)
        assert (here / paper.name).read_bytes() == paper.read_bytes()
        assert [each for each in browser.requests[len(asked_for) :] if not each.startswith("blob:")] == []
        assert browser.complaints == []


@pytest.mark.lent
async def test_a_dossier_is_begun_answered_and_found_on_disk(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        await begin_a_dossier(browser, "Théâtres d’été « à Crest »")
        await answer(browser, 1)
        await browser.press("down")
        await answer(browser, 2)
        (dossier,) = served.dossiers.glob("*.yaml")
        text = dossier.read_text(encoding="utf-8")
        assert "Théâtres d’été « à Crest »" in text
        assert len(text.partition("\nreponses:")[2].strip().splitlines()) == 2
        assert holder(dossier) is not None
        await browser.press("ctrl+q")
        assert "Recommencer" in await browser.told("Conseil DLA est fermé")
        assert holder(dossier) is None
        browser.screen.reset()
        await browser.press("enter")  # the button has the focus
        await browser.until("Théâtres d’été", "L’essentiel 2/")  # no home on the way to what was open


@pytest.mark.lent
async def test_two_browsers_see_their_own_screens_and_one_writes_in_a_dossier(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, one), Chromium(tmp_path / "autre", (1000, 700)) as two:
        for browser, title in ((one, "Projet de la premiere"), (two, "Projet du second")):
            await browser.open(served.address)
            await browser.until("Nouveau dossier")
            await begin_a_dossier(browser, title)
        await answer(one, 1)
        assert "Projet du second" not in one.seen
        assert "Projet de la premiere" not in two.seen
        assert "L’essentiel 0/" in two.seen
        assert len(served.screens()) == 2
        await two.press("escape")
        await two.until("ouvert ailleurs")


@pytest.mark.lent
async def test_a_browser_that_is_killed_takes_its_screens_along(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        await begin_a_dossier(browser, "Projet")
        await browser.press("f4")
        await browser.until("Note pour vous")
        await browser.write("tapé puis perdu")
        await browser.until("tapé puis perdu")
        screens = served.screens()
        (dossier,) = served.dossiers.glob("*.yaml")
        browser.kill()
        assert await asyncio.to_thread(until_all_gone, screens) < 5
        assert holder(dossier) is None
        (draft,) = served.dossiers.with_name("reglages").glob("brouillons/*.json")
        assert json.loads(draft.read_text("utf-8"))["textes"] == {"note": "tapé puis perdu"}
        assert served.markers() == []
        assert served.process.poll() is None


@pytest.mark.lent
async def test_the_end_of_the_server_is_told_in_the_page(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        await begin_a_dossier(browser, "Projet")
        screens = served.screens()
        code, _ = await asyncio.to_thread(served.stop, signal.SIGINT)
        assert code == 0
        told = await browser.told("Le programme a été arrêté")
        assert "conseil-dla servir" in told
        assert "Recommencer" not in told
        await asyncio.to_thread(until_all_gone, screens)
        assert served.markers() == []


@pytest.mark.lent
async def test_copy_and_paste_go_through_the_machine_s_own_clipboard(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        await browser.press("f2")
        await browser.until("Comment l’appeler")
        await browser.run(COPIED)
        await browser.write("Crêt")
        await browser.press("shift+home", "ctrl+c")
        assert await browser.run("window.copied") == "Crêt"
        await browser.press("tab")
        await browser.until("▏Crêt")  # the keyboard is in the next field
        await browser.press("ctrl+v")
        await browser.until("▏Crêt", "▌Crêt")
        script = "navigator.clipboard.writeText(' et Vaison')"
        await browser.call("Runtime.evaluate", expression=script, awaitPromise=True, userGesture=True)
        await browser.press("ctrl+v")
        await browser.until("▌Crêt et Vaison")


@pytest.mark.lent
async def test_letters_are_as_large_as_asked(tmp_path: Path) -> None:
    async with both(tmp_path, size=(1600, 1100)) as (served, browser):
        await browser.open(f"http://{served.host}/?police=32#jeton={served.word}")
        await browser.until("Préparer un accompagnement")
        large = browser.screen.columns
        await browser.open(f"http://{served.host}/?police=16")
        await browser.until_columns(int(1.5 * large))
        await browser.until("Préparer un accompagnement")
        assert 1.9 * large < browser.screen.columns < 2.2 * large
        assert large >= 80


@pytest.mark.lent
async def test_rules_that_cannot_be_used_are_told_in_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "mes règles; à l'essai"
    (folder / "rules").mkdir(parents=True)
    (folder / "knowledge").mkdir()
    (folder / "rules" / "une.yaml").write_text("- regle: é\n", encoding="utf-8")
    with Served(tmp_path / "serveur", "--regles", str(folder)) as served:
        async with Chromium(tmp_path / "profil") as browser:
            await browser.open(served.address)
            await browser.until("une.yaml")


@pytest.mark.lent
async def test_who_was_not_let_in_is_told_in_french(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(f"http://{served.host}/")
        assert "Cette adresse ne suffit pas" in await browser.told("servir")
        assert served.screens() == []


@pytest.mark.lent
async def test_another_page_of_the_browser_gets_nothing(tmp_path: Path) -> None:
    """A page at another port of this machine, to which the browser does send our cookie."""
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")

        async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
            )
            writer.close()

        other = await asyncio.start_server(page, "127.0.0.1", 0)
        port = other.sockets[0].getsockname()[1]
        await browser.open(f"http://127.0.0.1:{port}/")
        await browser.told("ok")
        script = (
            "new Promise(done => {{ const s = new WebSocket('ws://{0}/ecran'); "
            "s.onopen = () => done('open'); s.onerror = () => done('refused'); }})"
        )
        assert await browser.run(script.format(served.host)) == "refused"
        fetched = f"fetch('http://{served.host}/').then(a => a.text(), () => 'refused')"
        assert await browser.run(fetched) == "refused"
        other.close()


@pytest.mark.lent
async def test_a_page_loaded_again_returns_to_the_dossier_that_was_open(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        assert await browser.run("location.href") == f"http://{served.host}/"
        assert await browser.run("document.cookie") == ""
        assert str(served.dossiers) not in browser.seen
        await begin_a_dossier(browser, "Projet du matin")
        await answer(browser, 1)
        await asyncio.sleep(2)  # the screens tell what is open several times a second
        await browser.reload()
        await browser.until("Projet du matin", "L’essentiel 1/")
        assert len(served.screens()) == 1


@pytest.mark.lent
async def test_a_page_loaded_again_by_who_was_handed_the_screen_shows_nothing(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        await begin_a_dossier(browser, "Projet secret")
        await browser.press("ctrl+x")
        await browser.until("Croiser les regards")
        await browser.press("f4")
        await browser.until("Une personne qui répondra seule")
        await browser.write("Nour")
        await browser.press("f5")
        await browser.until("pas encore de réponse")
        await browser.press("enter")
        await browser.until("Laissez-lui")
        await browser.press("enter")
        await browser.until("Réponses · Nour")
        await asyncio.sleep(2)  # the screens tell what is open several times a second
        for _ in range(2):
            await browser.reload()
            seen = await browser.until("attend la personne")
            assert "secret" not in seen
            assert "Nour" not in seen
            await browser.press("escape", "enter", "ctrl+q")
        await browser.write("reprendre")
        await browser.until("Projet secret")


@pytest.mark.lent
async def test_hands_that_were_up_are_there_when_the_page_is_loaded_again(tmp_path: Path) -> None:
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        while not any("▸" in line and "Un atelier" in line for line in browser.seen.split("\n")):
            await browser.press("down")
        await browser.press("enter")
        await browser.until("Quelle situation mettre", load_scenarios(shipped_reader().base)[0].title[:30])
        await browser.press("enter")
        await browser.until("La demande, dans les mots des structures")
        await browser.press("down", "enter")
        await browser.until("OÙ SENTEZ-VOUS")
        await browser.press("a", "a", "b")
        await browser.until("3 mains levées")
        await asyncio.sleep(2)  # the screens tell what is open several times a second
        await browser.reload()
        await browser.until("AIGUILLEUR  2", "FACILITATEUR  1")


@pytest.mark.lent
async def test_another_server_of_this_machine_is_sent_nothing_that_lets_in(tmp_path: Path) -> None:
    """Visited in the same browser, at another port: it would have been sent a cookie."""
    async with both(tmp_path) as (served, browser):
        await browser.open(served.address)
        await browser.until("Nouveau dossier")
        asked: list[bytes] = []

        async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(asyncio.IncompleteReadError, asyncio.CancelledError):
                asked.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            writer.close()

        other = await asyncio.start_server(page, "127.0.0.1", 0)
        await browser.run(f"location.href = 'http://127.0.0.1:{other.sockets[0].getsockname()[1]}/'; 0")
        await browser.told("ok")
        assert await browser.run("sessionStorage.length + localStorage.length + document.cookie.length") == 0
        assert await browser.run("document.referrer") == ""
        assert asked
        assert not [one for one in asked if b"Cookie" in one or served.host.encode() in one or b"jeton" in one]
        other.close()
