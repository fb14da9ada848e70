"""Rules and knowledge: YAML files to a checked base, with every mistake at its place."""

from __future__ import annotations

from conseil_dla.rules.loading.folder import Known, Loaded, load, load_words, missing_parts
from conseil_dla.rules.loading.layout import set_aside
from conseil_dla.rules.loading.meaning import VERIFY_ERRORS

__all__ = ["VERIFY_ERRORS", "Known", "Loaded", "load", "load_words", "missing_parts", "set_aside"]
