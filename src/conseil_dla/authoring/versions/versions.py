"""Two versions of the rules: what they say otherwise of known dossiers, then of all dossiers, and what was rewritten.

Cases, trials and saved dossiers come first: they are what an author knows. A dossier of which no conclusion can differ,
whatever is still unknown in it, is not read twice; that is decided on the diagrams, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from conseil_dla.exact.atlas import Atlas
from conseil_dla.exact.difference import Versions
from conseil_dla.exact.moves import Difference
from conseil_dla.exact.outcomes import conjunction, disjunction
from conseil_dla.exact.renaming import Names, renamed
from conseil_dla.exact.rewritten import decided_otherwise
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.conclusions import Name, State, conclusions
from conseil_dla.reading.confidentiality import METHODS, Inside, Word, outward_words
from conseil_dla.reading.since import fits
from conseil_dla.reading.version_items import ItemChange, Way, compare_items, moved_kinds, outside, proved
from conseil_dla.reading.version_names import former_answers, names_between
from conseil_dla.rules.counting import known_answers
from conseil_dla.rules.kinds import LEVELLED
from conseil_dla.rules.model import COLLECTED, LEVELS, Answers, Argue, Base, Condition, Dossier, Draw, Logic, Question

RESHOWN = ("ajoute", "retire", "sortie", "montre", "sens")
"""Changes of an item by which somebody is told something else, though no conclusion may move."""


@dataclass(frozen=True, slots=True)
class StateChange:
    """One conclusion about one dossier, before and after; None where it is not drawn."""

    name: Name
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class MovedDossier:
    """A dossier of which something shown differs."""

    title: str
    path: str
    changes: tuple[StateChange, ...]
    refused: Literal["", "avant", "apres"] = ""
    """The version that does not take its answers together."""


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Everything that differs from one version to another."""

    before: Base
    after: Base
    items: tuple[ItemChange, ...]
    reordered: tuple[str, ...]
    """Kinds whose items are shown in another order."""
    outside: Mapping[Word, Way]
    """What papers may say of the rules in one version only, or in other words."""
    elsewhere: Mapping[tuple[str, str], Extent]
    """What papers say in both versions, of other dossiers than before or elsewhere in them: by kind and id."""
    read: int
    """Dossiers held against both versions."""
    unfit: int
    """Of these, dossiers whose answers neither version takes together: nothing of them was compared."""
    moved: tuple[MovedDossier, ...]
    meaning: Difference
    unknown: tuple[str, ...]
    """Questions that mean something else while unanswered: other ordinary answers, or asked elsewhere."""
    retold: tuple[str, ...]
    """Motifs that other rules give than before, and so sooner or later while answers are missing."""
    moved_motifs: tuple[str, ...]
    """Motifs that the same rules give, of other dossiers, since what they read is asked elsewhere."""
    given_up: tuple[str, ...]
    """Motifs that no rule gives any more."""
    taken_up: tuple[str, ...]
    """Motifs that no rule gave before."""

    @property
    def is_moved(self) -> bool:
        """Does some dossier, complete or not, get another conclusion or another reason?"""
        meaning = self.meaning
        moves = self.moved or meaning.moves or meaning.refused or meaning.admitted
        motifs = self.retold or self.moved_motifs or self.given_up or self.taken_up
        return bool(moves or self.unknown or motifs)

    @property
    def is_reshown(self) -> bool:
        """Is something shown, asked, let out or kept inside otherwise than by its words alone?"""
        return bool(self.outside or self.reordered or any(item.how in RESHOWN for item in self.items))

    @property
    def is_same(self) -> bool:
        """Nobody is told anything else, of any dossier, complete or not; wording and names may differ."""
        return not (self.is_moved or self.is_reshown)


def compare_versions(
    before: Reader,
    after: Reader,
    dossiers: Iterable[Dossier],
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> VersionDifference:
    """What ``after`` says otherwise. ``dossiers`` were read against ``after``. Raises ``TooLarge``.

    ``progress`` counts the dossiers read, then the changes of which an example is searched.
    """
    names = names_between(before.base, after.base)
    former = renamed(before.base.logic, names)
    versions = Versions(former, after.base.logic, in_parts=bool(before.atlas.parts or after.atlas.parts))
    known = tuple(dossiers)
    unknown = _unknown_otherwise(versions, former, after.base.logic)
    read_all = bool(unknown) or former.formats != after.base.logic.formats or _knows_more(former, after.base.logic)
    moved = []
    unfit = 0
    for done, dossier in enumerate(known):
        progress(done, len(known))
        answers = known_answers(after.base.logic, dossier)
        if read_all or versions.may_move(versions.cube(answers)):
            found = _moved(before, after, names, dossier, answers)
            if found is not None:
                moved.append(found)
        unfit += not fits(after.base, answers) and not _fits_before(before, names, answers)
    crossed = outside(before.base, after.base, names)
    items = compare_items(before.base, after.base, names, former, crossed)
    rewritten = [(item.kind, item.id) for item in items if item.how == "sens"]
    moved_motifs = {argument.motif for argument in versions.reasons}
    other_rules = _given_otherwise(former, after.base.logic)
    was, now = versions.motifs
    meaning = versions.difference(lambda done, whole: progress(len(known) + done, len(known) + whole))
    return VersionDifference(
        before=before.base,
        after=after.base,
        items=proved(items, decided_otherwise(versions, former, after.base.logic, rewritten)),
        reordered=moved_kinds(before.base, after.base, names),
        outside=crossed,
        elsewhere=extents(versions, before.base, after.base, crossed),
        read=len(known),
        unfit=unfit,
        moved=tuple(moved),
        meaning=meaning,
        unknown=unknown,
        retold=tuple(sorted(moved_motifs & was & now & other_rules)),
        moved_motifs=tuple(sorted((moved_motifs & was & now) - other_rules)),
        given_up=tuple(sorted(was - now)),
        taken_up=tuple(sorted(now - was)),
    )


def _unknown_otherwise(versions: Versions, before: Logic, after: Logic) -> tuple[str, ...]:
    """Questions of both versions whose unknown answers mean something else, in file order."""
    asked = versions.asked_otherwise()
    return tuple(
        id for id, question in after.questions.items()
        if id in asked or (id in before.questions and before.questions[id].ordinary != question.ordinary)
    )  # fmt: skip


def _given_otherwise(before: Logic, after: Logic) -> frozenset[str]:
    """Motifs of which the rules that give them are not written alike."""

    def giving(logic: Logic) -> dict[Argue, set[Condition]]:
        found: dict[Argue, set[Condition]] = {}
        for rule in logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Argue):
                    found.setdefault(effect, set()).add(rule.condition)
        return found

    one, other = giving(before), giving(after)
    return frozenset(each.motif for each in one.keys() | other.keys() if one.get(each) != other.get(each))


def _knows_more(before: Logic, after: Logic) -> bool:
    """Does one version know questions or answers that the other does not?"""

    def domain(question: Question) -> object:
        return question.type, frozenset(question.answers), question.bounds

    return {id: domain(q) for id, q in before.questions.items()} != {id: domain(q) for id, q in after.questions.items()}


def _moved(before: Reader, after: Reader, names: Names, dossier: Dossier, answers: Answers) -> MovedDossier | None:
    back = former_answers(before.base.logic, answers, names)
    fit_before, fit_after = fits(before.base, back), fits(after.base, answers)
    if not fit_before or not fit_after:
        if fit_before == fit_after:
            return None
        return MovedDossier(dossier.title, dossier.path, (), "apres" if fit_before else "avant")
    old, new = before.conclude(back), after.conclude(answers)
    formats = {*old.format.shown, *new.format.shown}
    was, now = conclusions(before.base, old, formats), conclusions(after.base, new, formats)
    changes = tuple(
        StateChange(name, was.get(name), now.get(name)) for name in {**now, **was} if was.get(name) != now.get(name)
    )
    return MovedDossier(dossier.title, dossier.path, changes) if changes else None


def _fits_before(before: Reader, names: Names, answers: Answers) -> bool:
    return fits(before.base, former_answers(before.base.logic, answers, names))


Extent = Literal["plus", "moins", "ailleurs"]
"""More dossiers than before, fewer, or others and elsewhere in their papers."""
Named = tuple[str, str]
"""Kind and id."""


def extents(versions: Versions, before: Base, after: Base, outside: Mapping[Word, Way]) -> Mapping[Named, Extent]:
    """What papers say in both versions, though not of the same dossiers.

    Formats and their reasons follow the verdict, of which the difference is told by itself.
    """
    known = {(kind, id): None for kind, id, key in outward_words(after) if outside.get((kind, id, key)) != "entre"}
    one, other = _Side(versions, versions.before, before), _Side(versions, versions.after, after)
    found: dict[Named, Extent] = {}
    for name in known:
        was, now = tuple(one.regions(name)), tuple(other.regions(name))
        ways = {
            _way(a, b, versions.diagrams.combine(conjunction, a, b))
            for a, b in zip(was[:1], now[:1], strict=True)
            if a != b
        }
        formats = one.formats(name), other.formats(name)
        if formats[0] != formats[1]:
            ways.add(_way(*formats, formats[0] & formats[1]))
        if len(ways) == 1:
            found[name] = ways.pop()
        elif ways or (was[1:] and now[1:] and was != now):
            found[name] = "ailleurs"
    return found


def _way(was: object, now: object, both: object) -> Extent:
    return "plus" if both == was else "moins" if both == now else "ailleurs"


class _Side:
    """One version: its rules in the newer one's names, and what of them is internal."""

    def __init__(self, versions: Versions, atlas: Atlas, base: Base) -> None:
        self.versions, self.atlas, self.base = versions, atlas, base
        self.inner = Inside(base).rules

    def regions(self, name: Named) -> Iterator[int]:
        """Where papers may say an item, then where they say it among what comes first."""
        kind, id = name
        logic, atlas = self.atlas.logic, self.atlas
        match kind:
            case "question" if id in atlas.applies:
                yield self._compared(atlas.applies[id])
            case "facteur" if id in logic.factors:
                yield self._compared(atlas.holds(logic.factors[id].present_if))
            case _ if kind in COLLECTED:
                yield self._drawn(name, (*LEVELS, None))
                if kind in LEVELLED and not self.base.entry(kind, id).texts.get("dans_les_papiers"):
                    yield self._drawn(name, ("avant",))

    def formats(self, name: Named) -> frozenset[str]:
        """The formats under which papers may say an item."""
        kind, id = name
        logic = self.atlas.logic
        of = logic.factors if kind == "facteur" else logic.drawn.get(kind, {})
        return (of[id].formats if id in of else frozenset()) or frozenset(logic.formats)

    def _drawn(self, name: Named, levels: tuple[str | None, ...]) -> int:
        found = self.versions.diagrams.end(False)
        for rule in self.atlas.logic.rules:
            if (name[0] in METHODS or rule.id not in self.inner) and any(
                isinstance(e, Draw) and (e.kind, e.id) == name and e.level in levels for e in rule.effects
            ):
                found = self.versions.diagrams.combine(disjunction, found, self.atlas.rules[rule.id])
        return self._compared(found)

    def _compared(self, root: int) -> int:
        return self.versions.diagrams.combine(conjunction, self.versions.both, root)
