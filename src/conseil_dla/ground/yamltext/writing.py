"""Write and edit YAML texts. ruamel, slow to import, is called only where lines are not enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Changes
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from conseil_dla.ground.nodes import Mapping
from conseil_dla.ground.yamltext.reading import parse
from conseil_dla.ground.yamltext.rendering import render, written
from conseil_dla.ground.yamltext.splicing import Path, Unspliceable, keeps_comments, lines_of, same_but_for, splice

_LINE_END = re.compile(r"\r\n|\r|\n")


def dump(data: Changes[str, object]) -> str:
    """A new file with these keys, in this order: texts, whole numbers, sets, lists and mappings of those.

    Sets are written in the order of the alphabet, several lines of text as a block.
    """
    return "".join(line + "\n" for line in render(data, 0))


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with its values set."""

    text: str
    is_whole: bool = True
    """False where a comment of the former text went, in a layout that lines could not follow."""


def edit(text: str, changes: Changes[Path, object | None]) -> str:
    """What ``edited`` makes, for who keeps the former text anyway."""
    return edited(text, changes).text


def edited(text: str, changes: Changes[Path, object | None]) -> Edited:
    """The same YAML with values set at paths, or removed where the change is None.

    A path goes through keys, and through the numbers of items of a list (from 0), the last step being a key.

    Everything else stays as it is, to the byte: comments, order, quotes, blank lines, line ends. Missing mappings are
    created. Raises ValueError when the text cannot be read, when its root is no mapping, or when a path goes through
    something that is neither a mapping nor empty.
    """
    is_whole = True
    for path, value in changes.items():
        if not path or isinstance(path[-1], int):
            raise ValueError("an edit needs a path that ends with a key")
        one = _edit_one(text, path, value)
        text, is_whole = one.text, is_whole and one.is_whole
    return Edited(text, is_whole)


def _edit_one(text: str, path: Path, value: object | None) -> Edited:
    node, found = parse(text, "")
    if any(finding.is_error for finding in found) or not (node is None or isinstance(node, Mapping)):
        raise ValueError("only a readable text whose root is a mapping can be edited")
    with suppress(Unspliceable):
        after = splice(text, node, path, value)
        if _holds(after, node, path, value):
            return Edited(after)
    above = lines_of(text)[: node.place.line - 1] if node else []
    head = "".join(above)
    after = head + _round_trip(text[len(head) :], path, value)
    if not _holds(after, node, path, value):
        raise ValueError("this text cannot be edited")
    return Edited(after, keeps_comments(text, after))


def _holds(after: str, before: Mapping | None, path: Path, value: object | None) -> bool:
    """True when the text reads back as meant."""
    reread, found = parse(after, "")
    return not any(finding.is_error for finding in found) and same_but_for(before, reread, path, value)


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
    rounder.indent(mapping=2, sequence=4, offset=2)
    end = next(iter(_LINE_END.findall(text)), "\n")
    try:
        root = rounder.load(_LINE_END.sub("\n", text)) or {}
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
    return out.getvalue().replace("\n", end)


def _plain(value: object, quote: Callable[[str], str]) -> object:
    """Sets as sorted lists, and texts with ``quote`` where they need it, all the way down."""
    if isinstance(value, Changes):
        return {str(key): _plain(item, quote) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        value = sorted(str(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item, quote) for item in value]
    return quote(str(value)) if isinstance(value, str) and written(value) != value else str(value)
