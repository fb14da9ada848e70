"""What to write in a dossier's text so that it holds a dossier: what differs, and nothing else.

It goes by what the file holds, key by key. Whatever a reading refuses never comes here (``content``), and what it has
no word for stays: unknown keys, lines with nothing after them, comments.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Keyed

from conseil_dla.dossiers import journal, paper_values, respondents
from conseil_dla.dossiers import structures as table
from conseil_dla.dossiers.opinion import written
from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence, plain_data
from conseil_dla.ground.words import NO, YES
from conseil_dla.ground.yamltext import as_read, parse
from conseil_dla.rules.answertext import UNKNOWN, as_written
from conseil_dla.rules.model import Answers, Dossier, Respondent

Changes = dict[tuple[str | int, ...], object | None]
"""Values to set at paths of a file; None to remove."""


KEYS_THAT_GO = ("notes", "avis", paper_values.KEY, respondents.KEY)
"""Keys that a new dossier has not: written when there is something to say, gone with the last of it."""


def changes(text: str, dossier: Dossier, own: Collection[str] = ()) -> Changes:
    """What to set and remove in a text so that it holds this dossier; keys that are the author's ``own`` stay."""
    root, _ = parse(text, dossier.path)
    known = root if isinstance(root, Mapping) else None
    wanted = _answered(dossier.answers, dossier.declined)
    found = _differing(known, "reponses", wanted) | _rows_differing(known, table.written(dossier.structures))
    found |= _respondents_differing(known, dossier.everyone)
    whole = known.text("notes") if known else ""
    if whole and any(dossier.notes):
        found[("notes",)] = dict(dossier.notes)
    elif not whole:
        found |= _differing(known, "notes", dict(dossier.notes))
    found |= _differing(known, "avis", written(dossier.opinion))
    found |= _paper_differing(known, paper_values.written(dossier.paper))
    found |= _journal_differing(known, dossier)
    for key, text_now in (("titre", dossier.title), ("demande_dans_leurs_mots", dossier.demand),
                          ("ce_que_vous_entendez", dossier.heard), ("profil", dossier.profile)):  # fmt: skip
        if text_now != (known.text(key) if known else ""):
            found[(key,)] = text_now
    for key in (key for key in KEYS_THAT_GO if key not in own):
        found = _without_emptied(text, known, key, found)
    return found


def empty_keys(text: str) -> frozenset[str]:
    """Keys of a text under which its author has written nothing so far."""
    root, _ = parse(text, "")
    return (
        frozenset(key.text for key, node in root.entries if not plain_data(node))
        if isinstance(root, Mapping)
        else frozenset()
    )


def _without_emptied(text: str, root: Mapping | None, key: str, found: Changes) -> Changes:
    """The same, the key going whole where nothing would be left under it. A comment there is something."""
    node = root.get(key) if root else None
    head = root.key(key) if root else None
    under = {path for path in found if path[0] == key}
    if not (isinstance(node, Mapping) and node.entries and head) or under != {(key, id.text) for id, _ in node.entries}:
        return found
    lines = text.splitlines()[head.place.line - 1 : node.end[0]]
    if any(found[path] is not None for path in under) or any("#" in line for line in lines):
        return found
    return {path: value for path, value in found.items() if path not in under} | {(key,): None}


def _rows_differing(root: Mapping | None, wanted: list[dict[str, object]]) -> Changes:
    """Rows that came and went, the others being left with their comments; then cell by cell."""
    there = root.get(table.KEY) if root else None
    current = [item for item in there.items if isinstance(item, Mapping)] if isinstance(there, Sequence) else []
    rows = _same_rows(current, wanted)
    changes: Changes = {}
    if rows != current:
        changes[table.KEY,] = [plain_data(row) if row else cells for row, cells in zip(rows, wanted, strict=True)]
    for number, (row, cells) in enumerate(zip(rows, wanted, strict=True)):
        for key, value in cells.items() if row else ():
            if row and row.text(key) != str(value).strip():
                changes[table.KEY, number, key] = value
        for key in (key.text for key, _ in row.entries) if row else ():
            if row and key not in cells and row.text(key) not in ("", UNKNOWN):
                changes[table.KEY, number, key] = None
    return changes | ({(table.KEY,): None} if current and not wanted else {})


def _same_rows(current: list[Mapping], wanted: list[dict[str, object]]) -> list[Mapping | None]:
    """For each row wanted, the one of the file that it is, None for a new one."""
    if len(current) == len(wanted):
        return list(current)
    left = list(current)
    found: list[Mapping | None] = [None] * len(wanted)
    for names in (None, (table.NAME,)):
        for number, cells in enumerate(wanted):
            keys = cells.keys() if names is None else names
            if found[number] is None:
                told = {key: str(cells.get(key, "")).strip() for key in keys}
                same = next((row for row in left if all(row.text(key) == text for key, text in told.items())), None)
                found[number] = same
                left = [row for row in left if row is not same]
    return found


def _paper_differing(root: Mapping | None, wanted: Keyed[str, object]) -> Changes:
    """Field by field; a list or a table that changed is written again whole."""
    node = root.get(paper_values.KEY) if root else None
    entries = node.entries if isinstance(node, Mapping) else ()
    there = {key.text.strip(): _bare(plain_data(value)) for key, value in entries}
    changes: Changes = {
        (paper_values.KEY, id): value for id, value in wanted.items() if there.get(id) != _bare(as_read(value))
    }
    return changes | {(paper_values.KEY, id): None for id, told in there.items() if told and id not in wanted}


def _bare(value: object) -> object:
    """A value without spaces around its texts, nor what is empty."""
    if isinstance(value, dict):
        return {key: told for key, inner in value.items() if (told := _bare(inner))}
    if isinstance(value, list):
        return [told for inner in value if (told := _bare(inner))]
    return str(value).strip()


def _journal_differing(root: Mapping | None, dossier: Dossier) -> Changes:
    """What is new of the readings that this program dated, key by key where their day stands there already."""
    node = root.get(journal.KEY) if root else None
    there = node if isinstance(node, Mapping) else None
    changes: Changes = {}
    for one in (one for one in dossier.journal if one.fresh):
        entry = journal.written(one)
        known = there.get(one.day) if there else None
        if not isinstance(known, Mapping):
            changes[journal.KEY, one.day] = entry
            continue
        for key, value in entry.items():
            if isinstance(value, dict):
                within = _differing(known, key, value)
            else:
                within = {(key,): value} if _as_told(known.get(key)) != as_read(value) else {}
            changes |= {(journal.KEY, one.day, *path): changed for path, changed in within.items()}
    return changes


def _respondents_differing(root: Mapping | None, wanted: Keyed[str, Respondent]) -> Changes:
    """Line by line for who stands there already, notes and comments being left; who withdrew goes whole."""
    node = root.get(respondents.KEY) if root else None
    there = node if isinstance(node, Mapping) else None
    changes: Changes = {}
    for name, one in wanted.items():
        node = there.get(name) if there else None
        known = node if isinstance(node, Mapping) else None
        where = (respondents.KEY, name)
        if (known.text(respondents.ROLE) if known else "") != one.role:
            changes[*where, respondents.ROLE] = one.role or None
        if (known is not None and known.text(respondents.CONSENT) == YES) is not one.consents:
            changes[*where, respondents.CONSENT] = YES if one.consents else NO
        if known is None and not one.count:
            changes[*where, respondents.ANSWERS] = {}
        answers = _differing(known, respondents.ANSWERS, _answered(one.answers, one.declined))
        changes |= {(*where, *path): value for path, value in answers.items()}
    gone = [key.text for key, _ in there.entries if key.text not in wanted] if there else []
    return changes | {(respondents.KEY, name): None for name in gone}


def _answered(answers: Answers, declined: Collection[str]) -> dict[str, object]:
    known: dict[str, object] = {id: as_written(value) for id, value in answers.items()}
    return known | dict.fromkeys(declined, UNKNOWN)


def _differing(root: Mapping | None, key: str, wanted: Keyed[str, object]) -> Changes:
    """What is to be set and removed under a key; a line whose value is empty says nothing, and stays."""
    node = root.get(key) if root else None
    there = {id.text: _as_told(value) for id, value in node.entries} if isinstance(node, Mapping) else {}
    changes: Changes = {}
    for id, value in wanted.items():
        told = as_read(value)
        if id not in there or there[id] != (told.strip() if isinstance(told, str) else told):
            changes[key, id] = value
    return changes | {(key, id): None for id, told in there.items() if id not in wanted and told != ""}


def _as_told(node: Node | None) -> object:
    """A value as reading takes it: without the spaces around, ticked answers in any order."""
    if isinstance(node, Sequence):
        return sorted(str(_as_told(item)) for item in node.items)
    return node.text.strip() if isinstance(node, Scalar) else node
