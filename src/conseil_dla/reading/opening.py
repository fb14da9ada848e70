"""A rules folder opened for use: the base, its inference engine, its diagrams, and what of it is not read."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.engine import choose
from conseil_dla.engine.outcome import Engine
from conseil_dla.exact.atlas import MOST_COMPARED, Atlas
from conseil_dla.exact.atlas_in_parts import AtlasInParts
from conseil_dla.exact.diagram import MOST_HELD, MOST_NODES, TooLarge
from conseil_dla.exact.space import Ground, Space, questions_behind
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity, Unusable
from conseil_dla.ground.files import CONTROL_VARIABLE, RULES_VARIABLE, named, packaged_rules
from conseil_dla.ground.french import NBSP, counted, grouped, listed
from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Base, Condition, Draw, Logic, Push, RuleOut

COSTLY = 300_000
"""Nodes past which what a base costs is told. Below, it opens in two seconds or less."""
BYTES_A_NODE = 450
NODES_A_SECOND = 120_000
"""As measured with ``bench/growth.py``: a slow machine takes longer."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A base ready to be used."""

    base: Base
    engine: Engine
    unread: tuple[Diagnostic, ...]
    """Files of the folder that give nothing to the base, each with what to do about it."""


def rules_folder(option: str | None) -> Path:
    """The folder to use: the one named on the command line, else the variable, else the one inside the package.

    A ``rules/`` folder that happens to lie in the current directory is never used.
    """
    chosen = option or os.environ.get(RULES_VARIABLE)
    return named(chosen) if chosen else packaged_rules()


def open_rules(folder: Path) -> Opened:
    """Load a folder and choose its engine. Raises ``Unusable`` with every mistake when the folder has errors.

    With the variable ``CONSEIL_DLA_CONTROLE`` set to 1, both engines run on every dossier and must agree.
    """
    loaded = load(folder)
    if loaded.base is None:
        raise Unusable(loaded.diagnostics)
    return Opened(loaded.base, engine_for(loaded.base), loaded.unread)


def engine_for(base: Base) -> Engine:
    """The engine of a base that is loaded already, under control where the variable asks for it."""
    return choose(base.logic, check=os.environ.get(CONTROL_VARIABLE) == "1")


def compiled(base: Base, most: int = MOST_NODES, compared: int | None = MOST_COMPARED) -> Atlas:
    """The diagrams of a base, formats left to a search where they would take more than ``compared`` nodes.

    Where everything else takes more than ``COSTLY`` nodes, the questions of each axis are kept together: it is then
    mostly both axes at once that take them. Past ``most`` nodes, conclusions are kept in parts. Raises ``Unusable``
    where a single finding or condition takes more than a machine can hold.
    """
    was_sweeping = gc.isenabled()
    gc.disable()  # it would look again and again through millions of nodes, none of which can be spared
    try:
        with suppress(TooLarge):
            return Atlas(base.logic, min(most, COSTLY), compared=compared)
        by_axis = Space(base.logic, by_axis=True)
        if most > COSTLY:
            with suppress(TooLarge):
                return Atlas(base.logic, most, Ground.of(by_axis, most), compared)
        return AtlasInParts(base.logic, MOST_HELD, Ground.of(by_axis, MOST_HELD))
    except TooLarge as error:
        raise Unusable((too_large(base),)) from error
    finally:
        if was_sweeping:
            gc.enable()


def costs_of(base: Base, nodes: int, costly: int = COSTLY) -> tuple[Diagnostic, ...]:
    """What a base with so many nodes costs whoever opens it, told to its author; nothing of one that opens at once."""
    if nodes <= costly:
        return ()
    space = max(1, round(nodes * BYTES_A_NODE / 100_000_000)) * 100
    time = max(1, round(nodes / NODES_A_SECOND))
    told = f"comptez environ {grouped(space)}{NBSP}Mo de mémoire, et {counted(time, 'seconde')} ou plus à l’ouverture"
    return (_about_size(base, Severity.WARNING, f"ces règles ont beaucoup de suites possibles{NBSP}: {told}"),)


def told_in_parts(base: Base, atlas: Atlas) -> tuple[Diagnostic, ...]:
    """What comes of conclusions that no chart holds, told to their author; nothing where charts hold everything."""
    if not atlas.parts:
        return ()
    named = [f"« {name[1]} »" for name in atlas.parts if len(name) > 1]
    message = (
        f"ces règles ont trop de suites possibles{NBSP}: le programme compte à part {listed(named)}. Ce qui en est dit "
        "certain ou exclu l’est ; le reste peut être dit possible plus longtemps qu’il ne faudrait. "
        "« regles verifier », « regles differences » et « --mutations » n’en prouvent rien"
    )
    return (_about_size(base, Severity.WARNING, message),)


def too_large(base: Base) -> Diagnostic:
    """What to tell of a base that takes more nodes than a machine can hold."""
    return _about_size(base, Severity.ERROR, "ces règles ont trop de suites possibles pour tenir en mémoire")


def _about_size(base: Base, severity: Severity, message: str) -> Diagnostic:
    """The conclusion whose rules read the most questions is named: what there is to mend."""
    reads = {about: len(questions_behind(base.logic, conditions)) for about, conditions in _concluding(base.logic)}
    mend = "faites passer plusieurs réponses par un constat, que les règles lisent à leur place"
    if not reads:
        return Diagnostic("DLA401", severity, Place(""), message, mend)
    kind, widest = max(reads, key=lambda about: reads[about])
    told = f"ce qui conclut « {widest} » lit {counted(reads[kind, widest], 'question')} : {mend}"
    return Diagnostic("DLA401", severity, base.entry(kind, widest).place, message, told)


def _concluding(logic: Logic) -> Iterator[tuple[tuple[str, str], list[Condition]]]:
    """The conditions behind each axis, each collected conclusion and each format that is out, by kind and id.

    Reasons are left aside: formats are searched where their chart would be too large.
    """
    found: dict[tuple[str, str], list[Condition]] = {}
    for rule in logic.rules:
        for effect in rule.effects:
            match effect:
                case Push(axis):
                    found.setdefault(("axe", axis), []).append(rule.condition)
                case Draw(kind, id):
                    found.setdefault((kind, id), []).append(rule.condition)
                case RuleOut(format):
                    found.setdefault(("format", format), []).append(rule.condition)
                case _:
                    pass
    yield from found.items()
