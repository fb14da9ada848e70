"""``conseil-dla`` and ``python -m conseil_dla``."""

from __future__ import annotations

import sys

FAULT = 70
"""Exit code where the program itself is at fault (``EX_SOFTWARE`` of sysexits.h)."""


def main() -> int:
    """Run the command line and give its exit code. A fault of the program is told in French, without any value."""
    try:
        from conseil_dla.cli.main import run  # noqa: PLC0415 - nothing is imported before it is needed

        return run(sys.argv[1:])
    except Exception as error:
        from conseil_dla.reporting.crash_text import crash_text  # noqa: PLC0415

        print(crash_text(error), file=sys.stderr)
        return FAULT


if __name__ == "__main__":
    sys.exit(main())
