"""A dossier's text made into a ``Dossier``, with every mistake reported at once."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.answertext import answer_value, former_names
from conseil_dla.coherence import offending
from conseil_dla.counting import known_answers
from conseil_dla.diagnostics import Diagnostic, Place, Severity
from conseil_dla.dossiers.expectations import read_expectations
from conseil_dla.dossiers.journal import KEY as JOURNAL
from conseil_dla.dossiers.journal import read_journal
from conseil_dla.dossiers.migration import brought, current, version_written
from conseil_dla.dossiers.opinion import read_opinion
from conseil_dla.dossiers.structures import KEY, read_structures
from conseil_dla.model import Answers, Base, Dossier, Value
from conseil_dla.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.truth import incoherences, questions_read
from conseil_dla.words import NO, YES, did_you_mean
from conseil_dla.yamltext import parse

RESPONDENTS = "repondants"
WORKSHOP = "atelier"
"""``oui`` on a scenario made to be played with a room."""


def read_dossier(text: str, path: str, base: Base) -> tuple[Dossier | None, list[Diagnostic]]:
    """The dossier, or None with findings when something in it cannot be used. Unknown top-level keys are left alone.

    A former format is brought to the present one first: places are those of the text so brought.
    """
    root, found = parse(brought(text), path)
    if any(finding.is_error for finding in found):
        return None, found
    if not isinstance(root, Mapping):
        place = root.place if root else Place(path)
        message = "ce fichier n’est pas un dossier : il devrait contenir « titre » et « reponses »"
        return None, [*found, _error("DLA301", place, message, "commencez par « titre: … », puis « reponses: »")]
    if newer := _newer(root):
        return None, [*found, *newer]
    found += _version(root)
    answers, declined, places, mistakes = _answers(root, base)
    found += mistakes
    expected, mistakes = read_expectations(root.get("attendu"), base)
    found += mistakes
    opinion, misread = read_opinion(root.get("avis"), base)
    found += misread
    structures, mistaken = read_structures(root.get(KEY), base)
    found += mistaken
    journal, unread = read_journal(root.get(JOURNAL), base)
    found += unread
    respondents, misheard = _respondents(root.get(RESPONDENTS), base)
    found += misheard
    found += _for_workshops(root.get(WORKSHOP))
    dossier = Dossier(
        path=path,
        title=root.text("titre"),
        answers=answers,
        declined=declined,
        demand=root.text("demande_dans_leurs_mots"),
        heard=root.text("ce_que_vous_entendez"),
        notes=_notes(root.get("notes")),
        structures=structures,
        opinion=opinion,
        profile=root.text("profil"),
        sources=_sources(root.get("source")),
        expected=expected,
        experience=root.text("experience"),
        for_workshops=root.text(WORKSHOP).strip() == YES,
        journal=journal,
        respondents=respondents,
        remarks=tuple(found),
    )
    if not any(finding.is_error for finding in found):
        known = known_answers(base.logic, dossier)
        table = root.key(KEY) or root
        found += _incoherent(base, known, {**dict.fromkeys(known, table.place), **places}, root.place)
    return (None if any(finding.is_error for finding in found) else dossier), found


def _newer(root: Mapping) -> list[Diagnostic]:
    """A finding when a later program wrote this: whatever else seems wrong in it may be right there."""
    written = version_written(root)
    if written is None or written <= current():
        return []
    node = root.get("version") or root
    message = f"ce dossier a été écrit par une version plus récente du programme (version {written})"
    help = "mettez le programme à jour pour l’ouvrir ; ne changez pas ce chiffre, des réponses seraient mal lues"
    return [_error("DLA302", node.place, message, help)]


def _version(root: Mapping) -> list[Diagnostic]:
    node = root.get("version")
    if node is None or (isinstance(node, Scalar) and node.text.strip() == str(current())):
        return []
    message = "ce dossier est d’une version que ce programme ne connaît pas"
    return [_error("DLA302", node.place, message, f"écrivez « version: {current()} »")]


def _answers(root: Mapping, base: Base) -> tuple[dict[str, Value], frozenset[str], dict[str, Place], list[Diagnostic]]:
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
        return answers, frozenset(), places, [_error("DLA301", node.place, message, help)]
    questions = base.logic.questions
    former, former_answers = former_names(base.texts.values())
    for key, value in node.entries:
        id = key.text if key.text in questions else former.get(key.text)
        if id is None:
            wordings = {q: base.entry("question", q).texts["libelle"] for q in questions}
            help = did_you_mean(key.text, questions, wordings)
            found.append(_error("DLA303", key.place, f"question inconnue « {key.text} »", help))
            continue
        if id in places:
            message = f"deux réponses à la question « {id} »"
            found.append(_error("DLA304", key.place, message, "gardez-en une seule", places[id]))
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


def _respondents(node: Node | None, base: Base) -> tuple[dict[str, Answers], list[Diagnostic]]:
    """What each respondent answered alone; answers of one that exclude each other are for the comparison to say."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        return {}, []
    help = "écrivez un nom par personne, puis, en retrait, « reponses: » et ses réponses"
    if not isinstance(node, Mapping):
        return {}, [_error("DLA301", node.place, f"« {RESPONDENTS} » attend un nom par personne", help)]
    respondents: dict[str, Answers] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        if isinstance(value, Mapping):
            respondents[key.text.strip()], _, _, mistakes = _answers(value, base)
            found += mistakes
        else:
            found.append(_error("DLA301", value.place, f"« {key.text} » n’a pas de réponses", help))
    return respondents, found


def _for_workshops(node: Node | None) -> Iterable[Diagnostic]:
    """A finding on anything but a plain yes or no."""
    if node is not None and not (isinstance(node, Scalar) and node.text.strip() in ("", YES, NO)):
        help = "écrivez « atelier: oui » si ce scénario se joue avec une salle, sinon ôtez cette ligne"
        yield _error("DLA301", node.place, f"« {WORKSHOP} » attend oui ou non", help)


def _incoherent(base: Base, answers: Answers, places: dict[str, Place], root: Place) -> Iterable[Diagnostic]:
    broken = incoherences(base.logic, answers)
    if not broken and (together := offending(base.logic, answers)):
        culprits = sorted((places[q] for q in together), key=lambda p: (p.line, p.column))
        said = ", ".join(f"« {q} »" for q in together)
        message = f"ces réponses, prises ensemble, ne laissent aucune situation possible : {said}"
        help = "corrigez l’une d’elles, ou écrivez « inconnu »"
        yield _error("DLA308", culprits[0], message, help, culprits[1] if len(culprits) > 1 else None)
    for id in broken:
        rule = next(rule for rule in base.logic.incoherences if rule.id == id)
        named = [q for q in base.logic.questions if q in questions_read(rule.never) and q in answers]
        culprits = sorted((places[q] for q in named if q in places), key=lambda p: (p.line, p.column))
        entry = base.entry("coherence", id)
        said = " et ".join(f"« {q} »" for q in named)
        reason = entry.texts.get("parce_que", "")
        yield _error(
            "DLA305",
            culprits[0] if culprits else root,
            f"ces réponses ne peuvent pas aller ensemble : {said} ({entry.title})",
            f"{reason} Corrigez l’une des réponses, ou écrivez « inconnu ».".strip(),
            culprits[1] if len(culprits) > 1 else None,
        )


def _notes(node: Node | None) -> dict[str, str]:
    """Notes by question id; a single text is a note on the whole, under the empty key."""
    if isinstance(node, Scalar):
        return {"": node.text.strip()} if node.text.strip() else {}
    if isinstance(node, Mapping):
        return {key.text: value.text.strip() for key, value in node.entries if isinstance(value, Scalar)}
    return {}


def _sources(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Sequence):
        return tuple(item.text.strip() for item in node.items if isinstance(item, Scalar))
    return (node.text.strip(),) if isinstance(node, Scalar) and node.text.strip() else ()


def _error(code: str, place: Place, message: str, help: str = "", also: Place | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, place, message, help, also)
