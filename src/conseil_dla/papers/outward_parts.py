"""Parts that several outward papers share. Written from what may go out (``wall.Outward``), never from more.

Each gives blocks without a heading, so that a paper chooses its own titles and order. A blank is said as one: nothing
is filled by guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from conseil_dla.ground.french import day_text, listed, lowered, sentence
from conseil_dla.papers.blocks import TO_FILL, Block, Bullets, Grid, Heading, Paragraph
from conseil_dla.papers.wall import Outward
from conseil_dla.rules.counting import shown
from conseil_dla.rules.kinds import DRAWN
from conseil_dla.rules.kinds.spec import OnPaper
from conseil_dla.rules.model import FORCES, Base, Entry
from conseil_dla.rules.tables import Cell
from conseil_dla.wording.advice import opinion_words, request_words
from conseil_dla.wording.clauses import question_name
from conseil_dla.wording.provenance import claims_text, observed_text

TO_COMPLETE = "[à compléter]"
"""Stands where words are to be written by hand."""
CHOSEN_NOT_TO = "Le choix argumenté de ne pas aller plus loin est aussi un résultat recevable."
"""Said where no item of the knowledge says it of this situation."""
THE_NOTE = "« La note » est une note de terrain de 2012 sur l’accompagnement collectif d’associations culturelles."
"""Said after the sources, to who has never seen it."""
NOT_THE_NOTE = "Ce qui suit ne vient pas de la note : d’autres l’ont observé."
"""Said before what the network saw."""
NO_JUDGEMENT = "Ce n’est pas une évaluation des structures."
UNSAID = re.compile(r"^Elles\b")
"""A paragraph that would begin without saying whom it speaks of."""
MOST_TO_CLEAR = 6
"""How many open questions a paper names."""
MOST_REASONS = 3
"""How many reasons for a form it gives, the heaviest first."""


def dated(kind: str, out_on: str) -> str:
    """What a paper is, and its day in words."""
    return f"{kind} · {day_text(out_on)}"


def opinion(out: Outward) -> list[Block]:
    """« Mon avis »: the format kept and why, or lines to be filled."""
    lines = tuple(line.text for line in opinion_words(out.base, out.dossier.opinion))
    if not lines:
        return [Heading("Mon avis"), Paragraph(f"Je retiens : {TO_COMPLETE}. Pourquoi : {TO_COMPLETE}.", "lead")]
    rest: list[Block] = [Paragraph(text) for text in lines[1:]]
    if not out.dossier.opinion.why:
        rest.append(Paragraph(f"Pourquoi : {TO_COMPLETE}."))
    return [Heading("Mon avis"), Paragraph(lines[0], "lead"), *rest]


def origin(out: Outward) -> list[Block]:
    """Where the request comes from, in their words first."""
    words = [line.text for line in request_words(out.dossier.demand, "")]
    quote: list[Block] = [Paragraph(text, "quote") for text in words]
    return [
        *(quote or [Paragraph(f"Dans les mots des structures : {TO_COMPLETE}", "quote")]),
        *running(out.told("origine")),
    ]


def group(out: Outward) -> list[Block]:
    """Who they are: what answers say, then the table of structures when there is one."""
    told = running(out.told("groupe"))
    table = structures(out)
    return [*told, *table] or [Paragraph(f"Les structures concernées : {TO_COMPLETE}.")]


def structures(out: Outward) -> list[Block]:
    """The table of structures; an unknown cell is to be filled."""
    rows = out.dossier.structures
    if not rows:
        return []
    columns = [id for id in out.base.logic.columns if any(id in row.cells for row in rows)]
    titles = ("Structure", *(out.base.title("colonne", id) for id in columns))
    cells = [
        (row.name or TO_COMPLETE, *(_cell(out.base, id, row.cells.get(id)) for id in columns)) for row in rows
    ]  # fmt: skip
    return [Grid(titles, tuple(cells), (3, *(2 for _ in columns)))]


def _cell(base: Base, column: str, cell: Cell | None) -> str:
    if cell is None:
        return ""
    return base.entry("colonne", column).labels.get(str(cell)) or shown(base.logic.columns[column], cell)


def each_ones_aim(out: Outward) -> list[Block]:
    """What each structure looks for: rows to fill, since no answer says it."""
    rows = tuple((row.name or TO_COMPLETE, TO_COMPLETE) for row in out.dossier.structures)
    told = running(out.told("chacune"), out.done("chacune"))
    if rows:
        return [*told, Grid(("Structure", "Ce qu’elle attend de l’accompagnement"), rows, (2, 5))]
    return [*told, Paragraph(f"Ce que chaque structure attend pour elle-même : {TO_COMPLETE}.")]


def shape(out: Outward) -> list[Block]:
    """The form thought of: what it is, how long, who pays."""
    if not out.formats:
        return [Paragraph(f"La forme reste à choisir : {TO_COMPLETE}.", "lead")]
    lead = "La forme retenue" if out.is_kept else "La forme envisagée à ce stade"
    names = listed([lowered(out.base.title("format", id)) for id in out.formats], "ou")
    blocks: list[Block] = [Paragraph(f"{lead} : {names}.", "lead")]
    several = len(out.formats) > 1
    for id in out.formats:
        name = f"{out.base.title('format', id)} : " if several else ""
        told = definition(out, id)
        blocks.append(Paragraph(f"{name}{lowered(told) if several else told}"))
    following = [id for id in out.reading.format.after if id not in out.formats]
    if following and all(out.base.logic.formats[id].preparatory for id in out.formats):
        after = listed([lowered(out.base.title("format", id)) for id in following], "ou")
        blocks.append(Paragraph(f"Ensuite, si les structures le confirment : {after}."))
    return blocks


def definition(out: Outward, format: str) -> str:
    """What a format is, in words that speak to anyone."""
    texts = out.base.entry("format", format).texts
    return texts.get("en_methode") or texts.get("definition", "")


def frame(out: Outward, *, with_budget: bool = True) -> list[Block]:
    """Duration, budget, who pays, dates: what the knowledge says, and blanks."""

    def of(key: str) -> str:
        return " ".join(out.base.entry("format", id).texts.get(key, "") for id in out.formats).strip()

    dates = " ".join(out.told("forme"))
    rows = [
        ("Durée", f"{of('duree')} {TO_FILL}".strip()),
        ("Calendrier", f"{dates} {TO_COMPLETE}".strip() if TO_COMPLETE not in dates else dates),
        *([("Budget", TO_FILL)] if with_budget else []),
        ("Financement", of("qui_paie") or TO_COMPLETE),
    ]
    return [Grid(("Point", "À ce jour"), tuple(rows), (1, 4))]


def reasons(out: Outward) -> list[Block]:
    """What leads to that form: reasons that may be told, each once."""
    for id in out.formats:
        pro = [a for a in out.reading.format.arguments if a.format == id and a.side == "pour"]
        motifs = dict.fromkeys(a.motif for a in sorted(pro, key=lambda a: FORCES.index(a.force)))
        names = [lowered(out.base.title("motif", motif)) for motif in list(motifs)[:MOST_REASONS]]
        if names and len(out.formats) == 1:
            said = " ; ".join(names) if any("," in name for name in names) else listed(names)
            return [Paragraph(f"Ce qui conduit à cette forme : {said}.")]
    return []


def not_that(out: Outward) -> list[Block]:
    """What it is not."""
    said = [out.base.entry("format", id).texts.get("n_est_pas", "") for id in out.formats]
    return [Bullets((*(text for text in said if text), NO_JUDGEMENT))]


def steps(out: Outward, most: int | None = None) -> list[Block]:
    """How it would be gone about."""
    ways = out.done("forme")
    return [Bullets(ways[:most] if most else ways)] if ways else [Paragraph(TO_COMPLETE)]


def qualities(out: Outward) -> list[Block]:
    """What is expected of the provider."""
    ways = out.done("qualites")
    return [Bullets(ways)] if ways else [Paragraph(f"Ce que le DLA attend du prestataire : {TO_COMPLETE}.")]


def partners(out: Outward, *, names: bool = True) -> list[Block]:
    """Whom to work with, and who shares the cost."""
    known = running(out.told("partenaires"))
    drawn = []
    for entry in _said(out, "partners") if names else ():
        drawn.append(f"{entry.title} : {lowered(entry.texts['en_methode'])}")
    items = (*out.done("partenaires"), *drawn)
    blocks = [*known, *([Bullets(items)] if items else [])]
    return blocks or [Paragraph(f"Partenaires et cofinanceurs : {TO_COMPLETE}.")]


def _said(out: Outward, how: OnPaper) -> Iterable[Entry]:
    """What is drawn of the kinds that papers say so, where somebody wrote how."""
    kinds = [kind.word for kind in DRAWN if kind.on_paper == how]
    entries = (out.base.entry(each.kind, each.id) for kind in kinds for each in out.reading.drawn_of(kind))
    return (entry for entry in entries if entry.texts.get("en_methode"))


def later(out: Outward) -> list[Block]:
    """What it will be time to look at, months after: only what somebody wrote for papers."""
    due = [entry.texts for (kind, _), entry in out.base.texts.items() if kind == "rappel"]
    due.sort(key=lambda texts: int(texts["apres_mois"]))
    said = tuple(f"{texts['apres_mois']} mois après : {lowered(texts['en_methode'])}" for texts in due
                 if texts.get("en_methode"))  # fmt: skip
    return [Heading("Après l’accompagnement", 2), Bullets(said)] if said else []


def progress(out: Outward) -> list[Block]:
    """What will be held to be progress, choosing not to go on included."""
    issue = out.done("issue")[:1] or (CHOSEN_NOT_TO,)
    return [*running(out.told("progres")), Bullets((*out.done("progres"), *issue))]


def to_clear(out: Outward) -> list[Block]:
    """What comes first, what is to be had, and what is still to be known."""
    blocks: list[Block] = []
    if first := out.done("avant"):
        blocks += [Paragraph("À faire d’abord :"), Bullets(first)]
    if had := tuple(entry.texts["en_methode"] for entry in _said(out, "before")):
        blocks += [Paragraph("À réunir avant de commencer :"), Bullets(had)]
    told = [one.question for one in out.reading.to_ask if _is_told(out, one.question)]
    if names := [question_name(out.base, id) for id in told[:MOST_TO_CLEAR]]:
        names += ["d’autres points moins pressants"] if len(told) > MOST_TO_CLEAR else []
        blocks.append(Paragraph(f"À préciser encore : {listed(names)}."))
    return blocks or [Paragraph("Rien à ce jour.")]


def _is_told(out: Outward, question: str) -> bool:
    return bool(out.base.entry("question", question).texts.get("dans_les_papiers"))


def supports(out: Outward) -> list[Block]:
    """What helps already."""
    there = []
    for factor in out.reading.factors:
        entry = out.base.entry("facteur", factor.id)
        if factor.state == "present" and entry.texts.get("dans_les_papiers"):
            there.append(entry.title)
    return [Bullets(tuple(there))] if there else []


def sources(out: Outward) -> list[Block]:
    """Where the form and the ways come from: of the note by claim, with voice and date; apart, what the network saw."""
    formats = [out.base.entry("format", id) for id in out.formats]
    noted = [f"{each.title} {said}" for each in formats if (said := claims_text(out.base, each.sources))]
    claims = sorted({claim for way in out.ways for claim in way.sources})
    if claims:
        noted.append(f"Comment s’y prendre {claims_text(out.base, claims)}")
    seen = [f"{each.title}. {observed_text((each.observation,))}" for each in formats if each.observation]
    seen += [f"{sentence(way.text)} {observed_text((way.seen,))}" for way in out.ways if way.seen]
    told = (*noted, *([THE_NOTE] if noted else []), *([NOT_THE_NOTE, *dict.fromkeys(seen)] if seen else []))
    return [Heading("Sources", 2), *(Paragraph(text, "quiet") for text in told)] if told else []


def running(*texts: Sequence[str]) -> list[Block]:
    """Sentences as one paragraph; nothing when there is none."""
    said = " ".join(text for some in texts for text in some)
    return [Paragraph(UNSAID.sub("Les structures", said))] if said else []


def part(title: str, *blocks: Iterable[Block]) -> list[Block]:
    """A part with its title; nothing when it would be empty."""
    inside = [block for some in blocks for block in some]
    return [Heading(title), *inside] if inside else []
