"""Whoever does what a message says, to the letter, is through: nothing else is asked of who writes rules."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import GOOD, write_folder
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import comparison
from conseil_dla.ground.yamltext import parse
from conseil_dla.ground.yamltext.traps import quoted
from conseil_dla.rules.loading import load
from conseil_dla.wording.diagnostic_text import render
from shipped import ROOT

NBSP, THIN = "\u00a0", "\u202f"
RULES = "rules/projet.yaml"
LINE = re.compile(r"( *)((?:- )?)([a-z_][a-z0-9_]*):(.*)")


LINES = (
    r"écrivez « (?P<new>- .*) », le tiret (?P<where>.*)",
    r"écrivez « (?P<new>.*) », sans tiret, (?P<where>.*)",
    r"un tiret simple, un espace, puis le reste : « (?P<new>.*) »",
    r"mettez le texte entre guillemets : (?P<new>.*)",
    r"écrivez (?P<new>\w+: \[.*)",
    r"écrivez « (?P<new>[^»]*) »(?! :).*",
)
"""How a message gives the line to write, and where it goes."""
WORDS = (
    r"écrivez « (\w+) » : une lettre.*",
    r"vouliez-vous dire « (.*) » \?",
    r"écrivez ([A-Z]\d+(?:, [A-Z]\d+)*)",
    r"écrivez (\d+), sans signe devant",
    r"« \w+ » s’appelle maintenant « (\w+) »",
    r"écrivez le plus petit puis le plus grand : (\[.*\])",
    r"pour (?:l’une|toutes|ce qui) .*, écrivez (\w+):, puis .*",
)
"""How it gives what to write in place of what it underlines."""
FOLDED = r"à la ligne (\d+), écrivez « \w+: >- », puis tout .* à (\d+) espaces du bord gauche"
BELOW = ", et à la ligne, "
UNDER = r"mettez « (\w+:) » au même retrait que « \w+: ».*"


def indent(where: str, lead: str, one: Diagnostic) -> str:
    """The indent that a message names."""
    if where.startswith("sous celui") and one.also is not None:
        return " " * (one.also.column - 3)
    number = re.search(r"(\d+) espaces? du bord gauche", where)
    return " " * int(number[1]) if number else "" if "tout à gauche" in where else lead


def obeyed(text: str, one: Diagnostic) -> str | None:
    """The text once the mend of a message was done to the letter; None where it proposes nothing to write."""
    lines = text.split("\n")
    at = one.place.line - 1
    help = one.help.removeprefix("pour comparer un nombre dans une condition, ")
    help = re.sub("^si « [^»]* » est bien une clé, ", "", help).partition(" ; si c’est un texte")[0]
    if said := re.fullmatch(FOLDED, help):
        fold(lines, int(said[1]) - 1, at, int(said[2]))
        return "\n".join(lines)
    parts = re.match(rf"([ {NBSP}{THIN}]*)((?:- )*)", lines[at])
    assert parts is not None
    if said := re.fullmatch(UNDER, help):
        lost = next(n for n in range(at, len(lines)) if said[1] in lines[n])
        lines[lost] = parts[1] + lines[lost].strip()
        return "\n".join(lines)
    if BELOW in help:
        first, *under = help.removeprefix("écrivez ").split(BELOW)
        told = [parts[1] + first.strip("« »"), *(indent(each, "", one) + each.split("« ")[1][:-2] for each in under)]
        new: str | None = "\n".join(told)
    else:
        new = as_line(help, parts, one) or in_line(help, lines[at], one)
    return None if new is None else "\n".join([*lines[:at], new, *lines[at + 1 :]])


def fold(lines: list[str], owner: int, at: int, width: int) -> None:
    start = lines[owner].index(":") + 1
    end = next(n for n in range(at + 1, len(lines)) if len(lines[n]) - len(lines[n].lstrip()) <= width - 2)
    told = [lines[owner][start:].strip(), *(one.strip() for one in lines[owner + 1 : end])]
    lines[owner:end] = [lines[owner][:start] + " >-", *(" " * width + one for one in told if one)]


def as_line(help: str, parts: re.Match[str], one: Diagnostic) -> str | None:
    """The whole line as the message gives it."""
    said = next((said for each in LINES if (said := re.fullmatch(each, help))), None)
    if said is None:
        return None
    new, where = said["new"], said.groupdict().get("where") or ""
    dashes = "" if new.startswith("- ") or "sans tiret" in help else parts[2]
    return indent(where, parts[1], one) + dashes + new


def in_line(help: str, line: str, one: Diagnostic) -> str | None:
    """The line with what the message changes in it."""
    start = one.place.column - 1
    if said := re.fullmatch(r"mettez cette ligne (.*)", help):
        return indent(said[1], "", one) + line.strip()
    if help.startswith("retirez le tiret"):
        return line.replace("-", " ", 1)
    if help.startswith("effacez cet espace"):
        return line[:start] + " " + line[start + 1 :]
    word = next((said[1] for each in WORDS if (said := re.fullmatch(each, help))), None)
    return None if word is None else line[:start] + word + line[start + one.place.length :]


def with_no_break_spaces(line: re.Match[str], chance: random.Random) -> str:
    before, after = chance.choice([(NBSP, " "), (THIN, " "), (NBSP, NBSP), (" ", THIN), ("", NBSP), (THIN, "")])
    return f"{line[1]}{line[2]}{line[3]}{before}:{after if line[4] else ''}{line[4].strip()}"


def at_the_left(line: re.Match[str], _: random.Random) -> str:
    return line[0].lstrip()


def in_capitals(line: re.Match[str], chance: random.Random) -> str:
    key = chance.choice([line[3].capitalize(), line[3].upper()])
    return f"{line[1]}{line[2]}{key}{chance.choice(['', ' ', NBSP])}:{line[4]}"


def with_an_equal_sign(line: re.Match[str], chance: random.Random) -> str:
    sign = chance.choice([" = ", "=", " == ", " : = ", ": = "])
    return f"{line[1]}{line[2]}{line[3]}{sign}{line[4].strip()}"


def with_a_dash(line: re.Match[str], _: random.Random) -> str:
    return f"{line[1]}- {line[3]}:{line[4]}"


def without_its_dash(line: re.Match[str], chance: random.Random) -> str:
    return f"{line[1]}{chance.choice(['', '  '])}{line[3]}:{line[4]}"


def stuck(line: re.Match[str], _: random.Random) -> str:
    return f"{line[1]}{line[2]}{line[3]}:{line[4].strip()}"


def lower_claims(line: re.Match[str], chance: random.Random) -> str:
    how: Callable[[str], str] = chance.choice([str.lower, lambda told: told.strip("[] "), lambda t: t.replace(",", "")])
    return f"{line[1]}{line[2]}{line[3]}: {how(line[4].strip())}"


DAMAGES: tuple[tuple[Callable[[re.Match[str], random.Random], str], str], ...] = (
    (with_no_break_spaces, r"."),
    (at_the_left, r"^ "),
    (in_capitals, r"."),
    (with_an_equal_sign, r": \w"),
    (with_a_dash, r"^ +\w"),
    (without_its_dash, r"^ *- "),
    (stuck, r": \w"),
    (lower_claims, r" source: \["),
)
SELDOM = {"without_its_dash": 0.5, "at_the_left": 0.85}
"""What share of a damage is told on its very line with a mend to do, where that is not nearly always: where the dash of
a list goes, or how far in a line was, another line may be as likely to be wrong."""


def errors(folder: Path) -> list[Diagnostic]:
    return [one for one in load(folder, shown_as="").diagnostics if one.is_error]


def outcome(folder: Path, file: str, number: int, line: str) -> str:
    """What comes of a line so damaged: still good, told elsewhere, told without a mend to do, or mended."""
    path = folder / file
    good = path.read_text(encoding="utf-8")
    lines = good.split("\n")
    lines[number] = line
    bad = "\n".join(lines)
    try:
        path.write_text(bad, encoding="utf-8")
        found = errors(folder)
        here = [one for one in found if (one.place.file, one.place.line) == (file, number + 1)]
        if not found:
            return "good"
        after = obeyed(bad, here[0]) if here else None
        if after is None:
            return "told" if here else "elsewhere"
        path.write_text(after, encoding="utf-8")
        left = Counter((one.place.line, one.code) for one in errors(folder))
        fewer = left < Counter((one.place.line, one.code) for one in found)
        assert not left or fewer, (line, render(here), render(errors(folder)))
        return "mended"
    finally:
        path.write_text(good, encoding="utf-8")


def damaged(folder: Path, files: tuple[str, ...], most: int) -> None:
    """Each damage at random lines of these files: what each message proposes mends, and nearly all propose."""
    for damage, where in DAMAGES:
        chance = random.Random(damage.__name__)
        places = [
            (file, number, match)
            for file in files
            for number, line in enumerate((folder / file).read_text(encoding="utf-8").split("\n"))
            if re.search(where, line) and (match := LINE.fullmatch(line))
        ]
        came = Counter(
            outcome(folder, file, number, damage(match, chance))
            for file, number, match in chance.sample(places, min(most, len(places)))
        )
        told = came.total() - came["good"]
        assert came["mended"] >= SELDOM.get(damage.__name__, 0.95) * told, (damage.__name__, came)


def test_what_a_message_proposes_mends_wherever_the_line_is(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "dla")
    damaged(folder, (RULES, "rules/groupe.yaml", "knowledge/conclusions.yaml"), 12)


@pytest.mark.lent
def test_what_a_message_proposes_mends_the_rules_that_are_shipped(tmp_path: Path) -> None:
    for part in ("rules", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / part)
    files = ("rules/demande.yaml", "rules/projet.yaml", "knowledge/vigilance.yaml", "knowledge/questions.yaml")
    damaged(tmp_path, files, 4)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("  titre: Une envie claire", f"  titre{NBSP}:{NBSP}Une envie claire", "un espace insécable"),
        ("  titre: Une envie claire", f"  titre{THIN}: Une envie claire", "un espace insécable"),
        ("  titre: Une envie claire", f"  titre:{NBSP}Une envie claire", "un espace insécable"),
        ("  titre: Une envie claire", "titre: Une envie claire", "le retrait"),
        ("      force: nette", "force: nette", "le retrait"),
        ("    Une envie dite porte l’action.", "Une envie dite porte l’action.", "le retrait"),
        ("  alors:", "  Alors :", "un espace devant"),
        ("  alors:", f"  ALORS{NBSP}:", "un espace insécable"),
        ("  quand:", "  Quand:", "clé inconnue"),
        ("  parce_que: >-", "  Parce que : >-", "un espace devant"),
        ("      au_moins: 5", "      au_moins: > 4", "le signe >"),
        ("      au_moins: 5", "      > 4", "le signe >"),
        ("      au_moins: 5", "      plus_de: 4", "comparaison"),
        ("      au_moins: 5", "      - au_moins: 5", "comparaison"),
        *(
            ("    combien:\n      au_moins: 5", f"    combien{how}", told)
            for told, signs in (
                ("le signe >", (": > 4", ": >= 5", ": >=5")),
                ("attend une comparaison", (": plus de 4", ": >4", ": au moins 5", ": 5 ou plus", ": ≥ 5", ': "> 4"')),
                ("n’est pas une condition", (" > 4", " >= 5", " ≥ 5")),
            )
            for how in signs
        ),
        ("  titre: Une envie claire", "  titre: Une envie\n    claire : la voici", "un espace devant"),
        ("  titre: Une envie claire", "  titre: Une envie : elle est\n    claire", "un espace devant"),
        ("  titre: Une envie claire", "  titre: Une envie\n    claire: la voici", "un deux-points"),
        ("  parce_que: >-\n    Une envie", "  parce_que:\n    Une envie : elle\n    envie", "un espace devant"),
        ("  source: [A1]", "  source: [a1]", "n’existe pas"),
        ("  source: [A1]", "  source: [A1 et a2]", "n’existe pas"),
        ("  source: [A1]", "  source: A1, a2", "attend une liste"),
        ("  titre: Une envie claire", "  - titre: Une envie claire", "un tiret en trop"),
        ("  titre: Une envie claire", "- titre: Une envie claire", "une suite de l’élément"),
        ("    - constat: groupe_mur", "- constat: groupe_mur", "une suite de l’élément"),
        ("        envie: clairement", "        - envie: clairement", "attend des questions"),
        ("    reseau:", "    - reseau:", "le réseau sans tiret"),
        ("- regle: envie_claire", "regle: envie_claire", "il manque un tiret"),
        ("- regle: envie_claire", "  regle: envie_claire", "il manque un tiret"),
        ("    envie: clairement", "    envie = clairement", "n’est pas une condition"),
        ("    envie: clairement", "    envie : = clairement", "un espace devant"),
        ("    envie: clairement", "    envie: = clairement", "réponse inconnue"),
        ("  statut: note", "  statut = note", "un signe ="),
        ("    - pour: chantier", "    - pour = chantier", "un signe ="),
    ],
)
def test_a_usual_slip_is_told_by_its_cause_and_obeying_mends_it(
    right: str, wrong: str, told: str, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "dla")
    path = folder / RULES
    good = path.read_text(encoding="utf-8")
    bad = good.replace(right, wrong, 1)
    assert bad != good
    path.write_text(bad, encoding="utf-8")
    found = errors(folder)
    assert len(found) == 1, render(found)
    assert told in found[0].message
    mended = obeyed(bad, found[0])
    assert mended is not None, render(found)
    path.write_text(mended, encoding="utf-8")
    assert errors(folder) == []


QUESTIONS, GROUPE, VIGILANCE = "knowledge/questions.yaml", "rules/groupe.yaml", "knowledge/vigilance.yaml"
PHRASES = "\n  dans_les_papiers: but\n  phrases:\n    a_demi_mot: une envie à demi-mot\n"
SHORT = "    aucune_envie: Non, rien encore"
TEXT = "    Une envie dite porte l’action.\n"
UNDER_TEXT = f"{TEXT}  source: [A1]\n"
SLIPS: tuple[tuple[str, str, str, str, int], ...] = (
    (QUESTIONS, SHORT, "    aucune_envie:\n      libelle: Rien\n      anciennement: rien", "une liste est attendue", 1),
    (QUESTIONS, "  modifiable: s", "  anciennement: desir\n  modifiable: s", "une liste est attendue", 1),
    (QUESTIONS, SHORT, f"{SHORT}\n      anciennement: [rien]", "est sous un texte", 1),
    (QUESTIONS, SHORT, "    aucune_envie: 'Non'\n      anciennement: [rien]", "est sous un texte", 1),
    (RULES, UNDER_TEXT, UNDER_TEXT.replace("]", ""), "le signe [", 1),
    (RULES, UNDER_TEXT, UNDER_TEXT.replace("]", ","), "le signe [", 1),
    (VIGILANCE, "  interne: oui", "  en_methode: >-\n    À deux.\n  source: [A2", "le signe [", 1),
    (RULES, TEXT, f"{TEXT}  auteur: Anne : DLA 35\n", "un espace devant le deux-points", 1),
    (RULES, TEXT, f"{TEXT}  auteur: Anne: DLA 35\n", "un deux-points suivi d’un espace", 1),
    (RULES, UNDER_TEXT, UNDER_TEXT.replace("  source", "   source"), "le retrait", 1),
    (RULES, TEXT, f"{TEXT}   a_relire: 2026-09-30\n", "le retrait", 1),
    (RULES, UNDER_TEXT, UNDER_TEXT.replace("  source", "    source"), "c’est du texte, pas une clé", 1),
    (RULES, "  source: [A1]", "  source: {A1}", "attend une liste", 1),
    (RULES, "  parce_que: >-", "  parce_que: »-", "n’annonce pas un texte", 1),
    (RULES, "    envie: clairement", "    envie: {clairement, a_demi_mot}", "ne se compare pas", 1),
    (RULES, "      au_moins: 5", "      entre: 3-14", "deux nombres", 1),
    (QUESTIONS, "  bornes: [0, 50]", "  bornes: 0 à 50", "deux nombres", 1),
    (QUESTIONS, "  posee_si:\n    envie: [", "  posee_si: envie: [", "une ligne n’a qu’une clé", 1),
    (RULES, "  quand:\n    envie:", "  quand: envie:", "une ligne n’a qu’une clé", 1),
    (RULES, "  quand:\n    envie:", "  quand: envie :", "une ligne n’a qu’une clé", 1),
    (GROUPE, "  quand:\n    commande: oui", "  quand: commande: oui et sujets: lieux", "une ligne n’a qu’une clé", 1),
    (RULES, "    combien:\n      au_moins:", "    combien: au_moins:", "une ligne n’a qu’une clé", 1),
    (RULES, "  alors:\n    - constat:", "  alors: constat:", "une ligne n’a qu’une clé", 1),
    (RULES, "  alors:\n    - constat:", "  alors: - constat:", "un tiret sur la même ligne", 1),
    (RULES, "groupe_fragile\n      niveau:", "groupe_fragile, niveau:", "une ligne n’a qu’une clé", 1),
    (RULES, "projet\n      points:", "projet points:", "une ligne n’a qu’une clé", 1),
    (RULES, "  source:\n    reseau:", "  source: reseau:", "une ligne n’a qu’une clé", 1),
    (GROUPE, "    - une_de:\n        - sujets:", "    - une_de: sujets:", "une ligne n’a qu’une clé", 1),
    *((RULES, "      " + key, "    " + key, "le retrait", 1) for key in ("niveau: avant", "points: 3", "force: nette")),
    *(
        (RULES, "      " + key, "    - " + key, "un tiret en trop", 1)
        for key in ("niveau:", "points: 3", "force: nette")
    ),
    (RULES, "      niveau: avant", "  niveau: avant", "pas de son effet", 1),
    (RULES, "  titre: Une envie claire", "  titre: envie: claire", "un deux-points suivi d’un espace", 1),
    (RULES, "      conclut: oui", "    - conclut: oui", "un tiret en trop", 1),
    ("knowledge/conclusions.yaml", "      quand:", "    - quand:", "un tiret en trop", 1),
    *(
        (RULES, "      au_moins: 5\n", f"      au_moins: 5\n    {word}:\n      - sujets: emploi\n", "n’existe pas", 1)
        for word in ("ou", "et", "sauf")
    ),
    (QUESTIONS, "    clairement: O", "    nette:\n      anciennement: [clairement]\n      libelle: O", "inconnue", 7),
    (QUESTIONS, "question: combien", "question: nombre\n  anciennement: [combien]", "n’existe pas", 2),
    (QUESTIONS, "    a_demi_mot: À demi-mot", "    à_demi_mot: À demi-mot", "pas bien formé", 1),
    (QUESTIONS, "\n  ordinaires: [a", f"{PHRASES.replace('a_demi', 'à_demi')}  ordinaires: [a", "réponse inconnue", 1),
    *(
        (GROUPE, f"{' ' * at}{line}\n", f"{line}\n", told, 1)
        for at, line, told in (
            (8, "- sujets: [emploi, lieux]", "le retrait"),
            (8, "- envie: clairement", "le retrait"),
            (8, "- aucune:", "suite de l’élément"),
            (12, "- commande: oui", "suite de l’élément"),
            (12, "- commande: non", "suite de l’élément"),
            (4, "- modalite: binome", "le retrait"),
            (4, "- partenaire: federation", "suite de l’élément"),
            (4, "- vigilance: commande_trop_tot", "le retrait"),
            (4, "- contre: parcours", "le retrait"),
            (4, "- prealable: une_date", "suite de l’élément"),
        )
    ),
    (RULES, "    - vigilance: groupe_fragile", "- vigilance: groupe_fragile", "le retrait", 1),
)
"""A file, what is right in it, a slip, what is told, and of how many places."""


@pytest.mark.parametrize(("file", "right", "wrong", "told", "times"), SLIPS)
def test_a_slip_is_told_alone_and_obeying_to_the_end_mends_it(
    file: str, right: str, wrong: str, told: str, times: int, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "dla")
    good = (folder / file).read_text(encoding="utf-8")
    assert good.replace(right, wrong, 1) != good
    (folder / file).write_text(good.replace(right, wrong, 1), encoding="utf-8")
    found = errors(folder)
    assert len(found) == times, render(found)
    assert all(told in one.message for one in found), render(found)
    for _ in range(times):
        path = folder / found[0].place.file
        mended = obeyed(path.read_text(encoding="utf-8"), found[0])
        assert mended is not None, render(found)
        path.write_text(mended, encoding="utf-8")
        found = errors(folder)
    assert found == [], render(found)


@pytest.mark.parametrize("name", ["à_demi_mot", "- a_demi_mot"])
def test_a_wrong_name_of_an_answer_is_told_and_not_each_phrase_of_it(name: str, tmp_path: Path) -> None:
    lines = "".join(f"    {'- ' if '- ' in name else ''}{one}\n" for one in ("clairement: Oui", "aucune_envie: Non"))
    answers = f"  type: choix\n  reponses:\n    {name}: À demi-mot\n{lines}  modifiable: structures{PHRASES}"
    question = f"- question: envie\n  titre: Une envie\n  libelle: Une envie ?\n{answers}"
    folder = write_folder(tmp_path / "dla")
    rest = (folder / QUESTIONS).read_text(encoding="utf-8").partition("- question: commande")
    (folder / QUESTIONS).write_text(f"{question}\n{rest[1]}{rest[2]}", encoding="utf-8")
    found = errors(folder)
    assert len(found) == 1, render(found)
    assert found[0].place.line in (6, 7)


def test_another_word_for_the_other_case_says_to_write_another_rule(tmp_path: Path) -> None:
    text = GOOD[RULES].replace("    envie: clairement", "    sinon:\n      - commande: oui", 1)
    (found,) = errors(write_folder(tmp_path / "dla", {**GOOD, RULES: text}))
    assert "une autre règle" in found.help


@pytest.mark.parametrize(
    ("file", "wrong", "told"),
    [
        (QUESTIONS, f"{SHORT}\n    anciennement: rien", "n’est pas une réponse, mais une clé"),
        (QUESTIONS, "    aucune_envie:\n      libelle: Rien\n      anciennement: [un mot]", "n’est pas bien formé"),
        (QUESTIONS, "    aucune_envie:\n      anciennement: [rien]", "il manque « libelle »"),
        (VIGILANCE, "    une:\n      libelle: Une\n      anciennement: [premiere]", "clé inconnue « anciennement »"),
    ],
)
def test_a_former_name_that_would_not_be_understood_is_told(file: str, wrong: str, told: str, tmp_path: Path) -> None:
    files = {**GOOD, VIGILANCE: GOOD[VIGILANCE] + MORE}
    old = SHORT if file == QUESTIONS else "    une: Une"
    folder = write_folder(tmp_path / "dla", {**files, file: files[file].replace(old, wrong)})
    assert [told in one.message for one in errors(folder)] == [True], render(errors(folder))


WRONG = ("un_mot", "12", "[un_mot, autre]", "[{a: b}]", "[[un_mot]]", "{un_mot: autre}", "{un_mot}")
RIGHT = {
    ("reponses", "clairement", "un_mot"),
    ("reponses", "clairement", "12"),
    ("du_tableau", "reponses", "clairement", "12"),
}
"""What is right though the folder has it otherwise."""
WHOLE = """\
    clairement:
      libelle: Oui, clairement
      anciennement: [tres]
  anciennement: [desir]
  murit: [aucune_envie, clairement]
  dans_les_papiers: but
  phrases:
    clairement: beaucoup
  du_tableau:
    compte:
      forme: une
    reponses:
      aucune_envie: 0
      clairement:
        au_moins: 3
"""
MORE = """
- colonne: forme
  titre: La forme
  type: choix
  reponses:
    une: Une
    deux: Deux
- colonne: departement
  titre: Le département
  type: texte
  valeurs:
    "29": Le Finistère
  codes_postaux:
    "29": "29"
- deroulement: soir
  titre: Un soir
  minutes: 10
  temps:
    - moment: accueil
      titre: Accueil
      minutes: 10
      que_faire: Accueillir.
"""
EITHER = {"aide", "definition", "signes", "que_faire", "parce_que", "avant", "aujourd_hui", "risque", "parade"}
"""Keys that a text or a list of texts may follow."""


def test_a_former_answer_is_told_wherever_its_question_still_has_it(tmp_path: Path) -> None:
    old = WHOLE.replace(", clairement]", ", tres]").replace("    clairement: beaucoup", "    tres: beaucoup")
    old = old.replace("      clairement:\n        au", "      tres:\n        au")
    text = GOOD[QUESTIONS].replace("    clairement: Oui, clairement\n", old)
    folder = write_folder(tmp_path, {**GOOD, QUESTIONS: text, VIGILANCE: GOOD[VIGILANCE] + MORE})
    assert [one.help for one in errors(folder)] == ["« tres » s’appelle maintenant « clairement »"] * 3


def test_an_effect_without_its_dash_is_told_alone(tmp_path: Path) -> None:
    text = GOOD[RULES].replace("    - constat: groupe_mur", "    constat: groupe_mur")
    assert len(errors(write_folder(tmp_path, {**GOOD, RULES: text}))) == 1


def test_braces_around_what_a_column_counts_are_told(tmp_path: Path) -> None:
    text = GOOD[QUESTIONS].replace("    clairement: Oui, clairement\n", WHOLE.replace("forme: une", "forme: {une}"))
    folder = write_folder(tmp_path, {**GOOD, QUESTIONS: text, VIGILANCE: GOOD[VIGILANCE] + MORE})
    assert [one.help for one in errors(folder)] == ["écrivez forme: [une]"]


def values(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar, Node]]:
    """Each key of a file with what stands under it."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield (*path, key.text), key, value
            yield from values(value, (*path, key.text))
    for item in node.items if isinstance(node, Sequence) else ():
        yield from values(item, path)


def taken_in_silence(folder: Path, most: int) -> set[tuple[str, ...]]:
    """What keys take without a word that is not of their form, of so many tries."""
    files = {
        **GOOD,
        QUESTIONS: GOOD[QUESTIONS].replace("    clairement: Oui, clairement\n", WHOLE),
        VIGILANCE: GOOD[VIGILANCE] + MORE,
    }
    write_folder(folder, files)
    assert errors(folder) == []
    tries: dict[tuple[object, ...], tuple[str, str]] = {}
    for file, text in files.items():
        root, _ = parse(text, file)
        lines = text.split("\n")
        for path, key, value in values(root) if root else ():
            before, after = lines[: key.place.line - 1], lines[max(key.place.line, value.end[0]) :]
            for wrong in WRONG:
                form = Mapping if wrong[0] == "{" else Sequence if wrong[0] == "[" else Scalar
                if not isinstance(value, form) and not (path[-1] in EITHER and wrong == WRONG[2]):
                    line = f"{key.place.excerpt[: key.place.column - 1]}{quoted(key.text)}: {wrong}"
                    tries.setdefault((*path, type(value), wrong), (file, "\n".join([*before, line, *after])))
    silent: set[tuple[str, ...]] = set()
    for told, (file, bad) in random.Random("forms").sample(sorted(tries.items(), key=str), min(most, len(tries))):
        (folder / file).write_text(bad, encoding="utf-8")
        silent |= set() if errors(folder) else {tuple(map(str, (*told[:-2], told[-1])))}
        (folder / file).write_text(files[file], encoding="utf-8")
    return silent - RIGHT


def test_no_key_takes_in_silence_what_it_cannot_hold(tmp_path: Path) -> None:
    assert taken_in_silence(tmp_path, 20) == set()


@pytest.mark.lent
def test_no_key_at_all_takes_in_silence_what_it_cannot_hold(tmp_path: Path) -> None:
    assert taken_in_silence(tmp_path, 10_000) == set()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("> 12", "au_moins: 13"),
        ("plus de 12", "au_moins: 13"),
        ("≥ 12", "au_moins: 12"),
        ("12 ou plus", "au_moins: 12"),
        ("< 12", "au_plus: 11"),
        ("moins de 12", "au_plus: 11"),
        ("jusqu’à 12", "au_plus: 12"),
        ("=12", "entre: [12, 12]"),
        ("de 3 à 12", "entre: [3, 12]"),
        ("12 structures", ""),
        ("plus", ""),
    ],
)
def test_a_comparison_is_known_however_it_is_said(said: str, written: str) -> None:
    assert comparison(said) == written
