"""Dossiers of former formats, brought to the present one before anything reads them.

A step is a pure function from one version to the next. Reading applies them in memory and leaves the file alone; the
first save writes the present format, once the former file stands whole beside it. So does a file whose questions or
answers are called by names of before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from conseil_dla.ground import nodes
from conseil_dla.ground.files import content_of, write_new
from conseil_dla.ground.yamltext import decode, edit, parse
from conseil_dla.rules.answertext import former_names
from conseil_dla.rules.model import Base

Step = Callable[[nodes.Mapping], Mapping[tuple[str | int, ...], object | None]]
"""From the file's root to what changes in it: values to set at paths, None to remove, as ``yamltext.edit`` takes."""
STEPS: tuple[Step, ...] = ()
"""The first goes from version 1 to 2, the next from 2 to 3. A step, once published, is never changed."""


def current() -> int:
    """The version of the dossier format that this program reads and writes."""
    return 1 + len(STEPS)


def version_written(root: nodes.Node | None) -> int | None:
    """The version that a file says it has; None when it says none, or no number."""
    node = root.get("version") if isinstance(root, nodes.Mapping) else None
    text = node.text.strip() if isinstance(node, nodes.Scalar) else ""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,5}", text) else None


def brought(text: str) -> str:
    """The text in the present format; as it is when it is of no former one, or when it cannot be edited."""
    while (version := _former(text)) is not None:
        root, _ = parse(text, "")
        assert isinstance(root, nodes.Mapping)
        try:
            text = edit(text, {**STEPS[version - 1](root), ("version",): version + 1})
        except ValueError:
            return text
    return text


def keep_former(path: Path, data: bytes, base: Base) -> Path | None:
    """Put a file of a former format, or of former words, beside itself before it is replaced; None where it is neither.

    Former words are names that questions or answers had: several may have become one, which cannot be undone.

    Raises OSError when the disk refuses.
    """
    text = decode(data, "")[0] or ""
    version = _former(text)
    if version is None and not _holds_former_names(parse(text, "")[0], base):
        return None
    kept, number = f"version-{version}" if version else "anciens-mots", 1
    while True:
        more = f"-{number}" if number > 1 else ""
        beside = path.with_name(f"{path.stem}.{kept}{more}.txt")
        with suppress(FileExistsError):
            write_new(beside, data)
            return beside
        if content_of(beside) == data:
            return beside
        number += 1


def _holds_former_names(root: nodes.Node | None, base: Base) -> bool:
    """Is a question or an answer called by a name of before, by anybody who answered?"""
    if not isinstance(root, nodes.Mapping):
        return False
    people = root.get("repondants")
    who = [root, *(one for _, one in (people.entries if isinstance(people, nodes.Mapping) else ()))]
    given = [each for one in who if isinstance(one, nodes.Mapping) for each in (one.get("reponses"), one.get("notes"))]
    questions, answers = former_names(base.texts.values())
    for key, value in (pair for each in given if isinstance(each, nodes.Mapping) for pair in each.entries):
        said = value.items if isinstance(value, nodes.Sequence) else (value,)
        was = answers.get(questions.get(key.text, key.text), {})
        if key.text in questions or any(isinstance(one, nodes.Scalar) and one.text.strip() in was for one in said):
            return True
    return False


def _former(text: str) -> int | None:
    if not STEPS:
        return None
    version = version_written(parse(text, "")[0])
    return version if version is not None and version < current() else None
