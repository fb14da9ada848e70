"""What the help page says of the thing that has the focus, in plain words: to be read before the keys."""

from __future__ import annotations

from conseil_dla.ground.french import NBSP, quoted, sentence, spaced
from conseil_dla.ground.topic import Topic, topic
from conseil_dla.rules.model import Base, Question
from conseil_dla.wording.questionnaire import NONE_LABEL, UNKNOWN_TEXT
from conseil_dla.wording.search_index import meaning, words_in

UNKNOWN = spaced(
    f"{quoted(UNKNOWN_TEXT)} est une vraie réponse : rien n’est supposé à sa place, et la question pourra revenir."
)

# --- a question -----------------------------------------------------------------------------------------------------


def question_topic(base: Base, id: str) -> Topic:
    """How this kind of question is answered, its own help, and the words of the list that it contains."""
    question, entry = base.logic.questions[id], base.entry("question", id)
    told = [_how(question, entry.texts.get("unite", "")), UNKNOWN]
    if entry.texts.get("aide"):
        told.append(f"Pour cette question : {entry.texts['aide']}")
    said = " ".join((entry.texts["libelle"], *entry.labels.values(), entry.texts.get("aide", "")))
    told += [meaning(word) for word in words_in(base, said)]
    return topic(entry.texts["libelle"], *told)


def _how(question: Question, unit: str) -> str:
    match question.type:
        case "nombre":
            low, high = question.bounds or (0, 0)
            bounds = f"de {low} à {high}{NBSP}{unit}".rstrip()
            return (
                f"Un nombre entier, {bounds} : tapez-le, puis Entrée ; ↑ et ↓ changent celui qui est écrit. "
                f"Tab mène à « Valider » et à {quoted(UNKNOWN_TEXT)}."
            )
        case "plusieurs":
            return (
                "Plusieurs réponses sont possibles : Entrée ou Espace coche ou décoche ; « Valider », ou F12, garde ce "
                f"qui est coché. {quoted(NONE_LABEL)} est une réponse, et se coche aussi ; si rien n’est "
                "coché, rien n’est enregistré."
            )
        case "oui_non":
            return "Oui ou non : ↑ et ↓ pour aller sur la réponse, puis Entrée. La question suivante vient aussitôt."
        case _:
            return (
                "Une seule réponse : ↑ et ↓ pour aller dessus, puis Entrée. La question suivante vient aussitôt. "
                "Si deux conviennent, prenez la plus proche et gardez l’autre en note."
            )


NOTHING_LEFT_TOPIC = topic(
    "Plus rien à demander",
    "Toutes les questions utiles ont une réponse, ou sont mises de côté. Choisissez ce que vous voulez relire ; "
    "une réponse se change toujours.",
)
OTHERS_TOPIC = topic(
    "Deux réponses qui ne vont pas ensemble",
    "La dernière n’a pas été gardée. Ces lignes mènent à l’autre, pour la changer si c’est elle qui ne va plus.",
)

# --- the compass and the panel --------------------------------------------------------------------------------------


def compass_topic(base: Base) -> Topic:
    """What its lines are, with the axes as the knowledge names them."""
    ways = ("de gauche à droite", "de bas en haut")
    axes = []
    for axis, way in zip(base.logic.axes, ways, strict=False):
        entry = base.entry("axe", axis)
        ends = f"de {quoted(entry.texts.get('negatif', ''))} à {quoted(entry.texts.get('positif', ''))}"
        axes.append(f"{entry.title}, {way} : {ends}.")
    entries = [base.entry("axe", axis) for axis in base.logic.axes]
    ours = any(entry.status == "interpretation" and entry.observation is None for entry in entries)
    lost = "Le dessin de la note est perdu : la lecture de ces deux axes est la nôtre."
    return topic(
        "La boussole",
        "Où la situation vous place, entre les structures et les pouvoirs publics. Elle n’est destinée qu’à vous.",
        *axes,
        "Les points serrés montrent ce que les réponses laissent possible. Ils se resserrent jusqu’à un trait, "
        "quand un axe est connu, puis jusqu’à un rond plein, quand les deux le sont : votre place.",
        "Les tirets sont les lignes d’équilibre : là, les réponses ne penchent d’aucun côté. De part et d’autre, la "
        "place n’est plus la même. Les hachures et le rond vide rappellent ce qui était possible avant la dernière "
        "réponse.",
        "Entrée ouvre une place : ce qu’elle est, son risque, comment y parer.",
        *((lost,) if ours else ()),
    )


PANEL_TOPIC = topic(
    "La lecture en bref",
    "Ce que vos réponses donnent à ce stade : le format, votre place, ce à quoi prendre garde. Elle se refait à "
    "chaque réponse ; la lecture complète dit pourquoi.",
    "« * » devant une ligne : votre dernière réponse vient de la changer.",
)

# --- pages --------------------------------------------------------------------------------------------------------

HOME_TOPIC = topic(
    "L’accueil",
    "Un dossier décrit un projet en quelques réponses. Commencez-en un, ou reprenez-en un : chaque réponse y est déjà "
    "enregistrée. « Ouvert ailleurs » : une autre fenêtre y écrit, il se lit seulement.",
    "Le profil du territoire garde les réponses qui valent pour tous vos projets. Les expériences sont des cas réels "
    "rapportés par la note ou par d’autres, à lire à côté des vôtres.",
)
NOTE_TOPIC = topic(
    "Une note pour vous",
    "Ce qu’il ne faut pas oublier à propos de cette question. Elle reste dans le dossier ; aucune règle ne la lit. "
    "Un texte vide enlève la note.",
)
TERRITORY_TOPIC = topic(
    "Le profil du territoire",
    "Les réponses qui valent quel que soit le projet : données une fois, reprises par vos nouveaux dossiers. Chaque "
    "dossier peut s’en écarter sans rien changer ici.",
    "« À renseigner » : rien n’est supposé tant que vous n’avez pas répondu.",
)
STRUCTURES_TOPIC = topic(
    "Le tableau des structures",
    "Qui est dans le groupe, et ce que vous savez de chaque structure. Ce qui s’y compte n’est plus demandé ; une "
    "case vide reste inconnue, et une réponse donnée à la main l’emporte.",
    "Entrée ouvre une ligne, ou en ajoute une. Aucune lecture ne montre ces "
    "noms ; les papiers (note de cadrage, cahier des charges, comité) les donnent.",
)
STRUCTURES_BUTTONS_TOPIC = topic(
    "Le tableau des structures",
    "« Laisser parler le tableau » retire les réponses données à la main là où le tableau dit autre chose. « Fermer » "
    "ne perd rien : chaque changement est déjà gardé.",
)
NAMES_TOPIC = topic(
    "Plusieurs structures à la fois",
    "Un nom par ligne, tapé ou collé. Chacun devient une ligne du tableau, où rien d’autre n’est encore renseigné.",
    "Des lignes copiées dans un tableur se collent aussi : les titres de la première disent ce que contient chaque "
    "colonne. Ce qui serait ajouté, et ce qui ne le serait pas, est dit d’abord.",
)
CELL_TOPIC = topic(
    "Une structure du groupe",
    "Tout peut rester inconnu : une case vide n’est ni oui, ni non, ni zéro.",
)
OPINION_TOPIC = topic(
    "Mon avis",
    "Ce que vous retenez, quoi que dise la lecture : le format, la place, pourquoi, et ce que vous acceptez de "
    "risquer. Aucune règle ne le lit ; la lecture commence par lui. Les papiers à transmettre écrivent le format "
    "et ce que vous écrivez « pour les papiers » ; la place, le pourquoi et les risques restent pour vous.",
)
PREPARE_TOPIC = topic(
    "Préparer les papiers",
    "Ce que vous gardez et écrivez pour les papiers à emporter. Rien de ce qui est proposé ne s’y écrit tout seul ; ce "
    "qui reste vide y est un blanc surligné.",
    "Entrée ouvre une ligne. Chaque changement est gardé aussitôt et s’annule par F9. Une partie laissée de côté n’est "
    "dans aucun papier ; ce que vous y aviez écrit reste dans le dossier.",
)
WAYS_TOPIC = topic(
    "Façons de faire",
    "Ce que la lecture propose de faire, en mots à lire par d’autres. Entrée passe d’un choix à l’autre : gardée, à "
    "proposer de vive voix, laissée, à décider.",
    "F4 dit combien de fois, combien de jours et quand : les papiers l’écrivent avec elle.",
)
PAPER_FIELD_TOPIC = topic(
    "Un texte pour les papiers",
    "Écrivez-le comme il sera lu. « Une proposition » ajoute un texte que vous pouvez changer. F5 garde.",
)
PAPER_TABLE_TOPIC = topic(
    "Un tableau pour les papiers",
    "Une case vide est un blanc dans le papier. Les nombres s’écrivent en chiffres ; leurs sommes se calculent.",
)
BUTTONS_TOPIC = topic("Les boutons", "Entrée appuie sur le bouton en couleur ; Tab mène au suivant.")
TEXT_TOPICS = {
    "title": topic(
        "Le titre",
        "Le nom du dossier, pour le retrouver. Sans titre, il prend celui qui est proposé. N’y nommez personne.",
    ),
    "demand": topic(
        "La demande, dans les mots des structures",
        "Ce que les structures ont dit, comme elles l’ont dit. Aucune règle ne lit ce texte ; la lecture le rappelle.",
    ),
    "heard": topic(
        "Ce que vous entendez derrière la demande",
        "Ce que vous comprenez, et qui reste à vérifier. Aucune règle ne lit ce texte ; la lecture le rappelle.",
    ),
    "why": topic(
        "Pourquoi",
        "Ce qui vous fait retenir ce format et cette place. Aucune règle ne lit ce texte ; il ouvre, tel quel, les "
        "papiers à transmettre.",
    ),
    "accepts": topic(
        "Ce que j’accepte de risquer",
        "Ce qui n’est pas réglé, et que vous prenez en connaissance de cause. Aucune règle ne lit ce texte, et il "
        "reste dans vos pages.",
    ),
}
"""By the name of the field."""


def cell_topic(base: Base, column: str) -> Topic:
    """One thing known of a structure, with the help of its column."""
    entry = base.texts.get(("colonne", column))
    if entry is None:
        return CELL_TOPIC
    aide = entry.texts.get("aide", "")
    return topic(entry.title, *((sentence(aide),) if aide else ()), *CELL_TOPIC.paragraphs)
