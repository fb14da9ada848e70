"""Papers of shipped dossiers, made once for all tests, and what stands in them as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from conseil_dla.dossiers.store import load, load_cases
from conseil_dla.papers import writing
from conseil_dla.papers.blocks import Ballot, Block, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph
from conseil_dla.papers.documents import kinds
from conseil_dla.papers.documents.kinds import STYLED, TEXTS, written
from conseil_dla.papers.fields import proposals
from conseil_dla.papers.proposals import methods
from conseil_dla.papers.writing import MODELS, Model, write
from conseil_dla.reading.nearest import nearest
from conseil_dla.reading.whole import NOTHING_AHEAD, Whole
from conseil_dla.rules.model import Dossier, Observation, Opinion, PaperField
from conseil_dla.rules.paper_fields import METHODS, OWN_TEXTS, PaperValue
from conseil_dla.rules.tables import Structure
from shipped import CASES, ROOT, shipped_reader

DOSSIERS = (*CASES, *sorted((ROOT / "knowledge" / "essais").glob("*.yaml"))[::3])
"""The cases, and one trial in three: papers of two trials differ little."""
OUTWARD: tuple[Model, ...] = tuple(writing.OUTWARD)
DAY = date(2026, 11, 25)


@cache
def material(path: Path) -> Whole:
    base = shipped_reader().base
    return of(load(path, base))


@cache
def unwritten(path: Path) -> Whole:
    """A shipped dossier without the texts of who wrote it: the program's own words are left."""
    return keeping(of(replace(material(path).dossier, title="Un projet", demand="", heard="", notes={}, experience="")))


def keeping(whole: Whole) -> Whole:
    """The same with every way, and every sentence of an answer, that is proposed kept: papers write these alone."""
    rows = tuple({"facon": each.key, "choix": "gardee"} for each in methods(whole))
    paper = {**whole.dossier.paper, **({METHODS: rows} if rows else {}), **kept_sentences(whole)}
    return replace(whole, dossier=replace(whole.dossier, paper=paper))


def kept_sentences(whole: Whole) -> dict[str, PaperValue]:
    """What fields propose of answers, all of it kept."""
    fields = [each for each in whole.base.fields.values() if each.takes and each.takes not in OWN_TEXTS]
    found = {each.id: tuple(one.text for one in proposals(whole, each.id)) for each in fields}
    return {id: texts for id, texts in found.items() if texts}


def of(dossier: Dossier, *, ahead: bool = False) -> Whole:
    reader = shipped_reader()
    reading = reader.read_dossier(dossier)
    near, seen = (
        nearest(reader.base, reading, [case for case in _experiences() if bool(case.observation) is network])
        for network in (False, True)
    )
    prospects = reader.prospects(reading) if ahead else NOTHING_AHEAD
    return Whole(reader.base, reading, dossier, prospects, near, day=DAY.isoformat(), nearest_seen=seen)


@cache
def _experiences() -> tuple[Dossier, ...]:
    return load_cases(shipped_reader().base)


def papers(whole: Whole, *, internal: bool = False, anonymous: bool = False) -> Iterator[Paper]:
    """One of each model; without ``internal``, those that go out."""
    for model in MODELS if internal else OUTWARD:
        yield write(whole, model, internal=internal, anonymous=anonymous)


def files(paper: Paper) -> str:
    """The paper as every kind of text file."""
    return "\n".join(written(paper, suffix).data.decode() for suffix in TEXTS)


@cache
def template(suffix: str) -> bytes:
    return kinds.read(ROOT / "knowledge" / "gabarits" / f"papier{suffix}")


def members(paper: Paper, suffix: str) -> dict[str, bytes]:
    """The members of a styled file, by name."""
    with ZipFile(BytesIO(written(paper, suffix, template(suffix)).data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def documents(paper: Paper) -> str:
    """Everything that the styled files say: names of members, texts, and the values of attributes."""
    said = []
    for suffix in STYLED:
        for name, data in members(paper, suffix).items():
            text = data.decode("utf-8", "replace")
            said += [name, *re.findall(r'"([^"]*)"', text), re.sub(r"<[^>]*>", "\n", text)]
    return unescape("\n".join(said))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text) | Paragraph(text):
                yield text
            case Bullets(items):
                yield from items
            case Grid(titles, rows):
                yield from (*titles, *(cell for row in rows for cell in row))
            case Ballot(question, note, options):
                yield from (question, note, *options)
            case CompassPicture(across, up, corners, told):
                yield from (across.negative, across.positive, up.negative, up.positive, *corners, told)


def filled_with(text: str, path: Path = DOSSIERS[0]) -> Dossier:
    """A shipped dossier whose every free field holds a text."""
    base = shipped_reader().base
    dossier = load(path, base)
    free = {id: text for id, column in base.logic.columns.items() if column.type == "texte"}
    way = {"facon": f"modalite:{next(iter(base.logic.drawn['modalite']))}", "choix": "gardee", "quand": text}
    paper = {id: _typed(field, text) for id, field in base.fields.items()}
    return replace(
        dossier,
        paper={**paper, METHODS: (way,)},
        path=f"/tmp/{text}.yaml",
        title=text,
        demand=text,
        heard=text,
        notes={"": text, **dict.fromkeys(base.logic.questions, text)},
        structures=(Structure(text, free), Structure(text, free)),
        opinion=Opinion(next(iter(base.logic.formats)), next(iter(base.logic.postures)), text, text, text),
        profile=text,
        sources=(text,),
        observation=Observation(text, text, text, f"https://{text.lower()}.fr/"),
        experience=text,
    )


def _typed(field: PaperField, text: str) -> PaperValue:
    """A text wherever a field takes one."""
    if field.type == "tableau":
        return ({column.id: text for column in field.columns},)
    return (text,) if field.type == "liste" else text
