"""Compose a reading: the one place where inference and outlook become what every front end shows.

It begins with what the engine fired: that holds now. Outlooks then add what no rule proves alone: what is certain by
cases, what holds but for exceptions, what is possible, format and place over all completions, what there is to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import cast

from conseil_dla.engine.durable_engine import EngineFailed
from conseil_dla.engine.outcome import Engine, EnginesDisagree, Fired
from conseil_dla.engine.reference_engine import ReferenceEngine
from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.relevance import Relevance
from conseil_dla.exact.search.searching import Proves, at_once
from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.reading.advice import read_format, read_posture
from conseil_dla.reading.asking import Asking, call_sheet, next_question
from conseil_dla.reading.collected import draw_all, read_factors
from conseil_dla.reading.essentials import Essentials, essentials_of
from conseil_dla.reading.explanations import Explanation, leading_question
from conseil_dla.reading.held import held
from conseil_dla.reading.nearest import nearest
from conseil_dla.reading.opening import compiled, costs_of, told_in_parts
from conseil_dla.reading.prospects import prospects_of
from conseil_dla.reading.since import since
from conseil_dla.reading.values import Conclusions, FactorReading, Moment, Prospects, Reading, Reporter
from conseil_dla.reading.views import Views, views_of
from conseil_dla.reading.whole import NOTHING_AHEAD, Whole
from conseil_dla.reading.why import explain
from conseil_dla.rules.asked_first import AskedFirst
from conseil_dla.rules.counting import answered_by_table, known_answers
from conseil_dla.rules.model import Answers, Base, Dossier, Kind
from conseil_dla.rules.truth import questions_read


class ReadingFailed(Exception):
    """The engine could not be trusted on this dossier: it failed, or what it fires is not what another way says.

    The cause is the engine's own exception. The dossier itself is not at fault.
    """


def reporter(base: Base, dossier: Dossier) -> Reporter:
    """Who reports a case: the note, where all that it cites are claims of the note; empty for a dossier."""
    if not dossier.experience:
        return ""
    if dossier.observation is not None:
        return "reseau"
    is_note = bool(dossier.sources) and all(("affirmation", id) in base.texts for id in dossier.sources)
    return "note" if is_note else "ailleurs"


class Reader:
    """A base with its engine: turns answers into readings, and conclusions into explanations.

    Making one compiles the base; it raises ``Unusable`` when no memory would hold it. ``unread`` are the files
    of the folder that gave nothing to the base: whoever opens it tells them.
    """

    def __init__(self, base: Base, engine: Engine, unread: tuple[Diagnostic, ...] = ()) -> None:
        self.base = base
        self.unread = unread
        self._engine = engine
        self._first_engine = engine.name
        self._tell_stopped: Callable[[], object] | None = None
        self._reference = ReferenceEngine(base.logic)
        self._once = Lock()
        self.atlas = compiled(base)
        """Every diagram of the base, for who reads many dossiers at once."""
        self.costs = (*costs_of(base, self.atlas.diagrams.size), *told_in_parts(base, self.atlas))
        """What opening it costs, where that is much: for its author, and for whoever runs a command."""
        self.relevance = Relevance(self.atlas)
        """What each question can change, likewise."""
        self.asked_first = AskedFirst(base.logic)
        """What authors want asked first, likewise."""

    @property
    def engine(self) -> str:
        """Name of the inference engine in use, as shown to users."""
        return self._engine.name

    def fire(self, answers: Answers) -> frozenset[str]:
        """Rules that fire on these answers. Raises ``ReadingFailed``, also where the reference fires others."""
        fired, said = self.fired(answers), self._reference.fire(answers).rules
        if fired.rules != said:
            raise _disagreement(answers, fired.rules - said, said - fired.rules)
        return fired.rules

    def when_engine_stops(self, tell: Callable[[], object] | None) -> None:
        """Have it told, once and from the thread that reads, when the engine was lost and another serves instead."""
        self._tell_stopped = tell

    def fired(self, answers: Answers) -> Fired:
        """What the engine fires, for who compares it with something else. Raises ``ReadingFailed``."""
        try:
            fired = self._engine.fire(answers)
        except (EngineFailed, EnginesDisagree) as error:
            raise ReadingFailed(str(error)) from error
        if fired.engine != self._first_engine:
            with self._once:
                tell, self._tell_stopped = self._tell_stopped, None
            if tell is not None:
                tell()
        return fired

    def _held_to(self, general: Outlook) -> Fired:
        """What the engine fires on the answers of an outlook: nothing but what is certain, and all that is known to be.

        What is certain may follow from no alternative alone, and then it rightly does not fire: the reference tells
        that from a firing that the engine drops, and is asked only where there is such a rule.
        """
        fired, certain = self.fired(general.answers), general.certain
        if fired.rules != certain:
            said = self._reference.fire(general.answers).rules
            invented, dropped = fired.rules - said, (certain & said) - fired.rules
            if invented or dropped:
                raise _disagreement(general.answers, invented, dropped)
            if unproven := fired.rules - certain:
                raise _disagreement(general.answers, unproven, frozenset())
        return fired

    def read_dossier(self, dossier: Dossier, *, stands: bool = True) -> Reading:
        """The reading of what a dossier answers by hand and by its table of structures. Raises ``ReadingFailed``.

        ``stands`` as for ``read``.
        """
        known = known_answers(self.base.logic, dossier)
        reading = self.read(known, dossier.declined, answered_by_table(known, dossier.answers), stands=stands)
        return replace(reading, reported=reporter(self.base, dossier))

    def read(
        self,
        answers: Answers,
        declined: frozenset[str] = frozenset(),
        counted: frozenset[str] = frozenset(),
        proves: Proves = at_once,
        *,
        stands: bool = True,
    ) -> Reading:
        """The reading of some answers. ``declined`` are questions put off: asked again only when nothing else is left.

        ``counted`` are those among the answered that the table of structures answers. Where ``proves`` says that no
        proof may be begun now, the reading is not ``is_proved``: more may turn out to be without effect. Without
        ``stands``, how far it is settled (``Reading.standing``) is not looked for, which takes most proofs.

        Raises ``ReadingFailed`` when the engine fails, and when what it fires is not what is proven or known.
        """
        views = self._views(answers)
        general = views.general
        fired = self._held_to(general)
        concluded = conclude(self.base, views, fired)
        format, posture, factors = concluded.format, concluded.posture, concluded.factors
        applies = general.applies
        open_questions = tuple(id for id, state in applies.items() if state and id not in answers)
        unanswered = [id for id, state in applies.items() if state is not False and id not in answers]
        stakes = self.relevance.stakes(general, views.usual, proves)
        moving = stakes.moving() | _told_by_answering(self.base, factors)
        moving_advice = stakes.moving(self.relevance.advice)
        moving_outcome = stakes.moving(self.relevance.outcome, moving_advice) if stands else frozenset(unanswered)
        first = self.asked_first.of(answers)
        asking = Asking(self.base, stakes, format, posture, open_questions, moving, first)
        order = asking.in_order()
        return Reading(
            answers=answers,
            declined=declined,
            counted=counted,
            reported="",
            engine=fired.engine,
            digest=self.base.digest,
            format=format,
            posture=posture,
            drawn=concluded.drawn,
            factors=factors,
            moment=concluded.moment,
            next_question=next_question(asking, order, declined),
            without_effect=tuple(sorted(id for id in unanswered if id not in moving)),
            without_effect_on_advice=tuple(sorted(id for id in unanswered if id not in moving_advice)),
            without_effect_on_outcome=tuple(sorted(id for id in unanswered if id not in moving_outcome)),
            not_applicable=frozenset(id for id, state in applies.items() if state is False),
            open_questions=open_questions,
            ignored_answers=tuple(sorted(id for id in answers if applies[id] is False)),
            to_ask=call_sheet(order, moving),
            fired=fired.rules,
            rules_by_cases=general.certain - fired.rules,
            trace=fired.trace,
            states=general.states,
            is_proved=stakes.is_proved,
        )

    def proved(self, reading: Reading, proves: Proves = at_once) -> Reading:
        """The same reading, the proofs that were left for later made. Raises ``ReadingFailed``."""
        if reading.is_proved:
            return reading
        whole = self.read(reading.answers, reading.declined, reading.counted, proves)
        return replace(whole, reported=reading.reported)

    def conclude(self, answers: Answers) -> Conclusions:
        """What is concluded of some answers, without what there is to ask: half the time of a reading.

        Raises ``ReadingFailed``.
        """
        views = self._views(answers)
        return conclude(self.base, views, self._held_to(views.general))

    def prospects(self, reading: Reading) -> Prospects:
        """What could still turn a reading, and what it rests on. Apart, because only who shows it needs it."""
        return prospects_of(self.atlas, Outlook(self.atlas, reading.answers, ordinary=True), reading)

    def whole(self, dossier: Dossier, today: date, cases: Iterable[Dossier]) -> Whole:
        """All that is shown of a dossier, the nearest of ``cases`` beside it. Raises ``ReadingFailed``."""
        return self.completed(Whole(self.base, self.read_dossier(dossier), dossier), today, cases)

    def completed(self, begun: Whole, today: date, cases: Iterable[Dossier]) -> Whole:
        """The same from a reading that is already there, and from its prospects where they are. Raises as ``whole``."""
        reading, read = self.proved(begun.reading), tuple(cases)
        return replace(
            begun,
            reading=reading,
            prospects=self.prospects(reading) if begun.prospects is NOTHING_AHEAD else begun.prospects,
            nearest=nearest(self.base, reading, (case for case in read if case.observation is None)),
            nearest_seen=nearest(self.base, reading, (case for case in read if case.observation is not None)),
            since=since(self.base, self.read, begun.dossier.journal, reading, today),
            day=today.isoformat(),
        )

    def essentials(self, most: int) -> Essentials:
        """The questions, at most so many, that l'essentiel asks most often: some thousand readings' worth of time."""
        return essentials_of(self.base, self.relevance, most)

    def explain(self, reading: Reading, kind: Kind, id: str) -> Explanation:
        """Why a conclusion is drawn, or why not."""
        return explain(self.base, self._views(reading.answers).general, reading, kind, id)

    def question_of(self, reading: Reading, kind: Kind, id: str) -> str | None:
        """The question that a conclusion hangs on; None where no rule asks anything."""
        useful = [*(asked.question for asked in reading.to_ask), *reading.open_questions]
        return leading_question(self.explain(reading, kind, id), useful)

    def _views(self, answers: Answers) -> Views:
        return views_of(self.atlas, answers)


def conclude(base: Base, views: Views, fired: Fired) -> Conclusions:
    """Format, posture and everything collected, from what fired and what may still be.

    What there is to ask takes longer, and is not looked at.
    """
    now = held(base.logic, fired.rules, views.general)
    return Conclusions(
        read_format(base, views.general, views.usual, now),
        read_posture(base, views.general, views.usual),
        draw_all(base, views.general, views.usual, now),
        read_factors(base, views.general),
        _moment(views.general),
    )


def _disagreement(answers: Answers, fired: frozenset[str], said: frozenset[str]) -> ReadingFailed:
    """Rules that the engine alone fires, and those that the reference alone does: an exception with its cause."""
    cause = EnginesDisagree(answers, fired, said)
    failed = ReadingFailed(str(cause))
    failed.__cause__ = cause
    return failed


def _told_by_answering(base: Base, factors: tuple[FactorReading, ...]) -> frozenset[str]:
    """Questions of factors that nothing is known of: any answer makes them « possible » at least."""
    return frozenset(
        id
        for factor in factors
        if factor.state == "inconnu"
        for id in questions_read(base.logic.factors[factor.id].present_if)
    )


def _moment(general: Outlook) -> Moment | None:
    """When to launch, where all completions agree."""
    moments = cast("frozenset[Moment]", general.formats.moments)
    return next(iter(moments)) or None if len(moments) == 1 else None
