"""``source``: the claims of the note that an item rests on, or an observation of the network."""

from __future__ import annotations

import re

from conseil_dla.loading.checking import fits
from conseil_dla.loading.ledger import Ledger
from conseil_dla.loading.part_shapes import NetworkShape
from conseil_dla.model import Observation
from conseil_dla.nodes import Mapping, Node, Scalar, Sequence

CLAIM = re.compile(r"[A-HS][0-9]{1,2}")
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
    if isinstance(node, Mapping):
        _check_network(node, ledger, subject)
        return ()
    if isinstance(node, Scalar):
        ledger.error("DLA115", node, "« source » attend une liste", f"écrivez source: [{node.text.strip()}]")
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
            help = "écrivez une liste d’affirmations, ou reseau: avec qui, quand et ou"
            ledger.error("DLA103", key, f"clé inconnue « {key.text} » sous « source »", help)
    if network is not None:
        fits(NetworkShape, network, ledger, f"l’observation du réseau de {subject}")
    elif not node.entries:
        ledger.error("DLA122", node, "« source » est vide")


def read_observation(node: Node | None) -> Observation | None:
    """The observation of the network under a ``source``, or None. Checked by ``read_source``."""
    network = node.get("reseau") if isinstance(node, Mapping) else None
    if not isinstance(network, Mapping):
        return None
    return Observation(network.text("qui"), network.text("quand"), network.text("ou"))
