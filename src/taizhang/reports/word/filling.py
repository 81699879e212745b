"""What is to change in the bytes of a part so that a control says another text."""

from taizhang.documents.docx.imprint import held
from taizhang.reports.word.spans import Control, Edit, Element

_SPACE = b' xml:space="preserve"'


def edits(data: bytes, control: Control, text: str) -> list[Edit] | None:
    """The edits that put a text into a control; None where it has no place for any."""
    made: list[Edit] = [(each.start, each.end, b"") for each in control.dropped]
    if control.placeholder is not None:
        made += [(each.start, each.end, b"") for each in (control.placeholder, *control.styles)]
    if control.texts:
        first, *rest = control.texts
        made += [(each.start, each.end, b"") for each in rest]
        made.append((first.start, first.end, _texts(text, _name(data, first))))
        return made
    place = _place(data, control)
    if place is None:
        return None
    holder, before, after = place
    prefix = _prefix(_name(data, holder))
    inner = before + _texts(text, prefix + b"t") + after
    if holder.closing == holder.end:  # <w:r/>: opened, filled and closed
        tag = data[holder.start : holder.opened].rstrip(b"/> \t\r\n")
        made.append((holder.start, holder.end, b"%s>%s</%s>" % (tag, inner, _name(data, holder))))
    else:
        made.append((holder.closing, holder.closing, inner))
    return made


def _place(data: bytes, control: Control) -> tuple[Element, bytes, bytes] | None:
    """Where a text goes that has no place yet: the element, and what has to stand around it there."""
    if control.run is not None:
        return control.run, b"", b""
    holder = control.paragraph or control.content
    if holder is None:
        return None
    prefix = _prefix(_name(data, holder))
    return holder, b"<%sr>" % prefix, b"</%sr>" % prefix


def _name(data: bytes, element: Element) -> bytes:
    """The name of an element as the file writes it, with its prefix."""
    return data[element.start + 1 : element.opened].split(None, 1)[0].rstrip(b"/>")


def _prefix(name: bytes) -> bytes:
    return name[: name.find(b":") + 1]


def _texts(text: str, name: bytes) -> bytes:
    """A text as `w:t` elements, with breaks and tabs between them."""
    prefix = _prefix(name)
    lines = held(text).split("\n")
    return (b"<%sbr/>" % prefix).join(
        (b"<%stab/>" % prefix).join(_text(part, name) for part in line.split("\t")) for line in lines
    )


def _text(text: str, name: bytes) -> bytes:
    keeps = _SPACE if text[:1].isspace() or text[-1:].isspace() else b""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return b"<%s%s>%s</%s>" % (name, keeps, plain.encode(), name)
