"""The question that a conclusion hangs on: where a reader goes who wants to change or to check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conseil_dla.reading.explanations import Clause, Explanation, RuleAccount


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
