"""``conseil-dla diagnostiquer``: the reading of one or several dossiers on stdout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import cases, expanded, open_reader, read_whole
from conseil_dla.cli.parser import DONE, UNUSABLE, AlreadyTold, FrenchParser, pick
from conseil_dla.cli.steps import Steps
from conseil_dla.wording.json_text import reading_json
from conseil_dla.wording.plain_text import reading_text

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader
    from conseil_dla.rules.model import Dossier

HELP = """\
conseil-dla diagnostiquer DOSSIER… [--format texte|json] [--regles DOSSIER_REGLES]

La lecture de chaque dossier, dans l’ordre donné. En JSON : un objet par ligne.
Un dossier inutilisable est signalé, les autres sont lus quand même (code de sortie 2).
"""
FORMATS = ("texte", "json")


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Read each dossier; tell of those that cannot be read."""
    parser = FrenchParser("conseil-dla diagnostiquer", HELP, rules)
    parser.add_argument("dossiers", nargs="*", metavar="DOSSIER")
    parser.add_argument("--format", default="texte")
    options = parser.options(arguments)
    if not options.dossiers:
        parser.error("the following arguments are required: DOSSIER")
    as_json = pick(options.format, FORMATS, "forme") == "json"
    reader = open_reader(options.regles)
    paths = [path for given in options.dossiers for path in expanded(given)]
    experiences = cases(reader.base)
    if sys.stdout.isatty():  # each reading shows how far it is
        return max(_diagnose(reader, path, experiences, as_json, first=n == 0) for n, path in enumerate(paths))
    code = DONE
    with Steps("Dossiers lus") as steps:
        for n, path in enumerate(paths):
            steps.tell(n, len(paths))
            code = max(code, _diagnose(reader, path, experiences, as_json, first=n == 0))
    return code


def _diagnose(reader: Reader, path: str, experiences: Sequence[Dossier], as_json: bool, *, first: bool) -> int:
    try:
        whole = read_whole(path, reader, experiences)
    except AlreadyTold:
        return UNUSABLE
    if as_json:
        print(reading_json(whole, path), flush=True)
    else:
        sys.stdout.write(("" if first else "\n\n") + reading_text(whole))
    return DONE
