"""The known word nearest to a mistyped one, and the few words that must not be written.

The distance is the restricted Damerau-Levenshtein distance (Boytsov, "Indexing methods for approximate dictionary
searching", 2011): insertions, deletions, substitutions and swaps of neighbours, each letter moved once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from conseil_dla.ground.characters import JOINERS

ENGLISH_YES_NO = frozenset({"yes", "no", "on", "off", "true", "false", "vrai", "faux"})
"""Words that some YAML readers turn into a truth value: refused everywhere, in any case."""
ANSWERS_PLACE = "…"
"""Where the answers go, in the ``phrase`` of a question."""
QUOTES = " \u00a0\u202f\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019"
"""Signs that a word processor or a habit puts around a word."""
FORMULA_START = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
"""How a text begins that a spreadsheet would run (OWASP, "CSV Injection")."""
_LONGEST_COMPARISON = 40
LONG = 8
"""Letters from which a word may hold two slips and still be no other."""
_NUMBERS = re.compile(r"([0-9]+)")
YES = "oui"
NO = "non"


_COMPARED = tuple(
    (re.compile(pattern), form, shift)
    for pattern, form, shift in (
        (r"(?:>=|=>|≥|au moins|a partir de|minimum|min) ?(\d+)", "au_moins: {}", 0),
        (r"(\d+) (?:ou plus|et plus|minimum|au moins|au minimum)", "au_moins: {}", 0),
        (r"(?:>|plus de|plus que|superieur a|au dessus de) ?(\d+)", "au_moins: {}", 1),
        (r"(?:<=|=<|≤|au plus|jusqu a|maximum|max) ?(\d+)", "au_plus: {}", 0),
        (r"(\d+) (?:ou moins|et moins|maximum|au plus|au maximum)", "au_plus: {}", 0),
        (r"(?:<|moins de|moins que|inferieur a|en dessous de) ?(\d+)", "au_plus: {}", -1),
        (r"(?:=|==|egal a|exactement) ?(\d+)", "entre: [{0}, {0}]", 0),
        (r"(?:entre|de) (\d+) (?:et|a) (\d+)", "entre: [{}, {}]", 0),
    )
)
"""Ways to compare a number, once folded, and how a condition writes each: « plus de 12 » begins at 13."""


def comparison(text: str) -> str:
    """A comparison of whole numbers as conditions write it, « au_moins: 13 » for « > 12 »; empty for any other text."""
    bare = fold(text.replace(":", " ")).replace("_", " ")
    for pattern, form, shift in _COMPARED:
        if (match := pattern.fullmatch(bare)) and len(bare) < _LONGEST_COMPARISON:
            return form.format(*(int(one) + shift for one in match.groups()))
    return ""


def compared(key: str, start: int, text: str) -> str:
    """How to write that comparison of a question, whose name begins after ``start`` signs; empty for any other text."""
    how = comparison(text)
    return how and f"écrivez « {key}: », et à la ligne, à {start + 2} espaces du bord gauche, « {how} »"


def fold(word: str) -> str:
    """The word without accents, case, spaces, hyphens or quotes around it: how two spellings of one id are compared."""
    letters = unicodedata.normalize("NFKD", word.strip(QUOTES).strip().casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in JOINERS)
    return "_".join(bare.replace("-", " ").replace("’", " ").replace("'", " ").replace("_", " ").split())


def alphabetical(name: str) -> tuple[Any, ...]:
    """The key by which names and titles come in a list: accents and case aside, 9 before 10, œ as oe.

    Two names that differ in nothing else keep an order of their own.
    """
    pieces = _NUMBERS.split(fold(name))
    told = tuple((len(bare := piece.lstrip("0")), bare) if n % 2 else piece for n, piece in enumerate(pieces))
    return (told, name)


def nearest(word: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> str | None:
    """The known id that the author most likely meant, or None when nothing is near enough.

    ``labels`` gives wordings by id: writing the wording instead of the id is recognised too. An equal distance is
    settled by the order of the alphabet, so that the same mistake always gives the same suggestion.
    """
    target = fold(word.lstrip("=: "))
    if not target or len(target) > 80:
        return None
    candidates = sorted(known)
    for id in candidates:
        if fold(id) == target or (labels and id in labels and fold(labels[id]) == target):
            return id
    allowed = min(3, max(1, len(target) // 3))
    scored = [(distance(target, fold(id), allowed), id) for id in candidates]
    best = min(scored, default=(allowed + 1, ""))
    return best[1] if best[0] <= allowed else None


def slip_of(word: str, known: Iterable[str]) -> str | None:
    """The known id of which a word can only be a slip, or None: for what is refused, nearness is not enough.

    « entendu » is not « attendu », nor « dépenses » « reponses »: one slip in a short word; two in a long one, whose
    first letter is right.
    """
    near = nearest(word, known)
    if near is None:
        return None
    target, meant = fold(word), fold(near)
    allowed = 2 if len(meant) >= LONG and target[0] == meant[0] else 1
    return near if distance(target, meant, allowed) <= allowed else None


def distance(left: str, right: str, limit: int) -> int:
    """Restricted Damerau-Levenshtein distance; anything above ``limit`` is given as ``limit + 1``."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)


def did_you_mean(word: str, known: Iterable[str], labels: Mapping[str, str] | None = None) -> str:
    """The help line for an unknown word: the nearest one, else the known ones when they are few, else nothing."""
    names = sorted(known, key=alphabetical)
    before, sign, after = word.partition("#")
    if sign and before in names:
        return f"mettez un espace devant le # : « {before} #{after} »"
    near = nearest(word, names, labels)
    if near is not None:
        return f"vouliez-vous dire « {near} » ?"
    if 0 < len(names) <= 12:
        return "mots connus : " + ", ".join(names)
    return ""


def renamed(word: str, former: Mapping[str, str]) -> str:
    """The help line for a name of before; empty for any other."""
    return f"« {word} » s’appelle maintenant « {former[word]} »" if word in former else ""


def is_slip(typed: str, word: str) -> bool:
    """True when ``typed`` begins ``word`` but for one slip: a letter wrong, missing or too many, or two swapped."""
    same = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), None)
    if same is None:
        return len(typed) <= len(word) + 1
    left, right = typed[same:], word[same:]
    wrong, missing, too_many = right[1:].startswith(left[1:]), right[1:].startswith(left), right.startswith(left[1:])
    return wrong or missing or too_many or (left[1::-1] == right[:2] and right[2:].startswith(left[2:]))
