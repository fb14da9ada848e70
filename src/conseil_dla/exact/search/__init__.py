"""Formats compared over all dossiers by search, where one diagram of the comparison would be too large.

Drawn dossiers give every *yes*, a solver proves every *no*. Nothing that is told as certain rests on a draw.
"""
