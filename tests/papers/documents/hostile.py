"""Templates that would call, run or tell something: each with the word that its user is told, by what it does."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from papers.documents.foreign import SPACES, drawing, field, odt, opened, relations, word
from papers.making import template

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><image x:href="{}"/></svg>'
Cases = dict[str, tuple[bytes, str]]


def picture(kind: str = "PNG", **said: object) -> bytes:
    """A small picture."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "#0a5").save(file, kind, **said)
    return file.getvalue()


def of_word(there: str) -> Cases:
    """``there`` is the address that they would call."""
    ole = '<w:r><w:object><v:shape id="s"><v:imagedata r:id="p"/></v:shape><o:OLEObject Type="{}" r:id="o"/></w:object></w:r>'
    settings = opened(template(".docx"))["word/settings.xml"]
    merged = b'<w:attachedTemplate r:id="t"/><w:mailMerge><w:dataSource r:id="t"/></w:mailMerge></w:settings>'
    numbers = opened(template(".docx"))["word/numbering.xml"]
    bullet = (f'<w:numPicBullet {SPACES} w:numPicBulletId="0"><w:pict><v:shape><v:imagedata r:id="b"/></v:shape></w:pict>'
              "</w:numPicBullet>").encode()  # fmt: skip
    start = numbers.index(b">", numbers.index(b"<w:numbering")) + 1
    image = ("p", "image", "media/p.png")
    held = {"word/media/p.png": picture()}
    return {
        "attached template": (
            word(parts={"word/settings.xml": settings.replace(b"</w:settings>", merged),
                        "word/_rels/settings.xml.rels": relations(("t", "attachedTemplate", f"{there}.dotm"))}), "les liens"),
        "linked picture": (word(drawing('<a:blip r:link="p"/>'), links=(("p", "image", f"{there}.png"),)), "les liens"),
        "picture elsewhere": (word(drawing('<a:blip r:embed="p"/>'), links=(("p", "image", f"{there}.png"),)), "les images"),
        "picture of a neighbour": (
            word(drawing('<a:blip r:embed="p"/>'), links=(("p", "image", "\\\\voisin\\SECRET.png"),)), "les images"),
        "old picture": (word(f'<w:r><w:pict><v:shape><v:imagedata src="{there}.png"/></v:shape></w:pict></w:r>'), "les liens"),
        "old picture by link": (
            word('<w:r><w:pict><v:shape><v:imagedata r:href="p"/></v:shape></w:pict></w:r>',
                 links=(("p", "image", f"{there}.png"),)), "les liens"),
        "filled shape": (word(f'<w:r><w:pict><v:rect o:href="{there}"><v:fill type="frame" src="{there}.png" o:href="{there}"'
                              '/></v:rect></w:pict></w:r>'), "les liens"),
        "package in a shape": (word('<w:r><w:pict><v:rect o:gfxdata="SECRET"/></w:pict></w:r>'), ""),
        "DDE": (word(field("DDEAUTO c:\\\\SECRET cmd.exe")), "les champs"),
        "text of elsewhere": (word(field(f'INCLUDETEXT "{there}.docx"')), "les champs"),
        "picture of a field": (word(field(f'INCLUDEPICTURE "{there}.png" \\d')), "les champs"),
        "link": (word(field("LINK Excel.Sheet.12 SECRET.xlsx")), "les champs"),
        "field in a field": (word(field("PAGE").replace("montré", f"</w:t></w:r>{field(f'INCLUDETEXT {there}')}<w:r><w:t>")),
                             "les champs"),
        "field in a code": (word(field("IF 1 = 1 x").replace("</w:instrText></w:r>",
                                 f"</w:instrText></w:r>{field(f'INCLUDETEXT {there}')}", 1)), "les champs"),
        "field without end": (word(field("DDE SECRET").rpartition("<w:r>")[0]), "les champs"),
        "simple field": (word('<w:fldSimple w:instr="FILENAME \\p SECRET"><w:r><w:t>x</w:t></w:r></w:fldSimple>'), "les champs"),
        "object": (word(ole.format("Embed"), links=(image, ("o", "oleObject", "embeddings/o.bin")),
                        parts={**held, "word/embeddings/o.bin": b"SECRET"}), "les objets"),
        "linked object": (word(ole.format("Link"), links=(image, ("o", "oleObject", f"{there}.xlsx")), parts=held), "les objets"),
        "control": (word('<w:r><w:object><w:control r:id="c" w:name="SECRET"/></w:object></w:r>',
                         links=(("c", "control", "activeX/activeX1.xml"),),
                         parts={"word/activeX/activeX1.xml": b"<SECRET/>"}), "les objets"),
        "link in the head": (word('<w:hyperlink r:id="h"><w:r><w:t>site</w:t></w:r></w:hyperlink>',
                                  links=(("h", "hyperlink", there),)), "les liens"),
        "link on a picture": (word(drawing('<a:blip r:embed="p"/>').replace('/></wp:inline>', '/></wp:inline>').replace(
            '<a:graphic>', '<wp:cNvGraphicFramePr/><a:graphic>').replace(
            'name="SECRET.png"/>', 'name="SECRET.png"><a:hlinkClick r:id="h"/></pic:cNvPr>'),
            links=(image, ("h", "hyperlink", there)), parts=held), "les liens"),
        "link in the body": (word(body='<w:p><w:hyperlink r:id="x"><w:r><w:t>SECRET</w:t></w:r></w:hyperlink></w:p>',
                                  more=(("x", "hyperlink", there),)), "les liens"),
        "other document": (word(body='<w:altChunk r:id="x"/>', more=(("x", "aFChunk", "SECRET.html"),),
                                parts={"word/SECRET.html": b"SECRET"}), "les objets"),
        "sub-document": (word(body='<w:p><w:subDoc r:id="x"/></w:p>', more=(("x", "subDocument", f"{there}.docx"),)), "les liens"),
        "frames": (word(more=(("x", "webSettings", "web.xml"),), parts={
            "word/web.xml": b"<SECRET/>", "word/_rels/web.xml.rels": relations(("f", "frame", there))}), ""),
        "drawing under the name of a photograph": (
            word(drawing('<a:blip r:embed="p"/>'), links=(image,), parts={"word/media/p.png": SVG.format(there).encode()}),
            "les images"),
        "drawing beside a picture": (
            word(drawing('<a:blip r:embed="p"><a:extLst><a:ext uri="{9}"><svg:svgBlip r:embed="s"/></a:ext></a:extLst></a:blip>'),
                 links=(image, ("s", "image", "media/s.svg")),
                 parts={**held, "word/media/s.svg": SVG.format(there).encode()}), ""),
        "ink": (word('<mc:AlternateContent><mc:Choice Requires="ink"><ink:ink/></mc:Choice><mc:Fallback>'
                     f'<w:r><w:pict><v:rect src="{there}"/></w:pict></w:r></mc:Fallback></mc:AlternateContent>'), "les liens"),
        "picture of a list": (word(parts={
            "word/numbering.xml": numbers[:start] + bullet + numbers[start:],
            "word/_rels/numbering.xml.rels": relations(("b", "image", f"{there}.png"))}), "les liens"),
        "font": (word(parts={"word/_rels/fontTable.xml.rels": relations(("f", "font", f"{there}.odttf"))}), "les liens"),
        "form": (word('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="SECRET"/></w:ffData></w:fldChar></w:r>'
                      + field(" FORMTEXT ").partition("</w:r>")[2]), "les champs"),
        "data": (word(f'<w:sdt><w:sdtPr><w:alias w:val="SECRET"/><w:dataBinding w:xpath="{there}"/></w:sdtPr><w:sdtContent>'
                      '<w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>', more=(("x", "customXml", "../customXml/item1.xml"),),
                      parts={"customXml/item1.xml": b"<SECRET/>"}), ""),
    }  # fmt: skip


def of_odt(there: str) -> Cases:
    """The same for LibreOffice."""
    frame = '<draw:frame draw:name="SECRET" text:anchor-type="as-char" svg:width="1cm" svg:height="1cm">{}</draw:frame>'
    how = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    event = f'<script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:{{}}SECRET" {how}/>'
    listens = f"<office:event-listeners>{event.format('')}</office:event-listeners>"
    fill = '<style:style style:name="F" style:family="graphic"><style:graphic-properties>{}</style:graphic-properties></style:style>'
    look = opened(template(".odt"))["styles.xml"]
    font = f'<style:font-face style:name="X"><svg:font-face-src><svg:font-face-uri xlink:href="{there}.ttf"/></svg:font-face-src></style:font-face></office:font-face-decls>'
    return {
        "picture elsewhere": (odt(frame.format(f'<draw:image xlink:href="{there}.png" {how}/>')), "les liens"),
        "picture of a neighbour": (odt(frame.format(f'<draw:image xlink:href="//voisin/SECRET.png" {how}/>')), "les liens"),
        "picture of the disk": (odt(frame.format(f'<draw:image xlink:href="../../SECRET.png" {how}/>')), "les images"),
        "drawing under the name of a photograph": (
            odt(frame.format(f'<draw:image xlink:href="Pictures/p.png" {how}/>'),
                parts={"Pictures/p.png": SVG.format(there).encode()}), "les images"),
        "picture in the text": (odt(frame.format("<draw:image><office:binary-data>U0VDUkVU</office:binary-data></draw:image>")),
                                "les images"),
        "background": (odt(styles=fill.format(f'<style:background-image xlink:href="{there}.png" {how}/>')), "les liens"),
        "object": (odt(frame.format(f'<draw:object xlink:href="./Object 1" {how}/>'), parts={"Object 1/content.xml": b"<SECRET/>"}),
                   "les objets"),
        "old object": (odt(frame.format(f'<draw:object-ole xlink:href="{there}" {how}/>')), "les objets"),
        "page in a frame": (odt(frame.format(f'<draw:floating-frame xlink:href="{there}" {how}/>')), "les objets"),
        "plugin": (odt(frame.format(f'<draw:plugin xlink:href="{there}.mp4" {how}/>')), "les objets"),
        "link": (odt(f'<text:a xlink:href="{there}" {how}>{listens}site</text:a>'), "les liens"),
        "listener": (odt(frame.format(f"{listens}<draw:text-box><text:p>x</text:p></draw:text-box>")), "les scripts"),
        "listener of the document": (odt(body="<text:p/>", parts={"content.xml": odt_content(event)}), "les scripts"),
        "macro of a field": (odt(f'<text:execute-macro text:name="SECRET">{listens}jouer</text:execute-macro>'), "les champs"),
        "script": (odt(f'<text:script script:language="x" xlink:href="{there}">SECRET</text:script>'), "les scripts"),
        "section of elsewhere": (
            odt(body=f'<text:section text:name="s"><text:section-source xlink:href="{there}.odt" {how}/><text:p>SECRET</text:p>'
                "</text:section>"), ""),
        "DDE": (odt('<text:dde-connection text:connection-name="SECRET">x</text:dde-connection>'), "les champs"),
        "name of the file": (odt('<text:file-name text:display="full">rapport</text:file-name>'), "les champs"),
        "form": (odt(body=f'<office:forms><form:form xlink:href="{there}" form:name="SECRET"/></office:forms>'), ""),
        "font": (odt(parts={"styles.xml": look.replace(b"</office:font-face-decls>", font.encode())}), "les polices"),
        "printer": (odt(parts={"settings.xml": SETTINGS}), ""),
        "meaning": (odt(parts={"manifest.rdf": b"<SECRET/>", "Thumbnails/thumbnail.png": b"SECRET"}), ""),
    }  # fmt: skip


def odt_content(event: str) -> bytes:
    """A body whose document listens."""
    content = opened(odt())["content.xml"].decode()
    listens = f"<office:scripts><office:event-listeners>{event.format('')}</office:event-listeners></office:scripts>"
    return content.replace("<office:automatic-styles>", f"{listens}<office:automatic-styles>", 1).encode()


SETTINGS = b"""<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><office:settings>
<config:config-item-set config:name="ooo:configuration-settings">
<config:config-item config:name="PrinterName" config:type="string">SECRET</config:config-item>
<config:config-item config:name="CurrentDatabaseDataSource" config:type="string">SECRET</config:config-item>
<config:config-item config:name="TabsRelativeToIndent" config:type="boolean">true</config:config-item>
</config:config-item-set></office:settings></office:document-settings>"""


def refused(suffix: str) -> Cases:
    """Archives that are not even opened, or whose parts are not read further."""
    whole = opened(template(suffix))
    name = {".docx": "word/styles.xml", ".odt": "styles.xml"}[suffix]
    main = {".docx": "word/document.xml", ".odt": "content.xml"}[suffix]
    make = {".docx": word, ".odt": odt}[suffix]
    declared = b'<!DOCTYPE x [<!ENTITY a "%s">]>'
    laughs = declared % b"".join(b'"><!ENTITY %c "%s' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))

    def headed(part: str, declaration: bytes) -> dict[str, bytes]:
        text = whole[part]
        start = text.index(b"?>") + 2
        return {part: text[:start] + declaration + text[start:]}

    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    cases = {
        f"{why} in {part}": (make(parts=headed(part, told)), "déclarations (DTD)")
        for why, told in (("outside entity", outside), ("laughs", laughs))
        for part in (name, main)
    }
    return {
        **cases,
        "styles that are none": (make(parts={name: b"<styles"}), "abîmé"),
        "styles of another kind": (make(parts={name: b"<x/>"}), "abîmé"),
        "styles that nest too deep": (make(parts={name: b"<x>" * 5000 + b"</x>" * 5000}), "abîmé"),
        "styles in no known letters": (make(parts={name: b'<?xml version="1.0" encoding="bidule"?><x/>'}), "abîmé"),
        "no text": (make(parts={main: b"<x/>"}), "il"),
        "way out": (make(parts={"../../SECRET": b"x"}), "mène hors de lui"),
        "way out of Windows": (make(parts={"..\\SECRET": b"x"}), "mène hors de lui"),
        "root": (make(parts={"/etc/SECRET": b"x"}), "mène hors de lui"),
        "two of a name": (make(parts={name.upper(): b"x"}), "du même nom"),
        "former Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "avant 2007"),
        "one piece": (b'<?xml version="1.0"?><office:document/>', "d’une seule pièce"),
        "macros": (make(parts={"Basic/Standard/Module1.xml": b"x"}), "macros"),
        "macros of Word": (make(parts={"word/VBAProject.bin": b"x"}), "macros"),
    }  # fmt: skip
