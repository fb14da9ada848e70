"""What is gathered while a folder is read: items by kind and id, what refers to what, and every mistake on the way.

The ledger lives only during one load; the base that comes out of it is frozen.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, mistake
from conseil_dla.ground.nodes import Mapping, Node, Scalar
from conseil_dla.ground.words import QUOTES, did_you_mean, renamed
from conseil_dla.rules.answertext import unknown_answer
from conseil_dla.rules.kinds import ALL
from conseil_dla.rules.model import PaperField, Question
from conseil_dla.rules.tables import Column

NOUNS = {
    "regle": "la règle",
    "coherence": "l’incohérence",
    "question": "la question",
    "motif": "le motif",
    **{kind.word: kind.the for kind in ALL},
    "mot": "le mot",
    "rappel": "le rappel",
    "deroulement": "le déroulement",
    "rubrique": "la rubrique",
    "affirmation": "l’affirmation",
    "colonne": "la colonne",
    "constat": "le constat",
}
"""Each kind with its article, for messages."""
RESTATE = "ajoutez-la aux connaissances, par un élément « - affirmation: {id} » avec son titre, ou citez-en une autre"
CLAIM = re.compile(r"[A-HS][0-9]{1,2}")
_CLAIM_LIKE = re.compile(r"\b([A-HSa-hs])[ -]?0*([0-9]{1,2})\b")
_UNKNOWN_CODES = {"question": "DLA110", "affirmation": "DLA112"}


def _claim_help(id: str, known: Container[str]) -> str:
    bare = id.strip(QUOTES)
    cited = claims_in(bare, known)
    if bare == "reseau":
        return "sans crochets : écrivez source:, en dessous reseau:, et sous celui-ci qui:, quand: et ou:"
    if bare in known:
        return f"écrivez {bare}, sans guillemets"
    return f"écrivez {', '.join(cited)}" if cited else RESTATE.format(id=id)


def claims_in(text: str, known: Container[str]) -> list[str]:
    """The claims that a text names, however it writes and parts them; none when it says anything else, or unknown."""
    parts = [(one[1].upper() + one[2]) for one in _CLAIM_LIKE.finditer(text)]
    rest = _CLAIM_LIKE.sub("", text).replace(" et ", "")
    return parts if not rest.strip(" ,;/+&[]()=.-" + QUOTES) and all(one in known for one in parts) else []


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a file: its kind, its id, where the id stands, and everything it holds."""

    kind: str
    id: str
    node: Mapping
    place: Place
    well_shaped: bool = True

    @property
    def subject(self) -> str:
        """How messages name it: « la règle « x » »."""
        return f"{NOUNS[self.kind]} « {self.id} »"


@dataclass(slots=True)
class Ledger:
    """The open book of one load."""

    found: list[Diagnostic] = field(default_factory=list)
    items: dict[str, dict[str, Item]] = field(default_factory=lambda: {kind: {} for kind in NOUNS})
    questions: dict[str, Question] = field(default_factory=dict)
    """Questions read without mistake; ``posee_si`` and ``a_poser_en_premier_si`` come last."""
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    """Columns read without mistake."""
    column_labels: dict[str, dict[str, str]] = field(default_factory=dict)
    fields: dict[str, PaperField] = field(default_factory=dict)
    """What may be written for papers."""
    ghosts: dict[str, set[str]] = field(default_factory=dict)
    """Ids seen by kind in passages that cannot be read: not said to be unknown."""
    former_questions: dict[str, str] = field(default_factory=dict)
    """Former question ids (``anciennement``) to today's."""
    former_answers: dict[str, dict[str, str]] = field(default_factory=dict)
    """By question, former answer ids to today's."""
    concluded: dict[str, list[Place]] = field(default_factory=dict)
    """Places where each finding is concluded."""
    read: dict[str, list[Scalar]] = field(default_factory=dict)
    """Places where each finding is read."""
    questions_read: set[str] = field(default_factory=set)
    drawn: set[tuple[str, str]] = field(default_factory=set)
    """Kind and id of what some rule draws."""

    @property
    def has_errors(self) -> bool:
        """True when the base cannot be built."""
        return any(diagnostic.is_error for diagnostic in self.found)

    def error(self, code: str, at: Node | Place, message: str, help: str = "", also: Place | None = None) -> None:
        """Note a mistake."""
        place = at if isinstance(at, Place) else at.place
        self.found.append(mistake(code, place, message, help, also))

    def warn(self, code: str, at: Node | Place, message: str, help: str = "") -> None:
        """Note something that does not prevent loading."""
        place = at if isinstance(at, Place) else at.place
        self.found.append(Diagnostic(code, Severity.WARNING, place, message, help))

    def of(self, kind: str) -> tuple[Item, ...]:
        """The items of a kind, in file order."""
        return tuple(self.items[kind].values())

    def is_known(self, kind: str, id: str) -> bool:
        """True when an item of this kind has this id, readable or not."""
        return id in self.items[kind] or id in self.ghosts.get(kind, ())

    def reference(self, kind: str, node: Node | None) -> str | None:
        """The id that a value names, checked; None, with a mistake noted, when there is no such item."""
        if not isinstance(node, Scalar):
            if node is not None:
                self.error("DLA115", node, f"un seul nom est attendu ici : {NOUNS[kind]}", "écrivez-le sans liste")
            return None
        id = node.text.strip()
        if self.is_known(kind, id):
            return id
        titles = {item.id: item.node.text("titre") for item in self.of(kind)}
        # Claims are numbers, all alike: a near one is no likelier than another, and would be a wrong source.
        help = _claim_help(id, titles) if kind == "affirmation" else did_you_mean(id, titles, titles)
        help = (renamed(id, self.former_questions) if kind == "question" else "") or help
        self.error(_UNKNOWN_CODES.get(kind, "DLA111"), node, f"{NOUNS[kind]} « {id} » n’existe pas", help)
        return None

    def unknown_answer(self, node: Scalar, question: Question, *, several: bool = False) -> None:
        """Note an answer that a question does not have; ``several`` tells that a list may stand there."""
        former = self.former_answers.get(question.id)
        self.found.append(unknown_answer(node, question, self.labels.get(question.id), former, several=several))

    def references(self, kind: str, node: Node | None) -> frozenset[str]:
        """The ids that a list names, each checked; the unknown ones are left out."""
        from_list = getattr(node, "items", ())
        return frozenset(id for item in from_list if (id := self.reference(kind, item)) is not None)
