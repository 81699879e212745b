"""Write the reports of the corpus and their truth: `python -m corpus.make`.

With `--pdf` the PDF is printed as well, which needs LibreOffice; its bytes differ from machine to machine.
"""

import json
import sys
from pathlib import Path

from samples.make.pagination import pdf_of
from samples.make.text import text_of
from samples.make.word import word_of

from corpus.dreadful import dreadful_of
from corpus.markup import Source, sources
from corpus.torn import torn_of
from corpus.workbook import workbook_of

FOLDER = Path(__file__).resolve().parent


def content_of(source: Source) -> bytes:
    """The file that a source becomes; a PDF is its Word file, still to be printed."""
    layout = source.head.get("layout")
    if source.head["format"] == "xlsx":
        return workbook_of(source.report)
    if source.head["format"] == "txt":
        return (torn_of(source.report) if layout == "torn" else text_of(source.report)).encode()
    return dreadful_of(source.report) if layout == "dreadful" else word_of(source.report)


def truth_text(source: Source, together: list[str]) -> str:
    """The truth as JSON; `together` names the other files that it must be checked with."""
    content: dict[str, object] = {"file": source.file}
    if together:
        content["together"] = together
    for part, items in source.truth._asdict().items():
        content[part] = [
            {key: value for key, value in item._asdict().items() if key != "paragraph" or value} for item in items
        ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def generated() -> dict[str, bytes]:
    """Every file that comes out alike on any machine, by its name under `corpus`."""
    every = sources()
    files = {}
    for source in every:
        others = [other.file for other in every if other.group == source.group and other is not source]
        if source.head["format"] != "pdf":
            files[source.file] = content_of(source)
        files[f"truth/{source.name}.json"] = truth_text(source, others).encode()
    return files


def main(arguments: list[str]) -> None:
    """Write the files, and say which."""
    files = generated()
    if "--pdf" in arguments:
        files |= {each.file: pdf_of(content_of(each)) for each in sources() if each.head["format"] == "pdf"}
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
        print(f"{name}　{len(data):,} 字节")


if __name__ == "__main__":
    main(sys.argv[1:])
