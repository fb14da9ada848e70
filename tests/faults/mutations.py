"""A file damaged at random: by a disk, by a transfer, by an editor, by a hand that slips."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

STRANGE = (
    "\u202e", "\u200b", "\ufeff", "\x00", "\x1b[2J", "\x1b]52;c;aGE=\x07", "é" + "\u0301" * 40, "\U0001f9d1", "\u2028",
    "\x85", "\xa0", "\t", "\r", "’", "«", "\x07", "\u0660", "\ud7ff", "\uffff", "[bold]", "&a ", "*a", "!!int ", "<<: ",
    "%", "`", "@", "'", '"', "{", "[", "|", ">", "? ", ": ", "- ", "#", "---\n", "...\n",
)  # fmt: skip
HUGE = (
    "9" * 400,
    "-1",
    "1e999",
    "0x7fffffffffffffff",
    ".nan",
    ".inf",
    "1_000",
    "99999999999",
    "2026-99-99",
    "12:30:45",
)
NESTED = (
    "[" * 3000,
    "{a: " * 2000,
    "- " * 3000,
    "[" * 40 + "]" * 40,
    "".join(f"{' ' * n}a:\n" for n in range(0, 400, 2)),
)

Mutation = Callable[[bytes, random.Random], bytes]


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def flip_bits(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 30))):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def without_a_piece(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted((_place(data, chance), _place(data, chance)))
    return data[:start] + data[end:]


def zeroed_block(data: bytes, chance: random.Random) -> bytes:
    """What a disk gives back after a power cut."""
    start = _place(data, chance)
    return data[:start] + bytes(min(512, len(data) - start)) + data[start + 512 :]


def doubled_line(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    n = chance.randrange(len(lines))
    return b"".join([*lines[: n + 1], lines[n] * chance.choice((1, 1, 50)), *lines[n + 1 :]])


def swapped_lines(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def without_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def without_a_key(data: bytes, chance: random.Random) -> bytes:
    """A key with all that is under it."""
    lines = _lines(data)
    n = chance.randrange(len(lines))
    depth = len(lines[n]) - len(lines[n].lstrip(b" "))
    end = n + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip(b" ")) > depth:
        end += 1
    return b"".join(lines[:n] + lines[end:])


def shifted_line(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    n = chance.randrange(len(lines))
    lines[n] = chance.choice((b" ", b"  ", b"\t", b"    ")) + lines[n] if chance.random() < 0.5 else lines[n].lstrip()
    return b"".join(lines)


def strange_characters(data: bytes, chance: random.Random) -> bytes:
    found = data
    for _ in range(chance.choice((1, 1, 5))):
        n = _place(found, chance)
        found = found[:n] + chance.choice(STRANGE).encode("utf-8", "surrogatepass") + found[n:]
    return found


def random_bytes(data: bytes, chance: random.Random) -> bytes:
    n = _place(data, chance)
    return data[:n] + chance.randbytes(chance.choice((1, 4, 200))) + data[n:]


def huge_number(data: bytes, chance: random.Random) -> bytes:
    return _replaced(rb"(?<=: )[^\n\[{>|]+", data, chance, chance.choice(HUGE))


def deep_nesting(data: bytes, chance: random.Random) -> bytes:
    return _replaced(rb"(?<=: )[^\n\[{>|]+", data, chance, chance.choice(NESTED))


def other_word(data: bytes, chance: random.Random) -> bytes:
    """A word of the file in the place of another."""
    words = re.findall(rb"[a-z_]{3,}", data)
    return _replaced(rb"[a-z_]{3,}", data, chance, chance.choice(words).decode()) if words else data


def _replaced(pattern: bytes, data: bytes, chance: random.Random, by: str) -> bytes:
    found = list(re.finditer(pattern, data))
    if not found:
        return data + by.encode()
    one = chance.choice(found)
    return data[: one.start()] + by.encode() + data[one.end() :]


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, cut, without_a_piece, zeroed_block, doubled_line, swapped_lines, without_a_line, without_a_key,
    shifted_line, strange_characters, random_bytes, huge_number, deep_nesting, other_word,
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """The file with one to three damages, and their names."""
    names = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if data:
            mutation = chance.choice(MUTATIONS)
            names.append(mutation.__name__)
            data = mutation(data, chance)
    return " + ".join(names), data
