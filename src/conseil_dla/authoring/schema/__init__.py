"""JSON Schemas of the files that authors write, so that an editor completes and underlines them.

Made from the very shapes that loading checks (``rules.loading``, ``dossiers``) and from the names that a folder
defines: what loading refuses in one file, the schema refuses, as far as JSON Schema can say it. It cannot see texts (a
tab, a colon, a key twice), the order of keys, nor what several items say together.

Loading reads every scalar as a text; editors give ``3`` as a number and ``2012`` as a number too. Where both mean the
same, both are accepted; ``true`` and ``null`` stay refused where a text or a word is expected. An editor that reads
``07`` as 7 does not see the zero, and no schema sees quotes, which make a ``yes`` a word to show: loading does both.
"""

from __future__ import annotations

from conseil_dla.authoring.schema.dossiers import dossier_document
from conseil_dla.authoring.schema.items import rules_document

__all__ = ["dossier_document", "rules_document"]
