"""Runs in a pseudo-terminal under ``screens.py``: an application, keys, and a heartbeat in its event loop.

``python bench/watched.py ours|bare RESULT``: a list of [moment, late, spent] goes to the file RESULT, one for each key.
``late`` is the longest time, in milliseconds, for which the loop did not come back to the heartbeat between that key
and the rest after it; ``spent`` is the most that its thread computed between two beats. The heart beats every other
millisecond, and that pause is not counted. The same keys go to both applications; the bare one does nothing with them.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from bare import Bare
from textual.app import App

BEAT = 0.002
GROUP = "watch"
QUIET = 3
"""Looks in a row at an idle application after which it rests."""
SEED = 23
MOST_LINES = 30
EVERY = 11
"""Answers between two looks at the whole reading."""


class Watch:
    """The heartbeat, and the keys."""

    def __init__(self, app: App[Any]) -> None:
        self.app = app
        self.found: list[tuple[str, float, float]] = []
        self._late = self._spent = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin before anything is painted."""
        self._task = asyncio.get_running_loop().create_task(self._beat())

    async def _beat(self) -> None:
        last, computed = perf_counter(), thread_time()
        while True:
            await asyncio.sleep(BEAT)
            now, total = perf_counter(), thread_time()
            self._late = max(self._late, now - last - BEAT)
            self._spent = max(self._spent, total - computed)
            last, computed = now, total

    async def rest(self, moment: str) -> None:
        """Until nothing waits and no worker runs; what it took goes to the moment."""
        quiet = 0
        while quiet < QUIET:
            await asyncio.sleep(0.02)
            nodes = (self.app, *self.app.screen.walk_children(with_self=True))
            busy = any(node.message_queue_size for node in nodes)
            busy = busy or any(not worker.is_finished for worker in self.app.workers if worker.group != GROUP)
            quiet = 0 if busy else quiet + 1
        self.found.append((moment, 1000 * self._late, 1000 * self._spent))
        self._late = self._spent = 0.0

    async def press(self, moment: str, *keys: str) -> None:
        """Keys, and the rest after each."""
        for key in keys:
            self.app.simulate_key(key)
            await self.rest(moment)

    def offers_why(self) -> bool:
        """Does Entrée say why? The bare application has nothing to say, and is pressed all the same."""
        bindings = self.app.screen.active_bindings.get("enter")
        return isinstance(self.app, Bare) or (bindings is not None and bindings.binding.description == "pourquoi")

    def end(self) -> None:
        """Stop the heart, leave."""
        if self._task is not None:
            self._task.cancel()
        self.app.exit()


async def walk(watch: Watch, answering: Callable[[Watch], Awaitable[None]]) -> None:
    """Opening, every page, a whole interview, the whole reading."""
    press = watch.press
    await watch.rest("opening the program")
    await press("a new dossier: its page", "f2")
    await press("a new dossier: begun", "f5")
    await press("help", "f1", "down", "escape")
    await press("all actions", "ctrl+p", "q", "u", "e", "down", "escape")
    await press("list of questions", "f3", "p", "r", "o", "backspace", "backspace", "backspace", "down", "escape")
    await press("why this question", "f2", "down", "escape")
    await press("note", "f4", "m", "o", "f4")
    await answering(watch)
    await reading(watch)


async def reading(watch: Watch) -> None:
    """The whole reading: opened, walked, its first line that says why asked, left."""
    await watch.press("whole reading: opened", "f6")
    await watch.press("whole reading: walked", "down", "down", "pagedown", "pagedown", "end", "home")
    for _ in range(MOST_LINES):
        if watch.offers_why():
            await watch.press("why this line", "enter", "down", "escape")
            break
        await watch.press("whole reading: walked", "down")
    await watch.press("whole reading: left", "f6")


async def interview(watch: Watch) -> None:
    """Every question of one simulated dossier, in the product's order; the whole reading now and then."""
    from pressed import keys_for  # noqa: PLC0415 - nothing is imported here before the program imports it
    from prior import dossiers  # noqa: PLC0415

    from conseil_dla.screens.question import QuestionScreen  # noqa: PLC0415

    screen = next(one for one in watch.app.screen_stack if isinstance(one, QuestionScreen))
    logic = screen.reader.base.logic
    known = next(iter(dossiers(logic, 1, SEED)))
    count = 0
    while (id := screen.state.current) is not None:
        *moves, last = keys_for(logic.questions[id], known[id])
        await watch.press("choosing an answer", *moves)
        await watch.press("answering", last)
        if watch.app.screen is not screen or screen.state.answers.get(id) != known[id]:
            raise AssertionError(f"not answered: {id}, {watch.app.screen}")
        count += 1
        if count % EVERY == 0:
            await reading(watch)


async def nothing(watch: Watch) -> None:
    """As many keys as an interview has, to an application that does nothing."""
    for _ in range(44):
        await watch.press("choosing an answer", "down", "down")
        await watch.press("answering", "enter")


def main() -> None:
    """Run one application under watch."""
    kind, result = sys.argv[1:]
    if kind == "ours":
        from conseil_dla.cli.desk import open_reader  # noqa: PLC0415
        from conseil_dla.screens.app import ConseilApp  # noqa: PLC0415

        app: App[Any] = ConseilApp(lambda: open_reader(None))
    else:
        app = Bare()
    watch = Watch(app)

    async def play() -> None:
        await walk(watch, interview if kind == "ours" else nothing)
        Path(result).write_text(json.dumps(watch.found), encoding="utf-8")
        watch.end()

    kind_of_app: Any = type(app)
    kind_of_app.on_load = lambda _: watch.start()
    kind_of_app.on_ready = lambda _: app.run_worker(play(), group=GROUP)
    app.run()


if __name__ == "__main__":
    main()
