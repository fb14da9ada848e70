"""What was rewritten from one version of the rules to another: item by item, key by key, nothing left aside.

Each key bears on something (``rules.loading.bearings``): what may go out in a paper, what somebody is shown, what is
concluded, the words, the names. A key with its default value is a key that is not written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from conseil_dla.exact.renaming import Names, renamed, renamed_answers
from conseil_dla.reading.confidentiality import Word, outward_words
from conseil_dla.reading.version_names import accepted, names_between
from conseil_dla.rules.kinds.spec import Bearing
from conseil_dla.rules.loading.bearings import FILE_ORDER, PART_KEYS, bearing, gravest
from conseil_dla.rules.loading.shapes import ITEMS
from conseil_dla.rules.model import Base, Entry, Logic

Change = Literal["ajoute", "retire", "sortie", "montre", "sens", "ecrit", "mots", "noms"]
"""New, gone, or what the gravest of its keys bears on; ``ecrit``: a condition written otherwise, that is proved to hold
of the same dossiers."""
Way = Literal["entre", "quitte", "change"]
"""What happens to a text that papers may say: it may now go out, no longer does, or does so in other words."""
Value = Mapping[str, object]
UNREFERRED = ("regle", "coherence", "tension", "mot", "deroulement")
"""Kinds whose names nothing else in a folder says: one that is written alike under another name is the same."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of an item that is not what it was."""

    key: str
    bearing: Bearing
    way: Way = "change"
    """Only for what may go out."""
    part: str = ""
    """The answer of which this is written, where a key holds a text for each."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of the rules or the knowledge that is not what it was."""

    kind: str
    id: str
    how: Change
    former: str = ""
    """Its former name, where a question was renamed."""
    keys: tuple[KeyChange, ...] = ()
    """What differs in it, in the order of files; of an item that came or went, nothing."""


def changed_items(before: Base, after: Base) -> tuple[ItemChange, ...]:
    """The items that are not what they were, without asking what their conditions come to."""
    names = names_between(before, after)
    return compare_items(before, after, names, renamed(before.logic, names), outside(before, after, names))


def compare_items(
    before: Base, after: Base, names: Names, former: Logic, crossed: Mapping[Word, Way]
) -> tuple[ItemChange, ...]:
    """The same, ``former`` being the older logic in the newer one's names, ``crossed`` what papers say otherwise."""
    return tuple(_Items(before, after, names, former, crossed).changes())


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


def outside(before: Base, after: Base, names: Names) -> Mapping[Word, Way]:
    """Each text of the rules that papers may say in one version only, or otherwise; in the newer version's names."""
    was = {_word(word, names): _answers(word, text, names) for word, text in outward_words(before).items()}
    now = outward_words(after)
    found: dict[Word, Way] = {}
    for word in sorted({*was, *now}):
        if was.get(word) != now.get(word):
            found[word] = "entre" if word not in was else "quitte" if word not in now else "change"
    return found


def _word(word: Word, names: Names) -> Word:
    kind, id, key = word
    if kind == "question":
        id = names.question(id)
        key, dot, part = key.partition(".")
        key += dot + (names.answer(id, part) if part else "")
    return kind, id, key


def _answers(word: Word, text: str, names: Names) -> str:
    """The order of answers, under today's names; anything else as it is."""
    kind, id, key = word
    if (kind, key) != ("question", "reponses"):
        return text
    return " ".join(names.answer(names.question(id), one) for one in text.split())


def is_same_folder(one: Base, other: Base) -> bool:
    """Do two readings of a folder say the same in the same order? The digest alone knows of no order."""

    def order(base: Base) -> object:
        return [(*name, *entry.labels) for name, entry in base.texts.items()]

    return one.digest == other.digest and order(one) == order(other)


class _Items:
    def __init__(self, before: Base, after: Base, names: Names, former: Logic, crossed: Mapping[Word, Way]) -> None:
        self.before, self.after, self.names = before, after, names
        self.crossed: dict[tuple[str, str], dict[str, Way]] = {}
        for (kind, id, key), way in crossed.items():
            self.crossed.setdefault((kind, id), {})[key] = way
        self.was, self.now = _decided(former), _decided(renamed(after.logic, Names()))
        self.accepted = accepted(before), accepted(after)

    def changes(self) -> Iterator[ItemChange]:
        """Those of today in their order, then those that are gone."""
        back = {new: old for old, new in self.names.questions.items()}
        renamed_items = self._renamed()
        for (kind, id), entry in self.after.texts.items():
            old = back.get(id, id) if kind == "question" else renamed_items.get((kind, id), id)
            was = self.before.texts.get((kind, old))
            if was is None:
                yield ItemChange(kind, id, "ajoute")
            else:
                keys = tuple(self._keys(was, entry))
                if keys or old != id:
                    how = gravest(tuple(key.bearing for key in keys) or ("noms",))
                    yield ItemChange(kind, id, how, old if old != id else "", keys)
        for kind, id in self.before.texts:
            new = self.names.question(id) if kind == "question" else id
            is_there = (kind, new) in self.after.texts or (kind, id) in self.after.texts
            if not is_there and (kind, id) not in [(kind, old) for (kind, _), old in renamed_items.items()]:
                yield ItemChange(kind, id, "retire")

    def _renamed(self) -> dict[tuple[str, str], str]:
        """The former name of each item that only its name tells from one that is gone."""
        gone = [entry for name, entry in self.before.texts.items()
                if entry.kind in UNREFERRED and name not in self.after.texts]  # fmt: skip
        found: dict[tuple[str, str], str] = {}
        for name, entry in self.after.texts.items():
            if name not in self.before.texts:
                alike = [was for was in gone if was.kind == entry.kind and not any(self._keys(was, entry))]
                if alike:
                    found[name] = alike[0].id
                    gone.remove(alike[0])
        return found

    def _keys(self, was: Entry, now: Entry) -> Iterator[KeyChange]:
        """What differs, key by key; what papers say otherwise of it is told by the answer."""
        crossed = self.crossed.get((now.kind, now.id), {})
        for change in self._written_otherwise(was, now):
            ways = {part: way for word, way in crossed.items()
                    for key, _, part in (word.partition("."),) if key == change.key}  # fmt: skip
            yield from (KeyChange(change.key, "sortie", way, part) for part, way in ways.items())
            if not ways:
                yield change

    def _written_otherwise(self, was: Entry, now: Entry) -> Iterator[KeyChange]:
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


def _key_change(kind: str, key: str, before: object, after: object) -> KeyChange:
    return KeyChange(key, _of_parts(key, before, after) if key in PART_KEYS else bearing(kind, key))


def _of_parts(key: str, before: object, after: object) -> Bearing:
    """What differs between two lists of parts; one more, or one less, is something that is shown."""
    one, other = cast("Sequence[Value]", before), cast("Sequence[Value]", after)
    if len(one) != len(other):
        return "montre"
    found = [PART_KEYS[key][name] for was, now in zip(one, other, strict=True)
             for name in {**was, **now} if was.get(name) != now.get(name)]  # fmt: skip
    return gravest(tuple(found))


def _renamed_answer(name: str, names: Names) -> str:
    """« question.reponse » in today's names; the name of another item as it is."""
    question, dot, answer = name.partition(".")
    today = names.question(question)
    return f"{today}.{names.answer(today, answer)}" if dot else name


def _values(entry: Entry, decided: Value, names: Names, id: str) -> dict[str, object]:
    """What is written under each key, in today's names, the order of lists that have none left out."""
    fields = ITEMS[entry.kind].model_fields
    found: dict[str, object] = {}
    for key, value in entry.written.items():
        if key == entry.kind or (isinstance(value, str) and value == fields[key].default):
            continue
        found[key] = _unordered(value) if key in ("source", "pour_formats") else value
    found |= {"ne_va_pas_avec": sorted(_renamed_answer(name, names) for name in entry.apart)} if entry.apart else {}
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
    found |= {("question", id): {"ordinaires": q.ordinary, "posee_si": q.asked_if, "murit": q.ripens,
                                 "a_poser_en_premier_si": q.first_if} for id, q in logic.questions.items()}  # fmt: skip
    found |= {("posture", id): {"hors_note_si": p.off_note_if} for id, p in logic.postures.items()}
    found |= {("facteur", id): {"present_si": f.present_if} for id, f in logic.factors.items()}
    found |= {(kind, id): {"deja_prevu_si": foreseen_if} for kind, id, foreseen_if in logic.foreseen}
    found |= {("tension", each.id): {"poles": each.poles} for each in logic.tensions}
    return found


def proved(changes: tuple[ItemChange, ...], otherwise: frozenset[tuple[str, str]]) -> tuple[ItemChange, ...]:
    """The same changes, those whose conditions are proved to come to the same told apart; ``otherwise`` are not."""
    return tuple(
        replace(one, how="ecrit") if one.how == "sens" and (one.kind, one.id) not in otherwise else one
        for one in changes
    )
