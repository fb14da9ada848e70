"""What the program says of the shipped cases, the trials and 300 random dossiers, as digests: has a change moved any?

    python tools/outputs.py -o before.json           with the program as it was
    python tools/outputs.py --against before.json    with the program as it is; 1 where anything differs, named

Only commands are run, so that any house can be compared with any other: readings in text and in JSON, why, every paper,
comparisons, a batch, the site of the rules, schemas. Both runs are to be made the same day: papers are dated.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import yaml

from conseil_dla.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
RANDOM, SEED = 300, 22
PAPERS = ("appel", "cadrage", "cahier-des-charges", "comite")


def said(*arguments: str) -> str:
    """Exit code, output and errors of a command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return f"{code}\n{out.getvalue()}\n{err.getvalue()}"


def dossiers() -> Iterator[str]:
    """The cases and the trials, as paths from the root."""
    for folder in ("cas", "essais"):
        yield from (str(path.relative_to(ROOT)) for path in sorted((ROOT / "knowledge" / folder).glob("*.yaml")))


def random_dossiers() -> Iterator[str]:
    """Lines of a batch: any answer to any question; what cannot go together is refused, and said."""
    chance = random.Random(SEED)
    items = [
        item
        for path in sorted((ROOT / "knowledge").glob("*.yaml"))
        for item in yaml.safe_load(path.read_text("utf-8")) or []
    ]
    questions = [item for item in items if isinstance(item, dict) and "question" in item]
    for number in range(RANDOM):
        share, answers = chance.random(), {}
        for item in questions:
            if chance.random() < share and (answer := _answer(item, chance)) is not None:
                answers[item["question"]] = answer
        yield json.dumps({"titre": f"Dossier {number}", "reponses": answers}, ensure_ascii=False)


def _answer(item: dict[str, object], chance: random.Random) -> object:
    listed = item.get("reponses")
    known = (
        [next(iter(one)) if isinstance(one, dict) else str(one) for one in listed] if isinstance(listed, list) else []
    )
    known = known or (list(listed) if isinstance(listed, dict) else [])
    match item.get("type"):
        case "oui_non":
            return chance.choice(["oui", "non"])
        case "nombre":
            return chance.randint(2, 30)
        case "plusieurs":
            return chance.sample(known, chance.randint(0, min(3, len(known))))
        case _:
            return chance.choice(known) if known else None


def outputs(work: Path) -> Iterator[tuple[str, str | bytes]]:
    """Each output by a name."""
    paths = list(dossiers())
    for path in paths:
        yield f"text {path}", said("diagnostiquer", path)
        yield f"json {path}", said("diagnostiquer", path, "--format", "json")
    for path in paths[:8]:
        for paper in PAPERS:
            for suffix in (".md", ".html"):
                target = work / f"{Path(path).stem}-{paper}{suffix}"
                yield (
                    f"said {target.name}",
                    said("rapport", path, "-o", str(target), "--modele", paper).replace(str(work), ""),
                )
                yield f"paper {target.name}", target.read_bytes()
    for one, other in pairwise(paths[:7]):
        yield f"compare {one} {other}", said("comparer", one, other)
        yield f"compare json {one} {other}", said("comparer", one, other, "--format", "json")
    lines = work / "random.jsonl"
    lines.write_text("\n".join(random_dossiers()) + "\n", encoding="utf-8")
    for name, options in (("whole", ("--complet",)), ("batch", ())):
        target = work / f"{name}.jsonl"
        told = said("lot", str(lines), "-o", str(target), "--graine", "1", *options).replace(str(work), "")
        yield f"said {name}", "\n".join(line for line in told.split("\n") if "moteur" not in line)
        yield f"lot {name}", target.read_text("utf-8").replace(str(work), "")
    for name, command in (("site", "documenter"), ("schemas", "schema")):
        said("regles", command, "-o", str(work / name))
        for file in sorted(path for path in (work / name).rglob("*") if path.is_file()):
            yield f"{name} {file.relative_to(work / name)}", file.read_bytes()


def main() -> int:
    """Digests to a file, or against one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(ROOT):
        found = {
            name: hashlib.sha256(said if isinstance(said, bytes) else said.encode()).hexdigest()
            for name, said in outputs(Path(folder))
        }
    if options.output:
        options.output.write_text(json.dumps(found, indent=0, ensure_ascii=False), encoding="utf-8")
    if not options.against:
        print(f"{len(found)} outputs")
        return 0
    before = json.loads(options.against.read_text("utf-8"))
    moved = sorted(name for name in before.keys() | found.keys() if before.get(name) != found.get(name))
    print(*moved, sep="\n")
    print(f"{len(moved)} outputs of {len(found)} differ")
    return 1 if moved else 0


if __name__ == "__main__":
    sys.exit(main())
