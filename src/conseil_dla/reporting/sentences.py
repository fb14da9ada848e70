"""Why and why not, and the other sentences of a reading: the SAME on screen, in the terminal and on paper.

The voice is a colleague's: plain, in the second person, never a verdict (docs/glossaire.md holds the words).
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.model import Base, Force, Kind
from conseil_dla.reading.values import (
    Argument,
    Comparison,
    Explanation,
    NextQuestion,
    Reading,
    RuleAccount,
    Status,
    Unless,
)
from conseil_dla.reporting.clauses import met_text, open_text, question_text, unmet_text
from conseil_dla.reporting.french import NBSP, listed, lowered, quoted, sentence

FORCE_WORDS: dict[Force, str] = {"decisive": "tranche", "nette": "pèse fort", "legere": "pèse"}
"""How an argument's force is said: « cela pèse fort »."""
OPEN_FORCE_WORDS: dict[Force, str] = {"decisive": "trancherait", "nette": "pèserait fort", "legere": "pèserait"}
"""The same while the argument is still open."""
REASONS_THAT: dict[Force, str] = {"decisive": "tranchent", "nette": "pèsent fort", "legere": "pèsent"}
"""The same in the plural."""

MOST_MISSING = 3
"""How many reasons that could have led to a format are named."""
MOST_QUESTIONS = 4
"""How many questions a sentence names before it says « et d'autres »."""


def titles(base: Base, kind: str, ids: Iterable[str], last: str = "et") -> str:
    """« a, b et c » from ids."""
    return listed([quoted(base.title(kind, id)) for id in ids], last)


ONE_OR_OTHER = (
    f"Aucune raison n’est établie à elle seule{NBSP}; mais quelles que soient les réponses manquantes, l’une ou "
    f"l’autre le sera{NBSP}:"
)
"""Said of what is certain though no single rule is: several share out all that is still open."""

# --- why ------------------------------------------------------------------------------------------------------------


def why(base: Base, reading: Reading, explanation: Explanation) -> tuple[str, ...]:
    """Why a conclusion is drawn, or why not: paragraphs to be read in order."""
    match explanation.kind:
        case "format":
            body = _why_format(base, reading, explanation)
        case "posture":
            body = _why_posture(base, reading, explanation)
        case _:
            body = _why_drawn(base, reading, explanation)
    parts = (_opening(base, reading, explanation), *body, _could_change(base, explanation))
    return tuple(p for p in (*parts, *details(base, explanation.kind, explanation.id)) if p)


DETAILS: dict[str, str] = {
    "signes": "Comment on le voit",
    "que_faire": "Ce que vous pouvez faire",
    "ne_dit_pas": "Ce que cela ne dit pas",
    "definition": "Ce que c’est",
    "duree": "Combien de temps",
    "qui_paie": "Qui paie",
    "risque": "Ce que vous risquez",
    "parade": "Ce que vous pouvez faire",
    "phrase": "Une phrase pour le rendez-vous",
}
"""Free texts of an item that a reader is shown, with their lead, in reading order."""


def details(base: Base, kind: str, id: str) -> tuple[str, ...]:
    """What the knowledge says of an item beyond its title."""
    entry = base.entry(kind, id)
    return tuple(f"{lead}{NBSP}: {lowered(entry.texts[key])}" for key, lead in DETAILS.items() if entry.texts.get(key))


def settled_words(reading: Reading) -> str:
    """How a certain conclusion is said: nothing hangs on missing answers, or none is missing."""
    return "Cela ne dépend plus des réponses manquantes." if reading.open_questions else "D’après toutes vos réponses."


def _opening(base: Base, reading: Reading, explanation: Explanation) -> str:
    absent = "d’après vos réponses, ce n’est pas le cas." if explanation.kind == "facteur" else (
        "vos réponses ne conduisent pas là.")  # fmt: skip
    words: dict[Status, str] = {
        "certaine": lowered(settled_words(reading)),
        "sauf_exception": "à ce stade, vos réponses parlent plutôt pour cela, sauf réponse inhabituelle.",
        "possible": "c’est encore ouvert.",
        "absente": absent,
    }
    return f"{quoted(base.title(explanation.kind, explanation.id))}{NBSP}: {words[explanation.status]}"


def _why_drawn(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    if explanation.kind == "tension":
        return _why_tension(base, reading, explanation)
    held = [a for a in explanation.accounts if a.holds]
    shown = held or [a for a in explanation.accounts if a.holds is None]
    if explanation.status == "absente" or not shown:
        return [_missing(base, reading, account) for account in explanation.accounts]
    if explanation.status == "certaine" and not held:
        return [ONE_OR_OTHER, *(_account(base, reading, account) for account in shown)]
    return [_account(base, reading, account) for account in shown]


def _why_tension(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    entry = base.entry("tension", explanation.id)
    said = []
    for title, account, sources in zip(entry.pole_titles, explanation.accounts, entry.pole_sources, strict=True):
        parts = (sentence(title), _account(base, reading, account), _claims(base, sources))
        said.append(" ".join(part for part in parts if part))
    return said


def _account(base: Base, reading: Reading, account: RuleAccount) -> str:
    """A rule that holds or may hold: its reason, the answers behind it, where it comes from."""
    parts = []
    if account.rule:
        parts.append(sentence(base.entry("regle", account.rule).texts["parce_que"]))
    if account.met:
        parts.append(sentence(f"{NBSP}; ".join(met_text(base, reading, clause) for clause in account.met)))
    if account.holds is None and account.open:
        parts.append(f"Reste à savoir{NBSP}: {listed([open_text(base, c) for c in account.open])}.")
    if account.rule:
        parts.append(source_text(base, account.rule))
    return " ".join(parts)


def _missing(base: Base, reading: Reading, account: RuleAccount) -> str:
    """A rule that does not hold: which condition was missing."""
    if not account.unmet:
        return _account(base, reading, account)
    lead = f"{quoted(base.title('regle', account.rule))}{NBSP}: " if account.rule else ""
    missing = f"{NBSP}; ".join(unmet_text(base, reading, clause) for clause in account.unmet)
    return sentence(lead + missing)


def source_text(base: Base, rule: str) -> str:
    """Where a rule comes from and who speaks: the note's voices, or an observation of the network."""
    entry = base.entry("regle", rule)
    if entry.observation:
        seen = entry.observation
        return f"(Observation du réseau{NBSP}: {seen.who}, {seen.when}, {seen.where}.)"
    said = _claims(base, entry.sources)
    if entry.status == "interpretation":
        return f"{said[:-2]}{NBSP}; la lecture est la nôtre.)" if said else "(La lecture est la nôtre.)"
    return said


def _claims(base: Base, sources: Iterable[str]) -> str:
    """« (D’après les auteurs de la note, 2012 (F8) ; un chargé de mission, 2012 (F10).) »."""
    by_voice: dict[tuple[str, str], list[str]] = {}
    for id in sources:
        entry = base.texts.get(("affirmation", id))
        if entry is not None:
            by_voice.setdefault((entry.texts.get("voix", ""), entry.texts.get("date", "")), []).append(id)
    said = [f"{', '.join(filter(None, who))} ({', '.join(ids)})".strip() for who, ids in by_voice.items()]
    return f"(D’après {f'{NBSP}; '.join(said)}.)" if said else ""


# --- formats and postures -------------------------------------------------------------------------------------------


def _why_format(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    paragraphs = [
        f"Écarté par définition{NBSP}: {_account(base, reading, veto)}"
        if veto.holds
        else f"Pourrait être écarté par définition{NBSP}: {_account(base, reading, veto)}"
        for veto in explanation.ruled_out_by
    ]
    if explanation.comparison:
        paragraphs.append(comparison_text(base, explanation.comparison))
    for side in ("pour", "contre"):
        for account in explanation.accounts:
            argument = account.argument
            if argument and argument.side == side and account.holds is not False:
                paragraphs.append(f"{argument_text(base, argument)}. {_account(base, reading, account)}")
    if not any(a.argument and a.argument.side == "pour" for a in explanation.accounts if a.holds):
        missing = [a for a in explanation.accounts if a.holds is False and a.unmet and a.side == "pour"]
        paragraphs += [
            f"Ce qui aurait pu y conduire{NBSP}: {_missing(base, reading, a)}" for a in missing[:MOST_MISSING]
        ]
    return paragraphs


def argument_text(base: Base, argument: Argument) -> str:
    """« Va dans ce sens, et pèse fort : pas encore de groupe »; in the conditional while it is open."""
    motif = lowered(base.title("motif", argument.motif))
    way = "dans ce sens" if argument.side == "pour" else "dans l’autre sens"
    if argument.certainty == "certaine":
        return f"Va {way}, et {FORCE_WORDS[argument.force]}{NBSP}: {motif}"
    return f"Irait {way}, et {OPEN_FORCE_WORDS[argument.force]}{NBSP}: {motif}"


def comparison_text(base: Base, comparison: Comparison) -> str:
    """At which force, and by which reasons, one format stands behind another."""
    ahead = quoted(base.title("format", comparison.ahead)) if comparison.ahead else "un autre format"
    behind = quoted(base.title("format", comparison.behind))
    if comparison.whatever:
        return (
            f"Quelles que soient les réponses manquantes, {ahead} passe devant {behind}{NBSP}; selon ces "
            "réponses, ce sera pour une raison ou pour une autre."
        )
    if comparison.force is None:
        return (
            f"À ce stade, {ahead} et {behind} sont à égalité{NBSP}: autant de raisons de chaque côté, à chaque force."
        )
    reasons = f"Parmi les raisons qui {REASONS_THAT[comparison.force]}{NBSP}: "
    reasons += f"{ahead} {_sides(base, comparison.ahead_reasons)}{NBSP}; "
    reasons += f"{behind} {_sides(base, comparison.behind_reasons)}."
    if comparison.settled:
        return f"{ahead} passe devant {behind}. {reasons}"
    return f"À ce stade, {ahead} passe devant {behind}. {reasons} Des réponses manquantes peuvent encore l’inverser."


def _sides(base: Base, reasons: tuple[Argument, ...]) -> str:
    """« en a 2 en sa faveur (…) et 1 en sa défaveur (…) »: each motif once per side, as Lexi counts them."""
    said = []
    for side, favour in (("pour", "en sa faveur"), ("contre", "en sa défaveur")):
        motifs = sorted({a.motif for a in reasons if a.side == side})
        if motifs:
            names = listed([quoted(lowered(base.title("motif", id))) for id in motifs])
            said.append(f"{len(motifs)} {favour} ({names})")
    return f"en a {listed(said)}" if said else "n’en a aucune"


def _why_posture(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    paragraphs = []
    for axis, accounts in explanation.axes.items():
        entry = base.entry("axe", axis)
        held = [a for a in accounts if a.holds]
        total = sum(a.points for a in held)
        side = entry.texts["positif" if total > 0 else "negatif"]
        lead = f"{entry.title}{NBSP}: "
        if not held:
            paragraphs.append(f"{lead}rien n’est encore établi de ce côté.")
            continue
        lead += f"vos réponses vont vers {quoted(lowered(side))}." if total else "vos réponses s’équilibrent."
        along = [_account(base, reading, a) for a in held if not total or a.points * total > 0]
        against = [_account(base, reading, a) for a in held if a.points * total < 0]
        if against:
            along.append(f"Dans l’autre sens, sans l’emporter{NBSP}: {lowered(' '.join(against))}")
        paragraphs.append(" ".join([lead, *along]))
    if explanation.status == "certaine" and reading.posture.off_note:
        paragraphs.append(f"La note ne décrit pas ce coin de la figure{NBSP}: c’est la posture la plus proche.")
    named = [("posture", explanation.id), *(("axe", axis) for axis in explanation.axes)]
    ours = [quoted(base.title(kind, id)) for kind, id in named if base.entry(kind, id).status == "interpretation"]
    if ours:
        paragraphs.append(
            f"Une part de ce qui est dit ici est notre lecture, non celle de la note{NBSP}: {listed(ours)}."
        )
    return paragraphs


def _could_change(base: Base, explanation: Explanation) -> str:
    questions = explanation.could_change
    if not questions:
        return ""
    named = [quoted(question_text(base, id)) for id in questions[:MOST_QUESTIONS]]
    more = len(questions) - MOST_QUESTIONS
    if more > 0:
        named.append("une autre question" if more == 1 else f"{more} autres questions")
    return f"Ce qui peut encore changer ce point{NBSP}: {listed(named)}."


# --- the next question, and exceptions ------------------------------------------------------------------------------


def next_reason(base: Base, question: NextQuestion) -> str:
    """Why this question is asked now."""
    match question.purpose:
        case "essentiel":
            reason = f"c’est d’elle que dépend le plus {_what_it_settles(base, question)}"
        case "exception":
            kind: Kind = "format" if question.opens and question.opens[0] in base.logic.formats else "posture"
            what = "le format proposé" if kind == "format" else "votre place"
            reason = f"une réponse inhabituelle déplacerait {what}, vers {titles(base, kind, question.opens, 'ou')}"
        case "reprise":
            reason = "vous l’aviez laissée de côté, et c’est la dernière qui reste"
        case _:
            reason = f"le format et la posture se dessinent déjà{NBSP}; cette question aide à préparer la suite"
    return f"Pourquoi maintenant{NBSP}: {reason}."


def _what_it_settles(base: Base, question: NextQuestion) -> str:
    parts = ["le choix entre les formats encore ouverts"] if question.about_format else []
    parts += [f"votre place sur l’axe {quoted(lowered(base.title('axe', axis)))}" for axis in question.about_axes]
    return listed(parts) or "la suite"


def answer_names(base: Base, question: str, answers: Iterable[str]) -> list[str]:
    """Wordings of answers; a stretch of numbers such as ``3..14`` is said « de 3 à 14 structures »."""
    entry = base.entry("question", question)
    return [
        quoted(entry.labels[a]) if a in entry.labels else _stretch(a, entry.texts.get("unite", "")) for a in answers
    ]


def _stretch(name: str, unit: str) -> str:
    low, _, high = name.partition("..")
    return (low if low == high else f"de {low} à {high}") + (f"{NBSP}{unit}" if unit else "")


def unless_text(base: Base, kind: Kind, unless: Unless) -> str:
    """« sauf si, à « … », la réponse est « … » (→ …) »."""
    entry = base.entry("question", unless.question)
    names = answer_names(base, unless.question, unless.answers)
    question = quoted(entry.texts["libelle"])
    then = listed([lowered(base.title(kind, id)) for id in unless.then], "ou")
    return f"sauf si, à {question}, la réponse est {listed(names, 'ou')} (→{NBSP}{then})"
