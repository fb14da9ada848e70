"""``conseil-dla entretien``: the questionnaire in plain lines, for screen readers and pipes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import open_dossier, open_reader, tell
from conseil_dla.cli.disagreement import tell_failure
from conseil_dla.cli.lines.alone import AloneConversation
from conseil_dla.cli.lines.conversation import Conversation
from conseil_dla.cli.lines.conversing import Keeper, Lines, keeper_of
from conseil_dla.cli.parser import DONE, UNUSABLE, FrenchParser, Misused, pick
from conseil_dla.comparison.alone_text import name_given
from conseil_dla.dossiers import store, territory
from conseil_dla.ground.words import fold
from conseil_dla.interview.alone import with_respondent
from conseil_dla.reading.compose import ReadingFailed
from conseil_dla.rules.model import ROLES, Respondent
from conseil_dla.wording import interview_text as text
from conseil_dla.wording import typed_entries as words
from conseil_dla.wording.disk_text import creation_failure, started_text
from conseil_dla.wording.questionnaire import proposed_title

if TYPE_CHECKING:
    from conseil_dla.rules.model import Base

HELP = """\
conseil-dla entretien [DOSSIER] [--regles DOSSIER_REGLES]
conseil-dla entretien DOSSIER --repondant NOM [--role dla|structure|collectivite|intervenant]

Les questions une par une, en lignes simples : pour un lecteur d’écran, ou pour un fichier de réponses.
Sans DOSSIER, en commence un ; avec DOSSIER, reprend où vous en étiez.
Chaque réponse est enregistrée aussitôt.

Une réponse est son numéro dans la liste (plusieurs, séparés par des espaces, là où c’est possible),
« aucune », ou un nombre quand un nombre est demandé ; 0 dit que vous ne savez pas encore.
Les mots : retour, annuler, rétablir, note TEXTE, pourquoi, suite, questions, aller NOM, guide,
lecture, aide, fin.

  conseil-dla entretien DOSSIER < reponses.txt

lit une entrée par ligne, comme au clavier. « question: réponse » répond à une question par son nom, où que
l’on en soit. Une ligne vide, ou qui commence par #, est sautée ; sans DOSSIER, les trois premières sont le
titre et les deux textes de la demande, qui peuvent être vides. Une entrée qui ne va pas est signalée avec sa
ligne, les autres sont prises (code de sortie 2).

--repondant NOM  cette personne répond seule, à un dossier qui existe : ni lecture, ni réponses des autres ;
                 « fin » demande ensuite si ses réponses peuvent être croisées (oui, non, ou rien)
--role ROLE      d’où elle répond ; les questions internes ne sont posées qu’au DLA
"""


END = "\0"
"""No text: one wants to leave."""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Begin or resume a dossier, and converse."""
    parser = FrenchParser("conseil-dla entretien", HELP, rules)
    parser.add_argument("dossiers", nargs="*", metavar="DOSSIER")
    parser.add_argument("--repondant", metavar="NOM")
    parser.add_argument("--role")
    options = parser.options(arguments)
    if len(options.dossiers) > 1:
        raise Misused("un seul dossier à la fois\naide : conseil-dla entretien -h")
    _check_respondent(options)

    path = options.dossiers[0] if options.dossiers else None
    lines = Lines()
    try:
        reader = open_reader(options.regles, in_lines=True)
        base, alone = reader.base, options.repondant
        keeper = _resumed(path, base, lines, alone) if path is not None else _begun(base, lines)
        if keeper is None:
            return DONE
        path = keeper.dossier.path
        try:
            if options.repondant is None:
                is_kept = Conversation(reader, keeper, lines).run()
            else:
                is_kept = _alone(reader.base, keeper, lines, options)
        finally:
            keeper.close()
    except ReadingFailed as failed:
        tell_failure(failed, str(path))
        return UNUSABLE
    return DONE if is_kept and not lines.has_refused else UNUSABLE


def _check_respondent(options: argparse.Namespace) -> None:
    """Raises ``Misused`` for what can be seen before reading anything."""
    if options.repondant is None:
        if options.role is not None:
            raise Misused("--role va avec --repondant NOM\naide : conseil-dla entretien -h")
        return
    if not options.dossiers:
        raise Misused(
            "--repondant se sert d’un dossier qui existe\naide : conseil-dla entretien DOSSIER --repondant NOM"
        )
    if not options.repondant.strip():
        raise Misused("il manque le nom de la personne qui répond\naide : conseil-dla entretien -h")
    if options.role is not None:
        pick(options.role, ROLES, "origine")


def _alone(base: Base, keeper: Keeper, lines: Lines, options: argparse.Namespace) -> bool:
    """Somebody answers alone, who is there already or comes now; True when everything is on disk."""
    there = keeper.dossier.everyone
    name = next((known for known in there if fold(known) == fold(options.repondant)), "")
    name = name or name_given(options.repondant, there)
    one = there.get(name, Respondent(name))
    role = options.role if options.role is not None else one.role
    if name not in there or role != one.role:
        keeper.keep(with_respondent(keeper.dossier, replace(one, role=role)))
    return AloneConversation(base, keeper, lines, name).run()


def _resumed(path: str, base: Base, lines: Lines, alone: str | None) -> Keeper:
    """The dossier named; one that belongs to the rules is refused. Raises ``Unusable``.

    What is remarked in it quotes it: not before somebody who answers alone.
    """
    keeper = keeper_of(Path(path), base, lines.tell)
    if keeper.dossier.remarks and alone is None:
        tell(keeper.dossier.remarks)
    return keeper


def _begun(base: Base, lines: Lines) -> Keeper | None:
    """A new dossier, on disk as soon as it has a title; None when the input ends before."""
    proposed = proposed_title(datetime.now().astimezone())
    lines.say(*text.title_lines(proposed))
    title = _said(lines, text.TITLE_PROMPT)
    if title is None or title == END:
        lines.tell(text.NOTHING_KEPT)
        return None
    try:
        dossier = open_dossier(str(store.create(store.folder(), title or proposed)), base)
        lines.tell(f"{text.CREATED} {dossier.path}")
        started = territory.started(base, dossier)
    except (OSError, ValueError) as error:
        raise Misused(creation_failure(store.folder(), error)) from error
    if told := started_text(started, territory.path()):
        lines.tell(told)
    return _described(keeper_of(Path(started.dossier.path), base, lines.tell), lines)


def _described(keeper: Keeper, lines: Lines) -> Keeper | None:
    """The two free texts; None when one leaves there, what was said being kept."""
    for told, prompt in ((text.DEMAND, text.DEMAND_PROMPT), (text.HEARD, text.HEARD_PROMPT)):
        lines.say(told)
        said = _said(lines, prompt)
        if said == END:
            keeper.settle()
            keeper.close()
            return None
        if said:
            demand, heard = (said, keeper.dossier.heard) if told == text.DEMAND else (keeper.dossier.demand, said)
            keeper.keep(replace(keeper.dossier, demand=demand, heard=heard))
    return keeper


def _said(lines: Lines, prompt: str) -> str | None:
    """A free text, empty where it is passed over; ``END`` to leave, None at the end of input."""
    while (entry := lines.asked(prompt, blank=True)) is not None:
        match words.command(entry):
            case None:
                return entry
            case words.END:
                return END
            case words.SKIP:
                return ""
            case words.HELP:
                lines.say(text.FREE_TEXT_HELP)
            case word:
                lines.refuse(text.only_for_questions(word), text.FREE_TEXT_HELP)
    return None
