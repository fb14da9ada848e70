"""LISEZ-MOI.txt of a copied rules folder: what is where, and the commands that serve."""

from __future__ import annotations

import codecs

from conseil_dla.ground.french import spaced

README = """\
Vos règles
==========

Ce dossier est à vous : une copie des règles du programme. Modifiez-la avec un éditeur de texte
(Bloc-notes, Notepad++, Kate, TextEdit en texte brut…), en enregistrant en UTF-8.

Ce qu’il y a ici
----------------

  rules/               les règles et les cohérences, un fichier par thème
  knowledge/           les questions, formats, vigilances, affirmations de la note…
  knowledge/cas/       des expériences réelles, à lire et à rejouer
  knowledge/essais/    des dossiers inventés, pour éprouver les règles

  modeles/             un modèle par sorte d’élément, chaque clé expliquée. Rien n’en est lu :
                       copiez-en un dans rules/ ou knowledge/, puis remplissez-le. Une clé
                       derrière un # est facultative : retirez le # et l’espace qui suit
  guide/               écrire une règle, pas à pas ; le sens de chaque message

Les commandes
-------------

Là où DOSSIER est le chemin de ce dossier-ci :

  conseil-dla regles verifier DOSSIER
      relire tout, et dire ce qui ne va pas, où, et comment corriger

  conseil-dla regles essayer DOSSIER
      rejouer les cas, les essais et les exemples : un conseil a-t-il changé ?

  conseil-dla regles surveiller DOSSIER
      refaire tout cela à chaque enregistrement, dans un second terminal

  conseil-dla regles differences AVANT DOSSIER
      tout ce que vos règles changent, depuis une copie d’avant

  conseil-dla --regles DOSSIER diagnostiquer MON_DOSSIER.yaml
      la lecture d’un dossier avec vos règles

  conseil-dla --regles DOSSIER
      les écrans, avec vos règles

  conseil-dla regles schema DOSSIER -o DOSSIER/schemas
      de quoi aider votre éditeur à compléter les mots et à souligner les fautes

Pour commencer : guide/ecrire-une-regle.md, « En dix minutes ».
"""


def readme() -> bytes:
    """The page as Notepad of any Windows reads it: a byte order mark, and its own line ends."""
    return codecs.BOM_UTF8 + spaced(README).replace("\n", "\r\n").encode()
