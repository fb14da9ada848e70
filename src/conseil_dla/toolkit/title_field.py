"""A field of one line for a title or a name, on a page where texts follow."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.one_line import OneLine


class TitleField(OneLine):
    """Entrée goes on to the two texts, so that nobody skips them unseen."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "app.focus_next", "champ suivant")]
