"""A paper to take away: which, in what kind of file; then where it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.constants import DRIVER
from textual.screen import Screen
from textual.timer import Timer

from conseil_dla.ground.french import NBSP, sentence, spaced
from conseil_dla.ground.opening import can_open, open_path
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.in_hand import hand_of
from conseil_dla.panes.notice import NamingPage
from conseil_dla.panes.panel_beside import GlancingScreen
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.discretion import HIDDEN_NAME
from conseil_dla.wording.disk_text import creation_failure, failure

if TYPE_CHECKING:
    from conseil_dla.papers.catalogue import Wanted
    from conseil_dla.rules.model import Dossier

PATIENCE = 0.5
"""Seconds after which a paper that is not written yet is told of."""
OPEN, FOLDER, DOWNLOAD = "open", "folder", "download"
"""What can be done once it is there."""
WHICH = spaced("Quel papier écrire ?")
FILE = spaced("Dans quelle sorte de fichier ?")


def offer_papers(screen: GlancingScreen[Any]) -> None:
    """Ask which paper, then in what kind of file; write it in a worker, and say where it is.

    Meanwhile the file is looked at: what others changed there is in the dossier by then.
    """
    if (hand := hand_of(screen.app.screen_stack)) is not None:
        hand.saving.look()
    from conseil_dla.papers.catalogue import AUDIENCES, kinds_of, paper_name  # noqa: PLC0415

    wanted = [each for papers in AUDIENCES.values() for each in papers]
    rows = []
    for audience, papers in AUDIENCES.items():
        rows.append(Row(audience, tone="header"))
        rows += [Row(paper_name(each), str(wanted.index(each)), also=audience) for each in papers]

    def chosen(number: str | None) -> None:
        if number is not None:
            kinds = [Row(told, suffix, suffix) for suffix, told in kinds_of(wanted[int(number)]).items()]
            picker = Picker(FILE, kinds, "Chercher une sorte de fichier")
            screen.app.push_screen(picker, partial(write, wanted[int(number)]))

    def write(paper: Wanted, suffix: str | None) -> None:
        if suffix is not None:
            work = partial(_write, screen, screen.dossier, paper, suffix, say_if_it_lasts(screen))
            screen.run_worker(work, thread=True, group="paper", exit_on_error=False)

    screen.app.push_screen(Picker(WHICH, rows, "Chercher un papier"), chosen)


PAPER = DossierPage(
    name="paper",
    key="ctrl+e",
    label="papier à emporter",
    sentence=f"Écrire un papier à emporter{NBSP}: note de cadrage, cahier des charges…",
    shows=offer_papers,
    on_reading="listed",
    makes_sense=lambda state, reading: reading is not None,
)


def say_if_it_lasts(screen: Screen[Any]) -> Timer:
    """Say that a paper comes, unless the timer is stopped before: on a slow machine it takes some seconds."""
    return screen.set_timer(PATIENCE, partial(screen.app.notify, "Le papier s’écrit…", timeout=2, markup=False))


def _write(screen: GlancingScreen[Any], dossier: Dossier, wanted: Wanted, suffix: str, timer: Timer) -> None:
    from conseil_dla.panes.paper_writing import write_beside  # noqa: PLC0415
    from conseil_dla.papers.documents.document import NotMade  # noqa: PLC0415 - only when a paper is asked for

    path = None
    try:
        path = write_beside(screen.reader, dossier, wanted, suffix)
        page = written(path, wanted)
    except OSError as error:
        page = not_written(creation_failure(Path(dossier.path).parent, error))
    except NotMade as error:
        page = not_written(error.told)
    timer.stop()
    screen.app.call_from_thread(screen.app.push_screen, page, partial(_open, screen, path))


def _open(screen: Screen[Any], path: Path | None, chosen: str | None) -> None:
    """Open the paper, or its folder; hand it to the browser, where one shows the screens."""
    if chosen is None or path is None:
        return
    if chosen == DOWNLOAD:
        _hand_over(screen, path)
        return
    try:
        open_path(path if chosen == OPEN else path.parent)
    except OSError:
        screen.app.notify(f"Rien n’a pu l’ouvrir. Il est là{NBSP}: {path}", severity="warning", markup=False)


def _hand_over(screen: Screen[Any], path: Path) -> None:
    try:
        screen.app.deliver_binary(path)
    except OSError as error:
        told = f"Le papier ne se relit pas{NBSP}: {failure(error)}. Il est là{NBSP}: {path}"
        screen.app.notify(told, severity="warning", markup=False)


def _opening() -> tuple[tuple[str, str], ...]:
    """The buttons: those of somebody who sits before this machine, or that of somebody who has a browser alone."""
    if DRIVER:
        return ((DOWNLOAD, "Télécharger"),)
    return ((OPEN, "Ouvrir"), (FOLDER, "Ouvrir le dossier")) if can_open() else ()


def written(path: Path, wanted: Wanted | None = None) -> Page:
    """Where it is, and to be read again before it leaves; ``wanted`` is None for views crossed."""
    from conseil_dla.papers.writing import ALONE  # noqa: PLC0415 - only when a paper is asked for

    lead = (Block(spaced("Il est à côté du dossier :")), GAP)
    if wanted is not None:
        lead = (Block(spaced("Il est dans le dossier « papiers », à côté de votre dossier :")), GAP)
    blanks = (
        "Relisez-le avant de le transmettre : « [à\u00a0chiffrer] » et « [à\u00a0compléter] » sont à remplir à la main."
    )
    if wanted is None:
        blanks = "Il nomme les personnes qui l’ont accepté : il est pour elles et pour vous."
    elif wanted.internal or wanted.model in ALONE:
        blanks = "Ce papier est pour vous seul·e : il ne se transmet pas."
    after = (GAP, Block(spaced(blanks)))
    named = (*lead, Block(path.name, "strong"), Block(str(path.parent), "quiet"), *after)
    hidden = (*lead, Block(HIDDEN_NAME, "strong"), *after)
    return NamingPage("Le papier est écrit", named, hidden, () if wanted is None else _opening())


def not_written(why: str) -> Page:
    """Why, and that nothing else happened."""
    after = (GAP, Block("Votre dossier n’a pas été modifié."))
    told, instead = Block(sentence(why)), Block("Le disque, ou le gabarit du papier, a refusé.")
    return NamingPage("Le papier n’a pas pu être écrit", (told, *after), (instead, *after))
