"""Who is said to report a thing follows from what it cites, wherever it is said."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from builders import GOOD, write_folder
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.opening import open_rules
from conseil_dla.reading.values import Prospects
from conseil_dla.reading.whole import Whole
from conseil_dla.rules.model import Dossier, Observation
from conseil_dla.wording.advice import advised_lines
from conseil_dla.wording.outline import outline
from conseil_dla.wording.provenance import source_text
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


def test_an_observation_that_is_our_reading_says_both(reader: Reader) -> None:
    told = source_text(reader.base, "groupe_assez_grand")
    assert "Observation du réseau" in told
    assert told.endswith("la lecture est la nôtre.)")


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
