"""What each kind of conclusion is, one file a kind: an engine, a paper and a page all read the same few lines.

Data alone. A kind that is not in ``ALL`` does not exist; ``READ`` is the order in which a reader meets them. Items that
conclude nothing (questions, rules, motifs…) have no file here, but the axes, which go with the postures.
"""

from __future__ import annotations

from conseil_dla.rules.kinds.axis import AXIS
from conseil_dla.rules.kinds.factor import FACTOR
from conseil_dla.rules.kinds.format import FORMAT
from conseil_dla.rules.kinds.modality import MODALITY
from conseil_dla.rules.kinds.partner import PARTNER
from conseil_dla.rules.kinds.posture import POSTURE
from conseil_dla.rules.kinds.precondition import PRECONDITION
from conseil_dla.rules.kinds.spec import KindSpec
from conseil_dla.rules.kinds.tension import TENSION
from conseil_dla.rules.kinds.vigilance import VIGILANCE

ALL: tuple[KindSpec, ...] = (
    VIGILANCE, FACTOR, FORMAT, POSTURE, AXIS, MODALITY, PARTNER, PRECONDITION, TENSION,
)  # fmt: skip
"""In the order in which files are gone through."""
READ: tuple[KindSpec, ...] = (
    FORMAT, POSTURE, VIGILANCE, PRECONDITION, MODALITY, PARTNER, FACTOR, TENSION,
)  # fmt: skip
"""Conclusions, in the order of a reading."""

SPECS = {kind.word: kind for kind in ALL}
LISTED = tuple(kind for kind in ALL if kind.concluded in ("rules", "condition"))
"""Those of which there may be many."""
VERDICTS = tuple(kind for kind in ALL if kind.concluded == "verdict")
DRAWN = tuple(kind for kind in ALL if kind.concluded == "rules")
SETTLED_BEFORE = tuple(kind.word for kind in DRAWN if kind.settled_before)
"""Words of the kinds to be settled before launching: what is compared, dated, checked while it is open."""
LEVELLED = tuple(kind.word for kind in DRAWN if kind.levelled)
