"""Time counted down from a number of seconds, that can be held and goes on below zero."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Countdown:
    """``seconds`` is what it began from; zero counts nothing."""

    def __init__(self, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        self._now = now
        self._left = seconds
        """Seconds left when it was last started or held."""
        self._since: float | None = now()
        """When it was last started; None while it is held."""

    @property
    def is_held(self) -> bool:
        """True while the time stands still."""
        return self._since is None

    @property
    def left(self) -> float:
        """Seconds left; less than zero once the time is over."""
        return self._left - (self._now() - self._since if self._since is not None else 0)

    def hold(self) -> None:
        """Stop, or go on."""
        self._left, self._since = self.left, None if self._since is not None else self._now()
