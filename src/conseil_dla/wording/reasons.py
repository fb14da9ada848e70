"""Why, or why not: the reasons for and against a format, what sets it before another, and each rule as it stands.

A rule is told by its reason, the answers behind it, what is awaited, and where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.reading.explanations import Comparison, Explanation, Need, RuleAccount
from conseil_dla.reading.values import Argument, Certainty, Reading
from conseil_dla.rules.model import FORCES, Base, Force
from conseil_dla.wording.clauses import open_text, told, unmet_text
from conseil_dla.wording.provenance import source_text

FORCE_WORDS: dict[Force, str] = {"decisive": "emporte la décision", "nette": "pèse fort", "legere": "pèse"}
"""How an argument's force is said: « cela pèse fort »."""
OPEN_FORCE_WORDS: dict[Force, str] = {
    "decisive": "emporterait la décision",
    "nette": "pèserait fort",
    "legere": "pèserait",
}
"""The same while the argument is still open."""
REASONS_THAT: dict[Force, str] = {"decisive": "emportent la décision", "nette": "pèsent fort", "legere": "pèsent"}
"""The same in the plural."""
NOT_A_REASON = "ne joue pas"
"""Said of a reason that is none, beside another version or dossier where it is one."""
UNUSUAL = "sauf réponse inhabituelle"
"""Said of a reason that holds only if the missing answers are the usual ones."""
STANDINGS: dict[Certainty, str] = {
    "certaine": f"Ce qui est acquis{NBSP}:",
    "sauf_exception": f"Ce qui jouerait, {UNUSUAL}{NBSP}:",
    "possible": f"Ce qui pourrait s’y ajouter, selon les réponses manquantes{NBSP}:",
}
"""Reasons by what is known of them, in reading order, and how each group is announced."""
RULED_OUT = "écarté en l’état, par définition"
"""Said of a format: other answers could let it in again, which the same page may say."""
BEHIND = "convient moins, d’après les réponses"
"""Said of a format that is out of reach without being ruled out."""
MAY_BE_OUT = "pourrait être écarté, par définition"
ALONE = "Aucun autre format n’a, à ce stade, de raison établie en sa faveur."
MOST_MISSING = 3
"""How many answers that could have led to a format are named."""
IDLE = f"D’autres raisons peuvent encore s’ajouter, dans un sens ou dans l’autre{NBSP}; le conseil n’en changera pas."


def why_format(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    """Paragraphs, the heaviest reasons first. Once all is settled, reasons that are still open are only mentioned."""
    settled = explanation.status in ("certaine", "absente")
    paragraphs = [
        f"{sentence(RULED_OUT if veto.holds else MAY_BE_OUT)} {account_text(base, reading, veto)}"
        for veto in explanation.ruled_out_by
    ]
    if explanation.comparison:
        paragraphs.append(comparison_text(base, explanation.comparison))
    elif explanation.id in reading.format.shown and not _rivals(reading, explanation.id):
        paragraphs.append(ALONE)
    by_argument = {a.argument: a for a in explanation.accounts if a.argument and a.holds is not False}
    standing = list(weighed(by_argument))
    groups = {how: [a for a in standing if a.certainty == how] for how in STANDINGS}
    shown = {how: found for how, found in groups.items() if found and not (settled and how == "possible")}
    for how, found in shown.items():
        paragraphs += [STANDINGS[how]] if [*shown] != ["certaine"] else []
        paragraphs += [f"{argument_text(base, a)}. {account_text(base, reading, by_argument[a])}" for a in found]
    if settled and groups["possible"]:
        paragraphs.append(IDLE)
    is_argued = any(argument.side == "pour" for argument in groups["certaine"])
    if not is_argued and explanation.id not in reading.format.shown:
        paragraphs += _missing(base, reading, explanation)
    return paragraphs


def _rivals(reading: Reading, format: str) -> bool:
    """Has another format an established reason?"""
    return any(a.side == "pour" and a.certainty == "certaine" for a in reading.format.arguments if a.format != format)


def weighed(arguments: Iterable[Argument]) -> Iterable[Argument]:
    """Reasons as they are read, wherever those of one format are listed: what is acquired, then what holds but for an
    unusual answer, then what may; each time for then against, the heaviest first.

    A motif counts once on its side; it comes again only where what is less sure would weigh more.
    """
    heaviest: dict[tuple[str, str], int] = {}
    for argument in sorted(arguments, key=_reading_order):
        motif, force = (argument.side, argument.motif), FORCES.index(argument.force)
        if force < heaviest.get(motif, len(FORCES)):
            heaviest[motif] = force
            yield argument


def _reading_order(argument: Argument) -> tuple[int, bool, int, str]:
    standing = [*STANDINGS].index(argument.certainty)
    return standing, argument.side != "pour", FORCES.index(argument.force), argument.motif


def weight_text(force: Force, certainty: str) -> str:
    """« tranche »; « trancherait, sauf réponse inhabituelle »; « trancherait » of what is only possible."""
    if certainty == "certaine":
        return FORCE_WORDS[force]
    return OPEN_FORCE_WORDS[force] + (f", {UNUSUAL}" if certainty == "sauf_exception" else "")


def reason_line(base: Base, argument: Argument) -> str:
    """A reason in a list; one that is not acquired says so first."""
    motif = lowered(base.title("motif", argument.motif))
    if argument.certainty == "sauf_exception":
        return f"{UNUSUAL}{NBSP}: {motif} ({OPEN_FORCE_WORDS[argument.force]})"
    return f"{motif} ({weight_text(argument.force, argument.certainty)})"


def _missing(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    """Answers that could have argued for it, each question once."""
    barred = [a for a in explanation.accounts if a.holds is False and a.side == "pour"]
    parts: dict[str, str] = {}
    for account in barred:
        parts = unmet_parts(base, reading, account) | parts
    if not parts:
        return []
    told = f"{NBSP}; ".join(list(parts.values())[:MOST_MISSING])
    return [sentence(f"Ce qui aurait pu y conduire{NBSP}: {told}")]


def argument_text(base: Base, argument: Argument) -> str:
    """« Pour, et cela pèse fort : un collectif déjà constitué »; in the conditional while it is open."""
    motif = lowered(base.title("motif", argument.motif))
    if argument.certainty == "certaine":
        return f"{argument.side.capitalize()}, et cela {FORCE_WORDS[argument.force]}{NBSP}: {motif}"
    return f"Jouerait {argument.side}, et cela {OPEN_FORCE_WORDS[argument.force]}{NBSP}: {motif}"


def comparison_text(base: Base, comparison: Comparison) -> str:
    """At which force, and by which reasons, one format stands behind another."""
    ahead = quoted(base.title("format", comparison.ahead)) if comparison.ahead else "un autre format"
    behind = quoted(base.title("format", comparison.behind))
    if comparison.whatever:
        return (
            f"Quelles que soient les réponses manquantes, {ahead} passe devant {behind}{NBSP}; selon ces "
            "réponses, ce sera pour une raison ou pour une autre."
        )
    if comparison.force is None and not (comparison.ahead_reasons or comparison.behind_reasons):
        return f"Entre {ahead} et {behind}, aucune raison n’est encore établie."
    if comparison.force is None:
        return (
            f"À ce stade, {ahead} et {behind} sont à égalité{NBSP}: à chaque force, autant de raisons de chaque côté."
        )
    place = f"{ahead} passe devant {behind}"
    makes = f"Ce qui fait la différence, parmi les raisons qui {REASONS_THAT[comparison.force]}{NBSP}: "
    makes += f"{NBSP}; ".join(
        (*_sides(base, ahead, comparison.ahead_reasons), *_sides(base, behind, comparison.behind_reasons))
    )
    if comparison.settled:
        return f"{place}. {makes}."
    return f"À ce stade, {place}. {makes}. Des réponses manquantes peuvent encore l’inverser."


def _sides(base: Base, format: str, reasons: tuple[Argument, ...]) -> Iterable[str]:
    """« pour « … », a et b »: each motif once per side, as Lexi counts them."""
    for side in ("pour", "contre"):
        motifs = sorted({a.motif for a in reasons if a.side == side})
        if motifs:
            yield f"{side} {format}, {listed([lowered(base.title('motif', id)) for id in motifs])}"


# --- a rule as it stands ---------------------------------------------------------------------------------------------


def account_text(base: Base, reading: Reading, account: RuleAccount) -> str:
    """A rule that holds or may hold. A finding that it rests on gives its own reason too.

    Where the network saw one of these reasons, each is followed by where it comes from: one source at the end would be
    taken for that of all.
    """
    rules = [rule for rule in (account.rule, *account.behind) if rule]
    each = len(rules) > 1 and any(base.entry("regle", rule).observation for rule in rules)
    parts: list[str] = []
    for rule in rules:
        parts += [reason_text(base, rule), source_text(base, rule) if each else ""]
    parts.append(told(base, reading, account.met))
    if account.holds is None:
        parts += _awaited(base, account.needs)
    if account.rule and not each:
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
