"""What the help page says where several people answer, and where their views are crossed."""

from __future__ import annotations

from conseil_dla.ground.topic import topic

RESPONDENTS_TOPIC = topic(
    "Croiser les regards",
    "Plusieurs personnes répondent aux mêmes questions, chacune seule : le DLA, une structure, une collectivité, "
    "l’intervenant·e. Vos réponses à vous restent dans le dossier, et n’y sont pas.",
    "Entrée ouvre une ligne : faire répondre la personne, dire son accord, ou la retirer. Pendant qu’elle répond, "
    "l’écran ne montre ni lecture, ni réponse de personne d’autre ; les questions internes ne sont posées qu’au DLA.",
    "Quand elle a fini, l’écran attend sans rien montrer : tapez « reprendre » pour l’avoir de nouveau.",
    "Ne sont croisées que les réponses des personnes qui l’acceptent. Il en faut au moins deux. Le nom des autres "
    "n’est pas montré ici : Entrée sur leur ligne, puis « Qui est-ce ? ».",
)
PERSON_TOPIC = topic(
    "Une personne qui répondra seule",
    "Un nom, un prénom ou un mot convenu : c’est ce qui sera montré si cette personne l’accepte. D’où elle répond dit "
    "si les questions internes lui sont posées : au DLA seulement.",
)
ALONE_DONE_TOPIC = topic(
    "Toutes les questions sont vues",
    "« J’ai fini » demande si vos réponses peuvent être croisées avec celles des autres. Une réponse se change "
    "toujours, tant que l’on vous laisse l’écran.",
)
CROSSED_TOPIC = topic(
    "Les regards croisés",
    "Où les réponses se rejoignent, où elles diffèrent, et si cela change le conseil. Aucun regard n’est le bon : ce "
    "qui diffère est à dire ensemble.",
    "Pour le savoir, chaque réponse est essayée avec ce que tout le monde dit de même, le reste étant inconnu. Rien "
    "n’est pesé ni compté.",
    "On n’y voit rien des questions internes, ni des personnes qui n’ont pas donné leur accord. Ce qui est interne et "
    "en dépend est dit sans être nommé.",
    "Entrée ouvre une question, ou ce qui est replié (+).",
)
