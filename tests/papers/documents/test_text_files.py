"""Markdown and HTML: what is written stays text, and the page stands by itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import conseil_dla
from conseil_dla.papers.blocks import Ballot, Bullets, CompassPicture, Grid, Heading, Paper, Paragraph, Stretch, cleaned
from conseil_dla.papers.documents.kinds import SUFFIXES, written
from conseil_dla.papers.writing import MODELS, write
from conseil_dla.rules.observations import ADDRESS
from papers.making import DOSSIERS, filled_with, material, of, papers
from shipped import told_at

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style></p><b>gras</b>",
    "[x](javascript:alert(1))",
    "![x](http://exemple.org/x.png)",
    "[x]: http://exemple.org",
    "<http://exemple.org> http://exemple.org www.exemple.org moi@exemple.org",
    "# titre",
    "## titre",
    "- item",
    "+ item",
    "1. item",
    "> cité",
    "| a | b |",
    "a | b",
    "`code` ``` code",
    "    en retrait",
    "*gras* **gras** _souligné_ ~~barré~~",
    "&amp; &lt;script&gt; &#60;",
    "\\*",
    "---",
    "===",
    "titre\n===",
    "a\n\n# b\n\n- c",
    "\x1b[31mrouge\x1b[0m \x1b]8;;http://x\x07y",
    "\u202eenvers\u202c \u2066isolé\u2069 \u200b\ufeff",
    "a\u2028# b\u2029- c\x85> d\r\n# e",
    "= 1 + 1",
    "$x$ $$y$$",
    "x" * 20_000,
    '" onmouseover="alert(1)',
    "a\x00b",
)
VOID = {"meta", "col", "br", "line", "rect", "circle"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "p", "h1", "h2", "h3", "ul", "li",
    "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "blockquote", "figure", "figcaption", "svg", "desc",
    "defs", "pattern", "rect", "line", "circle", "text", "mark",
}  # fmt: skip
GFM = MarkdownIt("gfm-like")


class Page(HTMLParser):
    """Tags in order, that they close as they open, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def page(paper: Paper) -> Page:
    return Page(written(paper, ".html").data.decode())


def kinds(paper: Paper) -> list[str]:
    """What a Markdown reader makes of a paper, block by block and inside."""
    found = GFM.parse(written(paper, ".md").data.decode())
    return [token.type for each in found for token in (each, *(each.children or ()))]


def paper_of(text: str) -> Paper:
    blocks = (Heading(text), Paragraph(text), Paragraph(text, "quote"), Paragraph(text, "lead"),
              Paragraph(text, "quiet"), Bullets((text, text)), Bullets((text,), boxes=True),
              Grid((text, "b"), ((text, text), (text, ""))), Ballot(text, text, (text, text, text)),
              CompassPicture(Stretch(text, text, -1, 1), Stretch(text, text, 0, 0), (text,) * 4, text))  # fmt: skip
    return cleaned(Paper(text, text, blocks, text))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_a_hostile_text_is_text_in_every_place(text: str) -> None:
    """The same tags and the same Markdown blocks as with an innocent word; and the words are still there."""
    innocent, hostile = paper_of("mot"), paper_of(text)
    assert kinds(hostile) == kinds(innocent)
    assert [tag for tag, _ in page(hostile).tags if tag != "text"] == [
        tag for tag, _ in page(innocent).tags if tag != "text"
    ]
    for found in (written(hostile, ".md").data.decode(), written(hostile, ".html").data.decode()):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff]", found)
    shown = "".join(page(hostile).said)
    assert all(word in shown for word in re.findall(r"[a-zé]{4,}", hostile.title))


@pytest.mark.parametrize("text", HOSTILE[:12], ids=lambda text: ascii(text)[:30])
def test_hostile_dossiers_make_no_markup_in_whole_papers(text: str) -> None:
    """Text by text is not enough: a title also stands in the head of the page, a note after its question."""
    held, plain = of(filled_with(text)), of(filled_with("mot"))
    for model in MODELS:
        for internal in (False, True):
            hostile, innocent = (write(each, model, internal=internal) for each in (held, plain))
            assert kinds(hostile) == kinds(innocent)
            assert [tag for tag, _ in page(hostile).tags] == [tag for tag, _ in page(innocent).tags]


@pytest.mark.parametrize("path", DOSSIERS[::4], ids=lambda path: path.stem)
def test_the_page_is_one_file_that_fetches_and_runs_nothing(path: Path) -> None:
    for paper in papers(material(path), internal=True):
        text = written(paper, ".html").data.decode()
        found = page(paper)
        assert not found.open
        assert {tag for tag, _ in found.tags} <= TAGS
        attributes = {name for _, each in found.tags for name in each}
        assert not {name for name in attributes if name.startswith("on") or name in ("href", "src", "action")}
        read = ADDRESS.sub("", re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL))
        assert {each[0] for each in ADDRESS.finditer(text)} <= told_at(), "words, that nothing follows"
        assert not re.search(r"https?:", read)
        assert not re.search(r"url\((?!#)|@import|@font-face", text)
        assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


@pytest.mark.parametrize("path", DOSSIERS[::4], ids=lambda path: path.stem)
def test_the_page_can_be_heard_as_well_as_seen(path: Path) -> None:
    """French, one first title, no level skipped, every heading of a table says what it heads, the drawing is told."""
    for paper in papers(material(path), internal=True):
        found = page(paper)
        assert ("html", {"lang": "fr"}) in found.tags
        levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h\d", tag)]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(each.get("scope") in ("col", "row") for tag, each in found.tags if tag == "th")
        drawn = [each for tag, each in found.tags if tag == "svg"]
        assert len(drawn) == sum(isinstance(block, CompassPicture) for block in paper.blocks)
        assert all(each["role"] == "img" and each["aria-labelledby"] for each in drawn)


def test_the_compass_shows_a_region_a_line_and_a_point_each_in_its_way() -> None:
    def drawing(across: tuple[float, float], up: tuple[float, float]) -> str:
        stretches = (Stretch("a", "b", *across), Stretch("c", "d", *up))
        picture = CompassPicture(*stretches, ("w", "x", "y", "z"), "dit")
        return written(Paper("t", "s", (picture,)), ".html").data.decode()

    region, line, point = (drawing(*each) for each in (((-1, 1), (0, 1)), ((0.5, 0.5), (0, 1)), ((0.5, 0.5), (1, 1))))
    assert "url(#hatch)" in region
    assert "<circle" not in region
    assert "url(#hatch)" in line
    assert "<circle" not in line
    assert "url(#hatch)" not in point
    assert 'cx="250.0" cy="34.0"' in point


def test_each_kind_of_file_has_a_name_and_no_other() -> None:
    assert set(SUFFIXES) == {".docx", ".odt", ".html", ".md"}
    with pytest.raises(KeyError):
        written(Paper("t", "s", ()), ".pdf")


def test_what_is_for_oneself_alone_begins_a_page_that_can_be_taken_off() -> None:
    paper = Paper("t", "s", (Heading("Avant"), Heading("À part", apart=True)))
    text = written(paper, ".html").data.decode()
    assert '<h2 class="apart">À part</h2>' in text
    assert ".apart { break-before: page; }" in text
    assert "---\n\n## À part" in written(paper, ".md").data.decode()
    for path in DOSSIERS[:3]:
        for whole in papers(material(path), internal=True):
            apart = [block for block in whole.blocks if isinstance(block, Heading) and block.apart]
            assert len(apart) == (1 if "avec vos pages" in whole.subtitle else 0)


def test_what_a_template_puts_in_unescaped_is_counted() -> None:
    """A style, and the compass: whatever else is put in is escaped because it is put in."""
    package = Path(conseil_dla.__file__).parent
    found = {
        (template.name, put)
        for template in package.rglob("*.jinja")
        for put in re.findall(r"\{\{ (.+?)\|\s*safe", template.read_text(encoding="utf-8"))
    }
    assert found == {("base.html.jinja", "style "), ("paper.html.jinja", "compass(block) ")}
    every = "".join(template.read_text(encoding="utf-8") for template in package.rglob("*.jinja"))
    assert "autoescape" not in every
