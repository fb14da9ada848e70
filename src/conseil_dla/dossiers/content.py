"""A dossier's text made into a ``Dossier``, with every mistake reported at once.

A key of the author's own, at the left edge, is kept and left alone. One that is nearly a key of ours, or that is the
name of a question, is a slip: read as nothing, it would take answers away without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conseil_dla.dossiers.expectations import read_expectations
from conseil_dla.dossiers.journal import KEY as JOURNAL
from conseil_dla.dossiers.journal import read_journal
from conseil_dla.dossiers.migration import brought, current, version_written
from conseil_dla.dossiers.opinion import read_opinion
from conseil_dla.dossiers.paper_values import KEY as PAPER
from conseil_dla.dossiers.paper_values import read_paper
from conseil_dla.dossiers.respondents import KEY as RESPONDENTS
from conseil_dla.dossiers.respondents import discreet, read_answers, read_respondents, withheld
from conseil_dla.dossiers.structures import KEY as STRUCTURES
from conseil_dla.dossiers.structures import read_structures
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import NO, YES, fold, nearest, slip_of
from conseil_dla.ground.yamltext import parse
from conseil_dla.rules.answertext import former_names
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.model import Answers, Base, Dossier
from conseil_dla.rules.observations import misreported, read_observation
from conseil_dla.rules.truth import incoherences, questions_read

TEXTS = ("titre", "demande_dans_leurs_mots", "ce_que_vous_entendez", "profil", "experience")
"""Keys that hold one text. What has another shape is refused, under any key: a reading that passed over it would have
the next writing take it away."""
NO_DOSSIER = "ce fichier n’est pas un dossier : il devrait contenir « titre » et « reponses »"


def read_dossier(text: str, path: str, base: Base) -> tuple[Dossier | None, list[Diagnostic]]:
    """The dossier, or None with findings when something in it cannot be used. Keys of the author's own are left alone.

    A key that is known holds what it is made for, or the file is refused: nothing is passed over in silence.

    A former format is brought to the present one first: places are those of the text so brought.
    """
    root, found = parse(brought(text), path)
    found = withheld(found, root, text)
    if any(finding.is_error for finding in found):
        return None, found
    return understand(root, found, path, base)


def understand(
    root: Node | None, found: list[Diagnostic], path: str, base: Base
) -> tuple[Dossier | None, list[Diagnostic]]:
    """The same from nodes, whatever text they come from. ``found`` is what reading that text remarked."""
    if not isinstance(root, Mapping) or not is_dossier(root, base):
        place = root.place if root else Place(path)
        return None, [*found, mistake("DLA301", place, NO_DOSSIER, "commencez par « titre: … », puis « reponses: »")]
    if newer := _newer(root):
        return None, [*found, *newer]
    found += [*_version(root), *misread_keys(root, base), *misread_notes(root.get("notes"), base)]
    answers, declined, places, mistakes = read_answers(root, base)
    found += mistakes
    expected, mistakes = read_expectations(root.get("attendu"), base)
    found += mistakes
    opinion, misread = read_opinion(root.get("avis"), base)
    found += misread
    paper, unusable = read_paper(root.get(PAPER), base)
    found += unusable
    structures, mistaken = read_structures(root.get(STRUCTURES), base)
    found += mistaken
    journal, unread = read_journal(root.get(JOURNAL), base)
    found += unread
    everyone, misheard = read_respondents(root.get(RESPONDENTS), base)
    found += [*misheard, *_for_workshops(root.get(WORKSHOP)), *_misshapen(root)]
    found = discreet(found, root)
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
        paper=paper,
        profile=root.text("profil"),
        sources=_sources(root.get("source")),
        observation=read_observation(root.get("source")),
        expected=expected,
        experience=root.text("experience"),
        for_workshops=root.text(WORKSHOP).strip() == YES,
        journal=journal,
        everyone=everyone,
        remarks=tuple(found),
    )
    if not any(finding.is_error for finding in found):
        known = known_answers(base.logic, dossier)
        table = root.key(STRUCTURES) or root
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
    return [mistake("DLA302", node.place, message, help)]


def _version(root: Mapping) -> list[Diagnostic]:
    node = root.get("version")
    if node is None or (isinstance(node, Scalar) and node.text.strip() == str(current())):
        return []
    message = "ce dossier est d’une version que ce programme ne connaît pas"
    return [mistake("DLA302", node.place, message, f"écrivez « version: {current()} »")]


def _for_workshops(node: Node | None) -> Iterable[Diagnostic]:
    """A finding on anything but a plain yes or no."""
    if node is not None and not (isinstance(node, Scalar) and node.text.strip() in ("", YES, NO)):
        help = "écrivez « atelier: oui » si ce scénario se joue avec une salle, sinon ôtez cette ligne"
        yield mistake("DLA301", node.place, f"« {WORKSHOP} » attend oui ou non", help)


def _incoherent(base: Base, answers: Answers, places: dict[str, Place], root: Place) -> Iterable[Diagnostic]:
    broken = incoherences(base.logic, answers)
    if not broken and (together := offending(base.logic, answers)):
        culprits = sorted((places[q] for q in together), key=lambda p: (p.line, p.column))
        said = ", ".join(f"« {q} »" for q in together)
        message = f"ces réponses, prises ensemble, ne laissent aucune situation possible : {said}"
        help = "corrigez l’une d’elles, ou écrivez « inconnu »"
        yield mistake("DLA308", culprits[0], message, help, culprits[1] if len(culprits) > 1 else None)
    for id in broken:
        rule = next(rule for rule in base.logic.incoherences if rule.id == id)
        named = [q for q in base.logic.questions if q in questions_read(rule.never) and q in answers]
        culprits = sorted((places[q] for q in named if q in places), key=lambda p: (p.line, p.column))
        entry = base.entry("coherence", id)
        said = " et ".join(f"« {q} »" for q in named)
        reason = entry.texts.get("parce_que", "")
        yield mistake(
            "DLA305",
            culprits[0] if culprits else root,
            f"ces réponses ne peuvent pas aller ensemble : {said} ({entry.title})",
            f"{reason} Corrigez l’une des réponses, ou écrivez « inconnu ».".strip(),
            culprits[1] if len(culprits) > 1 else None,
        )


def _misshapen(root: Mapping) -> Iterable[Diagnostic]:
    """A finding on every text that is something else."""
    for name in TEXTS:
        yield from _no_text(root.get(name), name, "écrivez-le sur la même ligne, ou en retrait après « >- »")
    notes = root.get("notes")
    if isinstance(notes, Sequence):
        help = "écrivez, décalé de deux espaces, « question: votre note »"
        yield mistake("DLA301", notes.place, "« notes » attend une ligne par question", help)
    for key, value in notes.entries if isinstance(notes, Mapping) else ():
        help = "écrivez-la sur la même ligne ; pour plusieurs lignes, écrivez « | » puis le texte en retrait"
        yield from _no_text(value, f"notes, {key.text}", help)
    source = root.get("source")
    if isinstance(source, Mapping):
        if (found := misreported(source)) is not None:
            node, message, help = found
            yield mistake("DLA301", node.place, message, help)
        return
    for item in source.items if isinstance(source, Sequence) else () if source is None else (source,):
        yield from _no_text(item, "source", "écrivez un texte, ou une liste de textes")


def _no_text(node: Node | None, name: str, help: str) -> Iterable[Diagnostic]:
    if node is not None and not isinstance(node, Scalar):
        found = "une liste" if isinstance(node, Sequence) else "des rubriques"
        yield mistake("DLA301", node.place, f"« {name} » attend un texte, et contient {found}", help)


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


ANSWERS = "reponses"
WORKSHOP = "atelier"
"""``oui`` on a scenario made to be played with a room."""
KEYS = (
    *("version", "titre", "demande_dans_leurs_mots", "ce_que_vous_entendez", "profil", ANSWERS, "notes", "avis"),
    *(STRUCTURES, PAPER, RESPONDENTS, JOURNAL, "source", "experience", "attendu", WORKSHOP),
)
"""Every key that is read; a dossier has at least one."""
SURE = 6
"""Letters from which a key that nearly is the name of a question can be nothing else."""


def is_dossier(root: Mapping, base: Base) -> bool:
    """False when nothing in it is known, or nearly: a page of the web, another program's file."""
    return any(key.text in KEYS for key, _ in root.entries) or any(misread_keys(root, base))


def misread_keys(root: Mapping, base: Base) -> Iterator[Diagnostic]:
    """A finding on each key that is nearly one of ours, or a question out of its place."""
    unknown = [key for key, _ in root.entries if key.text not in KEYS]
    if not unknown:
        return
    names = {fold(id): id for id in (*former_names(base.texts.values())[0], *base.logic.questions)}
    for key in unknown:
        if (near := slip_of(key.text, KEYS)) is not None:
            yield misspelt(key, near)
        elif question := names.get(fold(key.text)) or (len(key.text) >= SURE and slip_of(key.text, names.values())):
            message = f"« {key.text} » est une question : hors de « {ANSWERS} », sa réponse ne serait pas lue"
            help = f"mettez-la sous « {ANSWERS}: », décalée de deux espaces : « {question}: … »"
            yield mistake("DLA316", key.place, message, help)


def misread_notes(notes: Node | None, base: Base) -> Iterator[Diagnostic]:
    """A remark on each note under a name that is that of no question: it stands in the file, unseen."""
    former = former_names(base.texts.values())[0]
    for key, _ in notes.entries if isinstance(notes, Mapping) else ():
        if key.text and key.text not in base.logic.questions and key.text not in former:
            near = nearest(key.text, base.logic.questions)
            message = f"« {key.text} » n’est pas une question : cette note reste dans le fichier, sans être montrée"
            help = f"vouliez-vous dire « {near} » ?" if near else "mettez-la sous le nom d’une question"
            yield Diagnostic("DLA317", Severity.WARNING, key.place, message, help)


def misspelt(key: Scalar, near: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    """The finding on a key that is nearly another one."""
    message = f"clé inconnue « {key.text} » : ce qui y est écrit n’est pas lu"
    return Diagnostic("DLA317", severity, key.place, message, f"vouliez-vous dire « {near} » ?")
