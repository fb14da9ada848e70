"""What a batch says while it runs, and once it is over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conseil_dla.batch.values import Summary
from conseil_dla.ground.french import NBSP, counted, grouped
from conseil_dla.ground.shelving import Aside
from conseil_dla.wording.diagnostic_text import aside_count

WIDE = 24
"""Signs of the bar."""


def bar_text(done: int, whole: int, dossiers: int, seconds: float) -> str:
    """« [██████░░░░░░]  41 000 dossiers, encore 6 s environ »: what is left goes by what is done."""
    share = min(1.0, done / whole) if whole else 0.0
    full = int(share * WIDE)
    left = "" if share < 0.02 else f", encore {_lasting(seconds * (1 - share) / share)} environ"
    return f"[{'█' * full}{'░' * (WIDE - full)}]  {grouped(dossiers)} {_dossiers(dossiers)}{left}"


def over_text(summary: Summary, target: Path, page: Path, aside: Sequence[Aside] = ()) -> str:
    """How many were read, where they are, which engine concluded and which one checked it."""
    read = f"{grouped(summary.read)} {_dossiers(summary.read)} {'lus' if summary.read > 1 else 'lu'}"
    refused = f", {counted(summary.refused, 'refusé', 'refusés')} (voir « erreur »)" if summary.refused else ""
    return (
        f"{read}{refused}{aside_count(aside)} : {target}\npage d’ensemble, pour vous : {page}\n{engine_text(summary)}"
    )


def engine_text(summary: Summary) -> str:
    """Which engine concluded, and what another one says of some of them."""
    control = summary.control
    if not summary.together:
        return f"moteur : {control.engine}, dossier par dossier"
    again = (
        f"{grouped(control.tried)} tirés au hasard et relus par {control.engine}, sans écart (graine {control.seed})"
    )
    checked = again if control.tried else f"aucun n’a été tiré pour être relu par {control.engine}"
    alone = summary.read - summary.together
    rest = f" ; les autres, incomplets : lecture exacte avec {control.engine}" if alone else ""
    return f"moteur : {summary.engine} pour {grouped(summary.together)} dossiers complets, dont {checked}{rest}"


def _dossiers(number: int) -> str:
    return "dossiers" if number > 1 else "dossier"


def _lasting(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))}{NBSP}s"
    return f"{round(seconds / 60)}{NBSP}min"
