"""What can follow from a dossier, over every coherent completion of what it leaves unknown.

A base is compiled once into decision diagrams (``atlas``); a dossier is the part of them that its answers leave open
(``region``). The other modules each ask one question of that part (docs/decisions/0008). Where comparing formats would
take too large a diagram, ``search`` does it (docs/decisions/0051).
"""
