"""The house itself: floors, language, names, and the texts that must agree with each other."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "conseil_dla"
MODULES = sorted(SOURCES.rglob("*.py"))
LONGEST_MODULE = 330
BANNED_NAMES = {"utils", "helpers", "common", "base", "misc", "manager", "service", "registry"}


def tool(*arguments: str) -> None:
    program = Path(sys.executable).parent / arguments[0]
    done = subprocess.run([str(program), *arguments[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_ruff_finds_nothing() -> None:
    tool("ruff", "check", ".")


def test_code_is_formatted() -> None:
    tool("ruff", "format", "--check", ".")


def test_types_hold() -> None:
    tool("mypy")


def test_floors_import_only_downward() -> None:
    """The installed package is what is checked; its contracts stand in pyproject.toml."""
    tool("lint-imports", "--no-cache")


def test_screens_and_their_toolkit_are_not_imported_by_the_core() -> None:
    """Proof at run time: reading a dossier imports no screen, and asking for help imports nothing heavy."""
    code = (
        "import sys\n"
        "from conseil_dla.cli.main import run\n"
        "run(['diagnostiquer', sys.argv[1]])\n"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('textual', 'rich', 'ruamel')]\n"
        "assert not bad, bad\n"
    )
    case = next((ROOT / "knowledge" / "cas").glob("*.yaml"))
    done = subprocess.run([sys.executable, "-c", code, str(case)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_imports_neither_rules_nor_screens() -> None:
    code = (
        "import sys\n"
        "from conseil_dla.cli.main import run\n"
        "assert run(['-h']) == 0\n"
        "bad = {'textual', 'pydantic', 'yaml', 'durable_rules_engine'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


WORDS_OF_THE_GRAMMAR = {"information", "intervenant"}
"""Ids that are also a word of the grammar: « information » is a severity as well, « intervenant » a ``role``."""


def domain_ids() -> set[str]:
    """Ids of questions, rules, formats, postures, vigilances and answers, read from the shipped YAML as text."""
    ids: set[str] = set()
    for path in (*(ROOT / "rules").glob("*.yaml"), *(ROOT / "knowledge").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        pattern = r"^- (?:question|regle|format|posture|axe|vigilance|modalite|partenaire|prealable|facteur): (\w+)$"
        ids |= set(re.findall(pattern, text, re.MULTILINE))
    return ids


def quoted_strings(path: Path) -> set[str]:
    found = set()
    source = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING:
            try:
                value = ast.literal_eval(token.string)
            except (ValueError, SyntaxError):
                continue
            if isinstance(value, str):
                found.add(value)
    return found


def test_python_knows_no_id_of_the_domain() -> None:
    ids = domain_ids()
    assert len(ids) > 100
    for path in MODULES:
        named = (quoted_strings(path) & ids) - WORDS_OF_THE_GRAMMAR
        assert not named, f"{path.relative_to(ROOT)}: {sorted(named)}"


def test_modules_are_short_or_say_why_and_are_named_for_what_they_hold() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        said = "One module because" in (ast.get_docstring(ast.parse(text)) or "")
        assert said or lines <= LONGEST_MODULE, f"{path.relative_to(ROOT)}: {lines} lines"
        assert path.stem not in BANNED_NAMES, path


def test_the_map_of_the_house_is_the_house() -> None:
    """The rooms that CONTRIBUTING names are those that there are, in the order in which they may import."""
    drawn = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```text\n__main__\n")[1].split("```")[0]
    named = [line.split()[0] for line in drawn.splitlines()]
    assert sorted(named) == sorted(path.name for path in SOURCES.iterdir() if (path / "__init__.py").is_file())
    floors = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split('"__main__",\n')[1].split("]")[0]
    assert named == re.findall(r"\w+", floors)


def test_the_house_keeps_its_shape() -> None:
    """Few rooms, none too large, and no module too small to be found that does not say why it is one."""
    sys.path.insert(0, str(ROOT / "tools"))
    import house  # noqa: PLC0415 - a tool, not a package

    known = house.modules(ROOT)
    arrows, deferred = house.imports(known)
    sizes = Counter(house.room(name) for name, path in known.items() for _ in path.read_text("utf-8").splitlines())
    assert len(sizes.keys() - {"conseil_dla", "__main__"}) <= 17
    assert max(sizes.values()) < 0.15 * sizes.total()
    assert house.slivers(known, arrows) == []
    assert deferred <= 109


def test_what_is_left_to_the_slow_part_is_there() -> None:
    """A test that moved or changed its name is not left out by its former one."""
    tests = ROOT / "tests"
    found = {
        f"{path.relative_to(tests).as_posix()}::{name}"
        for path in tests.rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert set((tests / "lents.txt").read_text("utf-8").split()) <= found


def test_kinds_are_those_of_conclusions_and_of_nothing_else() -> None:
    """Whatever else has kinds (files, pictures, styles, words of editors) has a name that says of what."""
    named = [path for path in MODULES if re.search(r"^KINDS\b", path.read_text(encoding="utf-8"), re.MULTILINE)]
    assert named == [SOURCES / "rules" / "model.py"]


def test_every_module_and_folder_says_what_it_is() -> None:
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.relative_to(ROOT)


def test_the_check_runs_the_two_set_up_commands_of_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv.*", text, re.MULTILINE)
    assert [command for command in commands if command.endswith("-m pytest")]
    for command in commands:
        assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^python3 -m venv", text, re.MULTILINE)) == 2


def test_codes_of_findings_are_documented_and_only_those() -> None:
    in_source = {c for path in MODULES for c in re.findall(r"\bDLA\d{3}\b", path.read_text(encoding="utf-8"))}
    documented = re.findall(r"^#+ (DLA\d{3})", (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8"), re.M)
    assert sorted(documented) == sorted(set(documented)), "a code has two entries"
    assert set(documented) == in_source


def test_the_readme_is_short_and_every_link_of_the_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    assert len(pages[0].read_text(encoding="utf-8")) < 9_000
    for page in pages:
        prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
        for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", prose):
            there = (page.parent / target if target else page).read_text(encoding="utf-8")
            titles = re.findall(r"^#+ (.+)$", there, re.MULTILINE)
            names = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
            assert anchor in names or f'id="{anchor}"' in there, f"{page.relative_to(ROOT)}: {target}#{anchor}"


def test_no_registry_host_is_recorded() -> None:
    lock = (ROOT / "verrou.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock


def test_the_lock_covers_every_dependency() -> None:
    pinned = {
        re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in (ROOT / "verrou.txt").read_text().splitlines()
    }
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'^    "([A-Za-z][\w.-]*?)(?:\[[^\]]*\])?[<>=]', text, re.MULTILINE)
    assert len(named) > 10
    for name in named:
        assert re.sub(r"[-_.]+", "-", name).lower() in pinned, name


@pytest.mark.lent
def test_wheel_and_sdist_run_without_the_source_tree(tmp_path: Path) -> None:
    """Both archives hold rules and knowledge; a wheel unpacked elsewhere reads a case from another folder."""
    source = tmp_path / "source"
    ignore = shutil.ignore_patterns(".venv*", ".git", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, source, ignore=ignore)
    out = tmp_path / "dist"
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list(out.glob("*.tar.gz"))) == 1
    wheel = next(out.glob("*.whl"))
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(wheel, unpacked, "zip")
    case = tmp_path / "cas.yaml"
    shutil.copy(next((ROOT / "knowledge" / "cas").glob("*.yaml")), case)
    shutil.rmtree(source)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import conseil_dla, conseil_dla.cli.main as m\n"
        "assert conseil_dla.__file__.startswith(sys.argv[1])\n"
        "assert m.run(['regles', 'initier', 'copie']) == 0\n"
        "sys.exit(m.run(['diagnostiquer', sys.argv[2], '--format', 'json']))\n"
    )
    run = [sys.executable, "-c", code, str(unpacked), str(case)]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"format"' in done.stdout
    assert (tmp_path / "copie" / "modeles" / "regle.yaml").is_file()
    assert (tmp_path / "copie" / "guide" / "ecrire-une-regle.md").is_file()


def test_nothing_stands_before_the_first_paint_but_what_it_shows() -> None:
    """Home alone is imported with the application: neither the other screens, nor the model, nor anything of rules."""
    code = (
        "import sys\n"
        "import conseil_dla.cli.commands.open_screens, conseil_dla.screens.app\n"
        "ours = {m.removeprefix('conseil_dla.') for m in sys.modules if m.startswith('conseil_dla.')}\n"
        "from textual.screen import Screen\n"
        "holds = lambda m: any(isinstance(v, type) and issubclass(v, Screen) and v.__module__ == m.__name__"
        " for v in vars(m).values())\n"
        "screens = {m for m in ours if holds(sys.modules['conseil_dla.' + m])}\n"
        "assert screens == {'screens.home'}, screens\n"
        "early = {'rules', 'reading', 'dossiers', 'exact', 'engine', 'interview', 'workshop', 'comparison'}\n"
        "bad = {m for m in ours if m.split('.')[0] in early or m.startswith('ground.yamltext')}\n"
        "bad |= {'pydantic', 'yaml', 'durable_rules_engine'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_that_writes_papers_stands_before_the_first_question() -> None:
    code = "import sys, conseil_dla.screens.question; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "conseil_dla.papers.writing" not in done.stdout
    assert "conseil_dla.papers.documents" not in done.stdout
