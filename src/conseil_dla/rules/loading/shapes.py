"""The keys that each kind of item allows and requires, described with pydantic: the one module that imports it.

Shapes see texts, lists and mappings only; what a name refers to, and what a condition says, is read elsewhere
(``Any`` here). An error whose type starts with ``DLA`` bears its own code and message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from conseil_dla.rules.kinds import ALL
from conseil_dla.rules.kinds.spec import Form, KindSpec
from conseil_dla.rules.observations import NO_ADDRESS, WHOLE_ADDRESS, is_address
from conseil_dla.rules.paper_fields import Counted, FieldType, Part, Taken

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            date.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise PydanticCustomError("DLA120", "ce n’est pas une date", {"help": "écrivez année-mois-jour : 2026-09-30"})


def _address(text: str) -> str:
    if is_address(text):
        return text
    raise PydanticCustomError("DLA116", NO_ADDRESS, {"help": WHOLE_ADDRESS})


def _prose(value: object) -> object:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("DLA115", "un texte ou une liste de textes est attendu", {})
    if not texts or not all(str(text).strip() for text in texts):
        raise PydanticCustomError("DLA105", "ce texte est vide", {})
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Prose = Annotated[Any, AfterValidator(_prose), WithJsonSchema({"format": "prose"})]
YesNo = Literal["oui", "non"]
Address = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_address),
                    WithJsonSchema({"format": "adresse"})]  # fmt: skip
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"format": "jour"})]
Ids = Annotated[list[Text], Field(min_length=1)]
Many = Annotated[list[Any], Field(min_length=1)]
Force = Literal["legere", "nette", "decisive"]
AnswerPart = Literal[
    "origine", "paroles", "but", "chacune", "groupe", "forme", "qualites", "partenaires", "progres", "avant"
]
WayPart = Literal["but", "chacune", "forme", "qualites", "partenaires", "progres", "issue", "avant"]
"""Parts of a paper that goes out, by what they hold: ``papers`` gives them their titles."""


class Shape(BaseModel):
    """A mapping with a closed set of keys."""

    model_config = ConfigDict(extra="forbid")


class Item(Shape):
    """What any item allows; ``titre`` is required of all."""

    titre: Text
    source: Any = None
    statut: Literal["note", "interpretation", "reseau"] = "note"
    auteur: Text = ""
    a_relire: Day = ""
    interne: YesNo = "non"


class QuestionShape(Item):
    """``question``."""

    question: str
    theme: Text = ""
    libelle: Annotated[Text, StringConstraints(max_length=110)]
    aide: Prose = ""
    pourquoi: Prose = ""
    type: Literal["choix", "plusieurs", "nombre", "oui_non"]
    reponses: Any = None
    bornes: Any = None
    unite: Text = ""
    ordinaires: Any = None
    posee_si: Any = None
    modifiable: Literal["non", "structures", "dla", "collectivite", "temps"] = "non"
    murit: Ids = []
    profil: YesNo = "non"
    a_demander: Literal["ensemble", "separement", "collectivite", "dla"] | None = None
    ouvre_la_lecture: YesNo = "non"
    a_poser_tot: YesNo = "non"
    a_poser_en_premier_si: Any = None
    dans_les_papiers: AnswerPart | None = None
    phrase: Text = ""
    phrases: dict[str, Any] = {}
    anciennement: Ids = []
    du_tableau: Any = None


class ColumnShape(Item):
    """``colonne``: a column of the table of structures."""

    colonne: str
    type: Literal["texte", "choix", "oui_non", "nombre"]
    reponses: Any = None
    aide: Prose = ""
    valeurs: dict[str, Text] = {}
    une_valeur: Text = ""
    codes_postaux: dict[str, Text] = {}


class RuleShape(Item):
    """``regle``."""

    regle: str
    quand: Any
    alors: Many
    parce_que: Prose
    source: Any
    exemples: Many = []


class CoherenceShape(Item):
    """``coherence``."""

    coherence: str
    jamais: Any
    parce_que: Prose


class MotifShape(Item):
    """``motif``."""

    motif: str
    phrase: Text = ""


class WordShape(Item):
    """``mot``."""

    mot: str
    avant: Prose = ""
    aujourd_hui: Prose = ""
    note: Prose = ""


class ReminderShape(Item):
    """``rappel``."""

    rappel: str
    apres_mois: Text
    que_regarder: Prose
    en_methode: Prose = ""


class PlanShape(Item):
    """``deroulement``: a plan of a workshop."""

    deroulement: str
    minutes: Text
    a_preparer: Prose = ""
    temps: Many


class PaperFieldShape(Item):
    """``rubrique``: what an officer may write for papers."""

    rubrique: str
    partie: Part
    type: FieldType
    aide: Prose = ""
    unite: Text = ""
    compte: Counted | None = None
    reprend: Taken | None = None
    colonnes: Annotated[dict[str, Any], Field(min_length=1)] = {}
    propositions: Many = []


class ClaimShape(Item):
    """``affirmation``."""

    affirmation: str
    nature: Literal["regle", "savoir", "cas"] = "savoir"
    voix: Text = ""
    date: Text = ""


_FORMS: Mapping[Form, tuple[Any, Any]] = {
    "prose": (Prose, ""),
    "text": (Text, ""),
    "task": (Annotated[Text, StringConstraints(max_length=80)], ""),
    "yes_no": (YesNo, "non"),
    "condition": (Any, None),
    "formats": (Ids, []),
    "part": (WayPart | None, None),
    "supports": (Literal["appuis"] | None, None),
    "sides": (Annotated[dict[str, Literal["positif", "negatif"]], Field(min_length=1)], {}),
    "many": (Many, []),
    "apart": (Ids, []),
}
"""What stands under a key of ``rules.kinds``, and what is meant where it is absent."""


S = TypeVar("S", bound=Shape)


def made(base: type[S], keys: Mapping[str, tuple[Any, Any]]) -> type[S]:
    """A shape with these keys more: what stands under each, and what is meant without it (``...``: it is needed)."""
    fields: dict[str, Any] = dict(keys)
    return create_model(next(iter(keys)), __base__=base, **fields)


def _of_kind(kind: KindSpec) -> type[Item]:
    """The shape of a kind of conclusion."""
    keys = {key.name: (_FORMS[key.form][0], ... if key.needed else _FORMS[key.form][1]) for key in kind.keys}
    return made(Item, {kind.word: (str, ...), **keys})


ITEMS: dict[str, type[Item]] = {
    "regle": RuleShape,
    "coherence": CoherenceShape,
    "question": QuestionShape,
    "motif": MotifShape,
    **{kind.word: _of_kind(kind) for kind in ALL},
    "mot": WordShape,
    "rappel": ReminderShape,
    "deroulement": PlanShape,
    "rubrique": PaperFieldShape,
    "affirmation": ClaimShape,
    "colonne": ColumnShape,
}
"""Shape of an item by its first key: the closed list of kinds."""


class WordingShape(Shape):
    """A cell of a column, written at length."""

    libelle: Any


class AnswerShape(WordingShape):
    """An answer of a question, beside which its former ids stand."""

    anciennement: Ids = []


class TallyShape(Shape):
    """``du_tableau``: what a question counts in the table of structures."""

    compte: Any = None
    differents: Text = ""
    reponses: Annotated[dict[str, Any], Field(min_length=1)] = {}


def described(shape: type[Shape]) -> dict[str, Any]:
    """The keys of a shape as JSON Schema: ``properties``, ``required``, ``additionalProperties``.

    What the shape leaves to others (``Any``) has no type here; prose and days have a ``format`` of ours.
    """
    return shape.model_json_schema()


def mistakes(shape: type[Shape], data: object) -> list[ErrorDetails]:
    """Everything in ``data`` that does not fit the shape; empty when it fits."""
    try:
        shape.model_validate(data, strict=True)
    except ValidationError as problem:
        return problem.errors(include_url=False, include_input=False)
    return []
