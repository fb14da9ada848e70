"""In which letters a table of texts is written, where it does not say so: the ones that make French of it.

UTF-8 is sure: other letters hardly ever look like it. Windows, MS-DOS and the Mac of old give each byte a letter, so
that any of them can be read as another: « Fédération » as « F‚d‚ration ». What is likeliest in French decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

OLD: Mapping[str, str] = MappingProxyType(
    {"cp1252": "Windows", "cp850": "MS-DOS", "mac_roman": "l’ancien Mac"},
)
"""Letters of before UTF-8, and whose they are; the likeliest first, which an equal weight leaves in place."""
SAVE_AS = "dans le tableur, « Enregistrer sous », type « CSV UTF-8 (délimité par des virgules) »"
_SMALL, _CAPITAL = "éèêëàâçîïôùûœ", "ÉÈÊÀÂÇÎÔÙŒ"
_SIGNS = "’‘«»“”–—…€°·\xa0"
_NEUTRAL = "äöüñáíóúæëÿ²"
"""Of a name from elsewhere: no reason for, none against."""
_ODD = re.compile(r"(.?)([^\x00-\x7f])", re.DOTALL)


def likeliest(data: bytes) -> tuple[str, bool]:
    """The encoding of bytes that are no UTF-8, and whether it is sure enough to need no word."""
    weights = {encoding: _weight(data, encoding) for encoding in OLD}
    best = max(weights, key=lambda encoding: weights[encoding])
    return best, best == "cp1252" and weights[best] > 0


def _weight(data: bytes, encoding: str) -> int:
    """Letters and signs that French writes, less those that it does not; a capital within a word is no French."""
    weight = 0
    for before, sign in _ODD.findall(data.decode(encoding, "replace")):
        if sign in _SMALL or sign in _SIGNS or (sign in _CAPITAL and not before.islower()):
            weight += 1
        elif sign not in _NEUTRAL:
            weight -= 1
    return weight


def example(data: bytes, encoding: str) -> str:
    """The first word that shows in which letters it was read."""
    found = re.search(r"[^\W_]*[^\x00-\x7f]\w*", data.decode(encoding, "replace"))
    return found[0][:30] if found else ""


def is_garbled(name: str) -> bool:
    """True for a name that was read in other letters than it was written in, and saved so."""
    return bool(re.search("\ufffd|Ã[\x80-\xbf©¨ªŠ§´¢®¯¹»]|â€|Â[\xa0-\xbf]|[a-z][‚Šƒ…‡ˆŒŽŽ]+[a-z]", name))
