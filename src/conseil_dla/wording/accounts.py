"""A rule as it stands, in sentences: its reason, the answers behind it, what is awaited, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, listed, quoted, sentence
from conseil_dla.reading.explanations import Need, RuleAccount
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.wording.clauses import open_text, told, unmet_text
from conseil_dla.wording.provenance import source_text


def account_text(base: Base, reading: Reading, account: RuleAccount) -> str:
    """A rule that holds or may hold. A finding that it rests on gives its own reason too."""
    parts = [reason_text(base, rule) for rule in (account.rule, *account.behind) if rule]
    parts.append(told(base, reading, account.met))
    if account.holds is None:
        parts += _awaited(base, account.needs)
    if account.rule:
        parts.append(source_text(base, account.rule))
    return " ".join(part for part in parts if part)


def reason_text(base: Base, rule: str) -> str:
    """Why a rule concludes what it does."""
    return sentence(base.entry("regle", rule).texts["parce_que"])


def _awaited(base: Base, needs: Iterable[Need]) -> Iterable[str]:
    """What is left to know, and whether one answer would do."""
    alone = [open_text(base, need.clauses[0]) for need in needs if len(need.clauses) == 1]
    if alone:
        yield f"Reste à savoir{NBSP}: {listed(alone)}."
    for need in needs:
        if len(need.clauses) > 1:
            named = [open_text(base, clause) for clause in need.clauses]
            if need.count == 1:
                yield f"L’une de ces réponses suffirait{NBSP}: {listed(named, 'ou')}."
            elif need.count:
                yield f"Il en faudrait {need.count} parmi{NBSP}: {listed(named)}."
            else:
                yield f"Cela dépend de{NBSP}: {listed(named)}."


def missing_text(base: Base, reading: Reading, account: RuleAccount) -> str:
    """A rule that does not hold: which answer it would have taken, unless its questions do not even apply."""
    if not account.unmet:
        return account_text(base, reading, account)
    parts = list(unmet_parts(base, reading, account).values())
    lead = f"{quoted(base.title('regle', account.rule))}{NBSP}: " if account.rule else ""
    if not parts:
        return sentence(f"{lead}sans objet ici")
    return sentence(f"{lead}il faudrait, pour {f'{NBSP}; pour '.join(parts)}")


def unmet_parts(base: Base, reading: Reading, account: RuleAccount) -> dict[str, str]:
    """What would have been needed, by question."""
    said = {getattr(clause.atom, "question", ""): unmet_text(base, reading, clause) for clause in account.unmet}
    return {question: text for question, text in said.items() if text}
