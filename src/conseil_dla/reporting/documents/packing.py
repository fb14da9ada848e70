"""A zip archive made the same every time: no date, no order of chance, nothing about the machine that made it."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MIMETYPE = "mimetype"
"""First and not compressed in an OpenDocument file (OpenDocument 1.3, part 2, 3.3)."""
CONTENT_TYPES = "[Content_Types].xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip archive can hold."""


def packed(archive: bytes) -> bytes:
    """The same members, without what depends on when and where they were put together."""
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(file, "w") as made:
        for name in sorted(given.namelist(), key=lambda name: (name != MIMETYPE, name != CONTENT_TYPES, name)):
            if name.endswith("/"):
                continue
            member = ZipInfo(name, LONG_AGO)
            member.compress_type = ZIP_STORED if name == MIMETYPE else ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            made.writestr(member, given.read(name))
    return file.getvalue()
