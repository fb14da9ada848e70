"""From the roots of files to a base, every mistake of every file noted on the way."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace

from conseil_dla.ground.diagnostics import Diagnostic, Place
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean
from conseil_dla.rules.loading.checking import (
    FREE_TEXTS,
    as_keys,
    back_in,
    fits,
    refuse_english_yes_no,
    refuse_swallowed_keys,
)
from conseil_dla.rules.loading.entries import read_entry
from conseil_dla.rules.loading.knowledge import (
    check_quadrants,
    read_collected,
    read_factor,
    read_format,
    read_months,
    read_plans,
    read_posture,
    read_tension,
)
from conseil_dla.rules.loading.ledger import CLAIM, NOUNS, Item, Ledger
from conseil_dla.rules.loading.meaning import (
    check_asked_if,
    check_axes,
    check_findings,
    check_presence,
    remark_double_points,
    remark_unused,
    with_strata,
)
from conseil_dla.rules.loading.paper_fields import read_fields
from conseil_dla.rules.loading.questions import ID_HELP, check_id, read_asked_if, read_question
from conseil_dla.rules.loading.rules import read_incoherence, read_rule
from conseil_dla.rules.loading.shapes import ITEMS
from conseil_dla.rules.loading.tallies import read_column, read_tally
from conseil_dla.rules.model import COLLECTED, Base, Entry, Logic

_NAMED = re.compile(r"\b([a-z]+)(?=\s*:\s*[\"']?([A-Za-z0-9_]+))")


def note_ghosts(ledger: Ledger, text: str) -> None:
    """Remember what a text that cannot be read seems to define: using it elsewhere is no mistake."""
    for kind, id in _NAMED.findall(text):
        if kind in NOUNS:
            ledger.ghosts.setdefault(kind, set()).add(id)


def collect(ledger: Ledger, root: Node | None) -> None:
    """Put the items of one file in the ledger, their shape checked."""
    if root is None or (isinstance(root, Scalar) and not root.text.strip()):
        return
    if not isinstance(root, Sequence):
        help = "commencez chaque élément par un tiret : - regle: son_nom"
        if isinstance(root, Mapping) and root.entries and root.entries[0][0].text in ITEMS:
            first = root.entries[0][0].place
            others = "" if first.column == 3 else ", et toutes les autres lignes de deux espaces plus à droite"
            help = f"écrivez « - {first.excerpt.strip()} », le tiret tout à gauche{others}"
        ledger.error("DLA115", root, "ce fichier doit être une liste", help)
        return
    whole: list[Node] = []
    for node in root.items:
        if whole and (joined := _joined(ledger, whole[-1], node)) is not None:
            whole[-1] = joined
        else:
            whole.append(node)
    for node in whole:
        _collect_item(ledger, node)


def _joined(ledger: Ledger, above: Node, node: Node) -> Mapping | None:
    """An item with what a dash too far left has cut from it, which is noted; None for two items."""
    if not (isinstance(above, Mapping) and isinstance(node, Mapping) and above.entries and node.entries):
        return None
    (kind, _), (cut, _), (last, value) = above.entries[0], node.entries[0], _innermost(above)
    fields = ITEMS[kind.text].model_fields if kind.text in ITEMS else {}
    lacks = any(field.is_required() and above.key(name) is None for name, field in fields.items())
    if not fields or (cut.text in ITEMS and (not lacks or any(key.text == "titre" for key, _ in node.entries))):
        return None
    message = f"« {cut.text} » n’est pas ici une sorte d’élément, mais une suite de l’élément du dessus"
    if cut.text in fields and cut.text != kind.text and above.key(cut.text) is None:
        text = cut.place.excerpt[cut.place.column - 1 :].strip()
        help = f"écrivez « {text} », sans tiret, à {kind.place.column - 1} espaces du bord gauche"
        ledger.error("DLA101", cut, message, help)
        return replace(above, entries=above.entries + node.entries)
    empty = isinstance(value, Scalar) and value.plain and not value.text
    if not empty and not (isinstance(value, Sequence) and not value.flow):
        return None
    start = value.items[0].place.column - 3 if isinstance(value, Sequence) and value.items else last.place.column + 1
    ledger.error("DLA101", cut, message, f"mettez cette ligne à {start} espaces du bord gauche")
    back = [entry for entry in node.entries[1:] if entry[0].text in fields and above.key(entry[0].text) is None]
    mine = replace(node, entries=tuple(entry for entry in node.entries if entry not in back))
    items = (*(value.items if isinstance(value, Sequence) else ()), mine)
    whole = _put(above, last, Sequence(items, value.place))
    return replace(whole, entries=(*whole.entries, *back))


def _innermost(node: Mapping) -> tuple[Scalar, Node]:
    """The last entry of the last thing that a set of keys holds, where what comes next would go."""
    last, value = node.entries[-1]
    inside = value.items[-1] if isinstance(value, Sequence) and value.items else value
    below = _innermost(inside) if isinstance(inside, Mapping) and inside.entries and not inside.flow else (last, value)
    open = isinstance(below[1], Sequence) or (isinstance(below[1], Scalar) and below[1].plain and not below[1].text)
    return below if open and not getattr(below[1], "flow", False) else (last, value)


def _put(node: Mapping, key: Scalar, value: Node) -> Mapping:
    """The same with another value for that entry of ``_innermost``."""
    last, old = node.entries[-1]
    inside = old.items[-1] if isinstance(old, Sequence) and old.items else old
    if last is not key and isinstance(inside, Mapping):
        new = _put(inside, key, value)
        value = replace(old, items=(*old.items[:-1], new)) if isinstance(old, Sequence) else new
    return replace(node, entries=(*node.entries[:-1], (last, value)))


def _collect_item(ledger: Ledger, node: Node) -> None:
    if not isinstance(node, Mapping) or not node.entries:
        help = as_keys(node) or "écrivez après le tiret ce que c’est, puis son nom : - regle: son_nom"
        ledger.error("DLA115", node, "cet élément n’est pas lisible", help)
        return
    first, named = node.entries[0]
    kind = first.text.strip()
    if kind not in ITEMS:
        known = next((key.text for key, _ in node.entries if key.text in ITEMS), None)
        near = did_you_mean(kind, ITEMS) or f"sortes connues : {', '.join(sorted(ITEMS))}"
        help = f"mettez « {known} » en premier" if known else near
        ledger.error("DLA101", first, f"« {kind} » n’est pas une sorte d’élément", help)
        return
    if not isinstance(named, Scalar):
        ledger.error("DLA115", named, f"{NOUNS[kind]} : un nom est attendu", ID_HELP)
        return
    id = named.text.strip()
    node = back_in(node, ITEMS[kind], ledger)
    _check_item_id(ledger, kind, named)
    labels = node.get("reponses")
    answers = {key.text for key, _ in labels.entries} if isinstance(labels, Mapping) else set()
    refuse_english_yes_no(node, ledger, FREE_TEXTS | answers)
    item = Item(kind, id, node, named.place)
    lost = refuse_swallowed_keys(node, tuple(ITEMS[kind].model_fields), ledger, item.subject)
    well_shaped = fits(ITEMS[kind], node, ledger, item.subject, named, lost)
    first_item = ledger.items[kind].get(id)
    if first_item is not None:
        message = f"{item.subject} existe déjà"
        ledger.error("DLA108", named, message, "donnez un autre nom à l’une des deux", first_item.place)
        return
    if id:
        ledger.items[kind][id] = Item(kind, id, node, named.place, well_shaped)


def _check_item_id(ledger: Ledger, kind: str, named: Scalar) -> None:
    id = named.text.strip()
    if kind != "affirmation":
        if id:
            check_id(named, NOUNS[kind], ledger)
        else:
            ledger.error("DLA105", named, f"{NOUNS[kind]} n’a pas de nom", ID_HELP)
    elif not CLAIM.fullmatch(id):
        help = "écrivez une lettre de A à H, ou S, puis un ou deux chiffres : E8"
        ledger.error("DLA106", named, f"l’affirmation « {id} » : ce nom n’est pas bien formé", help)


def build(ledger: Ledger, folder: Place, *, complete: bool, flawless: bool) -> Base | None:
    """The base, or None when there is any error in what was read.

    ``complete`` is False when a file could not be read at all: what it would have held is not said to be missing.
    ``flawless`` is False when any passage could not be read: what seems unused may be used there.
    """
    for item in ledger.of("question"):
        read_question(item, ledger)
    for item in ledger.of("colonne"):
        read_column(item, ledger)
    for item in ledger.of("question"):
        read_asked_if(item, ledger)
        read_tally(item, ledger)
    logic = _logic(ledger)
    for item in ledger.of("rappel"):
        read_months(item, ledger)
    plans = read_plans(ledger)
    ledger.fields = read_fields(ledger)
    texts = {(item.kind, item.id): read_entry(item, ledger) for item in _all(ledger)}
    if complete:
        check_presence(ledger, folder)
        check_findings(ledger, logic.rules)
    check_asked_if(ledger)
    check_axes(ledger, logic.rules)
    remark_double_points(ledger, logic.rules)
    if ledger.has_errors:
        return None
    if flawless:
        remark_unused(ledger, logic.questions)
    return Base(logic, texts, digest(texts.values()), folder.file, plans, ledger.fields)


def _all(ledger: Ledger) -> Iterable[Item]:
    return (item for kind in ITEMS for item in ledger.of(kind))


def _logic(ledger: Ledger) -> Logic:
    """What decides. Only to be used when no error was noted."""
    rules = [rule for item in ledger.of("regle") if (rule := read_rule(item, ledger)) is not None]
    incoherences = [one for item in ledger.of("coherence") if (one := read_incoherence(item, ledger)) is not None]
    postures = {
        item.id: posture for item in ledger.of("posture") if (posture := read_posture(item, ledger)) is not None
    }
    factors = {item.id: factor for item in ledger.of("facteur") if (factor := read_factor(item, ledger)) is not None}
    tensions = [pair for item in ledger.of("tension") if (pair := read_tension(item, ledger)) is not None]
    drawn = {kind: {item.id: read_collected(item, ledger) for item in ledger.of(kind)} for kind in COLLECTED}
    check_quadrants(ledger, postures)
    return Logic(
        questions=dict(ledger.questions),
        rules=with_strata(rules),
        incoherences=tuple(incoherences),
        axes=tuple(ledger.items["axe"]),
        formats={item.id: read_format(item, ledger) for item in ledger.of("format")},
        postures=postures,
        drawn=drawn,
        factors=factors,
        tensions=tuple(tensions),
        columns=dict(ledger.columns),
    )


def without_echoes(written: Iterable[Diagnostic], read: Iterable[Diagnostic]) -> list[Diagnostic]:
    """All findings, less those about meaning on a line whose very writing is wrong: they only echo it."""
    written = list(written)
    lines = {(one.place.file, one.place.line) for one in written if one.is_error}
    return [*written, *(one for one in read if (one.place.file, one.place.line) not in lines)]


_LENGTH = 12


def digest(entries: Iterable[Entry]) -> str:
    """12 hexadecimal digits of SHA-256 over every item, sorted by kind and id, keys sorted, texts stripped."""
    content = [(entry.kind, entry.id, entry.written) for entry in sorted(entries, key=lambda e: (e.kind, e.id))]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
