"""What one look at a folder being edited found, in plain lines, the most urgent first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from conseil_dla.authoring.site.rules import rule_lead
from conseil_dla.authoring.versions.items_text import item_text
from conseil_dla.authoring.versions.paper import summary_lines
from conseil_dla.authoring.versions.versions import VersionDifference
from conseil_dla.authoring.watching import Round
from conseil_dla.ground.french import NBSP, counted, harmless, listed, quoted
from conseil_dla.rules.model import Base
from conseil_dla.wording.diagnostic_text import render
from conseil_dla.wording.differences import name_of, state_of
from conseil_dla.wording.page_parts import Run, Text

BEGUN = "Chaque enregistrement sera relu. Ctrl+C pour arrêter."
GONE = f"Ce dossier de règles n’est plus là{NBSP}: il sera relu s’il revient."
KEPT = "Tant qu’il en reste, rien n’est comparé."
HOW = {"ajoute": "nouvelle", "mots": "reformulée"}
"""How a rule that was saved is called; any other change is a modification."""
SINCE_LAST = f"Depuis la dernière lecture sans erreur{NBSP}:"
SINCE_FIRST = f"Depuis le début de la surveillance{NBSP}:"
NOW = f"À présent{NBSP}:"
TOO_LARGE = "Ces règles sont trop différentes de celles du début, ou trop grandes, pour dire ce que cela change."
MOST_MOVED = 6
"""Dossiers told one by one."""
MOST_CHANGES = 4
"""Conclusions of a dossier told one by one."""


def round_text(found: Round, folder: Path, at: str, width: int = 80) -> str:
    """Everything that a look has to tell; ``at`` is the time of day, ``width`` the columns of the terminal."""
    saved = listed(list(found.saved[:3]) + ([f"{len(found.saved) - 3} autres"] if len(found.saved) > 3 else []))
    lines = [f"── {at} {saved}".rstrip()]
    lines += [part for line in _lines(found, folder) for part in _wrapped(line, width)]
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """A line in as many as it takes, each under the first one's words; messages about files stay as they are."""
    if "\n" in text:
        return [text]
    indent = " " * (len(text) - len(text.lstrip(" –")))
    return textwrap.wrap(text, max(40, width), subsequent_indent=indent, break_on_hyphens=False) or [""]


def _lines(found: Round, folder: Path) -> Iterator[str]:
    if found.is_gone:
        yield GONE
        return
    if found.diagnostics:
        yield render(found.diagnostics, base_dir=folder.parent).rstrip()
        yield ""
    if found.base is None:
        errors = sum(diagnostic.is_error for diagnostic in found.diagnostics)
        yield f"{counted(errors, 'erreur')}. {KEPT}"
        return
    yield from _read_back(found, found.base)
    if found.is_too_large:
        yield TOO_LARGE
        return
    if found.difference is None:
        rules, questions = len(found.base.logic.rules), len(found.base.logic.questions)
        yield f"{counted(rules, 'règle')}, {counted(questions, 'question')}, sans erreur. {BEGUN}"
        return
    yield SINCE_FIRST
    yield from (f"   {line}" for line in summary_lines(found.difference))
    yield from _moved(found.difference)
    if found.broken:
        yield NOW
    for trial in found.broken:
        for failure in trial.failures:
            where = f"   attente qui ne tient pas{NBSP}: {Path(trial.path).name}"
            yield f"{where}, {failure.expected}{NBSP}; {failure.found}"


def _read_back(found: Round, base: Base) -> Iterator[str]:
    """Each rule that changed, as a sentence; other items are only named."""
    if found.items:
        yield SINCE_LAST
    others = []
    for item in found.items:
        if item.kind == "regle" and item.how != "retire":
            keys = f" ({', '.join(key.key for key in item.keys)})" if item.keys else ""
            yield f"   règle {quoted(item.id)}, {HOW.get(item.how, 'modifiée')}{keys}{NBSP}:"
            yield from (f"      {line}" for line in rule_lines(base, item.id))
        else:
            gone = " (retiré)" if item.how == "retire" else ""
            others.append(f"{item_text(item)}{gone}")
    if others:
        also = f"aussi{NBSP}: " if len(others) < len(found.items) else ""
        yield f"   {also}{listed(others)}."


def _moved(difference: VersionDifference) -> Iterator[str]:
    for dossier in difference.moved[:MOST_MOVED]:
        yield f"      {harmless(dossier.title)}"
        for change in dossier.changes[:MOST_CHANGES]:
            base = difference.after if change.after is not None else difference.before
            was = state_of(difference.before, change.name, change.before)
            now = state_of(difference.after, change.name, change.after)
            yield f"         {name_of(base, change.name)}{NBSP}: {was} → {now}"
        left = len(dossier.changes) - MOST_CHANGES
        if left > 0:
            yield f"         et {counted(left, 'autre conclusion', 'autres conclusions')}"
    if len(difference.moved) > MOST_MOVED:
        yield f"      et {counted(len(difference.moved) - MOST_MOVED, 'autre dossier', 'autres dossiers')}"


def rule_lines(base: Base, id: str) -> tuple[str, ...]:
    """« Si l’on a, pour …, alors … », a list one item a line. Raises StopIteration for no rule of that name."""
    rule = next(rule for rule in base.logic.rules if rule.id == id)
    return tuple(_said(rule_lead(base, rule), 0))


def _said(texts: Iterable[Text], depth: int) -> Iterator[str]:
    for text in texts:
        yield f"{'   ' * depth}{'– ' if depth else ''}{_plain(text.run)}"
        yield from _said(text.inner, depth + 1)


def _plain(run: Run) -> str:
    return "".join(span if isinstance(span, str) else span.text for span in run)
