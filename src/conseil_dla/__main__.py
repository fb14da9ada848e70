"""``conseil-dla`` and ``python -m conseil_dla``."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

FAULT = 70
"""Exit code where the program itself is at fault (``EX_SOFTWARE`` of sysexits.h)."""


def main() -> int:
    """Run the command line and give its exit code. A fault of the program is told in French, without any value."""
    _leave_in_order()
    try:
        from conseil_dla.cli.main import run  # noqa: PLC0415 - nothing is imported before it is needed

        return run(sys.argv[1:])
    except Exception as error:
        from conseil_dla.wording.crash_text import crash_text  # noqa: PLC0415

        with suppress(OSError):
            print(crash_text(error), file=sys.stderr)
        return FAULT


def _leave_in_order() -> None:
    """A stop of the machine, or a terminal that closes, ends as an exit does: nothing half written stays behind.

    Those that the one who started us has set aside (« nohup ») stay so; the screens and the server set their own.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
