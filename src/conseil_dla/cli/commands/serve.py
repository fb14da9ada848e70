"""``conseil-dla servir``: the screens in a browser of this machine."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

from conseil_dla.cli.commands.open_screens import BROWSER_DRIVER
from conseil_dla.cli.desk import tell
from conseil_dla.cli.parser import DONE, UNUSABLE, FrenchParser, Misused
from conseil_dla.ground.files import SERVED_AROUND, SERVED_HERE, SERVED_VARIABLE
from conseil_dla.reading.opening import rules_folder
from conseil_dla.rules.loading import missing_parts
from conseil_dla.screens.browser.entry import WORD, Keyring
from conseil_dla.screens.browser.place import (
    FIRST_PORT,
    THIS_MACHINE,
    NoPort,
    NoSuchAddress,
    open_place,
    started,
    stopped,
)

HELP = """\
conseil-dla servir [--port N] [--adresse ADRESSE] [--inactivite MINUTES] [--sans-navigateur]
                   [--regles DOSSIER_REGLES]

Les mêmes écrans, dans un navigateur de cette machine, sans réseau. Chaque onglet a ses propres écrans.
  --port N               le numéro de port, de 1 à 65535 (sinon 8421, ou le premier libre ensuite)
  --adresse ADRESSE      où se tenir ; sinon 127.0.0.1, où cette machine seule peut entrer. Toute autre
                         adresse ouvre vos dossiers au réseau, sans chiffrement
  --inactivite MINUTES   s’arrêter après tant de minutes sans aucun onglet ouvert (60 ; 0 : jamais)
  --sans-navigateur      écrire l’adresse sans ouvrir de navigateur
Pour arrêter : Ctrl+C. L’adresse contient un mot secret, nouveau à chaque démarrage : elle seule ouvre.
Lettres plus grandes, pour un projecteur : « ?police=32 » à la fin de l’adresse de l’onglet (de 8 à 72).
"""
IDLE = 60
"""Minutes."""
LONGEST_IDLE = 7 * 24 * 60


def run(arguments: Sequence[str], rules: str | None) -> int:
    """Serve until stopped; what is told goes to stderr."""
    parser = FrenchParser("conseil-dla servir", HELP, rules)
    parser.add_argument("--port")
    parser.add_argument("--adresse")
    parser.add_argument("--inactivite")
    parser.add_argument("--sans-navigateur", action="store_true")
    options = parser.options(arguments)
    port = _number("--port", options.port, 1, 65535)
    minutes = _number("--inactivite", options.inactivite, 0, LONGEST_IDLE)
    minutes = IDLE if minutes is None else minutes
    if not _are_there(options.regles):
        return UNUSABLE
    from conseil_dla.screens.browser.server import serve  # noqa: PLC0415
    from conseil_dla.screens.browser.session import Program  # noqa: PLC0415 - the server is imported by who serves

    address = options.adresse or THIS_MACHINE
    try:
        place = open_place(address, port)
    except NoPort as error:
        raise Misused(_no_port(error.port)) from None
    except NoSuchAddress:
        told = f"cette machine n’a pas l’adresse « {address} »"
        raise Misused(f"{told}\naide : sans --adresse, les écrans restent sur cette machine") from None
    entry = Keyring()
    taken = FIRST_PORT if port is None and place.port != FIRST_PORT else None
    url = f"{place.address}#{WORD}={entry.word}"
    told = started(url, address=address, is_private=place.is_private, minutes=minutes, taken=taken)

    def ready() -> None:
        print(told, file=sys.stderr, flush=True)
        if not options.sans_navigateur:
            ours = f"{place.address}#{WORD}={entry.new_ticket()}"
            Thread(target=_open_browser, args=(ours,), daemon=True).start()  # some browsers are waited for

    around = SERVED_HERE if place.is_private else SERVED_AROUND
    program = Program(_command(options.regles), {"TEXTUAL_DRIVER": BROWSER_DRIVER, SERVED_VARIABLE: around})
    was_idle = asyncio.run(serve(place, entry, program, idle=minutes * 60 or None, ready=ready))
    print(stopped(minutes=minutes if was_idle else None), file=sys.stderr, flush=True)
    return DONE


def _command(rules: str | None) -> Sequence[str]:
    """What each tab runs: this very program, whatever lies in the current folder."""
    return (sys.executable, "-P", "-m", "conseil_dla", *(("--regles", rules) if rules else ()))


def _are_there(rules: str | None) -> bool:
    """A folder that is none is told here rather than in every tab; mistakes in the rules are told on screen."""
    missing = missing_parts(rules_folder(rules))
    if missing:
        tell(missing)
    return not missing


def _number(option: str, text: str | None, least: int, most: int) -> int | None:
    """A whole number within bounds; None when it is not given. Raises ``Misused``."""
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
        return int(text)
    raise Misused(f"{option} : un nombre de {least} à {most}, pas « {text} »\naide : conseil-dla servir -h")


def _no_port(port: int | None) -> str:
    if port is None:
        return "aucun port libre\naide : choisissez-en un avec --port N"
    return (
        f"le port {port} sert déjà à un autre programme, ou vous est interdit\n"
        "aide : choisissez un autre nombre, ou laissez --port de côté"
    )


def _open_browser(url: str) -> None:
    """A window of a browser where there is one, or the one that ``BROWSER`` names; else nothing."""
    is_chosen = bool(os.environ.get("BROWSER"))
    has_windows = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if not (is_chosen or has_windows):
        return
    with suppress(webbrowser.Error, OSError):
        browser = webbrowser.get()
        if is_chosen or type(browser) is not webbrowser.GenericBrowser:  # such a one would take the terminal
            browser.open(url)
