"""Rewrite the examples of docs/diagnostics.md from the tests' bad files: ``python tools/diagnostics_page.py``.

The words of an entry (its title, what it says, « Que faire ») are written in the page, by hand, and stay. Everything
between fences, and the list of other messages, is made anew: the mistake as an author writes it, what the program
answers, the file once mended. An entry whose code has no bad file keeps its example as it stands.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "diagnostics.md"
BAD = ROOT / "tests" / "bad"
BAD_PROOFS = ROOT / "tests" / "bad_proofs"
BAD_DOSSIERS = ROOT / "tests" / "bad_dossiers"
BAD_TABLES = ROOT / "tests" / "bad_tables"
SHOWN = {
    "DLA001": "windows_1252",
    "DLA007": "deux_points_dans_un_titre",
    "DLA010": "crochet",
    "DLA013": "trop_de_niveaux",
    "DLA015": "caractere_invisible",
    "DLA018": "texte_du_bloc_notes",
    "DLA019": "dans_le_retrait",
    "DLA101": "sorte_inconnue",
    "DLA102": "reponse_inconnue",
    "DLA103": "cle_mal_ecrite",
    "DLA104": "sans_raison",
    "DLA106": "nom_mal_forme",
    "DLA107": "mot_reserve",
    "DLA109": "yes",
    "DLA110": "question_inconnue",
    "DLA111": "format_inconnu",
    "DLA112": "affirmation_inconnue",
    "DLA115": "source_sans_crochets",
    "DLA116": "mot_non_admis",
    "DLA117": "zero_devant",
    "DLA118": "nombre_et_reponses",
    "DLA126": "entre_a_l_envers",
    "DLA204": "questions_en_rond",
    "DLA206": "quart_sans_posture",
    "DLA301": "reponses_sans_lignes",
    "DLA303": "question_inconnue",
    "DLA310": "case_inconnue",
    "DLA316": "question_sans_retrait",
    "DLA331": "guillemet_ouvert",
    "DLA333": "colonne_mal_ecrite",
}
"""Which mistake is shown where a code has several; the first by name otherwise."""
ENTRY = re.compile(r"^### (DLA\d{3}) · .*\n", re.MULTILINE)
ADVICE = "**Que faire**"
ANSWER = "Le programme répond\u00a0:"
OTHERS = "Le même code dit aussi\u00a0:"
MADE = re.compile(rf"^```.*?^```\n|^{ANSWER}\n|^{OTHERS}\n(?:\n- .*\n(?:- .*\n)*)?", re.MULTILINE | re.DOTALL)
VISIBLE = str.maketrans({"\t": "→", "\u00a0": "⍽", "\u202f": "⍽", "\u00ad": "�", "\u200b": "�", "\ufeff": "�",
                         **{chr(code): "�" for code in range(32) if code not in (9, 10)}})  # fmt: skip
SKIPPED = "…"


def page(text: str) -> str:
    """The page with its examples made anew; itself when nothing changed."""
    parts = ENTRY.split(text)
    heads = [match.group(0) for match in ENTRY.finditer(text)]
    made = [parts[0]]
    for head, code, body in zip(heads, parts[1::2], parts[2::2], strict=True):
        made.append(head + _entry(code, body))
    return "".join(made).rstrip("\n") + "\n"


def _entry(code: str, body: str) -> str:
    cases = list(_cases(code))
    if not cases:
        return body
    next_part = re.search(r"^## ", body, re.MULTILINE)
    own, after = (body, "") if next_part is None else (body[: next_part.start()], body[next_part.start() :])
    words = re.sub(r"\n{3,}", "\n\n", MADE.sub("", own)).strip("\n")
    said, _, advice = words.partition(ADVICE)
    first = next((case for case in cases if case.name == f"{code}_{SHOWN.get(code, '')}"), cases[0])
    blocks = [said.strip("\n"), *_bad(first, code), f"{ADVICE}{advice}".strip("\n"), *_good(first)]
    others = dict.fromkeys(_said(case, code)[1] for case in cases if case is not first)
    others.pop(_said(first, code)[1], None)
    if others:
        blocks += [OTHERS, "\n".join(f"- {message}" for message in others)]
    return "\n" + "\n\n".join(blocks) + "\n\n" + after


class Case:
    """One bad file, what is answered, and the file once mended."""

    def __init__(self, name: str, answer: Path, bad: Path | None, good: Path | None, language: str = "yaml") -> None:
        self.name, self.language = name, language
        said = re.sub(r"\bDLA\d{3}_\w+(?=\.(?:csv|xlsx))", "tableau", answer.read_text(encoding="utf-8"))
        self.answer = re.sub(r"^DLA\d{3}_\w+(?=\.yaml)", "dossier", said, flags=re.MULTILINE)
        self.bad, self.good = (_text(path) for path in (bad, good))


def _text(path: Path | None) -> list[str] | None:
    try:
        return None if path is None else path.read_bytes().decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return None


def _cases(code: str) -> Iterator[Case]:
    for folder in sorted((*BAD.glob(f"{code}_*"), *BAD_PROOFS.glob(f"{code}_*"))):
        good = next((path for path in sorted((folder / "corrige").rglob("*.yaml"))), None)
        bad = folder / good.relative_to(folder / "corrige") if good else None
        readable = bad is not None and bad.is_file()
        yield Case(folder.name, folder / "attendu.txt", bad if readable else None, good if readable else None)
    for path in sorted(BAD_DOSSIERS.glob(f"{code}_*.yaml")):
        yield Case(path.stem, path.with_suffix(".txt"), path, BAD_DOSSIERS / "corrige" / path.name)
    for answer in sorted(BAD_TABLES.glob(f"{code}_*.txt")):
        good = BAD_TABLES / "corrige" / f"{answer.stem}.csv"
        bad = BAD_TABLES / good.name
        mended = (bad, good) if good.is_file() else (None, None)
        yield Case(answer.stem, answer, *mended, language="text")


def _said(case: Case, code: str) -> tuple[str, str]:
    """What is answered about this code first: the whole of it, and its message alone."""
    answers = re.split(r"\n(?=\S)", case.answer.rstrip("\n"))
    whole = next(answer for answer in answers if f"({code})" in answer)
    message = whole.split("\n")[0].split("  ", 1)[1].removesuffix(f"  ({code})").strip()
    return whole, re.sub(r"^(?:avertissement|information)\s*:\s*", "", message)


def _bad(case: Case, code: str) -> list[str]:
    shown = [_fenced(case.language, _excerpt(case.bad, case.good))] if _differs(case) else []
    return [*shown, ANSWER, _fenced("text", _said(case, code)[0].split("\n"))]


def _good(case: Case) -> list[str]:
    return [_fenced(case.language, _excerpt(case.good, case.bad))] if _differs(case) else []


def _differs(case: Case) -> bool:
    return case.bad is not None and case.good is not None and case.bad != case.good


def _fenced(language: str, lines: list[str]) -> str:
    return "\n".join([f"```{language}", *lines, "```"])


def _excerpt(text: list[str] | None, other: list[str] | None) -> list[str]:
    """The lines that differ from the other text, with the keys that they stand under; what is left out is marked."""
    assert text is not None
    assert other is not None
    kept: set[int] = set()
    for tag, start, end, _, _ in difflib.SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if tag != "equal":
            kept |= set(range(start, end)) or {max(0, start - 1)}
    kept |= {above for line in kept for above in _above(text, line)}
    shown: list[str] = []
    for number, line in enumerate(text):
        if number in kept:
            shown.append(line.translate(VISIBLE))
        elif shown and shown[-1].strip() != SKIPPED:
            shown.append(" " * (len(line) - len(line.lstrip())) + SKIPPED)
    whole = "\n".join(shown).strip("\n")
    return whole.removesuffix(SKIPPED).rstrip().split("\n")


def _above(text: list[str], line: int) -> Iterator[int]:
    """The lines under which a line stands, by their indents."""
    indent = _indent(text[line])
    for number in range(line - 1, -1, -1):
        if text[number].strip() and _indent(text[number]) < indent:
            indent = _indent(text[number])
            yield number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
