"""The traps of the YAML notation for someone who writes French, told in French with the way out.

Works on the source text around the spot where reading failed or went astray; imports no YAML library and never uses
the library's own words. Every function returns findings; none raises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from conseil_dla.ground.characters import LINE_ENDS, NO_CHARACTER, code_point
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, mistake
from conseil_dla.ground.words import fold

THIN = "\u00a0\u202f\u2009"
"""No-break and thin spaces that French typography puts before a colon."""
WORD = re.compile(r"[a-z][a-z0-9_]*")
ANY_COLON = re.compile(r":(?=\s|$)")
_KEY = re.compile(rf"{WORD.pattern}(?=:(?:\s|$))")
_UNSAFE = re.compile(f"[\t{LINE_ENDS}]|{NO_CHARACTER.pattern}")
_FAR = 50
"""Lines past which a text, or a hole between two lines, is not followed."""
_LINE_END = re.compile(r"\r\n|\r|\n")


class Grammar(NamedTuple):
    """What the keys of a file are, for mends that the notation alone cannot tell from others."""

    listed: frozenset[str] = frozenset()
    """Keys under which stands a list, of sets of keys."""
    inner: frozenset[str] = frozenset()
    """Keys that never follow the dash of an indented list."""
    texts: frozenset[str] = frozenset()
    """Keys that a text follows."""
    beside: Mapping[str, str] = {}
    """Keys under the name of a thing, by which its text, then no longer on the line of the name, has a key too."""


NOTHING_KNOWN = Grammar()


@dataclass(frozen=True)
class Source:
    """The text of one file, cut into lines as the reader counts them; one of them may be tried otherwise written."""

    file: str
    lines: tuple[str, ...]
    tried: tuple[int, str] = (0, "")
    grammar: Grammar = NOTHING_KNOWN

    def trying(self, number: int, line: str) -> Source:
        """The same with a line written otherwise. What is usual in the file is not counted again."""
        other = replace(self, tried=(number, line))
        other.__dict__["usual"] = self.usual
        return other

    @cached_property
    def usual(self) -> Counter[tuple[str, str]]:
        """How many lines begin by a key: after such an indent and dash, after a dash (« - »), anyhow (« * »)."""
        count: Counter[tuple[str, str]] = Counter()
        for line in self.lines:
            text = line.lstrip(" -")
            if key := key_of(text):
                before = line[: -len(text)]
                count.update([("*", key), (before, key), *([("-", key)] if "-" in before else [])])
        return count

    def line(self, number: int) -> str:
        """A line by its number from 1; empty past the end."""
        if number == self.tried[0] > 0:
            return self.tried[1]
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    def goes_on(self, number: int, column: int) -> bool:
        """True when the line below is further in than ``column``: it goes on with a text begun on this one."""
        below = next((one for one in self.lines[number : number + _FAR] if one.strip()), "")
        return len(below) - len(below.lstrip(" ")) > column

    def place(self, line: int, column: int, length: int = 1) -> Place:
        """A place (from 1) with its excerpt; past the end it falls back on the last line that holds something."""
        number = min(line, max(1, len(self.lines)))
        while number > 1 and not self.line(number).strip():
            number -= 1
        excerpt = self.line(number)
        if number != line:
            column, length = len(excerpt) + 1, 1
        return Place(self.file, number, max(1, column), max(1, length), excerpt)


def split_lines(text: str) -> tuple[str, ...]:
    """Lines without their ends. Other Unicode line ends are refused by ``unsafe_characters``."""
    return tuple(_LINE_END.split(text))


def unsafe_characters(source: Source, text: str) -> tuple[str, list[Diagnostic]]:
    """Report tabs and invisible characters, once a line each, and give the text back with spaces in their place.

    A space for each, so that columns hold and the rest of the file can still be read.
    """
    if _UNSAFE.search(text) is None:
        return text, []
    found: list[Diagnostic] = []
    for number, line in enumerate(source.lines, 1):
        seen: set[str] = set()
        for match in _UNSAFE.finditer(line):
            code = "DLA002" if match.group() == "\t" else "DLA015"
            if code not in seen:
                seen.add(code)
                found.append(_unsafe(code, source.place(number, match.start() + 1), match.group()))
    return _UNSAFE.sub(" ", text), found


def _unsafe(code: str, place: Place, character: str) -> Diagnostic:
    if code == "DLA002":
        return mistake(code, place, "une tabulation", "remplacez-la par des espaces (deux par niveau de retrait)")
    return invisible(place, character)


def invisible(place: Place, character: str) -> Diagnostic:
    """A character that no file can hold, as such."""
    message = f"un caractère invisible ({code_point(character)})"
    return mistake("DLA015", place, message, "effacez-le : il vient souvent d’un copier-coller")


def no_character(place: Place, text: str) -> tuple[str, Diagnostic]:
    """A text between quotes that spells out what is no character: the text without it, and a warning.

    An earlier version of this program wrote such dossiers, from what was pasted: they are still read.
    """
    found = ", ".join(dict.fromkeys(code_point(match[0]) for match in NO_CHARACTER.finditer(text)))
    return NO_CHARACTER.sub("", text), Diagnostic(
        "DLA023",
        Severity.WARNING,
        place,
        f"ce texte contient un signe qu’aucun fichier ne peut garder ({found}) : il est laissé de côté",
        "dans ce texte, effacez la barre oblique inversée et le code qui la suit : ils viennent d’un copier-coller",
    )


# --- what loads, but not as meant -----------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """The text between straight double quotes, as the author should write it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_SPELLED = re.compile(rf"(\w+)(?P<signs>[ {THIN}]*(?::(?![/:])|=)[= {THIN}]*)(.*)")


class Spelled(NamedTuple):
    """A key and its value as they should be written, and the signs that stood between them."""

    text: str
    key: str
    signs: str

    def told(self, source: Source, line: int, start: int) -> Diagnostic:
        """The finding for such a line, its key being after ``start`` signs."""
        help = f"écrivez « {self.text} »"
        place = source.place(line, start + len(self.key) + 1, max(1, len(self.signs.rstrip())))
        if "=" in self.signs:
            what = "en trop" if ":" in self.signs else "à la place du deux-points"
            return mistake("DLA010", place, f"un signe = {what}, après « {self.key} »", help)
        if any(one in self.signs for one in THIN):
            told = f"un espace insécable à côté du deux-points de « {self.key} »"
            return mistake("DLA019", place, told, f"{help}, avec des espaces ordinaires")
        return mistake("DLA010", place, f"il manque un espace après le deux-points de « {self.key} »", help)


def spelled(text: str) -> Spelled | None:
    """A key followed by a sign that makes it no key: « = », a colon without its space, or with a no-break one."""
    match = _SPELLED.fullmatch(text.rstrip())
    if match is None or not WORD.fullmatch(fold(match[1])):
        return None
    right = f"{fold(match[1])}: {match[3]}".rstrip()
    return None if match["signs"].rstrip(" ") == ":" and right == text else Spelled(right, match[1], match["signs"])


def key_of(text: str) -> str:
    """The key that begins a text, without its colon; empty when there is none."""
    match = _KEY.match(text)
    return match[0] if match else ""


def continues(source: Source, number: int) -> bool:
    """True for a line that looks like a key and goes on with the text above: no other line of the file has this key."""
    line, over = source.line(number), source.line(number - 1)
    text = over.lstrip(" -")
    key, start = key_of(text), len(over) - len(text)
    value = text[len(key) + 1 :].strip()
    inside = len(line) - len(line.lstrip(" ")) > start
    if not key or not inside or " " not in value or value[0] in "\"'[{>|":
        return False
    return source.usual["*", key_of(line.lstrip())] == 1


def french_colon_key(source: Source, line: int, column: int, key: str, first: bool) -> Diagnostic:
    """A line such as ``- Vigilance : effet`` that was read as a key and its value. ``column`` is the key's.

    ``first`` tells that no key stands before it in its set: it may then be a text of one line.
    """
    whole = source.line(line)
    text = whole[column - 1 :].rstrip()
    bare = key.rstrip(" " + THIN)
    after = text[len(bare) :].lstrip(" " + THIN)
    place = source.place(line, column, max(1, len(text) - len(after) + 1))
    space = "un espace insécable" if any(one in text[len(bare) : -len(after)] for one in THIN) else "un espace"
    lead = "- " if re.fullmatch(r"\s*(?:- +)+", whole[: column - 1]) else ""
    alone = lead or (first and not source.goes_on(line, column - 2))
    told = f"entre guillemets : {lead}{quoted(text)}" if alone else folded(source, line - 1, column - 1)
    word = fold(bare)
    known = source.usual["*", word] > 0
    if WORD.fullmatch(word) and (known or " " not in bare):
        value = after[1:].lstrip(" =" + THIN)
        right = f"écrivez « {f'{word}: {value}'.strip()} », sans espace devant le deux-points"
        if (known and not lead) or not told:
            return mistake("DLA007", place, f"{space} devant le deux-points de la clé « {bare} »", right)
        told = f"si « {bare} » est bien une clé, {right} ; si c’est un texte, {'mettez-le ' if alone else ''}{told}"
    elif alone:
        told = f"mettez le texte {told}"
    message = f"{space} devant le deux-points : « {bare} » est lu comme le nom d’une clé, pas comme un texte"
    return mistake("DLA007", place, message, told or UNFOLDED)


UNCLOSED = "le signe {} ouvre une liste ou un ensemble qui n’est pas fermé comme il faut"
UNFOLDED = "si cette ligne continue un texte, écrivez >- après la clé de ce texte, et toutes ses lignes en retrait"


def folded(source: Source, number: int, column: int) -> str:
    """How to write a text of several lines that begins on this line or above, and goes on after ``column`` signs.

    Empty when no key stands there that such a text could belong to.
    """
    owner = number
    while owner > max(1, number - _FAR) and not key_of(source.line(owner).lstrip(" -")):
        owner -= 1
    line = source.line(owner)
    text = line.lstrip(" -")
    key, start = key_of(text), len(line) - len(text)
    value = text[len(key) + 1 :].strip()
    if not key or start > column or value[:1] in (*">|[{\"'",) or (not value and start == column):
        return ""
    lines = f"tout le texte dessous, chaque ligne à {start + 2} espaces du bord gauche"
    return f"à la ligne {owner}, écrivez « {key}: >- », puis {lines}"


def cut_text(source: Source, line: int, column: int, text: str) -> Diagnostic | None:
    """A warning when a plain text is followed by `` #`` on its last line, or None when that is an ordinary comment.

    The rule: a text of several words, or a ``#`` stuck to what follows (``Dossier #3``), looks cut; one word followed
    by ``# …`` is a comment. ``column`` is the one just after the text.
    """
    rest = source.line(line)[column - 1 :]
    lost = rest.lstrip(" ")
    if not lost.startswith("#") or lost == rest:
        return None
    stuck = len(lost) > 1 and lost[1] not in " #-=" + THIN
    if not stuck and not any(space in text for space in " " + THIN):
        return None
    return Diagnostic(
        "DLA011",
        Severity.WARNING,
        source.place(line, column + len(rest) - len(lost), len(lost.rstrip())),
        f"texte coupé : « {lost.rstrip()} » n’est pas lu",
        "si cela fait partie du texte, mettez le tout entre guillemets ; "
        "si c’est un commentaire, placez-le seul sur la ligne du dessus",
    )


_ODD_DASH = re.compile(r"( *)(-(?=[a-z_])|[–—‐‑−•·‣▪] ?)(\w.*)")


def odd_dash(source: Source, line: int) -> Diagnostic | None:
    """A dash without its space, or what a word processor makes of one; None when the line begins otherwise."""
    match = _ODD_DASH.match(source.line(line))
    if match is None:
        return None
    place = source.place(line, match.start(2) + 1, len(match[2].strip()))
    sign = match[2].strip()
    told = (
        "il manque un espace après le tiret" if sign == "-" else f"le signe {sign} ne commence pas un élément de liste"
    )
    return mistake("DLA010", place, told, f"un tiret simple, un espace, puis le reste : « - {match[3].strip()} »")


def missing_dash(source: Source, line: int, where: str, also: Place | None = None) -> Diagnostic:
    """The line that begins an item has no dash; ``where`` the dash goes."""
    text = source.line(line).strip()
    place = source.place(line, source.line(line).index(text) + 1, len(text))
    told = f"il manque un tiret devant « {text.partition(':')[0]} », qui commence un élément de la liste"
    return mistake("DLA010", place, told, f"écrivez « - {text} », le tiret {where}", also)


def twice(place: Place, key: str, first: Place) -> Diagnostic:
    """A key that stands there already."""
    message = f"la clé « {key} » est écrite deux fois au même endroit"
    return mistake("DLA006", place, message, "gardez-en une seule", first)


def anchor(place: Place, sign: str) -> Diagnostic:
    """A ``&`` or ``*`` at the start of a value: a renvoi, which these files do not have."""
    return mistake(
        "DLA003",
        place,
        f"un texte ne peut pas commencer par {sign} : ce signe annonce un renvoi, et ces fichiers n’en ont pas",
        "mettez le texte entre guillemets ; pour reprendre un passage, recopiez-le",
    )


def tag(place: Place) -> Diagnostic:
    """A ``!`` at the start of a value, or a ``%`` at the start of a line."""
    if re.match("%(YAML|TAG)", place.excerpt):
        return mistake("DLA004", place, "cette ligne annonce une version de YAML, qui ne sert pas ici", "supprimez-la")
    return mistake(
        "DLA004",
        place,
        "un texte ne peut pas commencer par ! ni une ligne par %",
        "mettez le texte entre guillemets",
    )
