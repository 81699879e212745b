"""What was read of a document, for a person at a terminal: headings, tables and how many facts."""

from collections.abc import Sequence

from taizhang.core.fact import Fact
from taizhang.documents.blocks import Document, Heading, Table


def outline(document: Document, facts: Sequence[Fact]) -> str:
    """Headings indented by level, each table with its size and columns, and a last line that counts."""
    lines = [f"{document.file}（{document.format}）", ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines.append("  " * (block.level - 1) + block.text)
        elif isinstance(block, Table):
            place = block.source.sentence()
            name = f"表 {block.number}" if block.number else "表"
            joined = f"，由 {block.fragments} 段接成" if block.fragments > 1 else ""
            lines.append(
                f"    ▦ {name} {block.caption or '（无标题）'} · {len(block.body)} 行 {len(block.columns)} 列{joined} · {place}"
            )
            lines.append(f"      {'｜'.join(block.columns)}")
    lines += ["", f"表格 {len(document.tables)} 张，数据 {len(facts)} 条，没有读懂的 {len(document.leftovers)} 处。"]
    lines += [
        f"  没有读懂：{leftover.text[:40]}——{leftover.reason}（{leftover.source.sentence()}）"
        for leftover in document.leftovers[:20]
    ]
    return "\n".join(lines)
