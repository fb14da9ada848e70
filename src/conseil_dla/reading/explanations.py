"""Why a conclusion is drawn, or why not: the frozen values that ``wording`` puts into sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from conseil_dla.reading.values import Argument
from conseil_dla.rules.model import Atom, Force, Kind, Level, Side


@dataclass(frozen=True, slots=True)
class Clause:
    """One atom of a condition as the dossier stands: what it asks, and whether it holds."""

    atom: Atom
    holds: bool | None
    negated: bool = False
    """True when the condition wants this atom *not* to hold; ``holds`` speaks of the clause as wanted."""


@dataclass(frozen=True, slots=True)
class Need:
    """Open clauses of which so many would do, beside what holds already."""

    count: int
    """How many of the clauses would do; 0 where no number says it."""
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class RuleAccount:
    """One rule that bears on a conclusion: does it hold, by which clauses, and what is missing."""

    rule: str
    holds: bool | None
    met: tuple[Clause, ...]
    unmet: tuple[Clause, ...]
    open: tuple[Clause, ...]
    needs: tuple[Need, ...] = ()
    """The same open clauses, by what would settle them; every need is to be met."""
    behind: tuple[str, ...] = ()
    """For a rule that reads findings alone: the rules that hold and conclude them, whose reasons are its own."""
    level: Level | None = None
    argument: Argument | None = None
    """The argument that it gives, unless it is excluded."""
    side: Side | None = None
    """For a format: whether the rule argues for or against it."""
    points: int = 0
    """Points on an axis; 0 when the rule gives none."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why one format stands behind (or before) another: the force that decides, and the reasons at that force."""

    ahead: str | None
    """None where ``whatever``, and no one format is ahead in every completion."""
    behind: str
    force: Force | None
    """None on full equality, and where ``whatever``."""
    ahead_reasons: tuple[Argument, ...]
    behind_reasons: tuple[Argument, ...]
    settled: bool
    """False while unknown answers could still turn it."""
    whatever: bool = False
    """True when the reasons established so far do not say it, and yet every completion does."""


Status = Literal["certaine", "sauf_exception", "possible", "absente"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a conclusion is drawn, or why not; rendered by ``wording.reading_sentences``."""

    kind: Kind
    id: str
    status: Status
    accounts: tuple[RuleAccount, ...]
    comparison: Comparison | None = None
    """For a format: against the winner, or against the runner-up when it is itself the winner."""
    ruled_out_by: tuple[RuleAccount, ...] = ()
    axes: Mapping[str, tuple[RuleAccount, ...]] = field(default_factory=dict)
    """For a posture: the rules that gave points on each axis."""
    could_change: tuple[str, ...] = ()
    """Unanswered questions on which it still depends; none once it is certain or excluded."""


def leading_question(explanation: Explanation, useful: Sequence[str] = ()) -> str | None:
    """The unanswered question that could change it, the first of the ``useful`` if one of them can.

    Where none can any more, the first whose answer it comes from; for what is not concluded, the first whose answer
    stands in the way. None where no rule asks anything.
    """
    could = explanation.could_change
    if could:
        return next((id for id in useful if id in could), could[0])
    return next(_questions(explanation), None)


def _questions(explanation: Explanation) -> Iterator[str]:
    along = (account for accounts in explanation.axes.values() for account in accounts)
    accounts = [*explanation.ruled_out_by, *explanation.accounts, *along]
    for account in sorted(accounts, key=lambda a: a.holds is not True):
        for clause in _clauses(account):
            if question := getattr(clause.atom, "question", None):
                yield question


def _clauses(account: RuleAccount) -> tuple[Clause, ...]:
    """Those that say most of why the rule stands as it does."""
    return (*account.met, *account.open) if account.holds else (*account.unmet, *account.open, *account.met)
