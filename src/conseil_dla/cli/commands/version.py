"""``conseil-dla --version``: version, engine in use, digest of the rules.

In a file of its own, as each command is.
"""

from __future__ import annotations

from collections.abc import Sequence

from conseil_dla import __version__
from conseil_dla.cli.desk import open_reader, tell_unusable
from conseil_dla.cli.disagreement import tell_failure
from conseil_dla.cli.parser import DONE, UNUSABLE
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.french import spaced


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Print three facts."""
    from conseil_dla.engine import why_reference  # noqa: PLC0415
    from conseil_dla.reading.compose import ReadingFailed  # noqa: PLC0415

    try:
        reader = open_reader(rules)
    except Unusable as error:
        print(f"conseil-dla {__version__}")
        tell_unusable(error)
        return UNUSABLE
    try:
        reader.fire({})  # the engine in use is the one that answers
    except ReadingFailed as error:
        tell_failure(error, "un dossier sans réponse")
        return UNUSABLE
    reason = why_reference()
    print(f"conseil-dla {__version__}")
    print(spaced(f"moteur : {reader.engine}{f' ({reason})' if reason else ''}"))
    print(spaced(f"règles : {reader.base.digest}"))
    return DONE
