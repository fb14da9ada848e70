"""Which characters a text may hold: decided here, for whatever comes in and whatever is written, JSON on a line too.

A page, a document of a word processor, a workbook, YAML, JSON and a terminal each refuse or obey some. A text without
any of those can be written by all, and reads back the same. In JSON, what would be obeyed is spelt out.
"""

from __future__ import annotations

import json
import re
import unicodedata

JOINERS = "\u200c\u200d"
"""They make one sign of several emoji, and part or join letters of Persian: of a text, unlike their likes."""
LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""Line ends of other programs: a word processor's, a page maker's. They say what ours says."""
NO_CHARACTER = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
"""What a file of one kind or another cannot hold (XML 1.0, 2.2; Unicode, 23.7): a copy from a PDF leaves U+FFFE."""
_OBEYED = ("Cc", "Cf", "Co", "Cs")
"""Control, format, private and half characters."""


def is_obeyed(character: str) -> bool:
    """True for one that is no part of a text: whoever shows it would obey it, or could not write it."""
    if character in JOINERS:
        return False
    return unicodedata.category(character) in _OBEYED or NO_CHARACTER.match(character) is not None


def code_point(character: str) -> str:
    """« U+FFFE »."""
    return f"U+{ord(character):04X}"


def kept(text: str) -> tuple[str, tuple[str, ...]]:
    """What is kept of a text that somebody types or pastes, and each kind of character that was taken out of it.

    Every line end becomes ours.
    """
    text = _LINE_END.sub("\n", text)
    if text.isprintable():
        return text, ()
    out = dict.fromkeys(character for character in text if character not in "\t\n" and is_obeyed(character))
    return text.translate(dict.fromkeys(map(ord, out))), tuple(out)


_LINE_END = re.compile(f"\r\n|[\r{LINE_ENDS}]")


def json_line(value: object) -> str:
    """The value, whole: control and format characters are spelt out, so that a title rewrites no terminal."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() and text.isprintable() else text.translate(_SPELT_OUT)


class _SpeltOut(dict[int, str]):
    """For ``str.translate``: what becomes of each character, found once."""

    def __missing__(self, code: int) -> str:
        is_spelt = is_obeyed(chr(code)) or unicodedata.category(chr(code)) in ("Cf", "Zl", "Zp")
        self[code] = json.dumps(chr(code))[1:-1] if is_spelt else chr(code)
        return self[code]


_SPELT_OUT = _SpeltOut()
