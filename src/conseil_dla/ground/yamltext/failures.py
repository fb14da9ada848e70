"""Why a text cannot be read from some line on, told in French with the way out.

Starts from where the YAML library stopped and looks at the lines around it; its own words are never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conseil_dla.ground.diagnostics import Diagnostic, mistake
from conseil_dla.ground.words import compared, comparison
from conseil_dla.ground.yamltext.crowded import first_item_below, keys_on_one_line, short_answer
from conseil_dla.ground.yamltext.traps import (
    ANY_COLON,
    THIN,
    UNCLOSED,
    UNFOLDED,
    WORD,
    Source,
    anchor,
    continues,
    folded,
    key_of,
    quoted,
    tag,
)

_FRENCH_COLON = re.compile(rf"[ {THIN}]+:(?=\s|$)")
_QUOTED = re.compile(r"""(?:(?<=: )|(?<=- )|^)\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'(?![^\s,\]}#]))""")
_CLOSED_EARLY = re.compile(r"""(?::\s+|-\s+|^\s*)(?:'[^']*'(?=[^\s,\]}:'])|"(?:[^"\\]|\\.)*"\s*(?=[^\s,\]}:#]))""")


@dataclass(frozen=True, slots=True)
class Failure:
    """Where reading stopped, as the library puts it; lines and columns from 1. ``opened`` is where a part began."""

    problem: str
    context: str
    line: int
    column: int
    opened: tuple[int, int] | None = None


def explain(source: Source, failure: Failure) -> Diagnostic:
    """Why the file cannot be read from here on, in an author's words."""
    in_quotes = "quoted scalar" in failure.context
    if (told := short_answer(source, failure.line)) is not None:
        return told
    if (in_quotes and "end of stream" in failure.problem) or "document indicator" in failure.problem:
        return _unclosed(source, failure)
    if in_quotes:
        return _escape(source, failure)
    for words, explained in _BY_CONTEXT:
        if words in failure.context or words in failure.problem:
            return explained(source, failure)
    if "mapping values" in failure.problem:
        return _colon_in_text(source, failure)
    early = _CLOSED_EARLY.search(source.line(failure.line))
    if early is not None and early.end() <= failure.column:
        return _closed_early(source, failure)
    astray = _stray_french_colon(source, failure)
    if astray is not None:
        return astray
    return _layout(source, failure)


def _unclosed(source: Source, failure: Failure) -> Diagnostic:
    line, column = failure.opened or (failure.line, failure.column)
    if re.search("[“”]", source.line(line)[column:]):
        return mistake(
            "DLA008",
            source.place(line, column),
            "ce guillemet droit n’est pas fermé : ceux d’un traitement de texte, “ et ”, ne le ferment pas",
            'fermez-le par le même signe : "',
        )
    return mistake(
        "DLA008",
        source.place(line, column),
        "un guillemet ouvert ici n’est jamais fermé",
        "fermez-le à la fin du texte ; pour une apostrophe, écrivez ’ ou entourez le texte de guillemets doubles",
    )


def _escape(source: Source, failure: Failure) -> Diagnostic:
    return mistake(
        "DLA008",
        source.place(failure.line, failure.column),
        "une barre oblique inverse \\ n’a pas de sens ici, entre guillemets doubles",
        "doublez-la (\\\\), ou entourez le texte de guillemets simples '…'",
    )


def _closed_early(source: Source, failure: Failure) -> Diagnostic:
    return mistake(
        "DLA008",
        source.place(failure.line, failure.column),
        "le guillemet se ferme avant la fin du texte",
        "dans le texte, écrivez l’apostrophe ’ et les guillemets « » ; entourez le tout de guillemets doubles",
    )


def _anchor(source: Source, failure: Failure) -> Diagnostic:
    line, column = failure.opened or (failure.line, failure.column)
    return anchor(source.place(line, column), source.line(line)[column - 1 :][:1])


def _tag(source: Source, failure: Failure) -> Diagnostic:
    line, column = failure.opened or (failure.line, failure.column)
    return tag(source.place(line, column))


def _bracket(source: Source, failure: Failure) -> Diagnostic:
    line, column = failure.opened or (failure.line, failure.column)
    while line >= 1 and source.line(line)[column - 1 : column] not in ("[", "{"):
        before = source.line(line)[: column - 1]
        column = max(before.rfind("["), before.rfind("{")) + 1
        if column == 0:
            line -= 1
            column = len(source.line(line)) + 1
    sign = source.line(line)[column - 1 : column] or "["
    return mistake(
        "DLA010",
        source.place(line, column),
        UNCLOSED.format(sign),
        'fermez-le, ou mettez le texte entre guillemets s’il commence ainsi : "[…] la suite"',
    )


def _block_header(source: Source, failure: Failure) -> Diagnostic:
    line, column = failure.opened or (failure.line, failure.column)
    if re.search("[“”]", source.line(line)[column:]):
        return mistake(
            "DLA008",
            source.place(line, column),
            "ce guillemet droit n’est pas fermé : ceux d’un traitement de texte, “ et ”, ne le ferment pas",
            'fermez-le par le même signe : "',
        )
    text = source.line(line)
    if how := comparison(text[column - 1 :]):
        start = len(text) - len(text.lstrip(" -"))
        key = key_of(text[start:])
        under = compared(key, start, text[column - 1 :]) if key and key not in how else f"écrivez « {how} »"
        return mistake(
            "DLA010",
            source.place(line, start + 1, len(text.rstrip()) - start),
            "après un deux-points, le signe > annonce un texte, pas une comparaison",
            f"pour comparer un nombre dans une condition, {under}",
        )
    return mistake(
        "DLA010",
        source.place(line, column),
        "après > ou |, le texte doit commencer à la ligne suivante",
        "écrivez >- seul, puis le texte à la ligne, en retrait",
    )


def _odd_start(source: Source, failure: Failure) -> Diagnostic:
    sign = source.line(failure.line)[failure.column - 1 :][:1]
    return mistake(
        "DLA010",
        source.place(failure.line, failure.column),
        f"un texte ne peut pas commencer par {sign}" if sign else "un texte ne peut pas commencer ainsi",
        "mettez le texte entre guillemets",
    )


def _dash(source: Source, failure: Failure) -> Diagnostic:
    before = source.line(failure.line)[: failure.column - 1]
    if ANY_COLON.search(before):
        return mistake(
            "DLA010",
            source.place(failure.line, failure.column),
            "un tiret sur la même ligne que la clé",
            first_item_below(source.line(failure.line))
            or "pour une liste, passez à la ligne avant le tiret ; pour un texte, mettez-le entre guillemets",
        )
    return _indentation(source, failure)


def _indentation(source: Source, failure: Failure) -> Diagnostic:
    line = source.line(failure.line)
    start = len(line) - len(line.lstrip(" ")) + 1
    return mistake(
        "DLA009",
        source.place(failure.line, start, len(line.strip())),
        "le retrait de cette ligne ne va pas avec les lignes du dessus",
        "alignez-la exactement sur la ligne de même niveau ; un texte de plusieurs lignes se met en retrait après >-",
    )


_BY_CONTEXT = (
    ("scanning an alias", _anchor),
    ("scanning an anchor", _anchor),
    ("scanning a tag", _tag),
    ("undefined tag handle", _tag),
    ("scanning a directive", _tag),
    ("scanning a %", _tag),
    ("%YAML", _tag),
    ("flow sequence", _bracket),
    ("flow mapping", _bracket),
    ("flow node", _bracket),
    ("scanning a block scalar", _block_header),
    ("cannot start any token", _odd_start),
    ("node content", _odd_start),
    ("sequence entries", _dash),
)


def _colon_in_text(source: Source, failure: Failure) -> Diagnostic:
    line = source.line(failure.line)
    before = line[: failure.column - 1]
    start = len(line) - len(line.lstrip(" -"))
    bare = before[start:].rstrip(" " + THIN)
    if WORD.fullmatch(bare) and before[start:] == bare and not continues(source, failure.line):
        return _indentation(source, failure)
    if (told := keys_on_one_line(source, failure.line)) is not None:
        return told
    spaces = len(before) - len(before.rstrip(" " + THIN))
    place = source.place(failure.line, failure.column - spaces, spaces + 1)
    cause = "un espace devant le deux-points" if spaces else "un deux-points suivi d’un espace"
    return mistake(
        "DLA007", place, f"{cause}, dans un texte sans guillemets", _colon_mend(source, failure.line, failure.column)
    )


def _colon_mend(source: Source, number: int, column: int) -> str:
    """How to write the line whose text holds a colon at ``column``: quoted in place, or folded when it goes on."""
    line = source.line(number)
    start = len(line) - len(line.lstrip(" -"))
    opening = re.match(r"\s*(?:- +)*([^\s:\"']+):\s+(?=\S)", line)
    if opening is not None and opening.end() < column:
        head, text = line[: opening.end()].strip(), line[opening.end() :].rstrip()
        if text[:1] in "[{":
            return "dans une liste, chaque élément est un nom, sans deux-points ; un texte s’y met entre guillemets"
        if text[:1] in "\"'":
            return "entourez tout le texte de guillemets doubles, et écrivez les guillemets du texte « ainsi »"
        if source.goes_on(number, start) and (told := folded(source, number, start)):
            return told
        return f"mettez le texte entre guillemets : {head} {quoted(text)}"
    if re.match(r"\s*- ", line):
        return f"mettez le texte entre guillemets : - {quoted(line.strip()[2:].strip())}"
    return folded(source, number - 1, start) or UNFOLDED


def _stray_french_colon(source: Source, failure: Failure) -> Diagnostic | None:
    """A French colon on the line where reading failed, or on a line above it with the same indentation."""
    first = failure.opened[0] if failure.opened and "simple key" in failure.context else failure.line
    for number in (failure.line, first, first - 1, first - 2):
        line = source.line(number)
        blank = _QUOTED.sub(lambda match: "x" * len(match.group()), line)
        match = _FRENCH_COLON.search(blank)
        if match is None or blank.lstrip().startswith("#"):
            continue
        if number < first and _indent(line) not in (_indent(source.line(first)), _indent(source.line(first)) - 2):
            continue
        place = source.place(number, match.start() + 1, match.end() - match.start())
        message = "un espace devant le deux-points, dans un texte sans guillemets"
        return mistake("DLA007", place, message, _colon_mend(source, number, match.end()))
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _layout(source: Source, failure: Failure) -> Diagnostic:
    number = failure.line
    if "expected ':'" in failure.problem and failure.opened is not None:
        number = failure.opened[0]
    line = source.line(number)
    parted = re.match(r"( *(?:- +)*)([a-z_][a-z0-9_]*) *([^\w\s:].*)", line)
    if parted and (how := compared(parted[2], len(parted[1]), parted[3])):
        place = source.place(number, len(parted[1]) + 1, len(line.rstrip()) - len(parted[1]))
        return mistake("DLA010", place, f"il manque le deux-points de « {parted[2]} »", how)
    moved = Failure(failure.problem, failure.context, number, failure.column)
    if "expected ':'" in failure.problem and not line.lstrip().startswith("-"):
        place = source.place(number, _indent(line) + 1, len(line.strip()))
        return mistake(
            "DLA010",
            place,
            "cette ligne n’est ni une clé suivie d’un deux-points, ni un élément de liste",
            "si elle continue un texte, écrivez >- après la clé et mettez toutes les lignes du texte en retrait",
        )
    above = source.line(number - 1)
    if re.search(r"\S\s+#", _QUOTED.sub("", above)) and _indent(line) > _indent(above):
        place = source.place(number, _indent(line) + 1, len(line.strip()))
        help = "mettez le texte entre guillemets, ou le commentaire seul sur sa ligne, avant le texte"
        return mistake("DLA009", place, "cette ligne continue un texte que le # de la ligne du dessus a coupé", help)
    if line.strip():
        return _indentation(source, moved)
    help = "vérifiez les guillemets, les crochets et les retraits, ici et juste au-dessus"
    return mistake(
        "DLA010", source.place(number, failure.column), "la suite du fichier n’est pas lisible à partir d’ici", help
    )
