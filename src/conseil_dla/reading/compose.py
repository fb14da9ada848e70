"""Compose a reading: the one place where inference and outlook become what every front end shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from conseil_dla.analysis.outlook import Outlook, Survey
from conseil_dla.analysis.questions import Relevance
from conseil_dla.deciding import NOTHING, nothing_stands_out
from conseil_dla.inference.durable_engine import EngineFailed
from conseil_dla.inference.outcome import Engine
from conseil_dla.inference.selection import EnginesDisagree
from conseil_dla.model import Answers, Base, Kind
from conseil_dla.reading.advice import read_format, read_posture
from conseil_dla.reading.collected import draw_all, read_factors
from conseil_dla.reading.values import (
    Drawn,
    Explanation,
    FormatReading,
    Moment,
    NextQuestion,
    PostureReading,
    Reading,
)
from conseil_dla.reading.why import explain


@dataclass(frozen=True, slots=True)
class Views:
    """The two outlooks that a reading rests on."""

    general: Outlook
    """Everything unknown is open."""
    usual: Outlook
    """What is unknown takes ordinary answers; the general outlook where no coherent dossier is ordinary."""


class ReadingFailed(Exception):
    """The engine could not be trusted on this dossier: it failed, or two engines under control did not agree.

    The cause is the engine's own exception. The dossier itself is not at fault.
    """


class Reader:
    """A base with its engine: turns answers into readings, and conclusions into explanations."""

    def __init__(self, base: Base, engine: Engine) -> None:
        self.base = base
        self._engine = engine
        self._survey = Survey(base.logic)
        self._relevance = Relevance(base.logic)

    @property
    def engine(self) -> str:
        """Name of the inference engine in use, as shown to users."""
        return self._engine.name

    def fire(self, answers: Answers) -> frozenset[str]:
        """Rules that fire on these answers. Raises ``ReadingFailed``."""
        try:
            return self._engine.fire(answers).rules
        except (EngineFailed, EnginesDisagree) as error:
            raise ReadingFailed(str(error)) from error

    def read(self, answers: Answers, declined: frozenset[str] = frozenset()) -> Reading:
        """The reading of one dossier. ``declined`` are questions put off: asked again only when nothing else is left.

        Raises ``ReadingFailed`` when the engine fails, or when both run under control and differ.
        """
        views = self._views(answers)
        general = views.general
        format = read_format(self.base, self._survey, self._relevance, answers, views.general, views.usual)
        posture = read_posture(self.base, self._survey, self._relevance, answers, views.general, views.usual)
        drawn = draw_all(self.base, general, views.usual)
        settled = {"format_settled": _format_settled(format, general), "posture_settled": _posture_settled(posture)}
        open_questions = self._relevance.open_questions(general)
        moving = self._relevance.moving_anything(general)
        moving_advice = self._relevance.moving_advice(general, **settled)
        unanswered = [id for id, scope in general.scopes.items() if scope.applies is not False and not scope.known]
        return Reading(
            answers=answers,
            declined=declined,
            engine=self.engine,
            digest=self.base.digest,
            format=format,
            posture=posture,
            drawn=drawn,
            factors=read_factors(self.base, general),
            moment=_moment(self.base, general, drawn),
            next_question=self._next(views, format, posture, open_questions, declined),
            without_effect=tuple(sorted(id for id in unanswered if id not in moving)),
            without_effect_on_advice=tuple(sorted(id for id in unanswered if id not in moving_advice)),
            not_applicable=frozenset(id for id, scope in general.scopes.items() if scope.applies is False),
            open_questions=open_questions,
            ignored_answers=tuple(sorted(id for id in answers if general.scopes[id].applies is False)),
            fired=frozenset(id for id, state in general.states.items() if state),
            states=general.states,
        )

    def explain(self, reading: Reading, kind: Kind, id: str) -> Explanation:
        """Why a conclusion is drawn, or why not."""
        return explain(self.base, self._views(reading.answers).general, reading, kind, id)

    def _views(self, answers: Answers) -> Views:
        general = self._survey.outlook(answers, fired=self.fire(answers))
        questions = self.base.logic.questions
        kept = frozenset(
            id
            for id, scope in general.scopes.items()
            if questions[id].ordinary is not None and not scope.known and scope.applies is not False
        )
        usual = self._survey.outlook(answers, ordinary=kept)
        nothing_ordinary = any(not sums for sums in usual.sums.values())
        return Views(general, general if nothing_ordinary else usual)

    def _next(
        self,
        views: Views,
        format: FormatReading,
        posture: PostureReading,
        open_questions: tuple[str, ...],
        declined: frozenset[str],
    ) -> NextQuestion | None:
        ordered = sorted(open_questions, key=self._theme_order)
        fresh = [id for id in ordered if id not in declined]
        if not fresh:
            return NextQuestion(ordered[0], "reprise") if ordered else None
        shown = {"format_settled": bool(format.shown), "posture_settled": bool(posture.shown)}
        outlook = views.general if not (format.shown or posture.shown) else views.usual
        if not all(shown.values()):
            weights = self._relevance.weights(outlook, **shown)
            best = max(fresh, key=lambda id: weights.get(id, 0.0))
            if weights.get(best, 0.0) > 0:
                return self._essential(best, outlook, format, posture)
        if exception := _exception(fresh, format, posture):
            return exception
        weights = self._relevance.weights(
            views.general,
            format_settled=format.retained is not None or bool(format.tied),
            posture_settled=_posture_settled(posture),
        )
        waiting = [id for id in fresh if weights.get(id, 0.0) > 0]
        if waiting:
            return NextQuestion(max(waiting, key=lambda id: weights[id]), "theme")
        return NextQuestion(fresh[0], "theme")

    def _theme_order(self, id: str) -> tuple[str, str]:
        """By theme, then by id: the order of files must change nothing, so it cannot settle equal weights."""
        return (self.base.entry("question", id).texts.get("theme", ""), id)

    def _essential(self, id: str, outlook: Outlook, format: FormatReading, posture: PostureReading) -> NextQuestion:
        on_format = self._relevance.weights(outlook, format_settled=False, posture_settled=True)
        about_format = not format.shown and on_format[id] > 0
        axes = () if posture.shown else self._relevance.axes_moved_by(outlook, id)
        return NextQuestion(id, "essentiel", about_format, axes)


def _exception(fresh: list[str], format: FormatReading, posture: PostureReading) -> NextQuestion | None:
    for unless in (*format.usual.unless, *posture.usual.unless):
        if unless.question in fresh:
            return NextQuestion(unless.question, "exception", opens=unless.then)
    return None


def _format_settled(format: FormatReading, general: Outlook) -> bool:
    """Settled to the last detail: the best formats, what would follow them, and whether they stand out."""
    best = general.formats.best
    if not best:
        return False
    stands_out = [general.standings[id] for id in best]
    return format.then_settled and all(s.exact or nothing_stands_out(s) or s.low > NOTHING for s in stands_out)


def _posture_settled(posture: PostureReading) -> bool:
    outcome = posture.retained is not None or bool(posture.between) or posture.off_note
    return outcome and all(low == high for low, high in posture.position.values())


def _moment(base: Base, general: Outlook, drawn: tuple[Drawn, ...]) -> Moment | None:
    preparatory = {id for id, format in base.logic.formats.items() if format.preparatory}
    possible = general.formats.possible
    if general.formats.best is not None and general.formats.best & preparatory:
        return "pas_tel_quel"
    if not possible:
        return None
    if possible <= preparatory:
        return "pas_tel_quel"
    if possible & preparatory:
        return None
    blocking: list[Literal["certaine", "sauf_exception", "possible"]] = [
        d.certainty for d in drawn if d.kind == "prealable" or (d.kind == "vigilance" and d.level == "avant")
    ]
    if "certaine" in blocking:
        return "a_preparer"
    return None if blocking or _some_level_open(base, general) else "pret"


def _some_level_open(base: Base, general: Outlook) -> bool:
    """True when a rule that is still open would draw a vigilance to settle before launching."""
    return any(
        general.states[rule.id] is None and any(getattr(effect, "level", None) == "avant" for effect in rule.effects)
        for rule in base.logic.rules
    )
