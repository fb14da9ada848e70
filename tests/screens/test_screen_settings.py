"""Colours and hidden titles are found again at the next run; a file that cannot be read or written costs nothing."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conseil_dla.ground import settings
from conseil_dla.ground.files import SETTINGS_VARIABLE, settings_folder
from conseil_dla.ground.settings import Settings, keep, path, remembered
from conseil_dla.toolkit.themes import NO_COLOUR
from screens.driving import NARROW, Driver, running


def test_what_is_kept_is_found_again() -> None:
    assert remembered() == Settings()
    keep(Settings("clair", True))
    assert remembered() == Settings("clair", True)
    keep(Settings("sombre"))
    assert remembered() == Settings("sombre", False)


def test_what_another_version_keeps_there_stays(settings_kept_apart: Path) -> None:
    settings_kept_apart.mkdir()
    path().write_text(json.dumps({"demain": [1], "couleurs": "clair"}), encoding="utf-8")
    keep(Settings("sombre"))
    assert json.loads(path().read_text(encoding="utf-8"))["demain"] == [1]


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"couleurs": 3, "titres_masques": "oui"}', b"[" * 60_000, b" " * 70_000],
)
async def test_a_damaged_file_costs_nothing(damaged: bytes, settings_kept_apart: Path) -> None:
    settings_kept_apart.mkdir()
    path().write_bytes(damaged)
    assert remembered() == Settings()
    keep(Settings("clair"))
    assert remembered() == Settings("clair")


def test_nothing_readable_there_costs_nothing(settings_kept_apart: Path) -> None:
    path().mkdir(parents=True)
    assert remembered() == Settings()
    with pytest.raises(OSError):  # noqa: PT011 - the kind differs from one system to another
        keep(Settings("clair"))


def test_tests_never_touch_the_real_folder(tmp_path: Path) -> None:
    assert settings_folder().is_relative_to(tmp_path)


def test_without_the_variable_it_is_the_platform_s_own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(SETTINGS_VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert settings_folder().name == "conseil-dla"


def test_reading_them_imports_nothing_slow() -> None:
    slow = "{'pydantic', 'yaml', 'ruamel', 'numpy', 'textual', 'rich'}"
    code = f"import sys, conseil_dla.ground.settings as s; s.remembered(); sys.exit(bool({slow} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def choose_theme(driver: Driver, name: str) -> None:
    await driver.press("ctrl+p")
    await driver.write(f"couleurs {name}")
    await driver.press("enter")


async def test_the_next_run_begins_as_this_one_ended() -> None:
    async with running(NARROW) as driver:
        assert (driver.app.theme, driver.app.hides_titles) == ("sombre", False)
        await choose_theme(driver, "contraste")
        await driver.press("ctrl+l")
    async with running(NARROW) as driver:
        assert (driver.app.theme, driver.app.hides_titles) == ("contraste", True)
        await driver.press("ctrl+l")
        await choose_theme(driver, "clair")
    async with running(NARROW) as driver:
        assert (driver.app.theme, driver.app.hides_titles) == ("clair", False)


async def test_a_theme_that_is_no_longer_there_is_passed_over() -> None:
    keep(Settings("textual-dark"))
    async with running(NARROW) as driver:
        assert driver.app.theme == "sombre"


async def test_no_color_comes_first_and_may_be_left_for_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(Settings("clair"))
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(NARROW) as driver:
        assert driver.app.theme == NO_COLOUR.name
        await driver.press("ctrl+l")
        assert remembered() == Settings("clair", True)
        await choose_theme(driver, "sombre")
        strips = driver.app.screen._compositor.render_strips()
        grounds = {segment.style.bgcolor for strip in strips for segment in strip if segment.style}
        assert any(ground and ground.triplet and len(set(ground.triplet)) > 1 for ground in grounds), "no greys either"
    async with running(NARROW) as driver:
        assert driver.app.theme == NO_COLOUR.name


async def test_a_choice_that_cannot_be_kept_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(settings, "write_atomically", refused)
    async with running(NARROW) as driver:
        await choose_theme(driver, "clair")
        assert driver.app.theme == "clair"
        assert "n’a pas pu être" in driver.seen
        told = [toast.message for toast in driver.app._notifications]
        assert ["retenu\u00a0: ce disque est en lecture seule." in one for one in told] == [True]
        await choose_theme(driver, "sombre")
        await driver.press("ctrl+l")
        assert [toast.message for toast in driver.app._notifications if "retenu" in toast.message] == told


async def test_a_choice_made_while_leaving_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(NARROW) as driver:
        monkeypatch.setattr(driver.app, "run_worker", lambda *_, **__: None)
        driver.app.choose_theme("clair")
        assert remembered() == Settings()
    assert remembered() == Settings("clair")
