"""A folder of reports checked with one command: wall and processor time; prints a table and keeps it in many.md."""

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from itertools import product
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from run import HERE, inputs

FORMS = ("json", "text")
BAR = 20  # seconds for 100 reports on two cores


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_WORDY = 6  # characters: a shorter text is a figure or a word that all reports share
_MARKS = [f"（{stem}{branch}）" for stem, branch in product("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥")]


def differing(report: Path, copy: Path, mark: str) -> None:
    """The report with a mark behind every text of some length, so that no sentence of it stands in another copy."""
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename == _BODY:
                root = etree.fromstring(content)
                for paragraph in root.iter(f"{_W}p"):
                    words = [each for each in paragraph.iter(f"{_W}t") if each.text]
                    if sum(len(each.text or "") for each in words) >= _WORDY:
                        words[-1].text = f"{words[-1].text}{mark}"
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(item, content)


class Took(NamedTuple):
    """Seconds of a whole run, the start of Python included: by the clock, and of the processor in all its processes."""

    wall: float
    processor: float


def took(folder: Path, form: str) -> Took:
    """One command over a folder."""
    command = [sys.executable, "-m", "taizhang", "check", str(folder), "--format", form, "--fail-on", "never"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*command, "-o", str(folder.parent / "found")], check=True, capture_output=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Measure and write many.md."""
    report = next(file for file, _ in inputs() if file.suffix == ".docx")
    busy = os.getloadavg()[0]
    lines = ["# Many reports with one command", "", "Written by `make bench`; see README.md.", ""]
    lines += [
        "| reports | | output | wall s | processor s | processor s a report |",
        "| ---: | --- | --- | ---: | ---: | ---: |",
    ]
    with tempfile.TemporaryDirectory() as name:
        for count, kind in ((1, "one"), (10, "copies"), (100, "copies"), (100, "different")):
            folder = Path(name) / f"{kind}-{count}"
            folder.mkdir()
            for number in range(count):
                if kind == "different":
                    differing(report, folder / f"{number:03}.docx", _MARKS[number])
                else:
                    shutil.copy(report, folder / f"{number:03}.docx")
            for form in FORMS:
                each = took(folder, form)
                lines.append(
                    f"| {count} | {kind} | {form} | {each.wall:.1f} | {each.processor:.1f}"
                    f" | {each.processor / count:.2f} |"
                )
                print(lines[-1], flush=True)
    lines += ["", f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores; {report.name}."]
    lines.append(
        f"The load average was {busy:.1f} before it began, where 0 is a quiet machine: other work on the same cores makes"
        f" the clock's times longer by far and the processor's by some. The bar is {BAR} s for 100 on two quiet cores. Of copies each sentence is taken apart once;"
        " “different” are the same report with a mark of its own behind every text of a copy, so that none stands in two."
    )
    (HERE / "many.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
