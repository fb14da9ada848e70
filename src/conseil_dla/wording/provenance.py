"""Where things come from, in words: items by their source and status, reported cases by what they cite.

Every sentence that says « la note », « le réseau » or « une autre source » of an item or a case is made here, from the
source itself: loading has seen that a status agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, harmless, listed, quoted
from conseil_dla.reading.values import Reporter
from conseil_dla.rules.model import Base, Dossier, Entry

STATUSES = {
    "note": "La note le dit.",
    "interpretation": "La lecture est la nôtre.",
    "reseau": "C’est une observation du réseau.",
}

ANSWERS = "les réponses invitent"
"""Said where no reason speaks for what is proposed, or none but our own."""


def reported_by(reported: Reporter, dossier: Dossier, feminine: str = "") -> str:
    """« rapporté par la note »; of a case from elsewhere, by what it cites."""
    if reported == "note":
        return f"rapporté{feminine} par la note"
    cited = listed([quoted(harmless(one)) for one in dossier.sources])
    return f"rapporté{feminine} par une autre source que la note" + (f" ({cited})" if cited else "")


def source_name(reported: Reporter) -> str:
    """What a reported case is read from."""
    return "la note" if reported == "note" else "la source"


def who_invites(base: Base, reasons: Iterable[str]) -> str:
    """« la note invite », as soon as one of these rules cites it; else what its reasons come from."""
    entries = [base.entry("regle", rule) for rule in reasons]
    if any(entry.sources for entry in entries):
        return "la note invite"
    return "des observations du réseau invitent" if any(entry.observation for entry in entries) else ANSWERS


def source_text(base: Base, rule: str) -> str:
    """Where a rule comes from and who speaks: the note's voices, or an observation of the network."""
    entry = base.entry("regle", rule)
    if entry.observation:
        seen = entry.observation
        said = f"(Observation du réseau{NBSP}: {seen.who}, {seen.when}, {seen.where}.)"
    else:
        said = claims_text(base, entry.sources)
    if entry.status == "interpretation":
        return f"{said[:-2]}{NBSP}; la lecture est la nôtre.)" if said else "(La lecture est la nôtre.)"
    return said


def voice_text(claim: Entry) -> str:
    """Who says what a claim says, and when; empty when nothing tells."""
    return ", ".join(part for part in (claim.texts.get("voix"), claim.texts.get("date")) if part)


def claims_text(base: Base, sources: Iterable[str]) -> str:
    """« (D’après les auteurs de la note, 2012, F8 ; un chargé de mission, 2012, F10.) »."""
    by_voice: dict[tuple[str, str], list[str]] = {}
    for id in sources:
        entry = base.texts.get(("affirmation", id))
        if entry is not None:
            by_voice.setdefault((entry.texts.get("voix", ""), entry.texts.get("date", "")), []).append(id)
    said = [", ".join((*filter(None, who), *ids)) for who, ids in by_voice.items()]
    return f"(D’après {f'{NBSP}; '.join(said)}.)" if said else ""
