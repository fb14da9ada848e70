"""Under ``peers.py``: what one engine weighs in a fresh process. ``python bench/weight.py product|zen|clips|python``.

Prints [gained once ready, gained by 10,000 more diagnoses], in megabytes. The rules and the dossiers are in memory
before the first look; the engine's library is not.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
from pathlib import Path

from conseil_dla.rules.loading import load
from conseil_dla.rules.model import Logic

HERE = Path(__file__).parent
TIMES = 10_000


def held() -> float:
    """Megabytes of this process and of those that it started, as the system sees them."""
    gc.collect()
    children = [
        pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text("ascii").split()
    ]
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) for pid in ("self", *children))
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Weigh one."""
    who = sys.argv[1]
    sys.path.insert(0, str(HERE.parent / "tests"))
    from shipped import random_dossier  # noqa: PLC0415

    base = load(HERE.parent).base
    if base is None:
        raise SystemExit("the rules cannot be read")
    logic: Logic = base.logic
    chance = random.Random(4)
    dossiers = [random_dossier(logic, chance, 1.0) for _ in range(50)]
    before = held()
    if who == "product":
        from conseil_dla.engine import choose  # noqa: PLC0415

        diagnose, forms = choose(logic).fire, dossiers
    else:
        from peers import peer_classes  # noqa: PLC0415

        peer = peer_classes()[who](logic, complete=True, outcome=False)
        diagnose, forms = peer.diagnose, [peer.prepared(answers) for answers in dossiers]
    diagnose(forms[0])
    ready = held()
    for number in range(TIMES):
        diagnose(forms[number % len(forms)])
    print(json.dumps([ready - before, held() - ready]))


if __name__ == "__main__":
    main()
