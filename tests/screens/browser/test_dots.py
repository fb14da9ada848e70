"""The letters made for the compass, read by a library that knows fonts."""

from __future__ import annotations

import io
import sys

from PIL import Image, ImageDraw, ImageFont

from shipped import ROOT

sys.path.insert(0, str(ROOT / "tools"))
from make_dots_font import ASCENT, DESCENT, EM, FILE, FIRST, LAST, SUM, WIDTH, dots_font

SIZE = 128
COLUMNS_AND_ROWS = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
"""Of dots 1 to 8, as Unicode numbers them."""


def test_every_pattern_shows_its_dots_and_no_other() -> None:
    font = ImageFont.truetype(io.BytesIO(dots_font()), SIZE)
    unit = SIZE / EM
    size = round(WIDTH * unit), round((ASCENT - DESCENT) * unit)
    for letter in range(FIRST, LAST + 1):
        picture = Image.new("L", size)
        ImageDraw.Draw(picture).text((0, ASCENT * unit), chr(letter), font=font, fill=255, anchor="ls")
        for bit, (column, row) in enumerate(COLUMNS_AND_ROWS):
            middle = round(size[0] * (2 * column + 1) / 4), round(size[1] * (2 * row + 1) / 8)
            assert (picture.getpixel(middle) == 255) == bool((letter - FIRST) >> bit & 1), f"{letter:x}, dot {bit + 1}"
        assert abs(font.getlength(chr(letter)) - WIDTH * unit) < 1


def test_the_font_adds_up_as_its_format_wants() -> None:
    data = dots_font()
    assert len(data) % 4 == 0
    words = (int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4))
    assert sum(words) & 0xFFFFFFFF == SUM


def test_the_file_that_is_served_is_this_font() -> None:
    assert FILE.read_bytes() == dots_font()
