"""Every rule's own examples and its fixture, run through the real reader."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from taizhang.checks import Allowed, check, exemptions
from taizhang.checks.registry import Rule, rules
from taizhang.core.ledger import Ledger, LedgerEvidence, LedgerIndicator, LedgerItem, LedgerPoint, LedgerValue
from taizhang.documents import Document, read
from taizhang.documents.blocks import BoundFigure

FOLDER = Path(__file__).parent
SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<text>.*?)^```findings\n(?P<expected>.*?)^```", re.DOTALL | re.MULTILINE)
EXEMPTIONS = re.compile(r"^```yaml\n(.*?)^```\n?", re.DOTALL | re.MULTILINE)
LEDGER = re.compile(r"^```ledger\n(.*?)^```\n?", re.DOTALL | re.MULTILINE)
BOUND = re.compile(r"^```bound\n(.*?)^```\n?", re.DOTALL | re.MULTILINE)
FILES = re.compile(r"^=== (.+?) ===\n", re.MULTILINE)
DAY = date(2026, 1, 1)


def ledger(text: str) -> Ledger | None:
    """What a ledger block says is approved; its keys are those of the pages of LED010 and LED011."""
    block = LEDGER.search(text)
    if block is None:
        return None
    said = yaml.safe_load(block[1])
    return Ledger(
        indicators=tuple(
            LedgerIndicator(
                code=str(each["编号"]), name=each["名称"], measure=each["单位"], number=Decimal(str(each["实现值"]))
            )
            for each in said.get("指标", ())
        ),
        points=tuple(
            LedgerPoint(
                task_code=str(each["任务"]), task_name=each["任务名称"], year=each["年度"], ordinal=each["序号"],
                plan=each["计划"], text=each["完成情况"], rate=each.get("完成度", ""),
            )
            for each in said.get("任务点", ())
        ),
        items=tuple(item(each) for each in said.get("填报项", ())),
    )  # fmt: skip


def bound(text: str, document: Document) -> list[BoundFigure]:
    """The figures of a bound block, each where its words of now stand first; its keys are those of the page of LED012."""
    block = BOUND.search(text)
    said = yaml.safe_load(block[1]) if block else []
    cells = [cell for table in document.tables for line in table.body for cell in line]
    holders = [*cells, *document.paragraphs]
    places = (next((h, h.text.find(each["现在"])) for h in holders if each["现在"] in h.text) for each in said)
    return [
        BoundFigure(each["地址"], each["名称"], each["现在"], each["打印"], holder.at(start, start + len(each["现在"])))
        for each, (holder, start) in zip(said, places, strict=True)
    ]


def years(text: str) -> dict[str, int]:
    """The years of a period written “2023-2025”."""
    first, last = text.split("-")
    return {"first_year": int(first), "last_year": int(last)}


def item(said: dict[str, Any]) -> LedgerItem:
    """An item that is being filled in; its keys are those of the pages of LED003 and EVD002."""
    return LedgerItem(
        label=said["名称"], **years(said["期间"]), as_of=said.get("今天", DAY), plan=said.get("计划", ""),
        text=said.get("完成情况", ""), rate=said.get("完成度", ""), state=said.get("状态", ""), reason=said.get("原因", ""),
        number=Decimal(str(said["实现值"])) if "实现值" in said else None, is_cumulative=said.get("累计", False),
        due=said.get("截止"),
        evidence=tuple(LedgerEvidence(title=each["名称"], dated=each.get("日期")) for each in said.get("佐证", ())),
        earlier=tuple(
            LedgerValue(name=each["轮次"], **years(each["期间"]), number=Decimal(str(each["实现值"])))
            for each in said.get("往期", ())
        ),
    )  # fmt: skip


def findings(rule: Rule, text: str, folder: Path) -> list[str]:
    """What one rule says of a text: `severity | row | text`, a line each, in document order.

    Lines like `=== 自评报告.md ===` begin the files of an example that needs several, checked together.
    A YAML block holds exemptions; a rule that judges those is run after all the others, as it always is. A ledger
    block holds what the ledger has approved, a bound block the figures that a Word file would bind to it.
    """
    entries = folder / exemptions.FILE
    before, *named = FILES.split(BOUND.sub("", LEDGER.sub("", EXEMPTIONS.sub("", text))))
    files = [folder / name for name in named[::2]] or [folder / "fixture.md"]
    for file, part in zip(files, named[1::2] or [before], strict=True):
        # Where only the ledger speaks there is no report, and no file is empty.
        file.write_text(part if part.strip() else "填报项", encoding="utf-8")
    entries.write_text("".join(EXEMPTIONS.findall(text)), encoding="utf-8")
    documents = [read(file) for file in files]
    documents[0].bound = bound(text, documents[0])
    result = check(
        documents,
        select=[] if rule.last else [rule.code],
        allowed=Allowed(exemptions.load(entries), DAY),
        ledger=ledger(text),
    )
    assert not result.crashed, result.crashed
    return [f"{f.severity} | {f.row or '-'} | {f.text}" for f in result.findings if f.code == rule.code]


def fixtures() -> Iterator[tuple[str, str, str, str]]:
    """Code, title, text and expected findings of each section of each fixture."""
    for file in sorted(FOLDER.glob("*.md")):
        code = file.stem.partition("_")[0].upper()
        for match in SECTION.finditer(file.read_text(encoding="utf-8")):
            yield code, match["title"], match["text"], match["expected"]


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_the_bad_example_is_found_and_the_good_one_is_not(rule: Rule, tmp_path: Path) -> None:
    assert findings(rule, rule.section("不合格"), tmp_path), "不合格 gives no finding"
    assert not findings(rule, rule.section("合格"), tmp_path), "合格 gives a finding"


@pytest.mark.parametrize(
    ("code", "title", "text", "expected"), list(fixtures()), ids=lambda part: part[:24] if isinstance(part, str) else ""
)
def test_fixture(code: str, title: str, text: str, expected: str, tmp_path: Path) -> None:
    assert "\n".join(findings(rules()[code], text, tmp_path)) == expected.strip(), title
