"""What a rule concludes, in the words of readings, each conclusion a link."""

from __future__ import annotations

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.ground.french import NBSP, counted, lowered, quoted
from conseil_dla.rules.model import Argue, Base, Conclude, Draw, Effect, Push, RuleOut
from conseil_dla.wording.page_parts import FINDING, Link, Run
from conseil_dla.wording.reasons import FORCE_WORDS
from conseil_dla.wording.search_index import LEVEL_WORDS


def effect_run(base: Base, effect: Effect) -> Run:
    """One effect after « alors »."""
    match effect:
        case Conclude(finding):
            return ("constat ", Link(FINDING, finding, quoted(finding)))
        case Push(axis, points):
            lead = Link("axe", axis, quoted(base.title("axe", axis)))
            return (lead, f" va vers {quoted(lowered(side_text(base, axis, points)))}, {points_text(points)}")
        case Argue(format, side, force, motif):
            reason = Link("motif", motif, lowered(base.title("motif", motif)))
            about = Link("format", format, quoted(base.title("format", format)))
            return (f"{side} ", about, f"{NBSP}: ", reason, f" ({FORCE_WORDS[force]})")
        case RuleOut(format):
            return (Link("format", format, quoted(base.title("format", format))), " écarté par définition")
        case Draw(kind, id, level):
            when = f", {LEVEL_WORDS[level]}" if level else ""
            return (f"{KIND_PAGES[kind].noun} ", Link(kind, id, quoted(base.title(kind, id))), when)


def side_text(base: Base, axis: str, sign: int) -> str:
    """The side of an axis that points of this sign go to."""
    return base.entry("axe", axis).texts.get("positif" if sign > 0 else "negatif", "")


def points_text(points: int) -> str:
    """How far a rule pushes, its side being said."""
    return counted(abs(points), "point")
