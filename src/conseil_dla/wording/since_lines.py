"""What has happened since a dated reading, as lines: what matured, what remains, what the rules changed."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, counted, day_text, listed, lowered, quoted, sentence
from conseil_dla.reading.since import Named, Since
from conseil_dla.rules.model import KINDS, Base, Kind
from conseil_dla.wording.lines import Line
from conseil_dla.wording.reading_sentences import titles

MOST = 4
"""How many things a line names before it counts the others."""
WHY = {"reponses": "à cause de vos réponses", "regles": "parce que les règles ont changé",
       "les_deux": "à cause de vos réponses et des règles, qui ont changé"}  # fmt: skip
WHAT: dict[str, tuple[Kind, str, str]] = {"format": ("format", "Le format", "pas encore connu"),
                                          "posture": ("posture", "Votre place", "pas encore connue")}  # fmt: skip
NOTHING = "Depuis, ni le format, ni la place, ni les points à régler n’ont bougé."


def since_title(since: Since | None) -> str:
    """« Depuis la lecture du 12 mars 2026 »; empty without one."""
    return f"Depuis la lecture du {day_text(since.day)}" if since else ""


def since_lines(base: Base, since: Since | None) -> Iterable[Line]:
    """The lines, in the order: matured, remains, came, moved, rules; then what it is time to look at."""
    if since is None:
        return
    lines = list(_happened(base, since))
    yield from lines or [Line(NOTHING)]
    for id in since.reminders:
        entry = base.entry("rappel", id)
        after = counted(int(entry.texts["apres_mois"]), "mois", "mois")
        yield Line(f"{after} ont passé{NBSP}: {lowered(entry.title)}.", main=True)
        yield Line(sentence(entry.texts["que_regarder"]), indent=1)


def _happened(base: Base, since: Since) -> Iterable[Line]:
    if since.matured:
        yield _list(base, "Ce qui a mûri", since.matured, main=True)
    if since.remaining:
        yield _list(base, "Ce qui reste", since.remaining)
    if since.appeared:
        yield _list(base, "Ce qui est apparu", since.appeared)
    for key, (then, now, why) in since.moved.items():
        kind, what, unknown = WHAT[key]
        was, shown = (titles(base, kind, ids, "ou") or unknown for ids in (then, now))
        target = (kind, now[0]) if now else None
        yield Line(f"{what}{NBSP}: {was} alors, {shown} aujourd’hui, {WHY[why]}.", target=target)
    if since.by_rules:
        yield _list(base, "Les règles ont changé, et cela seul fait différer", since.by_rules)
    if since.answered:
        changed = counted(
            len(since.answered), "réponse a changé ou s’est ajoutée", "réponses ont changé ou se sont ajoutées"
        )
        yield Line(f"{changed}.")


def _list(base: Base, lead: str, named: tuple[Named, ...], *, main: bool = False) -> Line:
    shown = [quoted(lowered(base.title(*each))) for each in named[:MOST]]
    more = len(named) - MOST
    if more > 0:
        shown.append(counted(more, "autre point", "autres points"))
    kind, id = named[0]
    target = next(((known, id) for known in KINDS if known == kind), None)
    return Line(f"{lead}{NBSP}: {listed(shown)}.", target=target if len(named) == 1 else None, main=main)
