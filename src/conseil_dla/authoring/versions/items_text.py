"""What was rewritten in the rules, item by item and key by key; first of all what may now go out in a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from conseil_dla.authoring.versions.versions import Extent, VersionDifference
from conseil_dla.ground.french import counted, few, harmless, listed, quoted
from conseil_dla.reading.version_items import Change, ItemChange, Way
from conseil_dla.rules.kinds.spec import bare
from conseil_dla.rules.loading.ledger import NOUNS

REWRITTEN = "Ce qui a été réécrit"
LEADS: Mapping[Change, str] = {
    "sortie": "Changent ce qui peut sortir dans un papier",
    "ajoute": "Ajoutés",
    "retire": "Retirés",
    "montre": "Montrés ou demandés autrement",
    "sens": "Décident autrement, ou dans d’autres dossiers",
    "ecrit": "Écrits autrement, pour le même sens",
    "mots": "Seuls les mots changent",
    "noms": "Renommés, ou d’anciens noms ajoutés",
}
"""In the order in which they are told."""
WAYS: Mapping[Way | Extent, str] = {
    "entre": "Ceci peut maintenant sortir dans un papier",
    "plus": "Ceci peut sortir dans les papiers de plus de dossiers",
    "quitte": "Ceci ne sort plus dans les papiers",
    "moins": "Ceci sort dans les papiers de moins de dossiers",
    "change": "Ceci sort autrement dans les papiers",
    "ailleurs": "Ceci sort dans les papiers d’autres dossiers, ou ailleurs dans ces papiers",
}
"""In the order in which they are told."""
ORDERED = {
    "question": "les questions",
    "colonne": "les colonnes du tableau",
    "axe": "les axes",
    "format": "les formats",
    "posture": "les postures",
    "rappel": "les rappels",
    "rubrique": "les rubriques des papiers",
}
"""Kinds whose order is shown, in the plural."""
ON_PAPER = ("question", "colonne", "format", "rappel", "rubrique")
"""Those of which papers follow the order."""
Named = tuple[str, str, tuple[str, ...]]
"""Kind, id or name, and what is said of it between brackets."""
LONGEST = 90
"""Letters of a title that names an item."""


def let_out(difference: VersionDifference) -> Iterator[tuple[Way | Extent, tuple[Named, ...]]]:
    """What may go out and did not, what no longer does, what does otherwise; each only where there is some."""
    found: dict[Way | Extent, dict[tuple[str, str], list[str]]] = {way: {} for way in WAYS}
    for (kind, id, key), crossing in difference.outside.items():
        found[crossing].setdefault((kind, id), []).extend([key] if key else [])
    for name, extent in difference.elsewhere.items():
        found[extent][name] = []
    for way, items in found.items():
        if items:
            yield way, tuple((*name, tuple(keys)) for name, keys in sorted(items.items()))


def let_out_lines(difference: VersionDifference, most: int = 0) -> Iterator[str]:
    """The same as sentences, by titles; ``most`` of each kind where it is not 0."""
    for way, found in let_out(difference):
        told = [(kind, named(difference, kind, id), _key_names(keys)) for kind, id, keys in found]
        yield f"{WAYS[way]} : {_listed(told, most)}."


def named(difference: VersionDifference, kind: str, id: str) -> str:
    """An item by its title; by its id where it has none, or one that is too long to be a name."""
    titles = [base.texts[kind, id].title for base in (difference.after, difference.before) if (kind, id) in base.texts]
    title = titles[0] if titles else ""
    return quoted(harmless(title if 0 < len(title) <= LONGEST else id))


def _key_names(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as an author writes them, what is written by answer under its answers: « phrases de « oui » »."""
    parts: dict[str, list[str]] = {}
    for key in keys:
        name, _, part = key.partition(".")
        parts.setdefault(name, []).extend([part] if part else [])
    return tuple(f"{name} de {listed([quoted(one) for one in of])}" if of else name for name, of in parts.items())


def shown_lines(difference: VersionDifference) -> Iterator[str]:
    """What is shown, asked or decided otherwise though no conclusion tells it: how much there is of it."""

    def number(*ways: Change) -> int:
        return sum(item.how in ways for item in difference.items)

    for count, one, several in (
        (number("ajoute"), "élément est nouveau", "éléments sont nouveaux"),
        (number("retire"), "élément est retiré", "éléments sont retirés"),
        (number("montre"), "élément est montré ou demandé autrement", "éléments sont montrés ou demandés autrement"),
        (number("sens"), "élément décide autrement, ou dans d’autres dossiers",
         "éléments décident autrement, ou dans d’autres dossiers"),
    ):  # fmt: skip
        if count:
            yield f"{counted(count, one, several)}."
    if number("sens") and not difference.is_moved:
        yield "Les conclusions sont les mêmes ; la raison qui en est donnée peut en être une autre."
    if difference.reordered:
        yield f"L’ordre change pour {listed([ORDERED[kind] for kind in difference.reordered])}."
    if told := [ORDERED[kind] for kind in difference.reordered if kind in ON_PAPER]:
        yield f"Dans les papiers aussi, l’ordre change pour {listed(told)}."


def changed_lines(difference: VersionDifference) -> Iterator[str]:
    """Every item that is not what it was, under what that comes to, each with its id and the keys that differ."""
    for how, lead in LEADS.items():
        found = sorted((item.kind, item.id, _told(item)) for item in difference.items if item.how == how)
        if found:
            told = [(kind, *_with_id(named(difference, kind, id), id, keys)) for kind, id, keys in found]
            yield f"{lead} : {_listed(told)}."


def _with_id(name: str, id: str, keys: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """An author looks for the id in the files: it comes first of what is said of an item."""
    return (name, keys) if name == quoted(harmless(id)) else (name, (harmless(id), *keys))


def item_text(item: ItemChange) -> str:
    """One item with the keys that differ: « question « x » (murit) »."""
    return _listed([(item.kind, quoted(harmless(item.id)), _told(item))])


def _told(item: ItemChange) -> tuple[str, ...]:
    if item.how in ("ajoute", "retire"):
        return ()
    former = (f"anciennement {quoted(harmless(item.former))}",) if item.former else ()
    keys = dict.fromkeys(f"{key.key}.{key.part}" if key.part else key.key
                         for key in item.keys if not (former and key.key == "anciennement"))  # fmt: skip
    return (*former, *_key_names(keys))


def _listed(items: Iterable[Named], most: int = 0) -> str:
    by_kind: dict[str, list[str]] = {}
    for kind, name, told in items:
        by_kind.setdefault(kind, []).append(name + (f" ({', '.join(told)})" if told else ""))
    return " ; ".join(
        f"{_noun(kind, len(names))} {listed(few(names, most, 'autre', 'autres') if most else names)}"
        for kind, names in by_kind.items()
    )


def _noun(kind: str, number: int) -> str:
    """A kind as it is called: « règle », « vigilances »."""
    noun = bare(NOUNS[kind])
    return f"{noun}s" if number > 1 and not noun.endswith("s") else noun
