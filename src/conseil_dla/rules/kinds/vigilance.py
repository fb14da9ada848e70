"""Vigilances: a question or a situation to pay attention to, never a judgement."""

from __future__ import annotations

from conseil_dla.rules.kinds.spec import APART, METHOD, PART, Key, KindSpec, Words

_HELP = "« Pourquoi » dit ce qui la montre, ce que vous pouvez faire, et ce qu’elle ne dit pas."

VIGILANCE = KindSpec(
    "vigilance",
    "la vigilance",
    (
        Key("action", "task", "mots", "Ce qu’il y a à faire, à l’infinitif ; 80 caractères au plus."),
        Key("signes", "prose", "mots", "À quoi on le voit ; un signe seul ne prouve rien.", "Comment on le voit"),
        Key("que_faire", "prose", "mots", "Ce que l’on peut faire.", "Ce que vous pouvez faire"),
        Key("ne_dit_pas", "prose", "mots", "Ce qu’il ne faut pas en conclure.", "Ce que cela ne dit pas"),
        METHOD,
        PART,
        APART,
    ),
    Words(
        "Vigilance",
        "Une question ou une situation à laquelle prêter attention, jamais un jugement.",
        heading="Vigilances",
        help={
            "avant": (
                "Une vigilance à régler avant",
                "Une question ou une situation à éclaircir avant de lancer, jamais un reproche aux structures. "
                f"{_HELP}",
            ),
            "pendant": (
                "Une vigilance à tenir pendant",
                "Une question ou une situation sur laquelle revenir tout au long de l’accompagnement ; elle n’empêche "
                f"pas de lancer. {_HELP}",
            ),
            "en_tete": (
                "Une vigilance à garder en tête",
                f"Une question ou une situation qu’il suffit de ne pas perdre de vue. {_HELP}",
            ),
        },
        page=(
            "Les vigilances",
            "Ce à quoi prendre garde : une question ou une situation, jamais un défaut. Un signe seul ne prouve rien. "
            "Le moment (à régler avant, à tenir pendant, à garder en tête) n’est pas une gravité ; si plusieurs règles "
            "concluent la même vigilance, c’est le plus tôt qui est montré.",
            "Toutes les vigilances",
        ),
        drawn_by="Conclue par",
        effect="Montre cette vigilance.",
        point="le point de vigilance",
        lifted="le point {} ne serait plus à surveiller",
        detail="que_faire",
    ),
    settled_before=True,
    levelled=True,
    awaited=True,
    on_paper="method",
)
