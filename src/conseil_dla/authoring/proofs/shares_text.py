"""Numbers over all combinations of answers, for who writes the rules, and labelled so: exact, or told as estimates."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from conseil_dla.authoring.proofs.proving import Outcome, Shares
from conseil_dla.ground.french import NBSP, grouped

TITLE = "Pour qui écrit les règles : combinaisons de réponses, pas projets réels"
ESTIMATED = "  (estimé sur des combinaisons tirées au hasard, à {} près dix-neuf fois sur vingt)"
NOTHING = f"0,0{NBSP}%"
SAID = {"decisive": "à la force décisive", "nette": "à la force nette", "legere": "à la force légère"}


def shares_text(shares: Shares) -> str:
    """Formats, postures, and the force that decides: a share and an exact number a line."""
    lines = [f"{TITLE} ({grouped(shares.total)} en tout)", "", "Le format en tête"]
    if shares.margin:
        lines += [ESTIMATED.format(points(shares.margin))]
    rows = _about if shares.margin else _rows
    lines += rows(shares, ((_outcome(ids), number) for ids, number in shares.formats))
    lines += ["", "La posture"]
    lines += _rows(shares, ((_outcome(ids), number) for ids, number in shares.postures))
    lines += _rows(shares, [("dont hors de la note", shares.off_note)])
    lines += ["", "Ce qui départage les deux premiers formats"]
    decided = [(SAID[force], number) for force, number in shares.decided]
    lines += rows(shares, [*decided, ("rien : à égalité", shares.tied)])
    return "\n".join(lines).replace(" :", f"{NBSP}:") + "\n"


def _outcome(ids: Outcome) -> str:
    return " = ".join(ids) or "(aucun)"


def _rows(shares: Shares, rows: Iterable[tuple[str, int]]) -> list[str]:
    return [f"  {share(number, shares.total):>8}  {name}  ({grouped(number)})" for name, number in rows]


def _about(shares: Shares, rows: Iterable[tuple[str, int]]) -> list[str]:
    """Shares without numbers, to the tenth: no more is known of them; those that come to nothing are told together."""
    found = [(tenths(number, shares.total), name) for name, number in rows]
    kept = [f"  environ {told:>6}  {name}" for told, name in found if told != NOTHING]
    return kept + ([f"{'':>11}moins de 0,1{NBSP}% pour chaque autre"] if len(kept) < len(found) else [])


def tenths(number: int, total: int) -> str:
    """« 39,4 % », of an estimate."""
    found = (number * 1000 + total // 2) // total
    return f"{found // 10},{found % 10}{NBSP}%"


def points(margin: float) -> str:
    """« 0,7 point », rounded up."""
    found = max(1, ceil(margin * 1000))
    return f"{found // 10},{found % 10}{NBSP}point{'s' if found >= 20 else ''}"


def share(number: int, total: int) -> str:
    """« 39,45 % »; what is neither nothing nor all is never rounded to it."""
    hundredths = (number * 10_000 + total // 2) // total
    if number and not hundredths:
        return f"<{NBSP}0,01{NBSP}%"
    if number != total and hundredths == 10_000:
        return f">{NBSP}99,99{NBSP}%"
    return f"{hundredths // 100},{hundredths % 100:02d}{NBSP}%"
