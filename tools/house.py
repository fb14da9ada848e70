"""Figures of the house: rooms, arrows between them, circles, sizes, slivers, deferred imports.

    python tools/house.py [ROOT]

An arrow is one room that imports another, however often, types and deferred imports included. A sliver is a module
under 40 lines that one other imports.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

REASON = "In a file of its own"
"""What the docstring of a small module begins with to say why it is one."""
SLIVER = 40
Arrows = dict[str, set[str]]


def modules(root: Path) -> dict[str, Path]:
    """Source files by their dotted name."""
    package = root / "src" / "conseil_dla"
    found = {}
    for path in sorted(package.rglob("*.py")):
        if package / "data" not in path.parents:
            parts = path.relative_to(package.parent).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(known: dict[str, Path]) -> tuple[Arrows, int]:
    """Which module imports which, and how many imports wait inside functions."""
    arrows: Arrows = defaultdict(set)
    deferred = 0
    for name, path in known.items():
        tree = ast.parse(path.read_text("utf-8"))
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        inside = {node for each in functions for node in ast.walk(each)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("conseil_dla"):
                continue
            deferred += node in inside
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = whole if whole in known else node.module or ""
                if target in known and target not in (name, "conseil_dla"):
                    arrows[name].add(target)
    return arrows, deferred


def circle(arrows: Arrows) -> list[str]:
    """One circle, if there is any."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def room(module: str) -> str:
    """The entry at the root that a module is in."""
    return module.split(".")[1] if "." in module else module


def slivers(known: dict[str, Path], arrows: Arrows) -> list[str]:
    """Modules that are too small to be found, and whose docstring does not say why they are modules."""
    users = Counter(other for others in arrows.values() for other in others)
    return sorted(
        name
        for name, path in known.items()
        if users[name] <= 1
        and not path.name.startswith("__")
        and (text := path.read_text("utf-8")).count("\n") < SLIVER
        and REASON not in text
    )


def main(root: Path) -> None:
    """Print them."""
    known = modules(root)
    lines = {name: path.read_text("utf-8").count("\n") for name, path in known.items()}
    arrows, deferred = imports(known)
    sizes: Counter[str] = Counter()
    for name, number in lines.items():
        sizes[room(name)] += number
    between: Arrows = defaultdict(set)
    for one, others in arrows.items():
        between[room(one)] |= {room(other) for other in others} - {room(one)}
    whole = sum(sizes.values())
    print(f"{len(sizes.keys() - {'conseil_dla', '__main__'})} rooms, {len(known)} files, {whole} lines")
    print(f"{sum(map(len, between.values()))} arrows between rooms; {deferred} deferred imports")
    print("circle of rooms:", circle(between) or "none", "· circle of modules:", circle(arrows) or "none")
    print("largest:", ", ".join(f"{name} {number / whole:.0%}" for name, number in sizes.most_common(4)))
    small = slivers(known, arrows)
    print(f"{len(small)} slivers:", *small, sep="\n  ")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
