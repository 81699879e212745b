"""One thing changed in a report without faults: is it found, and is anything else told?

A change is knowable where the report itself contradicts it: the figure belongs to a row of target, actual value and
rate, to a total, to a growth or to parts of a whole, the plan beside it names the level, state or unit, or the
caption stands over another table. Which relations hold is worked out here from the printed words alone, not by asking
the checker; so a relation that the checker cannot read counts against it.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise, permutations
from pathlib import Path
from typing import NamedTuple

from corpus.accuracy import ROOT, SERIOUS
from taizhang.checks import check
from taizhang.core.finding import Finding
from taizhang.core.source import Source
from taizhang.documents import read
from taizhang.documents.blocks import Cell, Document, Paragraph, Table

CLEAN = (
    ROOT / "samples" / "自评报告-澄江职业学院（无误）.docx",
    *sorted((ROOT / "corpus").glob("*（无误）.*")),
)
LEVELS = ("国家级", "省级", "校级")
STATES = (
    ("建成", "启动筹建", "建成|建设"),
    ("出版", "编写", "出版"),
    ("授权", "受理", "授权"),
    ("引进", "拟引进", "引进"),
    ("立项", "申报", "立项"),
)
"""What was reached, a lower state in its place, and the plan's words that promise the higher one."""
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?%?")
_TOTAL = re.compile(r"^(?:合计|总计|.*小计)$")
_PARTS = re.compile(r"(\d+(?:\.\d+)?) ?([^\d\s，。；、]{1,3})[^\d，。；]{0,6}，其中([^。；，]+)")
_GROWTH = re.compile(
    r"(\d+(?:\.\d+)?) ?([^\d\s，。；、]{1,3}?)(?:增加|扩大|提高)到 ?(\d+(?:\.\d+)?)[^，。；]*，增[加长] ?(\d+(?:\.\d+)?)%"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of some texts at one place, and what kind of thing was changed."""

    kind: str
    knowable: bool
    edits: tuple[tuple[Cell | Paragraph, str], ...]
    table: Table | None = None
    row: int | None = None

    def apply(self) -> list[tuple[Cell | Paragraph, str]]:
        """Make the change; what must be put back afterwards."""
        old = [(place, place.text) for place, _ in self.edits]
        for place, text in self.edits:
            place.text = text
        return old


class Outcome(NamedTuple):
    """A change with whether it was found (at all, and as error or warning) and the false alarms it raised."""

    file: str
    change: Change
    found: bool
    seriously: bool
    alarms: tuple[Finding, ...]


def number(text: str) -> Decimal | None:
    """The number that is all a cell prints."""
    text = text.strip()
    return Decimal(text.rstrip("%")) if _PLAIN.fullmatch(text) else None


def other(text: str, random_: random.Random) -> str:
    """The text with its number told wrong: two digits exchanged, a digit changed, or half as much again."""
    value = number(text)
    if value is None:
        raise ValueError(f"no number: {text}")
    sign = "%" if text.strip().endswith("%") else ""
    places = len(text.strip().rstrip("%").partition(".")[2])
    digits = text.strip().rstrip("%")
    tries = [value + max(value / 10, Decimal(3)), value - max(value / 10, Decimal(1))]
    for index in range(len(digits) - 1):
        pair = digits[index : index + 2]
        if pair.isdigit() and pair[0] != pair[1] and pair[1] != "0":
            tries.append(Decimal(digits[:index] + pair[::-1] + digits[index + 2 :]))
    fit = [each for each in tries if abs(each - value) >= max(abs(value) / 50, Decimal("0.2"))]
    return f"{random_.choice(fit).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}{sign}"


def changes(document: Document, random_: random.Random) -> Iterator[Change]:
    """Every change that could be made, each with a figure or word chosen at random."""
    tables = document.tables
    for index, table in enumerate(tables):
        yield from _rates(table, random_)
        yield from _totals(table, random_)
        yield from _tasks(table)
        before = tables[index - 1] if index else None
        if before is not None:
            yield from _captions(table, before)
    for paragraph in document.paragraphs:
        yield from _prose(paragraph, random_)


def _captions(table: Table, before: Table) -> Iterator[Change]:
    if table.label is None or before.label is None or not table.number or not before.number:
        return
    if table.columns != before.columns or not table.caption or not before.caption:
        return
    carried = table.label.text.replace(table.caption, before.caption)
    twice = table.label.text.replace(table.number, before.number, 1)
    yield Change("caption", True, ((table.label, carried),), table)
    yield Change("table number", True, ((table.label, twice),), table)


def _quotient(table: Table, rate_at: int) -> tuple[int, int, bool] | None:
    """The columns whose quotient a column of rates prints in every row, and whether it stops at 100 per cent."""
    body = [row for row in table.body if number(row[rate_at].text) is not None]
    rates = [number(row[rate_at].text) or Decimal(0) for row in body]
    if len(body) < 2 or any("%" not in row[rate_at].text for row in body):
        return None
    capped = max(rates) <= 100
    for below, above in permutations(range(len(table.columns)), 2):
        pairs = [(number(row[below].text), number(row[above].text)) for row in body]
        if rate_at in {below, above} or any(not under or over is None for under, over in pairs):
            continue
        exact = [over / under * 100 for under, over in pairs if under and over is not None]
        shown = [min(each, Decimal(100)) if capped else each for each in exact]
        if all(abs(each - rate) <= Decimal("0.6") for each, rate in zip(shown, rates, strict=True)):
            return below, above, capped
    return None


def _rates(table: Table, random_: random.Random) -> Iterator[Change]:
    for rate_at in range(len(table.columns)):
        columns = _quotient(table, rate_at)
        if columns is None:
            continue
        below, above, capped = columns
        for index, row in enumerate(table.body):
            target, actual, rate = (number(row[place].text) for place in (below, above, rate_at))
            if not target or actual is None or rate is None:
                continue
            wrong = other(row[rate_at].text, random_)
            if not capped or number(wrong) < rate or rate < 100:  # type: ignore[operator]
                yield Change("rate", True, ((row[rate_at], wrong),), table, index)
            changed = other(row[above].text, random_)
            exact = Decimal(changed.rstrip("%")) / target * 100
            if abs((min(exact, Decimal(100)) if capped else exact) - rate) > 2:
                yield Change("actual value", True, ((row[above], changed),), table, index)


def _totals(table: Table, random_: random.Random) -> Iterator[Change]:
    body = table.body
    if not body or not _TOTAL.match(body[-1][0].text or body[-1][1].text):
        return
    for column in range(1, len(body[0])):
        numbers = [number(row[column].text) for row in body]
        total, parts = numbers[-1], numbers[:-1]
        known = [part for part in parts if part is not None]
        if total is None or len(known) != len(parts) or "%" in body[-1][column].text or sum(known) != total:
            continue
        yield Change("total", True, ((body[-1][column], other(body[-1][column].text, random_)),), table, len(body) - 1)
        index = random_.randrange(len(parts))
        if numbers[index]:
            yield Change(
                "part of a total",
                True,
                ((body[index][column], other(body[index][column].text, random_)),),
                table,
                index,
            )


def _tasks(table: Table) -> Iterator[Change]:
    plans = [i for i, name in enumerate(table.columns) if re.search(r"计划(?:任务|内容)?$", name)]
    dones = [i for i, name in enumerate(table.columns) if re.search(r"(?:完成|落实)(?:情况|内容)$", name)]
    for plan_at, done_at in zip(plans, dones, strict=False):
        for index, row in enumerate(table.body):
            plan, done = row[plan_at], row[done_at]
            rates = [cell.text for cell in row if cell.text.strip().endswith("%")]
            if not done.text or done.rows > 1 or plan.rows > 1 or rates[-1:] not in ([], ["100%"]):
                continue
            yield from _worded(table, index, plan, done)


def _worded(table: Table, index: int, plan: Cell, done: Cell) -> Iterator[Change]:
    for higher, lower in pairwise(LEVELS):
        rest = done.text.replace(higher, "")
        if plan.text.count(higher) == 1 and rest != done.text and not re.search("[国省市校]|教育部", rest):
            yield Change("level word", True, ((done, done.text.replace(higher, lower)),), table, index)
    for high, low, promise in STATES:
        rest = done.text.replace(high, "", 1)
        if high in done.text and re.search(promise, plan.text) and not re.search("认定|验收|获|已|，", rest):
            yield Change("state word", True, ((done, done.text.replace(high, low)),), table, index)
    for unit, wrong in (("人次", "人日"), ("人日", "人次"), ("万元", "元")):
        told = rf"\d+ ?{unit}"
        if re.search(told, done.text) and re.search(told, plan.text) and done.text.count(unit) == 1:
            yield Change("unit", True, ((done, done.text.replace(unit, wrong)),), table, index)
    yield from _fewer(table, index, plan, done)


def _fewer(table: Table, index: int, plan: Cell, done: Cell) -> Iterator[Change]:
    """The one figure of a completion, less than the plan's."""
    figures = re.findall(r"(\d+) ?([^\d\s，。；、]{1,2})", plan.text)
    if len(figures) != 1 or Decimal(figures[0][0]) <= 1:
        return
    wanted, unit = figures[0]
    told = re.search(rf"(\d+) ?{re.escape(unit)}", done.text)
    if told and len(re.findall(r"\d+", done.text)) == 1 and Decimal(told[1]) >= Decimal(wanted):
        fewer = str(max(int(Decimal(wanted) * 3 / 4), 1))
        text = done.text[: told.start(1)] + fewer + done.text[told.end(1) :]
        yield Change("completion figure", True, ((done, text),), table, index)


def _prose(paragraph: Paragraph, random_: random.Random) -> Iterator[Change]:
    text = paragraph.text
    related: list[tuple[int, int]] = []
    for found in _PARTS.finditer(text):
        whole, unit, rest = Decimal(found[1]), found[2], found[3]
        parts = list(re.finditer(rf"(\d+(?:\.\d+)?) ?{re.escape(unit)}", rest))
        if len(parts) < 2 or sum(Decimal(part[1]) for part in parts) != whole:
            continue
        part = random_.choice(parts)
        start, end = found.start(3) + part.start(1), found.start(3) + part.end(1)
        yield Change("part in prose", True, ((paragraph, text[:start] + other(part[1], random_) + text[end:]),))
        yield Change(
            "whole in prose", True,
            ((paragraph, text[: found.start(1)] + other(found[1], random_) + text[found.end(1) :]),),
        )  # fmt: skip
        related.append(found.span())
    for found in _GROWTH.finditer(text):
        old, new, growth = Decimal(found[1]), Decimal(found[3]), Decimal(found[4])
        if old and abs((new - old) / old * 100 - growth) < 1:
            wrong = other(found[4], random_)
            yield Change("growth", True, ((paragraph, text[: found.start(4)] + wrong + text[found.end(4) :]),))
            related.append(found.span())
    free = [
        match
        for match in re.finditer(r"(?<![\d.])(\d{2,4}) ?(?:人次|人日|万元|家|项|场)", text)
        if not any(start <= match.start() < end for start, end in related)
    ]
    if free:
        match = random_.choice(free)
        changed = text[: match.start(1)] + other(match[1], random_) + text[match.end(1) :]
        yield Change("figure in prose", False, ((paragraph, changed),))


def _key(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.table, finding.row, finding.text, finding.source._replace(start=None, end=None))


def _lies_in(source: Source, change: Change) -> bool:
    """Whether a place lies where the change was made: in its table's row or caption, or in its paragraph."""
    if change.table is not None:
        if source.table == change.table.index:
            return change.row is None or source.row is None or source.row in {change.row + 1, len(change.table.body)}
        label = change.table.label
        return label is not None and any(_same(source, piece.source) for piece in label.pieces)
    paragraph = change.edits[0][0]
    return any(_same(source, piece.source) for piece in paragraph.pieces)


def _same(source: Source, piece: Source) -> bool:
    return source.table is None and source._replace(start=None, end=None) == piece._replace(start=None, end=None)


def outcome_of(document: Document, known: set[tuple[object, ...]], change: Change) -> Outcome:
    """Make the change, check, put it back."""
    old = change.apply()
    relabelled = change.kind in {"caption", "table number"} and change.table is not None
    names = (change.table.number, change.table.caption) if relabelled and change.table else (None, None)
    if relabelled and change.table is not None and change.table.label is not None:
        found = re.match(r"表 ?([\d.\-]+)[：:　 ]*(.*)", change.table.label.text)
        if found:
            change.table.number, change.table.caption = found[1], found[2]
    findings = check([document]).findings
    for place, text in old:
        place.text = text
    if relabelled and change.table is not None:
        change.table.number, change.table.caption = names
    new = [finding for finding in findings if _key(finding) not in known]
    at = [each for each in new if any(_lies_in(s, change) for s in (each.source, *(r.source for r in each.related)))]
    alarms = tuple(each for each in new if each not in at and each.severity in SERIOUS)
    return Outcome(document.file, change, bool(at), any(each.severity in SERIOUS for each in at), alarms)


def run(count: int, seed: int, files: Sequence[Path] = CLEAN) -> list[Outcome]:
    """`count` changes to the reports without faults, spread evenly over the kinds of change."""
    random_ = random.Random(seed)  # noqa: S311 - a repeatable choice, not a secret
    every: dict[str, list[tuple[Document, Change]]] = {}
    known: dict[str, set[tuple[object, ...]]] = {}
    for file in files:
        document = read(file)
        known[document.file] = {_key(finding) for finding in check([document]).findings}
        for change in changes(document, random_):
            every.setdefault(change.kind, []).append((document, change))
    for each in every.values():
        random_.shuffle(each)
    chosen: list[tuple[Document, Change]] = []
    while len(chosen) < count and any(every.values()):
        chosen.extend(each.pop() for each in every.values() if each)
    return [outcome_of(document, known[document.file], change) for document, change in chosen[:count]]
