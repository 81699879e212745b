"""Files become Documents; the one place that knows file formats."""

from collections.abc import Callable
from pathlib import Path

from taizhang.core.errors import UnreadableDocumentError, reason
from taizhang.documents.assemble import assemble
from taizhang.documents.blocks import Cell, Document, Draft, Heading, Leftover, Paragraph, Role, Table
from taizhang.documents.text import read_text


def _docx(path: Path) -> Draft:
    from taizhang.documents.docx.reader import read_docx  # noqa: PLC0415 - a text file must not pay for loading lxml

    return read_docx(path)


def _xlsx(path: Path) -> Draft:
    from taizhang.documents.xlsx.reader import read_xlsx  # noqa: PLC0415 - as above, for openpyxl

    return read_xlsx(path)


def _csv(path: Path) -> Draft:
    from taizhang.documents.xlsx.separated import read_csv  # noqa: PLC0415 - as above

    return read_csv(path)


def _pdf(path: Path) -> Draft:
    from taizhang.documents.pdf.reader import read_pdf  # noqa: PLC0415 - as above, for pdfium

    return read_pdf(path)


FORMATS: dict[str, Callable[[Path], Draft]] = {
    ".docx": _docx,
    ".docm": _docx,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".csv": _csv,
    ".pdf": _pdf,
    ".txt": read_text,
    ".md": read_text,
}
# What office programs write besides, and what they save it as.
_OTHERS = {
    ".docx": (".doc", ".wps", ".rtf", ".odt", ".htm", ".html", ".mht"),
    ".xlsx": (".xls", ".et", ".ods"),
}


def read(path: Path | str) -> Document:
    """The document in a file; raises UnreadableDocumentError with one sentence where it cannot be read."""
    path = Path(path)
    try:
        return assemble(_draft(path, _reader(path)))
    except PermissionError as error:
        raise UnreadableDocumentError(
            f"没有权限打开 {path.name}，请检查文件权限，或先关闭正在使用它的程序。"
        ) from error
    except OSError as error:
        raise UnreadableDocumentError(
            f"读不了 {path.name}：{reason(error)}，请检查文件是否还在原处、磁盘是否正常。"
        ) from error
    except MemoryError as error:
        raise UnreadableDocumentError(f"{path.name} 太大，内存不够，没有读完，请拆分后再试。") from error


def _reader(path: Path) -> Callable[[Path], Draft]:
    """How a file is to be read, by the end of its name."""
    if not path.exists():
        raise UnreadableDocumentError(f"找不到文件 {path}，请检查路径和文件名。")
    if path.is_dir():
        raise UnreadableDocumentError(f"{path} 是文件夹，请给出其中的文件。")
    if not path.is_file():  # a pipe or a device may never end
        raise UnreadableDocumentError(f"{path} 不是普通文件，请给出报告文件。")
    suffix = path.suffix.lower()
    for wanted, others in _OTHERS.items():
        if suffix in others:
            program = "Word" if wanted == ".docx" else "Excel"
            raise UnreadableDocumentError(
                f"{path.name} 是 {suffix} 格式，不能直接读，请在 {program} 或 WPS 中打开，另存为 {wanted} 后再试。"
            )
    reader = FORMATS.get(suffix)
    if reader is None:
        known = "、".join(FORMATS)
        raise UnreadableDocumentError(f"{path.name} 的格式不在可读之列（{known}），请另存为其中一种后再试。")
    return reader


def _draft(path: Path, reader: Callable[[Path], Draft]) -> Draft:
    try:
        return reader(path)
    except (UnreadableDocumentError, OSError, MemoryError):
        raise
    # What lxml, openpyxl and pdfium raise for a forged file has no common root and changes with their versions. The
    # fuzz test holds that no mutated file is known to come here: this is for those that nobody has thought of.
    except Exception as error:
        raise UnreadableDocumentError(
            f"{path.name} 无法读取，文件可能已损坏（{type(error).__name__}），请用原来的程序打开后另存一份再试。"
        ) from error


__all__ = ["FORMATS", "Cell", "Document", "Heading", "Leftover", "Paragraph", "Role", "Table", "read"]
