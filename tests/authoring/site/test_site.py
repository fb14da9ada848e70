"""The site of the rules: whole, linked, and saying what readings say."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from authoring.site.looking import Page, in_file, parsed, shipped_base, shipped_files, shipped_pages
from builders import GOOD, write_folder
from conseil_dla.authoring.site.addresses import KIND_PAGES, address, anchor
from conseil_dla.authoring.site.pages import MARKER, files_of, marker_text, pages
from conseil_dla.authoring.site.questions import questions_page
from conseil_dla.authoring.site.uses import book
from conseil_dla.ground.french import lowered
from conseil_dla.reading.explanations import Clause
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import (
    AllOf,
    AnyOf,
    Argue,
    AtLeast,
    Base,
    Condition,
    Draw,
    Found,
    Is,
    NoneOf,
    Push,
    RuleOut,
)
from conseil_dla.rules.observations import ADDRESS, is_address
from conseil_dla.rules.truth import atoms
from conseil_dla.wording.clauses import if_text, question_name, unmet_text
from conseil_dla.wording.page_parts import FINDING, plain
from english import english_in
from shipped import CASES, ROOT, shipped_reader, told_at
from wording.test_network import SHOWN, reader_of

BASE = shipped_base()


def card(kind: str, id: str) -> tuple[str, list[str]]:
    """What the card of an item says, with ordinary spaces, and where it leads."""
    part = shipped_pages()[KIND_PAGES[kind].page].parts[anchor(kind, id)]
    return in_file(part.text), part.links


def row(files: dict[str, str], kind: str, id: str, label: str) -> tuple[str, list[str]]:
    """One row of a card: its text and its links."""
    page = files[KIND_PAGES[kind].page]
    inside = page.split(f'<article id="{anchor(kind, id)}"')[1].split("</article>")[0]
    found = re.search(rf"<dt>{re.escape(label)}</dt>(.*?)</div>", in_file(inside), re.DOTALL)
    assert found, (id, label)
    return re.sub("<[^>]*>", "", found[1]).strip(), re.findall('href="([^"]*)"', found[1])


def test_every_link_leads_to_an_element_of_a_page() -> None:
    led = 0
    for name, page in shipped_pages().items():
        for link in page.named("a"):
            href = link["href"] or ""
            if is_address(href):
                assert href in told_at(), href
                assert link["rel"] == "noreferrer"
                continue
            target, _, place = href.partition("#")
            assert not place or place in shipped_pages()[target or name].parts, (name, href)
            assert (target or name) in shipped_pages(), (name, href)
            led += 1
    assert led > 3000


def test_what_the_network_saw_is_told_apart_in_each_card() -> None:
    """A link to the page of each item that rests on an account, claims for every other."""
    assert_cards_apart(shipped_base(), shipped_pages())


@pytest.mark.lent
def test_what_the_network_saw_is_told_apart_whatever_it_saw() -> None:
    chance = random.Random(4)
    base = reader_of(name for name in SHOWN if chance.random() < 0.5).base
    assert_cards_apart(base, parsed(pages(base, [])))


def assert_cards_apart(base: Base, found: Mapping[str, Page]) -> None:
    for kind, id in SHOWN:
        links = found[KIND_PAGES[kind].page].parts[anchor(kind, id)].links
        seen = base.texts[kind, id].observation
        led = {href for href in links if is_address(href)}
        assert not seen or seen.address in led, (kind, id)
        assert seen or kind != "regle" or not led, (kind, id)
        cited = any("affirmations.html#" in href for href in links)
        assert cited is bool(not seen) or kind not in ("regle", "modalite", "partenaire", "vigilance"), (kind, id)


def test_nothing_is_asked_of_anywhere_else() -> None:
    files = shipped_files()
    for name, page in shipped_pages().items():
        sources = [tag.get("src") or "" for tag in page.named("script")]
        styles = [tag["href"] for tag in page.named("link")]
        assert {*sources, *styles} <= set(files), name
        policy = next(tag for tag in page.named("meta") if tag.get("http-equiv") == "Content-Security-Policy")
        assert (policy["content"] or "").startswith("default-src 'none'; ")
        assert "unsafe" not in (policy["content"] or "")
        assert not any(key.startswith("on") or key == "style" for _, keys in page.tags for key in keys)
    for name, text in files.items():
        assert {each[0] for each in ADDRESS.finditer(text)} <= told_at(), name
        assert "://" not in ADDRESS.sub("", text), name
        assert "@import" not in text
        assert "url(" not in text


def test_every_item_has_its_card_where_its_address_says() -> None:
    named = {(kind, id) for kind, id in BASE.texts}
    named |= {
        (FINDING, atom.finding) for r in BASE.logic.rules for atom in atoms(r.condition) if isinstance(atom, Found)
    }
    named |= {("cas", path.stem) for path in CASES}
    for kind, id in named:
        page, _, place = address(kind, id).partition("#")
        assert place in shipped_pages()[page].parts, (kind, id)
        assert ("h3", {"id": f"titre-{place}"}) in shipped_pages()[page].tags
        assert place == f"{kind}-{id}", "an address that is shared does not change"
    assert {kind for kind, _ in BASE.texts} == set(KIND_PAGES) - {FINDING, "cas"}
    made = sum(len(page.named("article")) for page in shipped_pages().values())
    assert made == len(named)


def test_each_claim_lists_exactly_what_cites_it() -> None:
    cited: dict[str, set[str]] = {}
    for (kind, id), entry in BASE.texts.items():
        for sources in (entry.sources, *entry.pole_sources):
            for source in sources:
                cited.setdefault(source, set()).add(address(kind, id))
    for path in CASES:
        found = re.search(r"^source: \[(.*)\]$", path.read_text(encoding="utf-8"), re.MULTILINE)
        for source in found[1].split(", ") if found else ():
            cited.setdefault(source, set()).add(address("cas", path.stem))
    claims = [id for kind, id in BASE.texts if kind == "affirmation"]
    assert len(claims) > 100
    for id in claims:
        told, links = row(dict(shipped_files()), "affirmation", id, "Citée par")
        assert set(links) == cited.get(id, set()), id
        assert len(links) == len(set(links))
        assert bool(links) != ("Rien ne cite cette affirmation." in told)


def test_a_claim_that_nothing_cites_says_so(tmp_path: Path) -> None:
    more = "- affirmation: B9\n  titre: Une affirmation seule.\n  nature: savoir\n"
    files = {**GOOD, "knowledge/vigilance.yaml": GOOD["knowledge/vigilance.yaml"] + more}
    base = load(write_folder(tmp_path, files)).base
    assert base is not None
    assert row(dict(pages(base)), "affirmation", "B9", "Citée par") == ("Rien ne cite cette affirmation.", [])


def _clauses(condition: Condition, negated: bool = False) -> Iterator[Clause]:
    if isinstance(condition, NoneOf):
        for part in condition.parts:
            yield from _clauses(part, not negated)
    elif parts := getattr(condition, "parts", ()):
        for part in parts:
            yield from _clauses(part, negated)
    else:
        yield Clause(condition, None, negated)  # type: ignore[arg-type]


def test_a_rule_says_its_condition_in_the_words_of_readings() -> None:
    reading = shipped_reader().read({})
    for rule in BASE.logic.rules:
        told, links = card("regle", rule.id)
        assert told.count("Si l’on ") == 1
        for clause in _clauses(rule.condition):
            words = unmet_text(BASE, reading, clause)
            assert in_file(words) in told, (rule.id, words)
            if isinstance(clause.atom, Found):
                assert address(FINDING, clause.atom.finding) in links
            else:
                assert f"pour {question_name(BASE, clause.atom.question)}, " in told
                assert address("question", clause.atom.question) in links


def test_a_rule_says_all_that_it_concludes_and_why() -> None:
    for rule in BASE.logic.rules:
        told, links = card("regle", rule.id)
        entry = BASE.entry("regle", rule.id)
        assert in_file(entry.texts["parce_que"]) in told
        assert all(address("affirmation", source) in links for source in entry.sources)
        assert all(f"; {source})" in told for source in entry.sources)
        assert ("La lecture est la nôtre." in told) is (entry.status == "interpretation")
        assert (f"règle · {rule.id} · interne" in told) is entry.internal
        for effect in rule.effects:
            match effect:
                case Argue(format, side, force, motif):
                    word = {"decisive": "emporte la décision", "nette": "pèse fort", "legere": "pèse"}[force]
                    title = in_file(BASE.title("format", format))
                    assert f"{side} « {title} » : {in_file(lowered(BASE.title('motif', motif)))} ({word})" in told
                    assert address("format", format) in links
                case RuleOut(format):
                    assert f"« {in_file(BASE.title('format', format))} » écarté par définition" in told
                case Draw(kind, id, level):
                    when = {
                        "avant": ", à régler avant",
                        "pendant": ", à tenir pendant",
                        "en_tete": ", à garder en tête",
                    }
                    assert f"« {in_file(BASE.title(kind, id))} »{when.get(level or '', '')}" in told
                    assert address(kind, id) in links
                case Push(axis, points):
                    assert f"{abs(points)} point" in told
                    assert address("axe", axis) in links


def test_a_format_has_all_that_argues_for_and_against_it_at_its_force() -> None:
    labels = {"decisive": "et cela emporte la décision", "nette": "et cela pèse fort", "legere": "et cela pèse"}
    files = dict(shipped_files())
    argued: dict[tuple[str, str], set[str]] = {}
    for rule in BASE.logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Argue):
                label = f"{effect.side.capitalize()}, {labels[effect.force]}"
                argued.setdefault((effect.format, label), set()).add(address("regle", rule.id))
            elif isinstance(effect, RuleOut):
                argued.setdefault((effect.format, "Écarté par définition"), set()).add(address("regle", rule.id))
    for (format, label), rules in argued.items():
        _, links = row(files, "format", format, label)
        assert {link for link in links if link.startswith("regles")} == rules
    shown = {(f, label) for f in BASE.logic.formats for label in _labels(files, f)}
    assert shown == set(argued)


def _labels(files: dict[str, str], format: str) -> set[str]:
    inside = files["formats.html"].split(f'<article id="format-{format}"')[1].split("</article>")[0]
    return {x for x in re.findall("<dt>(.*?)</dt>", inside) if x.startswith(("Pour,", "Contre,", "Écarté"))}


def test_a_posture_lists_every_push_towards_its_corner() -> None:
    for posture in BASE.logic.postures.values():
        _, links = card("posture", posture.id)
        pushing = {
            address("regle", rule.id)
            for rule in BASE.logic.rules
            for effect in rule.effects
            if isinstance(effect, Push) and effect.points * posture.signs[effect.axis] > 0
        }
        assert {link for link in links if link.startswith("regles")} == pushing


def test_what_is_drawn_names_every_rule_that_draws_it_and_when() -> None:
    moments = {"avant": "à régler avant", "pendant": "à tenir pendant", "en_tete": "à garder en tête"}
    files = dict(shipped_files())
    drawn: dict[tuple[str, str], set[str]] = {}
    for rule in BASE.logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Draw):
                drawn.setdefault((effect.kind, effect.id), set()).add(address("regle", rule.id))
                if effect.level:
                    _, links = row(files, "vigilance", effect.id, f"Conclue, {moments[effect.level]}, par")
                    assert address("regle", rule.id) in links
    labels = {"modalite": "Proposée par", "partenaire": "Conclu par", "prealable": "Conclu par"}
    for (kind, id), rules in drawn.items():
        if kind in labels:
            assert {link for link in row(files, kind, id, labels[kind])[1] if link.startswith("regles")} == rules
        else:
            found = [row(files, kind, id, f"Conclue, {when}, par")[1] for when in moments.values()
                     if f"Conclue, {when}, par" in card(kind, id)[0]]  # fmt: skip
            named = [link for links in found for link in links if link.startswith("regles")]
            assert sorted(named) == sorted(rules), "each rule stands under one moment"


def test_what_a_condition_draws_says_its_condition() -> None:
    reading = shipped_reader().read({})
    conditions = [("facteur", one.id, one.present_if) for one in BASE.logic.factors.values()]
    conditions += [("tension", one.id, pole) for one in BASE.logic.tensions for pole in one.poles]
    conditions += [("coherence", one.id, one.never) for one in BASE.logic.incoherences]
    for question in BASE.logic.questions.values():
        conditions += [("question", question.id, question.asked_if)] if question.asked_if else []
    conditions += BASE.logic.foreseen
    for posture in BASE.logic.postures.values():
        conditions += [("posture", posture.id, posture.off_note_if)] if posture.off_note_if else []
    for kind, id, condition in conditions:
        told, links = card(kind, id)
        for clause in _clauses(condition):
            assert in_file(unmet_text(BASE, reading, clause)) in told
            back = card("question", getattr(clause.atom, "question", ""))[1]
            assert address(kind, id) in back, "the question says who reads it"
            assert address("question", getattr(clause.atom, "question", "")) in links


def test_a_question_says_who_reads_each_of_its_answers() -> None:
    for question in BASE.logic.questions.values():
        told, links = card("question", question.id)
        entry = BASE.entry("question", question.id)
        for rule in BASE.logic.rules:
            reads = any(getattr(atom, "question", "") == question.id for atom in atoms(rule.condition))
            assert (address("regle", rule.id) in links) is reads
        assert in_file(entry.texts["libelle"]) in told
        for label in entry.labels.values():
            assert f"« {in_file(label)} » :" in told


def test_a_condition_that_no_line_can_say_opens_a_list(tmp_path: Path) -> None:
    base = load(write_folder(tmp_path)).base
    assert base is not None
    page = parsed(pages(base))["regles.html"]
    flat = in_file(page.parts["regle-rien_a_partager"].text)
    assert "Si l’on a l’un au moins de ces points :" in flat
    text = pages(base)["regles.html"].split('id="regle-rien_a_partager"')[1].split("</article>")[0]
    lead = in_file(re.sub("<[^>]*>", "|", text.split('<div class="lead">')[1].split("</div>")[0]))
    parts = [part.strip() for part in lead.split("|") if part.strip()]
    assert parts == [
        "Si", "l’on a l’un au moins de ces points :",
        "pour", "les sujets", ", « Les lieux »",
        "pour", "une envie commune", ", « Non, rien encore » ou « À demi-mot » ; et, pour", "une commande publique",
        ", « Non »",
        "alors", "« Un parcours »", "écarté par définition.",
    ]  # fmt: skip
    counted = in_file(page.parts["regle-groupe_mur_et_sujets"].text)
    assert "l’un de ces constats : « Un groupe assez grand »" in counted
    assert "au moins 2 de ces points :" in counted
    assert "pour une commande publique, une autre réponse que « Oui »" in counted


def test_groups_that_want_all_or_one_are_said_as_such() -> None:
    question = next(q for q in BASE.logic.questions.values() if q.type == "choix")
    one, two = (Is(question.id, frozenset({answer})) for answer in question.answers[:2])
    alone = in_file(plain(if_text(BASE, one).run))
    for same in (AllOf((one,)), AnyOf((one,)), AtLeast(1, (one,))):
        assert in_file(plain(if_text(BASE, same).run)) == alone
    assert plain(if_text(BASE, AtLeast(2, (one, two))).run) == plain(if_text(BASE, AllOf((one, two))).run)
    assert plain(if_text(BASE, AtLeast(1, (one, two))).run) == plain(if_text(BASE, AnyOf((one, two))).run)
    none = if_text(BASE, NoneOf((AllOf((one, two)), one)))
    assert in_file(plain(none.run)) == "l’on n’a rien de ceci :"
    assert len(none.inner) == 2
    refused = plain(if_text(BASE, NoneOf((one, two))).run)
    for clause in (Clause(one, None, True), Clause(two, None, True)):
        assert f"pour {unmet_text(BASE, shipped_reader().read({}), clause)}" in refused


def test_the_same_rules_give_the_same_bytes_in_any_process() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests')\n"
        "from authoring.site.looking import shipped_files\n"
        "print(hashlib.sha256(repr(sorted(shipped_files().items())).encode()).hexdigest())\n"
    )
    ours = hashlib.sha256(repr(sorted(shipped_files().items())).encode()).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
                              capture_output=True, text=True, check=True)  # fmt: skip
        assert done.stdout.strip() == ours


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shuffling_items_and_files_changes_no_byte(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    items = []
    for path in (*(ROOT / "rules").glob("*.yaml"), *(ROOT / "knowledge").glob("*.yaml")):
        items += re.findall(r"^- .*?(?=^- |\Z)", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    chance.shuffle(items)
    names = ["rules/un.yaml", "knowledge/deux.yaml", "rules/trois.yaml"]
    files = {name: "\n".join(items[number::3]) for number, name in enumerate(names)}
    base = load(write_folder(tmp_path, files)).base
    assert base is not None
    assert pages(base) == pages(BASE)


def test_headings_follow_each_other_and_parts_of_a_page_are_named() -> None:
    for name, page in shipped_pages().items():
        levels = [level for level, _ in page.headings]
        assert levels[0] == 1, name
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert all(text.strip() for _, text in page.headings), name
        assert page.named("html") == [{"lang": "fr"}]
        assert len(page.named("main")) == len(page.named("header")) == len(page.named("footer")) == 1
        assert all(nav.get("aria-label") for nav in page.named("nav"))
        first = page.named("a")[0]
        assert first["href"] == "#contenu"
        assert "contenu" in page.parts
        field = page.named("input")[0]["id"]
        assert field in [label.get("for") for label in page.named("label")]
        marked = [link for link in page.named("a") if "aria-current" in link]
        assert [link["href"] for link in marked] == [name]


def test_the_first_page_names_every_other_and_says_how_much_it_holds() -> None:
    front = shipped_pages()["index.html"]
    told = in_file("".join(front.said))
    for name, page in shipped_pages().items():
        assert name == "index.html" or any(link["href"] == name for link in front.named("a"))
        assert name == "index.html" or page.named("article")
    assert f"Les règles : {len(BASE.logic.rules)} règles" in told
    assert f"Les formats : {len(BASE.logic.formats)} formats" in told
    assert f"{len(BASE.logic.postures)} postures et {len(BASE.logic.axes)} axes" in told
    assert BASE.digest in told


def test_two_themes_that_differ_by_an_accent_have_two_anchors(tmp_path: Path) -> None:
    files = {name: text.replace("theme: Le groupe", "theme: lé projet") for name, text in GOOD.items()}
    base = load(write_folder(tmp_path, files)).base
    assert base is not None
    page = parsed(pages(base))["questions.html"]
    named = [section["aria-labelledby"] for section in page.named("section")]
    assert named == ["partie-le_projet", "partie-le_projet-1", "partie-les_partenaires"]


def test_pages_are_french_and_spaced_as_french_is() -> None:
    for name, page in shipped_pages().items():
        told = " ".join(page.said)
        ids = {id for _, id in BASE.texts} | set(re.findall(r"\w+_\w+", told))
        assert english_in(" ".join(word for word in re.findall(r"[\w’-]+", told) if word not in ids)) == set(), name
        assert not re.search(r"« | [»:;?!](?:\s|$)", told), (name, re.search(r"« | [»:;?!](?:\s|$)", told))
        assert "'" not in told, name


def test_what_the_script_says_is_french() -> None:
    script = shipped_files()["recherche.js"]
    strings = [text.replace("\\u00e9", "é") for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', script)]
    told = [text for text in strings if (" " in text.strip() or "é" in text) and text != "use strict"]
    assert len(told) >= 3
    assert english_in(" ".join(told)) == set()


def test_every_card_can_be_found_by_its_title_and_its_own_words() -> None:
    text = shipped_files()["recherche-index.js"]
    rows = json.loads(text[text.index("[") : text.rindex("]") + 1])
    assert {where for _, _, where, _, _ in rows} == {
        f"{name}#{tag['id']}" for name, page in shipped_pages().items() for tag in page.named("article")
    }
    by_place = {where: (kind, title, internal, words) for kind, title, where, internal, words in rows}
    for (kind, id), entry in BASE.texts.items():
        found = by_place[address(kind, id)]
        assert in_file(found[1]) == in_file(entry.title)
        assert bool(found[2]) is entry.internal
        assert id.replace("_", " ").lower() in found[3]
    asked = [card for section in questions_page(book(BASE, ())).sections for card in section.cards]
    assert len(asked) > 40
    assert not any({"oui_non", "separement"} & set(card.also.split()) for card in asked), "words of the grammar"
    assert not re.search("[A-ZÀ-ÿ’]", "".join(words for *_, words in by_place.values()))


def test_a_marker_names_every_file() -> None:
    files = shipped_files()
    assert files_of(files[MARKER]) == set(files)
    assert files_of("Autre chose\n\nindex.html\n") is None
    assert files_of(marker_text("x", ["../dehors", "..", ".", "c:\\x", "/etc/passwd", "bon.html"])) == {
        "bon.html",
        MARKER,
    }


def test_pages_are_parsed_strictly() -> None:
    with pytest.raises(AssertionError):
        Page("<p><b>x</p></b>")
