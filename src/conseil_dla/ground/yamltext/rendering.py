"""Values as lines of YAML, the way an author would write them."""

from __future__ import annotations

import re
from collections.abc import Mapping as Data

from conseil_dla.ground.characters import LINE_ENDS, NO_CHARACTER
from conseil_dla.ground.words import ENGLISH_YES_NO

_STEP = 2
_AMBIGUOUS = re.compile(r"[-+.]?[0-9][0-9_.,eE+-]*|0[xo][0-9a-fA-F]+|~|null", re.IGNORECASE)
_NEEDS_QUOTES = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=<]|^\s|\s$|:(?:\s|$)|\s#|[ \u00a0\u202f\u2009]:|^---|^\.\.\.")
_UNPRINTABLE = re.compile(f"[\t\n\r{LINE_ENDS}]|{NO_CHARACTER.pattern}")


def render(data: Data[str, object], indent: int) -> list[str]:
    """The lines of a block mapping. Values are texts, whole numbers, sets, lists, tuples and mappings of those.

    Raises TypeError for anything else, truth values included: yes and no are ``oui`` and ``non`` in these files.
    """
    lines: list[str] = []
    for key, value in data.items():
        lines += _entry(" " * indent + written(str(key)) + ":", value, indent)
    return lines


def _entry(head: str, value: object, indent: int) -> list[str]:
    """``head`` followed by the value, on the same line or below it."""
    if isinstance(value, Data):
        return [head, *render(value, indent + _STEP)] if value else [head + " {}"]
    if isinstance(value, (set, frozenset)):
        value = sorted(str(item) for item in value)
    if isinstance(value, (list, tuple)):
        lines: list[str] = []
        for item in value:
            lines += render_item(item, indent + _STEP)
        return [head, *lines] if value else [head + " []"]
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError(f"cannot be written: {type(value).__name__}")
    return _scalar(head, str(value), indent) if isinstance(value, str) else [f"{head} {value}"]


def render_item(value: object, indent: int) -> list[str]:
    """The lines of one item of a list whose dash stands after ``indent`` spaces."""
    dash = " " * indent + "-"
    if isinstance(value, Data) and value:
        lines = render(value, indent + _STEP)
        return [dash + lines[0][indent + 1 :], *lines[1:]]
    return _entry(dash, value, indent)


def render_inline(value: object) -> str:
    """The same between braces and brackets, on one line."""
    if isinstance(value, Data):
        return "{" + ", ".join(f"{render_inline(str(key))}: {render_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        value = sorted(str(item) for item in value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(render_inline, value)) + "]"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return quoted(text) if written(text) == text and re.search(r"[,\[\]{}:]", text) else written(text)


def _scalar(head: str, text: str, indent: int) -> list[str]:
    """A text on its line, or as a block below when it has several lines that a block keeps as they are."""
    body = text.rstrip("\n")
    tidy = body and not body[0].isspace() and all(line == line.rstrip() for line in body.split("\n"))
    if "\n" in body and tidy and len(text) - len(body) <= 1 and not _UNPRINTABLE.search(body.replace("\n", "")):
        pad = " " * (indent + _STEP)
        block = [pad + line if line else "" for line in body.split("\n")]
        return [head + (" |" if text.endswith("\n") else " |-"), *block]
    return [f"{head} {written(text)}"]


def written(text: str) -> str:
    """A text on one line, between double quotes when YAML, or another reader of YAML, would take it otherwise."""
    plain = (
        text
        and not _NEEDS_QUOTES.search(text)
        and not _UNPRINTABLE.search(text)
        and not _AMBIGUOUS.fullmatch(text)
        and text.lower() not in ENGLISH_YES_NO
    )
    return text if plain else quoted(text)


def quoted(text: str) -> str:
    """A text between double quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _UNPRINTABLE.sub(_escape, escaped) + '"'


def _escape(match: re.Match[str]) -> str:
    return "\\ufffd" if NO_CHARACTER.match(match.group()) else f"\\u{ord(match.group()):04x}"
