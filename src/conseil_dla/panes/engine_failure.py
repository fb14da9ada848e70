"""What the screens do when the engine cannot be trusted: stop, loudly. What was answered is kept before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.worker import Worker, WorkerState

from conseil_dla.ground.french import sentence, spaced
from conseil_dla.wording.crash_text import STOPPED

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

UNUSABLE = 2
"""Exit code when the rules or the engine cannot be used."""
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
