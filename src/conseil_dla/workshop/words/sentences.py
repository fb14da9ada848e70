"""Short sentences of the workshop: what is kept, shared, taken back; the two variants; what made the difference."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, counted, listed, lowered, quoted, spaced
from conseil_dla.reading.conclusions import Name, conclusions
from conseil_dla.reading.values import Conclusions, Reading
from conseil_dla.rules.model import Base, Dossier, Value
from conseil_dla.wording.clauses import answer_text, question_text
from conseil_dla.wording.lines import Line
from conseil_dla.wording.questionnaire import UNKNOWN_TEXT
from conseil_dla.wording.reasons import FORCE_WORDS
from conseil_dla.workshop.machine import Chosen, Completed, Hands, Move, Supposed, Voted, Workshop, variants

UNSURE_TEXT = "On ne sait pas encore"
SHARED = spaced("La salle est partagée : F4 garde les deux.")
NOTHING_LEFT = spaced("Plus aucune question utile : passez à la lecture.")
PASSED = spaced("Question passée : elle pourra être choisie par F3.")
ESSENTIAL_OVER = spaced("L’essentiel est fait : F6 ouvre la lecture.")
NOBODY = spaced("Aucune main levée : comptez-les, ou passez par Page\u00a0suiv.")
TIED = spaced("Égalité : allez sur la réponse à garder, avec ↑ et ↓.")
COUNTING = spaced("Une lettre : une main de plus.")
VARIANTS = "1re variante", "2e variante"
"""How the two variants are called: never by a letter, since letters are those of answers."""
BOTH = "Les deux variantes"
MOST_REASONS = 4
"""How many reasons that come or go are told."""


def value_text(base: Base, question: str, value: Value | None) -> str:
    """An answer of the room."""
    return UNKNOWN_TEXT.lower() if value is None else answer_text(base, question, value)


def kept_text(base: Base, move: Voted | Supposed) -> str:
    """« Retenu : … », once a question is answered."""
    values = move.kept if isinstance(move, Voted) else (move.value,)
    said = " et ".join(quoted(value_text(base, move.question, value)) for value in values)
    return f"{'Retenu' if len(values) == 1 else 'Les deux sont gardées'}{NBSP}: {said}."


def move_text(base: Base, move: Move) -> str:
    """What was done, as the replay tells it."""
    match move:
        case Voted(question, _, _) as voted:
            return f"{question_text(base, question)} {kept_text(base, voted)}"
        case Supposed(question, _) as supposed:
            return f"Et si, gardé. {question_text(base, question)} {kept_text(base, supposed)}"
        case Completed(given):
            number = max(map(len, given), default=0)
            return f"Complété avec la fiche{NBSP}: {counted(number, 'réponse')}."
        case Chosen(variant):
            return chosen_text(variant)


def chosen_text(variant: int) -> str:
    """« La 1re variante est gardée. »."""
    return f"La {VARIANTS[variant]} est gardée."


def undone_text(base: Base, was: Workshop, now: Workshop) -> str:
    """What was just taken back, or given again; empty where nothing was."""
    if now is was:
        return ""
    longer, shorter, verb = (now, was, "Rétabli") if len(now.moves) > len(was.moves) else (was, now, "Annulé")
    if len(longer.moves) > len(shorter.moves):
        return f"{verb}{NBSP}: {lowered(move_text(base, longer.moves[-1]))}"
    return "Repris comme avant."


def variant_names(base: Base, state: Workshop) -> tuple[str, ...]:
    """« 1re variante : Elle écoute »: what sets each of two apart; nothing where there is one."""
    known = variants(state)
    if len(known) < 2:
        return ()
    first, second = known
    apart = [id for id in base.logic.questions if first.answers.get(id) != second.answers.get(id)]
    names = []
    for name, variant in zip(VARIANTS, known, strict=True):
        told = value_text(base, apart[0], variant.answers.get(apart[0])) if apart else ""
        names.append(f"{name}{NBSP}: {told}")
    return tuple(names)


def tally_text(hands: Hands) -> str:
    """« 12 mains levées »."""
    return counted(sum(hands.values()), "main levée", "mains levées")


def felt_text(base: Base, hands: Hands) -> str:
    """« Au début : Aiguilleur 2 · Révélateur 5. », where there is no room for crosses."""
    told = " · ".join(f"{base.title('posture', id)} {count}" for id, count in hands.items() if count)
    return f"Au début{NBSP}: {told}." if told else ""


def hidden_text(above: int, below: int) -> str:
    """« ↓ 3 autres réponses »: how many there is no room for, above and below; empty where all are seen."""
    told = " et ".join(f"{arrow} {count}" for arrow, count in (("↑", above), ("↓", below)) if count)
    return f"{told} {'autre réponse' if max(above, below) == 1 else 'autres réponses'}" if told else ""


def asked_text(state: Workshop) -> str:
    """« deux variantes · 3 questions posées »; empty before the first answer."""
    asked = len({move.question for move in state.moves if isinstance(move, Voted)})
    told = ["deux variantes"] if len(variants(state)) > 1 else []
    told += [counted(asked, "question posée", "questions posées")] if asked else []
    return " · ".join(told)


def far_text(state: Workshop) -> str:
    """« 6 questions posées · lecture commencée »: how far a workshop went."""
    told = [asked_text(state)] if state.moves else ["intuition seule"]
    told += ["lecture commencée"] if state.revealed else []
    told += ["conclusion écrite"] if state.said else []
    return " · ".join(filter(None, told))


def sheet_text(base: Base, scenario: Dossier, question: str) -> str:
    """What the scenario's own sheet answers."""
    if question not in scenario.answers:
        return "La fiche du scénario n’en dit rien."
    return f"La fiche du scénario{NBSP}: {quoted(answer_text(base, question, scenario.answers[question]))}."


def left_out_text(base: Base, questions: Iterable[str]) -> str:
    """Which answers of the sheet could not stand beside the room's."""
    named = [quoted(base.title("question", id)) for id in questions]
    if not named:
        return ""
    if len(named) == 1:
        return (
            f"Une réponse de la fiche n’est pas reprise, car elle ne va pas avec celles de la salle{NBSP}: {named[0]}."
        )
    lead = f"{len(named)} réponses de la fiche ne sont pas reprises, car elles ne vont pas avec celles de la salle"
    return f"{lead}{NBSP}: {listed(named)}."


def reason_lines(base: Base, before: Reading | Conclusions, after: Reading | Conclusions) -> tuple[Line, ...]:
    """Why it moved: the reasons that come, then those that go, for and against the formats shown in either."""
    formats = {*before.format.shown, *after.format.shown}
    was, now = conclusions(base, before, formats), conclusions(base, after, formats)
    come = [name for name in now if name[0] == "argument" and name not in was]
    gone = [name for name in was if name[0] == "argument" and name not in now]
    told = [Line(_reason(base, name, now[name].detail, "maintenant")) for name in come[:MOST_REASONS]]
    told += [Line(_reason(base, name, was[name].detail, "avant")) for name in gone[:MOST_REASONS]]
    return tuple(told)


def _reason(base: Base, name: Name, force: str, when: str) -> str:
    _, format, side, motif = name
    weight = next(words for known, words in FORCE_WORDS.items() if known == force)
    about = f"{'Pour' if side == 'pour' else 'Contre'} {quoted(base.title('format', format))}, {when}"
    return f"{about}{NBSP}: {lowered(base.title('motif', motif))} ({weight})"
