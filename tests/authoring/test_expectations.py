"""Why an expectation does not hold, said truly."""

from __future__ import annotations

from conseil_dla.authoring.trials.run import CHECKS
from conseil_dla.dossiers.store import load
from conseil_dla.ground.diagnostics import Place
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Expectation
from shipped import CASES, shipped_reader


def why(value: str, reading: Reading) -> str | None:
    return CHECKS["certaine"](Expectation("certaine", value, Place("x.yaml")), reading)


def test_another_level_is_not_told_as_an_absence() -> None:
    reader = shipped_reader()
    readings = [reader.read_dossier(load(path, reader.base)) for path in CASES]
    one, reading = next(
        (one, reading) for reading in readings for one in reading.drawn_of("vigilance") if one.certainty == "certaine"
    )
    other = next(level for level in ("avant", "pendant", "en_tete") if level != one.level)
    assert why(f"vigilance:{one.id}:{one.level}", reading) is None
    assert why(f"vigilance:{one.id}:{other}", reading) == f"elle est établie, à un autre niveau : {one.level}"
    assert why("vigilance:jamais_vue:avant", reading) == "elle est absente"


def test_where_nothing_is_concluded_no_sentence_says_that_nothing_is_what_is_shown() -> None:
    reading = shipped_reader().read({})
    for key, value in (("format", "x"), ("posture", "x"), ("ex_aequo", ("x", "y")), ("entre", ("x", "y"))):
        told = CHECKS[key](Expectation(key, value, Place("x.yaml")), reading)
        assert told is not None
        assert "rien" not in told
        assert not told.endswith((":", ": "))
