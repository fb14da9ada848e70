"""What a proof over all dossiers found: a code, what it is about, a dossier that shows it; and what an author is told.

A finding names items by kind and id; their places and words come from the base, when it is told: both culprits, what to
do. Codes are public and have their entries in docs/diagnostics.md. Severities: what is *wrong* (no format left, a rule
that can never apply), what is *doubtful* (it changes nothing), and what is merely worth knowing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conseil_dla.authoring.trials.trial_text import condition_yaml, effect_yaml
from conseil_dla.ground.diagnostics import Diagnostic, Place, Severity
from conseil_dla.ground.french import listed, quoted, sentence
from conseil_dla.rules.kinds import SPECS
from conseil_dla.rules.loading.ledger import NOUNS
from conseil_dla.rules.model import Answers, Argue, Base, Condition, Effect

Named = tuple[str, str]
"""Kind word of the grammar and id; a finding is ``constat``."""

SEVERITIES: Mapping[str, Severity] = {
    "DLA501": Severity.ERROR,  # no format is left
    "DLA502": Severity.ERROR,  # no posture, or several without balance
    "DLA503": Severity.ERROR,  # a condition that can never hold
    "DLA504": Severity.ERROR,  # a coherence item forbids what a condition needs
    "DLA505": Severity.ERROR,  # a conclusion out of reach
    "DLA506": Severity.ERROR,  # a contradiction
    "DLA507": Severity.ERROR,  # two rules that are one
    "DLA508": Severity.ERROR,  # nothing is coherent
    "DLA511": Severity.WARNING,  # a rule that changes nothing shown
    "DLA512": Severity.WARNING,  # a question that never matters
    "DLA513": Severity.WARNING,  # « aucune » where naming the other answers would be certain sooner
    "DLA514": Severity.WARNING,  # an argument that changes neither winner nor ranking
    "DLA521": Severity.INFORMATION,  # another rule already draws it
}
"""How much each kind of finding weighs."""


@dataclass(frozen=True, slots=True)
class Proven:
    """One thing proved about a base."""

    code: str
    about: Named
    other: Named | None = None
    """The second culprit, where there are two."""
    witness: Answers | None = None
    """Coherent answers that show it: they alone make it certain. None where no dossier can (docs/diagnostics.md)."""
    part: str = ""
    """Which of its conditions, where an item has several: ``jamais``, ``present_si``, ``hors_note_si``…"""
    conflict: tuple[Condition, ...] = ()
    """Conditions that never hold together; none of them can be spared."""
    effect: Effect | None = None
    """The effect at stake, where a rule has several."""
    rest: tuple[str, ...] = field(default=())
    """Ids that the sentence needs besides: the formats of a contradiction, the answers of a question."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return SEVERITIES[self.code]


# --- what an author is told ------------------------------------------------------------------------------------------


def diagnostic_of(base: Base, finding: Proven, witness: str = "") -> Diagnostic:
    """One finding, told. ``witness`` is the path of the dossier that shows it."""
    message, help = TOLD[finding.code](base, finding)
    also = _place(base, finding.other) if finding.other else None
    return Diagnostic(finding.code, finding.severity, _place(base, finding.about), message, help, also, witness)


def witness_text(finding: Proven, diagnostic: Diagnostic) -> tuple[str, str]:
    """Title of the dossier that shows a finding, and what there is to see in it."""
    title = f"Témoin {finding.code} : {_named(finding.about)}"
    told = f"{sentence(diagnostic.message)} Écrit par « regles verifier » : ce n’est la demande de personne."
    return title, told


def _named(named: Named) -> str:
    kind, id = named
    return f"{NOUNS[kind]} {quoted(id)}"


def _place(base: Base, named: Named) -> Place:
    """Where an item stands; a finding stands where the first rule concludes it."""
    kind, id = named
    if kind == "constat":
        rules = [r for r in base.logic.rules if any(getattr(effect, "finding", None) == id for effect in r.effects)]
        return base.entry("regle", rules[0].id).place
    return base.entry(kind, id).place


def _quoted_list(ids: tuple[str, ...], last: str = "et") -> str:
    return listed([quoted(id) for id in ids], last)


def _conflict(finding: Proven) -> str:
    return listed([quoted(condition_yaml(part)) for part in finding.conflict])


def _no_format(base: Base, finding: Proven) -> tuple[str, str]:
    rules = "la règle" if len(finding.rest) == 1 else "les règles"
    out = "écarte" if len(finding.rest) == 1 else "écartent"
    message = f"il peut ne rester aucun format : {rules} {_quoted_list(finding.rest)} les {out} tous"
    return message, "n’écartez un format que par définition, et gardez-en au moins un que rien n’écarte"


def _no_posture(base: Base, finding: Proven) -> tuple[str, str]:
    if finding.rest:
        return (
            f"les postures {_quoted_list(finding.rest)} se disputent la même place sur les axes",
            "chaque quart des axes revient à une posture, et à une seule : corrigez leurs « axes »",
        )
    return (
        "une place sur les axes ne revient à aucune posture",
        "chaque quart des axes revient à une posture : complétez leurs « axes »",
    )


def _dead(base: Base, finding: Proven) -> tuple[str, str]:
    what = _what_never(finding)
    if len(finding.conflict) == 1:
        return f"{what} : {_conflict(finding)} n’est jamais vrai", "corrigez cette condition, ou retirez-la"
    help = "corrigez l’une de ces conditions ; le dossier témoin s’en approche autant que possible"
    return f"{what} : ces conditions ne sont jamais vraies ensemble : {_conflict(finding)}", help


def _forbidden(base: Base, finding: Proven) -> tuple[str, str]:
    refusing = "l’incohérence {} refuse" if len(finding.rest) == 1 else "les incohérences {} refusent"
    message = f"{_what_never(finding)} : {refusing.format(_quoted_list(finding.rest))} {_conflict(finding)}"
    return message, "corrigez l’une ou l’autre ; le dossier témoin s’en approche autant que possible"


def _what_never(finding: Proven) -> str:
    name = _named(finding.about)
    match finding.part:
        case "quand" if finding.about[0] == "regle":
            return f"{name} ne s’applique jamais"
        case "quand":
            return f"un des pôles de {name} n’est jamais vrai"
        case "jamais":
            return f"{name} n’interdit rien"
        case "posee_si":
            return f"{name} n’est jamais posée"
        case "present_si":
            return f"{name} n’est jamais présent"
        case "deja_prevu_si":
            return f"{name} n’est jamais déjà prévue"
        case _:
            return f"{name} n’est jamais hors de la note, malgré « hors_note_si »"


def _out_of_reach(base: Base, finding: Proven) -> tuple[str, str]:
    kind, name = finding.about[0], _named(finding.about)
    if kind == "format":
        message = f"{name} ne vient jamais en tête, même là où il a le plus de raisons pour lui"
        return message, "donnez-lui une raison qui pèse assez, ou retirez-le ; le dossier témoin est le plus favorable"
    if kind == "posture" and finding.part:
        message = f"{name} : « hors_note_si » n’est jamais vrai là où cette posture est retenue"
        return message, "corrigez cette condition : elle ne compte que dans le quart de sa posture"
    if kind == "posture":
        return (
            f"{name} n’est jamais atteinte",
            "aucune règle ne pousse assez loin de ce côté d’un axe : ajoutez des points",
        )
    if kind == "tension":
        return f"{name} n’est jamais montrée : ses deux pôles ne sont jamais vrais ensemble", "corrigez l’un des pôles"
    if not finding.rest:
        return (
            f"aucune règle ne conclut {name}",
            f"écrivez une règle qui {'la' if _is_feminine(kind) else 'le'} conclut, ou retirez cet élément",
        )
    rules = "la règle" if len(finding.rest) == 1 else "les règles"
    drawn = "conclue" if _is_feminine(kind) else "conclu"
    message = f"{name} n’est jamais {drawn} : {rules} {_quoted_list(finding.rest)} ne s’{_apply(finding)} jamais"
    return message, "corrigez la condition de ces règles : chacune a son propre message"


def _is_feminine(kind: str) -> bool:
    return kind in SPECS and SPECS[kind].is_feminine


def _apply(finding: Proven) -> str:
    return "applique" if len(finding.rest) == 1 else "appliquent"


def _contradiction(base: Base, finding: Proven) -> tuple[str, str]:
    one, other = _two(finding)
    same = finding.about == finding.other
    match finding.part:
        case "toujours":
            who = (
                f"la règle {one} plaide" if same else f"les règles {one} et {other} plaident, pour les mêmes dossiers,"
            )
            message = f"{who} pour et contre {quoted(finding.rest[0])}"
            return message, "gardez un seul côté, ou séparez les conditions"
        case "motif":
            motif = quoted(finding.effect.motif) if isinstance(finding.effect, Argue) else ""
            message = f"le motif {motif} sert à la fois pour et contre {quoted(finding.rest[0])} : {one} et {other}"
            return message, "un motif est une raison d’un seul côté : donnez-en un autre à l’une des deux"
        case "ecarte":
            message = f"la règle {one} plaide pour {quoted(finding.rest[0])} là où {other} l’écarte toujours"
            return message, "retirez cette raison, ou n’écartez pas ce format dans ces dossiers"
        case _:
            message = f"les règles {one} et {other} poussent l’axe {quoted(finding.rest[0])} des deux côtés à la fois"
            return message, "gardez un seul sens, ou séparez les conditions"


def _two(finding: Proven) -> tuple[str, str]:
    return quoted(finding.about[1]), quoted(finding.other[1]) if finding.other else ""


def _duplicate(base: Base, finding: Proven) -> tuple[str, str]:
    one, other = _two(finding)
    message = f"les règles {one} et {other} disent la même chose : mêmes dossiers, mêmes effets"
    return message, "gardez-en une, et réunissez leurs raisons et leurs sources"


def _nothing_coherent(base: Base, finding: Proven) -> tuple[str, str]:
    message = f"plus aucun dossier n’est possible : {_quoted_list(finding.rest)} les refusent tous"
    return message, "corrigez l’une de ces incohérences"


def _idle_rule(base: Base, finding: Proven) -> tuple[str, str]:
    message = f"sans {_named(finding.about)}, rien de ce qui est montré ne changerait"
    return message, "lisez son constat dans une règle qui peut s’appliquer, ou retirez-la"


def _idle_question(base: Base, finding: Proven) -> tuple[str, str]:
    message = f"aucune réponse à {_named(finding.about)} ne change jamais ce qui est montré"
    return message, "écrivez une règle pour laquelle elle compte, ou retirez-la : elle fait perdre du temps"


def _impatient(base: Base, finding: Proven) -> tuple[str, str]:
    question = finding.other[1] if finding.other else ""
    message = f"{_named(finding.about)} : « aucune » porte droit sur « {condition_yaml(finding.conflict[0])} »"
    if finding.rest:
        wanted = finding.rest[0] if len(finding.rest) == 1 else f"[{', '.join(finding.rest)}]"
        return message, f"nommez plutôt les autres réponses : {question}: {wanted}"
    return message, "écrivez plutôt l’intervalle voulu : au_moins, au_plus ou entre"


def _idle_argument(base: Base, finding: Proven) -> tuple[str, str]:
    assert finding.effect is not None
    effect = quoted(effect_yaml(finding.effect))
    message = f"{_named(finding.about)} : {effect} ne change jamais l’ordre des formats"
    return message, "retirez cet effet, ou changez sa force : tel quel, il ne fait qu’allonger la liste des raisons"


def _covered(base: Base, finding: Proven) -> tuple[str, str]:
    assert finding.effect is not None
    effect = quoted(effect_yaml(finding.effect))
    message = f"{_named(finding.about)} : {effect} est déjà donné, plus largement, par {_two(finding)[1]}"
    return message, "ce n’est pas une faute si la raison dite ici apporte quelque chose"


TOLD = {
    "DLA501": _no_format, "DLA502": _no_posture, "DLA503": _dead, "DLA504": _forbidden, "DLA505": _out_of_reach,
    "DLA506": _contradiction, "DLA507": _duplicate, "DLA508": _nothing_coherent, "DLA511": _idle_rule,
    "DLA512": _idle_question, "DLA513": _impatient, "DLA514": _idle_argument, "DLA521": _covered,
}  # fmt: skip
