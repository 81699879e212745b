"""Excel both ways: a list or a form is declared once as a `Sheet`, then exported, filled offline, and read back."""

from taizhang.web.ledger.sheets.form import Column, Fault, Filled, Kind, Row, Sheet
from taizhang.web.ledger.sheets.reading import read, titles
from taizhang.web.ledger.sheets.writing import export, template

__all__ = ["Column", "Fault", "Filled", "Kind", "Row", "Sheet", "export", "read", "template", "titles"]
