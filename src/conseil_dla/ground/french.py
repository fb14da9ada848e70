"""French typography and small grammar, in one place: lists, numbers, guillemets, safe text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from conseil_dla.ground.characters import JOINERS, LINE_ENDS, code_point, is_obeyed

NBSP = "\u00a0"
MARKS = ("+", "−")
"""Before a reason for, and before a reason against."""
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def quoted(text: str) -> str:
    """« text », with the no-break spaces that French wants."""
    return f"«{NBSP}{text}{NBSP}»"


def listed(parts: Sequence[str], last: str = "et") -> str:
    """a, b et c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def listed_apart(parts: Sequence[str]) -> str:
    """The same where a part holds « et » itself: « a et b, ainsi que c et d »."""
    if len(parts) < 2 or not any(" et " in part for part in parts):
        return listed(parts)
    return f"{', '.join(parts[:-1])}, ainsi que {parts[-1]}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """« 1 question », « 3 questions », « aucune » being left to the caller; zero is singular in French."""
    return f"{number} {singular if number < 2 else plural or singular + 's'}"


def few(texts: Sequence[str], most: int, one: str, several: str) -> list[str]:
    """The first texts, then how many more there are: « a », « b », « 3 autres points »."""
    more = len(texts) - most
    return [*texts[:most], counted(more, one, several)] if more > 0 else list(texts)


def grouped(number: int) -> str:
    """« 1 234 567 », with the narrow no-break spaces of French figures."""
    return f"{number:,}".replace(",", "\u202f")


READ_AT_A_GLANCE = 10**9
EXPONENTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def numbered(number: int) -> str:
    """« 1 234 567 »; « environ 2,3 × 10³⁰ » of what nobody reads digit by digit."""
    if number < READ_AT_A_GLANCE:
        return grouped(number)
    figure, power = f"{number:.1e}".replace(".", ",").split("e+")
    return f"environ {figure}{NBSP}×{NBSP}10{str(int(power)).translate(EXPONENTS)}"


def lowered(text: str) -> str:
    """The text made to follow in a sentence: first letter lowered unless the word looks like a name or a sigle."""
    first_word = text.split(" ", 1)[0]
    if first_word[1:2] == "’":
        return text[:1].lower() + text[1:]
    if len(first_word) > 1 and first_word[1:].lower() != first_word[1:]:
        return text
    return text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence of its own: capital first, full stop last unless it already ends.

    An address that ends it stays as it is: a full stop would be copied with it.
    """
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) or "://" in text.rsplit(" ", 1)[-1] else f"{text}."


def harmless(text: str, *, keep_lines: bool = False) -> str:
    """The text without control characters, which a terminal would obey; line ends kept on request.

    Bidirectional overrides go too: they would let a title rewrite the line that it stands in. So does what no file can
    hold, and accents piled on a letter, beyond what any language writes: they would be drawn over the lines around.
    """
    if text.isascii() and text.isprintable():
        return text
    return without_piles(_LONE_JOINER.sub("", text.translate(_LINES if keep_lines else _ONE_LINE)))


def taken_out_text(characters: Sequence[str]) -> str:
    """What is said of a text that somebody types or pastes, when such characters were taken out of it."""
    several = len(characters) > 1
    named = ", ".join([*map(code_point, characters[:MOST_NAMED]), *(["…"] if len(characters) > MOST_NAMED else [])])
    what = "Des signes parasites ont été retirés" if several else "Un signe parasite a été retiré"
    come = "ils viennent" if several else "il vient"
    return f"{what} de ce texte ({named}){NBSP}; {come} souvent d’un copier-coller."


def without_piles(text: str) -> str:
    """The text without the accents that are too many on their letter."""
    return text if text.isascii() else _PILED.sub(_without_pile, text)


class _Harmless(dict[int, str | None]):
    """For ``str.translate``: what becomes of each character, found once."""

    def __missing__(self, code: int) -> str | None:
        self[code] = None if is_obeyed(chr(code)) else chr(code)
        return self[code]


def _line_ends(told: str) -> _Harmless:
    return _Harmless({9: " ", 10: told} | {ord(end): told for end in LINE_ENDS})


_ONE_LINE, _LINES = _line_ends(" "), _line_ends("\n")
_LONE_JOINER = re.compile(f"(?<!\\S)[{JOINERS}]+|[{JOINERS}]+(?!\\S)")
"""What joins nothing; it would make a text of nothing."""
MOST_NAMED = 4
"""Characters taken out that are named."""
MOST_MARKS = 4
"""Combining marks on one letter: Hebrew and Vietnamese take three at most."""
_PILED = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")
"""Where a pile may be: marks are neither letters nor digits for ``re``."""


def _without_pile(found: re.Match[str]) -> str:
    kept, height = [], 0
    for char in found[0]:
        height = height + 1 if unicodedata.category(char).startswith("M") else 0
        kept += [char] if height <= MOST_MARKS else []
    return "".join(kept)


def spaced(text: str) -> str:
    """The text with the no-break spaces that French wants before ``: ; ? ! »`` and after ``«``."""
    return re.sub(r"(?<=«) | (?=[:;?!»](?:\s|$))", NBSP, text)


# --- what was typed --------------------------------------------------------------------------------------------------

_HELD = "\ufdd0"
"""Stands for what is left as it was typed, meanwhile; no text that is harmless has it."""
_WORD = re.compile(r"`[^`\n]*`|[^\s\"«»“”(`]+")
_FILE_END = re.compile(
    r"\w\.(?:yaml|yml|json|jsonl|csv|tsv|xlsx?|docx?|odt|ods|pdf|html?|md|txt|py|sh)\Z", re.IGNORECASE
)
_MAIL = re.compile(r"[^@]+@[^@]+\.\w+\Z")
_ENDING = ".,;:!?)]'’…"
"""Not of an address that a sentence ends with."""
_AFTER = rf"[\w)\]”»%°…{_HELD}]"
_TYPED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<=[^\W\d_])'(?=[\w«“\"{_HELD}])"), "’"),
    (re.compile(r"(?<!\.)\.{3}(?!\.)"), "…"),
)
_PAIR = re.compile(r'(?<![^\s(\[«“’\'\-–—])"(?=[^\s"])([^"\n]*)(?<=[^\s"])"(?!\w)')
"""Straight quotes around something."""
_MOST_NESTED = 3
"""Quotes within quotes within quotes: what nobody types is left."""
_SPACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"« ?(?=\S)"), f"«{NBSP}"),
    (re.compile(r"(?<=[^\s«]) ?»"), f"{NBSP}»"),
    (re.compile(r"(?<=\S) (?=[:;?!](?:[\s)\]»”…!?]|$))"), NBSP),
    (re.compile(rf"(?<={_AFTER})(?=[?!;](?:[\s)\]»”…!?]|$))"), NBSP),
    (re.compile(rf"(?<={_AFTER})(?=:(?:\s|$))"), NBSP),
)
_MAY_CHANGE = re.compile(r"['\"]|\.{3}|« |«(?=\S)|(?<=\S) ?[:;?!»]")
"""Found in what is not set already, which most of what is shown is."""


def typeset(text: str) -> str:
    """A text as somebody typed it, with the typography of the texts around it: ’ « » … and no-break spaces.

    For what is shown or printed, never for what is kept. Twice is once; no letter and no digit changes. Addresses,
    hours, paths, names of files and what stands between backticks stay as they are.
    """
    if not _MAY_CHANGE.search(text) or _HELD in text:
        return text
    left: list[str] = []

    def hold(found: re.Match[str]) -> str:
        word = found[0]
        core = word.rstrip(_ENDING)
        if not word.startswith("`") and not _is_left(core):
            return word
        left.append(word if word.startswith("`") else core)
        return _HELD if word.startswith("`") else _HELD + word[len(core) :]

    text = _WORD.sub(hold, text)
    for pattern, wanted in _TYPED:
        text = pattern.sub(wanted, text)
    for _ in range(_MOST_NESTED if '"' in text else 0):
        text = "\n".join(map(_between_guillemets, text.split("\n")))
    for pattern, wanted in _SPACES:
        text = pattern.sub(wanted, text)
    held = iter(left)
    return re.sub(_HELD, lambda _: next(held), text)


def _is_left(word: str) -> bool:
    """Is it an address, a path or the name of a file?"""
    is_path = "/" in word or "\\" in word or word.startswith("www.")
    return is_path or bool(_FILE_END.search(word[-8:]) or ("@" in word and _MAIL.match(word)))


def _between_guillemets(line: str) -> str:
    """« inside » for what is between straight quotes, “inside” within guillemets that are open already."""
    parts, start, depth = [], 0, 0
    for found in _PAIR.finditer(line):
        before = line[start : found.start()]
        depth += before.count("«") - before.count("»")
        parts += [before, f"“{found[1]}”" if depth > 0 else quoted(found[1])]
        depth += found[1].count("«") - found[1].count("»")
        start = found.end()
    return "".join((*parts, line[start:]))


def day_text(day: str) -> str:
    """« 3 mars 2026 » for ``2026-03-03``; what is no such day is given back as it is."""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return harmless(day)
    number = "1er" if int(parts[2]) == 1 else str(int(parts[2]))
    return f"{number}{NBSP}{MONTHS[int(parts[1]) - 1]}{NBSP}{parts[0]}"


def hour_text(hour: str) -> str:
    """« 14 h 05 » for ``14:05``; what is no such hour is given back as it is."""
    parts = hour.split(":")
    return (
        NBSP.join((parts[0], "h", parts[1])) if len(parts) == 2 and hour.replace(":", "").isdigit() else harmless(hour)
    )


def moment_text(moment: datetime, today: datetime) -> str:
    """« aujourd’hui 10:42 », « 12 mars », « 12 mars 2024 »."""
    if moment.date() == today.date():
        return f"aujourd’hui {moment:%H:%M}"
    number = "1er" if moment.day == 1 else str(moment.day)
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{number} {MONTHS[moment.month - 1]}{year}"
