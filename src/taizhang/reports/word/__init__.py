"""An outline becomes a Word file: fields, styles, sections, and every figure a control bound to the ledger."""

from taizhang.reports.word.package import packed, write

__all__ = ["packed", "write"]
