"""What the frozen values say of themselves."""

from __future__ import annotations

from conseil_dla.rules.model import Question

CHOICE = Question("q", "choix", ("a", "b", "c", "d"))
BOXES = Question("q", "plusieurs", ("a", "b", "c"))


def test_any_other_answer_may_be_hoped_for_where_nothing_is_said() -> None:
    assert CHOICE.hoped_for("b") == {"a", "c", "d"}
    assert BOXES.hoped_for(frozenset({"b"})) == {"a", "c"}


def test_what_ripens_goes_one_way_by_any_number_of_steps() -> None:
    ripening = Question("q", "choix", CHOICE.answers, ripens=("c", "a", "b"))
    assert ripening.hoped_for("c") == {"a", "b"}
    assert ripening.hoped_for("a") == {"b"}
    assert ripening.hoped_for("b") == frozenset()
    assert ripening.hoped_for("d") == {"a", "b", "c"}, "an answer outside the order may join it anywhere"


def test_boxes_that_ripen_are_ticked_and_no_other() -> None:
    ripening = Question("q", "plusieurs", BOXES.answers, ripens=("a", "b"))
    assert ripening.hoped_for(frozenset()) == {"a", "b"}
    assert ripening.hoped_for(frozenset({"a", "c"})) == {"b"}
