"""Runs in a process of its own: reads the words of a file, or draws a page of it, and answers in JSON.

A forged file may make a library crash, hang or eat memory; then this process dies and the site goes on. It knows no
database, no setting and no secret, and it writes nothing but the one file that it is told to.
"""

import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, ImageSequence

from taizhang import documents
from taizhang.core.errors import TaizhangError, UnreadableDocumentError
from taizhang.documents.blocks import Heading, Table

SECONDS = 25  # of the processor; a 300-page PDF takes 3
_MEMORY = 2 * 1024**3
_WRITES = 64 * 1024**2
MOST_CHARACTERS = 2_000_000
_MOST_PAGES = 3000
_WIDEST, _TALLEST = 1200, 1800  # pixels of a picture to look at
_MOST_PIXELS = 120_000_000  # a poster scanned at 600 dpi has 70 million
_MOST_BLOCKS, _MOST_ROWS, _MOST_COLUMNS, _MOST_LETTERS = 400, 600, 60, 3000
_HEAVY = 900_000  # bytes of a PNG above which a page is a photograph, and smaller as JPEG


def words(path: Path, suffix: str) -> dict[str, Any]:
    """The words of each page, and what could not be read; one page where the format has none."""
    if suffix == ".pdf":
        return _pdf_words(path)
    lines = [line for block in _document(path, suffix).blocks for line in _lines(block)]
    return _bounded(["\n".join(lines)], None, "")


def _pdf_words(path: Path) -> dict[str, Any]:
    # Straight from the PDF and not from the Document: each page's own words, also where other pages are scans.
    with _pdf(path) as pdf:
        count = len(pdf)
        texts = []
        for index in range(min(count, _MOST_PAGES)):
            page = pdf[index]
            text = page.get_textpage()
            texts.append(text.get_text_bounded().replace("\r\n", "\n").replace("￾", ""))
            text.close()
            page.close()
    bare = [index + 1 for index, text in enumerate(texts) if len("".join(text.split())) < 5]
    sentence = ""
    if len(bare) == len(texts):
        sentence = "扫描件，没有可以搜索的文字。"
    elif bare:
        pages = "、".join(map(str, bare[:10])) + (" 等" if len(bare) > 10 else "")
        sentence = f"第 {pages} 页是图片，没有可以搜索的文字。"
    return _bounded(texts, count, sentence)


def _pdf(path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 - pypdfium2 has no types
    """An open PDF; raises UnreadableDocumentError with a sentence where it cannot be opened."""
    import pypdfium2  # noqa: PLC0415 - a Word file must not pay for loading pdfium

    from taizhang.documents.pdf.file import opened  # noqa: PLC0415 - as above

    with opened(path):
        return pypdfium2.PdfDocument(path)


def _bounded(texts: list[str], pages: int | None, sentence: str) -> dict[str, Any]:
    left = MOST_CHARACTERS
    kept = []
    for text in texts:
        kept.append(text[:left])
        left -= len(kept[-1])
    if left <= 0:
        sentence = f"文字太多，只收录了前 {MOST_CHARACTERS // 10_000} 万字。"
    return {"pages": pages, "texts": kept, "sentence": sentence}


def _document(path: Path, suffix: str) -> documents.Document:
    """The document in a file whose name in the vault has no ending."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"材料{suffix}"
        shutil.copyfile(path, copy)
        return documents.read(copy)


def _lines(block: documents.blocks.Block) -> list[str]:
    if isinstance(block, Table):
        rows = [block.caption or "", *("\t".join(_texts(row)) for row in block.rows)]
        return [row for row in rows if row.strip()]
    return [block.text]


def _texts(row: list[documents.Cell]) -> list[str]:
    """The texts of a row, a cell that covers several columns once."""
    return [cell.text for index, cell in enumerate(row) if index == 0 or cell is not row[index - 1]]


def blocks(path: Path, suffix: str) -> dict[str, Any]:
    """What stands in a Word, Excel or text file, to be shown in a page: headings, paragraphs, tables."""
    document = _document(path, suffix)
    shown: list[dict[str, Any]] = []
    is_cut = len(document.blocks) > _MOST_BLOCKS
    rows_left = _MOST_ROWS
    for block in document.blocks[:_MOST_BLOCKS]:
        if isinstance(block, Table):
            kept = block.rows[: max(rows_left, 1)]
            rows_left -= len(kept)
            is_cut |= len(kept) < len(block.rows) or len(block.columns) > _MOST_COLUMNS
            grid = [[cell.text[:_MOST_LETTERS] for cell in row[:_MOST_COLUMNS]] for row in kept]
            shown.append({"table": block.caption or "", "head": grid[: block.header], "rows": grid[block.header :]})
        elif isinstance(block, Heading):
            shown.append({"heading": block.text[:_MOST_LETTERS], "level": min(block.level + 2, 6)})
        else:
            shown.append({"text": block.text[:_MOST_LETTERS]})
    return {"blocks": shown, "is_cut": is_cut}


def page(path: Path, number: int, target: Path) -> dict[str, Any]:
    """Draw one page of a PDF, bounded in size."""
    with _pdf(path) as pdf:
        if not 1 <= number <= len(pdf):
            raise UnreadableDocumentError(f"没有第 {number} 页，共 {len(pdf)} 页。")
        sheet = pdf[number - 1]
        width, height = sheet.get_size()
        scale = min(_WIDEST / max(width, 1), _TALLEST / max(height, 1), 4)
        image = sheet.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        _save(image, target)
        return {"pages": len(pdf)}


def picture(path: Path, number: int, target: Path) -> dict[str, Any]:
    """A picture drawn anew within bounds: whatever else its file holds stays behind."""
    with Image.open(path) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise UnreadableDocumentError("图片的像素太多，不能预览，请下载查看。")
        frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if not 1 <= number <= frames:
            raise UnreadableDocumentError(f"没有第 {number} 页，共 {frames} 页。")
        image.draft("RGB", (_WIDEST, _TALLEST))
        frame = next(each for index, each in enumerate(ImageSequence.Iterator(image), start=1) if index == number)
        drawn = ImageOps.exif_transpose(frame)
        drawn.thumbnail((_WIDEST, _TALLEST))
        if drawn.mode not in {"RGB", "L"}:
            paper = Image.new("RGB", drawn.size, "white")
            seen = drawn.convert("RGBA")
            paper.paste(seen, mask=seen.getchannel("A"))
            drawn = paper
        _save(drawn, target)
        return {"pages": frames}


def _save(image: Image.Image, target: Path) -> None:
    image.save(target, "PNG", optimize=False, compress_level=6)
    if target.stat().st_size > _HEAVY:
        image.save(target, "JPEG", quality=82)


def _confine() -> None:
    """Bounds that the system keeps, where it has them; on Windows the caller's clock is the only one."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Unix only

    for limit, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, _WRITES * 8),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


_ACTS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "words": lambda more: words(Path(more[0]), more[1]),
    "blocks": lambda more: blocks(Path(more[0]), more[1]),
    "page": lambda more: page(Path(more[0]), int(more[1]), Path(more[2])),
    "picture": lambda more: picture(Path(more[0]), int(more[1]), Path(more[2])),
}


def main(given: list[str]) -> None:
    """Do one act and print what came of it; what is refused is a sentence."""
    _confine()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    warnings.simplefilter("ignore")
    try:
        answer = _ACTS[given[0]](given[1:])
    except TaizhangError as error:
        answer = {"refused": str(error)}
    except (OSError, ValueError, SyntaxError, RuntimeError, Image.DecompressionBombError) as error:
        answer = {"refused": f"文件可能已损坏，没有读出来（{type(error).__name__}）。"}
    except MemoryError:
        answer = {"refused": "文件太大，内存不够，没有读完。"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main(sys.argv[1:])
