"""A zip archive made the same every time: no date, no order of chance, nothing about the machine that made it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

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
