"""What a batch finds in all its dossiers together, as one page: nothing fetched, nothing run, for its reader alone.

Each plot is a table: its bars are drawn under the names and say nothing that the numbers beside them do not. A bar from
edge to edge would be every dossier, so that the plots of a page can be compared, and a small number looks small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from conseil_dla import __version__
from conseil_dla.batch.summary import Shown, Summary
from conseil_dla.ground.files import packaged_help
from conseil_dla.ground.french import grouped, listed, quoted
from conseil_dla.ground.words import alphabetical
from conseil_dla.papers.blocks import plain
from conseil_dla.papers.documents.markup import INSIDE, asset, filled
from conseil_dla.rules.model import Base
from conseil_dla.wording.outline import MOMENTS

TITLE = "Un lot de dossiers, vu d’ensemble"
OWN = (
    "Cette page parle de postures et de vigilances : elle ne sort pas de chez vous. Ne la transmettez ni à un "
    "partenaire, ni à un financeur, ni au comité d’appui."
)
COUNTS = (
    "Un nombre de dossiers ne dit rien d’une organisation ni de ce que vaut un projet : il dit ce qui revient dans les "
    "réponses de ce lot."
)
COUNT = "Dossiers"
OPEN = "Encore ouvert"
OFF_NOTE = "Une situation que la note ne décrit pas"
FORMATS = (
    "Le format montré pour chaque dossier : il ne dépend plus des réponses manquantes, ou seule une réponse "
    "inhabituelle le changerait."
)
POSTURES = "La place montrée pour chaque dossier, aux mêmes conditions que le format."
LAUNCH = "Ce que chaque lecture dit du moment de lancer."
VIGILANCES = (
    "Relevée : elle ne dépend plus des réponses manquantes, ou seule une réponse inhabituelle la lèverait. Encore "
    "possible : une réponse qui manque peut la faire venir."
)
UNANSWERED = (
    "Les questions qui se posent, ou qui peuvent encore se poser, et dont la réponse n’est pas connue (« je ne sais "
    "pas encore » compris)."
)
REFUSED = (
    "Chaque dossier refusé est compté une fois, pour la première chose à y corriger. Les résultats du lot disent "
    "laquelle, dossier par dossier."
)
MOST_SOURCES = 20
WIDE = 1000
"""Width of a whole bar, in its own units."""
LEAST = 4
"""Width of the bar of a single dossier among many, in the same units: it can be seen."""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    numbers: tuple[int, ...]
    """One or two; the second one is drawn hollow, after the first."""
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """A part of the page."""

    name: str
    title: str
    lead: str
    heads: tuple[str, ...]
    rows: tuple[_Row, ...]
    every: int
    """Dossiers that a whole bar stands for."""
    none: str = ""
    """Said where there is no row."""
    of: str = "lu"
    """What these dossiers are."""

    @property
    def scale(self) -> str:
        """What a bar from edge to edge is."""
        many = self.every > 1
        whole = f"les {grouped(self.every)} dossiers {self.of}s" if many else f"le seul dossier {self.of}"
        return f"D’un bord à l’autre : {whole}."


def page(base: Base, summary: Summary, day: date | None = None) -> str:
    """The whole file, ending with a line end. ``day`` is when the batch was done; None to leave it unsaid."""
    return filled(
        "batch/page.html.jinja",
        said=plain,
        policy=INSIDE,
        style=asset("papers/documents/page/palette.css") + asset("batch/page.css"),
        title=TITLE,
        written=f"Pour vous · le {day:%d/%m/%Y}" if day else "Pour vous",
        own=OWN,
        counts=COUNTS,
        brief=_brief(summary),
        plots=(*_drawn(base, summary), *_refused(summary)),
        about=_about(summary),
        bars=_bars,
        wide=WIDE,
        grouped=grouped,
    )


def _dossiers(number: int) -> str:
    return f"{grouped(number)} dossier{'s' if number > 1 else ''}" if number else "aucun dossier"


def _brief(summary: Summary) -> str:
    s = "s" if summary.read > 1 else ""
    told = f"{_dossiers(summary.read)} lu{s}".capitalize()
    if summary.refused:
        told += f", {grouped(summary.refused)} refusé{'s' if summary.refused > 1 else ''}"
    if not summary.read:
        return f"{told}."
    if summary.complete == summary.read:
        return f"{told}. Toutes les questions qui se posent y ont une réponse."
    if not summary.complete:
        return f"{told}. {'Dans chacun, des questions' if s else 'Des questions y'} restent sans réponse."
    verb = "ont" if summary.complete > 1 else "a"
    return f"{told}. {grouped(summary.complete)} y {verb} une réponse à toutes les questions qui se posent."


def _drawn(base: Base, summary: Summary) -> tuple[_Plot, ...]:
    """What is found in the dossiers that could be read."""
    if not summary.read:
        return ()
    every, heads = summary.read, ("Relevée", "Encore possible")
    questions = _most(summary.unanswered, lambda id: base.title("question", id))
    return (
        _Plot("formats", "Les formats", FORMATS, ("Format", COUNT), _formats(base, summary), every),
        _Plot("postures", "Les postures", POSTURES, ("Posture", COUNT), _postures(base, summary), every),
        _Plot("moments", "Le moment", LAUNCH, ("Moment", COUNT), _moments(summary), every),
        _Plot("vigilances", "Les vigilances, les plus fréquentes d’abord", VIGILANCES, ("Vigilance", *heads),
              _vigilances(base, summary), every, "Aucune vigilance n’est relevée, ni encore possible."),
        _Plot("questions", "Les questions le plus souvent sans réponse", UNANSWERED, ("Question", COUNT), questions,
              every, "Aucune question ne reste sans réponse."),
    )  # fmt: skip


def _refused(summary: Summary) -> tuple[_Plot, ...]:
    if not summary.refused:
        return ()
    titles = code_titles()
    rows = tuple(
        _Row(titles.get(code, "Une autre raison"), (number,), code)
        for code, number in sorted(summary.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    told = "Les raisons n’ont pas été comptées."
    heads = ("Raison", COUNT)
    return (_Plot("refus", "Les dossiers refusés", REFUSED, heads, rows, summary.refused, told, of="refusé"),)


# --- rows -----------------------------------------------------------------------------------------------------------


def _formats(base: Base, summary: Summary) -> tuple[_Row, ...]:
    together = "À égalité : {}"
    return _single_then_several(base, "format", base.logic.formats, summary.formats, together)


def _postures(base: Base, summary: Summary) -> tuple[_Row, ...]:
    rows = _single_then_several(base, "posture", base.logic.postures, summary.postures, "Entre {}")
    *described, still_open = rows
    return (*described, _Row(OFF_NOTE, (summary.off_note,)), still_open)


def _single_then_several(
    base: Base, kind: str, known: Iterable[str], counts: Mapping[Shown, int], together: str
) -> tuple[_Row, ...]:
    """Each one alone, in the order of the rules; those that stand together; last, what is still open."""
    alone = [_Row(base.title(kind, id), (counts.get((id,), 0),)) for id in known]
    several = [
        _Row(together.format(listed([quoted(base.title(kind, id)) for id in ids])), (number,))
        for ids, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if len(ids) > 1
    ]
    return (*alone, *several, _Row(OPEN, (counts.get((), 0),)))


def _moments(summary: Summary) -> tuple[_Row, ...]:
    rows = [_Row(said.removesuffix("."), (summary.moments.get(moment, 0),)) for moment, said in MOMENTS.items()]
    return (*rows, _Row(OPEN, (summary.moments.get("", 0),)))


def _vigilances(base: Base, summary: Summary) -> tuple[_Row, ...]:
    certain, possible = summary.vigilances, summary.vigilances_possible
    rows = [
        _Row(base.title("vigilance", id), numbers)
        for id in {**certain, **possible}
        if any(numbers := (certain.get(id, 0), possible.get(id, 0)))
    ]
    return tuple(sorted(rows, key=lambda row: (-row.numbers[0], -row.numbers[1], alphabetical(row.name))))


def _most(counts: Mapping[str, int], title: Callable[[str], str]) -> tuple[_Row, ...]:
    rows = (_Row(title(id), (number,)) for id, number in counts.items() if number)
    return tuple(sorted(rows, key=lambda row: (-row.numbers[0], alphabetical(row.name))))


# --- what stands beside the rows ------------------------------------------------------------------------------------


def _bars(numbers: tuple[int, ...], every: int) -> list[tuple[str, float, float]]:
    """Full, then hollow: the look of each bar, where it starts and how wide it is. The numbers beside say the same."""
    bars = []
    start = 0.0
    for number, look in zip(numbers, ("full", "hollow"), strict=False):
        wide = min(max(LEAST, WIDE * number / every) if number else 0, WIDE - start)
        if number:
            bars.append((look, start, wide))
        start += wide
    return bars


def _about(summary: Summary) -> tuple[tuple[str, str], ...]:
    """Where the numbers come from."""
    named, others = summary.sources[:MOST_SOURCES], summary.sources[MOST_SOURCES:]
    sources = ", ".join(named) + (f" et {grouped(len(others))} autres" if others else "")
    return (
        ("Fichiers lus", sources or "Non précisés"),
        ("Moteur", _engine(summary)),
        ("Contrôle", _control(summary)),
        ("Empreinte des règles", summary.digest),
        ("Programme", f"Conseil DLA {__version__}"),
    )


def _engine(summary: Summary) -> str:
    """Which engine concluded what."""
    if not summary.together:
        return f"{summary.control.engine}, dossier par dossier"
    alone = summary.read - summary.together
    others = "l’autre" if alone == 1 else f"les {grouped(alone)} autres"
    rest = f" ; lecture exacte avec {summary.control.engine} pour {others}" if alone else ""
    read = "1 dossier" if summary.together == 1 else f"{grouped(summary.together)} dossiers lus ensemble"
    return f"{summary.engine} pour {read}{rest}"


def _control(summary: Summary) -> str:
    """Whether another engine agreed."""
    control = summary.control
    if not summary.together:
        return "Sans objet : chaque dossier a été lu seul, par la lecture exacte."
    if not control.tried:
        return f"Aucun dossier n’a été tiré pour être relu par {control.engine}."
    drawn = "Un dossier tiré" if control.tried == 1 else f"{grouped(control.tried)} dossiers tirés"
    again = "relu" if control.tried == 1 else "relus"
    return f"{drawn} au hasard (graine {control.seed}), {again} par {control.engine} : aucun écart."


PAGE = "diagnostics.md"
_HEADING = re.compile(r"^#+ (DLA\d{3}) · (.+)$", re.MULTILINE)


@cache
def code_titles() -> Mapping[str, str]:
    """By code; empty where the page is not there, which prevents nothing."""
    try:
        text = (packaged_help() / PAGE).read_text(encoding="utf-8")
    except OSError:
        return {}
    return dict(_HEADING.findall(text))
