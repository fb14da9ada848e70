"""What installing brings is what the page says, bounded and pinned; what the sources import is declared."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import dependencies  # noqa: E402 - a tool, not a package

PERMISSIVE = {"MIT", "MIT-CMU", "Apache-2.0", "Apache-2.0 AND MIT", "BSD-2-Clause", "BSD-3-Clause", "PSF-2.0"}
IMPORTED = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(text) for text in project["dependencies"]]


def rows() -> dict[str, list[str]]:
    """The page's first table, by name."""
    table = dependencies.TABLE.search(dependencies.PAGE.read_text(encoding="utf-8"))
    assert table is not None
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[0].splitlines()[2:]]
    return {cells[0]: cells[1:] for cells in lines if len(cells) == 5}


def test_the_page_names_exactly_what_is_installed() -> None:
    assert set(rows()) == set(dependencies.closure())


def test_at_the_versions_that_are_pinned() -> None:
    pins = dependencies.pins()
    assert {name: cells[0] for name, cells in rows().items()} == {name: pins[name] for name in rows()}


def test_with_their_licences_all_permissive() -> None:
    assert {cells[1] for cells in rows().values()} <= PERMISSIVE


def test_each_has_its_reason() -> None:
    direct = {canonicalize_name(each.name) for each in declared()}
    assert set(dependencies.WHY) == direct
    by_hand = (ROOT / "docs" / "decisions" / "0006-libraries-we-depend-on.md").read_text(encoding="utf-8")
    named = {canonicalize_name(name) for name in re.findall(r"^\| ([\w.-]+) \|", by_hand, re.MULTILINE)}
    assert direct <= named


def test_each_is_bounded_on_both_sides_and_its_pin_is_within() -> None:
    pins = dependencies.pins()
    for each in declared():
        assert {spec.operator for spec in each.specifier} == {">=", "<"}, each
        assert each.specifier.contains(pins[canonicalize_name(each.name)]), each


def test_what_the_sources_import_is_declared() -> None:
    """Not left to another library that happens to bring it. pydantic_core comes with pydantic, at its own version."""
    direct = {canonicalize_name(each.name) for each in declared()} | {"pydantic-core", "conseil-dla"}
    brought = packages_distributions()
    for path in (ROOT / "src").rglob("*.py"):
        names = set(IMPORTED.findall(path.read_text(encoding="utf-8"))) - set(sys.stdlib_module_names)
        for name in names & brought.keys():
            assert {canonicalize_name(each) for each in brought[name]} & direct, f"{path}: {name}"
