"""Dossiers of former formats, brought to the present one before anything reads them.

A step is a pure function from one version to the next. Reading applies them in memory and leaves the file alone; the
first save writes the present format, once the former file stands whole beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from conseil_dla.ground import nodes
from conseil_dla.ground.files import content_of, write_new
from conseil_dla.ground.yamltext import decode, edit, parse

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


def keep_former(path: Path, data: bytes) -> Path | None:
    """Put a file of a former format beside itself, before it is replaced; None where there is nothing to keep.

    Raises OSError when the disk refuses.
    """
    version = _former(decode(data, "")[0] or "")
    if version is None:
        return None
    number = 1
    while True:
        more = f"-{number}" if number > 1 else ""
        beside = path.with_name(f"{path.stem}.version-{version}{more}.txt")
        with suppress(FileExistsError):
            write_new(beside, data)
            return beside
        if content_of(beside) == data:
            return beside
        number += 1


def _former(text: str) -> int | None:
    if not STEPS:
        return None
    version = version_written(parse(text, "")[0])
    return version if version is not None and version < current() else None
