"""Where stderr is a file or a pipe, a batch says how far it is, now and then, on lines of their own."""

from __future__ import annotations

import pytest

from conseil_dla.cli.commands.batch import Bar


def test_a_line_now_and_then_where_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("conseil_dla.cli.steps.monotonic", lambda: now[0])
    with Bar() as shown:
        for seconds in range(0, 61, 5):
            now[0] = float(seconds)
            shown.show(seconds, 100, seconds * 10)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all("dossiers" in line and "\r" not in line for line in lines)
