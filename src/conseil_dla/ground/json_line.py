"""A value as one line of JSON that a terminal may show: accents as they are, what would be obeyed as an escape."""

from __future__ import annotations

import json
import unicodedata

from conseil_dla.ground.characters import is_obeyed


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
