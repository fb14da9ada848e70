"""What each code of a mistake is called, in the words of the page that explains them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from conseil_dla.ground.files import packaged_help

PAGE = "diagnostics.md"
_HEADING = re.compile(r"^#+ (DLA\d{3}) · (.+)$", re.MULTILINE)


@cache
def code_titles() -> Mapping[str, str]:
    """By code; empty where the page is not there, which prevents nothing."""
    try:
        text = (packaged_help() / PAGE).read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(_HEADING.findall(text))
