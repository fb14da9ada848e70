"""Change one value in a YAML text by replacing its lines, and only them.

A library that reads the whole and writes it again moves comments when a key goes away, joins texts written on several
lines and aligns lists anew: an author would no longer recognise the file. Here the text is cut where the nodes say.
What stands between braces is cut in its line. Comments, which no node keeps, stay where a value changes: those that
stood inside it come above. What cannot be done so raises ``Unspliceable``; the caller has another way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from collections.abc import Mapping as Data
from itertools import accumulate
from typing import Any

import yaml

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence, plain_data
from conseil_dla.ground.yamltext.rendering import render, render_inline, render_item, written

Path = tuple[str | int, ...]
"""Keys of mappings, and numbers of items in lists, from the root."""


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


_ASKED = re.compile(r"(?:(?<=[\s,{])\?\s+)?\Z")


class Unspliceable(Exception):
    """The layout does not let one value change by lines alone."""


def splice(text: str, root: Node | None, path: Path, value: object | None) -> str:
    """The text with the value at ``path`` set, or removed when None. Raises Unspliceable and ValueError."""
    lines, end = _lines(text)
    if root is None:
        if value is not None:
            lines += [line + end for line in render(_nested(_names(path), value), 0)]
        return "".join(lines)
    parent, done = _deepest(root, path)
    rest = _names(path[done:])
    found = parent.get(rest[0])
    if value is None and (found is None or len(rest) > 1):
        return text
    if len(rest) > 1 and value is not None:
        value = _nested(rest[1:], value)
    if parent.flow:
        return _in_braces(lines, parent, rest[0], value)
    if value is None:
        return _remove(lines, parent, rest[0])
    if found is None:
        last = parent.entries[-1][1] if parent.entries else None
        if last is None:
            raise Unspliceable
        at = last.end[0]
        new = _entry(rest[0], value, _column(lines, parent), lines[at:])
    else:
        key = parent.key(rest[0])
        if key is None:
            raise Unspliceable
        at = key.place.line - 1
        new = _replacement(lines, _opening(lines, key), key, found, value)
        del lines[at : max(found.end[0], key.place.line)]
    lines[at:at] = [line if line.endswith(("\r", "\n")) else line + end for line in new]
    return "".join(lines)


def _lines(text: str) -> tuple[list[str], str]:
    """The lines, the last one ended too, and how the first one ends."""
    lines = lines_of(text)
    end = _end_of(lines[0]) if lines else "\n"
    if lines and not lines[-1].endswith(("\r", "\n")):
        lines[-1] += end
    return lines, end


def lines_of(text: str) -> list[str]:
    """The lines with their ends, cut where a reading cuts them."""
    return _LINE.findall(text)


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :] or "\n"


def _nested(path: tuple[str, ...], value: object) -> dict[str, object]:
    for step in reversed(path[1:]):
        value = {step: value}
    return {path[0]: value}


def _names(steps: Path) -> tuple[str, ...]:
    """Steps that are keys: an item that is not there cannot be written by its number."""
    if any(isinstance(step, int) for step in steps):
        raise ValueError("no such item")
    return tuple(str(step) for step in steps)


def child_of(parent: Node, step: str | int) -> Node | None:
    """The value under a key, or the item with a number."""
    if isinstance(step, int):
        items = parent.items if isinstance(parent, Sequence) else ()
        return items[step] if step < len(items) else None
    return parent.get(step) if isinstance(parent, Mapping) else None


def _deepest(root: Node, path: Path) -> tuple[Mapping, int]:
    """The last mapping along the path, and how many steps lead to it."""
    if not isinstance(root, Mapping):
        raise ValueError("the root is no mapping")
    for done, step in enumerate(path[:-1]):
        child = root.get(str(step))
        if isinstance(child, Sequence) and isinstance(path[done + 1], int):
            item = child_of(child, path[done + 1])
            if not isinstance(item, Mapping):
                raise ValueError(f"no mapping at {path[: done + 2]!r}")
            parent, further = _deepest(item, path[done + 2 :])
            return parent, done + 2 + further
        if child is None or (isinstance(child, Scalar) and not child.text):
            return root, done
        if not isinstance(child, Mapping):
            raise ValueError(f"no mapping under {step!r}")
        if not child.entries:
            return root, done
        root = child
    return root, len(path) - 1


def _opening(lines: list[str], key: Scalar) -> int:
    """How many characters stand before an entry, which begins with its key, or with the ``?`` before it."""
    before = lines[key.place.line - 1][: key.place.column - 1].rstrip()
    return len(before) - 1 if before.lstrip(" -") == "?" else key.place.column - 1


def _column(lines: list[str], parent: Mapping) -> int:
    columns = {_opening(lines, key) for key, _ in parent.entries}
    if len(columns) != 1:
        raise Unspliceable
    return columns.pop()


def _remove(lines: list[str], parent: Mapping, name: str) -> str:
    key, found = parent.key(name), parent.get(name)
    if key is None or found is None:
        raise Unspliceable
    first, after = key.place.line - 1, max(found.end[0], key.place.line)
    opening = _opening(lines, key)
    before, end = lines[first][:opening], _end_of(lines[first])
    if len(parent.entries) == 1 and opening > 0:
        if before.strip():
            raise Unspliceable
        lines[first:after] = [before + "{}" + end]
    elif before.strip():
        following = lines[after] if after < len(lines) else ""
        is_next = (
            bool(following[opening:].strip(" \r\n"))
            and not following[:opening].strip()
            and (following[opening] not in " #")
        )
        lines[first : after + is_next] = [before + following[opening:] if is_next else before.rstrip() + end]
    else:
        del lines[first:after]
    return "".join(lines)


def _in_braces(lines: list[str], parent: Mapping, name: str, value: object | None) -> str:
    """The text with one entry between braces set, or removed when None; what stands around it stays."""
    text = "".join(lines)
    starts = [0, *accumulate(map(len, lines))]

    def at(line: int, column: int) -> int:
        return starts[line - 1] + column - 1

    spans = [(at(key.place.line, key.place.column), at(*value.end)) for key, value in parent.entries]
    number = next((n for n, (key, _) in enumerate(parent.entries) if key.text == name), None)
    if number is None:
        told = render_inline({name: value})[1:-1]
        here = spans[-1][1] if spans else at(parent.place.line, parent.place.column) + 1
        return f"{text[:here]}{', ' if spans else ''}{told}{text[here:]}"
    start, end = spans[number]
    asked = _ASKED.search(text, 0, start)
    start = asked.start() if asked else start
    if value is not None:
        name_end = at(*parent.entries[number][0].end)
        told = "".join(f" {one.strip()}{_end_of(lines[0])} " for one in _comments(f"{{a{text[name_end:end]}}}"))
        return f"{text[:name_end]}: {render_inline(value)}{told}{text[end:]}"
    if after := re.match(r"((?:\s|(?<=\s)#[^\r\n]*)*),[ \t]*", text[end:]):
        return text[:start] + after[1].lstrip(" ") + text[end + after.end() :]
    before = spans[number - 1][1] if number else start
    return text[: before if text[before:start].strip(" \t\r\n,") == "" else start] + text[end:]


def _entry(name: str, value: object, indent: int, following: list[str]) -> list[str]:
    """Its lines. Where a comment comes next, further in, a text of several lines would take it in: no block then."""
    comes = next((line for line in following if line.strip()), "")
    is_taken_in = comes.lstrip(" ").startswith("#") and len(comes) - len(comes.lstrip(" ")) > indent
    new = render({name: value}, indent)
    if is_taken_in and len(new) > 1 and re.search(r"[:-] \|-?$", "\n".join(new), re.MULTILINE):
        return [" " * indent + f"{written(name)}: {render_inline(value)}"]
    return new


def _replacement(lines: list[str], opening: int, key: Scalar, found: Node, value: object) -> list[str]:
    """The new lines of one entry: what precedes the key stays, and every comment in the lines of the former value."""
    first = lines[key.place.line - 1].rstrip("\r\n")
    is_simple = opening == key.place.column - 1
    items = value if isinstance(value, (list, tuple, set, frozenset)) else ()
    if is_simple and items and isinstance(found, Sequence) and not found.flow:
        return [lines[key.place.line - 1], *_kept_items(lines, key, found, items)]
    after = max(found.end[0], key.place.line)
    new = _entry(key.text, value, opening, lines[after:])
    if is_simple:
        new[0] = first[: key.end[1] - 1] + new[0][opening + len(written(key.text)) :]
    else:
        new[0] = first[:opening] + new[0][opening:]
    told = _comments("".join(lines[key.place.line - 1 : after]))
    beside = next((one for one in told if "\n" not in one and "\r" not in one), "")
    if beside:
        told.remove(beside)
        new[0] += beside if beside.startswith(" ") else "  " + beside
    if told and first[:opening].strip():
        raise Unspliceable
    return [*(" " * opening + one.strip() for one in told), *new]


def _comments(text: str) -> list[str]:
    try:
        return comments(text)
    except ValueError as problem:
        raise Unspliceable from problem


def _kept_items(lines: list[str], key: Scalar, found: Sequence, value: Collection[object]) -> list[str]:
    """The new lines of a list; an item that was there keeps its own lines, with the comments above and beside it."""
    old: list[tuple[object, list[str]]] = []
    start = key.place.line
    for item in found.items:
        old.append((plain_data(item), lines[start : item.end[0]]))
        start = item.end[0]
    dash = lines[found.items[0].place.line - 1] if found.items else ""
    indent = len(dash) - len(dash.lstrip()) if dash.lstrip().startswith("-") else key.place.column + 1
    new: list[str] = []
    for one in sorted(str(o) for o in value) if isinstance(value, (set, frozenset)) else value:
        same = next((n for n, (data, _) in enumerate(old) if data == as_read(one)), None)
        new += old.pop(same)[1] if same is not None else render_item(one, indent)
    return new


def same_but_for(before: Node | None, after: Node | None, path: Path, value: object | None) -> bool:
    """True when ``after`` holds what ``before`` held, but for the value at ``path``."""
    wanted = plain_data(before) if before is not None else {}
    got = plain_data(after) if after is not None else {}
    if not isinstance(wanted, dict):
        return False
    target: Any = wanted
    for step in path[:-1]:
        if isinstance(target, dict) and target.get(step, "") == "":
            if value is None:
                return wanted == got
            target[step] = {}
        target = target[step]
    if value is None:
        target.pop(path[-1], None)
    else:
        target[path[-1]] = as_read(value)
    return bool(wanted == got)


def as_read(value: object) -> object:
    """What reading gives back for a value once written."""
    if isinstance(value, (set, frozenset)):
        return sorted(str(item) for item in value)
    if isinstance(value, Data):
        return {str(key): as_read(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_read(item) for item in value]
    return str(value)


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
