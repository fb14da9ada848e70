"""What two writers made of one dossier, put together: only what each one changed counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from conseil_dla.rules.answertext import UNKNOWN
from conseil_dla.rules.model import Dossier, Opinion, Respondent
from conseil_dla.rules.paper_fields import PaperValue
from conseil_dla.rules.tables import Structure

Key = tuple[object, ...]
Flat = dict[Key, object]
"""Everything that a dossier writes, each thing under a key of its own; what is absent has none."""

ANSWERS, NOTES, OPINION, ROWS, JOURNAL, PAPER = "reponses", "notes", "avis", "structures", "journal", "papiers"
RESPONDENTS, ROLE, CONSENT = "repondants", "role", "accord"
TEXTS = ("title", "demand", "heard", "profile")


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides together."""

    dossier: Dossier
    clashes: frozenset[Key] = frozenset()
    """What both changed, each in its way: ours stands in ``dossier``."""


def flat(dossier: Dossier) -> Flat:
    """The dossier as keys and values; rows of the table go by their name, not by their number."""
    found: Flat = {(ANSWERS, id): value for id, value in dossier.answers.items()}
    found |= {(ANSWERS, id): UNKNOWN for id in dossier.declined}
    found |= {(NOTES, id): text.strip() for id, text in dossier.notes.items()}
    found |= {(OPINION, field.name): getattr(dossier.opinion, field.name).strip() for field in fields(Opinion)}
    found |= {(PAPER, id): _hashable(value) for id, value in dossier.paper.items()}
    found |= {(name,): getattr(dossier, name).strip() for name in TEXTS}
    found |= {(JOURNAL, one.day): one for one in dossier.journal}
    for name, one in dossier.everyone.items():
        found |= {(RESPONDENTS, name): True, (RESPONDENTS, name, ROLE): one.role}
        found |= {(RESPONDENTS, name, CONSENT): True} if one.consents else {}
        found |= {(RESPONDENTS, name, ANSWERS, id): value for id, value in one.answers.items()}
        found |= {(RESPONDENTS, name, ANSWERS, id): UNKNOWN for id in one.declined}
    for key, row in _rows(dossier).items():
        found |= {(ROWS, key, column): cell for column, cell in row.cells.items()}
        found[ROWS, key] = True
    return {key: value for key, value in found.items() if value != ""}


def merge(before: Dossier, ours: Dossier, theirs: Dossier, former: Mapping[Key, Sequence[object | None]]) -> Merged:
    """``theirs`` with what ``ours`` changed since ``before``.

    ``former`` holds, for each thing that this writer changed earlier, what it was before each change (None: absent).
    Finding one of those again means that the other never saw our last change and wrote over it, or brought an older
    file back: that is a clash too, not a wish.
    """
    was, mine, there = flat(before), flat(ours), flat(theirs)
    result = dict(there)
    clashes = set()
    for key in {*was, *mine, *former}:
        wanted, current = mine.get(key), there.get(key)
        is_undone = current in former.get(key, ()) and current != wanted
        if wanted == was.get(key) and not is_undone:
            continue
        if (is_undone and wanted == was.get(key)) or current not in (was.get(key), wanted):
            clashes.add(key)
        if wanted is None:
            result.pop(key, None)
        else:
            result[key] = wanted
    order = [*_rows(theirs)] if _rows(ours) == _rows(before) else [*_rows(ours), *_rows(theirs)]
    return Merged(_dossier(result, ours, theirs, list(dict.fromkeys(order))), frozenset(clashes))


def _rows(dossier: Dossier) -> dict[tuple[str, int], Structure]:
    """Rows by name, and by rank among those of the same name."""
    rows: dict[tuple[str, int], Structure] = {}
    for row in dossier.structures:
        rank = sum(1 for name, _ in rows if name == row.name.strip())
        rows[row.name.strip(), rank] = row
    return rows


def _dossier(found: Flat, ours: Dossier, theirs: Dossier, order: list[tuple[str, int]]) -> Dossier:
    """The dossier that such keys and values make; what is never written stays as the file has it."""
    under: dict[object, dict[object, object]] = {}
    for key, value in found.items():
        if len(key) > 1:
            under.setdefault(key[0], {})[key[1]] = value
    answers = under.get(ANSWERS, {})
    rows = [
        Structure(key[0], {k[2]: cell for k, cell in found.items() if len(k) == 3 and k[:2] == (ROWS, key)})  # type: ignore[misc]
        for key in order
        if (ROWS, key) in found
    ]
    return replace(
        theirs,
        path=ours.path,
        answers={id: value for id, value in answers.items() if value != UNKNOWN},  # type: ignore[misc]
        declined=frozenset(id for id, value in answers.items() if value == UNKNOWN),  # type: ignore[misc]
        notes=under.get(NOTES, {}),  # type: ignore[arg-type]
        opinion=Opinion(**under.get(OPINION, {})),  # type: ignore[arg-type]
        paper={str(id): _paper_value(value) for id, value in under.get(PAPER, {}).items()},
        structures=tuple(rows),
        everyone=_respondents(found, [*theirs.everyone, *ours.everyone]),
        journal=tuple(one for _, one in sorted(under.get(JOURNAL, {}).items())),  # type: ignore[misc]
        **{name: found.get((name,), "") for name in TEXTS},  # type: ignore[arg-type]
    )


def _respondents(found: Flat, names: list[str]) -> dict[str, Respondent]:
    """Who is still there; of who withdrew here, what was answered elsewhere meanwhile is not lost."""
    made = {}
    for name in dict.fromkeys(names):
        its = {key[2:]: value for key, value in found.items() if key[:2] == (RESPONDENTS, name)}
        given: dict[str, object] = {str(key[1]): value for key, value in its.items() if key[:1] == (ANSWERS,)}
        if () in its or given:
            made[name] = Respondent(
                name,
                {id: value for id, value in given.items() if value != UNKNOWN},  # type: ignore[misc]
                frozenset(id for id, value in given.items() if value == UNKNOWN),
                str(its.get((ROLE,), "")),
                () in its and (CONSENT,) in its,
            )
    return made


def _hashable(value: PaperValue) -> object:
    """What is kept for papers, rows as pairs."""
    return (
        value if isinstance(value, str) else tuple(v if isinstance(v, str) else tuple(sorted(v.items())) for v in value)
    )


def _paper_value(value: object) -> PaperValue:
    """The same back."""
    if isinstance(value, tuple):
        return tuple(v if isinstance(v, str) else dict(v) for v in value)  # type: ignore[return-value]
    return str(value)
