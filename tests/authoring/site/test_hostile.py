"""Rules full of markup, quotes and signs that rewrite a line: all of it stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from authoring.site.looking import parsed, shipped_base, shipped_files, shipped_pages
from conseil_dla.authoring.site.addresses import anchor
from conseil_dla.authoring.site.pages import pages
from conseil_dla.rules.model import Base, Dossier, Entry, Observation, Opinion

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script><!--",
    "<img src=x onerror=alert(1)>",
    "</title></style></h3></article><b>gras</b>",
    "&amp; &lt;script&gt; &#60; &quot;",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "]]> --> */ // \\",
    "javascript:alert(1)",
    "\x1b[31mrouge\x1b[0m \x00 \x07",
    "\u202eenvers\u202c \u2066isolé\u2069 \u200b\ufeff",
    "a\u2028b\u2029c\x85d\re\nf",
    "</SCRIPT\t><svg/onload=alert(1)>",
    "x" * 400,
)
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "role", "hidden", "for", "type",
    "autocomplete", "spellcheck", "aria-label", "aria-labelledby", "aria-current", "tabindex", "src",
}  # fmt: skip
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u2028\u2029]")


def all_hostile(text: str) -> str:
    return f"{text} {' '.join(HOSTILE)}"


HOSTILE_ADDRESSES = ("javascript:alert(1)", 'https://a.fr/"><script>', "data:text/html,x", "https://vous@banque.fr/")


def spoilt(entry: Entry) -> Entry:
    """The same item with every text made hostile; what the grammar closes (status, type, months) stays."""
    closed = ("type", "nature", "modifiable", "a_demander", "apres_mois", "dans_les_papiers", "preparatoire", "profil")
    return replace(
        entry,
        title=all_hostile(entry.title),
        texts={k: t if k in closed else all_hostile(t) for k, t in entry.texts.items()},
        labels={k: all_hostile(t) for k, t in entry.labels.items()},
        observation=Observation(*HOSTILE[:3], HOSTILE_ADDRESSES[len(entry.id) % 4]) if entry.kind == "regle" else None,
        author=all_hostile("x"),
        review_on=HOSTILE[0],
        pole_titles=tuple(all_hostile(t) for t in entry.pole_titles),
    )


@cache
def hostile_files() -> Mapping[str, str]:
    base: Base = shipped_base()
    texts = {name: spoilt(entry) for name, entry in base.texts.items()}
    case = Dossier("x", all_hostile("t"), {}, demand=all_hostile("d"), heard=all_hostile("h"),
                   sources=(HOSTILE[0],), observation=Observation(*HOSTILE[:3], HOSTILE_ADDRESSES[0]),
                   experience=all_hostile("e"), opinion=Opinion())  # fmt: skip
    return pages(replace(base, texts=texts, digest=HOSTILE[1]), [(all_hostile("cas"), case)])


def test_no_text_becomes_markup() -> None:
    shipped = {tag for page in shipped_pages().values() for tag, _ in page.tags}
    for name, page in parsed(hostile_files()).items():
        assert {tag for tag, _ in page.tags} <= shipped, name
        assert {key for _, keys in page.tags for key in keys} <= ATTRIBUTES, name
        assert len(page.named("script")) == 2
        for tag, keys in page.tags:
            for key, value in keys.items():
                if key in ("id", "for", "aria-labelledby"):
                    assert re.fullmatch(r"[\w-]+", value or ""), (tag, key, value)
                elif key == "href":
                    assert re.fullmatch(r"[\w-]+\.(?:html|css)(?:#[\w-]+)?|#[\w-]+", value or ""), value


def test_no_sign_rewrites_a_line() -> None:
    for name, text in hostile_files().items():
        assert not FORBIDDEN.search(text), name


def test_texts_are_there_whole() -> None:
    page = parsed(hostile_files())["regles.html"]
    told = "".join(page.said)
    for text in HOSTILE:
        for word in re.findall(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u206f\ufeff]+", text):
            assert word in told, word


def test_the_index_is_data_and_nothing_else() -> None:
    text = hostile_files()["recherche-index.js"]
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert re.fullmatch(r"var CONSEIL_DLA_INDEX = \[\n(?:\[.*\],?\n)+\];\n", text)
    rows = json.loads(text[text.index("[") : text.rindex("]") + 1])
    assert any(HOSTILE[0] in title for _, title, *_ in rows)
    assert all(re.fullmatch(r"[\w-]+\.html#[\w-]+", where) for _, _, where, *_ in rows)


def test_nothing_else_depends_on_texts() -> None:
    """Style and script are the same for all rules; so are the names of files."""
    shipped, hostile = shipped_files(), hostile_files()
    assert set(shipped) == set(hostile)
    for name in ("style.css", "recherche.js"):
        assert shipped[name] == hostile[name]


def test_two_ids_never_share_an_anchor() -> None:
    ids = ["a", "a-", "a-2d-", "a b", "a_b", "a.b", "a/b", "a#b", "é", "e\u0301", "<", '"', "", "A", "a%20b"]
    anchors = [anchor("regle", id) for id in ids]
    assert len(set(anchors)) == len(ids)
    assert all(re.fullmatch("[A-Za-z0-9_-]+", one) for one in anchors)
