"""JSON Schemas of the files that authors write, so that an editor completes and underlines them.

Made from the very shapes that loading checks (``rules.loading``, ``dossiers``) and from the names that a folder
defines: what loading refuses in one file, the schema refuses, as far as JSON Schema can say it. It cannot see texts (a
tab, a colon, a key twice), the order of keys, nor what several items say together.

Loading reads every scalar as a text; editors give ``3`` as a number and ``2012`` as a number too. Where both mean the
same, both are accepted; ``true`` and ``null`` stay refused where a text or a word is expected. An editor that reads
``07`` as 7 does not see the zero, and no schema sees quotes, which make a ``yes`` a word to show: loading does both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from conseil_dla.authoring.schema.dossiers import dossier_document
from conseil_dla.authoring.schema.items import rules_document
from conseil_dla.ground.french import spaced

__all__ = ["README", "README_NAME", "document_text", "dossier_document", "file_name", "rules_document"]


README_NAME = "LISEZ-MOI.txt"
_WORDS = ("title", "description", "enumDescriptions")


def file_name(document: str) -> str:
    """« regles » is written to ``regles.schema.json``."""
    return f"{document}.schema.json"


def document_text(document: Mapping[str, object]) -> str:
    """A schema as it is printed and written."""
    return json.dumps(_spaced(document), ensure_ascii=False, indent=2) + "\n"


def _spaced(node: object) -> object:
    """The same, its words with French spaces."""
    if isinstance(node, list):
        return [_spaced(one) for one in node]
    if isinstance(node, Mapping):
        return {key: _said(value) if key in _WORDS else _spaced(value) for key, value in node.items()}
    return node


def _said(value: object) -> object:
    """Words to read; a key of ours that is called alike holds a schema instead."""
    if isinstance(value, str):
        return spaced(value)
    return [spaced(str(one)) for one in value] if isinstance(value, list) else _spaced(value)


README = spaced("""\
Les schémas de vos fichiers
===========================

Deux fichiers décrivent à votre éditeur de texte ce que l’on peut écrire :

  regles.schema.json     les fichiers de rules/ et de knowledge/
  dossiers.schema.json   les dossiers, les cas (knowledge/cas/) et les essais (knowledge/essais/)

Votre éditeur propose alors les clés, les questions et leurs réponses, les formats, les motifs…,
dit le sens de chaque clé et souligne les fautes pendant que vous écrivez.

Les noms sont ceux du moment : après avoir ajouté une question, un motif ou une vigilance, relancez

  conseil-dla regles schema DOSSIER_REGLES -o CE_DOSSIER

VS Code (ou VSCodium), avec l’extension « YAML »
------------------------------------------------

Dans le dossier de vos règles, créez .vscode/settings.json, en remplaçant schemas/ par le chemin
de ce dossier-ci :

  {
    "yaml.schemas": {
      "./schemas/regles.schema.json": ["rules/*.yaml", "knowledge/*.yaml"],
      "./schemas/dossiers.schema.json": ["knowledge/cas/*.yaml", "knowledge/essais/*.yaml"]
    }
  }

Un seul fichier, dans tout éditeur qui suit cette convention (VS Code, Kate, Helix…)
-----------------------------------------------------------------------------------

Écrivez en première ligne du fichier :

  # yaml-language-server: $schema=../schemas/regles.schema.json

Ce que l’éditeur ne voit pas
----------------------------

Un schéma lit un fichier à la fois. Un nom pris deux fois, des règles qui s’attendent en rond, une
tabulation, un deux-points dans un texte, un zéro devant un nombre : c’est

  conseil-dla regles verifier DOSSIER_REGLES

qui le dit, et lui seul a le dernier mot.
""")
