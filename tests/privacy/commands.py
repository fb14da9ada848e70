"""What a user does without the screens, in one process: ``python commands.py CASE CASE``, in an empty folder.

Started apart, so that what watches it sees all of it, imports included. ``--court`` takes the few that reach furthest.
It prints what each command printed, so that two runs can be compared.
"""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from conseil_dla.cli.main import run

OWN = "dossier.yaml"
PAPERS = ("appel.docx", "cadrage.odt", "cahier-des-charges.html", "comite.md")
SUFFIXES = ("csv", "html")
ANSWERS = "\n".join(["1"] * 6 + ["fin"]) + "\n"


def few(one: str, two: str) -> list[list[str]]:
    """A reading, a questionnaire, a document with a picture, a table."""
    return [
        ["diagnostiquer", "--format", "json", one],
        ["entretien", OWN],
        ["rapport", OWN, "-o", "appel.docx", "--modele", "appel"],
        ["comparer", one, two, "-o", "ecart.xlsx"],
        ["lot", one, two, "-o", "lot.csv"],
    ]


def many(one: str, two: str) -> list[list[str]]:
    """The rest, where it can be had without a screen or a browser."""
    reports = [["rapport", OWN, "-o", name, "--modele", Path(name).stem, "--interne"] for name in PAPERS[1:]]
    beside = [["comparer", one, two, "-o", f"ecart.{suffix}"] for suffix in SUFFIXES]
    return [
        ["-h"], ["--version"], ["diagnostiquer", one, two], ["expliquer", one, "rien_de_tel"], *reports,
        ["comparer", one, two], *beside, ["regles", "essayer"], ["regles", "verifier"],
        ["regles", "schema", "-o", "schemas"], ["regles", "initier", "copie"], ["regles", "documenter", "-o", "site"],
        ["regles", "differences", "copie", "copie"], ["papiers", "deroulement", "-o", "deroulement.html"],
        ["lot", "lot.csv", one, "-o", "lot.jsonl"], ["lot", "--tableau", "vide.xlsx"],
    ]  # fmt: skip


def main(arguments: list[str]) -> None:
    """Run each; write its exit code, its words and its errors."""
    is_short = "--court" in arguments
    one, two = arguments[-2:]
    Path(OWN).write_text("version: 1\ntitre: Essai\nreponses: {}\n", encoding="utf-8")
    for words in few(one, two) + ([] if is_short else many(one, two)):
        out, err = io.StringIO(), io.StringIO()
        sys.stdin = io.StringIO(ANSWERS)
        with redirect_stdout(out), redirect_stderr(err):
            code = run(words)
        print(code, words, out.getvalue(), err.getvalue(), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
