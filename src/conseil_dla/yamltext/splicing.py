"""Change one value in a YAML text by replacing its lines, and only them.

A library that reads the whole and writes it again moves comments when a key goes away, joins texts written on several
lines and aligns lists anew: an author would no longer recognise the file. Here the text is cut where the nodes say.
What cannot be done on lines (braces, a key on the line of a dash) raises ``Unspliceable``; the caller has another way.
"""

from __future__ import annotations

from collections.abc import Mapping as Data

from conseil_dla.nodes import Mapping, Node, Scalar, Sequence, plain_data
from conseil_dla.yamltext.rendering import render, written


class Unspliceable(Exception):
    """The layout does not let one value change by lines alone."""


def splice(text: str, root: Node | None, path: tuple[str, ...], value: object | None) -> str:
    """The text with the value at ``path`` set, or removed when None. Raises Unspliceable and ValueError."""
    lines = text.splitlines(keepends=True) if "\r" not in text.replace("\r\n", "") else _refuse()
    end = "\r\n" if "\r\n" in text else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    if root is None:
        if value is not None:
            lines += [line + end for line in render(_nested(path, value), 0)]
        return "".join(lines)
    parent, done = _deepest(root, path)
    rest = path[done:]
    found = parent.get(rest[0])
    if value is None:
        return text if found is None or len(rest) > 1 else _remove(lines, parent, rest[0])
    if len(rest) > 1:
        value = _nested(rest[1:], value)
    if found is None:
        last = parent.entries[-1][1] if parent.entries else None
        if parent.flow or last is None:
            raise Unspliceable
        at = last.end[0]
        new = render({rest[0]: value}, _column(parent))
    else:
        key = parent.key(rest[0])
        if parent.flow or key is None:
            raise Unspliceable
        at = key.place.line - 1
        new = _replacement(lines, key, found, value)
        del lines[at : max(found.end[0], key.place.line)]
    lines[at:at] = [line + end for line in new]
    return "".join(lines)


def _refuse() -> list[str]:
    raise Unspliceable


def _nested(path: tuple[str, ...], value: object) -> dict[str, object]:
    for step in reversed(path[1:]):
        value = {step: value}
    return {path[0]: value}


def _deepest(root: Node, path: tuple[str, ...]) -> tuple[Mapping, int]:
    """The last mapping along the path, and how many steps lead to it."""
    if not isinstance(root, Mapping):
        raise ValueError("the root is no mapping")
    for done, step in enumerate(path[:-1]):
        child = root.get(step)
        if child is None or (isinstance(child, Scalar) and not child.text):
            return root, done
        if not isinstance(child, Mapping):
            raise ValueError(f"no mapping under {step!r}")
        if not child.entries:
            return root, done
        root = child
    return root, len(path) - 1


def _column(parent: Mapping) -> int:
    columns = {key.place.column for key, _ in parent.entries}
    if len(columns) != 1:
        raise Unspliceable
    return columns.pop() - 1


def _remove(lines: list[str], parent: Mapping, name: str) -> str:
    key, found = parent.key(name), parent.get(name)
    if parent.flow or key is None or found is None:
        raise Unspliceable
    if len(parent.entries) == 1 and key.place.column > 1:
        kept = lines[key.place.line - 1][: key.place.column - 1]
        if kept.strip():
            raise Unspliceable
        end = "\r\n" if lines[key.place.line - 1].endswith("\r\n") else "\n"
        lines[key.place.line - 1 : max(found.end[0], key.place.line)] = [kept + "{}" + end]
        return "".join(lines)
    if lines[key.place.line - 1][: key.place.column - 1].strip():
        raise Unspliceable
    del lines[key.place.line - 1 : max(found.end[0], key.place.line)]
    return "".join(lines)


def _replacement(lines: list[str], key: Scalar, found: Node, value: object) -> list[str]:
    """The new lines of one entry: what precedes the key and a comment after a one-line value stay."""
    first = lines[key.place.line - 1].rstrip("\r\n")
    before = first[: key.place.column - 1]
    new = render({key.text: value}, key.place.column - 1)
    new[0] = first[: key.end[1] - 1] + new[0][len(before) + len(written(key.text)) :]
    if isinstance(found, Sequence) and not found.flow and len(new) > 1:
        return [first, *_kept_items(lines, key, found, new[1:])]
    last_line, last_column = found.end
    comment = lines[last_line - 1].rstrip("\r\n")[last_column - 1 :] if last_line >= key.place.line else ""
    if comment.strip().startswith("#"):
        new[0] += comment if comment.startswith(" ") else "  " + comment.strip()
    return new


def _kept_items(lines: list[str], key: Scalar, found: Sequence, new: list[str]) -> list[str]:
    """The new lines of a list; an item that was there keeps its own lines, with the comments above and beside it."""
    old: dict[str, list[str]] = {}
    start = key.place.line
    for item in found.items:
        if isinstance(item, Scalar) and item.place.line == item.end[0]:
            old["- " + written(item.text)] = [line.rstrip("\r\n") for line in lines[start : item.end[0]]]
        start = item.end[0]
    return [kept for line in new for kept in old.get(line.strip(), [line])]


def same_but_for(before: Node | None, after: Node | None, path: tuple[str, ...], value: object | None) -> bool:
    """True when ``after`` holds what ``before`` held, but for the value at ``path``."""
    wanted = plain_data(before) if before is not None else {}
    got = plain_data(after) if after is not None else {}
    if not isinstance(wanted, dict):
        return False
    target = wanted
    for step in path[:-1]:
        if target.get(step, "") == "":
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
