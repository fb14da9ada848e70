"""What was rewritten from one version of the rules to another: item by item, key by key, nothing left aside.

Each key bears on something (``rules.loading.bearings``): what may go out in a paper, what somebody is shown, what is
concluded, the words, the names. A key with its default value is a key that is not written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from conseil_dla.exact.renaming import Names, renamed, renamed_answers
from conseil_dla.ground.words import YES
from conseil_dla.reading.confidentiality import named_outside
from conseil_dla.reading.version_names import accepted, names_between
from conseil_dla.rules.loading.bearings import FILE_ORDER, ITEM_KEYS, PART_KEYS, Bearing, bearing, gravest
from conseil_dla.rules.loading.shapes import ITEMS
from conseil_dla.rules.model import Base, Entry, Logic

Change = Literal["ajoute", "retire", "sortie", "montre", "sens", "ecrit", "mots", "noms"]
"""New, gone, or what the gravest of its keys bears on; ``ecrit``: a condition written otherwise, that is proved to hold
of the same dossiers."""
Way = Literal["entre", "quitte", "change"]
"""What a key of ``sortie`` does: something may now go out, no longer does, or does so in other words."""
Value = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of an item that is not what it was."""

    key: str
    bearing: Bearing
    way: Way = "change"
    """Only for what may go out."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of the rules or the knowledge that is not what it was."""

    kind: str
    id: str
    how: Change
    former: str = ""
    """Its former name, where a question was renamed."""
    keys: tuple[KeyChange, ...] = ()
    """What differs in it, in the order of files; of an item that came or went, what it lets out."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What may be named in a paper that goes out in one version only, as kind and id."""

    enters: tuple[tuple[str, str], ...]
    leaves: tuple[tuple[str, str], ...]


def changed_items(before: Base, after: Base) -> tuple[ItemChange, ...]:
    """The items that are not what they were, without asking what their conditions come to."""
    names = names_between(before, after)
    return compare_items(before, after, names, renamed(before.logic, names))


def compare_items(before: Base, after: Base, names: Names, former: Logic) -> tuple[ItemChange, ...]:
    """The same, ``former`` being the older logic in the newer one's names."""
    return tuple(_Items(before, after, names, former).changes())


def moved_kinds(before: Base, after: Base, names: Names) -> tuple[str, ...]:
    """Kinds whose items are asked or shown in file order, where those of both versions are in another order."""

    def order(base: Base, kind: str, names: Names) -> list[str]:
        return [names.question(id) if kind == "question" else id for of, id in base.texts if of == kind]

    found = []
    for kind in FILE_ORDER:
        one, other = order(before, kind, names), order(after, kind, Names())
        if [id for id in one if id in other] != [id for id in other if id in one]:
            found.append(kind)
    return tuple(found)


def outside(before: Base, after: Base, names: Names) -> Outside:
    """What may be named outside in one version only."""
    was = [(kind, names.question(id) if kind == "question" else id) for kind, id in named_outside(before)]
    now = list(named_outside(after))
    return Outside(tuple(one for one in now if one not in was), tuple(one for one in was if one not in now))


def is_same_folder(one: Base, other: Base) -> bool:
    """Do two readings of a folder say the same in the same order? The digest alone knows of no order."""

    def order(base: Base) -> object:
        return [(*name, *entry.labels) for name, entry in base.texts.items()]

    return one.digest == other.digest and order(one) == order(other)


class _Items:
    def __init__(self, before: Base, after: Base, names: Names, former: Logic) -> None:
        self.before, self.after, self.names = before, after, names
        self.was, self.now = _decided(former), _decided(renamed(after.logic, Names()))
        self.accepted = accepted(before), accepted(after)

    def changes(self) -> Iterator[ItemChange]:
        """Those of today in their order, then those that are gone."""
        back = {new: old for old, new in self.names.questions.items()}
        for (kind, id), entry in self.after.texts.items():
            old = back.get(id, id) if kind == "question" else id
            was = self.before.texts.get((kind, old))
            if was is None:
                yield ItemChange(kind, id, "ajoute", keys=_let_out(entry, "entre"))
            else:
                keys = tuple(self._keys(was, entry))
                if keys or old != id:
                    how = gravest(tuple(key.bearing for key in keys) or ("noms",))
                    yield ItemChange(kind, id, how, old if old != id else "", keys)
        for (kind, id), entry in self.before.texts.items():
            new = self.names.question(id) if kind == "question" else id
            if (kind, new) not in self.after.texts and (kind, id) not in self.after.texts:
                yield ItemChange(kind, id, "retire", keys=_let_out(entry, "quitte"))

    def _keys(self, was: Entry, now: Entry) -> Iterator[KeyChange]:
        former = self.names.question(was.id) if was.kind == "question" else was.id
        one = _values(was, self.was.get((was.kind, former), {}), self.names, now.id)
        other = _values(now, self.now.get((now.kind, now.id), {}), Names(), now.id)
        for key in dict.fromkeys((*other, *one)):
            if one.get(key) == other.get(key):
                continue
            if key in ("reponses", "anciennement"):
                continue
            yield _key_change(now.kind, key, one.get(key), other.get(key))
        if now.kind in ("question", "colonne"):
            yield from self._answers(was, now)

    def _answers(self, was: Entry, now: Entry) -> Iterator[KeyChange]:
        """Which answers there are and in which order; their wordings; the names under which they are understood."""
        given = {self._answer(now, id): label for id, label in was.labels.items()}
        if list(given) != list(now.labels):
            yield KeyChange("reponses", "montre")
        elif given != now.labels:
            yield KeyChange("reponses", "mots")
        elif [*was.labels] != [*now.labels]:
            yield KeyChange("reponses", "noms")
        if now.kind == "question":
            yield from self._former_names(was, now)

    def _answer(self, now: Entry, id: str) -> str:
        return self.names.answer(now.id, id) if now.kind == "question" else id

    def _former_names(self, was: Entry, now: Entry) -> Iterator[KeyChange]:
        """A file that is no longer understood is a change, where the newer version knows the older one's name at all.

        A version that does not know it stems from an older one: later names cannot be among its own.
        """
        (questions, answers), (questions_now, answers_now) = self.accepted
        pairs = [(was.id, questions[was.id], questions_now[now.id])]
        pairs += [
            (id, answers[was.id][id], answers_now[now.id][new])
            for id in was.labels
            if (new := self._answer(now, id)) in answers_now[now.id]
        ]
        lost = any(old in after and before - after for old, before, after in pairs)
        written = [_written_names(entry) for entry in (was, now)]
        if lost or written[0] != written[1]:
            yield KeyChange("anciennement", "montre" if lost else "noms")


def _written_names(entry: Entry) -> dict[str, list[str]]:
    held = {key: sorted(value.split()) for key, value in entry.texts.items() if key.startswith("anciennement")}
    return {key: names for key, names in held.items() if names}


def _let_out(entry: Entry, way: Way) -> tuple[KeyChange, ...]:
    """What an item that came or went says in papers that go out."""
    keys = (key for key in entry.written if key in ITEM_KEYS[entry.kind] and bearing(entry.kind, key) == "sortie")
    return tuple(KeyChange(key, "sortie", way) for key in keys)


def _key_change(kind: str, key: str, before: object, after: object) -> KeyChange:
    if key in PART_KEYS:
        return KeyChange(key, _of_parts(key, before, after))
    found = bearing(kind, key)
    if found != "sortie":
        return KeyChange(key, found)
    if key == "interne":
        return KeyChange(key, found, "quitte" if after == YES else "entre")
    return KeyChange(key, found, "entre" if not before else "quitte" if not after else "change")


def _of_parts(key: str, before: object, after: object) -> Bearing:
    """What differs between two lists of parts; one more, or one less, is something that is shown."""
    one, other = cast("Sequence[Value]", before), cast("Sequence[Value]", after)
    if len(one) != len(other):
        return "montre"
    found = [PART_KEYS[key][name] for was, now in zip(one, other, strict=True)
             for name in {**was, **now} if was.get(name) != now.get(name)]  # fmt: skip
    return gravest(tuple(found))


def _values(entry: Entry, decided: Value, names: Names, id: str) -> dict[str, object]:
    """What is written under each key, in today's names, the order of lists that have none left out."""
    fields = ITEMS[entry.kind].model_fields
    found: dict[str, object] = {}
    for key, value in entry.written.items():
        if key == entry.kind or (isinstance(value, str) and value == fields[key].default):
            continue
        found[key] = _unordered(value) if key in ("source", "pour_formats") else value
    found["statut"] = entry.status
    if entry.kind == "question":
        for key in ("phrases", "du_tableau"):
            if key in found:
                found[key] = _with_names(found[key], names, id)
    if "exemples" in found:
        found["exemples"] = [(renamed_answers(one.answers, names), one.fires) for one in entry.examples]
    for key, part in decided.items():
        if key == "poles":
            poles = cast("Sequence[Value]", found[key])
            found[key] = [{**pole, "quand": condition, "source": _unordered(pole.get("source"))}
                          for pole, condition in zip(poles, cast("Sequence[object]", part), strict=True)]  # fmt: skip
        elif part is not None and part != ():
            found[key] = part
    return found


def _unordered(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, list) else value


def _with_names(value: object, names: Names, question: str) -> object:
    """Answers as keys under today's names; under ``reponses`` too."""
    if not isinstance(value, dict):
        return value
    return {names.answer(question, key): _with_names(each, names, question) if key == "reponses" else each
            for key, each in value.items()}  # fmt: skip


def _decided(logic: Logic) -> dict[tuple[str, str], Value]:
    """The keys that hold conditions or name answers, as values, by kind and id."""
    found: dict[tuple[str, str], Value] = {}
    found |= {("regle", r.id): {"quand": r.condition, "alors": frozenset(r.effects)} for r in logic.rules}
    found |= {("coherence", each.id): {"jamais": each.never} for each in logic.incoherences}
    found |= {("question", id): {"ordinaires": q.ordinary, "posee_si": q.asked_if, "murit": q.ripens}
              for id, q in logic.questions.items()}  # fmt: skip
    found |= {("posture", id): {"hors_note_si": p.off_note_if} for id, p in logic.postures.items()}
    found |= {("facteur", id): {"present_si": f.present_if} for id, f in logic.factors.items()}
    found |= {("modalite", id): {"deja_prevu_si": m.foreseen_if} for id, m in logic.modalities.items()}
    found |= {("tension", each.id): {"poles": each.poles} for each in logic.tensions}
    return found


def proved(changes: tuple[ItemChange, ...], otherwise: frozenset[tuple[str, str]]) -> tuple[ItemChange, ...]:
    """The same changes, those whose conditions are proved to come to the same told apart; ``otherwise`` are not."""
    return tuple(
        replace(one, how="ecrit") if one.how == "sens" and (one.kind, one.id) not in otherwise else one
        for one in changes
    )
