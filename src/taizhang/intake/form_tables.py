"""Finds the blocks of score forms inside tables, by the header words of a profile, wherever they stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from taizhang.core.quantity import Bound, Quantity
from taizhang.documents.alignment import bare, nature
from taizhang.documents.blocks import Cell, Table
from taizhang.intake.form_layouts import apart, joined, said_beside, turned
from taizhang.intake.form_words import IN_BRACKETS, FormWords
from taizhang.intake.forms import (
    GRADED,
    Direction,
    Form,
    Forms,
    FundRow,
    Level,
    ScoredIndicator,
    SummaryRow,
    Total,
    points,
    points_of_money,
)
from taizhang.intake.plans import Value, parts_of, value_at

_LEAST_HEADS = 3
# What the cells under a header hold, of the natures of `documents.alignment`; words may stand under the others.
_POINTS_OF_ROW, _AMOUNT = frozenset({"number", "rate", "dash"}), frozenset({"number", "dash"})
_HOLDS = {
    "weight": _POINTS_OF_ROW, "score": _POINTS_OF_ROW, "rate": frozenset({"rate", "dash"}),
    "budget": _AMOUNT, "adjusted": _AMOUNT, "executed": _AMOUNT,
    "name": frozenset({"text", "item", "code"}), "criterion": frozenset({"text", "item", "rate"}), "unit": frozenset({"text", "rate"}),
}  # fmt: skip
_WHOLE_SCORE = re.compile("^(?:自评|评价|绩效|综合)?总(?:得|评)?分")
_NAMES_MONTHS = re.compile(r"\d{1,2}\s*(?:[-—–~～至]\s*\d{1,2}\s*)?月份?\D{1,6}")  # “1—7月执行” names a column
_POINTS = re.compile(r"[（(]\s*(?:权重)?[:：]?\s*(\d+(?:\.\d+)?)\s*[分%％]?\s*[)）]|(?<![\d.])(\d+(?:\.\d+)?)\s*分\s*$")


@dataclass(frozen=True, slots=True)
class _Head:
    """A column that a header row names: where it begins and how far it reaches."""

    role: str
    column: int
    width: int
    beside: bool = False  # what it names stands in brackets behind the values of another column


_TELLING = frozenset({"score", "weight", "executed"})


def forms(tables: Sequence[Table], words: FormWords) -> Forms:
    """All forms and summaries of a document's tables."""
    found: list[Form] = []
    summary: list[SummaryRow] = []
    for table in tables:
        texts = {cell.text for row in table.rows for cell in row}  # most tables print one text many times
        if _TELLING.isdisjoint(map(words.role, texts)):
            continue
        reader = _TableReader(turned(table, words.role) or table, words)
        summary.extend(reader.summary())
        several = list(reader.of_projects())
        form = None if several else reader.form()
        found.extend(several if form is None else [replace(form, table=table)])
    return Forms(tuple(joined(found)), tuple(summary))


class _TableReader:
    """Finds the blocks of one table."""

    def __init__(self, table: Table, words: FormWords) -> None:
        self.table = table
        self.words = words
        self.heads: dict[int, list[_Head]] = {}
        for row in range(len(table.rows)):
            heads = self._heads(row)
            if heads:
                self.heads[row] = heads
                self.heads.pop(row - 1, None) if self._goes_on(row) else None

    def form(self) -> Form | None:
        """The form that the table holds, or None where it holds no block of one."""
        funds: list[FundRow] = []
        indicators: list[ScoredIndicator] = []
        total: Total | None = None
        heads = []
        order = sorted(self.heads)
        for place, row in enumerate(order):
            stop = order[place + 1] if place + 1 < len(order) else len(self.table.rows)
            roles = {head.role for head in self.heads[row]}
            if _is_summary(roles):
                continue
            if self._holds_indicators(row, roles):
                block, end = self._indicators(row, stop)
                indicators.extend(block)
                total = end or total
                heads.append(row)
            elif "executed" in roles and roles & {"adjusted", "budget"}:
                funds.extend(self._funds(row, stop))
                heads.append(row)
                if indicators and total is None and _WHOLE_SCORE.search(bare(self._first(stop - 1))):
                    total = self._total(stop - 1, self._values(stop - 1, self.heads[row]))
        if not indicators and not any(row.score is not None for row in funds):
            return None
        return Form(
            self.table, self._beside(self.words.project), tuple(funds), tuple(indicators), total,
            self._grade(), tuple(heads),
        )  # fmt: skip

    def of_projects(self) -> Iterator[Form]:
        """The forms of several projects below each other in one list, each row naming its project."""
        places = [row for row, heads in self.heads.items() if {"project", "name"} <= {head.role for head in heads}]
        if len(places) != 1 or len(self.heads) != 1 or not self._holds_indicators(places[0], {"name", "weight"}):
            return
        heads = self.heads[places[0]]
        columns = {head.role: head.column for head in heads}
        first, began, total = places[0] + 1, places[0], None
        named: Value | None = None
        found: list[Form] = []
        for row in range(first, len(self.table.rows) + 1):
            value = value_at(self.table, row, columns["project"]) if row < len(self.table.rows) else None
            told = bare(value.text) if value is not None else ""
            is_subtotal = bool(told) and bool(self.words.subtotal.search(told) or self.words.total.search(told))
            if value is not None and not is_subtotal and told in {"", bare(named.text) if named is not None else ""}:
                continue
            if is_subtotal and total is None and named is not None:
                total = self._total(row, self._values(row, heads))
                continue
            if named is not None:
                items, _ = self._indicators(places[0], row, began)
                found.append(Form(self.table, named, (), tuple(items), total, None, (places[0],)))
            named, began, total = value, row - 1, None
        if len(found) > 1 and all(len(form.indicators) > 1 for form in found):
            yield from found

    def _holds_indicators(self, row: int, roles: set[str]) -> bool:
        """Whether a header row is one of indicators: scored ones, or those of a form below its other blocks.

        Forms of transferred funds score nothing; a table that begins with such a row is an ordinary indicator table.
        """
        if roles & {"name", "level1", "level2"} and roles & {"weight", "score"}:
            return True
        return row >= self.table.header and roles >= {"level1", "target", "actual"}

    def summary(self) -> Iterator[SummaryRow]:
        """The rows of a table of several projects."""
        for row, heads in self.heads.items():
            if not _is_summary({head.role for head in heads}):
                continue
            columns, parts = self._parted(heads)
            for place in range(row + 1, len(self.table.rows)):
                got = self._values(place, columns)
                if place in self.heads or points(got.get("score")) is None:
                    break
                project = got.get("project") or got.get("name") or value_at(self.table, place, self._label_of(place))
                if project.is_nothing or self.words.total.search(bare(project.text)):
                    continue
                yield SummaryRow(
                    project, got.get("score"), got.get("adjusted"), got.get("executed"), got.get("grade"),
                    tuple((value_at(self.table, place, column), most) for column, most in parts),
                )  # fmt: skip

    def _parted(self, heads: list[_Head]) -> tuple[list[_Head], list[tuple[int, Decimal | None]]]:
        """The columns of a summary with one of scores, that of the total, and the other ones with the most they give."""
        scores = [h for h in heads if h.role == "score"]
        names = {h: self.table.columns[h.column].rpartition("/")[2] for h in scores}
        whole = next((h for h in scores if self.words.total.search(IN_BRACKETS.sub("", bare(names[h])))), None)
        if whole is None or len(scores) < _LEAST_HEADS:
            return heads, []
        printed = {h: _POINTS.search(name) for h, name in names.items() if h is not whole}
        parts = [(h.column, Decimal(found[1] or found[2]) if found else None) for h, found in printed.items()]
        return [h for h in heads if h is whole or h.role != "score"], parts

    def _first(self, row: int) -> str:
        return next((cell.text for cell in self.table.rows[row] if cell.text.strip()), "")

    def _label_of(self, row: int) -> int:
        """The first cell of a row that holds words."""
        cells = self.table.rows[row]
        return next(
            (c for c in range(len(cells)) if cells[c].text and value_at(self.table, row, c).quantity is None), 0
        )

    def _heads(self, row: int) -> list[_Head]:
        """The columns that a row names, if it is a header row."""
        cells = self.table.rows[row]
        heads: list[_Head] = []
        for column, cell in enumerate(cells):
            if not cell.text or (column and cells[column - 1] is cell):
                continue
            if (
                row >= self.table.header
                and value_at(self.table, row, column).quantity is not None
                and not _NAMES_MONTHS.fullmatch(cell.text.strip())
            ):
                return []
            role = self._role(row, column)
            if role is not None:
                heads.append(_Head(role, column, _width(cells, column)))
                beside = said_beside(cell.text)
                if beside is not None and role in {"target", "actual"}:
                    heads.append(_Head(beside, column, heads[-1].width, beside=True))
        roles = {head.role for head in heads}
        return heads if len(roles) >= _LEAST_HEADS or roles >= {"score", "grade"} else []

    def _role(self, row: int, column: int) -> str | None:
        if row >= self.table.header:
            return self.words.role(self.table.rows[row][column].text)
        parts = IN_BRACKETS.sub("", self.table.columns[column]).split("/")  # “执行率（B/A）” is one part
        return next((role for part in reversed(parts) if (role := self.words.role(part)) is not None), None)

    def _goes_on(self, row: int) -> bool:
        """Whether a header row stands under another one of the same block, cells merged downward over both."""
        if row - 1 not in self.heads:
            return False
        above = {id(self.table.rows[row - 1][head.column]) for head in self.heads[row - 1]}
        return row < self.table.header or any(id(self.table.rows[row][h.column]) in above for h in self.heads[row])

    def _values(self, row: int, heads: Sequence[_Head]) -> dict[str, Value]:
        """The first value of each role in a row; a cell may stand anywhere under its header."""
        got: dict[str, Value] = {}
        lost = self._lost(row, heads)
        doubled = {head.column for head in heads if head.beside}
        for head in heads:
            if head.role not in got and head.column >= lost:
                value = self._under(row, replace(head, column=head.column - lost))
                got[head.role] = apart(value)[head.beside] if head.column in doubled else value
        return got

    def _under(self, row: int, head: _Head) -> Value:
        cells = self.table.rows[row]
        reach = range(head.column, min(head.column + head.width, len(cells)))
        column = next((c for c in reach if cells[c].text), head.column)
        return value_at(self.table, row, column)

    def _lost(self, row: int, heads: Sequence[_Head]) -> int:
        """How many cells a row lost on its left: text out of a page drops those of labels merged downward.

        As many, of those left of the indicator or of the amounts, as let figures stand under headers of figures.
        """
        if any(head.beside for head in heads):
            return 0
        cells = self.table.rows[row]
        spare = next((number for number, cell in enumerate(reversed(cells)) if cell.text), 0)

        def fit(lost: int) -> int:
            pairs = [(_HOLDS.get(head.role), head.column - lost) for head in heads]
            kinds = [(held, nature(cells[c].text)) for held, c in pairs if held is not None and 0 <= c < len(cells)]
            return sum((kind in held) - (kind not in held | {"empty"}) for held, kind in kinds)

        labels = min(
            (head.column for head in heads if head.role == "name" or _HOLDS.get(head.role) is _AMOUNT), default=0
        )
        return max(range(min(spare, labels) + 1), key=lambda lost: (fit(lost), -lost))

    def _funds(self, head: int, stop: int) -> list[FundRow]:
        heads = self._of_money(head, stop)
        amounts = ("budget", "adjusted", "executed")
        first = min(h.column for h in heads if h.role in amounts)
        weight = self._weight_of_block(head)
        found: list[FundRow] = []
        for row in range(head + 1, stop):
            got = self._values(row, heads)
            if all(points_of_money(got.get(role)) is None for role in amounts):
                continue
            before = range(first - self._lost(row, heads) - 1, -1, -1)
            name = value_at(self.table, row, next((c for c in before if self.table.rows[row][c].text), 0))
            is_total = bool(self.words.fund_total.search(bare(name.text)))
            found.append(FundRow(
                name, is_total, got.get("budget"), got.get("adjusted"), got.get("executed"),
                got.get("weight", weight if is_total else None), got.get("rate"), got.get("score"), got.get("reason"),
            ))  # fmt: skip
        if not any(row.is_total for row in found):  # the only row, or the only scored one, needs no label
            scored = found if len(found) == 1 else [row for row in found if points(row.score) is not None]
            if len(scored) == 1:
                whole = replace(scored[0], is_total=True, weight=scored[0].weight or weight)
                found = [whole if row is scored[0] else row for row in found]
        return found

    def _of_money(self, head: int, stop: int) -> list[_Head]:
        """The columns of a block of funds; one that names amounts and holds the labels of the rows is none."""
        heads = self.heads[head]
        lost = {row: self._lost(row, heads) for row in range(head + 1, stop)}
        return [
            h for h in heads
            if [other.role for other in heads].count(h.role) == 1
            or any(value_at(self.table, r, h.column - n).quantity is not None for r, n in lost.items() if h.column >= n)
        ]  # fmt: skip

    def _weight_of_block(self, head: int) -> Value | None:
        """The weight that the label of a block prints: “预算执行情况（10分）”."""
        scores = [h.column for h in self.heads[head] if h.role == "score"]
        for column in (0, *scores):
            label = value_at(self.table, head, column)
            printed = _POINTS.search(label.text.replace("满分", ""))
            if printed:
                return label._replace(quantity=Quantity(Decimal(printed[1] or printed[2]), "分"))
        return None

    def _indicators(self, head: int, stop: int, after: int | None = None) -> tuple[list[ScoredIndicator], Total | None]:
        heads, level_weights, level_scores = self._sorted_heads(head)
        found: list[ScoredIndicator] = []
        carried: dict[str, tuple[Value, Level]] = {}
        weight_above: Cell | None = None
        for row in range((head if after is None else after) + 1, stop):
            got = self._values(row, heads)
            if self._is_total(row, heads):
                return found, self._total(row, got)
            got = self._named(row, stop, got, heads, carried)
            for role in ("level1", "level2"):
                self._carry(carried, role, got.get(role), row, level_weights.get(role), level_scores.get(role))
            item = self._indicator(got, carried)
            if item is None:
                continue
            if item.weight is not None:
                cell = self.table.rows[row][item.weight.column]
                if cell is weight_above:
                    found[-1] = replace(found[-1], shared=True)
                    item = replace(item, weight=None, score=None, shared=True)
                weight_above = cell
            found.append(item)
        return found, None

    def _named(
        self, row: int, stop: int, got: dict[str, Value], heads: Sequence[_Head],
        carried: Mapping[str, tuple[Value, Level]],
    ) -> dict[str, Value]:  # fmt: skip
        """The values of a row; a level without rows of its own (预算执行 10 分) is the indicator itself."""
        levels = [role for role in ("level1", "level2") if role in got]
        named = [role for role in levels if got[role].text.strip()]
        if not named or ("name" in got and got["name"].text.strip()):
            return got
        level = got[named[-1]]
        if named[-1] in carried and bare(carried[named[-1]][0].text) == bare(level.text):
            return got
        if row + 1 < stop and not self._is_total(row + 1, heads):
            after = self._values(row + 1, heads)
            upto = levels[: levels.index(named[-1]) + 1]
            if all(bare(after[role].text) in {"", bare(got[role].text)} for role in upto if role in after):
                return got
        return got | {"name": level}

    def _sorted_heads(self, head: int) -> tuple[list[_Head], dict[str, _Head], dict[str, _Head]]:
        """The block's columns with one name column, and the weight and score columns of the levels apart."""
        heads = self.heads[head]
        names = [h for h in heads if h.role == "name"]
        if names:
            best = min(names, key=lambda h: self.words.rank_of_name(self.table.rows[head][h.column].text))
            heads = [h for h in heads if h.role != "name" or h is best]
        else:
            last = max((h for h in heads if h.role in {"level1", "level2"}), key=lambda h: h.column)
            heads = [replace(h, role="name") if h is last else h for h in heads]
        apart: dict[str, dict[str, _Head]] = {"weight": {}, "score": {}}
        kept, level = [], "name"
        for h in sorted(heads, key=lambda h: h.column):
            if h.role in {"level1", "level2", "name"}:
                level = h.role
            of_level = (
                h.role in apart and level != "name" and any(o.role == "name" and o.column > h.column for o in heads)
            )
            if of_level:
                apart[h.role].setdefault(level, h)
            else:
                kept.append(h)
        return kept, apart["weight"], apart["score"]

    def _carry(
        self, carried: dict[str, tuple[Value, Level]], role: str, value: Value | None, row: int,
        weight_head: _Head | None, score_head: _Head | None,
    ) -> None:  # fmt: skip
        """Remember the level that a row stands under; a blank cell goes on the one above."""
        if value is None or not value.text.strip():
            return
        if role in carried and bare(carried[role][0].text) == bare(value.text):
            return
        weight = points(self._under(row, weight_head)) if weight_head is not None else None
        printed = _POINTS.search(value.text)
        if weight is None and printed:
            weight = Decimal(printed[1] or printed[2])
        score = self._under(row, score_head) if score_head is not None else None
        carried[role] = value, Level(value, weight, score)
        if role == "level1":
            carried.pop("level2", None)

    def _indicator(
        self, got: Mapping[str, Value], carried: Mapping[str, tuple[Value, Level]]
    ) -> ScoredIndicator | None:
        unscored = not {"weight", "score"} & got.keys() and not (got["target"].is_nothing or got["actual"].is_nothing)
        label, weight, score = got.get("name"), got.get("weight"), got.get("score")
        printed_points = _POINTS.search(label.text) if label is not None and "weight" not in got else None
        if label is not None and printed_points is not None and score is not None:  # “更新设备（10分）”
            given = Quantity(Decimal(printed_points[1] or printed_points[2]), "分")
            weight = label._replace(text=printed_points[0], quantity=given, start=label.start + printed_points.start())
        if label is None or label.is_nothing or (points(weight) is None and points(score) is None and not unscored):
            return None
        if self.words.subtotal.search(bare(label.text)):
            return None
        _, name, unit = parts_of(_POINTS.sub("", label.text))
        printed = got["unit"].text.strip() if "unit" in got else ""
        target = _signed(got.get("target"), got.get("nature"))
        return ScoredIndicator(
            label, name, printed or unit,
            (carried["level1"][1] if "level1" in carried else None, carried["level2"][1] if "level2" in carried else None),
            target, got.get("actual"), weight if points(weight) is not None else None, score, got.get("weighted"),
            got.get("reason"), got.get("remark"), self._direction(name, target, got.get("nature")), False,
            got.get("criterion"), got.get("attained"), got.get("grade"),
        )  # fmt: skip

    def _direction(self, name: str, target: Value | None, nature: Value | None) -> Direction:
        said = nature.text if nature is not None else ""
        if self.words.qualitative.search(said) or (target is not None and target.quantity is None):
            return Direction.QUALITATIVE
        if target is None or target.quantity is None:
            return Direction.UNKNOWN
        if target.quantity.bound is Bound.AT_MOST or re.search("[≤<＜]|反向|逆向|负向", said):
            return Direction.REVERSE
        if target.quantity.bound in {Bound.AT_LEAST, Bound.MORE_THAN} or re.search("[≥>＞=＝]|正向|等于", said):
            return Direction.POSITIVE
        return Direction.UNKNOWN if self.words.reverse.search(name) else Direction.POSITIVE

    def _is_total(self, row: int, heads: Sequence[_Head]) -> bool:
        limit = min((h.column for h in heads if h.role in {"weight", "score"}), default=0)
        cells = self.table.rows[row][: max(limit, 1)]
        return any(self.words.total.search(bare(cell.text)) for cell in cells if cell.text)

    def _total(self, row: int, got: Mapping[str, Value]) -> Total:
        cells = self.table.rows[row]
        label = next(c for c, cell in enumerate(cells) if cell.text)
        weight, score = got.get("weight"), got.get("score")
        if points(score) is None:  # the label is merged over fewer columns than its header
            numbers = [v for c in range(label + 1, len(cells)) if points(v := value_at(self.table, row, c)) is not None]
            score = numbers[-1] if numbers and (len(numbers) == 2 or weight is None or points(weight) is None) else None
            weight = numbers[0] if len(numbers) == 2 else weight
        if weight is not None and (points(weight) is None or (score is not None and weight.column == score.column)):
            weight = None
        return Total(
            value_at(self.table, row, label), weight, score if points(score) is not None else None, got.get("weighted")
        )

    def _beside(self, label: re.Pattern[str]) -> Value | None:
        """The value to the right of a label, in the rows before the first block."""
        for row in range(min(self.heads, default=0)):
            cells = self.table.rows[row]
            for column, cell in enumerate(cells):
                if cell.text and label.fullmatch(bare(cell.text)):
                    right = (c for c in range(column + 1, len(cells)) if cells[c] is not cell and cells[c].text)
                    place = next(right, None)
                    return value_at(self.table, row, place) if place is not None else None
        return None

    def _grade(self) -> Value | None:
        """The grade that the form gives itself: “等级：优”, or in the cell behind such a label."""
        for row, cells in enumerate(self.table.rows):
            for column, cell in enumerate(cells):
                label = self.words.grade.match(cell.text.strip()) if 1 < len(cell.text) < 80 else None
                if label is None:
                    continue
                rest = cell.text.strip()[label.end() :].lstrip(" :：为")
                if GRADED.match(rest):
                    return value_at(self.table, row, column)
                after = next((c for c in range(column + 1, len(cells)) if cells[c] is not cell and cells[c].text), None)
                if not rest and after is not None and GRADED.match(cells[after].text.strip()):
                    return value_at(self.table, row, after)
        return None


def _signed(target: Value | None, nature: Value | None) -> Value | None:
    """A target with the sign that a column of its own gives it (“≤” beside “12”)."""
    sign = nature.text.strip() if nature is not None else ""
    if target is None or target.quantity is None or target.quantity.bound is not Bound.EXACT:
        return target
    bound = Bound.AT_MOST if sign[:1] in set("≤<＜") else Bound.AT_LEAST if sign[:1] in set("≥>＞") else None
    if not sign or bound is None:
        return target
    return target._replace(quantity=target.quantity._replace(bound=bound))


def _is_summary(roles: set[str]) -> bool:
    named = "project" in roles and "name" not in roles
    return "score" in roles and "weight" not in roles and (named or "grade" in roles)


def _width(cells: Sequence[Cell], column: int) -> int:
    """How many columns a header cell covers: its span, or those in which it stands again."""
    width = 1
    while column + width < len(cells) and cells[column + width] is cells[column]:
        width += 1
    return max(width, cells[column].columns if cells[column].columns + column <= len(cells) else 1)
