"""Who may come in: whoever has read the address in the terminal, and then their browser.

The address carries a word that no other account of the machine can guess; it becomes a cookie, so that it does not
stay in the address bar of a projected browser. The address given to a browser that we open ourselves carries another
word, good once: every account of a machine may read the command lines of the others.
"""

from __future__ import annotations

import secrets

LENGTH = 24
"""Random bytes in each word."""


class Entry:
    """The words of one run of the server; nothing of them is written anywhere."""

    def __init__(self) -> None:
        self.word = secrets.token_urlsafe(LENGTH)
        """For the address shown in the terminal: good as long as the server runs."""
        self.pass_word = secrets.token_urlsafe(LENGTH)
        """The cookie's value: good as long as the server runs."""
        self._tickets: set[str] = set()

    def new_ticket(self) -> str:
        """A word that lets in once."""
        ticket = secrets.token_urlsafe(LENGTH)
        self._tickets.add(ticket)
        return ticket

    def admits(self, word: str) -> bool:
        """True for the word of the address, and once for each ticket."""
        ticket = next((ticket for ticket in self._tickets if _same(ticket, word)), None)
        if ticket is not None:
            self._tickets.remove(ticket)
            return True
        return _same(self.word, word)

    def knows(self, cookie: str) -> bool:
        """True for a browser that was let in."""
        return _same(self.pass_word, cookie)


def _same(ours: str, theirs: str) -> bool:
    """Compared in a time that tells nothing."""
    return secrets.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))
