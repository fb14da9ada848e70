"""``conseil-dla comparer``: two dossiers side by side, what differs, and which answers made which difference.

Two dossiers are also two dates of one, or two of its respondents; ``--croiser`` is of all who answered it alone and
agree to it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.cli.desk import open_reader, read_dossier
from conseil_dla.cli.output import made_of, put, target_of, tell_written
from conseil_dla.cli.parser import DONE, FrenchParser, Misused, pick
from conseil_dla.cli.steps import Waiting
from conseil_dla.comparison.crossed import cross
from conseil_dla.comparison.crossed_files import crossed_json, crossed_paper
from conseil_dla.comparison.crossed_text import CrossedWords
from conseil_dla.comparison.differences_files import differences_json, differences_paper, differences_sheets
from conseil_dla.dossiers.copies import keep
from conseil_dla.dossiers.lock import OpenElsewhere
from conseil_dla.dossiers.store import is_shipped, title
from conseil_dla.ground.french import day_text, harmless, quoted, spaced
from conseil_dla.papers.documents.document import Made
from conseil_dla.papers.documents.kinds import SUFFIXES
from conseil_dla.papers.documents.plain import write as plainly
from conseil_dla.papers.documents.sheets import SHEETS, written
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.differences import Side, compare
from conseil_dla.reading.since import fits
from conseil_dla.wording.disk_text import failure, held_text

if TYPE_CHECKING:
    from conseil_dla.reading.differences import Differences
    from conseil_dla.rules.model import Base

HELP = """\
conseil-dla comparer A B [--format texte|json] [-o FICHIER] [--remplacer] [--regles DOSSIER_REGLES]
conseil-dla comparer A B --garder A|B
conseil-dla comparer DOSSIER --depuis JOUR […]
conseil-dla comparer DOSSIER --repondants NOM NOM […]
conseil-dla comparer DOSSIER --croiser […]

Deux dossiers côte à côte : les réponses qui diffèrent, les conclusions qui diffèrent, et quelles réponses
ont fait quelle différence. Deux groupes, deux dates, ou deux personnes qui ont répondu chacune de leur côté.

  --garder A|B    de deux versions, garder celle-là ; l’autre va dans le sous-dossier « corbeille »
  --depuis JOUR   un seul dossier, ce jour-là puis aujourd’hui (2026-03-12 ou 12/03/2026)
  --repondants NOM NOM
                  un seul dossier, auquel deux personnes ont répondu chacune de leur côté et l’acceptent
                  (clé « repondants », « accord: oui ») ; rien d’interne n’y est
  --croiser       un seul dossier : ce que toutes les personnes qui ont répondu de leur côté, et qui
                  l’acceptent, disent de même ou autrement, et si cela change le conseil (rien d’interne)
  --format json   un objet, pour un autre outil
  -o FICHIER      dans un fichier, d’après la fin de son nom : .xlsx, .csv, .docx, .odt, .html ou .md
  --remplacer     écrire par-dessus un fichier qui existe déjà

« À cause de » est vérifié : ces réponses-là, changées seules, suffisent, et il n’y en a aucune de trop.
Pour vous seul·e : ce qui est interne y est, sauf entre deux répondants et avec --croiser.
--croiser écrit en .docx, .odt, .html ou .md.
"""
FORMATS = ("texte", "json")


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Compare two dossiers; on stdout, or into a file."""
    parser = FrenchParser("conseil-dla comparer", HELP, rules)
    parser.add_argument("dossiers", nargs="*", metavar="DOSSIER")
    parser.add_argument("--garder", metavar="DOSSIER")
    parser.add_argument("--depuis", metavar="JOUR")
    parser.add_argument("--repondants", nargs=2, metavar="NOM")
    parser.add_argument("--croiser", action="store_true")
    parser.add_argument("--format", default="texte")
    parser.add_argument("-o", "--sortie", metavar="FICHIER")
    parser.add_argument("--remplacer", action="store_true")
    options = parser.options(arguments)
    as_json = pick(options.format, FORMATS, "forme") == "json"
    target = _checked(options)
    reader = open_reader(options.regles)

    path, *rest = options.dossiers
    if options.croiser:
        return _crossed(path, reader, target, as_json=as_json)
    if options.depuis:
        (first, one), (second, other) = _at_two_dates(path, options.depuis, reader)
    elif options.repondants:
        (first, one), (second, other) = _of_two_respondents(path, tuple(options.repondants), reader)
    else:
        (first, one), (second, other) = _whole(path, reader), _whole(rest[0], reader)
    with Waiting("Comparaison"):
        found = compare(reader.base, reader.conclude, one, other, outward=options.repondants is not None)
    if target is not None:
        made = _file(reader.base, found, target.suffix.lower())
        put(target, made.data)
        tell_written(target, made)
    elif as_json:
        print(differences_json(found, first, second))
    else:
        sys.stdout.write(plainly(differences_paper(reader.base, found, date.today())))
    return DONE if options.garder is None else _keep(options.garder, options.dossiers, reader.base)


def _keep(named: str, both: Sequence[str], base: Base) -> int:
    """Set one of the two aside. Raises ``Misused`` with the disk's reason."""
    other = next(path for path in both if path != named)
    if any(is_shipped(Path(path), base) for path in both):
        raise Misused("ces dossiers sont ceux des règles : personne ne les range\naide : retirez --garder")
    try:
        where, aside = keep(Path(named), Path(other))
    except OpenElsewhere as error:
        raise Misused(f"{held_text(title(error.path), error.holder)}\naide : fermez-le d’abord") from error
    except OSError as error:
        raise Misused(f"rien n’a été rangé : {failure(error)}") from error
    print(spaced(harmless(f"Gardé : {where}\nMis de côté : {aside}", keep_lines=True)), file=sys.stderr)
    return DONE


def _checked(options: argparse.Namespace) -> Path | None:
    """The file to write, if any. Raises ``Misused`` for what can be seen before reading anything."""
    ways = {"--depuis": options.depuis, "--repondants": options.repondants, "--croiser": options.croiser}
    if len(asked := [way for way, value in ways.items() if value]) > 1:
        raise Misused(f"{asked[0]} et {asked[1]} ne vont pas ensemble\naide : retirez l’un des deux")
    for how in asked:
        if len(options.dossiers) != 1:
            raise Misused(f"{how} se sert d’un seul dossier\naide : conseil-dla comparer -h")
        if options.depuis:
            options.depuis = day_given(options.depuis)
    if not asked and len(options.dossiers) != 2:
        raise Misused("il faut deux dossiers : conseil-dla comparer A B\naide : conseil-dla comparer -h")
    letters = dict(zip("AB", options.dossiers, strict=False))
    if options.garder is not None and options.garder not in options.dossiers:
        options.garder = letters.get(options.garder.upper(), options.garder)
    if options.garder is not None and (
        asked or options.garder not in options.dossiers or len(set(options.dossiers)) < 2
    ):
        told = "--garder attend A (le premier), B (le second), ou l’un des deux dossiers comme il est écrit avant"
        raise Misused(f"{told}\naide : conseil-dla comparer -h")
    if options.sortie is None:
        return None
    if options.format == "json":
        raise Misused("--format json écrit sur la sortie standard, pas dans un fichier\naide : retirez l’un des deux")
    kinds = SUFFIXES if options.croiser else (*SHEETS, *SUFFIXES)
    return target_of(options.sortie, kinds, replace=options.remplacer)


def _file(base: Base, found: Differences, suffix: str) -> Made:
    if suffix in SHEETS:
        return Made(written(differences_sheets(base, found), suffix))
    return made_of(differences_paper(base, found, date.today()), suffix, base.origin)


# --- the two sides ---------------------------------------------------------------------------------------------------

Named = tuple[str, Side]
"""A side, and how the user names it."""
APART = "Les réponses et les conclusions internes n’y sont pas : on ne dit pas qui a répondu quoi."


def _whole(path: str, reader: Reader) -> Named:
    """A dossier as it stands."""
    dossier, reading = read_dossier(path, reader)
    return path, Side(dossier.title or Path(path).stem, reading)


def _at_two_dates(path: str, day: str, reader: Reader) -> tuple[Named, Named]:
    """The dossier as its journal has it on that day, and as it is. Raises ``Misused`` without such a reading."""
    dossier, reading = read_dossier(path, reader)
    entry = next((one for one in dossier.journal if one.day == day), None)
    told = day_text(day)
    if entry is None:
        days = ", ".join(day_text(one.day) for one in dossier.journal)
        there = f"les lectures datées de ce dossier : {days}" if days else "ce dossier n’a pas encore de lecture datée"
        raise Misused(f"il n’y a pas de lecture du {told}\naide : {there}")
    if not fits(reader.base, entry.answers):
        raise Misused(f"les réponses du {told} ne vont plus ensemble avec les règles d’aujourd’hui\n"
                      "aide : choisissez une lecture plus récente")  # fmt: skip
    if entry.digest != reader.base.digest:
        note = f"Les règles ont changé depuis le {told} : les deux lectures sont faites avec celles d’aujourd’hui."
        print(spaced(note), file=sys.stderr)
    then = Side(f"le {told}", reader.read(entry.answers))
    return (f"{path}#{day}", then), (path, Side("aujourd’hui", reading))


def _of_two_respondents(path: str, names: tuple[str, str], reader: Reader) -> tuple[Named, Named]:
    """What two people answered alone, internal questions left out. Raises ``Misused`` where one is not there.

    Who has not agreed is not there either, in the same words: a refusal would be told by any other.
    """
    dossier, _ = read_dossier(path, reader)
    base = reader.base
    sides = []
    for name in names:
        respondent = dossier.respondents.get(name)
        if respondent is None:
            there = ", ".join(quoted(each) for each in dossier.respondents)
            known = f"ceux qui l’ont donné : {there}" if there else "personne ne l’a donné (« accord: oui »)"
            told = f"pas de répondant {quoted(name)} qui ait donné son accord dans ce dossier"
            raise Misused(f"{told}\naide : {known}")
        shared = {id: value for id, value in respondent.answers.items() if not base.entry("question", id).internal}
        if not fits(base, shared):
            raise Misused(f"les réponses de {quoted(name)} ne peuvent pas aller ensemble\n"
                          "aide : corrigez l’une d’elles, ou écrivez « inconnu »")  # fmt: skip
        sides.append((f"{path}#{name}", Side(name, reader.read(shared))))
    print(spaced(APART), file=sys.stderr)
    return sides[0], sides[1]


def day_given(text: str) -> str:
    """A day as journals write it, from « 2026-03-12 » or « 12/03/2026 ». Raises ``Misused``."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date().isoformat()
    raise Misused(f"« {text} » n’est pas un jour\naide : écrivez-le comme 2026-03-12 ou 12/03/2026")


def _crossed(path: str, reader: Reader, target: Path | None, *, as_json: bool) -> int:
    """Cross them; on stdout, or into a file. With too few people, what is missing is the result."""
    dossier, _ = read_dossier(path, reader)
    with Waiting("Réponses croisées"):
        words = CrossedWords(reader.base, cross(reader.base, reader.conclude, dossier.respondents.values()))
    paper = crossed_paper(words, dossier.title, date.today())
    if target is not None:
        made = made_of(paper, target.suffix.lower(), reader.base.origin)
        put(target, made.data)
        tell_written(target, made)
    elif as_json:
        print(crossed_json(words, path))
    else:
        sys.stdout.write(plainly(paper))
    return DONE
