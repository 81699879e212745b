"""Task points of a table: one for each plan of a year, with its completion and the rest of its row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from taizhang.documents.blocks import Table
from taizhang.intake.columns import Column
from taizhang.intake.plans import CIRCLED, Value, split_items, value_at
from taizhang.intake.programme.belonging import Belonging
from taizhang.intake.programme.draft import DraftPoint, PassedOver, Printed
from taizhang.intake.programme.layout import Layout, filled, year_in
from taizhang.intake.programme.tasks import Frame, TaskTree, coded
from taizhang.intake.programme.words import Wordlist

_ORDINAL = re.compile(rf"\s*(?:([{CIRCLED}])|[（(](\d{{1,2}})[)）]|(\d{{1,2}})(?:[.．、]\s*(?!\d)|$))")
_ITEM = re.compile(r"(?:(?<=^)|(?<=[\n；;。]))\s*[（(]?(\d{1,2})(?:[)）]|[.．、](?!\d))")
_SCHEMED = re.compile(r"\s*(\d{1,2}(?:[-—–]\d{1,2}){1,3})\s*")
_YEAR_ONLY = re.compile(r"\D{0,4}20\d\d\s*年?度?.{0,12}")
_YEAR = re.compile(r"20\d\d\s*年?度?")
_LABELS = frozenset({"task", "indicator", "category", None})


def ordinal_of(text: str) -> str | None:
    """The ordinal that a text begins with, as a circled number where there is one: “①…”, “(2) …”, “3、…”."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    return match[1] or circled(int(match[2] or match[3]))


def circled(position: int) -> str:
    """The ordinal of a position."""
    return CIRCLED[position - 1] if 1 <= position <= len(CIRCLED) else f"({position})"


def items_of(value: Value) -> list[tuple[str, Value]]:
    """The items of one cell with their ordinals, marked ①②③ or 1. 2. 3.; the whole cell where there is only one."""
    items = split_items(value)
    if len(items) > 1:
        return items
    marks = list(_ITEM.finditer(value.text))
    if [int(match[1]) for match in marks] != list(range(1, len(marks) + 1)) or len(marks) < 2:
        return items
    if value.text[: marks[0].start()].strip():
        return items
    ends = [*(match.start() for match in marks[1:]), len(value.text)]
    made = []
    for position, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        text = value.text[mark.start() : end]
        start = mark.start() + len(text) - len(text.lstrip())
        made.append((circled(position), Value(value.table, value.row, value.column, text.strip(), None, start)))
    return made


def names_tasks(layout: Layout, column: Column) -> bool:
    """Whether a column of contents names tasks: its cells have codes, or one stands over several rows."""
    if column.year is not None:
        return False
    texts = [row[column.index].text.strip() for row in layout.table.body if filled(row[column.index].text)]
    return any("-" in (coded(text)[0] or "") for text in texts) or len(set(texts)) * 2 <= len(texts)


@dataclass(slots=True)
class PointsTaken:
    """What was made of a table of task points.

    `schemed` tells that ordinals were read from codes like 1-3, `dated_by_title` that the year is the report's;
    `recoded` are tasks with two codes, as `Belonging` has them.
    """

    points: list[DraftPoint] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    schemed: bool = False
    dated_by_title: bool = False
    recoded: dict[str, tuple[str, Value]] = field(default_factory=dict)


def points_of(
    layout: Layout, frame: Frame, tree: TaskTree, words: Wordlist, year: int | None = None
) -> PointsTaken:  # fmt: skip
    """The task points of a table, its tasks noted in the tree; `year` is the report's, where the table names none."""
    return _Points(layout, frame, tree, words, year).taken()


class _Points:
    """One walk over the rows of a table; the task and year of a banner row hold for the rows below it."""

    def __init__(
        self, layout: Layout, frame: Frame, tree: TaskTree, words: Wordlist, year: int | None
    ) -> None:  # fmt: skip
        self.layout, self.frame, self.words, self.report_year = layout, frame, words, year
        first_plan = min(plan for plan, _, _ in layout.pairs)
        self.used = {place for plan, done, _ in layout.pairs for place in (plan, done) if place is not None}
        self.labels = [
            column
            for column in layout.columns
            if column.index < first_plan
            and column.index not in self.used
            and (column.role in _LABELS or (column.role == "plan" and names_tasks(layout, column)))
        ]
        self.columns = {role: layout.first(role) for role in ("year", "deadline", "rate", "responsible", "verdict")}
        self.kept = {c.index for role, c in self.columns.items() if c is not None and role not in {"year", "deadline"}}
        self.belonging = Belonging(layout, frame, tree, words, tuple(column.index for column in self.labels))
        self.out = PointsTaken(recoded=self.belonging.recoded)
        self.banner_year: int | None = None
        self.frame_year = year_in(frame.caption) or next(
            (year for heading in reversed(frame.headings) if (year := year_in(heading.text))), None
        )
        self.scheme = self._scheme()

    def _scheme(self) -> tuple[Column | None, str]:
        """The column of task codes, and what they number: "tasks", or "points" where each stands once."""
        for column in self.layout.all("sequence"):
            texts = [row[column.index].text.strip() for row in self.layout.table.body]
            codes = [text for text in texts if _SCHEMED.fullmatch(text)]
            if len(codes) * 2 > len([text for text in texts if text]):
                has_task = any(label.role == "task" for label in self.labels)
                return column, "tasks" if has_task or len(set(codes)) < len(codes) - 1 else "points"
        return None, ""

    def taken(self) -> PointsTaken:
        table = self.layout.table
        for row in range(table.header, len(table.rows)):
            texts = [cell.text for cell in table.rows[row]]
            standing = [place for place, text in enumerate(texts) if filled(text)]
            if standing and not self._is_banner(row, standing) and not self._is_total(row, standing):
                made = list(self._of_row(row))
                if not made:
                    self._pass(row, standing[0], "这一行的计划和完成情况都是空的")
                self.out.points.extend(made)
        return self.out

    def _pass(self, row: int, column: int, reason: str) -> None:
        table = self.layout.table
        text = " | ".join(cell.text for cell in table.rows[row] if filled(cell.text))
        self.out.passed_over.append(PassedOver(text=text, reason=reason, source=table.at(row, column)))

    def _is_banner(self, row: int, standing: list[int]) -> bool:
        """A row of one cell outside the plans names the year or the task of the rows below it."""
        place = standing[0]
        text = self.layout.table.rows[row][place].text.strip()
        if len(standing) > 1 or (ordinal_of(text) and text[:1] in CIRCLED):
            return False
        if place in self.used and place != 0:
            return False
        if (
            place in self.used
            and len(self.layout.table.columns) > 1
            and not coded(text)[0]
            and not _YEAR_ONLY.fullmatch(text)
        ):
            return False
        if self.words["totals"].fullmatch(text):
            self._pass(row, place, "合计行")
        elif _YEAR_ONLY.fullmatch(text):
            self.banner_year = year_in(text)
            self._pass(row, place, "分栏行：年度用于下面各行")
        else:
            self.belonging.begin(row, place)
            self._pass(row, place, "分栏行：任务名称用于下面各行")
        return True

    def _is_total(self, row: int, standing: list[int]) -> bool:
        text = self.layout.table.rows[row][standing[0]].text.strip()
        if not self.words["totals"].fullmatch(text):
            return False
        self._pass(row, standing[0], "合计行")
        return True

    def _of_row(self, row: int) -> Iterator[DraftPoint]:
        table = self.layout.table
        task, mark, told = self._task(row)
        own_year = None
        if any(year is None for _, _, year in self.layout.pairs):
            own_year = self._year(row)
            for column in self.layout.all("year"):
                text = table.rows[row][column.index].text
                if own_year is not None and year_in(text) == own_year and _YEAR.fullmatch(text.strip()):
                    told.add(column.index)
        base = DraftPoint(
            task=task, year=None, ordinal=mark, plan=printed(value_at(table, row, self.layout.pairs[0][0])),
            group=self.frame.group, rate=self._printed(row, "rate"), responsible=self._printed(row, "responsible"),
            verdict=self._printed(row, "verdict"),
            others=others_of(table, row, self.layout.columns, told | self.used | self.kept),
        )  # fmt: skip
        base = replace(base, state=self._state(base.verdict))
        for plan_column, done_column, header_year in self.layout.pairs:
            plan = value_at(table, row, plan_column)
            done = value_at(table, row, done_column) if done_column is not None else None
            if filled(plan.text) or (done is not None and filled(done.text)):
                year = int(header_year) if header_year else own_year
                yield from _points_of_cells(replace(base, year=year), plan, done)

    def _state(self, verdict: Printed | None) -> str | None:
        """The state that a verdict names. “完成” is a claim about the plan, whatever that asked for, and no state."""
        word = verdict.text.strip().rstrip("。") if verdict is not None else ""
        return None if word in self.words.manner.done_words else self.words.profile.states.name(word.removeprefix("已"))

    def _year(self, row: int) -> int | None:
        rows = self.layout.table.rows
        for role in ("year", "deadline"):
            column = self.columns[role]
            year = year_in(rows[row][column.index].text) if column is not None else None
            if year is not None:
                return year
        if self.banner_year is None and self.frame_year is None and self.report_year is not None:
            self.out.dated_by_title = True
        return self.banner_year or self.frame_year or self.report_year

    def _printed(self, row: int, role: str) -> Printed | None:
        column = self.columns[role]
        return printed(value_at(self.layout.table, row, column.index)) if column is not None else None

    def _task(self, row: int) -> tuple[str | None, str | None, set[int]]:
        """The task of a row, the ordinal that its number gives it, and the columns that say no more than that."""
        cells = self.layout.table.rows[row]
        column, numbers = self.scheme
        code = _SCHEMED.fullmatch(cells[column.index].text) if column is not None else None
        above: str | None = None
        mark: str | None = None
        if code is not None:
            above = re.sub("[—–]", "-", code[1])
            if numbers == "points":
                self.out.schemed = True
                above, _, last = above.rpartition("-")
                mark = circled(int(last))
        told: set[int] = set()
        for other in self.layout.all("sequence"):
            text = cells[other.index].text.strip()
            if other is not column:
                mark = mark or ordinal_of(text)
                if text.isdecimal() or (text == mark and not any(ordinal_of(cells[place].text) for place in self.used)):
                    told.add(other.index)
        task, labels = self.belonging.of(row, above)
        if column is not None and code is not None and task == above:
            told.add(column.index)
        return task, mark, told | labels


def printed(value: Value) -> Printed:
    """A value as the draft keeps it."""
    return Printed(text=value.text, quantity=value.quantity, source=value.at())


def others_of(table: Table, row: int, columns: tuple[Column, ...], taken: set[int]) -> tuple[tuple[str, Printed], ...]:
    """The filled cells of a row that stand in none of the columns taken, each with its header."""
    return tuple(
        (column.words, printed(value_at(table, row, column.index)))
        for column in columns
        if column.index not in taken and filled(table.rows[row][column.index].text)
    )


def _points_of_cells(base: DraftPoint, plan: Value, done: Value | None) -> Iterator[DraftPoint]:
    """One point a plan, or one for each of its items; an item of the completion without plan is a point too."""
    planned = items_of(plan) if filled(plan.text) else []
    told = items_of(done) if done is not None and filled(done.text) else []
    if len(planned) <= 1 and (planned or len(told) <= 1):
        mark = ordinal_of(plan.text) or base.ordinal or (ordinal_of(done.text) if done is not None else None)
        yield replace(base, ordinal=mark, plan=printed(plan), done=printed(done) if done is not None else None)
        return
    answers = dict(told) if all(mark for mark, _ in told) and len({m for m, _ in told}) == len(told) else {}
    in_step = len(told) == len(planned)
    used: set[int] = set()
    for position, (mark, item) in enumerate(planned):
        answer = answers.get(mark) or (told[position][1] if in_step else None)
        if answer is None and position == 0 and told and not told[0][0]:
            answer = told[0][1]  # an answer in one piece belongs to all items; it is kept with the first
        if answer is not None:
            used.add(answer.start)
        yield replace(base, ordinal=mark, plan=printed(item), done=_answer(answer, done))
    for mark, item in told:
        if item.start not in used:
            blank = plan._replace(text="", quantity=None, start=0)
            yield replace(base, ordinal=mark or None, plan=printed(blank), done=printed(item))


def _answer(answer: Value | None, done: Value | None) -> Printed | None:
    if answer is not None:
        return printed(answer)
    return None if done is None else printed(done._replace(text="", quantity=None, start=0))
