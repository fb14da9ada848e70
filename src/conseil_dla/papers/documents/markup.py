"""Pages for a browser, from templates in files of their own: the one door of Jinja2, where every text is escaped.

A template is named by where it stands in the package. What it puts in unescaped (``safe``) is ours: a style, a
picture. All extend ``papers/documents/page/base.html.jinja``, whose policy forbids whatever does not come with the
page, should something ever slip through.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

INSIDE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The policy of a page that holds its own style, and runs and fetches nothing."""


def filled(template: str, said: Callable[[str], str] = str, **values: Any) -> str:
    """The page, ending with a line end. ``said`` is what becomes of a text before it is escaped: one line, cleaned…

    Raises ``jinja2.TemplateError`` for a mistake of ours; nothing of what is read can be one.
    """
    return _templates().get_template(template).render(said=said, **values)


def asset(name: str) -> str:
    """A style or a script as it is written in the package."""
    return resources.files("conseil_dla").joinpath(name).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FunctionLoader(asset), autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        undefined=StrictUndefined, auto_reload=False,
    )  # fmt: skip
