"""Taking in: what a document says of a programme, as a draft. Nothing is written; nothing is left out in silence."""

import re
from collections import Counter
from dataclasses import replace

from taizhang.documents.blocks import Document, Heading, Paragraph, Role, Table
from taizhang.intake.forms import Forms
from taizhang.intake.plans import Plans
from taizhang.intake.programme.doubts import in_running_text, recoded, rows_passed_over, task_doubts
from taizhang.intake.programme.draft import (
    Content,
    Doubt,
    DraftIndicator,
    DraftPoint,
    DraftTask,
    PassedOver,
    ProgrammeDraft,
    TableTaken,
)
from taizhang.intake.programme.indicator_doubts import indicator_doubts
from taizhang.intake.programme.indicators import indicators_of, of_form, task_of_frame, year_of_frame
from taizhang.intake.programme.layout import Layout, layout, year_in
from taizhang.intake.programme.point_doubts import dated, point_doubts, schemed
from taizhang.intake.programme.points import points_of
from taizhang.intake.programme.tasks import Frame, TaskTree, coded, frames, group_in
from taizhang.intake.programme.words import Wordlist, wordlist
from taizhang.intake.reading import typed_rows
from taizhang.profiles import Profile

_RANGE = re.compile(r"(20\d\d)\s*年?\s*(?:\d{1,2}\s*月)?\s*(?:[-—–~～至到]|—{2})+\s*(20\d\d)")
_NEAR = 24  # characters between 建设期 and its years
_TITLE = re.compile(r"报告|任务书|自评|总结|台账")
_TITLE_TOO = re.compile(r"方案|计划|规划|一览|汇总")
_TITLE_LENGTH = 60
_FRONT = 8  # blocks: where a title stands
_JOINED = re.compile(r"[与及在对向为赴]|.和|学校|我校|联合|其中|包括")


def drafted(document: Document, profile: Profile) -> ProgrammeDraft:
    """The tasks, task points and indicators of a document, all doubts about them, and what became of each table."""
    words = wordlist(profile)
    plans, forms = typed_rows(document, profile)
    taking = _Taking(document, plans, forms, words)
    taking.go()
    points, indicators = tuple(taking.points), tuple(taking.indicators)
    doubts = (
        *task_doubts(taking.tree), *taking.doubts, *point_doubts(points, words),
        *indicator_doubts(indicators, words), *rows_passed_over(taking.tables), *in_running_text(list(document.paragraphs)),
    )  # fmt: skip
    return ProgrammeDraft(
        file=document.file, title=taking.title, college=_college(document, words), period=_period(document, words),
        years=tuple(sorted({point.year for point in points if point.year is not None})),
        tasks=_with_groups(taking), points=points, indicators=indicators, doubts=doubts,
        tables=tuple(sorted(taking.tables, key=lambda table: table.index)),
    )  # fmt: skip


class _Taking:
    """One walk over the tables: task points and summaries first, as the indicators' headings name their tasks."""

    def __init__(self, document: Document, plans: Plans, forms: Forms, words: Wordlist) -> None:
        self.document, self.plans, self.forms, self.words = document, plans, forms, words
        self.title = _title(document, words)
        self.year = year_in(self.title or "")
        self.tree = TaskTree()
        self.frames = frames(document, words)
        self.groups: dict[str, DraftTask] = {}
        self.points: list[DraftPoint] = []
        self.indicators: list[DraftIndicator] = []
        self.doubts: list[Doubt] = []
        self.schemed: list[DraftPoint] = []
        self.tables: list[TableTaken] = []

    def go(self) -> None:
        """Take every table, or say why not."""
        layouts = [layout(table, self.plans.columns[table.index], self.words) for table in self.document.tables]
        for each in layouts:
            if each.content is Content.POINTS:
                self._points(each)
        for each in layouts:
            if each.content is Content.NOTHING:
                self._names_of_summary(each)
        for each in layouts:
            if each.content is Content.INDICATORS:
                self._indicators(each)
            elif each.content is Content.NOTHING:
                self._form(each)
        if self.schemed:
            self.doubts.append(schemed(self.schemed))

    def _frame(self, each: Layout) -> Frame:
        frame = self.frames[each.table.index]
        if frame.group is not None and frame.group not in self.groups:
            place = next((h.at() for h in frame.headings if group_in(h.text, self.words)), each.table.source)
            self.groups[frame.group] = DraftTask(code=None, name=frame.group, group=frame.group, source=place)
        return frame

    def _points(self, each: Layout) -> None:
        made = points_of(each, self._frame(each), self.tree, self.words, self.year)
        self.points.extend(made.points)
        self.doubts.extend(recoded(made.recoded))
        if made.schemed:
            self.schemed.extend(made.points)
        if made.dated_by_title and made.points:
            self.doubts.append(dated(made.points))
        self._note(each, len(made.points), passed_over=tuple(made.passed_over))

    def _indicators(self, each: Layout) -> None:
        made = indicators_of(each, self._frame(each), self.tree, self.words, self.year)
        self.indicators.extend(made.indicators)
        self._note(each, len(made.indicators), passed_over=tuple(made.passed_over))

    def _form(self, each: Layout) -> None:
        """The indicators of a score form, whose header stands below other blocks."""
        form = next((form for form in self.forms.forms if form.table is each.table), None)
        if form is None:
            self._note(each, 0)
            return
        frame = self._frame(each)
        year, task = year_of_frame(frame) or self.year, task_of_frame(frame, self.tree)
        made = [of_form(row, form, frame, task, self.words, year) for row in self.plans.of_table(each.table)]
        self.indicators.extend(made)
        reason = "只收其中的绩效指标；预算和总分不收" if made else each.reason
        self._note(each, len(made), content=Content.INDICATORS if made else Content.NOTHING, reason=reason)

    def _note(
        self, each: Layout, taken: int, *, content: Content | None = None, reason: str | None = None, passed_over: tuple[PassedOver, ...] = (),
    ) -> None:  # fmt: skip
        table = each.table
        self.tables.append(
            TableTaken(
                index=table.index, name=each.name, content=content or each.content, taken=taken,
                reason=each.reason if reason is None else reason, passed_over=passed_over,
                source=table.label.at() if table.label is not None else table.source,
            )
        )  # fmt: skip

    def _names_of_summary(self, each: Layout) -> None:
        """A table that counts task points names tasks and specialty groups too."""
        column = each.first("task")
        place = column.index if column is not None else 0
        if each.first("count_done") is None:
            return
        for row in range(each.table.header, len(each.table.rows)):
            text = each.table.rows[row][place].text.strip()
            group, (code, name) = group_in(text, self.words), coded(text)
            if group is not None:
                self.groups.setdefault(
                    group, DraftTask(code=None, name=group, group=group, source=each.table.at(row, place))
                )
            elif code is not None and "." not in text[: len(code) + 1].rstrip(".．"):
                self.tree.add(code, name, code.rpartition("-")[0] or None, None, each.table.at(row, place))


def _with_groups(taking: _Taking) -> tuple[DraftTask, ...]:
    """The school's tasks, then each specialty group with its own below it."""
    tasks = taking.tree.tasks()
    made = [task for task in tasks if task.group is None]
    for name, group in taking.groups.items():
        made.append(group)
        own = [task for task in tasks if task.group == name and task.key != name]
        made.extend(replace(task, parent=task.parent or name) for task in own)
    return tuple(made)


def _spoken(document: Document) -> list[Heading | Paragraph]:
    return [
        b
        for b in document.blocks
        if isinstance(b, Heading) or (isinstance(b, Paragraph) and b.role is not Role.CONTENTS)
    ]


def _front(document: Document) -> list[str]:
    """The first lines, captions among them: in a workbook the title is the caption of the first table."""
    blocks = [*_spoken(document)[:_FRONT], *document.tables[:1]]
    return [text for block in blocks if (text := block.caption if isinstance(block, Table) else block.text)]


def _title(document: Document, words: Wordlist) -> str | None:
    """The first line that reads like a title; one that names a college before others."""
    short = [text for text in _front(document) if len(text) <= _TITLE_LENGTH and "。" not in text]
    told = [text for pattern in (_TITLE, _TITLE_TOO) for text in short if pattern.search(text)]
    first = next((text for text in told if words["colleges"].search(text)), told[0] if told else None)
    return " ".join(first.split()) if first else None


def _college(document: Document, words: Wordlist) -> str | None:
    """The college that the title names, else the one that the text names most."""
    spoken = _spoken(document)
    named = (words["colleges"].match(re.sub(r"\s", "", text)) for text in _front(document))
    first = next((str(match[0]) for match in named if match is not None and not _JOINED.search(match[0])), None)
    own = re.compile(rf"(?<![一-鿿])(?:{words['colleges'].pattern})")
    times = Counter(
        name for block in spoken for name in own.findall(block.text) if not _JOINED.search(name)
    ).most_common(2)
    clear = times and times[0][1] > 1 and (len(times) == 1 or times[0][1] > times[1][1])
    return str(times[0][0]) if first is None and clear else first


def _period(document: Document, words: Wordlist) -> tuple[int, int] | None:
    """The first and last year of the programme, where they are said beside 建设期."""
    for block in _spoken(document):
        for told in words["periods"].finditer(block.text):
            match = _RANGE.search(block.text, told.end(), told.end() + _NEAR + 20)
            if match and match.start() - told.end() <= _NEAR:
                return int(match[1]), int(match[2])
    return None
