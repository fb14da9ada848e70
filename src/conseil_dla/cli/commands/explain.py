"""``conseil-dla expliquer``: why a conclusion is drawn, or why not."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from conseil_dla.cli.desk import open_reader, read_dossier
from conseil_dla.cli.parser import DONE, FrenchParser, Misused, pick
from conseil_dla.rules.model import KINDS, Base, Kind
from conseil_dla.wording.plain_text import paragraphs_text
from conseil_dla.wording.reading_sentences import why

HELP = f"""\
conseil-dla expliquer DOSSIER CONCLUSION [--regles DOSSIER_REGLES]

Pourquoi cette conclusion, ou pourquoi pas. CONCLUSION s’écrit « sorte:nom », par exemple
« vigilance:… » ou « format:… » ; le nom seul suffit quand il n’y en a qu’un.
Les sortes : {", ".join(KINDS)}.
"""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Explain one conclusion of one dossier."""
    parser = FrenchParser("conseil-dla expliquer", HELP, rules)
    parser.add_argument("words", nargs="*", metavar="DOSSIER CONCLUSION")
    options = parser.options(arguments)
    if len(options.words) != 2:
        raise Misused("il faut un dossier, puis une conclusion\naide : conseil-dla expliquer -h")
    path, named = options.words

    reader = open_reader(options.regles)
    kind, id = _conclusion(reader.base, named)
    _, reading = read_dossier(path, reader)
    sys.stdout.write(paragraphs_text(why(reader.base, reading, reader.explain(reading, kind, id))))
    return DONE


def _conclusion(base: Base, named: str) -> tuple[Kind, str]:
    """The conclusion named on the command line. Raises ``Misused`` when there is none, or several."""
    known = {(kind, id) for kind, id in base.texts if kind in KINDS}
    if ":" in named:
        kind, _, id = named.partition(":")
        pick(kind, KINDS, "sorte de conclusion")
        pick(id, sorted(i for k, i in known if k == kind), f"conclusion de sorte « {kind} »")
        return kind, id
    pick(named, sorted({id for _, id in known}), "conclusion")
    found = sorted(f"{kind}:{id}" for kind, id in known if id == named)
    if len(found) > 1:
        raise Misused(f"« {named} » désigne plusieurs conclusions\naide : précisez {' ou '.join(found)}")
    return _conclusion(base, found[0])
