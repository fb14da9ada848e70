"""What workers bring back to the questionnaire; ``ticket`` tells which answers it is about."""

from __future__ import annotations

from textual.message import Message

from conseil_dla.reading.values import Prospects, Reading
from conseil_dla.wording.glance import Glance


class Read(Message):
    """A reading is ready."""

    def __init__(self, ticket: int, reading: Reading, glance: Glance) -> None:
        super().__init__()
        self.ticket = ticket
        self.reading = reading
        self.glance = glance


class Ahead(Message):
    """What could turn a reading is ready."""

    def __init__(self, ticket: int, prospects: Prospects, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.ticket = ticket
        self.prospects = prospects
        self.lines = lines
