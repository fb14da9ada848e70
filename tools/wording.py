"""What can be measured of the French of rules/ and knowledge/: what stands against the words of the house, by place.

    python tools/wording.py [FILE...]     every offender: place, sort, what to write instead, text; 1 where any is
    python tools/wording.py --baisser     lowers the counts that the tests hold to what is still there

Sorts, and what each asks:

    elles        a text read alone (a title, the first words of a paragraph, a line of a paper) names « les structures »
                 before it says « elles », « chacune », « ils »
    titre        a title is a sentence, or a noun that everybody knows: not « X, et Y »
    dire         exprimer, formuler, préciser, décider, annoncer: « se dire » and « à dire » say none of these
    sans_agent   in a paper, somebody does it: no passive without « par »
    mot          the words of ``tests/rules/wording/mots.yaml`` have another in their place
    lisible      a sentence has at most 30 words where it is read alone, 35 elsewhere

What stood before is counted, by file and sort, in ``tests/rules/wording/connus.yaml``, and may only become less.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
HELD = ROOT / "tests" / "rules" / "wording"
KNOWN, AVOIDED = HELD / "connus.yaml", HELD / "mots.yaml"
ALONE, ELSEWHERE = 30, 35
"""Words in a sentence, at most."""

TITLES = {"titre", "libelle"}
OUTWARD = {"en_methode", "phrase", "phrases"}
"""What papers print."""
LONGER = {"aide", "pourquoi", "note", "a_dire", "a_preparer", "experience", "notes", "que_dire"}
"""Read under something that names what they speak of."""
DATA = {
    "source", "statut", "auteur", "a_relire", "interne", "type", "quand", "alors", "exemples", "jamais", "posee_si",
    "ordinaires", "modifiable", "murit", "profil", "a_demander", "ouvre_la_lecture", "a_poser_tot", "dans_les_papiers",
    "anciennement", "du_tableau", "bornes", "pour_formats", "axes", "preparatoire", "attendu", "version", "voix",
    "valeurs", "codes_postaux", "si", "deja_prevu_si", "demande_dans_leurs_mots", "moment", "minutes", "date",
    "apres_mois", "appuis", "poles_sources", "avant", "aujourd_hui", "atelier", "nature",
}  # fmt: skip
"""Keys under which stand ids, conditions and numbers, and what others have said."""

NAMED = re.compile(
    r"\b(?:structures?|associations?|compagnies|entreprises|équipes|organisations?|personnes|collectivités?|fédérations?)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:elles|chacune)\b", re.IGNORECASE)
THEY = re.compile(r"[«\s]*(?:Elles|Chacune|Ils)\b")
TITLE = re.compile(r", et\b|, (?:par|en étant|venant|vue|posée) ")
SAY = re.compile(
    r"\b(?:se |s’)(?:dire|dit|disent|dira|diront|dirait|diraient|dise|disait)\b|\b(?:reste|restent|encore) à dire\b"
    r"|\bdite?s? par\b|\bbesoins (?:dits|à dire)\b|\bdire (?:les|leurs|ses|des) besoins\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"\b(?:est|sont|sera|seront|a été|ont été)\s+(?:(?:ensuite|aussi|alors|d’abord|chacune|toujours|donc)\s+)?"
    r"(?:re|ré)?(?:pris|recueilli|construit|adapté|préparé|présenté|confirmé|déplacé|fixé|décidé|prévu|mis|annoncé|"
    r"recherché|proposé|choisi|associé|invité|vérifié|précisé|écrit|défini|organisé|partagé|tenu|donné|consacré|"
    r"rassemblé|comparé|relu|posé|traité|travaillé|rencontré|entendu|identifié|nommé|indiqué|revu|convenu|réservé|"
    r"laissé|gardé|demandé|cherché|examiné|étudié|calculé|estimé|chiffré|transmis|remis|suivi|accompagné|réuni|dit)"
    r"e?s?\b",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:par|de concert avec|d’un commun accord)\b")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0»]+(?=[«A-ZÀÂÇÉÈÊÎÔŒ])")
WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Text:
    """A text of a file: where it stands, under which key of which item, and what it says on one line."""

    file: str
    line: int
    item: str
    key: str
    said: str
    source: tuple[str, ...] = ()

    def line_of(self, part: str) -> int:
        """The line on which a part of it begins."""
        first = " ".join(part.split()[:3])
        for number in range(self.line, min(self.line + 40, len(self.source)) + 1):
            if first in self.source[number - 1]:
                return number
        return self.line


@dataclass(frozen=True)
class Offender:
    """One thing to write otherwise."""

    file: str
    line: int
    sort: str
    said: str
    instead: str = ""


def texts(path: Path, root: Path = ROOT) -> Iterator[Text]:
    """The French texts of a file of rules, knowledge, cases or trials."""
    written = path.read_text(encoding="utf-8")
    tree = yaml.compose(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    name = path.resolve().relative_to(root).as_posix() if path.resolve().is_relative_to(root) else str(path)
    lines = tuple(written.split("\n"))
    items = tree.value if isinstance(tree, yaml.SequenceNode) else [tree]
    for item in items:
        if isinstance(item, yaml.MappingNode):
            kind = item.value[0][0].value
            for key, value in item.value[kind not in ("version", "titre") :]:
                for leaf in _leaves(value, key.value):
                    yield Text(name, leaf.start_mark.line + 1, kind, key.value, " ".join(leaf.value.split()), lines)


def _leaves(node: yaml.Node, key: str) -> Iterator[yaml.ScalarNode]:
    if key in DATA or (key == "reponses" and isinstance(node, yaml.SequenceNode)):
        return
    if isinstance(node, yaml.ScalarNode):
        if WORD.search(node.value) and " " in node.value:
            yield node
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _leaves(each, key)
    else:
        for name, value in node.value:
            yield from _leaves(value, key if key in ("reponses", "phrases") else name.value)


def sentences(said: str) -> list[str]:
    """The sentences of a text."""
    return [part for part in SENTENCE_END.split(said) if part.strip()]


def offenders(text: Text) -> Iterator[Offender]:
    """Everything of a text that is to be written otherwise."""
    in_trial = text.item in ("version", "titre")
    answer, claim = text.key == "reponses", text.item == "affirmation"
    is_title = text.key in TITLES and not (claim or in_trial)
    alone = not (in_trial or answer or claim or text.key in LONGER)

    def found(sort: str, part: str, instead: str = "") -> Offender:
        return Offender(text.file, text.line_of(part), sort, part, instead)

    parts = sentences(text.said)
    if alone and (unnamed := next((part for part in parts if _unnamed(text.said, part)), None)):
        yield found("elles", unnamed, "nommer les structures, les associations ou le groupe")
    if is_title and TITLE.search(text.said):
        yield found("titre", text.said, "une phrase avec un verbe, ou un nom que tout le monde connaît")
    most = sys.maxsize if in_trial else ALONE if alone else ELSEWHERE
    for part in parts:
        if SAY.search(part) and not (in_trial or claim):
            yield found("dire", part, "exprimer, formuler, préciser, décider, annoncer")
        if text.key in OUTWARD and PASSIVE.search(part) and not BY.search(part):
            yield found("sans_agent", part, "le DLA, le prestataire ou chaque structure en sujet")
        if sum(bool(WORD.search(word)) for word in part.split()) > most:
            yield found("lisible", part, f"{most} mots au plus")
        for instead in _avoided_in(part, everywhere=in_trial or claim):
            yield found("mot", part, instead)


def _avoided_in(part: str, *, everywhere: bool) -> Iterator[str]:
    """What is written in the place of each word to avoid that stands in a sentence."""
    for word, instead, always, but in avoided():
        if (always or not everywhere) and any(not (but and but.match(part, at.start())) for at in word.finditer(part)):
            yield instead


def _unnamed(said: str, part: str) -> bool:
    """Does this sentence say « elles » before anybody is named in the text? « Ils », only as its first word."""
    start = said.index(part)
    if start == 0 and THEY.match(part):
        return True
    pronoun = PRONOUN.search(part)
    return pronoun is not None and not NAMED.search(said, 0, start + pronoun.start())


@cache
def avoided() -> tuple[tuple[re.Pattern[str], str, bool, re.Pattern[str] | None], ...]:
    """Each word to avoid, what stands in its place, whether cases and trials avoid it too, and where it is right."""
    listed = yaml.safe_load(AVOIDED.read_text(encoding="utf-8"))
    return tuple(
        (
            re.compile(r"(?<!\w)" + re.escape(each["mot"]).replace(r"\*", r"[\w·]*") + r"(?!\w)", re.IGNORECASE),
            each["plutot"],
            bool(each.get("partout")),
            re.compile(each["sauf"], re.IGNORECASE) if "sauf" in each else None,
        )
        for each in listed
    )


def files(root: Path = ROOT) -> list[Path]:
    """Rules, knowledge, cases and trials."""
    return sorted([*(root / "rules").glob("*.yaml"), *(root / "knowledge").rglob("*.yaml")])


def found_in(paths: list[Path]) -> list[Offender]:
    """All offenders of some files, in reading order."""
    return [each for path in paths for text in texts(path) for each in offenders(text)]


def counts(found: list[Offender]) -> dict[str, dict[str, int]]:
    """How many of each sort, by file."""
    number = Counter((each.file, each.sort) for each in found)
    return {
        file: {sort: number[file, sort] for _, sort in sorted(key for key in number if key[0] == file)}
        for file in sorted({file for file, _ in number})
    }


def known() -> dict[str, dict[str, int]]:
    """The counts that the tests hold."""
    return yaml.safe_load(KNOWN.read_text(encoding="utf-8")) or {} if KNOWN.exists() else {}


def write_known(held: dict[str, dict[str, int]]) -> None:
    """One line a file, so that two writers seldom meet."""
    head = "# Par fichier et par sorte, ce qui reste à récrire (tools/wording.py). Ces nombres ne font que baisser.\n"
    lines = [f"{file}: {{{', '.join(f'{sort}: {n}' for sort, n in sorts.items())}}}\n" for file, sorts in held.items()]
    KNOWN.write_text(head + "".join(lines), encoding="utf-8")


def lowered(now: dict[str, dict[str, int]], held: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """What is held from now on: never more than before, and nothing of what is mended."""
    least = {
        file: {sort: min(n, held.get(file, {}).get(sort, 0)) for sort, n in sorts.items()}
        for file, sorts in now.items()
    }
    return {file: kept for file, sorts in least.items() if (kept := {sort: n for sort, n in sorts.items() if n})}


def main() -> int:
    """Offenders of the files named, or of all; or the counts lowered."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--baisser", action="store_true")
    options = parser.parse_args()
    found = found_in(options.files or files())
    if options.baisser:
        write_known(lowered(counts(found_in(files())), known()))
        return 0
    for each in found:
        print(f"{each.file}:{each.line}  {each.sort} ({each.instead})  {each.said}")
    totals = Counter(each.sort for each in found)
    print(", ".join(f"{sort} {number}" for sort, number in sorted(totals.items())) or "rien")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
