"""Formats compared over all dossiers by search, where one diagram of the comparison would be too large.

Dossiers drawn at random say *yes*, and show it; a solver says *yes* where they are silent, and proves every *no*.
Nothing that is told as certain, excluded or without effect rests on a draw.

From the ground up: ``circuit`` (rules as gates), ``draws`` and ``drawing`` (a thousand dossiers at once), ``encoding``
and ``solver`` (the same gates as clauses), ``witnesses`` (answers that surely show something), ``played`` (dossiers
kept from one cube to the next), ``searching`` (one base), ``formats`` (one cube of dossiers), ``apart`` (what a
question still changes there), ``changes`` (what could ripen), ``standing`` (the whole base, for who verifies rules),
``ends`` and ``moving`` (two versions of it).
"""
