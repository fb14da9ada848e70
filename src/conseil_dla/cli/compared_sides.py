"""The two sides that ``comparer`` puts beside each other: two dossiers, two dates of one, two of its respondents."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from conseil_dla.cli.desk import read_dossier
from conseil_dla.cli.parser import Misused
from conseil_dla.ground.french import day_text, quoted, spaced
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.differences import Side
from conseil_dla.reading.since import fits

Named = tuple[str, Side]
"""A side, and how the user names it."""
APART = "Les réponses et les conclusions internes n’y sont pas : on ne dit pas qui a répondu quoi."


def whole(path: str, reader: Reader) -> Named:
    """A dossier as it stands."""
    dossier, reading = read_dossier(path, reader)
    return path, Side(dossier.title or Path(path).stem, reading)


def at_two_dates(path: str, day: str, reader: Reader) -> tuple[Named, Named]:
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


def of_two_respondents(path: str, names: tuple[str, str], reader: Reader) -> tuple[Named, Named]:
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
