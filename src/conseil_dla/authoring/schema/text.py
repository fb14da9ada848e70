"""JSON Schemas as text, and the page that tells an author how to give them to an editor."""

from __future__ import annotations

import json
from collections.abc import Mapping

from conseil_dla.ground.french import spaced

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
