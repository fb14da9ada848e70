"""What an outline is made of: lines that know what they speak of, under titles; and what the help page says of each.

How strongly a line is said is told in the words of docs/lire-une-lecture.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from conseil_dla.ground.topic import Topic, topic
from conseil_dla.reading.values import Certainty, Reading
from conseil_dla.rules.kinds import READ
from conseil_dla.rules.kinds.vigilance import VIGILANCE
from conseil_dla.rules.model import Base, Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading. From it one can go to why, to a question, to an experience, or to what it folds."""

    text: str
    target: tuple[Kind, str] | None = None
    """The conclusion that the line speaks of: what « pourquoi » explains."""
    question: str | None = None
    """The question that the line leads to."""
    main: bool = False
    """True for the line that the eye should find first in its section."""
    indent: int = 0
    sides: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """Under the text, reasons for and reasons against: beside one another where there is room."""
    folded: tuple[Line, ...] = ()
    """Lines that the text stands for, shown on request."""
    is_count: bool = False
    """True where what is folded is only counted, in papers too: none of it is established."""
    case: str = ""
    """File of the experience that the line opens."""
    writes_opinion: bool = False
    """True for the line that leads to writing « Mon avis »."""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of lines; one without a title goes on from the one before. ``key`` is stable, for code only."""

    key: str
    title: str
    lines: tuple[Line, ...]


# --- what the help page says of a line -------------------------------------------------------------------------------

WHY = "« Pourquoi »"
HELP_BY_KIND: dict[tuple[Kind, str], Topic] = {
    (kind.word, level): topic(*said) for kind in READ for level, said in (kind.words.help or {}).items()
}
"""By kind and level, which is empty where a kind has none."""
CERTAINTIES: dict[Certainty, str] = {
    "certaine": "« Cela ne dépend plus des réponses manquantes » : quelle que soit la suite, la conclusion tient.",
    "sauf_exception": "« Sauf exception » : la conclusion tient si les réponses manquantes sont celles d’un "
    "projet courant. « Sauf si » nomme la réponse qui ouvrirait autre chose, et quoi.",
    "possible": "« Encore ouvert » : au moins une suite y mène, et rien ne l’établit encore.",
}
SECTIONS: dict[str, Topic] = {
    "experience": topic(
        "Une expérience à lire",
        "Un cas réel, et d’où il vient : ce qui s’est passé, lu avec les seules réponses que sa source permet. Rien ne "
        "s’adresse à vous, et rien n’est écrit dans ce fichier.",
    ),
    "opinion": topic(
        "Mon avis",
        "Ce que vous retenez, quoi que dise la lecture. Aucune règle ne le lit.",
    ),
    "asked": topic(
        "Ce qui est demandé",
        "À quoi ressemble la demande, d’après la réponse à la première question : jamais le nom d’un format.",
    ),
    "words": topic(
        "La demande",
        "Les mots des structures, et ce que vous entendez derrière la demande. Aucune règle ne lit ces textes.",
    ),
    "advised": topic(
        "Le format à proposer",
        "Celui qui ressort des réponses. L’annonce dit si ses raisons citent la note, ou seulement des observations du "
        "réseau. Tant qu’aucun ne ressort, « rien n’est tranché », et ceux qui restent "
        "sont nommés ; une égalité est annoncée, jamais départagée en secret.",
    ),
    "before": topic(
        "Avant de lancer",
        "Ce qui est à régler d’abord, et les préalables. Ne rien trouver à signaler est une réponse normale.",
    ),
    "during": HELP_BY_KIND[VIGILANCE.word, "pendant"],
    "mind": HELP_BY_KIND[VIGILANCE.word, "en_tete"],
    **{kind.section: HELP_BY_KIND[kind.word, ""] for kind in READ if kind.section not in ("", "before")},
    "check": topic(
        "À vérifier",
        "Des points encore ouverts, dont une condition au moins est déjà remplie : sept au plus ; les autres "
        "se déplient.",
    ),
    "nearest": topic(
        "L’expérience la plus proche",
        "Le cas réel qui a le plus de réponses en commun avec votre dossier, et le moins qui diffèrent. À lire à "
        "côté : ce n’est pas un modèle, et rien ne mesure à quel point il ressemble.",
    ),
    "nearest_seen": topic(
        "Une expérience racontée ailleurs que dans la note",
        "La même chose, parmi des expériences plus récentes que d’autres ont racontées : qui, où et quand sont dits. "
        "Elle repose sur ce seul récit.",
    ),
    "to_write": topic(
        "Mon avis",
        "Ce que vous retenez, quoi que dise la lecture. Une fois écrit, il vient en tête. Aucune règle ne le lit.",
    ),
    "ripening": topic(
        "Ce qui pourrait mûrir, et qui peut agir",
        "Les plus petits changements, trois réponses au plus, qui feraient changer le format ou la place, ou "
        "lèveraient une vigilance ou un préalable. Ce sont des hypothèses : rien n’est écrit dans le dossier.",
    ),
    "ask": topic(
        "À demander",
        "Les questions qui comptent encore, rangées par personne à qui les poser. Entrée dit pourquoi la poser, → y "
        "mène.",
    ),
    "remaining": topic(
        "Ce qui reste à savoir",
        "La prochaine question est celle qui en apprend le plus sur ce qui n’est pas encore montré. Une question dite "
        "sans effet ne peut plus rien changer, quelles que soient les réponses aux autres.",
    ),
}
"""By section, for the lines that speak of no conclusion."""
LINE = topic("Une ligne de la lecture", f"{WHY} s’ouvre avec Entrée, quand la ligne a un pourquoi.")
EXCEPTION = topic("« Sauf si »", CERTAINTIES["sauf_exception"])
FOOTED = topic(
    "Ce à quoi cela tient",
    "Les quelques réponses qui, à elles seules, montrent ce format ou cette place, et sans lesquelles il ne se "
    "montrerait plus. Elles valent d’être vérifiées.",
)


def line_topic(base: Base, reading: Reading, sections: tuple[Section, ...], line: Line) -> Topic:
    """The topic of a line: of the conclusion that it speaks of, else of the section where it stands."""
    if line.target is not None:
        return _of_conclusion(base, reading, *line.target)
    key = next((section.key for section in sections if line in (*section.lines, *_folded(section))), "")
    if key in ("advised", "place") and line.question is not None and not line.main:
        exceptions = (*reading.format.usual.unless, *reading.posture.usual.unless)
        return EXCEPTION if any(unless.question == line.question for unless in exceptions) else FOOTED
    return SECTIONS.get(key, LINE)


def _folded(section: Section) -> tuple[Line, ...]:
    return tuple(folded for line in section.lines for folded in line.folded)


def _of_conclusion(base: Base, reading: Reading, kind: Kind, id: str) -> Topic:
    drawn = next((d for d in reading.drawn if (d.kind, d.id) == (kind, id)), None)
    about = HELP_BY_KIND.get((kind, drawn.level or "" if drawn is not None else ""), LINE)
    said = drawn.certainty if drawn is not None else _certainty(reading, kind, id)
    told = (*about.paragraphs, CERTAINTIES[said]) if said is not None else about.paragraphs
    return topic(f"{about.title} : {base.title(kind, id)}", *told)


def _certainty(reading: Reading, kind: Kind, id: str) -> Certainty | None:
    """How strongly a format or a posture is said; None where that is no matter of strength."""
    match kind:
        case "format":
            settled = reading.format.retained, *reading.format.tied
            shown, possible = reading.format.shown, reading.format.possible
        case "posture":
            settled = reading.posture.retained, *reading.posture.between
            shown, possible = reading.posture.shown, reading.posture.possible
        case _:
            return None
    if id in settled:
        return "certaine"
    if id in shown:
        return "sauf_exception"
    return "possible" if id in possible else None
