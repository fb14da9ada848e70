"""The outcome of checking and trying a rules folder, as plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conseil_dla.authoring.trials.run import Trial
from conseil_dla.ground.diagnostics import Diagnostic, Severity
from conseil_dla.ground.french import NBSP, counted, harmless, listed
from conseil_dla.rules.model import Base

NOTHING_EXPECTED = "Rien n’est attendu : ni cas, ni essai, ni exemple ne dit ce qui doit être conclu."


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
    """What a rules folder holds and how much is wrong with it, in two lines at most."""
    errors = sum(d.is_error for d in found)
    warnings = sum(d.severity is Severity.WARNING for d in found)
    lines = []
    if base is not None:
        rules, questions = len(base.logic.rules), len(base.logic.questions)
        lines.append(f"{harmless(folder)}{NBSP}: {counted(rules, 'règle')}, {counted(questions, 'question')}.")
    told = [counted(errors, "erreur")] if errors else []
    told += [counted(warnings, "avertissement")] if warnings else []
    lines.append(f"{listed(told)}." if told else "Rien à redire, pour ce que la relecture peut voir.")
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
