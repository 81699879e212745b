"""The documents that the invented college's records rest on: one PDF a department, a page for each record that figures count."""

from collections.abc import Sequence
from io import BytesIO

from taizhang.core.attainment import plain
from taizhang.core.record import Record
from taizhang.web.ledger.models import Person, Unit
from taizhang.web.ledger.models import Record as Row
from taizhang.web.ledger.workflow import record_evidence, uploads

_BARE = 9  # of so many records one has no page, and is warned of
_LINE, _TOP, _LEFT = 28, 760, 72
_MOST = 30  # characters of a line


def plant(reporter: Person, unit: Unit, pairs: Sequence[tuple[Row, Record]]) -> None:
    """Upload the volume of a department and let its records cite their pages, all but some."""
    shown = [(row, record) for place, (row, record) in enumerate(pairs) if place % _BARE != _BARE - 1]
    if not shown:
        return
    data = pdf([page_of(unit.name, record) for _row, record in shown])
    volume = uploads.take(reporter, unit, f"{unit.name}业务记录佐证汇编.pdf", len(data), [data]).evidence
    for number, (row, _record) in enumerate(shown, start=1):
        record_evidence.cite(reporter, row, volume, str(number))


def page_of(unit: str, record: Record) -> list[str]:
    """What the page of a record says: its document, the thing, when, and every number that the record tells."""
    title = record.evidence[0].title if record.evidence else record.title
    lines = [title, "", record.title, f"时间：{record.period or '见正文'}"]
    lines += [f"{each.name}：{plain(each.value)}{each.unit}" for each in record.measures]
    lines += [f"参与单位：{'、'.join(each.name for each in record.partners)}"] if record.partners else []
    lines += ["", f"{unit}（演示数据，全部虚构）"]
    return [line[start : start + _MOST] for line in lines for start in range(0, max(len(line), 1), _MOST)]


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Pages of lines of Chinese as a PDF, in the song typeface that every reader of PDF brings along."""
    first = 5  # after the catalogue, the tree of pages and the font's two objects
    kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        (
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
            b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
            b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>"
        ),
    ]
    for place, lines in enumerate(pages):
        said = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -{_LINE} Td " for line in lines)
        words = f"BT /F 14 Tf {_LEFT} {_TOP} Td {said}ET".encode()
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {first + 2 * place + 1} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(words), words))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()
