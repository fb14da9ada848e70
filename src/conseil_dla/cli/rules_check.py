"""``conseil-dla regles verifier``: load a rules folder and tell everything that is wrong or doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from conseil_dla.cli.parser import DONE, UNUSABLE, WRONG, FrenchParser
from conseil_dla.diagnostics import Severity

HELP = """\
conseil-dla regles verifier [DOSSIER_REGLES]

Relit toutes les règles et connaissances, les cas et les essais, et dit tout ce qui ne va pas, avec le
fichier, la ligne et la façon de corriger. Code de sortie : 0 tout va bien, 1 quelque chose est prouvé faux
ou douteux, 2 les règles ne peuvent pas être lues.
"""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Load, tell, and count. The findings are the result here, so they go to stdout."""
    parser = FrenchParser("conseil-dla regles verifier", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    options = parser.options(arguments)
    if options is None:
        return DONE
    from conseil_dla.diagnostics import Unusable  # noqa: PLC0415
    from conseil_dla.dossiers.store import load as load_dossier  # noqa: PLC0415
    from conseil_dla.loading import load  # noqa: PLC0415
    from conseil_dla.opening import compiled, rules_folder  # noqa: PLC0415
    from conseil_dla.reporting.diagnostic_text import render  # noqa: PLC0415
    from conseil_dla.reporting.trial_text import checked_text  # noqa: PLC0415
    from conseil_dla.trials.run import trial_paths  # noqa: PLC0415

    folder = rules_folder(options.folder or options.regles)
    loaded = load(folder)
    found = list(loaded.diagnostics)
    if loaded.base is not None:
        for path in trial_paths(folder):
            try:
                load_dossier(path, loaded.base)
            except Unusable as error:
                found += error.diagnostics
        try:
            compiled(loaded.base)
        except Unusable as error:
            found += error.diagnostics
    if found:
        print(render(tuple(found)))
    unusable = any(d.is_error for d in found)
    weighty = [d for d in found if d.severity is not Severity.INFORMATION]
    print(checked_text(tuple(found), loaded.base, str(folder)))
    return UNUSABLE if unusable else (WRONG if weighty else DONE)
