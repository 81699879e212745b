"""A folder of reports checked with one command: wall and processor time; prints a table and keeps it in many.md."""

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from run import HERE, inputs

TIMES = (1, 10, 100)
FORMS = ("json", "text")
BAR = 20  # seconds for 100 reports on two cores


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
        "| reports | output | wall s | processor s | processor s a report |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    with tempfile.TemporaryDirectory() as name:
        for count in TIMES:
            folder = Path(name) / f"reports-{count}"
            folder.mkdir()
            for number in range(count):
                shutil.copy(report, folder / f"{number:03}.docx")
            for form in FORMS:
                each = took(folder, form)
                lines.append(
                    f"| {count} | {form} | {each.wall:.1f} | {each.processor:.1f} | {each.processor / count:.2f} |"
                )
                print(lines[-1], flush=True)
    lines += ["", f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores; {report.name}."]
    lines.append(
        f"The load average was {busy:.1f} before it began, where 0 is a quiet machine: other work on the same cores makes"
        f" the clock's times longer by far and the processor's by some. The bar is {BAR} s for 100 on two quiet cores."
    )
    (HERE / "many.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
