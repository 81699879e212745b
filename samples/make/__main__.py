"""Write the sample reports: `python -m samples.make`.

With `--pages` the page numbers of the tables of contents are measured first, with `--pdf` the PDF of the demonstration
is printed as well; both need LibreOffice.
"""

import sys
from pathlib import Path

from samples.make import chengjiang, yunling, yunling_indicators
from samples.make.pagination import pages_of, pdf_of
from samples.make.stored import DATA
from samples.make.text import text_of
from samples.make.truth import as_json, truth_of
from samples.make.word import word_of
from samples.make.workbook import workbook_of

FOLDER = Path(__file__).resolve().parents[1]
DEMO = "自评报告-云岭职业技术学院"
CLEAN = "自评报告-澄江职业学院（无误）"
INDICATORS = "绩效指标-云岭职业技术学院"


def generated() -> dict[str, bytes]:
    """Every file that the generator can make alike on any machine, by its name under `samples`."""
    demo, clean = yunling.report(), chengjiang.report()
    return {
        f"{DEMO}.docx": word_of(demo),
        f"{INDICATORS}.xlsx": workbook_of(yunling_indicators.SHEETS, yunling.FOOTNOTES[0]),
        f"{CLEAN}.docx": word_of(clean),
        f"{CLEAN}.txt": text_of(clean).encode(),
        f"truth/{DEMO}.json": as_json(f"{DEMO}.docx", truth_of("yunling_truth.txt")).encode(),
        f"truth/{CLEAN}.json": as_json(f"{CLEAN}.docx", truth_of("chengjiang_truth.txt")).encode(),
    }


def measure() -> None:
    """Print both reports and keep the page numbers of their headings for the next run."""
    lines = ["# Pages of the headings of levels 1 and 2, as a word processor last computed them."]
    for name, report in (("chengjiang", chengjiang.report()), ("yunling", yunling.report())):
        numbers = pages_of(report, pdf_of(word_of(report)))
        lines.append(f"{name}: [{', '.join(map(str, numbers))}]")
    (DATA / "pages.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Write the files, and say which."""
    if "--pages" in arguments:
        measure()
    files = generated()
    if "--pdf" in arguments:
        files[f"{DEMO}.pdf"] = pdf_of(files[f"{DEMO}.docx"])
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)
        print(f"{name}　{len(data):,} 字节")


if __name__ == "__main__":
    main(sys.argv[1:])
