"""What comes of writing a file in somebody's template."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A file's bytes, and the styles that its template lacks, each with what stands for it (empty: the plain style)."""

    data: bytes
    missing: tuple[tuple[str, str], ...] = ()


class BadTemplate(ValueError):
    """A template that cannot serve: no document of the kind wanted, or a damaged one. Its text says why, in French."""

    def __init__(self, why: str = "ce n’est pas un document de cette sorte, ou il est abîmé") -> None:
        super().__init__(why)
