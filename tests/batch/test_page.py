"""The summary of a batch: every number beside its name, bars that say the same, nothing that a title could break."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.site.looking import Page, shipped_base
from authoring.site.test_look import GROUNDS, WORDS
from conseil_dla.batch.page import COUNTS, OFF_NOTE, OPEN, OWN, WIDE, code_titles, page
from conseil_dla.batch.summary import Control, Summary
from conseil_dla.ground.french import grouped
from conseil_dla.rules.model import Base
from conseil_dla.wording.outline import MOMENTS

BASE = shipped_base()
LOGIC = BASE.logic
FORMATS, POSTURES, QUESTIONS = list(LOGIC.formats), list(LOGIC.postures), list(LOGIC.questions)
CONTROL = Control("second", 1000, 42)


class Read(Page):
    """The tables of the page: by the heading of their part, rows as name, numbers and widths of bars."""

    def __init__(self, text: str) -> None:
        self.tables: dict[str, list[tuple[str, list[str], list[float]]]] = {}
        self.cell = ""
        super().__init__(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        found = dict(attrs)
        if tag == "tbody":
            self.tables[self.headings[-1][1]] = []
        elif tag == "tr" and "tbody" in self.inside():
            self.rows().append(("", [], []))
        elif tag in ("th", "td"):
            self.cell = ""
        elif tag == "rect" and "tbody" in self.inside():
            assert float(found["x"] or 0) == pytest.approx(sum(self.rows()[-1][2]), abs=0.1)
            self.rows()[-1][2].append(float(found["width"] or 0))

    def inside(self) -> list[str]:
        return [tag for tag, _ in self.open]

    def rows(self) -> list[tuple[str, list[str], list[float]]]:
        return self.tables[self.headings[-1][1]]

    def handle_data(self, data: str) -> None:
        super().handle_data(data)
        self.cell += data

    def handle_endtag(self, tag: str) -> None:
        if "tbody" in self.inside():
            if tag == "th":
                self.rows()[-1] = (self.cell, *self.rows()[-1][1:])
            elif tag == "td":
                self.rows()[-1][1].append(self.cell)
        super().handle_endtag(tag)

    def numbers(self, heading: str) -> dict[str, list[str]]:
        (rows,) = (rows for title, rows in self.tables.items() if heading in title)
        return {name.replace("\u00a0", " "): numbers for name, numbers, _ in rows}


def titled(kind: str, id: str) -> str:
    return BASE.title(kind, id).replace("\u00a0", " ")


def many(*ids: str) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(ids), st.integers(0, 400), max_size=12)


def shown(ids: list[str]) -> st.SearchStrategy[dict[tuple[str, ...], int]]:
    sets = st.lists(st.sampled_from(ids), max_size=4, unique=True).map(lambda some: tuple(sorted(some)))
    return st.dictionaries(sets, st.integers(0, 400), max_size=8)


SUMMARIES = st.builds(
    Summary,
    engine=st.just("premier"),
    digest=st.just("0123456789ab"),
    control=st.just(CONTROL),
    read=st.integers(1_000, 10**6),
    refused=st.integers(500, 10**5),
    complete=st.integers(0, 1_000),
    formats=shown(FORMATS),
    postures=shown(POSTURES),
    off_note=st.integers(0, 400),
    moments=many(*MOMENTS, ""),
    vigilances=many(*LOGIC.ids("vigilance")),
    vigilances_possible=many(*LOGIC.ids("vigilance")),
    unanswered=many(*QUESTIONS),
    reasons=many("DLA102", "DLA303", "DLA305", "DLA999"),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SUMMARIES)
def test_every_number_stands_beside_its_name(summary: Summary) -> None:
    read = Read(page(BASE, summary))
    formats, postures = read.numbers("formats"), read.numbers("postures")
    for found, kind, ids, counts in (
        (formats, "format", FORMATS, summary.formats), (postures, "posture", POSTURES, summary.postures),
    ):  # fmt: skip
        for id in ids:
            assert found[titled(kind, id)] == [grouped(counts.get((id,), 0))]
        for together, number in counts.items():
            if len(together) > 1:
                (row,) = (v for k, v in found.items() if k.count("«") == len(together)
                          and all(f"« {titled(kind, id)} »" in k for id in together))  # fmt: skip
                assert row == [grouped(number)]
        assert found[OPEN] == [grouped(counts.get((), 0))]
    assert postures[OFF_NOTE] == [grouped(summary.off_note)]
    assert len(formats) == len(FORMATS) + 1 + sum(len(ids) > 1 for ids in summary.formats)
    assert [v[0] for v in read.numbers("moment").values()] == [
        grouped(summary.moments.get(moment, 0)) for moment in (*MOMENTS, "")
    ]
    if drawn := {id for counts in (summary.vigilances, summary.vigilances_possible) for id in counts if counts[id]}:
        assert read.numbers("vigilances") == {
            titled("vigilance", id): [
                grouped(summary.vigilances.get(id, 0)), grouped(summary.vigilances_possible.get(id, 0)),
            ]
            for id in drawn
        }  # fmt: skip
    if any(summary.unanswered.values()):
        numbers = [int(v[0].replace("\u202f", "")) for v in read.numbers("sans réponse").values()]
        assert numbers == sorted((n for n in summary.unanswered.values() if n), reverse=True)
    if summary.reasons:
        refused = read.numbers("refusés")
        assert sorted(v[0] for v in refused.values()) == sorted(map(grouped, summary.reasons.values()))
    assert grouped(summary.read) in "".join(read.said)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SUMMARIES)
def test_bars_say_what_the_numbers_say(summary: Summary) -> None:
    for title, rows in Read(page(BASE, summary)).tables.items():
        every = summary.refused if "refusés" in title else summary.read
        for name, numbers, bars in rows:
            given = [int(text.replace("\u202f", "")) for text in numbers]
            assert len(bars) == sum(number > 0 for number in given), name
            for number, bar in zip((number for number in given if number), bars, strict=True):
                assert bar == pytest.approx(max(WIDE * number / every, 4), abs=0.1)
            assert sum(bars) <= WIDE


def whole(many: int) -> Summary:
    """A batch in which everything is the same everywhere, or nothing is."""
    return Summary(
        "premier",
        BASE.digest,
        CONTROL,
        ("lot.jsonl",),
        read=many,
        refused=many,
        complete=many,
        formats={(FORMATS[0],): many},
        postures={(): many},
        moments={"": many},
        vigilances=dict.fromkeys(LOGIC.ids("vigilance"), many),
        unanswered=dict.fromkeys(QUESTIONS, many),
        reasons={"DLA102": many},
    )


@pytest.mark.parametrize("many", [0, 1, 100_000])
def test_no_dossier_one_and_a_hundred_thousand(many: int) -> None:
    read = Read(page(BASE, whole(many), date(2026, 11, 26)))
    told = "".join(read.said).replace("\u00a0", " ").replace("\u202f", " ")
    assert {0: "Aucun dossier lu.", 1: "1 dossier lu, 1 refusé.", 100_000: "100 000 dossiers lus, 100 000 refusés."}[
        many
    ] in told
    assert "26/11/2026" in told
    assert len(read.tables) == (6 if many else 0)
    for rows in read.tables.values():
        assert all(sum(bars) <= WIDE for _, _, bars in rows)


def test_a_bar_never_leaves_its_frame() -> None:
    vigilance = next(iter(LOGIC.ids("vigilance")))
    summary = replace(whole(100_000), vigilances={vigilance: 99_999}, vigilances_possible={vigilance: 1})
    for rows in Read(page(BASE, summary)).tables.values():
        assert all(sum(bars) <= WIDE for _, _, bars in rows)


def test_it_is_for_its_reader_alone_and_says_so_first() -> None:
    text = page(BASE, whole(12)).replace("\u00a0", " ")
    assert text.index(OWN) < text.index("<table>")
    assert text.index(COUNTS) < text.index("<table>")
    assert "%" not in "".join(Page(re.sub("<style>.*?</style>", "", text, flags=re.DOTALL)).said)


def test_a_reader_of_the_screen_finds_its_way() -> None:
    read = Read(page(BASE, whole(12)))
    assert [level for level, _ in read.headings] == [1] + [2] * (len(read.headings) - 1)
    assert read.named("html")[0]["lang"] == "fr"
    assert len(read.named("caption")) == len(read.named("table")) == 6
    assert all(th.get("scope") in ("row", "col") for th in read.named("th"))
    assert all(svg.get("aria-hidden") == "true" for svg in read.named("svg"))
    assert {section["aria-labelledby"] for section in read.named("section")} <= set(read.parts)


HOSTILE = (
    "<script>alert(1)</script>", "</th></table><img src=x onerror=a>", "&lt;b&gt; \"'", "\u202egnp.exe\u202c",
    "a\x1b[31m\x00b", "עברית וערבית", "une ligne\nune autre\u2028encore", "très long " * 400, "x" * 3000,
)  # fmt: skip


def hostile_base(texts: Mapping[tuple[str, str], str]) -> Base:
    return replace(BASE, texts={k: replace(e, title=texts.get(k, e.title)) for k, e in BASE.texts.items()})


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_a_text(title: str) -> None:
    named = {(kind, id): title for kind, id in BASE.texts}
    summary = replace(
        whole(5),
        sources=(title,),
        engine=title,
        digest=title,
        control=Control(title, 2),
        together=2,
        reasons={title: 5},
    )
    text = page(hostile_base(named), summary)
    read, plain = Read(text), Read(page(BASE, whole(5)))
    assert {tag for tag, _ in read.tags} <= {tag for tag, _ in plain.tags}
    assert {name for _, found in read.tags for name in found} <= {name for _, found in plain.tags for name in found}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)
    shown = {name for rows in read.tables.values() for name, _, _ in rows}
    assert len(shown) > 1
    assert text.count("<bdi>") == sum(map(len, read.tables.values())) + 5


def test_nothing_is_fetched_nor_run() -> None:
    text = page(BASE, whole(5))
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img|\son\w+=|src=|href=", text)
    assert "default-src 'none'" in text.replace("&#39;", "'")


def test_colours_are_those_of_the_palettes() -> None:
    rules = page(BASE, whole(1)).partition("* {")[2].partition("</style>")[0]
    assert not re.search(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsl|opacity|filter", rules)
    for name, value in re.findall(r"(?<![-\w])(color|background): ([^;}]+)", rules):
        assert value in {f"var(--{one})" for one in (GROUNDS if name == "background" else WORDS)}, (name, value)


def test_what_wrote_it_is_told() -> None:
    def about(summary: Summary) -> str:
        return "".join(Page(page(BASE, summary)).said).replace("\u00a0", " ").replace("\u202f", " ")

    alone, together = whole(5), replace(whole(5), together=3)
    assert "second, dossier par dossier" in about(alone)
    assert "chaque dossier a été lu seul" in about(alone)
    told = about(together)
    assert "premier pour 3 dossiers lus ensemble ; lecture exacte avec second pour les 2 autres" in told
    assert "1 000 dossiers tirés au hasard (graine 42), relus par second : aucun écart." in told
    assert BASE.digest in told
    assert "lot.jsonl" in told
    assert "lecture exacte" not in about(replace(together, together=5))
    assert "Aucun dossier n’a été tiré pour être relu" in about(replace(together, control=Control("second")))
    sources = tuple(f"d{n}.yaml" for n in range(1_021))
    assert "d19.yaml et 1 001 autres" in about(replace(whole(5), sources=sources))


def test_a_reason_has_the_title_of_its_code() -> None:
    page_text = (Path(__file__).parents[2] / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    assert set(code_titles()) == set(re.findall(r"^#+ (DLA\d{3})", page_text, re.MULTILINE))
    read = Read(page(BASE, replace(whole(5), reasons={"DLA303": 3, "DLA999": 2})))
    assert list(read.numbers("refusés")) == [f"{code_titles()['DLA303']} (DLA303)", "Une autre raison (DLA999)"]
