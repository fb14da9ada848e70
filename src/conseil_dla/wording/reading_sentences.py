"""Why and why not, and the other sentences of a reading: the SAME on screen, in the terminal and on paper.

The voice is a colleague's: plain, in the second person, never a verdict (docs/glossaire.md holds the words).
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, listed, lowered, quoted, sentence
from conseil_dla.reading.explanations import Explanation, RuleAccount, Status
from conseil_dla.reading.next_questions import NextQuestion
from conseil_dla.reading.values import Reading, Unless
from conseil_dla.rules.kinds import ALL
from conseil_dla.rules.kinds.format import FORMAT
from conseil_dla.rules.model import Base, Kind, Push
from conseil_dla.rules.truth import questions_read
from conseil_dla.wording.clauses import question_name, quoted_answer
from conseil_dla.wording.provenance import claims_text, observed_text, source_name
from conseil_dla.wording.reasons import account_text, missing_text, why_format

MOST_QUESTIONS = 4
"""How many questions a sentence names before it says « et d'autres »."""


def titles(base: Base, kind: str, ids: Iterable[str], last: str = "et") -> str:
    """« a, b et c » from ids."""
    return listed([quoted(base.title(kind, id)) for id in ids], last)


HOLDS = {
    "format": "les réponses conduisent à ce format",
    "posture": "les réponses conduisent à cette place",
    "tension": "les deux côtés se présentent ici",
}
"""Said of what holds, where it is not a point among others."""
ASIDE = "Celles qui décideraient du format ou de la place sont laissées de côté."
"""Said of a question that is put because others were not answered."""
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
            body = why_format(base, reading, explanation)
        case "posture":
            body = _why_posture(base, reading, explanation)
        case _:
            body = _why_drawn(base, reading, explanation)
    parts = (_opening(base, reading, explanation), *body, _could_change(base, explanation),
             _own_source(base, explanation, body))  # fmt: skip
    keys = ABSENT_TOO if explanation.status == "absente" else tuple(DETAILS)
    return tuple(p for p in (*parts, *details(base, explanation.kind, explanation.id, keys)) if p)


LEADS: dict[str, dict[str, str]] = {kind.word: {key.name: key.lead for key in kind.keys if key.lead} for kind in ALL}
"""Free texts of an item that a reader is shown, with their lead, by kind."""
DETAILS = {key: lead for leads in LEADS.values() for key, lead in leads.items()} | LEADS[FORMAT.word]
"""The same whatever the kind, in reading order; a definition is « ce que c’est »."""
ABSENT_TOO = ("definition", "duree", "qui_paie")
"""Those that are shown of what is not concluded: nobody needs to act on the rest."""


def details(base: Base, kind: str, id: str, keys: Iterable[str] = tuple(DETAILS)) -> tuple[str, ...]:
    """What the knowledge says of an item beyond its title."""
    texts = base.entry(kind, id).texts
    leads = DETAILS | LEADS.get(kind, {})
    return tuple(f"{leads[key]}{NBSP}: {lowered(texts[key])}" for key in keys if texts.get(key))


def settled_words(reading: Reading) -> str:
    """How a certain conclusion is said: nothing hangs on missing answers, or none is missing."""
    if reading.reported:
        return f"Ce que {source_name(reading.reported)} ne dit pas n’y changerait rien."
    return "Cela ne dépend plus des réponses manquantes." if reading.open_questions else "D’après toutes vos réponses."


def _opening(base: Base, reading: Reading, explanation: Explanation) -> str:
    title = quoted(base.title(explanation.kind, explanation.id))
    between = reading.posture.between if explanation.kind == "posture" else ()
    if explanation.id in between:
        others = titles(base, "posture", [id for id in between if id != explanation.id])
        return f"{title}{NBSP}: entre cette place et {others}, les réponses ne penchent d’aucun côté."
    absent = "les réponses n’y conduisent pas."
    if explanation.kind == "facteur":
        absent = "les réponses ne le montrent pas à ce jour."
    words: dict[Status, str] = {
        "certaine": f"{HOLDS.get(explanation.kind, 'ce point est retenu')}. {settled_words(reading)}",
        "sauf_exception": "à ce stade, les réponses y conduisent, sauf réponse inhabituelle.",
        "possible": "ce point reste ouvert.",
        "absente": absent,
    }
    return f"{title}{NBSP}: {words[explanation.status]}"


def _why_drawn(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    if explanation.kind == "tension":
        return _why_tension(base, reading, explanation)
    held = [a for a in explanation.accounts if a.holds]
    shown = held or [a for a in explanation.accounts if a.holds is None]
    if explanation.status == "absente" or not shown:
        return [missing_text(base, reading, account) for account in explanation.accounts]
    if explanation.status == "certaine" and not held:
        return [ONE_OR_OTHER, *(account_text(base, reading, account) for account in shown)]
    return [account_text(base, reading, account) for account in shown]


def _why_tension(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    entry = base.entry("tension", explanation.id)
    said = []
    each = zip(entry.pole_titles, explanation.accounts, entry.pole_sources, entry.pole_observations, strict=True)
    for title, account, sources, seen in each:
        told = observed_text((seen,)) if seen else claims_text(base, sources)
        parts = (sentence(title), account_text(base, reading, account), told)
        said.append(" ".join(part for part in parts if part))
    return said


# --- postures -------------------------------------------------------------------------------------------------------


def _why_posture(base: Base, reading: Reading, explanation: Explanation) -> list[str]:
    paragraphs = [_why_axis(base, reading, axis, accounts) for axis, accounts in explanation.axes.items()]
    if explanation.status == "certaine" and reading.posture.off_note:
        paragraphs.append(f"La note ne décrit pas cette situation{NBSP}: la place montrée est la plus proche.")
    named = [("posture", explanation.id), *(("axe", axis) for axis in explanation.axes)]
    read = [base.entry(kind, id) for kind, id in named if base.entry(kind, id).status == "interpretation"]
    if ours := [quoted(entry.title) for entry in read if entry.observation is None]:
        paragraphs.append(f"Notre lecture, et non celle de la note{NBSP}: {listed(ours)}.")
    for entry in (base.entry("axe", axis) for axis in explanation.axes):
        if entry.observation:
            told = observed_text((entry.observation,), ours=entry.status == "interpretation")
            paragraphs.append(f"{entry.title}{NBSP}: {lowered(told)}")
    return paragraphs


def _why_axis(base: Base, reading: Reading, axis: str, accounts: tuple[RuleAccount, ...]) -> str:
    """Which way an axis goes: the answers that weigh most first, those that pull the other way last."""
    entry = base.entry("axe", axis)
    held = sorted((a for a in accounts if a.holds), key=lambda a: -abs(a.points))
    total = sum(a.points for a in held)
    lead = f"{entry.title}{NBSP}: "
    if not held:
        given = [
            f"{question_name(base, id)}, {quoted_answer(base, id, reading.answers[id])}"
            for id in _read_on(base, axis)
            if id in reading.answers and id not in reading.not_applicable
        ]
        if not given:
            return f"{lead}rien n’est encore établi de ce côté."
        return f"{lead}les réponses ne penchent d’aucun côté ({f'{NBSP}; '.join(given)})."
    side = entry.texts["positif" if total > 0 else "negatif"]
    lead += f"les réponses vont vers {quoted(lowered(side))}." if total else "les réponses s’équilibrent."
    along = [account_text(base, reading, a) for a in held if not total or a.points * total > 0]
    against = [account_text(base, reading, a) for a in held if a.points * total < 0]
    if against:
        along.append(f"Dans l’autre sens, sans l’emporter{NBSP}: {lowered(' '.join(against))}")
    return " ".join([lead, *along])


def _read_on(base: Base, axis: str) -> tuple[str, ...]:
    """Questions whose answers can give points on an axis, in file order."""
    pushing = [r for r in base.logic.rules if any(isinstance(e, Push) and e.axis == axis for e in r.effects)]
    read = frozenset().union(*(questions_read(rule.condition) for rule in pushing))
    return tuple(id for id in base.logic.questions if id in read)


def _own_source(base: Base, explanation: Explanation, told: Iterable[str]) -> str:
    """Who saw the item itself, where the network did: its rules say where they come from themselves.

    Nothing where it has just been told in the same words, of the rule that draws it.
    """
    entry = base.entry(explanation.kind, explanation.id)
    if entry.observation is None:
        return ""
    seen = observed_text((entry.observation,), ours=entry.status == "interpretation")
    return "" if any(text.endswith(seen) for text in told) else f"Pour ce point lui-même{NBSP}: {lowered(seen)}"


def _could_change(base: Base, explanation: Explanation) -> str:
    questions = explanation.could_change
    if not questions:
        return ""
    named = [question_name(base, id) for id in questions[:MOST_QUESTIONS]]
    more = len(questions) - MOST_QUESTIONS
    if more > 0:
        named.append("une autre question" if more == 1 else f"{more} autres questions")
    return f"Ce qui peut encore changer ce point{NBSP}: {listed(named)}."


# --- the next question, and exceptions ------------------------------------------------------------------------------


def next_reason(base: Base, reading: Reading) -> str:
    """Why the next question is asked now; empty where there is none."""
    question = reading.next_question
    if question is None:
        return ""
    match question.purpose:
        case "premier":
            why = base.entry("question", question.question).texts.get("pourquoi", "")
            first = "dans cette situation, c’est l’une des premières choses à savoir."
            return f"Pourquoi maintenant{NBSP}: {first} {why}".rstrip()
        case "essentiel":
            reason = f"c’est elle qui renseignera le plus sur {_what_it_settles(base, question)}"
        case "exception":
            kind: Kind = "format" if question.opens and question.opens[0] in base.logic.formats else "posture"
            what = "le format proposé" if kind == "format" else "votre place"
            reason = f"une réponse inhabituelle changerait {what}, pour {titles(base, kind, question.opens, 'ou')}"
        case "reprise":
            alone = len(reading.open_questions) == 1
            left = "c’est la dernière qui reste" if alone else "il ne reste que des questions laissées de côté"
            reason = f"vous l’aviez laissée de côté, et {left}"
        case _:
            return _why_now(base, reading, question.question)
    return f"Pourquoi maintenant{NBSP}: {reason}."


def _why_now(base: Base, reading: Reading, question: str) -> str:
    """What is said where the question settles neither format nor place: why it is one, in its own words."""
    if question in reading.standing.idle:
        return "Cette question fait mieux connaître le projet, sans plus rien changer à la lecture."
    aside = () if reading.standing.is_shown else (ASIDE,)
    told = " ".join((*aside, base.entry("question", question).texts.get("pourquoi", ""))).strip()
    return f"Pourquoi cette question{NBSP}? {told}" if told else ""


def _what_it_settles(base: Base, question: NextQuestion) -> str:
    parts = ["le choix entre les formats encore ouverts"] if question.about_format else []
    axes = [quoted(lowered(base.title("axe", axis))) for axis in question.about_axes]
    parts += [f"votre place (axe {listed(axes)})"] if axes else []
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
    """« Sauf si, à « … », la réponse est « … » : ce serait alors … »."""
    entry = base.entry("question", unless.question)
    names = answer_names(base, unless.question, unless.answers)
    question = quoted(entry.texts["libelle"])
    if kind == "posture":
        then = f"la place serait alors {titles(base, kind, unless.then, 'ou')}"
    else:
        then = f"ce serait alors {listed([lowered(base.title(kind, id)) for id in unless.then], 'ou')}"
    return f"Sauf si, à {question}, la réponse est {listed(names, 'ou')}{NBSP}: {then}"
