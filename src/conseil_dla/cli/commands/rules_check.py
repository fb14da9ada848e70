"""``conseil-dla regles verifier``: load a rules folder, prove it, and tell everything that is wrong or doubtful."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.authoring.proofs import prove, shares_text, write_witness
from conseil_dla.authoring.proofs.findings import diagnostic_of, witness_text
from conseil_dla.authoring.trials.run import load_trials, trial_paths
from conseil_dla.authoring.trials.trial_text import checked_text
from conseil_dla.cli.desk import READING
from conseil_dla.cli.parser import DONE, UNUSABLE, WRONG, FrenchParser
from conseil_dla.cli.steps import Steps, Waiting
from conseil_dla.ground.diagnostics import Diagnostic, Severity, Unusable
from conseil_dla.ground.files import cache_folder, packaged_rules
from conseil_dla.reading.opening import rules_folder
from conseil_dla.rules.loading import VERIFY_ERRORS, load
from conseil_dla.wording.diagnostic_text import render
from conseil_dla.wording.disk_text import creation_failure

if TYPE_CHECKING:
    from conseil_dla.authoring.proofs import Proof
    from conseil_dla.authoring.proofs.findings import Proven
    from conseil_dla.rules.loading import Loaded
    from conseil_dla.rules.model import Base

HELP = """\
conseil-dla regles verifier [DOSSIER_REGLES] [--temoins DOSSIER]

Relit toutes les règles et connaissances, les cas et les essais, puis prouve sur tous les dossiers possibles :
il reste toujours un format et une posture ; rien n’est mort, en double, contradictoire ou sans effet.
Chaque constat montre l’endroit, la façon de corriger et, quand il en existe un, un dossier témoin à ouvrir.

  --temoins DOSSIER   où écrire les dossiers témoins (sinon : « temoins », dans le dossier de règles)

Code de sortie : 0 tout va bien, 1 quelque chose est prouvé faux ou douteux,
2 les règles ne peuvent pas être lues.
"""
WITNESSES = "temoins"


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Load, prove, tell, and count. The findings are the result here, so they go to stdout."""
    parser = FrenchParser("conseil-dla regles verifier", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    parser.add_argument("--temoins", metavar="DOSSIER")
    options = parser.options(arguments)
    with Waiting(READING):
        folder = rules_folder(options.folder or options.regles)
        loaded = load(folder)
    unusable, proof = _proved(folder, loaded)
    found = [*_as_verified(loaded), *unusable]
    if proof is not None and loaded.base is not None:
        where = Path(options.temoins) if options.temoins else _beside(folder)
        found += [*proof.costs, *_told(loaded.base, proof.findings, where)]
    if found:
        print(render(tuple(found)))
    if proof is not None and proof.shares is not None and loaded.base is not None:
        print(shares_text(loaded.base, proof.shares))
    print(checked_text(tuple(found), loaded.base, str(folder)))
    if loaded.base is None or any(diagnostic.is_error for diagnostic in unusable):
        return UNUSABLE
    return WRONG if any(d.severity is not Severity.INFORMATION for d in found) else DONE


def _proved(folder: Path, loaded: Loaded) -> tuple[list[Diagnostic], Proof | None]:
    """What prevents use beyond the rules themselves (cases, trials, size), and the proof where there can be one."""
    if loaded.base is None:
        return [], None
    with Steps("Cas et essais lus") as read:
        unusable = list(load_trials(trial_paths(folder), loaded.base, read.tell)[1])
    try:
        with Waiting("Preuves") as steps:
            return unusable, prove(loaded.base, steps.tell)
    except Unusable as error:
        return [*unusable, *error.diagnostics], None


def _as_verified(loaded: Loaded) -> list[Diagnostic]:
    """What loading said, some of it weighing more here than for who only uses the rules."""
    return [replace(d, severity=Severity.ERROR) if d.code in VERIFY_ERRORS else d for d in loaded.diagnostics]


def _beside(folder: Path) -> Path:
    """Witnesses stand in the rules folder; those of the packaged rules, which are nobody's to write in, apart."""
    return cache_folder() / WITNESSES if folder == packaged_rules() else folder / WITNESSES


def _told(base: Base, findings: Sequence[Proven], where: Path) -> list[Diagnostic]:
    """Findings as messages, their witnesses written. A disk that refuses costs the witnesses, not the messages."""
    found = []
    refused = ""
    names: dict[str, int] = {}
    for finding in findings:
        written = ""
        if finding.witness is not None and not refused:
            stem = "-".join((finding.code, *finding.about))
            names[stem] = names.get(stem, 0) + 1
            name = stem if names[stem] == 1 else f"{stem}-{names[stem]}"
            diagnostic = diagnostic_of(base, finding)
            title, told = witness_text(finding, diagnostic)
            try:
                written = str(write_witness(where, name, title, told, finding.witness))
            except OSError as error:
                refused = creation_failure(where, error)
                print(f"Dossiers témoins non écrits : {refused}", file=sys.stderr)
        found.append(diagnostic_of(base, finding, written))
    return found
