"""A template damaged anywhere makes a paper, or is refused with a reason: never anything else."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conseil_dla.papers.blocks import Ballot, Bullets, Grid, Heading, Paper, Paragraph
from conseil_dla.papers.documents.document import BadTemplate
from conseil_dla.papers.documents.kinds import STYLED, written
from papers.documents.foreign import closed, drawing, field, odt, opened, word
from papers.documents.hostile import picture

PAPER = Paper(
    "Un titre", "Une note",
    (Heading("Partie"), Heading("Sous-partie", 2, apart=True), Paragraph("cité", "quote"), Bullets(("un",)),
     Bullets(("à faire",), boxes=True), Grid(("A", "B"), (("x", ""),)), Ballot("Quoi ?", "si", ("ceci", "cela"))),
    "en bas",
)  # fmt: skip
VALUES = ("", "x", "-1", "99999999999999", "1.5", "true", "é\u00a0", "rId1", "http://exemple.invalid")


@cache
def whole(suffix: str) -> dict[str, bytes]:
    """A template with a head, a picture, a field and a link."""
    if suffix == ".docx":
        link = '<w:hyperlink r:id="p"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
        head = drawing('<a:blip r:embed="p"/>') + field("PAGE") + link
        return opened(word(head, links=(("p", "image", "media/p.png"),), parts={"word/media/p.png": picture()}))
    head = '<text:a xlink:href="x">y</text:a><draw:frame><draw:image xlink:href="Pictures/p.png"/></draw:frame>'
    return opened(odt(head, body='<text:p text:style-name="Title"/>', parts={"Pictures/p.png": picture()}))


def damaged(chance: Random, data: bytes) -> bytes:
    """A part with one to three faults: an element or an attribute gone, changed, twice or elsewhere."""
    root = etree.fromstring(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        every = list(root.iter("*"))
        one, other, fault = chance.choice(every), chance.choice(every), chance.randrange(6)
        if fault < 2 and one.attrib:
            name = chance.choice(list(one.attrib))
            one.set(name, chance.choice(VALUES)) if fault else one.attrib.pop(name)
        elif fault == 2:
            one.tag = other.tag
        elif one is not root and fault == 3:
            one.getparent().remove(one)
        elif one is not root and fault == 4:
            one.getparent().append(deepcopy(one))
        elif one is not root:
            with suppress(ValueError):
                other.append(one)
    made: bytes = etree.tostring(root)
    return made


def served(seed: int) -> None:
    """Make a paper in a template that a seed damages."""
    chance = Random(seed)
    suffix = chance.choice(list(STYLED))
    parts = whole(suffix)
    name = chance.choice(sorted(name for name in parts if name.endswith((".xml", ".rels"))))
    with suppress(BadTemplate):
        written(PAPER, suffix, closed({**parts, name: damaged(chance, parts[name])}))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_a_damaged_template_serves_or_is_refused(seed: int) -> None:
    served(seed)


@pytest.mark.lent
@settings(max_examples=500, deadline=None)
@given(st.integers(0, 10**9))
def test_many_damaged_templates_serve_or_are_refused(seed: int) -> None:
    served(seed)
