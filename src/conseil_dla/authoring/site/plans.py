"""Plans of workshops, each with its times."""

from __future__ import annotations

from collections.abc import Iterator

from conseil_dla.authoring.site.addresses import KIND_PAGES
from conseil_dla.authoring.site.cards import card, free, prose, words
from conseil_dla.authoring.site.uses import Book
from conseil_dla.ground.french import NBSP, counted
from conseil_dla.rules.plans import Plan, PlanStep
from conseil_dla.wording.moments import MOMENT_NAMES
from conseil_dla.wording.page_parts import Card, Page, Row, Section, Text, Toned

PLAN = "deroulement"


def plans_page(book: Book) -> Page:
    """Every plan, the shortest first."""
    lead = (
        "Comment se déroule un atelier avec une salle, selon le temps que l’on a. La façon de conduire un atelier "
        "est la nôtre."
    )
    cards = tuple(_plan(book, plan) for plan in book.base.plans)
    return Page(KIND_PAGES[PLAN].page, "Les déroulements d’atelier", words(lead), (Section("Du plus court au plus long",
                                                                                        cards=cards),))  # fmt: skip


def _plan(book: Book, plan: Plan) -> Card:
    return card(book, PLAN, plan.id, _rows(book, plan))


def _rows(book: Book, plan: Plan) -> Iterator[Row]:
    yield Row("Durée", words(counted(plan.minutes, "minute")))
    yield from free(book.base.entry(PLAN, plan.id), "a_preparer")
    for step in plan.steps:
        yield Row(f"{MOMENT_NAMES[step.moment]}, {counted(step.minutes, 'minute')}", tuple(_told(step)))


def _told(step: PlanStep) -> Iterator[Text]:
    yield Text((Toned(step.title, "strong"),))
    yield from prose(step.what)
    yield from (Text((f"À dire{NBSP}: {line}",)) for line in step.say.splitlines())
