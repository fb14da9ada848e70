"""Pictures of a template, known by their first bytes whatever their name, and bare of what they say of themselves.

A camera writes where a picture was taken, a drawing program who drew it: what shows the picture is kept, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

PNG = b"\x89PNG\r\n\x1a\n"
PNG_SHOWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs",
             b"bKGD"}  # fmt: skip
JPEG_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "emf": "image/x-emf",
         "wmf": "image/x-wmf"}  # fmt: skip
"""Pictures that are kept, by the end of their names."""
TALKATIVE = {"emf", "wmf"}
"""Drawings that are kept as they are: who drew them cannot be taken out."""


def bare(data: bytes) -> tuple[str, bytes] | None:
    """The kind and the bytes; None for a kind that is not kept (an SVG can call), or a damaged one."""
    kind = _kind(data)
    try:
        return (kind, BARING[kind](data)) if kind else None
    except (IndexError, ValueError):
        return None


def _kind(data: bytes) -> str:
    if data.startswith(PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if data.startswith(b"BM"):
        return "bmp"
    if data.startswith(b"\x01\x00\x00\x00") and data[40:44] == b" EMF":
        return "emf"
    return "wmf" if data.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00\x00\x03")) else ""


def _png(data: bytes) -> bytes:
    def chunks() -> Iterator[bytes]:
        at, name = len(PNG), b""
        while name != b"IEND":
            end = at + 12 + int.from_bytes(data[at : at + 4], "big")
            name = data[at + 4 : at + 8]
            if end > len(data) or not name:
                raise ValueError(at)
            if name in PNG_SHOWS:
                yield data[at:end]
            at = end

    return PNG + b"".join(chunks())


def _jpeg(data: bytes) -> bytes:
    """Its scans, and the segments that say how to show them: density, colours, Adobe's transform."""

    def parts() -> Iterator[bytes]:
        at = 2
        while True:
            if data[at] != 0xFF:
                raise ValueError(at)
            marker = data[at + 1]
            if marker == 0xD9:
                yield data[at : at + 2]
                return
            if marker == 0xFF:
                at += 1
                continue
            end = at + 2 + (0 if marker in JPEG_ALONE else int.from_bytes(data[at + 2 : at + 4], "big"))
            if marker == 0xDA:
                while not (data[end] == 0xFF and data[end + 1] not in (0, 0xFF, *JPEG_ALONE)):
                    end += 1
            shows = not (0xE0 <= marker <= 0xEF or marker == 0xFE)
            said = data[at + 4 : at + 16]
            if shows or said.startswith((b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")):
                yield data[at:end]
            at = end

    return data[:2] + b"".join(parts())


def _gif(data: bytes) -> bytes:
    """Its images, and the extensions that say how long each is shown and how often."""

    def colours(flags: int) -> int:
        return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0

    def after(at: int) -> int:
        while data[at]:
            at += data[at] + 1
        return at + 1

    def blocks() -> Iterator[bytes]:
        at = 13 + colours(data[10])
        yield data[:at]
        while data[at] != 0x3B:
            if data[at] == 0x2C:
                end = after(at + 11 + colours(data[at + 9]))
                yield data[at:end]
            elif data[at] == 0x21:
                end = after(at + 2)
                if data[at + 1] == 0xF9 or data[at + 3 : at + 14] == b"NETSCAPE2.0":
                    yield data[at:end]
            else:
                raise ValueError(at)
            at = end
        yield b"\x3b"

    return b"".join(blocks())


def _bmp(data: bytes) -> bytes:
    return data[: int.from_bytes(data[2:6], "little") or len(data)]


BARING: dict[str, Callable[[bytes], bytes]] = {
    "png": _png, "jpeg": _jpeg, "gif": _gif, "bmp": _bmp, "emf": bytes, "wmf": bytes,
}  # fmt: skip
