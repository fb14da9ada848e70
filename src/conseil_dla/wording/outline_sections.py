"""Sections of the outline that take more than a few lines: formats side by side, a near case, what moved since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conseil_dla.ground.french import NBSP, counted, day_text, few, harmless, listed, lowered, quoted, sentence
from conseil_dla.reading.compose import reporter
from conseil_dla.reading.nearest import Nearest
from conseil_dla.reading.showing import formats_of, in_play, place_of
from conseil_dla.reading.since import Named, Since
from conseil_dla.reading.values import Drawn, Reading
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.rules.model import KINDS, SIDES, Answers, Base, Kind
from conseil_dla.wording.clauses import question_name, quoted_answer
from conseil_dla.wording.lines import Line
from conseil_dla.wording.provenance import TOLD, observed_text, own_observations, source_name
from conseil_dla.wording.reading_sentences import titles
from conseil_dla.wording.reasons import BEHIND, RULED_OUT, reason_line, weighed

MORE = ("autre point", "autres points")
FORESEEN = {"deja_prevu": " (déjà prévu)", "a_prevoir": ""}
"""After what may be planned already: what is not said to be is to be planned, as ``TO_PLAN`` says once."""
TO_PLAN = "À prévoir, sauf ce qui est déjà prévu."


def format_lines(base: Base, reading: Reading) -> Iterable[Line]:
    """What is shown first, then what is still open, then the others, each in the order of the knowledge."""
    format = reading.format
    for id in sorted(base.logic.formats, key=lambda id: (id not in format.shown, id not in format.possible)):
        title = base.title("format", id)
        if rules := format.ruled_out.get(id):
            against = tuple(lowered(base.title("regle", rule)) for rule in rules)
            yield Line(f"{title} ({RULED_OUT})", target=("format", id), sides=((), against))
            continue
        standing = list(weighed(a for a in format.arguments if a.format == id and a.certainty != "possible"))
        if standing:
            out = "" if id in format.possible else f" ({BEHIND})"
            pro, con = (tuple(reason_line(base, a) for a in standing if a.side == side) for side in SIDES)
            sides = (pro, con)
            yield Line(f"{title}{out}", target=("format", id), main=id in format.shown, sides=sides)


def listed_lines(base: Base, reading: Reading, kind: KindSpec) -> Iterable[Line]:
    """What surely holds, under each format in play; first what goes with every one of them."""
    playing = in_play(reading)
    drawn = [d for d in reading.drawn_of(kind.word) if place_of(base, reading, d) == kind.section]
    of = {d.id: formats_of(base, d) for d in drawn}
    whatever = [d for d in drawn if not of[d.id] or of[d.id].issuperset(playing)]
    if any(d.foreseen == "a_prevoir" for d in drawn):
        yield Line(TO_PLAN)
    for each in whatever:
        yield from _listed(base, each, kind.words.detail, 0)
    for format in playing:
        own = [d for d in drawn if d not in whatever and format in of[d.id]]
        if own:
            yield Line(f"Pour {lowered(base.title('format', format))}", target=("format", format), main=True)
        for each in own:
            yield from _listed(base, each, kind.words.detail, 1)


def _listed(base: Base, drawn: Drawn, detail: str, indent: int) -> Iterable[Line]:
    """What it is, unless it is already planned."""
    target = (drawn.kind, drawn.id)
    entry = base.entry(*target)
    yield Line(f"{entry.title}{FORESEEN.get(drawn.foreseen or '', '')}", target, indent=indent)
    if drawn.foreseen != "deja_prevu" and (text := entry.texts.get(detail)):
        yield Line(text, target, indent=indent + 1)
    yield from seen_lines(base, drawn, indent + 1)


def seen_lines(base: Base, drawn: Drawn, indent: int) -> Iterable[Line]:
    """Who saw it, where nothing but the network says it: whoever reads on would take it for the note's."""
    if text := observed_text(own_observations(base, drawn, drawn.kind)):
        yield Line(text, (drawn.kind, drawn.id), indent=indent)


# --- the nearest experience, to read beside a dossier ----------------------------------------------------------------

MOST_POINTS = 6
"""How many points of one kind are shown at first; the others are folded."""


def experience_lines(base: Base, reading: Reading, nearest: Nearest | None) -> Iterable[Line]:
    """Its title and what came of it, then the points, each of which leads to its question."""
    if nearest is None:
        return
    case = nearest.case
    yield Line(harmless(case.title), main=True, case=case.path)
    yield Line(harmless(case.experience), case=case.path, indent=1)
    if case.observation:
        yield Line(observed_text((case.observation,), verb=TOLD), case=case.path, indent=1)
    theirs = nearest.answers
    yield from _points("En commun", [(id, _common(base, reading.answers, theirs, id)) for id in nearest.alike])
    yield from _points("Autrement là-bas", [(id, _two(base, reading.answers, theirs, id)) for id in nearest.apart])
    yield from _points("À savoir encore chez vous", [(id, _there(base, theirs, id)) for id in nearest.unknown_here])
    if nearest.unknown_there:
        names = few([question_name(base, id) for id in nearest.unknown_there], MOST_POINTS, *MORE)
        who = source_name(reporter(base, case))
        told = f"{who[:1].upper()}{who[1:]} n’en dit rien{NBSP}: {listed(names)}."
        yield Line(told, question=nearest.unknown_there[0], indent=1)


def _points(lead: str, points: Sequence[tuple[str, str]]) -> Iterable[Line]:
    """A lead, then one line a point; past the first ones, they are folded."""
    if not points:
        return
    lines = [Line(text, question=id, indent=2) for id, text in points]
    yield Line(f"{lead}{NBSP}:", indent=1)
    yield from lines[:MOST_POINTS]
    if more := lines[MOST_POINTS:]:
        yield Line(f"et {counted(len(more), *MORE)}", folded=tuple(more), indent=2)


def _common(base: Base, ours: Answers, theirs: Answers, id: str) -> str:
    """What both answer: of boxes, those that both tick; of two numbers that no rule tells apart, that they are so."""
    one, other = ours[id], theirs[id]
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return f"{_name(base, id)}{quoted_answer(base, id, one & other)}"
    if one == other:
        return f"{_name(base, id)}{quoted_answer(base, id, one)}"
    there, here = quoted_answer(base, id, other), quoted_answer(base, id, one)
    return f"{_name(base, id)}du même ordre ({there} là-bas, {here} chez vous)"


def _two(base: Base, ours: Answers, theirs: Answers, id: str) -> str:
    there, here = (quoted_answer(base, id, answers[id]) for answers in (theirs, ours))
    return f"{_name(base, id)}{there}{NBSP}; chez vous, {here}"


def _there(base: Base, theirs: Answers, id: str) -> str:
    return f"{_name(base, id)}là-bas, {quoted_answer(base, id, theirs[id])}"


def _name(base: Base, id: str) -> str:
    return f"{base.title('question', id)}{NBSP}: "


# --- since a dated reading -------------------------------------------------------------------------------------------

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
    shown = few([quoted(lowered(base.task(*each))) for each in named], MOST, *MORE)
    kind, id = named[0]
    target = next(((known, id) for known in KINDS if known == kind), None)
    return Line(f"{lead}{NBSP}: {listed(shown)}.", target=target if len(named) == 1 else None, main=main)
