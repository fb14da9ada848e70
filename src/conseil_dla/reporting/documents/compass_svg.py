"""The compass as a drawing inside an HTML page: readable in black and white, and told in words to who cannot see it."""

from __future__ import annotations

from html import escape

from conseil_dla.reporting.papers.blocks import CompassPicture, Stretch

SIDE, LEFT, TOP = 240.0, 70.0, 34.0
WIDTH, HEIGHT = SIDE + 2 * LEFT, SIDE + 2 * TOP + 10
THINNEST = 5.0
"""What is left of a side that has shrunk to a line."""
LINE_LENGTH = 24
"""Characters of a label before it goes on below."""


def drawn(picture: CompassPicture) -> str:
    """An ``<svg>`` with its title and description."""
    left, right = _span(picture.across)
    low, high = _span(picture.up)
    x, y = LEFT + left * SIDE, TOP + (1 - high) * SIDE
    wide, tall = (right - left) * SIDE, (high - low) * SIDE
    return "".join(
        [
            f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-labelledby="compass-t compass-d" '
            'font-size="11" fill="#1a1a1a">',
            '<title id="compass-t">Boussole</title>',
            f'<desc id="compass-d">{escape(picture.told)}</desc>',
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="6" height="6" fill="#eee"/>'
            '<line x1="0" y1="0" x2="0" y2="6" stroke="#555" stroke-width="1.4"/></pattern></defs>',
            _reach(x, y, wide, tall),
            f'<rect x="{LEFT:g}" y="{TOP:g}" width="{SIDE:g}" height="{SIDE:g}" fill="none" stroke="#1a1a1a"/>',
            _stroke(LEFT, TOP + SIDE / 2, LEFT + SIDE, TOP + SIDE / 2),
            _stroke(LEFT + SIDE / 2, TOP, LEFT + SIDE / 2, TOP + SIDE),
            *_corners(picture.corners),
            _point(x, y) if max(wide, tall) == 0 else "",
            *_ends(picture),
            "</svg>",
        ]
    )


def _span(stretch: Stretch) -> tuple[float, float]:
    """The reachable stretch, in shares of a side."""
    return (stretch.low + 1) / 2, (stretch.high + 1) / 2


def _reach(x: float, y: float, wide: float, tall: float) -> str:
    """What can still be reached: hatched; a line keeps some thickness; nothing once it is a point."""
    if max(wide, tall) == 0:
        return ""
    if wide < THINNEST:
        x, wide = x - (THINNEST - wide) / 2, THINNEST
    if tall < THINNEST:
        y, tall = y - (THINNEST - tall) / 2, THINNEST
    return (f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="url(#hatch)" '
            'stroke="#1a1a1a" stroke-width="1.2"/>')  # fmt: skip


def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="#1a1a1a" stroke-dasharray="3 3"/>'


def _point(x: float, y: float) -> str:
    return (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#fff" stroke="#1a1a1a" stroke-width="2"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')  # fmt: skip


def _corners(names: tuple[str, str, str, str]) -> list[str]:
    """Names in the middle of their quadrants, on a white halo so that hatches never cross them."""
    halo = 'text-anchor="middle" font-weight="600" font-size="12.5" paint-order="stroke" stroke="#fff" stroke-width="4"'
    centres = ((1, 3), (3, 3), (1, 1), (3, 1))
    return [
        f'<text x="{LEFT + across * SIDE / 4:g}" y="{TOP + down * SIDE / 4 + 4:g}" {halo}>{escape(name)}</text>'
        for name, (across, down) in zip(names, centres, strict=True)
    ]


def _ends(picture: CompassPicture) -> list[str]:
    """What each end of the axes means, around the frame."""
    middle, half = LEFT + SIDE / 2, TOP + SIDE / 2
    return [
        _label(middle, TOP - 10, picture.up.positive, "middle", WIDTH),
        _label(middle, TOP + SIDE + 20, picture.up.negative, "middle", WIDTH),
        _label(LEFT - 6, half, picture.across.negative, "end", 0),
        _label(LEFT + SIDE + 6, half, picture.across.positive, "start", 0),
    ]


def _label(x: float, y: float, text: str, anchor: str, room: float) -> str:
    """A label on one line where there is room, else on short lines, one word or two each."""
    lines = [text] if room else _short_lines(text)
    top = y - (len(lines) - 1) * 6
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + number * 12:g}">{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    return f'<text text-anchor="{anchor}" font-size="10">{spans}</text>'


def _short_lines(text: str) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_LENGTH // 2:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
