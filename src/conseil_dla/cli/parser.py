"""Arguments in French: argparse does the parsing, and none of its English is ever shown.

Help texts are written by hand beside each command. Messages of argparse are recognised by their shape; one that is
not recognised becomes a general sentence rather than a line of English.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from typing import NoReturn

from conseil_dla.ground.french import spaced
from conseil_dla.ground.words import nearest

DONE, WRONG, UNUSABLE = 0, 1, 2


class Misused(Exception):
    """The command line cannot be understood; the text says why and how to mend it."""


class AlreadyTold(Exception):
    """The user has been told already, help or why the command is impossible: only the exit code is left."""

    def __init__(self, code: int = UNUSABLE) -> None:
        super().__init__()
        self.code = code


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help is given whole and whose errors are French sentences."""

    def __init__(self, name: str, help_text: str, rules: str | None = None) -> None:
        super().__init__(prog=name, add_help=False, allow_abbrev=False)
        self.help_text = help_text
        self.add_argument("-h", "--help", "--aide", action="store_true", dest="wants_help")
        self.add_argument("--regles", default=rules)

    def options(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The options of a command. Raises ``AlreadyTold`` once help that was asked for is printed, and ``Misused``."""
        found = self.parse_intermixed_args(at_home(arguments))
        if found.wants_help:
            print(spaced(self.help_text), end="")
            raise AlreadyTold(DONE)
        return found

    def format_help(self) -> str:
        """The help as written."""
        return self.help_text

    def error(self, message: str) -> NoReturn:
        """Refuse, in French."""
        raise Misused(f"{translated(message)}\naide : {self.prog} -h")


def at_home(arguments: Sequence[str]) -> list[str]:
    """``~/`` as the user's home, where no shell has read it: after ``=``, between quotes, on Windows."""
    found = []
    for one in arguments:
        option, sign, value = one.partition("=") if one.startswith("--") else ("", "", one)
        found.append(f"{option}{sign}{os.path.expanduser(value)}" if value[:2] in ("~", "~/", "~\\") else one)
    return found


PATTERNS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", "il manque : {0}"),
    (r"unrecognized arguments: (.+)", "je ne connais pas « {0} »"),
    (r"argument (.+): expected one argument", "il manque une valeur après {0}"),
    (r"argument (.+): expected at least one argument", "il manque une valeur après {0}"),
    (r"argument (.+): invalid choice: '?(.+?)'? \(choose from (.+)\)", "{0} : « {1} » n’est pas proposé ({2})"),
    (r"argument (.+): ignored explicit argument '?(.+?)'?", "{0} ne prend pas de valeur (« {1} »)"),
    (r"argument (.+): not allowed with argument (.+)", "{0} et {1} ne vont pas ensemble"),
)


def translated(message: str) -> str:
    """An error of argparse as a French sentence."""
    for pattern, words in PATTERNS:
        if match := re.fullmatch(pattern, message):
            return words.format(*(group.replace("'", "") for group in match.groups()))
    return "cette ligne de commande n’a pas été comprise"


def pick(word: str, known: Sequence[str], what: str) -> str:
    """The word itself when it is known. Raises ``Misused`` with the nearest known word otherwise."""
    if word in known:
        return word
    near = nearest(word, known)
    hint = f"vouliez-vous dire « {near} » ?" if near else f"les mots connus : {', '.join(known)}"
    raise Misused(f"{what} inconnue : « {word} »\naide : {hint}")
