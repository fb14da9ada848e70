"""One question, large, and a show of hands. What is read of the answers stays hidden until the reading is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from conseil_dla.ground.french import NBSP, sentence
from conseil_dla.ground.topic import Topic
from conseil_dla.panes.choices import Choices
from conseil_dla.panes.number_entry import NumberEntry
from conseil_dla.panes.why import question_page
from conseil_dla.reading.values import Reading
from conseil_dla.rules.model import Question, Value
from conseil_dla.toolkit.keys import key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row
from conseil_dla.toolkit.typography import Block, Paragraphs
from conseil_dla.wording.questionnaire import NONE_LABEL, NOTHING_KEPT, refusal
from conseil_dla.workshop import machine as workshop
from conseil_dla.workshop.machine import NONE, UNSURE, Voted, for_question
from conseil_dla.workshop.playing import Playing
from conseil_dla.workshop.screens.hands import HandRows, Option
from conseil_dla.workshop.screens.stage import WorkshopScreen
from conseil_dla.workshop.screens.stage_parts import moved_page
from conseil_dla.workshop.words.sentences import (
    COUNTING,
    ESSENTIAL_OVER,
    NOBODY,
    NOTHING_LEFT,
    PASSED,
    SHARED,
    TIED,
    UNSURE_TEXT,
    asked_text,
    kept_text,
    sheet_text,
    tally_text,
    value_text,
    variant_names,
)
from conseil_dla.workshop.words.topics import QUESTION_TOPIC


class WorkshopQuestionScreen(WorkshopScreen):
    """The room answers; where it is divided, both answers may be kept."""

    moment = "questions"
    before = "intuition"
    after = "reading"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2", "why", "pourquoi", "Pourquoi cette question, et d’où elle vient.", show=False),
        key("f3", "list", "questions", "Choisir une question, déjà posée ou non.", show=False),
        key("f4", "both", "garder les deux", "Garder les deux réponses qui ont le plus de mains."),
        key("tab", "sheet", "la fiche", "Ce que la fiche du scénario répond.", show=False),
        key("ctrl+b", "moved", "ce que ça change", "Ce que la dernière réponse a changé.", show=False),
    ]

    def __init__(self, playing: Playing) -> None:
        super().__init__(playing)
        place = playing.place
        self.question = playing.trail[place] if place is not None and place < len(playing.trail) else None
        self._awaits_next = self.question is None
        self._was: tuple[Reading, ...] = ()
        """Readings before the last answer."""
        self._told = ""

    def compose_stage(self) -> ComposeResult:
        """The question, the hands, what cannot be."""
        with Vertical(classes="stage"):
            yield Paragraphs(id="asks")
            yield HandRows(id="hands")
            yield NumberEntry(id="number-entry")
            yield Paragraphs(id="refusal")

    def on_mount(self) -> None:
        """The question, once it is known which."""
        self.query_one(NumberEntry).display = False
        if self.question is not None:
            self._ask()

    def show_readings(self) -> None:
        """Go on to the next question, if one is awaited; tell what the answer changed once the reading is public."""
        if not self._awaits_next:
            return
        self._awaits_next = False
        self.question = self.playing.next_question()
        self.playing.ask(self.question)
        if self._told and self.playing.is_essential_over:
            self._told = f"{self._told} {ESSENTIAL_OVER}"
        self._ask()
        self.start_clock(anew=True)  # each question has its own share
        if self._was and self.playing.state.revealed:
            self.action_moved()

    def help_topic(self) -> Topic:
        """How hands are counted."""
        return QUESTION_TOPIC

    # --- the question ---

    def _ask(self) -> None:
        base, question = self.playing.base, self.question
        self.query_one("#refusal", Paragraphs).show()
        hands, entry = self.query_one(HandRows), self.query_one(NumberEntry)
        if question is None:
            self.query_one("#asks", Paragraphs).show(Block(NOTHING_LEFT, "title"))
            hands.ask((), {})
            hands.focus()
            self._say()
            return
        asked, texts = base.logic.questions[question], base.entry("question", question)
        several = " (plusieurs réponses)" if asked.type == "plusieurs" else ""
        self.query_one("#asks", Paragraphs).show(Block(texts.texts["libelle"].upper() + several, "title"))
        given = self.playing.variants[0].answers.get(question)
        hands.display, entry.display = asked.type != "nombre", asked.type == "nombre"
        if entry.display:
            hands.ask((), {})  # a number is said, not voted: the hands of the question before are not its own
            entry.ask(asked, texts, given if isinstance(given, int) else None, False)
            entry.take_focus()
        else:
            options = [Option(id, texts.labels[id]) for id in asked.answers]
            options += [Option(NONE, NONE_LABEL, is_quiet=True)] if asked.type == "plusieurs" else []
            ticked = (given if isinstance(given, frozenset) else ()) if asked.type == "plusieurs" else None
            counted_before = self.playing.state.counting.get(for_question(question))
            before = counted_before or (self._voted.hands if self._voted else {})
            at = given if isinstance(given, str) and not counted_before else None
            hands.ask([*options, Option(UNSURE, UNSURE_TEXT, is_quiet=True)], before, at=at, ticked=ticked)
            hands.is_touched = bool(counted_before)
            hands.focus()
        self._say()

    @property
    def _asked(self) -> Question:
        """The question on screen; there is one."""
        assert self.question is not None
        return self.playing.base.logic.questions[self.question]

    @property
    def _voted(self) -> Voted | None:
        """The last vote on this question."""
        return workshop.last_vote(self.playing.state, self.question)

    @property
    def how_far(self) -> str:
        """How many questions were put to the room."""
        return asked_text(self.playing.state)

    def _say(self) -> None:
        """Where the room stands: how many hands, divided or not, in which variants."""
        self.say_state()
        hands = self.query_one(HandRows).raised
        if hands and workshop.is_split(hands) and self._can_keep_both:
            self.room.tell(SHARED, "accent")
        elif hands:
            self.room.tell(f"{tally_text(hands)}.")
        elif told := self._told or " · ".join(variant_names(self.playing.base, self.playing.state)):
            self.room.tell(told)
        else:
            self.room.tell(COUNTING if self.question is not None else "", "quiet")
        self.refresh_bindings()

    @property
    def _can_keep_both(self) -> bool:
        is_one = self.question is not None and self._asked.type != "plusieurs"
        return is_one and len(self.query_one(HandRows).raised) > 1 and len(self.playing.variants) == 1

    @on(HandRows.Raised)
    def _raised(self) -> None:
        hands = self.query_one(HandRows)
        if self.question is not None and hands.is_touched and hands.display and not self._awaits_next:
            self.moves.count(for_question(self.question), hands.raised)
        self._say()

    @on(HandRows.Undecided)
    def _undecided(self, event: HandRows.Undecided) -> None:
        tied = f"{TIED} {SHARED}" if self._can_keep_both else TIED
        self.room.tell(tied if event.is_tied else NOBODY, "accent")

    # --- the answer ---

    @on(HandRows.Kept)
    def _kept(self, event: HandRows.Kept) -> None:
        if event.shown is not self.query_one(HandRows).options:
            return  # a second Entrée, on its way when the first one turned the page
        if self.question is None:
            self.action_turn("reading")
        elif self._is_as_it_was:
            self._go_on()
        elif event.options:
            self._keep((workshop.answer_of(self._asked, event.options),))
        else:
            self.room.tell(NOTHING_KEPT)

    @on(Choices.Answered)
    def _number(self, event: Choices.Answered) -> None:
        if event.question == self.question:
            self._keep((event.value,))

    def _keep(self, values: Iterable[Value | None]) -> None:
        """Keep one answer, or two; refuse what cannot stand beside the others, and say with which."""
        question, values = self.question, tuple(values)
        if question is None or self._awaits_next:  # Entrée pressed twice
            return
        logic = self.playing.base.logic
        if clash := workshop.clash(logic, self.playing.state, question, values):
            known = self.playing.variants[0].answers
            told = refusal(self.playing.base, question, known, clash)
            self.query_one("#refusal", Paragraphs).show(*(Block(text, "accent") for text in told))
            return
        self._was = self.playing.readings
        state = workshop.vote(self.playing.state, question, self.query_one(HandRows).raised, *values)
        move = state.moves[-1] if state.moves else None
        self._told = kept_text(self.playing.base, move) if isinstance(move, Voted) else ""
        self._awaits_next = True
        self.moves.change(state)

    def action_both(self) -> None:
        """Keep the two answers that have the most hands."""
        first, second, *_ = workshop.leading(self.query_one(HandRows).raised)
        self._keep(workshop.answer_of(self._asked, (option,)) for option in (first, second))

    def retraced(self, told: str) -> None:
        """To the question whose answer was taken back."""
        self._was, self._told = (), told
        after = self.playing.state.after
        undone = after.moves[-1] if after is not None and len(after.moves) > len(self.playing.state.moves) else None
        if isinstance(undone, Voted):
            self.question, self._awaits_next = undone.question, False
            self.playing.ask(undone.question)
            self._ask()
        else:
            self._awaits_next = True
            self.moves.read()

    # --- beside ---

    def action_why(self) -> None:
        """Why this question."""
        if self.question is not None:
            self.app.push_screen(question_page(self.playing.base, self.question))

    def action_sheet(self) -> None:
        """What the scenario's sheet answers."""
        if self.question is not None:
            self.room.tell(sheet_text(self.playing.base, self.playing.scenario, self.question))

    def action_list(self) -> None:
        """Any question, those asked already first."""
        base = self.playing.base
        asked = {move.question: move for move in self.playing.state.moves if isinstance(move, Voted)}
        open_now = [id for reading in self.playing.readings[:1] for id in reading.open_questions if id not in asked]
        titles = {id: base.entry("question", id).texts["libelle"] for id in (*asked, *open_now)}
        rows = [Row("Déjà posées", tone="header")] if asked else []
        rows += [Row(titles[id], id, value_text(base, id, move.kept[0])) for id, move in asked.items()]
        rows += [Row("Pas encore posées", tone="header"), *(Row(titles[id], id) for id in open_now)]
        self.app.push_screen(Picker(f"Quelle question poser à la salle{NBSP}?", rows,
                                    "Chercher une question", self.question), self._go)  # fmt: skip

    def _go(self, question: str | None, told: str = "") -> None:
        if question is not None:
            self.question, self._awaits_next, self._told = question, False, told
            self.playing.ask(question)
            self._ask()
            self.start_clock(anew=True)  # each question has its own share

    def action_moved(self) -> None:
        """What the last answer changed, in one sentence."""
        before, after = self._was, self.playing.readings
        if before and after:
            self.app.push_screen(moved_page(self.playing, sentence(self._told), before, after))

    @property
    def _is_as_it_was(self) -> bool:
        """This question was answered, and nothing was done to it since one came back."""
        return self._voted is not None and not self.query_one(HandRows).is_touched

    def action_on(self) -> None:
        """Keep what was counted, as Entrée would; else pass this question over; to the reading when none is left."""
        hands, entry = self.query_one(HandRows), self.query_one(NumberEntry)
        if self._awaits_next:
            return
        if self.question is None:
            self.action_turn("reading")
        elif entry.display and entry.is_changed:
            entry.submit()
        elif hands.display and hands.raised and not self._is_as_it_was:
            hands.action_keep()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """To the question that came after, else to the next one; this one is passed over where it has no answer."""
        playing, question = self.playing, self.question
        if question is not None and self._voted is None:
            playing.passed.add(question)
        following = playing.trail[(playing.place or 0) + 1 :]
        self._was, self._told = (), PASSED if self._voted is None else ""
        if following:
            self._go(following[0], told=self._told)
        else:
            self._awaits_next = True
            self.moves.read()

    def action_back(self) -> None:
        """To the question that came before, else to the room's intuition."""
        place = self.playing.place or 0
        if place:
            self._go(self.playing.trail[place - 1])
            self.call_after_refresh(self.paging.to_end)
        else:
            self.action_turn(self.before, at_end=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what makes sense now."""
        match action:
            case "both":
                return self._can_keep_both
            case "why" | "sheet":
                return self.question is not None
            case "moved":
                return bool(self._was) and bool(self.playing.readings)
        return super().check_action(action, parameters)
