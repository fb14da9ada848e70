"""What comes of writing a file in somebody's template."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from conseil_dla.reporting.french import NBSP

REFUSED = "ce fichier n’a pas pu être mis en forme"
REFUSED_HELP = "essayez une autre sorte de fichier, ou un autre gabarit s’il en a un"


@dataclass(frozen=True, slots=True)
class Made:
    """A file's bytes, and the styles that its template lacks, each with what stands for it (empty: the plain style)."""

    data: bytes
    missing: tuple[tuple[str, str], ...] = ()


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
