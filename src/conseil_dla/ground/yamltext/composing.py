"""Events of PyYAML to nodes with places, in one pass: its C reader where there is one, else the other.

What the grammar refuses (renvois, several documents, a key twice, a French colon that would be read as a key) is found
on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import yaml

from conseil_dla.ground.characters import NO_CHARACTER
from conseil_dla.ground.diagnostics import Diagnostic, Place, mistake
from conseil_dla.ground.nodes import Mapping, Node, Position, Scalar, Sequence
from conseil_dla.ground.yamltext.failures import Failure
from conseil_dla.ground.yamltext.traps import (
    THIN,
    WORD,
    Source,
    anchor,
    cut_text,
    french_colon_key,
    missing_dash,
    no_character,
    tag,
    twice,
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
"""Levels of lists and mappings: far more than any rule needs, and few enough for recursion to be safe."""
_COLLECTIONS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
BELOW = "sous celui de l’élément du dessus (si elle est en trop, effacez-la)"
TOO_DEEP = "rapprochez les listes et les retraits : quelques niveaux suffisent à tout écrire"


class Composed(NamedTuple):
    """The root of the first document, what is told of it, and where reading stopped if it did."""

    node: Node | None
    found: list[Diagnostic]
    failure: Failure | None = None


def compose(source: Source, text: str, offset: int = 0) -> Composed:
    """Read a passage of a file that begins after ``offset`` lines. Never raises."""
    composer = _Composer(source, offset)
    try:
        return Composed(composer.compose(text), composer.found)
    except yaml.YAMLError as problem:
        return Composed(None, composer.found, _failure(problem, offset))
    except _TooDeep as problem:
        return Composed(None, [*composer.found, problem.diagnostic])


def _failure(problem: yaml.YAMLError, offset: int) -> Failure:
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


class _TooDeep(Exception):
    """Too many levels of nesting. Caught by ``compose``."""

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
                    raise _TooDeep(mistake("DLA013", place, "trop de niveaux les uns dans les autres", TOO_DEEP))
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
            self.found.append(mistake("DLA005", place, message, "supprimez la ligne « --- », ou faites deux fichiers"))

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
            odd = _odd_fold(self.source, place) if event.value[0] in _LIKE_FOLD else None
            self.found.extend([odd] if odd else [])
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
        self.found.append(french_colon_key(self.source, line, key.place.column, key.text, not self._stack[-1].keys))
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

    def _begins_another(self, key: Scalar) -> bool:
        """True for a key that begins items elsewhere in the file, and stands here without a dash."""
        alone = not key.place.excerpt[: key.place.column - 1].strip()
        return alone and self.source.usual["-", key.text] > 0

    def _follows_colon(self, nothing: Scalar) -> bool:
        """False for the value of a key that has not even a colon: it stands where the next thing does."""
        line, column = nothing.end
        return self.source.line(line)[: column - 1].endswith(":")

    def _key(self, frame: _Open, node: Node) -> Scalar | None:
        """The key to use, or None when the entry has to be left out."""
        if not isinstance(node, Scalar):
            help = "écrivez une clé simple, un deux-points, puis la valeur"
            self.found.append(mistake("DLA014", node.place, "une liste ou un ensemble ne peut pas servir de clé", help))
            return None
        if (first := frame.keys.get(node.text)) is not None:
            if not frame.lacks_dash:
                frame.lacks_dash = first == next(iter(frame.keys.values())) and self._begins_item(frame, node)
                before = frame.items[-1][0] if frame.items else None
                if not frame.lacks_dash and before is not None and self._begins_another(before):
                    frame.lacks_dash = True
                    self.found.append(
                        missing_dash(self.source, before.place.line, BELOW, next(iter(frame.keys.values())))
                    )
                elif frame.lacks_dash:
                    self.found.append(missing_dash(self.source, node.place.line, BELOW, first))
                else:
                    self.found.append(twice(node.place, node.text, first))
            return None
        frame.keys[node.text] = node.place
        return node


_LIKE_FOLD = "»›≥⟩⩾"
_ODD_FOLD = re.compile(rf"(\s*(?:- +)*)({WORD.pattern}):[ {THIN}]+([{_LIKE_FOLD}][-–—]?)[ {THIN}]*")


def _odd_fold(source: Source, place: Place) -> Diagnostic | None:
    """A sign that looks like the ``>-`` before a text, alone after its key; None for anything else."""
    match = _ODD_FOLD.fullmatch(place.excerpt)
    if match is None or match.start(3) != place.column - 1:
        return None
    place = source.place(place.line, place.column, len(match[3]))
    help = f"écrivez « {match[2]}: >- », puis le texte dessous, en retrait"
    return mistake("DLA010", place, f"{match[3]} n’annonce pas un texte", help)


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()
