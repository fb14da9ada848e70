"""Exact numbers over all combinations of answers, for who writes the rules, and labelled so."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.authoring.proofs.proving import Outcome, Shares
from conseil_dla.ground.french import NBSP, grouped

TITLE = "Pour qui écrit les règles : combinaisons de réponses, pas projets réels"
SAID = {"decisive": "à la force décisive", "nette": "à la force nette", "legere": "à la force légère"}


def shares_text(shares: Shares) -> str:
    """Formats, postures, and the force that decides: a share and an exact number a line."""
    lines = [f"{TITLE} ({grouped(shares.total)} en tout)", "", "Le format en tête"]
    lines += _rows(shares, ((_outcome(ids), number) for ids, number in shares.formats))
    lines += ["", "La posture"]
    lines += _rows(shares, ((_outcome(ids), number) for ids, number in shares.postures))
    lines += _rows(shares, [("dont hors de la note", shares.off_note)])
    lines += ["", "Ce qui départage les deux premiers formats"]
    decided = [(SAID[force], number) for force, number in shares.decided]
    lines += _rows(shares, [*decided, ("rien : à égalité", shares.tied)])
    return "\n".join(lines).replace(" :", f"{NBSP}:") + "\n"


def _outcome(ids: Outcome) -> str:
    return " = ".join(ids) or "(aucun)"


def _rows(shares: Shares, rows: Iterable[tuple[str, int]]) -> list[str]:
    return [f"  {share(number, shares.total):>8}  {name}  ({grouped(number)})" for name, number in rows]


def share(number: int, total: int) -> str:
    """« 39,45 % »; what is neither nothing nor all is never rounded to it."""
    hundredths = (number * 10_000 + total // 2) // total
    if number and not hundredths:
        return f"<{NBSP}0,01{NBSP}%"
    if number != total and hundredths == 10_000:
        return f">{NBSP}99,99{NBSP}%"
    return f"{hundredths // 100},{hundredths % 100:02d}{NBSP}%"
