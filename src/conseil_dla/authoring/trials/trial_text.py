"""What came of trying a rules folder, as plain lines: cases, small faults, conditions as an author writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from conseil_dla.authoring.trials.mutants import Mutant
from conseil_dla.authoring.trials.mutation import Fate, Missing, Tried
from conseil_dla.authoring.trials.run import Trial
from conseil_dla.ground.diagnostics import Diagnostic, Severity
from conseil_dla.ground.french import NBSP, counted, harmless, listed, quoted, sentence
from conseil_dla.ground.yamltext import dump
from conseil_dla.rules.model import (
    AllOf,
    AnyOf,
    Argue,
    AtLeast,
    Base,
    Conclude,
    Condition,
    Draw,
    Effect,
    Found,
    Is,
    NoneOf,
    Push,
    RuleOut,
    Ticks,
    Within,
)

NOTHING_EXPECTED = "Rien n’est attendu : ni cas, ni essai, ni exemple ne dit ce qui doit être conclu."


REPLAY = "conseil-dla regles essayer"


def trials_text(trials: Sequence[Trial], examples: Sequence[Trial]) -> str:
    """One line for each case and trial, then the examples together; every failure with its place."""
    lines = []
    for trial in trials:
        lines.append(f"{_mark(trial)} {harmless(trial.title)} ({counted(trial.assertions, 'attente')})")
        lines += _failures(trial)
    failing = [trial for trial in examples if trial.failures]
    for trial in failing:
        lines.append(f"{_mark(trial)} règle « {harmless(trial.title)} »")
        lines += _failures(trial)
    lines.append("")
    lines.append(f"{counted(len(trials), 'cas ou essai', 'cas et essais')}, "
                 f"{counted(sum(t.assertions for t in trials), 'attente')}{NBSP}; "
                 f"{counted(sum(t.assertions for t in examples), 'exemple')} dans les règles.")  # fmt: skip
    broken = sum(len(t.failures) for t in (*trials, *examples))
    held = "Tout est comme attendu." if any(t.assertions for t in (*trials, *examples)) else NOTHING_EXPECTED
    lines.append(held if not broken else f"{_broken(broken)} comme attendu.")
    return "\n".join(lines) + "\n"


def waiting_text(failing: Sequence[Trial], unreadable: int) -> str:
    """Why no small fault is tried: what does not hold already would notice every one of them."""
    held = "Les petites fautes ne sont pas essayées"
    broken = sum(len(trial.failures) for trial in failing)
    told = [f"{_broken(broken)} comme attendu"] if broken else []
    told += [counted(unreadable, "fichier ne se lit pas", "fichiers ne se lisent pas")] if unreadable else []
    lines = ["", f"{held}{NBSP}: {listed(told)}."]
    lines += [
        f"  {harmless(Path(trial.failures[0].place.file).name)}{NBSP}: {harmless(trial.title)}" for trial in failing
    ]
    return "\n".join([*lines, "Corrigez d’abord cela, puis relancez avec --mutations."]) + "\n"


def checked_text(found: Sequence[Diagnostic], base: Base | None, folder: str) -> str:
    """What a rules folder holds, how much is wrong with it, and what was not looked at, in three lines at most."""
    errors = sum(d.is_error for d in found)
    warnings = sum(d.severity is Severity.WARNING for d in found)
    lines = []
    if base is not None:
        rules, questions = len(base.logic.rules), len(base.logic.questions)
        lines.append(f"{harmless(folder)}{NBSP}: {counted(rules, 'règle')}, {counted(questions, 'question')}.")
    told = [counted(errors, "erreur")] if errors else []
    told += [counted(warnings, "avertissement")] if warnings else []
    remarks = len(found) - errors - warnings
    told += [counted(remarks, "remarque")] if remarks else []
    nothing = "" if errors or warnings else "rien à corriger" if remarks else "rien à redire"
    seen = f"{sentence(nothing)[:-1]}, pour ce que la relecture peut voir." if nothing else ""
    lines.append(" ".join(part for part in (f"{listed(told)}." if told else "", seen) if part))
    if base is not None:
        lines.append(f"Les cas, les essais et les exemples ne sont pas rejoués ici{NBSP}: {quoted(REPLAY)} le fait.")
    return "\n".join(lines)


def _mark(trial: Trial) -> str:
    return "échec " if trial.failures else "tenu  " if trial.assertions else "lu    "


def _failures(trial: Trial) -> list[str]:
    return [
        f"         {Path(f.place.file).name}:{f.place.line} attendu {f.expected}{NBSP}: {f.found}"
        for f in trial.failures
    ]


def _broken(number: int) -> str:
    return f"{number} {'attente n’est pas' if number == 1 else 'attentes ne sont pas'}"


# --- small faults ----------------------------------------------------------------------------------------------------

FATES: Mapping[Fate, tuple[str, str]] = {
    "exemple": ("remarquée par un exemple de sa règle", "remarquées par un exemple de leur règle"),
    "essai": ("remarquée par un cas ou un essai", "remarquées par un cas ou un essai"),
    "equivalent": ("qui ne change rien, pour aucun dossier", "qui ne changent rien, pour aucun dossier"),
    "inapercu": ("que rien ne remarque", "que rien ne remarque"),
}


def mutations_text(base: Base, tried: Sequence[Tried]) -> str:
    """The trials that are missing, ready to be put in a file each, then the count."""
    lines: list[str] = []
    for together in _by_missing(tried):
        for one in together:
            lines.append(f"inaperçue  {fault_text(one.mutant)}")
        lines += [*_missing(together[0]), ""]
    fates = Counter(one.fate for one in tried)
    lines.append(f"{counted(len(tried), 'petite faute essayée', 'petites fautes essayées')}{NBSP}:")
    lines += [f"  {fates[fate]} {words[fates[fate] > 1]}" for fate, words in FATES.items() if fates[fate]]
    lines.append(LEFT if fates["inapercu"] else NOTICED if fates["equivalent"] else ALL_NOTICED)
    return "\n".join(lines) + "\n"


ALL_NOTICED = "Chaque faute est remarquée."
NOTICED = "Chaque faute qui change quelque chose est remarquée."
LEFT = f"Essais manquants{NBSP}: copiez chacun dans un fichier de knowledge/essais, et dites ce qu’il raconte."


def fault_text(mutant: Mutant) -> str:
    """What was done to the rule."""
    what = quoted(condition_yaml(mutant.part)) if mutant.part is not None else ""
    match mutant.fault:
        case "regle_otee":
            done = "retirée"
        case "condition_otee":
            done = f"sans {what}"
        case "condition_niee":
            done = f"avec le contraire de {what}"
        case "seuil":
            done = f"avec un autre seuil que {what}"
        case _:
            done = _effect_text(mutant)
    return f"règle {quoted(mutant.id)} {done}"


def _effect_text(mutant: Mutant) -> str:
    """The effect that came in its place, or that it is gone."""
    assert mutant.effect is not None
    assert mutant.rule is not None
    former = quoted(effect_yaml(mutant.effect))
    now: list[Effect] = [each for each in mutant.rule.effects if type(each) is type(mutant.effect)]
    changed = [each for each in now if _same_target(each, mutant.effect) and each != mutant.effect]
    return f"avec {quoted(effect_yaml(changed[0]))} au lieu de {former}" if changed else f"sans {former}"


def _same_target(one: Effect, other: Effect) -> bool:
    keys = ("format", "motif", "kind", "id", "axis", "finding")
    return all(getattr(one, key, None) == getattr(other, key, None) for key in keys)


def _by_missing(tried: Sequence[Tried]) -> Iterator[list[Tried]]:
    """Faults that nothing notices, those that one trial would notice together."""
    groups: dict[object, list[Tried]] = {}
    for one in tried:
        if one.fate == "inapercu":
            key = one.missing and (tuple(one.missing.answers.items()), one.missing.expectation.key,
                                   str(one.missing.expectation.value))  # fmt: skip
            groups.setdefault(key, []).append(one)
    yield from groups.values()


def _missing(one: Tried) -> Iterator[str]:
    if one.missing is None:
        yield "   aucune attente ne peut dire cette différence"
        return
    yield f"   essai manquant{NBSP}:"
    yield from (f"      {line}" for line in trial_yaml(one.mutant, one.missing).splitlines())


def trial_yaml(mutant: Mutant, missing: Missing) -> str:
    """A trial as a file: it holds today, and no longer with the fault in the rule."""
    expectation = missing.expectation
    value = expectation.value
    said: object = (
        dict(value) if not isinstance(value, str | tuple) else list(value) if isinstance(value, tuple) else value
    )
    return dump(
        {
            "version": 1,
            "titre": f"Essai inventé : {mutant.id}",
            "reponses": dict(missing.answers),
            "attendu": [{expectation.key: said}],
        }
    )


# --- conditions as an author writes them -----------------------------------------------------------------------------


def condition_yaml(condition: Condition) -> str:
    """« calendrier: echeance », « constat: x », « une_de (a: b ; c: d) »: the words of the grammar."""
    match condition:
        case Is(question, answers) | Ticks(question, answers):
            return f"{question}: {_one_or_list(answers)}"
        case Within(question, low, high):
            return f"{question}: {_bounds(low, high)}"
        case Found(finding):
            return f"constat: {finding}"
        case AllOf(parts):
            return f"toutes ({_inside(parts)})"
        case AnyOf(parts):
            return f"une_de ({_inside(parts)})"
        case NoneOf(parts):
            return f"aucune ({_inside(parts)})"
        case AtLeast(count, parts):
            return f"au_moins {count} parmi ({_inside(parts)})"


def effect_yaml(effect: Effect) -> str:
    """« pour: sur_mesure, force: nette, motif: x »."""
    match effect:
        case Conclude(finding):
            return f"constat: {finding}"
        case Push(axis, points):
            return f"axe: {axis}, points: {points}"
        case Argue(format, side, force, motif):
            return f"{side}: {format}, force: {force}, motif: {motif}"
        case RuleOut(format):
            return f"ecarte: {format}"
        case Draw(kind, id, level):
            return f"{kind}: {id}" + (f", niveau: {level}" if level else "")


def _inside(parts: tuple[Condition, ...]) -> str:
    return " ; ".join(map(condition_yaml, parts))


def _one_or_list(ids: frozenset[str]) -> str:
    named = sorted(ids)
    return named[0] if len(named) == 1 else f"[{', '.join(named)}]"


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return f"entre: [{low}, {high}]"
    return f"au_plus: {high}" if low is None else f"au_moins: {low}"
