"""Styles are known by what they are, whatever program or language wrote the template."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conseil_dla.papers.documents.kinds import STYLED, written
from papers.documents.foreign import closed, opened
from papers.documents.test_styled_files import EVERY_BLOCK
from papers.making import template

FRENCH_IDS = {"Heading1": "Titre1", "Heading2": "Titre2", "Title": "Titre", "Subtitle": "Sous-titre",
              "ListBullet": "Listepuces", "Quote": "Citation", "Footer": "Pieddepage"}  # fmt: skip
"""What Word in French writes for the styles that every Word has; their names stay those of English."""
FRENCH_NAMES = {"heading 1": "Titre 1", "heading 2": "TITRE 2", "Title": "Titre", "Subtitle": "Sous-titre",
                "List Bullet": "Liste à puces", "Quote": "Citation", "footer": "Pied de page"}  # fmt: skip


def _renamed(part: str, suffix: str, attribute: str, names: dict[str, str]) -> bytes:
    found = opened(template(suffix))
    text = found[part].decode()
    for old, new in names.items():
        text = text.replace(f'{attribute}="{old}"', f'{attribute}="{new}"')
    return closed({**found, part: text.encode()})


def _worn_by(suffix: str, data: bytes) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """The names, without their case, of the styles that a paper with one of each block wears; and those it lacks."""
    result = written(EVERY_BLOCK, suffix, data)
    found = opened(result.data)
    if suffix == ".docx":
        names = dict(re.findall(r'<w:style [^>]*w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="([^"]*)"',
                                found["word/styles.xml"].decode()))  # fmt: skip
        worn = re.findall(r'<w:(?:pStyle|tblStyle) w:val="([^"]*)"', found["word/document.xml"].decode())
        return [names[id].lower() for id in worn], result.missing
    return re.findall(r'text:style-name="([^"]*)"', found["content.xml"].decode()), result.missing


@pytest.mark.parametrize("data", [
    _renamed("word/styles.xml", ".docx", "w:styleId", FRENCH_IDS),
    _renamed("word/styles.xml", ".docx", "w:val", {"heading 1": "Heading 1", "heading 2": "Heading 2"}),
    _renamed("word/styles.xml", ".docx", "w:val", {"heading 1": "HEADING 1", "Chapeau": "chapeau", "footer": "Footer"}),
])  # fmt: skip
def test_a_template_saved_again_gives_the_same_styles(data: bytes) -> None:
    """As LibreOffice, Word in French and others write them: other ids, other cases."""
    assert _worn_by(".docx", data) == _worn_by(".docx", template(".docx"))


def test_french_names_are_known_too() -> None:
    worn, missing = _worn_by(".docx", _renamed("word/styles.xml", ".docx", "w:val", FRENCH_NAMES))
    assert missing == ()
    assert {"titre", "titre 1", "titre 2", "sous-titre", "liste à puces", "citation"} <= set(worn)


def test_styles_of_libreoffice_are_known_by_what_they_show() -> None:
    shown = {"Heading_20_1": "Titre1", "Case_20_à_20_cocher": "Case_20__e0__20_cocher", "Text_20_body": "Textbody",
             "Title": "P1"}  # fmt: skip
    data = opened(_renamed("styles.xml", ".odt", "style:name", shown))
    text = data["styles.xml"].decode().replace('"P1" ', '"P1" style:display-name="titre principal" ')
    worn, missing = _worn_by(".odt", closed({**data, "styles.xml": text.encode()}))
    assert missing == ()
    assert set(shown.values()) <= set(worn)


@pytest.mark.parametrize(("suffix", "part", "attribute", "old", "missing"), [
    (".docx", "word/styles.xml", '"heading 1"', '"x"', ("Titre 1", "Titre")),
    (".docx", "word/styles.xml", '"Quote"', '"x"', ("Citation", "")),
    (".docx", "word/styles.xml", '"Tableau de papier"', '"x"', ("Tableau de papier", "")),
    (".odt", "styles.xml", "Title", "x", ("Titre principal", "Titre 1")),
    (".odt", "styles.xml", "Puce", "x", ("Puce", "")),
])  # fmt: skip
def test_a_style_that_is_missing_is_told_by_the_name_its_user_sees(
    suffix: str, part: str, attribute: str, old: str, missing: tuple[str, str]
) -> None:
    found = opened(template(suffix))
    text = found[part].decode().replace(attribute, old)
    text = re.sub(r'w:styleId="(Heading1|Quote|Tableaudepapier)"', r'w:styleId="\1x"', text)
    assert missing in written(EVERY_BLOCK, suffix, closed({**found, part: text.encode()})).missing


@pytest.mark.lent
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("suffix", STYLED)
def test_the_shipped_template_saved_again_by_libreoffice_lacks_nothing(suffix: str, tmp_path: Path) -> None:
    source = tmp_path / f"papier{suffix}"
    source.write_bytes(template(suffix))
    subprocess.run(["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to",
                    suffix[1:], "--outdir", str(tmp_path / "de-nouveau"), str(source)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    result = written(EVERY_BLOCK, suffix, (tmp_path / "de-nouveau" / source.name).read_bytes())
    assert (result.missing, result.told) == ((), ())
