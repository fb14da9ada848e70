"""A reading as sections of lines: the one order and wording that the screen, the terminal and the papers share."""

from __future__ import annotations

from collections.abc import Iterable

from conseil_dla.model import Base, Dossier, Kind, Level, Opinion
from conseil_dla.reading.values import Argument, Drawn, Prospects, Reading
from conseil_dla.reporting.ahead import footing_lines, remaining_lines, ripening_lines, to_ask_lines
from conseil_dla.reporting.clauses import answer_text
from conseil_dla.reporting.format_reasons import FORCE_WORDS
from conseil_dla.reporting.french import NBSP, counted, harmless, listed, lowered, quoted, sentence, spaced
from conseil_dla.reporting.lines import Line, Section
from conseil_dla.reporting.sentences import details, settled_words, titles, unless_text

MOST_TO_CHECK = 7
"""How many conclusions that are only possible are listed; the others are counted."""
MOST_UNKNOWN_SUPPORTS = 5
"""How many supports that nothing is known of are listed; the others are counted."""
NOTHING_AHEAD = Prospects()
NO_DOSSIER = Dossier("", "", {})
NUMBERS = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


def outline(
    base: Base, reading: Reading, prospects: Prospects = NOTHING_AHEAD, dossier: Dossier = NO_DOSSIER
) -> tuple[Section, ...]:
    """The whole reading, in the order in which it is read. Of a dossier, only what no rule reads is looked at.

    The officer's own opinion, once written, comes before everything. A reported case is not spoken to as a project
    under way: nobody is there to be asked, and nothing can ripen.
    """
    reported = reading.reported
    ahead = NOTHING_AHEAD if reported else prospects
    sections = (
        Section("experience", "Une expérience à lire", tuple(_experience(dossier))),
        Section("opinion", "Mon avis", tuple(_opinion(base, dossier.opinion))),
        Section("asked", "Ce qui était demandé" if reported else "Ce que l’on vous demande",
                tuple(_asked(base, reading, dossier.demand, dossier.heard))),
        Section("advised", "Ce que la note invite à proposer", tuple(_advised(base, reading, ahead))),
        Section("before", "Avant de lancer", tuple(_before(base, reading))),
        Section("place", "La place du DLA" if reported else "Votre place (pour vous seul·e)",
                tuple(_place(base, reading, ahead))),
        Section("during", "À tenir pendant", tuple(_vigilances(base, reading, "pendant"))),
        Section("mind", "À garder en tête", tuple(_vigilances(base, reading, "en_tete"))),
        Section("check", "À vérifier", tuple(_to_check(base, reading))),
        Section("formats", "Les raisons, format par format", tuple(_formats(base, reading))),
        Section("supports", "Appuis", tuple(_supports(base, reading))),
        Section("ways", "Comment s’y prendre", tuple(_ways(base, reading))),
        Section("partners", "Avec qui", tuple(_drawn(base, _certain(reading, "partenaire"), "definition"))),
        Section("tensions", "La note dit les deux", tuple(_tensions(base, reading))),
        Section("ripening", "Ce qui pourrait mûrir, et qui peut agir", tuple(ripening_lines(base, ahead))),
        Section("ask", "Ce que la note ne dit pas" if reported else "À demander au prochain rendez-vous",
                tuple(to_ask_lines(base, reading))),
        Section("remaining", "Ce qui reste à savoir",
                () if reported else tuple(remaining_lines(base, reading, dossier.profile))),
    )  # fmt: skip
    return tuple(section for section in sections if section.lines)


def _experience(dossier: Dossier) -> Iterable[Line]:
    """What was done and what came of it, and what the source leaves unsaid."""
    if dossier.experience:
        yield Line("Un cas rapporté par la note, lu avec les seules réponses qu’elle permet.", main=True)
        yield Line(harmless(dossier.experience))
        if note := dossier.notes.get(""):
            yield Line(harmless(note))


def _opinion(base: Base, opinion: Opinion) -> Iterable[Line]:
    kept = [lowered(base.title("format", opinion.format))] if opinion.format else []
    kept += [f"comme place{NBSP}: {lowered(base.title('posture', opinion.posture))}"] if opinion.posture else []
    if kept:
        yield Line(f"Je retiens{NBSP}: {' ; '.join(kept)}.".replace(" ;", f"{NBSP};"), main=True)
    if opinion.why:
        yield Line(f"Pourquoi{NBSP}: {harmless(opinion.why)}")
    if opinion.accepts:
        yield Line(f"Ce que j’accepte{NBSP}: {harmless(opinion.accepts)}")


# --- asked and advised ----------------------------------------------------------------------------------------------


def _asked(base: Base, reading: Reading, demand: str, heard: str) -> Iterable[Line]:
    for id in base.logic.questions:
        opens = base.entry("question", id).texts.get("ouvre_la_lecture") == "oui"
        if opens and id in reading.answers and id not in reading.not_applicable:
            told = lowered(answer_text(base, id, reading.answers[id]))
            yield Line(f"Cela ressemble à{NBSP}: {told}.", question=id, main=True)
    if demand.strip():
        yield Line(f"Dans leurs mots{NBSP}: {_in_words(demand)}")
    if heard.strip():
        yield Line(f"Ce que vous entendez derrière{NBSP}: {harmless(heard.strip())}")


def _in_words(text: str) -> str:
    """A free text as it was written, between guillemets unless it brings its own."""
    text = harmless(text.strip())
    return text if "«" in text else quoted(text)


def _advised(base: Base, reading: Reading, prospects: Prospects) -> Iterable[Line]:
    format = reading.format
    shown = format.shown
    if not shown:
        yield Line(_still_open(base, format.possible), main=True)
        return
    yield Line(f"{headline(base, reading)}.", target=("format", shown[0]), main=True)
    for id in shown if len(shown) > 1 else ():
        yield Line(sentence(base.title("format", id)), target=("format", id), indent=1)
    if format.nothing_stands_out:
        yield Line("Rien ne s’impose vraiment : c’est le moins mal placé.".replace(" :", f"{NBSP}:"), indent=1)
    if format.retained or format.tied:
        yield Line(settled_words(reading), target=("format", shown[0]), indent=1)
    for unless in format.usual.unless:
        yield Line(f"{unless_text(base, 'format', unless)}.", question=unless.question, indent=1)
    if format.usual.several:
        names = titles(base, "format", format.usual.several)
        verb = "demanderait" if len(format.usual.several) == 1 else "demanderaient"
        yield Line(f"{names} {verb} au moins deux réponses inhabituelles à la fois.", indent=1)
    yield from footing_lines(base, prospects, "format")
    yield from _path(base, reading)


def _still_open(base: Base, possible: tuple[str, ...]) -> str:
    """What is left when no format is shown, in the order of the knowledge."""
    if not possible:
        return "Vos réponses écartent tous les formats. Relisez-les, ou parlez-en à qui écrit les règles."
    if len(possible) == len(base.logic.formats):
        return f"Rien n’est tranché{NBSP}: le choix reste entièrement ouvert."
    left = [quoted(base.title("format", id)) for id in base.logic.formats if id in possible]
    number = NUMBERS[len(left)] if len(left) < len(NUMBERS) else str(len(left))
    return f"Rien n’est tranché{NBSP}: le choix reste ouvert entre {number} formats, {listed(left)}."


def _path(base: Base, reading: Reading) -> Iterable[Line]:
    """D’abord, ensuite: only where what is shown only prepares."""
    shown = reading.format.shown
    preparatory = [id for id in shown if base.logic.formats[id].preparatory]
    if preparatory and reading.format.then:
        first = listed([lowered(base.title("format", id)) for id in preparatory], "ou")
        then = listed([lowered(base.title("format", id)) for id in reading.format.then], "ou")
        yield Line(f"D’abord{NBSP}: {first} · ensuite{NBSP}: {then}", target=("format", preparatory[0]), indent=1)


def headline(base: Base, reading: Reading) -> str:
    """The format in one line, without its exceptions; what is open when nothing is shown yet."""
    shown = reading.format.shown
    if not shown:
        return "Rien n’est tranché encore"
    certain = reading.format.retained or reading.format.tied
    if not certain and len(shown) == 1:
        return f"À ce stade, plutôt{NBSP}: {lowered(base.title('format', shown[0]))}"
    if len(shown) > 1:
        return f"À égalité{NBSP}: {listed([lowered(base.title('format', id)) for id in shown])}"
    return base.title("format", shown[0])


# --- before launching, and the place of the DLA ---------------------------------------------------------------------

MOMENTS = {
    "pret": "Rien ne s’oppose à lancer.",
    "a_preparer": "À préparer d’abord.",
    "pas_tel_quel": "Pas tel quel : une étape vient avant.".replace(" :", f"{NBSP}:"),
}
"""How the moment is said."""


def _before(base: Base, reading: Reading) -> Iterable[Line]:
    lines = [
        *_drawn(base, _certain(reading, "prealable"), "definition"),
        *_drawn(base, _certain(reading, "vigilance", "avant"), "que_faire"),
    ]
    if reading.moment:
        yield Line(MOMENTS[reading.moment], main=True)
    yield from lines
    usual = [d for d in reading.drawn_of("vigilance") if d.certainty == "sauf_exception" and d.level == "avant"]
    usual += [d for d in reading.drawn_of("prealable") if d.certainty == "sauf_exception"]
    for drawn in usual:
        yield Line(f"Sauf réponse inhabituelle{NBSP}: {base.title(drawn.kind, drawn.id)}", (drawn.kind, drawn.id))


def posture_line(base: Base, reading: Reading, *, most: int | None = None) -> str:
    """Where the situation places the DLA, in one line; past ``most`` postures still open, none is named."""
    posture = reading.posture
    shown, possible = posture.shown, posture.possible
    place = "La place du DLA" if reading.reported else "Votre place"
    if not shown and (len(possible) > most if most is not None else len(possible) == len(base.logic.postures)):
        return f"{place} reste entièrement ouverte."
    if not shown:
        return f"{place} reste ouverte{NBSP}: {titles(base, 'posture', possible, 'ou')}."
    if len(shown) > 1:
        return f"Entre {titles(base, 'posture', shown)}{NBSP}: les réponses s’équilibrent."
    name = quoted(base.title("posture", shown[0]))
    if not (posture.retained or posture.nearest):
        return f"À ce stade, {lowered(place)} serait plutôt{NBSP}: {name}."
    return f"La situation {'place le DLA' if reading.reported else 'vous place'} ainsi{NBSP}: {name}."


def _place(base: Base, reading: Reading, prospects: Prospects) -> Iterable[Line]:
    posture = reading.posture
    shown = posture.shown
    yield Line(posture_line(base, reading), target=("posture", shown[0]) if shown else None, main=True)
    certain = posture.retained or posture.between or posture.off_note
    if shown and certain:
        yield Line(settled_words(reading), target=("posture", shown[0]), indent=1)
    off_note = posture.off_note or (not certain and posture.usual.off_note)
    if off_note and shown:
        caution = "À lire avec prudence : la note ne décrit pas cette situation ; c’est la posture la plus proche."
        yield Line(spaced(caution), target=("posture", shown[0]), indent=1)
    for unless in posture.usual.unless:
        yield Line(f"{unless_text(base, 'posture', unless)}.", question=unless.question, indent=1)
    yield from footing_lines(base, prospects, "posture")
    for id in () if off_note else shown:
        entry = base.entry("posture", id)
        lead = f"{entry.title}. " if len(shown) > 1 else ""
        for text in details(base, "posture", id):
            yield Line(f"{lead}{text}", target=("posture", id), indent=1)
            lead = ""


# --- collected conclusions ------------------------------------------------------------------------------------------


def _certain(reading: Reading, kind: Kind, level: Level | None = None) -> list[Drawn]:
    return [d for d in reading.drawn_of(kind) if d.certainty == "certaine" and level in (None, d.level)]


def _drawn(base: Base, drawn: Iterable[Drawn], detail: str = "") -> Iterable[Line]:
    for each in drawn:
        entry = base.entry(each.kind, each.id)
        yield Line(entry.title, target=(each.kind, each.id))
        if text := entry.texts.get(detail):
            yield Line(text, target=(each.kind, each.id), indent=1)


def _vigilances(base: Base, reading: Reading, level: Level) -> Iterable[Line]:
    return _drawn(base, _certain(reading, "vigilance", level), "que_faire")


def _to_check(base: Base, reading: Reading) -> Iterable[Line]:
    """Conclusions with one condition already established, few enough to be read; the rest are counted."""
    waiting = [d for d in reading.drawn if d.certainty != "certaine" and d.kind in ("vigilance", "prealable")]
    already = {d.id for d in waiting if d.certainty == "sauf_exception" and (d.level == "avant" or not d.level)}
    grounded = [d for d in waiting if d.grounded and d.id not in already]
    for drawn in grounded[:MOST_TO_CHECK]:
        yield Line(base.title(drawn.kind, drawn.id), target=(drawn.kind, drawn.id))
    folded = len(grounded[MOST_TO_CHECK:])
    if folded:
        yield Line(f"et {counted(folded, 'autre point encore ouvert', 'autres points encore ouverts')}")


def _formats(base: Base, reading: Reading) -> Iterable[Line]:
    """What is shown first, then what is still open, then the others, each in the order of the knowledge."""
    format = reading.format
    for id in sorted(base.logic.formats, key=lambda id: (id not in format.shown, id not in format.possible)):
        arguments = [a for a in reading.format.arguments if a.format == id and a.certainty != "possible"]
        if rules := reading.format.ruled_out.get(id):
            yield Line(f"{base.title('format', id)} (écarté par définition)", target=("format", id))
            yield from (Line(f"− {lowered(base.title('regle', r))}", target=("format", id), indent=1) for r in rules)
            continue
        if not arguments:
            continue
        out = "" if id in reading.format.possible else " (derrière, d’après les réponses)"
        yield Line(f"{base.title('format', id)}{out}", target=("format", id), main=id in reading.format.shown)
        yield from (Line(text, target=("format", id), indent=1) for text in _argument_lines(base, arguments))


def _argument_lines(base: Base, arguments: list[Argument]) -> Iterable[str]:
    """One line a reason: the same motif on one side counts once, at its highest force."""
    order = list(FORCE_WORDS)
    seen: dict[tuple[str, str], Argument] = {}
    for argument in arguments:
        key = (argument.side, argument.motif)
        if key not in seen or order.index(argument.force) < order.index(seen[key].force):
            seen[key] = argument
    for argument in sorted(seen.values(), key=lambda a: (a.side != "pour", order.index(a.force), a.motif)):
        mark = "+" if argument.side == "pour" else "−"
        yield f"{mark} {base.title('motif', argument.motif)} ({FORCE_WORDS[argument.force]})"


def _supports(base: Base, reading: Reading) -> Iterable[Line]:
    for state, words in (("present", "Présent"), ("possible", "Encore possible"), ("inconnu", "Non renseigné")):
        there = [factor.id for factor in reading.factors if factor.state == state]
        found = [id for id in there if _listed_under(base.logic.factors[id].formats, reading)]
        told = found[:MOST_UNKNOWN_SUPPORTS] if state == "inconnu" else found
        for id in told:
            yield Line(f"{words}{NBSP}: {lowered(base.title('facteur', id))}", ("facteur", id))
        if more := len(found) - len(told):
            yield Line(f"et {counted(more, 'autre, non renseigné', 'autres, non renseignés')}")


def _ways(base: Base, reading: Reading) -> Iterable[Line]:
    for drawn in _certain(reading, "modalite"):
        if _listed_under(base.logic.modalities[drawn.id].formats, reading):
            foreseen = {"deja_prevu": " (déjà prévu)", "a_prevoir": " (à prévoir)"}.get(drawn.foreseen or "", "")
            yield Line(f"{base.title('modalite', drawn.id)}{foreseen}", target=("modalite", drawn.id))
            if drawn.foreseen != "deja_prevu":
                yield Line(base.entry("modalite", drawn.id).texts["definition"], ("modalite", drawn.id), indent=1)


def _listed_under(formats: frozenset[str], reading: Reading) -> bool:
    """Is an item attached to a format that is shown (or possible, while none is)? No format named means all."""
    return not formats or bool(formats & set(reading.format.shown or reading.format.possible))


def _tensions(base: Base, reading: Reading) -> Iterable[Line]:
    for drawn in _certain(reading, "tension"):
        entry = base.entry("tension", drawn.id)
        yield Line(entry.title, target=("tension", drawn.id))
        for title in entry.pole_titles:
            yield Line(sentence(title), target=("tension", drawn.id), indent=1)
