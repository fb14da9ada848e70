"""Conseil DLA: a rule-based adviser for those who set up collective support for cultural non-profits.

The package is a house of floors that import only downward; pyproject.toml says them, CONTRIBUTING.md draws them,
``tests/test_house.py`` checks them. This module stays empty of imports so that ``import conseil_dla`` costs nothing.
"""

__version__ = "0.1.0"
