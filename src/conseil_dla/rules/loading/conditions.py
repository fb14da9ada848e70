"""Conditions: nodes to ``rules.model.Condition``, with every trap of the grammar caught at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import compared, comparison, did_you_mean, fold, renamed
from conseil_dla.rules.answertext import number_mistake, whole_number, yes_no_mistake
from conseil_dla.rules.loading.checking import as_keys, as_list, fits
from conseil_dla.rules.loading.ledger import NOUNS, Ledger
from conseil_dla.rules.loading.part_shapes import CountShape
from conseil_dla.rules.model import AllOf, AnyOf, AtLeast, Condition, Found, Is, NoneOf, Question, Ticks, Within

LISTS = ("toutes", "une_de", "aucune")
COMPARISONS = ("au_moins", "au_plus", "entre")
RESERVED = frozenset({*LISTS, *COMPARISONS, "constat", "n", "parmi", "inconnu", "sans_objet"})
"""Words of conditions: never the id of a question or of an answer."""
_MEANT = (
    (("ou", "ou_bien", "soit", "or"), "pour l’une ou l’autre, écrivez une_de:"),
    (("et", "et_aussi", "and", "tout"), "pour toutes à la fois, écrivez toutes:"),
    (("sauf", "pas", "non", "ni", "sans", "sauf_si", "not"), "pour ce qui ne doit pas être, écrivez aucune:"),
    (("sinon", "autrement", "else"), "pour l’autre cas, faites une autre règle, et dans sa condition écrivez aucune:"),
)
"""Words by which one says how conditions go together, and how conditions write it."""
Entries = tuple[tuple[Scalar, Node], ...]
_UNDER_QUESTION = "écrivez-le sous le nom de la question"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the conditions of one item. ``findings`` tells whether ``constat`` may be read there, and why not.

    Where the condition does not ``decide`` anything, a question that it reads may still be one that no condition reads.
    """

    ledger: Ledger
    subject: str
    findings: bool = True
    decide: bool = True

    def read(self, node: Node | None) -> Condition | None:
        """The condition, or None when it is absent or holds a mistake (noted)."""
        if node is None:
            return None
        if isinstance(node, Scalar):
            if not node.text.strip():
                self.ledger.error("DLA105", node, "la condition est vide", "écrivez une question, puis sa réponse")
            else:
                text = node.text.strip()
                id, sign, _ = text.partition(next((one for one in "<>≥≤" if one in text), "="))
                help = compared(id.strip(), node.place.column - 1, text[len(id) :]) if sign else ""
                help = (
                    help or as_keys(node) or "une condition est une question suivie d’un deux-points et de la réponse"
                )
                self.ledger.error("DLA115", node, f"« {node.text.strip()} » n’est pas une condition", help)
            return None
        if isinstance(node, Sequence):
            return _together(self._parts(node))
        if not node.entries:
            self.ledger.error("DLA122", node, "la condition est vide", "écrivez au moins une question et sa réponse")
            return None
        read = [self._entry(key, value) for key, value in self._but_left(node.entries)]
        return _together(read) if len(read) == len(node.entries) else None

    def _but_left(self, entries: Entries) -> Entries:
        """Entries, less a question and the comparison under it that stands at its indent: noted."""
        pairs = pairwise(entries)
        for (key, value), (word, limit) in pairs:
            bare = isinstance(value, Scalar) and not value.text and self.ledger.is_known("question", key.text)
            if bare and word.text in COMPARISONS and not isinstance(limit, Mapping):
                help = f"mettez cette ligne à {key.place.column + 1} espaces du bord gauche"
                told = f"« {word.text} » est au même retrait que sa question, « {key.text} »"
                self.ledger.error("DLA123", word, told, help)
                return tuple(one for one in entries if one[0] not in (key, word))
        return entries

    def _parts(self, node: Node) -> list[Condition | None]:
        """Conditions of a list; a list of one None when it is no list or is empty."""
        if not isinstance(node, Sequence):
            help = "écrivez chaque condition à la ligne, après un tiret"
            self.ledger.error("DLA115", node, "une liste de conditions est attendue", help)
            return [None]
        if not node.items:
            self.ledger.error("DLA122", node, "la liste de conditions est vide", "donnez au moins une condition")
            return [None]
        return [self.read(item) for item in node.items]

    def _entry(self, key: Scalar, value: Node) -> Condition | None:
        word = key.text.strip()
        if word == "constat":
            return self._found(key, value)
        if word in LISTS:
            parts = self._parts(value)
            whole = [part for part in parts if part is not None]
            if len(whole) < len(parts):
                return None
            if word == "aucune":
                return NoneOf(tuple(whole))
            if len(whole) == 1:
                return whole[0]
            return AllOf(tuple(whole)) if word == "toutes" else AnyOf(tuple(whole))
        if word == "au_moins" and isinstance(value, Mapping):
            return self._count(value)
        if word in COMPARISONS:
            shape = "n: et parmi: sont attendus ici" if word == "au_moins" else "une comparaison porte sur une question"
            self.ledger.error("DLA123", key, f"« {word} » seul dans une condition : {shape}", _UNDER_QUESTION)
            return None
        return self._question(key, value)

    def _found(self, key: Scalar, value: Node) -> Condition | None:
        if not self.findings:
            help = "écrivez directement les questions et leurs réponses"
            self.ledger.error("DLA128", key, f"{self.subject} ne peut pas lire un constat ici", help)
            return None
        if not isinstance(value, Scalar) or not value.text.strip():
            help = "pour plusieurs constats, écrivez une_de: ou toutes:, puis un tiret et constat: par ligne"
            self.ledger.error("DLA115", value, "un seul constat est attendu", help)
            return None
        self.ledger.read.setdefault(value.text.strip(), []).append(value)
        return Found(value.text.strip())

    def _count(self, node: Mapping) -> Condition | None:
        among = node.get("parmi")
        parts = [self.read(item) for item in among.items] if isinstance(among, Sequence) else []
        if not fits(CountShape, node, self.ledger, "« au_moins »"):
            return None
        wanted = node.get("n")
        if not isinstance(wanted, Scalar):
            return None
        count = whole_number(wanted.text)
        if count is None:
            self.ledger.found.append(number_mistake(wanted, wanted.text.strip()))
            return None
        if not 1 <= count <= len(parts):
            help = f"choisissez un nombre de 1 à {len(parts)}"
            self.ledger.error("DLA124", wanted, f"« n » vaut {count} pour {counted(len(parts), 'condition')}", help)
            return None
        whole = tuple(part for part in parts if part is not None)
        return AtLeast(count, whole) if len(whole) == len(parts) else None

    # --- atoms ------------------------------------------------------------------------------------------------------

    def _question(self, key: Scalar, value: Node) -> Condition | None:
        id = key.text.strip()
        if not self.ledger.is_known("question", id):
            if yes_no_mistake(key) is None:
                self.ledger.error("DLA110", key, f"la question « {id} » n’existe pas", self._unknown_help(id))
            return None
        if self.decide:
            self.ledger.questions_read.add(id)
        question = self.ledger.questions.get(id)
        if question is None:
            return None
        if question.type == "nombre":
            return self._number(question, key, value)
        if isinstance(value, Mapping):
            names = as_list(value)
            help = f"écrivez {id}: {names}" if names else "écrivez la réponse voulue, ou une liste de réponses"
            message = f"la question « {id} » ne se compare pas : ce n’est pas un nombre"
            self.ledger.error("DLA125", value, message, help)
            return None
        answers = self._answers(question, value)
        if answers is None:
            return None
        return Ticks(id, answers) if question.type == "plusieurs" else Is(id, answers)

    def _unknown_help(self, id: str) -> str:
        if id in NOUNS and id != "question":
            return "une condition lit des réponses et des constats, jamais ce que le programme conclut"
        titles = {item.id: item.node.text("titre") for item in self.ledger.of("question")}
        if said := renamed(id, self.ledger.former_questions):
            return said
        if said := next((said for words, said in _MEANT if fold(id) in words), ""):
            return f"{said}, puis à la ligne un tiret et une condition par ligne"
        return did_you_mean(id, {*titles, *LISTS, "constat", "au_moins"}, titles)

    def _answers(self, question: Question, value: Node) -> frozenset[str] | None:
        nodes = value.items if isinstance(value, Sequence) else (value,)
        if not nodes:
            self.ledger.error("DLA122", value, "la liste de réponses est vide", "donnez au moins une réponse")
            return None
        answers = set()
        for node in nodes:
            if not isinstance(node, Scalar):
                self.ledger.error("DLA115", node, "une réponse est attendue", "écrivez le nom d’une réponse")
            elif not node.text.strip():
                help = "écrivez le nom d’une réponse après le deux-points"
                self.ledger.error("DLA105", node, f"il manque la réponse à la question « {question.id} »", help)
            elif node.text.strip() in question.answers:
                answers.add(node.text.strip())
            elif yes_no_mistake(node) is None:
                self.ledger.unknown_answer(node, question, several=True)
        return frozenset(answers) if len(answers) > 0 and all(isinstance(n, Scalar) for n in nodes) else None

    def _number(self, question: Question, key: Scalar, value: Node) -> Condition | None:
        if not isinstance(value, Mapping):
            help = "écrivez dessous au_moins: 3, au_plus: 10 ou entre: [3, 10]"
            text = _written(value) if isinstance(value, Scalar) else ""
            if value.place.line > key.place.line and as_keys(value):
                help = as_keys(value)
            elif isinstance(value, Sequence):
                help = f"écrivez dessous {_between(value) or 'entre: [3, 10]'}"
            elif text == "inconnu":
                help = "une règle ne lit jamais une absence de réponse"
            elif whole_number(text) is not None:
                only = f"pour {text} tout juste, entre: [{text}, {text}]"
                help = f"écrivez dessous au_moins: {text}, au_plus: {text} ou, {only}"
            else:
                help = compared(question.id, key.place.column - 1, text) or help
            self.ledger.error("DLA125", value, f"la question « {question.id} » attend une comparaison", help)
            return None
        limits = read_range(value, self.ledger)
        if limits is None:
            return None
        low, high = limits
        least, most = question.bounds or (0, 0)
        never = (low is not None and low > most) or (high is not None and high < least)
        always = (low is None or low <= least) and (high is None or high >= most)
        has_condition = self.ledger.items["question"][question.id].node.get("posee_si") is not None
        if never or (always and not has_condition):
            says = "n’est jamais vraie" if never else "est toujours vraie"
            message = f"cette comparaison {says} : la réponse va de {least} à {most}"
            self.ledger.error("DLA127", value, message, "corrigez le nombre, ou les bornes de la question")
            return None
        return Within(question.id, low, high)


def _between(pair: Sequence) -> str:
    """A pair of numbers that lacks its word: « [3, 10] »."""
    numbers = [whole_number(one.text) if isinstance(one, Scalar) else None for one in pair.items]
    return f"entre: [{numbers[0]}, {numbers[1]}]" if len(numbers) == 2 and None not in numbers else ""


def _together(parts: list[Condition | None]) -> Condition | None:
    whole = tuple(part for part in parts if part is not None)
    if len(whole) < len(parts):
        return None
    return whole[0] if len(whole) == 1 else AllOf(whole)


def read_range(node: Mapping, ledger: Ledger) -> tuple[int | None, int | None] | None:
    """Lower and upper limits of ``au_moins``, ``au_plus`` or ``entre``; None when there is a mistake."""
    if not node.entries:
        ledger.error("DLA122", node, "la comparaison est vide", "écrivez au_moins:, au_plus: ou entre:")
        return None
    names = [key.text for key, _ in node.entries]
    for key, _ in node.entries:
        if key.text not in COMPARISONS:
            message = f"« {key.text} » n’est pas une comparaison"
            how = comparison(f"{key.text} {node.text(key.text)}")
            help = f"écrivez « {how} »" if how else did_you_mean(key.text, COMPARISONS)
            ledger.error("DLA125", key, message, help)
            return None
    if "entre" in names and len(names) > 1:
        ledger.error("DLA126", node, "« entre » s’emploie seul", "gardez entre, ou bien au_moins et au_plus")
        return None
    between = node.get("entre")
    if between is not None:
        return read_pair(between, ledger, "« entre »", "DLA126")
    numbers = {key.text: _whole(value, ledger) for key, value in node.entries}
    if None in numbers.values():
        return None
    low, high = numbers.get("au_moins"), numbers.get("au_plus")
    if low is not None and high is not None and low > high:
        ledger.error("DLA126", node, f"« au_moins » ({low}) dépasse « au_plus » ({high})", "échangez les deux nombres")
        return None
    return low, high


def read_pair(node: Node, ledger: Ledger, subject: str, code: str) -> tuple[int, int] | None:
    """Two whole numbers in order, such as ``[3, 10]``; None when there is a mistake."""
    if not isinstance(node, Sequence) or len(node.items) != 2:
        given = re.findall(r"(?<!\d)-?\d+", node.text) if isinstance(node, Scalar) else []
        pair = sorted(map(int, given)) if len(given) == 2 else [3, 10]
        ledger.error(code, node, f"{subject} attend deux nombres", f"écrivez le plus petit puis le plus grand : {pair}")
        return None
    low, high = (_whole(item, ledger) for item in node.items)
    if low is None or high is None:
        return None
    if low > high:
        ledger.error(code, node, f"{subject} : {low} dépasse {high}", f"écrivez [{high}, {low}]")
        return None
    return low, high


def _whole(node: Node, ledger: Ledger) -> int | None:
    if not isinstance(node, Scalar):
        ledger.error("DLA115", node, "un nombre entier est attendu ici", "écrivez-le en chiffres, sans liste ni clé")
        return None
    number = whole_number(node.text)
    if number is None and yes_no_mistake(node) is None:
        ledger.found.append(number_mistake(node, _written(node)))
    return number


def _written(node: Scalar) -> str:
    """The text, or what stands there instead: « >4 », which announces a text and has none."""
    return node.text.strip() or node.place.excerpt[node.place.column - 1 :].strip()
