"""The table of structures: its columns, and what a question counts in it (``du_tableau``)."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.answertext import LARGEST, whole_number
from conseil_dla.rules.counting import spellings_of
from conseil_dla.rules.loading.checking import as_list, fits
from conseil_dla.rules.loading.conditions import COMPARISONS, read_range
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.questions import read_labels
from conseil_dla.rules.loading.shapes import TallyShape
from conseil_dla.rules.model import Question
from conseil_dla.rules.tables import WORDS, CellType, Column, Share, Tally

ROWS = "lignes"
"""What ``compte`` says to count the rows themselves; never the id of a column."""
NAME = "nom"
"""The name of a structure: there without being declared, never the id of a column."""
NO_VALUE = "aucune"
"""What ``codes_postaux`` says of a beginning that is no value of the column."""
MOST_ROWS = 60
"""Counts up to this one are tried, to see that no two answers claim the same."""


def read_column(item: Item, ledger: Ledger) -> None:
    """Put a column and its wordings in the ledger, or note what is wrong with it."""
    before = len(ledger.found)
    kind = cast("CellType", item.node.text("type"))
    if item.id in (NAME, ROWS):
        message = f"« {item.id} » est déjà dans tout tableau : ce ne peut pas être une colonne"
        ledger.error("DLA107", item.place, message, "choisissez un autre nom")
    labels: dict[str, str] = {}
    if kind in ("choix", "oui_non"):
        labels = read_labels(item, kind, ledger)
    elif (node := item.node.get("reponses")) is not None:
        message = f"{item.subject} est de type {kind} : elle n’a pas de « reponses »"
        ledger.error("DLA118", item.node.key("reponses") or node, message, "retirez-les, ou changez le type pour choix")
    listed, postcodes = _listed(item, kind, ledger)
    if len(ledger.found) == before and item.well_shaped:
        spellings = {spelling: code for code in listed for spelling in spellings_of(code, listed[code])}
        ledger.columns[item.id] = Column(item.id, kind, tuple(labels), listed, spellings, postcodes)
        ledger.column_labels[item.id] = labels


def _listed(item: Item, kind: CellType, ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """The known values of a column, names by code, and their codes by how a postcode begins."""
    listed: dict[str, str] = {}
    spelt: dict[str, Scalar] = {}
    node = item.node.get("valeurs")
    for key, value in node.entries if isinstance(node, Mapping) else ():
        if not isinstance(value, Scalar):
            continue
        code, name = key.text.strip(), value.text.strip()
        for spelling in spellings_of(code, name):
            if (first := spelt.setdefault(spelling, key)) is not key:
                message = f"deux valeurs de {item.subject} s’écrivent pareil : « {first.text} » et « {code} »"
                ledger.error("DLA108", key, message, "un code, ou un nom, ne désigne qu’une valeur", first.place)
        listed[code] = name
    begun = {code: code for code in listed}
    given = item.node.get("codes_postaux")
    for key, value in given.entries if isinstance(given, Mapping) else ():
        code = value.text.strip() if isinstance(value, Scalar) else ""
        if code not in (*listed, NO_VALUE):
            help = f"écrivez l’un des codes de « valeurs », ou « {NO_VALUE} »"
            ledger.error("DLA102", value, f"valeur inconnue « {code} » dans les codes postaux de {item.subject}", help)
        begun[key.text.strip()] = "" if code == NO_VALUE else code
    if kind != "texte" and (node or given) is not None:
        message = f"{item.subject} est de type {kind} : elle n’a pas de « valeurs »"
        help = "retirez-les, ou changez le type pour texte"
        ledger.error("DLA118", item.node.key("valeurs") or item.node.key("codes_postaux") or item.node, message, help)
    return listed, dict(sorted(begun.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def read_tally(item: Item, ledger: Ledger) -> None:
    """Complete a question with its ``du_tableau``."""
    node, question = item.node.get("du_tableau"), ledger.questions.get(item.id)
    if node is None or question is None:
        return
    subject = f"« du_tableau » de {item.subject}"
    if not fits(TallyShape, node, ledger, subject) or not isinstance(node, Mapping):
        return
    counts = _counts(node, subject, ledger)
    shares = _shares(node, question, subject, ledger)
    if counts is not None and shares is not None:
        ledger.questions[item.id] = replace(question, tally=replace(counts, shares=shares))


def _counts(node: Mapping, subject: str, ledger: Ledger) -> Tally | None:
    """What is counted: rows, rows with some cell, or different cells."""
    rows, different = node.get("compte"), node.get("differents")
    if (rows is None) == (different is None):
        help = f"écrivez compte: {ROWS}, ou compte: et dessous une colonne, ou differents: et une colonne"
        ledger.error("DLA135", node, f"{subject} attend « compte » ou « differents », l’un des deux", help)
        return None
    if different is not None:
        id = ledger.reference("colonne", different)
        return Tally(id, distinct=True) if id is not None else None
    if isinstance(rows, Scalar) and rows.text.strip() == ROWS:
        return Tally()
    if not isinstance(rows, Mapping) or len(rows.entries) != 1:
        help = f"écrivez compte: {ROWS}, ou dessous une colonne et ce qui compte : forme_juridique: association"
        ledger.error("DLA135", rows or node, f"{subject} compte une seule chose", help)
        return None
    key, value = rows.entries[0]
    id = ledger.reference("colonne", key)
    column = ledger.columns.get(id) if id is not None else None
    return None if column is None else _cells(column, value, ledger)


def _cells(column: Column, value: Node, ledger: Ledger) -> Tally | None:
    """The cells of a column that count."""
    if column.type == "texte":
        help = f"écrivez differents: {column.id}, pour compter ses valeurs différentes"
        ledger.error("DLA135", value, f"la colonne « {column.id} » est un texte : on ne peut pas le comparer", help)
        return None
    if column.type == "nombre":
        if not isinstance(value, Mapping):
            help = "écrivez dessous au_moins: 1, au_plus: 10 ou entre: [1, 10]"
            ledger.error("DLA135", value, f"la colonne « {column.id} » attend une comparaison", help)
            return None
        limits = read_range(value, ledger)
        return None if limits is None else Tally(column.id, low=limits[0], high=limits[1])
    nodes = value.items if isinstance(value, Sequence) else (value,)
    if not nodes:
        ledger.error("DLA122", value, "la liste de réponses est vide", "donnez au moins une réponse")
        return None
    ids: set[str] = set()
    for node in nodes:
        said = node.text.strip() if isinstance(node, Scalar) else ""
        if not isinstance(node, Scalar):
            help = f"écrivez {column.id}: {as_list(node)}" if as_list(node) else "écrivez le nom d’une réponse"
            ledger.error("DLA115", node, f"une réponse à la colonne « {column.id} » est attendue", help)
        elif said not in column.answers:
            help = did_you_mean(said, column.answers, ledger.column_labels.get(column.id))
            ledger.error("DLA102", node, f"réponse inconnue « {said} » à la colonne « {column.id} »", help)
        ids.add(said)
    if not ids <= set(column.answers):
        return None
    return Tally(column.id, frozenset(ids))


def _shares(node: Mapping, question: Question, subject: str, ledger: Ledger) -> tuple[tuple[str, Share], ...] | None:
    """Which count gives which answer; empty for a number, whose answer is the count."""
    given = node.get("reponses")
    if question.type == "nombre" and given is None:
        return ()
    if question.type in ("nombre", "plusieurs") or not isinstance(given, Mapping):
        message, help = f"{subject} attend « reponses »", "écrivez dessous chaque réponse et la part qui la donne"
        if question.type == "nombre":
            message, help = f"{subject} n’a pas de « reponses » : le compte est la réponse", "retirez-les"
        elif question.type == "plusieurs":
            message = f"{subject} : une question à plusieurs réponses ne se compte pas"
            help = "retirez « du_tableau »"
        ledger.error("DLA135", given or node, message, help)
        return None
    shares: list[tuple[str, Share]] = []
    before = len(ledger.found)
    for key, value in given.entries:
        id = key.text.strip()
        if id not in question.answers:
            ledger.unknown_answer(key, question)
        elif (share := _share(value, ledger)) is not None:
            shares.append((id, share))
    _check_apart(shares, given, ledger)
    return tuple(shares) if len(ledger.found) == before else None


def _share(value: Node, ledger: Ledger) -> Share | None:
    if isinstance(value, Mapping):
        limits = read_range(value, ledger)
        return None if limits is None else Share(low=limits[0], high=limits[1])
    text = value.text.strip() if isinstance(value, Scalar) else ""
    number = whole_number(text)
    if number is not None and 0 <= number <= LARGEST:
        return Share(low=number, high=number)
    if text not in WORDS:
        help = did_you_mean(text, (*WORDS, *COMPARISONS)) or f"parts connues : {', '.join(WORDS)}, ou un nombre"
        ledger.error("DLA133", value, f"part inconnue « {text} »", help)
        return None
    return Share(text)


def _check_apart(shares: list[tuple[str, Share]], at: Mapping, ledger: Ledger) -> None:
    """No count may give two answers."""
    for total in range(1, MOST_ROWS + 1):
        for number in range(total + 1):
            held = [id for id, share in shares if share.holds(number, total)]
            if len(held) > 1:
                message = f"{number} sur {total} donnerait deux réponses : « {held[0]} » et « {held[1]} »"
                ledger.error("DLA134", at.key(held[1]) or at, message, "chaque compte ne donne qu’une réponse",
                             (at.key(held[0]) or at).place)  # fmt: skip
                return
