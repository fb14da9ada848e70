"""English words that Textual and argparse can say, made from the strings of their own sources.

A word is left out when French has it too: when it stands in a text that is French alone (rules, knowledge, the author's
guide, the messages, the changes). So a new version of either library brings its new words.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import textual

ROOT = Path(__file__).parents[1]
WORD = re.compile(r"[^\W\d_]+")
OF_A_PROGRAM = re.compile(r"(?:document|depuis|dans|de|avec) Word\b|\(Word\)")
"""« un document Word »: the name of a program is no English word."""


def words_of(text: str) -> set[str]:
    """Words in lower case; « l’accueil » is « l » and « accueil »."""
    return {word.lower() for word in WORD.findall(OF_A_PROGRAM.sub("", text))}


COMMON = words_of(
    "the of and you your are was were been has have had not with from this that these those for when where which "
    "while what who how why can could should would will must may be is it its an or if then than there here to at "
    "by on as no any some all only into out over under again please sorry hello welcome click press choose open "
    "save delete edit new old first last next previous back forward home end left right up down key keys show "
    "hide search find help quit exit cancel close error warning loading copy paste cut undo redo select dark "
    "light file folder directory found missing invalid unknown expected required option options argument "
    "arguments value try untitled empty nothing done failed success password user name title size none default "
    "enter escape esc space shift word words line lines cursor screen window widget"
)
ALWAYS = {"yes", "true", "false", "theme", "themes"}
"""Said to be English even where a French text quotes them, or spells a key without its accents."""
MESSAGE = re.compile(r"[A-Z][a-z]+\b.*|[a-z]+ [a-z%].* .*", re.DOTALL)
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|^[ -]*\\w+:", re.DOTALL | re.MULTILINE)
FRENCH_TOO = {"correspond", "support", "variable", "usage", "page", "pages", "note", "notes", "question", "questions"}
FRENCH_TEXTS = (
    "rules/*.yaml",
    "knowledge/**/*.yaml",
    "docs/ecrire-une-regle.md",
    "docs/diagnostics.md",
    "CHANGELOG.md",
)


@cache
def english() -> frozenset[str]:
    """Every word to look for."""
    library = Path(textual.__file__).parent
    sources = [Path(argparse.__file__), *(path for path in library.rglob("*.py") if "demo" not in path.parts)]
    said = {word for path in sources for text in _messages(path) for word in words_of(text)}
    found = {word for word in said | set(COMMON) if word.isascii() and (len(word) > 2 or word in COMMON)}
    return frozenset(found - _french() | ALWAYS)


@cache
def _french() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for pattern in FRENCH_TEXTS for path in ROOT.glob(pattern))
    prose = (NOT_PROSE.sub(" ", text) for text in texts)
    return frozenset(word for text in prose for word in words_of(text)) | FRENCH_TOO


def english_in(text: str, known: str = "") -> set[str]:
    """English words in a text; those that ``known`` (a path, which a screen may cut anywhere) has do not count."""
    return {word for word in words_of(text) & english() if word not in known}


def _messages(path: Path) -> Iterator[str]:
    """Strings of a module that may be said to somebody: neither its docstrings nor what only code reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value.strip()
            if len(text) < 400 and MESSAGE.fullmatch(text):
                yield text
