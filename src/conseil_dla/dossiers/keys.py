"""The keys at the left edge of a dossier: what is written there and would be left out by mistake.

A key of the author's own is kept and left alone. One that is nearly a key of ours, or that is the name of a question,
is a slip: read as nothing, it would take answers away without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.dossiers.journal import KEY as JOURNAL
from conseil_dla.dossiers.respondents import KEY as RESPONDENTS
from conseil_dla.dossiers.structures import KEY as STRUCTURES
from conseil_dla.ground.diagnostics import Diagnostic, Severity
from conseil_dla.ground.nodes import Mapping, Node, Scalar
from conseil_dla.ground.words import fold, nearest, slip_of
from conseil_dla.rules.answertext import former_names
from conseil_dla.rules.model import Base

ANSWERS = "reponses"
WORKSHOP = "atelier"
"""``oui`` on a scenario made to be played with a room."""
KEYS = (
    *("version", "titre", "demande_dans_leurs_mots", "ce_que_vous_entendez", "profil", ANSWERS, "notes", "avis"),
    *(STRUCTURES, RESPONDENTS, JOURNAL, "source", "experience", "attendu", WORKSHOP),
)
"""Every key that is read; a dossier has at least one."""
SURE = 6
"""Letters from which a key that nearly is the name of a question can be nothing else."""


def is_dossier(root: Mapping, base: Base) -> bool:
    """False when nothing in it is known, or nearly: a page of the web, another program's file."""
    return any(key.text in KEYS for key, _ in root.entries) or any(misread_keys(root, base))


def misread_keys(root: Mapping, base: Base) -> Iterator[Diagnostic]:
    """A finding on each key that is nearly one of ours, or a question out of its place."""
    unknown = [key for key, _ in root.entries if key.text not in KEYS]
    if not unknown:
        return
    names = {fold(id): id for id in (*former_names(base.texts.values())[0], *base.logic.questions)}
    for key in unknown:
        if (near := slip_of(key.text, KEYS)) is not None:
            yield misspelt(key, near)
        elif question := names.get(fold(key.text)) or (len(key.text) >= SURE and slip_of(key.text, names.values())):
            message = f"« {key.text} » est une question : hors de « {ANSWERS} », sa réponse ne serait pas lue"
            help = f"mettez-la sous « {ANSWERS}: », décalée de deux espaces : « {question}: … »"
            yield Diagnostic("DLA316", Severity.ERROR, key.place, message, help)


def misread_notes(notes: Node | None, base: Base) -> Iterator[Diagnostic]:
    """A remark on each note under a name that is that of no question: it stands in the file, unseen."""
    former = former_names(base.texts.values())[0]
    for key, _ in notes.entries if isinstance(notes, Mapping) else ():
        if key.text and key.text not in base.logic.questions and key.text not in former:
            near = nearest(key.text, base.logic.questions)
            message = f"« {key.text} » n’est pas une question : cette note reste dans le fichier, sans être montrée"
            help = f"vouliez-vous dire « {near} » ?" if near else "mettez-la sous le nom d’une question"
            yield Diagnostic("DLA317", Severity.WARNING, key.place, message, help)


def misspelt(key: Scalar, near: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    """The finding on a key that is nearly another one."""
    message = f"clé inconnue « {key.text} » : ce qui y est écrit n’est pas lu"
    return Diagnostic("DLA317", severity, key.place, message, f"vouliez-vous dire « {near} » ?")
