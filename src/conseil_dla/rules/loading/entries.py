"""Entries: the words of items, apart from what decides."""

from __future__ import annotations

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import YES
from conseil_dla.rules.loading.knowledge import MOST_CLAIMS, check_status, pole_nodes, read_apart, read_source
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.rules import read_examples
from conseil_dla.rules.loading.shapes import ITEMS
from conseil_dla.rules.model import Entry
from conseil_dla.rules.observations import read_observation

_ELSEWHERE = frozenset({"titre", "statut", "auteur", "a_relire", "interne"})
"""Keys that have a field of their own, beside the first one."""
_NOT_TEXTS = frozenset(
    {
        "source",
        "reponses",
        "bornes",
        "ordinaires",
        "alors",
        "exemples",
        "poles",
        "axes",
        "pour_formats",
        "du_tableau",
        "murit",
        "temps",
        "ne_va_pas_avec",
        "colonnes",
        "propositions",
    }
)


def read_entry(item: Item, ledger: Ledger) -> Entry:
    """The words of an item, its sources checked."""
    node = item.node
    source = node.get("source")
    sources = read_source(source, ledger, item.subject, MOST_CLAIMS if item.kind == "regle" else None)
    observation = read_observation(source)
    check_status(source, node.get("statut"), ledger, item.subject)
    return Entry(
        kind=item.kind,
        id=item.id,
        title=node.text("titre"),
        place=item.place,
        texts=_texts(item),
        labels=_labels(item, ledger),
        sources=sources,
        observation=observation,
        status=node.text("statut", "reseau" if observation else "note"),
        author=node.text("auteur"),
        review_on=node.text("a_relire"),
        internal=node.text("interne") == YES,
        examples=read_examples(item, ledger) if item.kind == "regle" else (),
        apart=read_apart(item, ledger),
        pole_titles=tuple(pole.text("titre") for pole in pole_nodes(item)),
        pole_sources=tuple(_ids(pole.get("source")) for pole in pole_nodes(item)),
        pole_observations=tuple(read_observation(pole.get("source")) for pole in pole_nodes(item)),
        written={key.text.strip(): _written(value) for key, value in node.entries},
    )


def _written(node: Node) -> object:
    """What a node says, whatever its place: texts stripped, lists and mappings."""
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Sequence):
        return [_written(item) for item in node.items]
    return {key.text.strip(): _written(value) for key, value in node.entries}


def _labels(item: Item, ledger: Ledger) -> dict[str, str]:
    """Wordings of answers, of questions and columns; titles of columns, of a field of papers."""
    known = {"question": ledger.labels, "colonne": ledger.column_labels}.get(item.kind, {})
    if item.kind == "rubrique" and item.id in ledger.fields:
        return {column.id: column.title for column in ledger.fields[item.id].columns}
    return known.get(item.id, {})


def _texts(item: Item) -> dict[str, str]:
    """Free texts by key; a list of texts has one a line.

    ``anciennement.<answer>`` holds former ids of an answer; ``phrases.<answer>``, how a paper that goes out says it.
    """
    texts: dict[str, str] = {}
    for key, value in item.node.entries[1:]:
        if key.text in _ELSEWHERE or key.text in _NOT_TEXTS or key.text not in ITEMS[item.kind].model_fields:
            continue
        if isinstance(value, Scalar):
            texts[key.text] = value.text.strip()
        elif isinstance(value, Sequence) and all(isinstance(one, Scalar) for one in value.items):
            texts[key.text] = "\n".join(_ids(value, keep_order=True))
    said = item.node.get("phrases")
    for key, value in said.entries if isinstance(said, Mapping) else ():
        if isinstance(value, Scalar):
            texts[f"phrases.{key.text.strip()}"] = value.text.strip()
    answers = item.node.get("reponses")
    for key, value in answers.entries if isinstance(answers, Mapping) and item.kind == "question" else ():
        if isinstance(value, Mapping):
            texts[f"anciennement.{key.text}"] = "\n".join(_ids(value.get("anciennement"), keep_order=True))
    return texts


def _ids(node: Node | None, *, keep_order: bool = False) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else ()
    texts = [item.text.strip() for item in items if isinstance(item, Scalar)]
    return tuple(texts if keep_order else sorted(texts))
