"""How often the checker is right, on the invented reports and on the annotations in ../shared/gold.

Writes docs/accuracy.md. `--floor` also writes corpus/floor.json, below which tests fail; `--show` names what a score
against ../shared missed.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from subprocess import run

from cells import scorer

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
KEPT = ROOT / "out" / "score"
MUTATIONS = 260
SEED = 2024


@dataclass(frozen=True, slots=True)
class Case:
    """What is scored (tables, facts, findings), on which file, against which annotations."""

    what: str
    file: str
    gold: str
    more: tuple[str, ...] = ()


# The workbook holds the indicator tables only; the annotations of those are picked out of the whole.
INDICATORS = "indicators"
CASES = (
    Case("tables", "seeds/003_*.txt", "tables_003.json"),
    Case("tables", "fixtures/report.docx", "tables_fixture.json"),
    Case("tables", "fixtures/report-broken.docx", "tables_003.json"),
    Case("tables", "fixtures/report.pdf", "tables_fixture.json"),
    Case("tables", "fixtures/report-noto.pdf", "tables_fixture.json"),
    Case("tables", "fixtures/indicators.xlsx", INDICATORS),
    Case("facts", "seeds/003_*.txt", "claims_003.json", ("--lines", "1-1214")),
    Case("facts", "seeds/000_*.txt", "claims_000.json"),
    Case("facts", "seeds/001_*.txt", "claims_001.json"),
    Case("findings", "seeds/003_*.txt", "findings_003.json"),
)


def annotations(case: Case) -> Path:
    """The file to score against."""
    if case.gold != INDICATORS:
        return SHARED / "gold" / case.gold
    truth = json.loads((SHARED / "fixtures" / "truth.json").read_text(encoding="utf-8"))["tables"]
    captions = {table["caption"] for table in truth if table["kind"] == "indicator"}
    tables = json.loads((SHARED / "gold" / "tables_fixture.json").read_text(encoding="utf-8"))
    path = KEPT / "indicators.gold"
    path.write_text(json.dumps([table for table in tables if table["caption"] in captions]), encoding="utf-8")
    return path


def produce(case: Case) -> Path:
    """The JSON that the command prints for the file, written once for several cases."""
    file = next(SHARED.glob(case.file))
    verb = "check" if case.what == "findings" else "read"
    path = KEPT / f"{file.name}.{verb}.json"
    if not path.exists():
        command = [str(Path(sys.executable).parent / "taizhang"), verb, str(file), "--format", "json"]
        path.write_bytes(run(command, check=False, capture_output=True).stdout)
    return path


def invented() -> None:
    """Measure on the invented reports and by changing the right ones; write the page, and the floor if asked."""
    sys.path.insert(0, str(ROOT))
    from corpus import accuracy, floor, mutation, page

    reports = accuracy.measure()
    for report in reports:
        each = accuracy.figures([report])
        told = f"{each.true}/{each.told} true" if each.told else "nothing told"
        print(f"corpus {report.file}: {each.found}/{each.planted} found, {told}")
    for kind, (planted, found) in accuracy.by_kind(reports).items():
        print(f"    {kind}: {found}/{planted}")
    for code, (said, right) in accuracy.by_code(reports).items():
        print(f"    {code}: {right}/{said} true")
    whole = accuracy.figures(reports)
    print(f"corpus: recall {whole.recall:.3f}, precision {whole.precision:.3f}")
    outcomes = mutation.run(MUTATIONS, SEED)
    knowable = [outcome for outcome in outcomes if outcome.change.knowable]
    found = sum(outcome.found for outcome in knowable)
    alarms = sum(bool(outcome.alarms) for outcome in outcomes)
    print(f"mutation: {found}/{len(knowable)} found, {alarms} of {len(outcomes)} raise an alarm elsewhere")
    text = page.page(reports, outcomes, accuracy.traps())
    (ROOT / "docs" / "accuracy.md").write_text(text, encoding="utf-8")
    if "--floor" in sys.argv:
        floor.write(reports)


def main() -> None:
    """Score on the invented reports, then against the annotations."""
    invented()
    annotated()


def annotated() -> None:
    """Print the score of every case; a case whose file is absent says so."""
    if not SHARED.exists():
        print("there is no ../shared beside this clone, so there is nothing to score against")
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.json"):
        old.unlink()
    score = scorer(SHARED / "tools")
    details = "--show" in sys.argv
    for case in CASES:
        if not next(SHARED.glob(case.file), None):
            print(f"{case.what} {case.file}: not there")
            continue
        produced = produce(case)
        if not produced.stat().st_size:
            print(f"{case.what} {case.file}: the command printed nothing")
            continue
        sys.argv = ["score", case.what, str(annotations(case)), str(produced), *case.more]
        said = io.StringIO()
        with redirect_stdout(said):
            score.main()
        lines = [line for line in said.getvalue().splitlines() if details or not line.startswith("  ")]
        print(f"{case.what} {case.file}", *lines, sep="\n    ")


if __name__ == "__main__":
    main()
