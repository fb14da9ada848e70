"""``conseil-dla`` and ``python -m conseil_dla``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and give its exit code."""
    from conseil_dla.cli.main import run  # noqa: PLC0415 - nothing is imported before it is needed

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
