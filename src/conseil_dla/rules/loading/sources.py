"""``source``: the claims of the note that an item rests on, or an observation of the network."""

from __future__ import annotations

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import did_you_mean, nearest
from conseil_dla.rules.loading.checking import as_keys, as_list, fits
from conseil_dla.rules.loading.ledger import CLAIM, Ledger, claims_in
from conseil_dla.rules.loading.part_shapes import NetworkShape
from conseil_dla.rules.model import Observation

NETWORK = "écrivez source:, en dessous reseau:, et sous celui-ci qui:, quand: et ou:"
OTHER_SOURCE = f"citez la note, source: [E8] par exemple ; pour ce qui a été vu ailleurs, {NETWORK}"
MOST_CLAIMS = 4
"""Most claims under one rule: past that, a rule says several things and is better split."""


def read_source(node: Node | None, ledger: Ledger, subject: str, most: int | None = None) -> tuple[str, ...]:
    """Claim ids, sorted, each once; empty for an observation of the network, and when there is a mistake."""
    if node is None or (isinstance(node, Scalar) and not node.text.strip()):
        if node is not None:
            ledger.error(
                "DLA105", node, "« source » est vide", "citez au moins une affirmation de la note, ou le réseau"
            )
        return ()
    if isinstance(node, Mapping) and (names := as_list(node)):
        ledger.error("DLA115", node, "« source » attend une liste", f"écrivez source: {names}")
        return ()
    if isinstance(node, Mapping):
        _check_network(node, ledger, subject)
        return ()
    if isinstance(node, Scalar):
        text = node.text.strip()
        cited = claims_in(text, ledger.items["affirmation"])
        help = f"écrivez source: [{', '.join(cited)}]" if cited else OTHER_SOURCE
        ledger.error("DLA115", node, "« source » attend une liste", help)
        return ()
    if as_keys(node):
        ledger.error("DLA115", node, "« source » cite la note, ou le réseau sans tiret", as_keys(node))
        return ()
    if not node.items:
        ledger.error("DLA122", node, "« source » est vide", "citez au moins une affirmation de la note, ou le réseau")
    return _claims(node, ledger, subject, most)


def _claims(node: Sequence, ledger: Ledger, subject: str, most: int | None) -> tuple[str, ...]:
    ids = ledger.references("affirmation", node)
    if most is not None and len(node.items) > most:
        help = "gardez les plus proches de ce que dit la règle, ou faites deux règles"
        ledger.error("DLA121", node, f"{subject} cite {len(node.items)} affirmations, au plus {most}", help)
    return tuple(sorted(ids, key=lambda id: (id[0], int(id[1:])) if CLAIM.fullmatch(id) else (id, 0)))


def _check_network(node: Mapping, ledger: Ledger, subject: str) -> None:
    network = node.get("reseau")
    for key, _ in node.entries:
        if key.text != "reseau":
            help = did_you_mean(key.text, ["reseau"]) if nearest(key.text, ["reseau"]) else OTHER_SOURCE
            ledger.error("DLA103", key, f"clé inconnue « {key.text} » sous « source »", help)
    if network is not None:
        fits(NetworkShape, network, ledger, f"l’observation du réseau de {subject}")
    elif not node.entries:
        ledger.error("DLA122", node, "« source » est vide", "citez la note, source: [E8] par exemple, ou le réseau")


def check_status(source: Node | None, status: Node | None, ledger: Ledger, subject: str) -> None:
    """Note a status that its source gives the lie to: what is shown of where an item comes from is one thing."""
    said = status.text.strip() if isinstance(status, Scalar) else ""
    seen = read_observation(source) is not None
    if status is None or (said, seen) not in (("note", True), ("reseau", False)):
        return
    if said == "note":
        message = f"{subject} dit « statut: note », et sa source est une observation du réseau"
        help = "écrivez statut: reseau, ou interpretation si la lecture est la vôtre"
    elif source is None:
        message, help = f"{subject} dit « statut: reseau », et n’a pas de source", f"dites qui l’a vu : {NETWORK}"
    elif isinstance(source, Sequence) and source.items and not as_keys(source):
        message = f"{subject} dit « statut: reseau », et sa source cite la note"
        help = f"écrivez statut: note, ou interpretation ; si vous l’avez vu, {NETWORK}"
    else:
        return
    ledger.error("DLA139", status, message, help)


def read_observation(node: Node | None) -> Observation | None:
    """The observation of the network under a ``source``, or None. Checked by ``read_source``."""
    network = node.get("reseau") if isinstance(node, Mapping) else None
    if not isinstance(network, Mapping):
        return None
    return Observation(network.text("qui"), network.text("quand"), network.text("ou"))
