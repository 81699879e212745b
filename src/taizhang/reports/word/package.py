"""The parts of the Word file and the zip around them: the same outline gives the same bytes."""

import io
import zipfile
from pathlib import Path

from taizhang.documents.writing import whole
from taizhang.reports.outline import Outline
from taizhang.reports.word.appearance import Appearance, font_table, numbering, official, styles
from taizhang.reports.word.body import Body
from taizhang.reports.word.imprinting import properties
from taizhang.reports.word.markup import NAMESPACE, escaped, field, paragraph, run
from taizhang.reports.word.sections import FOOTER, HEADER
from taizhang.reports.word.theme import theme

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OFFICE_XML = "http://schemas.openxmlformats.org/officeDocument/2006"
_W = f'xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}"'
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_PARTS = {  # name: (its content type, how the main part links to it)
    "word/styles.xml": (f"{_WORD}.styles+xml", "styles"),
    "word/numbering.xml": (f"{_WORD}.numbering+xml", "numbering"),
    "word/fontTable.xml": (f"{_WORD}.fontTable+xml", "fontTable"),
    "word/settings.xml": (f"{_WORD}.settings+xml", "settings"),
    "word/footnotes.xml": (f"{_WORD}.footnotes+xml", "footnotes"),
    "word/theme/theme1.xml": (f"{_OFFICE}.theme+xml", "theme"),
    "word/header1.xml": (f"{_WORD}.header+xml", "header"),
    "word/footer1.xml": (f"{_WORD}.footer+xml", "footer"),
}


def write(outline: Outline, out: Path, look: Appearance | None = None) -> None:
    """Write the report to a file, whole or not at all."""
    with whole(out) as stream:
        stream.write(packed(outline, look))


def packed(outline: Outline, look: Appearance | None = None) -> bytes:
    """The report as the bytes of a .docx file."""
    look = look or official()
    body = Body(outline, look)
    document = f"<w:document {_W}><w:body>{body.written()}</w:body></w:document>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _package_links(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _links(),
        "word/styles.xml": styles(look),
        "word/numbering.xml": numbering(look, body.lists),
        "word/fontTable.xml": font_table(look),
        "word/settings.xml": _settings(),
        "word/theme/theme1.xml": theme(look),
        "word/footnotes.xml": _footnotes(body.footnotes),
        "word/header1.xml": f"<w:hdr {_W}>{paragraph('Header', run(outline.title))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{paragraph('Footer', _page_number())}</w:ftr>",
        "customXml/item1.xml": body.imprint.written(),
        "customXml/_rels/item1.xml.rels": _relations((f"{_RELATIONS}/customXmlProps", "itemProps1.xml")),
        "customXml/itemProps1.xml": properties(),
        "docProps/core.xml": _core(outline),
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE_XML}/extended-properties"><Application>台账</Application></Properties>',
        "docProps/custom.xml": _custom(outline),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            data = content if isinstance(content, bytes) else (_DECLARATION + content).encode()
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same bytes on every system
            archive.writestr(info, data)
    return buffer.getvalue()


def _types() -> str:
    told = {name: kind for name, (kind, _) in _PARTS.items()} | {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "customXml/itemProps1.xml": f"{_OFFICE}.customXmlProperties+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": f"{_OFFICE}.extended-properties+xml",
        "docProps/custom.xml": f"{_OFFICE}.custom-properties+xml",
    }
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in told.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*links: tuple[str, str], names: tuple[str, ...] = ()) -> str:
    made = "".join(
        f'<Relationship Id="{names[n] if n < len(names) else f"rId{n + 1}"}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _package_links() -> str:
    return _relations(
        (f"{_RELATIONS}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
        (f"{_RELATIONS}/custom-properties", "docProps/custom.xml"),
    )


def _links() -> str:
    links = [(f"{_RELATIONS}/{kind}", name.removeprefix("word/")) for name, (_, kind) in _PARTS.items()]
    named = {"header": HEADER, "footer": FOOTER}
    names = tuple(named.get(kind, f"rId{n}") for n, (_, kind) in enumerate(_PARTS.values(), 1))
    return _relations(*links, (f"{_RELATIONS}/customXml", "../customXml/item1.xml"), names=names)


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:footnotePr><w:footnote w:id="-1"/>'
        '<w:footnote w:id="0"/></w:footnotePr><w:compat><w:useFELayout/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _footnotes(notes: list[str]) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    made = "".join(
        f'<w:footnote w:id="{n}">{paragraph("FootnoteText", mark + run(" " + note))}</w:footnote>'
        for n, note in enumerate(notes, 1)
    )
    return (
        f'<w:footnotes {_W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        f"{made}</w:footnotes>"
    )


def _page_number() -> str:
    return f"{run('— ')}{field('PAGE', '1')}{run(' —')}"


def _core(outline: Outline) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(outline.title)}</dc:title><dc:creator>台账</dc:creator></cp:coreProperties>"
    )


def _custom(outline: Outline) -> str:
    """Properties that Word shows under 文件 → 信息 → 属性 → 自定义."""
    told = (("台账快照", outline.snapshot), *outline.properties)
    made = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(worth)}</vt:lpwstr></property>"
        for n, (name, worth) in enumerate(told, 2)
    )
    return f'<Properties xmlns="{_OFFICE_XML}/custom-properties" xmlns:vt="{_OFFICE_XML}/docPropsVTypes">{made}</Properties>'
