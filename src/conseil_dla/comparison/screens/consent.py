"""May somebody's answers be crossed with those of others? Asked when they stop, and whenever it is wished."""

from __future__ import annotations

from conseil_dla.comparison import alone_text as text
from conseil_dla.rules.model import Respondent
from conseil_dla.toolkit.page import Page, spaced


def consent_page(one: Respondent) -> Page:
    """May these answers stand beside those of others? What would be shown, to whom, what never."""
    buttons = ((text.YES_ID, text.YES_LABEL), (text.NO_ID, text.NO_LABEL))
    return Page(text.CONSENT, spaced(text.consent_lines(one)), buttons, close=text.LATER_LABEL)
