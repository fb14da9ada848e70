"""The digest of a folder's content: the same whatever the order and the splitting of files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from conseil_dla.loading.ledger import Item
from conseil_dla.nodes import Node, Scalar, Sequence

_LENGTH = 12


def digest(items: Iterable[Item]) -> str:
    """12 hexadecimal digits of SHA-256 over every item, sorted by kind and id, keys sorted, texts stripped."""
    content = [(item.kind, item.id, _content(item.node)) for item in sorted(items, key=lambda i: (i.kind, i.id))]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _content(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text.strip()
    if isinstance(node, Sequence):
        return [_content(item) for item in node.items]
    return {key.text.strip(): _content(value) for key, value in node.entries}
