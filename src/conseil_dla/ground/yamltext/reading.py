"""Read YAML texts into nodes with places, through PyYAML's events: its C reader where there is one, else the other.

What the grammar refuses (tabs, renvois, several documents, a key twice, a French colon that would be read as a key) is
found here, in the same pass, with its cause and its mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from conseil_dla.ground.characters import NO_CHARACTER
from conseil_dla.ground.diagnostics import Diagnostic, Place
from conseil_dla.ground.nodes import Mapping, Node, Position, Scalar, Sequence
from conseil_dla.ground.yamltext.failures import Failure, explain
from conseil_dla.ground.yamltext.foreign import foreign
from conseil_dla.ground.yamltext.spaces import plain_spaces
from conseil_dla.ground.yamltext.traps import (
    THIN,
    Source,
    anchor,
    cut_text,
    error,
    french_colon_key,
    missing_dash,
    no_character,
    split_lines,
    tag,
    twice,
    unsafe_characters,
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
"""Levels of lists and mappings: far more than any rule needs, and few enough for recursion to be safe."""
_COLLECTIONS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)


def decode(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, a byte order mark accepted; None and a finding when it is not UTF-8."""
    if (other := foreign(data, file)) is not None:
        return None, [other]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        good = data[: problem.start].decode("utf-8-sig", errors="replace")
        lines = split_lines(good)
        rest = re.split(rb"\r|\n", data[problem.start :], maxsplit=1)[0].decode("cp1252", errors="replace")
        place = Place(file, len(lines), len(lines[-1]) + 1, 1, lines[-1] + rest)
        return None, [
            error(
                "DLA001",
                place,
                "le fichier n’est pas enregistré en UTF-8 : les accents ne peuvent pas être lus",
                "dans votre éditeur, choisissez « Enregistrer sous », encodage UTF-8, puis remplacez le fichier",
            )
        ]


def parse(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """The root node of a YAML text and everything wrong with the way it is written. Never raises.

    None when the text is empty, or when nothing could be read. A list survives a failure inside one of its items: the
    other items are given, so that their own mistakes are reported at the same time.
    """
    lines = split_lines(text.removeprefix("\ufeff"))
    source = Source(file, lines)
    cleaned, found = unsafe_characters(source, "\n".join(lines))
    cleaned, odd = plain_spaces(source, cleaned)
    found += odd
    damaged = bool(found)
    composer = _Composer(source)
    try:
        node = composer.compose(cleaned)
        return node, found + composer.found
    except yaml.YAMLError as problem:
        node, failures = _by_items(source, cleaned)
        failures = failures or _with(composer.found, explain(source, _failure(problem)))
    except _TooDeep as problem:
        node, failures = None, [*composer.found, problem.diagnostic]
    return node, found if damaged else failures


def _failure(problem: yaml.YAMLError, offset: int = 0) -> Failure:
    """What the library says of a failure, moved down by ``offset`` lines."""
    mark = getattr(problem, "problem_mark", None)
    opened = getattr(problem, "context_mark", None)
    return Failure(
        str(getattr(problem, "problem", None) or ""),
        str(getattr(problem, "context", None) or ""),
        (mark.line if mark else 0) + 1 + offset,
        (mark.column if mark else 0) + 1,
        (opened.line + 1 + offset, opened.column + 1) if opened else None,
    )


def _with(found: list[Diagnostic], failure: Diagnostic) -> list[Diagnostic]:
    """The findings and the failure, once only when they name the same cause on the same line."""
    same = any(one.code == failure.code and one.place.line == failure.place.line for one in found)
    return found if same else [*found, failure]


def _by_items(source: Source, cleaned: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read the items of a top-level list one by one; no findings when the text is not such a list."""
    lines = cleaned.split("\n")
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---"))), "")
    lead = first[: len(first) - len(first.lstrip(" "))] + "- "
    starts = [number for number, line in enumerate(lines) if (line + " ").startswith(lead)]
    if not starts or not first.startswith(lead):
        return None, []
    items: list[Node] = []
    found: list[Diagnostic] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        composer = _Composer(source, start)
        try:
            node = composer.compose("\n".join(lines[start:end]))
            items.extend(node.items if isinstance(node, Sequence) else ())
        except yaml.YAMLError as problem:
            found.extend(_with(composer.found, explain(source, _failure(problem, start))))
            continue
        except _TooDeep as problem:
            found.append(problem.diagnostic)
        found.extend(composer.found)
    return Sequence(tuple(items), source.place(starts[0] + 1, len(lead) - 1)), found


BELOW = "sous celui de l’élément du dessus (si elle est en trop, effacez-la)"
TOO_DEEP = "rapprochez les listes et les retraits : quelques niveaux suffisent à tout écrire"


class _TooDeep(Exception):
    """Too many levels of nesting. Caught by ``parse``."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


class _Open:
    """A list or mapping being read."""

    __slots__ = ("items", "key", "keys", "lacks_dash", "start", "waiting")

    def __init__(self, start: Any) -> None:
        self.start = start
        self.items: list[Any] = []
        self.key: Scalar | None = None
        self.waiting = True
        """True when the next node of a mapping is a key."""
        self.keys: dict[str, Place] = {}
        self.lacks_dash = False
        """True once the next item of a list was found in this one."""


class _Composer:
    """Events to nodes, in one pass, with what is refused along the way."""

    def __init__(self, source: Source, offset: int = 0) -> None:
        self.source = source
        self.offset = offset
        self.found: list[Diagnostic] = []
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0

    def compose(self, text: str) -> Node | None:
        """The root of the first document. Raises yaml.YAMLError and _TooDeep."""
        for event in _events(text):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, _COLLECTIONS):
                self._signs(event)
                if len(self._stack) >= _DEEPEST:
                    place = self._place(event.start_mark)
                    raise _TooDeep(error("DLA013", place, "trop de niveaux les uns dans les autres", TOO_DEEP))
                self._stack.append(_Open(event))
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self._close(event)
            elif isinstance(event, yaml.AliasEvent):
                self.found.append(anchor(self._place(event.start_mark, event.end_mark), "*"))
                self._add(Scalar("", self._place(event.start_mark, event.end_mark)))
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
        return self._root

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self.found.append(tag(self._place(event.start_mark)))
        if self._documents == 2:
            place = self._place(event.start_mark, event.end_mark)
            message = "plusieurs documents dans un fichier : la suite de cette ligne n’est pas lue"
            self.found.append(error("DLA005", place, message, "supprimez la ligne « --- », ou faites deux fichiers"))

    def _place(self, start: Any, end: Any = None) -> Place:
        line = self.source.line(start.line + self.offset + 1)
        stop = end.column if end is not None and end.line == start.line else len(line.rstrip())
        if start.column > len(line):
            return self.source.place(start.line + self.offset + 1, start.column + 1)
        return Place(
            self.source.file,
            start.line + self.offset + 1,
            start.column + 1,
            max(1, stop - start.column),
            line,
        )

    def _end(self, event: Any) -> Position:
        """Just after a scalar; a block scalar ends with its last line that holds something."""
        mark = event.end_mark
        line = mark.line + self.offset + 1
        if event.style not in ("|", ">"):
            return line, mark.column + 1
        if mark.column == 0:
            line -= 1
        while line > event.start_mark.line + self.offset + 1 and not self.source.line(line).strip():
            line -= 1
        return line, len(self.source.line(line)) + 1

    def _signs(self, event: Any) -> None:
        if event.anchor:
            self.found.append(anchor(self._place(event.start_mark), "&"))
        if event.tag is not None:
            self.found.append(tag(self._place(event.start_mark)))

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag is not None:
            self._signs(event)
        plain = not event.style
        place, text = self._place(event.start_mark, event.end_mark), event.value
        if event.style == '"' and NO_CHARACTER.search(text):
            text, told = no_character(place, text)
            self.found.append(told)
        node = Scalar(text, place, plain, self._end(event))
        if plain and event.value:
            line, column = node.end
            whole = self.source.line(line)
            if self._stack and isinstance(self._stack[-1].start, yaml.MappingStartEvent) and self._stack[-1].waiting:
                if whole[column - 1 : column] != ":" or node.text[-1] in THIN:
                    node = self._french_colon(node)
            elif len(whole) >= column:
                cut = cut_text(self.source, line, column, node.text)
                self.found.extend([cut] if cut else [])
        self._add(node)

    def _french_colon(self, key: Scalar) -> Scalar:
        """Report a space before the colon of a key; the key is given back without it, so that reading goes on."""
        line, column = key.end
        after = self.source.line(line)[column - 1 :].lstrip(" " + THIN)
        if not after.startswith(":") or line != key.place.line:
            return key
        self.found.append(french_colon_key(self.source, line, key.place.column, key.text))
        return Scalar(key.text.rstrip(THIN), key.place, key.plain, key.end)

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        start = frame.start
        flow = bool(start.flow_style)
        place = self._place(start.start_mark, event.end_mark if flow else None)
        end: Position = (event.end_mark.line + self.offset + 1, event.end_mark.column + 1)
        if isinstance(start, yaml.SequenceStartEvent):
            last = frame.items[-1].end if frame.items and not flow else end
            self._add(Sequence(tuple(frame.items), place, flow, last))
            return
        if frame.items and not flow:
            place, end = frame.items[0][0].place, frame.items[-1][1].end
        self._add(Mapping(tuple(frame.items), place, flow, end))

    def _add(self, node: Node) -> None:
        if not self._stack:
            if self._documents == 1:
                self._root = node
            return
        frame = self._stack[-1]
        if isinstance(frame.start, yaml.SequenceStartEvent):
            frame.items.append(node)
        elif frame.waiting:
            frame.waiting = False
            frame.key = self._key(frame, node)
        else:
            frame.waiting = True
            if frame.key is not None:
                if isinstance(node, Scalar) and node.plain and not node.text and not self._follows_colon(node):
                    node = replace(node, end=frame.key.end)
                frame.items.append((frame.key, node))

    def _begins_item(self, frame: _Open, key: Scalar) -> bool:
        """True for the key that stands after a dash above, written again where it begins a line: an item of its own."""
        dash = self.source.line(frame.start.start_mark.line + self.offset + 1)[: frame.start.start_mark.column]
        return dash.rstrip().endswith("-") and not key.place.excerpt[: key.place.column - 1].strip()

    def _follows_colon(self, nothing: Scalar) -> bool:
        """False for the value of a key that has not even a colon: it stands where the next thing does."""
        line, column = nothing.end
        return self.source.line(line)[: column - 1].endswith(":")

    def _key(self, frame: _Open, node: Node) -> Scalar | None:
        """The key to use, or None when the entry has to be left out."""
        if not isinstance(node, Scalar):
            help = "écrivez une clé simple, un deux-points, puis la valeur"
            self.found.append(error("DLA014", node.place, "une liste ou un ensemble ne peut pas servir de clé", help))
            return None
        if (first := frame.keys.get(node.text)) is not None:
            if not frame.lacks_dash:
                frame.lacks_dash = first == next(iter(frame.keys.values())) and self._begins_item(frame, node)
                if frame.lacks_dash:
                    self.found.append(missing_dash(self.source, node.place.line, BELOW, first))
                else:
                    self.found.append(twice(node.place, node.text, first))
            return None
        frame.keys[node.text] = node.place
        return node


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()
