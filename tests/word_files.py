"""Small Word files written part by part, for what no library writes: tracked changes, fields, lists, text boxes.

And short forms of what is read of them.
"""

import zipfile
from pathlib import Path

from taizhang.documents.blocks import Cell, Draft, Fragment, Paragraph, Role, place_of
from taizhang.documents.docx.index import Index
from taizhang.documents.docx.reader import open_parts
from taizhang.documents.docx.text import Content
from taizhang.documents.package import Package

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(path: Path, body: str, **parts: str) -> Path:
    """A file with this body; `styles`, `numbering`, `footnotes` and so on are what these parts hold."""
    roots = {"document": f"<w:body>{body}</w:body>", **parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind(name)}+xml"/>' for name in roots
    )
    links = "".join(f'<Relationship Id="r{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            relationships(f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
        )
        for name, inner in roots.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{inner}</w:{name}>")
        archive.writestr("word/_rels/document.xml.rels", relationships(links))
    return path


def kind(name: str) -> str:
    return "document.main" if name == "document" else name


def relationships(links: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph; words without tags become a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else run(part) for part in inner)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def cell(*blocks: str, properties: str = "") -> str:
    """A table cell; words without tags become a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(b if b.startswith('<') else par(b) for b in blocks)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row; words without tags become a cell."""
    inner = "".join(c if c.startswith("<") else cell(par(c)) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(code: str, result: str) -> str:
    return char("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + char("separate") + result + char("end")


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def texts(draft: Draft, role: Role = Role.BODY) -> list[str]:
    return [block.text for block in draft.blocks if isinstance(block, Paragraph) and block.role is role]


def grid(fragment: Fragment) -> list[list[str | None]]:
    return [[None if place is None else place.text for place in line] for line in fragment.grid]


def filled(fragment: Fragment) -> list[list[str]]:
    """Every place of the grid, covered ones with the words of the cell that covers them."""
    lines: list[list[Cell]] = [[None] * len(line) for line in fragment.grid]  # type: ignore[list-item]
    for r, line in enumerate(fragment.grid):
        for c, found in enumerate(line):
            for down in range(found.rows if found else 0):
                for across in range(found.columns):
                    lines[r + down][c + across] = found
    return [[found.text for found in line] for line in lines]


def check_places(draft: Draft, path) -> None:
    """Every piece tells where its words stand; only the numbers that Word prints itself stand nowhere."""
    with Package.open(path) as package:
        parts = open_parts(package)
        paragraphs = [Content(p, parts.styles.look).text for p in Index(parts.roots).numbers]
    for block in draft.blocks:
        holders = [c for line in block.grid for c in line if c] if isinstance(block, Fragment) else [block]
        for holder in holders:
            for piece, following in zip(holder.pieces, [*holder.pieces[1:], None], strict=True):
                if following and following.source == piece.source:
                    continue  # a printed number
                place = place_of(holder.text, holder.pieces, piece.start)
                stop = following.start if following else len(holder.text)
                words = holder.text[piece.start : stop]
                if place.paragraph:
                    stands = paragraphs[place.paragraph - 1][place.start : place.end]
                    assert words.rstrip("\n") == stands.rstrip("\n")
                assert place.file == path.name
