"""An account of the network as it is written: of items and of real cases alike, with an address or without."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import GOOD, RULES, write_folder
from conseil_dla.dossiers.content import read_dossier
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Base, Observation
from conseil_dla.rules.observations import is_address

PIECES = st.lists(
    st.sampled_from(["https://", "http://", "javascript:", "a.fr", "a", "/", "?", "#", "@", ":", "\\", " ", '"', "<",
                     ">", "'", "&", "%3C", "\n", "\x1b", "é", "\u202e", ".", "localhost", "127.0.0.1", "80", "=", ")"])
    | st.characters(),
    max_size=12,
).map("".join)  # fmt: skip


@given(PIECES)
@example("https://addagers.fr/?p=8921")
@example("http://opale.asso.fr/article733.html")
@example("https://vous@banque.fr/")
@example("https://a.fr/\n")
def test_an_address_leads_to_a_public_page_and_to_nothing_else(text: str) -> None:
    if not is_address(text):
        return
    parts = urlsplit(text)
    assert parts.scheme in ("http", "https")
    assert parts.username is None
    assert "." in (parts.hostname or "")
    assert not (parts.hostname or "").replace(".", "").isdigit()
    assert text.isascii()
    assert text.isprintable()
    assert not set(text) & set(' "<>\\^`{|}')
    assert harmless(text) == spaced(text) == text, "shown as it is written"
    assert escape(text, quote=False).replace("&amp;", "&") == text


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://addagers.fr/?p=8921", True),
        ("http://opale.asso.fr/article733.html", True),
        ("https://exemple.fr", True),
        ("https://exemple.fr:8443/a/b%C3%A9?c=(d)&e#f", True),
        ("HTTPS://exemple.fr", False),
        ("ftp://exemple.fr/", False),
        ("javascript:alert(1)", False),
        ("//exemple.fr/", False),
        ("www.exemple.fr", False),
        ("https://localhost/", False),
        ("https://127.0.0.1/", False),
        ("https://vous@exemple.fr/", False),
        ("https://exemple.fr/a b", False),
        ("https://exemple.fr/é", False),
        ('https://exemple.fr/"onclick=', False),
        ("https://exemple.fr/<script>", False),
        (f"https://exemple.fr/{'a' * 500}", False),
        ("", False),
    ],
)
def test_what_an_address_may_be(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    place = "      ou: Bretagne\n"
    texts = {
        name: text.replace(place, f"{place}      adresse: https://exemple.fr/recit\n") for name, text in GOOD.items()
    }
    loaded = load(write_folder(tmp_path_factory.mktemp("dla"), texts))
    assert loaded.base is not None
    return loaded.base


def test_an_item_keeps_the_page_that_tells_it(base: Base) -> None:
    entry = base.entry("regle", "groupe_assez_grand")
    assert entry.observation == Observation(
        "Une chargée d’accompagnement", "2024", "Bretagne", "https://exemple.fr/recit"
    )
    assert entry.sources == ()
    assert RULES.count("reseau:") == 1


CASE = "titre: Un cas\nreponses: {{}}\nexperience: Fait.\nsource:\n  reseau:\n    qui: une association\n{}"


def test_a_case_rests_on_an_account(base: Base) -> None:
    dossier, found = read_dossier(
        CASE.format("    quand: 2024\n    ou: Bretagne\n    adresse: https://exemple.fr/\n"), "x", base
    )
    assert found == []
    assert dossier is not None
    assert dossier.observation == Observation("une association", "2024", "Bretagne", "https://exemple.fr/")
    assert dossier.sources == ()


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("    quand: 2024\n", "il manque « ou »"),
        ("    quand: 2024\n    ou: Bretagne\n    adresse: ftp://exemple.fr/\n", "« adresse » : ce n’est pas l’adresse"),
        ("    quand: 2024\n    ou: Bretagne\n    adrese: https://exemple.fr/\n", "clé inconnue « adrese »"),
        ("    quand: 2024\n    ou: [Bretagne]\n", "« ou » attend un texte"),
        ("    quand:\n    ou: Bretagne\n", "« quand » attend un texte"),
        ("    quand: 2024\n    ou: Bretagne\n  note: A1\n", "clé inconnue « note » sous « source »"),
    ],
)
def test_an_account_that_is_not_whole_is_refused(base: Base, rest: str, said: str) -> None:
    dossier, found = read_dossier(CASE.format(rest), "x", base)
    assert dossier is None
    assert [one.code for one in found] == ["DLA301"]
    assert said in found[0].message
