"""The compass as a bitmap, for the kinds of file that take no drawing."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from math import hypot

from PIL import Image, ImageDraw, ImageFont
from ttf_opensans import OPENSANS_REGULAR, OPENSANS_SEMIBOLD

from conseil_dla.papers.blocks import CompassPicture
from conseil_dla.papers.documents.compass_shapes import (
    HATCH,
    HATCH_EVERY,
    HEIGHT,
    INK,
    PAPER,
    SHADE,
    WIDTH,
    Box,
    Dashes,
    Disc,
    Label,
    shapes,
)

SCALE = 4
"""Points of the bitmap to one of the sheet: about 430 to an inch where the picture is 9 cm wide."""
DASH = 3.0
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
"""How Pillow names them, on the baseline."""
EDGE = 2.0
"""Width of the white edge around names."""


@lru_cache(8)
def drawn(picture: CompassPicture) -> bytes:
    """A PNG, without any metadata. A paper that is written in several kinds of file is drawn once."""
    image = Image.new("RGB", (round(WIDTH * SCALE), round(HEIGHT * SCALE)), PAPER)
    pen = ImageDraw.Draw(image)
    for shape in shapes(picture):
        match shape:
            case Box():
                _box(image, shape)
            case Dashes():
                _dashes(pen, shape)
            case Disc(x, y, radius, full):
                pen.circle((x * SCALE, y * SCALE), radius * SCALE, INK if full else PAPER, INK, 2 * SCALE)
            case Label():
                _label(pen, shape)
    file = BytesIO()
    image.convert("L").save(file, "PNG", optimize=True)
    return file.getvalue()


def _box(image: Image.Image, box: Box) -> None:
    corner, size = (box.x * SCALE, box.y * SCALE), (round(box.wide * SCALE), round(box.tall * SCALE))
    if box.hatched:
        part = Image.new("RGB", size, SHADE)
        pen = ImageDraw.Draw(part)
        step = HATCH_EVERY * SCALE * 2**0.5
        for number in range(int((size[0] + size[1]) / step) + 1):
            pen.line((number * step, 0, number * step - size[1], size[1]), HATCH, round(1.4 * SCALE))
        image.paste(part, (round(corner[0]), round(corner[1])))
    far = (corner[0] + size[0], corner[1] + size[1])
    ImageDraw.Draw(image).rectangle((*corner, *far), outline=INK, width=SCALE)


def _dashes(pen: ImageDraw.ImageDraw, line: Dashes) -> None:
    length = hypot(line.x2 - line.x1, line.y2 - line.y1)
    across, down = (line.x2 - line.x1) / length, (line.y2 - line.y1) / length
    done = 0.0
    while done < length:
        end = min(done + DASH, length)
        ends = [(line.x1 + at * across, line.y1 + at * down) for at in (done, end)]
        pen.line([(x * SCALE, y * SCALE) for x, y in ends], INK, SCALE)
        done += 2 * DASH


def _label(pen: ImageDraw.ImageDraw, label: Label) -> None:
    font = ImageFont.truetype((OPENSANS_SEMIBOLD if label.bold else OPENSANS_REGULAR).path, label.size * SCALE)
    edge = round(EDGE * SCALE) if label.bold else 0
    where = (label.x * SCALE, label.y * SCALE)
    pen.text(where, label.text, INK, font, ANCHORS[label.anchor], stroke_width=edge, stroke_fill=PAPER)
