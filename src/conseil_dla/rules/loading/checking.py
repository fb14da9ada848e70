"""Shape mistakes told at their place and in French, and words that are refused everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Keyed
from dataclasses import replace
from typing import Any

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence, plain_data
from conseil_dla.ground.words import did_you_mean, nearest
from conseil_dla.ground.yamltext import Grammar
from conseil_dla.ground.yamltext.traps import spelled
from conseil_dla.rules.answertext import yes_no_mistake
from conseil_dla.rules.kinds import ALL
from conseil_dla.rules.loading.ledger import Ledger
from conseil_dla.rules.loading.part_shapes import EFFECTS, PARTS
from conseil_dla.rules.loading.shapes import ITEMS, Shape, mistakes
from conseil_dla.rules.paper_fields import PAPER_PARTS
from conseil_dla.rules.plans import MOMENTS

_HELP = {
    "parce_que": "dites en une ou deux phrases pourquoi",
    "source": "citez la note, source: [E8] par exemple, ou le réseau : reseau: avec qui, quand et ou",
    "titre": "tout élément a un titre : quelques mots qui le disent",
    "niveau": "choisissez avant, pendant ou en_tete",
    "force": "choisissez legere, nette ou decisive",
    "motif": "nommez la raison : un motif défini par - motif: …",
    "conclut": "écrivez oui ou non",
    "apres_mois": "écrivez un nombre de mois, 6 par exemple",
    "minutes": "écrivez un nombre de minutes, 10 par exemple",
    "partie": f"choisissez {', '.join(PAPER_PARTS[:-1])} ou {PAPER_PARTS[-1]}",
    "moment": f"choisissez {', '.join(MOMENTS[:-1])} ou {MOMENTS[-1]}",
    "que_faire": "dites en une ou deux phrases ce que fait la personne qui anime",
    "que_regarder": "dites en une ou deux phrases ce qu’il y a à regarder",
}
FREE_TEXTS = frozenset(
    {
        *("titre", "theme", "libelle", "aide", "pourquoi", "unite", "auteur", "parce_que", "phrase", "que_faire"),
        *("en_methode", "que_regarder", "a_dire", "avant", "aujourd_hui", "note", "voix", "date"),
        *("qui", "ou", "une_valeur", "texte"),
        *(key.name for kind in ALL for key in kind.keys if key.form in ("prose", "text", "task")),
    }
)
"""Keys whose value is a sentence to read, not a word that decides."""
_OTHER_DASHES = ("—", "–", "•", "·", "*")
"""What a word processor makes of a dash."""
LISTED = frozenset(
    name
    for shape in (*ITEMS.values(), *PARTS)
    for name, field in shape.model_fields.items()
    if field.annotation == list[Any]
)
"""Keys under which stands a list of sets of keys, not of names."""
GRAMMAR = Grammar(
    LISTED | {"toutes", "une_de", "aucune"},
    frozenset(name for shape in EFFECTS.values() for name in list(shape.model_fields)[1:]),
    FREE_TEXTS,
    {"anciennement": "libelle"},
)
"""What the reader of files needs to know of their keys."""
_TYPES = {
    "string_type": "un texte est attendu",
    "list_type": "une liste est attendue, un tiret par ligne",
    "dict_type": "des clés suivies de leur valeur sont attendues",
    "model_type": "des clés suivies de leur valeur sont attendues",
    "model_attributes_type": "des clés suivies de leur valeur sont attendues",
}


def fits(
    shape: type[Shape],
    node: Node,
    ledger: Ledger,
    subject: str,
    at: Node | None = None,
    lost: frozenset[str] = frozenset(),
) -> bool:
    """True when the node has the keys and kinds of values that its shape asks for; else the mistakes are noted.

    ``subject`` names the thing in messages; ``at`` is where a missing key is shown, the node itself by default; of the
    keys ``lost``, it is told already where they went.
    """
    if not isinstance(node, Mapping):
        help = as_keys(node) or "écrivez les clés l’une sous l’autre"
        ledger.error("DLA115", node, f"{subject} : {_TYPES['dict_type']}", help)
        return False
    problems = mistakes(shape, plain_data(node))
    names = list(shape.model_fields)
    extra = [str(problem["loc"][-1]) for problem in problems if problem["type"] == "extra_forbidden"]
    misspelt = {nearest(name, names) for name in extra}
    for problem in problems:
        key = str(problem["loc"][-1])
        if problem["type"] == "missing":
            if key not in misspelt and key not in lost:
                help = _HELP.get(key, f"ajoutez une ligne « {key}: … », au même retrait que ses voisines")
                ledger.error("DLA104", at or node, f"il manque « {key} » à {subject}", help)
        elif problem["type"] == "extra_forbidden":
            place = node.key(key) or node
            help = _as_item(shape, node, place) or did_you_mean(key, names)
            ledger.error("DLA103", place, f"clé inconnue « {key} » dans {subject}", help)
        else:
            _value(problem, node, ledger)
    return not problems


def parts(listed: Node | None, shapes: Keyed[str, type[Shape]] | type[Shape], ledger: Ledger) -> tuple[Node, ...]:
    """What a list of sets of keys holds; what a dash too many cut from the set above goes back to it, which is noted.

    ``shapes`` is that of each, or those known by their first key.
    """
    whole: list[Node] = []
    for node in listed.items if isinstance(listed, Sequence) else ():
        above = whole[-1] if whole else None
        if isinstance(above, Mapping) and isinstance(node, Mapping) and _goes_with(above, node, shapes):
            key = node.entries[0][0]
            text = key.place.excerpt[key.place.column - 1 :].strip()
            help = f"écrivez « {text} », sans tiret, à {above.place.column - 1} espaces du bord gauche"
            ledger.error("DLA010", key, f"un tiret en trop devant « {key.text} »", help)
            whole[-1] = replace(above, entries=above.entries + node.entries)
        else:
            whole.append(node)
    return tuple(whole)


def _goes_with(above: Mapping, node: Mapping, shapes: Keyed[str, type[Shape]] | type[Shape]) -> bool:
    """True when a set of keys lacks some, and the next has none but what it may have and has not."""
    if not above.entries or not node.entries:
        return False
    shape = shapes if isinstance(shapes, type) else shapes.get(above.entries[0][0].text)
    fields = shape.model_fields if shape else {}
    lacks = any(field.is_required() and above.key(name) is None for name, field in fields.items())
    return lacks and all(key.text in fields and above.key(key.text) is None for key, _ in node.entries)


def back_in(node: Mapping, shape: type[Shape], ledger: Ledger) -> Mapping:
    """An item, with the keys of an effect that stood at the indent of its own put back, which is noted."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        last, listed = entries[-1] if entries else (key, value)
        effect = listed.items[-1] if isinstance(listed, Sequence) and listed.items else None
        astray = key.text in GRAMMAR.inner and key.text not in shape.model_fields
        if astray and isinstance(listed, Sequence) and isinstance(effect, Mapping) and effect.key(key.text) is None:
            told = f"« {key.text} » est au retrait de « {last.text} », pas de son effet"
            ledger.error("DLA103", key, told, f"mettez cette ligne à {effect.place.column - 1} espaces du bord gauche")
            effect = replace(effect, entries=(*effect.entries, (key, value)))
            entries[-1] = last, replace(listed, items=(*listed.items[:-1], effect))
        else:
            entries.append((key, value))
    return replace(node, entries=tuple(entries))


def _as_item(shape: type[Shape], node: Mapping, key: Node) -> str:
    """What to do with a key that begins an item, or an effect, of its own; empty for any other."""
    kinds = next((kinds for kinds in (ITEMS, EFFECTS) if shape in kinds.values()), {})
    if not isinstance(key, Scalar) or key.text not in kinds:
        return ""
    start = node.entries[0][0].place.column - 3
    where = f"à {start} espaces du bord gauche" if start > 0 else "tout à gauche"
    return f"écrivez « - {key.place.excerpt.strip()} », le tiret {where}"


def _value(problem: Any, node: Mapping, ledger: Ledger) -> None:
    """A key that is allowed, with a value that does not do."""
    at: Node = node
    for step in problem["loc"]:
        below = at.get(step) if isinstance(at, Mapping) and isinstance(step, str) else None
        if isinstance(at, Sequence) and isinstance(step, int):
            below = at.items[step]
        at = below if below is not None else at
    key = next((step for step in reversed(problem["loc"]) if isinstance(step, str)), "")
    kind, context = problem["type"], problem.get("ctx", {})
    if isinstance(at, Scalar) and not at.text.strip():
        ledger.error(
            "DLA105", at, f"« {key} » est vide", "écrivez sa valeur, ou retirez la clé si elle est facultative"
        )
    elif kind.startswith("DLA"):
        ledger.error(kind, at, f"« {key} » : {problem['msg']}", context.get("help", ""))
    elif kind == "literal_error" and isinstance(at, Scalar):
        if yes_no_mistake(at) is None:
            allowed = re.findall(r"'([^']*)'", context["expected"])
            help = did_you_mean(at.text, allowed)
            ledger.error("DLA116", at, f"« {at.text.strip()} » n’est pas admis pour « {key} »", help)
    elif kind == "string_too_long" and isinstance(at, Scalar):
        too_long(ledger, at, f"« {key} »", context["max_length"], "que_faire" if key == "action" else "aide")
    elif kind == "too_short":
        ledger.error("DLA122", at, f"« {key} » est vide", "donnez au moins un élément")
    else:
        help = _list_help(at, key) if kind == "list_type" else as_keys(at)
        ledger.error("DLA115", at, f"« {key} » : {_TYPES.get(kind, 'un texte est attendu')}", help)


def as_keys(node: Node | None) -> str:
    """How to write keys where a list of them stands, or a text that has all but the colon; empty for anything else."""
    if isinstance(node, Scalar) and node.plain and (right := spelled(node.text.strip())) is not None:
        return f"écrivez « {right.text} »"
    if not isinstance(node, Sequence) or node.flow or not all(isinstance(one, Mapping) for one in node.items):
        return ""
    first = node.items[0].entries[0] if len(node.items) == 1 and isinstance(node.items[0], Mapping) else None
    if first and isinstance(first[1], Scalar) and not first[1].text:
        return f"écrivez « {first[0].text}: », sans tiret, à {node.place.column - 1} espaces du bord gauche"
    return f"retirez {'le' if len(node.items) == 1 else 'chaque'} tiret : mettez un espace à sa place"


def as_list(node: Node) -> str:
    """The names that stand between braces, or bare, as a list: « [a, b] »; empty for anything else."""
    names: list[str] = []
    if isinstance(node, Mapping) and node.flow:
        names = [key.text for key, value in node.entries if isinstance(value, Scalar) and not value.text]
    elif isinstance(node, Scalar) and node.plain:
        names = re.split(r"\s*[,;]\s*", node.text.strip())
    whole = len(names) == len(node.entries) if isinstance(node, Mapping) else True
    return f"[{', '.join(names)}]" if names and whole and all(re.fullmatch(r"\w+", one) for one in names) else ""


def _list_help(at: Node, key: str) -> str:
    if key not in LISTED and (names := as_list(at)):
        return f"écrivez {key}: {names}"
    first = at.entries[0][0] if isinstance(at, Mapping) and at.entries else at
    text = first.text.lstrip() if isinstance(first, Scalar) else ""
    if text.startswith(_OTHER_DASHES):
        return "écrivez le tiret du clavier, -, puis un espace"
    if re.match(r"-\w", text):
        return "écrivez un espace après le tiret"
    if isinstance(at, Mapping) and at.entries and not at.flow:
        return "mettez un tiret et un espace devant la première clé, deux espaces devant les autres"
    return "passez à la ligne, puis écrivez un tiret et un espace devant chacun"


def too_long(ledger: Ledger, node: Scalar, subject: str, most: int, rest: str = "aide") -> None:
    """Note a text that would not fit on a projected screen; ``rest`` is the key where the rest may go."""
    length = len(node.text.strip())
    ledger.error(
        "DLA113",
        node,
        f"{subject} compte {length} caractères, au plus {most}",
        f"raccourcissez-le : le reste peut aller dans « {rest} »",
    )


def refuse_english_yes_no(node: Node, ledger: Ledger, free: frozenset[str]) -> None:
    """Note every ``yes``, ``true``, ``vrai``… used as a value or a key; in a free text, quotes make it a word."""
    if isinstance(node, Scalar):
        _refuse(node, ledger)
    elif isinstance(node, Sequence):
        for item in node.items:
            refuse_english_yes_no(item, ledger, free)
    else:
        for key, value in node.entries:
            _refuse(key, ledger)
            if not (key.text in free and isinstance(value, Scalar) and not value.plain):
                refuse_english_yes_no(value, ledger, free)


def refuse_swallowed_keys(
    node: Node, names: Iterable[str], ledger: Ledger, subject: str, under: str = ""
) -> frozenset[str]:
    """Note every text that holds a key of its item, a colon against it: a line too far in was taken for its going on.

    The keys so lost are given.

    « interne: oui » so lost would let out what is internal. French writes a space before a colon, so that a text that
    speaks of a key is not one.
    """
    lost: set[str] = set()
    if isinstance(node, Scalar) and not node.plain:
        every = list(re.finditer(rf"(?:^|(?<=\s))({'|'.join(names)}):(?:\s+\S+|$)", node.text))
        lost = {found[1] for found in every}
        for found in every[:1]:
            said = " ".join(found[0].split())
            message = f"« {under} » de {subject} contient « {said} » : c’est du texte, pas une clé"
            back = f"mettez « {found[1]}: » au même retrait que « {under}: »"
            ledger.error("DLA140", node, message, f"{back} ; si c’est du texte, un espace avant « : »")
    elif isinstance(node, Sequence):
        for item in node.items:
            lost |= refuse_swallowed_keys(item, names, ledger, subject, under)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            lost |= refuse_swallowed_keys(value, names, ledger, subject, key.text)
    return frozenset(lost)


def _refuse(scalar: Scalar, ledger: Ledger) -> None:
    mistake = yes_no_mistake(scalar)
    if mistake is not None:
        ledger.found.append(mistake)
