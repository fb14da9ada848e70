"""Zip archives: those made by anybody, opened without obeying them, and ours, made the same every time."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from conseil_dla.papers.documents.document import BadTemplate

MOST_UNPACKED, MOST_XML = 100_000_000, 20_000_000
"""Bytes of a template once unpacked, and of any part of it that is read as XML."""
MOST_MEMBERS = 5_000
FORMER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins a file of the Office of before 2007, and one of today behind a password."""
PROGRAMS = ("vbaProject.bin", "Basic/", "Scripts/")
"""Members that say that a document holds programs."""
ASTRAY = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
"""A name that would lead out of the archive, were it ever unpacked on a disk."""
ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:[/\\]|//|\\\\|file:|mailto:|javascript:|vnd\.sun\.star)", re.IGNORECASE)
"""Begins the address of something that is not in the file."""
FILE_NAME = re.compile(r"[\\/]|\.(png|jpe?g|gif|bmp|emf|wmf|tiff?|svg|webp)$", re.IGNORECASE)
"""What stands for the description of a picture where nobody wrote one."""
HAS_PROGRAMS = "il contient des macros"


def members(data: bytes) -> dict[str, bytes]:
    """What the archive holds, by name. Raises ``BadTemplate`` with the reason in French."""
    if data.startswith(FORMER):
        raise BadTemplate("c’est un fichier d’avant 2007 (.doc), ou il est protégé par un mot de passe")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise BadTemplate("c’est un fichier d’une seule pièce (.fodt, .xml ou .html)")
    try:
        with ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
            _look(listed)
            return {each.filename: archive.read(each) for each in listed if not each.is_dir()}
    except BadTemplate:
        raise
    except (BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise BadTemplate from error


def _look(listed: list[Any]) -> None:
    names = [each.filename for each in listed]
    if sum(each.file_size for each in listed) > MOST_UNPACKED or len(listed) > MOST_MEMBERS:
        raise BadTemplate("il est trop gros une fois ouvert")
    if any(each.flag_bits & 1 for each in listed):
        raise BadTemplate("il est protégé par un mot de passe")
    if any(ASTRAY.search(name) for name in names):
        raise BadTemplate("il contient un fichier dont le nom mène hors de lui")
    if any(count > 1 for count in Counter(name.lower() for name in names).values()):
        raise BadTemplate("il contient deux fichiers du même nom")
    if any(part.lower() in name.lower() for name in names for part in PROGRAMS):
        raise BadTemplate(HAS_PROGRAMS)


def parsed(data: bytes) -> Any:
    """The root of a part. Raises ``BadTemplate`` when it is damaged, or declares what would be put in for a name."""
    if len(data) > MOST_XML:
        raise BadTemplate("il est trop gros une fois ouvert")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadTemplate from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadTemplate("il contient des déclarations (DTD) qu’aucun traitement de texte n’écrit")
    return root


def unparsed(root: Any) -> bytes:
    """The part again, as its format wants it."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def split(tag: str) -> tuple[str, str]:
    """The namespace and the local name of an element or of an attribute."""
    space, _, name = tag.rpartition("}")
    return space.removeprefix("{"), name


def elements(root: Any) -> Iterator[Any]:
    """All of them, as they were before any of them goes."""
    return iter(list(root.iter("*")))


def drop(element: Any) -> None:
    """Take an element off with all that it holds; a text that follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    element.tail = None
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what an element holds in its place."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.text:
        if before is None:
            parent.text = (parent.text or "") + element.text
        else:
            before.tail = (before.tail or "") + element.text
    children = list(element)
    place = parent.index(element)
    for number, child in enumerate(children):
        parent.insert(place + number, child)
    if children and element.tail:
        children[-1].tail = (children[-1].tail or "") + element.tail
        element.tail = None
    drop(element)


def is_within(element: Any, root: Any) -> bool:
    """Whether it still is a part of the tree."""
    while element is not None and element is not root:
        element = element.getparent()
    return element is root


MIMETYPE = "mimetype"
"""First and not compressed in an OpenDocument file (OpenDocument 1.3, part 2, 3.3)."""
CONTENT_TYPES = "[Content_Types].xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip archive can hold."""


def packed(archive: bytes) -> bytes:
    """The same members, without what depends on when and where they were put together."""
    with ZipFile(BytesIO(archive)) as given:
        return put_together({name: given.read(name) for name in given.namelist() if not name.endswith("/")})


def put_together(members: Mapping[str, bytes]) -> bytes:
    """An archive of these members, in the order that their format wants."""
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for name in sorted(members, key=lambda name: (name != MIMETYPE, name != CONTENT_TYPES, name)):
            member = ZipInfo(name, LONG_AGO)
            member.compress_type = ZIP_STORED if name == MIMETYPE else ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            made.writestr(member, members[name])
    return file.getvalue()
