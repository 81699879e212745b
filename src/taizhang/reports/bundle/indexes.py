"""The indexes of a bundle: Excel and HTML with links that work offline, a manifest for programs, checksums."""

import json
from collections.abc import Iterable
from html import escape
from typing import BinaryIO
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink

from taizhang.documents.docx.imprint import held
from taizhang.reports.bundle.exhibits import Bundled, Packed

_HEADS = (
    ("编号", 20), ("名称", 40), ("日期", 12), ("发文单位", 20), ("引用它的任务点和指标", 40), ("文件", 14),
    ("PDF/A 副本", 14), ("SHA-256", 68), ("说明", 30),
)  # fmt: skip
_LINK = Font(color="0563C1", underline="single")
_HEAD = Font(bold=True)
_LONGEST = 32_000  # Excel takes 32,767 characters in a cell
_LOOK = (
    "body{font-family:'仿宋','FangSong','Noto Serif CJK SC',serif;margin:2em auto;max-width:80em;padding:0 1em;line-height:1.6}"
    "h1{font-size:1.4em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #888;padding:.3em .5em;"
    "text-align:left;vertical-align:top}th{background:#eee}td.sum{font-family:monospace;font-size:.75em;word-break:break-all}"
    ".fault{color:#a40000;font-weight:bold}@media print{a{color:inherit;text-decoration:none}}"
)


def manifest(bundled: Bundled) -> bytes:
    """What is in the bundle, for programs."""
    told = {
        "taizhang": "bundle",
        "title": bundled.title,
        "snapshot": bundled.snapshot,
        "remark": bundled.remark,
        "files": [_told(each) for each in bundled.packed],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _told(packed: Packed) -> dict[str, object]:
    exhibit = packed.exhibit
    told = {
        "path": packed.path, "number": exhibit.number, "title": exhibit.title, "file": exhibit.file,
        "sha256": packed.sha256, "size": packed.size, "dated": exhibit.dated.isoformat() if exhibit.dated else "",
        "issuer": exhibit.issuer, "items": list(exhibit.items), "archived": packed.archived,
        "unarchived": packed.unarchived, "fault": packed.fault, "kept": exhibit.sha256,
    }  # fmt: skip
    return {key: worth for key, worth in told.items() if worth not in ("", [])}


def checksums(sums: Iterable[tuple[str, str]]) -> bytes:
    """Path and SHA-256 of each file, as sha256sum reads them."""
    return "".join(f"{digest}  {path}\n" for path, digest in sums).encode()


def workbook(bundled: Bundled, stream: BinaryIO) -> None:
    """The index for Excel, a row a piece."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("佐证材料")
    for n, (_, width) in enumerate(_HEADS):
        sheet.column_dimensions["ABCDEFGHI"[n]].width = width
    sheet.freeze_panes = "A2"
    heads = []
    for name, _ in _HEADS:
        cell = WriteOnlyCell(sheet, name)
        cell.font = _HEAD
        heads.append(cell)
    sheet.append(heads)
    for row, each in enumerate(bundled.packed, 2):
        cells = []
        for n, (text, link) in enumerate(_cells(each)):
            cell = WriteOnlyCell(sheet, held(text)[:_LONGEST])
            cell.data_type = "s"  # a title that begins with “=” is no formula
            if link:
                cell.hyperlink = Hyperlink(ref=f"{'ABCDEFGHI'[n]}{row}", target=quote(link))
                cell.font = _LINK
            cells.append(cell)
        sheet.append(cells)
    book.save(stream)


def _cells(packed: Packed) -> list[tuple[str, str]]:
    """The texts of a row, each with the path that it leads to."""
    exhibit = packed.exhibit
    return [
        (exhibit.number, ""), (exhibit.title, ""), (exhibit.dated.isoformat() if exhibit.dated else "", ""),
        (exhibit.issuer, ""), ("\n".join(exhibit.items), ""), ("打开" if packed.sha256 else "", packed.path if packed.sha256 else ""),
        ("打开" if packed.archived else "", packed.archived), (packed.sha256, ""), (packed.fault or packed.unarchived, ""),
    ]  # fmt: skip


def page(bundled: Bundled) -> bytes:
    """The index for a browser: one file, nothing loaded from anywhere."""
    rows = "".join(
        f"<tr>{''.join(_place(n, *cell) for n, cell in enumerate(_cells(each)))}</tr>\n" for each in bundled.packed
    )
    heads = "".join(f"<th>{escape(name)}</th>" for name, _ in _HEADS)
    faults = len(bundled.faults)
    warned = f'<p class="fault">有 {faults} 份材料没有装入，或与台账保存的不一致，见“说明”一栏。</p>' if faults else ""
    remark = f"<p>{escape(bundled.remark)}</p>" if bundled.remark else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(bundled.title)}</title><style>{_LOOK}</style></head><body><h1>{escape(bundled.title)}</h1>\n"
        f"<p>共 {len(bundled.packed)} 份。各文件的 SHA-256 校验值见 SHA256SUMS.txt。</p>{warned}{remark}\n"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></body></html>\n"
    )
    return text.encode("utf-8", "replace")


def _place(column: int, text: str, link: str) -> str:
    inner = escape(text).replace("\n", "<br>")
    if link:
        return f'<td><a href="{escape(quote(link))}">{inner}</a></td>'
    return f'<td class="sum">{inner}</td>' if _HEADS[column][0] == "SHA-256" else f"<td>{inner}</td>"
