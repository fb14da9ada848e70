"""The digest of a folder's content: the same whatever the order and the splitting of files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from conseil_dla.rules.model import Entry

_LENGTH = 12


def digest(entries: Iterable[Entry]) -> str:
    """12 hexadecimal digits of SHA-256 over every item, sorted by kind and id, keys sorted, texts stripped."""
    content = [(entry.kind, entry.id, entry.written) for entry in sorted(entries, key=lambda e: (e.kind, e.id))]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
