"""``conseil-dla regles documenter``: the rules as a site, to be read without the program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.authoring.site.pages import MARKER, files_of, pages
from conseil_dla.cli.desk import READING, tell, tell_unread, tell_unusable
from conseil_dla.cli.parser import DONE, UNUSABLE, FrenchParser, Misused
from conseil_dla.cli.steps import Waiting
from conseil_dla.dossiers import store
from conseil_dla.ground.diagnostics import Unusable
from conseil_dla.ground.folders import write_folder
from conseil_dla.ground.french import harmless, spaced
from conseil_dla.ground.shelving import holds_something
from conseil_dla.ground.words import alphabetical
from conseil_dla.reading.opening import rules_folder
from conseil_dla.rules.loading import load
from conseil_dla.wording.disk_text import creation_failure

if TYPE_CHECKING:
    from conseil_dla.rules.model import Base, Dossier

HELP = """\
conseil-dla regles documenter -o DOSSIER [DOSSIER_REGLES] [--remplacer]

Écrit dans DOSSIER, qui ne doit pas exister ou être vide, un site qui dit tout ce que les règles savent :
chaque règle en une phrase, avec sa raison et sa source, ce qui plaide pour et contre chaque format, chaque
affirmation et où elle sert. Ouvrez ensuite DOSSIER/index.html dans un navigateur : tout y est, sans réseau,
avec une recherche, et chaque page s’imprime.

  -o DOSSIER, --sortie DOSSIER   où l’écrire
  --remplacer                    refaire un site que cette commande a déjà écrit là, et rien d’autre

Ces pages comprennent ce qui est interne, marqué comme tel : elles sont pour qui écrit les règles.
"""
FREE_PLACE = "nommez un dossier vide, ou qui n’existe pas encore"
DROPPED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
"""Files that a system leaves in a folder that was looked at: nobody's own."""


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Write the site; say on stdout where it is."""
    parser = FrenchParser("conseil-dla regles documenter", HELP, rules)
    parser.add_argument("folder", nargs="?", metavar="DOSSIER_REGLES")
    parser.add_argument("-o", "--sortie", metavar="DOSSIER")
    parser.add_argument("--remplacer", action="store_true")
    options = parser.options(arguments)
    if not options.sortie:
        raise Misused("il manque : -o DOSSIER\naide : conseil-dla regles documenter -h")
    target = Path(options.sortie)
    replaced = _replaced(target, replace=options.remplacer)
    with Waiting(READING):
        loaded = load(rules_folder(options.folder or options.regles))
    if loaded.base is None:
        tell(loaded.diagnostics)
        return UNUSABLE
    tell_unread(loaded.unread)
    cases = _cases(loaded.base)
    with Waiting("Écriture des pages"):
        site = pages(loaded.base, cases)
    _put(target, {name: text.encode("utf-8") for name, text in site.items()}, replaced)
    number = sum(name.endswith(".html") for name in site)
    print(spaced(f"Site écrit dans {target} : {number} pages.\nPour le lire, ouvrez dans un navigateur : "), end="")
    print(target / "index.html")
    return DONE


def _replaced(target: Path, *, replace: bool) -> frozenset[str]:
    """The files that give way to the site. Raises ``Misused`` when anything else would have to."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        what = "un lien" if target.is_symlink() else "un fichier"
        raise Misused(f"« {target} » est {what} : rien n’a été écrit\naide : {FREE_PLACE}")
    if not target.exists():
        return frozenset()
    if Path.cwd().is_relative_to(target.resolve()):
        raise Misused(
            f"vous êtes dans « {target} » : rien n’a été écrit\naide : remontez d’un dossier, puis recommencez"
        )
    held = list(target.iterdir())
    if not holds_something(target):
        return frozenset(one.name for one in held)
    marker = target / MARKER
    ours = files_of(marker.read_text(encoding="utf-8", errors="replace")) if marker.is_file() else None
    if ours is None:
        raise Misused(f"« {target} » n’est pas vide : rien n’a été écrit\naide : {FREE_PLACE}")
    if not replace:
        told = f"« {target} » contient déjà un site : rien n’a été écrit"
        raise Misused(f"{told}\naide : un autre nom, ou --remplacer")
    own = {path.name for path in held if path.name in ours | DROPPED and path.is_file() and not path.is_symlink()}
    others = sorted({path.name for path in held} - own, key=alphabetical)
    if others:
        more = "" if len(others) == 1 else f" et autre chose ({len(others)} en tout)"
        told = f"« {target} » contient aussi « {others[0]} »{more}, que cette commande n’a pas écrit"
        raise Misused(f"{told} : rien n’a été écrit\naide : rangez-le ailleurs, ou nommez un autre dossier")
    return frozenset(own)


def _cases(base: Base) -> list[tuple[str, Dossier]]:
    """The experiences, each with its file's name; one that cannot be read is told and left out."""
    found = []
    for path in store.cases(base):
        try:
            found.append((path.stem, store.load(path, base)))
        except Unusable as error:
            tell_unusable(error)
            print(spaced(harmless(f"laissé de côté : {path}")), file=sys.stderr)
    return found


def _put(target: Path, site: dict[str, bytes], replaced: frozenset[str]) -> None:
    """The folder, whole or not at all. Raises ``Misused`` with the disk's reason."""
    try:
        left = write_folder(target, site, replaced)
    except OSError as error:
        raise Misused(creation_failure(target.parent, error)) from error
    if left is not None:
        print(spaced(harmless(f"de l’ancien dossier, il reste quelque chose, gardé dans {left}")), file=sys.stderr)
