"""Write and edit YAML texts. ruamel, slow to import, is called only where lines are not enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Changes
from typing import Any

from conseil_dla.nodes import Mapping
from conseil_dla.yamltext.reading import parse
from conseil_dla.yamltext.rendering import render, written
from conseil_dla.yamltext.splicing import Path, Unspliceable, same_but_for, splice


def dump(data: Changes[str, object]) -> str:
    """A new file with these keys, in this order: texts, whole numbers, sets, lists and mappings of those.

    Sets are written in the order of the alphabet, several lines of text as a block.
    """
    return "".join(line + "\n" for line in render(data, 0))


def edit(text: str, changes: Changes[Path, object | None]) -> str:
    """The same YAML with values set at paths, or removed where the change is None.

    A path goes through keys, and through the numbers of items of a list (from 0), the last step being a key.

    Everything else stays as it is, to the byte: comments, order, quotes, blank lines, line ends. Missing mappings are
    created. Raises ValueError when the text cannot be read, when its root is no mapping, or when a path goes through
    something that is neither a mapping nor empty.
    """
    for path, value in changes.items():
        if not path or isinstance(path[-1], int):
            raise ValueError("an edit needs a path that ends with a key")
        text = _edit_one(text, path, value)
    return text


def _edit_one(text: str, path: Path, value: object | None) -> str:
    node, found = parse(text, "")
    if any(finding.is_error for finding in found) or not (node is None or isinstance(node, Mapping)):
        raise ValueError("only a readable text whose root is a mapping can be edited")
    try:
        after = splice(text, node, path, value)
        reread, found = parse(after, "")
        if not any(finding.is_error for finding in found) and same_but_for(node, reread, path, value):
            return after
    except Unspliceable:
        pass
    above = text.splitlines(keepends=True)[: node.place.line - 1] if node else []
    head = "".join(above)
    return head + _round_trip(text[len(head) :], path, value)


def _round_trip(text: str, path: Path, value: object | None) -> str:
    """The same through ruamel's round trip, for layouts that lines cannot follow."""
    from io import StringIO  # noqa: PLC0415

    from ruamel.yaml import YAML  # noqa: PLC0415 (imported at the first need only)
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415
    from ruamel.yaml.resolver import VersionedResolver  # noqa: PLC0415
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString  # noqa: PLC0415

    class TextOnly(VersionedResolver):
        @property
        def versioned_resolver(self) -> dict[str, list[Any]]:
            """Every scalar is a text, but for one that is empty."""
            return {"": [("tag:yaml.org,2002:null", re.compile("^$"))]}

    rounder = YAML(typ="rt")
    rounder.Resolver = TextOnly
    rounder.preserve_quotes = True
    rounder.width = 10_000
    try:
        root = rounder.load(text) or {}
    except YAMLError as problem:
        raise ValueError("this text cannot be edited") from problem
    target = root
    for step in path[:-1]:
        if isinstance(target, dict) and target.get(step) in (None, ""):
            if value is None:
                return text
            target[step] = {}
        target = target[step]
        if isinstance(target, list):
            continue
        if not isinstance(target, dict):
            raise ValueError(f"no mapping under {step!r}")
    if value is None:
        target.pop(path[-1], None)
    else:
        target[path[-1]] = _plain(value, DoubleQuotedScalarString)
    out = StringIO()
    rounder.dump(root, out)
    written = out.getvalue()
    return written.replace("\n", "\r\n") if "\r\n" in text else written


def _plain(value: object, quote: Callable[[str], str]) -> object:
    """Sets as sorted lists, and texts with ``quote`` where they need it, all the way down."""
    if isinstance(value, Changes):
        return {str(key): _plain(item, quote) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        value = sorted(str(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item, quote) for item in value]
    return quote(str(value)) if isinstance(value, str) and written(value) != value else str(value)
