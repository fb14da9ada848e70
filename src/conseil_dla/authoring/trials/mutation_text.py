"""What small faults of the rules became: how many are noticed, and for the others the trial that is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from conseil_dla.authoring.trials.condition_yaml import condition_yaml, effect_yaml
from conseil_dla.authoring.trials.mutants import Mutant
from conseil_dla.authoring.trials.mutation import Fate, Missing, Tried
from conseil_dla.ground.french import NBSP, counted, quoted
from conseil_dla.ground.yamltext import dump
from conseil_dla.rules.model import Base, Effect

FATES: Mapping[Fate, tuple[str, str]] = {
    "exemple": ("remarquée par un exemple de sa règle", "remarquées par un exemple de leur règle"),
    "essai": ("remarquée par un cas ou un essai", "remarquées par un cas ou un essai"),
    "equivalent": ("qui ne change rien, pour aucun dossier", "qui ne changent rien, pour aucun dossier"),
    "inapercu": ("que rien ne remarque", "que rien ne remarque"),
}


def mutations_text(base: Base, tried: Sequence[Tried]) -> str:
    """The trials that are missing, ready to be put in a file each, then the count."""
    lines: list[str] = []
    for together in _by_missing(tried):
        for one in together:
            lines.append(f"inaperçue  {fault_text(one.mutant)}")
        lines += [*_missing(together[0]), ""]
    fates = Counter(one.fate for one in tried)
    lines.append(f"{counted(len(tried), 'petite faute essayée', 'petites fautes essayées')}{NBSP}:")
    lines += [f"  {fates[fate]} {words[fates[fate] > 1]}" for fate, words in FATES.items() if fates[fate]]
    lines.append(LEFT if fates["inapercu"] else NOTICED if fates["equivalent"] else ALL_NOTICED)
    return "\n".join(lines) + "\n"


ALL_NOTICED = "Chaque faute est remarquée."
NOTICED = "Chaque faute qui change quelque chose est remarquée."
LEFT = f"Essais manquants{NBSP}: copiez chacun dans un fichier de knowledge/essais, et dites ce qu’il raconte."


def fault_text(mutant: Mutant) -> str:
    """What was done to the rule."""
    what = quoted(condition_yaml(mutant.part)) if mutant.part is not None else ""
    match mutant.fault:
        case "regle_otee":
            done = "retirée"
        case "condition_otee":
            done = f"sans {what}"
        case "condition_niee":
            done = f"avec le contraire de {what}"
        case "seuil":
            done = f"avec un autre seuil que {what}"
        case _:
            done = _effect_text(mutant)
    return f"règle {quoted(mutant.id)} {done}"


def _effect_text(mutant: Mutant) -> str:
    """The effect that came in its place, or that it is gone."""
    assert mutant.effect is not None
    assert mutant.rule is not None
    former = quoted(effect_yaml(mutant.effect))
    now: list[Effect] = [each for each in mutant.rule.effects if type(each) is type(mutant.effect)]
    changed = [each for each in now if _same_target(each, mutant.effect) and each != mutant.effect]
    return f"avec {quoted(effect_yaml(changed[0]))} au lieu de {former}" if changed else f"sans {former}"


def _same_target(one: Effect, other: Effect) -> bool:
    keys = ("format", "motif", "kind", "id", "axis", "finding")
    return all(getattr(one, key, None) == getattr(other, key, None) for key in keys)


def _by_missing(tried: Sequence[Tried]) -> Iterator[list[Tried]]:
    """Faults that nothing notices, those that one trial would notice together."""
    groups: dict[object, list[Tried]] = {}
    for one in tried:
        if one.fate == "inapercu":
            key = one.missing and (tuple(one.missing.answers.items()), one.missing.expectation.key,
                                   str(one.missing.expectation.value))  # fmt: skip
            groups.setdefault(key, []).append(one)
    yield from groups.values()


def _missing(one: Tried) -> Iterator[str]:
    if one.missing is None:
        yield "   aucune attente ne peut dire cette différence"
        return
    yield f"   essai manquant{NBSP}:"
    yield from (f"      {line}" for line in trial_yaml(one.mutant, one.missing).splitlines())


def trial_yaml(mutant: Mutant, missing: Missing) -> str:
    """A trial as a file: it holds today, and no longer with the fault in the rule."""
    expectation = missing.expectation
    value = expectation.value
    said: object = (
        dict(value) if not isinstance(value, str | tuple) else list(value) if isinstance(value, tuple) else value
    )
    return dump(
        {
            "version": 1,
            "titre": f"Essai inventé : {mutant.id}",
            "reponses": dict(missing.answers),
            "attendu": [{expectation.key: said}],
        }
    )
