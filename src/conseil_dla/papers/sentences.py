"""Sentences that the program can put in a paper, from answers, reasons and the form: an officer keeps them, or not."""

from __future__ import annotations

import re

from conseil_dla.ground.french import lowered
from conseil_dla.papers.wall import Outward
from conseil_dla.rules.model import FORCES
from conseil_dla.rules.paper_fields import Taken

NO_JUDGEMENT = "Ce n’est pas une évaluation des structures."
UNSAID = re.compile(r"^Elles\b")
"""A sentence that would begin without saying whom it speaks of."""
MOST_REASONS = 4
"""How many reasons for a form it gives, the heaviest first."""
MOST_SUPPORTS = 5
"""How much of what helps already a page bears."""


def sentences(out: Outward, what: Taken) -> tuple[str, ...]:
    """What can be said of one thing; nothing of the texts of the dossier, which are not the program's."""
    match what:
        case "titre" | "demande":
            return ()
        case "appuis":
            return _supports(out)
        case "raisons":
            return _reasons(out)
        case "definition":
            return tuple(text for id in out.formats if (text := _definition(out, id)))
        case "limites":
            texts = (out.base.entry("format", id).texts.get("n_est_pas", "") for id in out.formats)
            return (*(text for text in texts if text), NO_JUDGEMENT)
        case _:
            return tuple(UNSAID.sub("Les structures", text) for text in out.told(what))


def _supports(out: Outward) -> tuple[str, ...]:
    """What helps already."""
    there = [factor.id for factor in out.reading.factors if factor.state == "present"]
    entries = [out.base.entry("facteur", id) for id in there]
    return tuple(entry.title for entry in entries if entry.texts.get("dans_les_papiers"))[:MOST_SUPPORTS]


def _reasons(out: Outward) -> tuple[str, ...]:
    """What leads to that form: reasons that somebody wrote for papers, each once."""
    if len(out.formats) != 1:
        return ()
    pro = [a for a in out.reading.format.arguments if a.format == out.formats[0] and a.side == "pour"]
    pro.sort(key=lambda argument: FORCES.index(argument.force))
    texts = (out.base.entry("motif", argument.motif).texts.get("phrase") for argument in pro)
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST_REASONS]


def _definition(out: Outward, format: str) -> str:
    """What a format is, in words that speak to anyone; named where there are several."""
    texts = out.base.entry("format", format).texts
    text = texts.get("en_methode") or texts.get("definition", "")
    return f"{out.base.title('format', format)} : {lowered(text)}" if text and len(out.formats) > 1 else text
