"""A rules folder on disk, read whole: files to texts, texts to nodes, nodes to a base.

What it names is told to whoever helps to write it. It is taken from the ledger, so that a folder with mistakes still
gives what could be read of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, in_reading_order, mistake
from conseil_dla.ground.files import content_of
from conseil_dla.ground.french import counted
from conseil_dla.ground.nodes import Mapping as MappingNode
from conseil_dla.ground.nodes import Node, Scalar, Sequence
from conseil_dla.ground.shelving import looks_copied
from conseil_dla.ground.yamltext import decode, parse
from conseil_dla.rules.loading.build import build, collect, note_ghosts, without_echoes
from conseil_dla.rules.loading.checking import GRAMMAR
from conseil_dla.rules.loading.layout import SUBFOLDERS, items, set_aside
from conseil_dla.rules.loading.ledger import Ledger
from conseil_dla.rules.model import Base, Question
from conseil_dla.rules.tables import Column

NOT_READ = frozenset({"DLA018", "DLA022"})
"""Remarks on files that give nothing to the rules: told wherever a folder serves. Others are for who writes rules."""
LARGEST_FILE = 2_000_000
"""Bytes of one file: nearly ten times all that is shipped, and some ten thousand rules."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came out of a folder. ``base`` is None when there is any error."""

    base: Base | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def unread(self) -> tuple[Diagnostic, ...]:
        """The remarks on files that were given and are not used."""
        return tuple(one for one in self.diagnostics if one.code in NOT_READ)


def load(folder: Path, *, shown_as: str | None = None) -> Loaded:
    """Read a rules folder, with every mistake of every file in reading order. Never raises on what files hold.

    What is not read comes first: what others miss may stand there.

    ``shown_as`` replaces the folder in the places of findings; the empty text leaves paths relative to it.
    """
    return _load(folder, str(folder) if shown_as is None else shown_as, Ledger())


def missing_parts(folder: Path) -> tuple[Diagnostic, ...]:
    """What keeps a folder from being one of rules, whatever its files hold; nothing where it is one."""
    found: list[Diagnostic] = []
    _files(folder, str(folder), found)
    return tuple(one for one in found if one.code == "DLA016")


def load_words(folder: Path) -> tuple[Known, Loaded]:
    """What the folder names, as far as it can be read; mistakes in it do not prevent this."""
    ledger = Ledger()
    loaded = _load(folder, str(folder), ledger)
    return known_words(ledger), loaded


def _load(folder: Path, name: str, ledger: Ledger) -> Loaded:
    unread: list[Diagnostic] = []
    files = _files(folder, name, unread)
    written: list[Diagnostic] = []
    complete = not any(one.is_error for one in unread)
    for file, shown in files:
        text, found = _read(file, shown)
        written += found
        if text is None:
            complete = False
            continue
        root, found = parse(text, shown, GRAMMAR)
        written += found or _nothing(root, shown)
        if any(one.is_error for one in found):
            note_ghosts(ledger, text)
        collect(ledger, root)
    flawless = complete and not any(one.is_error for one in written)
    base = build(ledger, Place(name), complete=complete, flawless=flawless)
    found = told_once(without_echoes(written, ledger.found))
    failed = any(one.is_error for one in (*unread, *found))
    return Loaded(None if failed else base, in_reading_order(unread) + in_reading_order(found))


def _files(folder: Path, name: str, found: list[Diagnostic]) -> list[tuple[Path, str]]:
    """The files to read with the names to show, in order; missing folders and files set aside are noted."""
    if not folder.is_dir():
        help = "vérifiez le chemin ; « regles initier » crée un dossier neuf"
        message = "ce dossier de règles n’existe pas" if not folder.exists() else "c’est un fichier, pas un dossier"
        found.append(mistake("DLA016", Place(name), message, help))
        return []
    files: list[tuple[Path, str]] = []
    for sub in SUBFOLDERS:
        shown = PurePath(name, sub).as_posix()
        try:
            paths = items(folder, sub).read
        except OSError:
            help = f"un dossier de règles contient {SUBFOLDERS[1]}/ et {SUBFOLDERS[0]}/"
            found.append(mistake("DLA016", Place(shown), "ce dossier manque, ou ne se lit pas", help))
            continue
        files += [(path, f"{shown}/{path.name}") for path in paths]
    found += set_aside(folder, name)
    return files


def _nothing(root: Node | None, shown: str) -> list[Diagnostic]:
    """A remark on a file that holds no item."""
    is_blank = (isinstance(root, Scalar) and not root.text.strip()) or (isinstance(root, Sequence) and not root.items)
    if root is not None and not is_blank:
        return []
    help = "écrivez-y un élément (un modèle par sorte est dans modeles/), ou retirez ce fichier"
    return [Diagnostic("DLA022", Severity.WARNING, Place(shown), "ce fichier ne contient rien à lire", help)]


def _read(file: Path, shown: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, or None and why it cannot be had."""
    try:
        data = content_of(file, LARGEST_FILE + 1)
    except FileNotFoundError:
        help = "il vient d’être retiré, ou c’est un lien qui ne mène plus nulle part : remettez-le, ou effacez le lien"
        return None, [mistake("DLA017", Place(shown), "ce fichier a disparu", help)]
    except OSError:
        help = "vérifiez que c’est bien un fichier et que vous avez le droit de le lire"
        return None, [mistake("DLA017", Place(shown), "ce fichier ne s’ouvre pas", help)]
    if len(data) > LARGEST_FILE:
        message = f"ce fichier est trop gros : plus de {LARGEST_FILE // 1_000_000} millions de caractères"
        help = "faites-en plusieurs ; s’il n’est pas de vous, c’est sans doute un autre fichier : retirez-le"
        return None, [mistake("DLA020", Place(shown), message, help)]
    return decode(data, shown)


TAKEN = "DLA108"
ENOUGH = 3
"""Items of one file that another has too, from which the file itself is told."""


def told_once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same findings, those on items of a copied file replaced by one on the file."""
    kept = list(found)
    pairs = Counter(_pair(one) for one in kept)
    for pair, number in pairs.items():
        if pair is not None and _is_copy(pair, number):
            kept = [one for one in kept if _pair(one) != pair]
            kept.append(_finding(pair, number))
    return kept


def _pair(one: Diagnostic) -> tuple[str, str] | None:
    """Both files where it says that an item of one is in another."""
    if one.code != TAKEN or one.also is None or one.place.file == one.also.file:
        return None
    return one.place.file, one.also.file


def _is_copy(pair: tuple[str, str], number: int) -> bool:
    one, other = (Path(file).name for file in pair)
    return number >= ENOUGH or looks_copied(one, other) or looks_copied(other, one)


def _finding(pair: tuple[str, str], number: int) -> Diagnostic:
    """The copy is the one whose name says so, else the one read last."""
    copy, original = pair if not looks_copied(Path(pair[1]).name, Path(pair[0]).name) else pair[::-1]
    known = f"{counted(number, 'élément')} y {'portent' if number > 1 else 'porte'} le même nom"
    message = f"ce fichier semble être une copie de « {Path(original).name} » : {known}"
    help = "gardez l’un des deux, et sortez l’autre de ce dossier ; si les deux servent, renommez leurs éléments"
    return mistake("DLA021", Place(copy), message, help, Place(original))


# --- what a folder names ---------------------------------------------------------------------------------------------

Words = Mapping[str, str]
"""Titles or wordings by id."""


@dataclass(frozen=True, slots=True)
class Known:
    """Every name that may be cited."""

    titles: Mapping[str, Words]
    """By kind, ``constat`` included: it has no title of its own."""
    questions: Mapping[str, Question]
    """Those that could be read; ``titles`` has the others too."""
    asked: Words
    """The wording of each question read."""
    answers: Mapping[str, Words]
    """By question."""
    columns: Mapping[str, Column]
    cells: Mapping[str, Words]
    """Wordings of the answers of a column."""
    former_questions: Words
    """Former question ids (``anciennement``) to today’s."""
    former_answers: Mapping[str, tuple[str, ...]]
    """By question of today."""


def known_words(ledger: Ledger) -> Known:
    """The names in the ledger, once everything is read."""
    titles = {kind: {item.id: item.node.text("titre") for item in ledger.of(kind)} for kind in ledger.items}
    titles["constat"] = dict.fromkeys(ledger.concluded, "")
    items = ledger.items["question"]
    return Known(
        titles=titles,
        questions=dict(ledger.questions),
        asked={id: items[id].node.text("libelle") for id in ledger.questions},
        answers={id: dict(ledger.labels.get(id, {})) for id in ledger.questions},
        columns=dict(ledger.columns),
        cells={id: dict(labels) for id, labels in ledger.column_labels.items()},
        former_questions={old: id for id in ledger.questions for old in _texts(items[id].node.get("anciennement"))},
        former_answers={id: tuple(_former_answers(items[id].node.get("reponses"))) for id in ledger.questions},
    )


def _former_answers(answers: Node | None) -> Iterator[str]:
    for _, value in answers.entries if isinstance(answers, MappingNode) else ():
        if isinstance(value, MappingNode):
            yield from _texts(value.get("anciennement"))


def _texts(node: Node | None) -> list[str]:
    items = node.items if isinstance(node, Sequence) else ()
    return [item.text.strip() for item in items if isinstance(item, Scalar)]
