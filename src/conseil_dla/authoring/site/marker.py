"""The small file by which the program knows a folder that it made, and which files in it are its own."""

from __future__ import annotations

from collections.abc import Iterable

MARKER = "conseil-dla-site.txt"
_FIRST = "Ce dossier a été écrit par « conseil-dla regles documenter ». Ouvrez index.html dans un navigateur.".replace(
    "« ", "«\u00a0"
).replace(" »", "\u00a0»")
_LISTED = "Les fichiers ci-dessous sont les siens ; il ne remplace et n’efface que ceux-là.".replace(" ;", "\u00a0;")


def text(digest: str, files: Iterable[str]) -> str:
    """What the marker says: to a person first, then the names of the files."""
    return "\n".join((_FIRST, _LISTED, f"Empreinte des règles\u00a0: {digest}", "", *sorted(files), MARKER)) + "\n"


def files_of(said: str) -> frozenset[str] | None:
    """The files that a marker names; None when it is no marker of ours. Only bare names are taken."""
    first, _, rest = said.partition("\n")
    if first != _FIRST:
        return None
    names = rest.partition("\n\n")[2].splitlines()
    return frozenset(name for name in names if name and not set(name) & set("/\\:") and name not in (".", ".."))
