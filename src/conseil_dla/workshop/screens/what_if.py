"""« Et si »: an answer changed in front of the room, what moves and why, then kept or given back."""

from __future__ import annotations

from functools import partial

from conseil_dla.ground.french import NBSP, quoted, spaced
from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.rules.model import Value
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.typography import GAP, Block
from conseil_dla.wording.prospects import chosen, ripening_text
from conseil_dla.wording.questionnaire import refusal
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import UNSURE, Supposed
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stage_parts import moved_blocks
from conseil_dla.workshop.words.sentences import UNSURE_TEXT, value_text

KEEP = "keep"
MOMENT = "et_si"
"""The moment of a plan for this."""
RIPE = "mûrir "
"""Before the number of a suggestion, among the keys of rows: no id of a question holds a space."""
MOST_SUGGESTED = 4


def offer_what_if(screen: WorkshopScreen) -> None:
    """Which answer to change: first those that would change most, looked for in a worker. The time is its own."""
    if screen.playing.minutes(MOMENT):
        screen.room.clock.show(screen.playing.countdown(MOMENT))
    screen.run_worker(partial(_look, screen), thread=True, group="slow", exit_on_error=False)


def _look(screen: WorkshopScreen) -> None:
    playing = screen.playing
    playing.read()
    reading = playing.readings[0]
    is_public = bool(playing.state.revealed)  # before, what would move it gives the reading away
    ahead = playing.reader.prospects(reading) if is_public and reading.format.shown else Prospects()
    screen.app.call_later(_pick, screen, ahead)


def _pick(screen: WorkshopScreen, ahead: Prospects) -> None:
    base, known = screen.playing.base, screen.playing.variants[0].answers
    single = [each for each in chosen(base, ahead) if len(each.changes) == 1][:MOST_SUGGESTED]
    rows = [Row("Des pistes qui feraient bouger la lecture", tone="header")] if single else []
    rows += [Row(ripening_text(base, each), f"{RIPE}{number}") for number, each in enumerate(single)]
    rows.append(Row("Toutes les réponses", tone="header"))
    rows += [Row(base.entry("question", id).texts["libelle"], id, value_text(base, id, known[id]))
             for id in base.logic.questions if id in known]  # fmt: skip

    def picked(wanted: str | None) -> None:
        if wanted is None:
            return
        if wanted.startswith(RIPE):
            change = single[int(wanted.removeprefix(RIPE))].changes[0]
            _try(screen, Supposed(change.question, change.value))
        else:
            _choose(screen, wanted)

    screen.app.push_screen(Picker(spaced("Et si… quelle réponse changer ?"), rows, "Chercher une question"), picked)


def _choose(screen: WorkshopScreen, question: str) -> None:
    """Which answer instead. For several boxes, one box more, or one less."""
    base = screen.playing.base
    asked, labels = base.logic.questions[question], base.entry("question", question).labels
    now = screen.playing.variants[0].answers.get(question)
    values: dict[str, Value | None] = {}
    if isinstance(now, frozenset):
        rows = [Row(labels[id], id, "à ôter" if id in now else "à ajouter") for id in asked.answers]
        values = {id: now ^ {id} for id in asked.answers}
    elif asked.bounds is not None:
        low, high = asked.bounds
        numbers = [number for number in range(low, high + 1) if number != now]
        rows = [Row(str(number), str(number)) for number in numbers]
        values = {str(number): number for number in numbers}
    else:
        rows = [Row(labels[id], id) for id in asked.answers if id != now]
        values = {id: id for id in asked.answers}
    rows.append(Row(UNSURE_TEXT, UNSURE, tone="quiet"))

    def picked(wanted: str | None) -> None:
        if wanted is not None:
            _try(screen, Supposed(question, values.get(wanted)))

    title = base.entry("question", question).texts["libelle"]
    screen.app.push_screen(Picker(title, rows, "Chercher une réponse"), picked)


def _try(screen: WorkshopScreen, change: Supposed) -> None:
    """See what moves; nothing is kept until somebody says so."""
    playing = screen.playing
    clash = workshop.clash(playing.base.logic, playing.state, change.question, (change.value,))
    if clash:
        told = refusal(playing.base, change.question, playing.variants[0].answers, clash)
        screen.app.push_screen(Page(spaced("Et si… ne va pas"), tuple(map(Block, told))))
        return
    screen.run_worker(partial(_read, screen, change), thread=True, group="slow", exit_on_error=False)


def _read(screen: WorkshopScreen, change: Supposed) -> None:
    playing = screen.playing
    playing.read()
    after = playing.readings_of(workshop.keep(playing.state, change))
    screen.app.call_later(_show, screen, change, playing.readings, after)


def _show(screen: WorkshopScreen, change: Supposed, before: tuple[Reading, ...], after: tuple[Reading, ...]) -> None:
    playing = screen.playing
    screen.moves.change(workshop.suppose(playing.state, change))
    base = playing.base
    known = playing.variants[0].answers.get(change.question)
    then = value_text(base, change.question, change.value)
    told = f"Jusqu’ici{NBSP}: {quoted(value_text(base, change.question, known))}. Et si{NBSP}: {quoted(then)}."
    lead = (Block(base.entry("question", change.question).texts["libelle"], "title"), Block(told), GAP)

    def chosen(button: str | None) -> None:
        if button == KEEP:
            screen.moves.change(workshop.keep(playing.state, change))
            screen.retraced(f"Gardé{NBSP}: {told}")

    blocks = (*lead, *moved_blocks(playing, before, after))
    page = Page("Et si…", blocks, ((KEEP, "Garder ce changement"),), close="Revenir comme avant")
    screen.app.push_screen(page, chosen)
