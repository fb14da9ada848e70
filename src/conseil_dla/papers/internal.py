"""What internal papers add: the same lines as the screen's reading, for the officer alone."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla import __version__
from conseil_dla.ground.french import day_text, sentence
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.compass import compass
from conseil_dla.papers.material import Material
from conseil_dla.reading.values import Drawn
from conseil_dla.rules.model import LEVELS, Base, Level
from conseil_dla.wording.advice import opinion_words, request_words
from conseil_dla.wording.lines import Line, Section
from conseil_dla.wording.outline import LEVEL_TITLES, outline
from conseil_dla.wording.reading_sentences import details

ALONE = "Pour vous seul·e"
WARNING = "Ces pages ne se transmettent pas."
AS_ON_SCREEN = ("check", "tensions", "nearest", "since", "ripening")
"""Sections of the reading that are taken as they stand."""


def annex(material: Material) -> list[Block]:
    """Everything that the outward part leaves out."""
    base, dossier = material.base, material.dossier
    sections = {section.key: section for section in _sections(material)}
    blocks: list[Block] = [Heading(ALONE, apart=True), Paragraph(WARNING, "lead")]
    blocks += [Paragraph(line.text) for line in opinion_words(base, dossier.opinion)]
    blocks += [Paragraph(line.text) for line in request_words("", dossier.heard)]
    if place := sections.get("place"):
        blocks += [Heading(place.title, 2), *lined(place.lines)]
    blocks += compass(base, material.reading)
    for level in LEVELS:
        blocks += _levelled(base, level, material.reading.drawn)
    if formats := sections.get("formats"):
        blocks += [Heading(formats.title, 2), reasons(formats.lines)]
    for key in AS_ON_SCREEN:
        if section := sections.get(key):
            blocks += [Heading(section.title, 2), *lined(section.lines)]
    return [*blocks, *notes(material), *about(material)]


def notes(material: Material) -> list[Block]:
    """Notes, each under the title of its question."""
    base, kept = material.base, material.dossier.notes
    items = [f"{base.title('question', id)} : {kept[id]}" for id in base.logic.questions if kept.get(id, "").strip()]
    whole = [Paragraph(kept[""])] if kept.get("", "").strip() else []
    return [Heading("Vos notes", 2), *whole, *([Bullets(tuple(items))] if items else [])] if items or whole else []


def about(material: Material) -> list[Block]:
    """What made these pages; in no outward paper."""
    reading = material.reading
    made = f"Lecture préparée avec conseil-dla {__version__} le {day_text(material.today.isoformat())} ; moteur :"
    return [Heading("À propos", 2), Paragraph(f"{made} {reading.engine} ; empreinte des règles : {reading.digest}.",
                                              "quiet")]  # fmt: skip


def _sections(material: Material) -> tuple[Section, ...]:
    return outline(material.base, material.reading, material.prospects, material.dossier, material.nearest,
                   material.since)  # fmt: skip


def _levelled(base: Base, level: Level, drawn: Iterable[Drawn]) -> list[Block]:
    """Those of one level that are certain, in full."""
    found = [each for each in drawn if each.certainty == "certaine" and each.level == level]
    blocks: list[Block] = [Heading(LEVEL_TITLES[level], 2)] if found else []
    for each in found:
        blocks.append(Paragraph(base.title(each.kind, each.id), "lead"))
        blocks.append(Bullets(details(base, each.kind, each.id)))
    return blocks


def reasons(lines: Iterable[Line]) -> Grid:
    """Reasons for and against, format by format."""
    rows = [(line.text, *(" ; ".join(side) for side in line.sides or ((), ()))) for line in lines]
    return Grid(("Format", "Pour", "Contre"), tuple((a, b, c) for a, b, c in rows), (2, 3, 3))


def lined(lines: Iterable[Line]) -> list[Block]:
    """Lines of a section: a main one is a paragraph; any other an item, with what stands set back under it.

    Right under a main line, what is set back once has items of its own.
    """
    blocks: list[Block] = []
    items: list[str] = []
    own = 0

    def close() -> None:
        if items:
            blocks.append(Bullets(tuple(items)))
            items.clear()

    for line in unfolded(lines):
        if line.main:
            close()
            blocks.append(Paragraph(line.text, "lead"))
        elif line.indent <= own or not items:
            items.append(line.text)
        else:
            items[-1] = f"{items[-1] if items[-1].endswith(':') else sentence(items[-1])} {line.text}"
        own = 1 if line.main else 0 if line.indent == 0 else own
    close()
    return blocks


def unfolded(lines: Iterable[Line]) -> Iterable[Line]:
    """Every line; what a line folds in its place, since paper does not open."""
    for line in lines:
        if line.folded and not line.is_count:
            yield from unfolded(line.folded)
        else:
            yield line
