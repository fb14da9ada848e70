"""Where the server listens, under which names it may be called, and what ``servir`` says of it in the terminal."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from conseil_dla.ground.french import NBSP, counted, spaced

THIS_MACHINE = "127.0.0.1"
FIRST_PORT = 8421
TRIES = 20
"""Ports tried one after the other when none was asked for."""
NOT_OURS = {errno.EADDRNOTAVAIL, getattr(errno, "WSAEADDRNOTAVAIL", errno.EADDRNOTAVAIL)}
"""An address that is not this machine's, as each system says it."""
NOWHERE = ("192.0.2.1", 9)
"""An address kept for documentation: to « connect » a datagram socket to it sends nothing."""


class NoPort(Exception):
    """No port could be taken; ``port`` is the one that was asked for, None when any would have done."""

    def __init__(self, port: int | None) -> None:
        super().__init__(f"no port: {port}")
        self.port = port


class NoSuchAddress(Exception):
    """This machine has no such address."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """A door that is open."""

    door: socket.socket
    host: str
    """As it stands in the address to give."""
    port: int
    names: frozenset[str]
    """Names and addresses under which one may call; elsewhere than on this machine alone, any address in figures."""
    is_private: bool
    """Reached from this machine alone."""

    @property
    def address(self) -> str:
        """« http://127.0.0.1:8421/ »."""
        return f"http://{_in_url(self.host)}:{self.port}/"

    def answers_to(self, called: str | None) -> bool:
        """True when a ``Host`` header names us.

        A page from elsewhere can make its own name lead to this machine, never make its browser call us by an address
        in figures that is not ours.
        """
        name, port = _split(called or "")
        if port != str(self.port):
            return False
        return name in self.names or (not self.is_private and _figures(name) is not None)


def open_place(address: str, port: int | None) -> Doorway:
    """Listen. Raises ``NoSuchAddress``, and ``NoPort`` when it is taken or refused by the system."""
    try:
        found = socket.getaddrinfo(address, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise NoSuchAddress(address) from error
    family, _, _, _, (bound, *_) = found[0]
    door = _listening(family, str(bound), (port,) if port is not None else range(FIRST_PORT, FIRST_PORT + TRIES), port)
    figures = ipaddress.ip_address(str(bound).split("%")[0])
    names = {address.lower(), str(figures)}
    if figures.is_loopback or figures.is_unspecified:
        names |= {"localhost", str(figures), *((THIS_MACHINE,) if family == socket.AF_INET else ("::1",))}
    if not figures.is_loopback:
        names.add(socket.gethostname().lower())
    shown = _reached_at(family) if figures.is_unspecified else address
    return Doorway(door, shown, door.getsockname()[1], frozenset(names), figures.is_loopback)


def _listening(family: int, bound: str, ports: Iterable[int], asked: int | None) -> socket.socket:
    for port in ports:
        door = socket.socket(family, socket.SOCK_STREAM)
        if sys.platform == "win32":
            door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((bound, port))
            door.listen(64)
        except OSError as error:
            door.close()
            if error.errno in NOT_OURS:
                raise NoSuchAddress(bound) from error
        else:
            return door
    raise NoPort(asked)


def _reached_at(family: int) -> str:
    """An address by which the network would reach this machine; its name where there is no network."""
    if family == socket.AF_INET:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(NOWHERE)
            return str(probe.getsockname()[0])
    return socket.gethostname()


def _split(called: str) -> tuple[str, str]:
    """Name and port of a ``Host`` header; port 80 is not written."""
    name, colon, port = called.rpartition(":")
    if not colon or port.endswith("]"):
        name, port = called, "80"
    return name.removeprefix("[").removesuffix("]").lower(), port


def _figures(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    with suppress(ValueError):
        return ipaddress.ip_address(name)
    return None


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


# --- what is said of it -----------------------------------------------------------------------------------------------

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
