"""Who is said to report a thing follows from what it cites, wherever it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import GOOD, write_folder
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier
from conseil_dla.wording.outline import outline
from conseil_dla.wording.provenance import source_text
from conseil_dla.wording.reading_sentences import settled_words

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


def test_an_observation_that_is_our_reading_says_both(reader: Reader) -> None:
    told = source_text(reader.base, "groupe_assez_grand")
    assert told.replace("\N{NO-BREAK SPACE}", " ") == (
        "Observé par une chargée d’accompagnement, Bretagne, 2024, d’après un seul récit ; la lecture est la nôtre."
    )
