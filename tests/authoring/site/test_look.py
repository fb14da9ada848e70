"""The look of the site: every pair of colours can be read, and paper gets ink alone."""

from __future__ import annotations

import re
from itertools import product

import pytest

from conseil_dla.authoring.site.html import style

STYLE = str(style())
GROUNDS, WORDS = ("paper", "sheet", "lit"), ("ink", "quiet", "link", "mark")


def palettes() -> list[dict[str, str]]:
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", STYLE)]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_it_should_be() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_there_is_a_palette_for_light_for_dark_and_for_paper() -> None:
    assert len(palettes()) == 3
    assert all(set(palette) == {*GROUNDS, *WORDS, "edge"} for palette in palettes())


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_pair_of_colours_can_be_read(number: int) -> None:
    palette = palettes()[number]
    for ground, words in product(GROUNDS, WORDS):
        assert contrast(palette[ground], palette[words]) >= 4.5, (ground, words)
    for ground in ("paper", "sheet"):
        assert contrast(palette[ground], palette["edge"]) >= 3, "edges of fields and cards are seen"
        assert contrast(palette[ground], palette["link"]) >= 3, "so is the focus, drawn in the colour of links"


def test_no_colour_stands_outside_the_palettes() -> None:
    """So that the pairs above are all there are: what is written uses a variable, words on grounds only."""
    rules = STYLE.partition("* {")[2]
    assert not re.search(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl|opacity|filter", rules)
    for name, value in re.findall(r"(?<![-\w])(color|background|background-color): ([^;}]+)", rules):
        known = GROUNDS if name.startswith("background") else WORDS
        assert value in {f"var(--{one})" for one in known}, (name, value)


def test_focus_is_shown_and_paper_has_no_search() -> None:
    assert re.search(r":focus-visible \{ outline: 3px", STYLE)
    assert "outline: none" not in STYLE
    paper = STYLE.rpartition("@media print {")[2]
    hidden = re.search(r"\n  ([^{]*) \{ display: none; \}", paper)
    assert hidden
    assert set(hidden[1].split(", ")) == {".skip", "body > header", ".pages", ".contents", "noscript"}
    assert "attr(href)" not in STYLE
    assert "article.short" in paper
