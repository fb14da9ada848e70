"""The panel in one line, where there is no room for the panel."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.ground.french import NBSP
from conseil_dla.panes.panel import MOVED
from conseil_dla.panes.short_reading import Part
from conseil_dla.toolkit.typography import shortened

LEAD = f"À ce stade{NBSP}: "
BETWEEN = " · "
LEAST = 12
"""Cells that the first part keeps whatever happens."""


class StatusLine(Widget):
    """Made at each painting from its parts, so that it always fits (``Static`` cuts); a click shows the panel."""

    DEFAULT_CSS = "StatusLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.parts: tuple[Part, ...] = ()

    def say(self, parts: tuple[Part, ...]) -> None:
        """What stands out at this stage."""
        self.parts = parts
        self.refresh()

    def render(self) -> VisualType:
        """What moved is marked « * » and bold; where room lacks, the lead goes, then the end of the first part."""
        texts = [f"{MOVED}{part.text}" if part.has_moved else part.text for part in self.parts]
        room = self.content_size.width
        lead = LEAD if texts and cell_len(LEAD + BETWEEN.join(texts)) <= room else ""
        if texts and (excess := cell_len(lead + BETWEEN.join(texts)) - room) > 0:
            texts[0] = shortened(texts[0], max(LEAST, cell_len(texts[0]) - excess))
        spans = [(lead, "$quiet")]
        for number, (part, text) in enumerate(zip(self.parts, texts, strict=True)):
            spans += [
                (BETWEEN if number else "", "$quiet"),
                (text, "bold $accent" if part.has_moved else "$foreground"),
            ]
        return Content.assemble(*spans)

    async def on_click(self, event: Click) -> None:
        """Show the panel."""
        await self.screen.run_action("glance")
