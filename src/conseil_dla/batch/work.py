"""What a process of ``conseil-dla lot`` does: conclude pieces of work, in the form of the file to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conseil_dla.batch.concluding import Alone, Concluder, Refused
from conseil_dla.batch.counts import Counts
from conseil_dla.batch.output_forms import CellForm, Form, JsonForm, Result
from conseil_dla.batch.pieces import Chunk, opened
from conseil_dla.dossiers.store import load_cases
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import engine_for
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render

MOST_TOLD = 20
"""Refused dossiers, and dossiers remarked on, of which the words are sent to be shown."""


@dataclass(frozen=True, slots=True)
class Done:
    """A piece of work that is done."""

    lines: Any
    """Bytes, or rows of texts for a workbook."""
    told: tuple[str, ...]
    """The first dossiers refused, each with its reason as a terminal shows it."""
    remarked: tuple[str, ...]
    """The first dossiers that are read and of which something is not, each with what is said of it; one more than is
    shown, where there are more."""
    counts: Counts
    size: int
    """Bytes of the sources that are done."""


def get_ready(base: Base, suffix: str, seed: int, whole: bool) -> Callable[[tuple[int, Chunk]], Done]:
    """A process ready to work. Raises ``Unusable`` when the base is too large."""
    reader = Reader(base, engine_for(base))
    form: Form = CellForm(reader, csv=suffix == ".csv")
    if suffix == ".jsonl":
        form = JsonForm(reader, load_cases(base) if whole else (), whole=whole)
    concluder = Concluder(reader, form.tell, form.nothing, seed, apart=whole)

    def work(numbered: tuple[int, Chunk]) -> Done:
        number, chunk = numbered
        concluder.counts = Counts()
        told: list[str] = []
        remarked: list[str] = []
        results = concluder.each(list(opened(chunk)), number)
        lines = form.lines(_told(result, told, remarked) for result in results)
        return Done(lines, tuple(told), tuple(remarked), concluder.counts, chunk.size)

    return work


def _told(result: Result, told: list[str], remarked: list[str]) -> Result:
    """The same, its words kept where it is one of the first that are refused, or remarked on."""
    if isinstance(result, Refused) and len(told) < MOST_TOLD:
        told.append(render(result.diagnostics))
    elif isinstance(result, Alone) and result.dossier.remarks and len(remarked) <= MOST_TOLD:
        remarked.append(render(result.dossier.remarks))
    return result
