"""What a kind of conclusion is stands in one file: one that was never heard of is written, and is everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

import conseil_dla
from builders import GOOD, write_folder
from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.rules.kinds import ALL, DRAWN, LEVELLED, LISTED, READ, SETTLED_BEFORE, SPECS
from conseil_dla.rules.model import KINDS, LEVELS

KIND = '''\
"""Ressources: something to read or to borrow, which no kind of today is."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import METHOD, PART, Key, KindSpec, Words, definition

RESOURCE = KindSpec(
    "ressource",
    "la ressource",
    (
        definition("Ce que l’on y trouve"),
        Key("ou_la_trouver", "prose", "mots", "Qui la prête.", "Où la trouver"),
        METHOD,
        PART,
    ),
    Words(
        "Ressource", "Une chose à lire ou à emprunter.", heading="Ressources", section="À lire, à emprunter",
        help={"": ("Une ressource", "De quoi s’outiller.")},
        page=("Les ressources", "De quoi s’outiller.", "Toutes les ressources"),
        drawn_by="Signalée par", effect="Signale cette ressource.",
    ),
    on_paper="method",
    section="resources",
)
'''
OTHER = '''\
"""Échéances: what has its time, and is to be settled before launching when it comes first."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import METHOD, KindSpec, Words, definition

DEADLINE = KindSpec(
    "echeance",
    "l’échéance",
    (definition("De quoi il s’agit"), METHOD),
    Words(
        "Échéance", "Ce qui a sa date.", heading="Échéances",
        help={level: ("Une échéance", "Elle a sa date.") for level in ("avant", "pendant", "en_tete")},
        page=("Les échéances", "Ce qui a sa date.", "Toutes les échéances"),
        effect="Rappelle cette échéance.", lifted="l’échéance {} serait passée",
    ),
    settled_before=True,
    levelled=True,
    awaited=True,
    feminine=True,
)
'''
"""Each is one of two files touched."""
ITEMS = """\
- ressource: mallette
  titre: La mallette des débuts
  definition: Dix fiches.
  ou_la_trouver: Chez la fédération.
  en_methode: Une mallette de fiches sera prêtée.
  dans_les_papiers: forme
  source: [A2]
- ressource: oubliee
  titre: Une ressource que rien ne signale
- regle: s_outiller
  titre: De quoi s’outiller
  quand:
    commande: oui
  alors:
    - ressource: mallette
    - echeance: budget
      niveau: avant
    - echeance: bilan
      niveau: pendant
  parce_que: Une commande se prépare.
  source: [A2]
- echeance: budget
  titre: Le vote du budget
  definition: En mars.
  en_methode: Le vote du budget sera attendu.
- echeance: bilan
  titre: Le bilan de la commande
- echeance: perdue
  titre: Une échéance que rien ne rappelle
"""
WHOLE = {"envie": "clairement", "commande": "oui", "sujets": ["emploi"], "combien": 7}
SCRIPT = """\
import asyncio, contextlib, io, json, pathlib, sys
from conseil_dla.cli.main import run

def said(*words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(words)
    return [code, out.getvalue() + err.getvalue()]

def written(path, *words):
    told = said(*words)
    return pathlib.Path(path).read_text("utf-8") if pathlib.Path(path).exists() else told[1]

async def on_screen():
    from conseil_dla.cli.desk import open_reader
    from conseil_dla.toolkit.rows import Rows
    from screens.driving import running
    reader = open_reader("regles")
    async with running((120, 200), pathlib.Path("entier.yaml"), lambda: reader) as driver:
        await driver.press("ctrl+f")
        await driver.write("dix fiches")
        sought = driver.seen
        await driver.press("escape", "enter")
        read = driver.seen
        rows = driver.reading.query_one("#reading", Rows)
        line = next(n for n, one in enumerate(driver.reading._lines) if one.target == ("ressource", "mallette"))
        rows.show(rows.rows, str(line))
        await driver.press("f1")
        return sought, read, driver.seen

rules = ("--regles", "regles")
sought, read, helped = asyncio.run(on_screen())
found = {
    "lu": said("diagnostiquer", "entier.yaml", *rules)[1],
    "json": said("diagnostiquer", "entier.yaml", "--format", "json", *rules)[1],
    "ouvert": said("diagnostiquer", "vide.yaml", "--format", "json", *rules)[1],
    "pourquoi": said("expliquer", "entier.yaml", "ressource:mallette", *rules)[1],
    "papier": written("p.md", "rapport", "entier.yaml", "-o", "p.md", "--modele", "a-regler", *rules),
    "lot": written("l.jsonl", "lot", "lot.jsonl", "-o", "l.jsonl", "--processus", "1", *rules),
    "tableau": written("l.csv", "lot", "lot.jsonl", "-o", "l.csv", "--processus", "1", *rules),
    "schema": said("regles", "schema", "regles")[1],
    "attendu": said("regles", "schema", "regles", "--dossiers")[1],
    "verifie": said("regles", "verifier", "regles")[1],
    "essaye": said("regles", "essayer", "regles")[1],
    "site": written("site/ressources.html", "regles", "documenter", "-o", "site", "regles"),
    "ecarts": said("regles", "differences", "avant", "regles")[1],
    "cherche": sought,
    "ecran": read,
    "aide": helped,
}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a copy of the program says, once the file of the kind is written and named in two tuples."""
    work = tmp_path_factory.mktemp("sorte")
    package = work / "conseil_dla"
    copytree(Path(conseil_dla.__file__).parent, package, ignore=ignore_patterns("__pycache__"))
    kinds = package / "rules" / "kinds"
    (kinds / "resource.py").write_text(KIND, encoding="utf-8")
    (kinds / "deadline.py").write_text(OTHER, encoding="utf-8")
    named = (kinds / "__init__.py").read_text(encoding="utf-8")
    named = named.replace(" TENSION,\n)", " TENSION, RESOURCE, DEADLINE,\n)")
    more = "".join(f"from conseil_dla.rules.kinds.{n.lower()} import {n}\n" for n in ("DEADLINE", "RESOURCE"))
    named = named.replace("from conseil_dla.rules.kinds.spec", f"{more}from conseil_dla.rules.kinds.spec")
    assert named.count("RESOURCE") == named.count("DEADLINE") == 3
    (kinds / "__init__.py").write_text(named, encoding="utf-8")
    write_folder(work / "regles", {**GOOD, "knowledge/ressources.yaml": ITEMS})
    write_folder(work / "avant", {**GOOD, "knowledge/ressources.yaml": ITEMS.replace("Dix fiches", "Neuf fiches")})
    expected = '"attendu": [{"certaine": "ressource:mallette"}, {"certaine": "echeance:budget:avant"}]'
    (work / "entier.yaml").write_text(f'{{"titre": "Entier", "reponses": {json.dumps(WHOLE)}, {expected}}}')
    (work / "vide.yaml").write_text("titre: Vide\nreponses:\n  envie: clairement\n")
    (work / "lot.jsonl").write_text(json.dumps({"titre": "Entier", "reponses": WHOLE}))
    (work / "regles" / "knowledge" / "essais").mkdir()
    (work / "entier.yaml").rename(work / "regles" / "knowledge" / "essais" / "entier.yaml")
    (work / "entier.yaml").write_text(f'{{"titre": "Entier", "reponses": {json.dumps(WHOLE)}}}')
    here = {**os.environ, "PYTHONPATH": os.pathsep.join((str(work), str(Path(__file__).parents[1]))),
            "CONSEIL_DLA_REGLAGES": str(work / "reglages"), "CONSEIL_DLA_DOSSIERS": str(work / "dossiers")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=work, env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {name: text.replace("\u00a0", " ") for name, text in json.loads(done.stdout).items()}


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("lu", ("À lire, à emprunter", "La mallette des débuts", "Dix fiches.")),
        ("lu", ("── Avant de lancer", "Le vote du budget\n   En mars.")),
        ("lu", ("── À tenir pendant", "Le bilan de la commande")),
        ("ecran", ("À lire, à emprunter", "La mallette des débuts", "Dix fiches.")),
        ("cherche", ("Ressources", "La mallette des débuts")),
        ("aide", ("Une ressource : La mallette des débuts", "De quoi s’outiller.")),
        ("pourquoi", ("« La mallette des débuts » : ce point est retenu.", "Une commande se prépare.",
                      "Ce que l’on y trouve : dix fiches.", "Où la trouver : chez la fédération.")),
        ("papier", ("Une mallette de fiches sera prêtée.", "Le vote du budget.")),
        ("verifie", ("aucune règle ne conclut la ressource « oubliee »", "écrivez une règle qui la conclut",
                     "aucune règle ne conclut l’échéance « perdue »  (DLA208)")),
        ("essaye", ("1 cas ou essai, 2 attentes", "Tout est comme attendu.")),
        ("site", ("Les ressources", "Signalée par", "Où la trouver", ">une commande publique</a>")),
        ("ecarts", ("Seuls les mots changent : ressource « La mallette des débuts » (mallette,",)),
    ],
)  # fmt: skip
def test_a_kind_written_in_one_file_is_said_everywhere(
    where: str, shown: tuple[str, ...], said: dict[str, str]
) -> None:
    for words in shown:
        assert words in said[where], said[where]


def test_a_kind_of_one_file_is_in_what_programs_read(said: dict[str, str]) -> None:
    drawn = {"id": "mallette", "certitude": "certaine", "interne": False, "regles": ["s_outiller"], "source": ["A2"],
             "reseau": []}  # fmt: skip
    assert json.loads(said["json"])["ressources"] == [drawn]
    assert json.loads(said["lot"])["ressources"] == [drawn]
    assert json.loads(said["ouvert"])["ressources"] == [{**drawn, "certitude": "possible"}]
    assert [(each["id"], each["niveau"]) for each in json.loads(said["json"])["echeances"]] == [
        ("bilan", "pendant"), ("budget", "avant"),
    ]  # fmt: skip
    assert json.loads(said["json"])["echeances"] == json.loads(said["lot"])["echeances"]
    columns, row = (line.split(";") for line in said["tableau"].splitlines())
    assert dict(zip(columns, row, strict=True))["ressources"] == "mallette"
    assert dict(zip(columns, row, strict=True))["echeances_avant"] == "budget"
    item = json.loads(said["schema"])["$defs"]["sorte_ressource"]
    assert item["properties"]["ou_la_trouver"]["description"] == "Qui la prête."
    assert json.loads(said["schema"])["$defs"]["effet_ressource"]["properties"]["ressource"]["enum"] == [
        "mallette", "oubliee",
    ]  # fmt: skip
    assert "ressource:mallette" in said["attendu"]
    assert "echeance:budget:avant" in said["attendu"]


def test_kinds_can_be_told_apart_and_are_all_read() -> None:
    assert len(SPECS) == len({kind.several for kind in ALL}) == len(ALL)
    assert {kind.word for kind in READ} == set(KINDS)
    for kind in ALL:
        assert len({key.name for key in kind.keys}) == len(kind.keys)
        assert all((KIND_PAGES[kind.word].page, kind.words.name, kind.words.what))
    for kind in READ:
        assert kind.words.heading
        assert set(kind.words.help or ()) == set(LEVELS if kind.levelled else ("",))
        assert kind.section or kind.levelled
    assert all(all(kind.words.page) for kind in LISTED)
    assert all(kind.words.effect for kind in DRAWN)
    assert not [kind for kind in ALL if kind.feminine and not kind.the.startswith("l’")]


def test_what_engines_and_charts_suppose_of_kinds() -> None:
    """Levels begin before launching; what comes first goes with every format, and what papers say but by its method.

    Charts say by its id alone what is planned already, hence of one kind.
    """
    assert set(LEVELLED) <= set(SETTLED_BEFORE)
    assert {kind.section for kind in DRAWN if kind.settled_before and not kind.levelled} == {"before"}
    attached = [kind for kind in DRAWN if kind.has("pour_formats")]
    assert not [kind for kind in attached if kind.settled_before or kind.on_paper == "partners"]
    assert sum(kind.can_be_foreseen for kind in DRAWN) == 1
    assert len({kind.section for kind in LISTED if not kind.settled_before}) == len(LISTED) - len(SETTLED_BEFORE)
