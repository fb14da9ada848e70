"""Who may come in: whoever has read the address in the terminal, then their tab.

The address carries a word that no other account of the machine can guess, after « # »: a browser sends that part to no
server. The page says it as the first message of its connection, and gets a key of its own, which the browser keeps for
this tab and this very port. A cookie would go to every server of 127.0.0.1, whatever its port and its owner.

The address given to a browser that we open ourselves carries another word, good once: every account of a machine may
read the command lines of the others.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

WORD = "jeton"
"""What the word is called in the address; ``page.js`` reads it there."""
LENGTH = 24
"""Random bytes in each word."""
MOST_KEYS = 64
"""Tabs remembered; the one that came first is forgotten."""


@dataclass(slots=True)
class Tab:
    """What is known of a tab, from one loading of its page to the next."""

    key: str
    place: str = ""
    """What its screens had open, in their own words; empty for their first screen."""
    is_here: bool = False
    """Its screens run."""


class Keyring:
    """The words of one run of the server; nothing of them is written anywhere."""

    def __init__(self) -> None:
        self.word = secrets.token_urlsafe(LENGTH)
        """For the address shown in the terminal: good as long as the server runs."""
        self._tickets: set[str] = set()
        self._tabs: dict[str, Tab] = {}

    def new_ticket(self) -> str:
        """A word that lets in once."""
        ticket = secrets.token_urlsafe(LENGTH)
        self._tickets.add(ticket)
        return ticket

    def tab(self, word: str, key: str) -> Tab | None:
        """The tab of that key, else a new one for a good word, else None."""
        known = next((tab for tab in self._tabs.values() if _same(tab.key, key)), None)
        return known or (self.new_tab() if self._admits(word) else None)

    def new_tab(self) -> Tab:
        """A tab with a key of its own."""
        tab = Tab(secrets.token_urlsafe(LENGTH))
        self._tabs[tab.key] = tab
        while len(self._tabs) > MOST_KEYS:
            del self._tabs[next(iter(self._tabs))]
        return tab

    def _admits(self, word: str) -> bool:
        """True for the word of the address, and once for each ticket."""
        ticket = next((ticket for ticket in self._tickets if _same(ticket, word)), None)
        if ticket is not None:
            self._tickets.remove(ticket)
            return True
        return _same(self.word, word)


def _same(ours: str, theirs: str) -> bool:
    """Compared in a time that tells nothing."""
    return secrets.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))
