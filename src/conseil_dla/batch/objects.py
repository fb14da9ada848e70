"""Dossiers as JSON objects, one a line: read as a YAML file is, with the same mistakes in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Mapping as Keyed
from dataclasses import replace
from itertools import chain

from conseil_dla.dossiers.content import ANSWERS, misread_keys, understand
from conseil_dla.dossiers.respondents import COVER
from conseil_dla.dossiers.respondents import KEY as RESPONDENTS
from conseil_dla.dossiers.table_mistakes import NO_RESULT
from conseil_dla.ground.characters import NO_CHARACTER
from conseil_dla.ground.diagnostics import Diagnostic, Place, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.yamltext.traps import invisible
from conseil_dla.rules.model import Base, Dossier

SHOWN = 160
"""Characters of a line that an excerpt shows."""


NOWHERE = Place("")


class NoObject(ValueError):
    """A line that is no JSON. The text says why, in French; ``column`` is where, from 1."""

    help = 'une ligne par dossier, comme : {"titre": "Un projet", "reponses": {"question": "réponse"}}'

    def __init__(self, why: str, column: int = 1) -> None:
        super().__init__(why)
        self.column = column


class NotUtf8(NoObject):
    """A line in another encoding."""

    help = "dans votre éditeur : « Enregistrer sous », encodage UTF-8"


def object_of(text: str) -> object:
    """What a line of JSON holds. Raises ``NoObject``, also where a key stands twice."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except NoObject:
        raise
    except json.JSONDecodeError as error:
        raise NoObject("la ponctuation de JSON n’y est pas", error.colno) from error
    except RecursionError as error:
        raise NoObject("trop de niveaux sont emboîtés") from error
    except ValueError as error:
        raise NoObject("un nombre y est trop long") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NoObject(f"« {twice} » y est deux fois")
    return found


def read_object(data: object, file: str, line: int, base: Base) -> tuple[Dossier | None, list[Diagnostic]]:
    """The dossier that an object makes, or None with findings, all at that line. A former format is not brought up."""
    excerpt = json.dumps(data, ensure_ascii=False)[:SHOWN]
    root = node_of(data, Place(file, line, 1, 1, excerpt))
    if not isinstance(root, Mapping) or root.get(ANSWERS) is None:
        misspelt = list(misread_keys(root, base)) if isinstance(root, Mapping) else []
        return None, misspelt or [misread(NoObject(f"elle ne contient pas « {ANSWERS} »"), file, line, excerpt)]
    if wrong := _unwritable(data, file, line):
        return None, [wrong]
    if root.text("titre") == NO_RESULT:
        told, _, help = NO_RESULT.rstrip(")").partition(" (")
        return None, [mistake("DLA301", root.place, f"« titre » : {told}", help)]
    return understand(root, [], f"{file}:{line}", base)


def _unwritable(data: object, file: str, line: int) -> Diagnostic | None:
    """The finding where a text of the object holds what no file can hold."""
    match = next((found for text in _texts(data) if (found := NO_CHARACTER.search(text))), None)
    if match is None:
        return None
    text = json.dumps(data, ensure_ascii=False)
    return invisible(_shown(file, line, text.find(json.dumps(match[0], ensure_ascii=False)[1:-1]) + 1, text), match[0])


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Keyed):
        yield from chain.from_iterable(chain(_texts(key), _texts(value)) for key, value in data.items())
    elif isinstance(data, list):
        yield from chain.from_iterable(map(_texts, data))


def is_plain(text: str) -> bool:
    """Is it a text that every file holds, and no formula that nobody has worked out?"""
    return text != NO_RESULT and NO_CHARACTER.search(text) is None


def node_of(data: object, place: Place = NOWHERE) -> Node:
    """The same as a node of a file; an empty value is an empty text, and a number its digits."""
    if isinstance(data, Keyed):
        return Mapping(tuple(_entry(str(key), value, place) for key, value in data.items()), place)
    if isinstance(data, list):
        return Sequence(tuple(node_of(item, place) for item in data), place)
    if data is None:
        return Scalar("", place)
    if isinstance(data, bool):
        return Scalar("true" if data else "false", place)
    return Scalar(str(data), place)


def _entry(key: str, value: object, place: Place) -> tuple[Scalar, Node]:
    """A key and what it holds; of the whole line, they alone are shown where that is a word or a list of words."""
    if not place.file or isinstance(value, Keyed):
        return Scalar(key, place), node_of(value, place)
    if isinstance(value, list):
        named = replace(place, length=len(key), excerpt=f"{key} :")
        return Scalar(key, named), Sequence(tuple(_entry(key, item, place)[1] for item in value), named)
    node = node_of(value)
    shown = f"{key} : {node.text if isinstance(node, Scalar) else ''}"[:SHOWN].rstrip()
    start = len(key) + len(" : ")
    there = replace(place, column=start + 1, length=max(1, len(shown) - start), excerpt=shown)
    return Scalar(key, replace(there, column=1, length=len(key))), node_of(value, there)


def misread(error: NoObject, file: str, line: int, text: str) -> Diagnostic:
    """The finding for a line that is no object; of one that may hold answers given alone, nothing is quoted."""
    why = str(error) if RESPONDENTS not in text else "voyez cette ligne dans le fichier, rien n’en est montré"
    return mistake(
        "DLA321",
        _shown(file, line, error.column, text),
        f"cette ligne n’est pas un dossier en JSON : {why}",
        error.help,
    )


def _shown(file: str, line: int, column: int, text: str) -> Place:
    """A place in a line, with what stands around it."""
    if RESPONDENTS in text:
        return Place(file, line, 1, len(COVER), COVER)
    start = max(0, column - SHOWN // 2)
    return Place(file, line, column - start, 1, text[start : start + SHOWN])
