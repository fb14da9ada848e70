"""When a question is asked, in words for paper: nothing there can hide a question that does not apply."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP
from conseil_dla.rules.model import Base, Condition
from conseil_dla.wording.conditions import if_text
from conseil_dla.wording.page_parts import Text, plain


def condition_text(base: Base, condition: Condition | None) -> str:
    """« Seulement si l’on a, pour … »; empty for a question that is always asked."""
    if condition is None:
        return ""
    return f"Seulement si {_flat(if_text(base, condition))}."


def _flat(text: Text) -> str:
    """A text with the list that it opens, on one line."""
    return f"{plain(text.run)}{_listed(text.inner)}"


def _listed(inner: Iterable[Text]) -> str:
    parts = [_flat(text) for text in inner]
    return f" {f'{NBSP}; '.join(parts)}" if parts else ""
