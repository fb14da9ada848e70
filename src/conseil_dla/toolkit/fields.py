"""Fields of one line: what is pasted there has no other, and the title of a dossier is one."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Paste
from textual.widgets import Input

from conseil_dla.ground.french import NBSP
from conseil_dla.toolkit.keys import key


class OneLine(Input):
    """Several lines that are pasted are joined by spaces; Textual keeps the first, without a word."""

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(joined(event.text))

    def action_paste(self) -> None:
        """What was copied or cut here: from a text of several lines, maybe."""
        self._take(joined(self.app.clipboard))

    def _take(self, line: str) -> None:
        """As much as there is room for: what is left out is said. Digits are taken whole or not at all."""
        if self.max_length and not self.type_is_number:
            room = self.max_length - len(self.value) + len(self.selected_text)
            if len(line) > room:
                line = line[: max(0, room)]
                told = f"Ce texte est trop long{NBSP}: seul le début, {self.max_length} signes, tient dans ce champ."
                self.notify(told, severity="warning", timeout=8, markup=False)
        self.replace(line, *self.selection)

    @property
    def type_is_number(self) -> bool:
        """True where a part of what is pasted would be another number."""
        return self.type != "text" or bool(self.restrict)


def joined(text: str) -> str:
    """One line of all of them; a text of one line as it stands."""
    lines = text.splitlines()
    return " ".join(line.strip() for line in lines if line.strip()) if len(lines) > 1 else "".join(lines)


class TitleField(OneLine):
    """Entrée goes on to the two texts, so that nobody skips them unseen."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "app.focus_next", "champ suivant")]
