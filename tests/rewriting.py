"""Rules folders as plain data, to be renamed or changed key by key and written again."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

from conseil_dla.ground.yamltext import parse, plain_data
from conseil_dla.rules.loading.shapes import ITEMS
from conseil_dla.rules.model import LEVELS

Item = dict[str, Any]
Folder = dict[str, list[Item]]
"""Items by file, such as ``knowledge/questions.yaml``."""
CONDITIONS = (
    "quand",
    "jamais",
    "present_si",
    "deja_prevu_si",
    "hors_note_si",
    "posee_si",
    "a_poser_en_premier_si",
    "poles",
    "exemples",
)


def read_folder(files: Mapping[str, str]) -> Folder:
    """The items of each file. Nothing may be wrong in the texts."""
    found: Folder = {}
    for name, text in files.items():
        root, wrong = parse(text, name)
        assert root is not None
        assert not wrong
        data = plain_data(root)
        assert isinstance(data, list)
        found[name] = data
    return found


def texts_of(folder: Path) -> dict[str, str]:
    """The texts of the rules and the knowledge of a folder, by relative path; cases and trials are left out."""
    return {f"{sub}/{path.name}": path.read_text(encoding="utf-8")
            for sub in ("rules", "knowledge") for path in sorted((folder / sub).glob("*.yaml"))}  # fmt: skip


def as_texts(folder: Folder) -> dict[str, str]:
    """Each file written again, an item a line."""
    return {name: "".join(f"- {json.dumps(item, ensure_ascii=False)}\n" for item in items)
            for name, items in folder.items()}  # fmt: skip


def kind_and_id(item: Item) -> tuple[str, str]:
    kind = next(iter(item))
    return kind, item[kind]


# --- renaming ---------------------------------------------------------------------------------------------------------


def renamed_question(folder: Folder, id: str, new: str) -> Folder:
    """A question under another name wherever it stands, the present one declared a former one."""
    found = _everywhere(folder, lambda key, value: (new if key == id else key, value))
    _rename_apart(found, f"{id}.", f"{new}.")
    for item in _items(found):
        if kind_and_id(item) == ("question", id):
            item["question"] = new
            item["anciennement"] = [*item.get("anciennement", []), id]
    return found


def renamed_answer(folder: Folder, question: str, id: str, new: str) -> Folder:
    """An answer under another name wherever it stands, the present one declared a former one."""

    def name(value: Any) -> Any:
        return [name(one) for one in value] if isinstance(value, list) else new if value == id else value

    found = _everywhere(folder, lambda key, value: (key, name(value) if key == question else value))
    _rename_apart(found, f"{question}.{id}", f"{question}.{new}", whole=True)
    for item in _items(found):
        if kind_and_id(item) == ("question", question):
            for key in ("ordinaires", "murit"):
                if isinstance(item.get(key), list):
                    item[key] = name(item[key])
            for held in (item, item.get("du_tableau", {})):
                for key in ("phrases", "reponses"):
                    if isinstance(held.get(key), dict):
                        held[key] = {name(one): value for one, value in held[key].items()}
            said = item["reponses"][new]
            said = said if isinstance(said, dict) else {"libelle": said}
            item["reponses"][new] = {**said, "anciennement": [*said.get("anciennement", []), id]}
    return found


def _rename_apart(folder: Folder, old: str, new: str, *, whole: bool = False) -> None:
    """What a way does not stand beside, in today's names."""
    for item in _items(folder):
        if "ne_va_pas_avec" in item:
            item["ne_va_pas_avec"] = [
                new + name.removeprefix(old) if (name == old if whole else name.startswith(old)) else name
                for name in item["ne_va_pas_avec"]
            ]


def _everywhere(folder: Folder, change: Any) -> Folder:
    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(one) for one in value]
        if isinstance(value, dict):
            pairs = (change(key, each) for key, each in value.items())
            return {key: walk(each) for key, each in pairs}
        return value

    found = deepcopy(folder)
    for item in _items(found):
        for key in CONDITIONS:
            if key in item:
                item[key] = walk(item[key])
        for proposed in item.get("propositions", ()):
            if isinstance(proposed, dict) and "si" in proposed:
                proposed["si"] = walk(proposed["si"])
    return found


def _items(folder: Folder) -> Iterator[Item]:
    for items in folder.values():
        yield from items


# --- changing one key -------------------------------------------------------------------------------------------------


def other_values(folder: Folder, item: Item, key: str, dice: random.Random) -> Iterator[Any]:
    """Values that a key might have instead, the likeliest to be good first; None for no such key."""
    kind, _ = kind_and_id(item)
    now = item.get(key)
    annotation = ITEMS[kind].model_fields[key].annotation
    words = [one for one in _words(annotation) if one != (now or ITEMS[kind].model_fields[key].default)]
    dice.shuffle(words)
    yield from words
    if words:
        return
    yield from _texts_or_lists(item, key) if key not in PARTS else _parts(folder, item, key)
    if now is not None:
        yield None


PARTS = ("source", "pour_formats", "phrases", "reponses", "du_tableau", "poles", "temps", "exemples", "alors")
"""Keys that hold parts, or names of other items."""


def _parts(folder: Folder, item: Item, key: str) -> Iterator[Any]:
    now: Any = item.get(key)
    match key:
        case "source":
            held = now if isinstance(now, list) else []
            yield [next(claim for claim in ids_of(folder, "affirmation") if claim not in held)]
        case "pour_formats":
            yield [next(id for id in ids_of(folder, "format") if now != [id])]
        case _ if now is None:
            return
        case "phrases" | "reponses":
            yield {**now, next(iter(now)): "Dite d’une autre façon"}
        case "du_tableau":
            yield {**now, "compte": "lignes"}
        case "poles" | "temps":
            yield [*({**one, "titre": "Un autre titre"} for one in now[:-1]), now[-1]]
        case "alors" if len(now) == 1 and "niveau" in now[0]:
            yield [{**now[0], "niveau": next(level for level in LEVELS if level != now[0]["niveau"])}]
        case _:
            yield now[1:]


def _texts_or_lists(item: Item, key: str) -> Iterator[Any]:
    now: Any = item.get(key)
    if key in CONDITIONS:
        yield now and {"aucune": now if isinstance(now, list) else [now]}
    elif key in ALWAYS:
        yield ALWAYS[key]
    elif key == "bornes":
        yield now and [now[0], str(int(now[1]) + 1)]
    elif key == "ordinaires":
        yield now[1:] if isinstance(now, list) else now and {"au_moins": "1"}
    elif key == "anciennement":
        yield [*(now or []), "un_nom_d_avant"]
    elif key in ("apres_mois", "minutes"):
        yield now and str(int(now) + 1)
    elif key == "murit":
        yield now and list(reversed(now))
    elif now is None or isinstance(now, str):
        yield f"{now or 'Un texte'} … dit autrement"
    else:
        yield [*now, "Et ceci."]


ALWAYS = {"a_relire": "2031-01-01", "libelle": "Une tout autre question ?"}


def ids_of(folder: Folder, kind: str) -> list[str]:
    """The names of the items of a kind."""
    return [item[kind] for item in _items(folder) if kind_and_id(item)[0] == kind]


def _words(annotation: Any) -> list[str]:
    return [word for part in (annotation, *get_args(annotation)) for word in get_args(part) if isinstance(word, str)]


def with_key(folder: Folder, name: tuple[str, str], key: str, value: Any) -> Folder:
    """The folder with one key of one item set, or taken away."""
    found = deepcopy(folder)
    for item in _items(found):
        if kind_and_id(item) == name:
            if value is None:
                item.pop(key)
            else:
                item[key] = value
    return found
