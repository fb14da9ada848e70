"""Rules and knowledge: YAML files to a checked base, with every mistake at its place."""

from __future__ import annotations

from conseil_dla.loading.folder import Loaded, load, load_words, missing_parts
from conseil_dla.loading.known import Known
from conseil_dla.loading.layout import set_aside
from conseil_dla.loading.meaning import VERIFY_ERRORS

__all__ = ["VERIFY_ERRORS", "Known", "Loaded", "load", "load_words", "missing_parts", "set_aside"]
