"""A rule read back as a sentence, in plain lines: an author hears what was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conseil_dla.authoring.site.rules import rule_lead
from conseil_dla.rules.model import Base
from conseil_dla.wording.page_parts import Run, Text


def rule_lines(base: Base, id: str) -> tuple[str, ...]:
    """« Si l’on a, pour …, alors … », a list one item a line. Raises StopIteration for no rule of that name."""
    rule = next(rule for rule in base.logic.rules if rule.id == id)
    return tuple(_lines(rule_lead(base, rule), 0))


def _lines(texts: Iterable[Text], depth: int) -> Iterator[str]:
    for text in texts:
        yield f"{'   ' * depth}{'– ' if depth else ''}{_plain(text.run)}"
        yield from _lines(text.inner, depth + 1)


def _plain(run: Run) -> str:
    return "".join(span if isinstance(span, str) else span.text for span in run)
