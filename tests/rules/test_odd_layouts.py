"""Whatever the layout, an edit leaves every comment, and every line that it does not concern."""

from __future__ import annotations

import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conseil_dla.ground.yamltext import Edited, edit, edited, parse, plain_data
from conseil_dla.ground.yamltext.splicing import Unspliceable, comments

ENTRIES = (
    "{k}: v # c\n",
    "{k}: 'deux\n\n  lignes' # c\n",
    "{k}: | # c\n  # un texte\n  qui dure\n\n",
    "? {k} # c\n: v # c\n",
    "? {k}\n# c\n: # c\n  - a # c\n",
    "? {k} # c\n",
    "{k}:   # c\n",
    "{k}: {{a: 1, # c\n  # c\n  b: 2}} # c\n",
    "{k}: [a, # c\n b # c\n ]\n",
    "{k}: # c\n  # c\n  a: v # c\n  ? b # c\n  : w\n",
    "{k}:\n- a: 1 # c\n  b: 2\n# c\n- x # c\n",
    "{k}:\n    - a # c\n\n    - ? b # c\n",
)
"""Ways to write one entry; each ``# c`` becomes a comment of its own."""
BRACES = (
    "reponses: {{{0}, # c\n # c\n {1} }} # c\n",
    "reponses: {{ # c\n {0} # c\n , # c\n {1} # c\n}}\n",
)
IN_BRACES = ("{k}: v", "{k}: [u, # c\n w]", "? {k}: v", "{k}: # c\n v", "{k}: {{x: 1, # c\n  y: 2}}")
ENDS = ("\n", "\r\n", "\r")
BETWEEN = ("", "# c\n", "\n", "\n# c\n\n", "  # c\n")
VALUES = ("z", "un : deux\ntrois", frozenset({"u", "z"}), frozenset(), {"x": "1"}, None)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[str, str, str]:
    """What stands before the answers, the answers (« a » and « b »), and what stands after."""
    between = st.sampled_from(BETWEEN)
    around = [
        "".join(draw(st.sampled_from(ENTRIES)).format(k=f"{side}{n}") + draw(between) for n in range(draw(SOME)))
        for side in ("p", "q")
    ]
    if draw(st.booleans()):
        inside = [draw(st.sampled_from(IN_BRACES)).format(k=k) for k in "ab"]
        answers = draw(st.sampled_from(BRACES)).format(*inside)
    else:
        inside = [draw(st.sampled_from(ENTRIES)).format(k=k) + draw(between) for k in "ab"]
        pad = draw(st.sampled_from(["  ", "   "]))
        answers = draw(st.sampled_from(["reponses: # c\n", "? reponses # c\n: # c\n"]))
        answers += "".join(pad + line if line.strip() else line for line in "".join(inside).splitlines(keepends=True))
    head = draw(st.sampled_from(["", "# c\n", "---\n", "# c\n--- # c\n"]))
    tail = draw(st.sampled_from(["", "# c\n", "...\n"]))
    numbered, number = [], 0
    for part in (head + around[0], answers, around[1] + tail):
        pieces = part.split("# c")
        numbered.append("".join(f"{piece}# c{number + n}" for n, piece in enumerate(pieces[:-1])) + pieces[-1])
        number += len(pieces)
    end = draw(st.sampled_from(ENDS))
    before, answers, after = (part.replace("\n", end) for part in numbered)
    return before, answers, after


SOME = st.integers(0, 2)


def told(text: str) -> Counter[str]:
    return Counter(one.strip() for one in comments(text))


def check(layout: tuple[str, str, str], key: str, value: object) -> None:
    before, answers, rest = layout
    text = before + answers + rest
    root, found = parse(text, "")
    assert root is not None
    assert not [one for one in found if one.is_error], (text, found)
    made = edit(text, {("reponses", key): value})
    assert made.startswith(before), (text, made)
    assert made.endswith(rest), (text, made)
    reread, found = parse(made, "")
    assert reread is not None
    wanted, got = plain_data(root), plain_data(reread)
    assert isinstance(wanted, dict)
    assert isinstance(got, dict)
    assert set(got["reponses"]) == {*wanted["reponses"], key} - ({key} if value is None else set())
    goes_with_items = value is None or (isinstance(value, frozenset) and isinstance(wanted["reponses"].get(key), list))
    assert goes_with_items or not told(text) - told(made), (text, made)
    for name in wanted["reponses"]:
        if name != key:
            assert got["reponses"][name] == wanted["reponses"][name]


@settings(max_examples=150, deadline=None)
@given(layouts(), st.sampled_from("abn"), st.sampled_from(VALUES))
def test_every_comment_and_every_other_line_stays(layout: tuple[str, str, str], key: str, value: object) -> None:
    check(layout, key, value)


@pytest.mark.lent
@settings(max_examples=1500, deadline=None)
@given(layouts(), st.sampled_from("abn"), st.sampled_from(VALUES))
def test_every_comment_and_every_other_line_stays_at_length(
    layout: tuple[str, str, str], key: str, value: object
) -> None:
    check(layout, key, value)


def test_a_key_on_the_line_of_a_dash_goes_alone() -> None:
    text = "l:\n  - a: 1 # c1\n    b: 2 # c2\n  - a: 1\n    # c3\n    b: 2\n"
    after = edit(text, {("l", 0, "a"): None, ("l", 1, "a"): None})
    assert after == "l:\n  - b: 2 # c2\n  -\n    # c3\n    b: 2\n"


def test_no_ordinary_oddity_needs_the_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    text = "? k\n: v\nr: {a: 1, # c1\n  b: 2}\n? r2\n: # c2\n  a: x\n"
    after = edit(text, {("r", "n"): "y", ("r2", "a"): "z", ("n",): "w"})
    assert after == "? k\n: v\nr: {a: 1, # c1\n  b: 2, n: y}\n? r2\n: # c2\n  a: z\nn: w\n"
    assert edit("a: 1 # c\rr:\r  b: 2\r", {("r", "b"): "z"}) == "a: 1 # c\rr:\r  b: z\r"


def refuse(*_: object) -> str:
    """As a layout that lines cannot follow."""
    raise Unspliceable


def test_the_other_library_says_when_a_comment_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conseil_dla.ground.yamltext.writing.splice", refuse)
    assert edited("# c\na: 1 # d\n", {("a",): "z"}) == Edited("# c\na: z # d\n")
    assert not edited("a: 1\nb: {c: 1, # c\n  d: 2}\n", {("a",): "z"}).is_whole
    assert edited("a: 1 # c\rb: 2\r", {("b",): "z"}) == Edited("a: 1 # c\rb: z\r")
