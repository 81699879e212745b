"""Measure reading and checking side by side with other tools, in one run; print the table and keep it."""

import json
import os
import platform
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from cells import f1, scorer, truth
from readers import OURS, PDF, WORD

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "out" / "bench"
COLD_ROUNDS = 5
# A tool that takes longer than this is called three times instead of five, so that the run stays short.
SLOW_SECONDS = 2.0


@dataclass(slots=True)
class Row:
    """What was measured of one tool on one file."""

    tool: str
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    peak: float = 0
    cells: tuple[float, int] | None = None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A ratio to keep: the time of `tool` over the time of `to`, at least or at most `bound`."""

    tool: str
    to: str
    bound: float
    at_least: bool


WORD_BARS = [
    Bar("taizhang read", "floor", 2, at_least=False),
    *(Bar(tool, "taizhang read + check", 3, at_least=True) for tool in ("pandoc", "python-docx")),
    *(Bar(tool, "taizhang read + check", 8, at_least=True) for tool in ("docling", "markitdown")),
]
PDF_BARS = [Bar("pdfplumber", "taizhang read", 7, at_least=True)]


def peers_python() -> str:
    """The Python of the peers' own environment, made when it is not there; ours when that fails."""
    home = ROOT / ".venv-bench"
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = home / ".set-up"
    wanted = (HERE / "requirements.txt").read_bytes()
    if not stamp.exists() or stamp.read_bytes() != wanted:
        print("installing the peers into .venv-bench …", flush=True)
        venv.create(home, with_pip=True)
        command = [str(python), "-m", "pip", "install", "-qq", "--only-binary", ":all:", "--no-deps"]
        done = subprocess.run([*command, "--require-hashes", "-r", str(HERE / "requirements.txt")], check=False)
        if done.returncode:
            print("could not install them; their rows will say so")
            return sys.executable
        stamp.write_bytes(wanted)
    return str(python)


def call(python: str, row: Row, file: Path, calls: int, grids: Path | None) -> float:
    """One new process; its wall time. What it reports goes into the row."""
    command = [python, str(HERE / "measure.py"), row.tool, str(file), str(calls), str(grids or "-")]
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    wall = time.perf_counter() - start
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        row.missing = (done.stderr.strip().splitlines() or ["failed"])[-1][:100]
        return wall
    report = json.loads(lines[-1])
    if "missing" in report:
        row.missing = "not installed"
    row.warm += report.get("warm", [])
    row.peak = max(row.peak, report.get("peak", 0))
    return wall


def measure(tools: list[str], file: Path, true: dict[str, Path], peers: str) -> list[Row]:
    """All tools on one file, round by round, so that each meets the same load of the machine."""
    rows = [Row(tool) for tool in tools]
    python = {row.tool: sys.executable if row.tool in OURS else peers for row in rows}
    for turn in range(COLD_ROUNDS):
        for row in rows:
            if row.missing or (turn >= COLD_ROUNDS - 2 and median(row.cold) > SLOW_SECONDS):
                continue
            row.cold.append(call(python[row.tool], row, file, 0, None))
    for row in rows:
        if not row.missing:
            print(f"  {file.name}: {row.tool}", flush=True)
            grids = KEPT / f"{file.stem}-{row.tool.replace(' ', '-')}.json"
            call(python[row.tool], row, file, 3 if median(row.cold) > SLOW_SECONDS else 5, grids)
            answer = true.get("flattened" if row.tool == "taizhang read" else "printed")
            if answer and row.tool not in {"parse", "taizhang read + check"} and grids.exists():
                produced = json.loads(grids.read_text(encoding="utf-8"))
                row.cells = f1(scorer(SHARED / "tools"), truth(answer), produced)
    return rows


def table(rows: list[Row]) -> Iterator[str]:
    """The measurements as Markdown."""
    yield "| tool | cold s | warm s | peak MB | cell F1 | tables right |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        if row.missing:
            yield f"| {row.tool} | {row.missing} | | | | |"
            continue
        right = (f"{row.cells[0]:.4f}", str(row.cells[1])) if row.cells else ("–", "–")
        yield f"| {row.tool} | {median(row.cold):.3f} | {median(row.warm):.3f} | {row.peak:.0f} | {right[0]} | {right[1]} |"


def ratios(rows: list[Row], bars: list[Bar]) -> Iterator[str]:
    """Each bar, with what was measured."""
    by_tool = {row.tool: row for row in rows if not row.missing}
    yield "| ratio | bar | warm | cold |"
    yield "| --- | ---: | ---: | ---: |"
    for bar in bars:
        if bar.tool not in by_tool or bar.to not in by_tool:
            continue
        one, other = by_tool[bar.tool], by_tool[bar.to]
        warm, cold = median(one.warm) / median(other.warm), median(one.cold) / median(other.cold)
        held = warm >= bar.bound if bar.at_least else warm <= bar.bound
        sign = "≥" if bar.at_least else "≤"
        yield f"| {bar.tool} ÷ {bar.to} | {sign} {bar.bound:g} | {warm:.2f}{'' if held else ' (missed)'} | {cold:.2f} |"


def inputs() -> Iterator[tuple[Path, dict[str, Path]]]:
    """The files to read, with the true tables where they are known: for us flattened, for peers as printed."""
    fixtures = SHARED / "fixtures"
    if fixtures.exists():
        true = {"flattened": SHARED / "gold" / "tables_fixture.json", "printed": fixtures / "truth.json"}
        yield from ((fixtures / name, true) for name in ("report.docx", "report.pdf"))
        return
    for kind in ("docx", "pdf"):
        yield from ((path, {}) for path in sorted((ROOT / "samples").glob(f"*.{kind}"))[:1])


def main() -> None:
    """Measure everything and write bench/results.md."""
    KEPT.mkdir(parents=True, exist_ok=True)
    peers = peers_python()
    lines = ["# Measured side by side", "", "Written by `make bench`; see README.md for what is measured and how.", ""]
    lines.append(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores; medians, one run.")
    busy = os.getloadavg()[0]  # what else the machine does makes all times longer, and leaves the ratios
    lines.append(f"The load average was {busy:.1f} before it began, where 0 is a quiet machine.")
    for file, true in inputs():
        is_word = file.suffix == ".docx"
        rows = measure(WORD if is_word else PDF, file, true, peers)
        lines += ["", f"## {file.name} ({file.stat().st_size // 1024} kB)", "", *table(rows), ""]
        lines += ratios(rows, WORD_BARS if is_word else PDF_BARS)
    text = "\n".join(lines) + "\n"
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
