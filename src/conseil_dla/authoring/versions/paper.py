"""What another version of the rules says otherwise, as a paper for those who write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from conseil_dla.authoring.proofs import about
from conseil_dla.authoring.versions.ends_text import answers_told, end_text, name_of_chart
from conseil_dla.authoring.versions.items_text import REWRITTEN, changed_lines, let_out_lines, named, shown_lines
from conseil_dla.authoring.versions.versions import MovedDossier, StateChange, VersionDifference
from conseil_dla.exact.moves import Difference, Move, Rest
from conseil_dla.ground.french import READ_AT_A_GLANCE, counted, few, harmless, listed, numbered, quoted, sentence
from conseil_dla.papers.blocks import Block, Bullets, Grid, Heading, Paper, Paragraph, cleaned
from conseil_dla.reading.conclusions import Name
from conseil_dla.rules.model import Answers
from conseil_dla.wording.differences import name_of, state_of

TITLE = "Ce que changent les nouvelles règles"
COMBINATIONS = "combinaisons de réponses, pas projets réels"
SAME = "Rien ne change : tout dossier, complet ou non, reçoit les mêmes conclusions pour les mêmes raisons."
WORDS_ALONE = ("Seuls les mots changent : tout dossier, complet ou non, reçoit les mêmes conclusions pour les mêmes "
               "raisons, dites autrement.")  # fmt: skip
ESTIMATED = ("« Environ » : ces règles sont trop nombreuses pour que tout soit compté ; la part est estimée sur des "
             "combinaisons tirées au hasard, à ce qui est dit près dix-neuf fois sur vingt. Chaque changement est "
             "prouvé, et son exemple y suffit.")  # fmt: skip
OTHERS = "D’autres passages sont possibles"
MOST_ANSWERS = 16
"""Of an example, those that are told one by one."""
MOST_TRANSITIONS = 12
"""Passages from one format or posture to another that are told one by one."""
MOST_NAMED = 6
"""Questions, motifs and other items of one kind that one of the first lines names; all of them are named further on."""
WHOLE = "Les listes en entier"
MOST_ALIKE = 8
"""Dossiers that move alike, named under the first of them."""
REFUSED = {"avant": "Ses réponses étaient refusées ensemble ; elles sont admises.",
           "apres": "Ses réponses étaient admises ; elles sont refusées ensemble."}  # fmt: skip


def write(difference: VersionDifference, before: str, after: str) -> Paper:
    """The whole of it. ``before`` and ``after`` name the two folders."""
    blocks = (
        *_summary(difference),
        *_dossiers(difference),
        *_conclusions(difference),
        *_transitions(difference, "format", "Le format, d’une version à l’autre"),
        *_transitions(difference, "posture", "La posture, d’une version à l’autre"),
        *_coherence(difference),
        *_whole(difference),
        *_items(difference),
    )
    digests = difference.before.digest, difference.after.digest
    subtitle = f"Avant : {harmless(before)} ({digests[0]}) ; après : {harmless(after)} ({digests[1]})"
    return cleaned(Paper(TITLE, subtitle, tuple(blocks)))


def _summary(difference: VersionDifference) -> Iterator[Block]:
    first, *others = summary_lines(difference)
    yield Paragraph(first, "lead")
    yield from map(Paragraph, others)


def summary_lines(difference: VersionDifference) -> Iterator[str]:
    """What one wants to know first: which dossiers move, and how much of the advice."""
    if difference.is_same:
        yield WORDS_ALONE if any(item.how == "mots" for item in difference.items) else SAME
        return
    yield from let_out_lines(difference, MOST_NAMED)
    read = counted(difference.read, "cas, essai ou dossier relu", "cas, essais et dossiers relus")
    moved = counted(len(difference.moved), "bouge", "bougent") if difference.moved else "aucun ne bouge"
    if difference.read:
        yield f"{read} : {moved}."
    if difference.unfit:
        unfit = counted(difference.unfit, "n’a pu être comparé", "n’ont pu être comparés")
        yield f"{unfit} : aucune des deux versions n’admet ses réponses ensemble."
    yield from _meaning_lines(difference.meaning)
    yield from shown_lines(difference)
    yield from _named_lines(difference, MOST_NAMED)


def _named_lines(difference: VersionDifference, most: int = 0) -> Iterator[str]:
    """What there is of no conclusion: questions and motifs by their titles, ``most`` of them where it is not 0."""
    for kind, ids, lead in (
        (
            "question",
            difference.unknown,
            "Tant qu’elles n’ont pas de réponse, ces questions ne comptent plus de la même façon",
        ),
        ("motif", difference.given_up, "Plus aucune règle ne donne ces motifs"),
        ("motif", difference.taken_up, "Ces motifs, qu’aucune règle ne donnait, sont maintenant donnés"),
        (
            "motif",
            difference.retold,
            "D’autres règles donnent ces motifs, qui peuvent être établis plus tôt ou plus tard",
        ),
        ("motif", difference.moved_motifs, "Les mêmes règles donnent ces motifs, dans d’autres dossiers qu’avant"),
    ):  # fmt: skip
        if ids:
            names = [named(difference, kind, id) for id in ids]
            yield f"{lead} : {listed(few(names, most, 'autre', 'autres') if most else names)}."


def _meaning_lines(meaning: Difference) -> Iterator[str]:
    """How much moves, of all complete dossiers."""
    for kind, what in (("format", "le format"), ("posture", "la posture"), ("moment", "le moment")):
        moves = [move for move in meaning.moves if move.name == (kind,)]
        part = _together([*moves, *(rest for rest in meaning.rest if rest.name == (kind,))], meaning.total)
        if moves:
            yield f"{sentence(what)[:-1]} change pour {part} des {COMBINATIONS}."
        elif part:
            yield f"Que {what} ne change jamais n’a pu être prouvé ; s’il change, c’est pour {part} des {COMBINATIONS}."
    if any(move.margin for move in meaning.moves):
        yield ESTIMATED
    others = {move.name for move in meaning.moves if len(move.name) > 1 and move.name[0] != "argument"}
    if others:
        named = counted(len(others), "autre conclusion change", "autres conclusions changent")
        yield f"{named}, pour certains dossiers."
    if not meaning.rest and not any(move.name[0] != "argument" for move in meaning.moves):
        yield "Pour un dossier complet que les deux versions peuvent lire, aucune conclusion ne change."


def _together(some: Sequence[Move | NamedMove | Rest], total: int) -> str:
    """The part that they make, nothing if there is none: what goes one way goes no other."""
    margin = sqrt(sum(each.margin**2 for each in some))
    return about(sum(each.number for each in some), margin, total) if some else ""


def _dossiers(difference: VersionDifference) -> Iterator[Block]:
    """Dossiers that move, those of which the same moves told together."""
    if difference.moved:
        yield Heading("Les cas, essais et dossiers qui bougent")
    alike: dict[object, list[MovedDossier]] = {}
    for dossier in difference.moved:
        alike.setdefault((dossier.refused, dossier.changes), []).append(dossier)
    for first, *others in alike.values():
        yield Heading(_title(first), 2)
        if others:
            yield Paragraph(f"De même pour {counted(len(others), 'autre', 'autres')} : {_titles(others)}.")
        if first.refused:
            yield Paragraph(REFUSED[first.refused])
        if first.changes:
            rows = [_state_row(difference, change) for change in first.changes]
            yield Grid(("Ce dont il s’agit", "avant", "après"), tuple(rows), (4, 3, 3))


def _title(dossier: MovedDossier) -> str:
    return dossier.title or dossier.path


def _titles(dossiers: Sequence[MovedDossier]) -> str:
    return listed(few([quoted(_title(each)) for each in dossiers], MOST_ALIKE, "autre encore", "autres encore"))


def _state_row(difference: VersionDifference, change: StateChange) -> tuple[str, str, str]:
    return (
        _called(difference, change.name, change.after is None),
        state_of(difference.before, change.name, change.before),
        state_of(difference.after, change.name, change.after),
    )


def _called(difference: VersionDifference, name: Name, is_gone: bool) -> str:
    first, second = (difference.before, difference.after) if is_gone else (difference.after, difference.before)
    try:
        return name_of(first, name)
    except KeyError:
        return name_of(second, name)


def _conclusions(difference: VersionDifference) -> Iterator[Block]:
    """Everything but format and posture, conclusion by conclusion."""
    moves = [move for move in told_moves(difference) if move.kind not in ("format", "posture")]
    if not moves:
        return
    yield Heading("Ce qui apparaît, disparaît ou change")
    is_cut = any(len(move.witness) > MOST_ANSWERS for move in moves)
    cut = " ; « --temoins » écrit en entier ceux qui sont longs" if is_cut else ""
    yield Paragraph(f"Parts : {COMBINATIONS}. L’exemple est un dossier qui suffit à le montrer{cut}.", "quiet")
    yield Grid(
        ("Conclusion", "avant", "après", "part", "par exemple"),
        tuple(_move_row(difference, move) for move in moves),
        (4, 2, 2, 2, 6),
    )
    if rest := [each for each in difference.meaning.rest if each.name[0] == "moment"]:
        yield Paragraph(f"{OTHERS} pour le moment : {_together(rest, difference.meaning.total)} en tout.", "quiet")


def _move_row(difference: VersionDifference, move: NamedMove) -> tuple[str, ...]:
    return (
        move.called,
        end_text(difference.before, move.name, move.before),
        end_text(difference.after, move.name, move.after),
        about(move.number, move.margin, difference.meaning.total),
        _example(difference, move.witness),
    )


def _example(difference: VersionDifference, answers: Answers) -> str:
    """A witness, cut short where it is long: ``--temoins`` writes it whole."""
    told = answers_told((difference.after, difference.before), answers)
    return " ; ".join(few(told, MOST_ANSWERS, "autre réponse", "autres réponses")) or "tout dossier"


def _transitions(difference: VersionDifference, kind: str, title: str) -> Iterator[Block]:
    meaning = difference.meaning
    moves = [move for move in told_moves(difference) if move.kind == kind]
    if moves:
        yield Heading(title)
        rows = [
            (
                end_text(difference.before, move.name, move.before),
                end_text(difference.after, move.name, move.after),
                about(move.number, move.margin, meaning.total),
                _example(difference, move.witness),
            )
            for move in moves[:MOST_TRANSITIONS]
        ]
        yield Grid(("avant", "après", "part", "par exemple"), tuple(rows), (4, 4, 3, 6))
        hidden, beyond = moves[MOST_TRANSITIONS:], [rest for rest in meaning.rest if rest.name == (kind,)]
        left = _together([*hidden, *beyond], meaning.total)
        if beyond:
            more = f" ; la forme json en montre {len(hidden)} de plus" if hidden else ""
            yield Paragraph(f"{OTHERS}, plus rares, et on n’en sait pas le nombre : {left} en tout{more}.", "quiet")
        elif hidden:
            told = counted(len(hidden), "autre passage, plus rare", "autres passages, plus rares")
            yield Paragraph(f"Et {told} : {left} en tout ; la forme json les donne tous.", "quiet")


def _coherence(difference: VersionDifference) -> Iterator[Block]:
    told = []
    for refusal, words in ((difference.meaning.refused, "admises avant, refusées ensemble maintenant"),
                           (difference.meaning.admitted, "refusées avant, admises maintenant")):  # fmt: skip
        if refusal is not None:
            number = counted(refusal.number, "combinaison de réponses", "combinaisons de réponses")
            of = "de " if refusal.number >= READ_AT_A_GLANCE else ""
            number = number.replace(f"{refusal.number} ", f"{numbered(refusal.number)} {of}")
            told.append(f"{number} {words}, par exemple {_example(difference, refusal.witness)}.")
    if told:
        yield Heading("Ce qui est refusé ou admis")
        yield Bullets(tuple(told))


def _whole(difference: VersionDifference) -> Iterator[Block]:
    """What the first lines cut short."""
    lists = [
        (tuple(let_out_lines(difference, MOST_NAMED)), tuple(let_out_lines(difference))),
        (tuple(_named_lines(difference, MOST_NAMED)), tuple(_named_lines(difference))),
    ]
    left = [whole for cut, every in lists for part, whole in zip(cut, every, strict=True) if part != whole]
    if left:
        yield Heading(WHOLE)
        yield from map(Paragraph, left)


def _items(difference: VersionDifference) -> Iterator[Block]:
    lines = tuple(changed_lines(difference))
    if lines:
        yield Heading(REWRITTEN)
        yield from map(Paragraph, lines)


@dataclass(frozen=True, slots=True)
class NamedMove:
    """A move with what it is called."""

    kind: str
    name: Name
    called: str
    before: Any
    after: Any
    number: int
    margin: float
    witness: Answers


def told_moves(difference: VersionDifference) -> tuple[NamedMove, ...]:
    """Every move, in the order of a reading."""
    return tuple(_told(difference))


def _told(difference: VersionDifference) -> Iterator[NamedMove]:
    for move in difference.meaning.moves:
        called = (
            name_of_chart(difference.after, move.name) or name_of_chart(difference.before, move.name) or move.name[-1]
        )
        ends = move.before, move.after
        yield NamedMove(move.name[0], move.name, called, *ends, move.number, move.margin, move.witness)


def witness_text(difference: VersionDifference, move: NamedMove) -> tuple[str, str]:
    """Title of the dossier that shows a move, and what there is to see in it."""
    was, now = end_text(difference.before, move.name, move.before), end_text(difference.after, move.name, move.after)
    told = f"Avant : {was}. Après : {now}. Écrit par « regles differences » : ce n’est la demande de personne."
    return f"Témoin : {move.called}", told
