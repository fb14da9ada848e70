"""The comments of a YAML text, which no node keeps: what an edit must not lose."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"\s*#[^\r\n]*")
_AFTER_HEADER = re.compile(r"[|>][-+0-9]*([ ]+#[^\r\n]*)")


def comments(text: str) -> list[str]:
    """Each comment from its ``#``, in order, with the spaces and line ends before it.

    Raises ValueError when the text is no YAML.
    """
    found: list[str] = []
    at = 0
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            found += _COMMENT.findall(text[at : token.start_mark.index])
            at = max(at, token.end_mark.index)
            if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
                header = _AFTER_HEADER.match(text, token.start_mark.index)
                found += [header[1]] if header else []
    except yaml.YAMLError as problem:
        raise ValueError("the comments cannot be told") from problem
    return found


def keeps_comments(before: str, after: str) -> bool:
    """True when every comment of ``before`` is in ``after``, as often."""
    try:
        was, now = (Counter(one.strip() for one in comments(text)) for text in (before, after))
    except ValueError:
        return False
    return was <= now
