"""``rubrique``: what an officer may write for papers, its columns, and what it proposes. No proposal gives a figure."""

from __future__ import annotations

from typing import Literal, cast

from conseil_dla.ground.nodes import Mapping, Node, Scalar, Sequence
from conseil_dla.ground.words import YES, did_you_mean
from conseil_dla.rules.loading.checking import fits, parts
from conseil_dla.rules.loading.conditions import Reader
from conseil_dla.rules.loading.ledger import Item, Ledger
from conseil_dla.rules.loading.part_shapes import PaperColumnShape, ProposalShape
from conseil_dla.rules.loading.questions import check_id
from conseil_dla.rules.model import PaperField, Proposal
from conseil_dla.rules.paper_fields import LEFT_OUT, METHODS, OWN_TEXTS, Counts, FieldType, PaperColumn, Part, Taken

NUMBER, TABLE = "nombre", "tableau"
NO_FIGURE = "une proposition ne donne aucun chiffre : laissez cette place vide"


def read_fields(ledger: Ledger) -> dict[str, PaperField]:
    """Every field, in file order. Mistakes are noted."""
    return {item.id: _field(item, ledger) for item in ledger.of("rubrique") if item.well_shaped}


def _field(item: Item, ledger: Ledger) -> PaperField:
    node, type = item.node, item.node.text("type")
    if item.id in (METHODS, LEFT_OUT):
        ledger.error("DLA107", item.place, f"« {item.id} » est un mot réservé aux papiers", "donnez un autre nom")
    columns = _columns(item, ledger)
    if (type == TABLE) != bool(columns or node.get("colonnes")):
        message = "un tableau a des colonnes, et rien d’autre n’en a"
        ledger.error("DLA118", node.get("colonnes") or item.place, f"{item.subject} : {message}",
                     "ajoutez colonnes:, ou écrivez type: tableau")  # fmt: skip
    if (places := [n for n, column in enumerate(columns) if column.counts == "note"]) and (
        places != [3] or len(columns) != 5
    ):
        message = f"{item.subject} : un tableau de notes a cinq colonnes, dont la quatrième compte « note »"
        ledger.error("DLA118", node.get("colonnes") or item.place, message,
                     "écrivez, dans cet ordre : l’offre, le critère, qui note, la note, pourquoi")  # fmt: skip
    if node.get("compte") is not None and type != NUMBER:
        message = f"{item.subject} : seul un nombre compte dans les sommes"
        ledger.error("DLA118", node.get("compte") or item.place, message, "écrivez type: nombre, ou retirez compte:")
    if (takes := node.text("reprend")) and type != (wanted := "texte" if takes in OWN_TEXTS else "liste"):
        message = f"{item.subject} : « reprend: {takes} » va avec type: {wanted}"
        ledger.error("DLA118", node.get("reprend") or item.place, message,
                     f"écrivez type: {wanted}, ou retirez reprend:")  # fmt: skip
    return PaperField(
        item.id,
        cast("Part", node.text("partie")),
        cast("FieldType", type),
        columns,
        cast("Counts", node.text("compte")),
        tuple(_proposals(item, columns, ledger)),
        node.text("interne") == YES,
        cast("Taken | Literal['']", node.text("reprend")),
    )


def _columns(item: Item, ledger: Ledger) -> tuple[PaperColumn, ...]:
    """A column is a title, or a title with what is counted there."""
    node = item.node.get("colonnes")
    found = []
    for key, value in node.entries if isinstance(node, Mapping) else ():
        check_id(key, "la colonne", ledger)
        if isinstance(value, Scalar):
            found.append(PaperColumn(key.text.strip(), value.text.strip()))
        elif fits(PaperColumnShape, value, ledger, f"une colonne de {item.subject}") and isinstance(value, Mapping):
            counts = cast("Counts", value.text("compte"))
            is_number = value.text("type") == NUMBER or bool(counts)
            found.append(PaperColumn(key.text.strip(), value.text("titre"), is_number, counts))
    return tuple(found)


def _proposals(item: Item, columns: tuple[PaperColumn, ...], ledger: Ledger) -> list[Proposal]:
    """A proposal is a text, or a text or a row with when it is proposed."""
    listed = item.node.get("propositions")
    if listed is not None and item.node.text("type") == NUMBER:
        ledger.error("DLA118", listed, f"{item.subject} attend un nombre", NO_FIGURE)
        return []
    nodes = listed.items if isinstance(listed, Sequence) else ()
    texts = [Proposal(one.text.strip()) for one in nodes if isinstance(one, Scalar)]
    if texts and len(texts) == len(nodes):
        return texts
    return [each for node in parts(listed, ProposalShape, ledger) if (each := _proposal(node, item, columns, ledger))]


def _proposal(node: Node, item: Item, columns: tuple[PaperColumn, ...], ledger: Ledger) -> Proposal | None:
    if isinstance(node, Scalar):
        return Proposal(node.text.strip())
    if not fits(ProposalShape, node, ledger, f"une proposition de {item.subject}") or not isinstance(node, Mapping):
        return None
    row = _row(node.get("ligne"), item, columns, ledger)
    if bool(columns) != bool(row) or bool(columns) == bool(node.text("texte")):
        wanted = "ligne:, avec une valeur par colonne" if columns else "texte:"
        ledger.error("DLA104", node, f"une proposition de {item.subject} ne dit pas ce qu’elle propose",
                     f"écrivez {wanted}")  # fmt: skip
        return None
    formats = ledger.references("format", node.get("pour_formats"))
    condition = Reader(ledger, item.subject, findings=False, decide=False).read(node.get("si"))
    return Proposal(node.text("texte"), row, frozenset(formats), condition)


def _row(node: Node | None, item: Item, columns: tuple[PaperColumn, ...], ledger: Ledger) -> dict[str, str]:
    known = {column.id: column for column in columns}
    row = {}
    for key, value in node.entries if isinstance(node, Mapping) else ():
        id = key.text.strip()
        if id not in known:
            message = f"clé inconnue « {id} » : {item.subject} n’a pas cette colonne"
            ledger.error("DLA103", key, message, did_you_mean(id, list(known)))
        elif known[id].is_number:
            ledger.error("DLA118", key, f"« {known[id].title} » attend un nombre", NO_FIGURE)
        elif isinstance(value, Scalar) and value.text.strip():
            row[id] = value.text.strip()
    return row
