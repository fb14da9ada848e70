"""Where things come from, in words: items by their source and status, reported cases by what they cite.

Every sentence that says « la note », « le réseau » or « une autre source » of an item or a case is made here, from the
source itself: loading has seen that a status agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.ground.french import NBSP, harmless, listed, lowered, quoted, sentence
from conseil_dla.reading.values import Drawn, FactorReading, Reporter
from conseil_dla.rules.model import Base, Dossier, Entry, Observation
from conseil_dla.rules.observations import is_address

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
    if dossier.observation is not None:
        return f"{TOLD.lower()}{feminine} par {seen_text(dossier.observation)}, {ONE_ACCOUNT}"
    cited = listed([quoted(harmless(one)) for one in dossier.sources])
    return f"rapporté{feminine} par une autre source que la note" + (f" ({cited})" if cited else "")


def source_name(reported: Reporter) -> str:
    """What a reported case is read from."""
    return {"note": "la note", "reseau": "le récit"}.get(reported, "la source")


def place_and_time(seen: Observation) -> str:
    """« Gers, 2024 (l’ADDA du Gers) »: what an account of the network is called."""
    return harmless(f"{seen.where}, {seen.when} ({_who(seen)})")


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
        return observed_text((entry.observation,), ours=entry.status == "interpretation")
    said = claims_text(base, entry.sources)
    if entry.status == "interpretation":
        return f"{said[:-2]}{NBSP}; la lecture est la nôtre.)" if said else "(La lecture est la nôtre.)"
    return said


def seen_text(seen: Observation) -> str:
    """« l’ADDA du Gers, Gers, 2024 »: who saw it, where and when."""
    return harmless(f"{_who(seen)}, {seen.where}, {seen.when}")


_ARTICLES = ("un ", "une ", "le ", "la ", "les ", "des ", "l’", "d’")


def _who(seen: Observation) -> str:
    """Who saw it, to follow in a sentence: an article loses its capital, the name of an organisation keeps its own."""
    return lowered(seen.who) if seen.who.casefold().startswith(_ARTICLES) else seen.who


ONE_ACCOUNT = "d’après un seul récit"
"""Said of what rests on one account and on nothing else."""
TOLD = "Raconté"
"""What is said of a real case, where « observé » is said of what was drawn from one."""


def observed_text(observations: Iterable[Observation], *, ours: bool = False, verb: str = "Observé") -> str:
    """« Observé par l’ADDA du Gers, Gers, 2024, d’après un seul récit : https://… »; empty where nothing was seen.

    An address stands last and bare, so that no mark of the sentence is taken for a part of it.
    """
    said, pages = observed_parts(observations, ours=ours, verb=verb)
    return f"{said}{NBSP}: {' '.join(pages)}" if pages else sentence(said) if said else ""


def observed_parts(
    observations: Iterable[Observation], *, ours: bool = False, verb: str = "Observé"
) -> tuple[str, tuple[str, ...]]:
    """What is said of who saw it, without its full stop, then the addresses of the pages that tell it."""
    told = tuple({each.account: each for each in observations}.values())
    if not told:
        return "", ()
    said = f"{verb} {f'{NBSP}; '.join(f'par {seen_text(each)}' for each in told)}"
    said += f", {ONE_ACCOUNT}" if len(told) == 1 else ""
    said += f"{NBSP}; la lecture est la nôtre" if ours else ""
    return said, tuple(each.address for each in told if is_address(each.address))


def own_observations(base: Base, found: Drawn | FactorReading, kind: str) -> tuple[Observation, ...]:
    """What the network alone says of a conclusion: what it saw of the item, or of all that draws it."""
    own = base.entry(kind, found.id).observation
    return (own,) if own else () if found.sources else found.observations


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
