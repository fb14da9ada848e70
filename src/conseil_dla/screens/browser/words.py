"""What ``servir`` says in the terminal: where to go, who else might, how it ends."""

from __future__ import annotations

from conseil_dla.ground.french import NBSP, counted, spaced

PRIVATE = (
    "Rien ne sort de cette machine. Ce lien contient un mot secret, qui ouvre vos dossiers : ne le donnez à personne."
)
PUBLIC = """\
Attention : vous ouvrez Conseil DLA au réseau (--adresse {address}).
  Quiconque a le lien ci-dessus peut lire et modifier les dossiers de votre compte.
  Rien n’est chiffré : sur un réseau partagé (wifi, réunion), d’autres peuvent lire ce lien et ce qui s’affiche.
  Pour rester sur cette machine : Ctrl+C, puis « conseil-dla servir » sans --adresse."""
CROWDED = (
    "Trop de connexions à la fois : celles qui ne demandent rien sont coupées, les écrans ouverts continuent. "
    "Si cela dure, un autre programme appelle ce port : arrêtez (Ctrl+C) et choisissez-en un autre avec --port."
)
STOPPED = "Conseil DLA est arrêté, les écrans sont fermés. Ce qui était répondu est enregistré."


def started(url: str, *, address: str, is_private: bool, minutes: int, taken: int | None) -> str:
    """The address, what it means, how to stop. ``taken`` is the usual port when another had to be used."""
    lines = ["Les écrans sont dans un navigateur, à cette adresse :", f"  {url}"]
    if taken is not None:
        lines.append(f"(Le port habituel, {taken}, sert déjà à un autre programme.)")
    lines.append(PRIVATE if is_private else PUBLIC.format(address=address))
    stop = "Pour arrêter : Ctrl+C ici."
    if minutes:
        stop += f" Sans aucun onglet ouvert pendant {counted(minutes, 'minute')}, tout s’arrête aussi."
    return spaced("\n".join([*lines, stop]))


def crowded() -> str:
    """Somebody opens connections and says nothing."""
    return spaced(CROWDED)


def stopped(*, minutes: int | None) -> str:
    """The end; ``minutes`` when it came because nobody was there for so long."""
    if minutes is None:
        return spaced(STOPPED)
    return spaced(f"Aucun onglet ouvert depuis {counted(minutes, 'minute')}. {STOPPED}").replace(
        " minute", f"{NBSP}minute"
    )
