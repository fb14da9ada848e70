"""What can be measured of the French of rules/ and knowledge/: nothing new stands against the words of the house.

What stood before is counted in ``wording/connus.yaml``, and only becomes less: ``python tools/wording.py --baisser``.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_SPEC = spec_from_file_location("wording_tool", ROOT / "tools" / "wording.py")
assert _SPEC is not None
assert _SPEC.loader is not None
wording = sys.modules["wording_tool"] = module_from_spec(_SPEC)
_SPEC.loader.exec_module(wording)
"""A tool, not a package; ``wording`` is a folder of tests here."""


@cache
def found() -> list[Any]:
    return wording.found_in(wording.files())


def test_nothing_new_is_written_against_the_words_of_the_house() -> None:
    held = wording.known()
    more = [
        "\n".join(
            [f"{file}, {sort}: {number}, where {held.get(file, {}).get(sort, 0)} were known. Among these:"]
            + [
                f"  {one.file}:{one.line}  {one.said}  ({one.instead})"
                for one in found()
                if (one.file, one.sort) == (file, sort)
            ]
        )
        for file, sorts in wording.counts(found()).items()
        for sort, number in sorts.items()
        if number > held.get(file, {}).get(sort, 0)
    ]
    assert not more, "\n".join(more)


def test_what_is_mended_is_no_longer_counted() -> None:
    now = wording.counts(found())
    fewer = [
        f"{file}, {sort}: {now.get(file, {}).get(sort, 0)} are left of {number}"
        for file, sorts in wording.known().items()
        for sort, number in sorts.items()
        if now.get(file, {}).get(sort, 0) < number
    ]
    assert not fewer, "\n".join([*fewer, "Better than before: run « python tools/wording.py --baisser »."])


@pytest.mark.parametrize(
    ("key", "said", "sorts"),
    [
        ("titre", "Que vont-elles taire les unes devant les autres ?", ["elles"]),
        ("titre", "Ces structures ont-elles déjà coopéré ?", []),
        ("que_faire", "Elles en sont à peu près au même point.", ["elles"]),
        ("que_faire", "Notez ce que propose chaque structure. Chacune garde ses priorités.", []),
        ("aide", "Demandez à chacune ce qu’elle en attend.", []),
        ("titre", "Un sujet, et pas d’usage en vue", ["titre"]),
        ("titre", "Clarifier votre rôle, puis l’annoncer", []),
        ("libelle", "Pour qui le besoin d’apprendre se dit-il ?", ["dire"]),
        ("motif", "des besoins qui restent à dire", ["dire"]),
        ("en_methode", "Le contenu est construit pour ces structures.", ["sans_agent"]),
        ("en_methode", "Le contenu est construit par le prestataire.", []),
        ("que_faire", "Le contenu est construit pour ces structures.", []),
        ("definition", "Un projet de mise en commun.", ["mot"]),
        ("definition", "D’ici à deux ans, l’emploi dure. Cherchez d’ici là un financement.", []),
        ("definition", "Un travail avec les ressources d’ici.", ["mot"]),
        ("notes", "Un groupe immature, sans grade.", ["mot"]),
        ("reponses", "Elles se voient rarement", []),
        ("signes", "Le groupe " + "se retrouve souvent " * 11 + ".", ["lisible"]),
    ],
)
def test_each_sort_sees_what_it_is_for(key: str, said: str, sorts: list[str]) -> None:
    text = wording.Text("un.yaml", 1, "vigilance", key, said)
    assert [one.sort for one in wording.offenders(text)] == sorts


def test_a_place_is_the_line_where_the_sentence_begins(tmp_path: Path) -> None:
    path = tmp_path / "un.yaml"
    path.write_text(
        "- vigilance: une\n  que_faire: >-\n    Le groupe se réunit.\n    Puis il fait une mise en commun.\n",
        encoding="utf-8",
    )
    assert [(one.line, one.sort) for one in wording.found_in([path])] == [(4, "mot")]
    assert wording.lowered({"a": {"mot": 3, "dire": 1}}, {"a": {"mot": 2}, "b": {"mot": 1}}) == {"a": {"mot": 2}}
