"""A whole workshop in a browser, with a real keyboard: as a facilitator without a terminal plays it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from conseil_dla.dossiers.store import load_scenarios
from screens.browser.chromium import PROGRAM, Chromium
from screens.browser.served import Served
from shipped import shipped_reader

pytestmark = [pytest.mark.lent, pytest.mark.skipif(not PROGRAM, reason="no Chromium on this machine")]
BASE = shipped_reader().base
PICTURES = os.environ.get("CONSEIL_DLA_IMAGES", "")
"""A folder where each stage is kept as a picture, for who wants to look."""


async def test_a_workshop_is_played_from_the_scenario_to_its_record(tmp_path: Path) -> None:
    with Served(tmp_path) as served:
        (served.dossiers / "2026-01-02-a-moi.yaml").write_text("titre: TITREZ\nreponses: {}\n", encoding="utf-8")
        async with Chromium(tmp_path / "profil", (1280, 860)) as browser:
            seen: list[str] = []

            async def stage(*words: str) -> None:
                seen.append(await browser.until(*words))
                if PICTURES:
                    await browser.picture(Path(PICTURES) / f"{len(seen):02}.png")

            async def then_asked(*keys: str) -> None:
                """Keys that conclude; hands that go up before the next question is painted are not for it."""
                before = browser.seen.split("\n", 1)[1].strip().split("\n")[0]
                await browser.press(*keys)
                await browser.until(before, gone=True)

            async def back_to_the_stage(*words: str) -> None:
                """A sheet has gone: the keyboard is the stage's again a moment after it was painted."""
                await browser.until(*words, gone=True)
                await asyncio.sleep(1)

            await browser.open(served.address)
            await browser.until("Nouveau dossier")
            browser.screen.reset()
            await browser.open(f"http://{served.host}/?police=22")
            await stage("Nouveau dossier", "Un atelier, avec une salle")
            for _ in range(8):
                if any("▸" in line and "Un atelier" in line for line in browser.seen.split("\n")):
                    break
                await browser.press("down")
            await browser.press("enter")
            await stage("Quelle situation mettre", load_scenarios(BASE)[0].title[:30])
            await browser.press("enter")
            await stage("La demande, dans les mots des structures")
            await browser.press("down", "enter")
            await browser.until("OÙ SENTEZ-VOUS")
            await browser.press("a", "a", "b", "b", "b", "d", "d", "d", "shift+d", "backspace")
            await stage("8 mains levées")
            await then_asked("enter")
            await browser.until("On ne sait pas encore")
            await browser.press("d", "d", "d", "d", "c")
            await stage("5 mains levées")
            await then_asked("enter")
            await browser.until("1 question posée")
            await browser.press("a", "a", "a", "c", "c", "c")
            await stage("La salle est partagée")
            await then_asked("f4")
            await browser.until("2 questions posées", "deux variantes")
            await browser.press("b", "b")
            await browser.until("2 mains levées")
            await then_asked("enter")
            await browser.until("3 questions posées")
            await browser.press("f6")
            await stage("Compléter avec la fiche")
            await browser.press("tab", "enter")
            await back_to_the_stage("Compléter avec la fiche")
            await browser.until("QUEL FORMAT", "Un accompagnement individuel")
            await browser.press("e", "e", "e", "f", "pagedown")
            await stage("LE FORMAT", "La salle disait", "1re variante\u00a0: ", "2e variante\u00a0: ")
            await browser.press("pagedown")
            await browser.until("QUELLE PLACE AURIEZ-VOUS TENUE")
            await browser.press("pagedown")
            await stage("LA PLACE DU DLA")
            await browser.press("f8")
            await stage("Et si… quelle réponse changer")
            await asyncio.sleep(1)
            await browser.press("enter")
            await stage("Jusqu’ici", "Garder ce changement")
            await browser.press("escape")
            await back_to_the_stage("Jusqu’ici")
            await browser.press("ctrl+e")
            await stage("Ce que nous retenons", "×")
            await browser.press("f4")
            await browser.until("Une ligne par point")
            await browser.write("Le poste peut attendre")
            await browser.press("f5")
            await stage("Le poste peut attendre")
            await back_to_the_stage("Une ligne par point")
            await browser.press("f2")
            await browser.until("Un document Word")
            await browser.press("down", "enter")
            await stage("Le compte rendu est écrit")
            await browser.press("escape")
            await back_to_the_stage("Le compte rendu est écrit")
            await browser.press("ctrl+r")
            await stage("pas 1 sur", "Retenu")
            await browser.press("ctrl+q")
            await browser.told("est fermé")
    (written,) = (served.dossiers / "ateliers").glob("*-compte-rendu.md")
    text = written.read_text(encoding="utf-8")
    assert "Le poste peut attendre" in text
    assert "quelques-uns" in text
    assert not any("TITREZ" in each for each in (*seen, text))
    assert all(
        address.startswith((f"http://{served.host}", f"ws://{served.host}", "data:")) for address in browser.requests
    )
