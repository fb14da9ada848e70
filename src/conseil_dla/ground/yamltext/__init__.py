"""YAML text to and from nodes with places: the one package that imports the YAML libraries.

Every scalar is kept as a text, every node knows its line and column, and every mistake is a finding in French with its
cause and its mend: nothing here raises on what a text holds. Writing changes the lines concerned and no other.
"""

from __future__ import annotations

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence, plain_data, walk
from conseil_dla.ground.yamltext.reading import decode, foreign, parse
from conseil_dla.ground.yamltext.splicing import as_read
from conseil_dla.ground.yamltext.traps import Grammar
from conseil_dla.ground.yamltext.writing import Edited, dump, edit, edited

__all__ = [
    "Edited",
    "Grammar",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "as_read",
    "decode",
    "dump",
    "edit",
    "edited",
    "foreign",
    "parse",
    "plain_data",
    "walk",
]
