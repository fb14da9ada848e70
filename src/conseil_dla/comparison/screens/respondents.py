"""Who answers alone: added, given the screen, taken out; and from there, their views crossed.

A screen of its own rather than a sheet: behind a sheet, whoever comes to answer would read the dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Button, Input

from conseil_dla.comparison import alone_text as text
from conseil_dla.comparison.alone_text import PERSON_TOPIC, RESPONDENTS_TOPIC
from conseil_dla.comparison.screens.alone import AloneScreen, consent_page
from conseil_dla.comparison.screens.crossed import CrossedScreen
from conseil_dla.ground.french import NBSP, harmless, spaced
from conseil_dla.ground.topic import Topic
from conseil_dla.interview import alone
from conseil_dla.panes.comfort import hides_titles
from conseil_dla.panes.dossier_page import DossierPage
from conseil_dla.panes.notice import NamingPage
from conseil_dla.panes.writing_page import KeepingPage
from conseil_dla.rules.model import ROLES, Dossier, Respondent
from conseil_dla.toolkit.fields import TitleField
from conseil_dla.toolkit.keys import KeyBar, TitleBar, key
from conseil_dla.toolkit.picker import Picker
from conseil_dla.toolkit.rows import Row, Rows
from conseil_dla.toolkit.sheets import InTurns, Page
from conseil_dla.toolkit.typography import GAP, Block, Paragraphs
from conseil_dla.wording.discretion import HIDDEN_PERSON, hidden_person

if TYPE_CHECKING:
    from conseil_dla.reading.compose import Reader

ADD, VIEWS, PERSON = "add", "cross", "person "
"""Keys of rows."""
ANSWER, CONSENT, REMOVE, WHO = "answer", "consent", "remove", "who"
"""What can be done for somebody."""
NONE = "none"
"""Key of the row that says no role."""
HEADING = "Croiser les regards"
LEAD = "Plusieurs personnes répondent séparément aux mêmes questions. Vos propres réponses n’y sont pas."


class RespondentRows(Rows):
    """Entrée opens a row."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "ouvrir")]


class RespondentsScreen(InTurns, Screen[None]):
    """Every change is kept at once, by the screen of the dossier."""

    AUTO_FOCUS = "#respondents"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "revenir", "Revenir aux questions du dossier."),
        key("f4", "add", "ajouter", "Ajouter une personne qui répondra seule."),
        key("f6", "crossed", "regards croisés", "Voir où les regards se rejoignent et où ils diffèrent."),
    ]

    def __init__(self, reader: Reader, dossier: Callable[[], Dossier], keep: Callable[[Dossier], None]) -> None:
        """``dossier`` gives it as it stands; ``keep`` writes it."""
        super().__init__()
        self._reader = reader
        self._dossier = dossier
        self._keep = keep

    def compose(self) -> ComposeResult:
        """The list."""
        yield TitleBar(HEADING)
        with Vertical(id="question"):
            yield Paragraphs(Block(HEADING, "title"), Block(LEAD, "quiet"), id="libelle")
            yield RespondentRows(self._rows(), id="respondents")
        yield KeyBar()

    def show_titles(self) -> None:
        """Names, or numbers in their place."""
        self._show(self.query_one("#respondents", Rows).current)

    def renew(self, handed: Dossier, found: Dossier) -> None:
        """Those who were added elsewhere, and what they answered there."""
        self._show(self.query_one("#respondents", Rows).current)

    def _rows(self) -> Iterable[Row]:
        for number, one in enumerate(self._dossier().everyone.values(), 1):
            yield Row(self._named(number, one), f"{PERSON}{number}", text.standing(one))
        yield Row("Ajouter une personne", ADD, tone="strong")
        yield Row("Voir les regards croisés", VIEWS, tone="strong")

    def _named(self, number: int, one: Respondent) -> str:
        return harmless(one.name) if one.consents and not hides_titles(self.app) else hidden_person(number)

    def _show(self, at: str | None) -> None:
        self.query_one("#respondents", Rows).show(self._rows(), at)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if event.key == ADD:
            self.action_add()
        elif event.key == VIEWS:
            self.action_crossed()
        else:
            self._open(int(event.key.removeprefix(PERSON)))

    # --- one person ---

    def _open(self, number: int) -> None:
        """What can be done for somebody."""
        one = list(self._dossier().everyone.values())[number - 1]
        begun = "Reprendre" if one.count else "Faire répondre"
        buttons = [(ANSWER, begun), (CONSENT, "Son accord"), (REMOVE, "Retirer")]
        if not one.consents:
            buttons.append((WHO, text.WHO))
        after = (Block(text.standing(one)), GAP, Block(text.HANDING, "quiet"), Block(text.TAKING_BACK, "quiet"))
        named, instead = (Block(name, "strong") for name in (self._named(number, one), hidden_person(number)))
        page = SomebodyPage("Une personne qui répond seule", (named, *after), (instead, *after), tuple(buttons))
        self.app.push_screen(page, partial(self._done, one, f"{PERSON}{number}"))

    def _done(self, one: Respondent, at: str, chosen: str | None) -> None:
        back = partial(self._back, at)
        if chosen == ANSWER:
            self.app.push_screen(AloneScreen(self._reader.base, one.name, self._dossier, self._keep), back)
        elif chosen == CONSENT:
            self.app.push_screen(consent_page(one), partial(self._consented, one.name, at))
        elif chosen == REMOVE:
            named = harmless(one.name) if one.consents else HIDDEN_PERSON
            self.app.push_screen(_withdrawal(one, named), partial(self._withdrawn, one.name))
        elif chosen == WHO:
            after = (GAP, Block(text.WHO_ONLY, "quiet"))
            who, nobody = (Block(name, "strong") for name in (harmless(one.name), HIDDEN_PERSON))
            self.app.push_screen(NamingPage(text.WHO, (who, *after), (nobody, *after)), partial(self._back, at))

    def _back(self, at: str, nothing: object) -> None:
        self._show(at)

    def _consented(self, name: str, at: str, chosen: str | None) -> None:
        if chosen is not None:
            self._keep(alone.consenting(self._dossier(), name, chosen == text.YES_ID))
        self._show(at)

    def _withdrawn(self, name: str, chosen: str | None) -> None:
        if chosen == REMOVE:
            self._keep(alone.without(self._dossier(), name))
            self._show(ADD)

    # --- the rest ---

    def action_add(self) -> None:
        """Somebody more."""
        self.app.push_screen(PersonPage(tuple(self._dossier().everyone)), self._added)

    def _added(self, given: tuple[str, str] | None) -> None:
        if given is not None and given[0]:
            dossier = alone.with_respondent(self._dossier(), Respondent(given[0], role=given[1]))
            self._keep(dossier)
            self._show(f"{PERSON}{len(dossier.everyone)}")

    def action_crossed(self) -> None:
        """Their views."""
        self.app.push_screen(CrossedScreen(self._reader, self._dossier()))

    def action_leave(self) -> None:
        """Back to the dossier."""
        self.dismiss(None)


CROSS = DossierPage(
    name="cross",
    key="ctrl+x",
    label="croiser les regards",
    sentence=f"Croiser les regards{NBSP}: faire répondre plusieurs personnes, séparément.",
    writes=lambda hand: hand.app.push_screen(RespondentsScreen(hand.reader, lambda: hand.dossier, hand.saving.keep)),
    screen=RespondentsScreen,
    topic=RESPONDENTS_TOPIC,
    before_fields=True,  # the field of a number would cut its text
)


class SomebodyPage(NamingPage):
    """What can be done for somebody; Entrée gives them the screen."""

    AUTO_FOCUS = f"#{ANSWER}"


def _withdrawal(one: Respondent, named: str) -> Page:
    """Taking somebody out loses what they answered."""
    told = spaced(f"Retirer {named} ?")
    after = (GAP, Block(text.withdrawal_text(one)))
    buttons = ((REMOVE, "Retirer"),)
    instead = spaced(f"Retirer {HIDDEN_PERSON} ?")
    return NamingPage(
        "Retirer une personne",
        (Block(told, "strong"), *after),
        (Block(instead, "strong"), *after),
        buttons,
        close="Garder",
    )


class PersonPage(KeepingPage[tuple[str, str]]):
    """Gives back a name that nobody there has, and a role, which may be empty; None when nobody is added."""

    draft_name = "une personne qui répondra seule"
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "app.focus_next", "champ suivant"),
        key("f5", "keep", "ajouter", "Ajouter cette personne."),
        key("escape", "leave", "renoncer", "Fermer cette page sans ajouter personne."),
    ]
    before = ("", "")

    def __init__(self, there: tuple[str, ...]) -> None:
        super().__init__()
        self._there = there
        self._role = ""

    def compose(self) -> ComposeResult:
        """Two fields, two buttons."""
        with Vertical(classes="sheet"):
            lead = Block(text.NAME_HELP, "quiet")
            yield Paragraphs(Block("Une personne qui répondra seule", "title"), lead, classes="sheet-title")
            yield Paragraphs(Block("Nom"), classes="label")
            yield TitleField(compact=True, max_length=text.MOST_NAME, id="name")
            yield Button(self._label, id="role", classes="cell-choice", compact=True)
            yield from self.foot("Ajouter", "Renoncer")

    @property
    def _label(self) -> str:
        return f"Elle répond pour{NBSP}: {text.role_name(self._role)}"

    def help_topic(self) -> Topic:
        """Names and roles."""
        return PERSON_TOPIC

    @property
    def given(self) -> tuple[str, str]:
        """The name as typed, and the role."""
        return self.query_one("#name", Input).value.strip(), self._role

    def action_keep(self) -> None:
        """Add somebody, unless the name is missing or taken."""
        typed, role = self.given
        name = text.name_given(typed, self._there)
        if name:
            self.dismiss((name, role))
        else:
            told = text.NAME_TAKEN if typed else text.NAME_MISSING
            self.notify(told, severity="warning", timeout=8, markup=False)

    @on(Button.Pressed, "#role")
    def _choose(self, event: Button.Pressed) -> None:
        event.stop()
        rows = [Row(text.role_name(role), role or NONE, tone="plain" if role else "quiet") for role in (*ROLES, "")]
        picker = Picker("D’où répond cette personne", rows, "Chercher", self._role or NONE)
        self.app.push_screen(picker, self._chosen)

    def _chosen(self, role: str | None) -> None:
        if role is not None:
            self._role = "" if role == NONE else role
            self.query_one("#role", Button).label = self._label
