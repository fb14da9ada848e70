"""Where stderr is a file or a pipe, a batch says every ten seconds how far it is, on lines of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from conseil_dla.batch.sources import Sources
from conseil_dla.batch.summary import far_text
from conseil_dla.cli.commands.batch import Bar
from shipped import shipped_reader


def test_a_line_every_ten_seconds_where_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("conseil_dla.cli.steps.monotonic", lambda: now[0])
    bar = Bar()
    for seconds in range(76):
        now[0] = float(seconds)
        if seconds in (21, 40):  # a piece of work is over
            bar.show(seconds, 100, seconds * 10)
        bar.look()
    lines = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    assert lines == [
        "Lecture des dossiers… 11 s",
        "210 dossiers lus sur environ 1 000, encore 1 min",
        "210 dossiers lus sur environ 1 000, encore 1 min",
        "400 dossiers lus sur environ 1 000, encore 56 s",
        "400 dossiers lus sur environ 1 000, encore 45 s",
        "400 dossiers lus sur environ 1 000, encore 34 s",
    ]


def test_a_batch_that_lasts_is_looked_at_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two pieces of work too, which may take minutes."""
    with Bar() as shown:
        assert shown._thread is not None
        assert shown.stays


@pytest.mark.parametrize(
    ("share", "dossiers", "said"),
    [
        (0.0, 1, "1 dossier lu, depuis 12 s"),
        (0.01, 800, "800 dossiers lus, depuis 12 s"),
        (0.124, 12_400, "12 400 dossiers lus sur environ 100 000, encore 1 min"),
        (0.999, 998, "998 dossiers lus sur environ 999, encore 1 s"),
        (1.0, 98_765, "98 765 dossiers lus"),
    ],
)
def test_how_far_it_is_goes_by_the_bytes_that_are_done(share: float, dossiers: int, said: str) -> None:
    found = far_text(share, dossiers, 12.0, 11.0)
    assert found.replace("\u00a0", " ").replace("\u202f", " ") == said


def test_where_each_dossier_is_a_file_their_number_is_known(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_text("titre: x\nreponses: {}\n", encoding="utf-8")
    base = shipped_reader().base
    assert Sources((tmp_path,), base).number == 3
    assert Sources((tmp_path, tmp_path / "d.csv"), base).number == 0
    assert "sur 3, encore" in far_text(0.5, 1, 12.0, 11.0, 3)
