"""What comes of writing a file in somebody's template."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from conseil_dla.ground.french import NBSP, listed

REFUSED = "ce fichier n’a pas pu être mis en forme"
REFUSED_HELP = "essayez une autre sorte de fichier, ou un autre gabarit s’il en a un"


@dataclass(frozen=True, slots=True)
class Made:
    """A file's bytes, and what to tell of its template."""

    data: bytes
    missing: tuple[tuple[str, str], ...] = ()
    """Styles that the template lacks, each with what stands for it (empty: the plain style), in French."""
    told: tuple[str, ...] = ()
    """What of the template is not in the paper, or stays unseen: sentences without their full stop."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a paper takes of a template: an empty document that has its look, and nothing else."""

    data: bytes
    told: tuple[str, ...] = ()
    masters: tuple[str, ...] = ()
    """OpenDocument: the page styles that the paper goes through, that of its first page first."""


class NotMade(Exception):
    """A file that could not be made. Its text says why, in French, and holds nothing of what was to be written."""

    @property
    def told(self) -> str:
        """Why, as a sentence."""
        return str(self)


class BadTemplate(NotMade, ValueError):
    """A template that cannot serve: no document of the kind wanted, or a damaged one. Its text says why, in French."""

    def __init__(self, why: str = "ce n’est pas un document de cette sorte, ou il est abîmé") -> None:
        super().__init__(why)

    @property
    def told(self) -> str:
        """Why, as a sentence."""
        return f"le gabarit ne peut pas servir{NBSP}: {self}"


@contextmanager
def door() -> Iterator[None]:
    """Around every call of a library of documents, each of which raises what it likes: that is ``NotMade`` here.

    What the disk refuses, and what is told already, passes.
    """
    try:
        yield
    except (NotMade, OSError, MemoryError):
        raise
    except Exception as error:
        raise NotMade(f"{REFUSED} ({type(error).__name__})\naide{NBSP}: {REFUSED_HELP}") from error


COMMENTS, CHANGES, NOTES = "les commentaires", "les modifications suivies", "les notes de bas de page"
LINKS, OBJECTS = "les liens vers d’autres fichiers ou d’autres sites", "les objets et documents insérés"
FIELDS, HIDDEN, SCRIPTS = "les champs (leur texte reste)", "le texte masqué", "les scripts"
FONTS, UNSAFE = "les polices incorporées", "les images d’une sorte qui ne peut pas être vérifiée"
BODY_PICTURES = "les images du corps (dans l’en-tête, elles resteraient)"
NOTABLE = (BODY_PICTURES, COMMENTS, CHANGES, NOTES, HIDDEN, FIELDS, LINKS, OBJECTS, SCRIPTS, FONTS, UNSAFE)
"""What a template may hold that no paper takes from it, in the order in which it is told."""
TALKS = "une image EMF ou WMF de l’en-tête dit peut-être qui l’a dessinée : un PNG n’en dirait rien"


def told_of(left: set[str], *more: str) -> tuple[str, ...]:
    """Sentences; ``left`` holds words of ``NOTABLE``."""
    seen = [each for each in NOTABLE if each in left]
    return (*([f"du gabarit, le papier ne garde pas : {listed(seen)}"] if seen else []), *filter(None, more))
