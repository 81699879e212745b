"""Measure writing side by side with other tools: the tables of one report to Word; and our annex, refresh and bundle."""

import hashlib
import io
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from measure import peak_megabytes
from run import HERE, KEPT, ROOT, SHARED, peers_python

CALLS = 5
Tables = list[dict[str, Any]]
PIECES, PIECE_BYTES = 2000, 2 * 1024 * 1024


def tables() -> Tables:
    """The tables of the fixture, or of the sample where there is none: caption, columns, rows, all texts."""
    from taizhang.documents import read

    fixture = SHARED / "fixtures" / "report.docx"
    file = fixture if fixture.exists() else next((ROOT / "samples").glob("*.docx"))
    return [
        {
            "caption": table.caption or "",
            "columns": list(table.columns),
            "rows": [[cell.text for cell in row] for row in table.body],
        }
        for table in read(file).tables
    ]


def outline(given: Tables) -> Any:
    """The same tables as a report of ours, every cell with a digit in it a figure bound to the ledger."""
    from taizhang.reports.outline import Column, Figure, Outline, Table, row

    def content(t: int, y: int, x: int, text: str) -> Any:
        is_figure = any(letter.isdigit() for letter in text)
        return Figure(f"cell:{t}:{y}:{x}", text, "单元格") if is_figure else text

    made = [
        Table(
            caption=table["caption"],
            columns=tuple(Column(tuple(path.split("/"))) for path in table["columns"]),
            rows=tuple(
                row(*(content(t, y, x, text) for x, text in enumerate(line))) for y, line in enumerate(table["rows"])
            ),
        )
        for t, table in enumerate(given)
    ]
    return Outline("报告", tuple(made), snapshot="a" * 64)


def ours(given: Tables) -> Callable[[], object]:
    """Styles, captions by fields, bound figures and all."""
    from taizhang.reports.word import packed

    made = outline(given)
    return lambda: packed(made)


def our_annex(given: Tables) -> Callable[[], object]:
    """The Excel annex of the same tables."""
    from taizhang.reports.annex import annex

    made = outline(given)
    return lambda: annex(made)


def our_refresh(given: Tables) -> Callable[[], object]:
    """Every tenth figure of the Word report gets another text."""
    from taizhang.reports.register import Register
    from taizhang.reports.word import write
    from taizhang.reports.word.renewal import renew

    made = outline(given)
    folder = Path(tempfile.mkdtemp())
    write(made, folder / "a.docx")
    known = Register.of_outline(made)
    figures = {
        key: replace(figure, text=f"{figure.text}0") if n % 10 == 0 else figure
        for n, (key, figure) in enumerate(known.figures.items())
    }
    return lambda: renew(folder / "a.docx", folder / "b.docx", Register("b" * 64, figures))


def our_bundle(_: Tables) -> Callable[[], object]:
    """4 GB of evidence into a zip that nobody keeps."""
    from taizhang.reports.bundle import Exhibit, to_zip

    data = os.urandom(PIECE_BYTES)
    digest = hashlib.sha256(data).hexdigest()

    def write() -> object:
        pieces = (
            Exhibit(
                number=f"1-1-2024-{n // 40}-{n % 40}", title=f"材料{n}", file="a.pdf", sha256=digest, size=len(data),
                open=lambda: io.BytesIO(data),
            )
            for n in range(PIECES)
        )  # fmt: skip
        with Path(os.devnull).open("wb") as stream:
            return to_zip(pieces, stream, title="佐证材料")

    return write


def python_docx(given: Tables) -> Callable[[], object]:
    """A caption and a grid each; no figure is bound, no field is written."""
    import docx

    def write() -> object:
        document = docx.Document()
        for table in given:
            document.add_paragraph(table["caption"], style="Caption")
            grid = document.add_table(1 + len(table["rows"]), len(table["columns"]), style="Table Grid")
            for line, row in zip([table["columns"], *table["rows"]], grid.rows, strict=True):
                for text, cell in zip(line, row.cells, strict=True):
                    cell.text = text
        stream = io.BytesIO()
        document.save(stream)
        return stream

    return write


def docxtpl(given: Tables) -> Callable[[], object]:
    """A template whose rows and cells are repeated by Jinja; the template is made beforehand."""
    import docx
    from docxtpl import DocxTemplate

    made = docx.Document()
    made.add_paragraph("{%p for table in tables %}")
    made.add_paragraph("{{ table.caption }}")
    grid = made.add_table(3, 3, style="Table Grid")
    cells = [
        "{%tr for row in table.lines %}",
        "{%tc for text in row %}",
        "{{ text }}",
        "{%tc endfor %}",
        "{%tr endfor %}",
    ]
    for (row, column), text in zip([(0, 0), (1, 0), (1, 1), (1, 2), (2, 0)], cells, strict=True):
        grid.cell(row, column).text = text
    made.add_paragraph("{%p endfor %}")
    file = Path(tempfile.mkdtemp()) / "template.docx"
    made.save(str(file))
    context = {"tables": [{"caption": t["caption"], "lines": [t["columns"], *t["rows"]]} for t in given]}

    def write() -> object:
        template = DocxTemplate(str(file))
        template.render(context, autoescape=True)
        stream = io.BytesIO()
        template.save(stream)
        return stream

    return write


def pandoc(given: Tables) -> Callable[[], object]:
    """From its own form of a document, with captions; a program, started anew each time."""
    from html import escape

    def line(cells: list[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in cells)}</tr>"

    html = "".join(
        f"<table><caption>{escape(t['caption'])}</caption><thead>{line(t['columns'], 'th')}</thead>"
        f"<tbody>{''.join(line(row, 'td') for row in t['rows'])}</tbody></table>"
        for t in given
    ).encode()
    out = Path(tempfile.mkdtemp()) / "out.docx"
    command = ["pandoc", "-f", "html", "-t", "docx", "-o", str(out)]
    return lambda: subprocess.run(command, input=html, check=True, capture_output=True)


OURS: dict[str, Callable[[Tables], Callable[[], object]]] = {
    "taizhang Word": ours,
    "taizhang refresh": our_refresh,
    "taizhang annex (Excel)": our_annex,
    "taizhang bundle, 2,000 files of 2 MB": our_bundle,
}
PEERS = {"python-docx": python_docx, "docxtpl": docxtpl, "pandoc": pandoc}


def processor_seconds() -> float:
    """Of this process and of the programs that it has started: what a machine that does other things does not change."""
    return sum(os.times()[:4])


def one(tool: str, file: str) -> None:
    """In a process of its own: call the tool once and then some more, print times and peak memory."""
    try:
        write = {**OURS, **PEERS}[tool](json.loads(Path(file).read_text("utf-8")))
        write()
    except (ImportError, FileNotFoundError) as trouble:
        print(json.dumps({"missing": str(trouble)}))
        return
    peak, warm = peak_megabytes(), []
    for _ in range(1 if "bundle" in tool else CALLS):
        start = processor_seconds()
        write()
        warm.append(processor_seconds() - start)
    print(json.dumps({"warm": median(warm), "peak": peak}))


def main() -> None:
    """Measure everything and write bench/writing.md."""
    if len(sys.argv) == 3:
        one(*sys.argv[1:])
        return
    peers = sys.argv[1] if len(sys.argv) == 2 else peers_python()
    KEPT.mkdir(parents=True, exist_ok=True)
    given = tables()
    file = KEPT / "tables-to-write.json"
    file.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    found: dict[str, dict[str, Any]] = {}
    for tool in (*OURS, *PEERS):
        python = sys.executable if tool in OURS else peers
        done = subprocess.run(
            [python, str(HERE / "writing.py"), tool, str(file)], capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(HERE)},
        )  # fmt: skip
        lines = done.stdout.strip().splitlines()
        found[tool] = (
            json.loads(lines[-1]) if lines else {"missing": (done.stderr.strip().splitlines() or ["failed"])[-1]}
        )
        print(f"  {tool}: {found[tool]}", flush=True)
    cells = sum(len(table["columns"]) * (1 + len(table["rows"])) for table in given)
    base = found["taizhang Word"].get("warm")
    text = [
        "# Writing, measured side by side", "", "Written by `bench/writing.py`; see README.md.", "",
        f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores; processor time, medians of {CALLS} warm calls.",
        f"{len(given)} tables, {cells} cells.", "",
        "| tool | processor s | ÷ taizhang Word | peak MB |", "| --- | ---: | ---: | ---: |",
    ]  # fmt: skip
    for tool, row in found.items():
        if "missing" in row or not base:
            text.append(f"| {tool} | {row.get('missing', 'failed')[:60]} | | |")
        else:
            text.append(f"| {tool} | {row['warm']:.3f} | {row['warm'] / base:.1f} | {row['peak']:.0f} |")
    (HERE / "writing.md").write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
