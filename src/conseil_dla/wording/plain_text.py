"""A reading or an explanation as plain lines for a terminal or a pipe: no colour, no escape sequence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from conseil_dla.ground.french import MARKS, NBSP, counted, harmless, typeset
from conseil_dla.reading.whole import Whole
from conseil_dla.wording.outline import outline

WIDTH = 80
LEADS = ("Pour", "Contre")
"""Marks of reasons, to be heard."""


def reading_text(whole: Whole, *, width: int = WIDTH) -> str:
    """The whole reading of one dossier, ending with a line end."""
    lines = [*_wrapped(_heading(whole), 0, width), "═" * width]
    for section in outline(whole):
        lines += ["", f"── {section.title} ".ljust(width, "─")] if section.title else []
        for line in section.lines:
            lines += _wrapped(line.text, line.indent, width)
            for mark, reasons in zip(MARKS, line.sides or ((), ()), strict=True):
                for reason in reasons:
                    lines += _wrapped(f"{mark} {reason}", line.indent + 1, width)
    return "\n".join(lines) + "\n"


def reading_lines(whole: Whole) -> tuple[str, ...]:
    """The whole reading to be heard as well as read: no rule is drawn, nothing is set back; a title is a line alone."""
    lines = [_heading(whole).replace(" · ", ", ")]
    for section in outline(whole):
        lines += ["", section.title] if section.title else []
        for line in section.lines:
            lines.append(line.text)
            for lead, reasons in zip(LEADS, line.sides or ((), ()), strict=True):
                lines += [f"{lead}{NBSP}: {f'{NBSP}; '.join(reasons)}."] if reasons else []
    return tuple(lines)


def lines_text(lines: Iterable[str], *, width: int = WIDTH) -> str:
    """Each text from a line of its own, ending with a line end; an empty one is an empty line."""
    return "".join(f"{part}\n" for line in lines for part in _wrapped(line, 0, width))


def _heading(whole: Whole) -> str:
    title = harmless(whole.dossier.title) or harmless(whole.dossier.path)
    return f"{title} · {counted(len(whole.reading.answers), 'réponse')}"


def paragraphs_text(paragraphs: Iterable[str], *, width: int = WIDTH) -> str:
    """Paragraphs separated by an empty line, ending with a line end."""
    return "\n\n".join("\n".join(_wrapped(paragraph, 0, width)) for paragraph in paragraphs) + "\n"


def _wrapped(text: str, indent: int, width: int) -> list[str]:
    margin = "   " * indent
    return textwrap.wrap(
        typeset(harmless(text)), width, initial_indent=margin, subsequent_indent=margin, break_long_words=False,
        break_on_hyphens=False,
    ) or [""]  # fmt: skip
