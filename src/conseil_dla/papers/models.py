"""The models of papers that there are."""

from __future__ import annotations

from typing import Literal, get_args

Model = Literal["appel", "cadrage", "cahier-des-charges", "comite"]
MODELS: tuple[Model, ...] = get_args(Model)
"""Names of the models, as they are typed."""
