"""An observation of the network as it is written under ``source``, the same for items and for real cases.

Its address is the only text of the rules that becomes a link: what it may be is closed here, by its form alone, since
nothing is ever fetched.
"""

from __future__ import annotations

import re

from conseil_dla.ground.nodes import Mapping, Node, Scalar
from conseil_dla.ground.words import did_you_mean, nearest
from conseil_dla.rules.model import Observation

NETWORK_KEY = "reseau"
NEEDED = ("qui", "quand", "ou")
"""The keys that an observation has."""
ADDRESS_KEY = "adresse"
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
ADDRESS = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{{0,400}})?")
"""A public page: no other scheme, no name of a user, a host with its domain, and nothing but what addresses are made of
(so that none can hold a space, a quote, a bracket of markup, nor a character that looks like another)."""
NO_ADDRESS = "ce n’est pas l’adresse d’une page publique"
WHOLE_ADDRESS = "recopiez-la entière, depuis https://, sans espace ni accent (l’accent s’écrit %C3%A9)"


def is_address(text: str) -> bool:
    """Is a text the address of a public page, as far as its form tells?"""
    return ADDRESS.fullmatch(text) is not None


def read_observation(node: Node | None) -> Observation | None:
    """The observation of the network under a ``source``, or None. What is wrong in it is told elsewhere.

    An address that is none is left out: it is never shown nor followed, even where mistakes are passed over.
    """
    network = node.get(NETWORK_KEY) if isinstance(node, Mapping) else None
    if not isinstance(network, Mapping):
        return None
    address = network.text(ADDRESS_KEY).strip()
    who, when, where = (network.text(key).strip() for key in NEEDED)
    return Observation(who, when, where, address if is_address(address) else "")


def misreported(node: Mapping) -> tuple[Node, str, str] | None:
    """Where the first mistake of a ``source`` made of keys is, what it is, and how to mend it; None where it is right.

    For real cases, whose mistakes all bear one code; items are checked by their shape.
    """
    network = node.get(NETWORK_KEY)
    below = ", ".join(f"{key}:" for key in NEEDED)
    wanted = f"écrivez un texte, ou une liste de textes ; pour un récit, {NETWORK_KEY}:, et sous celui-ci {below}"
    for key, _ in node.entries:
        if key.text != NETWORK_KEY:
            help = did_you_mean(key.text, [NETWORK_KEY]) if nearest(key.text, [NETWORK_KEY]) else wanted
            return key, f"clé inconnue « {key.text} » sous « source »", help
    if not isinstance(network, Mapping):
        return network or node, "« source » ne dit pas qui l’a vu, quand et où", wanted
    for key, value in network.entries:
        if key.text not in (*NEEDED, ADDRESS_KEY):
            return (
                key,
                f"clé inconnue « {key.text} » sous « {NETWORK_KEY} »",
                did_you_mean(key.text, [*NEEDED, ADDRESS_KEY]),
            )
        if not isinstance(value, Scalar) or not value.text.strip():
            return value, f"« {key.text} » attend un texte", "écrivez-le sur la même ligne"
    for name in NEEDED:
        if network.get(name) is None:
            help = f"ajoutez une ligne « {name}: … », au même retrait que ses voisines"
            return node, f"il manque « {name} » à l’observation du réseau", help
    address = network.get(ADDRESS_KEY)
    if isinstance(address, Scalar) and not is_address(address.text.strip()):
        return address, f"« {ADDRESS_KEY} » : {NO_ADDRESS}", WHOLE_ADDRESS
    return None
