"""What one dossier fires, by either of two engines: durable_rules where it imports, a naive reference elsewhere.

This floor looks at one dossier, as known so far; what holds over *all* dossiers is the business of ``exact``.
"""

from __future__ import annotations

from conseil_dla.engine.outcome import Engine, Fired
from conseil_dla.engine.selection import choose, why_reference

__all__ = ["Engine", "Fired", "choose", "why_reference"]
