"""Several people who answered one questionnaire alone: where their views are shared, where they differ, and whether
that changes anything.

Only what may be said aloud comes in: of who consents, answers to questions that are not internal. So nothing found
here can hang on an internal answer, and no count can tell who said what of one.

« Changes » is meant exactly, by trying as ``differences`` does. The common ground is every answer that all who
answered share; each view of a question is put beside it, all else being unknown, and read. Two views change nothing
when the same is then concluded of both. Nothing is weighed, and nobody is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from conseil_dla.reading.conclusions import Name, State, conclusions
from conseil_dla.reading.values import Conclusions
from conseil_dla.rules.coherence import offending
from conseil_dla.rules.kinds import SETTLED_BEFORE
from conseil_dla.rules.model import Answers, Base, Respondent, Value
from conseil_dla.rules.truth import incoherences, scopes_of

FEWEST = 2
"""One view crosses nothing."""
COMPARED = ("format", "posture", *SETTLED_BEFORE)
"""Kinds of conclusion by which it is judged whether a difference changes anything."""

Conclude = Callable[[Answers], Conclusions]
Standing = Literal["shared", "differing", "alone", "unheard"]
"""Everybody who answered says the same; not the same; one person answered; nobody did."""
Seen = Mapping[Name, State]
"""What is concluded, as far as it is compared: kinds in ``COMPARED``, beyond what is only possible."""


@dataclass(frozen=True, slots=True)
class View:
    """One answer to one question, and who gives it."""

    value: Value | None
    """None: not known yet, which is a view too."""
    names: tuple[str, ...]
    seen: Seen | None = None
    """What is concluded of the common ground with this answer; None where they do not go together, or untried."""


@dataclass(frozen=True, slots=True)
class QuestionViews:
    """What is said of one question."""

    question: str
    standing: Standing
    views: tuple[View, ...]
    """In the order of the questionnaire's answers, « not known yet » last."""

    @property
    def is_partly_known(self) -> bool:
        """True where the only difference is that some do not know yet."""
        return len([view for view in self.views if view.value is not None]) == 1 < len(self.views)

    @property
    def tried(self) -> tuple[View, ...]:
        """Views that go with the common ground."""
        return tuple(view for view in self.views if view.seen is not None)

    @property
    def moved(self) -> frozenset[Name]:
        """What is not concluded alike of every view."""
        return differing([view.seen for view in self.tried if view.seen is not None])


@dataclass(frozen=True, slots=True)
class WholeView:
    """All that one person says where views differ, put beside the common ground at once."""

    name: str
    seen: Seen | None
    """None where these answers do not go together."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """Views crossed, question by question in the order of the file. Holds nothing of who does not consent."""

    names: tuple[str, ...]
    """Who consents and has answered, in the dossier's order."""
    questions: tuple[QuestionViews, ...]
    wholes: tuple[WholeView, ...]
    """Of each person; empty where nothing differs, or nothing could be tried."""
    is_grounded: bool
    """False when the shared answers do not go together: nothing is then tried."""
    ground: Seen
    """What the common ground alone gives."""

    @property
    def is_enough(self) -> bool:
        """True when there is something to cross."""
        return len(self.names) >= FEWEST

    @property
    def moved(self) -> frozenset[Name]:
        """What is not concluded alike, whose answers soever are taken."""
        return differing([whole.seen for whole in self.wholes if whole.seen is not None])

    @property
    def common(self) -> tuple[QuestionViews, ...]:
        """Questions to which all who answered give the same answer, and know it."""
        return tuple(one for one in self.standing("shared") if one.views[0].value is not None)

    def standing(self, standing: Standing) -> tuple[QuestionViews, ...]:
        """Questions that stand so."""
        return tuple(one for one in self.questions if one.standing == standing)


def differing(seen: list[Seen]) -> frozenset[Name]:
    """Names that do not stand alike everywhere."""
    names = {name for each in seen for name in each}
    return frozenset(name for name in names if len({each.get(name) for each in seen}) > 1)


def cross(base: Base, conclude: Conclude, respondents: Iterable[Respondent]) -> Crossed:
    """The views of who consents. ``conclude`` gives the conclusions of any coherent answers, a few milliseconds each:
    one call for each view that differs, one for each person, one for the common ground.
    """
    heard = {one.name: said for one in respondents if one.consents and (said := outward(base, one))}
    if len(heard) < FEWEST:
        return Crossed(tuple(heard), (), (), True, {})
    found = {id: _views(base, id, heard) for id in base.logic.questions if not _is_internal(base, id)}
    shared = {id: views[0].value for id, (standing, views) in found.items() if standing == "shared"}
    ground: Answers = {id: value for id, value in shared.items() if value is not None}
    see = _Seeing(base, conclude, ground)
    questions = tuple(
        QuestionViews(id, standing, see.each(id, views) if standing == "differing" else views)
        for id, (standing, views) in found.items()
    )
    apart = [one.question for one in questions if one.standing == "differing"]
    wholes = tuple(WholeView(name, see.whole(apart, said)) for name, said in heard.items() if apart)
    grounded = see.of({})
    return Crossed(tuple(heard), questions, wholes, grounded is not None, grounded or {})


def outward(base: Base, one: Respondent) -> Mapping[str, Value | None]:
    """What one person says that may be said aloud; None is « not known yet ». Answers that are sans objet are left out,
    by this person's own answers.
    """
    answers = {id: value for id, value in one.answers.items() if not _is_internal(base, id)}
    scopes = scopes_of(base.logic, answers)
    said: dict[str, Value | None] = {id: value for id, value in answers.items() if scopes[id].applies is not False}
    unknown = {id for id in one.declined if not _is_internal(base, id) and scopes[id].applies is not False}
    return said | dict.fromkeys(unknown, None)


def _is_internal(base: Base, question: str) -> bool:
    return base.entry("question", question).internal


def _views(base: Base, id: str, heard: Mapping[str, Mapping[str, Value | None]]) -> tuple[Standing, tuple[View, ...]]:
    by_value: dict[Value | None, list[str]] = {}
    for name, said in heard.items():
        if id in said:
            by_value.setdefault(said[id], []).append(name)
    order = base.logic.questions[id].answers
    views = [View(value, tuple(names)) for value, names in by_value.items()]
    views.sort(key=lambda view: _rank(order, view.value))
    if not views:
        return "unheard", ()
    if len(views) > 1:
        return "differing", tuple(views)
    return ("shared" if len(views[0].names) >= FEWEST else "alone"), tuple(views)


def _rank(order: tuple[str, ...], value: Value | None) -> tuple[int, ...]:
    if value is None:
        return (1,)
    if isinstance(value, int):
        return (0, value)
    ids = value if isinstance(value, frozenset) else {value}
    return (0, *sorted(order.index(id) for id in ids))


class _Seeing:
    """What is concluded of the common ground with some answers beside it, each mixture once."""

    def __init__(self, base: Base, conclude: Conclude, ground: Answers) -> None:
        self._base, self._conclude, self._ground = base, conclude, ground
        self._known: dict[frozenset[tuple[str, Value]], Seen | None] = {}

    def each(self, id: str, views: tuple[View, ...]) -> tuple[View, ...]:
        """Views with what each gives."""
        return tuple(
            View(view.value, view.names, self.of({} if view.value is None else {id: view.value})) for view in views
        )

    def whole(self, apart: list[str], said: Mapping[str, Value | None]) -> Seen | None:
        """What one person's answers give, all together; what that person does not know stays open."""
        return self.of({id: value for id in apart if (value := said.get(id)) is not None})

    def of(self, beside: Answers) -> Seen | None:
        """None when nobody could answer so."""
        key = frozenset(beside.items())
        if key not in self._known:
            mixed = {**self._ground, **beside}
            logic = self._base.logic
            fits = not (incoherences(logic, mixed) or offending(logic, mixed))
            self._known[key] = self._seen(self._conclude(mixed)) if fits else None
        return self._known[key]

    def _seen(self, concluded: Conclusions) -> Seen:
        """Format and place as they are shown, or as far as they are open; of the rest, what is drawn and its level."""
        found: dict[Name, State] = {}
        for name, state in conclusions(self._base, concluded).items():
            if name in (("format",), ("posture",)):
                shown = state.certainty != "possible"
                found[name] = State(state.ids, "" if shown else state.certainty, state.detail, state.internal)
            elif name[0] in COMPARED and state.certainty != "possible":
                found[name] = State(state.ids, "", state.detail, state.internal)
        return found
