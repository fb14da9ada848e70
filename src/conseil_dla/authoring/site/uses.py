"""Who uses what: the rules read backwards, once, so that each item can say what draws it, reads it or cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conseil_dla.authoring.site.addresses import CASE, ORDER
from conseil_dla.ground.words import alphabetical
from conseil_dla.rules.coherence import named_conditions
from conseil_dla.rules.model import (
    Argue,
    Atom,
    Base,
    Conclude,
    Dossier,
    Draw,
    Effect,
    Found,
    Is,
    Push,
    Rule,
    RuleOut,
    Ticks,
    Within,
)
from conseil_dla.rules.truth import atoms
from conseil_dla.wording.page_parts import FINDING

RULE = "regle"
Name = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that the pages are made from. Its lists are by title, so that the order of files changes nothing."""

    base: Base
    cases: Mapping[str, Dossier] = field(default_factory=dict)
    """Experiences by the name of their file."""
    rules: tuple[Rule, ...] = ()
    readers: Mapping[Name, tuple[tuple[Name, Atom], ...]] = field(default_factory=dict)
    """By question or finding: the items whose condition names it, and how."""
    drawn: Mapping[Name, tuple[tuple[Rule, Effect], ...]] = field(default_factory=dict)
    """By what is concluded (a motif included): the rules that conclude it, and how."""
    cited: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    """By claim: the items and experiences that cite it."""

    def title(self, kind: str, id: str) -> str:
        """What an item is called: its title; the id of a finding, which has no other name."""
        if kind == FINDING:
            return id
        return self.cases[id].title if kind == CASE else self.base.title(kind, id)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Items of a kind, by title."""
        if kind == FINDING:
            found: Iterable[str] = {id for named, id in (*self.readers, *self.drawn) if named == FINDING}
        else:
            found = self.cases if kind == CASE else [id for named, id in self.base.texts if named == kind]
        return tuple(sorted(found, key=lambda id: self.place((kind, id))))

    def place(self, name: Name) -> tuple[int, tuple[Any, ...], str]:
        """Where an item comes among others: by kind, by title, by id."""
        return (ORDER.index(name[0]), alphabetical(self.title(*name)), name[1])


def book(base: Base, cases: Sequence[tuple[str, Dossier]]) -> Book:
    """The rules read backwards. ``cases`` are experiences with the names of their files."""
    bare = Book(base, dict(cases))
    rules = tuple(sorted(base.logic.rules, key=lambda rule: bare.place((RULE, rule.id))))
    readers: dict[Name, dict[tuple[Name, Atom], None]] = {}
    for name, _, condition in sorted(named_conditions(base.logic), key=lambda each: bare.place(each[0])):
        for atom in atoms(condition):
            readers.setdefault(_read(atom), {})[name, atom] = None
    drawn: dict[Name, list[tuple[Rule, Effect]]] = {}
    for rule in rules:
        for effect in rule.effects:
            for concluded in _concluded(effect):
                drawn.setdefault(concluded, []).append((rule, effect))
    cited: dict[str, set[Name]] = {}
    for name, source in (*_citations(base), *((((CASE, id), s) for id, case in cases for s in case.sources))):
        cited.setdefault(source, set()).add(name)
    return Book(
        base,
        bare.cases,
        rules,
        {name: tuple(found) for name, found in readers.items()},
        {name: tuple(found) for name, found in drawn.items()},
        {source: tuple(sorted(names, key=bare.place)) for source, names in cited.items()},
    )


def _read(atom: Atom) -> Name:
    return (FINDING, atom.finding) if isinstance(atom, Found) else ("question", atom.question)


def _concluded(effect: Effect) -> tuple[Name, ...]:
    match effect:
        case Conclude(finding):
            return ((FINDING, finding),)
        case Push(axis):
            return (("axe", axis),)
        case Argue():
            return (("format", effect.format), ("motif", effect.motif))
        case RuleOut(format):
            return (("format", format),)
        case Draw(kind, id):
            return ((kind, id),)


def _citations(base: Base) -> Iterator[tuple[Name, str]]:
    for name, entry in base.texts.items():
        for sources in (entry.sources, *entry.pole_sources):
            for source in sources:
                yield name, source


def names_answer(atom: Atom, answer: str) -> bool:
    """Does a clause name this answer of a question?"""
    match atom:
        case Is(_, answers):
            return answer in answers
        case Ticks(_, options):
            return answer in options
        case Within() | Found():
            return False
