"""Views crossed, in words: the same on the screen, in plain lines and on paper. Views are views: nobody is right.

What is said here may stand on a wall in front of everybody. So it is worded from a base without its internal items
(``papers.wall``): an internal conclusion that a view moves is told by its kind, never by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from conseil_dla.comparison.crossed import Crossed, QuestionViews, Seen
from conseil_dla.ground.french import NBSP, counted, harmless, listed, lowered, quoted, sentence, spaced
from conseil_dla.papers.wall import Inner
from conseil_dla.reading.conclusions import Name, State
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.rules.model import Base, Draw, Value
from conseil_dla.wording.clauses import answer_text, question_text, quoted_answer
from conseil_dla.wording.discretion import hidden_person

Who = TypeVar("Who")

TITLE = "Les regards croisés"
LEAD = spaced("Ce que chacun·e a répondu de son côté : des regards, dont aucun n’est le bon.")
UNKNOWN_VIEW = "Ne sait pas encore"
WHILE_UNKNOWN = "tant qu’on ne sait pas"
TO_SAY = spaced("Qu’a vu chacun·e, pour répondre ainsi ?")
MOST_FORMATS = 3
"""How many open formats are named; beyond, those that are out are."""
LEVELS: Mapping[str, str] = {"avant": "à régler avant", "pendant": "à tenir pendant", "en_tete": "à garder en tête"}
Group = Literal["moving", "differing", "partly", "alone", "shared", "unheard"]
"""Views differ, and the advice with them; differ to no effect; some know; one answered; shared; nobody answered."""
TITLES: Mapping[Group, str] = {
    "moving": "Les regards diffèrent, et le conseil avec eux",
    "differing": "Les regards diffèrent, sans changer le conseil",
    "partly": "Les un·es savent, les autres pas encore",
    "alone": "Entendu d’une seule personne",
    "shared": "Les regards se rejoignent",
    "unheard": "Personne n’a répondu",
}
APART: tuple[Group, ...] = ("moving", "differing", "partly")
"""What is shown whole."""
FOLDED: tuple[Group, ...] = ("shared", "alone", "unheard")
"""What is only counted, until it is opened."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions of one theme that stand alike."""

    title: str
    questions: tuple[QuestionViews, ...]


class CrossedWords:
    """The words of one crossing. ``hides_names`` puts a number in the place of each name."""

    def __init__(self, base: Base, crossed: Crossed, *, hides_names: bool = False) -> None:
        inner = Inner(base)
        self.base = inner.without_texts()
        self.crossed = crossed
        self._drawn_aloud = {
            (effect.kind, effect.id)
            for rule in base.logic.rules
            for effect in rule.effects
            if isinstance(effect, Draw) and rule.id not in inner.rules
        }
        self.names = {name: hidden_person(number) if hides_names else harmless(name)
                      for number, name in enumerate(crossed.names, 1)}  # fmt: skip

    # --- the whole ---

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing before anything can be crossed; nothing where it can."""
        if self.crossed.is_enough:
            return ()
        told = "Il faut au moins deux personnes qui ont répondu, et qui acceptent que leurs réponses soient croisées."
        there = f"Pour l’instant{NBSP}: {self._listed(self.crossed.names)}." if self.crossed.names else ""
        return tuple(filter(None, (told, there or "Pour l’instant, il n’y en a pas.")))

    @property
    def headlines(self) -> tuple[str, ...]:
        """Who is there, how much differs, and what that comes to when each person's answers are taken together."""
        crossed = self.crossed
        apart = crossed.standing("differing")
        who = f"{counted(len(crossed.names), 'personne')}{NBSP}: {self._listed(crossed.names)}."
        if not apart:
            return (who, "Là où plusieurs ont répondu, les réponses sont les mêmes.", *self._ground())
        known = len([one for one in apart if not one.is_partly_known])
        told = [
            counted(len(crossed.common), "réponse commune", "réponses communes"),
            counted(known, "différence"),
            counted(len(apart) - known, "question que les un·es savent, et les autres pas encore",
                    "questions que les un·es savent, et les autres pas encore"),
        ]  # fmt: skip
        return (who, sentence(NBSP_SEMICOLON.join(told if known < len(apart) else told[:2])), *self._together())

    def _ground(self) -> Iterable[str]:
        if not self.crossed.is_grounded:
            yield UNGROUNDED
        elif self.crossed.common:
            yield f"Avec ces réponses communes seules, {self._format(self.crossed.ground, 'le format est ')}."

    def _together(self) -> Iterable[str]:
        """What each person's answers give where views differ, all at once."""
        if not self.crossed.is_grounded:
            yield UNGROUNDED
            return
        whole = {one.name: one.seen for one in self.crossed.wholes}
        seen = {name: each for name, each in whole.items() if each is not None}
        for name in whole.keys() - seen.keys():
            yield f"Tout ce que dit {self.names[name]} ne va pas avec les réponses communes{NBSP}: {UNTRIED}"
        moved = self.crossed.moved
        if len(seen) > 1 and FORMAT in moved:
            groups = grouped(seen, FORMAT)
            told = [f"{self._format(each)} ({self._listed(names)})" for each, names in groups]
            lead = f"Prises en entier, les réponses de chacun·e ne mènent pas au même format{NBSP}: "
            yield f"{lead}{NBSP_SEMICOLON.join(told)}."
        elif len(seen) > 1:
            yield f"Quelle que soit la personne dont on prend les réponses, {self._format_stays(*seen.values())}."
        yield from self._depend(moved, every=True)

    # --- by group, by theme ---

    def group(self, group: Group) -> tuple[Theme, ...]:
        """The questions that stand so, theme by theme."""
        found: dict[str, list[QuestionViews]] = {}
        for one in self.crossed.questions:
            if group_of(one) == group:
                theme = self.base.entry("question", one.question).texts.get("theme", "")
                found.setdefault(theme, []).append(one)
        return tuple(Theme(theme, tuple(each)) for theme, each in found.items())

    def views(self, one: QuestionViews) -> tuple[str, ...]:
        """Each answer, and who gives it."""
        return tuple(f"{self._view(one, view.value)}{NBSP}: {self._listed(view.names)}" for view in one.views)

    def shared(self, one: QuestionViews) -> str:
        """The answer of a question that has only one."""
        value = one.views[0].value
        nobody = "personne ne sait encore" if one.standing == "shared" else "ne sait pas encore"
        if isinstance(value, frozenset):
            return quoted_answer(self.base, one.question, value)
        return nobody if value is None else answer_text(self.base, one.question, value)

    def heard(self, one: QuestionViews) -> tuple[str, str]:
        """The one answer of a question, and who gives it."""
        return self.shared(one), self._listed(one.views[0].names)

    def moves(self, one: QuestionViews) -> str:
        """In a few words, what depends on the answer that is taken; empty when nothing does."""
        moved = one.moved
        told = ["le format"] if FORMAT in moved else []
        told += ["la place du DLA"] if PLACE in moved else []
        for word, kind in COMPARED.items():
            number = len([name for name in moved if name[0] == word])
            told += [counted(number, kind.noun)] if number else []
        return listed(told)

    @property
    def to_say(self) -> tuple[str, ...]:
        """The questions to take up together: those whose answer, as some give it, would change something."""
        themes = (theme for group in APART for theme in self.group(group))
        return tuple(self.question(one) for theme in themes for one in theme.questions if one.moved)

    # --- one question ---

    def effects(self, one: QuestionViews) -> tuple[str, ...]:
        """What each answer would change, in sentences."""
        if not self.crossed.is_grounded:
            return (UNGROUNDED,)
        tried, moved = one.tried, one.moved
        left = [self._view(one, view.value) for view in one.views if view.seen is None]
        untried = tuple(f"{view} ne va pas avec les réponses communes{NBSP}: {UNTRIED}" for view in left)
        if len(tried) < 2:
            return (*untried, "Il n’y a donc pas deux réponses à comparer.")
        seen = [view.seen or {} for view in tried]
        if not moved:
            stays = self._format_stays(*seen)
            same = f"Quelle que soit la réponse retenue, {stays}, et les autres points comparés ne changent pas."
            return (same, *untried)
        told = []
        if FORMAT in moved:
            told.append(f"Selon la réponse retenue, le format{NBSP}: {self._each(one, FORMAT)}.")
        else:
            told.append(f"Quelle que soit la réponse retenue, {self._format_stays(*seen)}.")
        told += self._depend(moved)
        told += [f"{self._named(name)}{NBSP}: {self._each(one, name)}."
                 for name in sorted(moved) if self.may_name(name)]  # fmt: skip
        return (*told, *untried)

    def _each(self, one: QuestionViews, name: Name) -> str:
        """« avec « A », … ; avec « B » ou « C », … »."""
        told = []
        for seen, values in grouped({view.value: view.seen or {} for view in one.tried}, name):
            known = [self._view(one, value) for value in values if value is not None]
            when = [f"avec {listed(known, 'ou')}"] if known else []
            when += [WHILE_UNKNOWN] if None in values else []
            told.append(f"{', ou '.join(when)}, {self._standing(seen, name)}")
        return NBSP_SEMICOLON.join(told)

    def _standing(self, seen: Seen, name: Name) -> str:
        if name == FORMAT:
            return self._format(seen)
        state = seen.get(name)
        return "pas établi" if state is None else LEVELS.get(state.detail, "à avoir avant de lancer")

    def _view(self, one: QuestionViews, value: Value | None) -> str:
        """An answer between guillemets, each ticked option in its own."""
        return UNKNOWN_VIEW if value is None else quoted_answer(self.base, one.question, value)

    def question(self, one: QuestionViews) -> str:
        """The question as it is asked."""
        return question_text(self.base, one.question)

    def title(self, one: QuestionViews) -> str:
        """The question by its title."""
        return self.base.title("question", one.question)

    # --- formats, places, points ---

    def _format(self, seen: Seen, lead: str = "") -> str:
        state = seen.get(FORMAT) or State()
        titles = [lowered(self.base.title("format", id)) for id in state.ids]
        if not state.certainty:
            return lead + listed(titles, "ou")
        if len(titles) <= MOST_FORMATS:
            return f"{lead}encore ouvert entre {listed(titles)}"
        out = [lowered(self.base.title("format", id)) for id in self.base.logic.formats if id not in state.ids]
        return f"{lead}encore ouvert" + (f", sauf {listed(out)}" if out else "")

    def _format_stays(self, first: Seen, *others: Seen) -> str:
        is_open = bool((first.get(FORMAT) or State()).certainty)
        return "le format reste ouvert" if is_open else self._format(first, "le format reste ")

    def _depend(self, moved: Iterable[Name], *, every: bool = False) -> Iterable[str]:
        """« La place du DLA et un point de vigilance interne en dépendent aussi. »: what moves and is not named here.

        Internal conclusions, by their kind and how many; with ``every``, all those that are collected.
        """
        moved = set(moved)
        told = ["la place du DLA"] if PLACE in moved else []
        for word, kind in COMPARED.items():
            of_kind = [name for name in moved if name[0] == word]
            inner = len([name for name in of_kind if not self.may_name(name)])
            told += [_many(inner, kind, " interne")] if inner else []
            told += [_many(len(of_kind) - inner, kind)] if every and len(of_kind) > inner else []
        if told:
            verb = "en dépend" if len(told) == 1 and told[0].startswith(("la ", "un ", "une ")) else "en dépendent"
            yield sentence(f"{listed(told)} {verb}{' aussi' if FORMAT in moved else ''}")

    def may_name(self, name: Name) -> bool:
        """A collected conclusion that is not internal, and that a rule draws of nothing internal."""
        return name in self._drawn_aloud and name in self.base.texts

    def _named(self, name: Name) -> str:
        return f"{_in_full(COMPARED[name[0]]).capitalize()} {quoted(self.base.title(name[0], name[1]))}"

    def _listed(self, names: Iterable[str]) -> str:
        return listed([self.names[name] for name in names])


FORMAT: Name = ("format",)
PLACE: Name = ("posture",)
COMPARED = {kind.word: kind for kind in DRAWN if kind.settled_before}
"""Collected conclusions that are compared, by the word of their kind."""
NBSP_SEMICOLON = f"{NBSP}; "
UNTRIED = "ce n’est pas essayé."
UNGROUNDED = (
    f"Les réponses communes, prises ensemble, ne laissent aucune situation possible{NBSP}: il n’est pas essayé ce que "
    "chaque réponse changerait."
)


def _in_full(kind: KindSpec) -> str:
    return kind.point.partition(" ")[2]


def _many(number: int, kind: KindSpec, internal: str = "") -> str:
    """« un point de vigilance interne », « 3 points de vigilance internes »."""
    if number == 1:
        return f"{kind.point}{internal}"
    first, *rest = _in_full(kind).split(" ", 1)
    return " ".join((f"{number} {first}s", *rest)) + (f"{internal}s" if internal else "")


def group_of(one: QuestionViews) -> Group:
    """Where a question is listed."""
    if one.standing != "differing":
        return one.standing
    return "partly" if one.is_partly_known else "moving" if one.moved else "differing"


def grouped(seen: Mapping[Who, Seen], name: Name) -> list[tuple[Seen, list[Who]]]:
    """Who, or which answer, comes to the same on one conclusion."""
    found: list[tuple[Seen, list[Who]]] = []
    for who, each in seen.items():
        same = next((whose for other, whose in found if other.get(name) == each.get(name)), None)
        if same is None:
            found.append((each, [who]))
        else:
            same.append(who)
    return found
