"""Letters for the 256 braille patterns of the compass: ``python tools/make_dots_font.py`` writes ``points.ttf`` anew.

The letters that textual_serve brings have none, and those of a system are of any width: Windows draws them wider than
a cell. These fill a cell as Roboto Mono measures it, so that dots of neighbouring cells stand at equal distances.

Format: TrueType, as the OpenType specification describes it (tables ``cmap`` to ``post``).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parents[1] / "src" / "conseil_dla" / "screens" / "browser" / "page" / "points.ttf"
FIRST, LAST = 0x2800, 0x28FF
EM, WIDTH, ASCENT, DESCENT = 2048, 1229, 2146, -555
"""Those of Roboto Mono, in units of the font."""
SIDE = 330
"""Of a dot, in units of the font."""
PLACES = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each dot, in the order of the bits of a pattern."""
SUM = 0xB1B0AFBA
"""What the words of a whole font must add up to (table ``head``)."""


def dots_font() -> bytes:
    """The font, as a file."""
    drawings = [b"", *(_drawing(pattern) for pattern in range(LAST - FIRST + 1))]
    places = [sum(map(len, drawings[:number])) for number in range(len(drawings) + 1)]
    count = len(drawings)
    tables = {
        b"OS/2": _metrics(),
        b"cmap": _characters(),
        b"glyf": b"".join(drawings),
        b"head": struct.pack(">IIIIHHQQhhhhHHhhh", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 3, EM, 0, 0, 0, DESCENT, WIDTH,
                             ASCENT, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 1 << 16, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1, *[0] * 7, count),
        b"hmtx": b"".join(struct.pack(">H", WIDTH) + (drawing[2:4] or b"\0\0") for drawing in drawings),
        b"loca": struct.pack(f">{count + 1}I", *places),
        b"maxp": struct.pack(">IHHH11H", 1 << 16, count, 32, 8, 0, 0, 2, *[0] * 8),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 3 << 16, 0, 0, 0, 1, 0, 0, 0, 0),
    }  # fmt: skip
    return _file(tables)


def _drawing(pattern: int) -> bytes:
    """One square a dot; the empty pattern draws nothing."""
    corners = [corner for bit, place in enumerate(PLACES) if pattern >> bit & 1 for corner in _square(*place)]
    if not corners:
        return b""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    squares = len(corners) // 4
    head = struct.pack(">hhhhh", squares, min(xs), min(ys), max(xs), max(ys))
    ends = struct.pack(f">{squares}HH", *range(3, len(corners), 4), 0)
    steps = [
        struct.pack(f">{len(axis)}h", *(b - a for a, b in zip([0, *axis], axis, strict=False))) for axis in (xs, ys)
    ]
    drawing = head + ends + b"\x01" * len(corners) + b"".join(steps)
    return drawing + b"\0" * (-len(drawing) % 4)


def _square(column: int, row: int) -> tuple[tuple[int, int], ...]:
    x = WIDTH * (2 * column + 1) // 4 - SIDE // 2
    y = ASCENT - (ASCENT - DESCENT) * (2 * row + 1) // 8 - SIDE // 2
    return ((x, y), (x, y + SIDE), (x + SIDE, y + SIDE), (x + SIDE, y))


def _characters() -> bytes:
    """Format 4: one run of characters, then the mark of the end; the first letter of the font stands for none."""
    runs = struct.pack(">9H", LAST, 0xFFFF, 0, FIRST, 0xFFFF, 1 - FIRST & 0xFFFF, 1, 0, 0)
    table = struct.pack(">HHHHHHH", 4, 14 + len(runs), 0, 4, 4, 1, 0) + runs
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _metrics() -> bytes:
    """Table ``OS/2``, version 4."""
    strikes = (EM // 2, EM // 2, 0, 0, EM // 2, EM // 2, 0, 0, 50, EM // 4, 0)
    start = struct.pack(
        ">HhHHH11h10s4I4sHHH", 4, WIDTH, 400, 5, 0, *strikes[:11], b"\0" * 10, 0, 0, 0, 0, b"    ", 64, FIRST, LAST
    )
    return start + struct.pack(">hhhHHIIhhHHH", ASCENT, DESCENT, 0, ASCENT, -DESCENT, 0, 0, 0, 0, 0, 0, 0)


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    """The tables with their index, and the sum that the whole must have."""
    place = 12 + 16 * len(tables)
    index, bodies = b"", b""
    for name, body in sorted(tables.items()):
        index += struct.pack(">4sIII", name, _sum(body), place + len(bodies), len(body))
        bodies += body + b"\0" * (-len(body) % 4)
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 1 << 16, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    whole = bytearray(head + index + bodies)
    at = place + sum(len(body) + -len(body) % 4 for name, body in tables.items() if name < b"head") + 8
    whole[at : at + 4] = struct.pack(">I", (SUM - _sum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(data: bytes) -> int:
    data += b"\0" * (-len(data) % 4)
    return sum(int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)) & 0xFFFFFFFF


if __name__ == "__main__":
    FILE.write_bytes(dots_font())
