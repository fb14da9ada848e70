"""What the outside world puts in a rules folder: links, pipes, files that vanish or are not texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.cli.main import run
from conseil_dla.ground.files import content_of
from conseil_dla.ground.yamltext import decode, parse
from conseil_dla.rules.loading import folder as folder_module
from conseil_dla.rules.loading import load
from conseil_dla.wording.diagnostic_text import render

RULE = """\
- regle: venue_d_ailleurs
  titre: Une règle venue d’ailleurs
  quand:
    envie: clairement
  alors:
    - prealable: une_date
  parce_que: Parce que.
  source: [A1]
"""
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")


def codes(folder: Path) -> list[tuple[str, str]]:
    loaded = load(folder, shown_as="")
    assert (loaded.base is None) == any(one.is_error for one in loaded.diagnostics)
    return [(one.code, one.place.file) for one in loaded.diagnostics]


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def broken(path: Path) -> None:
    path.symlink_to("nulle_part.yaml")


def to_folder(path: Path) -> None:
    path.symlink_to(path.parent, target_is_directory=True)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@NOT_WINDOWS
@pytest.mark.parametrize("make", [loop, broken, to_folder, pipe, endless], ids=lambda make: make.__name__)
def test_what_is_no_file_is_told_and_the_rest_is_read(
    make: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_folder(tmp_path)
    make(folder / "rules" / "ailleurs.yaml")
    (folder / "rules" / "projet.yaml").write_text(GOOD["rules/projet.yaml"].replace("nette", "net"), encoding="utf-8")
    assert codes(folder) == [("DLA017", "rules/ailleurs.yaml"), ("DLA116", "rules/projet.yaml")]
    assert run(["regles", "verifier", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert "DLA017" in out
    assert "Traceback" not in out + err


@NOT_WINDOWS
def test_a_link_to_a_file_is_read_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "loin.yaml").write_text(RULE, encoding="utf-8")
    folder = write_folder(tmp_path / "dla")
    (folder / "rules" / "ailleurs.yaml").symlink_to(tmp_path / "loin.yaml")
    loaded = load(folder)
    assert loaded.base is not None, render(loaded.diagnostics)
    assert ("regle", "venue_d_ailleurs") in loaded.base.texts


@NOT_WINDOWS
def test_the_same_file_under_two_names_is_told_once_as_a_copy(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "rules" / "projet_bis.yaml").symlink_to("projet.yaml")
    assert {code for code, _ in codes(folder)} == {"DLA021"}


@NOT_WINDOWS
@pytest.mark.parametrize("part", ["rules", "knowledge"])
def test_a_folder_that_is_a_link_in_a_circle_is_told(part: str, tmp_path: Path) -> None:
    folder = tmp_path / "dla"
    folder.mkdir()
    for name in ("rules", "knowledge"):
        (folder / name).symlink_to(name) if name == part else (folder / name).mkdir()
    assert ("DLA016", part) in codes(folder)


@pytest.mark.parametrize(
    ("error", "words"),
    [(FileNotFoundError, "a disparu"), (PermissionError, "ne s’ouvre pas"), (OSError, "ne s’ouvre pas")],
)
def test_a_file_lost_between_listing_and_reading_is_told(
    error: type[OSError], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path)

    def opened(path: Path, most: int) -> bytes:
        if path.name == "groupe.yaml":
            raise error
        return content_of(path, most)

    monkeypatch.setattr("conseil_dla.rules.loading.folder.content_of", opened)
    loaded = load(folder, shown_as="")
    assert [(one.code, one.place.file) for one in loaded.diagnostics] == [("DLA017", "rules/groupe.yaml")]
    assert words in loaded.diagnostics[0].message


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights are not checked"
)
def test_a_file_without_the_right_to_read_it_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "rules" / "groupe.yaml").chmod(0)
    assert codes(folder) == [("DLA017", "rules/groupe.yaml")]


@pytest.mark.parametrize("size", [-1, 0, 1])
def test_the_largest_file_is_read_and_no_larger_one(size: int, tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    comment = "#" + "x" * (folder_module.LARGEST_FILE - 2 + size) + "\n"
    (folder / "rules" / "gros.yaml").write_text(comment, encoding="utf-8")
    assert codes(folder) == [("DLA020" if size > 0 else "DLA022", "rules/gros.yaml")]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff" + RULE, RULE.replace("\n", "\r\n"), RULE.replace("\n", "\r"), "\ufeff" + RULE.replace("\n", "\r\n"),
        RULE.rstrip("\n"), RULE + "\n\n\n", "\n\n# remarque\n" + RULE, "---\n" + RULE,
        RULE.replace("clairement", "clairement\u00a0"),
    ],
    ids=["bom", "crlf", "cr", "bom and crlf", "no last line end", "empty lines", "comment first", "document",
         "space last"],
)  # fmt: skip
def test_what_editors_leave_in_a_file_changes_nothing(data: str, tmp_path: Path) -> None:
    plain = load(write_folder(tmp_path / "a", {**GOOD, "rules/ailleurs.yaml": RULE}))
    folder = write_folder(tmp_path / "b")
    (folder / "rules" / "ailleurs.yaml").write_bytes(data.encode())
    loaded = load(folder)
    assert loaded.diagnostics == ()
    assert loaded.base is not None
    assert plain.base is not None
    assert loaded.base.digest == plain.base.digest


@pytest.mark.parametrize(
    "text",
    ["", " ", "   \n \n", "\u00a0\u00a0\n", "\ufeff", "# rien\n", "[]\n", "[ ] # rien\n", '""\n', "---\n", "\r\n\r\n"],
)
def test_a_file_with_nothing_in_it_is_told_and_prevents_nothing(text: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "rules" / "vide.yaml").write_bytes(text.encode())
    assert codes(folder) == [("DLA022", "rules/vide.yaml")]
    loaded = load(folder)
    assert loaded.base is not None
    assert loaded.unread == loaded.diagnostics


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp850"])
def test_another_encoding_is_always_told_at_once(encoding: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "rules" / "ailleurs.yaml").write_bytes(RULE.replace("’", "'").encode(encoding))
    assert codes(folder) == [("DLA001", "rules/ailleurs.yaml")]
    if encoding.startswith("utf-16"):
        (told,) = load(folder).diagnostics
        assert "enregistré en UTF-16" in told.message


@pytest.mark.parametrize("text", ["été\n", "- a: b\n", "ab", "", "\u00a0é", "日本語のテキスト\n", "a\0b\0"])
def test_a_text_in_utf_8_is_never_taken_for_another(text: str) -> None:
    assert decode(text.encode(), "f.yaml") == (text, [])


def test_aliases_never_multiply(tmp_path: Path) -> None:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 30)]
    folder = write_folder(tmp_path)
    (folder / "rules" / "bombe.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = codes(folder)
    assert {code for code, _ in found} == {"DLA003"}
    assert len(found) < 10 * len(lines)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "- " * 50_000 + "x", "".join(f"{' ' * n}a:\n" for n in range(1500)), "{a: " * 9_000]
)
def test_no_depth_is_too_much_for_the_reader(text: str) -> None:
    _, found = parse(text, "f.yaml")
    assert "DLA013" in {one.code for one in found}


BLOCK = "a: >-\n  {}\nb: c\n"


@pytest.mark.parametrize(
    "text",
    [
        "a: Une phrase\u00a0: la suite\n".replace("\u00a0:", "\u00a0;"), BLOCK.format("mot:\u00a0suite"),
        BLOCK.format("\u00a0\u00a0mot: suite"), BLOCK.format("-\u00a0mot: suite"), "a: 30\u00a0% de plus\n",
        'a: "\u00a0mot: suite"\n', "a: «\u00a0mot\u00a0»\n", "# \u00a0mot: suite\na: b\n", "a:\n  - Mot\u00a0!\n",
        "a: \u00a0b\n",
    ],
)  # fmt: skip
def test_no_break_spaces_in_texts_are_left_alone(text: str) -> None:
    node, found = parse(text, "f.yaml")
    assert node is not None
    assert found == []


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a:\n  b: c\n?d: e\n", 3, 1), ("a:\n ?b: c\n", 2, 2), ("-?a: b\n", 1, 2), ("- a:?b\n", 1, 5),
        ("a:\n  -?b: c\n", 2, 4), ("x: >-\n  texte\n?y: z\n", 3, 1), ("- a: b\n ?c: d\n", 2, 2),
    ],
)  # fmt: skip
def test_no_break_spaces_in_the_layout_are_told_once_and_reading_goes_on(
    text: str, line: int, column: int, space: str
) -> None:
    node, found = parse(text.replace("?", space), "f.yaml")
    assert [(one.code, one.place.line, one.place.column) for one in found if one.code == "DLA019"] == [
        ("DLA019", line, column)
    ]
    assert space not in repr(node)
