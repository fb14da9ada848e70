"""Property tests draw the same examples everywhere, so that a red test is about the change at hand.

To search further: ``CONSEIL_DLA_EXPLORER=1 pytest`` draws new examples at every run.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same_everywhere", derandomize=True, deadline=None)
settings.register_profile("explorer", deadline=None)
settings.load_profile("explorer" if os.environ.get("CONSEIL_DLA_EXPLORER") == "1" else "same_everywhere")
