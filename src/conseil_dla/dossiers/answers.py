"""``reponses`` in a dossier's file: the answers, what is not known yet, and every mistake."""

from __future__ import annotations

from conseil_dla.dossiers.table_names import ASIDE, nameless
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.nodes import Mapping, Scalar
from conseil_dla.ground.words import did_you_mean, fold
from conseil_dla.rules.answertext import answer_value, former_names
from conseil_dla.rules.model import Base, Value

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
        return answers, frozenset(), places, [_error("DLA301", node.place, message, help)]
    questions = base.logic.questions
    former, former_answers = former_names(base.texts.values())
    for key, value in node.entries:
        id = key.text if key.text in questions else former.get(key.text)
        if id is None:
            found.append(_error("DLA303", key.place, f"question inconnue « {key.text} »", _meant(key.text, base)))
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


def _error(code: str, place: Place, message: str, help: str = "", also: Place | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, place, message, help, also)
