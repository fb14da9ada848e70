"""The reading beside the question: what the answers so far make of it, what the last one moved; or all in a line."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.visual import VisualType
from textual.widget import Widget

from conseil_dla.ground.french import NBSP
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.compass import Compass, Part, brief, compared
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Base
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs, shortened
from conseil_dla.wording.changes import QUIET, change_lines
from conseil_dla.wording.glance import Glance
from conseil_dla.wording.help_text import PANEL_TOPIC

MOVED = "* "
STILL = "  "


class Panel(VerticalScroll, inherit_bindings=False):
    """Headline first, then the compass, then what to watch. A line that moved is marked « * » and bold."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "scroll_up", "faire défiler"),
        key("down", "scroll_down", "faire défiler"),
        key("pageup", "page_up", "", show=False),
        key("pagedown", "page_down", "", show=False),
        key("home", "scroll_home", "", show=False),
        key("end", "scroll_end", "", show=False),
        key("tab", "focus_compass", "boussole", "Aller à la boussole, pour en ouvrir les places."),
        key("escape", "screen.focus_page", "réponses", "Revenir aux réponses."),
    ]

    def __init__(self, base: Base, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._base = base
        self._before: Glance | None = None
        self._reading_before: Reading | None = None
        self._brief_before: tuple[str, ...] = ()
        self.brief: tuple[Part, ...] = ()
        """The panel in a few words: format, place."""

    def compose(self) -> ComposeResult:
        """Words, compass, words."""
        yield Paragraphs(Block("Lecture de vos réponses…", "quiet"), id="panel-advice")
        yield Compass(self._base, id="panel-compass")
        yield Paragraphs(id="panel-watch")
        yield Paragraphs(id="panel-ahead")

    def show_ahead(self, lines: tuple[str, ...]) -> None:
        """What the format rests on and what could ripen: it comes a moment after the reading.

        Until then what was said before stays there: the page, laid out once rather than twice, does not jump.
        """
        blocks = [GAP, Block("Et ensuite", "quiet"), *(Block(line, mark="· ") for line in lines)] if lines else []
        self.query_one("#panel-ahead", Paragraphs).show(*blocks)

    def show(self, reading: Reading, glance: Glance) -> None:
        """Another reading; what differs from the one before is marked."""
        before, was = self._before or glance, self._reading_before
        words = brief(self._base, reading)
        self.brief = compared(words, self._brief_before or words)
        self._brief_before = words
        changes = change_lines(self._base, was, reading) if was else ()
        self.query_one("#panel-advice", Paragraphs).show(*self._advice(glance, before), *_changed(changes))
        self.query_one(Compass).show(reading.posture, was.posture if was else None)
        self.query_one("#panel-watch", Paragraphs).show(*self._watch(glance, before))
        self._before, self._reading_before = glance, reading

    def help_topic(self) -> Topic:
        """What the panel says."""
        return PANEL_TOPIC

    def action_focus_compass(self) -> None:
        """To the compass, its four places and their keys."""
        compass = self.query_one(Compass)
        compass.focus(scroll_visible=False)
        compass.scroll_visible(animate=False)

    def _advice(self, glance: Glance, before: Glance) -> list[Block]:
        blocks = [Block("À ce stade", "quiet"), _line(glance.headline, before.headline, "title")]
        if glance.unless:
            blocks.append(Block(glance.unless, mark=STILL))
        return [*blocks, GAP, Block("Où cela vous place", "quiet"), _line(glance.posture, before.posture), GAP]

    def _watch(self, glance: Glance, before: Glance) -> list[Block]:
        """What is certain, then what is worth checking; a line that goes from one to the other has moved."""
        known = {(line.text, line.main) for line in before.vigilances}
        blocks: list[Block] = []
        for title, lines in (
            ("À surveiller", [line for line in glance.vigilances if line.main]),
            ("À vérifier", [line for line in glance.vigilances if not line.main]),
        ):
            if lines:
                blocks += [GAP, Block(title, "quiet")]
                blocks += [_watched(line.text, (line.text, line.main) not in known) for line in lines]
        if not blocks:
            blocks = [GAP, Block("À surveiller", "quiet"), Block("rien encore", mark=STILL)]
        return [*blocks, GAP, Block(glance.remaining, "quiet")]

    @property
    def text(self) -> str:
        """Everything that it says."""
        return "\n".join(paragraphs.text for paragraphs in self.query(Paragraphs))


def _changed(lines: tuple[str, ...]) -> list[Block]:
    """What the last answer made come and go, or in one quiet line that nothing did; nothing at the first reading."""
    if not lines:
        return []
    if QUIET.issuperset(lines):
        return [*(Block(line, "quiet") for line in lines), GAP]
    return [Block("Ce qui a changé", "quiet"), *(Block(line, mark="· ") for line in lines), GAP]


def _watched(text: str, is_fresh: bool) -> Block:
    return Block(text, "strong", MOVED) if is_fresh else Block(text, mark="· ")


def _line(text: str, before: str, tone: str = "plain") -> Block:
    if text != before:
        return Block(text, "accent", MOVED)
    return Block(text, "title" if tone == "title" else "plain", STILL)


# --- in one line ------------------------------------------------------------------------------------------------------

LEAD = f"À ce stade{NBSP}: "
BETWEEN = " · "
MEANING = f"{BETWEEN}{MOVED.strip()}{NBSP}: a changé"
"""What the mark says, after the parts."""
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
        """What moved is marked « * » and bold, and the mark is explained; where room lacks, the lead goes, then that,
        then the end of the first part.
        """
        texts = [f"{MOVED}{part.text}" if part.has_moved else part.text for part in self.parts]
        room = self.content_size.width
        meaning = MEANING if any(part.has_moved for part in self.parts) else ""
        meaning = meaning if cell_len(BETWEEN.join(texts) + meaning) <= room else ""
        lead = LEAD if texts and cell_len(LEAD + BETWEEN.join(texts) + meaning) <= room else ""
        if texts and (excess := cell_len(lead + BETWEEN.join(texts)) - room) > 0:
            texts[0] = shortened(texts[0], max(LEAST, cell_len(texts[0]) - excess))
        spans = [(lead, "$quiet")]
        for number, (part, text) in enumerate(zip(self.parts, texts, strict=True)):
            spans += [
                (BETWEEN if number else "", "$quiet"),
                (text, "bold $accent" if part.has_moved else "$foreground"),
            ]
        return Content.assemble(*spans, (meaning, "$quiet"))

    async def on_click(self, event: Click) -> None:
        """Show the panel."""
        await self.screen.run_action("glance")
