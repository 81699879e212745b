"""Prose facts against the annotated reports, where they lie beside this clone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.facts import facts
from taizhang.profiles import load

SHARED = Path(__file__).resolve().parents[2] / "../shared"


@pytest.mark.parametrize(
    ("report", "lines", "bar"), [("000", "1-9999", 0.96), ("001", "1-9999", 0.99), ("003", "1-1214", 0.99)]
)
def test_prose_facts_are_those_of_careful_readers(report: str, lines: str, bar: float, tmp_path: Path) -> None:
    gold = SHARED / f"gold/claims_{report}.json"
    if not gold.exists():
        pytest.skip("../shared with the annotated reports is not beside this clone")
    (seed,) = SHARED.glob(f"seeds/{report}_*.txt")
    told = [
        {
            "value": float(fact.quantity.value),
            "unit": fact.quantity.unit,
            "text": fact.text,
            "source": fact.source.place(),
        }
        for fact in facts(read(seed), load())
    ]
    produced = tmp_path / "read.json"
    produced.write_text(json.dumps({"tables": [], "facts": told}), encoding="utf-8")
    command = [
        sys.executable,
        SHARED / "tools/score.py",
        "facts",
        gold,
        produced,
        "--lines",
        lines,
        "--at-least",
        str(bar),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
