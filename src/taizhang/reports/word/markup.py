"""Stretches of WordprocessingML as text: runs, fields, bookmarks, controls. Text is quicker made than a tree."""

from taizhang.documents.docx.imprint import held

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escaped(text: str) -> str:
    """As text or as the value of an attribute."""
    return held(text).translate(_SPECIAL)


def run(text: str, properties: str = "") -> str:
    """A run; line ends and tabs become what Word has for them."""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{looks}{written(text)}</w:r>" if text else ""


def written(text: str) -> str:
    """The content of a run."""
    if text.isprintable():
        return _text(text)
    lines = held(text).split("\n")
    return "<w:br/>".join("<w:tab/>".join(map(_text, line.split("\t"))) for line in lines)


def _text(text: str) -> str:
    if not text:
        return ""
    keeps = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<w:t{keeps}>{text.translate(_SPECIAL)}</w:t>"


def field(code: str, result: str) -> str:
    """A field with its result as it is now, so that it is right before anybody updates it."""
    return (
        f'{_mark("begin")}<w:r><w:instrText xml:space="preserve"> {escaped(code)} </w:instrText></w:r>'
        f"{_mark('separate')}{run(result)}{_mark('end')}"
    )


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def bookmark(identifier: int, name: str, inner: str) -> str:
    """A bookmark around runs."""
    return f'<w:bookmarkStart w:id="{identifier}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{identifier}"/>'


def control(identifier: int, tag: str, name: str, text: str) -> str:
    """A content control that holds one figure: of rich text, for LibreOffice 7.4 writes the words of others several times."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(name)}"/><w:tag w:val="{escaped(tag)}"/>'
        f'<w:id w:val="{identifier}"/></w:sdtPr>'
        f"<w:sdtContent><w:r>{written(text)}</w:r></w:sdtContent></w:sdt>"
    )


def paragraph(style: str, inner: str, properties: str = "") -> str:
    """A paragraph of a style; `properties` are those that follow the style in the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'
