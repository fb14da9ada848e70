"""Why a conclusion is drawn, or why not: which rules bear on it, by which answers, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conseil_dla.exact.outlook import Outlook
from conseil_dla.exact.space import questions_behind
from conseil_dla.reading.clauses import Seen, account, account_of
from conseil_dla.reading.explanations import Comparison, Explanation, RuleAccount, Status
from conseil_dla.reading.values import Argument, Reading
from conseil_dla.rules.deciding import profile
from conseil_dla.rules.model import FORCES, Argue, Base, Condition, Draw, Kind, Push, Rule, RuleOut


def explain(base: Base, outlook: Outlook, reading: Reading, kind: Kind, id: str) -> Explanation:
    """Gather what bears on one conclusion. Raises KeyError on an unknown kind or id: callers check names first."""
    base.entry(kind, id)
    found = _gather(base, outlook, reading, kind, id)
    settled = found.status in ("certaine", "absente")
    return replace(found, could_change=()) if settled else found


def _gather(base: Base, outlook: Outlook, reading: Reading, kind: Kind, id: str) -> Explanation:
    match kind:
        case "format":
            return _explain_format(base, outlook, reading, id)
        case "posture":
            return _explain_posture(base, outlook, reading, id)
        case "facteur":
            condition = base.logic.factors[id].present_if
            state = {f.id: f.state for f in reading.factors}.get(id)
            certainty: Status = "certaine" if state == "present" else ("possible" if state else "absente")
            return _explain_condition(base, outlook, reading, kind, id, certainty, [condition])
        case "tension":
            poles = next(t.poles for t in base.logic.tensions if t.id == id)
            drawn = next((d for d in reading.drawn if (d.kind, d.id) == (kind, id)), None)
            return _explain_condition(base, outlook, reading, kind, id, drawn.certainty if drawn else "absente", poles)
        case _:
            return _explain_drawn(base, outlook, reading, kind, id)


def _explain_drawn(base: Base, outlook: Outlook, reading: Reading, kind: Kind, id: str) -> Explanation:
    seen = Seen(outlook, reading.trace)
    drawn = next((d for d in reading.drawn if (d.kind, d.id) == (kind, id)), None)
    accounts = []
    bearing = []
    for rule in base.logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Draw) and (effect.kind, effect.id) == (kind, id):
                accounts.append(replace(account_of(seen, rule), level=effect.level))
                bearing.append(rule)
    status = drawn.certainty if drawn else "absente"
    return Explanation(kind, id, status, _by_state(accounts), could_change=_open_behind(base, outlook, bearing))


def _explain_condition(
    base: Base,
    outlook: Outlook,
    reading: Reading,
    kind: Kind,
    id: str,
    status: Status,
    conditions: Iterable[Condition],
) -> Explanation:
    seen = Seen(outlook, reading.trace)
    rules = [Rule("", condition, ()) for condition in conditions]
    accounts = [account(seen, "", r.condition, outlook.holds(r.condition)) for r in rules]
    open_questions = _open_behind(base, outlook, [r for r in rules if outlook.holds(r.condition) is None])
    return Explanation(kind, id, status, tuple(accounts), could_change=open_questions)


def _explain_format(base: Base, outlook: Outlook, reading: Reading, id: str) -> Explanation:
    seen = Seen(outlook, reading.trace)
    arguments = {(a.rule, a.format, a.side, a.motif, a.force): a for a in reading.format.arguments}
    accounts, vetoes, bearing = [], [], []
    for rule in base.logic.rules:
        for effect in rule.effects:
            if isinstance(effect, Argue) and effect.format == id:
                known = arguments.get((rule.id, id, effect.side, effect.motif, effect.force))
                accounts.append(replace(account_of(seen, rule), argument=known, side=effect.side))
                bearing.append(rule)
            if isinstance(effect, RuleOut) and effect.format == id and outlook.states[rule.id] is not False:
                vetoes.append(account_of(seen, rule))
                bearing.append(rule)
    rivals = [r for r in base.logic.rules if any(isinstance(e, Argue | RuleOut) for e in r.effects)]
    return Explanation(
        "format",
        id,
        _status(id, reading.format.retained, reading.format.tied, reading.format.shown, reading.format.possible),
        _by_state(accounts),
        comparison=_compare(base, reading, id),
        ruled_out_by=tuple(vetoes),
        could_change=_open_behind(base, outlook, bearing) or _open_behind(base, outlook, rivals),
    )


def _status(
    id: str, retained: str | None, several: tuple[str, ...], shown: tuple[str, ...], possible: tuple[str, ...]
) -> Status:
    if id == retained or id in several:
        return "certaine"
    if id in shown:
        return "sauf_exception"
    return "possible" if id in possible else "absente"


def _compare(base: Base, reading: Reading, id: str) -> Comparison | None:
    """Against the format ahead of it; when it is ahead itself, against the next one. On what is known so far."""
    profiles = {f: _known_profile(reading, f) for f in base.logic.formats if f not in reading.format.ruled_out}
    if id not in profiles:
        return None
    left = [f for f in sorted(profiles) if f in reading.format.possible] or sorted(profiles)
    shown = reading.format.shown or (max(left, key=lambda f: profiles[f]),)
    others = [f for f in sorted(profiles) if f not in shown]
    ahead = shown[0] if id not in shown else id
    if id in shown:
        rivals = [f for f in others if any(a.side == "pour" for a in _reasons(reading, f, None))]
        behind = max(rivals if _reasons(reading, id, None) else others, key=lambda f: profiles[f], default=None)
    else:
        behind = id
    if behind is None:
        return None
    if behind in reading.format.possible and not _reasons(reading, ahead, None) and not _reasons(reading, behind, None):
        return None
    if behind not in reading.format.possible and profiles[behind] >= profiles[ahead]:
        by = ahead if ahead in (reading.format.retained, *reading.format.tied) else None
        return Comparison(by, behind, None, (), (), settled=True, whatever=True) if by or behind == id else None
    if profiles[behind] > profiles[ahead]:
        ahead, behind = behind, ahead
    differing = [k for k, (a, b) in enumerate(zip(profiles[ahead], profiles[behind], strict=True)) if a != b]
    force = FORCES[differing[0]] if differing else None
    return Comparison(
        ahead,
        behind,
        force,
        _reasons(reading, ahead, force),
        _reasons(reading, behind, force),
        settled=behind not in reading.format.possible,
    )


def _known_profile(reading: Reading, format: str) -> tuple[int, ...]:
    certain = [a for a in reading.format.arguments if a.format == format and a.certainty == "certaine"]
    return profile(Argue(a.format, a.side, a.force, a.motif) for a in certain)


def _reasons(reading: Reading, format: str, force: str | None) -> tuple[Argument, ...]:
    return tuple(
        a
        for a in reading.format.arguments
        if a.format == format and a.certainty == "certaine" and (force is None or a.force == force)
    )


def _explain_posture(base: Base, outlook: Outlook, reading: Reading, id: str) -> Explanation:
    seen = Seen(outlook, reading.trace)
    posture = reading.posture
    axes: dict[str, tuple[RuleAccount, ...]] = {}
    bearing = []
    for axis in base.logic.axes:
        accounts = []
        for rule in base.logic.rules:
            for effect in rule.effects:
                if isinstance(effect, Push) and effect.axis == axis and outlook.states[rule.id] is not False:
                    accounts.append(replace(account_of(seen, rule), points=effect.points))
                    bearing.append(rule)
        axes[axis] = _by_state(accounts)
    status = _status(id, posture.retained or posture.nearest, posture.between, posture.shown, posture.possible)
    everything = tuple(account for accounts in axes.values() for account in accounts)
    return Explanation("posture", id, status, everything, axes=axes, could_change=_open_behind(base, outlook, bearing))


def _by_state(accounts: list[RuleAccount]) -> tuple[RuleAccount, ...]:
    """Those that hold first, then the open ones, then those that cannot hold; by rule within each."""
    return tuple(sorted(accounts, key=lambda a: ({True: 0, None: 1, False: 2}[a.holds], a.rule)))


def _open_behind(base: Base, outlook: Outlook, rules: list[Rule]) -> tuple[str, ...]:
    open_rules = [rule for rule in rules if outlook.states.get(rule.id) is None]
    return tuple(
        id
        for id in questions_behind(base.logic, [rule.condition for rule in open_rules])
        if outlook.applies[id] is not False and id not in outlook.answers
    )
