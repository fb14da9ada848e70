"""What several commands share: opening the rules and dossiers, and telling what is wrong on stderr."""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.parser import AlreadyTold
from conseil_dla.cli.steps import Waiting
from conseil_dla.ground.diagnostics import Diagnostic, Unusable
from conseil_dla.ground.french import counted, spaced
from conseil_dla.ground.words import alphabetical

if TYPE_CHECKING:
    from conseil_dla.dossiers.store import Refused
    from conseil_dla.reading.compose import Reader
    from conseil_dla.reading.values import Reading
    from conseil_dla.reading.whole import Whole
    from conseil_dla.rules.model import Base, Dossier

READING = "Lecture des règles"
"""What one waits for first."""
MOST_TOLD = 20
"""Files not read that are told one by one."""


def open_reader(rules: str | None, *, in_lines: bool = False) -> Reader:
    """The reader over the chosen rules; ``in_lines``, nothing is written over. Raises ``Unusable`` for their errors."""
    with Waiting(READING, stays=in_lines):
        reader = make_reader(rules)
    reader.when_engine_stops(_tell_stopped)
    tell_unread(reader.unread)
    if reader.costs:
        tell(reader.costs)
    return reader


def make_reader(rules: str | None) -> Reader:
    """The same, telling nothing: for screens, which tell it themselves. Raises ``Unusable``."""
    from conseil_dla.reading.compose import Reader  # noqa: PLC0415
    from conseil_dla.reading.opening import open_rules, rules_folder  # noqa: PLC0415

    opened = open_rules(rules_folder(rules))
    return Reader(opened.base, opened.engine, opened.unread)


def _tell_stopped() -> None:
    from conseil_dla.wording.crash_text import STOPPED  # noqa: PLC0415

    print(spaced(f"conseil-dla : {STOPPED}"), file=sys.stderr)


def expanded(given: str) -> list[str]:
    """The files that a name with ``*`` stands for, itself where there is none: a Windows shell expands nothing."""
    if glob.has_magic(given) and not Path(given).exists():
        return sorted(glob.glob(given), key=alphabetical) or [given]
    return [given]


def open_dossier(path: str, base: Base) -> Dossier:
    """A dossier read against the rules. Raises ``Unusable`` when it has errors."""
    from conseil_dla.dossiers.store import load  # noqa: PLC0415

    return load(Path(path), base)


def cases(base: Base) -> tuple[Dossier, ...]:
    """The experiences to read beside a dossier; those left out are told."""
    from conseil_dla.dossiers.store import load_cases  # noqa: PLC0415

    return _all_but(load_cases, base)


def scenarios(base: Base) -> tuple[Dossier, ...]:
    """The scenarios made for a room; those left out are told."""
    from conseil_dla.dossiers.store import load_scenarios  # noqa: PLC0415

    return _all_but(load_scenarios, base)


def _all_but(load: Callable[[Base, Refused], tuple[Dossier, ...]], base: Base) -> tuple[Dossier, ...]:
    refused: list[Diagnostic] = []
    found = load(base, refused.extend)
    if refused:
        tell(tuple(refused))
        print("Ces cas ou essais sont laissés de côté.\n", file=sys.stderr)
    return found


def read_dossier(path: str, reader: Reader) -> tuple[Dossier, Reading]:
    """A dossier and its reading. Raises ``AlreadyTold`` once what prevents it has been told on stderr."""
    from conseil_dla.cli.disagreement import tell_failure  # noqa: PLC0415
    from conseil_dla.reading.compose import ReadingFailed  # noqa: PLC0415

    try:
        dossier = open_dossier(path, reader.base)
        if dossier.remarks:
            tell(dossier.remarks)
        return dossier, reader.read_dossier(dossier)
    except Unusable as error:
        tell_unusable(error)
    except ReadingFailed as error:
        tell_failure(error, path)
    raise AlreadyTold


def read_whole(path: str, reader: Reader, experiences: Iterable[Dossier] | None = None) -> Whole:
    """All that is shown of a dossier today, the experiences being read here unless given. Raises ``AlreadyTold``."""
    from conseil_dla.reading.whole import Whole  # noqa: PLC0415

    dossier, reading = read_dossier(path, reader)
    return reader.completed(
        Whole(reader.base, reading, dossier), date.today(), cases(reader.base) if experiences is None else experiences
    )


def tell(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Show findings on stderr."""
    from conseil_dla.wording.diagnostic_text import render  # noqa: PLC0415

    print(render(diagnostics), file=sys.stderr)


def tell_unread(unread: Sequence[Diagnostic]) -> None:
    """Say which files of a rules folder were not read: they were given, and nothing follows from them."""
    if not unread:
        return
    tell(tuple(unread[:MOST_TOLD]))
    if len(unread) > MOST_TOLD:
        others = counted(len(unread) - MOST_TOLD, "autre fichier n’est pas lu", "autres fichiers ne sont pas lus")
        print(spaced(f"… et {others} : « conseil-dla regles verifier » les dit tous.\n"), file=sys.stderr)


def tell_unusable(error: Unusable) -> None:
    """Show why something cannot be used."""
    tell(error.diagnostics)
