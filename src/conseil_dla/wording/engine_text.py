"""What a person is told of the engine."""

from __future__ import annotations

STOPPED = "le moteur durable_rules s’est arrêté : les lectures continuent avec l’évaluateur de référence."
"""Said once: nothing is lost, and the conclusions are the same."""
