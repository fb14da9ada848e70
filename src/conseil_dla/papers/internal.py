"""What internal papers add: the lines of the screen's reading, for the officer alone; and the picture of its place."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla import __version__
from conseil_dla.ground.french import day_text, sentence
from conseil_dla.papers.blocks import Block, Bullets, CompassPicture, Grid, Heading, Paragraph, Stretch
from conseil_dla.reading.values import Drawn, Reading
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import LEVELS, Base, Level
from conseil_dla.wording.advice import opinion_words, request_words
from conseil_dla.wording.lines import Line
from conseil_dla.wording.outline import LEVEL_TITLES, outline, posture_line, settled_text
from conseil_dla.wording.provenance import observed_text, own_observations
from conseil_dla.wording.reading_sentences import details

ALONE = "Pour vous seul·e"
WARNING = "Ces pages ne se transmettent pas."
AS_ON_SCREEN = ("check", "tensions", "nearest", "nearest_seen", "since", "ripening")
"""Sections of the reading that are taken as they stand."""


def annex(whole: Whole) -> list[Block]:
    """Everything that the outward part leaves out."""
    base, dossier = whole.base, whole.dossier
    sections = {section.key: section for section in outline(whole)}
    blocks: list[Block] = [Heading(ALONE, apart=True), Paragraph(WARNING, "lead")]
    blocks += [Paragraph(line.text) for line in opinion_words(base, dossier.opinion)]
    blocks += [Paragraph(line.text) for line in request_words("", dossier.heard)]
    if place := sections.get("place"):
        blocks += [Heading(place.title, 2), *lined(place.lines)]
    blocks += compass(base, whole.reading)
    for level in LEVELS:
        blocks += _levelled(base, level, whole.reading.drawn)
    if formats := sections.get("formats"):
        blocks += [Heading(formats.title, 2), reasons(formats.lines)]
    for key in AS_ON_SCREEN:
        if section := sections.get(key):
            blocks += [Heading(section.title, 2), *lined(section.lines)]
    return [*blocks, *notes(whole), *about(whole)]


def notes(whole: Whole) -> list[Block]:
    """Notes, each under the title of its question."""
    base, kept = whole.base, whole.dossier.notes
    items = [f"{base.title('question', id)} : {kept[id]}" for id in base.logic.questions if kept.get(id, "").strip()]
    general = [Paragraph(kept[""])] if kept.get("", "").strip() else []
    return [Heading("Vos notes", 2), *general, *([Bullets(tuple(items))] if items else [])] if items or general else []


def about(whole: Whole) -> list[Block]:
    """What made these pages; in no outward paper."""
    reading = whole.reading
    made = f"Lecture préparée avec conseil-dla {__version__} le {day_text(whole.day)} ; moteur :"
    return [Heading("À propos", 2), Paragraph(f"{made} {reading.engine} ; empreinte des règles : {reading.digest}.",
                                              "quiet")]  # fmt: skip


def _levelled(base: Base, level: Level, drawn: Iterable[Drawn]) -> list[Block]:
    """Those of one level that are certain, in full."""
    found = [each for each in drawn if each.certainty == "certaine" and each.level == level]
    blocks: list[Block] = [Heading(LEVEL_TITLES[level], 2)] if found else []
    for each in found:
        blocks.append(Paragraph(settled_text(base, each), "lead"))
        seen = observed_text(own_observations(base, each, each.kind))
        blocks.append(Bullets((*details(base, each.kind, each.id), *([seen] if seen else []))))
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


# --- the compass -----------------------------------------------------------------------------------------------------

BLANK = "Une boussole vide : chacun·e y met une croix."
NOWHERE = (0.0, 0.0)


def compass(base: Base, reading: Reading) -> list[CompassPicture]:
    """The compass of a reading; nothing where there are not two axes."""
    position = reading.posture.position
    if len(base.logic.axes) != 2 or not position:
        return []
    across, up = (_stretch(base, axis, position[axis]) for axis in base.logic.axes)
    return [CompassPicture(across, up, _corners(base), posture_line(base, reading))]


def blank_compass(base: Base) -> list[CompassPicture]:
    """The compass with its names and nothing on it; nothing where there are not two axes."""
    if len(base.logic.axes) != 2:
        return []
    across, up = (_stretch(base, axis, NOWHERE) for axis in base.logic.axes)
    return [CompassPicture(across, up, _corners(base), BLANK, blank=True)]


def _corners(base: Base) -> tuple[str, str, str, str]:
    across, up = base.logic.axes
    named = {(p.signs[across], p.signs[up]): base.title("posture", p.id) for p in base.logic.postures.values()}
    return (named[-1, -1], named[1, -1], named[-1, 1], named[1, 1])


def _stretch(base: Base, axis: str, reach: tuple[float, float]) -> Stretch:
    texts = base.entry("axe", axis).texts
    return Stretch(texts.get("negatif", ""), texts.get("positif", ""), *reach)
