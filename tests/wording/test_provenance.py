"""Who is said to report a thing follows from what it cites, wherever it is said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from builders import GOOD, write_folder
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.values import Prospects
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier, Observation
from conseil_dla.wording.advice import advised_lines
from conseil_dla.wording.json_text import reading_object
from conseil_dla.wording.outline import outline
from conseil_dla.wording.provenance import observed_text, reported_by, source_text
from conseil_dla.wording.reading_sentences import settled_words
from shipped import random_dossier, shipped_reader

CASE = Dossier("knowledge/cas/vu.yaml", "Une salle", {"envie": "aucune_envie", "commande": "oui"},
               experience="Une salle a été trouvée.")  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    observed = "      ou: Bretagne\n  statut: reseau\n"
    texts = {name: text.replace(observed, observed.replace("reseau\n", "interpretation\n"))
             for name, text in GOOD.items()}  # fmt: skip
    opened = open_rules(write_folder(tmp_path_factory.mktemp("dla"), texts))
    return Reader(opened.base, opened.engine)


@pytest.mark.parametrize(
    ("sources", "who"),
    [
        (("A1",), "rapporté par la note,"),
        (("A1", "A2"), "rapporté par la note,"),
        (("Une collègue, 2026",), "une autre source que la note (« Une collègue, 2026 »)"),
        (("A1", "Un entretien"), "une autre source que la note"),
        ((), "une autre source que la note,"),
    ],
)
def test_a_case_is_reported_by_what_it_cites(reader: Reader, sources: tuple[str, ...], who: str) -> None:
    case = replace(CASE, sources=sources)
    reading = reader.read_dossier(case)
    sections = outline(Whole(reader.base, reading, case))
    told = " ".join(line.text for section in sections for line in section.lines)
    assert who in told.replace("\N{NO-BREAK SPACE}", " ")
    is_note = who == "rapporté par la note,"
    assert ("la note" in settled_words(reading)) is is_note
    assert any(section.title == "Ce que la note ne dit pas" for section in sections) is is_note


def test_a_case_of_the_network_is_told_by_who_tells_it_and_never_by_the_note(reader: Reader) -> None:
    seen = Observation("Une association", "2024", "Bretagne", "https://exemple.fr/recit")
    case = replace(CASE, observation=seen)
    reading = reader.read_dossier(case)
    sections = outline(Whole(reader.base, reading, case))
    told = [line.text.replace("\N{NO-BREAK SPACE}", " ") for line in sections[0].lines]
    assert (sections[0].title, told[:2]) == ("Une expérience à lire", [
        "Bretagne, 2024 (une association). D’après un seul récit, lu avec les seules réponses qu’il permet.",
        "Le récit : https://exemple.fr/recit",
    ])  # fmt: skip
    assert "Ce que le récit ne dit pas" in [section.title for section in sections]
    assert settled_words(reading) == "Ce que le récit ne dit pas n’y changerait rien."
    assert (
        reported_by(reading.reported, case, "e")
        == "racontée par une association, Bretagne, 2024, d’après un seul récit"
    )


def test_the_nearest_of_the_network_stands_beside_the_nearest_of_the_note(reader: Reader) -> None:
    seen = Observation("Opale", "2020", "Maine-et-Loire")
    note, network = replace(CASE, sources=("A1",)), replace(CASE, path="x/ailleurs.yaml", observation=seen)
    own = Dossier("x", "À moi", CASE.answers)
    whole = reader.whole(own, date(2026, 11, 30), (network, note))
    assert whole.nearest is not None
    assert whole.nearest_seen is not None
    assert (whole.nearest.case, whole.nearest_seen.case) == (note, network)
    sections = {section.key: section for section in outline(whole)}
    first, second = sections["nearest"], sections["nearest_seen"]
    assert "note" in second.title
    assert not any("Opale" in line.text for line in first.lines)
    assert "Raconté par Opale, Maine-et-Loire, 2020, d’après un seul récit." in [line.text for line in second.lines]
    told = reading_object(whole, "x")
    assert told["experience_proche"]["cas"] == "vu"
    assert "reseau" not in told["experience_proche"]
    assert told["experience_du_reseau"]["cas"] == "ailleurs"
    assert told["experience_du_reseau"]["reseau"] == {
        "qui": "Opale", "quand": "2020", "ou": "Maine-et-Loire", "adresse": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("L’ADDA du Gers", "l’ADDA du Gers"),
        ("Opale", "Opale"),
        ("Une chargée", "une chargée"),
        ("La Ligue", "la Ligue"),
    ],
)
def test_who_saw_it_follows_in_the_sentence(who: str, told: str) -> None:
    seen = Observation(who, "2024", "Gers")
    assert observed_text((seen,)) == f"Observé par {told}, Gers, 2024, d’après un seul récit."


def test_several_accounts_are_not_said_to_be_one() -> None:
    one, same = Observation("A", "2020", "Ici", "https://a.fr/"), Observation("B", "2021", "Là", "https://a.fr/")
    other = replace(one, address="https://b.fr/")
    assert "d’après un seul récit" in observed_text((one, same)), "one page is one account"
    told = observed_text((one, other)).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "Observé par A, Ici, 2020 ; par A, Ici, 2020 : https://a.fr/ https://b.fr/"
    assert observed_text(()) == ""


def test_an_observation_that_is_our_reading_says_both(reader: Reader) -> None:
    told = source_text(reader.base, "groupe_assez_grand")
    assert told.replace("\N{NO-BREAK SPACE}", " ") == (
        "Observé par une chargée d’accompagnement, Bretagne, 2024, d’après un seul récit ; la lecture est la nôtre."
    )


def test_the_note_invites_only_where_a_reason_for_what_is_proposed_cites_it() -> None:
    """The same dossiers, their reasons cited from the note, from the network, from both, from nobody."""
    base, chance, seen = shipped_reader().base, random.Random(3), set()
    observed = Observation("Une collègue", "2026", "Bretagne")
    for _ in range(4):
        reading = shipped_reader().read(random_dossier(base.logic, chance))
        shown = reading.format.shown
        pro = sorted({a.rule for a in reading.format.arguments if a.side == "pour" and a.format in shown})
        for citing in range(-1, len(pro)):
            for others in (observed, None):
                texts = dict(base.texts)
                for number, rule in enumerate(pro):
                    cites = number == citing
                    texts["regle", rule] = replace(
                        texts["regle", rule], sources=("A1",) if cites else (), observation=None if cites else others
                    )
                rewritten = replace(base, texts=texts)
                told = next(iter(advised_lines(rewritten, reading, Prospects()))).text
                who = "la note" if citing >= 0 else "des observations du réseau" if pro and others else "les réponses"
                assert told.startswith(f"Ce que {who} invite")
                seen.add(who)
    assert len(seen) == 3
