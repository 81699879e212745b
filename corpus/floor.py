"""The figures below which tests fail: what was reached, less a little."""

import json
from collections.abc import Sequence
from math import floor
from pathlib import Path
from typing import Any

from corpus.accuracy import Report, by_kind, figures
from corpus.mutation import CLEAN, Outcome, run

FILE = Path(__file__).resolve().parent / "floor.json"
MARGIN = 0.02
SEED = 7
SHARES = ("recall", "precision", "recall of errors", "precision of errors")
SHARES += ("recall of blind reports", "precision of blind reports")
BLIND = ("28-", "29-", "30-", "31-", "32-", "33-", "34-", "35-", "36-", "37-", "38-",
         "39-", "40-", "41-", "42-", "43-", "44-", "45-", "70-", "71-", "72-", "73-", "74-",
         "80-", "81-", "82-")  # fmt: skip
"""Written after the rules, in layouts that the rules had not seen: their shares have floors of their own."""


def bounded_run() -> list[Outcome]:
    """The mutations that a test can afford: few of the long report, more of the short ones."""
    return [*run(14, SEED, CLEAN[:1]), *run(30, SEED, CLEAN[1:])]


def shares(reports: Sequence[Report]) -> dict[str, Any]:
    """Recall and precision, of everything and of what is planted or told as error; findings right in each report."""
    blind = [report for report in reports if report.file.startswith(BLIND)]
    settled = [report for report in reports if report not in blind]
    whole, errors, last = figures(settled), figures(settled, ("error",)), figures(blind)
    return {
        "recall": whole.recall,
        "precision": whole.precision,
        "recall of errors": errors.recall,
        "precision of errors": errors.precision,
        "recall of blind reports": last.recall,
        "precision of blind reports": last.precision,
        "found in report": {report.file: len(report.found) for report in reports if report.faults},
        "found of kind": {kind: found for kind, (_, found) in by_kind(reports).items()},
        "told of reports without faults": sum(len(report.wrong) for report in reports if not report.faults),
    }


def mutation_shares(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The share of knowable changes that are found, and of all changes that raise an alarm elsewhere."""
    knowable = [outcome for outcome in outcomes if outcome.change.knowable]
    found = sum(outcome.found for outcome in knowable)
    return {
        "found": found / len(knowable),
        "alarms": sum(bool(outcome.alarms) for outcome in outcomes) / len(outcomes),
    }


def write(reports: Sequence[Report]) -> None:
    """Write the floor: shares a little below what was reached, counts as reached less one."""
    content = shares(reports)
    for name in SHARES:
        content[name] = _below(content[name])
    for name in ("found in report", "found of kind"):
        content[name] = {key: max(count - 1, 0) for key, count in content[name].items()}
    reached = mutation_shares(bounded_run())
    content["mutation"] = {"found": _below(reached["found"]), "alarms": round(reached["alarms"] + MARGIN, 3)}
    FILE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _below(share: float) -> float:
    return floor((share - MARGIN) * 1000) / 1000
