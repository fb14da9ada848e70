"""What the disk did with a dossier, in words: kept, refused, started from the territory profile."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from conseil_dla.ground.files import (
    DOSSIERS,
    DOSSIERS_VARIABLE,
    NO_HOME,
    SERVED_AROUND,
    SERVED_HERE,
    NoRegularFile,
    ReadOnly,
    file_in_the_way,
)
from conseil_dla.ground.french import NBSP, counted, day_text, harmless, listed, moment_text, quoted

if TYPE_CHECKING:
    from conseil_dla.dossiers.lock import Holder
    from conseil_dla.dossiers.territory import Started

CAUSES = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre espace disque est plein",
    errno.EACCES: "l’accès à ce dossier du disque est refusé",
    errno.EPERM: "l’accès à ce dossier du disque est refusé",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOENT: "le dossier du disque a disparu",
    errno.ENOTDIR: "le dossier du disque a disparu",
    errno.ENAMETOOLONG: "ce nom de fichier est trop long",
    errno.EISDIR: "un dossier du disque porte déjà ce nom",
    errno.EBUSY: "un autre programme se sert de ce fichier",
    errno.ETXTBSY: "un autre programme se sert de ce fichier",
    errno.EFBIG: "ce fichier est trop gros pour ce disque",
    errno.EIO: "le disque ne répond pas comme il faut",
    errno.ENXIO: "le disque ne répond pas comme il faut",
    errno.ENODEV: "le disque a été débranché",
    errno.ESTALE: "le disque du réseau a disparu",
    errno.ETIMEDOUT: "le disque du réseau ne répond plus",
    errno.EHOSTDOWN: "le disque du réseau ne répond plus",
    errno.EHOSTUNREACH: "le disque du réseau ne répond plus",
    errno.ENETUNREACH: "le disque du réseau ne répond plus",
    errno.ELOOP: "ce lien tourne en rond",
    errno.EXDEV: "ce fichier est sur un autre disque",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "la machine manque de mémoire",
}
SILENT = "le disque ne répond pas"
READ_ONLY = "ce fichier est en lecture seule, et il n’est pas remplacé"
KEPT_BESIDE = f"{NBSP}; vos réponses sont à côté, dans le fichier du même nom qui finit par .non-enregistre.txt"
NO_FILE = "ce n’est pas un fichier ordinaire (c’est un dossier, un périphérique ou un tube)"

NO_PLACE = {
    errno.ENOENT: "cet emplacement est introuvable",
    errno.ENOTDIR: "cet emplacement est introuvable",
    errno.EEXIST: "un fichier porte déjà ce nom",
}
"""What differs when a dossier is created rather than written again."""

PROFILE_UNREADABLE = "corrigez ou effacez territoire/profil.yaml, qui ne se lit plus"
"""Why a territory profile is not written."""

NOWHERE = f"aucun dossier personnel n’est connu ici{NBSP}: la variable {DOSSIERS_VARIABLE} dit où garder vos dossiers"
"""Where a program started by another has no home."""


MOST_OF_PATH = 40
"""Characters of a folder's name on the first screen; the beginning of a longer one is left out."""


NOTHING_LEAVES = "Ce programme n’envoie rien et n’ouvre aucune connexion réseau."
LEAVING = {
    SERVED_HERE: "Ce programme n’envoie rien hors de cette machine.",
    SERVED_AROUND: "Ces écrans passent par le réseau, sans chiffrement, car on l’a demandé.",
}
"""What leaves a machine where the screens are in a browser."""


def kept_where(folder: Path | None, served: str = "") -> str:
    """Where dossiers are kept (None: among the documents), and what leaves: two lines at 80 columns.

    ``served`` says that the screens are those of a tab of ``servir``: one of ``LEAVING``. That may be projected, and no
    path is told: who started it knows.
    """
    if served in LEAVING:
        return f"Vos dossiers sont gardés sur la machine d’où viennent ces écrans. {LEAVING[served]}"
    where = f"{quoted(DOSSIERS)}, parmi vos documents" if folder is None else quoted(_short(folder))
    return f"Vos dossiers sont gardés dans {where}. {NOTHING_LEAVES}"


def _short(folder: Path) -> str:
    try:
        name = str("~" / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        name = str(folder)
    name = harmless(name)
    return name if len(name) <= MOST_OF_PATH else f"…{name[1 - MOST_OF_PATH :]}"


def failure(error: OSError | ValueError) -> str:
    """Why the disk refused, in French; the system's own words are English."""
    if not isinstance(error, OSError):
        return "le fichier a été remplacé par autre chose qu’un dossier"
    if isinstance(error, NoRegularFile):
        return NO_FILE
    if isinstance(error, ReadOnly):
        return READ_ONLY + (KEPT_BESIDE if error.is_kept_beside else "")
    return CAUSES.get(error.errno or 0, f"le système a refusé (erreur{NBSP}{error.errno})")


def creation_failure(where: Path, error: OSError | ValueError) -> str:
    """Where a new dossier could not be written, and why."""
    if where.is_relative_to(NO_HOME):
        return NOWHERE
    number = error.errno if isinstance(error, OSError) else None
    why = NO_PLACE.get(number or 0, "") or failure(error)
    if number in NO_PLACE and (file := file_in_the_way(where)) is not None:
        why = under_a_file(where, file)
    return f"impossible d’écrire dans {where}{NBSP}: {why}"


def under_a_file(where: Path, file: Path) -> str:
    """Nothing can be under a file."""
    return f"{'c’' if file == where else f'{quoted(str(file))} '}est un fichier, pas un dossier du disque"


def not_kept(why: str) -> str:
    """The last answers could not be written; the next one tries again."""
    return f"Pas enregistré{NBSP}: {why}. Nouvel essai à la prochaine réponse."


def left_unkept(why: str) -> str:
    """The last answers could not be written, and nothing will try again."""
    return f"Les dernières réponses ne sont pas enregistrées{NBSP}: {why}."


MODIFIED = "Ce dossier a aussi été modifié ailleurs."
JOINED = f"{MODIFIED} Ces changements sont repris avec les vôtres."


def set_aside_text(beside: Path) -> str:
    """The same thing was changed here and elsewhere."""
    told = "Ce dossier a été modifié ailleurs en même temps qu’ici. Il garde ce que vous avez écrit ici"
    return f"{told}{NBSP}; l’autre version est gardée entière, à côté{NBSP}: {beside}"


PARTED = (
    f"Ce fichier portait aussi un autre nom (lien physique){NBSP}: sous cet autre nom reste le texte d’avant, "
    "que vos réponses ne changent plus."
)
"""Said once: from then on the file has one name."""
FORMER = "Enregistré. Mais la mise en forme de ce fichier ne permettait pas d’y garder tous vos commentaires"


def former_text(beside: Path) -> str:
    """A comment of the former text has no place in the new one."""
    return f"{FORMER}{NBSP}; le texte d’avant est gardé entier, à côté{NBSP}: {beside}"


def held_text(title: str, holder: Holder) -> str:
    """Another window writes in this dossier: where, and since when."""
    now = datetime.now().astimezone()
    began = holder.since.astimezone()
    since = f"depuis {'' if began.date() == now.date() else 'le '}{moment_text(began, now)}"
    where = f"sur la machine {quoted(holder.machine)}" if holder.machine else "dans une autre fenêtre"
    return f"{quoted(title)} est ouvert {where}, {since}."


def started_text(started: Started, where: Path) -> str:
    """What to tell of the territory profile, kept ``where``, that a new dossier started from; empty without one."""
    if started.is_unreadable:
        told = f"Le profil du territoire ne se lit plus{NBSP}: il n’est pas repris."
        return f"{told} À corriger ou à effacer{NBSP}: {where}"
    if started.profile is None:
        return ""
    kept = counted(len(started.profile.answers), "réponse reprise", "réponses reprises")
    told = f"Profil du territoire du {day_text(started.profile.day)}{NBSP}: {kept}. À corriger ici si besoin."
    if not started.profile.left:
        return told
    left = listed([quoted(id) for id in started.profile.left])
    return f"{told} Ces réponses n’y sont pas reprises, car elles changent d’un projet à l’autre{NBSP}: {left}."


def draft_failure(error: OSError) -> str:
    """What is being typed is kept nowhere until it is saved."""
    told = f"Ce que vous tapez n’est pas gardé en brouillon{NBSP}: {failure(error)}."
    return f"{told} Enregistrez-le sans attendre."


def left_text(name: str, since: datetime, now: datetime) -> str:
    """A text that waits to be taken up again, and where."""
    when = typed_when(since, now)
    return f"Un texte non enregistré {when} vous attend{NBSP}: {harmless(name)}. Rouvrez-le."


def typed_when(since: datetime, now: datetime) -> str:
    """« d’aujourd’hui 10:42 », « du 12 mars 10:42 »."""
    moment = moment_text(since, now)
    return f"d’{moment}" if since.date() == now.date() else f"du {moment} {since:%H:%M}"
