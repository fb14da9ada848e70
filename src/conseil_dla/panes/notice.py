"""What went wrong, said plainly, with what can be done; and what the screens do when the engine cannot be trusted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.worker import Worker, WorkerState

from conseil_dla.ground.diagnostics import Diagnostic
from conseil_dla.ground.french import NBSP, counted, sentence, spaced
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.crash_text import STOPPED
from conseil_dla.wording.diagnostic_text import render
from conseil_dla.wording.discretion import HIDDEN_FINDINGS, HIDDEN_NAME, discreet_title
from conseil_dla.wording.disk_text import held_text, typed_when

if TYPE_CHECKING:
    from conseil_dla.dossiers.lock import Holder
    from conseil_dla.reading.compose import Reader

LEAVE = "leave"
READ = "read"
ANYWAY = "anyway"
RESUME, ERASE = "resume", "erase"
UNREAD = "Des fichiers ne sont pas lus"
MOST_UNREAD = 3
"""Files not read that fit in a corner of the screen."""


def tell_unread(app: App[int], reader: Reader) -> None:
    """Over whatever screen is there: which files of the rules folder give nothing to the rules in use."""
    from conseil_dla.wording.diagnostic_text import finding_line  # noqa: PLC0415 - seldom needed

    told = [
        finding_line(one, os.path.relpath(one.place.file, reader.base.origin)) for one in reader.unread[:MOST_UNREAD]
    ]
    if len(reader.unread) > MOST_UNREAD:
        others = counted(len(reader.unread) - MOST_UNREAD, "autre")
        told.append(spaced(f"… et {others} : « conseil-dla regles verifier » les dit tous."))
    if told:
        app.notify("\n".join(told), title=UNREAD, timeout=12, markup=False)


class NamingPage(Page):
    """A notice that names a dossier, or quotes it; ``instead`` stands there while titles are hidden."""

    def __init__(
        self,
        title: str,
        blocks: tuple[Block, ...],
        instead: tuple[Block, ...],
        buttons: tuple[tuple[str, str], ...] = (),
        *,
        close: str = "Fermer",
    ) -> None:
        super().__init__(title, blocks, buttons, close=close)
        self._named, self._instead = blocks, instead

    def compose(self) -> ComposeResult:
        """Never shows first what is to be hidden."""
        self.show_titles()
        yield from super().compose()

    def show_titles(self) -> None:
        """The one or the other."""
        self.show(self._instead if hides_titles(self.app) else self._named)


def _told(findings: Iterable[Diagnostic], failure: str) -> tuple[str, str]:
    """Why, and what may be said of it while titles are hidden: findings quote the file, and its name."""
    return (failure, failure) if failure else (render(findings), HIDDEN_FINDINGS)


def rules_unusable(diagnostics: Iterable[Diagnostic]) -> Page:
    """The rules folder has mistakes: each one, where it is and how to mend it."""
    lead = Block("Corrigez ce qui suit, puis relancez le programme. Aucun fichier n’a été modifié.")
    return Page("Les règles ne peuvent pas être lues", (lead, GAP, Block(render(diagnostics), as_typed=True)))


def rules_in_fault(diagnostics: Iterable[Diagnostic], folder: Path) -> Page:
    """Rules edited in a folder while the screens are open, and not readable as they stand."""
    lead = Block("Les dernières règles sans erreur restent en usage. Corrigez ce qui suit, puis enregistrez.")
    return Page(
        "Les règles modifiées ne peuvent pas être lues",
        (lead, GAP, Block(render(diagnostics, base_dir=folder), as_typed=True)),
    )


def not_with_these_rules(diagnostics: Iterable[Diagnostic], failure: str) -> Page:
    """The dossier in hand cannot be read under the rules that were just edited."""
    why, instead = _told(diagnostics, f"Pourquoi{NBSP}: {failure}." if failure else "")
    after = (GAP, Block("Les règles d’avant restent en usage, et le fichier n’a pas été modifié.", "quiet"))
    return NamingPage(
        "Ce dossier ne se lit pas avec les nouvelles règles",
        (Block(why, as_typed=True), *after),
        (Block(instead), *after),
    )


def could_not_open(diagnostics: Iterable[Diagnostic], failure: str) -> Page:
    """A dossier cannot be used, or the disk refused."""
    why, instead = _told(diagnostics, f"Pourquoi{NBSP}: {failure}." if failure else "")
    after = (GAP, Block("Le fichier n’a pas été modifié.", "quiet"))
    return NamingPage(
        "Ce dossier n’a pas pu être ouvert", (Block(why, as_typed=True), *after), (Block(instead), *after)
    )


def could_not_create(diagnostics: Iterable[Diagnostic], failure: str, *, is_copy: bool = False) -> Page:
    """A new dossier could not be written; what was typed for it still stands on the page behind."""
    kept = "L’expérience d’origine n’a pas été modifiée." if is_copy else "Ce que vous avez écrit est toujours là."
    why, instead = _told(diagnostics, sentence(failure) if failure else "")
    after = (GAP, Block(kept))
    return NamingPage("Le dossier n’a pas pu être créé", (Block(why, as_typed=True), *after), (Block(instead), *after))


def quit_unsaved(why: str) -> Page:
    """Quitting now would lose the last answers."""
    return _unsaved("Quitter sans enregistrer ?", why, "Si vous quittez maintenant", "Quitter quand même")


def go_home_unsaved(why: str) -> Page:
    """Going home now would lose the last answers."""
    return _unsaved(
        "Revenir à l’accueil sans enregistrer ?", why, "Si vous revenez à l’accueil maintenant", "Revenir quand même"
    )


def _unsaved(title: str, why: str, leaving: str, leave: str) -> Page:
    told = f"Les dernières réponses ou notes n’ont pas pu être enregistrées. {leaving}, elles seront perdues."
    blocks = [Block(told)]
    if why:
        blocks += [GAP, Block(f"Pourquoi{NBSP}: {why}.", "quiet")]
    return Page(spaced(title), tuple(blocks), ((LEAVE, leave),), close="Rester ici")


def give_up_writing() -> Page:
    """Leaving now would lose what was typed."""
    blocks = (Block("Ce texte n’est pas encore enregistré, et son brouillon sera effacé."),)
    title = spaced("Abandonner ce que vous avez écrit ?")
    return Page(title, blocks, ((LEAVE, "Abandonner"),), close="Continuer à écrire")


class UnsavedPage(Page):
    """A text that was typed here and saved nowhere, of which nothing is shown; « Entrée » takes it up again."""

    AUTO_FOCUS = f"#{RESUME}"

    def __init__(self, since: datetime) -> None:
        when = typed_when(since, datetime.now().astimezone())
        told = f"Un texte {when} a été tapé sur cette page, et n’a pas été enregistré."
        aside = spaced("Le laisser de côté : il vous sera proposé à nouveau.")
        buttons = ((RESUME, "Le reprendre"), (ERASE, "L’effacer"))
        blocks = (Block(told), GAP, Block(aside, "quiet"))
        super().__init__("Un texte non enregistré", blocks, buttons, close="Le laisser de côté")


def open_elsewhere(title: str, path: Path, holder: Holder) -> Page:
    """Another window writes in this dossier: it may be read, and opened all the same only if that window seems gone."""
    lead = Block(held_text(title, holder))
    blocks = [GAP, Block("Une seule fenêtre peut y écrire. D’ici, vous pouvez le lire.")]
    if holder.is_doubtful:
        told = "Rien n’y a été écrit depuis plus d’une heure : cette fenêtre a sans doute été fermée sans quitter. "
        told += "Si vous l’ouvrez quand même et qu’elle écrit encore, ce que chacune écrit sera gardé."
        blocks += [GAP, Block(spaced(told))]
    else:
        blocks += [GAP, Block("Pour y écrire ici, quittez d’abord l’autre fenêtre (Ctrl+Q), puis rouvrez-le.")]
    file = (GAP, Block(f"Rien n’a été modifié. Son fichier{NBSP}:", "quiet"), Block(str(path), "quiet"))
    instead = (
        Block(held_text(discreet_title(str(path)), holder)),
        *blocks,
        GAP,
        Block("Rien n’a été modifié.", "quiet"),
    )
    buttons = [(READ, "Lire seulement")]
    if holder.is_doubtful:
        buttons.append((ANYWAY, "Ouvrir quand même"))
    named = (lead, *blocks, *file)
    return NamingPage("Ce dossier est ouvert ailleurs", named, instead, tuple(buttons), close="Revenir")


def set_aside(beside: Path) -> Page:
    """The same thing was changed here and elsewhere: both texts are kept, and where."""
    lead = (
        Block("Il a été modifié ailleurs en même temps qu’ici, et les deux versions ne vont pas ensemble."),
        GAP,
        Block(f"Le dossier garde ce que vous avez écrit ici. L’autre version est gardée entière, à côté{NBSP}:"),
        GAP,
    )
    after = (
        Block(str(beside.parent), "quiet"),
        GAP,
        Block("Il s’ouvre avec un éditeur de texte. Reprenez-y ce qui manque, puis effacez-le."),
    )
    named, instead = (Block(text, "strong") for text in (beside.name, HIDDEN_NAME))
    return NamingPage("Ce dossier a été modifié ailleurs", (*lead, named, *after), (*lead, instead, *after))


# --- an engine that cannot be trusted ---------------------------------------------------------------------------------

UNUSABLE = 2
"""Exit code when the rules, the engine or the dossier asked for cannot be used."""
ENGINE_FAILED = (
    "conseil-dla : le moteur de règles n’a pas pu lire ce dossier, ou deux moteurs se contredisent.\n"
    "Ce qui était enregistré n’est pas perdu. aide : conseil-dla diagnostiquer DOSSIER dira ce qui ne va pas."
)


def tell_when_engine_stops(app: App[int], reader: Reader) -> None:
    """Say it over whatever screen is there, once; readings go on."""

    def tell() -> None:
        if app.is_running:
            app.call_from_thread(app.notify, spaced(sentence(STOPPED)), timeout=12, markup=False)

    reader.when_engine_stops(tell)


def stop_if_untrusted(app: App[int], event: Worker.StateChanged) -> None:
    """Leave when a worker met a reading that failed; any other error is a defect of the program and goes on its way.

    Workers tell only the screen that started them, so each screen that reads calls this.
    """
    error = event.worker.error
    if event.state is not WorkerState.ERROR or error is None:
        return
    from conseil_dla.reading.compose import ReadingFailed  # noqa: PLC0415 - not before the first paint

    if not isinstance(error, ReadingFailed):
        raise error
    app.exit(UNUSABLE, UNUSABLE, spaced(ENGINE_FAILED))
