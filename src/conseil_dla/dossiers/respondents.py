"""What a dossier's file holds of answers: ``reponses``, and ``repondants``, who answers alone and whether it shows.

Every mistake is told, and nothing of who has not agreed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from collections.abc import Mapping as Keyed
from dataclasses import replace

from conseil_dla.dossiers.table_cells import ASIDE, nameless
from conseil_dla.ground.diagnostics import Diagnostic, Place, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar
from conseil_dla.ground.words import NO, YES, did_you_mean, fold, nearest
from conseil_dla.rules.answertext import answer_value, former_names
from conseil_dla.rules.model import ROLES, Base, Respondent, Value

PARTS = ("titre", "notes", "avis", "attendu", "structures", "repondants", "journal", "experience", "source")
"""Keys of a dossier that may have slid under its answers."""
RENAMED = (
    "corrigez ce nom ou retirez la ligne ; si vos règles ont renommé la question, "
    "elles gardent l’ancien nom sous « anciennement »"
)
Read = tuple[dict[str, Value], frozenset[str], dict[str, Place], list[Diagnostic]]
"""Known answers, questions answered « inconnu », where each answer stands, mistakes."""


def read_answers(root: Mapping, base: Base) -> Read:
    """What stands under ``reponses`` of a dossier, or of one of its respondents."""
    answers: dict[str, Value] = {}
    declined: set[str] = set()
    places: dict[str, Place] = {}
    found: list[Diagnostic] = []
    node = root.get("reponses")
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return answers, frozenset(), places, found
    if not isinstance(node, Mapping):
        message = "« reponses » attend une ligne par question"
        help = "écrivez, décalé de deux espaces, « question: réponse »"
        return answers, frozenset(), places, [mistake("DLA301", node.place, message, help)]
    questions = base.logic.questions
    former, former_answers = former_names(base.texts.values())
    for key, value in node.entries:
        id = key.text if key.text in questions else former.get(key.text)
        if id is None:
            found.append(mistake("DLA303", key.place, f"question inconnue « {key.text} »", _meant(key.text, base)))
            continue
        if id in places:
            message = f"deux réponses à la question « {id} »"
            found.append(mistake("DLA304", key.place, message, "gardez-en une seule", places[id]))
            continue
        places[id] = value.place
        labels = base.entry("question", id).labels
        answer, mistakes = answer_value(questions[id], value, labels, former_answers.get(id))
        found += mistakes
        if answer is not None:
            answers[id] = answer
        elif not mistakes:
            declined.add(id)
    return answers, frozenset(declined), places, found


def _meant(name: str, base: Base) -> str:
    """What to do about a name that is no question."""
    if name in PARTS:
        return f"« {name} » s’écrit tout à gauche, hors de « reponses »"
    if column := nameless(name):
        return f"donnez un titre à la colonne {column}, ou un titre qui commence par {ASIDE} pour la laisser de côté"
    questions = base.logic.questions
    by_title = next((id for id in questions if fold(base.title("question", id)) == fold(name)), None)
    if by_title is not None:
        return f"écrivez le nom court de cette question : {by_title}"
    wordings = {id: base.entry("question", id).texts["libelle"] for id in questions}
    return did_you_mean(name, questions, wordings) or RENAMED


KEY = "repondants"
ANSWERS, NOTES, ROLE, CONSENT = "reponses", "notes", "role", "accord"
KEYS = (ROLE, CONSENT, ANSWERS, NOTES)
"""Keys under a name. ``notes`` are free texts: they stay in the file, and nothing reads them."""
WORDS: Keyed[str, tuple[str, ...]] = {ROLE: ROLES, CONSENT: (YES, NO)}
"""The words that a key takes."""
WITHHELD = "quelque chose ne va pas ici, dans ce que répond une personne qui n’a pas donné son accord"
WITHHELD_HELP = "rien de cette personne n’est montré : ouvrez le fichier à cette ligne"
COVER = "(ligne non montrée)"
LAST_LINE = 1 << 16
ONLY_CONSENT = re.compile(r"\s*accord: *\S+\s*")
HELP = "écrivez un nom par personne, puis, en retrait, « reponses: » et ses réponses"


def read_respondents(node: Node | None, base: Base) -> tuple[dict[str, Respondent], list[Diagnostic]]:
    """Who answers alone, by name; answers of one that exclude each other are for the comparison to say."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return {}, []
    if not isinstance(node, Mapping):
        return {}, [mistake("DLA301", node.place, f"« {KEY} » attend un nom par personne", HELP)]
    respondents: dict[str, Respondent] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        if not key.text.strip():
            found.append(mistake("DLA312", key.place, "il manque le nom de cette personne", HELP))
        elif isinstance(value, Mapping):
            answers, declined, _, mistakes = read_answers(value, base)
            mistakes += _misread(value, base.logic.questions)
            found += mistakes if _consents(value) else map(_told_by_place, mistakes)
            found += [*_misspelt(value), *_unclear(value.get(CONSENT), CONSENT)]
            respondents[key.text] = Respondent(key.text, answers, declined, value.text(ROLE), _consents(value))
        else:
            found.append(_told_by_place(mistake("DLA301", value.place, "", HELP)))
    return respondents, found


def discreet(found: Iterable[Diagnostic], root: Node | None) -> list[Diagnostic]:
    """The same findings, no line shown that tells something of somebody who has not agreed."""
    closed = _closed(root)
    return [one if one.place.line not in closed else replace(one, place=_covered(one.place)) for one in found]


def withheld(found: Iterable[Diagnostic], root: Node | None, text: str) -> list[Diagnostic]:
    """What parsing found: of those lines, where something is wrong alone. Parsing quotes whatever it reads.

    In a text of which nothing can be parsed, nobody has agreed to anything.
    """
    closed = _closed(root) if isinstance(root, Mapping) else _under_the_key(text)
    return [_told_by_place(one) if one.place.line in closed else one for one in found]


def _closed(root: Node | None) -> set[int]:
    """Numbers of the lines that hold something of who has not agreed: to the next name, whatever stands between."""
    node = root.get(KEY) if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or not isinstance(node, Mapping):
        return set()
    names = [name.place.line for name, _ in node.entries]
    after = [key.place.line for key, _ in root.entries if key.place.line > max(names, default=0)]
    ends = [*names[1:], min(after, default=LAST_LINE)]
    lines: set[int] = set()
    for line, end, (_, one) in zip(names, ends, node.entries, strict=True):
        if not _consents(one):
            lines.update(range(line, max(end, line + 1)))
    return lines


def _under_the_key(text: str) -> set[int]:
    """From ``repondants`` to the next line that is not indented."""
    lines, inside = set(), False
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1].strip():
            inside = line.startswith(KEY)
        if inside:
            lines.add(number)
    return lines


def _consents(one: Node) -> bool:
    return isinstance(one, Mapping) and one.text(CONSENT) == YES


def _told_by_place(one: Diagnostic) -> Diagnostic:
    return replace(one, message=WITHHELD, help=WITHHELD_HELP, place=_covered(one.place), also=None, witness="")


def _covered(place: Place) -> Place:
    """The place without its line, unless that is a plain word of consent."""
    if not place.excerpt or ONLY_CONSENT.fullmatch(place.excerpt):
        return place
    return replace(place, length=len(COVER), excerpt=" " * (place.column - 1) + COVER)


def _misread(one: Mapping, ids: Container[str]) -> list[Diagnostic]:
    """What is wrong in the keys beside the answers and the agreement; ``ids`` are those of the questions."""
    found = _unclear(one.get(ROLE), ROLE)
    for key, _ in one.entries:
        if key.text not in KEYS and nearest(key.text, KEYS) is None:
            under = f"mettez-la sous « {ANSWERS}: », décalée de deux espaces de plus"
            found.append(_unknown(key, under if key.text in ids else did_you_mean(key.text, KEYS)))
    return found


def _misspelt(one: Mapping) -> list[Diagnostic]:
    """Our own words with a letter amiss, « accord » first among them: told whoever it is."""
    near = [key for key, _ in one.entries if key.text not in KEYS and nearest(key.text, KEYS) is not None]
    return [_unknown(key, did_you_mean(key.text, KEYS)) for key in near]


def _unknown(key: Scalar, help: str) -> Diagnostic:
    return mistake("DLA312", key.place, f"rubrique inconnue « {key.text} » pour une personne qui répond", help)


def _unclear(node: Node | None, key: str) -> list[Diagnostic]:
    """A finding on a word that a key does not take."""
    text = node.text.strip() if isinstance(node, Scalar) else None
    if node is None or key not in WORDS or text in ("", *WORDS[key]):
        return []
    near = did_you_mean(text, WORDS[key]) if text else ""
    help = near or f"les mots possibles : {', '.join(WORDS[key])}"
    told = f"« {key} » ne peut pas être « {text} »" if text else f"« {key} » attend un seul mot"
    return [mistake("DLA312", node.place, told, help)]
