"""``conseil-dla lot``: many dossiers read into one file, with a page that sums them up."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conseil_dla.batch.blank_table import SUFFIXES, blank_table
from conseil_dla.batch.concluding import ENGINE, ControlFailed
from conseil_dla.batch.page import page as page_of
from conseil_dla.batch.result_rows import COLUMNS, csv_head
from conseil_dla.batch.sources import Chunk, Sources
from conseil_dla.batch.summary import Control, Counts, bar_text, far_text, over_text
from conseil_dla.batch.work import MOST_TOLD, Task, check_least, get_ready, reader_of
from conseil_dla.batch.work import SUFFIXES as RESULTS
from conseil_dla.cli.desk import READING, cases, expanded, tell, tell_unread
from conseil_dla.cli.disagreement import tell_control, tell_failure
from conseil_dla.cli.output import put, target_of
from conseil_dla.cli.parser import DONE, UNUSABLE, AlreadyTold, FrenchParser, Misused
from conseil_dla.cli.steps import Waiting
from conseil_dla.ground.files import replacing
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.ground.processes import ProcessDied, in_order
from conseil_dla.reading.compose import ReadingFailed
from conseil_dla.reading.opening import open_rules, rules_folder
from conseil_dla.wording.diagnostic_text import aside_lines
from conseil_dla.wording.disk_text import creation_failure

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

HELP = """\
conseil-dla lot FICHIERS… -o FICHIER [--complet] [--remplacer] [--regles DOSSIER_REGLES]
conseil-dla lot --tableau FICHIER

Lit beaucoup de dossiers et écrit ce qu’ils donnent, dans l’ordre. La fin du nom choisit la sorte de
fichier : .jsonl (un objet par ligne), .csv ou .xlsx (une ligne par dossier). Une page d’ensemble est écrite
à côté.

  FICHIERS      des dossiers (.yaml), des dossiers du disque, des .jsonl (une ligne : titre et reponses),
                des tableaux .csv ou .xlsx
  --tableau     écrit un tableau vide à remplir, .xlsx ou .csv : une colonne par question

  --complet     vers .jsonl : tout ce que dit « diagnostiquer », et ce qui pourrait mûrir (bien plus long)
  --processus N combien de processus travaillent à la fois (sinon : un par cœur de la machine)
  --graine N    le tirage des dossiers relus par le moteur de règles (sinon : au hasard, et dit à la fin)
  --remplacer   écrire par-dessus un fichier qui existe déjà

Un dossier inutilisable est une ligne avec sa raison ; les autres sont lus quand même (code de sortie 2).
Places et vigilances internes y sont : ces fichiers sont pour vous.
"""
MOST_PROCESSES = 16
WORTH_IT, WORTH_IT_SLOWLY = 400_000, 30_000
"""Bytes of sources under which no other process is started: it would take longer to start than to do the work. Less of
them where every dossier is read by itself."""
BETWEEN = 10
"""Seconds between two lines that stay."""
FEW = 40_000
"""Bytes under which half-answered dossiers are read one by one: some tens of them."""
NONE_HELP = "nommez des dossiers (.yaml), un dossier du disque qui en contient, un .jsonl ou un tableau"
DIED = "un des processus s’est arrêté avant la fin : rien n’a été écrit"
DIED_HELP = "relancez ; si cela revient, essayez « --processus 1 », ou moins de dossiers à la fois"


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Read everything; write one file, whole or not at all, and a page beside it."""
    parser = FrenchParser("conseil-dla lot", HELP, rules)
    parser.add_argument("sources", nargs="*", metavar="FICHIERS")
    parser.add_argument("-o", "--sortie", metavar="FICHIER")
    parser.add_argument("--complet", action="store_true")
    parser.add_argument("--processus", metavar="N")
    parser.add_argument("--graine", metavar="N")
    parser.add_argument("--remplacer", action="store_true")
    parser.add_argument("--tableau", metavar="FICHIER")
    options = parser.options(arguments)
    if options.tableau:
        return _blank(options)
    if not options.sources:
        parser.error("the following arguments are required: FICHIERS")
    if not options.sortie:
        parser.error("the following arguments are required: -o FICHIER")
    return _run(options)


def _blank(options: argparse.Namespace) -> int:
    """An empty table to fill."""
    if options.sources or options.sortie:
        raise Misused("--tableau écrit un tableau vide, sans rien lire\naide : conseil-dla lot --tableau FICHIER.xlsx")
    target = target_of(options.tableau, SUFFIXES, replace=options.remplacer)
    opened = open_rules(rules_folder(options.regles))
    tell_unread(opened.unread)
    put(target, blank_table(opened.base, target.suffix.lower()))
    print(spaced(harmless(f"tableau à remplir : {target}")), file=sys.stderr)
    return DONE


def _run(options: argparse.Namespace) -> int:
    target = target_of(options.sortie, RESULTS, replace=options.remplacer)
    page = target_of(str(target.with_name(f"{target.name}-ensemble.html")), (".html",), replace=options.remplacer)
    if options.complet and target.suffix.lower() != ".jsonl":
        raise Misused("--complet n’écrit que des .jsonl\naide : donnez un nom en .jsonl, ou retirez --complet")
    seed = _number(options.graine, "--graine", 2**31 - 1) if options.graine else secrets.randbelow(1_000_000)
    paths = tuple(Path(path) for given in options.sources for path in expanded(given))
    if any(path.exists() and target.exists() and path.samefile(target) for path in paths):
        raise Misused(f"« {target} » est aussi à lire : rien n’a été écrit\naide : un autre nom de sortie")
    most = _number(options.processus, "--processus", MOST_PROCESSES, 1) if options.processus else _cores()
    try:
        with Waiting(READING):
            opened = open_rules(rules_folder(options.regles))
        tell_unread(opened.unread)
        if options.complet:
            cases(opened.base)
        opened.engine.close()
        sources = Sources(paths, opened.base)
        whole, weight = sources.size, sources.weight
        with Bar() as bar:
            reader = reader_of(opened.base)
            if reader.costs:
                tell(reader.costs)
            slow = options.complet or reader.atlas.search is not None
            count = most if most > 1 and weight > (WORTH_IT_SLOWLY if slow else WORTH_IT) else 0
            task = Task(target.suffix.lower(), seed, options.complet, few=weight < FEW)
            bar.all = sources.number
            work = _Work(task, reader, count, whole, bar)
            _write(work, sources.chunks(sources.pieces(count, slow=slow)), target)
    except Misused:
        for line in aside_lines(sources.aside()):
            print(line, file=sys.stderr)
        raise
    served = " puis ".join(work.counts.engines) or opened.engine.name
    control = Control(served, work.counts.checked, seed)
    named = tuple(map(str, paths))
    summary = work.counts.summary(ENGINE, opened.base.digest, control, named)
    put(page, page_of(opened.base, summary, date.today()).encode())
    if sources.remarks:
        tell(tuple(sources.remarks))
    _tell_remarked(work)
    _tell_refused(work)
    aside = sources.aside()
    for line in aside_lines(aside):
        print(line, file=sys.stderr)
    print(spaced(harmless(over_text(summary, target, page, aside), keep_lines=True)), file=sys.stderr)
    return UNUSABLE if summary.refused else DONE


class _Work:
    """The batch under way: what is concluded comes out in order, what is counted adds up."""

    def __init__(self, task: Task, reader: Reader, count: int, whole: int, bar: Bar) -> None:
        self.counts = Counts()
        self.told: list[str] = []
        self.remarked: list[str] = []
        self.suffix = task.suffix
        self._task, self._reader = task, reader
        self._count, self._whole, self._bar = count, whole, bar

    def lines(self, chunks: Iterable[Chunk]) -> Iterator[Any]:
        """What the file takes, piece by piece. Raises ``AlreadyTold`` where nothing of it can be trusted."""
        size = 0
        try:
            own = () if self._count else (self._reader,)
            for done in in_order(get_ready, (self._reader.base, self._task, *own), chunks, self._count):
                self.counts.more(done.counts)
                self.told += done.told[: MOST_TOLD - len(self.told)]
                self.remarked += done.remarked[: MOST_TOLD + 1 - len(self.remarked)]
                size += done.size
                self._bar.show(size, self._whole, self.counts.read + self.counts.refused)
                yield done.lines
            check_least(self._reader, self._task, self.counts)
        except ControlFailed as error:
            tell_control(error)
            raise AlreadyTold from error
        except ReadingFailed as error:
            tell_failure(error, "ces dossiers")
            raise AlreadyTold from error
        except ProcessDied as error:
            raise Misused(f"{DIED}\naide : {DIED_HELP}") from error


def _write(work: _Work, chunks: Iterable[Chunk], target: Path) -> None:
    """The file, whole or not at all. Raises ``Misused`` with the disk's reason, or where there is no dossier at all."""
    lines = work.lines(chunks)
    try:
        with replacing(target) as file:
            if work.suffix == ".xlsx":
                from conseil_dla.papers.documents.xlsx import write_rows  # noqa: PLC0415 - seldom asked for

                write_rows(file, "Dossiers", COLUMNS, (row for rows in lines for row in rows))
            else:
                file.write(csv_head() if work.suffix == ".csv" else b"")
                file.writelines(lines)
            if not work.counts.read and not work.counts.refused:
                raise Misused(f"aucun dossier à lire : rien n’a été écrit\naide : {NONE_HELP}")
    except OSError as error:
        raise Misused(creation_failure(target.parent, error)) from error


def _tell_remarked(work: _Work) -> None:
    for told in work.remarked[:MOST_TOLD]:
        print(told, end="", file=sys.stderr)
    if len(work.remarked) > MOST_TOLD:
        print("D’autres dossiers appellent une remarque : « conseil-dla diagnostiquer » la dit.", file=sys.stderr)


def _tell_refused(work: _Work) -> None:
    for told in work.told:
        print(told, end="", file=sys.stderr)
    if (more := work.counts.refused - len(work.told)) > 0:
        print(spaced(f"… et {more} autres : la raison de chacun est dans le fichier, sous « erreur »"), file=sys.stderr)


def _number(given: str, option: str, most: int, least: int = 0) -> int:
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise Misused(f"{option} : « {given} » n’est pas un nombre entier de {least} à {most}")
    return int(given)


def _cores() -> int:
    """As many processes as this one may use cores."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, MOST_PROCESSES)


class Bar(Waiting):
    """One line that is written over, and gone at the end; before the first dossiers, the seconds that go by.

    In a file or a pipe, and where a line stays, one every ten seconds: an hour of work is not taken for a halt.
    """

    def __init__(self) -> None:
        super().__init__("Lecture des dossiers", between=BETWEEN, always=True)
        self._done = self._whole = self._dossiers = 0
        self._at = 0.0
        self.all = 0
        """How many dossiers there are; 0 where that is not known before they are read."""

    def show(self, done: int, whole: int, dossiers: int) -> None:
        """``done`` of ``whole`` bytes of the sources are over, so many dossiers in all: the next look says it."""
        self._done, self._whole, self._dossiers, self._at = done, whole, dossiers, self.seconds

    def _text(self, seconds: float) -> str:
        if not self._dossiers:
            return super()._text(seconds)
        if self.stays:
            share = self._done / self._whole if self._whole else 0.0
            return spaced(far_text(share, self._dossiers, seconds, self._at, self.all))
        return spaced(bar_text(self._done, self._whole, self._dossiers, seconds))
