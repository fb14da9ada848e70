"""What the help page says of each stage of a workshop."""

from __future__ import annotations

from conseil_dla.ground.topic import topic

REMOTE = (
    "Une télécommande de diaporama suffit : « page suivante » montre la suite du texte, puis mène plus loin ; « page "
    "précédente » fait le même chemin en arrière. Une page ouverte se ferme quand on est à son bout."
)
HANDS = (
    "La lettre d’une réponse ajoute une main, en majuscule ou non ; Retour arrière retire la dernière. Ou bien ↑ et ↓ "
    "vont sur une réponse, → ajoute une main, ←, Suppr et - en retirent une. À la souris, le bouton gauche ajoute, le "
    "droit retire."
)
SCENARIOS_TOPIC = topic(
    "Choisir un scénario",
    "Des fictions d’abord, puis les expériences réelles. Vos dossiers n’y sont pas : rien d’eux n’est projeté.",
    "F2 écrit ce qui s’imprime avant : le questionnaire, les déroulements, une fiche par fiction.",
    "« Reprendre » donne les ateliers du dernier jour, celui du matin comme celui de l’après-midi, et mène aux plus "
    "anciens. Entrée en reprend un là où il en était ; F3 va à sa conclusion, où s’écrit son compte rendu.",
)
STORY_TOPIC = topic(
    "Le scénario",
    "Lisez-le à voix haute. Choisissez ensuite le temps dont vous disposez : le minuteur, en bas à droite, donne à "
    "chaque moment sa part. Il n’arrête rien.",
    REMOTE,
)
INTUITION_TOPIC = topic(
    "L’intuition de la salle",
    "Avant toute question, chacun·e lève la main pour une place. À la fin, ce nuage sera mis à côté de ce que les "
    "réponses disent.",
    "La lettre d’une place y ajoute une main, en majuscule ou non ; Retour arrière retire la dernière. Ou bien les "
    "flèches vont de place en place, Espace ajoute, Suppr et - retirent. À la souris, le bouton gauche ajoute, le "
    "droit retire.",
    "Sans aucune main levée, « page suivante » passe aux questions.",
    "Seuls les nombres sont notés, jamais qui a levé la main.",
)
QUESTION_TOPIC = topic(
    "Une question à la salle",
    HANDS,
    "Entrée retient la réponse marquée « ▸ » : celle qui a le plus de mains, ou celle où vous êtes allé·e si des mains "
    "y sont levées. À égalité, ou sans aucune main, rien n’est retenu. Là où plusieurs réponses sont possibles, les "
    "cases suivent les mains, et Espace les corrige ; si rien n’est coché, rien n’est retenu.",
    "Quand toutes les réponses ne tiennent pas à l’écran, une ligne dit combien il en manque : « page suivante » les "
    "montre.",
    "Quand la salle est partagée, F4 garde les deux réponses qui ont le plus de mains : deux variantes avancent "
    "ensuite côte à côte, jusqu’à ce que l’on en choisisse une, à la lecture.",
    "Ce qu’une réponse change reste caché tant que la lecture n’a pas commencé ; Ctrl+B le montre quand même. « Page "
    "suivante » retient les mains comptées comme Entrée ; sans aucune main, elle passe la question. Tab dit ce que "
    "répond la fiche du scénario.",
)
READING_TOPIC = topic(
    "La lecture, pas à pas",
    "À chaque étape, la salle dit d’abord ce qu’elle aurait dit ; Entrée montre ensuite ce que disent les règles. Si "
    "personne ne lève la main, « page suivante » les montre.",
    HANDS,
    "Avec deux variantes, chacune a sa colonne ; F4 n’en garde qu’une. F8 change une réponse devant la salle. "
    "Ctrl+O prend le reste dans la fiche du scénario, si ce n’est pas déjà fait.",
)
REPLAY_TOPIC = topic(
    "Rejouer",
    "L’atelier depuis le début, réponse par réponse : ce que chacune a changé, et pourquoi. Rien n’est modifié.",
)
CLOSING_TOPIC = topic(
    "Conclure",
    "Les croix sont les mains levées au début ; le reste de la boussole est ce que les réponses laissent possible.",
    "F4 écrit ce que la salle retient, conteste et demande. F2 écrit le compte rendu : les mains n’y désignent "
    "personne, les petits nombres y sont dits « quelques-uns ». Les textes de F4 y sont tels quels.",
    "Ctrl+R rejoue l’atelier. L’atelier est enregistré : il se reprend depuis la liste des scénarios.",
)
SAYING_TOPIC = topic(
    "Ce que nous retenons, contestons, demandons",
    "Une ligne par point, avec les mots de la salle. Aucune règle ne les lit ; le compte rendu les reprend tels quels.",
)
