"""Under ``batch.py``: dossiers of a .jsonl concluded by zen-engine, what it can do best. ``IN OUT PROCESSES FORM``.

Each line is read as the product reads it (``{"titre": …, "reponses": {…}}``), made into the dictionary of zen's form,
concluded without a trace, and written as one line: rules fired, findings, formats, postures. Dossiers must be complete.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from zen_peer import ZenPeer

from conseil_dla.rules.loading import load

HERE = Path(__file__).parent
CHUNK = 500
_READY: list[Any] = []


def start(form: str) -> None:
    """Make one process ready."""
    base = load(HERE.parent).base
    if base is None:
        raise SystemExit("the rules cannot be read")
    peer = ZenPeer(base.logic, complete=True, outcome=True, traced=False, form=form)
    options = {id: question.answers for id, question in base.logic.questions.items() if question.type == "plusieurs"}
    _READY[:] = [peer, options]


def concluded(lines: list[str]) -> str:
    """Some lines, concluded."""
    peer, options = _READY
    found = []
    for line in lines:
        dossier: dict[str, Any] = {}
        for id, value in json.loads(line)["reponses"].items():
            if id in options:
                for option in options[id]:
                    dossier[f"q_{id}__{option}"] = option in value
            else:
                dossier[f"q_{id}"] = value
        result = peer.diagnose(dossier)["result"]
        found.append(json.dumps(result))
    return "\n".join(found) + "\n"


def chunks(path: str) -> Iterator[list[str]]:
    """The lines of a file, some at a time."""
    with open(path, encoding="utf-8") as file:
        while some := list(islice(file, CHUNK)):
            yield some


def main() -> None:
    """Read, conclude, write, in order."""
    given, out, processes, form = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as file:
        if processes == "1":
            start(form)
            file.writelines(map(concluded, chunks(given)))
        else:
            with Pool(int(processes), start, (form,)) as pool:
                file.writelines(pool.imap(concluded, chunks(given)))


if __name__ == "__main__":
    main()
