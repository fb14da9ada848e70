"""Run everything that a rules folder asserts of itself: cases, invented trials, and the examples carried by rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conseil_dla.dossiers.store import load
from conseil_dla.ground.diagnostics import Diagnostic, Place, Unusable
from conseil_dla.reading.compose import Reader
from conseil_dla.reading.values import Argument, Conclusions, Reading
from conseil_dla.rules.loading.layout import DOSSIERS, dossiers
from conseil_dla.rules.model import Base, Dossier, Expectation


@dataclass(frozen=True, slots=True)
class Failure:
    """One assertion that does not hold."""

    place: Place
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One case, trial, or rule with examples, once run."""

    title: str
    path: str
    assertions: int
    failures: tuple[Failure, ...]


def trial_paths(folder: Path) -> tuple[Path, ...]:
    """Cases then invented trials of a rules folder, by name."""
    return tuple(path for kind in DOSSIERS for path in dossiers(folder, kind))


def load_trials(
    paths: Sequence[Path], base: Base, told: Callable[[int, int], object] = lambda done, whole: None
) -> tuple[tuple[Dossier, ...], tuple[Diagnostic, ...]]:
    """Dossiers that can be read, in the order given, and what is wrong with the others.

    ``told`` hears, after each, how many are read and how many there are.
    """
    found: list[Dossier] = []
    refused: list[Diagnostic] = []
    for number, path in enumerate(paths, 1):
        try:
            found.append(load(path, base))
        except Unusable as error:
            refused += error.diagnostics
        told(number, len(paths))
    return tuple(found), tuple(refused)


def run_dossier(reader: Reader, dossier: Dossier) -> Trial:
    """Hold a dossier's ``attendu`` against its reading."""
    reading = reader.read_dossier(dossier)
    failures = []
    for expectation in dossier.expected:
        found = failure(expectation, reading)
        if found:
            failures.append(Failure(expectation.place, f"{expectation.key} : {_said(expectation.value)}", found))
    return Trial(dossier.title, dossier.path, len(dossier.expected), tuple(failures))


def run_examples(reader: Reader) -> tuple[Trial, ...]:
    """Run the examples that rules carry; a rule without examples gives nothing."""
    trials = []
    for rule in reader.base.logic.rules:
        entry = reader.base.entry("regle", rule.id)
        if not entry.examples:
            continue
        failures = []
        for example in entry.examples:
            fired = rule.id in reader.fire(example.answers)
            if fired is not example.fires:
                wanted = "conclut : oui" if example.fires else "conclut : non"
                found = "la règle ne conclut pas" if example.fires else "la règle conclut"
                failures.append(Failure(example.place, wanted, found))
        trials.append(Trial(entry.title, entry.place.file, len(entry.examples), tuple(failures)))
    return tuple(trials)


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items())
    return str(value)


# --- one line of « attendu » held against a reading ------------------------------------------------------------------

NONE = {"format": "aucun format", "posture": "aucune posture"}
Concluded = Reading | Conclusions
Check = Callable[[Expectation, Concluded], str | None]
"""None when the expectation holds; otherwise what was found, in French."""


def failure(expectation: Expectation, reading: Concluded) -> str | None:
    """None when the reading is as expected; otherwise what was found instead. Keys were checked when read."""
    return CHECKS[expectation.key](expectation, reading)


def _shown(kind: str) -> Check:
    def check(expectation: Expectation, reading: Concluded) -> str | None:
        shown = _advice(reading, kind)
        if shown == (expectation.value,):
            return None
        if len(shown) > 1:
            return f"sont montrés à égalité : {_named(shown)}"
        return f"c’est {_named(shown)} qui est montré" if shown else f"{NONE[kind]} ne se montre encore"

    return check


def _possible(kind: str) -> Check:
    def check(expectation: Expectation, reading: Concluded) -> str | None:
        possible = reading.format.possible if kind == "format" else reading.posture.possible
        if expectation.value in possible:
            return None
        return f"possible : {_named(possible)}" if possible else f"{NONE[kind]} n’est possible"

    return check


def _other_than(kind: str) -> Check:
    def check(expectation: Expectation, reading: Concluded) -> str | None:
        shown = _advice(reading, kind)
        return "c’est pourtant ce qui est montré" if expectation.value in shown else None

    return check


def _ruled_out(expectation: Expectation, reading: Concluded) -> str | None:
    return None if expectation.value in reading.format.ruled_out else "ce format n’est pas écarté"


def _certain(expectation: Expectation, reading: Concluded) -> str | None:
    states = _states(reading)
    state = states.get(str(expectation.value))
    if state in ("certaine", "present"):
        return None
    kind_and_id, colon, _ = str(expectation.value).rpartition(":")
    if state is None and colon and kind_and_id in states:
        levels = [name.rpartition(":")[2] for name in states if name.startswith(f"{kind_and_id}:")]
        return f"elle est {_state_said(states[kind_and_id])}, à un autre niveau : {_named(levels)}"
    return f"elle est {_state_said(state)}"


def _absent(expectation: Expectation, reading: Concluded) -> str | None:
    state = _states(reading).get(str(expectation.value))
    return None if state is None else f"elle est {_state_said(state)}"


def _argument(expectation: Expectation, reading: Concluded) -> str | None:
    return None if _arguments(expectation, reading) else "cette raison n’est pas établie"


def _no_argument(expectation: Expectation, reading: Concluded) -> str | None:
    found = _arguments(expectation, reading, certain_only=False)
    return f"cette raison est donnée par {_named([a.rule for a in found])}" if found else None


def _position(expectation: Expectation, reading: Concluded) -> str | None:
    assert isinstance(expectation.value, Mapping)
    low, high = reading.posture.position[expectation.value["axe"]]
    if float(expectation.value["de"]) <= low and high <= float(expectation.value["a"]):
        return None
    return f"la position va de {low} à {high}"


def _tied(expectation: Expectation, reading: Concluded) -> str | None:
    found = reading.format.tied
    told = f"à égalité : {_named(found)}" if found else "il n’y a pas d’égalité acquise"
    return None if set(found) == set(expectation.value) else told


def _between(expectation: Expectation, reading: Concluded) -> str | None:
    found = reading.posture.between
    told = f"entre : {_named(found)}" if found else "il n’y a pas d’équilibre acquis entre des postures"
    return None if set(found) == set(expectation.value) else told


def _moment(expectation: Expectation, reading: Concluded) -> str | None:
    return None if reading.moment == expectation.value else f"le moment est {reading.moment or 'encore ouvert'}"


CHECKS: Mapping[str, Check] = {
    "format": _shown("format"),
    "posture": _shown("posture"),
    "format_possible": _possible("format"),
    "posture_possible": _possible("posture"),
    "format_hors": _other_than("format"),
    "posture_hors": _other_than("posture"),
    "ecarte": _ruled_out,
    "certaine": _certain,
    "absente": _absent,
    "argument": _argument,
    "sans_argument": _no_argument,
    "position": _position,
    "ex_aequo": _tied,
    "entre": _between,
    "moment": _moment,
}
"""Every key that ``attendu`` knows."""


def _advice(reading: Concluded, kind: str) -> tuple[str, ...]:
    return reading.format.shown if kind == "format" else reading.posture.shown


def _states(reading: Concluded) -> dict[str, str]:
    states: dict[str, str] = {f"{d.kind}:{d.id}": d.certainty for d in reading.drawn}
    states |= {f"{d.kind}:{d.id}:{d.level}": d.certainty for d in reading.drawn if d.level}
    states |= {f"facteur:{f.id}": f.state for f in reading.factors}
    for kind, advice in (("format", reading.format), ("posture", reading.posture)):
        states |= {f"{kind}:{id}": "possible" for id in advice.possible}
        if advice.retained:
            states[f"{kind}:{advice.retained}"] = "certaine"
    return states


def _arguments(expectation: Expectation, reading: Concluded, *, certain_only: bool = True) -> list[Argument]:
    side, format, motif, *force = str(expectation.value).split(":")
    return [
        a
        for a in reading.format.arguments
        if (a.side, a.format, a.motif) == (side, format, motif)
        and (not force or a.force == force[0])
        and (a.certainty == "certaine" or not certain_only)
    ]


def _named(ids: tuple[str, ...] | list[str]) -> str:
    return ", ".join(ids)


def _state_said(state: str | None) -> str:
    words = {"certaine": "établie", "sauf_exception": "établie sauf exception", "present": "présent", None: "absente"}
    return words.get(state, f"encore ouverte ({state})" if state != "possible" else "encore ouverte")
