"""The end of a workshop: the cloud of the room against what the answers reach, what is left in writing, the record."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.events import Resize
from textual.widgets import TextArea

from conseil_dla.ground.french import NBSP, harmless, sentence, spaced
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.compass import Compass
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.toolkit.compass_drawing import LEAST
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.sheets import Page
from conseil_dla.toolkit.sheets import spaced as apart
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs
from conseil_dla.wording.disk_text import creation_failure
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import REMEMBERED
from conseil_dla.workshop.papers.record import TITLES
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stage_parts import Scrolling
from conseil_dla.workshop.words.sentences import BOTH, VARIANTS, felt_text, variant_names
from conseil_dla.workshop.words.topics import CLOSING_TOPIC, SAYING_TOPIC

ORDER = (".docx", ".md", ".odt", ".html")
"""Kinds of file, those of a record first."""
CLOUD = spaced("× : une main levée au début. Le reste : ce que les réponses laissent possible.")
TO_WRITE = "à écrire, par F4"
TO_READ = spaced("Relisez-le avant de le transmettre : les textes de la salle y sont tels quels.")
AROUND = 4
"""Lines of the screen that no compass can take, and cells of its width."""
BESIDE = 7
"""Lines that the texts take under a compass, or its legend and the room's line beside them."""


class SayingPage(KeepingPage[tuple[str, ...]]):
    """What the room keeps, disputes and asks, one line a point."""

    draft_name = "ce que la salle retient"
    AUTO_FOCUS = "#retenons"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "garder", "Garder ces textes dans le compte rendu."),
        key("escape", "leave", "laisser comme avant", "Fermer cette page sans rien changer."),
    ]

    def __init__(self, before: tuple[str, ...]) -> None:
        super().__init__()
        self.before = before

    def compose(self) -> ComposeResult:
        """Three fields, two buttons."""
        with Vertical(classes="sheet"):
            yield Paragraphs(Block("Une ligne par point. N’y nommez personne.", "title"), classes="sheet-title")
            for id, text in zip(REMEMBERED, self.before, strict=True):
                yield Paragraphs(Block(TITLES[id]), classes="label")
                yield TextArea(text, tab_behavior="focus", id=id, classes="said")
            yield from self.foot()

    def on_resize(self, event: Resize) -> None:
        """The three texts share what the rest leaves."""
        for text in self.query(TextArea):
            text.styles.height = max(1, min(8, (event.size.height - 14) // 3))

    def help_topic(self) -> Topic:
        """What is written here."""
        return SAYING_TOPIC

    @property
    def given(self) -> tuple[str, ...]:
        """The three texts."""
        return tuple(self.query_one(f"#{id}", TextArea).text.strip() for id in REMEMBERED)


class ClosingScreen(WorkshopScreen):
    """The compass with both, then what is left in writing."""

    moment = "traces"
    before = "reading"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "say", "écrire"),
        key("f2", "record", "compte rendu", f"Écrire le compte rendu{NBSP}: Word, LibreOffice, page ou texte."),
        key("f3", "experience", "ce qui a été fait", "Lire ce qui a été fait, dans cette expérience."),
        key("f4", "say", "écrire", "Écrire ce que la salle retient, conteste et demande."),
        key("f10", "leave", "terminer", f"Quitter l’atelier{NBSP}: il est enregistré, et se reprend.", show=False),
    ]  # fmt: skip

    def compose_stage(self) -> ComposeResult:
        """Compass and texts, beside one another where there is room."""
        with Scrolling(classes="stage", id="closing"):
            with Vertical(id="cloud"):
                with Container(id="compasses"):
                    for number in range(len(VARIANTS)):
                        with Vertical(classes="compass"):
                            yield Paragraphs(id=f"of-{number}")
                            yield Compass(self.playing.base, id=f"compass-{number}")
                yield Paragraphs(id="legend")
            with Vertical(id="said"):
                yield Paragraphs(id="texts")

    def on_mount(self) -> None:
        """The texts at once, the compass once it is read."""
        for compass in self.query(Compass):
            compass.can_focus = compass.display = False
        self._texts()

    def show_readings(self) -> None:
        """The cloud of the room against the region, for each variant unless both have the same place.

        In words where there is no room for a picture.
        """
        base, felt = self.playing.base, self.playing.state.intuition
        postures = [reading.posture for reading in self.playing.readings]
        names = variant_names(base, self.playing.state)
        if len(postures) > 1 and postures[0] == postures[1]:
            postures, names = postures[:1], (BOTH,)
        room = self.size.height - AROUND
        shown = [self.query_one(f"#compass-{number}", Compass) for number in range(len(postures))]
        for compass, posture in zip(shown, postures, strict=True):
            compass.show(posture, cloud=felt)
        width, whole = self.size.width // max(1, len(shown)), room - BESIDE - len(names)
        is_side_by_side = self.has_class("-narrow") and all(
            compass.is_whole(width - AROUND, whole) for compass in shown
        )
        self.query_one("#compasses").styles.layout = "horizontal" if is_side_by_side else "vertical"
        height = whole if is_side_by_side else (room - BESIDE) // max(1, len(postures)) - len(names)
        for number in range(len(VARIANTS)):
            self.query_one(f"#compass-{number}").parent.display = number < len(postures)  # type: ignore[union-attr]
        for number, compass in enumerate(shown):
            compass.display = room >= LEAST[1]
            compass.styles.height = max(LEAST[1], height)
            lead = [Block(names[number], "accent")] if names else []
            words = [] if compass.display else [Block(compass.words)]
            self.query_one(f"#of-{number}", Paragraphs).show(*lead, *words)
        told = CLOUD if room >= LEAST[1] else felt_text(base, felt)
        self.query_one("#legend", Paragraphs).show(*([Block(told, "quiet")] if felt else []))

    def help_topic(self) -> Topic:
        """How a workshop ends."""
        return CLOSING_TOPIC

    def _texts(self) -> None:
        """Point by point, or in a line each where there is little room."""
        blocks: list[Block] = []
        for id in REMEMBERED:
            points = [harmless(line) for line in self.playing.state.said.get(id, "").splitlines() if line.strip()]
            if self.has_class("-narrow"):
                blocks.append(Block(f"{TITLES[id]}{NBSP}: {' · '.join(points) or TO_WRITE}"))
            else:
                blocks.append(Block(TITLES[id], "title"))
                blocks += [Block(point, mark="· ") for point in points] or [Block(TO_WRITE, "quiet")]
                blocks.append(GAP)
        self.query_one("#texts", Paragraphs).show(*blocks)

    def on_resize(self, event: Resize) -> None:
        """More room, or less, for the compass and the texts."""
        self.call_after_refresh(self._texts)
        if self.playing.readings:
            self.call_after_refresh(self.show_readings)

    def action_say(self) -> None:
        """Write the three texts."""
        before = tuple(self.playing.state.said.get(id, "") for id in REMEMBERED)

        def kept(texts: tuple[str, ...] | None) -> None:
            if texts is not None:
                self.moves.change(workshop.say(self.playing.state, dict(zip(REMEMBERED, texts, strict=True))))
                self._texts()

        self.app.push_screen(SayingPage(before), kept)

    def retraced(self, told: str) -> None:
        """The texts as they now are."""
        self._texts()
        super().retraced(told)

    def action_experience(self) -> None:
        """What was done, which the room has not read yet."""
        self.app.push_screen(Page("Ce qui a été fait", apart((harmless(self.playing.scenario.experience),))))

    # --- the record ---

    def action_record(self) -> None:
        """In what kind of file; then write it in a worker."""
        from conseil_dla.papers.catalogue import FILE_KINDS  # noqa: PLC0415 - only when a record is asked for

        rows = [Row(FILE_KINDS[suffix], suffix, suffix) for suffix in ORDER]

        def chosen(suffix: str | None) -> None:
            if suffix is not None:
                self.room.tell("Le compte rendu s’écrit…")
                self.run_worker(partial(self._record, suffix), thread=True, group="paper", exit_on_error=False)

        self.app.push_screen(Picker("Le compte rendu de l’atelier", rows, "Chercher une sorte de fichier"), chosen)

    def _record(self, suffix: str) -> None:
        from conseil_dla.papers.documents.document import NotMade  # noqa: PLC0415 - only when a record is asked for
        from conseil_dla.workshop.screens.paper_writing import write_record  # noqa: PLC0415

        try:
            path = write_record(self.playing, suffix)
            page = _written(path)
        except OSError as error:
            page = _refused(creation_failure(Path(error.filename or "ateliers").parent, error))
        except NotMade as error:
            page = _refused(error.told)
        self.app.call_later(self._recorded, page)

    def _recorded(self, page: Page) -> None:
        self.room.tell("")
        self.app.push_screen(page)

    def action_leave(self) -> None:
        """Out of the workshop."""
        self.action_turn("scenarios")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "experience":
                return bool(self.playing.scenario.experience)
            case "turn" if parameters == ("closing",):
                return False
        return super().check_action(action, parameters)


def _written(path: Path) -> Page:
    """Where it is."""
    blocks = (Block(f"Il est dans le dossier des ateliers, à côté de vos dossiers, sous le nom{NBSP}:"), GAP,
              Block(path.name, "strong"), GAP, Block(TO_READ, "quiet"))  # fmt: skip
    return Page("Le compte rendu est écrit", blocks)


def _refused(why: str) -> Page:
    """Why, and that nothing is lost."""
    return Page(
        "Le compte rendu n’a pas pu être écrit", (Block(sentence(why)), GAP, Block("L’atelier, lui, est gardé."))
    )
