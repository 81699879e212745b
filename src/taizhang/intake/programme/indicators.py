"""Indicators of a table: code, name, unit, targets and values of each row, as printed."""

import re
from dataclasses import dataclass, field

from taizhang.core.quantities import number
from taizhang.core.quantity import Bound
from taizhang.documents.alignment import bare
from taizhang.intake.columns import Column
from taizhang.intake.forms import Form
from taizhang.intake.plans import Indicator, Value, parts_of, value_at
from taizhang.intake.programme.draft import Direction, DraftIndicator, Figure, PassedOver, Printed, When
from taizhang.intake.programme.layout import TARGETS, Layout, filled, year_in
from taizhang.intake.programme.points import others_of, printed
from taizhang.intake.programme.tasks import Frame, TaskTree, coded
from taizhang.intake.programme.words import Wordlist

_CODE = re.compile(r"[A-Za-z]{0,2}\d+(?:[.．-]\d+)*")
_PART_CODE = re.compile(r"\s*([A-Za-z]{1,2}[.．]?\d{1,3}(?:[.．-]\d+)*|\d+(?:[.．]\d+){1,4})\s*[、.．]?\s*")
_PER_YEAR = re.compile(r"[/／每]\s*年|每年")
_STANDS_IN_ROW = ("rate", "reason", "responsible", "verdict")


@dataclass(slots=True)
class IndicatorsTaken:
    """What was made of a table of indicators."""

    indicators: list[DraftIndicator] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)


def indicators_of(
    layout: Layout, frame: Frame, tree: TaskTree, words: Wordlist, year: int | None = None
) -> IndicatorsTaken:  # fmt: skip
    """The indicators of a table; `year` is the report's, for figures of a year that the table does not name."""
    return _Indicators(layout, frame, tree, words, year).taken()


def category_in(text: str, words: Wordlist) -> str | None:
    """The only category that a text names (“数量指 标” too); None for none or several."""
    named = set(words.category.findall(bare(text)))
    return named.pop() if len(named) == 1 else None


def category_of_frame(frame: Frame, words: Wordlist) -> str | None:
    """The category that the caption names, else the innermost heading that names one."""
    told = (frame.caption, *(heading.text for heading in reversed(frame.headings)))
    return next((category for text in told if (category := category_in(text, words)) is not None), None)


def task_of_frame(frame: Frame, tree: TaskTree) -> str | None:
    """The task whose name a heading above is, innermost first."""
    for heading in reversed(frame.headings):
        code, name = coded(heading.text)
        if code is not None and "-" in code and tree.is_named(code, name, frame.group):
            return code
        key = tree.find(heading.text, frame.group)
        if key is not None:
            return key
    return None


class _Indicators:
    """One walk over the rows of a table; the category of a banner row holds for the rows below it."""

    def __init__(
        self, layout: Layout, frame: Frame, tree: TaskTree, words: Wordlist, year: int | None
    ) -> None:  # fmt: skip
        self.layout, self.frame, self.words = layout, frame, words
        self.label = layout.label
        self.task = None if words["whole"].search(frame.caption) else task_of_frame(frame, tree)
        self.frame_category = category_of_frame(frame, words)
        self.banner: str | None = None
        self.targets = layout.all(*TARGETS)
        self.actuals = [c for c in layout.all("actual", "count_done", "done", "satisfaction") if c.index != self.label]
        # A sequence column may hold categories all the same (“序号” above 数量指标).
        self.categories = [c for c in layout.all("sequence", "category") if c.index != self.label]
        self.year = year_of_frame(frame) or year
        self.columns: dict[str, Column | None] = {
            role: layout.first(role) for role in (*_STANDS_IN_ROW, "unit", "sequence", "direction")
        }
        self.out = IndicatorsTaken()

    def taken(self) -> IndicatorsTaken:
        table = self.layout.table
        for row in range(table.header, len(table.rows)):
            standing = [place for place, cell in enumerate(table.rows[row]) if filled(cell.text)]
            if standing and not self._is_apart(row, standing):
                self.out.indicators.append(self._of_row(row))
        return self.out

    def _is_apart(self, row: int, standing: list[int]) -> bool:
        """Whether a row is no indicator: a banner, a sum, or one without a name. It is passed over, with its text."""
        table = self.layout.table
        texts = [cell.text.strip() for cell in table.rows[row]]
        first, label = texts[standing[0]], texts[self.label]
        values = {column.index for column in (*self.targets, *self.actuals)}
        reason = ""
        if self.words["totals"].fullmatch(first) or self.words["totals"].fullmatch(label):
            reason = "合计行"
        elif len({bare(texts[place]) for place in standing}) == 1 and not (values & set(standing)):
            self.banner = category_in(first, self.words) or self.banner
            reason = (
                "分栏行：指标类别用于下面各行"
                if category_in(first, self.words)
                else "这一行只有一格，没有目标值和实现值"
            )
        elif not filled(label):
            reason = "这一行没有指标名称"
        if reason:
            text = " | ".join(texts[place] for place in standing)
            doubtful = not reason.startswith(("合计行", "分栏行"))
            place = table.at(row, standing[0])
            self.out.passed_over.append(PassedOver(text=text, reason=reason, source=place, is_doubtful=doubtful))
        return bool(reason)

    def _of_row(self, row: int) -> DraftIndicator:
        table = self.layout.table
        label = value_at(table, row, self.label)
        code, name, unit = label_parts(label.text)
        number_cell = self._text(row, "sequence")
        if code is None and _CODE.fullmatch(number_cell) and not number_cell.isdecimal():
            code = number_cell.replace("．", ".")
        stated_unit = self._text(row, "unit")
        targets = tuple(self._figure(row, column) for column in self.targets)
        actuals = tuple(self._actual(row, column) for column in self.actuals)
        return DraftIndicator(
            code=code, name=name, label=printed(label), category=self._category(row),
            unit=stated_unit if filled(stated_unit) else unit or self._unit_of_headers() or table.unit or unit_of(targets or actuals),
            direction=self._direction(row, label.text, targets),
            is_per_year=_PER_YEAR.search(stated_unit + label.text) is not None,
            is_cumulative=self.words["cumulative"].search(label.text) is not None,
            targets=targets, actuals=actuals,
            **{role: self._printed(row, role) for role in _STANDS_IN_ROW},
            task=self.task, group=self.frame.group, others=self._others(row, code),
        )  # fmt: skip

    def _text(self, row: int, role: str) -> str:
        column = self.columns[role]
        return self.layout.table.rows[row][column.index].text.strip() if column is not None else ""

    def _printed(self, row: int, role: str) -> Printed | None:
        column = self.columns[role]
        return printed(value_at(self.layout.table, row, column.index)) if column is not None else None

    def _value(self, row: int, column: Column) -> Printed:
        value = value_at(self.layout.table, row, column.index)
        return figure_cell(value, self.words)

    def _figure(self, row: int, column: Column) -> Figure:
        return self._at(TARGETS[column.role or ""], row, column)

    def _at(self, when: When, row: int, column: Column) -> Figure:
        year = int(column.year) if column.year else self.year if when is When.YEAR else None
        return Figure(when=when, year=year, printed=self._value(row, column))

    def _actual(self, row: int, column: Column) -> Figure:
        """A value reached: of the time its header names, else of the time whose target it answers to."""
        words = column.words
        known = {target.role for target in self.targets}
        if column.year and len(self.actuals) > 1:
            when = When.YEAR
        elif "中期" in words or ("target_mid" in known and not re.search("期满|终期|期末", words)):
            when = When.MID
        elif re.search("期满|终期|期末|累计", words) or (known == {"target_end"}):
            when = When.END
        else:
            when = When.YEAR
        return self._at(when, row, column)

    def _unit_of_headers(self) -> str | None:
        return next((column.unit for column in (*self.targets, *self.actuals) if column.unit), None)

    def _category(self, row: int) -> str | None:
        cells = [self.layout.table.rows[row][column.index].text for column in reversed(self.categories)]
        own = next((category for text in cells if (category := category_in(text, self.words)) is not None), None)
        return own or self.banner or self.frame_category

    def _direction(self, row: int, label: str, targets: tuple[Figure, ...]) -> Direction | None:
        stated = self._text(row, "direction")
        if self.words.manner.limits(stated or label):
            return Direction.AT_MOST
        if stated and self.words["at_least"].search(stated):
            return Direction.AT_LEAST
        return direction_of({each.printed.quantity.bound for each in targets if each.printed.quantity is not None})

    def _is_direction(self, text: str) -> bool:
        """Whether a cell of the direction column says nothing but the direction."""
        return self.words.manner.limits(text) or self.words["at_least"].fullmatch(text.strip()) is not None

    def _others(self, row: int, code: str | None) -> tuple[tuple[str, Printed], ...]:
        taken = {self.label, *(column.index for column in (*self.targets, *self.actuals))}
        cells = self.layout.table.rows[row]
        taken |= {c.index for role, c in self.columns.items() if c is not None and role in _STANDS_IN_ROW}
        unit, direction = self.columns["unit"], self.columns["direction"]
        if unit is not None and filled(cells[unit.index].text):
            taken.add(unit.index)
        if direction is not None and self._is_direction(cells[direction.index].text):
            taken.add(direction.index)
        for column in self.categories:
            text = cells[column.index].text.strip()
            if bare(text).removesuffix("指标") == self._category(row) or text == code or text.isdecimal():
                taken.add(column.index)
        return others_of(self.layout.table, row, self.layout.columns, taken)


def label_parts(label: str) -> tuple[str | None, str, str | None]:
    """A label taken apart: code (“1.1.2”, “S3”), name, unit."""
    code, name, unit = parts_of(label)
    if code is None and (match := _PART_CODE.match(label)) is not None and label[match.end() :].strip():
        code, name, unit = match[1], *parts_of(label[match.end() :])[1:]
    return (code.replace("．", ".") if code else None), name, unit


def figure_cell(value: Value, words: Wordlist) -> Printed:
    """A value as the draft keeps it, read once more as a target may be written: “=100%”, “三门”."""
    plain = value.text.strip().removeprefix("=").removeprefix("＝")
    return printed(value._replace(quantity=value.quantity or number(plain, words.catalogue)))


def unit_of(figures: tuple[Figure, ...]) -> str | None:
    """The unit that the cells themselves carry, where they carry one and the same."""
    units = {each.printed.quantity.unit for each in figures if each.printed.quantity is not None}
    return units.pop() or None if len(units) == 1 else None


def of_form(
    row: Indicator, form: Form, frame: Frame, task: str | None, words: Wordlist, year: int | None
) -> DraftIndicator:  # fmt: skip
    """A row of a score form, as an indicator; its scores stand among the others."""
    code, name, unit = label_parts(row.label.text)
    targets = tuple(Figure(when=When.YEAR, year=year, printed=figure_cell(value, words)) for value in _given(row.year))
    actuals = tuple(
        Figure(when=When.YEAR, year=year, printed=figure_cell(value, words)) for value in _given(row.actual)
    )
    bounds = {each.printed.quantity.bound for each in targets if each.printed.quantity is not None}
    told = {value.column for value in _given(row.label, row.year, row.actual, row.reason)}
    return DraftIndicator(
        code=code, name=name, label=printed(row.label), category=_category_of_row(row.label, words),
        unit=row.unit or unit or unit_of(targets or actuals), direction=direction_of(bounds),
        is_per_year=_PER_YEAR.search((row.unit or "") + row.label.text) is not None,
        is_cumulative=words["cumulative"].search(row.label.text) is not None,
        targets=targets, actuals=actuals, reason=printed(row.reason) if row.reason else None,
        task=task, group=frame.group, others=_others_of_form(row.label, form, told),
    )  # fmt: skip


def _given(*values: Value | None) -> list[Value]:
    return [value for value in values if value is not None]


def _others_of_form(label: Value, form: Form, told: set[int]) -> tuple[tuple[str, Printed], ...]:
    """The other cells of a form's row, each with its header in the block it stands in."""
    rows = label.table.rows
    head = max((head for head in form.heads if head < label.row), default=0)
    return tuple(
        (rows[head][column].text, printed(value_at(label.table, label.row, column)))
        for column, cell in enumerate(rows[label.row])
        if column not in told and filled(cell.text)
    )


def direction_of(bounds: set[Bound]) -> Direction | None:
    """The direction that the signs of targets tell."""
    if Bound.AT_MOST in bounds:
        return Direction.AT_MOST
    return Direction.AT_LEAST if bounds & {Bound.AT_LEAST, Bound.MORE_THAN} else None


def _category_of_row(label: Value, words: Wordlist) -> str | None:
    cells = label.table.rows[label.row][: label.column]
    return next((category for cell in reversed(cells) if (category := category_in(cell.text, words)) is not None), None)


def year_of_frame(frame: Frame) -> int | None:
    """The year that the caption or a heading above names."""
    told = (frame.caption, *(heading.text for heading in reversed(frame.headings)))
    return next((year for text in told if (year := year_in(text)) is not None), None)
