"""``conseil-dla regles essayer``: run the cases, the trials and the rules' own examples."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.authoring.trials.mutation import try_folder
from conseil_dla.authoring.trials.run import load_trials, run_dossier, run_examples, trial_paths
from conseil_dla.authoring.trials.trial_text import mutations_text, trials_text, waiting_text
from conseil_dla.cli.desk import open_reader, tell
from conseil_dla.cli.disagreement import tell_failure
from conseil_dla.cli.parser import DONE, UNUSABLE, WRONG, FrenchParser, Misused, pick
from conseil_dla.cli.steps import Steps
from conseil_dla.exact.diagram import TooLarge
from conseil_dla.ground.processes import ProcessDied
from conseil_dla.reading.compose import ReadingFailed
from conseil_dla.reading.opening import rules_folder

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

HELP = """\
conseil-dla regles essayer [DOSSIER_REGLES] [--mutations [REGLE…]]

Rejoue les cas réels, les essais inventés et les exemples portés par les règles.

  --mutations [REGLE…]  essaie aussi de petites fautes dans chaque règle (ou dans celles-là) : une condition
                        ôtée ou retournée, un seuil déplacé, une force ou un effet changés, la règle retirée.
                        Une faute que rien ne remarque est dite, avec l’essai qui manque, prêt à copier.
                        Rien n’est essayé tant qu’une attente ne tient pas, et c’est dit.
                        Une minute environ pour toutes les règles.

Code de sortie : 0 tout est comme attendu, 1 un cas ne l’est plus ou une faute passe inaperçue,
2 quelque chose ne peut pas être lu.
"""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Run everything that the folder asserts of itself, and print one line for each."""
    parser = FrenchParser("conseil-dla regles essayer", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    parser.add_argument("--mutations", nargs="*", metavar="REGLE")
    options = parser.options(arguments)
    named = options.folder or options.regles
    reader = open_reader(named)
    trials = []
    folder = rules_folder(named)
    with Steps("Cas et essais lus") as read:
        dossiers, unreadable = load_trials(trial_paths(folder), reader.base, read.tell)
    path = str(folder)
    try:
        with Steps("Cas et essais rejoués") as steps:
            for number, dossier in enumerate(dossiers, 1):
                path = dossier.path
                trials.append(run_dossier(reader, dossier))
                steps.tell(number, len(dossiers))
        examples = run_examples(reader)
    except ReadingFailed as failed:
        tell_failure(failed, path)
        return UNUSABLE
    if unreadable:
        tell(unreadable)
    sys.stdout.write(trials_text(trials, examples))
    is_asked = options.mutations is not None
    if is_asked:
        _check_named(reader, options.mutations)
    failing = [trial for trial in (*trials, *examples) if trial.failures]
    if unreadable or failing:
        if is_asked:
            sys.stdout.write(waiting_text(failing, len({one.place.file for one in unreadable})))
        return UNUSABLE if unreadable else WRONG
    return _mutations(folder, reader, options.mutations) if is_asked else DONE


def _check_named(reader: Reader, only: Sequence[str]) -> None:
    """Raises ``Misused`` for an unknown rule."""
    known = [rule.id for rule in reader.base.logic.rules]
    for id in only:
        pick(id, known, "règle")


def _mutations(folder: Path, reader: Reader, only: Sequence[str]) -> int:
    """Small faults in every rule, once all is as expected. Raises ``Misused`` where the base is too large."""
    try:
        with Steps("Règles éprouvées") as steps:
            tried = try_folder(folder, reader.base, only, steps.tell)
    except TooLarge as error:
        told = "ces règles ont trop de suites possibles pour que toutes leurs petites fautes soient essayées"
        raise Misused(f"{told}\naide : nommez quelques règles après --mutations") from error
    except ProcessDied as error:
        told = "un des processus s’est arrêté avant la fin : ces règles n’ont pas toutes été éprouvées"
        raise Misused(f"{told}\naide : relancez ; si cela revient, nommez quelques règles après --mutations") from error
    sys.stdout.write("\n" + mutations_text(reader.base, tried))
    return WRONG if any(one.fate == "inapercu" for one in tried) else DONE
